//! `list reviews`: reviews and meetings that come round; `list audits`: audits of records.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::{Wanted, owed_json};
use crate::cli::desk::Desk;
use crate::cli::failure::Failure;
use crate::cli::output;
use crate::domain::time::display;
use crate::domain::views::{AuditRow, ReviewRow, Unbegun};
use crate::domain::words::audit as audit_words;
use crate::domain::words::reviews as words;

/// All of them, the first due first; after them what is expected of which none runs.
pub(super) fn reviews(desk: &Desk, wanted: Wanted<'_>) -> Result<(), Failure> {
    let most = if wanted.find.is_some() { u32::MAX } else { wanted.limit };
    let rows = desk.store.reviews(&desk.viewer, desk.now, most)?;
    let short = |at| display::short(at, desk.now, desk.zone);
    let cells = |row: &ReviewRow| {
        let owed = &row.owed.commitment;
        vec![
            desk.clocks.distance(owed, desk.now),
            short(owed.due),
            owed.what.clone(),
            row.held.map_or_else(|| words::NEVER.to_owned(), short),
            words::missed(row.missed, row.left_out, row.to_sign),
            row.owed.owner.clone(),
            row.owed.reference.clone(),
        ]
    };
    let unbegun = desk.store.unbegun(&desk.viewer)?;
    let total = (rows.len() + unbegun.len()) as u64;
    let blank = |one: &Unbegun| {
        let why = one.ended.map_or_else(|| words::NOBODY_BEGAN.to_owned(), |at| words::ended(&short(at)));
        let said = ["", "", &one.what, "", &why, "", ""];
        said.map(str::to_owned).to_vec()
    };
    let runs = rows.iter().map(|row| (as_json(desk, row), cells(row)));
    let none = unbegun.iter().map(|one| match one.ended {
        None => (json!({ "nobody_began": one }), blank(one)),
        Some(_) => (json!({ "came_round": one }), blank(one)),
    });
    wanted.print(&words::HEADS, runs.chain(none).collect(), total)?;
    let begin: BTreeSet<&str> = unbegun.iter().map(|one| one.begin.as_str()).collect();
    if wanted.json || begin.is_empty() {
        return Ok(());
    }
    output::lines([words::begin_one(&begin.into_iter().collect::<Vec<_>>())])
}

fn as_json(desk: &Desk, row: &ReviewRow) -> Value {
    json!({
        "owed": owed_json(desk, &row.owed),
        "rhythm": row.rhythm,
        "held": row.held,
        "missed": row.missed,
        "left_out": row.left_out,
        "to_sign": row.to_sign,
    })
}

/// Audits, the latest first.
pub(super) fn audits(desk: &Desk, wanted: Wanted<'_>) -> Result<(), Failure> {
    let most = if wanted.find.is_some() { u32::MAX } else { wanted.limit };
    let rows = desk.store.audits(&desk.viewer, desk.now, most)?;
    let cells = |row: &AuditRow| {
        let audit = &row.audit;
        let days = audit.from.zip(audit.until);
        let days = days.map(|(from, until)| audit_words::days(&display::date(from), &display::date(until)));
        let before = audit.before.and_then(|before| before.percent());
        vec![
            display::short(audit.drawn.at, desk.now, desk.zone),
            days.unwrap_or_default(),
            row.headline.clone().unwrap_or_default(),
            audit_words::of(audit.scored(), audit.sample.len()),
            audit_words::share(audit.together()),
            before.map(audit_words::percent).unwrap_or_default(),
            row.reference.clone(),
        ]
    };
    let total = rows.len() as u64;
    wanted.print(&audit_words::HEADS, rows.iter().map(|row| (row.clone(), cells(row))).collect(), total)
}

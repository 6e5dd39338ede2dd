//! The office's own lists: visits to be covered, tasks, slips of paper.

use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use super::{Wanted, owed_json, risk};
use crate::cli::arguments::List;
use crate::cli::desk::Desk;
use crate::cli::failure::Failure;
use crate::domain::slips::shown;
use crate::domain::time::{Lean, Understood, display, understand_time};
use crate::domain::views::{OwedRow, PadRow, ProviderRow, VisitFilter, VisitRow};
use crate::domain::words::cli as words;
use crate::domain::words::providers as provider_words;
use crate::domain::words::store::restricted;
use crate::domain::words::ui::listed;

/// Visits, all that are open or those that begin within the times that were given.
pub(super) fn visits(desk: &Desk, wanted: Wanted<'_>, asked: &List) -> Result<(), Failure> {
    let filter = VisitFilter {
        provider: asked.provider.clone(),
        from: nearest(desk, asked.from.as_deref())?,
        until: time(desk, asked.until.as_deref(), Lean::Future)?,
    };
    // What is looked through for words is not cut off before.
    let most = if wanted.find.is_some() { u32::MAX } else { wanted.limit };
    let rows = desk.store.visits(&desk.viewer, &filter, most)?;
    let cells = |row: &VisitRow| {
        let who = match (&row.ask, &row.subject, &row.place) {
            (Some(whom), ..) => restricted(whom),
            (None, Some(subject), _) => subject.name.clone(),
            (None, None, place) => place.clone().unwrap_or_default(),
        };
        let provider = row.visit.provider.as_ref().map(|named| named.words.clone());
        vec![
            row.reference.clone(),
            display::short(row.visit.from.at, desk.now, desk.zone),
            row.visit.until.map(|until| display::short(until.at, desk.now, desk.zone)).unwrap_or_default(),
            who,
            row.visit.kind.clone().unwrap_or_default(),
            risk(row.level.as_ref()),
            provider.unwrap_or_else(|| listed::OUR_OWN.to_owned()),
            listed::cover(&row.visit).unwrap_or_else(|| listed::NOBODY_YET.to_owned()),
        ]
    };
    let total = rows.len() as u64;
    wanted.print(&words::HEADS_VISITS, rows.iter().map(|row| (visit_json(row), cells(row))).collect(), total)
}

/// Of a restricted record when somebody has to be there and whether anybody comes, and not even an id.
fn visit_json(row: &VisitRow) -> Value {
    match &row.ask {
        None => json!(row),
        Some(ask) => json!({ "ask": ask, "visit": row.visit, "closed": row.closed }),
    }
}

/// The evening that began is meant as well as the one that comes: of both the nearer.
fn nearest(desk: &Desk, said: Option<&str>) -> Result<Option<DateTime<Utc>>, Failure> {
    let both = [time(desk, said, Lean::Past)?, time(desk, said, Lean::Future)?];
    Ok(both.into_iter().flatten().min_by_key(|at| (*at - desk.now).abs()))
}

pub(super) fn time(desk: &Desk, said: Option<&str>, lean: Lean) -> Result<Option<DateTime<Utc>>, Failure> {
    let Some(said) = said else { return Ok(None) };
    match understand_time(said, desk.now, desk.zone, lean) {
        Understood::One(when) => Ok(Some(when.at)),
        Understood::Which { .. } => Err(Failure::usage(words::which_time(said))),
        Understood::Never { why, .. } => Err(Failure::usage(words::no_time(said, &why))),
        // What is looked back to is meant, not what is to come.
        Understood::Ahead { before, .. } => Ok(Some(before.at)),
        Understood::Not { hint } => Err(Failure::usage(words::no_time(said, &hint))),
    }
}

/// Tasks of the office.
pub(super) fn tasks(desk: &Desk, wanted: Wanted<'_>) -> Result<(), Failure> {
    let most = if wanted.find.is_some() { u32::MAX } else { wanted.limit };
    let rows = desk.store.tasks(&desk.viewer, most)?;
    let cells = |row: &OwedRow| {
        vec![
            desk.clocks.distance(&row.commitment, desk.now),
            display::short(row.commitment.due, desk.now, desk.zone),
            row.commitment.what.clone(),
            row.owner.clone(),
            row.reference.clone(),
        ]
    };
    let total = rows.len() as u64;
    wanted.print(
        &words::HEADS_TASKS,
        rows.iter().map(|row| (owed_json(desk, row), cells(row))).collect(),
        total,
    )
}

/// Pads, with the slips that nobody can account for.
pub(super) fn slips(desk: &Desk, wanted: Wanted<'_>) -> Result<(), Failure> {
    let rows = desk.store.pads(&desk.viewer)?;
    let cells = |row: &PadRow| {
        vec![
            row.reference.clone(),
            row.issued.to_string(),
            row.unaccounted.to_string(),
            row.blank.map_or_else(|| listed::NOT_LOOKED.to_owned(), shown),
            row.entered.to_string(),
            row.void.to_string(),
            if row.closed { listed::PUT_AWAY.to_owned() } else { row.headline.clone().unwrap_or_default() },
        ]
    };
    let total = rows.len() as u64;
    wanted.print(&words::HEADS_SLIPS, rows.iter().map(|row| (row.clone(), cells(row))).collect(), total)
}

/// Arrangements with organisations.
pub(super) fn providers(desk: &Desk, wanted: Wanted<'_>) -> Result<(), Failure> {
    let most = if wanted.find.is_some() { u32::MAX } else { wanted.limit };
    let rows = desk.store.providers(&desk.viewer, desk.now, most)?;
    let cells = |row: &ProviderRow| {
        vec![
            row.reference.clone(),
            row.provider.as_ref().map(|record| record.name.clone()).unwrap_or_default(),
            row.service.clone().unwrap_or_default(),
            row.kind.clone().unwrap_or_default(),
            risk(row.tier.as_ref()),
            row.state.clone(),
            row.relying.to_string(),
        ]
    };
    let total = rows.len() as u64;
    wanted.print(&provider_words::HEADS, rows.iter().map(|row| (row.clone(), cells(row))).collect(), total)
}

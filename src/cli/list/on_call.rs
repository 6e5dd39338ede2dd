//! `list rota`, `list oncall`, `list unconfirmed`: who is on duty and when, whom to ring, what waits for its decider.

use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use super::super::arguments::List;
use super::super::desk::{self, Desk};
use super::super::failure::Failure;
use super::{Wanted, subject};
use crate::domain::rota::{Marked, OnCallRow, Part};
use crate::domain::time::{Lean, display};
use crate::domain::views::ToConfirm;
use crate::domain::words::rota as words;

/// Whom to ring and who is on duty, at a time.
pub(super) fn now(desk: &Desk, asked: &List, wanted: Wanted<'_>) -> Result<(), Failure> {
    listed(desk, asked, wanted, |part| matches!(part, Part::Ring | Part::Now))
}

/// The rota from a time on.
pub(super) fn rota(desk: &Desk, asked: &List, wanted: Wanted<'_>) -> Result<(), Failure> {
    listed(desk, asked, wanted, |part| part != Part::Ring)
}

fn listed(
    desk: &Desk,
    asked: &List,
    wanted: Wanted<'_>,
    shown: impl Fn(Part) -> bool,
) -> Result<(), Failure> {
    let at = match &asked.at {
        Some(said) => desk::time(said, desk.now, desk.zone, Lean::Future)?,
        None => desk.now,
    };
    let listed = desk.store.rota(&desk.viewer, at)?.listed(at);
    let rows: Vec<OnCallRow> = listed.rows.into_iter().filter(|row| shown(row.part)).collect();
    let total = rows.len() as u64;
    let rows =
        rows.into_iter().map(|row| (with_hours(&row, listed.in_hours), cells(desk, &row, at))).collect();
    wanted.print(&words::HEADS, rows, total)
}

/// A row of whom to ring says also which of the two chains it is.
fn with_hours(row: &OnCallRow, in_hours: Option<bool>) -> Value {
    let mut value = json!(row);
    if row.part == Part::Ring
        && let Some(object) = value.as_object_mut()
    {
        object.insert("in_hours".to_owned(), json!(in_hours));
    }
    value
}

fn cells(desk: &Desk, row: &OnCallRow, at: DateTime<Utc>) -> Vec<String> {
    let stamp = |when| display::short(when, at, desk.zone);
    let lead = match row.part {
        Part::Ring => words::ring(row.turn),
        Part::Now => words::NOW.to_owned(),
        Part::Day | Part::Week => row.from.map(stamp).unwrap_or_default(),
    };
    let who = match (row.marked, row.who.is_empty()) {
        (Marked::Gap, true) => words::GAP.to_owned(),
        (Marked::Gap, false) => format!("{}: {}", words::GAP_STANDS_IN, row.who),
        (Marked::TwoAtOnce, _) => format!("{}; {}", row.who, words::TWO_AT_ONCE),
        (Marked::Nothing, _) => row.who.clone(),
    };
    let when = match (row.from, row.until) {
        (Some(from), Some(until)) => {
            let length = display::length_over_change(from, until, desk.zone);
            words::from_until(&stamp(from), &stamp(until), &length)
        }
        (Some(from), None) => words::since(&stamp(from)),
        (None, Some(until)) => words::until(&stamp(until)),
        (None, None) => String::new(),
    };
    let place = if row.place_name.is_empty() { words::EVERYWHERE } else { &row.place_name };
    vec![lead, who, row.phone.clone().unwrap_or_default(), row.title.clone(), place.to_owned(), when]
}

/// Everything that was typed for somebody who has not confirmed it, oldest first.
pub(super) fn unconfirmed(desk: &Desk, wanted: Wanted<'_>) -> Result<(), Failure> {
    let rows = desk.store.unconfirmed(&desk.viewer, desk.now)?;
    let editions = desk.store.editions()?;
    let title = |row: &ToConfirm| {
        editions.step(&row.said).map_or_else(|| row.said.step.clone(), |step| step.title.clone())
    };
    let total = rows.len() as u64;
    let row = |row: &ToConfirm| {
        let value = json!({
            "entry": row.entry, "case": row.reference, "person": subject(row.subject.as_ref()), "what": title(row),
            "decided_by": row.by, "typed_by": row.typed_by, "occurred_at": row.occurred.at,
            "recorded_at": row.recorded_at,
        });
        let cells = vec![
            display::age(row.recorded_at, desk.now),
            row.reference.clone(),
            subject(row.subject.as_ref()),
            title(row),
            row.by.clone(),
            row.typed_by.clone(),
            display::short_when(&row.occurred, desk.now, desk.zone),
        ];
        (value, cells)
    };
    wanted.print(&words::HEADS_UNCONFIRMED, rows.iter().map(row).collect(), total)
}

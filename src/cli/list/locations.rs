//! `dutydesk list locations`: every location of the provider, with what is open there now.

use super::Wanted;
use crate::cli::desk::Desk;
use crate::cli::failure::Failure;
use crate::cli::output;
use crate::domain::views::{LocationRow, OpenThere};
use crate::domain::words::locations as words;

/// Locations; without `--json` the regulator's lead for the provider, and what belongs to no place, after them.
pub(super) fn locations(desk: &Desk, wanted: Wanted<'_>) -> Result<(), Failure> {
    let all = desk.store.locations(&desk.viewer, desk.now)?;
    let cells = |row: &LocationRow| {
        let kind = row.location.more.type_of.as_ref().map(|kind| kind.label.clone());
        let holder = match (&row.relationship_holder, row.closed) {
            (_, true) => words::CLOSED.to_owned(),
            (holder, _) => holder.clone().unwrap_or_else(|| words::NONE_NAMED.to_owned()),
        };
        let n = |n: fn(&OpenThere) -> u64| {
            row.now.as_ref().map_or_else(|| words::NOT_YOURS.to_owned(), |open| n(open).to_string())
        };
        vec![
            row.location.name.clone(),
            kind.unwrap_or_default(),
            holder,
            row.location.phone.clone().unwrap_or_default(),
            n(|open| open.people),
            n(|open| open.calls),
            n(|open| open.undecided),
            n(|open| open.late),
            n(|open| open.restricted),
        ]
    };
    let total = all.rows.len() as u64;
    wanted.print(&words::HEADS, all.rows.iter().map(|row| (row.clone(), cells(row))).collect(), total)?;
    if wanted.json {
        return Ok(());
    }
    output::lines(words::lead(&all).into_iter().chain(words::nowhere(&all.nowhere)))
}

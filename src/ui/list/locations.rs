//! The columns of the list of locations, and what stands over it: who leads for the provider, what belongs to no place.

use ratatui::text::Line;

use crate::domain::look::Meaning;
use crate::domain::views::{LocationRow, Locations};
use crate::domain::words::locations as words;
use crate::ui::paper::join;
use crate::ui::sight::Sight;
use crate::ui::table::{self, Align, Column};

/// What is said of the provider as a whole, above the rows.
pub(super) fn above(sight: &Sight<'_>, all: &Locations) -> Vec<Line<'static>> {
    let lead = words::lead(all).map(|lead| sight.line(Meaning::Muted, lead));
    let nowhere = words::nowhere(&all.nowhere).map(|nowhere| sight.line(Meaning::Soon, nowhere));
    lead.into_iter().chain(nowhere).collect()
}

/// What presses comes before what is looked up.
pub(super) fn columns<'a>() -> [Column<LocationRow, Sight<'a>>; 6] {
    [
        table::column(words::HEAD_LOCATION, 14, 26, 0, |row: &LocationRow, sight: &Sight<'_>| {
            let meaning = if row.closed { Meaning::Muted } else { Meaning::Name };
            sight.line(meaning, &row.location.name)
        }),
        table::column(words::HEAD_NOW, 20, 52, 1, |row: &LocationRow, sight: &Sight<'_>| now(row, sight)),
        Column {
            align: Align::Right,
            ..table::column(words::HEAD_PEOPLE, 9, 11, 5, |row: &LocationRow, sight: &Sight<'_>| {
                let people = row.now.as_ref().map(|open| words::people(open.people));
                sight.line(Meaning::Value, people.unwrap_or_default())
            })
        },
        Column {
            second: true,
            ..table::column(words::HEAD_SERVICE, 12, 20, 5, |row: &LocationRow, sight: &Sight<'_>| {
                let kind = row.location.more.type_of.as_ref().map(|kind| kind.label.as_str());
                sight.line(Meaning::Value, kind.unwrap_or_default())
            })
        },
        Column {
            second: true,
            ..table::column(words::HEAD_HOLDER, 10, 24, 6, |row: &LocationRow, sight: &Sight<'_>| {
                match (&row.relationship_holder, row.closed) {
                    (_, true) => sight.line(Meaning::Muted, words::CLOSED),
                    (Some(holder), _) => sight.line(Meaning::Value, holder),
                    (None, _) => sight.line(Meaning::Muted, words::NONE_NAMED),
                }
            })
        },
        table::column(words::HEAD_PHONE, 13, 18, 8, |row: &LocationRow, sight: &Sight<'_>| {
            sight.line(Meaning::Value, row.location.phone.as_deref().unwrap_or_default())
        }),
    ]
}

/// What is open there: what presses most first, each number with its word.
fn now(row: &LocationRow, sight: &Sight<'_>) -> Line<'static> {
    let Some(open) = &row.now else { return sight.line(Meaning::Muted, words::NOT_YOURS) };
    let parts = words::open(open).into_iter().map(|(meaning, said)| sight.line(meaning, said));
    let parts: Vec<Line<'static>> = parts.collect();
    match parts.is_empty() {
        true => sight.line(Meaning::Muted, if row.closed { "" } else { words::QUIET }),
        false => join(sight.theme, ", ", parts),
    }
}

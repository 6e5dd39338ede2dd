//! The columns of reviews that come round, and what stands over them: what is expected of which none runs.

use ratatui::text::Line;

use crate::domain::look::Meaning;
use crate::domain::views::{ReviewRow, Unbegun};
use crate::domain::words::reviews as words;
use crate::domain::words::ui::listed;
use crate::ui::sight::Sight;
use crate::ui::table::{self, Column};

/// What is expected and does not come round, said over the list.
pub(super) fn above(sight: &Sight<'_>, unbegun: &[Unbegun]) -> Vec<Line<'static>> {
    let never = unbegun.iter().filter(|one| one.ended.is_none()).map(|one| one.what.as_str());
    let ended = |one: &Unbegun| Some(format!("{} ({})", one.what, words::ended(&sight.short(one.ended?))));
    let ended: Vec<String> = unbegun.iter().filter_map(ended).collect();
    words::unbegun(&never.collect::<Vec<_>>(), &ended)
        .map(|said| sight.line(Meaning::Soon, said))
        .into_iter()
        .collect()
}

/// When it is due, what it is, when it was last held, what was missed, whose it is.
pub(super) fn columns<'a>() -> [Column<ReviewRow, Sight<'a>>; 6] {
    [
        Column {
            align: table::Align::Right,
            whole: true,
            narrow: Some(|row, sight| sight.short_distance(&row.owed.commitment)),
            ..table::column(listed::HEAD_DUE_IN, 8, 14, 0, |row: &ReviewRow, sight: &Sight<'_>| {
                sight.distance(&row.owed.commitment)
            })
        },
        // Two that begin alike, the weekly reviews of calls and of delays, differ only after these words.
        table::column(listed::HEAD_WHAT, 30, 52, 1, |row: &ReviewRow, sight: &Sight<'_>| {
            match &row.owed.ask {
                Some(whom) => sight.line(Meaning::Muted, crate::domain::words::store::restricted(whom)),
                None => sight.line(Meaning::Name, &row.owed.commitment.what),
            }
        }),
        Column {
            second: true,
            ..table::column(words::HEAD_MISSED, 8, 24, 2, |row: &ReviewRow, sight: &Sight<'_>| {
                let meaning = match (row.missed, row.to_sign) {
                    (1.., _) => Meaning::Late,
                    (0, true) => Meaning::Soon,
                    (0, false) => Meaning::Muted,
                };
                sight.line(meaning, words::missed(row.missed, row.left_out, row.to_sign))
            })
        },
        Column {
            second: true,
            ..table::column(words::HEAD_HELD, 9, 14, 3, |row: &ReviewRow, sight: &Sight<'_>| match row.held {
                Some(at) => sight.line(Meaning::Value, sight.short(at)),
                None => sight.line(Meaning::Muted, words::NEVER),
            })
        },
        Column {
            second: true,
            ..table::column(listed::HEAD_WHOSE, 10, 24, 4, |row: &ReviewRow, sight: &Sight<'_>| {
                sight.line(Meaning::Value, &row.owed.owner)
            })
        },
        Column {
            second: true,
            ..table::column("case", 7, 9, 5, |row: &ReviewRow, sight: &Sight<'_>| {
                sight.line(Meaning::Muted, &row.owed.reference)
            })
        },
    ]
}

//! The columns of what is due for disposal.

use crate::domain::disposal::Due;
use crate::domain::look::Meaning;
use crate::domain::time::display;
use crate::domain::words::disposal as words;
use crate::ui::sight::Sight;
use crate::ui::table::{self, Column};

/// Whom it is about, what it is, since when it is due, by which class, what keeps it.
pub(super) fn columns<'a>() -> [Column<Due, Sight<'a>>; 6] {
    [
        table::column(words::HEAD_ABOUT, 10, 24, 0, |row: &Due, sight: &Sight<'_>| {
            let about = if row.name.is_empty() { &row.kind } else { &row.name };
            sight.line(Meaning::Name, about)
        }),
        table::column(words::HEAD_REFERENCE, 5, 8, 1, |row: &Due, sight: &Sight<'_>| {
            sight.line(Meaning::Value, &row.reference)
        }),
        table::column(words::HEAD_SINCE, 11, 11, 3, |row: &Due, sight: &Sight<'_>| {
            sight.line(Meaning::Soon, display::date(row.since))
        }),
        Column {
            second: true,
            ..table::column(words::HEAD_CLASS, 24, 46, 4, |row: &Due, sight: &Sight<'_>| {
                sight.line(Meaning::Muted, words::class(row))
            })
        },
        Column {
            second: true,
            ..table::column(words::HEAD_GOES, 18, 24, 5, |row: &Due, sight: &Sight<'_>| {
                sight.line(Meaning::Muted, words::goes(row))
            })
        },
        Column {
            second: true,
            ..table::column(words::HEAD_STANDS, 34, 80, 2, |row: &Due, sight: &Sight<'_>| {
                let meaning = if row.kept_by.is_empty() { Meaning::Good } else { Meaning::Value };
                sight.line(meaning, words::stands(row))
            })
        },
    ]
}

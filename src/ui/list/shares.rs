//! The columns of what was shared: when, about whom, with whom, what, why it may be; then what was decided and done.

use crate::domain::look::Meaning;
use crate::domain::time::display;
use crate::domain::views::ShareRow;
use crate::domain::words::ui::listed as words;
use crate::ui::sight::Sight;
use crate::ui::table::{self, Column};

/// What was shared. A reason without agreement wants attention.
pub(super) fn columns<'a>() -> [Column<ShareRow, Sight<'a>>; 8] {
    [
        table::column(words::HEAD_TOLD, 12, 14, 0, |row: &ShareRow, sight: &Sight<'_>| {
            sight.line(Meaning::Value, display::short_when(&row.share.at, sight.now, sight.zone))
        }),
        Column {
            apart: true,
            narrow: Some(|row, sight| match (&row.subject, &row.place) {
                (None, Some(place)) => sight.line(Meaning::Value, place),
                (subject, _) => sight.short_name(subject.as_ref()),
            }),
            ..table::column(words::HEAD_ABOUT, 12, 20, 2, |row: &ShareRow, sight: &Sight<'_>| {
                match (&row.subject, &row.place) {
                    (None, Some(place)) => sight.line(Meaning::Value, place),
                    (subject, _) => sight.name(subject.as_ref()),
                }
            })
        },
        table::column(words::HEAD_WITH, 18, 26, 1, |row: &ShareRow, sight: &Sight<'_>| {
            sight.line(Meaning::Name, words::with(row.share.who.as_deref(), &row.share.with.words))
        }),
        Column {
            second: true,
            ..table::column(words::HEAD_SHARED, 20, 60, 3, |row: &ShareRow, sight: &Sight<'_>| {
                match row.share.what.lines().next() {
                    Some(what) => sight.line(Meaning::Value, what),
                    None => sight.line(Meaning::Muted, words::ONLY_TOLD),
                }
            })
        },
        Column {
            second: true,
            ..table::column(words::HEAD_BASIS, 28, 60, 4, |row: &ShareRow, sight: &Sight<'_>| {
                let why = row.share.without_consent.as_deref();
                match &row.share.basis {
                    Some(basis) => {
                        let meaning = if why.is_some() { Meaning::Soon } else { Meaning::Value };
                        sight.line(meaning, words::basis(&basis.label, why))
                    }
                    None => sight.line(Meaning::Muted, words::NO_BASIS),
                }
            })
        },
        table::column("how", 6, 10, 8, |row: &ShareRow, sight: &Sight<'_>| {
            sight.line(Meaning::Value, &row.share.how)
        }),
        table::column("case", 6, 8, 5, |row: &ShareRow, sight: &Sight<'_>| {
            sight.line(Meaning::Muted, &row.reference)
        }),
        Column {
            second: true,
            ..table::column(words::HEAD_DONE, 14, 40, 7, |row: &ShareRow, sight: &Sight<'_>| {
                let decided = row.decided.map(|at| display::short_when(&at, sight.now, sight.zone));
                let advice = row.advice.as_deref();
                sight.line(
                    Meaning::Muted,
                    words::done(decided.as_deref(), advice, row.owed, row.ended.as_deref()),
                )
            })
        },
    ]
}

//! The columns of the records behind a figure: which, when, whether what is asked holds, how long it took.

use crate::domain::look::Meaning;
use crate::domain::measure::{Definition, Record};
use crate::domain::words::measures as words;
use crate::ui::sight::Sight;
use crate::ui::table::{self, Column};

/// A record with what is asked of it.
pub(super) struct Behind<'r> {
    pub(super) record: &'r Record,
    pub(super) measure: &'r Definition,
}

/// Whether it holds comes right after which record it is: that is what somebody looks for.
pub(super) fn columns<'r, 'a>() -> [Column<Behind<'r>, Sight<'a>>; 6] {
    [
        table::column("case", 7, 9, 0, |row: &Behind<'_>, sight: &Sight<'_>| {
            sight.line(Meaning::Name, &row.record.case.reference)
        }),
        table::column(words::HEAD_HOLDS, 5, 13, 1, |row: &Behind<'_>, sight: &Sight<'_>| {
            sight.line(Meaning::Value, words::holds_of(row.measure, row.record.met))
        }),
        table::column(words::HEAD_TOOK, 7, 12, 2, |row: &Behind<'_>, sight: &Sight<'_>| {
            sight.line(Meaning::Value, words::worth(row.measure, row.record.worth))
        }),
        Column {
            apart: true,
            narrow: Some(|row, sight| {
                let case = &row.record.case;
                sight.or_words(sight.short_whom(case.subject.as_ref(), &case.pathway), &case.said_of)
            }),
            ..table::column("about", 10, 22, 3, |row: &Behind<'_>, sight: &Sight<'_>| {
                let case = &row.record.case;
                sight.or_words(sight.whom(case.subject.as_ref(), &case.pathway), &case.said_of)
            })
        },
        table::column(words::HEAD_WHEN, 11, 14, 4, |row: &Behind<'_>, sight: &Sight<'_>| {
            sight.line(Meaning::Muted, sight.short(row.record.at))
        }),
        Column {
            second: true,
            ..table::column("matter", 16, 40, 5, |row: &Behind<'_>, sight: &Sight<'_>| {
                sight.line(Meaning::Value, row.record.case.headline.as_deref().unwrap_or_default())
            })
        },
    ]
}

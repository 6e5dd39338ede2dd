//! The columns of the office's own lists: visits to be covered, tasks, pads of slips.

use crate::domain::look::Meaning;
use crate::domain::slips::shown;
use crate::domain::views::{OwedRow, PadRow, VisitRow};
use crate::domain::words::ui::listed as words;
use crate::ui::sight::Sight;
use crate::ui::table::{self, Column};

/// Visits: when, who waits, and who comes; then whose worker was to come.
pub(super) fn visits<'a>() -> [Column<VisitRow, Sight<'a>>; 6] {
    [
        table::column(words::HEAD_BEGINS, 5, 14, 0, |row: &VisitRow, sight: &Sight<'_>| {
            let late = row.visit.from.at <= sight.now && row.visit.covered_by.is_none() && !row.closed;
            sight.line(if late { Meaning::Late } else { Meaning::Value }, sight.short(row.visit.from.at))
        }),
        table::column(words::HEAD_WAITS, 12, 26, 1, |row: &VisitRow, sight: &Sight<'_>| {
            match (&row.ask, &row.subject, &row.place) {
                (Some(whom), ..) => sight.line(Meaning::Muted, crate::domain::words::store::restricted(whom)),
                (None, Some(subject), _) => sight.line(Meaning::Name, &subject.name),
                (None, None, Some(place)) => sight.line(Meaning::Name, place),
                (None, None, None) => sight.name(None),
            }
        }),
        Column {
            second: true,
            ..table::column(words::HEAD_KIND, 8, 18, 4, |row: &VisitRow, sight: &Sight<'_>| {
                sight.line(Meaning::Value, row.visit.kind.as_deref().unwrap_or_default())
            })
        },
        table::column("risk", 5, 5, 3, |row: &VisitRow, sight: &Sight<'_>| sight.risk(row.level.as_ref())),
        Column {
            second: true,
            ..table::column(words::HEAD_COVER, 12, 34, 2, |row: &VisitRow, sight: &Sight<'_>| {
                match words::cover(&row.visit) {
                    Some(cover) => sight.line(Meaning::Value, cover),
                    None if row.closed => sight.line(Meaning::Muted, crate::domain::words::ui::CLOSED),
                    None => sight.line(Meaning::Soon, words::NOBODY_YET),
                }
            })
        },
        Column {
            second: true,
            ..table::column(words::HEAD_PROVIDER, 10, 22, 5, |row: &VisitRow, sight: &Sight<'_>| {
                let provider = row.visit.provider.as_ref().map(|named| named.words.as_str());
                sight.line(Meaning::Muted, provider.unwrap_or(words::OUR_OWN))
            })
        },
    ]
}

/// Tasks: by when, what, whose.
pub(super) fn tasks<'a>() -> [Column<OwedRow, Sight<'a>>; 5] {
    [
        Column {
            align: table::Align::Right,
            ..table::column(words::HEAD_DUE_IN, 8, 10, 1, |row: &OwedRow, sight: &Sight<'_>| {
                sight.distance(&row.commitment)
            })
        },
        table::column(words::HEAD_BY, 5, 14, 0, |row: &OwedRow, sight: &Sight<'_>| {
            sight.line(Meaning::Value, sight.short(row.commitment.due))
        }),
        table::column(words::HEAD_WHAT, 12, 44, 2, |row: &OwedRow, sight: &Sight<'_>| {
            sight.line(Meaning::Name, &row.commitment.what)
        }),
        Column {
            second: true,
            ..table::column(words::HEAD_WHOSE, 10, 24, 3, |row: &OwedRow, sight: &Sight<'_>| {
                sight.line(Meaning::Value, &row.owner)
            })
        },
        Column {
            second: true,
            ..table::column("case", 7, 9, 4, |row: &OwedRow, sight: &Sight<'_>| {
                sight.line(Meaning::Muted, &row.reference)
            })
        },
    ]
}

/// Pads: their numbers, what nobody can account for, how far they are used, where they lie.
pub(super) fn pads<'a>() -> [Column<PadRow, Sight<'a>>; 5] {
    [
        table::column(words::HEAD_SLIPS, 9, 14, 0, |row: &PadRow, sight: &Sight<'_>| {
            sight.line(Meaning::Name, row.issued.to_string())
        }),
        table::column(words::HEAD_UNACCOUNTED, 12, 34, 1, |row: &PadRow, sight: &Sight<'_>| {
            if row.unaccounted.is_empty() {
                sight.line(Meaning::Muted, words::NONE)
            } else {
                sight.line(Meaning::Late, row.unaccounted.to_string())
            }
        }),
        Column {
            second: true,
            ..table::column(words::HEAD_BLANK, 10, 16, 3, |row: &PadRow, sight: &Sight<'_>| match row.blank {
                Some(blank) => sight.line(Meaning::Value, shown(blank)),
                None => sight.line(Meaning::Soon, words::NOT_LOOKED),
            })
        },
        table::column(words::HEAD_ENTERED, 7, 7, 4, |row: &PadRow, sight: &Sight<'_>| {
            sight.line(Meaning::Value, row.entered.count().to_string())
        }),
        Column {
            second: true,
            ..table::column(words::HEAD_LIES, 10, 34, 2, |row: &PadRow, sight: &Sight<'_>| {
                let (meaning, lies) = match row.closed {
                    true => (Meaning::Muted, words::PUT_AWAY),
                    false => (Meaning::Value, row.headline.as_deref().unwrap_or_default()),
                };
                sight.line(meaning, lies)
            })
        },
    ]
}

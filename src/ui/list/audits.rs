//! The columns of audits of records.

use ratatui::text::Line;

use crate::domain::audit::Share;
use crate::domain::look::Meaning;
use crate::domain::time::display;
use crate::domain::views::AuditRow;
use crate::domain::words::audit as words;
use crate::ui::sight::Sight;
use crate::ui::table::{self, Column};

/// For which days, what, how far it is gone through, what it comes to and came to the time before.
pub(super) fn columns<'a>() -> [Column<AuditRow, Sight<'a>>; 6] {
    [
        table::column(words::HEAD_DAYS, 27, 27, 0, |row: &AuditRow, sight: &Sight<'_>| {
            let days = row.audit.from.zip(row.audit.until);
            let days = days.map(|(from, until)| words::days(&display::date(from), &display::date(until)));
            sight.line(Meaning::Name, days.unwrap_or_default())
        }),
        Column {
            second: true,
            ..table::column(words::HEAD_WHAT, 10, 28, 3, |row: &AuditRow, sight: &Sight<'_>| {
                sight.line(Meaning::Value, row.headline.as_deref().unwrap_or_default())
            })
        },
        table::column(words::HEAD_SCORED, 8, 13, 1, |row: &AuditRow, sight: &Sight<'_>| {
            let (done, all) = (row.audit.scored(), row.audit.sample.len());
            match all {
                0 => sight.line(Meaning::Soon, words::NO_SAMPLE),
                _ if done < all => sight.line(Meaning::Soon, words::of(done, all)),
                _ => sight.line(Meaning::Muted, words::of(done, all)),
            }
        }),
        Column {
            second: true,
            // The number is never cut: what does not apply gives way to it.
            whole: true,
            narrow: Some(|row, sight| met(row, sight, words::share_short)),
            ..table::column(words::HEAD_MET, 10, 34, 2, |row: &AuditRow, sight: &Sight<'_>| {
                met(row, sight, words::share)
            })
        },
        table::column(words::HEAD_BEFORE, 7, 9, 5, |row: &AuditRow, sight: &Sight<'_>| {
            let before = row.audit.before.and_then(|before| before.percent());
            sight.line(Meaning::Muted, before.map(words::percent).unwrap_or_default())
        }),
        Column {
            second: true,
            ..table::column("case", 7, 9, 4, |row: &AuditRow, sight: &Sight<'_>| {
                sight.line(Meaning::Muted, &row.reference)
            })
        },
    ]
}

fn met(row: &AuditRow, sight: &Sight<'_>, words_of: fn(Share) -> String) -> Line<'static> {
    let share = row.audit.together();
    match share.percent() {
        Some(_) => sight.line(Meaning::Value, words_of(share)),
        None => sight.line(Meaning::Muted, words::NOT_YET),
    }
}

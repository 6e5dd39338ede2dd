//! The columns of the list of arrangements: who, for what, how it stands, how many rely on it.

use crate::domain::look::Meaning;
use crate::domain::views::ProviderRow;
use crate::domain::words::providers as words;
use crate::ui::sight::Sight;
use crate::ui::table::{self, Align, Column};

/// How it stands comes before what it is, where there is room for one.
pub(super) fn columns<'a>() -> [Column<ProviderRow, Sight<'a>>; 7] {
    [
        table::column(words::HEAD_PROVIDER, 16, 28, 0, |row: &ProviderRow, sight: &Sight<'_>| {
            sight.name(row.provider.as_ref())
        }),
        table::column(words::HEAD_STATE, 13, 22, 1, |row: &ProviderRow, sight: &Sight<'_>| {
            let meaning = match (row.handed_over, row.closed) {
                (true, _) => Meaning::Late,
                (false, true) => Meaning::Muted,
                (false, false) => Meaning::Value,
            };
            sight.line(meaning, &row.state)
        }),
        Column {
            align: Align::Right,
            ..table::column(words::HEAD_RELYING, 6, 6, 2, |row: &ProviderRow, sight: &Sight<'_>| {
                sight.line(Meaning::Value, row.relying.to_string())
            })
        },
        table::column(words::HEAD_TIER, 6, 8, 3, |row: &ProviderRow, sight: &Sight<'_>| {
            sight.risk(row.tier.as_ref())
        }),
        Column {
            second: true,
            ..table::column(words::HEAD_SERVICE, 16, 34, 4, |row: &ProviderRow, sight: &Sight<'_>| {
                sight.line(Meaning::Value, row.service.as_deref().unwrap_or_default())
            })
        },
        Column {
            second: true,
            ..table::column(words::HEAD_KIND, 12, 20, 5, |row: &ProviderRow, sight: &Sight<'_>| {
                sight.line(Meaning::Muted, row.kind.as_deref().unwrap_or_default())
            })
        },
        Column {
            second: true,
            ..table::column("case", 6, 8, 6, |row: &ProviderRow, sight: &Sight<'_>| {
                sight.line(Meaning::Muted, &row.reference)
            })
        },
    ]
}

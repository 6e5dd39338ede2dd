//! The list of what is offered to somebody, what is theirs, and what the duties they hold see to.

use ratatui::text::Line;

use crate::domain::look::Meaning;
use crate::domain::owning::Owned;
use crate::domain::views::{Group, Mine, MineRow};
use crate::domain::words::owning as words;
use crate::ui::sight::Sight;
use crate::ui::table::{self, Align, Column};

/// How many there are of each kind.
pub fn counts(mine: &Mine) -> String {
    let of = |group| mine.counts.get(&group).copied().unwrap_or_default();
    words::mine_counts(of(Group::Offered), of(Group::Own), of(Group::Duty))
}

/// Its columns.
pub fn columns<'a>() -> [Column<MineRow, Sight<'a>>; 6] {
    [
        table::column("", 7, 7, 2, |row: &MineRow, sight: &Sight<'_>| {
            let meaning = match row.group {
                Group::Offered | Group::Taken => Meaning::Soon,
                Group::Own => Meaning::Value,
                Group::Duty => Meaning::Muted,
            };
            sight.line(meaning, row.why())
        }),
        Column { align: Align::Right, whole: true, ..table::column("due", 8, 15, 0, due) },
        table::column("what", 14, 40, 1, |row: &MineRow, sight: &Sight<'_>| what(row, sight)),
        Column {
            second: true,
            apart: true,
            ..table::column("about", 9, 24, 3, |row: &MineRow, sight: &Sight<'_>| {
                sight.or_words(sight.short_name(row.subject.as_ref()), &row.said_of)
            })
        },
        table::column("case", 6, 9, 5, |row: &MineRow, sight: &Sight<'_>| {
            sight.line(Meaning::Muted, &row.reference)
        }),
        Column { second: true, ..table::column("stands", 12, 60, 4, stands) },
    ]
}

fn due(row: &MineRow, sight: &Sight<'_>) -> Line<'static> {
    row.owed.as_ref().map_or_else(Line::default, |owed| sight.distance(owed))
}

fn what(row: &MineRow, sight: &Sight<'_>) -> Line<'static> {
    match (&row.ask, &row.what) {
        (Some(_), _) => sight.line(Meaning::Soon, &row.words),
        (None, Owned::Owed(_)) => sight.line(Meaning::Name, &row.words),
        (None, Owned::Case) => sight.line(Meaning::Name, words::a_case(&row.words)),
    }
}

/// How it stands; whose it is where there is nothing else to say.
fn stands(row: &MineRow, sight: &Sight<'_>) -> Line<'static> {
    let stands_out = sight.stands_out(row.holding.offered.as_ref(), row.owed.as_ref().map(|owed| owed.due));
    match row.standing(sight.now) {
        Some(said) if stands_out => sight.line(Meaning::Late, format!("{}{said}", words::UNANSWERED)),
        Some(said) => sight.line(Meaning::Soon, said),
        None if row.group == Group::Duty => sight.line(Meaning::Muted, words::with(&row.owner_name)),
        None => Line::default(),
    }
}

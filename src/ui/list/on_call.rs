//! Who is on call, as a table: whom to ring now with the number first, who is on duty, the days ahead with their gaps;
//! and what was typed for somebody who has yet to confirm it.

use ratatui::text::Line;

use super::super::sight::Sight;
use super::super::table::{self, Align, Column};
use crate::app::Load;
use crate::app::list::Rows;
use crate::domain::look::Meaning;
use crate::domain::rota::{Marked, OnCall, OnCallRow, Part};
use crate::domain::time::display;
use crate::domain::views::ToConfirm;
use crate::domain::words::rota as words;

/// The title says which chain is rung.
pub(super) fn title(rows: &Load<Rows>) -> String {
    match rows.ready() {
        Some(Rows::OnCall(listed)) => words::on_call(listed.in_hours),
        _ => words::ON_CALL.to_owned(),
    }
}

/// How many gaps there are in the days that are listed.
pub(super) fn count(listed: &OnCall) -> String {
    let gaps = listed.rows.iter().filter(|row| row.marked == Marked::Gap && row.part != Part::Ring).count();
    if gaps == 0 { String::new() } else { words::gaps(gaps) }
}

/// The columns of the list.
pub(super) fn columns<'a>() -> [Column<OnCallRow, Sight<'a>>; 6] {
    [
        Column { whole: true, ..table::column("when", 7, 16, 0, begins) },
        table::column("who", 10, 42, 1, who),
        // A number that is cut rings nobody.
        Column {
            whole: true,
            ..table::column("number", 12, 18, 2, |row: &OnCallRow, sight: &Sight<'_>| {
                let meaning = if row.part == Part::Ring { Meaning::Name } else { Meaning::Value };
                sight.line(meaning, row.phone.as_deref().unwrap_or_default())
            })
        },
        Column {
            second: true,
            ..table::column("duty", 10, 24, 3, |row: &OnCallRow, sight: &Sight<'_>| {
                sight.line(Meaning::Value, &row.title)
            })
        },
        Column { second: true, whole: true, ..table::column("until", 8, 24, 4, ends) },
        Column {
            second: true,
            ..table::column("where", 10, 20, 5, |row: &OnCallRow, sight: &Sight<'_>| {
                let place = if row.place_name.is_empty() { words::EVERYWHERE } else { &row.place_name };
                sight.line(Meaning::Muted, place)
            })
        },
    ]
}

fn begins(row: &OnCallRow, sight: &Sight<'_>) -> Line<'static> {
    match (row.part, row.from) {
        (Part::Ring, _) => sight.line(Meaning::Key, words::ring(row.turn)),
        (Part::Now, _) | (_, None) => sight.line(Meaning::Good, words::NOW),
        (_, Some(from)) => {
            let day = display::weekday_date(sight.zone.day(from));
            let weekday = day.split(' ').next().unwrap_or_default();
            let short = format!("{weekday} {}", sight.short(from));
            sight.line(Meaning::Value, short)
        }
    }
}

/// Who, or that nobody is planned, which is said in words and in colour.
fn who(row: &OnCallRow, sight: &Sight<'_>) -> Line<'static> {
    match (row.marked, row.who.as_str()) {
        (Marked::Gap, "") => sight.line(Meaning::Late, words::GAP),
        (Marked::Gap, who) => {
            sight.spans([(Meaning::Late, words::GAP), (Meaning::Value, "; "), (Meaning::Name, who)])
        }
        (Marked::TwoAtOnce, who) => {
            sight.spans([(Meaning::Name, who), (Meaning::Value, " "), (Meaning::Soon, words::TWO_AT_ONCE)])
        }
        (Marked::Nothing, who) => sight.line(Meaning::Name, who),
    }
}

/// Until when. The nights on which the clocks change say how long they are.
fn ends(row: &OnCallRow, sight: &Sight<'_>) -> Line<'static> {
    match (row.from, row.until) {
        (Some(from), Some(until)) if sight.zone.change_between(from, until).is_some() => {
            let length = display::length(from, until);
            sight.spans([
                (Meaning::Value, sight.short(until).as_str()),
                (Meaning::Muted, ", "),
                (Meaning::Soon, &length),
            ])
        }
        (_, Some(until)) => sight.line(Meaning::Value, sight.short(until)),
        (Some(from), None) => sight.line(Meaning::Muted, words::since(&sight.short(from))),
        (None, None) => Line::default(),
    }
}

/// The columns of what waits for its decider's confirmation.
pub(super) fn unconfirmed<'a>() -> [Column<ToConfirm, Sight<'a>>; 6] {
    [
        Column {
            align: Align::Right,
            ..table::column("waits", 7, 7, 0, |row: &ToConfirm, sight: &Sight<'_>| {
                sight.line(Meaning::Soon, display::age(row.recorded_at, sight.now))
            })
        },
        table::column("decided by", 10, 24, 1, |row: &ToConfirm, sight: &Sight<'_>| {
            sight.line(Meaning::Name, &row.by)
        }),
        Column {
            apart: true,
            narrow: Some(|row, sight| sight.short_name(row.subject.as_ref())),
            ..table::column("about", 10, 26, 2, |row: &ToConfirm, sight: &Sight<'_>| {
                sight.name(row.subject.as_ref())
            })
        },
        Column {
            second: true,
            ..table::column("what", 8, 20, 3, |row: &ToConfirm, sight: &Sight<'_>| {
                sight.line(Meaning::Value, &row.title)
            })
        },
        Column {
            second: true,
            ..table::column("case", 7, 9, 4, |row: &ToConfirm, sight: &Sight<'_>| {
                sight.line(Meaning::Muted, &row.reference)
            })
        },
        Column {
            second: true,
            ..table::column("typed by", 8, 22, 5, |row: &ToConfirm, sight: &Sight<'_>| {
                sight.line(Meaning::Muted, &row.typed_by)
            })
        },
    ]
}

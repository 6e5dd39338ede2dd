//! What the three panes say of a row, column by column.

use chrono::TimeDelta;
use ratatui::text::Line;

use crate::domain::answer::Precision;
use crate::domain::case::Milestone;
use crate::domain::commitment::Commitment;
use crate::domain::look::Meaning;
use crate::domain::time::display;
use crate::domain::views::{CallRow, LOOKING_BACK, OwedRow};
use crate::domain::words::owning;
use crate::domain::words::ui as words;
use crate::domain::words::ui::standing::{called_out, called_out_some_time};
use crate::ui::paper::{columns, cut, join};
use crate::ui::sight::Sight;
use crate::ui::table::{Align, Column, column};

/// Up to here ahead a narrow cell says the clock, which can mean no other day; what is further off is said by its day.
const CLOCK_AHEAD: TimeDelta = TimeDelta::hours(12);

/// Columns of `long late 9h 59m`.
const DISTANCE: u16 = 16;

/// The most that is said of where a call stands.
const STANDS: u16 = 34;

/// Urgent calls.
pub fn calls<'a>() -> [Column<CallRow, Sight<'a>>; 7] {
    [
        Column { align: Align::Right, whole: true, ..column("called", 5, 12, 0, call_time) },
        column("risk", 5, 5, 2, |row: &CallRow, sight| sight.risk(row.facts.level.as_ref())),
        Column {
            apart: true,
            narrow: Some(|row, sight| {
                let name = sight.short_name(row.subject.as_ref());
                sight.marked(row.case, sight.or_few_words(name, &row.said_of))
            }),
            ..column("about", 10, 24, 1, |row: &CallRow, sight: &Sight<'_>| {
                let name = sight.name(row.subject.as_ref());
                sight.marked(row.case, sight.or_words(name, &row.said_of))
            })
        },
        Column { second: true, ..column("matter", 10, 44, 4, headline) },
        Column {
            second: true,
            whole: true,
            narrow: Some(|row, sight| match row.facts.called_out().next() {
                Some((whom, _)) => sight.line(Meaning::Late, called_out(whom)),
                None => Line::default(),
            }),
            ..column("999", 3, 15, 5, emergency)
        },
        Column {
            second: true,
            narrow: Some(|row, sight| sight.gap_line(row.eyes.as_ref(), true)),
            leads: Some(("matter", |row, sight| sight.gap_mark(row.eyes.as_ref()))),
            ..column("eyes on", 11, 24, 6, |row: &CallRow, sight: &Sight<'_>| {
                sight.gap_line(row.eyes.as_ref(), false)
            })
        },
        Column {
            whole: true,
            narrow: Some(|row, sight| standing(row, sight, false)),
            ..column("stands", 12, STANDS, 3, |row: &CallRow, sight| standing(row, sight, true))
        },
    ]
}

/// Open escalations.
pub fn escalations<'a>() -> [Column<OwedRow, Sight<'a>>; 7] {
    [
        Column {
            align: Align::Right,
            whole: true,
            narrow: Some(short_distance),
            ..column("due", 8, DISTANCE, 0, distance)
        },
        Column {
            second: true,
            apart: true,
            narrow: Some(short_about),
            ..column("about", 9, 21, 2, |row: &OwedRow, sight: &Sight<'_>| {
                let name = sight.short_whom(row.subject.as_ref(), &row.pathway);
                about(row, sight, sight.or_words(name, &row.said_of))
            })
        },
        Column {
            second: true,
            ..column("risk", 5, 5, 6, |row: &OwedRow, sight| sight.risk(row.level.as_ref()))
        },
        column("what", 12, 40, 1, what),
        Column {
            second: true,
            narrow: Some(|row, sight| eyes(row, sight, true)),
            ..column("eyes on", 11, 24, 4, |row: &OwedRow, sight: &Sight<'_>| eyes(row, sight, false))
        },
        Column {
            second: true,
            ..column("matter", 8, 30, 7, |row: &OwedRow, sight: &Sight<'_>| {
                sight.line(Meaning::Muted, row.headline.as_deref().unwrap_or_default())
            })
        },
        Column {
            narrow: Some(|row, sight| whose(row, sight, &row.owner_short)),
            ..column("owner", 8, 18, 3, |row: &OwedRow, sight: &Sight<'_>| whose(row, sight, &row.owner))
        },
    ]
}

/// Overdue external actions.
pub fn overdue<'a>() -> [Column<OwedRow, Sight<'a>>; 6] {
    [
        Column {
            align: Align::Right,
            whole: true,
            narrow: Some(|row, sight| how_late(row, sight, true)),
            ..column("late", 8, DISTANCE, 0, |row: &OwedRow, sight: &Sight<'_>| how_late(row, sight, false))
        },
        column("who", 10, 30, 2, |row: &OwedRow, sight: &Sight<'_>| sight.line(Meaning::Value, &row.obligor)),
        Column {
            second: true,
            apart: true,
            narrow: Some(short_about),
            ..column("about", 9, 22, 1, |row: &OwedRow, sight: &Sight<'_>| {
                let name = sight.whom(row.subject.as_ref(), &row.pathway);
                about(row, sight, sight.or_words(name, &row.said_of))
            })
        },
        // Rather a name that is cut than not a word of what is owed.
        Column { second: true, ..column("what", 10, 36, 2, pursued) },
        Column {
            whole: true,
            narrow: Some(|row, sight| match row.commitment.chased {
                0 => chased(row, sight),
                times => sight.line(Meaning::Muted, words::chased(times, None)),
            }),
            ..column("chased", 10, 24, 5, chased)
        },
        Column {
            second: true,
            narrow: Some(|row, sight| meanwhile(row, sight, words::NO_CONTROL_SHORT)),
            ..column("meanwhile", 12, 40, 4, |row: &OwedRow, sight| meanwhile(row, sight, words::NO_CONTROL))
        },
    ]
}

/// Who sees to it; to whom it is offered, where it is; that somebody refused it.
fn whose(row: &OwedRow, sight: &Sight<'_>, owner: &str) -> Line<'static> {
    let holding = &row.commitment.holding;
    match (&row.offered_to, &holding.refused) {
        (Some(to), _) if sight.stands_out(holding.offered.as_ref(), Some(row.commitment.due)) => {
            sight.line(Meaning::Late, owning::cell_unanswered(to))
        }
        (Some(to), _) => sight.line(Meaning::Soon, owning::cell_offered(to)),
        (None, Some(_)) => sight.line(Meaning::Soon, owning::cell_refused(owner)),
        (None, None) => sight.line(Meaning::Muted, owner),
    }
}

/// That nobody has their eyes on the person. Reviews look back: whoever reads them sees it in the rows before.
fn eyes(row: &OwedRow, sight: &Sight<'_>, short: bool) -> Line<'static> {
    match row.rank {
        LOOKING_BACK => Line::default(),
        _ => sight.gap_line(row.eyes.as_ref(), short),
    }
}

/// Whom it is about, in this cell; of a restricted record only that it is one.
fn about(row: &OwedRow, sight: &Sight<'_>, cell: Line<'static>) -> Line<'static> {
    match &row.ask {
        Some(_) => sight.line(Meaning::Soon, words::RESTRICTED),
        None => sight.marked(row.commitment.case, cell),
    }
}

/// The same in little room.
fn short_about(row: &OwedRow, sight: &Sight<'_>) -> Line<'static> {
    let name = sight.short_whom(row.subject.as_ref(), &row.pathway);
    about(row, sight, sight.or_few_words(name, &row.said_of))
}

/// What is owed; of a restricted record, whom to ask.
fn what(row: &OwedRow, sight: &Sight<'_>) -> Line<'static> {
    match &row.ask {
        Some(whom) => sight.line(Meaning::Value, words::ask(whom)),
        None => join(
            sight.theme,
            " ",
            [sight.line(Meaning::Value, &row.commitment.what), sight.line(Meaning::Late, &row.alarm)],
        ),
    }
}

/// What is owed, behind the case of its own in which it is pursued; what still stands in the call in which it was promised
/// says nothing of that.
fn pursued(row: &OwedRow, sight: &Sight<'_>) -> Line<'static> {
    let said = what(row, sight);
    if row.ask.is_some() || row.eyes.is_some() {
        return said;
    }
    join(sight.theme, " ", [sight.line(Meaning::Muted, &row.reference), said])
}

/// How late or how far off. A late review is no alarm: red is for what a person waits for.
fn distance(row: &OwedRow, sight: &Sight<'_>) -> Line<'static> {
    let commitment = &row.commitment;
    if row.rank == LOOKING_BACK && sight.is_late(commitment) {
        return sight.line(Meaning::Soon, sight.clocks.distance(commitment, sight.now));
    }
    sight.distance(commitment)
}

/// The same in little room.
fn short_distance(row: &OwedRow, sight: &Sight<'_>) -> Line<'static> {
    if row.rank == LOOKING_BACK && sight.is_late(&row.commitment) {
        return sight.line(Meaning::Soon, display::distance(row.commitment.due, sight.now));
    }
    sight.short_distance(&row.commitment)
}

fn call_time(row: &CallRow, sight: &Sight<'_>) -> Line<'static> {
    let day = sight.zone.day(row.called.at);
    if day == sight.zone.day(sight.now) {
        sight.line(Meaning::Value, sight.short(row.called.at))
    } else {
        sight.line(Meaning::Muted, display::day_of_year(day, sight.zone.day(sight.now)))
    }
}

/// What it is about, behind what has to be seen first while it is open.
fn headline(row: &CallRow, sight: &Sight<'_>) -> Line<'static> {
    let alarm = if row.closed { String::new() } else { row.facts.alarm() };
    let headline = sight.line(Meaning::Value, row.facts.headline.as_deref().unwrap_or_default());
    join(sight.theme, " ", [sight.line(Meaning::Late, alarm), headline])
}

/// Whoever was called out: the ambulance where it was, else the others; the preview names all of them.
fn emergency(row: &CallRow, sight: &Sight<'_>) -> Line<'static> {
    match row.facts.called_out().next() {
        Some((whom, when)) if when.precision == Precision::Unknown => {
            sight.line(Meaning::Late, called_out_some_time(whom))
        }
        Some((whom, when)) => {
            let clock = display::clock_told(when.at, sight.now, sight.zone);
            sight.line(Meaning::Late, format!("{} {clock}", called_out(whom)))
        }
        None => Line::default(),
    }
}

/// Where a call stands: the first of what is wrong, else what somebody waits for. A review looks back, so it does
/// not stand for the call.
fn standing(row: &CallRow, sight: &Sight<'_>, in_full: bool) -> Line<'static> {
    if row.closed {
        return sight.line(Meaning::Muted, words::CLOSED);
    }
    if !row.facts.milestones.contains_key(&Milestone::Decided) {
        let late = row.next.as_ref().is_some_and(|next| sight.is_late(next));
        let meaning = if late { Meaning::Late } else { Meaning::Soon };
        let age = display::age(row.called.at, sight.now);
        return sight.line(meaning, format!("{} {age}", words::UNDECIDED));
    }
    match &row.next {
        Some(next) if row.next_rank < LOOKING_BACK => {
            let clock = sight.line(sight.lateness(next), until(next, sight, in_full));
            let what = sight.line(sight.lateness(next), if in_full { &next.what } else { "" });
            // Words give way, never the clock.
            let room = STANDS.saturating_sub(columns(&clock) + 1);
            join(sight.theme, " ", [cut(&what, room).into_owned(), clock])
        }
        _ if row.missing > 0 => sight.line(Meaning::Soon, words::INCOMPLETE),
        _ => sight.line(Meaning::Muted, words::DECIDED),
    }
}

/// "late 48m", "999 gone 48m" or "by 20:50"; a narrow cell says of another day only which, unless it is so near that its clock says enough.
fn until(owed: &Commitment, sight: &Sight<'_>, in_full: bool) -> String {
    if sight.now > owed.due {
        if in_full { sight.clocks.distance(owed, sight.now) } else { sight.short_distance(owed).to_string() }
    } else if in_full {
        words::by(&sight.short(owed.due))
    } else if owed.due - sight.now < CLOCK_AHEAD {
        words::by(&display::clock_told(owed.due, sight.now, sight.zone))
    } else {
        words::by(&sight.day_or_clock(owed.due))
    }
}

fn how_late(row: &OwedRow, sight: &Sight<'_>, in_little_room: bool) -> Line<'static> {
    if sight.is_late(&row.commitment) {
        if in_little_room { sight.short_distance(&row.commitment) } else { sight.distance(&row.commitment) }
    } else {
        let clock = display::clock_told(row.commitment.due, sight.now, sight.zone);
        sight.line(Meaning::Soon, format!("{} {clock}", words::DUE))
    }
}

fn chased(row: &OwedRow, sight: &Sight<'_>) -> Line<'static> {
    let commitment = &row.commitment;
    if commitment.chased > 0 {
        let last = commitment.last_chased.map(|at| sight.day_or_clock(at));
        sight.line(Meaning::Muted, words::chased(commitment.chased, last.as_deref()))
    } else if row.ask.is_none() && sight.is_late(commitment) {
        sight.line(Meaning::Soon, words::NOT_CHASED)
    } else {
        Line::default()
    }
}

fn meanwhile(row: &OwedRow, sight: &Sight<'_>, none: &str) -> Line<'static> {
    if !row.controls.is_empty() {
        sight.line(Meaning::Value, row.controls.join("; "))
    } else if row.ask.is_none() && sight.is_late(&row.commitment) {
        sight.line(Meaning::Late, format!("{none} !"))
    } else {
        Line::default()
    }
}

//! The columns of two queues: whom to ring before they shut, on whom nobody has their eyes.

use ratatui::text::Line;

use crate::domain::look::Meaning;
use crate::domain::time::display;
use crate::domain::views::{EyesRow, RingRow, Shuts};
use crate::domain::words::ui::listed;
use crate::domain::words::{queues as words, ui};
use crate::ui::paper::join;
use crate::ui::sight::Sight;
use crate::ui::table::{Align, Column, column};

/// Whom to ring before they shut: the number first, then about whom and what, then who is left with what meanwhile.
pub(super) fn ring<'a>() -> [Column<RingRow, Sight<'a>>; 6] {
    [
        Column { whole: true, ..column("ring", 9, 28, 0, number) },
        Column {
            narrow: Some(|row, sight| about(row, sight, true)),
            ..column("about", 9, 24, 3, |row: &RingRow, sight: &Sight<'_>| about(row, sight, false))
        },
        Column {
            second: true,
            narrow: Some(|row, sight| what(row, sight, true)),
            ..column("what", 8, 56, 5, |row: &RingRow, sight: &Sight<'_>| what(row, sight, false))
        },
        Column {
            align: Align::Right,
            whole: true,
            ..column("due", 5, 14, 1, |row: &RingRow, sight: &Sight<'_>| due(row, sight))
        },
        Column {
            second: true,
            whole: true,
            narrow: Some(|row, sight| shuts(row, sight, true)),
            ..column("they shut", 12, 40, 2, |row: &RingRow, sight: &Sight<'_>| shuts(row, sight, false))
        },
        Column {
            second: true,
            narrow: Some(|row, sight| meanwhile(row, sight, true)),
            ..column("meanwhile", 10, 48, 4, |row: &RingRow, sight: &Sight<'_>| meanwhile(row, sight, false))
        },
    ]
}

/// Who has been seen by whom, and by whom next.
pub(super) fn eyes<'a>() -> [Column<EyesRow, Sight<'a>>; 7] {
    [
        Column {
            align: Align::Right,
            whole: true,
            ..column("unseen", 6, 9, 0, |row: &EyesRow, sight: &Sight<'_>| {
                let meaning =
                    if sight.gap(Some(&row.eyes)).is_some() { Meaning::Late } else { Meaning::Value };
                sight.line(meaning, display::age(row.eyes.unseen_since(), sight.now))
            })
        },
        column("risk", 5, 7, 4, |row: &EyesRow, sight| sight.risk(row.level.as_ref())),
        Column {
            narrow: Some(|row, sight| person(row, sight, true)),
            ..column("about", 9, 26, 1, |row: &EyesRow, sight: &Sight<'_>| person(row, sight, false))
        },
        Column {
            second: true,
            narrow: Some(|row, sight| eyes_on(row, sight, true)),
            ..column("eyes on", 11, 24, 2, |row: &EyesRow, sight: &Sight<'_>| eyes_on(row, sight, false))
        },
        Column { second: true, ..column(listed::HEAD_LAST_SEEN, 10, 26, 3, last) },
        Column { second: true, ..column("next", 8, 26, 5, next) },
        Column {
            second: true,
            ..column("matter", 8, 36, 6, |row: &EyesRow, sight: &Sight<'_>| {
                sight.line(Meaning::Muted, row.headline.as_deref().unwrap_or_default())
            })
        },
    ]
}

/// Whether anybody has their eyes on them; before that is too long, that nobody was named to see them.
fn eyes_on(row: &EyesRow, sight: &Sight<'_>, short: bool) -> Line<'static> {
    let gap = sight.gap_line(Some(&row.eyes), short);
    if gap.width() > 0 || row.eyes.next.is_some() {
        return gap;
    }
    sight.line(Meaning::Muted, if short { words::NOBODY_YET_SHORT } else { words::NOBODY_YET })
}

fn number(row: &RingRow, sight: &Sight<'_>) -> Line<'static> {
    let organisation = row.organisation.as_ref();
    match organisation.and_then(|one| Some((one, (sight.ring)(one, None)?))) {
        // That they are open now is said beside it, by when they close.
        Some((_, ring)) if ring.open == Some(true) => sight.line(Meaning::Value, ring.number),
        Some((one, _)) => sight.ringing(one, None),
        None if row.owed.ask.is_some() => Line::default(),
        None => sight.line(Meaning::Soon, words::NO_NUMBER),
    }
}

fn about(row: &RingRow, sight: &Sight<'_>, short: bool) -> Line<'static> {
    match &row.owed.ask {
        Some(whom) => sight.spans([
            (Meaning::Soon, ui::RESTRICTED),
            (Meaning::Value, " "),
            (Meaning::Value, &ui::ask(whom)),
        ]),
        None => {
            let (subject, pathway) = (row.owed.subject.as_ref(), row.owed.pathway.as_str());
            let name = if short { sight.short_whom(subject, pathway) } else { sight.whom(subject, pathway) };
            sight.or_words(name, &row.owed.said_of)
        }
    }
}

/// What was promised, and where there is room by whom.
fn what(row: &RingRow, sight: &Sight<'_>, short: bool) -> Line<'static> {
    let owed = &row.owed;
    if owed.ask.is_some() {
        return Line::default();
    }
    let what = sight.line(Meaning::Value, &owed.commitment.what);
    let who = if short { Line::default() } else { sight.line(Meaning::Muted, &owed.obligor) };
    join(sight.theme, " · ", [what, who])
}

fn due(row: &RingRow, sight: &Sight<'_>) -> Line<'static> {
    let owed = &row.owed.commitment;
    match sight.is_late(owed) {
        true => sight.short_distance(owed),
        false => sight.line(Meaning::Value, sight.short(owed.due)),
    }
}

fn shuts(row: &RingRow, sight: &Sight<'_>, short: bool) -> Line<'static> {
    match &row.shuts {
        Shuts::Closes { at, .. } if short => sight.line(Meaning::Soon, words::closes(&sight.short(*at))),
        Shuts::Closes { at, opens: Some(opens) } => {
            sight.line(Meaning::Soon, words::closes_and_opens(&sight.short(*at), &sight.weekday(*opens)))
        }
        Shuts::Closes { at, opens: None } => sight.line(Meaning::Soon, words::closes(&sight.short(*at))),
        Shuts::Shut { opens: Some(opens) } => {
            sight.line(Meaning::Muted, words::shut_until(&sight.weekday(*opens)))
        }
        Shuts::Shut { opens: None } => sight.line(Meaning::Muted, words::SHUT),
        Shuts::NotReadable { hours } if !short => {
            sight.line(Meaning::Muted, words::hours_not_readable(hours))
        }
        Shuts::NotReadable { .. } | Shuts::NotOnRecord if short => {
            sight.line(Meaning::Muted, words::NO_HOURS_SHORT)
        }
        Shuts::NotReadable { .. } | Shuts::NotOnRecord => sight.line(Meaning::Muted, words::NO_HOURS),
    }
}

/// Who goes into the night on an interim control, and who without one.
fn meanwhile(row: &RingRow, sight: &Sight<'_>, short: bool) -> Line<'static> {
    if row.owed.ask.is_some() {
        return Line::default();
    }
    if row.controls.is_empty() {
        let none = if short { ui::NO_CONTROL_SHORT } else { ui::NO_CONTROL };
        return sight.line(Meaning::Soon, format!("{none} !"));
    }
    let controls = row.controls.iter().map(|(what, review)| {
        let late = *review < sight.now;
        let meaning = if late { Meaning::Late } else { Meaning::Value };
        let review = sight.weekday(*review);
        let words = if short { words::control_short(&review) } else { words::control_until(what, &review) };
        sight.line(meaning, words)
    });
    join(sight.theme, "; ", controls)
}

fn person(row: &EyesRow, sight: &Sight<'_>, short: bool) -> Line<'static> {
    match &row.ask {
        Some(whom) => sight.spans([
            (Meaning::Soon, ui::RESTRICTED),
            (Meaning::Value, " "),
            (Meaning::Value, &ui::ask(whom)),
        ]),
        None if short => sight.short_name(row.subject.as_ref()),
        None => sight.name(row.subject.as_ref()),
    }
}

fn last(row: &EyesRow, sight: &Sight<'_>) -> Line<'static> {
    match &row.eyes.seen {
        Some((who, when)) => {
            let when = display::short_when(when, sight.now, sight.zone);
            sight.line(Meaning::Value, words::seen_by(who, &when))
        }
        None => sight.line(Meaning::Muted, words::NOBODY),
    }
}

fn next(row: &EyesRow, sight: &Sight<'_>) -> Line<'static> {
    match &row.eyes.next {
        Some((who, when)) => {
            let when = when.map(|when| display::short_when(&when, sight.now, sight.zone)).unwrap_or_default();
            sight.line(Meaning::Value, words::seen_by(who, &when))
        }
        None => sight.line(Meaning::Muted, words::NOBODY),
    }
}

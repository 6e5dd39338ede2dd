//! The line under a case's banner: how urgent it is, whether it is decided and by whom, 999, whom to ring back. It never
//! scrolls, and is folded where there is little room.

use ratatui::layout::Rect;
use ratatui::text::Line;

use super::Seen;
use crate::app::standing::{Decided, Standing};
use crate::domain::answer::Precision;
use crate::domain::look::Meaning;
use crate::domain::time::display;
use crate::domain::words::ui as words;
use crate::domain::words::ui::standing as says;
use crate::ui::banner::side_by_side;
use crate::ui::layout::top;
use crate::ui::paper::{Paper, join};
use crate::ui::sight::Sight;

/// The most rows it takes: a telephone shows the case under it as well.
const MOST: usize = 3;

/// Draws it at the head of an area, and answers with what is left of it.
pub(super) fn draw(paper: &mut Paper<'_>, area: Rect, sight: &Sight<'_>, seen: &Seen<'_>) -> Rect {
    let Some(standing) = &seen.standing else { return area };
    let width = area.width.saturating_sub(2);
    let mut rows = side_by_side(sight, parts(sight, standing, seen), width);
    rows.truncate(MOST);
    let (head, rest) = top(area, u16::try_from(rows.len()).unwrap_or_default());
    for (y, row) in (head.y..head.bottom()).zip(&rows) {
        paper.put(head.x + 1, y, width, row);
    }
    rest
}

fn parts(sight: &Sight<'_>, standing: &Standing, seen: &Seen<'_>) -> [Line<'static>; 6] {
    let called_out = standing.called_out.iter().map(|(whom, when)| {
        let says = match when.precision {
            Precision::Unknown => says::called_out_time_unknown(*whom),
            _ => format!("{} {}", says::called_out(*whom), display::short_when(when, sight.now, sight.zone)),
        };
        sight.line(Meaning::Late, says)
    });
    let rang = match standing.caller.is_empty() && standing.call_back.is_empty() {
        true => Line::default(),
        false => sight.spans([
            (Meaning::Muted, says::RANG),
            (Meaning::Muted, " "),
            (Meaning::Value, &says::who_rang(&standing.caller, &standing.call_back)),
        ]),
    };
    [
        sight.line(Meaning::Late, &standing.alarm),
        sight.risk(standing.level.as_ref()),
        sight.line(Meaning::Value, &standing.state),
        decision(sight, standing, seen),
        join(sight.theme, ", ", called_out),
        rang,
    ]
}

/// What was decided, when and by whom; else for how long it has been waited for.
fn decision(sight: &Sight<'_>, standing: &Standing, seen: &Seen<'_>) -> Line<'static> {
    if let Some(since) = standing.waits_since {
        let age = display::age(since, sight.now);
        let late = seen.commitments.iter().any(|owed| owed.progress.is_open() && sight.is_late(owed));
        let meaning = if late { Meaning::Late } else { Meaning::Soon };
        return sight.line(meaning, format!("{} {age}", words::UNDECIDED));
    }
    let Some(Decided { at, by, routes, led, to_confirm }) = &standing.decided else { return Line::default() };
    let time = display::short_when(at, sight.now, sight.zone);
    let said = sight.spans([
        (Meaning::Muted, words::DECIDED),
        (Meaning::Muted, " "),
        (Meaning::Value, &says::decided_by(&time, by, routes)),
    ]);
    let waits = if *to_confirm { says::NOT_CONFIRMED } else { "" };
    let led = if led.is_empty() { String::new() } else { says::questions_lead_to(led) };
    join(sight.theme, ", ", [said, sight.line(Meaning::Soon, led), sight.line(Meaning::Soon, waits)])
}

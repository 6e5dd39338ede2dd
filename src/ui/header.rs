//! The first row of every screen: the office, TRAINING where it is, who decides, who is signed in, the time.
//!
//! ```text
//!  dutydesk  Rowan House + 3 places     decisions A. OKAFOR   you P. SHAH coordinator   21:04 GMT Sat 21-Nov-2026
//! ```
//!
//! Where there is little room the date goes first, then the roles, then the names; the office, TRAINING and the
//! time stay.

use ratatui::layout::Rect;
use ratatui::text::Line;

use super::paper::{Paper, columns, join};
use super::sight::Sight;
use crate::domain::look::Meaning;
use crate::domain::time::display;
use crate::domain::views::Office;
use crate::domain::words::ui as words;

/// What the header says.
pub struct Head<'a> {
    /// The office; `None` before it was read.
    pub office: Option<&'a Office>,
    /// Who holds the decision.
    pub decides: Option<&'a str>,
    /// Who is signed in: name and role.
    pub you: Option<(&'a str, &'a str)>,
    /// Finished forms that the record does not have yet.
    pub not_yet: u64,
}

/// Draws it.
pub fn draw(paper: &mut Paper<'_>, area: Rect, sight: &Sight<'_>, head: &Head<'_>) {
    let room = area.width.saturating_sub(2);
    let training = head.office.is_some_and(|office| office.training);
    let lefts = [left(sight, head, true, training), left(sight, head, false, training)];
    let rights = rights(sight, head);
    let fits = rights.iter().find_map(|right| {
        let left = lefts.iter().find(|left| columns(left) + 3 + columns(right) <= room)?;
        Some((left, right))
    });
    let (left, right) = match (fits, lefts.last(), rights.last()) {
        (Some(fits), _, _) => fits,
        (None, Some(left), Some(right)) => (left, right),
        _ => return,
    };
    let kept_for_time = columns(right) + 1;
    paper.put(area.x + 1, area.y, room.saturating_sub(kept_for_time), left);
    paper.put_right(Rect { width: area.width.saturating_sub(1), ..area }, right);
}

fn left(sight: &Sight<'_>, head: &Head<'_>, with_places: bool, training: bool) -> Line<'static> {
    let mut line = sight.line(Meaning::Title, words::PROGRAM);
    line.spans.push(sight.span(Meaning::Value, "  "));
    // TRAINING stands before the office's name, so that no shortage of room can cut it off.
    if training {
        line.spans.push(sight.span(Meaning::Training, format!(" {} ", words::TRAINING)));
        line.spans.push(sight.span(Meaning::Value, "  "));
    }
    if head.not_yet > 0 {
        line.spans.push(sight.span(Meaning::Late, words::not_yet(head.not_yet)));
        line.spans.push(sight.span(Meaning::Value, "  "));
    }
    match head.office {
        Some(office) if !office.name.is_empty() => {
            line.spans.push(sight.span(Meaning::Name, &office.name));
            if with_places && office.locations > 1 {
                line.spans
                    .push(sight.span(Meaning::Muted, format!(" {}", words::places(office.locations - 1))));
            }
        }
        Some(_) => line.spans.push(sight.span(Meaning::Muted, words::NO_OFFICE)),
        None => {}
    }
    line
}

/// The right half from the longest to the shortest.
fn rights(sight: &Sight<'_>, head: &Head<'_>) -> [Line<'static>; 5] {
    let zone = sight.zone.abbreviation(sight.now);
    let clock = display::clock(sight.now, sight.zone);
    let date = display::weekday_date(sight.zone.day(sight.now));
    let time = sight.spans([(Meaning::Name, &clock), (Meaning::Muted, &format!(" {zone}"))]);
    let dated = sight.spans([(Meaning::Name, &clock), (Meaning::Muted, &format!(" {zone} {date}"))]);
    let decides = sight.spans([
        (Meaning::Muted, words::DECISIONS),
        (Meaning::Value, " "),
        (Meaning::Value, head.decides.unwrap_or(words::NOBODY_DECIDES)),
    ]);
    let you = |with_role: bool| match head.you {
        Some((name, role)) => {
            let role = if with_role { format!(" {role}") } else { String::new() };
            sight.spans([
                (Meaning::Muted, words::YOU),
                (Meaning::Value, " "),
                (Meaning::Value, name),
                (Meaning::Muted, &role),
            ])
        }
        None => sight.line(Meaning::Muted, words::NOBODY),
    };
    let beside = |parts: Vec<Line<'static>>| join(sight.theme, "   ", parts);
    [
        beside(vec![decides.clone(), you(true), dated]),
        beside(vec![decides.clone(), you(true), time.clone()]),
        beside(vec![decides, you(false), time.clone()]),
        beside(vec![you(false), time.clone()]),
        time,
    ]
}

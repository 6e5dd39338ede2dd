//! A form being filled in.
//!
//! ```text
//! ╭─ Urgent communication log ─────────────── began 21:02:12 · kept 21:03:07 ─╮
//! │             caller  WQ, carer                                             │
//! │  awake, breathing?  ( ) yes   (x) no   ( ) not known                      │
//! │       what changed  Only opens her eyes when I shout.                     │
//! │                     ! what did you see?                                   │
//! │ ── after the call  seen at · told us at · triggers         enter opens ── │
//! ╰───────────────────────────────────────────────────────────────────────────╯
//!  hint for the line in use
//!  still missing 1 of 6 · who is with her now        next decision within 5 min
//! ```
//!
//! All of it is made from a [`Face`]; what was typed, and what it means, belongs to the form.

mod lines;

use chrono::{DateTime, Utc};
use ratatui::layout::Rect;
use ratatui::text::Line;

use super::layout::bottom;
use super::pane::pane;
use super::pane::scrollbar;
use super::paper::{Paper, columns, join};
use super::sight::Sight;
use super::view::{Place, View};
use crate::domain::look::Meaning;
use crate::domain::time::display;
use crate::domain::words::ui as words;
use crate::form::face::Face;
use lines::{Drawn, drawn};

/// What the form's screen draws.
pub struct Seen<'a> {
    /// The form as it looks now.
    pub face: &'a Face,
    /// When what was typed was last on the disk.
    pub kept_at: Option<DateTime<Utc>>,
    /// Typed since then.
    pub unkept: bool,
    /// Why what was typed could not be kept.
    pub failure: Option<&'a str>,
    /// Why it is not in the record.
    pub refused: Option<&'a str>,
    /// What is said of it at the head, where that is so.
    pub mark: &'a str,
    /// Whether the form has the keys.
    pub focused: bool,
}

/// Draws it; answers with the columns of a text's box, which moving the cursor needs.
pub fn draw(paper: &mut Paper<'_>, body: Rect, view: &mut View, sight: &Sight<'_>, seen: &Seen<'_>) -> u16 {
    let foot_height = if body.height >= 14 { 2 } else { 1 };
    let (upper, foot) = bottom(body, foot_height);
    let inside = pane(paper, upper, &seen.face.title, &clocks(sight, seen), seen.focused);
    let room = Rect { x: inside.x + 1, width: inside.width.saturating_sub(2), ..inside };
    let form = drawn(sight, seen.face, room.width, room.height);
    view.scrolled(Place::Form, upper, |scroll| {
        let focus = form.rows.iter().position(|row| row.focused);
        let focus_end = form.rows.iter().rposition(|row| row.focused);
        let cursor_row = form.rows.iter().position(|row| row.cursor.is_some());
        let fits = usize::from(room.height);
        scroll.settle(focus_end, fits, form.rows.len());
        scroll.settle(focus, fits, form.rows.len());
        let first = scroll.settle(cursor_row.or(focus), fits, form.rows.len());
        rows(paper, room, &form, first, seen.focused);
        scrollbar(paper, inside, first, fits, form.rows.len());
    });
    foot_lines(paper, foot, sight, seen);
    form.text_width
}

fn rows(paper: &mut Paper<'_>, room: Rect, form: &Drawn, first: usize, focused: bool) {
    for (y, row) in (room.y..room.bottom()).zip(form.rows.iter().skip(first)) {
        let label = Rect { x: room.x, y, width: form.label_width, height: 1 };
        paper.put_right(label, &row.label);
        let x = room.x + row.at;
        paper.put(x, y, room.right().saturating_sub(x), &row.value);
        if let Some(cursor) = row.cursor.filter(|_| focused) {
            paper.set_cursor((x + cursor).min(room.right()), y);
        }
    }
}

/// When it was begun, and whether what was typed is safe.
fn clocks(sight: &Sight<'_>, seen: &Seen<'_>) -> Line<'static> {
    let began = sight.spans([
        (Meaning::Muted, words::BEGAN),
        (Meaning::Value, " "),
        (Meaning::Name, &display::clock_seconds(seen.face.began, sight.zone)),
    ]);
    let kept = match (seen.failure, seen.unkept, seen.kept_at) {
        (Some(_), ..) => sight.line(Meaning::Late, seen.mark),
        (None, true, None) => sight.line(Meaning::Muted, words::KEEPING),
        (None, _, Some(at)) => sight.spans([
            (Meaning::Muted, words::KEPT),
            (Meaning::Value, " "),
            (Meaning::Good, &display::clock_seconds(at, sight.zone)),
        ]),
        (None, false, None) => Line::default(),
    };
    join(sight.theme, " · ", [began, kept])
}

/// The hint of the line in use, what is missing, what is owed next.
fn foot_lines(paper: &mut Paper<'_>, area: Rect, sight: &Sight<'_>, seen: &Seen<'_>) {
    let face = seen.face;
    let room = area.width.saturating_sub(2);
    let problem = seen.failure.or(seen.refused).map(str::to_owned).or_else(|| face.problems.first().cloned());
    let above = match problem {
        Some(problem) => sight.line(Meaning::Late, format!("! {problem}")),
        None if !face.hint.is_empty() => sight.line(Meaning::Muted, &face.hint),
        None => sight.line(Meaning::Muted, &face.help),
    };
    if area.height > 1 {
        paper.put(area.x + 1, area.y, room, &above);
    }
    let y = area.bottom().saturating_sub(1);
    let (label, count) = words::still_missing(face.missing, face.required);
    let missing = if face.missing == 0 {
        sight.line(Meaning::Good, words::NOTHING_MISSING)
    } else {
        let labels = format!(" · {}", face.missing_labels.join(", "));
        sight.spans([(Meaning::Muted, label), (Meaning::Name, &count), (Meaning::Value, &labels)])
    };
    let next = match &face.next {
        Some(next) => {
            sight.spans([(Meaning::Muted, words::NEXT), (Meaning::Value, " "), (Meaning::Value, next)])
        }
        None => sight.line(Meaning::Muted, &face.saving),
    };
    let next_room = columns(&next).min(room / 2);
    let left_room = if area.width < 60 { room } else { room.saturating_sub(next_room + 3) };
    let end = paper.put(area.x + 1, y, left_room, &missing);
    if end + 3 + next_room <= area.right() {
        let place = Rect { x: end + 3, y, width: area.right().saturating_sub(end + 4), height: 1 };
        paper.put_right(place, &next);
    }
}

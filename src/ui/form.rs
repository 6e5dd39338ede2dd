//! A form being filled in.
//!
//! ```text
//! ╭─ Urgent communication log ─────────────── began 21:02:12 · kept 21:03:07 ─╮
//! │             caller  WQ, carer                                             │
//! │  awake, breathing?  ( ) yes   (x) no   ( ) not known                      │
//! │       what changed  Only opens her eyes when I shout.                     │
//! │                     ! what did you see?                                   │
//! │ ── after the call  seen at · told us at · triggers         enter opens ── │
//! ╰─ what the keys do in the line in use ─────────────────────────────────────╯
//!  hint for the line in use
//!  still missing 1 of 6 · who is with her now        next decision within 5 min
//! ```
//!
//! All of it is made from a [`Face`]; what was typed, and what it means, belongs to the form.

mod lines;

use chrono::{DateTime, Utc};
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::layout::{bottom, top};
use super::pane::scrollbar;
use super::pane::{on_lower_edge, pane};
use super::paper::{Paper, columns, cut, fold, join};
use super::sight::Sight;
use super::view::{Place, View};
use crate::domain::look::Meaning;
use crate::domain::time::display;
use crate::domain::words::ui as words;
use crate::form::face::Face;
use lines::{Drawn, drawn};

/// Columns below which the clock of the beginning gives way to the title.
const NARROW: u16 = 60;
/// Columns from which what is missing and what comes next stand side by side.
const SIDE_BY_SIDE: u16 = 100;

/// The most rows for whom to ring.
const MOST_RING: u16 = 3;
/// Under a form that is high enough stands one row in so many at the most.
const MOST_FOOT: u16 = 4;
/// Rows of a form below which the lines themselves matter more than whom to ring.
const LEAST_BESIDE_RING: u16 = 7;

/// What the form's screen draws.
pub struct Seen<'a> {
    /// The form as it looks now.
    pub face: &'a Face,
    /// When what was typed was last on the disk.
    pub kept_at: Option<DateTime<Utc>>,
    /// Typed since then.
    pub unkept: bool,
    /// It is being put into the record.
    pub saving: bool,
    /// Why what was typed could not be kept.
    pub failure: Option<&'a str>,
    /// Why it is not in the record.
    pub refused: Option<&'a str>,
    /// What is said of it at the head, where that is so.
    pub mark: &'a str,
    /// Whether the form has the keys.
    pub focused: bool,
}

/// Columns of "began 21:02:12 · kept 21:03:07".
const BEGAN_AND_KEPT: u16 = 30;
/// Columns of "kept 21:03:07".
const KEPT_ALONE: u16 = 13;
/// Rows inside a form from which its head has as many as it takes, this many at the most.
const HIGH_ENOUGH_FOR_HEAD: u16 = 16;
const MOST_HEAD: u16 = 2;
/// Columns of a form's upper edge beside its title and the time: corners, rules, spaces, the mark of the focus.
const AROUND_TITLE: u16 = 9;

/// Draws it; answers with the columns of a text's box, which moving the cursor needs.
pub fn draw(paper: &mut Paper<'_>, body: Rect, view: &mut View, sight: &Sight<'_>, seen: &Seen<'_>) -> u16 {
    // The same height for every line of the form, so that nothing jumps while one goes through it.
    let foot_height = match (body.height, body.width) {
        (..14, _) => 1,
        (14..20, _) => 2,
        (20.., width) => {
            let longest = sight.line(Meaning::Value, &seen.face.longest_hint);
            let rows = fold(&longest, width.saturating_sub(2).max(1)).len();
            let least = if width < SIDE_BY_SIDE { 3 } else { 2 };
            u16::try_from(rows + 1).unwrap_or(u16::MAX).min(body.height / MOST_FOOT).max(least)
        }
    };
    let (upper, foot) = bottom(body, foot_height);
    let title = title(sight, seen.face, body.width);
    let clocks = clocks(sight, seen, title, body.width);
    let inside = pane(paper, upper, title, &clocks, seen.focused);
    on_lower_edge(paper, upper, seen.face.keys);
    let room = Rect { x: inside.x + 1, width: inside.width.saturating_sub(2), ..inside };
    let room = head(paper, room, sight, seen.face);
    // Who must not be told and the number to ring stay in view while one writes what is said on it.
    let above = [(Meaning::Late, &seen.face.not_told), (Meaning::Value, &seen.face.ring)];
    let above = above.into_iter().filter(|(_, said)| !said.is_empty());
    let ring: Vec<Line<'static>> =
        above.flat_map(|(look, said)| fold(&sight.line(look, said.as_str()), room.width.max(1))).collect();
    let wanted = u16::try_from(ring.len()).unwrap_or(MOST_RING);
    let (numbers, room) = top(room, if room.height > LEAST_BESIDE_RING { wanted.min(MOST_RING) } else { 0 });
    for (y, line) in (numbers.y..numbers.bottom()).zip(&ring) {
        paper.put(numbers.x, y, numbers.width, line);
    }
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
        let beside = Rect { y: room.y, height: room.height, ..inside };
        scrollbar(paper, beside, first, fits, form.rows.len());
    });
    foot_lines(paper, foot, sight, seen);
    form.text_width
}

/// The form's title, with what it is recorded on where all of it stands beside the clocks.
fn title<'f>(sight: &Sight<'_>, face: &'f Face, width: u16) -> &'f str {
    let beside = if width < NARROW { KEPT_ALONE } else { BEGAN_AND_KEPT };
    let whole = columns(&sight.line(Meaning::Name, face.title.as_str()));
    if whole + AROUND_TITLE + beside <= width { &face.title } else { &face.short_title }
}

/// Whom the form is about and what, in as many rows as it takes where there is height for them; answers with the room that
/// is left.
fn head(paper: &mut Paper<'_>, room: Rect, sight: &Sight<'_>, face: &Face) -> Rect {
    let about = sight.line(Meaning::Name, &face.about);
    let matter = sight.line(Meaning::Value, &face.matter);
    let head = join(sight.theme, " · ", [about, matter]);
    let most = match room.height {
        _ if columns(&head) == 0 => 0,
        ..=6 => 0,
        7..HIGH_ENOUGH_FOR_HEAD => 1,
        _ => MOST_HEAD,
    };
    let lines = fold(&head, room.width.max(1));
    let (area, room) = top(room, u16::try_from(lines.len()).unwrap_or(most).min(most));
    let rest = usize::from(area.height.saturating_sub(1));
    for (y, line) in (area.y..area.bottom()).zip(lines.iter().take(rest)) {
        paper.put(area.x, y, area.width, line);
    }
    if area.height > 0 {
        let last = Line::from_iter(lines.into_iter().skip(rest).flat_map(|line| line.spans));
        paper.put(area.x, area.bottom() - 1, area.width, &cut(&last, area.width));
    }
    room
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

/// When it was begun, and whether what was typed is safe; where there is little room only the latter, and until something
/// was typed as much of the former as leaves the title whole.
fn clocks(sight: &Sight<'_>, seen: &Seen<'_>, title: &str, width: u16) -> Line<'static> {
    let time = display::clock_seconds(seen.face.began, sight.zone);
    let kept = match (seen.failure, seen.unkept, seen.kept_at) {
        _ if seen.saving => sight.line(Meaning::Soon, words::SAVING),
        (Some(_), ..) => sight.line(Meaning::Late, seen.mark),
        (None, true, None) => sight.line(Meaning::Muted, words::KEEPING),
        (None, _, Some(at)) => sight.spans([
            (Meaning::Muted, words::KEPT),
            (Meaning::Value, " "),
            (Meaning::Good, &display::clock_seconds(at, sight.zone)),
        ]),
        (None, false, None) => Line::default(),
    };
    let bare = sight.line(Meaning::Name, time.as_str());
    let said = sight.spans([(Meaning::Muted, words::BEGAN), (Meaning::Value, " "), (Meaning::Name, &time)]);
    let title = columns(&sight.line(Meaning::Name, title));
    let fits = |began: &Line<'_>| width >= NARROW || title + columns(began) + AROUND_TITLE <= width;
    let began = if width < NARROW && columns(&kept) > 0 {
        Line::default()
    } else {
        [said, bare].into_iter().find(fits).unwrap_or_default()
    };
    join(sight.theme, " · ", [began, kept])
}

/// The hint of the line in use; under it what is missing, and what is owed next.
fn foot_lines(paper: &mut Paper<'_>, area: Rect, sight: &Sight<'_>, seen: &Seen<'_>) {
    let (above, last) = bottom(area, 1);
    let inside = |area: Rect| Rect { x: area.x + 1, width: area.width.saturating_sub(2), ..area };
    hint(paper, inside(above), sight, seen);
    let last = inside(last);
    let face = seen.face;
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
    // What comes next, or why it cannot be saved, has the row where there is no room beside that nothing is missing.
    if face.missing == 0 && columns(&missing) + 3 + columns(&next) > last.width {
        paper.put(last.x, last.y, last.width, &cut(&next, last.width));
        return;
    }
    // Side by side where half the row is enough for what comes next; else what is missing has all of it.
    let beside = last.width >= SIDE_BY_SIDE && columns(&next) <= last.width / 2;
    let left = if beside { last.width.saturating_sub(columns(&next) + 3) } else { last.width };
    let end = paper.put(last.x, last.y, left, &missing);
    let room = last.right().saturating_sub(end + 3);
    if columns(&next) <= room {
        paper.put_right(Rect { x: end + 3, width: room, ..last }, &next);
    }
}

/// What the line in use is for, or what is wrong with the form.
fn hint(paper: &mut Paper<'_>, area: Rect, sight: &Sight<'_>, seen: &Seen<'_>) {
    let face = seen.face;
    let problem = seen.failure.or(seen.refused).map(str::to_owned).or_else(|| face.problems.first().cloned());
    let said = match problem {
        Some(problem) => sight.line(Meaning::Late, format!("! {problem}")),
        None if !face.hint.is_empty() => sight.line(Meaning::Value, &face.hint),
        None => sight.line(Meaning::Value, &face.help),
    };
    let rows = fold(&said, area.width.max(1));
    let fits = usize::from(area.height);
    for (y, row) in (area.y..area.bottom()).zip(rows.iter().take(fits.saturating_sub(1))) {
        paper.put(area.x, y, area.width, row);
    }
    // What there is no room for shows that it goes on.
    let mut rest: Vec<Span<'static>> = Vec::new();
    for row in rows.into_iter().skip(fits.saturating_sub(1)) {
        if !rest.is_empty() {
            rest.push(" ".into());
        }
        rest.extend(row.spans);
    }
    if fits > 0 {
        paper.put(area.x, area.bottom() - 1, area.width, &cut(&Line::from(rest), area.width));
    }
}

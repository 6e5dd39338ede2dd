//! The dashboard: three live panes over a preview of the selected row.
//!
//! ```text
//! ╭─ 1 Urgent calls ───────── today 7 · 1 undecided ─╮╭─ 2 Open escalations ───── 5 · 1 late ─╮
//! │ 21:02  RED    QUILL, T.   hard to rouse  999 ... ││  late 14m  OAKES, B.  GP calls back    │
//! ╰──────────────────────────────────────────────────╯╰────────────────────────────────────────╯
//! ╭─ 3 Overdue external actions ──────────────────────────────────── 4 late · 3 due today ─╮
//! │ late 5 d   District nursing  OAKES, B.  wound review  chased 2×, last 19-Nov  2 carers │
//! ╰────────────────────────────────────────────────────────────────────────────────────────╯
//! ╭─ QUILL, Theresa ────────────────────────────────────────────────────────── case U-1187 ─╮
//! ╰─────────────────────────────────────────────────────────────────────────────────────────╯
//! ```
//!
//! 80 columns stack the panes; a telephone shows one at a time. What is selected belongs to the app.

mod columns;
mod preview;

use ratatui::layout::Rect;
use ratatui::text::Line;

use super::boxes::find_line;
use super::layout;
use super::pane::pane;
use super::paper::Paper;
use super::sight::Sight;
use super::table::{Column, Table};
use super::view::{Place, View};
use crate::app::filter::Filter;
use crate::domain::draft::DraftRow;
use crate::domain::look::Meaning;
use crate::domain::time::display;
use crate::domain::views::{Board, CallRow, LOOKING_BACK, OwedRow, Queue};
use crate::domain::words::ui as words;
use crate::domain::words::ui::listed;

/// From this width on a pane counts everything beside its title.
const ROOM_FOR_ALL_COUNTS: u16 = 60;
/// The pane of what others owe.
const OVERDUE: usize = 2;
/// Columns of a pane's upper edge beside its name and its counts.
const BESIDE: usize = 9;

/// What the dashboard draws.
pub struct Seen<'a> {
    /// The rows and counts.
    pub board: &'a Board,
    /// Rows of the three panes as filtered and sorted.
    pub calls: &'a [&'a CallRow],
    /// Second pane.
    pub escalations: &'a [&'a OwedRow],
    /// Third pane.
    pub overdue: &'a [&'a OwedRow],
    /// Which pane is in use: 0, 1 or 2.
    pub pane: usize,
    /// Place of the selected row in each.
    pub selected: [Option<usize>; 3],
    /// By what each is sorted, in words; nothing where it stands as it comes.
    pub sorted: [&'static str; 3],
    /// What narrows all three, where anything does, and what its line says beside it.
    pub filter: Option<(&'a Filter, &'a str)>,
    /// Whether a row changed since it was last looked at, by the case's id.
    pub changed: &'a dyn Fn(crate::domain::ids::CaseId) -> bool,
    /// What can be begun from something late, with its key.
    pub late_begins: &'a dyn Fn(&OwedRow) -> Option<String>,
    /// How many are to be rung before they shut, with the key of their list.
    pub to_ring: Option<(String, String)>,
    /// What is said where there is no call.
    pub no_calls: String,
    /// Whether the dashboard has the keys (nothing lies over it).
    pub focused: bool,
    /// Whether all of it stands there already but what is selected in the pane in use.
    pub stands: bool,
}

/// Draws it into the body of the page.
pub fn draw(paper: &mut Paper<'_>, body: Rect, view: &mut View, sight: &Sight<'_>, seen: &Seen<'_>) {
    let sight = &Sight { signed: Some(&seen.board.signs.of_cases), ..*sight };
    let (search, body) = layout::top(body, u16::from(seen.filter.is_some()));
    let (strip, body) = layout::top(body, first_height(sight, seen.board, body.height));
    let (ring, body) = layout::top(body, u16::from(seen.to_ring.is_some()));
    let page = layout::board(body, seen.pane);
    if !seen.stands {
        first(paper, strip, sight, seen.board);
        to_ring(paper, ring, sight, seen);
        page.tabs.into_iter().for_each(|place| tabs(paper, place, sight, seen));
    }
    // Where one pane is shown at a time, the row above it already names all three.
    let full = [words::CALLS, words::ESCALATIONS, words::OVERDUE];
    let titles = if page.tabs.is_some() { words::TABS } else { full };
    let [calls, escalations, overdue] = page.panes;
    if let Some(area) = calls {
        let columns = columns::calls();
        let list = List { at: 0, place: Place::Calls, title: titles[0], empty: &seen.no_calls };
        list.draw(paper, area, view, sight, seen, (&columns, seen.calls, |row| row.case));
    }
    if let Some(area) = escalations {
        let columns = columns::escalations();
        let list = List { at: 1, place: Place::Escalations, title: titles[1], empty: words::NO_ESCALATIONS };
        list.draw(paper, area, view, sight, seen, (&columns, seen.escalations, |row| row.commitment.case));
    }
    if let Some(area) = overdue {
        let columns = columns::overdue();
        let list = List { at: 2, place: Place::Overdue, title: titles[2], empty: words::NO_OVERDUE };
        list.draw(paper, area, view, sight, seen, (&columns, seen.overdue, |row| row.commitment.case));
    }
    if let Some(area) = page.preview {
        if seen.stands {
            paper.clear(area);
        }
        preview::draw(paper, area, sight, seen);
    }
    if let Some(filter) = seen.filter {
        find_line(paper, search, sight, filter);
    }
}

/// Rows kept for those whose whereabouts come before everything; a low screen names as many as it can and counts on.
fn first_height(sight: &Sight<'_>, board: &Board, height: u16) -> u16 {
    let dropped = dropped(sight, board).count();
    u16::try_from(board.first.len() + dropped).unwrap_or(u16::MAX).min((height / 8).max(1))
}

/// How many are to be rung before they shut, and the key of their list.
fn to_ring(paper: &mut Paper<'_>, area: Rect, sight: &Sight<'_>, seen: &Seen<'_>) {
    if let Some((key, line)) = &seen.to_ring {
        let gap = if key.is_empty() { "" } else { "  " };
        let line = sight.spans([(Meaning::Soon, line), (Meaning::Muted, gap), (Meaning::Focus, key)]);
        paper.put(area.x + 1, area.y, area.width.saturating_sub(2), &line);
    }
}

/// Calls that were begun and that nobody types in any more.
fn dropped<'a>(sight: &'a Sight<'_>, board: &'a Board) -> impl Iterator<Item = &'a DraftRow> {
    board.drafts.iter().filter(|row| row.is_dropped_call(sight.clocks, sight.now))
}

/// A call that is not in the record: for how long, whom to ring back, about whom, whose it is.
fn dropped_call(sight: &Sight<'_>, row: &DraftRow) -> Line<'static> {
    let meaning = match row.turns(sight.clocks).state(sight.now).is_late() {
        true => Meaning::Late,
        false => Meaning::Soon,
    };
    let age = display::age(row.opened_at, sight.now);
    super::paper::join(
        sight.theme,
        "  ",
        [
            sight.line(meaning, listed::call_not_saved(&age)),
            sight.line(meaning, listed::ring_back(&row.call_back)),
            sight.line(Meaning::Value, &row.about),
            sight.line(Meaning::Muted, &row.whose),
        ],
    )
}

/// Who is missing, and calls that are not in the record, a row each, over everything else.
fn first(paper: &mut Paper<'_>, area: Rect, sight: &Sight<'_>, board: &Board) {
    let missing = board.first.iter().map(|record| {
        super::paper::join(
            sight.theme,
            "  ",
            [
                sight.name(Some(record)),
                super::banner::whereabouts(sight, record),
                sight.line(Meaning::Muted, record.place.as_deref().unwrap_or_default()),
            ],
        )
    });
    let rows: Vec<Line<'static>> =
        missing.chain(dropped(sight, board).map(|row| dropped_call(sight, row))).collect();
    for (at, row) in (0..area.height).zip(&rows) {
        let left = rows.len().saturating_sub(usize::from(at) + 1);
        let is_last = at + 1 == area.height;
        let more = if is_last && left > 0 { words::and_more(left) } else { String::new() };
        let line = super::paper::join(sight.theme, "  ", [row.clone(), sight.line(Meaning::Late, more)]);
        paper.put(area.x + 1, area.y + at, area.width.saturating_sub(2), &line);
    }
}

/// One of the three panes.
struct List<'a> {
    at: usize,
    place: Place,
    title: &'static str,
    empty: &'a str,
}

/// The columns, the rows, and which case a row is of.
type Rows<'a, 's, Row> =
    (&'a [Column<Row, Sight<'s>>], &'a [&'a Row], fn(&Row) -> crate::domain::ids::CaseId);

impl List<'_> {
    fn draw<'s, Row>(
        &self,
        paper: &mut Paper<'_>,
        area: Rect,
        view: &mut View,
        sight: &Sight<'s>,
        seen: &Seen<'_>,
        (columns, rows, case): Rows<'_, 's, Row>,
    ) {
        let in_use = seen.pane == self.at;
        if seen.stands && !in_use {
            return view.left(self.place, area);
        }
        let focused = seen.focused && in_use;
        let table = Table {
            columns,
            rows,
            sight,
            selected: seen.selected.get(self.at).copied().flatten().filter(|_| in_use),
            focused,
            headings: false,
            empty: if seen.filter.is_none() { self.empty } else { words::NOTHING_MATCHES },
        };
        if seen.stands {
            if view.scrolled(self.place, area, |scroll| table.move_bar(paper, scroll)) {
                return;
            }
            paper.clear(area);
        }
        let title = format!("{} {}", self.at + 1, self.title);
        let room = area.width.saturating_sub(u16::try_from(title.len() + BESIDE).unwrap_or(u16::MAX));
        let mut counted = counts(sight, seen, self.at, (area.width, room));
        // The pane's own name and its order are never cut for them: what is only due goes first, else how many there are.
        let kept = usize::from(!seen.sorted.get(self.at).copied().unwrap_or_default().is_empty());
        let wide = usize::from(area.width);
        while counted.len() > kept + 1 && joined(sight, &counted).width() + title.len() + BESIDE > wide {
            counted.remove(if self.at == OVERDUE { counted.len() - 1 } else { kept });
        }
        let inside = pane(paper, area, &title, &joined(sight, &counted), focused);
        view.scrolled(self.place, area, |scroll| {
            table.draw(paper, inside, scroll, |row| (seen.changed)(case(row)));
        });
    }
}

/// The counts of a pane of this width and the worst in it; `room` is what its name leaves them.
fn counts(sight: &Sight<'_>, seen: &Seen<'_>, pane: usize, (width, room): (u16, u16)) -> Vec<Line<'static>> {
    let board = seen.board;
    let (shown, read, total) = match pane {
        0 => (seen.calls.len(), board.calls.rows.len(), board.calls.total),
        1 => (seen.escalations.len(), board.escalations.rows.len(), board.escalations.total),
        _ => (seen.overdue.len(), board.overdue.rows.len(), board.overdue.total),
    };
    // How many of them were read yet is nobody's business: the others are read before they are come to.
    let is_narrowed = shown as u64 != total && (shown != read || seen.filter.is_some());
    let held = if is_narrowed { words::of(shown, total) } else { total.to_string() };
    let held = sight.line(Meaning::Value, held);
    // A late review is no alarm. What is late is counted in all of it, where more is open than was read.
    let pressing = |rows: &[&OwedRow], queue| {
        let read =
            || sight.tally(rows.iter().filter(|row| row.rank != LOOKING_BACK).map(|row| &row.commitment));
        board.tally(queue, sight.now).filter(|_| !is_narrowed).unwrap_or_else(read)
    };
    let mut parts = match pane {
        0 => {
            let (today, count) = words::today(board.calls_today);
            let mut parts = vec![sight.spans([(Meaning::Muted, today), (Meaning::Value, &count)])];
            // On a telephone the row above says it.
            if is_narrowed || width >= ROOM_FOR_ALL_COUNTS {
                parts.insert(0, held);
            }
            if !board.drafts.is_empty() {
                parts.push(sight.line(Meaning::Soon, words::unfinished(board.drafts.len())));
            }
            if board.undecided > 0 {
                let waits = |row: &&OwedRow| row.is_undecided() && sight.is_late(&row.commitment);
                let is_late = board.escalations.rows.iter().any(|row| waits(&row));
                let meaning = if is_late { Meaning::Late } else { Meaning::Soon };
                parts.push(sight.line(meaning, words::undecided(board.undecided)));
            }
            parts
        }
        1 => {
            let pressing = pressing(seen.escalations, Queue::Escalations);
            // The pane's own name is never cut for them, and the worst stands alone only where both have no room.
            let counts = [sight.late_counts(pressing, " · "), sight.late_counts_in_short(pressing, " · ")];
            let fits = |all: &Vec<Line<'static>>| joined(sight, all).width() <= usize::from(room);
            let found = counts.into_iter().map(|late| vec![held.clone(), late]).find(fits);
            found.unwrap_or_else(|| vec![held, sight.worst_count(pressing)])
        }
        _ => {
            let pressing = pressing(seen.overdue, Queue::Overdue);
            let late = (pressing.long_late + pressing.late) as u64;
            // What is late and what is due today are all there is.
            let mut parts = if is_narrowed { vec![held] } else { Vec::new() };
            parts.push(sight.late_counts(pressing, " · "));
            let among = if is_narrowed { shown as u64 } else { total };
            let due = among.saturating_sub(late);
            if due > 0 {
                parts.push(sight.line(Meaning::Value, words::due_today(due)));
            }
            parts
        }
    };
    let sorted = seen.sorted.get(pane).copied().filter(|sorted| !sorted.is_empty());
    parts.splice(0..0, sorted.map(|sorted| sight.line(Meaning::Focus, sorted)));
    parts
}

fn joined(sight: &Sight<'_>, parts: &[Line<'static>]) -> Line<'static> {
    super::paper::join(sight.theme, " · ", parts.to_vec())
}

/// Which pane is shown, and how many the others hold.
fn tabs(paper: &mut Paper<'_>, area: Rect, sight: &Sight<'_>, seen: &Seen<'_>) {
    let mut x = area.x + 1;
    let board = seen.board;
    let totals = match seen.filter {
        Some(_) => [seen.calls.len(), seen.escalations.len(), seen.overdue.len()].map(|count| count as u64),
        None => [board.calls.total, board.escalations.total, board.overdue.total],
    };
    for (at, (name, total)) in words::TABS.into_iter().zip(totals).enumerate() {
        let (heading, count) =
            if at == seen.pane { (Meaning::Focus, Meaning::Focus) } else { (Meaning::Muted, Meaning::Value) };
        let number = format!("{} ", at + 1);
        let total = format!(" {total}");
        let line = sight.spans([(Meaning::Muted, &number), (heading, name), (count, &total)]);
        x = paper.put(x, area.y, area.right().saturating_sub(x), &line) + 3;
    }
}

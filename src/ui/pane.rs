//! A pane: a border with its title on the left and its counts on the right; where it has the focus it is bright, and
//! an arrow points at its title, because there may be no colour to see.
//!
//! ```text
//! ╭─ 1 Urgent calls ─────────────────── today 7 · 1 undecided ─╮
//! │                                                            │
//! ╰────────────────────────────────────────────────────────────╯
//! ```
//!
//! What stands inside is left to whoever asked for it.

use ratatui::layout::Rect;
use ratatui::text::Line;

use super::paper::{Paper, columns};
use crate::domain::look::Meaning;

/// Before the title of what has the keys. Even the oldest of terminals can draw it.
pub const IN_USE: &str = "►";

/// Draws the border and answers with the room inside it. Where there is no room for a border, all of it is inside.
pub fn pane(paper: &mut Paper<'_>, area: Rect, title: &str, counts: &Line<'_>, focused: bool) -> Rect {
    let area = area.intersection(paper.area());
    if area.width < 4 || area.height < 3 {
        return area;
    }
    let border = if focused { Meaning::Focus } else { Meaning::Muted };
    let (left, right, top, bottom) = (area.left(), area.right() - 1, area.top(), area.bottom() - 1);
    let inner = area.width - 2;
    for (y, ends) in [(top, ("╭", "╮")), (bottom, ("╰", "╯"))] {
        paper.rule(left, y, 1, ends.0, border);
        paper.rule(left + 1, y, inner, "─", border);
        paper.rule(right, y, 1, ends.1, border);
    }
    for y in top + 1..bottom {
        paper.rule(left, y, 1, "│", border);
        paper.rule(right, y, 1, "│", border);
    }
    let counted = columns(counts);
    let room_for_counts = counted > 0 && counted + 6 <= area.width;
    let reserved = if room_for_counts { counted + 5 } else { 2 };
    if !title.is_empty() {
        let heading = if focused { Meaning::Focus } else { Meaning::Name };
        let room = area.width.saturating_sub(reserved + 4);
        if room > 1 {
            let end = paper.say(left + 3, top, room, heading, title);
            if focused {
                paper.say(left + 1, top, 1, Meaning::Focus, IN_USE);
            }
            paper.say(left + 2, top, 1, Meaning::Value, " ");
            paper.say(end, top, 1, Meaning::Value, " ");
        }
    }
    if room_for_counts {
        let x = right - counted - 3;
        paper.say(x, top, 1, Meaning::Value, " ");
        let end = paper.put(x + 1, top, counted, counts);
        paper.say(end, top, 1, Meaning::Value, " ");
    }
    Rect { x: left + 1, y: top + 1, width: inner, height: area.height - 2 }
}

/// Words on the lower edge of a pane that was drawn there: what the keys do in the line that is in use.
pub fn on_lower_edge(paper: &mut Paper<'_>, area: Rect, words: &str) {
    let area = area.intersection(paper.area());
    if words.is_empty() || area.width < 8 || area.height < 3 {
        return;
    }
    let (x, y) = (area.left() + 2, area.bottom() - 1);
    paper.say(x, y, 1, Meaning::Value, " ");
    let end = paper.say(x + 1, y, area.width - 5, Meaning::Muted, words);
    paper.say(end, y, 1, Meaning::Value, " ");
}

/// A box in the middle of the screen for what is asked over it: never larger than the screen.
pub fn middle(screen: Rect, width: u16, height: u16) -> Rect {
    let (width, height) = (width.min(screen.width), height.min(screen.height));
    Rect {
        x: screen.x + (screen.width - width) / 2,
        y: screen.y + (screen.height - height) / 2,
        width,
        height,
    }
}

/// The scrollbar of a list on the right border of its pane; nothing where all of it can be seen.
pub fn scrollbar(paper: &mut Paper<'_>, area: Rect, first: usize, shown: usize, total: usize) {
    if total <= shown || area.height == 0 || area.width == 0 {
        return;
    }
    let height = usize::from(area.height);
    let thumb = (height * shown / total).clamp(1, height);
    let way = height - thumb;
    let hidden = total.saturating_sub(shown).max(1);
    let from = (way * first.min(hidden) + hidden / 2) / hidden;
    for step in from..from + thumb {
        let y = area.y.saturating_add(u16::try_from(step).unwrap_or(u16::MAX));
        paper.rule(area.right(), y, 1, "█", Meaning::Muted);
    }
}

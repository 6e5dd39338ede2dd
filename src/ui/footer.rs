//! The last row of every screen: what the keys do here, as many as fit, and what happened last.
//!
//! ```text
//!  c  call   enter  open   d  decide   /  find   ?  help                             in the record 21:02:12
//! ```
//!
//! A key that does nothing now keeps its place, without its cap. Which keys there are is the app's table.

use ratatui::layout::Rect;
use ratatui::text::Line;

use super::paper::{Paper, columns};
use super::sight::Sight;
use crate::domain::look::Meaning;

/// A key and what it does here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cap {
    /// The key as it is written ("ctrl-s").
    pub key: String,
    /// What it does, in a word or two.
    pub title: String,
    /// Whether it does it now.
    pub available: bool,
}

/// Draws the keys, most wanted first, and the notice at the right where it fits; the notice goes before a key does.
pub fn draw(paper: &mut Paper<'_>, area: Rect, sight: &Sight<'_>, caps: &[Cap], notice: &Line<'_>) {
    let notice_room = columns(notice).min(area.width.saturating_sub(2));
    let rows = area.height.max(1);
    let mut row = 0;
    let mut x = area.x + 1;
    let last_row_room = |row: u16| {
        let held = if row + 1 == rows && notice_room > 0 { notice_room + 3 } else { 1 };
        area.right().saturating_sub(held)
    };
    for cap in caps {
        let line = drawn(sight, cap);
        let wide = columns(&line);
        if x + wide > last_row_room(row) {
            if row + 1 >= rows {
                continue;
            }
            row += 1;
            x = area.x + 1;
            if x + wide > last_row_room(row) {
                continue;
            }
        }
        x = paper.put(x, area.y + row, wide, &line) + 2;
    }
    let place = Rect { x: area.x + 1, y: area.bottom().saturating_sub(1), width: area.width.saturating_sub(2), height: 1 };
    paper.put_right(place, notice);
}

fn drawn(sight: &Sight<'_>, cap: &Cap) -> Line<'static> {
    let key = format!(" {} ", key_name(&cap.key));
    let title = format!(" {}", cap.title);
    if cap.available {
        sight.spans([(Meaning::Key, &key), (Meaning::Value, &title)])
    } else {
        sight.spans([(Meaning::Muted, &key), (Meaning::Muted, &title)])
    }
}

/// A key as keyboards print it.
pub fn key_name(key: &str) -> String {
    match key.strip_prefix('f') {
        Some(number) if number.parse::<u8>().is_ok() => format!("F{number}"),
        _ => key.to_owned(),
    }
}

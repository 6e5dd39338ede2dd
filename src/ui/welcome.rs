//! The very first screen: somebody who has never seen a terminal, and perhaps a person in danger.
//!
//! ```text
//! ╭─ Welcome ───────────────────────────────────────────────────╮
//! │  If somebody is in danger now: ring 999 first.              │
//! │  c  take a real call now ...                                │
//! ╰─────────────────────────────────────────────────────────────╯
//! ```
//!
//! Its words are the catalogue's; a line that begins with a key is drawn with the key's cap.

use ratatui::layout::Rect;
use ratatui::text::Line;

use super::pane::{middle, pane};
use super::paper::Paper;
use super::scroll::{self, Text};
use super::sight::Sight;
use super::view::Scroll;
use crate::domain::look::Meaning;
use crate::domain::words::{app, ui as words};

/// Columns it takes if it can.
const WIDE: u16 = 78;

/// Draws it.
pub fn draw(paper: &mut Paper<'_>, body: Rect, sight: &Sight<'_>) {
    page(paper, body, sight, words::WELCOME_TITLE, app::WELCOME);
}

/// A few lines in the middle: the first warns, those that begin with a key show it as one.
pub fn page(paper: &mut Paper<'_>, body: Rect, sight: &Sight<'_>, title: &str, lines: &[&str]) {
    let width = WIDE.min(body.width);
    let mut text = Text::new(width.saturating_sub(6));
    text.gap();
    // The cursor stands on the first key that can be pressed: there somebody who hears the screen read begins.
    let mut cursor = None;
    for (at, line) in lines.iter().enumerate() {
        if key_of(line).is_some() {
            cursor = cursor.or(Some(text.rows.len()));
        }
        said(&mut text, sight, line, at == 0);
    }
    text.gap();
    let height = u16::try_from(text.rows.len()).unwrap_or(u16::MAX).saturating_add(2);
    let area = middle(body, width, height);
    let inside = pane(paper, area, title, &Line::default(), true);
    let inside = Rect { x: inside.x.saturating_add(1), width: inside.width.saturating_sub(2), ..inside };
    scroll::draw(paper, inside, &mut Scroll::default(), &text.rows, false);
    let row = cursor.and_then(|row| u16::try_from(row).ok()).filter(|row| *row < inside.height);
    paper.set_cursor(inside.x.saturating_add(1), inside.y.saturating_add(row.unwrap_or(1)));
}

/// The key that a line begins with, and what it does.
fn key_of(line: &str) -> Option<(&str, &str)> {
    line.split_once("  ").filter(|(keys, _)| !keys.is_empty() && !keys.contains(' '))
}

fn said(text: &mut Text, sight: &Sight<'_>, line: &str, first: bool) {
    match key_of(line) {
        Some((keys, what)) => text.hang(
            &sight.line(Meaning::Key, format!(" {keys} ")),
            &sight.line(Meaning::Value, what),
            8,
            false,
        ),
        None if first => text.say(&sight.line(Meaning::Late, line), 0, false),
        None => text.say(&sight.line(Meaning::Value, line), 0, false),
    }
}

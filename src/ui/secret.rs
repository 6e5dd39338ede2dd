//! A PIN or passphrase being typed: whose, which one, as many dots as characters, and what is to be known.
//!
//! ```text
//! ╭─ PIN or passphrase ───────────────────────────────────╮
//! │ SHAH, P.                                              │
//! │ Your PIN or passphrase                                │
//! │  ••••••                                               │
//! │                                                       │
//! │ Checking                                              │
//! ╰───────────────────────────────────────────────────────╯
//! ```

use ratatui::layout::Rect;
use ratatui::text::Line;

use super::boxes::Boxed;
use super::paper::Paper;
use super::scroll::Text;
use super::sight::Sight;
use super::view::View;
use crate::app::SecretLayer;
use crate::app::signing::{Purpose, Stage};
use crate::domain::look::Meaning;
use crate::domain::words::secret as words;

/// Columns it takes if it can.
const WIDE: u16 = 66;
/// One character of what is typed.
const DOT: &str = "•";

/// Draws it over the screen.
pub fn draw(paper: &mut Paper<'_>, screen: Rect, view: &mut View, sight: &Sight<'_>, layer: &SecretLayer) {
    let boxed = Boxed { title: words::TITLE_SIGN_IN, counts: Line::default(), head: 3, width: WIDE };
    let mut text = Text::new(boxed.text_width(screen));
    text.gap();
    match (&layer.says, layer.checking) {
        (_, Some(_)) => text.say(&sight.line(Meaning::Soon, words::CHECKING), 0, false),
        (Some(says), None) => text.say(&sight.line(Meaning::Late, says), 0, false),
        (None, None) if layer.purpose == Purpose::Give => {
            text.say(&sight.line(Meaning::Muted, words::GIVES), 0, false);
        }
        (None, None) => {}
    }
    let head = boxed.draw(paper, screen, view, &text.rows);
    let asks = match (layer.stage, layer.purpose) {
        (Stage::Known, Purpose::SignIn) => words::ASKS_KNOWN,
        (Stage::Known, _) => words::ASKS_OLD,
        (Stage::New, _) => words::ASKS_NEW,
        (Stage::Again, _) => words::ASKS_AGAIN,
    };
    let room = head.width.saturating_sub(2);
    match &layer.name {
        Some(name) => paper.say(head.x + 1, head.y, room, Meaning::Name, name),
        None => paper.say(head.x + 1, head.y, room, Meaning::Muted, words::WHOEVER_LOCKED),
    };
    paper.say(head.x + 1, head.y + 1, room, Meaning::Muted, asks);
    let dots = u16::try_from(layer.typed.characters()).unwrap_or(u16::MAX).min(room.saturating_sub(1));
    let at = head.y + 2;
    paper.say(head.x + 1, at, room, Meaning::Field, " ".repeat(room.into()));
    paper.say(head.x + 1, at, dots, Meaning::Field, DOT.repeat(dots.into()));
    paper.set_cursor(head.x + 1 + dots, at);
}

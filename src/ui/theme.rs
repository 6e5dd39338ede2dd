//! A theme as the terminal wants it: what each meaning looks like, in ratatui's styles.
//!
//! Screens ask for meanings and never name a colour. Which theme, and what its file says, is left to
//! [`crate::settings`].

use ratatui::style::{Color, Modifier, Style};
use ratatui::text::Span;

use crate::domain::case::Level;
use crate::domain::clean::shown;
use crate::domain::look::{Ink, Look, Looks, Meaning};

/// A theme, ready to draw with.
#[derive(Debug, Clone)]
pub struct Theme([Style; Meaning::ALL.len()]);

impl Theme {
    /// The theme that a file describes.
    pub fn new(looks: Looks) -> Self {
        Self(Meaning::ALL.map(|meaning| style(looks.of(meaning))))
    }

    /// The style of this meaning.
    pub fn style(&self, meaning: Meaning) -> Style {
        self.0.get(meaning as usize).copied().unwrap_or_default()
    }

    /// Text of this meaning. All text from records and people passes here, and with it [`shown`]: nothing in it can
    /// reach the terminal as a control.
    pub fn span(&self, meaning: Meaning, text: impl AsRef<str>) -> Span<'static> {
        Span::styled(shown(text.as_ref()).into_owned(), self.style(meaning))
    }
}

/// What a level of risk looks like: the upper third is red, the middle one amber, the lower one green.
pub fn of_weight(weight: u8) -> Meaning {
    match weight {
        0 => Meaning::Value,
        1..=3 => Meaning::Green,
        4..=6 => Meaning::Amber,
        Level::RED.. => Meaning::Red,
    }
}

fn style(look: Look) -> Style {
    let mut style = Style::reset();
    if let Some(ink) = look.ink {
        style = style.fg(colour(ink));
    }
    if let Some(ground) = look.ground {
        style = style.bg(colour(ground));
    }
    let modifiers = [
        (look.bold, Modifier::BOLD),
        (look.dim, Modifier::DIM),
        (look.italic, Modifier::ITALIC),
        (look.underline, Modifier::UNDERLINED),
        (look.reverse, Modifier::REVERSED),
        (look.strike, Modifier::CROSSED_OUT),
    ];
    modifiers.into_iter().filter(|(on, _)| *on).fold(style, |style, (_, one)| style.add_modifier(one))
}

fn colour(ink: Ink) -> Color {
    match ink {
        Ink::Black => Color::Black,
        Ink::Red => Color::Red,
        Ink::Green => Color::Green,
        Ink::Yellow => Color::Yellow,
        Ink::Blue => Color::Blue,
        Ink::Magenta => Color::Magenta,
        Ink::Cyan => Color::Cyan,
        Ink::White => Color::Gray,
        Ink::BrightBlack => Color::DarkGray,
        Ink::BrightRed => Color::LightRed,
        Ink::BrightGreen => Color::LightGreen,
        Ink::BrightYellow => Color::LightYellow,
        Ink::BrightBlue => Color::LightBlue,
        Ink::BrightMagenta => Color::LightMagenta,
        Ink::BrightCyan => Color::LightCyan,
        Ink::BrightWhite => Color::White,
    }
}

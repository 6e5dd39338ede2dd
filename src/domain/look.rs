//! How something looks, by what it means: sixteen colours and a few modifiers, no toolkit.
//!
//! Screens ask for a [`Meaning`], a theme file says what it looks like, and `ui` turns it into the terminal's own.
//! Where the files are and what is wrong with them is left to [`crate::settings`].

use serde::Deserialize;

/// What a piece of text is, as far as its look goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Meaning {
    /// The program's name and the title of the pane in use.
    Title,
    /// Borders, labels, units: what is read once.
    Muted,
    /// What was said or is known.
    Value,
    /// Somebody's or something's name.
    Name,
    /// What was done: the first word of an entry.
    Verb,
    /// Past its time.
    Late,
    /// Due soon, or wants attention.
    Soon,
    /// Red risk.
    Red,
    /// Amber risk.
    Amber,
    /// Green risk.
    Green,
    /// The border and title of what has the focus.
    Focus,
    /// The one bar over the selected row.
    Selection,
    /// The cap of a key at the foot.
    Key,
    /// Somebody else's words.
    Quote,
    /// Where something is typed.
    Field,
    /// The word TRAINING.
    Training,
    /// Kept, done, in the record.
    Good,
    /// What everyone must see first: allergies, DNACPR.
    Alert,
    /// A row that changed while it was on the screen.
    Changed,
    /// What was said and stands no more: corrected, or moved to another record.
    Struck,
}

impl Meaning {
    /// All of them, in the order of a theme file.
    pub const ALL: [Meaning; 20] = [
        Meaning::Title,
        Meaning::Muted,
        Meaning::Value,
        Meaning::Name,
        Meaning::Verb,
        Meaning::Late,
        Meaning::Soon,
        Meaning::Red,
        Meaning::Amber,
        Meaning::Green,
        Meaning::Focus,
        Meaning::Selection,
        Meaning::Key,
        Meaning::Quote,
        Meaning::Field,
        Meaning::Training,
        Meaning::Good,
        Meaning::Alert,
        Meaning::Changed,
        Meaning::Struck,
    ];
}

/// One of the terminal's own sixteen colours; what they look like is the person's choice, not ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "the names are the colours")]
pub enum Ink {
    Black,
    Red,
    Green,
    Yellow,
    Blue,
    Magenta,
    Cyan,
    White,
    BrightBlack,
    BrightRed,
    BrightGreen,
    BrightYellow,
    BrightBlue,
    BrightMagenta,
    BrightCyan,
    BrightWhite,
}

/// How one meaning looks. Nothing set is the terminal's own text on its own background.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Look {
    /// Colour of the letters.
    pub ink: Option<Ink>,
    /// Colour behind them.
    pub ground: Option<Ink>,
    /// Bold.
    pub bold: bool,
    /// Faint, where the terminal knows it.
    pub dim: bool,
    /// Italic.
    pub italic: bool,
    /// Underlined.
    pub underline: bool,
    /// Letters and background change places.
    pub reverse: bool,
    /// Struck through, where the terminal knows it.
    pub strike: bool,
}

/// A theme: how each meaning looks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Looks([Look; Meaning::ALL.len()]);

impl Looks {
    /// A theme in which nothing is set.
    pub fn plain() -> Self {
        Self([Look::default(); Meaning::ALL.len()])
    }

    /// How this meaning looks.
    pub fn of(&self, meaning: Meaning) -> Look {
        self.0.get(meaning as usize).copied().unwrap_or_default()
    }

    /// Says how a meaning looks.
    pub fn set(&mut self, meaning: Meaning, look: Look) {
        if let Some(place) = self.0.get_mut(meaning as usize) {
            *place = look;
        }
    }
}

//! A key as this program knows it: what it produced and what was held, whatever terminal it came from.
//!
//! Which key does what is left to [`super::keymap`]. Caps Lock changes nothing: a letter means the same action
//! in either case ([`Key::folded`]), and is typed into text as it was produced.

use std::fmt;
use std::str::FromStr;

use crate::domain::words::app as words;

/// What a key produced.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Code {
    /// A character, as produced (with Shift already in it).
    Char(char),
    /// A function key, from 1.
    F(u8),
    /// Enter.
    Enter,
    /// Escape.
    Esc,
    /// Tab; with Shift, the tab backwards.
    Tab,
    /// Backspace.
    Backspace,
    /// Delete.
    Delete,
    /// Up.
    Up,
    /// Down.
    Down,
    /// Left.
    Left,
    /// Right.
    Right,
    /// Home.
    Home,
    /// End.
    End,
    /// Page up.
    PageUp,
    /// Page down.
    PageDown,
}

/// A key with what was held. Shift is set only where it is not already in the character.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    /// What it produced.
    pub code: Code,
    /// Control was held.
    pub ctrl: bool,
    /// Alt was held.
    pub alt: bool,
    /// Shift was held.
    pub shift: bool,
}

/// Words that name no key.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", words::not_a_key(.0))]
pub struct NotAKey(pub String);

impl Key {
    /// A key with nothing held.
    pub fn of(code: Code) -> Self {
        Self { code, ctrl: false, alt: false, shift: false }
    }

    /// A character with nothing held but what made it.
    pub fn char(c: char) -> Self {
        Self::of(Code::Char(c))
    }

    /// The character it types into a text, if it types one.
    pub fn typed(self) -> Option<char> {
        match self.code {
            Code::Char(c) if !self.ctrl && !self.alt => Some(c),
            _ => None,
        }
    }

    /// The same key for everybody, Caps Lock or not: letters in lower case, Shift dropped where it is in the
    /// character.
    pub fn folded(self) -> Self {
        match self.code {
            Code::Char(c) => {
                let lower = c.to_lowercase().next().unwrap_or(c);
                Self { code: Code::Char(lower), shift: false, ..self }
            }
            _ => self,
        }
    }
}

/// Names of keys that are not a character. The first of a code is how it is shown; order does not matter else.
const NAMES: &[(&str, Code)] = &[
    ("enter", Code::Enter),
    ("esc", Code::Esc),
    ("tab", Code::Tab),
    ("backspace", Code::Backspace),
    ("delete", Code::Delete),
    ("up", Code::Up),
    ("down", Code::Down),
    ("left", Code::Left),
    ("right", Code::Right),
    ("home", Code::Home),
    ("end", Code::End),
    ("pageup", Code::PageUp),
    ("pagedown", Code::PageDown),
    ("space", Code::Char(' ')),
];

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (held, name) in [(self.ctrl, "ctrl-"), (self.alt, "alt-"), (self.shift, "shift-")] {
            if held {
                f.write_str(name)?;
            }
        }
        if let Some((name, _)) = NAMES.iter().find(|(_, code)| *code == self.code) {
            return f.write_str(name);
        }
        match self.code {
            Code::Char(c) => write!(f, "{c}"),
            Code::F(number) => write!(f, "f{number}"),
            _ => Ok(()),
        }
    }
}

impl FromStr for Key {
    type Err = NotAKey;

    fn from_str(text: &str) -> Result<Self, NotAKey> {
        let mut key = Key::char(' ');
        let mut rest = text.trim();
        loop {
            let lower = rest.to_lowercase();
            let held = [("ctrl-", 0), ("alt-", 1), ("shift-", 2)]
                .into_iter()
                .find(|(name, _)| lower.starts_with(name) && rest.len() > name.len());
            let Some((name, which)) = held else { break };
            match which {
                0 => key.ctrl = true,
                1 => key.alt = true,
                _ => key.shift = true,
            }
            rest = rest.get(name.len()..).unwrap_or_default();
        }
        let lower = rest.to_lowercase();
        let mut characters = rest.chars();
        key.code = match (NAMES.iter().find(|(name, _)| *name == lower), characters.next(), characters.next())
        {
            (Some((_, code)), _, _) => *code,
            (None, Some(c), None) => Code::Char(c),
            _ => lower
                .strip_prefix('f')
                .and_then(|number| number.parse().ok())
                .filter(|number| (1..=24).contains(number))
                .map(Code::F)
                .ok_or_else(|| NotAKey(text.to_owned()))?,
        };
        Ok(key)
    }
}

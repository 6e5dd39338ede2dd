//! The box in which people who are easily mistaken stand apart, each under a number.
//!
//! Whoever types without looking answers the next question of the form here, not this one. So no letter and no Enter
//! takes anybody: a number does, and only from somebody who is not in the middle of typing. What was pressed in vain is
//! said. Who is compared with whom is left to [`super::picker`], who is alike to [`crate::domain::names::similar`].

use chrono::{DateTime, TimeDelta, Utc};

use super::App;
use super::layer::Layer;
use super::msg::Effect;
use super::picker::Picker;
use crate::domain::names::similar::{Because, Similarity};
use crate::domain::views::RecordRow;
use crate::domain::words::apart as words;
use crate::domain::words::text as similar_words;

/// The most people that stand apart: they must be seen at once, on a telephone too.
pub const MOST: usize = 5;
/// Whoever presses no key for so long has stopped typing.
const A_PAUSE: TimeDelta = TimeDelta::milliseconds(800);
/// The most letters that are said back.
const MOST_LETTERS: usize = 24;
/// The key of somebody who is none of those on record.
pub const NEW: char = '0';

/// What the box asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asks {
    /// Who of several is meant.
    WhichOfThem,
    /// Whether somebody is taken who must not be told.
    AllTheSame,
    /// Whether somebody about to be made is one of these.
    BeforeNew,
}

/// People who stand apart before one of them is taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Apart {
    /// What is asked.
    pub asks: Asks,
    /// They, in the order of their numbers, each with why it stands here where its name does not say so.
    pub rows: Vec<(RecordRow, String)>,
    /// There are more of them.
    pub more: bool,
    /// What was typed here and took nobody.
    pressed: String,
    /// Until then a number is one more key of whoever types.
    types_until: DateTime<Utc>,
}

impl Apart {
    /// A box with these people, as many as stand apart.
    pub fn new(asks: Asks, mut rows: Vec<(RecordRow, String)>) -> Self {
        let more = rows.len() > MOST;
        rows.truncate(MOST);
        Self { asks, rows, more, pressed: String::new(), types_until: DateTime::<Utc>::MIN_UTC }
    }

    /// The key of the last of them.
    pub fn last(&self) -> char {
        key(self.rows.len().saturating_sub(1))
    }

    /// Whether a number makes somebody new.
    pub fn offers_new(&self) -> bool {
        self.asks == Asks::BeforeNew
    }
}

/// The key of one of them.
pub fn key(at: usize) -> char {
    u32::try_from(at + 1).ok().and_then(|number| char::from_digit(number, 10)).unwrap_or_default()
}

/// Why somebody stands here, where their name does not say so.
pub(super) fn why(similarity: &Similarity) -> String {
    let nothing_apart = similarity.says.ends_with(similar_words::NOTHING_APART);
    match similarity.because.first() {
        Some(Because::SameNumber) => similar_words::SIMILAR_NUMBER.to_owned(),
        Some(Because::Born) => similar_words::SIMILAR_BORN.to_owned(),
        Some(Because::Room) => similar_words::SIMILAR_ROOM.to_owned(),
        Some(Because::Name) | None if nothing_apart => similar_words::NOTHING_APART.to_owned(),
        Some(Because::Name) | None => String::new(),
    }
}

impl App {
    /// Whether it is asked who is meant.
    pub(super) fn is_asked_which(&self) -> bool {
        self.apart().is_some()
    }

    /// Whether somebody types into the box without having read it: a fraction of a second then matters.
    pub(super) fn types_into_the_box(&self) -> bool {
        self.apart().is_some_and(|apart| apart.types_until > self.now)
    }

    fn apart(&self) -> Option<&Apart> {
        match self.top() {
            Layer::Picker(Picker { apart, .. }) => apart.as_ref(),
            _ => None,
        }
    }

    /// A letter or digit while it is asked who is meant.
    pub(super) fn answered_which(&mut self, letter: char, out: &mut Vec<Effect>) {
        let Some(apart) = self.apart() else { return };
        // A clock that was set back leaves nobody with dead keys.
        let types = self.now < apart.types_until && apart.types_until - self.now <= A_PAUSE;
        let meant = apart.rows.iter().enumerate().find(|(at, _)| key(*at) == letter).map(|(_, (row, _))| row);
        match meant {
            Some(row) if !types => {
                let row = row.clone();
                self.take_record(Some(row), out);
            }
            None if letter == NEW && apart.offers_new() && !types => self.take_record(None, out),
            _ => self.takes_nobody(Some(letter)),
        }
    }

    /// Says that what was pressed took nobody.
    pub(super) fn takes_nobody(&mut self, letter: Option<char>) {
        let until = self.now + A_PAUSE;
        let Layer::Picker(Picker { apart: Some(apart), .. }) = self.top_mut() else { return };
        apart.types_until = until;
        if apart.pressed.chars().count() < MOST_LETTERS {
            apart.pressed.extend(letter);
        }
        let said = words::not_taken(apart.pressed.trim(), apart.last());
        self.says(&said);
    }

    /// Time passed: after a pause a number says again who is meant.
    pub(super) fn stops_typing(&mut self) {
        let now = self.now;
        if let Layer::Picker(Picker { apart: Some(apart), .. }) = self.top_mut()
            && now >= apart.types_until
        {
            apart.types_until = DateTime::<Utc>::MIN_UTC;
        }
    }

    /// Goes from the box back to the list. True where there was one.
    pub(super) fn leaves_the_box(&mut self) -> bool {
        match self.top_mut() {
            Layer::Picker(picker) => picker.apart.take().is_some(),
            _ => false,
        }
    }
}

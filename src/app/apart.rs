//! The box in which people who are easily mistaken, or who all have what was typed, stand apart, each under a number.
//!
//! Whoever types without looking answers the next question of the form here, not this one. So no letter and no Enter
//! takes anybody: a number does, and only from somebody who is not in the middle of typing. What was typed in vain is
//! said, and nothing of it is lost: words stand at once in the line of the form in which words are said next, and are
//! kept with it. Answers of one key are not among them, for they may have been meant for this question.
//!
//! Who is compared with whom is left to [`super::picker`], who is alike to [`crate::domain::names::similar`].

use chrono::{DateTime, TimeDelta, Utc};

use super::App;
use super::key::{Code, Key};
use super::layer::Layer;
use super::msg::Effect;
use super::picker::{PickFor, Picker};
use crate::domain::names::similar::{Because, Similarity};
use crate::domain::views::RecordRow;
use crate::domain::words::apart as words;
use crate::domain::words::text as similar_words;
use crate::form::text_box::{Changed, Edit, Lines, TextBox};
use crate::form::typed::Reading;
use crate::form::{Form, Input};

/// The most people that stand apart: they must be seen at once, on a telephone too.
pub const MOST: usize = 5;
/// Whoever presses no key for so long has stopped typing.
pub(super) const A_PAUSE: TimeDelta = TimeDelta::milliseconds(800);
/// The most letters that are said back: the last that were typed.
const MOST_LETTERS: usize = 24;
/// The most of the words that are said to be kept: the rest is seen in their line.
const MOST_SHOWN: usize = 60;
/// Fewer letters than this are no words but keys: a yes, a no, the number of one of them.
const FEWEST_LETTERS: usize = 3;
/// The key of somebody who is none of those on record.
pub const NEW: char = '0';

/// What the box asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asks {
    /// Who of several with names that are easily mistaken is meant.
    WhichOfThem,
    /// Who of several that have what was typed is meant.
    WhichHasIt,
    /// Whether somebody is taken who must not be told.
    AllTheSame,
    /// Whether somebody about to be made is one of these.
    BeforeNew,
    /// The same of somebody with digits in their name, whom it is asked of though there is nobody like them.
    BeforeDigits,
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
    pressed: TextBox,
    /// Where its words stand in the form.
    pub kept: Option<Kept>,
    /// A number that was pressed after words and a pause: it takes somebody unless one types on.
    number: Option<char>,
    /// Until then a number is one more key of whoever types.
    types_until: DateTime<Utc>,
}

/// The line of the form below that keeps what was typed here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// The line's path.
    path: String,
    /// Its label.
    label: String,
    /// What stood in it before.
    before: String,
    /// What parts them from it: a new line where the line has several.
    between: char,
    /// The words that were added.
    words: String,
}

impl Kept {
    /// The line for words that were typed while something else was asked about a line, with none of them yet.
    pub(super) fn beside(form: &Form, path: &str, reading: Reading) -> Option<Self> {
        let slot = form.line_for_words(path, reading)?;
        let before = form.text_of(&slot.path).to_owned();
        let between = if slot.input == Input::Notes { '\n' } else { ' ' };
        Some(Self { path: slot.path, label: slot.label, before, between, words: String::new() })
    }

    /// The same for words that follow these after a pause, where nothing else was written behind them.
    pub(super) fn goes_on(self, form: &Form) -> Option<Self> {
        let before = self.text();
        let stands = !self.words.is_empty() && form.text_of(&self.path) == before.trim();
        stands.then(|| Self { before, between: ' ', words: String::new(), ..self })
    }

    /// The line's label.
    pub(super) fn label(&self) -> &str {
        &self.label
    }

    /// Other words are kept in their place.
    pub(super) fn keep(&mut self, words: &str) {
        words.clone_into(&mut self.words);
    }

    /// Puts them into the line. True where it changed.
    pub(super) fn put(&self, form: &mut Form) -> bool {
        let changes = form.text_of(&self.path) != self.text().trim();
        if changes {
            form.set_text(&self.path, &self.text());
        }
        changes
    }

    /// What of it is in which line, as far as it is said on one row; empty where nothing is.
    pub fn says(&self) -> String {
        if self.words.is_empty() {
            return String::new();
        }
        words::kept_under(&self.shown(), &self.label)
    }

    /// The words, as far as they are said on one row.
    fn shown(&self) -> String {
        let shown: String = self.words.chars().take(MOST_SHOWN).collect();
        let after = if shown.len() < self.words.len() { "…" } else { "" };
        format!("{shown}{after}")
    }

    /// What stands in the line with these words.
    fn text(&self) -> String {
        match (self.before.trim_end(), self.words.as_str()) {
            (_, "") => self.before.clone(),
            ("", words) => words.to_owned(),
            (before, words) => format!("{before}{}{words}", self.between),
        }
    }
}

impl Apart {
    /// A box with these people, as many as stand apart.
    pub fn new(asks: Asks, mut rows: Vec<(RecordRow, String)>) -> Self {
        let more = rows.len() > MOST;
        rows.truncate(MOST);
        Self {
            asks,
            rows,
            more,
            pressed: TextBox::new(Lines::Many),
            kept: None,
            number: None,
            types_until: DateTime::<Utc>::MIN_UTC,
        }
    }

    /// What was typed here, where it is more than keys that were pressed.
    fn words(&self) -> &str {
        let words = self.pressed.text().trim();
        let letters = words.chars().filter(|letter| !letter.is_whitespace()).count();
        if letters < FEWEST_LETTERS { "" } else { words }
    }

    /// The end of what was typed here, to be said back.
    fn last_typed(&self) -> String {
        let typed = self.pressed.text().trim();
        let from = typed.chars().count().saturating_sub(MOST_LETTERS);
        let before = if from > 0 { "…" } else { "" };
        format!("{before}{}", typed.chars().skip(from).collect::<String>())
    }

    /// Whom a number means.
    fn meant(&self, number: char) -> Option<&RecordRow> {
        self.rows.iter().enumerate().find(|(at, _)| key(*at) == number).map(|(_, (row, _))| row)
    }

    /// The key of the last of them, where there is anybody.
    pub fn last(&self) -> Option<char> {
        self.rows.len().checked_sub(1).map(key)
    }

    /// Whether a number makes somebody new.
    pub fn offers_new(&self) -> bool {
        matches!(self.asks, Asks::BeforeNew | Asks::BeforeDigits)
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

    /// When the number that was pressed after words is taken, unless one types on.
    pub fn number_counts_from(&self) -> Option<DateTime<Utc>> {
        self.apart().filter(|apart| apart.number.is_some()).map(|apart| apart.types_until)
    }

    fn apart(&self) -> Option<&Apart> {
        match self.top() {
            Layer::Picker(Picker { apart, .. }) => apart.as_ref(),
            _ => None,
        }
    }

    /// A key while it is asked who is meant: a number answers, and whatever else is typed takes nobody. False where it
    /// is neither.
    pub(super) fn typed_into_the_box(&mut self, key: Key, out: &mut Vec<Effect>) -> bool {
        let Some(apart) = self.apart() else { return false };
        let edit = match key.typed() {
            Some(letter) => return self.answered_which(letter, out),
            None if key.code == Code::Backspace && !apart.pressed.is_empty() => {
                if key.ctrl {
                    Edit::DeleteWord
                } else {
                    Edit::Backspace
                }
            }
            None => return false,
        };
        self.takes_nobody(Some(&edit), out);
        true
    }

    /// A letter or digit while it is asked who is meant.
    fn answered_which(&mut self, letter: char, out: &mut Vec<Effect>) -> bool {
        let Some(apart) = self.apart() else { return false };
        // A clock that was set back leaves nobody with dead keys.
        let types = self.now < apart.types_until && apart.types_until - self.now <= A_PAUSE;
        let is_new = letter == NEW && apart.offers_new();
        let meant = apart.meant(letter).cloned();
        match (meant, types) {
            (Some(row), false) if apart.pressed.is_empty() => self.take_record(Some(row), out),
            (None, false) if is_new && apart.pressed.is_empty() => self.take_record(None, out),
            // In the middle of a sentence that was interrupted it may be one more of its words.
            (Some(_), false) => self.may_be_a_word(letter),
            (None, false) if is_new => self.may_be_a_word(letter),
            _ => self.takes_nobody(Some(&Edit::Insert(letter)), out),
        }
        true
    }

    /// A number after words: it counts once nothing was typed after it for a moment.
    fn may_be_a_word(&mut self, number: char) {
        let until = self.now + A_PAUSE;
        let Layer::Picker(Picker { apart: Some(apart), .. }) = self.top_mut() else { return };
        (apart.number, apart.types_until) = (Some(number), until);
        let name = apart.meant(number).map(|row| row.name.clone());
        self.says(&words::taken_unless_typed_on(name.as_deref()));
    }

    /// Keeps what was typed, and says that it took nobody. Enter and Tab are the spaces between what was typed.
    pub(super) fn takes_nobody(&mut self, edit: Option<&Edit>, out: &mut Vec<Effect>) {
        let (until, width) = (self.now + A_PAUSE, self.text_width);
        let mut clipboard = std::mem::take(&mut self.clipboard);
        let mut cut = None;
        if let Layer::Picker(Picker { apart: Some(apart), .. }) = self.top_mut() {
            apart.types_until = until;
            let before = apart.pressed.text().chars().count();
            // A number that is typed on after was a part of what was typed.
            let number = apart.number.take().map(Edit::Insert);
            let between = Edit::Insert(' ');
            for edit in number.iter().chain([edit.unwrap_or(&between)]) {
                if apart.pressed.apply(edit, width, &mut clipboard) == Changed::Cut {
                    cut = Some(apart.pressed.text().chars().count().saturating_sub(before));
                }
            }
        }
        self.keep_words(out);
        if let Some(apart) = self.apart() {
            let said = words::not_taken(&apart.last_typed(), apart.last());
            self.says(&said);
        }
        if let Some((edit, kept)) = edit.zip(cut) {
            self.says_cut(edit, clipboard.text(), kept);
        }
        self.clipboard = clipboard;
    }

    /// Puts what was typed here into the line of the form where words are said next, behind what stands there.
    fn keep_words(&mut self, out: &mut Vec<Effect>) {
        let reading = self.reading();
        let Layer::Picker(Picker { apart: Some(apart), purpose, .. }) = self.top() else { return };
        let (PickFor::Line { path, .. } | PickFor::Near { path }) = purpose else { return };
        let (path, said, kept) = (path.clone(), apart.words().to_owned(), apart.kept.clone());
        let Some(layer) = self.form_below() else { return };
        let Some(mut kept) = kept.or_else(|| Kept::beside(&layer.form, &path, reading)) else { return };
        kept.keep(&said);
        if kept.put(&mut layer.form) {
            self.keep_form_below(false, out);
        }
        if let Layer::Picker(Picker { apart: Some(apart), .. }) = self.top_mut() {
            apart.kept = Some(kept);
        }
    }

    /// Somebody was taken: what is typed on in the line of those words stands apart from them, and it is said where they
    /// are.
    pub(super) fn leaves_words(&mut self, kept: &Kept) {
        if kept.words.is_empty() {
            return;
        }
        if let Some(layer) = self.form_below() {
            layer.form.set_text(&kept.path, &format!("{}{}", kept.text(), kept.between));
            layer.form.say_at(&kept.path, words::typed_at_the_box(&kept.shown()));
        }
        self.says(&kept.says());
    }

    /// Time passed: after a pause a number says again who is meant, and the one that was pressed last is taken.
    pub(super) fn stops_typing(&mut self, out: &mut Vec<Effect>) {
        let now = self.now;
        let Layer::Picker(Picker { apart: Some(apart), .. }) = self.top_mut() else { return };
        if now < apart.types_until {
            return;
        }
        apart.types_until = DateTime::<Utc>::MIN_UTC;
        self.takes_number(out);
    }

    /// Takes whoever has the number that was pressed after words. True where one was.
    pub(super) fn takes_number(&mut self, out: &mut Vec<Effect>) -> bool {
        let Layer::Picker(Picker { apart: Some(apart), .. }) = self.top_mut() else { return false };
        let Some(number) = apart.number.take() else { return false };
        let row = apart.meant(number).cloned();
        self.take_record(row, out);
        true
    }

    /// A form over the box was saved and has gone: a number may still be meant for it.
    pub(super) fn comes_to_the_box(&mut self) {
        let until = self.now + A_PAUSE;
        if let Layer::Picker(Picker { apart: Some(apart), .. }) = self.top_mut() {
            apart.types_until = until;
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

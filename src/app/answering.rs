//! Letters at a row of choices: answers of one key, or the beginning of words that were meant for no row of choices.
//!
//! Whoever writes down what the caller says without looking at the screen types words wherever the focus stands, and a
//! letter of theirs must not answer whether somebody breathes. So a letter that is an answer answers at once, as ever; but
//! where letters follow without a pause and are neither the rest of that answer's word nor answers to the rows that come
//! next, all that was chosen by them is taken back, the rows stand as they stood, and it is said at the row. The words are
//! not lost: they go where words are said next, as those that are typed while it is asked who is meant.
//!
//! One letter followed by words in a line of text looks the same whether it was an answer or their own first letter. What
//! tells is their case (a capital begins them), whether any word begins with these letters at all ("rnone" is an answer and
//! what is written behind it), and the rhythm: whoever has answered and seen the focus move needs a moment. Letters that
//! arrive in one bunch, as from a slow line, have no rhythm: one before the text stands; two that may begin a word do not, for
//! a nurse who is here is not somebody for whom 999 was called. After three answers in a row somebody is answering rows, not
//! writing.

use chrono::{DateTime, TimeDelta, Utc};

use super::App;
use super::apart::{A_PAUSE, Kept};
use super::key::{Code, Key};
use super::layer::Layer;
use super::msg::Effect;
use super::typed_on::A_MOMENT;
use crate::domain::ids::DraftId;
use crate::domain::words::app::answering as words;
use crate::form::{Form, Input, Slot, Stood};

/// The pairs of consonants with which English words begin, but for a few that nobody writes in a hurry.
const BEGIN_WORDS: [&str; 31] = [
    "bl", "br", "ch", "cl", "cr", "dr", "fl", "fr", "gh", "gl", "gr", "kn", "ph", "pl", "pr", "ps", "rh",
    "sc", "sh", "sk", "sl", "sm", "sn", "sp", "sq", "st", "sw", "th", "tr", "tw", "wh",
];

/// Who has answered so many rows in one go is writing no word.
const ROWS: usize = 3;
/// Fewer letters than this are said back and kept nowhere.
const FEWEST_LETTERS: usize = 3;

/// What is being typed without a pause, from a row of choices on.
#[derive(Debug, Clone)]
pub(super) struct Run {
    /// The form it is typed into.
    draft: DraftId,
    /// How that stood before the first letter.
    before: Stood,
    /// The row where it began.
    row: Slot,
    /// All letters so far, as typed.
    said: String,
    /// When the last was typed.
    last: DateTime<Utc>,
    /// Nothing was typed for so long that the next letter has nothing to do with them.
    over: bool,
    /// What they are, as far as can be told.
    reads: Reads,
    /// Where words are kept that were typed at the same row before a pause: more of them stand behind those.
    wrote: Option<Kept>,
}

impl Run {
    /// Where its words are kept.
    fn kept(self) -> Option<Kept> {
        match self.reads {
            Reads::Words(kept) => kept,
            _ => None,
        }
    }

    /// Time passed. A clock that was set back ends it too.
    fn passes(&mut self, now: DateTime<Utc>) {
        self.over |= now < self.last || now - self.last >= A_PAUSE;
    }
}

#[derive(Debug, Clone)]
enum Reads {
    /// Each letter was an answer to the row where the focus stood then.
    Answers,
    /// Together they begin the word of one answer of the first row.
    Word,
    /// One character that is no answer.
    Slip,
    /// Rows are being answered one after the other.
    Rows,
    /// Words, and the line that keeps them, where the form has one.
    Words(Option<Kept>),
}

impl App {
    /// Whether fractions of a second matter because letters choose where the focus stands, or chose a moment ago.
    pub(super) fn letters_choose(&self) -> bool {
        let reading = self.reading();
        let Layer::Form(layer) = self.top() else { return false };
        let at_choices = || layer.form.focused(reading).is_some_and(|slot| !slot.takes_text());
        self.run.as_ref().is_some_and(|run| !run.over) || at_choices()
    }

    /// Time passed: after a pause what was typed is over.
    pub(super) fn run_passes(&mut self) {
        let now = self.now;
        if let Some(run) = &mut self.run {
            run.passes(now);
        }
    }

    /// A character at a row of choices, nothing having been typed just before: what follows it is held against it.
    pub(super) fn begins_run(&mut self, letter: char, row: &Slot, answers: bool, before: Stood) {
        let now = self.now;
        let before_it = self.run.take_if(|run| run.over);
        if let (Some(run), true) = (&mut self.run, answers) {
            run.said.push(letter);
            run.last = now;
            if run.said.chars().count() >= ROWS {
                run.reads = Reads::Rows;
            }
            return;
        }
        let Layer::Form(layer) = self.top() else { return };
        let reads = if answers { Reads::Answers } else { Reads::Slip };
        let (draft, row) = (layer.form.draft.id, row.clone());
        let wrote =
            before_it.filter(|run| run.draft == draft && run.row.path == row.path).and_then(Run::kept);
        self.run =
            Some(Run { draft, before, row, said: letter.to_string(), last: now, over: false, reads, wrote });
    }

    /// A key while what was typed at a row of choices may not be over. False where it is a key like any other.
    pub(super) fn types_on_from_choices(&mut self, key: Key, focused: &Slot, out: &mut Vec<Effect>) -> bool {
        let Some(mut run) = self.run.take_if(|run| !run.over) else { return false };
        let is_here = matches!(self.top(), Layer::Form(layer) if layer.form.draft.id == run.draft);
        let gap = self.now - run.last;
        let backspace = key.code == Code::Backspace && !key.ctrl && !key.alt;
        let Some(letter) = key.typed().filter(|_| is_here) else {
            // Letters of those words are taken back as anywhere.
            if is_here && backspace && matches!(run.reads, Reads::Words(_)) && run.said.pop().is_some() {
                self.keeps_run(run, out);
                return true;
            }
            return false;
        };
        let before = run.said.clone();
        run.said.push(letter);
        let last = std::mem::replace(&mut run.last, self.now);
        let many = matches!(run.row.input, Input::Options { many: true, .. });
        let answers = answer_of(focused, letter).is_some();
        match run.reads {
            Reads::Words(_) => self.keeps_run(run, out),
            // A blank may be the end of a word or stand between two.
            Reads::Slip if letter == ' ' => self.run = Some(run),
            Reads::Slip => self.takes_back(run, out),
            Reads::Rows => {
                run.said = before;
                self.run = Some(run).filter(|_| answers);
                return false;
            }
            Reads::Answers | Reads::Word => {
                if let Some(id) = continued(&run.row, &run.said).filter(|_| !(many && answers)) {
                    run.reads = Reads::Word;
                    self.chooses_word(&run, &id, out);
                    self.run = Some(run);
                } else if letter == ' ' && !many {
                    self.run = Some(run);
                } else if answers && matches!(run.reads, Reads::Answers) && !before.ends_with(' ') {
                    // It answers the row where the focus stands now, which says so itself.
                    (run.said, run.last) = (before, last);
                    self.run = Some(run);
                    return false;
                } else if is_of_a_word(&before, letter, gap, !focused.takes_text() && !many) {
                    self.takes_back(run, out);
                } else {
                    return false;
                }
            }
        }
        true
    }

    /// The answer whose word is being typed is the one that stands.
    fn chooses_word(&mut self, run: &Run, id: &str, out: &mut Vec<Effect>) {
        let Layer::Form(layer) = self.top_mut() else { return };
        if layer.form.has_chosen(&run.row.path, id) {
            return;
        }
        layer.form.stand_again(run.before.clone());
        layer.form.choose_at(&run.row, id);
        let moves = !matches!(run.row.input, Input::Options { many: true, .. });
        self.chose(moves, out);
    }

    /// What was typed is no answer: all that it chose is taken back.
    fn takes_back(&mut self, mut run: Run, out: &mut Vec<Effect>) {
        let reading = self.reading();
        let Layer::Form(layer) = self.top_mut() else { return };
        layer.form.stand_again(run.before.clone());
        let goes_on = run.wrote.take().and_then(|kept| kept.goes_on(&layer.form));
        run.reads = Reads::Words(goes_on.or_else(|| Kept::beside(&layer.form, &run.row.path, reading)));
        self.keeps_run(run, out);
    }

    /// Keeps the words where words are said next, and says at the row that they answered nothing.
    fn keeps_run(&mut self, mut run: Run, out: &mut Vec<Effect>) {
        run.last = self.now;
        let said = run.said.trim().to_owned();
        let is_words = said.chars().filter(|c| !c.is_whitespace()).count() >= FEWEST_LETTERS;
        let kept = match &mut run.reads {
            Reads::Words(Some(kept)) => {
                kept.keep(if is_words { &said } else { "" });
                Some(kept.clone())
            }
            _ => None,
        };
        let label = kept.as_ref().filter(|_| is_words).map(|kept| kept.label().to_owned());
        if let Layer::Form(layer) = self.top_mut() {
            if let Some(kept) = &kept {
                let _ = kept.put(&mut layer.form);
            }
            layer.form.say_at(&run.row.path, words::answered_nothing(&said, label.as_deref()));
        }
        self.says(&words::nothing_chosen(&run.row.label));
        self.kept(false, out);
        self.run = Some(run);
    }
}

/// The answer that a key stands for in a row.
fn answer_of(slot: &Slot, letter: char) -> Option<&str> {
    let Input::Options { choices, .. } = &slot.input else { return None };
    Form::choice_of_key(choices, letter).map(|choice| choice.id.as_str())
}

/// The answer of a row whose word begins with what was typed.
fn continued(row: &Slot, said: &str) -> Option<String> {
    let Input::Options { choices, .. } = &row.input else { return None };
    let said = said.to_lowercase();
    let begins = |label: &str| label.to_lowercase().starts_with(&said);
    choices.iter().find(|choice| begins(&choice.label)).map(|choice| choice.id.clone())
}

/// Whether a character belongs to the word before it, where it answers nothing. At a row of choices nothing else can be
/// meant by it; in a text it may be the first of what is said there.
fn is_of_a_word(before: &str, letter: char, gap: TimeDelta, at_choices: bool) -> bool {
    let last = before.chars().last().unwrap_or(' ');
    let begins_anew = last.is_lowercase() && letter.is_uppercase();
    let begun_by_it = before.starts_with(char::is_uppercase) && letter.is_lowercase();
    let in_rhythm = gap > TimeDelta::zero() && gap < A_MOMENT;
    let in_one_bunch = gap == TimeDelta::zero() && before.chars().nth(1).is_some();
    let may_be_one = (in_rhythm || in_one_bunch) && may_begin_a_word(before.chars().chain([letter]));
    let is_letter = letter.is_alphabetic() || (last == ' ' && letter.is_alphanumeric());
    is_letter && !begins_anew && (at_choices || begun_by_it || may_be_one)
}

/// Whether a word of English may begin with these letters, by the first two of them.
fn may_begin_a_word(letters: impl Iterator<Item = char>) -> bool {
    let first: String = letters.take(2).flat_map(char::to_lowercase).collect();
    let is_vowel = |letter: char| "aeiou".contains(letter) || !letter.is_ascii_alphabetic();
    let mut each = first.chars();
    match (each.next(), each.next()) {
        (Some(one), Some(two)) if !is_vowel(one) && !is_vowel(two) && two != 'y' => {
            BEGIN_WORDS.contains(&first.as_str())
        }
        (Some('y'), Some('y')) => false,
        _ => true,
    }
}

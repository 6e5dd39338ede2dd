//! The find line over rows, of the dashboard and of lists: what is typed in it, and what was typed before.
//!
//! It has the keys until somebody goes down to the rows. A name begins with a letter and a number with a digit, so that
//! any other key still means what it means on every screen while nothing is typed yet.

use super::App;
use super::key::{Code, Key};
use super::layer::Layer;
use super::msg::Effect;
use crate::form::text_box::{Lines, TextBox};

/// The find line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filter {
    /// What is typed.
    pub text: TextBox,
    /// Whether keys go into it.
    pub typing: bool,
    /// What was last looked for, and can be had again; empty where nothing was.
    pub before: String,
}

impl Default for Filter {
    fn default() -> Self {
        Self { text: TextBox::new(Lines::One), typing: false, before: String::new() }
    }
}

impl Filter {
    /// Whether it has the keys and nothing is typed yet.
    pub fn is_blank(&self) -> bool {
        self.typing && self.text.is_empty()
    }

    /// Whether it is on screen.
    pub fn is_open(&self) -> bool {
        self.typing || !self.text.is_empty()
    }

    /// Gives it the keys. `before` is what was last looked for.
    pub(super) fn begin(&mut self, before: &str) {
        self.typing = true;
        before.clone_into(&mut self.before);
    }

    /// Takes the keys from it; what is typed goes on narrowing.
    pub(super) fn leave(&mut self) {
        self.typing = false;
        self.before.clear();
    }

    /// Whether this key means here what it means on every screen, though letters are text.
    fn leaves_alone(&self, key: Key) -> bool {
        self.is_blank()
            && match key.code {
                Code::Char(letter) if key.ctrl => letter != 'v',
                Code::Char(letter) => begins_nothing(letter),
                code => matches!(code, Code::Home | Code::End),
            }
    }
}

/// Whether no name and no number begins with this.
pub(super) fn begins_nothing(letter: char) -> bool {
    !letter.is_alphanumeric() && letter != ' '
}

impl App {
    /// The find line of the layer on top, where it can have one.
    pub(super) fn filter(&self) -> Option<&Filter> {
        match self.top() {
            Layer::Board(board) => Some(&board.filter),
            Layer::List(list) => Some(&list.filter),
            _ => None,
        }
    }

    fn filter_mut(&mut self) -> Option<&mut Filter> {
        match self.top_mut() {
            Layer::Board(board) => Some(&mut board.filter),
            Layer::List(list) => Some(&mut list.filter),
            _ => None,
        }
    }

    /// Gives the find line of the layer on top the keys.
    pub(super) fn begin_filter(&mut self) {
        let before = self.searched.clone();
        if let Some(filter) = self.filter_mut() {
            filter.begin(&before);
        }
    }

    /// Takes the find line away, so that every row stands there again. What was typed can be had again. False where there
    /// was none.
    pub(super) fn ends_filter(&mut self) -> bool {
        let Some(filter) = self.filter_mut().filter(|filter| filter.is_open()) else { return false };
        let left = std::mem::take(filter).text.text().trim().to_owned();
        if !left.is_empty() {
            self.searched = left;
        }
        true
    }

    /// An arrow key in a find line in which nothing is typed: up brings back what was looked for before, anything else goes
    /// to the rows. Whether that was all of it; going further than to the first of them is not.
    pub(super) fn leaves_filter(&mut self, by: isize, out: &mut Vec<Effect>) -> bool {
        let Some(filter) = self.filter_mut().filter(|filter| filter.is_blank()) else { return false };
        if by == -1 && !filter.before.is_empty() {
            let before = filter.before.clone();
            let _ = filter.text.set_text(&before);
            self.filtered(out);
            return true;
        }
        filter.leave();
        by.abs() == 1
    }

    /// Has the rows read for what is typed now. Those of the dashboard are narrowed where they stand.
    pub(super) fn filtered(&mut self, out: &mut Vec<Effect>) {
        let request = self.ask();
        if let Layer::List(list) = self.top_mut() {
            list.request = request;
            out.push(list.read());
        }
    }

    /// Whether a key on a screen with a find line is that key there, and no text.
    pub(super) fn is_no_text(&self, key: Key) -> bool {
        self.filter().is_some_and(|filter| filter.leaves_alone(key))
            && self.keymap.action(self.place(), key).is_some()
    }
}

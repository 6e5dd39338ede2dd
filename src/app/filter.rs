//! The find line over rows, of the dashboard and of lists: what is typed in it, and what was typed before.
//!
//! It has the keys until somebody goes down to the rows. A name begins with a letter and a number with a digit, so that
//! any other key still means what it means on every screen while nothing is typed yet.
//!
//! The registers of people, organisations and staff open with it, and Esc comes back to it: of the many who stand there
//! one is wanted, whose name one knows. Cases (F9) and locations (`]`) are read for what is open in them, and one goes
//! along their rows; there letters are keys, as on the dashboard, until `/` is pressed.

use super::actions::{self, ActionId};
use super::key::{Code, Key};
use super::layer::{Layer, Place};
use super::list::{ListKind, ListLayer};
use super::msg::Effect;
use super::{App, Load};
use crate::domain::clean::shown;
use crate::domain::words::ui as words;
use crate::form::text_box::{Lines, TextBox};

/// Under what is remembered what was looked for in everything that is no register.
pub(super) const ANYWHERE: &str = "";

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

    /// Gives it the keys. `before` is what was last looked for. What it was left with is selected: the first letter begins
    /// another search, and whoever wants to add to it moves to its end.
    pub(super) fn begin(&mut self, before: &str) {
        if !self.typing {
            self.text = std::mem::take(&mut self.text).all_selected();
        }
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

/// Whether there may be a row to go to or to open on a layer: while they are read nobody knows.
pub(super) fn may_hold_rows(layer: &Layer) -> bool {
    match layer {
        Layer::Board(board) => board.data.ready().is_none() || board.row_at_hand().is_some(),
        Layer::List(list) => list.rows == Load::Loading || list.selection().is_some(),
        _ => true,
    }
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

    /// Where what is looked for on the layer on top is remembered: nobody's name is looked for in two registers.
    fn remembered_as(&self) -> &str {
        match self.top() {
            Layer::List(ListLayer { kind: ListKind::Records(register), .. }) => register,
            _ => ANYWHERE,
        }
    }

    /// Gives the find line of the layer on top the keys.
    pub(super) fn begin_filter(&mut self) {
        let before = self.searched.get(self.remembered_as()).cloned().unwrap_or_default();
        if let Some(filter) = self.filter_mut() {
            filter.begin(&before);
        }
    }

    /// Takes the find line away, so that every row stands there again; in a register it is emptied and has the keys, so that
    /// another name can be typed. What was typed can be had again. False where there was none.
    pub(super) fn ends_filter(&mut self) -> bool {
        let Some(filter) = self.filter_mut().filter(|filter| filter.is_open()) else { return false };
        let left = std::mem::take(filter).text.text().trim().to_owned();
        if !left.is_empty() {
            self.searched.insert(self.remembered_as().to_owned(), left);
        }
        if matches!(self.top(), Layer::List(list) if list.kind.is_register()) {
            self.begin_filter();
        }
        true
    }

    /// What the find line of a layer says beside what is typed: what can be typed, how to get to the rows, and where there are
    /// none how to add what was not found.
    pub fn find_line_says(&self, layer: &Layer) -> String {
        let (filter, place) = match layer {
            Layer::Board(board) => (&board.filter, Place::Board),
            Layer::List(list) => (&list.filter, Place::List),
            _ => return String::new(),
        };
        let rows = may_hold_rows(layer);
        let key = |action| self.keymap.key_for(place, action).map(|key| key.to_string()).unwrap_or_default();
        let adds = matches!(layer, Layer::List(list) if list.kind.is_register())
            && actions::available(self, ActionId::Add).is_ok();
        match (filter.typing, filter.text.is_empty()) {
            (true, true) => words::find_here(&shown(&filter.before)),
            (true, false) if rows => words::to_the_rows(&key(ActionId::Open)),
            (true, false) if adds => words::then_adds(&key(ActionId::Open), &key(ActionId::Add)),
            (true, false) => String::new(),
            (false, _) => words::types_again(&key(ActionId::Filter)),
        }
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

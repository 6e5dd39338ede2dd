//! What is typed ahead: a key pressed while the record on top is still being read counts once it is there. Whoever knows
//! their way types on, and no letter of it is lost or taken for something else.

use super::case::CaseLayer;
use super::key::{Code, Key};
use super::msg::Effect;
use super::{ActionId, App, Layer, Load, Place};

impl App {
    /// Takes a key: at once, or once the record on top has been read.
    pub(super) fn take_key(&mut self, key: Key, out: &mut Vec<Effect>) {
        if self.is_read_first(key) {
            self.ahead.push(key);
        } else {
            self.ahead.clear();
            self.pressed(key, out);
        }
    }

    /// Takes the keys that were pressed while the record on top was read, as if they were pressed now. Where it could not
    /// be read they are let go: what they were meant for is not there, and that is said.
    pub(super) fn take_keys_ahead(&mut self, out: &mut Vec<Effect>) {
        if self.is_reading() || self.ahead.is_empty() {
            return;
        }
        let keys = std::mem::take(&mut self.ahead);
        let is_there = match self.top() {
            Layer::Case(case) => case.view.ready().is_some(),
            Layer::Person(person) => person.view.ready().is_some(),
            // Begun in the case as soon as it was read.
            layer => matches!(layer, Layer::Form(_) | Layer::Choice(_)),
        };
        for key in keys.into_iter().filter(|_| is_there) {
            if self.is_read_first(key) {
                self.ahead.push(key);
            } else {
                self.pressed(key, out);
            }
        }
    }

    /// Whether a key waits. What steps back, locks, leaves or takes a call waits for no disk; nor does any key that is held
    /// together with ctrl or stands above the digits.
    fn is_read_first(&self, key: Key) -> bool {
        let at_once = key.ctrl || key.alt || matches!(key.code, Code::Esc | Code::F(_));
        // On the way to a form its letter may be the first of a word.
        let to_a_form = matches!(self.top(), Layer::Case(CaseLayer { begin: Some(_), .. }));
        // Behind other letters it is one of them.
        let is_first = self.ahead.is_empty() && !to_a_form;
        let calls = is_first && self.keymap.action(Place::Case, key) == Some(ActionId::Call);
        self.is_reading() && !at_once && !calls
    }

    /// Whether the record on top is being read for the first time.
    fn is_reading(&self) -> bool {
        match self.top() {
            Layer::Case(case) => case.view == Load::Loading,
            Layer::Person(person) => person.view == Load::Loading,
            _ => false,
        }
    }
}

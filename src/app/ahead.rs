//! What is typed ahead: a key pressed while the record on top is still being read counts once it is there, and one that
//! takes a record or moves along those found counts once what was typed has been looked for. Whoever knows their way types
//! on, and no letter of it is lost or taken for something else.

use super::case::CaseLayer;
use super::key::{Code, Key};
use super::msg::Effect;
use super::{ActionId, App, Layer, Load, Place};

/// What is done with the records that were found.
const ACTS_ON_FOUND: [ActionId; 9] = [
    ActionId::Open,
    ActionId::WhoRings,
    ActionId::Card,
    ActionId::Up,
    ActionId::Down,
    ActionId::PageUp,
    ActionId::PageDown,
    ActionId::First,
    ActionId::Last,
];

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
            Layer::Picker(picker) => picker.found.ready().is_some(),
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
        if matches!(self.top(), Layer::Picker(_)) {
            return self.is_found_first(key);
        }
        let at_once = key.ctrl || key.alt || matches!(key.code, Code::Esc | Code::F(_));
        // On the way to a form its letter may be the first of a word.
        let to_a_form = matches!(self.top(), Layer::Case(CaseLayer { begin: Some(_), .. }));
        // Behind other letters it is one of them.
        let is_first = self.ahead.is_empty() && !to_a_form;
        let calls = is_first && self.keymap.action(Place::Case, key) == Some(ActionId::Call);
        self.is_reading() && !at_once && !calls
    }

    /// The same where a record is looked for. Letters and what edits them change what is looked for, and wait for nothing but
    /// the keys before them: whatever acts on the list acts on the one for what was typed, never on an older one.
    fn is_found_first(&self, key: Key) -> bool {
        let Layer::Picker(picker) = self.top() else { return false };
        let action = self.keymap.action(Place::Picker, key);
        let acts = key.code == Code::Tab || action.is_some_and(|action| ACTS_ON_FOUND.contains(&action));
        let waits = acts || picker.checking.is_some() || !self.ahead.is_empty();
        let leaves = key.code == Code::Esc
            || action
                .is_some_and(|action| matches!(action, ActionId::Lock | ActionId::Call | ActionId::Help));
        picker.is_looking() && waits && !leaves
    }

    /// Whether the record on top is being read for the first time, or a record is still looked for.
    fn is_reading(&self) -> bool {
        match self.top() {
            Layer::Picker(picker) => picker.is_looking(),
            Layer::Case(case) => case.view == Load::Loading,
            Layer::Person(person) => person.view == Load::Loading,
            _ => false,
        }
    }
}

//! What is typed ahead: a key pressed while the record on top is still being read counts once it is there, and one that
//! takes a record counts once what was typed has been looked for; so does what is pasted behind it. Arrows go along the list
//! that is on screen, so that nobody is gone to who was never seen. Whoever knows their way types on, and no letter of it is
//! lost or taken for something else.

use super::case::CaseLayer;
use super::key::{Code, Key};
use super::msg::Effect;
use super::pressed::MOVES;
use super::{ActionId, App, Layer, Load, Place};

/// What is done with the records that were found. The arrows are not among it: they go along the list that is on screen.
const ACTS_ON_FOUND: [ActionId; 3] = [ActionId::Open, ActionId::WhoRings, ActionId::Card];

/// What is typed, and may have to wait.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Ahead {
    /// A key.
    Key(Key),
    /// Pasted text.
    Paste(String),
}

impl App {
    /// Takes a key or a paste: at once, or once the record on top has been read.
    pub(super) fn take_typed(&mut self, typed: Ahead, out: &mut Vec<Effect>) {
        if self.is_ahead(&typed) {
            self.ahead.push(typed);
        } else {
            self.ahead.clear();
            self.acts(typed, out);
        }
    }

    /// Takes what was typed while the record on top was read, as if it were typed now. Where it could not be read it is let
    /// go: what it was meant for is not there, and that is said.
    pub(super) fn take_keys_ahead(&mut self, out: &mut Vec<Effect>) {
        if self.is_reading() || self.ahead.is_empty() {
            return;
        }
        let ahead = std::mem::take(&mut self.ahead);
        let is_there = match self.top() {
            Layer::Case(case) => case.view.ready().is_some(),
            Layer::Person(person) => person.view.ready().is_some(),
            // Begun in the case as soon as it was read.
            Layer::Picker(picker) => picker.found.ready().is_some(),
            layer => matches!(layer, Layer::Form(_) | Layer::Choice(_)),
        };
        for typed in ahead.into_iter().filter(|_| is_there) {
            if self.is_ahead(&typed) {
                self.ahead.push(typed);
            } else if !self.goes_along_found(&typed) {
                self.acts(typed, out);
            }
        }
    }

    fn acts(&mut self, typed: Ahead, out: &mut Vec<Effect>) {
        match typed {
            Ahead::Key(key) => self.pressed(key, out),
            Ahead::Paste(text) => self.pasted(text, out),
        }
    }

    /// Whether an arrow that waited behind another key would go along a list that nobody had seen when it was pressed.
    fn goes_along_found(&self, typed: &Ahead) -> bool {
        let Ahead::Key(key) = typed else { return false };
        let action = self.keymap.action(Place::Picker, *key);
        matches!(self.top(), Layer::Picker(_)) && action.is_some_and(|action| MOVES.contains(&action))
    }

    /// Whether it waits. A paste is no key: it waits where a letter of a word would.
    fn is_ahead(&self, typed: &Ahead) -> bool {
        match (typed, self.top()) {
            (Ahead::Key(key), _) => self.is_read_first(*key),
            (Ahead::Paste(_), Layer::Picker(picker)) => {
                picker.is_looking() && (picker.checking.is_some() || !self.ahead.is_empty())
            }
            (Ahead::Paste(_), _) => self.is_reading(),
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
    /// the keys before them: whatever takes somebody takes them from the list for what was typed, never from an older one.
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

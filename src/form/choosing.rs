//! Choices of the focused line: taken by their keys or under the arrow keys, and taken back.

use std::collections::{BTreeMap, BTreeSet};

use super::typed::{self, Reading};
use super::{Form, Input, Slot};
use crate::pathway::definition::Choice;

/// How a form stood: what was said in it, and where the focus was.
#[derive(Debug, Clone)]
pub struct Stood {
    text: typed::Texts,
    offered: typed::Texts,
    called_for: BTreeMap<String, usize>,
    focus: String,
    pointed: Option<String>,
    visited: BTreeSet<String>,
}

impl Form {
    /// How it stands, to come back to.
    pub fn stood(&self) -> Stood {
        Stood {
            text: self.draft.text.clone(),
            offered: self.offered.clone(),
            called_for: self.called_for.clone(),
            focus: self.focus.clone(),
            pointed: self.pointed.clone(),
            visited: self.visited.clone(),
        }
    }

    /// Makes it stand as it did: what was chosen since, and what that offered, is taken back.
    pub fn stand_again(&mut self, stood: Stood) {
        let Stood { text, offered, called_for, focus, pointed, visited } = stood;
        self.draft.text = text;
        (self.offered, self.called_for) = (offered, called_for);
        (self.focus, self.pointed, self.visited) = (focus, pointed, visited);
        self.say_whom();
    }

    /// Says at a line what became of what was typed while it, or another, was asked; until it is answered or edited.
    pub fn say_at(&mut self, path: &str, says: String) {
        self.said_at.insert(path.to_owned(), says);
    }

    /// Whether an answer stands in a line, alone or among others.
    pub fn has_chosen(&self, path: &str, id: &str) -> bool {
        // What goes on from elsewhere stands there in its own words, which may hold a comma.
        let chosen = typed::text(&self.draft.text, path);
        chosen == id || chosen.split(", ").any(|one| one == id)
    }

    /// The choice that a key stands for, Caps Lock or not.
    pub fn choice_of_key(choices: &[Choice], key: char) -> Option<&Choice> {
        let folded = |key: char| key.to_lowercase().next().unwrap_or(key);
        choices.iter().find(|choice| folded(choice.key) == folded(key))
    }

    /// Takes one of a line's choices, where the focus stands or not; of several it is turned on or off.
    pub fn choose_at(&mut self, slot: &Slot, id: &str) {
        let many = matches!(slot.input, Input::Options { many: true, .. });
        self.choose(&slot.path, id, many);
    }

    /// A key on a line of choices: picks the one it stands for. One of several is turned on or off.
    /// True where it picked.
    pub fn choose_by_key(&mut self, key: char, reading: Reading) -> bool {
        let Some(Slot { path, input: Input::Options { choices, many }, .. }) = self.focused(reading) else {
            return false;
        };
        let Some(choice) = Self::choice_of_key(&choices, key) else { return false };
        self.choose(&path, &choice.id, many);
        true
    }

    /// Takes the choice that the arrow keys stand on.
    pub fn choose_pointed(&mut self, reading: Reading) -> bool {
        let Some(Slot { path, input: Input::Options { many, .. }, .. }) = self.focused(reading) else {
            return false;
        };
        let Some(id) = self.pointed.clone() else { return false };
        self.choose(&path, &id, many);
        true
    }

    /// Whether the choice that the arrow keys stand on is chosen already: Enter then goes on and takes nothing back.
    pub fn stands_on_chosen(&self, reading: Reading) -> bool {
        let Some(slot) = self.focused(reading) else { return false };
        self.pointed.as_deref().is_some_and(|id| self.has_chosen(&slot.path, id))
    }

    /// Moves among the choices of the focused line. False where it has none.
    pub fn point(&mut self, by: isize, reading: Reading) -> bool {
        let Some(Slot { path, input: Input::Options { choices, .. }, .. }) = self.focused(reading) else {
            return false;
        };
        let Some(last) = choices.len().checked_sub(1) else { return false };
        let standing =
            self.pointed.clone().unwrap_or_else(|| typed::text(&self.draft.text, &path).to_owned());
        let to = match choices.iter().position(|choice| choice.id == standing) {
            Some(at) => at.saturating_add_signed(by).min(last),
            None if by < 0 => last,
            None => 0,
        };
        self.pointed = choices.get(to).map(|choice| choice.id.clone());
        true
    }

    /// Takes back what was chosen in the focused line. True where anything was.
    pub fn unchoose(&mut self, reading: Reading) -> bool {
        let Some(Slot { path, input: Input::Options { .. }, .. }) = self.focused(reading) else {
            return false;
        };
        if typed::text(&self.draft.text, &path).is_empty() {
            return false;
        }
        self.put(&path, "");
        self.pointed = None;
        true
    }

    fn choose(&mut self, path: &str, id: &str, many: bool) {
        let text = if many {
            let mut ids: Vec<&str> =
                typed::text(&self.draft.text, path).split(", ").filter(|one| !one.is_empty()).collect();
            match ids.iter().position(|one| *one == id) {
                Some(at) => {
                    ids.remove(at);
                }
                None => ids.push(id),
            }
            ids.join(", ")
        } else {
            id.to_owned()
        };
        self.put(path, &text);
        self.said_at.remove(path);
        self.pointed = Some(id.to_owned());
    }
}

//! Choices of the focused line: taken by their keys or under the arrow keys, and taken back.

use super::typed::{self, Reading};
use super::{Form, Input, Slot};

impl Form {
    /// A key on a line of choices: picks the one it stands for. One of several is turned on or off.
    /// True where it picked.
    pub fn choose_by_key(&mut self, key: char, reading: Reading) -> bool {
        let Some(Slot { path, input: Input::Options { choices, many }, .. }) = self.focused(reading) else {
            return false;
        };
        let key = key.to_lowercase().next().unwrap_or(key);
        let Some(choice) = choices.iter().find(|choice| choice.key.to_lowercase().next() == Some(key)) else {
            return false;
        };
        self.choose(&path, &choice.id.clone(), many);
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
        let chosen = typed::text(&self.draft.text, &slot.path);
        self.pointed.as_deref().is_some_and(|id| chosen.split(", ").any(|one| one == id))
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
        self.pointed = Some(id.to_owned());
    }
}

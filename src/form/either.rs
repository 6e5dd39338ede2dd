//! Two lines of which one is wanted: a line that is asked only while another one is blank.

use super::{Form, Slot};
use crate::pathway::definition::Predicate;

impl Form {
    /// Whether a line is asked for only because another one is blank: answering either is enough.
    pub(super) fn is_either(&self, slot: &Slot) -> bool {
        slot.required && self.other_of(&slot.path).is_some()
    }

    /// The lines that are asked for, each pair of which one is wanted as the first of the two.
    pub(super) fn each_asked<'s>(&self, slots: &'s [Slot]) -> Vec<&'s Slot> {
        let mut asked: Vec<&Slot> = Vec::new();
        for slot in slots.iter().filter(|slot| slot.required) {
            let field_of = |path: &str| path.split('.').next().unwrap_or_default().to_owned();
            let other = self.other_of(&slot.path);
            if !asked.iter().any(|before| other.is_some_and(|other| field_of(&before.path) == other)) {
                asked.push(slot);
            }
        }
        asked
    }

    /// The field whose answer makes that of a field needless.
    fn other_of(&self, path: &str) -> Option<&str> {
        let Some(Some(Predicate::Not(unless))) = &self.step.field(path)?.required else { return None };
        match unless.as_ref() {
            Predicate::Answered { step: None, field } => Some(field),
            _ => None,
        }
    }
}

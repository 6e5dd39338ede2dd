//! What a form offers, and asks, because of what has been said in it or who fills it in. What stands in it from the start is
//! [`mod@super::opening`]'s.

use super::Form;
use super::typed::{self, Reading, part};
use crate::domain::answer::{Answer, Named};
use crate::domain::time::Zone;
use crate::pathway::definition::{Field, Means};
use crate::pathway::predicate::applies;
use crate::pathway::prefill::{self, Sources};

impl Form {
    /// Offers what another answer has just called for ("called by us": who is signed in, and now), and takes back what it no
    /// longer does. Answers with the lines that were filled.
    pub fn offer_now(&mut self, you: Option<&Named>, reading: Reading) -> Vec<String> {
        let (answers, _) = self.read(reading);
        let asked: Vec<(Field, bool)> = {
            let facts = self.facts(&answers, reading.now);
            let called_for = |field: &Field| field.offered.is_some().then(|| applies(&field.offered, &facts));
            let fields = self.step.fields.iter().filter(|field| !field.retired);
            fields.filter_map(|field| Some((field.clone(), called_for(field)?))).collect()
        };
        let mut filled = Vec::new();
        for (field, is_called_for) in asked {
            let stands = self.text_of(&field.id).to_owned();
            let untouched = !stands.is_empty() && self.offered.get(&field.id) == Some(&stands);
            if is_called_for && stands.is_empty() {
                let from = Sources::of_now(you, reading.now);
                let Some(offer) = prefill::offer(&field, from) else { continue };
                self.offer(&field.id, &offer.answer, reading.zone);
                filled.push(field.id);
            } else if !is_called_for && untouched {
                self.set_text(&field.id, "");
                self.draft.text.remove(&part(&field.id, "id"));
            }
        }
        filled
    }

    /// Offers an answer for a line from beyond the record, as what the list at hand is about; nobody has typed it.
    pub fn offer(&mut self, path: &str, answer: &Answer, zone: Zone) {
        for (path, text) in typed::write_in_form(path, answer, zone) {
            self.set_text(&path, &text);
            self.offered.insert(path, text);
        }
    }

    /// Whether what it says makes something owed that stands before everything else.
    pub fn owes_first(&self, reading: Reading) -> bool {
        let (answers, _) = self.read(reading);
        let facts = self.facts(&answers, reading.now);
        self.step.then.iter().any(|then| then.first && applies(&then.when, &facts))
    }

    /// Whose act it is has to be said, because whoever types may not do it themselves: the line is asked at once, and so
    /// is whether it was read back.
    pub fn asks_who_decided(&mut self, field: &str) {
        for asked in &mut self.step.fields {
            if asked.id == field {
                (asked.later, asked.required) = (false, Some(None));
            }
            if asked.means == Some(Means::ReadBack) {
                asked.later = false;
            }
        }
    }
}

//! What a form offers, and asks, because of what has been said in it or who fills it in. What stands in it from the start is
//! [`mod@super::opening`]'s.

use super::Form;
use super::typed::{self, Reading, part};
use crate::domain::answer::{Answer, Named};
use crate::domain::time::Zone;
use crate::pathway::definition::{Field, Means};
use crate::pathway::predicate::{applies, holds};
use crate::pathway::prefill::{self, Sources};

impl Form {
    /// Offers what another answer has just called for ("called by us": who is signed in, and now; "by the caller": who is
    /// ringing), and takes back what it no longer does. Answers with the lines that were filled.
    pub fn offer_now(&mut self, you: Option<&Named>, reading: Reading) -> Vec<String> {
        let (answers, _) = self.read(reading);
        let asked: Vec<(Field, Option<usize>)> = {
            let facts = self.facts(&answers, reading.now);
            let called_for = |field: &Field| field.offers.iter().position(|offer| holds(&offer.when, &facts));
            let fields = self.step.fields.iter().filter(|field| !field.retired && !field.offers.is_empty());
            fields.map(|field| (field.clone(), called_for(field))).collect()
        };
        let mut filled = Vec::new();
        for (field, called_for) in asked {
            let stands = self.text_of(&field.id).to_owned();
            let untouched = !stands.is_empty() && self.offered.get(&field.id) == Some(&stands);
            if untouched && called_for != self.called_for.get(&field.id).copied() {
                self.set_text(&field.id, "");
                self.draft.text.remove(&part(&field.id, "id"));
            }
            let Some(at) = called_for.filter(|_| self.text_of(&field.id).is_empty()) else { continue };
            let from = Sources { said: Some((&self.step, &answers)), ..Sources::of_now(you, reading.now) };
            let offer =
                field.offers.get(at).and_then(|offer| prefill::asked_for(&field, &offer.prefill, from));
            let Some(offer) = offer else { continue };
            self.offer(&field.id, &offer.answer, reading.zone);
            self.called_for.insert(field.id.clone(), at);
            filled.push(field.id);
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

//! What a form offers, and asks, because of what has been said in it or who fills it in. What stands in it from the start is
//! [`mod@super::opening`]'s.

use super::text_box::Edit;
use super::typed::{self, Reading, part};
use super::{Form, Input, Slot};
use crate::domain::answer::{Answer, Answers, Branch, Named};
use crate::domain::time::Zone;
use crate::pathway::definition::{Field, Kind, Means};
use crate::pathway::led;
use crate::pathway::predicate::{applies, holds};
use crate::pathway::prefill::{self, Sources};

impl Form {
    /// Offers what another answer has just called for ("called by us": who is signed in, and now; "by the caller": who is
    /// ringing), and takes back what it no longer does. Answers with the lines that it has just called for, offered or still
    /// blank, each with all of its group, the answer that calls for them among it.
    pub fn offer_now(&mut self, you: Option<&Named>, reading: Reading) -> Vec<String> {
        let (answers, _) = self.read(reading);
        let asked: Vec<(Field, Option<usize>)> = {
            let facts = self.facts(&answers, reading.now);
            let called_for = |field: &Field| field.offers.iter().position(|offer| holds(&offer.when, &facts));
            let fields = self.step.fields.iter().filter(|field| !field.retired && !field.offers.is_empty());
            fields.map(|field| (field.clone(), called_for(field))).collect()
        };
        self.offer_what_follows(&answers, reading.zone);
        let mut now_called_for = Vec::new();
        for (field, called_for) in asked {
            let stands = self.text_of(&field.id).to_owned();
            let untouched = !stands.is_empty() && self.offered.get(&field.id) == Some(&stands);
            let before = match called_for {
                Some(at) => self.called_for.insert(field.id.clone(), at),
                None => self.called_for.remove(&field.id),
            };
            if untouched && called_for != before {
                self.set_text(&field.id, "");
                self.draft.text.remove(&part(&field.id, "id"));
            }
            if called_for.is_some() && called_for != before {
                let is_one = |other: &&Field| {
                    other.id == field.id || (other.group.is_some() && other.group == field.group)
                };
                now_called_for.extend(self.step.fields.iter().filter(is_one).map(|other| other.id.clone()));
            }
            let Some(at) = called_for.filter(|_| self.text_of(&field.id).is_empty()) else { continue };
            let from = Sources { said: Some((&self.step, &answers)), ..Sources::of_now(you, reading.now) };
            let offer =
                field.offers.get(at).and_then(|offer| prefill::asked_for(&field, &offer.prefill, from));
            let Some(offer) = offer else { continue };
            self.offer(&field.id, &offer.answer, reading.zone);
        }
        now_called_for
    }

    /// Offers the choice to which the questions lead, while nobody has made another, and takes it back when they lead nowhere.
    fn offer_what_follows(&mut self, answers: &Answers, zone: Zone) {
        let follow = |field: &&Field| !field.retired && field.follows.is_some();
        let led = |field: &Field| led::choice(field, &self.step.fields, answers).map(|led| led.id.clone());
        let led: Vec<(String, Option<String>)> =
            self.step.fields.iter().filter(follow).map(|field| (field.id.clone(), led(field))).collect();
        for (field, led) in led {
            let offered = self.offered.get(&field).cloned();
            // Of what is offered already nothing is said again: whoever took it away meant it.
            if offered == led || self.text_of(&field) != offered.as_deref().unwrap_or_default() {
                continue;
            }
            match led {
                Some(led) => self.offer(&field, &Answer::Choice(led), zone),
                None => {
                    self.set_text(&field, "");
                    self.offered.remove(&field);
                }
            }
        }
    }

    /// Where the branch of a decision tree leads that was chosen in a line.
    pub(super) fn leads_to(&self, slot: &Slot) -> Option<String> {
        let (field, node) = slot.path.split_once('.')?;
        let Kind::Tree(nodes) = &self.step.field(field)?.kind else { return None };
        let taken = Branch { node: node.to_owned(), choice: self.text_of(&slot.path).to_owned() };
        led::outcome(nodes, &[taken]).map(str::to_owned)
    }

    /// Offers an answer for a line from beyond the record, as what the list at hand is about; nobody has typed it.
    pub fn offer(&mut self, path: &str, answer: &Answer, zone: Zone) {
        for (path, text) in typed::write_in_form(path, answer, zone) {
            self.set_text(&path, &text);
            self.offered.insert(path, text);
        }
    }

    /// Whether a word is typed right behind notes that were offered: it stands apart from their last one.
    pub(super) fn goes_on_behind(&self, slot: &Slot, edit: &Edit) -> bool {
        let first = match edit {
            Edit::Insert(c) => Some(*c),
            Edit::Paste(text) => text.chars().next(),
            _ => None,
        };
        let stands = self.text_of(&slot.path);
        let at_end = !self.boxes.contains_key(&slot.path) && !stands.ends_with(char::is_whitespace);
        let is_offered = !stands.is_empty() && !self.is_typed(&slot.path) && self.draft.amends.is_none();
        slot.input == Input::Notes && is_offered && at_end && first.is_some_and(char::is_alphanumeric)
    }

    /// The line for words that were typed while something else was asked about a line: the next of several lines, or of
    /// one; else whichever there is.
    pub fn line_for_words(&self, after: &str, reading: Reading) -> Option<Slot> {
        let slots = self.slots(reading);
        let at = slots.iter().position(|slot| slot.path == after).map_or(0, |at| at + 1);
        let (before, behind) = slots.split_at(at);
        let all = || behind.iter().chain(before);
        all()
            .find(|slot| slot.input == Input::Notes)
            .or_else(|| all().find(|slot| slot.input == Input::Line))
            .cloned()
    }

    /// What a line is called; empty where it is not asked now.
    pub fn label(&self, path: &str, reading: Reading) -> String {
        let slots = self.slots(reading);
        slots.into_iter().find(|slot| slot.path == path).map(|slot| slot.label).unwrap_or_default()
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

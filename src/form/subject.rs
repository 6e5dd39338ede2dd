//! Whom a form is about, and what their record says where conditions of the step ask it.
//!
//! The record is looked up by whoever holds the form; until it is there, conditions that ask it do not hold.

use super::Form;
use super::typed::{self, part};
use crate::domain::answer::Answers;
use crate::domain::entry::RecordSaid;
use crate::domain::ids::CaseId;
use crate::domain::names;
use crate::domain::views::Taken;
use crate::pathway::definition::{Kind, Means, Pathway};
use crate::pathway::on_record;

impl Form {
    /// The record of whoever it is about: the case's, or the one that was picked in it.
    pub fn about(&self) -> Option<CaseId> {
        if let Some(case) = &self.case {
            return case.subject;
        }
        let field = self.step.meaning(Means::Subject)?;
        typed::text(&self.draft.text, &part(&field.id, "id")).parse().ok()
    }

    /// Who was taken in the line that asks whom it is about, where that is not known yet.
    pub fn takes(&self) -> Option<CaseId> {
        let about = self.about().filter(|_| self.asks_whom() && !self.pathway.register)?;
        self.taken.as_ref().is_none_or(|taken| taken.record.id != about).then_some(about)
    }

    /// Whoever of a register is rung in it: an organisation that was contacted, one of ours that was tried.
    pub fn rings(&self) -> Option<CaseId> {
        let rung = [Means::Contacted, Means::Tried].into_iter().find_map(|means| self.step.meaning(means))?;
        typed::text(&self.draft.text, &part(&rung.id, "id")).parse().ok()
    }

    /// Whether a text of one line names somebody, by all words typed in it but initials.
    pub fn names_in_a_line(&self, name: &str) -> bool {
        let name = names::fold(name);
        let lines = self.step.fields.iter().filter(|field| field.kind == Kind::Text);
        let mut typed = lines.map(|field| names::fold(self.text_of(&field.id)));
        typed.any(|typed| {
            let mut said = typed.split_whitespace().filter(|word| word.chars().count() > 1).peekable();
            said.peek().is_some() && said.all(|word| name.split_whitespace().any(|part| part == word))
        })
    }

    /// Whoever stands in the line that asks whom it is about, as far as that is known.
    pub(super) fn taken_at(&self, path: &str) -> Option<&Taken> {
        let taken = self.taken.as_ref().filter(|taken| Some(taken.record.id) == self.about())?;
        let field = self.step.meaning(Means::Subject).filter(|field| field.id == path && self.asks_whom())?;
        (!self.text_of(&field.id).is_empty()).then_some(taken)
    }

    /// Whose record is still to be looked up, because a condition of the step asks it.
    pub fn asks_record_of(&self) -> Option<CaseId> {
        let about = self.asked()?;
        let is_known = self.known.as_ref().is_some_and(|(known, _)| *known == about);
        (!is_known && !self.step.asked_of_record().is_empty()).then_some(about)
    }

    /// Takes what the record says.
    pub fn know(&mut self, about: CaseId, register: &Pathway, answers: &Answers) {
        self.known = Some((about, on_record::said(register, answers, &self.step.asked_of_record())));
    }

    /// What the record of whoever it is about says, where it was looked up.
    pub(super) fn record(&self) -> Option<&RecordSaid> {
        let (known, said) = self.known.as_ref()?;
        (Some(*known) == self.asked()).then_some(said)
    }

    /// Whose record conditions ask: of a step on a record, that record itself.
    fn asked(&self) -> Option<CaseId> {
        let itself = || self.case.as_ref().filter(|_| self.pathway.register).map(|case| case.id);
        self.about().or_else(itself)
    }
}

//! Whom a form is about, and what their record says where conditions of the step ask it.
//!
//! The record is looked up by whoever holds the form; until it is there, conditions that ask it do not hold.

use super::Form;
use super::typed::{self, part};
use crate::domain::answer::Answers;
use crate::domain::entry::RecordSaid;
use crate::domain::ids::CaseId;
use crate::domain::names;
use crate::domain::nhs::NhsNumber;
use crate::domain::time::display;
use crate::domain::views::{RecordRow, Taken};
use crate::domain::words::{check as words, form as form_words, text as text_words};
use crate::pathway::check::{Problem, Weight};
use crate::pathway::definition::{Field, Kind, Means, Pathway};
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

    /// The NHS number that a record is given here, where it is not known yet who has it.
    pub fn asks_whose_number(&self) -> Option<NhsNumber> {
        let given = self.number_given()?.1;
        self.holders.as_ref().is_none_or(|(known, _)| *known != given).then_some(given)
    }

    fn number_given(&self) -> Option<(&Field, NhsNumber)> {
        let field = self.step.meaning(Means::NhsNumber).filter(|_| self.pathway.register)?;
        Some((field, NhsNumber::read(self.text_of(&field.id)).ok()?.0))
    }

    /// That somebody else has the NHS number already: two people never have the same, but one may stand there twice, or the
    /// other's was mistyped.
    pub(super) fn number_of_another(&self) -> Option<Problem> {
        let (field, given) = self.number_given()?;
        let (_, holders) = self.holders.as_ref().filter(|(known, _)| *known == given)?;
        let own = self.case.as_ref().map(|case| case.id);
        let others = holders.iter().filter(|row| Some(row.id) != own);
        let says: Vec<String> = others.map(|row| said_apart(row, given)).collect();
        (!says.is_empty()).then(|| Problem {
            field: field.id.clone(),
            weight: Weight::Doubted,
            says: words::number_of_another(&field.label, &says),
        })
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

/// A person by what tells them apart from whoever a number is given to.
fn said_apart(row: &RecordRow, number: NhsNumber) -> String {
    let born =
        row.born.map_or(form_words::BORN_NOT_KNOWN.to_owned(), |born| text_words::born(&display::date(born)));
    [row.name.clone(), born, number.to_string()].join(", ")
}

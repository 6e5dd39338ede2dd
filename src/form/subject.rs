//! Whom a form is about, and what their record says where conditions of the step ask it.
//!
//! The record is looked up by whoever holds the form; until it is there, conditions that ask it do not hold.

use super::typed::{self, part};
use super::{Form, Reading};
use crate::domain::answer::{Answer, Answers};
use crate::domain::entry::RecordSaid;
use crate::domain::ids::CaseId;
use crate::domain::names;
use crate::domain::names::unnamed::Typed;
use crate::domain::nhs::NhsNumber;
use crate::domain::time::display;
use crate::domain::views::{RecordRow, Taken};
use crate::domain::who_is::WhoIs;
use crate::domain::words::{check as words, form as form_words, text as text_words};
use crate::pathway::check::{Problem, Weight};
use crate::pathway::definition::{Field, Kind, Means, Pathway};
use crate::pathway::on_record;

/// The register of whoever is cared for.
const PEOPLE: &str = "people";

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

    /// By what whoever a record is made of here may be on record already, where that is not looked up yet.
    pub fn asks_who_that_is(&self, reading: Reading) -> Option<WhoIs> {
        let given = self.identity(reading);
        let is_known = self.holders.as_ref().is_some_and(|(known, _)| *known == given);
        (!given.is_empty() && !is_known).then_some(given)
    }

    /// What a form of a register of people says of who somebody is.
    fn identity(&self, reading: Reading) -> WhoIs {
        let field = |means| self.step.meaning(means).filter(|_| self.pathway.register);
        let Some(number) = field(Means::NhsNumber) else { return WhoIs::default() };
        let name =
            field(Means::Name).map(|field| self.text_of(&field.id).trim()).filter(|name| !name.is_empty());
        let born = field(Means::Born).and_then(|field| {
            match typed::read_step(&self.step, &self.draft.text, reading).0.get(&field.id) {
                Some(Answer::Date(born)) => Some(*born),
                _ => None,
            }
        });
        WhoIs {
            number: NhsNumber::read(self.text_of(&number.id)).ok().map(|(number, _)| number),
            born: name.map(str::to_owned).zip(born),
        }
    }

    /// That somebody is on record already. Two people never have the same NHS number, but one may stand there twice, or the
    /// other's was mistyped; whoever has the same name and was born on the same day is most often the same person, come back.
    pub(super) fn on_record_already(&self, reading: Reading) -> Vec<Problem> {
        let given = self.identity(reading);
        let Some((_, holders)) = self.holders.as_ref().filter(|(known, _)| *known == given) else {
            return Vec::new();
        };
        let own = self.case.as_ref().map(|case| case.id);
        let others = || holders.iter().filter(|row| Some(row.id) != own);
        let numbered: Vec<String> = others().filter(|row| given.has_number(row)).map(said_apart).collect();
        let is_named = |row: &&RecordRow| !given.has_number(row) && given.has_name_and_birth(row);
        let named: Vec<String> = others().filter(is_named).map(said_apart).collect();
        let line = |means| self.step.meaning(means);
        let doubted =
            |at: &Field, says: String| Problem { field: at.id.clone(), weight: Weight::Doubted, says };
        let number = line(Means::NhsNumber).filter(|_| !numbered.is_empty());
        let number = number.map(|field| doubted(field, words::number_of_another(&field.label, &numbered)));
        // It is asked at whichever of the two was typed: a day alone that is put right may make them somebody else.
        let name = line(Means::Name).filter(|_| !named.is_empty()).map(|name| {
            let mut both = [Some(name), line(Means::Born)].into_iter().flatten();
            let at = both.find(|field| self.is_typed(&field.id)).unwrap_or(name);
            doubted(at, words::name_of_another(&name.label, &named))
        });
        number.into_iter().chain(name).collect()
    }

    /// The lines that make a person's record on the spot, with by what each may be on record already. On screen the search asks
    /// before anybody new is made of it; a script is asked by this.
    pub fn makes(&self, reading: Reading) -> Vec<(String, WhoIs)> {
        let today = reading.zone.day(reading.now);
        let made = self.naming_new(reading).into_iter().filter(|(_, register)| register == PEOPLE);
        let known = made.map(|(path, _)| {
            let typed = Typed::read(self.text_of(&path), today);
            let born = typed.born.filter(|_| !typed.name.is_empty());
            (path, WhoIs { number: typed.nhs, born: born.map(|born| (typed.name, born)) })
        });
        known.filter(|(_, given)| !given.is_empty()).collect()
    }

    /// That a line makes a record of somebody who is on record already, where these are.
    pub fn makes_again(&self, path: String, same: &[RecordRow], reading: Reading) -> Option<Problem> {
        let whose: Vec<String> = same.iter().map(said_apart).collect();
        let says = (!whose.is_empty()).then(|| words::made_again(&self.label(&path, reading), &whose))?;
        Some(Problem { field: path, weight: Weight::Doubted, says })
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

/// A person by what tells them apart from whoever is written down.
fn said_apart(row: &RecordRow) -> String {
    let born =
        row.born.map_or(form_words::BORN_NOT_KNOWN.to_owned(), |born| text_words::born(&display::date(born)));
    let number = row
        .nhs
        .as_ref()
        .and_then(|digits| NhsNumber::read(digits).ok())
        .map(|(number, _)| number.to_string());
    [Some(row.name.clone()), Some(born), number].into_iter().flatten().collect::<Vec<_>>().join(", ")
}

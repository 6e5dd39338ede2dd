//! What the register has of whoever an entry names, its opening hours and kind, put into the body when it is written.
//!
//! A due rule may count in the hours of the organisation that promised, or by what can be expected of its kind. A case is
//! folded from its own entries alone, and the register may change at any time; so both travel with the entry that counts
//! by them, where they are hashed and kept like every other word. A rebuilt record comes to the same due times, and so
//! does an older case that is amended next year. Of pathways whose rules ask for neither nothing is looked up. The same
//! holds for what a condition asks of the record of whomever a case is about, and for where they live.

use std::collections::BTreeSet;

use super::Appending;
use crate::domain::answer::{Answer, Answers, Named};
use crate::domain::commitment::Party;
use crate::domain::entry::{Caution, PlaceThen, RecordSaid, RegisterThen};
use crate::domain::ids::{CaseId, CommitmentId};
use crate::pathway::definition::{Means, Pathway, Step};
use crate::pathway::edition::Edition;
use crate::pathway::on_record;
use crate::store::error::AppendError;
use crate::store::reads::{cautions, named_in};
use crate::store::{derive, merged};

impl Appending<'_> {
    /// What it has of everyone named in the answers, and of whoever owes what the step is recorded on.
    pub(super) fn register(
        &mut self,
        edition: &Edition,
        pathway: &Pathway,
        answers: &Answers,
        on: Option<(CaseId, &CommitmentId)>,
    ) -> rusqlite::Result<RegisterThen> {
        let mut register = RegisterThen::default();
        let editions = self.deriver.editions().filter(|_| pathway.asks_register(&edition.targets));
        let Some(editions) = editions.cloned() else { return Ok(register) };
        let mut named = Vec::new();
        named_in(answers, &mut named);
        if let Some((case, on)) = on
            && let Some(case) = self.deriver.case(case)?
            && let Some(owed) = case.commitments.iter().find(|owed| owed.id == *on)
            && let Party::Outside(party) = &owed.obligor
        {
            named.extend(party.id);
        }
        for id in BTreeSet::from_iter(named) {
            if let Some(record) = self.deriver.case(id)?
                && let Some((hours, kind)) = derive::hours_and_kind(&record, &editions)
            {
                register.hours.insert(id, hours);
                register.kinds.extend(kind.map(|kind| (id, kind)));
            }
        }
        Ok(register)
    }

    /// Where the record of somebody belongs.
    pub(super) fn lives_at(&mut self, record: CaseId) -> Result<Option<CaseId>, AppendError> {
        let record = self.deriver.case(merged::kept(self.conn, record)?)?;
        let editions = self.deriver.editions();
        Ok(record.as_ref().zip(editions).and_then(|(record, editions)| derive::location_of(record, editions)))
    }

    /// Where whomever a case is about lives, where its step asks for the place and was told none of ours: they may be in
    /// hospital, and whoever is on duty for their home answers for them all the same.
    pub(super) fn place_of(
        &mut self,
        step: &Step,
        answers: &Answers,
        about: Option<CaseId>,
    ) -> Result<Option<PlaceThen>, AppendError> {
        let Some(field) = step.meaning(Means::Place) else { return Ok(None) };
        let is_told = matches!(answers.get(&field.id), Some(Answer::Named(Named { id: Some(_), .. })));
        let lives = about.filter(|_| !is_told).map_or(Ok(None), |about| self.lives_at(about))?;
        Ok(lives.map(PlaceThen::At))
    }

    /// Whether cases of a pathway go by a place at all: whoever begins one is asked for it.
    pub(super) fn asks_place(&mut self, pathway: &str) -> Result<bool, AppendError> {
        let asks = |step: &Step| step.opens && step.meaning(Means::Place).is_some();
        Ok(self.edition()?.pathway(pathway).is_some_and(|pathway| pathway.steps.iter().any(asks)))
    }

    /// Why one is warned of the organisations that the answers name.
    pub(super) fn cautions_in(&mut self, answers: &Answers) -> Result<Vec<Caution>, AppendError> {
        // How their cases stand is read from the tables.
        self.flush()?;
        let known = cautions(self.conn)?;
        let mut found = Vec::new();
        for answer in answers.values() {
            let Answer::Named(named) = answer else { continue };
            let written = named.id;
            let kept = written.map(|id| merged::kept(self.conn, id)).transpose()?;
            let named = Named { id: kept, words: named.words.clone() };
            let own = known.iter().filter(|caution| caution.is_of(&named));
            // It stands as it was named, should that record have been merged away.
            let as_named = |caution: &Caution| Caution {
                organisation: written.unwrap_or(caution.organisation),
                ..caution.clone()
            };
            found.extend(own.map(as_named));
        }
        Ok(found)
    }

    /// What the record of whomever a case is about says, as far as conditions of the step ask it.
    pub(super) fn said_of(&mut self, step: &Step, about: Option<CaseId>) -> Result<RecordSaid, AppendError> {
        let asked = step.asked_of_record();
        let Some(about) = about.filter(|_| !asked.is_empty()) else { return Ok(RecordSaid::new()) };
        let record = self.deriver.case(merged::kept(self.conn, about)?)?;
        let edition = self.edition()?;
        let register = record.as_ref().and_then(|record| edition.pathways.get(&record.pathway));
        Ok(record.as_ref().zip(register).map_or_else(RecordSaid::new, |(record, register)| {
            on_record::said(register, &record.facts.record, &asked)
        }))
    }
}

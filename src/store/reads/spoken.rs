//! The steps of a case as they stand, each with the definition it was filled in on: what pages over many cases read.

use std::collections::BTreeMap;

use super::super::Store;
use super::super::error::ReadError;
use super::super::ledger;
use super::super::scope::Scope;
use super::Veil;
use crate::domain::answer::{Answers, When};
use crate::domain::case::{CaseState, EntryMark};
use crate::domain::entry::{Entry, Said};
use crate::pathway::definition::Step;
use crate::pathway::edition::{Edition, Editions};
use crate::pathway::fold::effective;

/// A step that counts.
pub(super) struct Spoken {
    pub(super) entry: Entry,
    pub(super) step: Step,
    pub(super) answers: Answers,
    pub(super) occurred: When,
}

/// What each pathway is called, by its id.
pub(super) fn titles(edition: &Edition) -> BTreeMap<String, String> {
    edition.pathways.values().map(|pathway| (pathway.id.clone(), pathway.title.clone())).collect()
}

impl Store {
    /// The steps of a case that count, in the order of the ledger.
    pub(super) fn spoken(
        &self,
        scope: &Scope,
        editions: &Editions,
        state: &CaseState,
    ) -> Result<Vec<Spoken>, ReadError> {
        let stored = ledger::of_case(&self.conn, state.id, state.version)?;
        let mut entries: Vec<Entry> = stored.iter().map(|stored| stored.read().0).collect();
        let veil = Veil::over(scope, &entries);
        entries.iter_mut().for_each(|entry| veil.entry(entry));
        let mut stands = effective(&entries);
        let counts = |entry: &Entry| {
            state.entries.iter().find(|mark| mark.id == entry.id).is_some_and(EntryMark::counts)
        };
        let spoken = entries.into_iter().filter_map(|entry| {
            let Said::Step(said) = &entry.said else { return None };
            let step = editions.step(said).filter(|_| counts(&entry))?.clone();
            let (occurred, answers) = match stands.remove(&entry.id) {
                Some(stands) => (stands.occurred, stands.answers),
                None => (entry.occurred, said.answers.clone()),
            };
            Some(Spoken { step, answers, occurred, entry })
        });
        Ok(spoken.collect())
    }
}

//! What the register has of whoever an entry names, its opening hours and kind, put into the body when it is written.
//!
//! A due rule may count in the hours of the organisation that promised, or by what can be expected of its kind. A case is
//! folded from its own entries alone, and the register may change at any time; so both travel with the entry that counts
//! by them, where they are hashed and kept like every other word. A rebuilt record comes to the same due times, and so
//! does an older case that is amended next year. Of pathways whose rules ask for neither nothing is looked up.

use std::collections::BTreeSet;

use super::Appending;
use crate::domain::answer::Answers;
use crate::domain::commitment::Party;
use crate::domain::entry::RegisterThen;
use crate::domain::ids::{CaseId, CommitmentId};
use crate::pathway::definition::Pathway;
use crate::pathway::edition::Edition;
use crate::store::derive;
use crate::store::reads::named_in;

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
}

//! The opening hours of whoever an entry names, put into its body when it is written.
//!
//! A due rule may count in the hours of the organisation that promised. A case is folded from its own entries alone,
//! and the register may change at any time; so the hours travel with the entry that counts in them, where they are
//! hashed and kept like every other word. A rebuilt record comes to the same due times, and so does an older case that
//! is amended next year. Of pathways whose rules count in nobody's hours nothing is looked up.

use std::collections::BTreeSet;

use super::Appending;
use crate::domain::answer::Answers;
use crate::domain::commitment::Party;
use crate::domain::entry::HoursThen;
use crate::domain::ids::{CaseId, CommitmentId};
use crate::pathway::definition::Pathway;
use crate::pathway::edition::Edition;
use crate::store::derive;
use crate::store::reads::named_in;

impl Appending<'_> {
    /// The hours of everyone named in the answers, and of whoever owes what the step is recorded on.
    pub(super) fn hours(
        &mut self,
        edition: &Edition,
        pathway: &Pathway,
        answers: &Answers,
        on: Option<(CaseId, &CommitmentId)>,
    ) -> rusqlite::Result<HoursThen> {
        let mut hours = HoursThen::new();
        let editions = self.deriver.editions().filter(|_| pathway.asks_hours(&edition.targets));
        let Some(editions) = editions.cloned() else { return Ok(hours) };
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
                && let Some(written) = derive::hours(&record, &editions)
            {
                hours.insert(id, written);
            }
        }
        Ok(hours)
    }
}

//! What is owed in one case and is to go on in another: it has to be owed there still when that is saved, about the same
//! record, so that no two desks carry the same on. What is said of it is said at the field, and what was typed stays.

use super::Appending;
use crate::domain::case::EntryMark;
use crate::domain::commitment::{Commitment, Party};
use crate::domain::ids::CaseId;
use crate::domain::words::store as words;
use crate::pathway::check::{Problem, Weight};
use crate::pathway::definition::Step;
use crate::pathway::follow;
use crate::pathway::predicate::Facts;
use crate::store::error::AppendError;
use crate::store::{allow, merged, reads};

impl Appending<'_> {
    /// What stands against carrying on what the step says goes on here; `about` is whom the case that it opens is about.
    pub(super) fn going_on(
        &mut self,
        step: &Step,
        facts: &Facts<'_>,
        about: Option<CaseId>,
    ) -> Result<Vec<Problem>, AppendError> {
        let Some((field, owed, place)) = follow::carries_on(step, facts) else { return Ok(Vec::new()) };
        let refused = |says: String| vec![Problem { field: field.id.clone(), weight: Weight::Refused, says }];
        if place.is_none() {
            return Ok(refused(words::goes_on_as_nothing(&field.label)));
        }
        let Some(case) = self.deriver.case(owed.case)? else {
            return Ok(refused(words::no_such_owed(&field.label, &owed.words)));
        };
        allow::sees(self.conn, &self.desk, case.id)?;
        let Some(one) = case.commitments.iter().find(|one| one.id == owed.id) else {
            return Ok(refused(words::no_such_owed(&field.label, &owed.words)));
        };
        if !one.progress.is_open() {
            let since = self.ended(
                one,
                &case.pathway,
                case.entries.iter().find(|mark| Some(mark.id) == one.settled_by),
            )?;
            return Ok(refused(words::no_longer_owed(&field.label, &owed.words, &since)));
        }
        let theirs = match one.owner {
            Party::Staff(id) => Some(id),
            Party::Role(_) | Party::Outside(_) => None,
        };
        if theirs != owed.owner {
            return Ok(refused(words::no_longer_owed(&field.label, &owed.words, words::WITH_ANOTHER)));
        }
        let kept = |record| merged::kept(self.conn, record);
        let (theirs, here) = (case.subject.map(kept).transpose()?, about.map(kept).transpose()?);
        if theirs.is_some() && theirs != here {
            return Ok(refused(words::owed_about_another(&field.label, &owed.words)));
        }
        Ok(Vec::new())
    }

    /// What became of it, in words.
    fn ended(
        &mut self,
        one: &Commitment,
        pathway: &str,
        by: Option<&EntryMark>,
    ) -> Result<String, AppendError> {
        let elsewhere =
            one.superseded_by.as_ref().map(|id| CaseId::from(id.entry)).filter(|id| *id != one.case);
        if let Some(other) = elsewhere
            && self.deriver.case(other)?.is_some()
        {
            let reference = match allow::sees(self.conn, &self.desk, other) {
                Ok(()) => reads::reference_of(self.conn, other)?,
                Err(_) => String::new(),
            };
            return Ok(words::goes_on_in(&reference));
        }
        let Some(by) = by else { return Ok(String::new()) };
        let title = reads::title_of(self.conn, pathway, &by.kind)?;
        Ok(words::recorded_at(None, &title, by.recorded_at, self.deriver.zone()))
    }
}

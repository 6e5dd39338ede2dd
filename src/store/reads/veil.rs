//! What a record that may be read says of one that may not: its name stands in an answer, or the case stood on it once.
//! Names give way to the words of the stub, and so does why a case was moved, which is said of both records; everything
//! else stays.

use std::collections::{BTreeMap, BTreeSet};

use super::super::scope::Scope;
use crate::domain::act::Act;
use crate::domain::answer::{Answer, Named};
use crate::domain::case::{CaseState, Facts};
use crate::domain::commitment::{Commitment, Party};
use crate::domain::entry::{Entry, Said};
use crate::domain::words::store as words;

/// What is laid over one reading.
pub(super) struct Veil<'s> {
    scope: &'s Scope,
    /// Why cases were moved from or to what is hidden: it stands in the step that follows, too.
    reasons: BTreeSet<String>,
}

impl<'s> Veil<'s> {
    /// Over rows of a list.
    pub(super) fn new(scope: &'s Scope) -> Self {
        Self { scope, reasons: BTreeSet::new() }
    }

    /// Over a case with these entries.
    pub(super) fn over(scope: &'s Scope, entries: &[Entry]) -> Self {
        let moves = entries.iter().filter_map(|entry| match &entry.said {
            Said::Act(Act::Reattribute { from, to, reason, .. })
                if scope.hides(*from) || scope.hides(*to) =>
            {
                Some(reason.clone()).filter(|reason| !reason.trim().is_empty())
            }
            Said::Act(Act::Merge { kept, gone, reason, .. } | Act::Unmerge { kept, gone, reason })
                if scope.hides(*kept) || scope.hides(*gone) =>
            {
                Some(reason.clone())
            }
            _ => None,
        });
        Self { scope, reasons: moves.collect() }
    }

    /// In a name.
    pub(super) fn named(&self, named: &mut Named) {
        if named.id.is_some_and(|id| self.scope.hides(id)) {
            words::RESTRICTED.clone_into(&mut named.words);
        }
    }

    /// In answers, wherever in them.
    fn answers(&self, answers: &mut BTreeMap<String, Answer>) {
        for answer in answers.values_mut() {
            match answer {
                Answer::Named(named) => self.named(named),
                Answer::Rows(rows) => rows.iter_mut().for_each(|row| self.answers(row)),
                Answer::Text(text) if self.reasons.contains(text) => words::RESTRICTED.clone_into(text),
                _ => {}
            }
        }
    }

    /// In what is known of a case by meaning.
    pub(super) fn facts(&self, facts: &mut Facts) {
        self.answers(&mut facts.record);
        facts.advised_by.iter_mut().for_each(|named| self.named(named));
        let visit = facts.visit.iter_mut();
        visit
            .flat_map(|visit| visit.provider.iter_mut().chain(&mut visit.covered_from))
            .for_each(|named| self.named(named));
    }

    /// In something owed.
    pub(super) fn commitment(&self, owed: &mut Commitment) {
        for party in [&mut owed.obligor, &mut owed.owner] {
            if let Party::Outside(named) = party {
                self.named(named);
            }
        }
    }

    /// In the state of a case.
    pub(super) fn state(&self, state: &mut CaseState) {
        self.answers(&mut state.answers);
        self.facts(&mut state.facts);
        state.shares.iter_mut().for_each(|share| self.named(&mut share.with));
        state.commitments.iter_mut().for_each(|owed| self.commitment(owed));
    }

    /// In an entry.
    pub(super) fn entry(&self, entry: &mut Entry) {
        match &mut entry.said {
            Said::Step(said) => self.answers(&mut said.answers),
            Said::Act(Act::Amend { answers, .. }) => self.answers(answers),
            Said::Act(
                Act::Reattribute { reason, .. } | Act::Merge { reason, .. } | Act::Unmerge { reason, .. },
            ) if self.reasons.contains(reason) => {
                words::RESTRICTED.clone_into(reason);
            }
            Said::Act(_) | Said::Stub(_) => {}
        }
    }
}

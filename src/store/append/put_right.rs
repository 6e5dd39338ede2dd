//! What follows the move of a case to the right record: a step that names whoever had been told of the wrong person.

use super::{Appending, refused};
use crate::domain::act::Act;
use crate::domain::entry::{Entry, NewEntry, NewSaid};
use crate::domain::ids::CaseId;
use crate::domain::names;
use crate::domain::words::store as words;
use crate::pathway::follow::moved;
use crate::pathway::near;
use crate::store::allow;
use crate::store::error::AppendError;
use crate::store::ledger;
use crate::store::reads::Records;

impl Appending<'_> {
    /// The entry that follows the act where it moved a case. Numbers are those of the directory, and of the record
    /// that the case stood on.
    pub(super) fn put_right(&mut self, act: &Act, entry: &NewEntry) -> Result<Option<NewEntry>, AppendError> {
        let Act::Reattribute { case, from, reason, .. } = act else { return Ok(None) };
        let state = self.existing(*case)?;
        let stored = ledger::of_case(self.conn, *case, state.version)?;
        let entries: Vec<Entry> = stored.iter().map(|stored| stored.read().0).collect();
        let left = self.existing(*from)?;
        let editions = self.deriver.editions().ok_or_else(|| refused(words::NO_DEFINITIONS))?;
        let register = editions.current().pathways.get(&left.pathway);
        let near = register.map(|register| near::near(register, &left.facts.record)).unwrap_or_default();
        let records = Records::new(self.conn);
        let mut told = Vec::new();
        for named in moved::already_told(&entries, editions) {
            let listed = near.iter().find(|one| names::fold(&one.name) == names::fold(&named.words));
            let listed = listed.and_then(|one| one.phone.clone());
            let record = named.id.map(|id| records.get(id)).transpose()?.flatten();
            told.push((named, listed.or(record.and_then(|record| record.phone))));
        }
        Ok(moved::put_right(entry, reason, &state, &told, editions.current()))
    }
    /// The open cases that the moved one opened by itself and that are about the same wrong record: each moves along. One
    /// that whoever moves it may not see stays, and is found by who may.
    pub(super) fn moved_along(&mut self, act: &Act, entry: &NewEntry) -> Result<Vec<NewEntry>, AppendError> {
        let Act::Reattribute { case, from, to, reason } = act else { return Ok(Vec::new()) };
        let state = self.existing(*case)?;
        let editions = self.deriver.editions().ok_or_else(|| refused(words::NO_DEFINITIONS))?.clone();
        let mut along = Vec::new();
        for mark in &state.entries {
            let edition = mark.edition.and_then(|id| editions.get(id));
            let pathway = edition.and_then(|edition| edition.pathways.get(&state.pathway));
            let step = pathway.and_then(|pathway| pathway.step(&mark.kind));
            for opened in step.iter().flat_map(|step| &step.then).filter_map(|then| then.pathway.as_ref()) {
                let other = CaseId::from(mark.id.derived(&format!("then.{opened}")));
                let Some(theirs) = self.deriver.case(other)? else { continue };
                let is_of = !theirs.closed && theirs.subject == Some(*from);
                if !is_of || allow::sees(self.conn, &self.desk, other).is_err() {
                    continue;
                }
                let act = Act::Reattribute { case: other, from: *from, to: *to, reason: reason.clone() };
                along.push(entry.following(&format!("along.{other}"), Some(other), NewSaid::Act(act)));
            }
        }
        Ok(along)
    }
}

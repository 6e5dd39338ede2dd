//! Legal holds: which stand on something, and what was said when they were placed and lifted.

use std::sync::Arc;

use rusqlite::OptionalExtension;

use super::{Named, Retained};
use crate::domain::act::Act;
use crate::domain::entry::Said;
use crate::domain::ids::{CaseId, EntryId};
use crate::store::rows::maybe_id;
use crate::store::{ledger, merged};

impl Retained<'_> {
    /// The holds on a case, on what it is about and on where it stands.
    pub(super) fn held(&self, case: &Named) -> rusqlite::Result<Vec<(String, EntryId)>> {
        let mut on: Vec<Arc<Named>> = Vec::new();
        on.extend(self.case(case.state.id)?);
        // Whatever was merged is one: a hold on any part of it is on all.
        let own = case.register.then_some(case.state.id);
        for record in own.into_iter().chain(case.state.subject) {
            for part in merged::together(self.conn, merged::kept(self.conn, record)?)? {
                on.extend(self.case(part)?);
            }
        }
        let location: Option<CaseId> = self
            .conn
            .prepare_cached("SELECT location FROM cases WHERE id = ?1")?
            .query_row([case.state.id.0.as_bytes()], |row| maybe_id(row, 0))
            .optional()?
            .flatten();
        if let Some(location) = location {
            on.extend(self.case(location)?);
        }
        let held =
            on.iter().flat_map(|one| one.state.holds.iter().map(|hold| (one.reference.clone(), *hold)));
        Ok(held.collect())
    }

    /// What it was placed for.
    pub(super) fn reason_of(&self, hold: EntryId) -> rusqlite::Result<String> {
        Ok(match ledger::by_id(self.conn, hold)?.map(|stored| stored.read().0.said) {
            Some(Said::Act(Act::Hold { reason })) => reason,
            _ => String::new(),
        })
    }
}

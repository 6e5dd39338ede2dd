//! Entries that were typed for somebody and wait for that person's word, and those that were recorded while nobody was
//! signed in and wait for the signature of whoever took them.
//!
//! Confirming, saying what differs and signing are acts; what they change is left to the fold.

use std::collections::BTreeMap;

use super::super::Store;
use super::super::derive::scalar_count;
use super::super::error::ReadError;
use super::super::rows::id;
use super::super::scope::Scope;
use crate::domain::answer::Answers;
use crate::domain::entry::{Said, StepSaid};
use crate::domain::ids::{CaseId, EntryId};
use crate::domain::permission::Viewer;
use crate::domain::views::{ToConfirm, Told};

use chrono::{DateTime, Utc};

/// The most cases with an entry nobody has signed that are listed.
const MOST_UNSIGNED: u32 = 200;

impl Store {
    /// What waits for the viewer's own confirmation, oldest first, then what nobody has signed. Nothing for a desk where
    /// nobody is signed in.
    ///
    /// # Errors
    /// Where it could not be read.
    pub fn to_confirm(&self, viewer: &Viewer, now: DateTime<Utc>) -> Result<Vec<ToConfirm>, ReadError> {
        let Some(staff) = viewer.staff else { return Ok(Vec::new()) };
        let mut waiting = self.typed_for(viewer, Some(staff))?;
        for case in self.unsigned_cases(viewer)? {
            waiting.entry(case).or_default();
        }
        self.waiting(viewer, waiting, now)
    }

    /// Everything that was typed for somebody who has not confirmed it yet, whoever that is, oldest first.
    ///
    /// # Errors
    /// Where it could not be read, or may not be.
    pub fn unconfirmed(&self, viewer: &Viewer, now: DateTime<Utc>) -> Result<Vec<ToConfirm>, ReadError> {
        let mut rows = self.waiting(viewer, self.typed_for(viewer, None)?, now)?;
        rows.retain(|row| !row.unsigned);
        Ok(rows)
    }

    /// Entries that were typed for one member of staff, or for anybody, by the case they stand in.
    fn typed_for(
        &self,
        viewer: &Viewer,
        staff: Option<CaseId>,
    ) -> Result<BTreeMap<CaseId, Vec<EntryId>>, ReadError> {
        let mut waiting: BTreeMap<CaseId, Vec<EntryId>> = BTreeMap::new();
        let mut statement = self.conn.prepare_cached(&format!(
            "SELECT t.case_id, t.entry FROM to_confirm t JOIN cases c ON c.id = t.case_id
             WHERE (?1 IS NULL OR t.staff = ?1) AND {}",
            self.scope(viewer)?.on("c")
        ))?;
        let of = staff.map(|staff| *staff.0.as_bytes());
        for row in statement.query_map([of], |row| Ok((id(row, 0)?, id(row, 1)?)))? {
            let (case, entry): (CaseId, CaseId) = row?;
            waiting.entry(case).or_default().push(EntryId(entry.0));
        }
        Ok(waiting)
    }

    /// These entries, and of their cases what nobody has signed, as lists show them.
    fn waiting(
        &self,
        viewer: &Viewer,
        waiting: BTreeMap<CaseId, Vec<EntryId>>,
        now: DateTime<Utc>,
    ) -> Result<Vec<ToConfirm>, ReadError> {
        let mut rows = Vec::new();
        if waiting.is_empty() {
            return Ok(rows);
        }
        let editions = self.editions()?;
        for (case, entries) in waiting {
            let view = self.case(viewer, case, now)?;
            let asked =
                view.chronology.into_iter().filter(|told| told.unsigned || entries.contains(&told.entry.id));
            for told in asked {
                let name = |who: Option<CaseId>| who.and_then(|id| view.names.get(&id).cloned());
                let Some(said) = as_it_stands(&told) else { continue };
                rows.push(ToConfirm {
                    entry: told.entry.id,
                    case,
                    reference: view.reference.clone(),
                    subject: view.subject.clone(),
                    title: editions.step(&said).map_or_else(|| said.step.clone(), |step| step.title.clone()),
                    said,
                    occurred: told.occurred,
                    by: name(told.entry.who.by).unwrap_or_default(),
                    typed_by: name(told.entry.who.typed_by).unwrap_or_default(),
                    recorded_at: told.entry.recorded_at,
                    unsigned: told.unsigned,
                });
            }
        }
        rows.sort_by_key(|row| (row.unsigned, row.recorded_at));
        Ok(rows)
    }

    /// Cases of the office that hold an entry nobody has signed.
    pub(super) fn unsigned(&self, scope: &Scope) -> Result<u64, ReadError> {
        let readable = scope.on("c");
        let sql = format!("SELECT count(*) FROM cases c WHERE c.unsigned > 0 AND {readable}");
        Ok(scalar_count(&self.conn, &sql)?)
    }

    /// Those cases, oldest first.
    fn unsigned_cases(&self, viewer: &Viewer) -> Result<Vec<CaseId>, ReadError> {
        let Ok(scope) = self.scope(viewer) else { return Ok(Vec::new()) };
        let sql = format!(
            "SELECT c.id FROM cases c WHERE c.unsigned > 0 AND {} ORDER BY c.opened_at, c.id LIMIT {MOST_UNSIGNED}",
            scope.on("c")
        );
        let mut statement = self.conn.prepare_cached(&sql)?;
        let found = statement.query_map([], |row| id(row, 0))?.collect::<rusqlite::Result<_>>()?;
        Ok(found)
    }
}

/// What was typed, after amendments.
fn as_it_stands(told: &Told) -> Option<StepSaid> {
    let Said::Step(said) = &told.entry.said else { return None };
    let answers: Answers = told.answers.clone().unwrap_or_else(|| said.answers.clone());
    Some(StepSaid { answers, ..said.clone() })
}

//! Entries that were typed for somebody and wait for that person's word.
//!
//! Confirming, or saying what differs, is an act; what it changes is left to the fold.

use std::collections::BTreeMap;

use super::super::Store;
use super::super::error::ReadError;
use super::super::rows::id;
use crate::domain::answer::Answers;
use crate::domain::entry::{Said, StepSaid};
use crate::domain::ids::{CaseId, EntryId};
use crate::domain::permission::Viewer;
use crate::domain::views::{ToConfirm, Told};

use chrono::{DateTime, Utc};

impl Store {
    /// What waits for the viewer's own confirmation, oldest first. Nothing for a desk where nobody is signed in.
    ///
    /// # Errors
    /// Where it could not be read.
    pub fn to_confirm(&self, viewer: &Viewer, now: DateTime<Utc>) -> Result<Vec<ToConfirm>, ReadError> {
        let Some(staff) = viewer.staff else { return Ok(Vec::new()) };
        let mut waiting: BTreeMap<CaseId, Vec<EntryId>> = BTreeMap::new();
        let mut statement = self.conn.prepare_cached(&format!(
            "SELECT t.case_id, t.entry FROM to_confirm t JOIN cases c ON c.id = t.case_id WHERE t.staff = ?1 AND {}",
            self.scope(viewer)?.on("c")
        ))?;
        for row in statement.query_map([staff.0.as_bytes()], |row| Ok((id(row, 0)?, id(row, 1)?)))? {
            let (case, entry): (CaseId, CaseId) = row?;
            waiting.entry(case).or_default().push(EntryId(entry.0));
        }
        let mut rows = Vec::new();
        for (case, entries) in waiting {
            let view = self.case(viewer, case, now)?;
            let asked = view.chronology.into_iter().filter(|told| entries.contains(&told.entry.id));
            for told in asked {
                let typed_by = told.entry.who.typed_by.and_then(|id| view.names.get(&id).cloned());
                let Some(said) = as_it_stands(&told) else { continue };
                rows.push(ToConfirm {
                    entry: told.entry.id,
                    case,
                    reference: view.reference.clone(),
                    subject: view.subject.clone(),
                    said,
                    occurred: told.occurred,
                    typed_by: typed_by.unwrap_or_default(),
                    recorded_at: told.entry.recorded_at,
                });
            }
        }
        rows.sort_by_key(|row| row.recorded_at);
        Ok(rows)
    }
}

/// What was typed, after amendments.
fn as_it_stands(told: &Told) -> Option<StepSaid> {
    let Said::Step(said) = &told.entry.said else { return None };
    let answers: Answers = told.answers.clone().unwrap_or_else(|| said.answers.clone());
    Some(StepSaid { answers, ..said.clone() })
}

//! Whom a case is about in the words that were typed, where nobody on record was taken: "the man in flat 9" is all that a
//! coordinator has until somebody completes the call.

use rusqlite::OptionalExtension;

use super::super::Store;
use super::super::error::ReadError;
use super::super::rows::json;
use crate::domain::answer::Answer;
use crate::domain::case::CaseState;
use crate::domain::ids::CaseId;
use crate::pathway::definition::Means;

impl Store {
    /// The words; empty where there are none. The caller has asked already whether the case may be seen.
    pub(super) fn said_of(&self, case: CaseId) -> Result<String, ReadError> {
        let read = self.conn.prepare_cached("SELECT body FROM cases WHERE id = ?1")?;
        let state: Option<CaseState> =
            { read }.query_row([case.0.as_bytes()], |row| json(row, 0)).optional()?;
        state.map_or_else(|| Ok(String::new()), |state| self.words_for_subject(&state))
    }

    /// The same of a case that has been read.
    pub(super) fn words_for_subject(&self, state: &CaseState) -> Result<String, ReadError> {
        let editions = self.editions()?;
        let steps = editions.current().pathway(&state.pathway).into_iter().flat_map(|pathway| &pathway.steps);
        let asked = steps.filter_map(|step| Some((step, step.meaning(Means::Subject)?)));
        let mut said = asked.filter_map(|(step, field)| {
            match state.answers.get(&format!("{}.{}", step.id, field.id))? {
                Answer::Named(named) if named.id.is_none() => Some(named.words.trim().to_owned()),
                _ => None,
            }
        });
        Ok(said.next().unwrap_or_default())
    }
}

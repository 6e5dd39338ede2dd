//! What cases owe that is settled on the record of whomever they are about: where they are now, once a call has ended with
//! them in hospital. Whoever records it there has done it, wherever it was owed.

use rusqlite::params;

use super::Appending;
use crate::domain::act::Act;
use crate::domain::commitment::Commitment;
use crate::domain::entry::{NewEntry, NewSaid};
use crate::pathway::definition::{Pathway, Step};
use crate::pathway::edition::Edition;
use crate::store::error::AppendError;
use crate::store::rows::json;

impl Appending<'_> {
    /// The acts by which it is no longer owed that this step be recorded, in every case about the record.
    pub(super) fn settled_on_record(
        &mut self,
        edition: &Edition,
        register: &str,
        step: &Step,
        entry: &NewEntry,
    ) -> Result<Vec<NewEntry>, AppendError> {
        let Some(record) = entry.case.filter(|_| is_owed_anywhere(edition, register, &step.id)) else {
            return Ok(Vec::new());
        };
        let wanted = format!("{register}.{}", step.id);
        self.flush()?;
        let mut statement =
            self.conn.prepare_cached("SELECT body FROM owed WHERE subject = ?1 ORDER BY id")?;
        let owed = statement.query_map(params![record.0.as_bytes()], |row| json::<Commitment>(row, 0))?;
        let mut acts = Vec::new();
        for owed in owed {
            let owed = owed?;
            if owed.step.as_ref() != Some(&wanted) {
                continue;
            }
            let (name, reason) = (format!("on_record.{}", owed.id), step.title.clone());
            let act = Act::Cancel { owed: owed.id, because: entry.id, reason, goes_on: None };
            acts.push(entry.following(&name, Some(owed.case), NewSaid::Act(act)));
        }
        Ok(acts)
    }
}

/// Whether a step of any pathway leaves it owed.
fn is_owed_anywhere(edition: &Edition, register: &str, step: &str) -> bool {
    let leaves = |pathway: &Pathway| {
        let mut then = pathway.steps.iter().flat_map(|step| &step.then);
        pathway.subject.as_deref() == Some(register)
            && then.any(|then| then.pathway.as_deref() == Some(register) && then.step == step)
    };
    edition.pathways.values().any(|pathway| leaves(pathway))
}

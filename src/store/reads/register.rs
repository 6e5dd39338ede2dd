//! A register in full, for whoever exports it or compares a file with it: each record with its reference, its state and
//! all its answers, page by page.

use super::super::Store;
use super::super::derive::reference;
use super::super::error::ReadError;
use super::super::merged;
use super::super::rows::{count, json};
use super::super::scope::Scope;
use super::Records;
use crate::domain::ids::{CaseId, Seq};
use crate::domain::permission::{Action, Grant, Reason, Viewer, may};
use crate::domain::views::RecordRow;
use crate::domain::words::store as words;

/// A record of a register with all that is known of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InFull {
    /// Its short reference.
    pub reference: String,
    /// Its state's id.
    pub state: String,
    /// The last entry that touched it.
    pub version: Seq,
    /// The record, with its answers.
    pub record: RecordRow,
}

impl Store {
    /// Records of a register that may be exported, by name, after the record last seen. Those that were merged away
    /// are left out.
    ///
    /// # Errors
    /// [`ReadError::Denied`] where the viewer may not export.
    pub fn exported(
        &self,
        viewer: &Viewer,
        register: &str,
        after: Option<CaseId>,
        limit: u32,
    ) -> Result<Vec<InFull>, ReadError> {
        let scope = self.scope_of_register(viewer, register)?;
        if !viewer.system && !self.is_unstaffed()? {
            may(&*self.roles()?, viewer, &Action::Granted(Grant::Export), None)?;
        }
        self.in_full(&scope, register, after, limit)
    }

    /// Records of a register that a file is compared with, by name, after the record last seen. It takes somebody who
    /// may read all of them: whoever sees a part would register the rest a second time. Staff and locations hold no
    /// person's record, and are there for whoever registers them.
    ///
    /// # Errors
    /// [`ReadError::Denied`] where the viewer may not read all of them.
    pub fn compared(
        &self,
        viewer: &Viewer,
        register: &str,
        after: Option<CaseId>,
        limit: u32,
    ) -> Result<Vec<InFull>, ReadError> {
        let scope = self.scope_of(viewer, register)?;
        let closed =
            format!("SELECT 1 FROM records r WHERE r.register = ?1 AND NOT ({}) LIMIT 1", scope.on("r"));
        if self.conn.prepare_cached(&closed)?.exists([register])? {
            return Err(Reason(words::COMPARED_WITH_ALL.to_owned()).into());
        }
        self.in_full(&scope, register, after, limit)
    }

    /// Records of a register that a cell can name, as far as the viewer may know of them.
    ///
    /// # Errors
    /// [`ReadError::Denied`] where the viewer may read none.
    pub fn nameable(
        &self,
        viewer: &Viewer,
        register: &str,
        after: Option<CaseId>,
        limit: u32,
    ) -> Result<Vec<InFull>, ReadError> {
        self.in_full(&self.scope_of(viewer, register)?, register, after, limit)
    }

    fn scope_of(&self, viewer: &Viewer, register: &str) -> Result<Scope, ReadError> {
        if merged::NEVER.contains(&register) {
            Ok(Scope::all())
        } else {
            self.scope_of_register(viewer, register)
        }
    }

    fn in_full(
        &self,
        scope: &Scope,
        register: &str,
        after: Option<CaseId>,
        limit: u32,
    ) -> Result<Vec<InFull>, ReadError> {
        let (sort, last) = self.place_in_list(after)?;
        let mut statement = self.conn.prepare_cached(&format!(
            "SELECT r.row, r.answers, c.letter, c.number, c.state, c.version
             FROM records r JOIN cases c ON c.id = r.id
             WHERE r.register = ?1 AND (r.sort, r.id) > (?2, ?3) AND {} AND {} ORDER BY r.sort, r.id LIMIT ?4",
            scope.on("r"),
            merged::STANDS
        ))?;
        let records = Records::new(&self.conn);
        let mut rows = statement.query(rusqlite::params![register, sort, last, limit])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            let record = RecordRow { answers: json(row, 1)?, ..json(row, 0)? };
            found.push(InFull {
                reference: reference(&row.get::<_, String>(2)?, row.get(3)?),
                state: row.get(4)?,
                version: count(row, 5)?,
                record: records.placed(record)?,
            });
        }
        Ok(found)
    }
}

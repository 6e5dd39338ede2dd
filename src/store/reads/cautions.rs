//! The organisations of which whoever takes one is warned: an open case about it stands in a state that says so. It is
//! somebody's safety, so it is told to everybody who may take one, without a word of why.

use rusqlite::Connection;

use super::super::Store;
use super::super::derive::reference;
use super::super::error::ReadError;
use super::super::merged;
use super::super::rows::{id, json, maybe_id};
use super::Records;
use crate::domain::entry::{Caution, Warns};
use crate::domain::permission::Viewer;
use crate::domain::views::RecordRow;

impl Store {
    /// The organisations whoever takes is warned of.
    ///
    /// # Errors
    /// [`ReadError::Denied`] where the viewer may not read people's records.
    pub fn cautions(&self, viewer: &Viewer) -> Result<Vec<Caution>, ReadError> {
        self.scope(viewer)?;
        Ok(read(&self.conn)?)
    }

    /// The same rows, organisations among them with why one is warned of them.
    pub(super) fn with_cautions(&self, mut rows: Vec<RecordRow>) -> Result<Vec<RecordRow>, ReadError> {
        let cautions = read(&self.conn)?;
        for row in &mut rows {
            let own = cautions.iter().filter(|caution| caution.organisation == row.id);
            row.more.cautions = own.cloned().collect();
        }
        Ok(rows)
    }
}

/// Those there are, by case.
pub(in crate::store) fn read(conn: &Connection) -> rusqlite::Result<Vec<Caution>> {
    let records = Records::new(conn);
    let mut statement = conn.prepare_cached(
        "SELECT id, letter, number, subject, warns FROM cases WHERE warns IS NOT NULL ORDER BY id",
    )?;
    let mut rows = statement.query([])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let Some(organisation) = maybe_id(row, 3)? else { continue };
        let organisation = merged::kept(conn, organisation)?;
        let Some(record) = records.get(organisation)? else { continue };
        let Warns { state, state_id, since } = json(row, 4)?;
        found.push(Caution {
            organisation,
            name: record.name,
            case: id(row, 0)?,
            reference: reference(&row.get::<_, String>(1)?, row.get(2)?),
            state,
            state_id,
            since,
        });
    }
    Ok(found)
}

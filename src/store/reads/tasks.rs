//! What the office itself has to do: everything owed in the cases of the pathway on that list.

use super::super::Store;
use super::super::error::ReadError;
use super::Records;
use crate::domain::permission::Viewer;
use crate::domain::views::OwedRow;
use crate::pathway::definition::Listed;

impl Store {
    /// The office's tasks that are to be done, the first due first. Of a series the occurrence that comes next.
    ///
    /// # Errors
    /// [`ReadError::Denied`] where the viewer may not read people's records.
    pub fn tasks(&self, viewer: &Viewer, limit: u32) -> Result<Vec<OwedRow>, ReadError> {
        let scope = self.scope(viewer)?;
        let editions = self.editions()?;
        let Some(pathway) = editions.current().listed(Listed::Tasks) else { return Ok(Vec::new()) };
        let transaction = self.conn.unchecked_transaction()?;
        let rows = self.owed_rows(
            &Records::new(&self.conn),
            &scope,
            &*self.roles()?,
            &format!("WHERE c.pathway = ?1 AND {} ORDER BY o.due, o.id LIMIT ?2", scope.stands("o")),
            rusqlite::params![pathway.id, limit],
        );
        drop(transaction);
        rows
    }
}

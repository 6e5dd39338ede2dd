//! What organisations have agreed with us: the records that say so, for the guide.

use super::super::Store;
use super::super::error::ReadError;
use super::super::merged;
use super::super::rows::json;
use crate::domain::permission::Viewer;
use crate::domain::views::RecordRow;
use crate::pathway::definition::Means;

impl Store {
    /// Records in use that say what somebody has agreed to do within which time, by name, with their answers.
    ///
    /// # Errors
    /// [`ReadError::Denied`] where the viewer may not read people's records.
    pub fn agreed(&self, viewer: &Viewer, limit: u32) -> Result<Vec<RecordRow>, ReadError> {
        let editions = self.editions()?;
        let mut found = Vec::new();
        for register in editions.current().registers() {
            let fields: Vec<&str> = register
                .opening()
                .into_iter()
                .flat_map(|form| &form.fields)
                .filter(|field| field.means == Some(Means::Agreed))
                .map(|field| field.id.as_str())
                .collect();
            if fields.is_empty() {
                continue;
            }
            let scope = self.scope_of_register(viewer, &register.id)?;
            let mut statement = self.conn.prepare_cached(&format!(
                "SELECT r.row, r.answers FROM records r WHERE r.register = ?1 AND r.closed = 0 AND {} AND {}
                 ORDER BY r.sort, r.id",
                scope.on("r"),
                merged::STANDS
            ))?;
            let read = |row: &rusqlite::Row<'_>| Ok(RecordRow { answers: json(row, 1)?, ..json(row, 0)? });
            for row in statement.query_map([&register.id], read)? {
                let row: RecordRow = row?;
                if fields.iter().any(|field| row.answers.contains_key(*field)) {
                    found.push(row);
                }
            }
        }
        found.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
        Ok(found)
    }
}

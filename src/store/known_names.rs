//! The names on record of everybody supported and everybody who works here, whoever asks: what leaves the office is looked
//! through for them. They serve to recognise somebody, and are shown to nobody by this; what is shown goes through
//! [`super::reads`].

use super::Store;
use super::error::ReadError;
use super::rows::json;
use crate::domain::views::RecordRow;

impl Store {
    /// Everybody on these registers as lists name them ("QUILL, Theresa"): those who left, and those whose record is kept to
    /// a few, too.
    ///
    /// # Errors
    /// The database cannot be read.
    pub fn known_names(&self, registers: &[&str]) -> Result<Vec<RecordRow>, ReadError> {
        let mut statement =
            self.conn.prepare_cached("SELECT row FROM records WHERE register = ?1 ORDER BY id")?;
        let mut names = Vec::new();
        for register in registers {
            for row in statement.query_map([register], |row| json(row, 0))? {
                names.push(row?);
            }
        }
        Ok(names)
    }
}

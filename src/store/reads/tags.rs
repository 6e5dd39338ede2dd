//! Cases by the regulations and statements that they show something about, the newest first.
//!
//! Which those are follows from the tags in force and from what was chosen on the forms; it is worked out on reading, so
//! that another edition of a framework finds older records too.

use super::super::Store;
use super::super::derive::reference;
use super::super::error::ReadError;
use super::super::rows::{id, instant, json};
use crate::domain::case::CaseState;
use crate::domain::permission::Viewer;
use crate::domain::views::{TagFilter, TaggedCase};
use crate::pathway::tags;

impl Store {
    /// Cases that have a tag, the newest first: those of a restricted record only where the viewer may read them.
    ///
    /// # Errors
    /// [`ReadError::Denied`] where the viewer may not read people's records.
    pub fn tagged(&self, viewer: &Viewer, filter: &TagFilter) -> Result<Vec<TaggedCase>, ReadError> {
        let scope = self.scope(viewer)?;
        let editions = self.editions()?;
        let edition = editions.current();
        let mut conditions = vec!["c.register = 0".to_owned(), scope.on("c")];
        conditions.extend(filter.from.map(|from| format!("c.opened_at >= {}", from.timestamp_millis())));
        conditions.extend(filter.until.map(|until| format!("c.opened_at < {}", until.timestamp_millis())));
        let mut statement = self.conn.prepare_cached(&format!(
            "SELECT c.id, c.letter, c.number, c.opened_at, c.headline, c.body FROM cases c WHERE {}
             ORDER BY c.opened_at DESC, c.id DESC",
            conditions.join(" AND ")
        ))?;
        let mut rows = statement.query([])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            let state: CaseState = json(row, 5)?;
            let mut tags = tags::of_case(edition, &state);
            tags.retain(|one| filter.tag.as_ref().is_none_or(|wanted| edition.tags.is_of(&one.tag, wanted)));
            if tags.is_empty() {
                continue;
            }
            found.push(TaggedCase {
                case: id(row, 0)?,
                reference: reference(&row.get::<_, String>(1)?, row.get(2)?),
                pathway: state.pathway,
                opened_at: instant(row, 3)?,
                headline: row.get(4)?,
                tags,
            });
        }
        Ok(found)
    }
}

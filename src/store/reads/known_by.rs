//! By what cases are found beside the words of their rows: where, in which month, on which theme, with which organisation, and
//! how they ended.

use std::collections::{BTreeMap, BTreeSet};

use super::super::Store;
use super::super::error::ReadError;
use super::super::rows::{id, maybe_id};
use crate::domain::ids::CaseId;
use crate::domain::measure::Definitions;
use crate::domain::permission::Viewer;
use crate::domain::views::CaseRow;

impl Store {
    /// The words by which each of these cases is found, on top of what its row shows: its place or else that of whom it is
    /// about, the month in which it was opened ("Oct 2026", "October 2026"), its themes, the organisations that were tried or
    /// promised something, and how it ended. Of what the viewer may not read there are no words.
    ///
    /// # Errors
    /// [`ReadError::Denied`] where the viewer may not read people's records.
    pub fn known_by(
        &self,
        viewer: &Viewer,
        definitions: &Definitions,
        rows: &[CaseRow],
    ) -> Result<BTreeMap<CaseId, Vec<String>>, ReadError> {
        let (scope, zone) = (self.scope(viewer)?, self.zone()?);
        let wanted: BTreeSet<CaseId> = rows.iter().map(|row| row.id).collect();
        let mut found: BTreeMap<CaseId, Vec<String>> = BTreeMap::new();
        for row in rows {
            let opened = zone.local(row.opened_at);
            let month = ["%b %Y", "%B"].map(|of| opened.format(of).to_string());
            found.entry(row.id).or_default().extend(month);
        }
        let mut names: BTreeMap<CaseId, Option<String>> = BTreeMap::new();
        let mut name = |id: CaseId| -> Option<String> {
            names.entry(id).or_insert_with(|| self.record(viewer, id).ok().map(|record| record.name)).clone()
        };
        let mut statement = self.conn.prepare(&format!(
            "SELECT c.id, coalesce(c.location, r.location), c.facts ->> '$.how_closed', f.tags, f.themes
             FROM cases c LEFT JOIN case_facts f ON f.case_id = c.id LEFT JOIN records r ON r.id = c.subject WHERE c.register = 0 AND {}",
            scope.on("c")
        ))?;
        let mut read = statement.query([])?;
        while let Some(row) = read.next()? {
            let case = id(row, 0)?;
            let Some(words) = found.get_mut(&case) else { continue };
            words.extend(maybe_id(row, 1)?.and_then(&mut name));
            words.extend(row.get::<_, Option<String>>(2)?);
            let ids = |text: Option<String>| -> Vec<String> {
                text.iter().flat_map(|text| text.split(' ')).map(str::to_owned).collect()
            };
            let (tags, themes) = (ids(row.get(3)?), ids(row.get(4)?));
            let is_of = |choices: &[String]| tags.iter().chain(&themes).any(|id| choices.contains(id));
            let of = definitions.themes.iter().filter(|theme| is_of(&theme.choices));
            words.extend(of.map(|theme| theme.title.clone()));
        }
        for table in ["contact_facts", "promise_facts"] {
            let mut statement = self.conn.prepare(&format!(
                "SELECT DISTINCT f.case_id, f.who FROM {table} f WHERE {}",
                scope.on("f")
            ))?;
            let mut read = statement.query([])?;
            while let Some(row) = read.next()? {
                let (case, who): (CaseId, String) = (id(row, 0)?, row.get(1)?);
                if !wanted.contains(&case) {
                    continue;
                }
                let named = match who.parse::<CaseId>() {
                    Ok(record) => name(record),
                    Err(_) => Some(who),
                };
                found.entry(case).or_default().extend(named);
            }
        }
        Ok(found)
    }
}

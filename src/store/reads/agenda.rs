//! What a meeting goes through: the matters of the office's queues as they stand, one for each case.
//!
//! It is read where a form of the case asks for it, by what whoever opens it may see. A matter is named by its reference
//! and not by anybody's name: the record of a meeting is read by more people than a case is.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};

use super::super::Store;
use super::super::error::ReadError;
use super::super::scope::Scope;
use super::Records;
use crate::domain::answer::Answer;
use crate::domain::case::CaseState;
use crate::domain::time::display;
use crate::domain::views::{OwedRow, Past, PastAnswer};
use crate::domain::words::show as words;
use crate::pathway::definition::Means;
use crate::pathway::prefill;

/// So much of what is owed is looked through, the earliest first.
const MOST_READ: u32 = 1_000;
/// The most matters of one agenda.
const MOST: usize = 40;

impl Store {
    /// The agenda for a form of this case, the worst first; empty where no form of its pathway asks for one. A meeting that
    /// is about one place goes through that place's matters.
    pub(super) fn agenda(
        &self,
        scope: &Scope,
        state: &CaseState,
        now: DateTime<Utc>,
    ) -> Result<Vec<Past>, ReadError> {
        let editions = self.editions()?;
        let pathway = editions.current().pathways.get(&state.pathway);
        if !pathway.is_some_and(|pathway| prefill::asks_agenda(pathway)) {
            return Ok(Vec::new());
        }
        let rows = self.owed_rows(
            &Records::with_duties(&self.conn, self.rota_at(now)?, now),
            scope,
            &*self.roles()?,
            &format!("WHERE {} ORDER BY o.due, o.id LIMIT ?1", scope.stands("o")),
            [MOST_READ],
        )?;
        let zone = self.zone()?;
        let mut seen = BTreeSet::new();
        let is_here = |row: &OwedRow| state.location.is_none() || row.location == state.location;
        let is_matter = |row: &OwedRow| row.commitment.due <= now || row.level.is_some();
        let mut matters: Vec<OwedRow> = rows
            .into_iter()
            .filter(|row| row.commitment.case != state.id && is_here(row) && is_matter(row))
            .filter(|row| row.ask.is_some() || seen.insert(row.commitment.case))
            .collect();
        matters.sort_by_key(|row| std::cmp::Reverse(row.level.as_ref().map_or(0, |level| level.weight)));
        matters.truncate(MOST);
        let item = |row: &OwedRow| {
            let due = display::short(row.commitment.due, now, zone);
            let level = row.level.as_ref().map(|level| level.label.as_str());
            let said = match &row.ask {
                Some(ask) => words::agenda_restricted(ask, &row.commitment.what, &due),
                None => words::agenda(level, row.headline.as_deref(), &row.commitment.what, &due),
            };
            Past {
                entry: row.commitment.opened_by,
                pathway: String::new(),
                of_record: false,
                source: row.reference.clone(),
                answers: vec![PastAnswer {
                    means: Means::Promise.name(),
                    label: String::new(),
                    answer: Answer::Text(said.clone()),
                    words: said,
                }],
            }
        };
        Ok(matters.iter().map(item).collect())
    }
}

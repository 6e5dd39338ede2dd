//! The organisations of which whoever takes one is warned: an open case about it stands in a state that says so. It is
//! somebody's safety, so it is told to everybody who may take one, without a word of why.

use rusqlite::Connection;

use super::super::Store;
use super::super::derive::reference;
use super::super::error::ReadError;
use super::super::merged;
use super::super::rows::json;
use super::Records;
use crate::domain::answer::When;
use crate::domain::case::CaseState;
use crate::domain::entry::Caution;
use crate::domain::permission::Viewer;
use crate::domain::views::RecordRow;
use crate::pathway::definition::{Pathway, State};
use crate::pathway::edition::Edition;

impl Store {
    /// The organisations whoever takes is warned of.
    ///
    /// # Errors
    /// [`ReadError::Denied`] where the viewer may not read people's records.
    pub fn cautions(&self, viewer: &Viewer) -> Result<Vec<Caution>, ReadError> {
        self.scope(viewer)?;
        Ok(read(&self.conn, self.editions()?.current())?)
    }

    /// The same rows, organisations among them with why one is warned of them.
    pub(super) fn with_cautions(&self, mut rows: Vec<RecordRow>) -> Result<Vec<RecordRow>, ReadError> {
        if rows.iter().any(|row| row.register == OUTSIDE) {
            let cautions = read(&self.conn, self.editions()?.current())?;
            for row in &mut rows {
                let own = cautions.iter().filter(|caution| caution.organisation == row.id);
                row.more.cautions = own.cloned().collect();
            }
        }
        Ok(rows)
    }
}

/// The register of whoever is outside.
const OUTSIDE: &str = "organisations";

/// Those there are, by case.
pub(in crate::store) fn read(conn: &Connection, edition: &Edition) -> rusqlite::Result<Vec<Caution>> {
    let records = Records::new(conn);
    let mut found = Vec::new();
    for pathway in edition.pathways.with(|head| head.warns).map(AsRef::as_ref) {
        let mut statement = conn.prepare_cached(
            "SELECT c.body, c.letter, c.number FROM cases c
             WHERE c.pathway = ?1 AND c.closed = 0 AND c.state = ?2 ORDER BY c.id",
        )?;
        for state in pathway.states.iter().filter(|state| state.caution) {
            let mut rows = statement.query([&pathway.id, &state.id])?;
            while let Some(row) = rows.next()? {
                let case: CaseState = json(row, 0)?;
                let Some(organisation) = case.subject else { continue };
                let organisation = merged::kept(conn, organisation)?;
                let Some(record) = records.get(organisation)? else { continue };
                found.push(Caution {
                    organisation,
                    name: record.name,
                    case: case.id,
                    reference: reference(&row.get::<_, String>(1)?, row.get(2)?),
                    state: state.title.clone(),
                    since: since(&case, pathway, state),
                });
            }
        }
    }
    Ok(found)
}

/// Since when a case stands in a state: when the last step that leads there happened.
fn since(case: &CaseState, pathway: &Pathway, state: &State) -> When {
    let leads = |kind: &str| pathway.step(kind).is_some_and(|step| step.to.as_ref() == Some(&state.id));
    let led = case.entries.iter().rev().find(|mark| mark.counts() && leads(&mark.kind));
    led.map_or(When::exact(case.opened_at), |mark| mark.occurred)
}

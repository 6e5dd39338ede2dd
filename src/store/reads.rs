//! What reads are asked for, and what they have in common; how each is answered is in the files below.

mod board;
mod case;
mod confirm;
mod lists;
mod people;

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, Row};

use super::Store;
use super::derive::{reference, scalar_count};
use super::error::ReadError;
use super::rows::json;
use super::scope::{self, Scope};
use crate::domain::answer::{Answer, Answers};
use crate::domain::commitment::{Commitment, Party};
use crate::domain::ids::CaseId;
use crate::domain::permission::{Reason, Roles, Viewer};
use crate::domain::views::{OwedRow, RecordRow, party_name};
use crate::domain::words::store as words;

/// How many rows each pane of the board is given at most.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Urgent calls.
    pub calls: u32,
    /// Escalations.
    pub escalations: u32,
    /// Overdue external actions.
    pub overdue: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self { calls: 50, escalations: 50, overdue: 50 }
    }
}

/// Which cases a list holds.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CaseFilter {
    /// Of one pathway; otherwise of all that are no registers.
    pub pathway: Option<String>,
    /// Closed (`true`) or open (`false`) ones only.
    pub closed: Option<bool>,
    /// About one subject.
    pub subject: Option<CaseId>,
}

impl Store {
    /// What a viewer may read. A desk where nobody has said who they are reads only while the office has no staff.
    pub(super) fn scope(&self, viewer: &Viewer) -> Result<Scope, ReadError> {
        if viewer.system || self.is_unstaffed()? {
            return Ok(Scope::All);
        }
        if viewer.staff.is_none() {
            return Err(Reason(words::NOBODY_SIGNED_IN.to_owned()).into());
        }
        scope::readable(&*self.roles()?, viewer)
    }

    pub(super) fn is_unstaffed(&self) -> Result<bool, ReadError> {
        Ok(scalar_count(
            &self.conn,
            "SELECT count(*) FROM (SELECT 1 FROM records WHERE register = 'staff' LIMIT 1)",
        )? == 0)
    }

    /// A kept count, at the locations that may be read.
    pub(super) fn counted(&self, scope: &Scope, what: &str) -> Result<u64, ReadError> {
        let sql = format!("SELECT coalesce(sum(n), 0) FROM counts WHERE what = ?1 AND {}", scope.on_counts());
        Ok(self.conn.prepare_cached(&sql)?.query_row([what], |row| super::rows::count(row, 0))?)
    }

    /// Rows of what is owed, named and complete.
    pub(super) fn owed_rows(
        &self,
        roles: &Roles,
        sql: &str,
        values: impl rusqlite::Params,
    ) -> Result<Vec<OwedRow>, ReadError> {
        let mut statement = self.conn.prepare_cached(&format!(
            "SELECT o.body, c.letter, c.number, c.subject, c.risk, c.headline, c.facts, c.version, o.rank
             FROM owed o JOIN cases c ON c.id = o.case_id {sql}"
        ))?;
        let mut rows = statement.query(values)?;
        let mut owed = Vec::new();
        while let Some(row) = rows.next()? {
            owed.push(self.owed_row(roles, row)?);
        }
        Ok(owed)
    }

    fn owed_row(&self, roles: &Roles, row: &Row<'_>) -> Result<OwedRow, ReadError> {
        let commitment: Commitment = json(row, 0)?;
        let subject = super::rows::maybe_id(row, 3)?;
        let facts: crate::domain::case::Facts = json(row, 6)?;
        let party = |party: &Party| self.party(party, |role| roles.title(role).to_owned());
        let short = |party: &Party| self.party(party, |role| roles.short(role).to_owned());
        let outside = match &commitment.obligor {
            Party::Outside(named) => named.id,
            _ => None,
        };
        let phone = outside.map(|id| record_row(&self.conn, id)).transpose()?.flatten().and_then(|r| r.phone);
        Ok(OwedRow {
            reference: reference(&row.get::<_, String>(1)?, row.get(2)?),
            subject: subject.map(|id| record_row(&self.conn, id)).transpose()?.flatten(),
            obligor: party(&commitment.obligor)?,
            owner: party(&commitment.owner)?,
            owner_short: short(&commitment.owner)?,
            risk: row.get(4)?,
            headline: row.get(5)?,
            controls: facts.controls,
            phone: phone.or(facts.call_back),
            version: super::rows::count(row, 7)?,
            rank: row.get(8)?,
            commitment,
        })
    }

    fn party(&self, party: &Party, role: impl Fn(&str) -> String) -> Result<String, ReadError> {
        let staff = match party {
            Party::Staff(id) => record_row(&self.conn, *id)?.map(|record| record.short),
            _ => None,
        };
        let holder = match party {
            Party::Role(duty) => self.holder(duty)?,
            _ => None,
        };
        let named = |duty: &str| holder.clone().unwrap_or_else(|| role(duty));
        Ok(party_name(party, |_| staff.clone(), named))
    }

    /// The name of whoever holds a duty now.
    fn holder(&self, duty: &str) -> Result<Option<String>, ReadError> {
        let staff = self
            .conn
            .prepare_cached("SELECT staff FROM holders WHERE duty = ?1")?
            .query_row([duty], |row| super::rows::id(row, 0))
            .optional()?;
        Ok(staff.map(|staff| record_row(&self.conn, staff)).transpose()?.flatten().map(|record| record.short))
    }
}

/// A record as lists name it: without its answers, with the name of its place.
pub(super) fn record_row(conn: &Connection, id: CaseId) -> rusqlite::Result<Option<RecordRow>> {
    let found: Option<RecordRow> = conn
        .prepare_cached("SELECT row FROM records WHERE id = ?1")?
        .query_row([id.0.as_bytes()], |row| json(row, 0))
        .optional()?;
    found.map(|record| placed(conn, record)).transpose()
}

/// Adds the name of a record's place.
pub(super) fn placed(conn: &Connection, mut record: RecordRow) -> rusqlite::Result<RecordRow> {
    if let Some(location) = record.location.filter(|location| *location != record.id) {
        let place: Option<RecordRow> = conn
            .prepare_cached("SELECT row FROM records WHERE id = ?1")?
            .query_row([location.0.as_bytes()], |row| json(row, 0))
            .optional()?;
        record.place = place.map(|place| place.name);
    }
    Ok(record)
}

/// A case's short reference; empty where there is no such case yet.
pub(super) fn reference_of(conn: &Connection, case: CaseId) -> rusqlite::Result<String> {
    let found = conn
        .prepare_cached("SELECT letter, number FROM cases WHERE id = ?1")?
        .query_row([case.0.as_bytes()], |row| Ok(reference(&row.get::<_, String>(0)?, row.get(1)?)))
        .optional()?;
    Ok(found.unwrap_or_default())
}

/// The title of a step in force, or of an act its kind.
pub(super) fn title_of(conn: &Connection, pathway: &str, kind: &str) -> rusqlite::Result<String> {
    let found: Option<String> = conn
        .prepare_cached("SELECT title FROM steps WHERE kind = ?1")?
        .query_row([format!("{pathway}.{kind}")], |row| row.get(0))
        .optional()?;
    Ok(found.unwrap_or_else(|| words::act_title(kind)))
}

/// Roles and duties of a member of staff now.
pub(super) fn viewer_of(conn: &Connection, staff: Option<CaseId>) -> rusqlite::Result<Viewer> {
    let Some(staff) = staff else { return Ok(Viewer::default()) };
    let key = staff.0.as_bytes();
    let roles: Option<Vec<(String, Option<CaseId>)>> = conn
        .prepare_cached("SELECT roles FROM records WHERE id = ?1 AND register = 'staff' AND closed = 0")?
        .query_row([key], |row| json(row, 0))
        .optional()?;
    let Some(roles) = roles else { return Ok(Viewer { staff: Some(staff), ..Viewer::default() }) };
    let duties = conn
        .prepare_cached("SELECT duty FROM holders WHERE staff = ?1 ORDER BY duty")?
        .query_map([key], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    Ok(Viewer { staff: Some(staff), roles, duties, system: false })
}

/// Every record named in answers.
pub(super) fn named_in(answers: &Answers, found: &mut Vec<CaseId>) {
    for answer in answers.values() {
        match answer {
            Answer::Named(named) => found.extend(named.id),
            Answer::Rows(rows) => rows.iter().for_each(|row| named_in(row, found)),
            _ => {}
        }
    }
}

/// When the last entry was recorded.
fn last_recorded(conn: &Connection) -> rusqlite::Result<Option<DateTime<Utc>>> {
    Ok(super::ledger::head(conn)?.recorded_at)
}

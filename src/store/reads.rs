//! What reads are asked for, and what they have in common; how each is answered is in the files below.

mod board;
mod case;
mod confirm;
mod lists;
mod people;
mod records;
mod register;

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, Row};

pub(super) use self::records::Records;
pub use self::register::InFull;
use super::Store;
use super::derive::{reference, scalar_count};
use super::error::ReadError;
use super::rows::json;
use super::scope::{self, Scope};
use crate::domain::answer::{Answer, Answers};
use crate::domain::case::Level;
use crate::domain::commitment::{Commitment, Party};
use crate::domain::ids::CaseId;
use crate::domain::permission::{Reason, Roles, Viewer};
use crate::domain::views::{OwedRow, party_name};
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
        records: &Records<'_>,
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
            owed.push(owed_row(records, roles, row)?);
        }
        Ok(owed)
    }
}

/// What a row of a list shows of the facts of its case.
#[derive(serde::Deserialize)]
pub(super) struct Shown {
    #[serde(default)]
    level: Option<Level>,
    call_back: Option<String>,
    controls: Vec<String>,
}

fn owed_row(records: &Records<'_>, roles: &Roles, row: &Row<'_>) -> Result<OwedRow, ReadError> {
    let commitment: Commitment = json(row, 0)?;
    let shown: Shown = json(row, 6)?;
    let outside = match &commitment.obligor {
        Party::Outside(named) => named.id,
        _ => None,
    };
    let phone = outside.map_or(Ok(None), |id| records.phone(id))?;
    let party = |who: &Party| party(records, who, |role| roles.title(role).to_owned());
    let owner_short = self::party(records, &commitment.owner, |role| roles.short(role).to_owned())?;
    Ok(OwedRow {
        reference: reference(&row.get::<_, String>(1)?, row.get(2)?),
        subject: records.of(super::rows::maybe_id(row, 3)?)?,
        obligor: party(&commitment.obligor)?,
        owner: party(&commitment.owner)?,
        owner_short,
        risk: row.get(4)?,
        level: shown.level,
        headline: row.get(5)?,
        controls: shown.controls,
        phone: phone.or(shown.call_back),
        version: super::rows::count(row, 7)?,
        rank: row.get(8)?,
        commitment,
    })
}

fn party(records: &Records<'_>, party: &Party, role: impl Fn(&str) -> String) -> Result<String, ReadError> {
    let named = match party {
        Party::Staff(id) => records.short(*id)?,
        Party::Role(duty) => records.holder(duty)?,
        Party::Outside(_) => None,
    };
    let held = |duty: &str| named.clone().unwrap_or_else(|| role(duty));
    Ok(party_name(party, |_| named.clone(), held))
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

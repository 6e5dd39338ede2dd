//! What reads are asked for, and what they have in common; how each is answered is in the files below.

mod abreast;
mod agenda;
mod agreed;
mod audit;
mod board;
mod case;
mod cautions;
mod confirm;
mod decisions;
mod disposal;
mod find;
mod handover;
mod hashed;
mod judged;
mod keys;
mod known_by;
mod lists;
mod locations;
mod looks;
mod matters;
mod measures;
mod mine;
mod pack;
mod past;
mod people;
mod providers;
mod queues;
mod records;
mod register;
mod rehearsal;
mod relying;
mod reviews;
mod rota;
mod scorecard;
mod search;
mod second;
mod shares;
mod signs;
mod slips;
mod spoken;
mod tags;
mod tasks;
mod ticking;
mod trends;
mod veil;
mod visits;
mod why;

use std::sync::Arc;

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, Row};

pub(super) use self::abreast::abreast;
pub(super) use self::cautions::read as cautions;
pub use self::hashed::{Content, Hashed};
pub(super) use self::keys::enrolled;
pub use self::pack::{Packed, PackedCase};
pub(super) use self::records::Records;
pub use self::register::InFull;
pub(super) use self::rota::{Kept as KeptRota, read as rota};
pub(super) use self::second::{may_be_second, waits_for_second};
pub(super) use self::slips::numbers as slip_numbers;
use self::veil::Veil;
use super::Store;
use super::derive::{ActsFor, reference, scalar_count};
use super::error::ReadError;
use super::rows::{json, maybe_id};
use super::scope::{self, Scope};
use crate::domain::answer::{Answer, Answers, When};
use crate::domain::case::{Alarm, Level, alarm};
use crate::domain::commitment::{Acknowledged, Commitment, Party};
use crate::domain::eyes::Eyes;
use crate::domain::ids::{CaseId, EntryId};
use crate::domain::permission::{Acting, Action, Grant, Held, OFFICE_REGISTERS, Reason, Roles, Viewer, may};
use crate::domain::rota::Rota;
use crate::domain::views::{OwedRow, Rang, RecordRow, party_name};
use crate::domain::words::store as words;
use crate::pathway::definition::Listed;

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
            return Ok(Scope::all());
        }
        if viewer.staff.is_none() {
            return Err(Reason(words::NOBODY_SIGNED_IN.to_owned()).into());
        }
        scope::readable(&self.conn, &*self.roles()?, viewer)
    }

    /// What counts in a viewer's measures.
    pub(super) fn scope_of_measures(&self, viewer: &Viewer) -> Result<Scope, ReadError> {
        let everything = viewer.system || self.is_unstaffed()?;
        let readable = self.scope(viewer)?;
        if everything { Ok(readable) } else { scope::measurable(&self.conn, &*self.roles()?, viewer) }
    }

    /// Whom to ask about the first of these records and cases that is restricted and not for the viewer; `None` where
    /// none is.
    pub(super) fn ask(
        &self,
        viewer: &Viewer,
        ids: impl Iterator<Item = CaseId>,
    ) -> Result<Option<String>, ReadError> {
        if viewer.system || self.is_unstaffed()? {
            return Ok(None);
        }
        let scope = scope::classes_of(&self.conn, &*self.roles()?, viewer)?;
        let mut class = self.conn.prepare_cached("SELECT class FROM cases WHERE id = ?1")?;
        for id in ids {
            let found = class.query_row([id.0.as_bytes()], |row| maybe_id(row, 0)).optional()?;
            if let Some(whom) = scope.ask(&self.conn, found.flatten())? {
                return Ok(Some(whom));
            }
        }
        Ok(None)
    }

    /// Whether a viewer may read anything of anybody supported.
    ///
    /// # Errors
    /// Where the ledger cannot be read.
    pub fn reads_people(&self, viewer: &Viewer) -> Result<bool, ReadError> {
        match self.scope(viewer) {
            Ok(_) => Ok(true),
            Err(ReadError::Denied(_)) => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// What a viewer may read of a register. Those of the office itself are open to whoever looks after it, too.
    pub(super) fn scope_of_register(&self, viewer: &Viewer, register: &str) -> Result<Scope, ReadError> {
        match self.scope(viewer) {
            Err(ReadError::Denied(reason)) if OFFICE_REGISTERS.contains(&register) => {
                let own = may(&*self.roles()?, viewer, &Action::Granted(Grant::ReadOffice), None);
                match own {
                    Ok(()) => scope::office(&self.conn, &*self.roles()?, viewer),
                    Err(_) => Err(ReadError::Denied(reason)),
                }
            }
            scope => scope,
        }
    }

    pub(super) fn is_unstaffed(&self) -> Result<bool, ReadError> {
        Ok(scalar_count(
            &self.conn,
            "SELECT count(*) FROM (SELECT 1 FROM records WHERE register = 'staff' LIMIT 1)",
        )? == 0)
    }

    /// A kept count of what may be read.
    pub(super) fn counted(&self, scope: &Scope, what: &str) -> Result<u64, ReadError> {
        self.counted_under(&scope.on_counts(), what)
    }

    /// A kept count of what somebody waits for, stubs among it.
    pub(super) fn counted_owed(&self, scope: &Scope, what: &str) -> Result<u64, ReadError> {
        self.counted_under(&scope.stands_in_counts(), what)
    }

    fn counted_under(&self, condition: &str, what: &str) -> Result<u64, ReadError> {
        let sql = format!("SELECT coalesce(sum(n), 0) FROM counts WHERE what = ?1 AND {condition}");
        Ok(self.conn.prepare_cached(&sql)?.query_row([what], |row| super::rows::count(row, 0))?)
    }

    /// Rows of what is owed, named and complete; of a restricted record that may not be seen, a stub.
    pub(super) fn owed_rows(
        &self,
        records: &Records<'_>,
        scope: &Scope,
        roles: &Roles,
        sql: &str,
        values: impl rusqlite::Params,
    ) -> Result<Vec<OwedRow>, ReadError> {
        let mut statement = self.conn.prepare_cached(&format!(
            "SELECT o.body, c.letter, c.number, c.subject, c.risk, c.headline, c.facts, c.version, o.rank, o.class,
                o.location, c.urgent, c.closed, c.called_at, c.pathway
             FROM owed o JOIN cases c ON c.id = o.case_id {sql}"
        ))?;
        let mut rows = statement.query(values)?;
        let mut owed = Vec::new();
        while let Some(row) = rows.next()? {
            owed.push(owed_row(records, roles, row, scope, scope.ask(&self.conn, maybe_id(row, 9)?)?)?);
        }
        Ok(owed)
    }
}

/// What a row of a list shows of the facts of its case.
#[derive(serde::Deserialize)]
pub(super) struct Shown {
    #[serde(default)]
    level: Option<Level>,
    #[serde(default)]
    alarms: Vec<Alarm>,
    caller: Option<String>,
    call_back: Option<String>,
    controls: Vec<String>,
    said_of: Option<String>,
    seen: Option<(String, When)>,
    sees_next: Option<(String, Option<When>)>,
    #[serde(default)]
    links: Vec<CaseId>,
}

fn owed_row(
    records: &Records<'_>,
    roles: &Roles,
    row: &Row<'_>,
    scope: &Scope,
    ask: Option<String>,
) -> Result<OwedRow, ReadError> {
    let mut commitment: Commitment = json(row, 0)?;
    // Who has a duty is asked of the place where it is owed.
    let at = maybe_id(row, 10)?;
    let party = |who: &Party| party(records, who, at, |role| roles.title(role).to_owned());
    let in_short = |who: &Party| self::party(records, who, at, |role| roles.short(role).to_owned());
    if let Some(whom) = ask {
        let (owner, owner_short) = (party(&commitment.owner)?, in_short(&commitment.owner)?);
        let (rank, version) = (row.get(8)?, super::rows::count(row, 7)?);
        let (names, location) = (mine::names_in(records, &commitment.holding)?, maybe_id(row, 10)?);
        let offered_to = mine::offered_to(records, roles, &commitment.holding)?;
        return Ok(OwedRow {
            rank,
            version,
            offered_to,
            names,
            location,
            ..OwedRow::stub(commitment, &whom, owner, owner_short)
        });
    }
    Veil::new(scope).commitment(&mut commitment);
    let shown: Shown = json(row, 6)?;
    let outside_owes = commitment.obligor.is_outside();
    // Never that of whoever rang: they may be the one whom a concern is about.
    let phone = match &commitment.obligor {
        Party::Outside(named) => named.id.map_or(Ok(None), |id| records.phone(id))?,
        Party::Staff(id) => records.phone(*id)?,
        Party::Role(duty) => records.holders_phone(duty, at),
    };
    let rang = shown.call_back.map(|call_back| Rang { caller: shown.caller.unwrap_or_default(), call_back });
    let owner_short = in_short(&commitment.owner)?;
    let subject = records.of(super::rows::maybe_id(row, 3)?)?;
    let is_open_call = row.get::<_, i64>(11)? != 0 && row.get::<_, i64>(12)? == 0;
    let called = super::rows::instant(row, 13)?;
    let eyes = is_open_call.then(|| Eyes {
        called,
        seen: shown.seen,
        next: shown.sees_next,
        weight: shown.level.as_ref().map_or(Level::UNKNOWN, |level| level.weight),
        whereabouts: subject.as_ref().and_then(RecordRow::whereabouts),
    });
    Ok(OwedRow {
        pathway: row.get(14)?,
        reference: reference(&row.get::<_, String>(1)?, row.get(2)?),
        said_of: shown.said_of.filter(|_| subject.is_none()).unwrap_or_default(),
        subject,
        obligor: party(&commitment.obligor)?,
        owner: party(&commitment.owner)?,
        owner_short,
        risk: row.get(4)?,
        level: shown.level,
        alarm: alarm(&shown.alarms),
        headline: row.get(5)?,
        controls: shown.controls,
        phone,
        rang,
        eyes,
        linked: if outside_owes { records.open_pathways(scope, &shown.links)? } else { Vec::new() },
        version: super::rows::count(row, 7)?,
        rank: row.get(8)?,
        seen_by: seen_by(records, &commitment)?,
        offered_to: mine::offered_to(records, roles, &commitment.holding)?,
        names: mine::names_in(records, &commitment.holding)?,
        location: maybe_id(row, 10)?,
        ask: None,
        commitment,
    })
}

/// Who has seen that something is owed.
fn seen_by(records: &Records<'_>, owed: &Commitment) -> Result<Vec<(String, DateTime<Utc>)>, ReadError> {
    let named = |seen: &Acknowledged| Ok((records.short(seen.by)?.unwrap_or_default(), seen.at));
    owed.acknowledged.iter().map(named).collect()
}

fn party(
    records: &Records<'_>,
    party: &Party,
    at: Option<CaseId>,
    role: impl Fn(&str) -> String,
) -> Result<String, ReadError> {
    let named = match party {
        Party::Staff(id) => records.short(*id)?,
        Party::Role(duty) => records.holder(duty, at),
        Party::Outside(_) => None,
    };
    let held = |duty: &str| named.clone().unwrap_or_else(|| role(duty));
    Ok(party_name(party, |_| named.clone(), held))
}

/// A case's short reference; empty where there is no such case yet.
pub(in crate::store) fn reference_of(conn: &Connection, case: CaseId) -> rusqlite::Result<String> {
    let found = conn
        .prepare_cached("SELECT letter, number FROM cases WHERE id = ?1")?
        .query_row([case.0.as_bytes()], |row| Ok(reference(&row.get::<_, String>(0)?, row.get(1)?)))
        .optional()?;
    Ok(found.unwrap_or_default())
}

/// Whose act an entry is, as lists name them; `None` where nobody had said who they are, or it was the program's own.
pub(super) fn author_of(conn: &Connection, entry: EntryId) -> rusqlite::Result<Option<String>> {
    let named = conn
        .prepare_cached(
            "SELECT r.row ->> 'short' FROM entries e JOIN records r ON r.id = e.by_staff WHERE e.id = ?1",
        )?
        .query_row([entry.0.as_bytes()], |row| row.get::<_, Option<String>>(0))
        .optional()?;
    Ok(named.flatten())
}

/// The title of a step in force, or of an act its kind.
pub(super) fn title_of(conn: &Connection, pathway: &str, kind: &str) -> rusqlite::Result<String> {
    let found: Option<String> = conn
        .prepare_cached("SELECT title FROM steps WHERE kind = ?1")?
        .query_row([format!("{pathway}.{kind}")], |row| row.get(0))
        .optional()?;
    Ok(found.unwrap_or_else(|| words::act_title(kind)))
}

/// Roles and duties of a member of staff, and for whom they act or will act, as of now. Whoever has left has none, and
/// nobody acts for them.
pub(super) fn viewer_of(
    conn: &Connection,
    staff: Option<CaseId>,
    rota: &Arc<Rota>,
    now: DateTime<Utc>,
) -> rusqlite::Result<Viewer> {
    let Some(staff) = staff else { return Ok(Viewer::default()) };
    type Here = (Vec<Held>, Vec<ActsFor>, RecordRow);
    let here = |id: CaseId| -> rusqlite::Result<Option<Here>> {
        conn.prepare_cached(
            "SELECT roles, acting, row FROM records WHERE id = ?1 AND register = 'staff' AND closed = 0",
        )?
        .query_row([id.0.as_bytes()], |row| Ok((json(row, 0)?, json(row, 1)?, json(row, 2)?)))
        .optional()
    };
    let Some((own, acts, _)) = here(staff)? else {
        return Ok(Viewer { staff: Some(staff), ..Viewer::default() });
    };
    let mut acting = Vec::new();
    for (whom, from, until) in acts {
        let (Some(from), Some(until)) =
            (DateTime::from_timestamp_millis(from), DateTime::from_timestamp_millis(until))
        else {
            continue;
        };
        if let Some((roles, _, row)) = here(whom)?.filter(|_| now < until) {
            acting.push(Acting { whom, name: row.short, from, until, roles });
        }
    }
    Ok(Viewer::of(staff, own, acting, rota.clone(), now))
}

/// Everybody on the staff list who has not left.
pub(super) fn active_staff(conn: &Connection) -> rusqlite::Result<Vec<CaseId>> {
    conn.prepare_cached("SELECT id FROM records WHERE register = 'staff' AND closed = 0 ORDER BY sort, id")?
        .query_map([], |row| super::rows::id(row, 0))?
        .collect()
}

/// Whether somebody is on the staff list and has not left.
pub(super) fn is_on_staff(conn: &Connection, staff: CaseId) -> rusqlite::Result<bool> {
    conn.prepare_cached("SELECT 1 FROM records WHERE id = ?1 AND register = 'staff' AND closed = 0")?
        .exists([staff.0.as_bytes()])
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

//! What waits for a second person, for whoever may be that person; and what was done alone, for whoever oversees.
//!
//! The word itself is an act ([`crate::domain::act::Act::Countersign`]); what it does is left to the fold.

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension};

use super::super::Store;
use super::super::allow::{self, Asked};
use super::super::error::ReadError;
use super::super::ledger::{self, Stored};
use super::super::rows::count;
use super::super::scope;
use super::{Records, reference_of, title_of};
use crate::domain::entry::{Entry, Said};
use crate::domain::ids::{CaseId, EntryId, Seq};
use crate::domain::permission::{Reason, Roles, Viewer};
use crate::domain::views::{DoneAlone, ToCountersign};
use crate::domain::words::store as words;
use crate::pathway::edition::Editions;

impl Store {
    /// What waits for a second person and the viewer may agree to, oldest first. Nothing for a desk where nobody is
    /// signed in.
    ///
    /// # Errors
    /// Where it could not be read.
    pub fn to_countersign(
        &self,
        viewer: &Viewer,
        now: DateTime<Utc>,
    ) -> Result<Vec<ToCountersign>, ReadError> {
        let waiting = self.waiting_for_second()?;
        if waiting.is_empty() || viewer.staff.is_none() {
            return Ok(Vec::new());
        }
        let (roles, editions, records) = (self.roles()?, self.editions()?, Records::new(&self.conn));
        let classes = scope::classes_of(&self.conn, &roles, viewer)?;
        let mut rows = Vec::new();
        for stored in waiting {
            let (entry, _) = stored.read();
            let (location, class) = self.place_of(entry.case)?;
            let may = may_be_second(&roles, Some(&editions), &entry, viewer.clone(), location, now);
            if may.is_err() || classes.ask(&self.conn, class)?.is_some() {
                continue;
            }
            rows.push(ToCountersign {
                reference: self.reference_in(&entry)?,
                // An entry in a register is about the record it stands in.
                about: records.of(entry.subject.or(entry.case))?,
                title: self.title_of_entry(&entry)?,
                by: records.whose(&entry)?,
                seen: self.version_of(entry.case)?,
                entry,
            });
        }
        Ok(rows)
    }

    /// What wants two people and was done by one, with the reason, newest first. For whoever may read records.
    ///
    /// # Errors
    /// [`ReadError::Denied`] for anyone else.
    pub fn done_alone(&self, viewer: &Viewer, limit: u32) -> Result<Vec<DoneAlone>, ReadError> {
        let scope = self.scope(viewer)?;
        let seqs: Vec<Seq> = self
            .conn
            .prepare_cached("SELECT seq FROM done_alone ORDER BY seq DESC LIMIT ?1")?
            .query_map([limit], |row| count(row, 0))?
            .collect::<rusqlite::Result<_>>()?;
        let records = Records::new(&self.conn);
        let mut rows = Vec::new();
        for seq in seqs {
            let stored = ledger::after(&self.conn, seq.saturating_sub(1), 1)?;
            let Some((entry, _)) = stored.first().map(Stored::read) else { continue };
            let (location, class) = self.place_of(entry.case)?;
            if scope.holds(&self.conn, location, class).is_err() {
                continue;
            }
            rows.push(DoneAlone {
                reference: self.reference_in(&entry)?,
                about: records.of(entry.subject.or(entry.case))?,
                title: self.title_of_entry(&entry)?,
                by: records.whose(&entry)?,
                why: entry.leave.alone.clone().unwrap_or_default(),
                entry,
            });
        }
        Ok(rows)
    }

    fn waiting_for_second(&self) -> rusqlite::Result<Vec<Stored>> {
        let ids: Vec<CaseId> = self
            .conn
            .prepare_cached("SELECT entry FROM to_countersign ORDER BY seq")?
            .query_map([], |row| super::super::rows::id(row, 0))?
            .collect::<rusqlite::Result<_>>()?;
        let stored = ids.into_iter().map(|id| ledger::by_id(&self.conn, EntryId(id.0)));
        stored.filter_map(Result::transpose).collect()
    }

    pub(super) fn title_of_entry(&self, entry: &Entry) -> rusqlite::Result<String> {
        match &entry.said {
            Said::Step(said) => title_of(&self.conn, &said.pathway, &said.step),
            Said::Act(act) => title_of(&self.conn, "", act.kind()),
            Said::Stub(_) => Ok(String::new()),
        }
    }

    fn reference_in(&self, entry: &Entry) -> rusqlite::Result<String> {
        Ok(entry.case.map(|case| reference_of(&self.conn, case)).transpose()?.unwrap_or_default())
    }

    /// Location and access class of a case.
    pub(super) fn place_of(
        &self,
        case: Option<CaseId>,
    ) -> rusqlite::Result<(Option<CaseId>, Option<CaseId>)> {
        Ok(case.map(|case| allow::stands(&self.conn, case)).transpose()?.unwrap_or_default())
    }

    fn version_of(&self, case: Option<CaseId>) -> rusqlite::Result<Option<Seq>> {
        let Some(case) = case else { return Ok(None) };
        self.conn
            .prepare_cached("SELECT version FROM cases WHERE id = ?1")?
            .query_row([case.0.as_bytes()], |row| count(row, 0))
            .optional()
    }
}

/// Whether an entry waits for a second person.
pub(in crate::store) fn waits_for_second(conn: &Connection, entry: EntryId) -> rusqlite::Result<bool> {
    let mut statement = conn.prepare_cached("SELECT 1 FROM to_countersign WHERE entry = ?1")?;
    statement.exists([entry.0.as_bytes()])
}

/// Whether somebody may be the second person of an entry that waits: not one of those who recorded it, nor whoever is
/// given something by it, nor by the leave of one of these alone; otherwise whoever may do the same. A step is asked as the definitions in force have it, or,
/// where they no longer do, as it was filled in.
pub(in crate::store) fn may_be_second(
    roles: &Roles,
    editions: Option<&Editions>,
    entry: &Entry,
    viewer: Viewer,
    location: Option<CaseId>,
    now: DateTime<Utc>,
) -> Result<Option<CaseId>, Reason> {
    let own = |staff: Option<CaseId>| staff.is_some() && staff == viewer.staff;
    if own(entry.who.by) || own(entry.who.typed_by) || own(entry.case) {
        return Err(Reason(words::NOT_YOUR_OWN.to_owned()));
    }
    let apart: Vec<CaseId> = [entry.who.by, entry.who.typed_by, entry.case].into_iter().flatten().collect();
    let viewer = &viewer.apart_from(&apart, now);
    match (&entry.said, editions) {
        (Said::Act(act), _) => allow::second(roles, viewer, Asked::Act(act), location, now),
        (Said::Step(said), Some(editions)) => {
            let current = editions.current().pathways.get(&said.pathway);
            let step = current.and_then(|pathway| pathway.step(&said.step)).or_else(|| editions.step(said));
            match step {
                Some(step) => allow::second(roles, viewer, Asked::Step(step), location, now),
                None => Err(Reason(words::NO_SUCH_STEP.to_owned())),
            }
        }
        (Said::Step(_) | Said::Stub(_), _) => Err(Reason(words::NO_SUCH_STEP.to_owned())),
    }
}

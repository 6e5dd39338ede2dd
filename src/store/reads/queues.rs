//! Two queues that are made on reading, because they change with the clock: whom to ring before they shut, and on whom
//! nobody has their eyes.

use chrono::{DateTime, Utc};
use rusqlite::params;

use super::super::Store;
use super::super::derive::reference;
use super::super::error::ReadError;
use super::super::rows::{id, instant, json, maybe_id};
use super::super::scope::Scope;
use super::{Records, Veil};
use crate::domain::answer::YesNo;
use crate::domain::case::{Facts, Level};
use crate::domain::commitment::Commitment;
use crate::domain::eyes::Eyes;
use crate::domain::ids::CaseId;
use crate::domain::permission::Viewer;
use crate::domain::views::{EyesRow, OwedRow, RecordRow, RingRow, Shuts};
use crate::insight::ring::{OfficeDays, shuts, told_from};

/// The most promises that are looked through. More open at once is no queue any more.
const MOST: u32 = 5_000;

impl Store {
    /// Promises whose organisation closes before they fall due, those that close soonest first; then those that are shut,
    /// due before they open and about somebody at risk; then those whose hours are not known. Of restricted records a stub each.
    ///
    /// # Errors
    /// [`ReadError::Denied`] where the viewer may not read people's records.
    pub fn ring(&self, viewer: &Viewer, now: DateTime<Utc>) -> Result<Vec<RingRow>, ReadError> {
        let transaction = self.conn.unchecked_transaction()?;
        let scope = self.scope(viewer)?;
        let editions = self.editions()?;
        let days = OfficeDays { calendar: &editions.current().calendar, zone: self.zone()? };
        let records = Records::new(&self.conn);
        let outside = format!("WHERE o.outside = 1 AND {} ORDER BY o.due, o.id LIMIT ?1", scope.stands("o"));
        let owed = self.owed_rows(&records, &scope, &*self.roles()?, &outside, [MOST])?;
        let mut rows = Vec::new();
        for owed in owed {
            let organisation = self.whose_promise(&records, &owed)?;
            let hours = organisation.as_ref().and_then(|one| one.more.hours.as_deref());
            let Some(shuts) = shuts(owed.commitment.due, hours, days, now) else { continue };
            // Nobody can be rung who is shut and has no number for such hours; and such a number is for somebody at risk,
            // never for a report. Whether a stub is, whoever reads it is not told: it stands.
            let out_of_hours = organisation.as_ref().and_then(|one| one.more.out_of_hours.as_ref());
            let is_for_that = out_of_hours.is_some() && (owed.level.is_some() || owed.ask.is_some());
            if matches!(shuts, Shuts::Shut { .. }) && !is_for_that {
                continue;
            }
            let controls = if owed.ask.is_none() { self.controls(owed.commitment.case)? } else { Vec::new() };
            let hidden = |one: &RecordRow| owed.ask.is_some() || scope.hides(one.id);
            let organisation = organisation.filter(|one| !hidden(one));
            rows.push(RingRow { owed, organisation, shuts, controls });
        }
        rows.sort_by_key(|row| row.shuts.rank());
        drop(transaction);
        Ok(rows)
    }

    /// From when on the day of `now` the office is told whom to ring before they shut. Anyone may know it.
    ///
    /// # Errors
    /// Where the ledger cannot be read.
    pub fn ring_from(&self, now: DateTime<Utc>) -> Result<DateTime<Utc>, ReadError> {
        let editions = self.editions()?;
        let days = OfficeDays { calendar: &editions.current().calendar, zone: self.zone()? };
        Ok(told_from(&self.clocks()?.ring_before, days, now))
    }

    /// The record of whoever promised it, a stub's too: when they shut says nothing of whom it is about.
    fn whose_promise(&self, records: &Records<'_>, owed: &OwedRow) -> Result<Option<RecordRow>, ReadError> {
        let key: String = self
            .conn
            .prepare_cached("SELECT obligor FROM owed WHERE id = ?1")?
            .query_row([owed.commitment.id.to_string()], |row| row.get(0))?;
        Ok(records.of(key.parse::<CaseId>().ok())?)
    }

    /// Interim controls in force on a case, each with when somebody looks at it again.
    fn controls(&self, case: CaseId) -> Result<Vec<(String, DateTime<Utc>)>, ReadError> {
        let mut statement =
            self.conn.prepare_cached("SELECT body FROM owed WHERE case_id = ?1 ORDER BY due, id")?;
        let owed = statement.query_map([case.0.as_bytes()], |row| json::<Commitment>(row, 0))?;
        let owed = owed.collect::<rusqlite::Result<Vec<_>>>()?;
        let controls = owed.into_iter().filter(|one| one.control == YesNo::Yes);
        Ok(controls.map(|one| (one.what, one.due)).collect())
    }

    /// Open urgent calls with who last saw the person and who sees them next: the worst risk first, and of one risk
    /// whoever has not been seen for longest. Without those whom others see, or nobody has to. Of restricted records a
    /// stub each.
    ///
    /// # Errors
    /// [`ReadError::Denied`] where the viewer may not read people's records.
    pub fn eyes(&self, viewer: &Viewer) -> Result<Vec<EyesRow>, ReadError> {
        let transaction = self.conn.unchecked_transaction()?;
        let scope = self.scope(viewer)?;
        let clocks = self.clocks()?;
        let mut rows = self.watched(&scope)?;
        rows.retain(|row| clocks.eyes_on.asks(&row.eyes));
        rows.sort_by_key(|row| (Level::rank(row.level.as_ref()), row.eyes.unseen_since()));
        drop(transaction);
        Ok(rows)
    }

    fn watched(&self, scope: &Scope) -> Result<Vec<EyesRow>, ReadError> {
        let records = Records::new(&self.conn);
        let veil = Veil::new(scope);
        let mut statement = self.conn.prepare_cached(&format!(
            "SELECT c.id, c.letter, c.number, c.subject, c.called_at, c.facts, c.class FROM cases c
             WHERE c.urgent = 1 AND c.closed = 0 AND {} ORDER BY c.called_at, c.number LIMIT ?1",
            scope.stands("c")
        ))?;
        let mut found = statement.query(params![MOST])?;
        let mut rows = Vec::new();
        while let Some(row) = found.next()? {
            let mut facts: Facts = json(row, 5)?;
            veil.facts(&mut facts);
            let subject = records.of(maybe_id(row, 3)?)?;
            let eyes = Eyes::of(&facts, instant(row, 4)?, subject.as_ref().and_then(RecordRow::whereabouts));
            let case = id(row, 0)?;
            rows.push(match scope.ask(&self.conn, maybe_id(row, 6)?)? {
                Some(whom) => EyesRow {
                    case,
                    reference: String::new(),
                    subject: None,
                    level: None,
                    headline: None,
                    phone: None,
                    eyes: Eyes { weight: Level::UNKNOWN, ..eyes.stub() },
                    ask: Some(whom),
                },
                None => EyesRow {
                    case,
                    reference: reference(&row.get::<_, String>(1)?, row.get(2)?),
                    subject,
                    level: facts.level,
                    headline: facts.headline,
                    phone: facts.call_back,
                    eyes,
                    ask: None,
                },
            });
        }
        Ok(rows)
    }
}

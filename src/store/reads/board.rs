//! The dashboard: one read transaction over derived tables only, so that the first screen waits for no definitions.

use std::collections::BTreeMap;

use chrono::{DateTime, Days, TimeDelta, Utc};
use rusqlite::{OptionalExtension, Row, params};

use super::super::derive::{BEFORE_ALL, reference, scalar_count};
use super::super::error::ReadError;
use super::super::rows::{count, id, instant, json, maybe_id, wrong};
use super::super::scope::Scope;
use super::super::{Store, header};
use super::{Limits, Records, Veil, last_recorded, slips};
use crate::domain::answer::When;
use crate::domain::case::Facts;
use crate::domain::commitment::Commitment;
use crate::domain::eyes::Eyes;
use crate::domain::handover::LATE;
use crate::domain::ids::CaseId;
use crate::domain::permission::Viewer;
use crate::domain::views::{AfterOwed, Board, CallRow, LOOKING_BACK, Office, Page, Queue, RecordRow};

/// The most who are named before anything else on the dashboard.
const MOST_FIRST: u32 = 20;
/// Among so many of the last entries one from the future is looked for.
const LOOKED_BACK: u32 = 200;
/// No list of what is late counts further than this on reading.
const MOST_COUNTED: u32 = 10_000;

/// So long after its shift ended a handover may still be one that whoever comes is to see first: given up to [`LATE`] after,
/// waiting as long, and found as long again ([`crate::domain::views::HandoverRow::waits_at`]).
const FOUND_SO_LONG: TimeDelta = TimeDelta::seconds(3 * LATE.num_seconds());

impl Store {
    /// The dashboard, in one read transaction. Drafts are left to [`super::super::Drafts::rows`], what is locked to
    /// [`super::super::Secrets`].
    ///
    /// # Errors
    /// [`ReadError::Denied`] where the viewer may not read people's records.
    pub fn board(&self, viewer: &Viewer, now: DateTime<Utc>, limits: Limits) -> Result<Board, ReadError> {
        let transaction = self.conn.unchecked_transaction()?;
        let scope = self.scope(viewer)?;
        let zone = self.zone()?;
        let today = zone.start_of_day(zone.day(now));
        let rota = self.rota_at(now)?;
        let records = Records::with_duties(&self.conn, rota.clone(), now);
        let escalations =
            self.owed_page(&records, &scope, Queue::Escalations, now, None, limits.escalations)?;
        let overdue = self.owed_page(&records, &scope, Queue::Overdue, now, None, limits.overdue)?;
        let (calls, calls_today) = self.calls(&records, &scope, today, limits.calls)?;
        let to_confirm = match viewer.staff {
            Some(staff) => self
                .conn
                .prepare_cached(&format!(
                    "SELECT count(*) FROM to_confirm t JOIN cases c ON c.id = t.case_id WHERE t.staff = ?1 AND {}",
                    scope.on("c")
                ))?
                .query_row([staff.0.as_bytes()], |row| count(row, 0))?,
            None => 0,
        };
        let rows = escalations.rows.iter().chain(&overdue.rows).map(|row| row.commitment.case);
        let on_it = calls.rows.iter().map(|row| row.case).chain(rows).collect();
        let board = Board {
            seq: self.head()?,
            recorded_at: last_recorded(&self.conn)?,
            latest: self.latest()?,
            office: self.office()?,
            calls,
            calls_today,
            // A call that waits for a decision is counted and rings the bell, whoever may see whose it is.
            undecided: self.counted_owed(&scope, "calls.undecided")?,
            escalations,
            overdue,
            drafts: Vec::new(),
            not_yet: 0,
            rota,
            sealed: false,
            denied: None,
            reader: viewer.clone(),
            to_confirm,
            first: self.first(&scope)?,
            services: self.services()?,
            slips: slips::numbers(&self.conn)?,
            cautions: self.cautions(viewer)?,
            uncovered: self.uncovered(&scope, now + TimeDelta::days(1))?,
            unsigned: self.unsigned(&scope)?,
            guarded: false,
            barred: Vec::new(),
            handovers: self.handovers(viewer, Some(now - FOUND_SO_LONG))?,
            handed: self.handed_since(now - TimeDelta::days(1))?,
            to_countersign: self.to_countersign(viewer, now)?.len() as u64,
            ticking: self.ticking_in(&scope, now)?,
            offered: self.offered(&scope, viewer)?,
            signs: self.signs_at_hand(&scope, &on_it, now)?,
        };
        drop(transaction);
        Ok(board)
    }

    /// The latest time under which any of the last entries was recorded. It lies ahead of now where the machine's clock
    /// was set back since, or was wrong then. Anyone may know it.
    ///
    /// # Errors
    /// Where the ledger cannot be read.
    pub fn latest(&self) -> Result<Option<DateTime<Utc>>, ReadError> {
        let sql = format!(
            "SELECT max(recorded_at) FROM (SELECT recorded_at FROM entries ORDER BY seq DESC LIMIT {LOOKED_BACK})"
        );
        let latest: Option<i64> = self.conn.prepare_cached(&sql)?.query_row([], |row| row.get(0))?;
        Ok(latest.and_then(DateTime::from_timestamp_millis))
    }

    /// The office as headers show it. Anyone may see it.
    ///
    /// # Errors
    /// Where the ledger cannot be read.
    pub fn office(&self) -> Result<Office, ReadError> {
        let named = self
            .conn
            .prepare_cached("SELECT name, zone, training FROM office")?
            .query_row([], |row| {
                Ok(Office {
                    name: row.get(0)?,
                    zone: row.get(1)?,
                    training: row.get::<_, i64>(2)? != 0,
                    ..Office::default()
                })
            })
            .optional()?;
        let counted = |register| self.counted(&Scope::all(), register);
        Ok(Office {
            locations: counted("records.locations")?,
            staff: counted("records.staff")?,
            ..named.unwrap_or_default()
        })
    }

    /// Those whose whereabouts everybody has to know first.
    fn first(&self, scope: &Scope) -> Result<Vec<RecordRow>, ReadError> {
        let mut statement = self.conn.prepare_cached(&format!(
            "SELECT r.row FROM records r WHERE r.register = 'people' AND r.sort >= ?1 AND r.sort < ?1 || char(1114111)
                AND r.closed = 0 AND {} ORDER BY r.sort, r.id LIMIT {MOST_FIRST}",
            scope.on("r")
        ))?;
        let records = Records::new(&self.conn);
        let rows = statement.query_map([BEFORE_ALL], |row| json(row, 0))?;
        Ok(rows.map(|row| records.placed(row?)).collect::<rusqlite::Result<_>>()?)
    }

    /// The kind of service of each location.
    fn services(&self) -> Result<BTreeMap<CaseId, String>, ReadError> {
        let mut statement =
            self.conn.prepare_cached("SELECT row FROM records WHERE register = 'locations'")?;
        let rows = statement.query_map([], |row| json::<RecordRow>(row, 0))?;
        let mut services = BTreeMap::new();
        for row in rows {
            let row = row?;
            services.extend(row.more.type_of.map(|kind| (row.id, kind.id)));
        }
        Ok(services)
    }

    /// Today's calls and older ones that are open, newest first; and how many came today.
    fn calls(
        &self,
        records: &Records<'_>,
        scope: &Scope,
        today: DateTime<Utc>,
        limit: u32,
    ) -> Result<(Page<CallRow>, u64), ReadError> {
        let readable = scope.on("c");
        let since = today.timestamp_millis();
        let of_today = format!("FROM cases c WHERE urgent = 1 AND called_at >= {since} AND {readable}");
        let older =
            format!("FROM cases c WHERE urgent = 1 AND closed = 0 AND called_at < {since} AND {readable}");
        let mut rows = self.call_rows(records, scope, &of_today, limit)?;
        let left = limit.saturating_sub(u32::try_from(rows.len()).unwrap_or(u32::MAX));
        if left > 0 {
            rows.extend(self.call_rows(records, scope, &older, left)?);
        }
        let calls_today = scalar_count(&self.conn, &format!("SELECT count(*) {of_today}"))?;
        let open_today = scalar_count(&self.conn, &format!("SELECT count(*) {of_today} AND closed = 0"))?;
        let open = self.counted(scope, "calls.open")?;
        Ok((Page { rows, total: calls_today + open.saturating_sub(open_today) }, calls_today))
    }

    fn call_rows(
        &self,
        records: &Records<'_>,
        scope: &Scope,
        from: &str,
        limit: u32,
    ) -> Result<Vec<CallRow>, ReadError> {
        let mut statement = self.conn.prepare_cached(&format!(
            "SELECT id, letter, number, subject, called_at, precision, facts, missing, closed, version {from}
             ORDER BY called_at DESC, number DESC LIMIT {limit}"
        ))?;
        let mut rows = statement.query([])?;
        let mut calls = Vec::new();
        while let Some(row) = rows.next()? {
            calls.push(self.call_row(records, scope, row)?);
        }
        Ok(calls)
    }

    fn call_row(&self, records: &Records<'_>, scope: &Scope, row: &Row<'_>) -> Result<CallRow, ReadError> {
        let case = id(row, 0)?;
        let next: Option<(Commitment, u8)> = self
            .conn
            .prepare_cached("SELECT body, rank FROM owed WHERE case_id = ?1 ORDER BY rank, due, id LIMIT 1")?
            .query_row([case.0.as_bytes()], |row| Ok((json(row, 0)?, row.get(1)?)))
            .optional()?;
        let (mut next, next_rank) = next.map_or((None, LOOKING_BACK), |(next, rank)| (Some(next), rank));
        let veil = Veil::new(scope);
        next.iter_mut().for_each(|next| veil.commitment(next));
        let mut facts: Facts = json(row, 6)?;
        veil.facts(&mut facts);
        let precision: String = row.get(5)?;
        let (subject, called) = (records.of(maybe_id(row, 3)?)?, instant(row, 4)?);
        let closed = row.get::<_, i64>(8)? != 0;
        let eyes =
            (!closed).then(|| Eyes::of(&facts, called, subject.as_ref().and_then(RecordRow::whereabouts)));
        Ok(CallRow {
            case,
            reference: reference(&row.get::<_, String>(1)?, row.get(2)?),
            said_of: facts.said_of.clone().filter(|_| subject.is_none()).unwrap_or_default(),
            subject,
            eyes,
            called: When {
                at: called,
                precision: header::precision(&precision).ok_or_else(|| wrong(5, "no precision"))?,
            },
            facts,
            missing: row.get(7)?,
            closed,
            next,
            next_rank,
            version: count(row, 9)?,
        })
    }

    /// A queue of what is owed, soonest due first, after the row last seen. Open escalations begin with the calls
    /// that nobody has decided, the worst first, and end with reviews.
    ///
    /// # Errors
    /// [`ReadError::Denied`] where the viewer may not read people's records.
    pub fn owed(
        &self,
        viewer: &Viewer,
        queue: Queue,
        now: DateTime<Utc>,
        after: Option<&AfterOwed>,
        limit: u32,
    ) -> Result<Page<crate::domain::views::OwedRow>, ReadError> {
        let transaction = self.conn.unchecked_transaction()?;
        let records = Records::with_duties(&self.conn, self.rota_at(now)?, now);
        let page = self.owed_page(&records, &self.scope(viewer)?, queue, now, after, limit);
        drop(transaction);
        page
    }

    fn owed_page(
        &self,
        records: &Records<'_>,
        scope: &Scope,
        queue: Queue,
        now: DateTime<Utc>,
        after: Option<&AfterOwed>,
        limit: u32,
    ) -> Result<Page<crate::domain::views::OwedRow>, ReadError> {
        let zone = self.zone()?;
        let day = zone.day(now);
        let tomorrow = zone.start_of_day(day.checked_add_days(Days::new(1)).unwrap_or(day));
        let of_queue = match queue {
            Queue::Escalations => "o.urgent = 1".to_owned(),
            Queue::Overdue => format!("o.outside = 1 AND o.due < {}", tomorrow.timestamp_millis()),
            Queue::Owed => "1".to_owned(),
        };
        // What is owed to somebody stands in every queue: of a restricted record as a stub.
        let readable = scope.stands("o");
        let (rank, due, last) = after.map_or((0, i64::MIN, String::new()), |after| {
            (after.rank, after.due.timestamp_millis(), after.id.to_string())
        });
        let order = match queue {
            Queue::Escalations => "o.rank, o.due, o.id",
            Queue::Overdue | Queue::Owed => "o.due, o.id",
        };
        let from = match queue {
            Queue::Escalations => "(?4, ?1, ?2)",
            Queue::Overdue | Queue::Owed => "(?1, ?2) AND ?4 >= 0",
        };
        let rows = self.owed_rows(
            records,
            scope,
            &*self.roles()?,
            &format!("WHERE {of_queue} AND {readable} AND ({order}) > {from} ORDER BY {order} LIMIT ?3"),
            params![due, last, limit, rank],
        )?;
        let total = match queue {
            Queue::Escalations => self.counted_owed(scope, "owed.urgent")?,
            Queue::Owed => self.counted_owed(scope, "owed")?,
            // What is late changes with the clock, so it is counted on reading, along its index and so far only.
            Queue::Overdue => scalar_count(
                &self.conn,
                &format!(
                    "SELECT count(*) FROM (SELECT 1 FROM owed o WHERE {of_queue} AND {readable} LIMIT {MOST_COUNTED})"
                ),
            )?,
        };
        Ok(Page { rows, total })
    }
}

//! The list of looks, for whoever may audit: who looked at whose record, how and when, what was refused to whom, and
//! what was opened beyond and still waits for somebody to have seen it.

use chrono::{DateTime, Utc};
use rusqlite::{OptionalExtension, Row, params};

use super::super::error::ReadError;
use super::super::rows::{count, id, instant, maybe_id};
use super::super::scope::Scope;
use super::super::{Access, Store, allow, scope};
use super::{Records, reference_of};
use crate::domain::access::{How, Look, LookRow, NOBODYS, Sought};
use crate::domain::ids::{CaseId, EntryId, Seq};
use crate::domain::nhs::NhsNumber;
use crate::domain::permission::{Action, Beyond, Grant, Viewer, may};
use crate::domain::words::pack;
use crate::domain::words::store as words;

/// No more than this waits on the auditor's list at a time.
const MOST_WAITING: u32 = 500;

impl Store {
    /// Looks, newest first, after the one last seen. Looking at the list is itself no look at a record.
    ///
    /// # Errors
    /// [`ReadError::Denied`] where the viewer may not audit.
    pub fn looks(
        &self,
        viewer: &Viewer,
        sought: &Sought,
        after: Option<Seq>,
        limit: u32,
    ) -> Result<Vec<LookRow>, ReadError> {
        let scope = self.auditing(viewer)?;
        if !self.dir.access().exists() {
            return Ok(Vec::new());
        }
        let access = Access::open(&self.dir).map_err(|error| ReadError::Failed(error.to_string()))?;
        let records = Records::new(&self.conn);
        let mut rows = Vec::new();
        for (seq, look) in access.page(sought, after, limit)? {
            let opened = match (look.how, look.detail.as_deref().map(str::parse)) {
                (How::Beyond, Some(Ok(entry))) => self.opened_beyond(entry)?,
                _ => None,
            };
            let (waits, reason) = opened.unzip();
            let detail = match (reason, look.how) {
                (None, How::Export) => self.named_in(&records, &scope, look.detail.unwrap_or_default())?,
                (reason, _) => reason.or(look.detail).unwrap_or_default(),
            };
            let shown = Look { detail: Some(detail), ..look };
            rows.push(LookRow { waits: waits.flatten(), ..self.look_row(&records, &scope, seq, shown)? });
        }
        Ok(rows)
    }

    /// What was opened beyond what somebody may normally see, and nobody whose task it is has said that they have seen
    /// it; newest first.
    ///
    /// # Errors
    /// [`ReadError::Denied`] where the viewer may not audit.
    pub fn beyond_waiting(&self, viewer: &Viewer) -> Result<Vec<LookRow>, ReadError> {
        let scope = self.auditing(viewer)?;
        let records = Records::new(&self.conn);
        let mut waiting = self.conn.prepare_cached(
            "SELECT entry, staff, subject, at, reason, seq FROM beyond WHERE seen_at IS NULL
             ORDER BY seq DESC LIMIT ?1",
        )?;
        let mut rows = waiting.query([MOST_WAITING])?;
        let mut all = Vec::new();
        while let Some(row) = rows.next()? {
            let entry = EntryId(id(row, 0)?.0);
            let look = Look {
                staff: maybe_id(row, 1)?,
                subject: id(row, 2)?,
                case: None,
                how: How::Beyond,
                detail: Some(row.get(4)?),
                at: instant(row, 3)?,
            };
            let shown = self.look_row(&records, &scope, count(row, 5)?, look)?;
            all.push(LookRow { waits: Some(entry), ..shown });
        }
        Ok(all)
    }

    /// Whether the viewer may audit, and how much of the names they see.
    fn auditing(&self, viewer: &Viewer) -> Result<Scope, ReadError> {
        let desk = self.desk(viewer)?;
        may(&desk.roles, &desk.viewer, &Action::Granted(Grant::Audit), None)?;
        if desk.viewer.system {
            return Ok(Scope::all());
        }
        scope::classes_of(&self.conn, &desk.roles, &desk.viewer)
    }

    /// What was noted of a pack, with whoever it was for by name instead of by the id of their record.
    fn named_in(&self, records: &Records<'_>, scope: &Scope, detail: String) -> Result<String, ReadError> {
        let whom = detail.split_once(pack::FOR).and_then(|(_, rest)| rest.split(',').next());
        let Some((whom, id)) = whom.and_then(|whom| Some((whom, whom.parse::<CaseId>().ok()?))) else {
            return Ok(detail);
        };
        if scope.ask(&self.conn, self.class_of(id)?)?.is_some() {
            return Ok(detail);
        }
        let name = records.get(id)?.map(|record| record.name);
        Ok(name.map_or(detail.clone(), |name| detail.replace(whom, &name)))
    }

    /// The act of looking beyond that waits to be seen, if it does, and its reason.
    fn opened_beyond(&self, entry: EntryId) -> Result<Option<(Option<EntryId>, String)>, ReadError> {
        let found = self
            .conn
            .prepare_cached("SELECT reason, seen_at FROM beyond WHERE entry = ?1")?
            .query_row([entry.0.as_bytes()], |row| {
                let seen: Option<i64> = row.get(1)?;
                Ok((seen.is_none().then_some(entry), row.get(0)?))
            })
            .optional()?;
        Ok(found)
    }

    fn look_row(
        &self,
        records: &Records<'_>,
        scope: &Scope,
        seq: Seq,
        look: Look,
    ) -> Result<LookRow, ReadError> {
        let staff = look.staff.map_or(Ok(None), |staff| records.short(staff))?.unwrap_or_default();
        let about = Some(look.subject).filter(|subject| *subject != NOBODYS);
        let class = about.map_or(Ok(None), |about| self.class_of(about))?;
        let case_class = look.case.map_or(Ok(None), |case| self.class_of(case))?;
        let shown = scope.ask(&self.conn, class)?.is_none() && scope.ask(&self.conn, case_class)?.is_none();
        let referred =
            |case: Option<CaseId>| case.map_or(Ok(String::new()), |case| reference_of(&self.conn, case));
        let record = about.map_or(Ok(None), |about| records.get(about))?;
        let is_person = record.as_ref().is_some_and(|record| record.register == "people");
        // A case may stand for whoever it is about: it has no name of its own.
        let subject = match record {
            Some(record) => record.name,
            None => referred(about)?,
        };
        // A reason is said of the record it opened.
        let tells = shown || look.how != How::Beyond;
        Ok(LookRow {
            seq,
            at: look.at,
            staff,
            how: look.how,
            subject: if shown { subject } else { words::RESTRICTED.to_owned() },
            record: about.filter(|_| shown),
            is_person,
            case: look.case.filter(|_| shown),
            reference: if shown { referred(look.case)? } else { String::new() },
            detail: look.detail.filter(|_| tells).unwrap_or_default(),
            waits: None,
        })
    }

    fn class_of(&self, case: CaseId) -> rusqlite::Result<Option<CaseId>> {
        let class = self
            .conn
            .prepare_cached("SELECT class FROM cases WHERE id = ?1")?
            .query_row([case.0.as_bytes()], |row| maybe_id(row, 0))
            .optional()?;
        Ok(class.flatten())
    }

    /// The record that somebody means who may not see it: by its id, by a case's reference, or by the whole NHS number.
    /// Nothing is said of it but that it is there, and only to whoever may open records beyond their own.
    ///
    /// # Errors
    /// [`ReadError::NotFound`], also where it may be seen anyway, and [`ReadError::Denied`].
    pub fn beyond_reach(&self, viewer: &Viewer, typed: &str) -> Result<CaseId, ReadError> {
        let desk = self.desk(viewer)?;
        if viewer.staff.is_none() {
            return Err(crate::domain::permission::Reason(words::NOBODY_SIGNED_IN.to_owned()).into());
        }
        allow::may_look_beyond(&desk)?;
        let system = Viewer::system();
        let typed = typed.trim();
        let found = match (typed.parse::<CaseId>(), NhsNumber::read(typed)) {
            (Ok(id), _) => {
                Some(id).filter(|id| reference_of(&self.conn, *id).is_ok_and(|named| !named.is_empty()))
            }
            (_, Ok((number, _))) => {
                self.find(&system, "people", &number.digits(), 2)?.first().map(|record| record.id)
            }
            _ => self.case_by_reference(&system, typed).ok(),
        };
        let found = found.ok_or(ReadError::NotFound)?;
        let scope = self.scope(viewer).or_else(|_| scope::classes_of(&self.conn, &desk.roles, viewer))?;
        match self.state(&scope, found) {
            Ok(_) => Err(ReadError::NotFound),
            Err(_) => Ok(found),
        }
    }

    /// What somebody opened beyond what they may normally see, and which of it is still open at `now`: a case opens
    /// whoever it is about, too.
    pub(in super::super) fn opened_by(
        &self,
        staff: CaseId,
        now: DateTime<Utc>,
    ) -> Result<Vec<Beyond>, ReadError> {
        let mut open = self.conn.prepare_cached(
            "SELECT b.subject, c.subject, b.until FROM beyond b LEFT JOIN cases c ON c.id = b.subject
             WHERE b.staff = ?1 AND b.until > ?2 AND b.at <= ?2 ORDER BY b.until",
        )?;
        let read = |row: &Row<'_>| {
            let reaches = [maybe_id(row, 0)?, maybe_id(row, 1)?].into_iter().flatten().collect();
            Ok(Beyond { reaches, until: instant(row, 2)? })
        };
        let rows = open.query_map(params![staff.0.as_bytes(), now.timestamp_millis()], read)?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}

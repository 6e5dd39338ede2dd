//! Keys for SSH as they stand, and what one of them does now.

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, Row};

use super::super::Store;
use super::super::error::ReadError;
use super::super::rows::{id, instant, maybe_id, wrong};
use super::{Records, is_on_staff};
use crate::domain::ids::{CaseId, EntryId};
use crate::domain::keys::{Fingerprint, KeyRow, Standing};
use crate::domain::permission::{Action, Grant, Viewer, may};

const COLUMNS: &str = "SELECT fingerprint, key, staff, label, until, entry, enrolled_at, enrolled_by, revoked_at, reason, waits FROM keys";

impl Store {
    /// All keys that were ever enrolled, those of one person beside each other, newest first. Whoever may not enrol
    /// or verify sees their own.
    ///
    /// # Errors
    /// Where it could not be read.
    pub fn keys(&self, viewer: &Viewer) -> Result<Vec<KeyRow>, ReadError> {
        let roles = self.roles()?;
        let granted = |grant| may(&roles, viewer, &Action::Granted(grant), None).is_ok();
        let sees_all = granted(Grant::EnrolKey) || granted(Grant::Verify) || self.is_unstaffed()?;
        let sql = format!("{COLUMNS} ORDER BY staff IS NULL, staff, enrolled_at DESC, fingerprint");
        let records = Records::new(&self.conn);
        let mut statement = self.conn.prepare_cached(&sql)?;
        let rows = statement.query_map([], |row| self.key_row(&records, row))?;
        let mut keys = rows.collect::<rusqlite::Result<Vec<_>>>()?;
        keys.retain(|key| sees_all || key.staff.is_some() && key.staff == viewer.staff);
        Ok(keys)
    }

    /// What a key does now. Asked before anybody is signed in, and of everybody who came in by key again and again.
    ///
    /// # Errors
    /// Where it could not be read.
    pub fn standing(&self, key: &Fingerprint, now: DateTime<Utc>) -> Result<Standing, ReadError> {
        let today = self.zone()?.day(now);
        let records = Records::new(&self.conn);
        let found = self
            .conn
            .prepare_cached(&format!("{COLUMNS} WHERE fingerprint = ?1"))?
            .query_row([key.to_string()], |row| self.key_row(&records, row))
            .optional()?;
        Ok(found.map_or(Standing::Unknown, |row| row.standing(today)))
    }

    fn key_row(&self, records: &Records<'_>, row: &Row<'_>) -> rusqlite::Result<KeyRow> {
        let text = |at: usize| row.get::<_, String>(at);
        let staff: Option<CaseId> = maybe_id(row, 2)?;
        let name = |id: Option<CaseId>| -> rusqlite::Result<String> {
            Ok(records.of(id)?.map(|record| record.name).unwrap_or_default())
        };
        let until: Option<String> = row.get(4)?;
        let revoked: Option<i64> = row.get(8)?;
        Ok(KeyRow {
            fingerprint: text(0)?.parse().map_err(|_| wrong(0, "no fingerprint"))?,
            key: text(1)?.parse().map_err(|_| wrong(1, "no key"))?,
            name: name(staff)?,
            label: text(3)?,
            until: until.map(|day| day.parse().map_err(|_| wrong(4, "no date"))).transpose()?,
            entry: EntryId(id(row, 5)?.0),
            enrolled_at: instant(row, 6)?,
            enrolled_by: name(maybe_id(row, 7)?)?,
            waits: row.get(10)?,
            revoked_at: revoked.map(|_| instant(row, 8)).transpose()?,
            reason: text(9)?,
            left: staff.map(|staff| is_on_staff(&self.conn, staff)).transpose()?.is_some_and(|is| !is),
            staff,
        })
    }
}

/// Whose a key is, and whether it was taken back; `None` where it was never enrolled.
pub(in crate::store) fn enrolled(
    conn: &Connection,
    key: &Fingerprint,
) -> rusqlite::Result<Option<(Option<CaseId>, bool)>> {
    conn.prepare_cached("SELECT staff, revoked_at IS NOT NULL FROM keys WHERE fingerprint = ?1")?
        .query_row([key.to_string()], |row| Ok((maybe_id(row, 0)?, row.get(1)?)))
        .optional()
}

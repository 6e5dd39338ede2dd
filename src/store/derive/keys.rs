//! Keys for SSH: which were enrolled, by whom, and which were taken back.

use rusqlite::{Connection, params};

use crate::domain::act::Act;
use crate::domain::entry::Entry;
use crate::domain::ids::{CaseId, EntryId};

/// Applies an act that concerns a key. What is asked of it beforehand is left to appending.
pub(super) fn apply(conn: &Connection, entry: &Entry, act: &Act) -> rusqlite::Result<()> {
    if let Act::RevokeKey { fingerprint, reason, .. } = act {
        conn.execute(
            "UPDATE keys SET revoked_at = ?2, reason = ?3 WHERE fingerprint = ?1",
            params![fingerprint.to_string(), entry.recorded_at.timestamp_millis(), reason],
        )?;
    }
    enrol(conn, entry, act, false)
}

/// Notes a key whose enrolment waits for a second person: it lets nobody in, and is nobody else's meanwhile.
pub(super) fn waits(conn: &Connection, entry: &Entry, act: &Act) -> rusqlite::Result<()> {
    enrol(conn, entry, act, true)
}

/// Forgets a key to which the second person did not agree. One that was taken back meanwhile stays taken back.
pub(super) fn refused(conn: &Connection, waiting: EntryId) -> rusqlite::Result<()> {
    conn.execute("DELETE FROM keys WHERE entry = ?1 AND revoked_at IS NULL", [waiting.0.as_bytes()]).map(drop)
}

/// A key that had waited is there already: once it is agreed to, it waits no longer.
fn enrol(conn: &Connection, entry: &Entry, act: &Act, waits: bool) -> rusqlite::Result<()> {
    let Act::EnrolKey { staff, fingerprint, key, label, until } = act else { return Ok(()) };
    let raw = |id: Option<CaseId>| id.map(|id| id.0.as_bytes().to_vec());
    conn.execute(
        "INSERT INTO keys
            (fingerprint, key, staff, label, until, entry, enrolled_at, enrolled_by, waits, reason)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, '')
         ON CONFLICT (fingerprint) DO UPDATE SET waits = ?9",
        params![
            fingerprint.to_string(),
            key.to_string(),
            raw(*staff),
            label,
            until.map(|until| until.to_string()),
            entry.id.0.as_bytes(),
            entry.recorded_at.timestamp_millis(),
            raw(entry.who.by),
            i64::from(waits),
        ],
    )
    .map(drop)
}

//! Keys for SSH: which were enrolled, by whom, and which were taken back.

use rusqlite::{Connection, params};

use crate::domain::act::Act;
use crate::domain::entry::Entry;
use crate::domain::ids::CaseId;

/// Applies an act that concerns a key. What is asked of it beforehand is left to appending.
pub(super) fn apply(conn: &Connection, entry: &Entry, act: &Act) -> rusqlite::Result<()> {
    let raw = |id: Option<CaseId>| id.map(|id| id.0.as_bytes().to_vec());
    let at = entry.recorded_at.timestamp_millis();
    match act {
        Act::EnrolKey { staff, fingerprint, key, label, until } => {
            conn.execute(
                "INSERT INTO keys (fingerprint, key, staff, label, until, entry, enrolled_at, enrolled_by, reason)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, '')",
                params![
                    fingerprint.to_string(),
                    key.to_string(),
                    raw(*staff),
                    label,
                    until.map(|until| until.to_string()),
                    entry.id.0.as_bytes(),
                    at,
                    raw(entry.who.by),
                ],
            )?;
        }
        Act::RevokeKey { fingerprint, reason, .. } => {
            conn.execute(
                "UPDATE keys SET revoked_at = ?2, reason = ?3 WHERE fingerprint = ?1",
                params![fingerprint.to_string(), at, reason],
            )?;
        }
        _ => {}
    }
    Ok(())
}

//! Handovers as their acts have made them: one row each, open as long as a line waits for somebody.

use rusqlite::{Connection, OptionalExtension, params};

use crate::domain::act::Act;
use crate::domain::entry::Entry;
use crate::domain::handover::Handover;
use crate::domain::ids::EntryId;
use crate::store::rows::{json, signed};

/// Applies an act, where it is one of a handover.
pub(super) fn apply(conn: &Connection, entry: &Entry, act: &Act) -> rusqlite::Result<()> {
    let handover = match act {
        Act::HandOver(_) => Handover::begun(entry),
        Act::HandoverAnswer { handover, .. }
        | Act::HandoverReadBack { handover, .. }
        | Act::HandoverLeft { handover, .. }
        | Act::HandoverEnd { handover, .. } => self::handover(conn, *handover)?.map(|mut known| {
            known.absorb(entry);
            known
        }),
        _ => None,
    };
    let Some(handover) = handover else { return Ok(()) };
    let body = serde_json::to_string(&handover)
        .map_err(|error| rusqlite::Error::ToSqlConversionFailure(error.into()))?;
    conn.prepare_cached(
        "INSERT INTO handovers (seq, entry, giver, until, open, body) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
         ON CONFLICT (seq) DO UPDATE SET open = ?5, body = ?6",
    )?
    .execute(params![
        signed(handover.seq),
        handover.id.0.as_bytes(),
        handover.giver.0.as_bytes(),
        handover.until.timestamp_millis(),
        i64::from(handover.is_open()),
        body
    ])?;
    Ok(())
}

/// A handover by the entry that began it.
pub(in crate::store) fn handover(conn: &Connection, id: EntryId) -> rusqlite::Result<Option<Handover>> {
    conn.prepare_cached("SELECT body FROM handovers WHERE entry = ?1")?
        .query_row([id.0.as_bytes()], |row| json(row, 0))
        .optional()
}

//! The rows of what wants two people: what waits for the second, and what was done alone.

use rusqlite::{Connection, params};

use crate::domain::case::CaseState;
use crate::domain::entry::Entry;
use crate::domain::ids::EntryId;
use crate::store::rows::signed;

/// Notes that an entry waits, or was done alone.
pub(super) fn waits(conn: &Connection, entry: &Entry) -> rusqlite::Result<()> {
    if entry.leave.waits.is_some() {
        conn.prepare_cached("INSERT INTO to_countersign (entry, seq) VALUES (?1, ?2)")?
            .execute(params![entry.id.0.as_bytes(), signed(entry.seq)])?;
    }
    if let Some(why) = &entry.leave.alone {
        conn.prepare_cached("INSERT INTO done_alone (seq, entry, why) VALUES (?1, ?2, ?3)")?
            .execute(params![signed(entry.seq), entry.id.0.as_bytes(), why])?;
    }
    Ok(())
}

/// A second person's word has lost its body. What agreed to a disposal never does: it refused one that the same header names,
/// or was about something that lost its body with it.
pub(super) fn gone(conn: &Connection, word: &Entry) -> rusqlite::Result<()> {
    let case = word.case.map(|case| *case.0.as_bytes());
    conn.prepare_cached(
        "DELETE FROM to_countersign WHERE entry IN
            (SELECT id FROM entries WHERE kind = 'act.dispose' AND case_id IS ?1 AND seq < ?2)",
    )?
    .execute(params![case, signed(word.seq)])?;
    Ok(())
}

/// What waited in the case and was called off by its last step waits no more.
pub(super) fn called_off(conn: &Connection, case: &CaseState, entry: EntryId) -> rusqlite::Result<()> {
    for mark in case.entries.iter().filter(|mark| mark.second.is_some_and(|(by, _)| by == entry)) {
        answered(conn, mark.id)?;
    }
    Ok(())
}

/// Notes that somebody gave their word on it. False where it did not wait: a second word does nothing.
pub(super) fn answered(conn: &Connection, waiting: EntryId) -> rusqlite::Result<bool> {
    let gone = conn
        .prepare_cached("DELETE FROM to_countersign WHERE entry = ?1")?
        .execute([waiting.0.as_bytes()])?;
    Ok(gone > 0)
}

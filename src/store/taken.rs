//! Unfinished forms that somebody took over, by the id of the form, which is that of the entry it became.

use rusqlite::{Connection, params};

use super::rows::{instant, maybe_id, signed};
use crate::domain::entry::Entry;
use crate::domain::ids::{CaseId, DraftId, EntryId};
use crate::domain::views::TakenOver;

/// Keeps that a form was taken over.
pub(super) fn keep(
    conn: &Connection,
    entry: &Entry,
    form: DraftId,
    from: Option<CaseId>,
    reason: &str,
) -> rusqlite::Result<()> {
    let raw = |staff: Option<CaseId>| staff.map(|staff| *staff.0.as_bytes());
    conn.prepare_cached(
        "INSERT INTO taken_forms (seq, form, begun_by, taken_by, at, reason) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?
    .execute(params![
        signed(entry.seq),
        form.0.as_bytes(),
        raw(from),
        raw(entry.who.by),
        entry.recorded_at.timestamp_millis(),
        reason
    ])?;
    Ok(())
}

/// Through whose hands the form went that became this entry, the first to take it first.
pub(super) fn of(conn: &Connection, entry: EntryId) -> rusqlite::Result<Vec<TakenOver>> {
    conn.prepare_cached(
        "SELECT begun_by, taken_by, at, reason FROM taken_forms WHERE form = ?1 ORDER BY seq",
    )?
    .query_map([entry.0.as_bytes()], |row| {
        Ok(TakenOver {
            from: maybe_id(row, 0)?,
            by: maybe_id(row, 1)?,
            at: instant(row, 2)?,
            reason: row.get(3)?,
        })
    })?
    .collect()
}

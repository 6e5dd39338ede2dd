//! Records that were merged: which one a record is read as, and which are read as one.
//!
//! What a merge changes is this one table. Cases, what is owed and the records themselves stay as they are, and whoever
//! reads follows a record to the one that is kept: so a merge that is taken back leaves everything as it was.

use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension, params};

use super::rows::{id, instant, literal, maybe_id};
use crate::domain::entry::Entry;
use crate::domain::ids::CaseId;

/// The registers whose records are never merged: the staff list says whose act something was, and locations who may
/// see what.
pub(super) const NEVER: [&str; 2] = ["staff", "locations"];

/// The condition on the id of a record that it stands for itself.
pub(super) const STANDS: &str = "NOT EXISTS (SELECT 1 FROM merged WHERE merged.gone = r.id)";

/// The record `?1` and all that are read as it, in a column `value`.
pub(super) const DOWN: &str = "WITH RECURSIVE down (value) AS (
    SELECT ?1 UNION SELECT m.gone FROM merged m JOIN down ON m.kept = down.value) SELECT value FROM down";

/// How a record came to be read as another.
pub(super) struct Mark {
    /// The record that is read as the other.
    pub(super) gone: CaseId,
    /// The record that was kept.
    pub(super) kept: CaseId,
    pub(super) at: chrono::DateTime<chrono::Utc>,
    pub(super) by: Option<CaseId>,
    pub(super) reason: String,
}

pub(super) fn merge(
    conn: &Connection,
    entry: &Entry,
    kept: CaseId,
    gone: CaseId,
    reason: &str,
) -> rusqlite::Result<()> {
    conn.prepare_cached(
        "INSERT INTO merged (gone, kept, at, by_staff, reason) VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT (gone) DO UPDATE SET kept = ?2, at = ?3, by_staff = ?4, reason = ?5",
    )?
    .execute(params![
        gone.0.as_bytes(),
        kept.0.as_bytes(),
        entry.recorded_at.timestamp_millis(),
        entry.who.by.map(|by| *by.0.as_bytes()),
        reason
    ])?;
    Ok(())
}

pub(super) fn unmerge(conn: &Connection, kept: CaseId, gone: CaseId) -> rusqlite::Result<()> {
    conn.prepare_cached("DELETE FROM merged WHERE gone = ?1 AND kept = ?2")?
        .execute(params![gone.0.as_bytes(), kept.0.as_bytes()])?;
    Ok(())
}

/// The record that this one is read as: itself, where it was not merged away.
pub(super) fn kept(conn: &Connection, record: CaseId) -> rusqlite::Result<CaseId> {
    Ok(above(conn, record)?.last().copied().unwrap_or(record))
}

/// The records that this one is read as, one after the other: none, where it stands for itself.
pub(super) fn above(conn: &Connection, record: CaseId) -> rusqlite::Result<Vec<CaseId>> {
    let mut kept = conn.prepare_cached("SELECT kept FROM merged WHERE gone = ?1")?;
    let mut above = Vec::new();
    let mut last = record;
    while let Some(next) = kept.query_row([last.0.as_bytes()], |row| id(row, 0)).optional()? {
        if above.contains(&next) {
            break;
        }
        above.push(next);
        last = next;
    }
    Ok(above)
}

/// The record and all that are read as it.
pub(super) fn together(conn: &Connection, record: CaseId) -> rusqlite::Result<Vec<CaseId>> {
    conn.prepare_cached(DOWN)?.query_map([record.0.as_bytes()], |row| id(row, 0))?.collect()
}

/// The record and all that are read as it, as a list in SQL.
pub(super) fn listed(conn: &Connection, record: CaseId) -> rusqlite::Result<String> {
    let all = together(conn, record)?;
    Ok(all.into_iter().map(literal).collect::<Vec<_>>().join(", "))
}

/// How a record came to be read as another, if it is.
pub(super) fn mark(conn: &Connection, gone: CaseId) -> rusqlite::Result<Option<Mark>> {
    conn.prepare_cached("SELECT gone, kept, at, by_staff, reason FROM merged WHERE gone = ?1")?
        .query_row([gone.0.as_bytes()], read)
        .optional()
}

/// What was merged into a record, oldest first, each with what was merged into that.
pub(super) fn marks(conn: &Connection, record: CaseId) -> rusqlite::Result<Vec<Mark>> {
    let sql = format!(
        "SELECT gone, kept, at, by_staff, reason FROM merged WHERE kept IN ({}) ORDER BY at, gone",
        listed(conn, record)?
    );
    conn.prepare_cached(&sql)?.query_map([], read)?.collect()
}

fn read(row: &rusqlite::Row<'_>) -> rusqlite::Result<Mark> {
    Ok(Mark {
        gone: id(row, 0)?,
        kept: id(row, 1)?,
        at: instant(row, 2)?,
        by: maybe_id(row, 3)?,
        reason: row.get(4)?,
    })
}

/// Every merge that stands, read at once: for whoever follows many records.
pub(super) struct Merges {
    kept: BTreeMap<CaseId, CaseId>,
    gone: BTreeMap<CaseId, Vec<CaseId>>,
}

impl Merges {
    pub(super) fn read(conn: &Connection) -> rusqlite::Result<Self> {
        let mut merges = Self { kept: BTreeMap::new(), gone: BTreeMap::new() };
        let mut all = conn.prepare_cached("SELECT gone, kept FROM merged")?;
        for row in all.query_map([], |row| Ok((id(row, 0)?, id(row, 1)?)))? {
            let (gone, kept) = row?;
            merges.kept.insert(gone, kept);
            merges.gone.entry(kept).or_default().push(gone);
        }
        Ok(merges)
    }

    /// The same as [`kept`].
    pub(super) fn kept(&self, record: CaseId) -> CaseId {
        std::iter::successors(Some(record), |one| self.kept.get(one).copied()).last().unwrap_or(record)
    }

    /// The same as [`together`].
    pub(super) fn together(&self, record: CaseId) -> Vec<CaseId> {
        let mut all = vec![record];
        let mut at = 0;
        while let Some(one) = all.get(at).copied() {
            all.extend(self.gone.get(&one).into_iter().flatten());
            at += 1;
        }
        all
    }
}

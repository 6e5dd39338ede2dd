//! Rows of `entries` and `bodies`, as they are written and read back. What they mean is left to [`super::body`].

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::body;
use super::header::{self, BEFORE_THE_FIRST, Header};
use super::rows::{bytes32, count, hash, id, instant, maybe_id, signed, wrong};
use crate::domain::answer::When;
use crate::domain::entry::{Entry, Who};
use crate::domain::ids::{CaseId, EntryId, Hash32, Seq};

/// An entry as it stands in the ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Stored {
    pub(super) header: Header,
    /// As stored; equal to `header.hash()` in a record that is whole.
    pub(super) hash: Hash32,
    /// Salt and body; absent where they were disposed of.
    pub(super) body: Option<([u8; 32], Vec<u8>)>,
}

/// Where the ledger ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Head {
    pub(super) seq: Seq,
    pub(super) hash: Hash32,
    pub(super) recorded_at: Option<DateTime<Utc>>,
}

/// The columns of an entry with its body, in the order in which [`stored`] reads them.
const SELECT: &str =
    "SELECT e.format, e.seq, e.id, e.key, e.kind, e.edition, e.case_id, e.subject_id, e.on_commitment,
    e.occurred_at, e.precision, e.reported_at, e.recorded_at, e.offset_minutes, e.clock_regressed, e.by_staff,
    e.typed_by, e.method, e.program, e.body_commit, e.prev, e.hash, b.salt, b.body
    FROM entries e LEFT JOIN bodies b ON b.seq = e.seq";

fn stored(row: &Row<'_>) -> rusqlite::Result<Stored> {
    let word = |at| row.get_ref(at)?.as_str().map_err(|_| wrong(at, "no word"));
    let on: Option<String> = row.get(8)?;
    let reported: Option<i64> = row.get(11)?;
    let header = Header {
        format: row.get(0)?,
        seq: count(row, 1)?,
        id: EntryId(id(row, 2)?.0),
        key: row.get(3)?,
        kind: row.get(4)?,
        edition: hash(row, 5)?,
        case: maybe_id(row, 6)?,
        subject: maybe_id(row, 7)?,
        on: on.map(|on| on.parse().map_err(|_| wrong(8, "no commitment"))).transpose()?,
        occurred: When {
            at: instant(row, 9)?,
            precision: header::precision(word(10)?).ok_or_else(|| wrong(10, "no precision"))?,
        },
        reported_at: reported
            .map(|ms| DateTime::from_timestamp_millis(ms).ok_or_else(|| wrong(11, "no instant")))
            .transpose()?,
        recorded_at: instant(row, 12)?,
        offset_minutes: row.get(13)?,
        clock_regressed: row.get::<_, i64>(14)? != 0,
        who: Who {
            by: maybe_id(row, 15)?,
            typed_by: maybe_id(row, 16)?,
            method: header::method(word(17)?).ok_or_else(|| wrong(17, "no method"))?,
        },
        program: row.get(18)?,
        body_commit: Hash32(bytes32(row, 19)?),
        prev: Hash32(bytes32(row, 20)?),
    };
    let body: Option<Vec<u8>> = row.get(23)?;
    let body = body.map(|body| Ok::<_, rusqlite::Error>((bytes32(row, 22)?, body))).transpose()?;
    Ok(Stored { hash: Hash32(bytes32(row, 21)?), header, body })
}

impl Stored {
    /// The entry, and whether it was written without sight of something newer.
    pub(super) fn read(&self) -> (Entry, bool) {
        let header = &self.header;
        let body::Read { said, register, leave, unsighted, .. } =
            body::read(header, self.body.as_ref().map(|(_, body)| body.as_slice()));
        let entry = Entry {
            seq: header.seq,
            id: header.id,
            case: header.case,
            subject: header.subject,
            occurred: header.occurred,
            reported_at: header.reported_at,
            recorded_at: header.recorded_at,
            offset_minutes: header.offset_minutes,
            who: header.who,
            said,
            register,
            leave,
            hash: self.hash,
        };
        (entry, unsighted)
    }
}

/// The file that an entry was imported from, if it was.
pub(super) fn source(stored: &Stored) -> Option<String> {
    body::read(&stored.header, stored.body.as_ref().map(|(_, body)| body.as_slice())).source
}

/// Where the ledger ends.
pub(super) fn head(conn: &Connection) -> rusqlite::Result<Head> {
    let last = conn
        .prepare_cached("SELECT seq, hash, recorded_at FROM entries ORDER BY seq DESC LIMIT 1")?
        .query_row([], |row| {
            Ok(Head {
                seq: count(row, 0)?,
                hash: Hash32(bytes32(row, 1)?),
                recorded_at: Some(instant(row, 2)?),
            })
        })
        .optional()?;
    Ok(last.unwrap_or(Head { seq: 0, hash: BEFORE_THE_FIRST, recorded_at: None }))
}

/// Adds an entry.
pub(super) fn insert(conn: &Connection, stored: &Stored) -> rusqlite::Result<()> {
    let h = &stored.header;
    let raw = |id: Option<CaseId>| id.map(|id| *id.0.as_bytes());
    conn.prepare_cached(
        "INSERT INTO entries (format, seq, id, key, kind, edition, case_id, subject_id, on_commitment, occurred_at,
            precision, reported_at, recorded_at, offset_minutes, clock_regressed, by_staff, typed_by, method, program,
            body_commit, prev, hash)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22)",
    )?
    .execute(params![
        h.format,
        signed(h.seq),
        h.id.0.as_bytes(),
        h.key,
        h.kind,
        h.edition.map(|edition| edition.0),
        raw(h.case),
        raw(h.subject),
        h.on.as_ref().map(ToString::to_string),
        h.occurred.at.timestamp_millis(),
        header::precision_word(h.occurred.precision),
        h.reported_at.map(|at| at.timestamp_millis()),
        h.recorded_at.timestamp_millis(),
        h.offset_minutes,
        i64::from(h.clock_regressed),
        raw(h.who.by),
        raw(h.who.typed_by),
        header::method_word(h.who.method),
        h.program,
        h.body_commit.0,
        h.prev.0,
        stored.hash.0,
    ])?;
    if let Some((salt, body)) = &stored.body {
        conn.prepare_cached("INSERT INTO bodies (seq, salt, body) VALUES (?1, ?2, ?3)")?.execute(params![
            signed(h.seq),
            salt,
            body
        ])?;
    }
    Ok(())
}

/// The entry of this id.
pub(super) fn by_id(conn: &Connection, id: EntryId) -> rusqlite::Result<Option<Stored>> {
    conn.prepare_cached(&format!("{SELECT} WHERE e.id = ?1"))?.query_row([id.0.as_bytes()], stored).optional()
}

/// The entry of this idempotency key.
pub(super) fn by_key(conn: &Connection, key: &str) -> rusqlite::Result<Option<Stored>> {
    conn.prepare_cached(&format!("{SELECT} WHERE e.key = ?1"))?.query_row([key], stored).optional()
}

/// The entries of a case, in the order of the ledger, up to and with `last`.
pub(super) fn of_case(conn: &Connection, case: CaseId, last: Seq) -> rusqlite::Result<Vec<Stored>> {
    conn.prepare_cached(&format!(
        "{SELECT} JOIN case_entries c ON c.seq = e.seq WHERE c.case_id = ?1 AND c.seq <= ?2 ORDER BY c.seq"
    ))?
    .query_map(params![case.0.as_bytes(), signed(last)], stored)?
    .collect()
}

/// Up to `max` entries after a number, in the order of the ledger.
pub(super) fn after(conn: &Connection, seq: Seq, max: u32) -> rusqlite::Result<Vec<Stored>> {
    conn.prepare_cached(&format!("{SELECT} WHERE e.seq > ?1 ORDER BY e.seq LIMIT ?2"))?
        .query_map(params![signed(seq), max], stored)?
        .collect()
}

//! Who looked at whose record: its own file and chain, so that a look never wakes the others' screens.
//!
//! A look is opening, searching to, printing or exporting a person's record, not standing in a list.
//!
//! # For whoever writes a verifier
//! `access.db` is an SQLite 3 database; its `application_id` is `0x44555441` ("DUTA"). Its one table is `looks`:
//!
//! | # | column | type | meaning |
//! |---|---|---|---|
//! | 1 | `seq` | INTEGER | number of the look, from 1 without gaps |
//! | 2 | `staff` | BLOB, 16 or NULL | who looked; NULL where nobody had said who they were |
//! | 3 | `subject` | BLOB, 16 | whose record; sixteen zero bytes where it was none: `refused` where what was refused was about no record, `export` where what left shows nobody's (a governance report, a pack for registration) |
//! | 4 | `case_id` | BLOB, 16 or NULL | the case, where it was one |
//! | 5 | `how` | TEXT | `open`, `search`, `print`, `export`, `refused`, `beyond`, `missed`, `sealed` |
//! | 6 | `at` | INTEGER | when: milliseconds since 1970-01-01T00:00:00Z |
//! | 7 | `hash` | BLOB, 32 | the look's hash |
//! | 8 | `detail` | TEXT or NULL | what was refused; of an export what it was, in which form, and the id of the record of whoever it was for (words of theirs only from programs before schema 16 of the ledger); not in files of the first programs |
//!
//! `hash` = SHA-256( `02` ‖ hash of the look before ‖ F1 ‖ … ‖ F6 ), the first following 32 zero bytes. Fn is column n:
//! the length of the value as four bytes, big-endian, and the value: an INTEGER as eight bytes, big-endian two's
//! complement; a TEXT as its UTF-8; a BLOB as it is; NULL as a value of no bytes (a BLOB here is never empty). Where
//! `detail` is not NULL it follows as one more value, F8; where it is NULL nothing follows, so that the looks of the first
//! programs keep their hashes.
//!
//! ## Test vector
//! `seq` 1, `staff` NULL, `subject` `00112233-4455-6677-8899-aabbccddeeff`, `case_id` NULL, `how` `open`, `at`
//! 1792000000123:
//!
//! ```text
//! hash        7fd045df371b5494f59f01016ad3037cdff71e508e77230ecfdc5030cbc2df0c
//! ```
//!
//! The one after it, of the same `subject`: `seq` 2, `staff` NULL, `case_id` NULL, `how` `refused`, `at` 1792000000456,
//! `detail` `Decision`:
//!
//! ```text
//! hash        70a1b709d43a15e4d3c4cab5442ae8327d1908d29e7e32e81ec535bd38da7582
//! ```

mod page;

use rusqlite::{Connection, OptionalExtension, Row, TransactionBehavior, params};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

use super::beside;
use super::connection;
use super::dir::OfficeDir;
use super::error::{OpenError, ReadError};
use super::header::BEFORE_THE_FIRST;
use super::rows::{bytes32, count, failed_to_open, id, instant, maybe_id, wrong};
use crate::domain::access::{How, Look};
use crate::domain::ids::{CaseId, Hash32, Seq};

/// Names a file as ours: "DUTA".
const APPLICATION_ID: i64 = 0x4455_5441;

const SCHEMA: &str = "CREATE TABLE IF NOT EXISTS looks (
    seq INTEGER PRIMARY KEY, staff BLOB, subject BLOB NOT NULL, case_id BLOB, how TEXT NOT NULL, at INTEGER NOT NULL,
    hash BLOB NOT NULL, detail TEXT
) STRICT;
CREATE TRIGGER IF NOT EXISTS looks_update BEFORE UPDATE ON looks
BEGIN SELECT raise(ABORT, 'looks are never changed'); END;
CREATE TRIGGER IF NOT EXISTS looks_delete BEFORE DELETE ON looks
BEGIN SELECT raise(ABORT, 'looks are never deleted'); END;
CREATE TRIGGER IF NOT EXISTS looks_insert BEFORE INSERT ON looks
WHEN EXISTS (SELECT 1 FROM looks WHERE seq = NEW.seq)
BEGIN SELECT raise(ABORT, 'looks are only ever added'); END;";

/// What the files of the first programs lack.
const SINCE: &str = "ALTER TABLE looks ADD COLUMN detail TEXT";

/// What the list of looks is read along, page by page from the newest.
const INDEXES: &str = "DROP INDEX IF EXISTS looks_subject;
CREATE INDEX IF NOT EXISTS looks_of_subject ON looks (subject, seq);
CREATE INDEX IF NOT EXISTS looks_of_staff ON looks (staff, seq);
CREATE INDEX IF NOT EXISTS looks_of_how ON looks (how, seq);
CREATE INDEX IF NOT EXISTS looks_of_day ON looks (at, seq);";

/// The access log of an office.
#[derive(Debug)]
pub struct Access {
    conn: Connection,
}

impl Access {
    /// Opens the access log of an office.
    ///
    /// # Errors
    /// Where the office is unfit for use, or the file is not ours.
    pub fn open(dir: &OfficeDir) -> Result<Self, OpenError> {
        connection::check_sqlite()?;
        dir.check()?;
        let mut access = Self { conn: beside::open(dir, dir.access(), APPLICATION_ID, SCHEMA)? };
        access.bring_up_to_date().map_err(failed_to_open)?;
        Ok(access)
    }

    /// Adds what a file of an older program lacks; its looks stay as they are. Where it cannot be written it is read as
    /// it is.
    fn bring_up_to_date(&mut self) -> rusqlite::Result<()> {
        let lacks = |conn: &Connection| {
            let mut columns =
                conn.prepare("SELECT 1 FROM pragma_table_info('looks') WHERE name = 'detail'")?;
            let mut indexes =
                conn.prepare("SELECT 1 FROM pragma_index_list('looks') WHERE name = 'looks_of_day'")?;
            Ok::<_, rusqlite::Error>((!columns.exists([])?, !indexes.exists([])?))
        };
        if lacks(&self.conn)? == (false, false) {
            return Ok(());
        }
        let transaction = self.conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        // Another program may have been first.
        let (column, index) = lacks(&transaction)?;
        if column {
            transaction.execute_batch(SINCE)?;
        }
        if index {
            transaction.execute_batch(INDEXES)?;
        }
        transaction.commit()
    }

    /// Records looks, in one commit.
    ///
    /// # Errors
    /// Where they could not be recorded; none of them then is.
    pub fn record(&mut self, looks: &[Look]) -> Result<(), ReadError> {
        let transaction = self.conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let last = transaction
            .query_row("SELECT seq, hash FROM looks ORDER BY seq DESC LIMIT 1", [], |row| {
                Ok((row.get::<_, i64>(0)?, bytes32(row, 1)?))
            })
            .optional()?;
        let (mut seq, mut hash) = last.unwrap_or((0, [0; 32]));
        for look in looks {
            seq += 1;
            hash = chained(&hash, seq, look);
            let raw = |id: Option<CaseId>| id.map(|id| *id.0.as_bytes());
            transaction
                .prepare_cached(
                    "INSERT INTO looks (seq, staff, subject, case_id, how, at, hash, detail)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
                )?
                .execute(params![
                    seq,
                    raw(look.staff),
                    look.subject.0.as_bytes(),
                    raw(look.case),
                    look.how.word(),
                    look.at.timestamp_millis(),
                    hash,
                    look.detail
                ])?;
        }
        Ok(transaction.commit()?)
    }

    /// All looks, in the order in which they were noted, each with its number and hash; hands each to `each`.
    fn read(&self, each: &mut dyn FnMut(Seq, Look, [u8; 32])) -> Result<(), ReadError> {
        let mut all = self.conn.prepare_cached(
            "SELECT seq, staff, subject, case_id, how, at, detail, hash FROM looks ORDER BY seq",
        )?;
        let mut rows = all.query([])?;
        while let Some(row) = rows.next()? {
            let (seq, look) = look(row)?;
            each(seq, look, bytes32(row, 7)?);
        }
        Ok(())
    }

    /// Number and hash of the last look; `None` before the first.
    pub(super) fn head(&self) -> Result<Option<(Seq, Hash32)>, ReadError> {
        let mut last = self.conn.prepare_cached("SELECT seq, hash FROM looks ORDER BY seq DESC LIMIT 1")?;
        Ok(last.query_row([], |row| Ok((count(row, 0)?, Hash32(bytes32(row, 1)?)))).optional()?)
    }

    /// All looks, in the order in which they were noted.
    ///
    /// # Errors
    /// Where they cannot be read.
    pub fn looks(&self) -> Result<Vec<Look>, ReadError> {
        let mut looks = Vec::new();
        self.read(&mut |_, look, _| looks.push(look))?;
        Ok(looks)
    }

    /// What the looks prove of themselves, and that they hold to the heads (number and hash of the last look) that the
    /// ledger wrote down. That some were cut off after the last of those is not seen here.
    pub(super) fn proof(&self, heads: &BTreeMap<Seq, Hash32>) -> Result<Proof, ReadError> {
        let mut proof = Proof { looks: 0, head: BEFORE_THE_FIRST, fault: None };
        self.read(&mut |seq, look, stored| {
            proof.looks += 1;
            proof.head =
                Hash32(chained(&proof.head.0, i64::try_from(proof.looks).unwrap_or(i64::MAX), &look));
            let other = heads.get(&proof.looks).is_some_and(|known| *known != proof.head);
            if proof.fault.is_none() && (seq != proof.looks || stored != proof.head.0 || other) {
                proof.fault = Some(proof.looks);
            }
        })?;
        Ok(proof)
    }
}

/// How many looks there are, and whether they are as they were noted.
pub(super) struct Proof {
    pub(super) looks: Seq,
    /// The hash of the last.
    pub(super) head: Hash32,
    /// The first look that is not as it was noted, if any.
    pub(super) fault: Option<Seq>,
}

/// A row that begins with number, who, whose, case, how, when and detail.
fn look(row: &Row<'_>) -> rusqlite::Result<(Seq, Look)> {
    let how: String = row.get(4)?;
    let look = Look {
        staff: maybe_id(row, 1)?,
        subject: id(row, 2)?,
        case: maybe_id(row, 3)?,
        how: How::of(&how).ok_or_else(|| wrong(4, "no way of looking"))?,
        at: instant(row, 5)?,
        detail: row.get(6)?,
    };
    Ok((count(row, 0)?, look))
}

fn chained(prev: &[u8; 32], seq: i64, look: &Look) -> [u8; 32] {
    let mut hash = Sha256::new_with_prefix([0x02]).chain_update(prev);
    let mut field = |value: &[u8]| {
        hash.update(u32::try_from(value.len()).unwrap_or(u32::MAX).to_be_bytes());
        hash.update(value);
    };
    let raw = |id: Option<CaseId>| id.map(|id| id.0.as_bytes().to_vec()).unwrap_or_default();
    field(&seq.to_be_bytes());
    field(&raw(look.staff));
    field(look.subject.0.as_bytes());
    field(&raw(look.case));
    field(look.how.word().as_bytes());
    field(&look.at.timestamp_millis().to_be_bytes());
    if let Some(detail) = &look.detail {
        field(detail.as_bytes());
    }
    hash.finalize().into()
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;

    use super::*;

    /// Only what the documentation above says, with none of this module's code.
    #[test]
    fn the_published_vector_holds_and_follows_from_the_documented_bytes() {
        let value = |bytes: &[u8]| [&u32::try_from(bytes.len()).unwrap().to_be_bytes(), bytes].concat();
        let subject = 0x0011_2233_4455_6677_8899_aabb_ccdd_eeff_u128;
        let (seq, at) = (1_i64, 1_792_000_000_123_i64);
        let fields = [
            value(&seq.to_be_bytes()),
            value(b""),
            value(&subject.to_be_bytes()),
            value(b""),
            value(b"open"),
            value(&at.to_be_bytes()),
        ];
        let documented = Sha256::digest([&[2][..], &[0; 32], &fields.concat()].concat());
        let look = Look {
            staff: None,
            subject: CaseId(uuid::Uuid::from_u128(subject)),
            case: None,
            how: How::Open,
            detail: None,
            at: DateTime::from_timestamp_millis(at).unwrap(),
        };
        let hash = chained(&[0; 32], seq, &look);
        assert_eq!(hash, <[u8; 32]>::from(documented));
        let published = format!("//! hash        {}", Hash32(hash));
        assert!(include_str!("access.rs").contains(&published), "{published}");
        let (seq, at) = (2_i64, 1_792_000_000_456_i64);
        let fields = [
            value(&seq.to_be_bytes()),
            value(b""),
            value(&subject.to_be_bytes()),
            value(b""),
            value(b"refused"),
            value(&at.to_be_bytes()),
            value(b"Decision"),
        ];
        let documented = Sha256::digest([&[2][..], &hash, &fields.concat()].concat());
        let refused = Look {
            how: How::Refused,
            detail: Some("Decision".to_owned()),
            at: DateTime::from_timestamp_millis(at).unwrap(),
            ..look
        };
        let hash = chained(&hash, seq, &refused);
        assert_eq!(hash, <[u8; 32]>::from(documented));
        let published = format!("//! hash        {}", Hash32(hash));
        assert!(include_str!("access.rs").contains(&published), "{published}");
    }
}

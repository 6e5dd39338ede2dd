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
//! | 3 | `subject` | BLOB, 16 | whose record |
//! | 4 | `case_id` | BLOB, 16 or NULL | the case, where it was one |
//! | 5 | `how` | TEXT | `open`, `search`, `print`, `export`; `missed`: a wrong PIN or passphrase, `subject` is the member of staff it was tried for |
//! | 6 | `at` | INTEGER | when: milliseconds since 1970-01-01T00:00:00Z |
//! | 7 | `hash` | BLOB, 32 | the look's hash |
//!
//! `hash` = SHA-256( `02` ‖ hash of the look before ‖ F1 ‖ … ‖ F6 ), the first following 32 zero bytes. Fn is column n:
//! the length of the value as four bytes, big-endian, and the value: an INTEGER as eight bytes, big-endian two's
//! complement; a TEXT as its UTF-8; a BLOB as it is; NULL as a value of no bytes (a BLOB here is never empty).
//!
//! ## Test vector
//! `seq` 1, `staff` NULL, `subject` `00112233-4455-6677-8899-aabbccddeeff`, `case_id` NULL, `how` `open`, `at`
//! 1792000000123:
//!
//! ```text
//! hash        7fd045df371b5494f59f01016ad3037cdff71e508e77230ecfdc5030cbc2df0c
//! ```

use rusqlite::{Connection, OptionalExtension, TransactionBehavior, params};
use sha2::{Digest, Sha256};

use super::beside;
use super::connection;
use super::dir::OfficeDir;
use super::error::{OpenError, ReadError};
use super::header::BEFORE_THE_FIRST;
use super::rows::{bytes32, count, id, instant, maybe_id, wrong};
use crate::domain::access::{How, Look};
use crate::domain::ids::{CaseId, Hash32, Seq};

/// Names a file as ours: "DUTA".
const APPLICATION_ID: i64 = 0x4455_5441;

const SCHEMA: &str = "CREATE TABLE IF NOT EXISTS looks (
    seq INTEGER PRIMARY KEY, staff BLOB, subject BLOB NOT NULL, case_id BLOB, how TEXT NOT NULL, at INTEGER NOT NULL,
    hash BLOB NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS looks_subject ON looks (subject, at);
CREATE TRIGGER IF NOT EXISTS looks_update BEFORE UPDATE ON looks
BEGIN SELECT raise(ABORT, 'looks are never changed'); END;
CREATE TRIGGER IF NOT EXISTS looks_delete BEFORE DELETE ON looks
BEGIN SELECT raise(ABORT, 'looks are never deleted'); END;
CREATE TRIGGER IF NOT EXISTS looks_insert BEFORE INSERT ON looks
WHEN EXISTS (SELECT 1 FROM looks WHERE seq = NEW.seq)
BEGIN SELECT raise(ABORT, 'looks are only ever added'); END;";

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
        Ok(Self { conn: beside::open(dir, dir.access(), APPLICATION_ID, SCHEMA)? })
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
                    "INSERT INTO looks (seq, staff, subject, case_id, how, at, hash)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                )?
                .execute(params![
                    seq,
                    raw(look.staff),
                    look.subject.0.as_bytes(),
                    raw(look.case),
                    look.how.word(),
                    look.at.timestamp_millis(),
                    hash
                ])?;
        }
        Ok(transaction.commit()?)
    }

    /// All looks, in the order in which they were noted, each with its number and hash; hands each to `each`.
    fn read(&self, each: &mut dyn FnMut(Seq, Look, [u8; 32])) -> Result<(), ReadError> {
        let mut all = self
            .conn
            .prepare_cached("SELECT seq, staff, subject, case_id, how, at, hash FROM looks ORDER BY seq")?;
        let mut rows = all.query([])?;
        while let Some(row) = rows.next()? {
            let how: String = row.get(4)?;
            let look = Look {
                staff: maybe_id(row, 1)?,
                subject: id(row, 2)?,
                case: maybe_id(row, 3)?,
                how: How::of(&how).ok_or_else(|| wrong(4, "no way of looking"))?,
                at: instant(row, 5)?,
            };
            each(count(row, 0)?, look, bytes32(row, 6)?);
        }
        Ok(())
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

    /// What the looks prove of themselves. That some were cut off at the end is not seen here: a head that was written
    /// down elsewhere shows it.
    pub(super) fn proof(&self) -> Result<Proof, ReadError> {
        let mut proof = Proof { looks: 0, head: BEFORE_THE_FIRST, fault: None };
        self.read(&mut |seq, look, stored| {
            proof.looks += 1;
            proof.head =
                Hash32(chained(&proof.head.0, i64::try_from(proof.looks).unwrap_or(i64::MAX), &look));
            if proof.fault.is_none() && (seq != proof.looks || stored != proof.head.0) {
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
            at: DateTime::from_timestamp_millis(at).unwrap(),
        };
        let hash = chained(&[0; 32], seq, &look);
        assert_eq!(hash, <[u8; 32]>::from(documented));
        let published = format!("//! hash        {}", Hash32(hash));
        assert!(include_str!("access.rs").contains(&published), "{published}");
    }
}

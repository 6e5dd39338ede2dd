//! PINs and passphrases, and how often wrong ones were tried: a file of their own beside the ledger, because what is in the
//! ledger stays for ever and is read by many.
//!
//! Nothing here is needed to read or prove the record. What was done with a secret (set, unlocked, signed in) is an act in
//! the ledger, each miss stands in the access log; that they are written is left to whoever asks.
//!
//! # What the files hold
//! `signin.db` is an SQLite 3 database; its `application_id` is `0x44555453` ("DUTS"). Table `secrets`: one row for each
//! member of staff who has one, with the kind, the Argon2id parameters it was made with, 16 bytes of salt, 32 of hash.
//! Table `misses`: wrong tries by member of staff and station since that person last signed in or was unlocked. A person
//! is locked by [`MOST_MISSES`] of theirs wherever they were tried, a station by as many tried there whoever they were
//! said to be; nothing else is kept of either, so that a restart and a second terminal meet the same count.
//!
//! `pepper` holds 32 random bytes, mode 0400, made when the first secret is set: every hash is made with them as well. It
//! protects the hashes of a `signin.db` that got away *without* it (a copy of one file, a row in somebody's hands). It
//! does not protect from whoever can read the office's directory, for they read both; nor is a PIN of six digits then
//! more than a minute's work. Against guessing at the keyboard it is the count that protects, not the hash.

mod hash;

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, params};

use self::hash::{Cost, Hashed};
use super::beside;
use super::connection;
use super::dir::OfficeDir;
use super::error::{OpenError, ReadError};
use super::rows::{id, instant, wrong};
use crate::domain::chance::Chance;
use crate::domain::ids::CaseId;
use crate::domain::secret::{Barred, Held, MOST_MISSES, Secret, SecretKind, Verdict, wait};

/// Names a file as ours: "DUTS".
const APPLICATION_ID: i64 = 0x4455_5453;

const SCHEMA: &str = "CREATE TABLE IF NOT EXISTS secrets (
    staff BLOB PRIMARY KEY, kind TEXT NOT NULL, memory INTEGER NOT NULL, passes INTEGER NOT NULL, lanes INTEGER NOT NULL,
    salt BLOB NOT NULL, hash BLOB NOT NULL, temporary INTEGER NOT NULL, set_at INTEGER NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS misses (
    staff BLOB NOT NULL, station TEXT NOT NULL, n INTEGER NOT NULL, last INTEGER NOT NULL, PRIMARY KEY (staff, station)
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS misses_station ON misses (station);";

/// The secrets of an office: one connection.
#[derive(Debug)]
pub struct Secrets {
    conn: Connection,
    dir: OfficeDir,
}

/// A try that was counted before it is looked at.
enum Reserved {
    /// It may be looked at; with this many wrong ones, this one among them.
    Counted(u32),
    /// It may not.
    Not(Verdict),
}

impl Secrets {
    /// Opens the secrets of an office.
    ///
    /// # Errors
    /// Where the office is unfit for use, or the file is not ours.
    pub fn open(dir: &OfficeDir) -> Result<Self, OpenError> {
        connection::check_sqlite()?;
        dir.check()?;
        let conn = beside::open(dir, dir.secrets(), APPLICATION_ID, SCHEMA)?;
        // A count that a power cut takes back would be a count that a power cut resets.
        conn.pragma_update(None, "synchronous", "FULL").map_err(super::rows::failed_to_open)?;
        Ok(Self { conn, dir: dir.clone() })
    }

    /// The same where there are any: an office in which nobody has one makes no file for it.
    ///
    /// # Errors
    /// As [`Secrets::open`].
    pub fn open_if_any(dir: &OfficeDir) -> Result<Option<Self>, OpenError> {
        if dir.secrets().exists() { Self::open(dir).map(Some) } else { Ok(None) }
    }

    /// What a member of staff has, never which.
    ///
    /// # Errors
    /// Where it could not be read.
    pub fn of(&self, staff: CaseId) -> Result<Option<Held>, ReadError> {
        Ok(self
            .conn
            .prepare_cached("SELECT kind, temporary, set_at FROM secrets WHERE staff = ?1")?
            .query_row([staff.0.as_bytes()], |row| {
                let kind: String = row.get(0)?;
                Ok(Held {
                    kind: SecretKind::of(&kind).ok_or_else(|| wrong(0, "no kind of secret"))?,
                    temporary: row.get::<_, i64>(1)? != 0,
                    set_at: instant(row, 2)?,
                })
            })
            .optional()?)
    }

    /// Everybody who has one.
    ///
    /// # Errors
    /// Where it could not be read.
    pub fn holders(&self) -> Result<Vec<CaseId>, ReadError> {
        let mut all = self.conn.prepare_cached("SELECT staff FROM secrets ORDER BY staff")?;
        Ok(all.query_map([], |row| id(row, 0))?.collect::<rusqlite::Result<_>>()?)
    }

    /// Whether a secret is somebody's. The try is counted before it is looked at, in a transaction of its own: of twenty
    /// tries at once not one more is looked at than of twenty after one another. It takes about a seventh of a second.
    ///
    /// # Errors
    /// Where it could not be counted: nothing was looked at then. Where the pepper is gone, or a hash cannot be made.
    pub fn check(
        &mut self,
        staff: CaseId,
        station: &str,
        secret: &Secret,
        now: DateTime<Utc>,
    ) -> Result<Verdict, ReadError> {
        let Some((stored, temporary)) = self.stored(staff)? else { return Ok(Verdict::None) };
        let pepper = hash::pepper(&self.dir)?;
        let misses = match self.reserve(staff, station, now)? {
            Reserved::Counted(misses) => misses,
            Reserved::Not(verdict) => return Ok(verdict),
        };
        if stored.is_of(secret, &pepper)? {
            self.unlock(&Barred::Staff(staff))?;
            return Ok(Verdict::Right { temporary });
        }
        Ok(Verdict::Wrong { again_at: now + wait(misses), left: MOST_MISSES.saturating_sub(misses) })
    }

    /// Counts a try, or says why it is not looked at.
    fn reserve(&mut self, staff: CaseId, station: &str, now: DateTime<Utc>) -> Result<Reserved, ReadError> {
        let transaction = self.conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let own = count(&transaction, "staff = ?1", staff.0.as_bytes(), now)?;
        let here = count(&transaction, "station = ?1", station, now)?;
        if own.misses >= MOST_MISSES {
            return Ok(Reserved::Not(Verdict::Locked(Barred::Staff(staff))));
        }
        if here.misses >= MOST_MISSES {
            return Ok(Reserved::Not(Verdict::Locked(Barred::Station(station.to_owned()))));
        }
        let until = own.until.max(here.until);
        if until > now {
            return Ok(Reserved::Not(Verdict::Wait(until)));
        }
        transaction
            .prepare_cached(
                "INSERT INTO misses (staff, station, n, last) VALUES (?1, ?2, 1, ?3)
                 ON CONFLICT (staff, station) DO UPDATE SET n = n + 1, last = ?3",
            )?
            .execute(params![staff.0.as_bytes(), station, now.timestamp_millis()])?;
        transaction.commit()?;
        Ok(Reserved::Counted(own.misses.max(here.misses) + 1))
    }

    /// Sets somebody's secret in place of any other, and forgets their wrong tries. `temporary` where somebody else gives
    /// it to them.
    ///
    /// # Errors
    /// Where it could not be made or kept; the one before then stands.
    pub fn put(
        &mut self,
        staff: CaseId,
        secret: &Secret,
        temporary: bool,
        chance: &mut dyn Chance,
        now: DateTime<Utc>,
    ) -> Result<(), ReadError> {
        let pepper = match self.holders()?.is_empty() {
            true => hash::make_pepper(&self.dir, chance)?,
            false => hash::pepper(&self.dir)?,
        };
        let mut salt = [0; 16];
        salt.copy_from_slice(&chance.bytes32()[..16]);
        let made = Hashed::of(secret, salt, Cost::STANDARD, &pepper)?;
        let transaction = self.conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        transaction
            .prepare_cached(
                "INSERT OR REPLACE INTO secrets (staff, kind, memory, passes, lanes, salt, hash, temporary, set_at)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
            )?
            .execute(params![
                staff.0.as_bytes(),
                secret.kind().word(),
                made.cost.memory,
                made.cost.passes,
                made.cost.lanes,
                made.salt,
                made.hash,
                i64::from(temporary),
                now.timestamp_millis()
            ])?;
        transaction.prepare_cached("DELETE FROM misses WHERE staff = ?1")?.execute([staff.0.as_bytes()])?;
        Ok(transaction.commit()?)
    }

    /// Whether a secret is the one that stands, without counting: for one that is to be replaced by another.
    ///
    /// # Errors
    /// Where a hash cannot be made.
    pub fn is_the_same(&self, staff: CaseId, secret: &Secret) -> Result<bool, ReadError> {
        match self.stored(staff)? {
            Some((stored, _)) => stored.is_of(secret, &hash::pepper(&self.dir)?),
            None => Ok(false),
        }
    }

    /// Forgets the wrong tries of a person or at a station.
    ///
    /// # Errors
    /// Where they could not be forgotten.
    pub fn unlock(&mut self, barred: &Barred) -> Result<(), ReadError> {
        match barred {
            Barred::Staff(staff) => self
                .conn
                .prepare_cached("DELETE FROM misses WHERE staff = ?1")?
                .execute([staff.0.as_bytes()])?,
            Barred::Station(station) => {
                self.conn.prepare_cached("DELETE FROM misses WHERE station = ?1")?.execute([station])?
            }
        };
        Ok(())
    }

    /// Who and what is locked.
    ///
    /// # Errors
    /// Where it could not be read.
    pub fn barred(&self) -> Result<Vec<Barred>, ReadError> {
        let mut people = self
            .conn
            .prepare_cached("SELECT staff FROM misses GROUP BY staff HAVING sum(n) >= ?1 ORDER BY staff")?;
        let people = people.query_map([MOST_MISSES], |row| Ok(Barred::Staff(id(row, 0)?)))?;
        let mut stations = self.conn.prepare_cached(
            "SELECT station FROM misses GROUP BY station HAVING sum(n) >= ?1 ORDER BY station",
        )?;
        let stations = stations.query_map([MOST_MISSES], |row| Ok(Barred::Station(row.get(0)?)))?;
        Ok(people.chain(stations).collect::<rusqlite::Result<_>>()?)
    }

    fn stored(&self, staff: CaseId) -> Result<Option<(Hashed, bool)>, ReadError> {
        Ok(self
            .conn
            .prepare_cached(
                "SELECT memory, passes, lanes, salt, hash, temporary FROM secrets WHERE staff = ?1",
            )?
            .query_row([staff.0.as_bytes()], |row| {
                let cost = Cost { memory: row.get(0)?, passes: row.get(1)?, lanes: row.get(2)? };
                Ok((Hashed { cost, salt: row.get(3)?, hash: row.get(4)? }, row.get::<_, i64>(5)? != 0))
            })
            .optional()?)
    }
}

/// Wrong tries, and until when the next is not looked at.
struct Count {
    misses: u32,
    until: DateTime<Utc>,
}

fn count(
    transaction: &Transaction<'_>,
    of: &str,
    whom: impl rusqlite::ToSql,
    now: DateTime<Utc>,
) -> Result<Count, ReadError> {
    let sql = format!("SELECT coalesce(sum(n), 0), coalesce(max(last), 0) FROM misses WHERE {of}");
    let (misses, last): (u32, DateTime<Utc>) =
        transaction.prepare_cached(&sql)?.query_row([whom], |row| Ok((row.get(0)?, instant(row, 1)?)))?;
    // A clock that was set back makes nobody wait longer than a wait is long.
    Ok(Count { misses, until: (last + wait(misses)).min(now + wait(misses)) })
}

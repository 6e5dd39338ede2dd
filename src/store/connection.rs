//! Opening the ledger's file: the settings that durability rests on, set and read back each time.

use std::path::Path;
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};

use super::dir::OfficeDir;
use super::error::{AppendError, OpenError};
use super::migrations::{self, APPLICATION_ID};
use super::rows::failed_to_open;
use crate::domain::ids::Seq;
use crate::domain::words::store as words;

/// The oldest SQLite that does not lose acknowledged commits when several processes share one write-ahead log.
const OLDEST: i32 = 3_051_003;

/// How long SQLite waits for a lock. Writers queue on the lock file first, so this is a net.
const PATIENCE: Duration = Duration::from_secs(5);

/// A connection to the ledger, and why it cannot write, where it cannot.
pub(super) struct Opened {
    pub(super) conn: Connection,
    pub(super) read_only: Option<ReadOnly>,
}

/// Why a ledger is only read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum ReadOnly {
    /// A newer program made it: this one must not write to it.
    Newer(String),
    /// The disk or its modes do not let us; that may pass.
    NotWritable,
}

impl ReadOnly {
    pub(super) fn why(&self) -> &str {
        match self {
            ReadOnly::Newer(why) => why,
            ReadOnly::NotWritable => words::NOT_WRITABLE,
        }
    }

    pub(super) fn error(&self) -> AppendError {
        match self {
            ReadOnly::Newer(why) => AppendError::ReadOnly(why.clone()),
            ReadOnly::NotWritable => AppendError::Disk(words::NOT_WRITABLE.to_owned()),
        }
    }
}

/// Refuses to go on with an SQLite that can lose entries.
pub(super) fn check_sqlite() -> Result<(), OpenError> {
    check_version(rusqlite::version_number(), rusqlite::version())
}

fn check_version(number: i32, shown: &str) -> Result<(), OpenError> {
    if number < OLDEST { Err(OpenError::OldSqlite(shown.to_owned())) } else { Ok(()) }
}

/// Makes a new ledger of this empty file, which is to have another name when it is whole.
pub(super) fn create(dir: &OfficeDir, path: &Path) -> Result<Opened, OpenError> {
    let mut conn = writable(path)?;
    conn.pragma_update(None, "journal_mode", "WAL").map_err(failed_to_open)?;
    settle(&conn, true)?;
    migrations::run(&mut conn, dir, &migrations::all(), &mut |_, _| {})?;
    Ok(Opened { conn, read_only: None })
}

/// Ends a connection to a file that was made anew. All of it lies in the file then, and nothing in a log beside it.
pub(super) fn finish(conn: Connection) -> Result<(), OpenError> {
    let left: i64 =
        conn.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0)).map_err(failed_to_open)?;
    if left != 0 {
        return Err(OpenError::Failed(words::HELD.to_owned()));
    }
    conn.close().map_err(|(_, error)| failed_to_open(error))
}

/// Opens the ledger of an office, saying how far a migration has come.
pub(super) fn open(dir: &OfficeDir, progress: &mut dyn FnMut(Seq, Seq)) -> Result<Opened, OpenError> {
    check_sqlite()?;
    dir.check()?;
    let path = dir.ledger();
    let mut opened = match writable(&path) {
        Ok(conn) if !conn.is_readonly("main").unwrap_or(true) && can_log(&conn) => {
            Opened { conn, read_only: None }
        }
        _ => Opened { conn: readable(&path)?, read_only: Some(ReadOnly::NotWritable) },
    };
    let found: i64 = opened
        .conn
        .pragma_query_value(None, "application_id", |row| row.get(0))
        .map_err(|_| OpenError::NotOurs(path.clone()))?;
    if found != APPLICATION_ID {
        return Err(OpenError::NotOurs(path));
    }
    let (schema, known) = (migrations::version(&opened.conn).map_err(failed_to_open)?, migrations::newest());
    if schema > known {
        opened.read_only = Some(ReadOnly::Newer(words::newer_schema(schema, known)));
    }
    settle(&opened.conn, opened.read_only.is_none())?;
    if opened.read_only.is_none() {
        migrations::run(&mut opened.conn, dir, &migrations::all(), progress)?;
    }
    Ok(opened)
}

fn writable(path: &Path) -> Result<Connection, OpenError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    Connection::open_with_flags(path, flags).map_err(failed_to_open)
}

/// Whether the log can be opened beside a file: in a directory that cannot be written it cannot.
pub(super) fn can_log(conn: &Connection) -> bool {
    let opened: rusqlite::Result<i64> = conn.pragma_query_value(None, "application_id", |row| row.get(0));
    !opened.is_err_and(|error| error.sqlite_error_code() == Some(rusqlite::ErrorCode::CannotOpen))
}

/// A file that cannot be written. Where it has no log beside it, nobody writes to it now, and it can be read although
/// nothing can be made beside it; otherwise the log is read with it.
pub(super) fn readable(path: &Path) -> Result<Connection, OpenError> {
    let flags =
        OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_URI;
    let mut log = path.as_os_str().to_owned();
    log.push("-wal");
    let plain = path.to_str().filter(|text| !text.contains(['%', '?', '#']) && !Path::new(&log).exists());
    match plain {
        Some(text) => Connection::open_with_flags(format!("file:{text}?immutable=1"), flags),
        None => Connection::open_with_flags(path, flags),
    }
    .map_err(failed_to_open)
}

/// Sets what a connection to the ledger needs, and reads back what durability rests on.
fn settle(conn: &Connection, writes: bool) -> Result<(), OpenError> {
    guard(conn).map_err(failed_to_open)?;
    conn.pragma_update(None, "synchronous", "FULL").map_err(failed_to_open)?;
    if !writes {
        // What is only read rests on no setting.
        return conn.pragma_update(None, "query_only", true).map_err(failed_to_open);
    }
    let journal: String =
        conn.pragma_query_value(None, "journal_mode", |row| row.get(0)).map_err(failed_to_open)?;
    if journal != "wal" {
        return Err(OpenError::Setting { setting: "journal_mode", found: journal });
    }
    let synchronous: i64 =
        conn.pragma_query_value(None, "synchronous", |row| row.get(0)).map_err(failed_to_open)?;
    if synchronous != 2 {
        return Err(OpenError::Setting { setting: "synchronous", found: synchronous.to_string() });
    }
    Ok(())
}

/// What every connection of ours gets, whatever its file.
pub(super) fn guard(conn: &Connection) -> rusqlite::Result<()> {
    conn.busy_timeout(PATIENCE)?;
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    // A prepared statement keeps its plan whatever is bound to it. Otherwise some are prepared anew each time they run.
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    conn.pragma_update(None, "trusted_schema", false)?;
    conn.pragma_update(None, "cell_size_check", true)?;
    conn.pragma_update(None, "foreign_keys", true)?;
    conn.pragma_update(None, "secure_delete", true)?;
    conn.set_prepared_statement_cache_capacity(128);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_sqlite_that_can_lose_commits_is_refused_and_the_linked_one_is_not() {
        assert!(check_version(3_051_002, "3.51.2").is_err());
        check_sqlite().unwrap();
    }
}

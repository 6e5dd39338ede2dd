//! What is left of removed content in the free space of an office's files: overwritten once nothing else reads them.
//!
//! SQLite overwrites what is deleted, but pages that were written before stand in the log until it is emptied, and copies that a
//! page has outgrown may stand in it unseen. So the files are written anew without free space and their logs emptied; copies
//! that were put aside before a migration, and pages for the printer, go altogether. Each of it can be done again at any time:
//! a mark lies in the office from before the removal until all of it is done.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use rusqlite::Connection;

use super::connection;
use super::dir::OfficeDir;
use crate::domain::words::disposal as words;

/// Lies in the office while traces may be left.
fn mark(dir: &OfficeDir) -> PathBuf {
    dir.root().join("wipe")
}

/// Notes that content is about to be removed.
pub(super) fn begin(dir: &OfficeDir) -> Result<(), super::AppendError> {
    let failed = |error: io::Error| super::AppendError::Disk(error.to_string());
    dir.ensure_file(&mark(dir)).map_err(|error| super::AppendError::Disk(error.to_string()))?;
    fs::File::open(dir.root()).and_then(|root| root.sync_all()).map_err(failed)
}

/// Whether traces may be left.
pub(super) fn is_due(dir: &OfficeDir) -> bool {
    mark(dir).exists()
}

/// Overwrites what is left. `conn` is a connection to the ledger outside any transaction.
///
/// # Errors
/// In words, where somebody else reads one of the files just now or it cannot be written: the mark stays.
pub(super) fn finish(dir: &OfficeDir, conn: &Connection) -> Result<(), String> {
    let failed = |_| words::NOT_WIPED.to_owned();
    forget_copies(&dir.spool(), |name, is_folder| !is_folder && name.starts_with("ledger-before-"))
        .map_err(|error| error.to_string())?;
    // Until all its tables are written a folder is hidden; a program that was killed meanwhile leaves it so.
    forget_copies(&dir.sheets(), |name, is_folder| {
        !is_folder || name.trim_start_matches('.').starts_with(FOLDERS)
    })
    .map_err(|error| error.to_string())?;
    anew(conn).map_err(failed)?;
    for path in [dir.drafts(), dir.access()] {
        if path.exists() {
            let conn = Connection::open(&path).map_err(failed)?;
            connection::guard(&conn).map_err(failed)?;
            anew(&conn).map_err(failed)?;
        }
    }
    fs::remove_file(mark(dir)).map_err(|error| error.to_string())
}

/// Writes a file anew without free space, and empties its log.
fn anew(conn: &Connection) -> rusqlite::Result<()> {
    // What it writes meanwhile never lies outside the office.
    conn.pragma_update(None, "temp_store", "MEMORY")?;
    conn.execute_batch("VACUUM")?;
    let left: i64 = conn.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
    if left == 0 { Ok(()) } else { Err(rusqlite::Error::ExecuteReturnedResults) }
}

/// How folders begin that hold the tables of a pack.
const FOLDERS: &str = "pack-";

/// Removes what lies in the folder and is one of those, by its name and whether it is a folder itself.
fn forget_copies(folder: &Path, is_one: impl Fn(&str, bool) -> bool) -> io::Result<()> {
    let listing = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        listing => listing?,
    };
    for item in listing {
        let item = item?;
        let (kind, name) = (item.file_type()?, item.file_name());
        let name = name.to_string_lossy();
        if kind.is_file() && is_one(&name, false) {
            fs::remove_file(item.path())?;
        } else if kind.is_dir() && is_one(&name, true) {
            fs::remove_dir_all(item.path())?;
        }
    }
    Ok(())
}

//! How the files of an office come to be, and those beside the ledger (drafts, the access log) are opened: SQLite with a
//! table of its own, made when first asked for.
//!
//! Many programs start at once on a new office, and any of them may be killed. So a file is made under another name and
//! given its own when it is whole: nobody ever meets half of one. What is in it is left to whoever opens it.

use std::ffi::OsString;
use std::fs::{self, Permissions};
use std::io::{self, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use rusqlite::{Connection, OpenFlags};
use zeroize::Zeroizing;

use super::connection;
use super::dir::OfficeDir;
use super::error::OpenError;
use super::rows::failed_to_open;
use crate::domain::chance::Chance;

/// Opens a file beside the ledger: WAL, and the guards of every connection. Where it is not there it is made, with the
/// tables of `schema`.
pub(super) fn open(
    dir: &OfficeDir,
    path: PathBuf,
    application_id: i64,
    schema: &str,
) -> Result<Connection, OpenError> {
    if !path.exists() {
        whole(dir, &path, |aside| fill(aside, application_id, schema))?;
    }
    let mut conn = connected(&path)?;
    if conn.is_readonly("main").unwrap_or(true) || !connection::can_log(&conn) {
        // A backup on a disk that can only be read is looked at as it is.
        conn = connection::readable(&path)?;
        connection::guard(&conn).map_err(failed_to_open)?;
    }
    let found: i64 = conn
        .pragma_query_value(None, "application_id", |row| row.get(0))
        .map_err(|_| OpenError::NotOurs(path.clone()))?;
    if found == application_id { Ok(conn) } else { Err(OpenError::NotOurs(path)) }
}

fn connected(path: &Path) -> Result<Connection, OpenError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let conn = Connection::open_with_flags(path, flags).map_err(failed_to_open)?;
    connection::guard(&conn).map_err(failed_to_open)?;
    Ok(conn)
}

/// Makes a file of the office: filled under another name, and given its own when it is whole. `false` where another
/// program was first: its file stands.
pub(super) fn whole(
    dir: &OfficeDir,
    path: &Path,
    fill: impl FnOnce(&Path) -> Result<(), OpenError>,
) -> Result<bool, OpenError> {
    let aside = with(path, &format!(".{}-{:?}", std::process::id(), std::thread::current().id()));
    clear(&aside);
    dir.ensure_file(&aside)?;
    let named = fill(&aside).and_then(|()| match fs::hard_link(&aside, path) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(false),
        Err(error) => Err(OpenError::Failed(format!("{}: {error}", path.display()))),
    });
    clear(&aside);
    named
}

/// A secret of the office, 32 random bytes: made where there is none yet. Of two programs that make one at once, one does.
pub(super) fn secret(dir: &OfficeDir, path: &Path, chance: &mut dyn Chance) -> Result<(), OpenError> {
    if path.exists() {
        return Ok(());
    }
    let bytes = Zeroizing::new(chance.bytes32());
    let fill = |path: &Path| {
        let written = fs::OpenOptions::new().write(true).open(path).and_then(|mut file| {
            file.write_all(&*bytes)?;
            file.set_permissions(Permissions::from_mode(0o400))?;
            file.sync_all()
        });
        written.map_err(|error| OpenError::Failed(format!("{}: {error}", path.display())))
    };
    whole(dir, path, fill).map(drop)
}

/// Removes a file that was made aside, or half made by a program that had the same number and was killed, with its
/// journal and log. What is not there need not be removed.
fn clear(aside: &Path) {
    for end in ["", "-journal", "-wal", "-shm"] {
        let _ = fs::remove_file(with(aside, end));
    }
}

/// All of it in one commit, and the log only after it: when the connection is closed, all lies in the file itself.
fn fill(path: &Path, application_id: i64, schema: &str) -> Result<(), OpenError> {
    let conn = connected(path)?;
    let whole = format!("BEGIN; {schema}; PRAGMA application_id = {application_id}; COMMIT;");
    conn.execute_batch(&whole).map_err(failed_to_open)?;
    conn.pragma_update(None, "journal_mode", "WAL").map_err(failed_to_open)?;
    conn.close().map_err(|(_, error)| failed_to_open(error))
}

fn with(path: &Path, end: &str) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(end);
    PathBuf::from(name)
}

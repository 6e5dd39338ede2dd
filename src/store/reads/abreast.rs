//! Two readings at once of one state of the ledger, where much is read and somebody waits for it.
//!
//! What is read is the questions' own matter; here is only that both see the same entries.

use std::path::Path;
use std::thread;

use rusqlite::Connection;

use super::super::connection;
use super::super::ledger::{self, Head};

/// Runs `here` with this connection, which is in a transaction, while `there` runs on a thread of its own with another
/// that stands at the same entry: tables change with an entry or not at all. Where that cannot be had (a commit came
/// between, no file, no thread), `there` is run after `here` with this one.
pub(in crate::store) fn abreast<H, T: Send>(
    conn: &Connection,
    here: impl FnOnce(&Connection) -> rusqlite::Result<H>,
    there: impl Fn(&Connection) -> rusqlite::Result<T> + Sync,
) -> rusqlite::Result<(H, T)> {
    let head = ledger::head(conn)?;
    let path = conn.path().map(Path::new);
    thread::scope(|scope| {
        let other = || path.and_then(|path| standing_at(&head, path, &there));
        let other = thread::Builder::new().name("abreast".to_owned()).spawn_scoped(scope, other);
        let here = here(conn)?;
        let found = other.ok().and_then(|other| other.join().ok()).flatten();
        Ok((here, found.map_or_else(|| there(conn), Ok)?))
    })
}

/// What is read by another connection, where it sees the ledger up to that entry. What fails there is asked again by the
/// first, which then says why.
fn standing_at<T>(head: &Head, path: &Path, read: impl Fn(&Connection) -> rusqlite::Result<T>) -> Option<T> {
    let conn = connection::readable(path).ok()?;
    connection::guard(&conn).ok()?;
    let transaction = conn.unchecked_transaction().ok()?;
    if ledger::head(&transaction).ok()? != *head {
        return None;
    }
    read(&transaction).ok()
}

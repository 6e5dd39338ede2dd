//! Notices what other processes commit: the bell is heard at once, and once a second the ledger itself is asked,
//! in case the bell could not be rung or heard.

use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread::JoinHandle;
use std::time::Duration;

use notify::{RecursiveMode, Watcher};
use rusqlite::{Connection, OpenFlags};

use super::dir::OfficeDir;
use super::error::OpenError;
use super::rows::failed_to_open;

/// How often the ledger is asked where no bell was heard.
const NET: Duration = Duration::from_secs(1);

enum Heard {
    Bell,
    Stop,
}

/// Watches an office until dropped.
pub struct Watch {
    stop: Sender<Heard>,
    thread: Option<JoinHandle<()>>,
    _bell: Option<notify::RecommendedWatcher>,
}

impl std::fmt::Debug for Watch {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Watch").finish_non_exhaustive()
    }
}

impl Watch {
    /// Calls `on_change` after commits of any process, this one included, from a thread of its own. Several commits
    /// may be told as one; it is a hint to look, never data.
    ///
    /// # Errors
    /// Where the ledger cannot be opened. A bell that cannot be watched leaves the look once a second.
    pub fn start(dir: &OfficeDir, mut on_change: impl FnMut() + Send + 'static) -> Result<Self, OpenError> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let ledger = Connection::open_with_flags(dir.ledger(), flags).map_err(failed_to_open)?;
        let mut seen = data_version(&ledger).map_err(failed_to_open)?;
        let (stop, heard) = channel();
        let rung = stop.clone();
        let bell = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
            if event.is_ok_and(|event| event.kind.is_modify()) {
                let _ = rung.send(Heard::Bell);
            }
        })
        .and_then(|mut watcher| watcher.watch(&dir.bell(), RecursiveMode::NonRecursive).map(|()| watcher));
        let watching = move || {
            loop {
                match heard.recv_timeout(NET) {
                    Ok(Heard::Bell) => {
                        // Rung many times since: one look is enough.
                        while let Ok(more) = heard.try_recv() {
                            if matches!(more, Heard::Stop) {
                                return;
                            }
                        }
                        seen = data_version(&ledger).unwrap_or(seen);
                        on_change();
                    }
                    Ok(Heard::Stop) | Err(RecvTimeoutError::Disconnected) => return,
                    Err(RecvTimeoutError::Timeout) => {
                        let now = data_version(&ledger).unwrap_or(seen);
                        if now != seen {
                            seen = now;
                            on_change();
                        }
                    }
                }
            }
        };
        let thread = std::thread::Builder::new()
            .name("watch".to_owned())
            .spawn(watching)
            .map_err(|error| OpenError::Failed(error.to_string()))?;
        Ok(Self { stop, thread: Some(thread), _bell: bell.ok() })
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        let _ = self.stop.send(Heard::Stop);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// A number that changes with every commit of another connection.
fn data_version(conn: &Connection) -> rusqlite::Result<i64> {
    conn.pragma_query_value(None, "data_version", |row| row.get(0))
}

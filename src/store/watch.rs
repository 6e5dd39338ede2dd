//! Notices what other processes commit: the bell is heard at once, and once a second the ledger itself is asked,
//! in case the bell could not be rung or heard.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread::JoinHandle;
use std::time::Duration;

use notify::{RecursiveMode, Watcher};
use rusqlite::{Connection, OpenFlags};

use super::dir::OfficeDir;
use super::error::OpenError;
use super::ledger;
use crate::domain::ids::Seq;

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
}

impl std::fmt::Debug for Watch {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Watch").finish_non_exhaustive()
    }
}

impl Watch {
    /// Calls `on_change` after commits of any process, this one included, from a thread of its own: those after `head` was
    /// the last entry, and of those after it some once more. Several commits may be told as one; it is a hint to look, never
    /// data. A bell that cannot be watched leaves the look once a second, and a ledger that cannot be opened is tried again
    /// as often.
    ///
    /// # Errors
    /// Where no thread can be made.
    pub fn start(
        dir: &OfficeDir,
        head: Seq,
        mut on_change: impl FnMut() + Send + 'static,
    ) -> Result<Self, OpenError> {
        let mut ledger = Looked { path: dir.ledger(), head, seen: None };
        let bell = dir.bell();
        let (stop, heard) = channel();
        let rung = stop.clone();
        let watching = move || {
            // Before the first look, so that nothing happens between the two.
            let _watching_until_the_end = hear(&bell, rung);
            if ledger.has_moved() {
                on_change();
            }
            loop {
                match heard.recv_timeout(NET) {
                    Ok(Heard::Bell) => {
                        // Rung many times since: one look is enough.
                        while let Ok(more) = heard.try_recv() {
                            if matches!(more, Heard::Stop) {
                                return;
                            }
                        }
                        ledger.has_moved();
                        on_change();
                    }
                    Ok(Heard::Stop) | Err(RecvTimeoutError::Disconnected) => return,
                    Err(RecvTimeoutError::Timeout) => {
                        if ledger.has_moved() {
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
        Ok(Self { stop, thread: Some(thread) })
    }
}

/// Has the bell heard, as long as the answer lives.
fn hear(bell: &Path, rung: Sender<Heard>) -> notify::Result<notify::RecommendedWatcher> {
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
        if event.is_ok_and(|event| event.kind.is_modify()) {
            let _ = rung.send(Heard::Bell);
        }
    })?;
    watcher.watch(bell, RecursiveMode::NonRecursive)?;
    Ok(watcher)
}

/// How the ledger was when it was last looked at.
struct Looked {
    path: PathBuf,
    /// The last entry before anybody looked.
    head: Seq,
    /// A connection with the number that it saw, once the ledger could be opened.
    seen: Option<(Connection, i64)>,
}

impl Looked {
    /// Whether something was committed since it was last asked. What cannot be read is no change; it is asked again.
    fn has_moved(&mut self) -> bool {
        let moved = match &mut self.seen {
            Some((ledger, seen)) => data_version(ledger).map(|now| std::mem::replace(seen, now) != now),
            None => self.open(),
        };
        moved.unwrap_or(false)
    }

    fn open(&mut self) -> rusqlite::Result<bool> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let ledger = Connection::open_with_flags(&self.path, flags)?;
        let version = data_version(&ledger)?;
        let head = ledger::head(&ledger)?.seq;
        self.seen = Some((ledger, version));
        Ok(head != self.head)
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

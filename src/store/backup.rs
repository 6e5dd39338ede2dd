//! A copy of an office while others work in it, proved before it counts as one.
//!
//! Each database is copied by SQLite's own means in one reading of it, so that what is copied is what stood there at one
//! moment; the ledger first, then whatever the ledger may be held against. The copy is made under another name, brought to
//! the disk, opened and verified like any office, and only then given its name: whoever finds a directory of that name
//! finds a whole office in it. To restore is to use it (`--office DIR`), or to move it to where the office was.
//!
//! The key that signs checkpoints stays where it is: a stolen copy signs nothing. An office that goes on from a copy makes a
//! new key, and its earlier checkpoints go on to count. Pages for the printer are not copied. Where copies are kept, how many
//! and under which encryption is left to whoever looks after the machine.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OpenFlags};

use super::checkpoint::{CheckpointError, Signed};
use super::dir::{self, OfficeDir};
use super::error::{OpenError, ReadError};
use super::rows::failed_to_open;
use super::verify::Verification;
use super::{Store, connection};
use crate::domain::chance::Chance;
use crate::domain::permission::{Action, Grant, Viewer, may};
use crate::domain::words::backup as words;

/// Beside the copy: what a witness would keep of it.
const SEEN: &str = "checkpoint";

/// In the office itself: when it was last copied.
const LAST: &str = "last-backup";

/// What was copied.
#[derive(Debug)]
pub struct Backed {
    /// What was found in the copy.
    pub found: Verification,
    /// The checkpoint over it, and the file beside the copy in which it is kept as a witness keeps one; or why the office
    /// could not be signed.
    pub signed: Result<(Signed, PathBuf), String>,
}

/// When the office was last copied, as it says itself. It says nothing of where the copy is now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LastBackup {
    /// When.
    pub made: DateTime<Utc>,
    /// How many entries the copy holds.
    pub entries: u64,
    /// Where it was put.
    pub to: PathBuf,
}

impl LastBackup {
    fn written(&self) -> String {
        format!("{}\n{}\n{}\n", self.made.to_rfc3339(), self.entries, self.to.display())
    }

    fn read(text: &str) -> Option<Self> {
        let mut lines = text.lines();
        let made = lines.next()?.parse().ok()?;
        Some(Self { made, entries: lines.next()?.parse().ok()?, to: lines.next()?.into() })
    }
}

/// Why there is no copy. Nothing is left of it then.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// The record could not be read, or the viewer may not.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// The copy does not open.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// There is something at the place already.
    #[error("{}", words::not_empty(.0))]
    NotEmpty(PathBuf),
    /// It would lie in the office itself.
    #[error("{}", words::INSIDE)]
    Inside,
    /// The record, or the copy of it, is not whole.
    #[error("{}", words::does_not_hold(.0))]
    DoesNotHold(String),
    /// The disk did not take it.
    #[error("{}", words::failed(.0, .1))]
    Disk(PathBuf, String),
}

impl Store {
    /// When the office was last copied; `None` where it never was, or by a program before this one.
    pub fn last_backup(&self) -> Option<LastBackup> {
        LastBackup::read(&fs::read_to_string(self.dir.root().join(LAST)).ok()?)
    }

    /// Copies the office to a directory that is empty or not there yet. `progress` hears how many entries of the copy are
    /// verified of how many.
    ///
    /// # Errors
    /// See [`BackupError`].
    pub fn backup(
        &mut self,
        viewer: &Viewer,
        to: &Path,
        (chance, now): (Box<dyn Chance>, DateTime<Utc>),
        progress: &mut dyn FnMut(u64, u64),
    ) -> Result<Backed, BackupError> {
        let desk = self.desk(viewer)?.viewer;
        may(&*self.roles()?, &desk, &Action::Granted(Grant::Verify), None).map_err(ReadError::Denied)?;
        let place = Place::of(&self.dir, to)?;
        let signed = match self.checkpoint(viewer, now) {
            Ok(signed) => Ok(signed),
            Err(CheckpointError::Read(error)) => return Err(error.into()),
            Err(CheckpointError::Differs(says)) => return Err(BackupError::DoesNotHold(says)),
            // A copy is wanted most where the disk takes nothing any more.
            Err(CheckpointError::Failed(says)) => Err(says),
        };
        let copy = OfficeDir::at(&place.aside);
        for (from, into) in [
            (self.dir.ledger(), copy.ledger()),
            (self.dir.access(), copy.access()),
            (self.dir.drafts(), copy.drafts()),
            (self.dir.secrets(), copy.secrets()),
        ] {
            if from.exists() {
                database(&from, &into)?;
            }
        }
        if self.dir.pepper().exists() {
            file(&self.dir.pepper(), &copy.pepper())?;
        }
        for (from, into) in [
            (self.dir.config(), copy.config()),
            (self.dir.spool(), copy.spool()),
            (self.dir.checkpoints(), copy.checkpoints()),
        ] {
            folder(&from, &into)?;
        }
        let found = {
            let copied = Self::open(&copy, chance)?;
            copied.verify(&Viewer::system(), progress)?
        };
        let short = signed.as_ref().is_ok_and(|signed| found.entries < signed.checkpoint.size);
        match &found.fault {
            Some(fault) => return Err(BackupError::DoesNotHold(fault.to_string())),
            None if short => return Err(BackupError::DoesNotHold(words::SHORT.to_owned())),
            None => {}
        }
        let last = LastBackup { made: now, entries: found.entries, to: place.to.clone() };
        let beside = place.named()?;
        // That it cannot be noted takes nothing from a copy that is there; doctor says the one before then.
        drop(dir::keep(self.dir.root(), LAST, &last.written()));
        let signed = match signed {
            Ok(signed) => {
                let kept = format!("{}\n\n{}", signed.key, signed.note);
                written(&beside, kept.as_bytes())?;
                Ok((signed, beside))
            }
            Err(says) => Err(says),
        };
        Ok(Backed { found, signed })
    }
}

/// Where a copy is made. What is not given its name is gone when this is.
struct Place {
    aside: PathBuf,
    to: PathBuf,
    beside: PathBuf,
}

impl Place {
    fn of(office: &OfficeDir, to: &Path) -> Result<Self, BackupError> {
        let wrong = |path: &Path| {
            let path = path.to_owned();
            move |error: io::Error| BackupError::Disk(path, error.to_string())
        };
        let to = std::path::absolute(to).map_err(wrong(to))?;
        let is_empty = match fs::read_dir(&to) {
            Ok(mut listing) => listing.next().is_none(),
            Err(error) => error.kind() == io::ErrorKind::NotFound,
        };
        let (Some(parent), Some(name)) = (to.parent(), to.file_name().and_then(|name| name.to_str())) else {
            return Err(BackupError::NotEmpty(to));
        };
        let beside = parent.join(format!("{name}.{SEEN}"));
        if !is_empty || beside.exists() {
            return Err(BackupError::NotEmpty(if is_empty { beside } else { to }));
        }
        let real = |path: &Path| fs::canonicalize(path).map_err(wrong(path));
        if real(parent)?.join(name).starts_with(real(office.root())?) {
            return Err(BackupError::Inside);
        }
        let aside = parent.join(format!(".{name}.{}", std::process::id()));
        let place = Self { aside, to: to.clone(), beside };
        fs::DirBuilder::new().mode(0o700).create(&place.aside).map_err(wrong(&place.aside))?;
        Ok(place)
    }

    /// Gives the copy its name, all of it being on the disk; answers where its checkpoint is to be kept.
    fn named(&self) -> Result<PathBuf, BackupError> {
        let synced = on_disk(&self.aside)
            .and_then(|()| fs::rename(&self.aside, &self.to))
            .and_then(|()| File::open(self.to.parent().unwrap_or(&self.to))?.sync_all());
        synced.map_err(|error| BackupError::Disk(self.to.clone(), error.to_string()))?;
        Ok(self.beside.clone())
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        // Where it has its name there is nothing under this one; what cannot be removed is no office by its name.
        let _ = fs::remove_dir_all(&self.aside);
    }
}

/// Copies a database in one reading, and looks through every page of the copy.
fn database(from: &Path, into: &Path) -> Result<(), BackupError> {
    written(into, b"")?;
    let wrong = |error: rusqlite::Error| BackupError::Open(failed_to_open(error));
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let read = Connection::open_with_flags(from, flags).and_then(|conn| {
        if connection::can_log(&conn) { Ok(conn) } else { Err(rusqlite::Error::InvalidQuery) }
    });
    let read = match read {
        Ok(conn) => conn,
        Err(_) => connection::readable(from)?,
    };
    let name = into.to_str().ok_or_else(|| BackupError::Disk(into.to_owned(), words::NAME.to_owned()))?;
    read.execute("VACUUM INTO ?1", [name]).map_err(wrong)?;
    let open = || Connection::open_with_flags(into, flags).map_err(wrong);
    let says: String = open()?.query_row("PRAGMA integrity_check", [], |row| row.get(0)).map_err(wrong)?;
    if says != "ok" {
        return Err(BackupError::DoesNotHold(format!("{}: {says}", into.display())));
    }
    // A connection of its own: looking through an index over words leaves a reading open.
    let copy = open()?;
    copy.pragma_update(None, "journal_mode", "WAL").map_err(wrong)?;
    Ok(connection::finish(copy)?)
}

fn folder(from: &Path, into: &Path) -> Result<(), BackupError> {
    let wrong = |error: io::Error| BackupError::Disk(from.to_owned(), error.to_string());
    let listing = match fs::read_dir(from) {
        Ok(listing) => listing,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(wrong(error)),
    };
    fs::DirBuilder::new().mode(0o700).create(into).map_err(wrong)?;
    for item in listing {
        let item = item.map_err(wrong)?;
        let (from, into) = (item.path(), into.join(item.file_name()));
        let kind = item.file_type().map_err(wrong)?;
        if kind.is_dir() {
            folder(&from, &into)?;
        } else if kind.is_file() {
            file(&from, &into)?;
        }
    }
    Ok(())
}

fn file(from: &Path, into: &Path) -> Result<(), BackupError> {
    let bytes = fs::read(from).map_err(|error| BackupError::Disk(from.to_owned(), error.to_string()))?;
    written(into, &bytes)
}

/// Writes a file that is not there yet, for its owner alone, and waits until it is on the disk.
fn written(path: &Path, bytes: &[u8]) -> Result<(), BackupError> {
    let file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path);
    let written = file.and_then(|mut file| {
        file.write_all(bytes)?;
        file.sync_all()
    });
    written.map_err(|error| BackupError::Disk(path.to_owned(), error.to_string()))
}

/// Waits until everything below a directory is on the disk, names too.
fn on_disk(path: &Path) -> io::Result<()> {
    for item in fs::read_dir(path)? {
        let item = item?;
        if item.file_type()?.is_dir() {
            on_disk(&item.path())?;
        } else {
            File::open(item.path())?.sync_all()?;
        }
    }
    File::open(path)?.sync_all()
}

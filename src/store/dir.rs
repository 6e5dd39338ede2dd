//! The office directory: where its files are, who may read them, and what kind of disk they lie on.
//!
//! Directories are 0700 and files 0600, at birth and whenever the office is opened. What is in the files is left
//! to the modules that open them.

use std::fs::{self, File, OpenOptions};
use std::io;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{RecvTimeoutError, sync_channel};
use std::thread;
use std::time::Duration;

use super::error::OpenError;

/// File systems on which SQLite's locks or its shared memory cannot be trusted, by their `statfs` number.
const NETWORK: &[(u32, &str)] = &[
    (0x6969, "NFS"),
    (0x517B, "SMB"),
    (0xFE53_4D42, "SMB"),
    (0xFF53_4D42, "CIFS"),
    (0x6573_5546, "FUSE"),
    (0x0102_1997, "9P"),
    (0x00C3_6400, "Ceph"),
    (0x5346_414F, "AFS"),
];

/// The longest that a place in the writers' queue is waited for.
const PATIENCE: Duration = Duration::from_secs(5);
/// The longest that somebody else's founding is waited for: it is done once, and on a loaded machine it takes a while.
const PATIENCE_TO_FOUND: Duration = Duration::from_secs(120);

const DIRECTORY: u32 = 0o700;
const FILE: u32 = 0o600;

/// The directory of one office.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfficeDir {
    root: PathBuf,
    second: Option<PathBuf>,
}

impl OfficeDir {
    /// The office in this directory, whether it exists or not.
    pub fn at(root: impl Into<PathBuf>) -> Self {
        Self { root: root.into(), second: None }
    }

    /// The same office, with a place for what its own disk does not take.
    #[must_use]
    pub fn with_second_place(self, second: Option<PathBuf>) -> Self {
        Self { second, ..self }
    }

    /// Where to keep what the office's own disk does not take.
    pub fn second_place(&self) -> Option<&Path> {
        self.second.as_deref()
    }

    /// The directory itself.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Entries and what is derived from them.
    pub fn ledger(&self) -> PathBuf {
        self.root.join("ledger.db")
    }

    /// Forms being filled in.
    pub fn drafts(&self) -> PathBuf {
        self.root.join("drafts.db")
    }

    /// Who looked at whose record.
    pub fn access(&self) -> PathBuf {
        self.root.join("access.db")
    }

    /// PINs and passphrases as hashes, and how often wrong ones were tried.
    pub fn secrets(&self) -> PathBuf {
        self.root.join("signin.db")
    }

    /// What those hashes are made with beside the secret.
    pub fn pepper(&self) -> PathBuf {
        self.root.join("pepper")
    }

    /// What signs checkpoints.
    pub fn checkpoint_key(&self) -> PathBuf {
        self.root.join("checkpoint.key")
    }

    /// The checkpoints that were made, each a file of its own, and the keys that signed them.
    pub fn checkpoints(&self) -> PathBuf {
        self.root.join("checkpoints")
    }

    /// Touched after each commit.
    pub fn bell(&self) -> PathBuf {
        self.root.join("bell")
    }

    /// Writers queue on it.
    pub fn lock(&self) -> PathBuf {
        self.root.join("lock")
    }

    /// What could not be written to the ledger is kept here.
    pub fn spool(&self) -> PathBuf {
        self.root.join("spool")
    }

    /// Pages to be printed: whoever may open the office's files takes them to a printer.
    pub fn sheets(&self) -> PathBuf {
        self.root.join("sheets")
    }

    /// Keeps a page to be printed under this name, whole or not at all; answers where it lies. One of the same name is
    /// replaced.
    ///
    /// # Errors
    /// The folder or the file cannot be written.
    pub fn keep_sheet(&self, name: &str, page: &str) -> io::Result<PathBuf> {
        keep(&self.sheets(), name, page)
    }

    /// Makes the folder for them, where it is not there yet.
    ///
    /// # Errors
    /// As the disk says.
    pub fn make_sheets(&self) -> io::Result<PathBuf> {
        fs::DirBuilder::new().recursive(true).mode(DIRECTORY).create(self.sheets())?;
        Ok(self.sheets())
    }

    /// The office's own copies of definitions and settings, where it has changed them.
    pub fn config(&self) -> PathBuf {
        self.root.join("config")
    }

    /// Whether there is an office here.
    pub fn exists(&self) -> bool {
        self.ledger().exists()
    }

    /// Makes the directory with all that is not a database.
    pub(super) fn create(&self) -> Result<(), OpenError> {
        let make = |path: &Path| fs::DirBuilder::new().recursive(true).mode(DIRECTORY).create(path);
        for path in [self.root.clone(), self.spool(), self.config()] {
            make(&path).map_err(|e| failed(&path, &e))?;
        }
        self.check_disk()?;
        for path in [self.lock(), self.bell()] {
            self.ensure_file(&path)?;
        }
        self.check_modes(self.modes())
    }

    /// Makes an empty file that nobody else can read, unless it is there.
    pub(super) fn ensure_file(&self, path: &Path) -> Result<(), OpenError> {
        match OpenOptions::new().write(true).create_new(true).mode(FILE).open(path) {
            Ok(_) => Ok(()),
            Err(e) if e.kind() == io::ErrorKind::AlreadyExists => Ok(()),
            Err(e) => Err(failed(path, &e)),
        }
    }

    /// Refuses an office that others can read, or that lies on a network file system.
    pub(super) fn check(&self) -> Result<(), OpenError> {
        if !self.exists() {
            return Err(OpenError::Missing(self.root.clone()));
        }
        self.check_disk()?;
        let mut modes = self.modes();
        self.close_what_was_brought(&mut modes);
        self.check_modes(modes)
    }

    /// Closes to others what a person puts among the office's files by hand, with whatever mode their tools give it: pages
    /// for the printer and what became of them, and definitions. What cannot be closed is looked at by
    /// [`Self::check_modes`] and `doctor`.
    fn close_what_was_brought(&self, modes: &mut [(PathBuf, u32, u32)]) {
        for (path, mode, wanted) in modes {
            let is_brought = path.starts_with(self.sheets()) || path.starts_with(self.config());
            if !is_brought || *mode & !*wanted == 0 {
                continue;
            }
            let is_link = fs::symlink_metadata(&path).is_ok_and(|meta| meta.is_symlink());
            let closed = fs::Permissions::from_mode(*mode & *wanted);
            if !is_link && fs::set_permissions(&path, closed).is_ok() {
                *mode &= *wanted;
            }
        }
    }

    fn check_disk(&self) -> Result<(), OpenError> {
        let found = rustix::fs::statfs(&self.root).map_err(|e| failed(&self.root, &e.into()))?;
        match network(found.f_type as u32) {
            Some(kind) => Err(OpenError::NetworkFileSystem { path: self.root.clone(), kind }),
            None => Ok(()),
        }
    }

    /// The pages for the printer are no part of the record, and nobody else gets past the directory itself: that one of
    /// them is open to others keeps nobody from working. `doctor` says it.
    fn check_modes(&self, modes: Vec<(PathBuf, u32, u32)>) -> Result<(), OpenError> {
        modes
            .into_iter()
            .find(|(path, mode, wanted)| mode & !wanted != 0 && !path.starts_with(self.sheets()))
            .map_or(Ok(()), |(path, mode, wanted)| Err(OpenError::LooseMode { path, mode, wanted }))
    }

    /// Every file of the office with its mode and the mode it ought to have.
    pub fn modes(&self) -> Vec<(PathBuf, u32, u32)> {
        let mut found = Vec::new();
        // The office itself may be reached by a link to another disk: what counts is where it lies.
        let meta_of = |path: &Path| {
            if path == self.root { fs::metadata(path) } else { fs::symlink_metadata(path) }
        };
        let mut look = |path: &Path| {
            if let Ok(meta) = meta_of(path) {
                let wanted = if meta.is_dir() { DIRECTORY } else { FILE };
                found.push((path.to_owned(), meta.permissions().mode() & 0o777, wanted));
            }
        };
        look(&self.root);
        for directory in [&self.root, &self.spool(), &self.config(), &self.sheets(), &self.checkpoints()] {
            let Ok(listing) = fs::read_dir(directory) else { continue };
            let mut paths: Vec<PathBuf> = listing.flatten().map(|item| item.path()).collect();
            paths.sort();
            paths.iter().for_each(|path| look(path));
        }
        found
    }

    /// Waits for the writers' queue; the place is given up when the file is dropped. SQLite's own waiting is unfair.
    /// `None` where a program that hangs has kept the place for too long.
    pub(super) fn queue(&self) -> io::Result<Option<File>> {
        let file =
            OpenOptions::new().write(true).create(true).truncate(false).mode(FILE).open(self.lock())?;
        turn(file, PATIENCE, &mut |_| {})
    }

    /// Waits until nobody else is founding an office here: whoever founds holds the directory itself, beside the writers'
    /// queue, and only one does all of that work. `waits` hears at once where there is somebody to wait for, and how long that
    /// takes at most. Given up and refused as [`Self::queue`] is.
    pub(super) fn queue_to_found(&self, waits: &mut dyn FnMut(Duration)) -> io::Result<Option<File>> {
        turn(File::open(&self.root)?, PATIENCE_TO_FOUND, waits)
    }

    /// Tells the other processes that something was committed. A bell that cannot be rung is no failure: they look
    /// once a second as well.
    pub(super) fn ring(&self) {
        use std::io::Write;
        let bell = OpenOptions::new().write(true).create(true).truncate(false).mode(FILE).open(self.bell());
        let _ = bell.and_then(|mut file| file.write_all(b"."));
    }
}

/// Waits for a place in a queue, so long at most. `waits` hears of it where somebody is there already.
fn turn(file: File, patience: Duration, waits: &mut dyn FnMut(Duration)) -> io::Result<Option<File>> {
    if file.try_lock().is_ok() {
        return Ok(Some(file));
    }
    waits(patience);
    // A lock of a file cannot be waited for with a limit: a thread waits, and gives up its place if nobody is
    // there any more.
    let (place, waiting) = sync_channel(0);
    thread::Builder::new().name("queue".to_owned()).spawn(move || {
        let _ = place.send(file.lock().map(|()| file));
    })?;
    match waiting.recv_timeout(patience) {
        Ok(locked) => locked.map(Some),
        Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => Ok(None),
    }
}

/// Keeps a text in a folder of the office, whole or not at all; answers where it lies.
pub(super) fn keep(folder: &Path, name: &str, text: &str) -> io::Result<PathBuf> {
    use std::io::Write;
    fs::DirBuilder::new().recursive(true).mode(DIRECTORY).create(folder)?;
    let path = folder.join(name);
    let aside = folder.join(format!(".{name}.{}", std::process::id()));
    let mut file = OpenOptions::new().write(true).create(true).truncate(true).mode(FILE).open(&aside)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    fs::rename(&aside, &path)?;
    // The name has to be on the disk as well.
    File::open(folder)?.sync_all()?;
    Ok(path)
}

/// The kind of network file system of this `statfs` number, which is 32 bits wide and sign-extended on some machines.
fn network(number: u32) -> Option<&'static str> {
    NETWORK.iter().find(|(known, _)| *known == number).map(|(_, kind)| *kind)
}

fn failed(path: &Path, error: &io::Error) -> OpenError {
    OpenError::Failed(format!("{}: {error}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn network_file_systems_are_known_by_their_numbers_and_local_ones_are_none() {
        for (number, kind) in [
            (0x6969, "NFS"),
            (0xFF53_4D42, "CIFS"),
            (0xFE53_4D42, "SMB"),
            (0x6573_5546, "FUSE"),
            (0x0102_1997, "9P"),
        ] {
            assert_eq!(network(number), Some(kind));
            let says = OpenError::NetworkFileSystem { path: "/srv/office".into(), kind }.to_string();
            assert!(
                says.contains(kind)
                    && says.contains("/srv/office")
                    && says.contains("a disk of this machine")
            );
        }
        // ext4, xfs, btrfs, tmpfs, overlay.
        for number in [0xEF53, 0x5846_5342, 0x9123_683E, 0x0102_1994, 0x794C_7630] {
            assert_eq!(network(number), None);
        }
    }
}

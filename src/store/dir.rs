//! The office directory: where its files are, who may read them, and what kind of disk they lie on.
//!
//! Directories are 0700 and files 0600, at birth and whenever the office is opened. What is in the files is left
//! to the modules that open them.

use std::fs::{self, File, OpenOptions};
use std::io;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

use super::error::OpenError;

/// File systems on which SQLite's locks or its shared memory cannot be trusted, by their `statfs` number.
const NETWORK: &[(i64, &str)] = &[
    (0x6969, "NFS"),
    (0x517B, "SMB"),
    (0xFE53_4D42, "SMB"),
    (0xFF53_4D42, "CIFS"),
    (0x6573_5546, "FUSE"),
    (0x0102_1997, "9P"),
    (0x00C3_6400, "Ceph"),
    (0x5346_414F, "AFS"),
];

const DIRECTORY: u32 = 0o700;
const FILE: u32 = 0o600;

/// The directory of one office.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfficeDir {
    root: PathBuf,
}

impl OfficeDir {
    /// The office in this directory, whether it exists or not.
    pub fn at(root: impl Into<PathBuf>) -> Self {
        Self { root: root.into() }
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
        self.check_modes()
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
        self.check_modes()
    }

    fn check_disk(&self) -> Result<(), OpenError> {
        let found = rustix::fs::statfs(&self.root).map_err(|e| failed(&self.root, &e.into()))?;
        // The kernel's number is 32 bits wide and sign-extended on some machines.
        let number = i64::from(found.f_type as u32);
        match NETWORK.iter().find(|(known, _)| *known == number) {
            Some((_, kind)) => Err(OpenError::NetworkFileSystem { path: self.root.clone(), kind }),
            None => Ok(()),
        }
    }

    fn check_modes(&self) -> Result<(), OpenError> {
        self.modes()
            .into_iter()
            .find(|(_, mode, wanted)| mode & !wanted != 0)
            .map_or(Ok(()), |(path, mode, wanted)| Err(OpenError::LooseMode { path, mode, wanted }))
    }

    /// Every file of the office with its mode and the mode it ought to have.
    pub fn modes(&self) -> Vec<(PathBuf, u32, u32)> {
        let mut found = Vec::new();
        let mut look = |path: &Path| {
            if let Ok(meta) = fs::symlink_metadata(path) {
                let wanted = if meta.is_dir() { DIRECTORY } else { FILE };
                found.push((path.to_owned(), meta.permissions().mode() & 0o777, wanted));
            }
        };
        look(&self.root);
        for directory in [&self.root, &self.spool(), &self.config()] {
            let Ok(listing) = fs::read_dir(directory) else { continue };
            let mut paths: Vec<PathBuf> = listing.flatten().map(|item| item.path()).collect();
            paths.sort();
            paths.iter().for_each(|path| look(path));
        }
        found
    }

    /// Waits for the writers' queue; the place is given up when the file is dropped. SQLite's own waiting is unfair.
    pub(super) fn queue(&self) -> io::Result<File> {
        let file =
            OpenOptions::new().write(true).create(true).truncate(false).mode(FILE).open(self.lock())?;
        file.lock()?;
        Ok(file)
    }

    /// Tells the other processes that something was committed. A bell that cannot be rung is no failure: they look
    /// once a second as well.
    pub(super) fn ring(&self) {
        use std::io::Write;
        let bell = OpenOptions::new().write(true).create(true).truncate(false).mode(FILE).open(self.bell());
        let _ = bell.and_then(|mut file| file.write_all(b"."));
    }
}

fn failed(path: &Path, error: &io::Error) -> OpenError {
    OpenError::Failed(format!("{}: {error}", path.display()))
}

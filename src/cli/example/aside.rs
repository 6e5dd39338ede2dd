//! Making an office aside: in a directory of its own inside the one it is for, and moved up when it is whole.
//!
//! A program that is killed while it makes one leaves what nobody can take for an office; the next run begins again.
//! Inside, because a directory that is a disk of its own, or somebody's current one, cannot be put in place of another.

use std::fs::{self, DirBuilder, File};
use std::io;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};

/// Where an office is made.
const ASIDE: &str = ".half-made";
/// The file that makes a directory an office: it is moved last.
const LEDGER: &str = "ledger.db";

/// A place for an office that is not whole yet.
pub(super) struct Aside {
    /// The directory that the office is for.
    home: PathBuf,
    /// Held while it is made: of two programs that make one in the same place, one does.
    _lock: File,
}

impl Aside {
    /// A place inside `dir`, empty of whatever a program that was killed left in it.
    ///
    /// # Errors
    /// Where the disk does not take it, or another program is making an office there.
    pub fn inside(dir: &Path) -> io::Result<Self> {
        let aside = dir.join(ASIDE);
        DirBuilder::new().recursive(true).mode(0o700).create(&aside)?;
        let lock = File::open(&aside)?;
        lock.try_lock()?;
        for item in fs::read_dir(&aside)? {
            let path = item?.path();
            if path.is_dir() { fs::remove_dir_all(path)? } else { fs::remove_file(path)? }
        }
        Ok(Self { home: dir.to_owned(), _lock: lock })
    }

    /// Where to make it.
    pub fn path(&self) -> PathBuf {
        self.home.join(ASIDE).join("office")
    }

    /// Moves the office up, its ledger last. Nothing may be open in it any more.
    ///
    /// # Errors
    /// Where the disk does not take it.
    pub fn settle(self) -> io::Result<()> {
        let from = self.path();
        let mut names: Vec<_> =
            fs::read_dir(&from)?.map(|item| Ok(item?.file_name())).collect::<io::Result<_>>()?;
        names.sort_by_key(|name| name == LEDGER);
        for name in names {
            fs::rename(from.join(&name), self.home.join(&name))?;
        }
        File::open(&self.home)?.sync_all()?;
        fs::remove_dir_all(self.home.join(ASIDE))
    }
}

/// Whether a directory holds anything that is not the work of a program that was killed while it made an office there.
pub(super) fn is_taken(dir: &Path) -> io::Result<bool> {
    let names: Vec<_> = match fs::read_dir(dir) {
        Ok(listing) => listing.map(|item| Ok(item?.file_name())).collect::<io::Result<_>>()?,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
        Err(error) => return Err(error),
    };
    let was_begun = names.iter().any(|name| name == ASIDE) && names.iter().all(|name| name != LEDGER);
    Ok(!names.is_empty() && !was_begun)
}

//! A file or a directory that is written under another name and gets its own when it is whole: whoever finds one of that
//! name finds all of it, and whoever stops in between leaves nothing.

use std::fs::{self, DirBuilder, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use rustix::fs::{CWD, RenameFlags, renameat_with};
use rustix::io::Errno;

/// What has not its name yet; it is gone when this is.
pub(crate) struct Aside {
    aside: PathBuf,
    to: PathBuf,
    is_folder: bool,
}

impl Aside {
    /// Writes one file, or a folder of tables, each under its name.
    pub(crate) fn write(to: &Path, is_folder: bool, files: &[(String, Vec<u8>)]) -> io::Result<Self> {
        let name = to.file_name().ok_or(io::ErrorKind::InvalidInput)?.to_string_lossy();
        let aside = to.with_file_name(format!(".{name}.{}", std::process::id()));
        let put = |path: &Path, bytes: &[u8]| {
            let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
            file.write_all(bytes)?;
            file.sync_all()
        };
        let this = Self { aside, to: to.to_owned(), is_folder };
        if is_folder {
            DirBuilder::new().mode(0o700).create(&this.aside)?;
            for (name, bytes) in files {
                put(&this.aside.join(format!("{name}.csv")), bytes)?;
            }
        } else {
            for (_, bytes) in files {
                put(&this.aside, bytes)?;
            }
        }
        Ok(this)
    }

    /// Gives it its name, where nothing of that name is there.
    pub(crate) fn named(self) -> io::Result<()> {
        match renameat_with(CWD, &self.aside, CWD, &self.to, RenameFlags::NOREPLACE) {
            // A file system that cannot tell: then it is looked first.
            Err(Errno::INVAL | Errno::NOSYS) if !self.to.exists() => fs::rename(&self.aside, &self.to),
            named => Ok(named?),
        }
    }
}

impl Drop for Aside {
    fn drop(&mut self) {
        // With its own name there is nothing under this one.
        let _ = if self.is_folder { fs::remove_dir_all(&self.aside) } else { fs::remove_file(&self.aside) };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lies_in(folder: &Path) -> Vec<String> {
        let listing = fs::read_dir(folder).unwrap();
        let mut names: Vec<String> =
            listing.map(|item| item.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn what_has_no_name_yet_is_gone_and_what_has_one_is_never_written_over() {
        let home = tempfile::tempdir().unwrap();
        let at = |name: &str| home.path().join(name);
        let file = |words: &str| [(String::new(), words.as_bytes().to_vec())];
        let tables = [("cases".to_owned(), b"a".to_vec()), ("actions".to_owned(), b"b".to_vec())];
        // Stopped before it had its name.
        drop(Aside::write(&at("page"), false, &file("half")).unwrap());
        drop(Aside::write(&at("tables"), true, &tables).unwrap());
        assert_eq!(lies_in(home.path()), Vec::<String>::new());

        Aside::write(&at("page"), false, &file("first")).unwrap().named().unwrap();
        Aside::write(&at("tables"), true, &tables).unwrap().named().unwrap();
        let again = Aside::write(&at("page"), false, &file("second")).unwrap().named();
        assert_eq!(again.unwrap_err().kind(), io::ErrorKind::AlreadyExists);
        assert!(Aside::write(&at("tables"), true, &tables).unwrap().named().is_err());
        assert_eq!(lies_in(home.path()), ["page", "tables"]);
        assert_eq!(fs::read(at("page")).unwrap(), b"first");
        assert_eq!(lies_in(&at("tables")), ["actions.csv", "cases.csv"]);
    }
}

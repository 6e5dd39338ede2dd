//! An office's definition files as one set: those of the program, with the office's own copies in their place.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{fs, io};

use crate::pathway::edition::Edition;

/// Files beside the definitions that are no definitions.
const NOT_DEFINITIONS: [&str; 3] = [super::keys::FILE, super::sign_in::FILE, super::measures::FILE];
/// Where an office keeps its own.
const CONFIG: &str = "config";
/// Folders of definitions.
const FOLDERS: [&str; 2] = ["pathways", "calendars"];

/// The full set of files by name (`pathways/urgent.toml`), with those of `dir` in place of the program's own. A
/// directory that is not there changes nothing.
///
/// # Errors
/// A file that is there and cannot be read.
pub fn files(dir: &Path) -> io::Result<BTreeMap<String, String>> {
    let mut files = Edition::built_in_files();
    files.append(&mut own(dir)?);
    Ok(files)
}

/// The files of `dir` alone, by name: none in most offices, which change nothing.
///
/// # Errors
/// As [`files`].
pub fn own(dir: &Path) -> io::Result<BTreeMap<String, String>> {
    let mut files = BTreeMap::new();
    take(dir, "", &mut files)?;
    for folder in FOLDERS {
        take(&dir.join(folder), &format!("{folder}/"), &mut files)?;
    }
    Ok(files)
}

/// Whether the definitions that are meant stand elsewhere than in `dir`, because it has none or is a folder of such a
/// directory; and where they do, as far as that can be seen from there.
///
/// # Errors
/// As [`files`].
pub fn stand_elsewhere(dir: &Path) -> io::Result<Option<Option<PathBuf>>> {
    if FOLDERS.into_iter().any(|folder| dir.ends_with(folder)) {
        return Ok(Some(dir.parent().map(Path::to_owned)));
    }
    if !own(dir)?.is_empty() {
        return Ok(None);
    }
    let below = dir.join(CONFIG);
    Ok(Some(if own(&below)?.is_empty() { None } else { Some(below) }))
}

fn take(dir: &Path, prefix: &str, files: &mut BTreeMap<String, String>) -> io::Result<()> {
    let listing = match fs::read_dir(dir) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        listing => listing?,
    };
    for item in listing {
        let item = item?;
        let name = item.file_name().to_string_lossy().into_owned();
        if name.ends_with(".toml") && !NOT_DEFINITIONS.contains(&name.as_str()) {
            files.insert(format!("{prefix}{name}"), fs::read_to_string(item.path())?);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_offices_own_copy_stands_in_place_of_the_programs() {
        let dir = tempfile::tempdir().unwrap();
        assert_eq!(files(&dir.path().join("none")).unwrap(), Edition::built_in_files());
        fs::create_dir(dir.path().join("pathways")).unwrap();
        fs::write(dir.path().join("pathways/urgent.toml"), "id = \"urgent\"").unwrap();
        fs::write(dir.path().join("keymap.toml"), "").unwrap();
        let own = files(dir.path()).unwrap();
        assert_eq!(own["pathways/urgent.toml"], "id = \"urgent\"");
        assert_eq!(own.len(), Edition::built_in_files().len());
    }
}

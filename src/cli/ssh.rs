//! `dutydesk ssh`: the files of a dedicated SSH server printed for review, the map of keys made from the record, and
//! an existing set-up checked.
//!
//! Nothing here changes the machine: files are printed, or written into a new directory that is named, and an
//! administrator installs them. How somebody comes in by key is left to [`super::enter`].

mod check;
mod config;
mod layout;

use std::fs::{DirBuilder, OpenOptions};
use std::io::Write;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use self::layout::{Layout, Produced};
use super::arguments::{Ssh, SshPlaces};
use super::failure::{Code, Failure};
use super::{desk, output};
use crate::domain::keys::{KeyRow, Standing};
use crate::domain::permission::Viewer;
use crate::domain::time::Zone;
use crate::domain::words::cli as words;
use crate::runtime::clock;
use crate::store::Store;

/// Where the office lies that people come into over SSH, unless it is named.
const OFFICE: &str = "/var/lib/duty/office";

pub(super) fn run(office: Option<PathBuf>, command: &Ssh) -> Result<Code, Failure> {
    match command {
        Ssh::Files { into, places } => files(&layout(office, places)?, into.as_deref()),
        Ssh::Map => {
            output::lines(map(&desk::open(office)?)?)?;
            Ok(Code::Done)
        }
        Ssh::Check { effective, places } => {
            let layout = layout(office.clone(), places)?;
            check::run(&layout, effective.as_deref())
        }
    }
}

fn layout(office: Option<PathBuf>, places: &SshPlaces) -> Result<Layout, Failure> {
    Layout::new(&office.unwrap_or_else(|| OFFICE.into()), places).map_err(Failure::usage)
}

fn files(layout: &Layout, into: Option<&Path>) -> Result<Code, Failure> {
    let files = layout.files();
    let Some(into) = into else {
        output::lines(files.iter().map(|file| words::ssh_file(file.name, &file.to, &file.text)))?;
        return Ok(Code::Done);
    };
    let failed = |path: &Path, error: &std::io::Error| {
        Failure::cannot_write(words::cannot_use_directory(path, &error.to_string()))
    };
    DirBuilder::new().mode(0o755).create(into).map_err(|error| failed(into, &error))?;
    for file in &files {
        let path = into.join(file.name);
        write(&path, file).map_err(|error| failed(&path, &error))?;
    }
    output::lines([words::ssh_written(into)])?;
    Ok(Code::Done)
}

fn write(path: &Path, file: &Produced) -> std::io::Result<()> {
    let mode = if file.runs { 0o755 } else { 0o644 };
    let mut to = OpenOptions::new().write(true).create_new(true).mode(mode).open(path)?;
    to.write_all(file.text.as_bytes())
}

/// The map: a line for each key that lets in now. It names nobody, so whoever can read the office's files may ask.
fn map(store: &Store) -> Result<Vec<String>, Failure> {
    let (zone, today) = (store.zone()?, store.zone()?.day(clock::now()));
    let keys = store.keys(&Viewer::system())?;
    let stands = |row: &&KeyRow| matches!(row.standing(today), Standing::Stands(_));
    Ok(keys.iter().filter(stands).map(|row| line(row, zone)).collect())
}

/// Fingerprint, kind, key, and when it ends: UTC, as sshd reads it, or `-`.
fn line(row: &KeyRow, zone: Zone) -> String {
    let end = row.until.and_then(|until| until.succ_opt()).map(|day| zone.start_of_day(day));
    let until = end.map_or_else(|| "-".to_owned(), |end| end.format("%Y%m%d%H%M%SZ").to_string());
    format!("{} {} {until}", row.fingerprint, row.key)
}

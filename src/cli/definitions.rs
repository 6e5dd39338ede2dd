//! `dutydesk pathways check`: reads definitions and names each fault by file, line and mend.

use std::path::{Path, PathBuf};

use super::arguments::Pathways;
use super::desk;
use super::failure::{Code, Failure};
use super::output;
use crate::domain::words::cli as words;
use crate::pathway::edition::Edition;
use crate::settings;

pub(super) fn run(office: Option<PathBuf>, asked: &Pathways) -> Result<Code, Failure> {
    let Pathways::Check { dir } = asked;
    let dir = match dir {
        Some(dir) if dir.is_dir() => dir.clone(),
        Some(dir) => return Err(Failure::usage(words::no_directory(dir))),
        None => desk::office_dir(office)?.config(),
    };
    if let Some(whole) = dir.canonicalize().ok().as_deref().and_then(holds_it) {
        return Err(Failure::usage(words::only_pathways(&dir, whole)));
    }
    let files = settings::definitions::files(&dir)
        .map_err(|error| Failure::usage(words::cannot_use_directory(&dir, &error.to_string())))?;
    match Edition::read(files) {
        Ok(edition) => {
            output::lines([words::definitions_hold(edition.pathways.keys().len(), &edition.id.to_string())])?;
            Ok(Code::Done)
        }
        Err(faults) => {
            output::lines(faults.iter().map(|fault| located(&dir, fault)))?;
            Ok(Code::DoesNotHold)
        }
    }
}

/// The folder of the whole set, where this one is the pathways in it: read alone, each of its files would be a fault.
fn holds_it(dir: &Path) -> Option<&Path> {
    dir.parent().filter(|_| dir.ends_with("pathways") && !dir.join("pathways").is_dir())
}

/// The fault with the file as an editor can open it.
pub(super) fn located(dir: &Path, fault: &crate::pathway::read::Fault) -> String {
    let path = dir.join(&fault.file);
    if path.exists() { format!("{}/{fault}", dir.display()) } else { fault.to_string() }
}

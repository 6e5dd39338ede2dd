//! `dutydesk pathways check`: reads definitions and names each fault by file, line and mend.

use std::io;
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
    let unusable =
        |dir: &Path, error: io::Error| Failure::usage(words::cannot_use_directory(dir, &error.to_string()));
    let dir = match dir {
        Some(dir) if dir.is_dir() => {
            // Those of the program hold in any case: that they do says nothing of a directory in which there are none.
            // The whole path: a folder inside may be named from beside it, or as the one that somebody stands in.
            let stand = dir.canonicalize().and_then(|whole| settings::definitions::stand_elsewhere(&whole));
            if let Some(stand) = stand.map_err(|error| unusable(dir, error))? {
                return Err(Failure::usage(words::no_definitions(dir, stand.as_deref())));
            }
            dir.clone()
        }
        Some(dir) => return Err(Failure::usage(words::no_directory(dir))),
        None => desk::office_dir(office)?.config(),
    };
    let files = settings::definitions::files(&dir).map_err(|error| unusable(&dir, error))?;
    let keymap = settings::keys::load(&dir).0;
    let clashes = settings::step_keys::clashes(&files, &keymap, &settings::keys::text(&dir));
    match Edition::read(files) {
        Ok(_) if !clashes.is_empty() => {
            output::lines(clashes.iter().map(|fault| located(&dir, fault)))?;
            Ok(Code::DoesNotHold)
        }
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

/// The fault with the file as an editor can open it.
pub(super) fn located(dir: &Path, fault: &crate::pathway::read::Fault) -> String {
    let path = dir.join(&fault.file);
    if path.exists() { format!("{}/{fault}", dir.display()) } else { fault.to_string() }
}

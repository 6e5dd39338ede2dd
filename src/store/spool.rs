//! What could not be written where it belongs: unfinished forms, and finished ones that are not in the record yet.
//!
//! One file each, first in the office's spool, otherwise in a second place that should lie on another disk. A file is
//! whole or not there: written aside, forced to the disk, then given its name. When a finished form is tried again is
//! left to `runtime`.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::dir::OfficeDir;
use crate::domain::draft::Draft;
use crate::domain::entry::Batch;
use crate::domain::ids::{CaseId, DraftId};

const FINISHED: &str = "finished-";
const DRAFT: &str = "draft-";
const END: &str = ".json";

/// A form that somebody finished and the ledger would not take. It goes into the record under the same key, so that
/// trying it twice, or from two programs, makes one entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finished {
    /// Who was signed in.
    pub staff: Option<CaseId>,
    /// When it was to be saved.
    pub at: DateTime<Utc>,
    /// What is to be appended.
    pub batch: Batch,
}

/// An unfinished form that the drafts' own file would not take.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Spooled {
    pub(super) draft: Draft,
    pub(super) kept_at: DateTime<Utc>,
}

/// The places of one office, best first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spool {
    places: Vec<PathBuf>,
}

impl Spool {
    /// Of an office; nothing is made before something has to be put there.
    pub fn of(dir: &OfficeDir) -> Self {
        Self {
            places: [Some(dir.spool()), dir.second_place().map(Path::to_owned)]
                .into_iter()
                .flatten()
                .collect(),
        }
    }

    /// Sets a finished form aside.
    ///
    /// # Errors
    /// Where no place takes it; it is then only on the screen.
    pub fn set_aside(&self, draft: DraftId, finished: &Finished) -> io::Result<()> {
        self.put(&format!("{FINISHED}{draft}{END}"), finished)
    }

    /// The finished forms that wait, oldest first. What cannot be read is left where it lies.
    pub fn finished(&self) -> Vec<Finished> {
        let mut found: Vec<Finished> = self.ids(FINISHED).filter_map(|id| self.get(FINISHED, id)).collect();
        found.sort_by_key(|finished| finished.at);
        found.dedup();
        found
    }

    /// Whether this form is finished and waits.
    pub fn waits(&self, draft: DraftId) -> bool {
        let name = format!("{FINISHED}{draft}{END}");
        self.places.iter().any(|place| place.join(&name).exists())
    }

    /// How many finished forms wait.
    pub fn waiting(&self) -> u64 {
        let mut ids: Vec<DraftId> = self.ids(FINISHED).collect();
        ids.sort();
        ids.dedup();
        ids.len() as u64
    }

    /// The form is in the record, or was handed back to whoever filled it in.
    pub fn done(&self, draft: DraftId) {
        self.remove(FINISHED, draft);
    }

    pub(super) fn put_draft(&self, spooled: &Spooled) -> io::Result<()> {
        self.put(&format!("{DRAFT}{}{END}", spooled.draft.id), spooled)
    }

    pub(super) fn drafts(&self) -> Vec<Spooled> {
        self.ids(DRAFT).filter_map(|id| self.get(DRAFT, id)).collect()
    }

    pub(super) fn draft(&self, draft: DraftId) -> Option<Spooled> {
        self.get(DRAFT, draft)
    }

    pub(super) fn forget_draft(&self, draft: DraftId) {
        self.remove(DRAFT, draft);
    }

    /// Opens the file that says who holds a draft open, in the first place that lets us.
    pub(super) fn hold_file(&self, draft: DraftId) -> io::Result<File> {
        self.first(|place| {
            OpenOptions::new()
                .write(true)
                .create(true)
                .truncate(false)
                .mode(0o600)
                .open(place.join(format!("{DRAFT}{draft}.held")))
        })
    }

    /// Whether another terminal asks for a draft that is held open.
    pub(super) fn is_wanted(&self, draft: DraftId) -> bool {
        self.places.iter().any(|place| place.join(format!("{DRAFT}{draft}.wanted")).exists())
    }

    pub(super) fn set_wanted(&self, draft: DraftId, wanted: bool) {
        let name = format!("{DRAFT}{draft}.wanted");
        if wanted {
            // Where it cannot be said, whoever asks waits until the form is left.
            let _ = self.first(|place| write(place, &name, b""));
        } else {
            self.places.iter().for_each(|place| drop(fs::remove_file(place.join(&name))));
        }
    }

    fn put(&self, name: &str, value: &impl Serialize) -> io::Result<()> {
        let bytes = serde_json::to_vec(value)?;
        self.first(|place| write(place, name, &bytes))
    }

    /// Does something in the first place where it can be done.
    fn first<T>(&self, does: impl Fn(&Path) -> io::Result<T>) -> io::Result<T> {
        let mut refused = io::Error::from(io::ErrorKind::NotFound);
        for place in &self.places {
            match make(place).and_then(|()| does(place)) {
                Ok(done) => return Ok(done),
                Err(error) => refused = error,
            }
        }
        Err(refused)
    }

    /// The later place holds the newer words: it was written because the earlier one could not be.
    fn get<T: DeserializeOwned>(&self, kind: &str, id: DraftId) -> Option<T> {
        let name = format!("{kind}{id}{END}");
        self.places
            .iter()
            .rev()
            .find_map(|place| serde_json::from_slice(&fs::read(place.join(&name)).ok()?).ok())
    }

    fn ids(&self, kind: &str) -> impl Iterator<Item = DraftId> {
        let listings = self.places.iter().filter_map(|place| fs::read_dir(place).ok());
        listings.flat_map(|listing| listing.flatten()).filter_map(move |item| {
            item.file_name().to_str()?.strip_prefix(kind)?.strip_suffix(END)?.parse().ok()
        })
    }

    fn remove(&self, kind: &str, id: DraftId) {
        for place in &self.places {
            // What cannot be removed from a disk that is read-only is known by its key when it is tried again.
            let _ = fs::remove_file(place.join(format!("{kind}{id}{END}")));
        }
    }
}

fn make(place: &Path) -> io::Result<()> {
    if place.is_dir() { Ok(()) } else { DirBuilder::new().recursive(true).mode(0o700).create(place) }
}

/// Whole or not at all, and on the disk before it returns.
fn write(place: &Path, name: &str, bytes: &[u8]) -> io::Result<()> {
    let aside = place.join(format!("{name}.{}", std::process::id()));
    let written = (|| {
        let mut file = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&aside)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        fs::rename(&aside, place.join(name))?;
        File::open(place)?.sync_all()
    })();
    if written.is_err() {
        // Half a file would only take room from the next.
        let _ = fs::remove_file(&aside);
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_older_program_set_aside_is_read_without_what_came_later() {
        let finished = r#"{"staff":null,"at":"2026-11-21T21:02:12Z","batch":{"entries":[],"seen":[]}}"#;
        let read: Finished = serde_json::from_str(finished).unwrap();
        assert_eq!(read.batch, Batch::default());
    }
}

//! Forms being filled in, kept in a file of their own so that typing never waits for the ledger.

use chrono::{DateTime, Utc};

use super::dir::OfficeDir;
use super::error::{OpenError, ReadError};
use crate::domain::draft::{Draft, DraftRow};
use crate::domain::ids::DraftId;

/// The drafts of an office: one connection of its own.
pub struct Drafts {}

impl Drafts {
    /// Opens the drafts of an office and clears those whose id is in the ledger already.
    pub fn open(dir: &OfficeDir) -> Result<Self, OpenError> {
        unimplemented!()
    }
    /// Keeps a draft as it stands. `durable` forces it to the disk before returning (a field left, a lock, a signal,
    /// and at least every two seconds while typing); otherwise it survives the program but not a power cut.
    pub fn put(&self, draft: &Draft, durable: bool, now: DateTime<Utc>) -> Result<(), ReadError> {
        unimplemented!()
    }
    /// A draft with its words. Whether the viewer may see them is the caller's question: its own, or taken over.
    pub fn get(&self, id: DraftId) -> Result<Option<Draft>, ReadError> {
        unimplemented!()
    }
    /// All drafts, oldest first: that they exist, never their words.
    pub fn rows(&self) -> Result<Vec<DraftRow>, ReadError> {
        unimplemented!()
    }
    /// Forgets a draft: it is in the record, or was thrown away by whoever filled it in.
    pub fn clear(&self, id: DraftId) -> Result<(), ReadError> {
        unimplemented!()
    }
    /// Holds a draft open for this program; `false` where another running program holds it.
    pub fn hold(&self, id: DraftId) -> Result<bool, ReadError> {
        unimplemented!()
    }
    /// Gives a held draft up.
    pub fn release(&self, id: DraftId) {
        unimplemented!()
    }
}

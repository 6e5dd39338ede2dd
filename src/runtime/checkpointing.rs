//! Signs the record once a shift is handed over, so that what the one left and the other took stands fast.
//!
//! The handover is recorded first. A checkpoint that cannot be made then stops nobody: it is said, and the next one speaks
//! of these entries as well.

use chrono::{DateTime, Utc};

use crate::domain::act::Act;
use crate::domain::entry::{Batch, NewSaid};
use crate::domain::permission::Viewer;
use crate::domain::words::runtime as words;
use crate::store::Store;

/// Whether a batch hands a shift over.
pub fn is_due(batch: &Batch) -> bool {
    batch.entries.iter().any(|entry| matches!(entry.what, NewSaid::Act(Act::HandOver(_))))
}

/// Signs the record as it stands; answers why it could not be, in words.
///
/// # Errors
/// In words.
pub fn sign(store: &mut Store, now: DateTime<Utc>) -> Result<(), String> {
    let signed = store.checkpoint(&Viewer::system(), now);
    signed.map(drop).map_err(|error| words::not_signed(&error.to_string()))
}

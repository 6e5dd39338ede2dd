//! The fold: the state of a case, made from its entries and nothing else. (Stub; signatures agreed.)

use super::edition::Editions;
use crate::domain::case::CaseState;
use crate::domain::entry::Entry;
use crate::domain::time::Zone;

/// What a fold needs beside the entries.
#[derive(Clone, Copy)]
pub struct Folding<'a> {
    /// The editions that entries were filled in on.
    pub editions: &'a Editions,
    /// The office's zone.
    pub zone: &'a Zone,
}

/// Whether the entry needs the whole case folded again (amendment, re-attribution, disposal) instead of [`fold`].
pub fn needs_refold(entry: &Entry) -> bool {
    let _ = entry;
    unimplemented!()
}

/// Adds one entry to the state of its case; `None` before the entry that opens it.
pub fn fold(state: Option<CaseState>, entry: &Entry, with: Folding<'_>) -> Option<CaseState> {
    let _ = (state, entry, with);
    unimplemented!()
}

/// The state of a case from all its entries in the order of the ledger. Equal to folding them one by one where no
/// entry needs a refold.
pub fn refold(entries: &[Entry], with: Folding<'_>) -> Option<CaseState> {
    let _ = (entries, with);
    unimplemented!()
}

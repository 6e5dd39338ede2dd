//! What was appended before: the same key is not written twice, and its receipt is given again.

use rusqlite::Connection;

use super::short;
use crate::domain::entry::{Batch, NewSaid, Receipt, Said};
use crate::domain::ids::CaseId;
use crate::store::error::AppendError;
use crate::store::ledger::{self, Head, Stored};
use crate::store::{canonical, reads};

/// The receipt of entries that are in the ledger already: of those that were sent, not of what followed from them.
pub(in crate::store) fn receipt_for(
    conn: &Connection,
    stored: &[Stored],
) -> rusqlite::Result<Option<Receipt>> {
    let (Some(first), Some(last)) = (
        stored.iter().min_by_key(|stored| stored.header.seq),
        stored.iter().max_by_key(|stored| stored.header.seq),
    ) else {
        return Ok(None);
    };
    let mut cases: Vec<(CaseId, String)> = Vec::new();
    for case in stored.iter().filter_map(|stored| stored.header.case) {
        if !cases.iter().any(|(known, _)| *known == case) {
            cases.push((case, reads::reference_of(conn, case)?));
        }
    }
    let head = Head { seq: last.header.seq, hash: last.hash, recorded_at: None };
    Ok(Some(Receipt {
        first: first.header.seq,
        last: last.header.seq,
        head: short(&head),
        recorded_at: last.header.recorded_at,
        cases,
        repeated: true,
        waits: stored.iter().any(|stored| stored.read().0.leave.waits.is_some()),
    }))
}

/// The earlier receipt, where every key is in the ledger. The same key with other words is refused, so that nothing
/// typed since is taken for saved.
pub(super) fn already(conn: &Connection, batch: &Batch) -> Result<Option<Receipt>, AppendError> {
    let mut found = Vec::new();
    for entry in &batch.entries {
        if let Some(stored) = ledger::by_key(conn, &entry.key)? {
            if !same_words(&entry.what, &stored.read().0.said) {
                return Err(AppendError::Conflict(Vec::new()));
            }
            found.push(stored);
        }
    }
    if !found.is_empty() && found.len() < batch.entries.len() {
        return Err(AppendError::Conflict(Vec::new()));
    }
    Ok(receipt_for(conn, &found)?)
}

fn same_words(new: &NewSaid, stored: &Said) -> bool {
    match (new, stored) {
        (NewSaid::Step { pathway, step, answers, why_late, cleared, .. }, Said::Step(said)) => {
            let late = why_late.as_ref().map(canonical::bytes);
            (pathway, step) == (&said.pathway, &said.step)
                && canonical::bytes(answers) == canonical::bytes(&said.answers)
                // Said again once it is in the record, there is nothing left to empty.
                && cleared.is_subset(&said.cleared)
                && late == said.why_late.as_ref().map(canonical::bytes)
        }
        (NewSaid::Act(act), Said::Act(said)) => canonical::bytes(act) == canonical::bytes(said),
        _ => false,
    }
}

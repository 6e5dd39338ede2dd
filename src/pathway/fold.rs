//! The fold: the state of a case, made from its entries and nothing else.
//!
//! Facts, marks and milestones are made from *effective* answers, those that stand after amendments
//! ([`effective()`]). What is owed is made in the order of the ledger instead, as it was opened and settled at the
//! time; an amendment then supersedes, cancels or adds to what it changed. So every commitment keeps its id, and
//! both the old due time and the new one stay to be seen. Nothing here depends on now: whether something is late
//! is computed on reading.

mod absorb;
mod amend;
mod clock;
mod contacts;
mod effective;
pub(in crate::pathway) mod facts;
mod heard;
mod idle;
mod open;
mod own;
pub(in crate::pathway) mod promise;
mod second;
mod settle;
mod share;
#[cfg(test)]
mod tests;

use super::edition::Editions;
use crate::domain::act::Act;
use crate::domain::case::CaseState;
use crate::domain::entry::{Entry, Said};
use crate::domain::time::Zone;

pub use effective::{Effective, effective};
use heard::Heard;
pub use promise::named as owed_title;

/// What a fold needs beside the entries.
#[derive(Clone, Copy)]
pub struct Folding<'a> {
    /// The editions that entries were filled in on.
    pub editions: &'a Editions,
    /// The office's zone.
    pub zone: &'a Zone,
}

/// Whether the entry needs the whole case folded again (amendment, re-attribution, linking, a second
/// person's word, disposal) instead of [`fold`].
pub fn needs_refold(entry: &Entry) -> bool {
    match &entry.said {
        Said::Step(_) => false,
        Said::Act(act) => {
            matches!(
                act,
                Act::Amend { .. }
                    | Act::Reattribute { .. }
                    | Act::Link { .. }
                    | Act::Unlink { .. }
                    | Act::Countersign { .. }
            )
        }
        Said::Stub(_) => true,
    }
}

/// Adds one entry to the state of its case; `None` before the entry that opens it.
///
/// The entry has to be the next of its case in the ledger, and must not be one that [`needs_refold`].
pub fn fold(state: Option<CaseState>, entry: &Entry, with: Folding<'_>) -> Option<CaseState> {
    let heard = Heard::new(entry, None, with);
    let was_closed = state.as_ref().is_some_and(|state| state.closed);
    let mut state = absorb::absorb(state, entry, heard.as_ref());
    own::by_definition(&mut state, with);
    if let Some(heard) = heard {
        owe(&mut state, &heard, was_closed);
    }
    if let Said::Act(act) = &entry.said {
        settle::by_act(&mut state, entry, act, *with.zone);
        own::by_act(&mut state, entry, act);
    }
    own::tidy(&mut state);
    facts::controls(&mut state);
    settle::ease(&mut state);
    idle::stand(&mut state, entry, with);
    Some(state)
}

/// What a step settles, and what is owed after it.
fn owe(state: &mut CaseState, heard: &Heard<'_>, was_closed: bool) {
    settle::by_step(state, heard);
    for commitment in open::opens(heard, state) {
        open::open(state, commitment, heard);
    }
    settle::by_answer(state, heard);
    own::by_step(state, heard);
    if state.closed && !was_closed {
        settle::by_closing(state, heard.entry.id, heard);
    }
}

/// The state of a case from all its entries in the order of the ledger. Equal to folding them one by one where no
/// entry needs a refold.
pub fn refold(entries: &[Entry], with: Folding<'_>) -> Option<CaseState> {
    let mut state = None;
    for (at, entry) in entries.iter().enumerate() {
        state = match (state, &entry.said) {
            (Some(state), Said::Act(Act::Amend { .. })) => amend::amended(state, &entries[..=at], with),
            (Some(state), Said::Act(Act::Countersign { .. })) => {
                second::answered(state, &entries[..=at], with)
            }
            (state, _) => fold(state, entry, with),
        };
    }
    state
}

//! What a second person's word does: what waited counts from then on, or never.
//!
//! It counts where the word stands in the ledger, not where the entry stands: what others recorded in between was
//! recorded while it had no effect, and is not told otherwise afterwards.

use std::collections::BTreeMap;

use super::heard::Heard;
use super::{Effective, Folding, absorb, effective, facts, idle, owe, own, settle};
use crate::domain::act::Act;
use crate::domain::answer::{Answers, YesNo};
use crate::domain::case::CaseState;
use crate::domain::entry::{Entry, Said};
use crate::domain::ids::EntryId;
use crate::domain::leave::{self, Waits};

/// What somebody agreed to.
pub(super) enum Granted<'a> {
    /// A step that had waited as a whole.
    Step(Heard<'a>),
    /// Parts of a step's answers.
    Part(Heard<'a>, Answers),
    /// An act.
    Act(&'a Entry, &'a Act),
}

impl<'a> Granted<'a> {
    /// The step, where it had waited as a whole.
    pub(super) fn step(self) -> Option<Heard<'a>> {
        match self {
            Granted::Step(heard) => Some(heard),
            Granted::Part(..) | Granted::Act(..) => None,
        }
    }
}

/// The state after the last of `entries`, a second person's word; `state` is the one before it.
pub(super) fn answered(state: CaseState, entries: &[Entry], with: Folding<'_>) -> Option<CaseState> {
    let word = entries.last()?;
    let was_closed = state.closed;
    let still_waits = waits(&state, word);
    let mut state = absorb::absorb(Some(state), word, None);
    let stands = effective(entries);
    if let Some(granted) = granted(word, entries, &stands, with).filter(|_| still_waits) {
        take_in(&mut state, &granted);
        if let Some(heard) = granted.step() {
            owe(&mut state, &heard, was_closed);
        }
    }
    own::tidy(&mut state);
    facts::controls(&mut state);
    settle::ease(&mut state);
    idle::stand(&mut state, word, with);
    Some(state)
}

/// Whether what the word is about waits for it. A second word about the same does nothing.
pub(super) fn waits(state: &CaseState, word: &Entry) -> bool {
    let Said::Act(Act::Countersign { entry, .. }) = &word.said else { return false };
    state.entries.iter().any(|mark| mark.id == *entry && mark.awaits_second())
}

/// What an entry agrees to, as it stands after amendments; `None` for any other entry, and for a refusal.
pub(super) fn granted<'a>(
    word: &Entry,
    entries: &'a [Entry],
    stands: &'a BTreeMap<EntryId, Effective>,
    with: Folding<'a>,
) -> Option<Granted<'a>> {
    let Said::Act(Act::Countersign { entry, agrees: YesNo::Yes, .. }) = &word.said else { return None };
    let entry = entries.iter().find(|one| one.id == *entry)?;
    let waits = entry.leave.waits.as_ref()?;
    match &entry.said {
        Said::Act(act) => Some(Granted::Act(entry, act)),
        Said::Stub(_) => None,
        Said::Step(_) => {
            let heard = Heard::whole(entry, stands.get(&entry.id), with)?;
            Some(match waits {
                Waits::All => Granted::Step(heard),
                Waits::Part(_) => {
                    let part = waits.grants(&heard.answers);
                    Granted::Part(heard, part)
                }
            })
        }
    }
}

/// What is agreed to counts, beside what it opens and settles.
pub(super) fn take_in(state: &mut CaseState, granted: &Granted<'_>) {
    match granted {
        Granted::Step(heard) => {
            let missing = absorb::missing(heard, Some(state));
            if let Some(mark) = state.entries.iter_mut().find(|mark| mark.id == heard.entry.id) {
                (mark.missing, mark.occurred) = (missing, heard.occurred);
                mark.to_confirm = absorb::to_confirm(heard);
                mark.contact = absorb::contact(heard);
            }
            absorb::take_in(state, heard);
        }
        Granted::Part(heard, part) => {
            for (id, part) in part {
                let kept = state.answers.entry(format!("{}.{id}", heard.step.id));
                let kept = kept.or_insert_with(|| part.clone());
                *kept = leave::added(Some(kept), part);
                if heard.pathway.register {
                    let stands = leave::added(state.facts.record.get(id), part);
                    state.facts.record.insert(id.clone(), stands);
                }
            }
        }
        Granted::Act(entry, act) => absorb::act_on(state, entry, act),
    }
}

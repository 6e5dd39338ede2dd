//! Whose the case and what is owed in it is: by definition at first, then by what was taken, offered, answered and left.
//!
//! It is total: whatever is recorded, in whatever order, each open thing has exactly one owner. What speaks of something
//! that is settled, not here, or no longer offered changes nothing. Like what is owed it is told in the order of the
//! ledger and never replayed by an amendment.

use super::Folding;
use super::heard::Heard;
use crate::domain::act::Act;
use crate::domain::answer::{Answer, Named};
use crate::domain::case::CaseState;
use crate::domain::commitment::Party;
use crate::domain::entry::Entry;
use crate::domain::ids::EntryId;
use crate::domain::owning::{Came, DUTY_DESK, Holding, OfferAnswer, Offered, Owned, Word};
use crate::domain::words::show as words;
use crate::pathway::definition::Means;

/// Until somebody takes it, a case is whose its pathway says, as it was when the case was opened.
pub(super) fn by_definition(state: &mut CaseState, with: Folding<'_>) {
    if state.holding.came.is_some() {
        return;
    }
    let edition = state.entries.iter().find_map(|mark| mark.edition).and_then(|id| with.editions.get(id));
    let pathway = edition.and_then(|edition| edition.pathways.get(&state.pathway));
    state.owner = match pathway {
        Some(pathway) if pathway.register => None,
        Some(pathway) => Some(Party::Role(pathway.owner.clone())),
        // Its first words are gone or of a newer program: somebody sees to it all the same.
        None => Some(Party::Role(DUTY_DESK.to_owned())),
    };
}

/// What an act makes of whose things are.
pub(super) fn by_act(state: &mut CaseState, entry: &Entry, act: &Act) {
    match act {
        Act::Take { what, reason, handover } => {
            let Some(by) = entry.who.by else { return };
            // Whoever gave it to whoever comes is told by the handover that somebody has it.
            let why = Why { reason, unasked: handover.is_none(), refusal_stays: false };
            pass(state, entry, what, &Party::Staff(by), why);
        }
        Act::PassOn { owed, to, reason, .. } => {
            let what = [Owned::Owed(owed.clone())];
            let why = Why { reason, unasked: true, refusal_stays: false };
            pass(state, entry, &what, &Party::Staff(*to), why);
        }
        Act::LeaveTo { what, duty, refused, reason } => {
            let why = Why { reason, unasked: false, refusal_stays: refused.is_some() };
            pass(state, entry, what, &Party::Role(duty.clone()), why);
        }
        Act::Offer { what, to, handover, note } if !to.is_outside() => {
            for what in what {
                let Some((_, holding)) = place(state, what) else { continue };
                holding.offered = Some(Offered {
                    entry: entry.id,
                    by: entry.who.by,
                    to: to.clone(),
                    at: entry.recorded_at,
                    handover: *handover,
                    note: note.clone(),
                    queried: None,
                });
            }
        }
        Act::AnswerOffer { offer, answer, reason } => answered(state, entry, *offer, *answer, reason),
        Act::WithdrawOffer { offer, .. } => {
            for what in state.offered_in(*offer) {
                if let Some((_, holding)) = place(state, &what) {
                    holding.offered = None;
                }
            }
        }
        _ => {}
    }
}

/// A step that names the lead of its case makes it theirs.
pub(super) fn by_step(state: &mut CaseState, heard: &Heard<'_>) {
    let lead = heard.step.meaning(Means::Lead).and_then(|field| heard.answers.get(&field.id));
    if let Some(Answer::Named(Named { id: Some(lead), .. })) = lead
        && state.owner != Some(Party::Staff(*lead))
    {
        let why = Why { reason: &heard.step.title, unasked: true, refusal_stays: false };
        pass(state, heard.entry, &[Owned::Case], &Party::Staff(*lead), why);
    }
}

/// An amendment that names another lead makes the case theirs, unless it has passed to somebody else since.
pub(super) fn by_amendment(state: &mut CaseState, amendment: &Entry, before: &Heard<'_>, after: &Heard<'_>) {
    let [before, after] = [before, after].map(|heard| match heard.meant(Means::Lead).next() {
        Some((_, Answer::Named(Named { id, .. }))) => *id,
        _ => None,
    });
    let (Some(before), Some(after)) = (before, after.filter(|after| Some(*after) != before)) else { return };
    if state.owner == Some(Party::Staff(before)) {
        let why = Why { reason: words::LEAD_CORRECTED, unasked: true, refusal_stays: false };
        pass(state, amendment, &[Owned::Case], &Party::Staff(after), why);
    }
}

/// A closed case is nobody's to offer.
pub(super) fn tidy(state: &mut CaseState) {
    if state.closed {
        state.holding.offered = None;
    }
}

fn answered(state: &mut CaseState, entry: &Entry, offer: EntryId, answer: OfferAnswer, reason: &str) {
    let what = state.offered_in(offer);
    if answer == OfferAnswer::Taken {
        let Some(by) = entry.who.by else { return };
        let why = Why { reason, unasked: false, refusal_stays: false };
        return pass(state, entry, &what, &Party::Staff(by), why);
    }
    let (by, at, reason) = (entry.who.by, entry.recorded_at, reason.to_owned());
    let word = Word { entry: entry.id, offer, by, at, reason };
    for what in what {
        let Some((_, holding)) = place(state, &what) else { continue };
        match (&mut holding.offered, answer) {
            (Some(offered), OfferAnswer::Queried) => offered.queried = Some(word.clone()),
            _ => (holding.offered, holding.refused) = (None, Some(word.clone())),
        }
    }
}

/// Why and how something passes.
#[derive(Clone, Copy)]
struct Why<'a> {
    reason: &'a str,
    /// Whoever had it did not offer it.
    unasked: bool,
    /// Who refused it is still to be seen.
    refusal_stays: bool,
}

/// Passes what is open to another owner; no offer of it stands any longer.
fn pass(state: &mut CaseState, entry: &Entry, what: &[Owned], to: &Party, why: Why<'_>) {
    for what in what {
        let Some((owner, holding)) = place(state, what) else { continue };
        let from = match &*owner {
            Party::Staff(staff) => Some(*staff),
            Party::Role(_) | Party::Outside(_) => None,
        };
        let refused = holding.refused.take().filter(|_| why.refusal_stays);
        let came = Came {
            entry: entry.id,
            seq: entry.seq,
            at: entry.recorded_at,
            by: entry.who.by,
            from,
            unasked: why.unasked && from.is_some() && from != entry.who.by,
            reason: why.reason.to_owned(),
        };
        owner.clone_from(to);
        *holding = Holding { came: Some(came), offered: None, refused };
    }
}

/// Where the owner of something open stands; `None` of what is closed, settled, not here, or nobody's to own.
fn place<'s>(state: &'s mut CaseState, what: &Owned) -> Option<(&'s mut Party, &'s mut Holding)> {
    match what {
        Owned::Case if state.closed => None,
        Owned::Case => Some((state.owner.as_mut()?, &mut state.holding)),
        Owned::Owed(id) => {
            let one = state.commitments.iter_mut().find(|one| one.id == *id && one.progress.is_open())?;
            Some((&mut one.owner, &mut one.holding))
        }
    }
}

//! What an amendment changes: the facts are made anew from what counts now, and what is owed is put right.
//!
//! What every step of the case opens is worked out twice, with what counted before the amendment and with what
//! counts after it. Where the two differ, the commitment that is still open is superseded, cancelled or joined by
//! a new one. What is settled stays as it was settled, and a promise that was chased since stays with its chase.

mod lines;

use std::collections::BTreeMap;

use super::heard::Heard;
use super::second::{self, Granted};
use super::{Effective, Folding, absorb, effective, facts, idle, open, own, settle};
use crate::domain::act::Act;
use crate::domain::case::{CaseState, EntryMark};
use crate::domain::commitment::{Commitment, Progress};
use crate::domain::entry::{Entry, Said};
use crate::domain::ids::{CommitmentId, EntryId, Seq};
use crate::pathway::definition::Field;

/// The state after the last of `entries`, an amendment; `state` is the one before it.
pub(super) fn amended(state: CaseState, entries: &[Entry], with: Folding<'_>) -> Option<CaseState> {
    let (amendment, earlier) = entries.split_last()?;
    let before = effective(earlier);
    let after = effective(entries);
    let was_closed = state.closed;
    let (opened_before, _) = replay(entries, &before, &state, with);
    let (opened_after, replayed) = replay(entries, &after, &state, with);

    let CaseState { commitments, owner, holding, .. } = state;
    let mut new = CaseState { commitments, owner, holding, ..replayed? };
    let amendments = amendments(entries);
    for now in opened_after {
        let Some(heard) = Heard::whole(now.entry, after.get(&now.entry.id), with) else { continue };
        let then = opened_before.iter().find(|then| then.entry.id == now.entry.id);
        let ended = then.map(|then| then.ends).unwrap_or_default();
        let ends = std::array::from_fn(|at| if ended[at].is_empty() { now.ends[at] } else { &[] });
        settle::by_correction(&mut new, amendment, &heard, ends);
        let before_it = then.map(|then| then.opened.as_slice()).unwrap_or_default();
        let change = Change { amendment: amendment.id, heard: &heard, amendments: &amendments };
        change.apply(&mut new, before_it, now.opened);
    }
    if new.closed
        && !was_closed
        && let Some(amended) = amendments.get(&amendment.id)
        // By the definition the step was filled in on: one that is adopted later changes nothing that was settled.
        && let Some(heard) = earlier.iter().find(|one| one.id == *amended).and_then(|one| Heard::new(one, None, with))
    {
        settle::by_closing(&mut new, amendment.id, &heard);
    }
    if let Some(amended) = amendments.get(&amendment.id)
        && let Some(entry) = earlier.iter().find(|one| one.id == *amended)
        && let (Some(was), Some(is)) = (
            Heard::whole(entry, before.get(&entry.id), with),
            Heard::whole(entry, after.get(&entry.id), with),
        )
    {
        own::by_amendment(&mut new, amendment, &was, &is);
    }
    own::tidy(&mut new);
    facts::controls(&mut new);
    settle::ease(&mut new);
    idle::stand(&mut new, amendment, with);
    Some(new)
}

/// A step as it counts with certain effective answers.
struct Replayed<'a> {
    entry: &'a Entry,
    /// What it opens.
    opened: Vec<Commitment>,
    /// What ends with it: [`settle::ends`].
    ends: [&'a [String]; 2],
}

/// What each step opens and ends, with these effective answers, and the facts after the last entry.
fn replay<'a>(
    entries: &'a [Entry],
    effective: &'a BTreeMap<EntryId, Effective>,
    owed: &CaseState,
    with: Folding<'a>,
) -> (Vec<Replayed<'a>>, Option<CaseState>) {
    let mut opened = Vec::new();
    let mut state: Option<CaseState> = None;
    for entry in entries {
        let heard = Heard::new(entry, effective.get(&entry.id), with);
        let still_waits = state.as_ref().is_some_and(|state| second::waits(state, entry));
        let mut here = absorb::absorb(state, entry, heard.as_ref());
        let granted = second::granted(entry, entries, effective, with).filter(|_| still_waits);
        if let Some(granted) = &granted {
            second::take_in(&mut here, granted);
        }
        // What waited as a whole opens what it opens when somebody agrees.
        if let Some(heard) = heard.or(granted.and_then(Granted::step)) {
            here.commitments = as_of(owed, entry.seq);
            let (entry, ends) = (heard.entry, settle::ends(&heard, &here));
            opened.push(Replayed { entry, opened: open::opens(&heard, &here), ends });
        }
        state = Some(here);
    }
    (opened, state)
}

/// What was owed just before the entry of this number opened anything. Ended commitments that were still open then
/// are shown as open.
fn as_of(state: &CaseState, seq: Seq) -> Vec<Commitment> {
    let number = |id: EntryId| state.entries.iter().find(|mark| mark.id == id).map(|mark| mark.seq);
    let opened_before =
        state.commitments.iter().filter(|one| number(one.opened_by).is_some_and(|opened| opened < seq));
    opened_before
        .map(|one| {
            // A step settles before it opens, but takes the place of what it chases in opening.
            let superseded = one.progress == Progress::Superseded;
            let ended = one.settled_by.and_then(number);
            let was_open = ended.is_some_and(|ended| ended > seq || superseded && ended == seq);
            let progress = if was_open { Progress::Requested } else { one.progress };
            Commitment { progress, ..one.clone() }
        })
        .collect()
}

/// Which entry each amendment amends.
fn amendments(entries: &[Entry]) -> BTreeMap<EntryId, EntryId> {
    let amends = |entry: &Entry| match &entry.said {
        Said::Act(Act::Amend { entry: amended, .. }) => Some((entry.id, *amended)),
        _ => None,
    };
    entries.iter().filter_map(amends).collect()
}

/// An amendment seen from one step of the case.
struct Change<'a> {
    amendment: EntryId,
    heard: &'a Heard<'a>,
    amendments: &'a BTreeMap<EntryId, EntryId>,
}

impl Change<'_> {
    fn apply(&self, state: &mut CaseState, before: &[Commitment], after: Vec<Commitment>) {
        for gone in before.iter().filter(|old| after.iter().all(|new| new.id.place != old.id.place)) {
            if self.is_line(gone) {
                self.take_back(state, &gone.id.place);
                continue;
            }
            let done = gone.id.place == Commitment::INCOMPLETE;
            let progress = if done { Progress::Confirmed } else { Progress::Cancelled };
            if let Some(one) = self.standing(state, &gone.id.place).filter(|one| one.progress.is_open()) {
                settle::end(one, progress, self.amendment);
            } else if let Some(one) = self.standing(state, &gone.id.place).map(|one| one.id.clone()) {
                // The first of a series was done: it comes round no more.
                if let Some(next) = settle::of_series(state, &one) {
                    settle::end(next, Progress::Cancelled, self.amendment);
                }
            }
        }
        for new in after {
            match before.iter().find(|old| old.id.place == new.id.place) {
                Some(_) if self.standing(state, &new.id.place).is_none() => self.inherit(state, new),
                Some(old) if same(old, &new) => {}
                Some(_) => self.replace(state, new),
                None if self.is_line(&new) => self.renew(state, new),
                None => self.add(state, new),
            }
        }
    }

    fn replace(&self, state: &mut CaseState, new: Commitment) {
        let Some(old) = self.standing(state, &new.id.place) else { return };
        let old = old.clone();
        if !old.progress.is_open() {
            // What is owed by now of its series keeps its time, and goes by what is said now.
            if let Some(next) = settle::of_series(state, &old.id) {
                (next.what, next.obligor, next.every) = (new.what, new.obligor, new.every);
            }
            return;
        }
        self.take_over(state, &old, new);
    }

    /// What this step asks for too was owed by an earlier one already, so it opened none of its own: where the amendment has
    /// just called that off, it is owed by this step from now on.
    fn inherit(&self, state: &mut CaseState, new: Commitment) {
        let asked = |one: &Commitment| (one.step.clone(), one.meets.clone(), one.same.clone());
        let alike = |one: &&Commitment| one.step.is_some() && asked(one) == asked(&new);
        let ended =
            |one: &&Commitment| one.progress == Progress::Cancelled && one.settled_by == Some(self.amendment);
        let Some(old) = state.commitments.iter().filter(ended).find(alike).cloned() else { return };
        self.take_over(state, &old, new);
    }

    fn take_over(&self, state: &mut CaseState, old: &Commitment, mut new: Commitment) {
        new.id = self.id(&new.id.place);
        new.opened_by = self.amendment;
        new.supersedes = Some(old.id.clone());
        (new.chased, new.last_chased) = (old.chased, old.last_chased);
        if old.progress.is_open() {
            new.progress = old.progress;
        }
        // Whoever sees to it goes on doing so, and is asked by the same offer.
        (new.owner, new.holding) = (old.owner.clone(), old.holding.clone());
        settle::supersede(state, &old.id, self.amendment, &new.id);
        state.commitments.push(new);
    }

    fn add(&self, state: &mut CaseState, mut new: Commitment) {
        new.id = self.id(&new.id.place);
        new.opened_by = self.amendment;
        new.supersedes = None;
        let done_since = new.step.as_ref().is_some_and(|step| {
            state.entries.iter().any(|mark| mark.kind == *step && mark.seq > self.heard.entry.seq)
        });
        if !done_since && !self.answered_since(state, &new) && open::is_wanted(state, &new, self.heard) {
            state.commitments.push(new);
        }
    }

    /// Whether it is of a question of which only the latest answer counts, and that was answered again since.
    fn answered_since(&self, state: &CaseState, new: &Commitment) -> bool {
        let asked = |field: &&Field| field.opens.as_ref().is_some_and(|opens| opens.latest);
        let rows = |field: &Field| format!("{}.{}", self.heard.step.id, field.id);
        let mut asked = self.heard.step.fields.iter().filter(asked);
        let since = |mark: &EntryMark| {
            mark.kind == self.heard.step.id && mark.seq > self.heard.entry.seq && mark.counts()
        };
        asked.any(|field| new.opened_in == Some(rows(field))) && state.entries.iter().any(since)
    }

    /// The last commitment that this step, or an amendment, opened at the place.
    fn standing<'s>(&self, state: &'s mut CaseState, place: &str) -> Option<&'s mut Commitment> {
        let step = self.heard.entry.id;
        let of = self.place_of(place);
        state.commitments.iter_mut().rev().find(|one| {
            let (entry, at) = (one.id.entry, one.id.place.as_str());
            at == of || at == place && (entry == step || self.amendments.get(&entry) == Some(&step))
        })
    }

    fn id(&self, place: &str) -> CommitmentId {
        let amends_this = self.amendments.get(&self.amendment) == Some(&self.heard.entry.id);
        let place = if amends_this { place.to_owned() } else { self.place_of(place) };
        CommitmentId { entry: self.amendment, place }
    }

    /// The place where an amendment of another entry changed what this one opened.
    fn place_of(&self, place: &str) -> String {
        format!("{place}.of.{}", self.heard.entry.seq)
    }
}

/// Whether the two say the same of what is owed, by whom and by when.
fn same(old: &Commitment, new: &Commitment) -> bool {
    let promise = |one: &Commitment| {
        let Commitment { what, obligor, owner, started, due, warn_from, rule, control, same, every, .. } =
            one.clone();
        (what, obligor, owner, started, due, warn_from, rule, control, same, every)
    };
    promise(old) == promise(new)
}

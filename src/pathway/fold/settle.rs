//! How what is owed comes to an end: by its step, by what is recorded on it, by the case being closed.

use chrono::{DateTime, Utc};

use super::clock::{self, Clock};
use super::heard::Heard;
use super::{open, promise};
use crate::domain::act::Act;
use crate::domain::answer::{Answer, Answers};
use crate::domain::case::CaseState;
use crate::domain::commitment::{Acknowledged, Commitment, Easing, Progress};
use crate::domain::entry::Entry;
use crate::domain::ids::{CommitmentId, EntryId, Seq};
use crate::domain::owning::Holding;
use crate::domain::time::Zone;
use crate::pathway::check;
use crate::pathway::definition::Does;
use crate::pathway::predicate;

/// Settles what the step settles: what was owed as this step, and what it was recorded on.
///
/// A step recorded on one of several things owed as that step settles that one alone; otherwise those that want the
/// same answer as the step that opened them are settled only by it. Superseding is left to
/// [`open`], where the new commitment is.
pub(super) fn by_step(state: &mut CaseState, heard: &Heard<'_>) {
    let step = &heard.step.id;
    let on = heard.said.on.as_ref();
    let on_one =
        on.is_some_and(|on| open::find(state, on).is_some_and(|one| one.step.as_ref() == Some(step)));
    let [settles, calls_off] = ends(heard, state);
    let spoken: Vec<String> = heard.spoken_with().cloned().collect();
    let came_after: Vec<CommitmentId> = match state.version > heard.entry.seq {
        true => {
            // A step that is recorded once is not recorded for what came since: it would be owed for ever.
            let is_this = |one: &Commitment| one.step.as_ref() == Some(step) && !heard.step.repeat;
            let after = |one: &&Commitment| {
                one.progress.is_open() && !is_this(one) && !stood(state, one, heard.entry.seq)
            };
            state.commitments.iter().filter(after).map(|one| one.id.clone()).collect()
        }
        false => Vec::new(),
    };
    let mut done = Vec::new();
    for one in state.commitments.iter_mut().filter(|one| one.progress.is_open()) {
        if came_after.contains(&one.id) {
            continue;
        }
        let is_meant = match on_one {
            true => Some(&one.id) == on,
            false => {
                one.same.as_ref().is_none_or(|same| same.holds(heard.answers.get(&same.field)))
                    && one.meets.as_ref().is_none_or(|meets| meets.holds(&spoken, &heard.answers))
            }
        };
        if one.step.as_ref() == Some(step) && is_meant {
            end(one, Progress::Confirmed, heard.entry.id);
            done.push(one.id.clone());
        } else if Some(&one.id) == on {
            match heard.step.does {
                Some(Does::Accept) => one.progress = one.progress.max(Progress::Accepted),
                Some(Does::Report) => one.progress = Progress::Reported,
                Some(Does::Confirm) => {
                    end(one, Progress::Confirmed, heard.entry.id);
                    done.push(one.id.clone());
                }
                Some(Does::Refuse) => end(one, Progress::Refused, heard.entry.id),
                Some(Does::Cancel) => end(one, Progress::Cancelled, heard.entry.id),
                Some(Does::Skip) => {
                    end(one, Progress::Cancelled, heard.entry.id);
                    done.push(one.id.clone());
                }
                Some(Does::Supersede) | None => {}
            }
        } else if is_among(one, settles) {
            end(one, Progress::Confirmed, heard.entry.id);
            done.push(one.id.clone());
        } else if is_among(one, calls_off) {
            end(one, Progress::Cancelled, heard.entry.id);
        }
    }
    for id in done {
        next_of_series(state, heard.entry, heard.occurred.at, heard.zone, &id);
    }
}

/// Under which rows, or as which steps, what is owed ends with the step as done, and under which as not wanted any more.
pub(super) fn ends<'a>(heard: &Heard<'a>, state: &CaseState) -> [&'a [String]; 2] {
    let facts = heard.facts(Some(state));
    let step = heard.step;
    [&step.settles, &step.calls_off]
        .map(|ends| if predicate::applies(&ends.when, &facts) { ends.what.as_slice() } else { &[] })
}

/// Ends what a step ends only since it was put right, or since what it gathers was: `ends` of [`ends`] that were not there
/// before. What came after the step is none of its. What keeps somebody safe is called off by nobody who corrects what was
/// written earlier: whoever decides now does that.
pub(super) fn by_correction(
    state: &mut CaseState,
    amendment: &Entry,
    heard: &Heard<'_>,
    ends: [&[String]; 2],
) {
    let [settles, calls_off] = ends.map(|ends| {
        let open = state.commitments.iter().filter(|one| one.progress.is_open() && is_among(one, ends));
        let stood = open.filter(|one| stood(state, one, heard.entry.seq));
        stood.map(|one| one.id.clone()).collect::<Vec<_>>()
    });
    let keeps_safe: Vec<CommitmentId> = {
        let safe = state.commitments.iter().filter(|one| keeps_safe(state, one, heard));
        safe.map(|one| one.id.clone()).collect()
    };
    for one in &mut state.commitments {
        if settles.contains(&one.id) {
            end(one, Progress::Confirmed, amendment.id);
        } else if calls_off.contains(&one.id) && !keeps_safe.contains(&one.id) {
            end(one, Progress::Cancelled, amendment.id);
        }
    }
    for id in settles {
        next_of_series(state, amendment, heard.occurred.at, heard.zone, &id);
    }
}

/// Whether it stands before everything else, is owed as a step that keeps somebody safe, or since such a step.
fn keeps_safe(state: &CaseState, one: &Commitment, heard: &Heard<'_>) -> bool {
    let opened = state.entries.iter().find(|mark| mark.id == one.opened_by).map(|mark| &mark.kind);
    let mut steps = one.step.iter().chain(opened).filter_map(|step| heard.pathway.step(step));
    one.first || steps.any(|step| step.safety)
}

/// Ends what an earlier answer to a question made owed of which only the latest counts, where this one makes nothing owed in
/// its place.
pub(super) fn by_answer(state: &mut CaseState, heard: &Heard<'_>) {
    let latest = heard.step.fields.iter().filter(|field| {
        let counts = field.opens.as_ref().is_some_and(|opens| opens.latest);
        counts && heard.answers.contains_key(&field.id)
    });
    let gone = latest.flat_map(|field| promise::earlier(state, heard, field).map(|one| one.id.clone()));
    for id in gone.collect::<Vec<_>>() {
        if let Some(one) = state.commitments.iter_mut().find(|one| one.id == id) {
            end(one, Progress::Cancelled, heard.entry.id);
        }
    }
}

/// Whether it stood when the entry of this number was written: itself, or what it took the place of since. What a second
/// person agrees to speaks of nothing that came after it.
fn stood(state: &CaseState, one: &Commitment, seq: Seq) -> bool {
    let opened = state.entries.iter().find(|mark| mark.id == one.opened_by);
    let older = || one.supersedes.as_ref().and_then(|id| open::find(state, id));
    opened.is_none_or(|mark| mark.seq < seq) || older().is_some_and(|older| stood(state, older, seq))
}

/// Whether it is owed under one of these rows, or as one of these steps.
fn is_among(one: &Commitment, ends: &[String]) -> bool {
    one.opened_in.iter().chain(&one.step).any(|what| ends.contains(what))
}

/// Ends what an act calls off, or marks what it says was seen, while it is still owed. Of a series that is followed
/// elsewhere this once, the next comes round here all the same.
pub(super) fn by_act(state: &mut CaseState, entry: &Entry, act: &Act, zone: Zone) {
    let mut carried_on = None;
    let owed = match act {
        Act::Cancel { owed, .. } => std::slice::from_ref(owed),
        Act::Acknowledge { what } => what,
        _ => return,
    };
    for one in state.commitments.iter_mut().filter(|one| owed.contains(&one.id) && one.progress.is_open()) {
        if let Act::Cancel { goes_on, .. } = act {
            let progress = if goes_on.is_some() { Progress::Superseded } else { Progress::Cancelled };
            end(one, progress, entry.id);
            one.superseded_by.clone_from(goes_on);
            carried_on = goes_on.is_some().then(|| one.id.clone());
        } else if let Some(by) = entry.who.by {
            one.acknowledged.retain(|seen| seen.by != by);
            one.acknowledged.push(Acknowledged { by, at: entry.recorded_at });
        }
    }
    if let Some(id) = carried_on {
        next_of_series(state, entry, entry.occurred.at, zone, &id);
    }
}

/// Closing a case ends what is owed as a step that a closed case no longer takes. Everything else stays owed:
/// what others promised, interim controls, our own actions, the completion of a record, and a step that may still
/// be recorded after closing, such as the manager's review ([`check::can_stand`]). What whoever closes it was asked
/// about is as they said.
pub(super) fn by_closing(state: &mut CaseState, entry: EntryId, closing: &Heard<'_>) {
    let stands = state.state.clone();
    let asked = asked_about(&closing.answers);
    for one in state.commitments.iter_mut().filter(|one| one.progress.is_open() && !asked.contains(&&one.id))
    {
        let step = one.step.as_ref().and_then(|step| closing.pathway.step(step));
        if step.is_some_and(|step| !check::can_stand(step, &stands, true)) {
            end(one, Progress::Cancelled, entry);
        }
    }
}

/// What the rows of a form speak of that is owed: what becomes of each is an act of its own, or nothing where it stays.
fn asked_about(answers: &Answers) -> Vec<&CommitmentId> {
    let tables = answers.values().filter_map(|answer| match answer {
        Answer::Rows(rows) => Some(rows),
        _ => None,
    });
    let cells = tables.flatten().flat_map(Answers::values);
    let named = cells.filter_map(|answer| match answer {
        Answer::Owed(owed) => Some(&owed.id),
        _ => None,
    });
    named.collect()
}

/// Marks what is owed, and was eased by a milestone of its case: one that the entry which opened it reached, or a
/// later one. What is settled stays as it stood then.
pub(super) fn ease(state: &mut CaseState) {
    for one in state.commitments.iter_mut().filter(|one| one.progress.is_open()) {
        let Some(easing) = &mut one.easing else { continue };
        let marks = state.entries.iter().filter(|mark| mark.seq >= easing.since);
        easing.at = marks.filter_map(|mark| mark.reached.get(&easing.by).copied()).min_by_key(|when| when.at);
    }
}

/// A newer commitment takes its place, also of what the same entry was recorded for and has left owed.
pub(super) fn supersede(state: &mut CaseState, old: &CommitmentId, entry: EntryId, new: &CommitmentId) {
    let stands = |one: &Commitment| one.progress.is_open() || one.settled_by == Some(entry);
    if let Some(old) = state.commitments.iter_mut().find(|one| one.id == *old && stands(one)) {
        end(old, Progress::Superseded, entry);
        old.superseded_by = Some(new.clone());
    }
}

/// Ends it, naming the entry that did.
pub(super) fn end(commitment: &mut Commitment, progress: Progress, entry: EntryId) {
    commitment.progress = progress;
    commitment.settled_by = Some(entry);
    // Nobody is asked to take what is no longer owed.
    commitment.holding.offered = None;
}

/// Opens the next occurrence of a series when one was done, or was left out this time. Its due time is counted from the
/// anchor, so that one done late moves none of the others; one that was skipped over is not owed any more, nor is the
/// time again from which one was moved.
fn next_of_series(
    state: &mut CaseState,
    entry: &Entry,
    occurred: DateTime<Utc>,
    zone: Zone,
    done: &CommitmentId,
) {
    let Some(done) = open::find(state, done) else { return };
    let Some(every) = clock::every(done) else { return };
    let first = first_of_series(state, done);
    let mut slot = done;
    while let Some(older) =
        slot.supersedes.as_ref().filter(|_| slot.chased > 0).and_then(|id| open::find(state, id))
    {
        slot = older;
    }
    let previous = done.due.max(slot.due).max(occurred);
    let Some(Clock { due, rule }) = clock::next_of(&every, first.due, previous, zone) else { return };

    let base = &first.id.place;
    let prefix = format!("{base}.series.");
    let so_far = state
        .commitments
        .iter()
        .filter(|one| one.id.entry == first.id.entry && one.id.place.starts_with(&prefix));
    // Named after the first of the series, whichever entry brought it about.
    let id = CommitmentId { entry: first.id.entry, place: format!("{prefix}{}", so_far.count() + 2) };
    let warned = done.warn_from.map(|from| due - (done.due - from));
    let next = Commitment {
        id,
        due,
        warn_from: warned,
        rule,
        easing: done.easing.map(|easing| Easing { since: entry.seq, at: None, ..easing }),
        opened_by: entry.id,
        started: occurred,
        holding: Holding::default(),
        progress: Progress::Requested,
        settled_by: None,
        superseded_by: None,
        supersedes: None,
        chased: 0,
        last_chased: None,
        acknowledged: Vec::new(),
        ..done.clone()
    };
    state.commitments.push(next);
}

/// The occurrence of the series that is owed by now, where `first` was its first.
pub(super) fn of_series<'s>(state: &'s mut CaseState, first: &CommitmentId) -> Option<&'s mut Commitment> {
    let begun = begin(state, open::find(state, first)?);
    let is_meant =
        |one: &&Commitment| one.progress.is_open() && one.every.is_some() && begin(state, one) == begun;
    let id = state.commitments.iter().find(is_meant)?.id.clone();
    state.commitments.iter_mut().find(|one| one.id == id)
}

/// Where the series began: what was opened first of all, before any amendment or new date.
fn begin(state: &CaseState, one: &Commitment) -> CommitmentId {
    let mut first = one;
    while let Some(older) = first.supersedes.as_ref().and_then(|id| open::find(state, id)) {
        first = older;
    }
    let place = first.id.place.split_once(".series.").map_or(first.id.place.as_str(), |(base, _)| base);
    let base = CommitmentId { entry: first.id.entry, place: place.to_owned() };
    // The first of the series may have taken the place of another.
    match open::find(state, &base).filter(|found| found.id != first.id) {
        Some(found) => begin(state, found),
        None => base,
    }
}

/// The first occurrence of the series, as it stands after amendments: its due time is the anchor.
fn first_of_series<'a>(state: &'a CaseState, one: &'a Commitment) -> &'a Commitment {
    let mut first = one;
    while let Some(older) = first.supersedes.as_ref().and_then(|id| open::find(state, id)) {
        first = older;
    }
    let Some((base, _)) = first.id.place.split_once(".series.") else { return first };
    let base = CommitmentId { entry: first.id.entry, place: base.to_owned() };
    let Some(mut first) = open::find(state, &base) else { return one };
    while let Some(newer) = first.superseded_by.as_ref().and_then(|id| open::find(state, id)) {
        if newer.chased > first.chased {
            break;
        }
        first = newer;
    }
    first
}

//! Signs of what is owed: past its time, without a time, asked for again and again.

use chrono::{DateTime, TimeDelta, Utc};

use super::{Looking, Seen};
use crate::domain::answer::Answer;
use crate::domain::clocks::Of;
use crate::domain::commitment::{Commitment, DueRule};
use crate::domain::ids::EntryId;
use crate::domain::signs::Unless;
use crate::domain::words::signs as words;

/// Something owed is past its time.
pub(super) fn late(
    looking: &Looking<'_>,
    of: &Of,
    grace: TimeDelta,
    first: bool,
    unless: &[Unless],
) -> Vec<Seen> {
    let state = looking.state;
    let fitting = state.commitments.iter().filter(|one| of.fits(one));
    // Of what was promised anew only the last stands for all of it, where it is counted from the first time.
    let fitting = fitting.filter(|one| !first || one.superseded_by.is_none());
    let seen = fitting.map(|one| {
        let root = if first { first_of(looking, one) } else { one };
        let due = root.due;
        let eased = one.eased().map(|(_, when)| when.at);
        let answered = unless.iter().filter_map(|unless| answered(looking, one, due, unless));
        let until = answered.chain(ended(looking, one)).chain(eased).min();
        let settled = one.settled_by.into_iter();
        Seen {
            root: root.id.entry,
            place: root.id.place.clone(),
            since: due + grace,
            until,
            words: words::was_due(&one.named().words),
            entries: std::iter::once(root.opened_by).chain(chain(looking, one)).chain(settled).collect(),
        }
    });
    seen.map(once).collect()
}

/// Something is owed for which nobody gave a time.
pub(super) fn undated(looking: &Looking<'_>, of: &Of, grace: TimeDelta) -> Vec<Seen> {
    let undated = looking.state.commitments.iter().filter(|one| of.fits(one));
    let undated = undated.filter(|one| matches!(one.rule, DueRule::NoneGiven { .. }));
    let seen = undated.map(|one| Seen {
        root: one.id.entry,
        place: one.id.place.clone(),
        since: one.started + grace,
        until: ended(looking, one),
        words: one.named().words,
        entries: vec![one.opened_by],
    });
    seen.collect()
}

/// One and the same was asked for again and again.
pub(super) fn chased(looking: &Looking<'_>, of: &Of, at_least: u32) -> Vec<Seen> {
    let last = looking.state.commitments.iter().filter(|one| of.fits(one) && one.superseded_by.is_none());
    let mut seen = Vec::new();
    for one in last.filter(|one| one.chased >= at_least) {
        // The chase that made it so many.
        let mut at = one;
        while let Some(older) = older(looking, at).filter(|older| older.chased >= at_least) {
            at = older;
        }
        let root = first_of(looking, one);
        seen.push(once(Seen {
            root: root.id.entry,
            place: root.id.place.clone(),
            since: at.last_chased.unwrap_or(at.started),
            until: ended(looking, one),
            words: words::chased(&one.named().words, one.chased),
            entries: std::iter::once(root.opened_by).chain(chain(looking, one)).collect(),
        }));
    }
    seen
}

/// When something owed came to its end.
pub(super) fn ended(looking: &Looking<'_>, one: &Commitment) -> Option<DateTime<Utc>> {
    if one.progress.is_open() {
        return None;
    }
    let by = one.settled_by.and_then(|entry| looking.at(entry));
    // What an amendment took away ended with it.
    by.or_else(|| looking.state.entries.last().map(|mark| mark.recorded_at))
}

/// When something late was answered without being done.
fn answered(
    looking: &Looking<'_>,
    one: &Commitment,
    due: DateTime<Utc>,
    unless: &Unless,
) -> Option<DateTime<Utc>> {
    match unless {
        Unless::Chased => one.last_chased.filter(|at| *at >= due),
        Unless::Recorded(steps) => {
            looking.steps(steps).map(|mark| mark.occurred.at).filter(|at| *at >= one.started).min()
        }
        Unless::Answered(field, any) => {
            let is = match looking.said(field)? {
                Answer::Choice(choice) => any.contains(choice),
                Answer::Choices(choices) => choices.iter().any(|choice| any.contains(choice)),
                Answer::YesNo { is, .. } => any.contains(&words::yes_no(*is).to_owned()),
                _ => false,
            };
            let (step, _) = field.split_once('.')?;
            let steps = [step.to_owned()];
            let last = looking.steps(&steps).last()?;
            is.then_some(last.occurred.at)
        }
    }
}

fn older<'a>(looking: &Looking<'a>, one: &Commitment) -> Option<&'a Commitment> {
    let id = one.supersedes.as_ref()?;
    looking.state.commitments.iter().find(|other| other.id == *id)
}

/// The first of those that were promised anew.
pub(super) fn first_of<'a>(looking: &Looking<'a>, one: &'a Commitment) -> &'a Commitment {
    let mut first = one;
    while let Some(before) = older(looking, first) {
        first = before;
    }
    first
}

/// The entries that promised anew, the first first.
fn chain(looking: &Looking<'_>, one: &Commitment) -> Vec<EntryId> {
    let mut entries = vec![one.opened_by];
    let mut at = one;
    while let Some(before) = older(looking, at) {
        entries.push(before.opened_by);
        at = before;
    }
    entries.reverse();
    entries
}

/// Each entry once.
fn once(mut seen: Seen) -> Seen {
    let mut entries: Vec<EntryId> = Vec::new();
    for entry in seen.entries {
        if !entries.contains(&entry) {
            entries.push(entry);
        }
    }
    seen.entries = entries;
    seen
}

//! What the record of a case shows of each criterion: an answer is proposed where the record decides it, with the entries
//! that show it. Whether it is so is for a person to say.

use chrono::{DateTime, TimeDelta, Utc};

use crate::domain::answer::Answers;
use crate::domain::case::{CaseState, EntryMark};
use crate::domain::commitment::{Commitment, DueRule, Progress};
use crate::domain::time::{Zone, display};
use crate::domain::words::audit as words;
use crate::pathway::definition::{Criterion, Pathway, Shows, Step};
use crate::pathway::late::{WorkingPeriods, is_late_entry};
use crate::pathway::predicate::{Facts, holds, recorded};
use crate::pathway::triangulation::{Source, triangulate};

/// What a case is looked at with.
#[derive(Clone, Copy)]
pub struct Showing<'a> {
    /// The case.
    pub state: &'a CaseState,
    /// Its pathway.
    pub pathway: &'a Pathway,
    /// When working periods begin.
    pub periods: &'a WorkingPeriods,
    /// The office's zone.
    pub zone: Zone,
    /// Now: what is owed later is not late yet.
    pub now: DateTime<Utc>,
}

/// What is proposed for a criterion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposed {
    /// The criterion's id.
    pub id: String,
    /// `yes`, `no` or `not_applicable`; `None` where the record does not decide it.
    pub answer: Option<&'static str>,
    /// What shows it, in words that name the entries.
    pub shows: String,
}

const MET: Option<&str> = Some("yes");
const NOT_MET: Option<&str> = Some("no");
const NOT_APPLICABLE: Option<&str> = Some("not_applicable");

/// What is proposed for a criterion, of this case.
pub fn propose(criterion: &Criterion, with: Showing<'_>) -> Proposed {
    let (answer, shows) = of(criterion, with);
    Proposed { id: criterion.id.clone(), answer, shows }
}

fn of(criterion: &Criterion, with: Showing<'_>) -> (Option<&'static str>, String) {
    if !criterion.of.contains(&with.pathway.id) {
        return (NOT_APPLICABLE, words::ANOTHER_KIND.to_owned());
    }
    let blank = Answers::new();
    let step = Step::plain("", "", Vec::new());
    let facts = Facts::of(&step, &blank, Some(with.state), with.now);
    if criterion.applies.as_ref().is_some_and(|applies| !holds(applies, &facts)) {
        return (NOT_APPLICABLE, words::NOT_SO_HERE.to_owned());
    }
    match &criterion.shows {
        Shows::Met(met) => {
            let steps = criterion.shows.asks();
            let answer = if holds(met, &facts) { MET } else { NOT_MET };
            (answer, with.entries(steps.iter().map(|(step, _)| step.as_str())))
        }
        Shows::InTime(what) => with.in_time(what),
        Shows::InShift(step) => with.in_shift(step),
        Shows::Dated(rows) => with.dated(rows),
        Shows::Chased(rows, grace) => with.chased(rows, *grace),
        Shows::Sources => with.sources(),
    }
}

impl Showing<'_> {
    fn short(&self, at: DateTime<Utc>) -> String {
        display::short(at, self.now, self.zone)
    }

    fn title(&self, step: &str) -> String {
        self.pathway.step(step).map_or_else(|| step.to_owned(), |step| step.title.clone())
    }

    fn marks<'m>(&'m self, step: &'m str) -> impl Iterator<Item = &'m EntryMark> {
        let counts = move |mark: &&EntryMark| mark.edition.is_some() && mark.kind == step && mark.counts();
        self.state.entries.iter().filter(counts)
    }

    /// The last entry of each of these steps, each once.
    fn entries<'s>(&self, steps: impl Iterator<Item = &'s str>) -> String {
        let mut named: Vec<&str> = Vec::new();
        let mut said = Vec::new();
        for step in steps {
            if named.contains(&step) {
                continue;
            }
            named.push(step);
            said.push(match self.marks(step).last() {
                Some(mark) => words::entry(&self.title(step), &self.short(mark.occurred.at), mark.seq),
                None => words::not_recorded(&self.title(step)),
            });
        }
        said.join("; ")
    }

    fn owed<'o>(&'o self, what: &'o str) -> impl Iterator<Item = &'o Commitment> {
        let is_it = move |one: &&Commitment| {
            one.step.as_deref() == Some(what) || one.opened_in.as_deref() == Some(what)
        };
        self.state.commitments.iter().filter(is_it)
    }

    /// When it was done, where it was, and the number of the entry.
    fn done(&self, owed: &Commitment) -> Option<(DateTime<Utc>, u64)> {
        let by = owed.settled_by.filter(|_| owed.progress == Progress::Confirmed)?;
        let mark = self.state.entries.iter().find(|mark| mark.id == by)?;
        Some((mark.occurred.at, mark.seq))
    }

    /// What took the place of another counts by its own time.
    fn in_time(&self, what: &str) -> (Option<&'static str>, String) {
        let (mut late, mut waits, mut said) = (false, false, Vec::new());
        let wanted = |one: &&Commitment| !matches!(one.progress, Progress::Cancelled | Progress::Superseded);
        for owed in self.owed(what).filter(wanted) {
            let due = self.short(owed.due);
            let eased = owed.eased().map(|(_, when)| when.at).filter(|at| *at <= owed.due);
            match (self.done(owed), eased) {
                (Some((at, seq)), eased) => {
                    late |= at > owed.due && eased.is_none();
                    said.push(words::done_by(&owed.what, &self.short(at), &due, seq));
                }
                (None, Some(_)) => said.push(words::eased(&owed.what)),
                (None, None) => {
                    late |= owed.due < self.now;
                    waits |= owed.due >= self.now;
                    said.push(words::not_done(&owed.what, &due));
                }
            }
        }
        let answer = match (said.is_empty(), late, waits) {
            (true, ..) => return (NOT_APPLICABLE, words::NOT_OWED.to_owned()),
            (_, true, _) => NOT_MET,
            (_, false, true) => None,
            (_, false, false) => MET,
        };
        (answer, said.join("; "))
    }

    /// Each of the four sources with the entry that shows it, or with what is missing.
    fn sources(&self) -> (Option<&'static str>, String) {
        let sources = triangulate(self.state, &self.zone);
        let said = sources.iter().map(|source| {
            let mark = source.entry.and_then(|entry| self.state.entries.iter().find(|mark| mark.id == entry));
            match (mark, source.at) {
                (Some(mark), Some(at)) => words::entry(source.title, &self.short(at.at), mark.seq),
                _ => source.gap.clone(),
            }
        });
        let said = said.collect::<Vec<_>>().join("; ");
        (if sources.iter().all(Source::is_recorded) { MET } else { NOT_MET }, said)
    }

    fn in_shift(&self, step: &str) -> (Option<&'static str>, String) {
        let mut late = false;
        for mark in self.marks(step) {
            late |= is_late_entry(&mark.occurred, mark.recorded_at, self.zone, self.periods);
        }
        if !recorded(self.state, step) {
            return (NOT_APPLICABLE, words::not_recorded(&self.title(step)));
        }
        let said = self.marks(step).map(|mark| {
            let (at, written) = (self.short(mark.occurred.at), self.short(mark.recorded_at));
            words::written(&self.title(step), &at, &written, mark.seq)
        });
        (if late { NOT_MET } else { MET }, said.collect::<Vec<_>>().join("; "))
    }

    fn dated(&self, rows: &str) -> (Option<&'static str>, String) {
        let mut bare = false;
        let said: Vec<String> = self
            .owed(rows)
            .map(|owed| match &owed.rule {
                DueRule::NoneGiven { why, .. } => {
                    bare |= why.trim().is_empty();
                    words::none_given(&owed.what, why)
                }
                _ => words::promised(&owed.what, &self.short(owed.due)),
            })
            .collect();
        match (said.is_empty(), bare) {
            (true, _) => (NOT_APPLICABLE, words::NOTHING_PROMISED.to_owned()),
            (false, bare) => (if bare { NOT_MET } else { MET }, said.join("; ")),
        }
    }

    /// Of what was late by more than the grace: whether it was asked for, or done by then.
    fn chased(&self, rows: &str, grace: TimeDelta) -> (Option<&'static str>, String) {
        let (mut left, mut said) = (false, Vec::new());
        for owed in self.owed(rows) {
            let until = owed.due + grace;
            let settled = owed.settled_by.and_then(|by| {
                self.state.entries.iter().find(|mark| mark.id == by).map(|mark| mark.occurred.at)
            });
            if settled.unwrap_or(self.now) <= owed.due || (settled.is_none() && self.now <= until) {
                continue;
            }
            // A chase with a new time takes its place, one without leaves it as it is.
            let in_time = |at: DateTime<Utc>| at > owed.due && at <= until;
            let asked = settled.is_some_and(in_time) || owed.last_chased.is_some_and(in_time);
            left |= !asked;
            said.push(words::late(&owed.what, &self.short(owed.due), asked));
        }
        match (said.is_empty(), left) {
            (true, _) => (NOT_APPLICABLE, words::NOTHING_LATE.to_owned()),
            (false, left) => (if left { NOT_MET } else { MET }, said.join("; ")),
        }
    }
}

//! The measures computed slowly and obviously, straight from the cases as they stand.

use std::collections::BTreeSet;

use super::lived::choice;
use super::*;

/// The slow computation. It knows nothing of rows of facts: it looks through every case for every question.
pub(super) struct Slow<'a> {
    pub(super) states: &'a [CaseState],
    pub(super) merged: Option<(CaseId, CaseId)>,
    /// Of which whoever rang has said that they know what came of it.
    pub(super) had_it: &'a BTreeSet<CaseId>,
    /// The tries to reach somebody outside, and whether they did.
    pub(super) tries: &'a BTreeMap<EntryId, bool>,
    pub(super) zone: Zone,
    pub(super) now: DateTime<Utc>,
    pub(super) from: DateTime<Utc>,
    pub(super) until: DateTime<Utc>,
}

/// What somebody outside promised.
pub(super) struct Promised {
    /// When it was first due.
    pub(super) due: DateTime<Utc>,
    /// Kept, late, never; `None` where it is not known.
    pub(super) outcome: Option<&'static str>,
    /// How late in milliseconds, where it was kept late.
    pub(super) late: Option<i64>,
    pub(super) chased: u32,
    /// They said from the start by when.
    pub(super) timed: bool,
}

pub(super) const MINUTE: TimeDelta = TimeDelta::minutes(1);

impl Slow<'_> {
    pub(super) fn person(&self, state: &CaseState) -> Option<CaseId> {
        state.subject.map(|id| self.merged.filter(|(_, gone)| *gone == id).map_or(id, |(kept, _)| kept))
    }

    pub(super) fn at(state: &CaseState) -> DateTime<Utc> {
        if let Some(visit) = &state.facts.visit {
            return visit.from.at;
        }
        let called = state.facts.milestones.get(&Milestone::Called);
        called.map_or(state.entries[0].occurred.at, |when| when.at)
    }

    /// Every case that counts, of whatever pathway.
    pub(super) fn all_counted(&self) -> Vec<&CaseState> {
        let pathways: BTreeSet<&str> = self.states.iter().map(|state| state.pathway.as_str()).collect();
        pathways.into_iter().flat_map(|pathway| self.counted(pathway)).collect()
    }

    /// Cases that count, whenever they began.
    pub(super) fn counted(&self, pathway: &str) -> Vec<&CaseState> {
        let in_error =
            |state: &CaseState| state.closed && state.answers.get("close.ended") == Some(&choice("in_error"));
        let again = |state: &CaseState| state.duplicates.iter().any(|other| *other < state.id);
        let of = self.states.iter().filter(|state| state.pathway == pathway);
        of.filter(|state| !in_error(state) && !again(state)).collect()
    }

    pub(super) fn begun(&self, pathway: &str) -> Vec<&CaseState> {
        let within = |state: &&CaseState| self.from <= Self::at(state) && Self::at(state) < self.until;
        self.counted(pathway).into_iter().filter(within).collect()
    }

    /// The first commitment of this step, as it stood after corrections.
    pub(super) fn first_owed<'s>(&self, state: &'s CaseState, step: &str) -> Option<&'s Commitment> {
        let mut one = state
            .commitments
            .iter()
            .find(|one| one.step.as_deref() == Some(step) && one.supersedes.is_none())?;
        while let Some(next) = state.commitments.iter().find(|next| next.supersedes.as_ref() == Some(&one.id))
        {
            if next.chased != one.chased {
                break;
            }
            one = next;
        }
        Some(one)
    }

    /// Lengths in minutes, how many were in time, of how many that is known.
    pub(super) fn times(&self, to: Milestone, step: &str) -> (Vec<i64>, u64, u64) {
        let (mut lengths, mut met, mut known) = (Vec::new(), 0, 0);
        for state in self.begun("urgent") {
            let Some(owed) = self.first_owed(state, step) else { continue };
            let called = state.facts.milestones[&Milestone::Called];
            let rough = |when: &When| matches!(when.precision, Precision::Day | Precision::Unknown);
            let reached = state.facts.milestones.get(&to);
            if rough(&called) || reached.is_some_and(rough) {
                continue;
            }
            match reached {
                Some(reached) => {
                    lengths.push((reached.at - called.at).num_milliseconds().max(0));
                    known += 1;
                    met += u64::from(reached.at - owed.due < MINUTE);
                }
                None => known += u64::from(self.now - owed.due >= MINUTE),
            }
        }
        lengths.sort_unstable();
        (lengths, met, known)
    }

    /// What of this was first due in the period.
    pub(super) fn due(&self, all: impl IntoIterator<Item = Promised>) -> Vec<Promised> {
        all.into_iter().filter(|one| self.from <= one.due && one.due < self.until).collect()
    }

    /// What others promised in a case, each once, however often it was chased.
    pub(super) fn promised_in(&self, state: &CaseState) -> Vec<Promised> {
        self.undertaken_in(state, true)
    }

    /// What others promised in a case, or what we have taken upon ourselves.
    pub(super) fn undertaken_in(&self, state: &CaseState, outside: bool) -> Vec<Promised> {
        let mut found = Vec::new();
        let of_others = |one: &&Commitment| one.obligor.is_outside() == outside && one.opened_in.is_some();
        let control = |one: &&Commitment| one.control == YesNo::No;
        let roots = state.commitments.iter().filter(of_others).filter(control);
        for root in roots.filter(|one| one.supersedes.is_none()) {
            let mut all = vec![root];
            while let Some(next) =
                state.commitments.iter().find(|one| one.supersedes.as_ref() == Some(&all[all.len() - 1].id))
            {
                all.push(next);
            }
            // Of those that were chased as often, the last stands: the others were put right.
            let mut standing: Vec<&Commitment> = Vec::new();
            for one in &all {
                standing.retain(|other| other.chased != one.chased);
                standing.push(one);
            }
            let timed =
                |one: &&&Commitment| matches!(one.rule, DueRule::Promised | DueRule::PromisedWithin(_));
            let first = standing.iter().find(timed).map(|one| one.due);
            let last = all[all.len() - 1];
            let ended = last.settled_by.and_then(|by| state.entries.iter().find(|mark| mark.id == by));
            // We have a time by which we do what we have set ourselves, whether or not it was written down.
            let by = if outside { first } else { Some(first.unwrap_or(root.due)) };
            let outcome = by.and_then(|due| match last.progress {
                Progress::Confirmed if ended.unwrap().occurred.at - due < MINUTE => Some("kept"),
                Progress::Confirmed => Some("late"),
                Progress::Refused => Some("never"),
                Progress::Cancelled => (ended.unwrap().occurred.at - due >= MINUTE).then_some("never"),
                _ => (self.now - due >= MINUTE).then_some("never"),
            });
            let late = outcome.filter(|outcome| *outcome == "late");
            let late = late.and_then(|_| Some((ended?.occurred.at - first?).num_milliseconds()));
            let due = first.unwrap_or(root.due);
            found.push(Promised { due, outcome, late, chased: last.chased, timed: timed(&&standing[0]) });
        }
        found
    }

    /// Calls about somebody about whom another came in the fortnight before that fits.
    pub(super) fn repeats(&self, fits: impl Fn(&CaseState, &CaseState) -> bool) -> u64 {
        let all = self.states.iter().filter(|state| state.pathway == "urgent");
        let all: Vec<_> =
            all.filter(|state| !state.duplicates.iter().any(|other| *other < state.id)).collect();
        let before = |one: &CaseState| {
            all.iter().any(|other| {
                let order = (Self::at(other), other.id) < (Self::at(one), one.id);
                let near = Self::at(one) - Self::at(other) <= TimeDelta::days(14);
                order && near && self.person(other) == self.person(one) && fits(one, other)
            })
        };
        self.begun("urgent").into_iter().filter(|state| before(state)).count() as u64
    }

    pub(super) fn near_safeguarding(&self) -> u64 {
        let concerns: Vec<_> = self.states.iter().filter(|state| state.pathway == "safeguarding").collect();
        let near = |one: &&&CaseState| {
            concerns.iter().any(|other| {
                self.person(other) == self.person(one)
                    && (Self::at(one) - Self::at(other)).abs() <= TimeDelta::days(14)
            })
        };
        self.begun("urgent").iter().filter(near).count() as u64
    }

    /// Tries to reach somebody outside in these cases, and those that reached nobody: as they were written down.
    pub(super) fn contacts<'s>(&self, cases: impl IntoIterator<Item = &'s CaseState>) -> (u64, u64) {
        let marks = cases.into_iter().flat_map(|state| &state.entries);
        let within = marks.filter(|mark| self.from <= mark.occurred.at && mark.occurred.at < self.until);
        let tries = within.filter_map(|mark| self.tries.get(&mark.id));
        tries.fold((0, 0), |(nobody, all), reached| (nobody + u64::from(!reached), all + 1))
    }

    /// Interim controls in force at the end, and those past their review.
    pub(super) fn controls(&self) -> (u64, u64) {
        let at = self.until.min(self.now);
        if self.from > self.now {
            return (0, 0);
        }
        let (mut all, mut overdue) = (0, 0);
        for state in self.all_counted() {
            let when =
                |entry| state.entries.iter().find(|mark| mark.id == entry).map(|mark| mark.occurred.at);
            for one in state.commitments.iter().filter(|one| one.control == YesNo::Yes) {
                let since = when(one.opened_by).unwrap();
                let ended = one.settled_by.and_then(when);
                if since <= at && ended.is_none_or(|ended| at < ended) {
                    all += 1;
                    overdue += u64::from(at - one.due >= MINUTE);
                }
            }
        }
        (overdue, all)
    }

    pub(super) fn told(&self) -> (u64, u64) {
        let cases = self.begun("urgent").into_iter();
        let decided: Vec<_> = cases
            .filter(|state| state.closed && state.facts.milestones.contains_key(&Milestone::Decided))
            .collect();
        let told = decided.iter().filter(|state| self.care_team_told(state));
        (told.count() as u64, decided.len() as u64)
    }

    /// The care team was told once it was decided.
    pub(super) fn care_team_told(&self, state: &CaseState) -> bool {
        let Some(decided) = state.facts.milestones.get(&Milestone::Decided) else { return false };
        // The latest of several counts, which the share of each entry says too.
        state
            .shares
            .iter()
            .any(|share| share.who.as_deref() == Some("Care team") && share.at.at - decided.at > -MINUTE)
    }
}

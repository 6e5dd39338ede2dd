//! The measures of single cases, computed slowly: what stands in the case says each of them.

use chrono::Months;

use super::slow::MINUTE;
use super::*;

/// How long somebody outside may be waited for before it is a gap.
const CONTACT_WITHIN: TimeDelta = TimeDelta::minutes(60);

fn reached(state: &CaseState, milestone: Milestone) -> Option<When> {
    state.facts.milestones.get(&milestone).copied()
}

fn is_rough(when: When) -> bool {
    matches!(when.precision, Precision::Day | Precision::Unknown)
}

fn says_yes(state: &CaseState, field: &str) -> Option<bool> {
    match state.answers.get(field)? {
        Answer::YesNo { is, .. } => Some(*is == YesNo::Yes),
        _ => None,
    }
}

/// How many hold, of how many that are known.
fn of_known(all: impl Iterator<Item = Option<bool>>) -> (u64, u64) {
    all.flatten().fold((0, 0), |(met, known), holds| (met + u64::from(holds), known + 1))
}

impl Slow<'_> {
    /// Lengths from the call, how many were within a time, of how many that is known; of calls that came so far.
    pub(super) fn lengths_of_calls(&self, to: Milestone, within: TimeDelta) -> (Vec<i64>, u64, u64) {
        let mut lengths = Vec::new();
        let in_time = self.begun("urgent").into_iter().filter_map(|state| {
            let (called, ended) = (reached(state, Milestone::Called)?, reached(state, to)?);
            if is_rough(called) || is_rough(ended) {
                return Some(None);
            }
            lengths.push((ended.at - called.at).num_milliseconds().max(0));
            Some(Some(ended.at - called.at - within < MINUTE))
        });
        let (met, known) = of_known(in_time);
        lengths.sort_unstable();
        (lengths, met, known)
    }

    pub(super) fn same_day(&self) -> (u64, u64) {
        of_known(self.begun("urgent").into_iter().filter_map(|state| {
            let (called, contacted) =
                (reached(state, Milestone::Called)?, reached(state, Milestone::Contacted)?);
            let known = !is_rough(called) && !is_rough(contacted);
            Some(known.then(|| self.zone.day(called.at) == self.zone.day(contacted.at)))
        }))
    }

    pub(super) fn followed(&self) -> (u64, u64) {
        let advised =
            self.begun("urgent").into_iter().filter(|state| reached(state, Milestone::Advised).is_some());
        of_known(advised.map(|state| says_yes(state, "review.followed")))
    }

    pub(super) fn care_changed(&self) -> (u64, u64) {
        let both = [Milestone::Advised, Milestone::Reviewed];
        let asked = self
            .begun("urgent")
            .into_iter()
            .filter(|state| both.iter().all(|milestone| reached(state, *milestone).is_some()));
        of_known(asked.map(|state| says_yes(state, "review.care_changed")))
    }

    /// From the entries: whoever rang has said once that they have it.
    pub(super) fn caller_told(&self) -> (u64, u64) {
        let over = self
            .begun("urgent")
            .into_iter()
            .filter(|state| state.closed && reached(state, Milestone::Decided).is_some());
        of_known(over.map(|state| Some(self.had_it.contains(&state.id))))
    }

    pub(super) fn same_visit(&self) -> (u64, u64) {
        of_known(self.begun("urgent").into_iter().map(|state| says_yes(state, "call.note_same_visit")))
    }

    pub(super) fn complete(&self) -> (u64, u64) {
        of_known(self.begun("urgent").into_iter().map(|state| Some(state.entries[0].missing.is_empty())))
    }

    /// Another call of one theme came before, by what led to both.
    pub(super) fn repeats_theme(&self, definitions: &Definitions) -> u64 {
        let led = |state: &CaseState| match state.answers.get("call.triggers") {
            Some(Answer::Choices(all)) => all.clone(),
            _ => Vec::new(),
        };
        self.repeats(|one, other| {
            definitions.themes.iter().any(|theme| {
                let is_of = |state| led(state).iter().any(|id| theme.choices.contains(id));
                is_of(one) && is_of(other)
            })
        })
    }

    /// What others owed at the end of the period, and what of it was past its time.
    pub(super) fn owed_by_others(&self) -> (u64, u64) {
        let at = self.until.min(self.now);
        if self.from > self.now {
            return (0, 0);
        }
        of_known(self.all_counted().into_iter().flat_map(|state| {
            let when =
                |entry| state.entries.iter().find(|mark| mark.id == entry).map(|mark| mark.occurred.at);
            let others = state.commitments.iter().filter(|one| {
                one.obligor.is_outside() && one.opened_in.is_some() && one.control == YesNo::No
            });
            let stood = others.filter(|one| {
                let ended = one.settled_by.and_then(when);
                when(one.opened_by).unwrap() <= at && ended.is_none_or(|ended| at < ended)
            });
            stood.map(|one| Some(at - one.due >= MINUTE)).collect::<Vec<_>>()
        }))
    }

    /// Cases of a pathway of the year up to the end of the period.
    pub(super) fn in_a_year(&self, pathway: &str, holds: impl Fn(&CaseState) -> bool) -> u64 {
        let first = self.zone.day(self.until) - Months::new(12);
        let since = self.zone.start_of_day(first);
        let within = |state: &&&CaseState| since <= Slow::at(state) && Slow::at(state) < self.until;
        let counted = self.counted(pathway);
        counted.iter().filter(within).filter(|state| holds(state)).count() as u64
    }

    /// Concerns with a call, a delay or an escalation about the same person within a fortnight to either side.
    pub(super) fn concerns_near_others(&self) -> u64 {
        let again = |state: &&CaseState| state.duplicates.iter().any(|other| *other < state.id);
        let others = self
            .states
            .iter()
            .filter(|state| matches!(state.pathway.as_str(), "urgent" | "delay" | "commissioner"));
        let others: Vec<&CaseState> = others.filter(|state| !again(state)).collect();
        let near = |one: &&&CaseState| {
            others.iter().any(|other| {
                self.person(other) == self.person(one)
                    && (Slow::at(one) - Slow::at(other)).abs() <= TimeDelta::days(14)
            })
        };
        self.begun("safeguarding").iter().filter(near).count() as u64
    }

    /// Decided calls in which working together has a gap.
    pub(super) fn gaps(&self) -> (u64, u64) {
        let over = |since: When| self.now - since.at - CONTACT_WITHIN >= MINUTE;
        let decided = self.begun("urgent").into_iter().filter_map(|state| {
            let decided = reached(state, Milestone::Decided)?;
            let (contacted, advised) =
                (reached(state, Milestone::Contacted), reached(state, Milestone::Advised));
            let nobody = contacted.is_none() && (state.closed || over(decided));
            let late = contacted.is_some_and(|contacted| {
                let known = !is_rough(decided) && !is_rough(contacted);
                known && contacted.at - decided.at - CONTACT_WITHIN >= MINUTE
            });
            let unadvised =
                advised.is_none() && contacted.is_some_and(|contacted| state.closed || over(contacted));
            let promised = self.promised_in(state);
            let broken = promised.iter().any(|one| matches!(one.outcome, Some("late" | "never")));
            let untold = advised.is_some() && state.closed && !self.care_team_told(state);
            Some(Some(nobody || late || unadvised || broken || untold))
        });
        of_known(decided)
    }

    /// Of the closed cases of a pathway, those that ended so.
    pub(super) fn ended(&self, pathway: &str, so: &[&str]) -> (u64, u64) {
        let closed = self.begun(pathway).into_iter().filter(|state| state.closed);
        of_known(closed.map(|state| {
            let ended = state.answers.get("close.ended");
            Some(so.iter().any(|id| ended == Some(&lived::choice(id))))
        }))
    }

    /// How long after the first contact the first answer to a routine matter came, in order.
    pub(super) fn lengths_to_answer(&self) -> Vec<i64> {
        let mut lengths: Vec<i64> = self
            .begun("liaison")
            .into_iter()
            .filter_map(|state| {
                let (first, answer) =
                    (reached(state, Milestone::Contacted)?, reached(state, Milestone::Advised)?);
                Some((answer.at - first.at).num_milliseconds())
            })
            .collect();
        lengths.sort_unstable();
        lengths
    }

    /// The effects of escalations that came out better, by what was scored at the end.
    pub(super) fn effects(&self) -> (u64, u64) {
        let scores = self.begun("commissioner").into_iter().flat_map(|state| {
            ["stability", "confidence"].map(|effect| match state.answers.get(&format!("close.{effect}")) {
                Some(Answer::Number(score)) => Some(*score >= 4),
                _ => None,
            })
        });
        of_known(scores)
    }
}

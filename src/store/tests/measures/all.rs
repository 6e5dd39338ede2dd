//! Every measure computed slowly, by its id.

use super::slow::{Promised, Slow};
use super::*;

/// What a measure has to come to.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Sought {
    /// So many.
    Count(u64),
    /// So many of so many.
    Share((u64, u64)),
    /// These lengths, the shortest first; how many were in time, of how many that is known, where there is a target.
    Time(Vec<i64>, Option<(u64, u64)>),
    /// So often, of so many.
    Mean(u64, u64),
}

impl Sought {
    /// Whether there is anything in it: what is nought on both sides shows nothing.
    pub(super) fn says_something(&self) -> bool {
        match self {
            Sought::Count(n) | Sought::Share((n, _)) | Sought::Mean(n, _) => *n > 0,
            Sought::Time(lengths, within) => !lengths.is_empty() && within.is_none_or(|(met, _)| met > 0),
        }
    }

    pub(super) fn is(&self, figure: Figure) -> bool {
        match self {
            Sought::Count(n) => (figure.worth, figure.n) == (Worth::Count, *n),
            Sought::Share((n, of)) => (figure.worth, figure.n, figure.of) == (Worth::Share, *n, *of),
            Sought::Time(lengths, within) => {
                let (median, ninetieth) = (ranked(lengths, 1, 2), ranked(lengths, 9, 10));
                let timed = lengths.len() as u64;
                let worth = Worth::Time { median, ninetieth, timed, target: within.is_some() };
                let (n, of) = within.unwrap_or((timed, timed));
                (figure.worth, figure.n, figure.of) == (worth, n, of)
            }
            Sought::Mean(n, of) => {
                let hundredths = (*of > 0).then(|| (*n as f64 * 100.0 / *of as f64).round() as i64);
                (figure.worth, figure.n, figure.of) == (Worth::Mean { hundredths }, *n, *of)
            }
        }
    }
}

/// The slow way to the median and the ninth of ten: the first that so many do not exceed.
fn ranked(lengths: &[i64], n: usize, of: usize) -> Option<i64> {
    let holds = |length: &&i64| lengths.iter().filter(|one| one <= length).count() * of >= lengths.len() * n;
    lengths.iter().find(holds).copied()
}

/// How many of them came out so, of how many of which that is known.
fn came_out(all: &[Promised], outcome: &str) -> Sought {
    let n = all.iter().filter(|one| one.outcome == Some(outcome)).count() as u64;
    Sought::Share((n, all.iter().filter(|one| one.outcome.is_some()).count() as u64))
}

impl Slow<'_> {
    fn promises(&self, cases: Vec<&CaseState>) -> Vec<Promised> {
        self.due(cases.into_iter().flat_map(|state| self.promised_in(state)))
    }

    /// All measures, each by its id.
    pub(super) fn all(&self, definitions: &Definitions) -> BTreeMap<&'static str, Sought> {
        let begun = |pathway| self.begun(pathway).len() as u64;
        let within = |(lengths, met, known)| Sought::Time(lengths, Some((met, known)));
        let minutes = |to, minutes| within(self.lengths_of_calls(to, TimeDelta::minutes(minutes)));
        let promises = self.promises(self.all_counted());
        let mut late: Vec<i64> = promises.iter().filter_map(|one| one.late).collect();
        late.sort_unstable();
        let timed = promises.iter().filter(|one| one.timed).count() as u64;
        let chases = promises.iter().map(|one| u64::from(one.chased)).sum();
        let all = promises.len() as u64;
        let actions = self
            .all_counted()
            .into_iter()
            .flat_map(|state| self.undertaken_in(state, false))
            .collect::<Vec<_>>();
        let yes = |state: &CaseState, field| {
            matches!(state.answers.get(field), Some(Answer::YesNo { is: YesNo::Yes, .. }))
        };
        let did_not =
            |state: &CaseState| state.answers.get("took_place.how") == Some(&lived::choice("did_not"));
        let (calls, concerns) = (begun("urgent"), begun("safeguarding"));
        BTreeMap::from([
            ("calls", Sought::Count(calls)),
            ("call_to_decision", within(self.times(Milestone::Decided, "decision"))),
            ("call_to_contact", minutes(Milestone::Contacted, 60)),
            ("call_to_advice", minutes(Milestone::Advised, 240)),
            ("call_to_review", within(self.times(Milestone::Reviewed, "review"))),
            ("same_day", Sought::Share(self.same_day())),
            ("repeat_calls", Sought::Share((self.repeats(|_, _| true), calls))),
            ("repeat_theme", Sought::Share((self.repeats_theme(definitions), calls))),
            ("same_visit", Sought::Share(self.same_visit())),
            ("complete_calls", Sought::Share(self.complete())),
            ("liaison", Sought::Count(begun("liaison"))),
            ("liaison_to_answer", Sought::Time(self.lengths_to_answer(), None)),
            ("liaison_kept", came_out(&self.promises(self.counted("liaison")), "kept")),
            ("liaison_unanswered", Sought::Share(self.contacts(self.counted("liaison")))),
            ("promises_kept", came_out(&promises, "kept")),
            ("promises_late", came_out(&promises, "late")),
            ("promises_never", came_out(&promises, "never")),
            ("urgent_kept", came_out(&self.promises(self.counted("urgent")), "kept")),
            ("delay", Sought::Time(late, None)),
            ("delays_open", Sought::Share(self.owed_by_others())),
            ("delays_begun", Sought::Count(begun("delay"))),
            ("with_a_time", Sought::Share((timed, all))),
            ("chases", Sought::Mean(chases, all)),
            ("unanswered", Sought::Share(self.contacts(self.all_counted()))),
            ("gaps", Sought::Share(self.gaps())),
            ("followed", Sought::Share(self.followed())),
            ("care_changed", Sought::Share(self.care_changed())),
            ("told", Sought::Share(self.told())),
            ("caller_told", Sought::Share(self.caller_told())),
            ("controls_overdue", Sought::Share(self.controls())),
            ("actions", came_out(&self.due(actions), "kept")),
            ("effects", Sought::Share(self.effects())),
            ("safeguarding", Sought::Count(concerns)),
            ("safeguarding_year", Sought::Count(self.in_a_year("safeguarding", |_| true))),
            (
                "complaints_year",
                Sought::Count(self.in_a_year("feedback", |state| yes(state, "take.as_complaint"))),
            ),
            ("missed_visits_year", Sought::Count(self.in_a_year("cover", did_not))),
            ("escalated_before_safeguarding", Sought::Share((self.concerns_near_others(), concerns))),
            ("safeguarding_after_call", Sought::Share((self.near_safeguarding(), calls))),
            ("escalations", Sought::Count(begun("commissioner"))),
            ("hospital", Sought::Share(self.ended("urgent", &["hospital"]))),
            ("unplanned_moves", Sought::Share(self.ended("commissioner", &["emergency_move", "hospital"]))),
            ("behaviour", Sought::Count(begun("behaviour"))),
        ])
    }
}

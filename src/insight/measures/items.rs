//! The rows that a measure counts, and what is asked of each. What stands at the end of a period is asked as of then, or as
//! of now where the period goes on; everything else as it is known now.

use super::A_MINUTE;
use super::gaps;
use super::index::{Index, Row};
use super::sum;
use crate::domain::case::{CALLER, Milestone};
use crate::domain::measure::{
    CaseFact, ContactFact, Definition, Millis, Outcome, Over, Owes, Period, PromiseFact, Sum, Target, Test,
    Theme,
};

/// A score from which an effect came out better.
const BETTER_FROM: i64 = 4;
const A_DAY: Millis = 24 * 60 * A_MINUTE;

/// One row that a measure counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Item {
    pub(super) row: Row,
    /// When it counts.
    pub(super) at: Millis,
    /// Whether what is asked holds of it; of a time, whether it was within the target.
    pub(super) met: Option<bool>,
    /// A length, or a number of chases.
    pub(super) worth: Option<i64>,
    /// Which part of the row, where it is several.
    pub(super) part: Option<String>,
}

/// Whether the measure asks what stands at the end of a period.
pub(super) fn stands(measure: &Definition) -> bool {
    matches!(measure.over, Over::PromisesOpen | Over::ControlsOpen)
}

/// The rows of one period.
pub(super) fn of_period(index: &Index<'_>, measure: &Definition, period: Period) -> Vec<Item> {
    if !stands(measure) {
        return between(index, measure, sum::millis(sum::range(measure, period, index.with.zone)));
    }
    let (from, until) = sum::millis(period.instants(index.with.zone));
    // Nothing is known of a period that has not begun.
    if from > index.now() { Vec::new() } else { standing(index, measure, until.min(index.now())) }
}

/// The rows that count from one time until before another.
pub(super) fn between(index: &Index<'_>, measure: &Definition, (from, until): (Millis, Millis)) -> Vec<Item> {
    let within = |at: Millis| from <= at && at < until;
    let kinds = index.kinds(&measure.cases);
    match measure.over {
        Over::Cases | Over::Effects => {
            let cases = index.facts.cases.iter().enumerate();
            let rows = cases.filter(|(_, case)| within(case.at)).map(|(at, case)| (Row::Case(at), case));
            let asked = rows.filter(|(row, _)| index.is_asked_for(*row, &kinds));
            let held = asked.filter(|(_, case)| all(measure, |test| of_case(index, measure, case, test)));
            match measure.over {
                Over::Effects => held.flat_map(|(row, case)| effects(measure, row, case)).collect(),
                _ => held.filter_map(|(row, case)| of_one_case(index, measure, row, case)).collect(),
            }
        }
        Over::Promises => promised(index, measure, Owes::Promise, within),
        Over::Actions => promised(index, measure, Owes::Action, within),
        Over::Contacts => {
            let contacts = index.facts.contacts.iter().enumerate();
            let rows = contacts.filter(|(_, row)| within(row.at)).map(|(at, row)| (Row::Contact(at), row));
            let asked = rows.filter(|(row, _)| index.is_asked_for(*row, &kinds));
            let of_contact = |contact: &ContactFact, test| match test {
                Test::Unanswered => Some(index.with.definitions.unanswered.contains(&contact.outcome)),
                _ => None,
            };
            let held = asked.filter(|(_, contact)| all(measure, |test| of_contact(contact, test)));
            held.map(|(row, contact)| Item {
                row,
                at: contact.at,
                met: met(measure, |test| of_contact(contact, test)),
                worth: None,
                part: None,
            })
            .collect()
        }
        Over::PromisesOpen | Over::ControlsOpen => Vec::new(),
    }
}

fn all(measure: &Definition, holds: impl Fn(Test) -> Option<bool>) -> bool {
    measure.of.iter().all(|test| holds(*test) == Some(true))
}

/// Of a count every row is one.
fn met(measure: &Definition, holds: impl Fn(Test) -> Option<bool>) -> Option<bool> {
    match measure.sum {
        Sum::Share(test) => holds(test),
        Sum::Count | Sum::Time { .. } | Sum::Lateness | Sum::Chases => Some(true),
    }
}

fn of_one_case(index: &Index<'_>, measure: &Definition, row: Row, case: &CaseFact) -> Option<Item> {
    let item = Item { row, at: case.at, met: None, worth: None, part: None };
    let Sum::Time { from, to, within } = measure.sum else {
        return Some(Item { met: met(measure, |test| of_case(index, measure, case, test)), ..item });
    };
    let began = case.reached(from)?;
    let vague = case.is_vague(from) || case.is_vague(to);
    let by = match within {
        Target::Owed if to == Milestone::Reviewed => case.review_by,
        Target::Owed => case.decide_by,
        Target::Within(within) => Some(began + within.num_milliseconds()),
        Target::None => None,
    };
    Some(match case.reached(to) {
        _ if vague => item,
        Some(ended) => Item {
            met: by.map(|by| ended - by < A_MINUTE),
            // What was written down as the earlier of the two took no time.
            worth: Some((ended - began).max(0)),
            ..item
        },
        None => Item { met: by.filter(|by| index.now() - by >= A_MINUTE).map(|_| false), ..item },
    })
}

fn effects(measure: &Definition, row: Row, case: &CaseFact) -> Vec<Item> {
    let better = |score: i64| Some(score >= BETTER_FROM);
    let item = |(effect, score): &(String, i64)| Item {
        row,
        at: case.at,
        met: met(measure, |_| better(*score)),
        worth: None,
        part: Some(effect.clone()),
    };
    case.effects.iter().map(item).collect()
}

/// Promises, or actions, each once, when it was first due.
fn promised(
    index: &Index<'_>,
    measure: &Definition,
    owes: Owes,
    within: impl Fn(Millis) -> bool,
) -> Vec<Item> {
    let kinds = index.kinds(&measure.cases);
    let mut items = Vec::new();
    for chain in &index.chains {
        let Some(root) = index.promise(chain.root).filter(|root| root.owes == owes) else { continue };
        let row = Row::Promise(chain.root);
        let Some(at) = index.due(chain).filter(|due| within(*due)) else { continue };
        if !index.is_asked_for(row, &kinds) {
            continue;
        }
        let outcome = index.outcome(chain);
        let holds = |test| match test {
            Test::Timed => Some(chain.timed),
            Test::Known => Some(outcome.is_some()),
            Test::Kept => outcome.map(|outcome| outcome == Outcome::Kept),
            Test::Late => outcome.map(|outcome| outcome == Outcome::Late),
            Test::Never => outcome.map(|outcome| outcome == Outcome::Never),
            _ => None,
        };
        if !all(measure, holds) {
            continue;
        }
        let last = index.promise(chain.last).unwrap_or(root);
        let worth = match measure.sum {
            Sum::Lateness if outcome == Some(Outcome::Late) => Some(last.ended - at),
            // Of what was not late it is not asked how late it was.
            Sum::Lateness => continue,
            Sum::Chases => Some(i64::from(last.chased)),
            Sum::Count | Sum::Share(_) | Sum::Time { .. } => None,
        };
        items.push(Item { row, at, met: met(measure, holds), worth, part: None });
    }
    items
}

/// What is owed at a time, each row from when it came into force until it ended.
fn standing(index: &Index<'_>, measure: &Definition, at: Millis) -> Vec<Item> {
    let owes = if measure.over == Over::ControlsOpen { Owes::Control } else { Owes::Promise };
    let is_owed = |row: &PromiseFact| row.owes == owes && row.since <= at && at < row.ended;
    let rows = index.facts.promises.iter().enumerate().filter(|(_, row)| is_owed(row));
    let kinds = index.kinds(&measure.cases);
    let asked = rows.filter(|(place, _)| index.is_asked_for(Row::Promise(*place), &kinds));
    let items = asked.filter_map(|(place, promise)| {
        let late = at - promise.due;
        let holds = |test| match test {
            Test::Overdue => Some(late >= A_MINUTE),
            Test::Timed => Some(promise.timed),
            _ => None,
        };
        let item = Item {
            row: Row::Promise(place),
            at,
            met: met(measure, holds),
            worth: (measure.sum == Sum::Lateness).then_some(late),
            part: None,
        };
        all(measure, holds).then_some(item)
    });
    items.collect()
}

/// Whether something holds of a case; `None` where it is not known yet, or the times are known too roughly.
pub(super) fn of_case(index: &Index<'_>, measure: &Definition, case: &CaseFact, test: Test) -> Option<bool> {
    let reached = |milestone| Some(case.reached(milestone).is_some());
    let in_time = |by: Option<Millis>, milestone| {
        let by = by?;
        match case.reached(milestone) {
            Some(_) if case.is_vague(milestone) => None,
            Some(at) => Some(at - by < A_MINUTE),
            None => (index.now() - by >= A_MINUTE).then_some(false),
        }
    };
    match test {
        Test::DecisionOwed => Some(case.decide_by.is_some()),
        Test::DecidedInTime => in_time(case.decide_by, Milestone::Decided),
        Test::ReviewOwed => Some(case.review_by.is_some()),
        Test::ReviewedInTime => in_time(case.review_by, Milestone::Reviewed),
        Test::Decided => reached(Milestone::Decided),
        Test::Contacted => reached(Milestone::Contacted),
        Test::ContactedSameDay => {
            let day = |milestone| {
                let at = case.reached(milestone).filter(|_| !case.is_vague(milestone));
                at.and_then(chrono::DateTime::from_timestamp_millis).map(|at| index.with.zone.day(at))
            };
            Some(day(Milestone::Called)? == day(Milestone::Contacted)?)
        }
        Test::Advised => reached(Milestone::Advised),
        Test::Reviewed => reached(Milestone::Reviewed),
        Test::Closed => Some(case.closed),
        Test::AskedIfFollowed => Some(case.followed.is_some()),
        Test::Followed => case.followed,
        Test::CareChanged => case.changed,
        Test::CareTeamTold => Some(gaps::care_team_told(index, case)),
        Test::CallerTold => Some(case.told.iter().any(|(whom, _)| whom == CALLER)),
        Test::AboutSomebody => Some(case.subject.is_some()),
        Test::Repeated => Some(repeats(index, measure, case, |_| true)),
        Test::RepeatedTheme => {
            let mut themes = index.with.definitions.themes.iter();
            let of = |theme: &Theme, case: &CaseFact| theme.is_of(case);
            Some(
                themes
                    .any(|theme| of(theme, case) && repeats(index, measure, case, |other| of(theme, other))),
            )
        }
        Test::Gap => Some(!gaps::of(index, case).is_empty()),
        Test::Ended => Some(case.ended.as_ref().is_some_and(|ended| measure.ended.contains(ended))),
        Test::Near => {
            let days = measure.days * A_DAY;
            let mut others = index.others_about(case, (case.at - days, case.at + days));
            Some(others.any(|other| measure.near.contains(&other.pathway)))
        }
        Test::Complaint => Some(case.complaint == Some(true)),
        Test::AskedIfSameVisit => Some(case.same_visit.is_some()),
        Test::SameVisit => case.same_visit,
        Test::MayLackAnswers => Some(case.complete.is_some()),
        Test::Complete => case.complete,
        Test::Timed
        | Test::Known
        | Test::Kept
        | Test::Late
        | Test::Never
        | Test::Overdue
        | Test::Unanswered
        | Test::Better => None,
    }
}

/// Whether another case of the same kinds about the same person came within the days before.
fn repeats(
    index: &Index<'_>,
    measure: &Definition,
    case: &CaseFact,
    fits: impl Fn(&CaseFact) -> bool,
) -> bool {
    let since = case.at - measure.days * A_DAY;
    let kind = |other: &CaseFact| measure.cases.is_empty() || measure.cases.contains(&other.pathway);
    // Of two at the same moment the one that was opened first came before.
    let before = |other: &CaseFact| (other.at, other.case) < (case.at, case.case);
    index.others_about(case, (since, case.at)).any(|other| kind(other) && before(other) && fits(other))
}

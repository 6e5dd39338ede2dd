//! Clocks of what is owed: from when they run, when it is due, from when it counts as due soon.
//!
//! A clock always comes to something: where a rule cannot be counted, it is due at once and says why, so that
//! nothing owed disappears for want of a time.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::Value;

use super::heard::Heard;
use super::promise::is_ours;
use crate::domain::answer::{Answer, ByWhen, Precision, When};
use crate::domain::case::CaseState;
use crate::domain::commitment::{Commitment, DueRule, Party};
use crate::domain::time::Zone;
use crate::pathway::definition::{From, Means, Step};
use crate::pathway::due::{self, Contact, Every, Inputs, Rule};
use crate::pathway::predicate;

/// A due time and how it came about.
pub(super) struct Clock {
    pub due: DateTime<Utc>,
    pub rule: DueRule,
}

/// From when a clock runs. What has not been said yet cannot start it: it then runs from when the step happened.
pub(super) fn start(from: &From, heard: &Heard<'_>, state: &CaseState) -> DateTime<Utc> {
    let named = match from {
        From::Occurred => None,
        From::Recorded => Some(heard.entry.recorded_at),
        From::Step(step) => {
            let step = step.split('.').next().unwrap_or(step);
            let mut marks = state.entries.iter().rev();
            marks
                .find(|mark| mark.edition.is_some() && mark.kind == step && mark.counts())
                .map(|mark| mark.occurred.at)
        }
        From::Field(field) => {
            let answer = match field.contains('.') {
                true => state.answers.get(field),
                false => heard.answers.get(field),
            };
            predicate::time(answer)
        }
    };
    named.unwrap_or(heard.occurred.at)
}

/// Who owes it, or with `None` nobody but whoever the form speaks of: in their opening hours a rule may count.
pub(super) type Whose<'a> = Option<&'a Party>;

/// Due by a rule of the provider's.
pub(super) fn by_rule(
    rule: &Rule,
    start: DateTime<Utc>,
    whose: Whose<'_>,
    heard: &Heard<'_>,
    state: &CaseState,
) -> Clock {
    let (due, snapshot) = count(rule, start, whose, heard, state);
    Clock { due, rule: DueRule::Target(snapshot) }
}

/// Due as somebody said: promised, or none given, and then chased by the rule.
pub(super) fn as_said(
    answer: &Answer,
    chase: impl FnOnce() -> (DateTime<Utc>, Value),
    heard: &Heard<'_>,
    state: &CaseState,
) -> Option<Clock> {
    let zone = heard.zone;
    match answer {
        Answer::ByWhen(ByWhen::WorkingDays { days }) => {
            let rule = Rule::WorkingDays { days: *days, at: None };
            let (due, snapshot) = count(&rule, heard.occurred.at, None, heard, state);
            Some(Clock { due, rule: DueRule::PromisedWithin(snapshot) })
        }
        Answer::Time(when) | Answer::ByWhen(ByWhen::At(when)) => {
            Some(Clock { due: promised(when, zone), rule: DueRule::Promised })
        }
        Answer::Date(day) => Some(Clock { due: end_of(*day, zone), rule: DueRule::Promised }),
        Answer::ByWhen(ByWhen::NoneGiven { why }) => {
            let (due, chase) = chase();
            Some(Clock { due, rule: DueRule::NoneGiven { why: why.clone(), chase } })
        }
        _ => None,
    }
}

/// The due time by a rule with its snapshot.
pub(super) fn count(
    rule: &Rule,
    start: DateTime<Utc>,
    whose: Whose<'_>,
    heard: &Heard<'_>,
    state: &CaseState,
) -> (DateTime<Utc>, Value) {
    let choice = |field: &str| choice(field, heard, state);
    match due::compute(rule, start, &inputs(&choice, whose, heard)) {
        Ok(due) => (due.at, snapshot(&due.rule)),
        Err(problem) => (start, Value::String(problem.to_string())),
    }
}

/// The first of a series: strictly after `start`, or on it where it was named as an occurrence.
pub(super) fn first_of(every: &Every, start: DateTime<Utc>, named: bool, zone: Zone) -> Clock {
    let after = if named { start - TimeDelta::seconds(1) } else { start };
    next_of(every, start, after, zone).unwrap_or(Clock { due: start, rule: DueRule::Promised })
}

/// The next of a series after `previous`.
pub(super) fn next_of(
    every: &Every,
    anchor: DateTime<Utc>,
    previous: DateTime<Utc>,
    zone: Zone,
) -> Option<Clock> {
    let due = every.next_after(anchor, previous, zone)?;
    Some(Clock { due, rule: DueRule::Target(Value::String(every.to_string())) })
}

/// From when something counts as due soon: the rule's length before it is due, counted as [`due::ahead_of`] does. A rule
/// that cannot be counted warns of nothing before the due time itself.
pub(super) fn warn_from(
    warn: Option<&Rule>,
    due: DateTime<Utc>,
    whose: Whose<'_>,
    heard: &Heard<'_>,
    state: &CaseState,
) -> Option<DateTime<Utc>> {
    let choice = |field: &str| choice(field, heard, state);
    due::ahead_of(due, warn?, &inputs(&choice, whose, heard)).ok()
}

/// What a rule may look at here.
fn inputs<'a>(
    choice: &'a dyn Fn(&str) -> Option<String>,
    whose: Whose<'a>,
    heard: &'a Heard<'_>,
) -> Inputs<'a> {
    Inputs {
        zone: heard.zone,
        calendar: &heard.edition.calendar,
        targets: &heard.edition.targets,
        notes: &heard.edition.target_notes,
        choice,
        contact: contact(whose, heard),
    }
}

/// A promise for a day is kept until that day ends.
fn promised(when: &When, zone: Zone) -> DateTime<Utc> {
    match when.precision {
        Precision::Day => end_of(zone.day(when.at), zone),
        Precision::Exact | Precision::About | Precision::Unknown => when.at,
    }
}

fn end_of(day: chrono::NaiveDate, zone: Zone) -> DateTime<Utc> {
    let next = day.succ_opt().unwrap_or(day);
    zone.start_of_day(next) - TimeDelta::seconds(1)
}

/// The contact with whom a rule counts, with what was put beside the entry of them.
fn contact<'a>(whose: Whose<'a>, heard: &'a Heard<'_>) -> Option<Contact<'a>> {
    let named = match whose {
        Some(Party::Outside(named)) => Some(named),
        Some(_) => None,
        None => {
            let spoken_of = heard.meant(Means::Obligor).chain(heard.meant(Means::Contacted));
            spoken_of.filter(|(field, _)| !is_ours(field)).find_map(|(_, answer)| match answer {
                Answer::Named(named) => Some(named),
                _ => None,
            })
        }
    }?;
    let (hours, kinds) = (&heard.register.hours, &heard.register.kinds);
    let hours = named.id.and_then(|id| hours.get(&id)).map_or("", String::as_str);
    let kind = named.id.and_then(|id| kinds.get(&id)).map(String::as_str);
    Some(Contact { name: &named.words, hours, kind })
}

/// The choice a rule's table goes by: this form's, or for the risk the case's present one.
fn choice(field: &str, heard: &Heard<'_>, state: &CaseState) -> Option<String> {
    match heard.answers.get(field) {
        Some(Answer::Choice(choice)) => Some(choice.clone()),
        Some(_) => None,
        None => {
            let asks = |step: &Step| step.meaning(Means::Risk).is_some_and(|risk| risk.id == field);
            heard.pathway.steps.iter().any(asks).then(|| state.facts.risk.clone()).flatten()
        }
    }
}

/// How often something comes round, as what is owed keeps it.
pub(super) fn kept(every: &Every) -> Value {
    serde_json::to_value(every).expect("a rhythm holds strings and whole numbers only")
}

/// How often it comes round that is owed, where it does.
pub(super) fn every(owed: &Commitment) -> Option<Every> {
    serde_json::from_value(owed.every.clone()?).ok()
}

fn snapshot(resolved: &due::Resolved) -> Value {
    serde_json::to_value(resolved).expect("a snapshot holds strings and lists only")
}

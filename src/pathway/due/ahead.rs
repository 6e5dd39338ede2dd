//! From when something counts as due soon: a rule counted back from a due time.

use chrono::{DateTime, TimeDelta, Utc};

use super::count::theirs;
use super::{DueProblem, Inputs, Resolved, Rule, compute};
use crate::pathway::calendar::WeekHours;

/// The instant that lies the rule's length before `due`. It is counted in the same time as a due time is: working days
/// back over weekends and bank holidays, opening time back over the hours in which it is closed. Where a table by a
/// choice has no rule for what was chosen, the shortest warning stands, as the earliest time does for what is due.
///
/// # Errors
/// As [`compute`].
pub fn ahead_of(due: DateTime<Utc>, rule: &Rule, inputs: &Inputs<'_>) -> Result<DateTime<Utc>, DueProblem> {
    match rule {
        Rule::Target { name } => {
            // Targets that lead to one another in a circle are refused when they are read.
            let target = inputs.targets.get(name).ok_or_else(|| DueProblem::NoSuchTarget(name.clone()))?;
            ahead_of(due, target, inputs)
        }
        Rule::ByChoice { field, rules, otherwise } => {
            let listed = (inputs.choice)(field).and_then(|choice| rules.get(&choice));
            if let Some(rule) = listed.or(otherwise.as_deref()) {
                return ahead_of(due, rule, inputs);
            }
            let mut latest = Err(DueProblem::NoRules(field.clone()));
            for rule in rules.values() {
                let at = ahead_of(due, rule, inputs)?;
                latest = Ok(latest.map_or(at, |found: DateTime<Utc>| found.max(at)));
            }
            latest
        }
        Rule::WorkingDays { days, at } => {
            let wall = inputs.zone.local(due);
            let mut day = wall.date();
            for _ in 0..*days {
                day = day.pred_opt().ok_or(DueProblem::TooFar)?;
                while !inputs.calendar.is_working_day(day) {
                    day = day.pred_opt().ok_or(DueProblem::TooFar)?;
                }
            }
            Ok(inputs.zone.earliest(day.and_time(at.unwrap_or(wall.time()))).min(due))
        }
        Rule::OpenTime { length, hours } => {
            let left = length.minutes().ok_or(DueProblem::TooFar)?;
            // Whose hours they are is noted with the due time; a warning keeps no snapshot of its own.
            let mut unkept = Resolved::new(rule.to_string(), due);
            match hours.clone().or_else(|| theirs(inputs, &mut unkept)) {
                Some(hours) => open_time(due, left, &hours, inputs),
                None => due.checked_sub_signed(left).ok_or(DueProblem::TooFar),
            }
        }
        // A warning looks at no expectation: it is ours alone.
        Rule::Expected { or } => ahead_of(due, or, inputs),
        // Lengths are the same forwards and back.
        Rule::Length(_) | Rule::Wall { .. } => Ok(due - (compute(rule, due, inputs)?.at - due)),
    }
}

fn open_time(
    due: DateTime<Utc>,
    mut left: TimeDelta,
    hours: &WeekHours,
    inputs: &Inputs<'_>,
) -> Result<DateTime<Utc>, DueProblem> {
    for opening in hours.openings_before(due, inputs.zone, inputs.calendar).into_iter().rev() {
        let until = opening.to.unwrap_or(due);
        if left <= until - opening.from {
            return Ok(until - left);
        }
        left -= until - opening.from;
    }
    Err(DueProblem::NeverOpen(hours.to_string()))
}

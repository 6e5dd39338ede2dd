//! Counts a rule down to an instant and notes on the way what it passed over.

use chrono::{DateTime, Days, Months, NaiveDate, NaiveTime, TimeDelta, Utc};

use super::resolved::{Because, Covers, Resolved, SkippedHoliday};
use super::{Due, DueProblem, Inputs, Length, On, Rule, Unit};
use crate::domain::time::Zone;
use crate::pathway::calendar::{WeekHours, is_weekend};

/// Follows tables and targets to a rule that counts. `path` holds the targets on the way, to meet none twice.
pub(super) fn follow(
    rule: &Rule,
    start: DateTime<Utc>,
    inputs: &Inputs<'_>,
    path: &mut Vec<String>,
) -> Result<Due, DueProblem> {
    let (mut due, because) = match rule {
        Rule::Target { name } => {
            if path.contains(name) {
                return Err(DueProblem::Circle(name.clone()));
            }
            let target = inputs.targets.get(name).ok_or_else(|| DueProblem::NoSuchTarget(name.clone()))?;
            path.push(name.clone());
            let due = follow(target, start, inputs, path);
            path.pop();
            (due?, Because::Target { name: name.clone() })
        }
        Rule::ByChoice { field, rules, otherwise } => {
            let choice = (inputs.choice)(field);
            let (field, listed) = (field.clone(), choice.as_ref().and_then(|choice| rules.get(choice)));
            match (listed, choice, otherwise) {
                (Some(rule), Some(choice), _) => {
                    (follow(rule, start, inputs, path)?, Because::Choice { field, choice })
                }
                (_, choice, Some(rule)) => {
                    (follow(rule, start, inputs, path)?, Because::Otherwise { field, choice })
                }
                (_, choice, None) => {
                    let mut earliest: Option<Due> = None;
                    for rule in rules.values() {
                        let due = follow(rule, start, inputs, path)?;
                        if earliest.as_ref().is_none_or(|found| due.at < found.at) {
                            earliest = Some(due);
                        }
                    }
                    let due = earliest.ok_or_else(|| DueProblem::NoRules(field.clone()))?;
                    (due, Because::Earliest { field, choice })
                }
            }
        }
        Rule::Expected { or } => return expected(or, start, inputs, path),
        _ => return count(rule, start, inputs),
    };
    due.rule.because.insert(0, because);
    Ok(due)
}

/// The soonest that can be expected of an organisation like the contact; the rule given where that is earlier, or where
/// nothing is expected. What is expected of others is no reason for a clock not to run: what cannot be counted of it is
/// passed over.
fn expected(
    or: &Rule,
    start: DateTime<Utc>,
    inputs: &Inputs<'_>,
    path: &mut Vec<String>,
) -> Result<Due, DueProblem> {
    let mut earliest = follow(or, start, inputs, path)?;
    let kind = inputs.contact.and_then(|contact| contact.kind);
    let of_kind = |of: &&String| kind == Some(of.as_str());
    for (name, note) in inputs.notes.iter().filter(|(_, note)| note.of.iter().any(|of| of_kind(&of))) {
        let target = Rule::Target { name: name.clone() };
        let Ok(mut due) = follow(&target, start, inputs, path) else { continue };
        if due.at < earliest.at {
            due.rule.because[0] = Because::Expected { title: note.title.clone() };
            earliest = due;
        }
    }
    Ok(earliest)
}

fn count(rule: &Rule, start: DateTime<Utc>, inputs: &Inputs<'_>) -> Result<Due, DueProblem> {
    let zone = inputs.zone;
    let mut resolved = Resolved::new(rule.to_string(), start);
    let at = match rule {
        Rule::Length(length) => plus(start, *length, zone),
        Rule::WorkingDays { days, at } => {
            let day = working_day(zone.day(start), *days, inputs, &mut resolved)?;
            let end = NaiveTime::from_hms_opt(23, 59, 0).unwrap_or(NaiveTime::MIN);
            Some(zone.earliest(day.and_time(at.unwrap_or(end))))
        }
        Rule::Wall { at, on } => {
            let today = zone.day(start);
            let day = match on {
                On::SameDay => Some(today),
                On::NextDay => today.checked_add_days(Days::new(1)),
                On::NextWorkingDay => Some(working_day(today, 1, inputs, &mut resolved)?),
            };
            let wall = day.map(|day| zone.earliest(day.and_time(*at)));
            if wall.is_some_and(|wall| wall < start) {
                resolved.because.push(Because::Passed);
            }
            wall.map(|wall| wall.max(start))
        }
        Rule::OpenTime { length, hours } => match hours.clone().or_else(|| theirs(inputs, &mut resolved)) {
            Some(hours) => Some(open_time(start, *length, &hours, inputs, &mut resolved)?),
            None => plus(start, *length, zone),
        },
        // Followed to a rule that counts before this is called.
        Rule::ByChoice { field, .. } => return Err(DueProblem::NoRules(field.clone())),
        Rule::Target { name } => return Err(DueProblem::NoSuchTarget(name.clone())),
        Rule::Expected { .. } => return Err(DueProblem::TooFar),
    };
    resolved.due = at.ok_or(DueProblem::TooFar)?;
    Ok(Due { at: resolved.due, rule: resolved })
}

/// The hours of the contact concerned, noting whose they are, or why there are none to count in.
pub(super) fn theirs(inputs: &Inputs<'_>, resolved: &mut Resolved) -> Option<WeekHours> {
    let Some(contact) = inputs.contact else {
        resolved.because.push(Because::NoContact);
        return None;
    };
    let (whose, written) = (contact.name.to_owned(), contact.hours.trim());
    let read = written.parse().ok();
    resolved.because.push(match &read {
        Some(_) => Because::HoursOf { whose },
        None if written.is_empty() => Because::NoHours { whose },
        None => Because::HoursNotRead { whose, written: written.to_owned() },
    });
    read
}

/// Minutes and hours as they pass, days, weeks and months by the wall.
fn plus(start: DateTime<Utc>, length: Length, zone: Zone) -> Option<DateTime<Utc>> {
    let count = length.count;
    if let Some(minutes) = length.minutes() {
        return start.checked_add_signed(minutes);
    }
    let wall = zone.local(start);
    let wall = match length.unit {
        Unit::Weeks => wall.checked_add_days(Days::new(u64::from(count) * 7)),
        Unit::Months => wall.checked_add_months(Months::new(count)),
        _ => wall.checked_add_days(Days::new(u64::from(count))),
    };
    wall.map(|wall| zone.earliest(wall))
}

impl Length {
    /// The length, where it is counted in time that passes.
    pub(super) fn minutes(self) -> Option<TimeDelta> {
        match self.unit {
            Unit::Minutes => Some(TimeDelta::minutes(i64::from(self.count))),
            Unit::Hours => Some(TimeDelta::hours(i64::from(self.count))),
            _ => None,
        }
    }
}

/// The n-th working day after a day, noting the days that were passed over.
fn working_day(
    from: NaiveDate,
    days: u32,
    inputs: &Inputs<'_>,
    resolved: &mut Resolved,
) -> Result<NaiveDate, DueProblem> {
    let (mut day, mut left) = (from, days);
    while left > 0 {
        day = day.succ_opt().ok_or(DueProblem::TooFar)?;
        if let Some(name) = inputs.calendar.bank_holiday(day) {
            resolved.bank_holidays.push(SkippedHoliday { date: day, name: name.to_owned() });
        } else if is_weekend(day) {
            resolved.weekend_days.push(day);
        } else {
            left -= 1;
        }
    }
    note_coverage(from, day, inputs, resolved);
    Ok(day)
}

fn open_time(
    start: DateTime<Utc>,
    length: Length,
    hours: &WeekHours,
    inputs: &Inputs<'_>,
    resolved: &mut Resolved,
) -> Result<DateTime<Utc>, DueProblem> {
    let never = || DueProblem::NeverOpen(hours.to_string());
    let (zone, calendar) = (inputs.zone, inputs.calendar);
    let (mut at, mut left) = (start, length.minutes().ok_or(DueProblem::TooFar)?);
    let due = loop {
        let opening = hours.opening(at, zone, calendar).ok_or_else(never)?;
        let from = opening.from.max(at);
        match opening.to {
            Some(to) if to - from < left => {
                left -= to - from;
                at = to;
            }
            _ => break from.checked_add_signed(left).ok_or(DueProblem::TooFar)?,
        }
    };
    resolved.hours = Some(hours.to_string());
    let (first, last) = (zone.day(start), zone.day(due));
    if hours.minds_bank_holidays() {
        for day in first.iter_days().take_while(|day| *day <= last) {
            if let Some(name) = calendar.bank_holiday(day) {
                resolved.bank_holidays.push(SkippedHoliday { date: day, name: name.to_owned() });
            }
        }
        note_coverage(first, last, inputs, resolved);
    }
    Ok(due)
}

fn note_coverage(from: NaiveDate, until: NaiveDate, inputs: &Inputs<'_>, resolved: &mut Resolved) {
    let calendar = inputs.calendar;
    if !calendar.covers(from) || !calendar.covers(until) {
        resolved.calendar_covers = Some(Covers { from: calendar.covers_from, until: calendar.covers_until });
    }
}

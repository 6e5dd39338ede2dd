//! When something falls due: the whole language of due rules, their counting, and the snapshot of each count.
//!
//! A rule is data in a definition: `"5 min"`, `"3 days"`, `"2 working days"`, a table by a choice, a named
//! target. Minutes and hours pass; days, weeks and months are read off the wall of the office. What was counted
//! is kept as [`Resolved`] beside the due time, so that a later change of rule, calendar or zone changes
//! nothing that was set. Whether something is late is left to whoever asks, with their `now`.

mod ahead;
mod check;
mod count;
mod every;
mod read;
mod resolved;
#[cfg(test)]
mod tests;
pub mod told;

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveTime, TimeDelta, Utc};

pub use self::ahead::ahead_of;
pub use self::check::RuleProblem;
pub use self::every::{Every, OnDay, Period};
pub use self::read::NotARule;
pub use self::resolved::{Because, Covers, Resolved, SkippedHoliday, explained};
use super::calendar::{Calendar, WeekHours};
use super::edition::TargetNotes;
use crate::domain::time::Zone;
use crate::domain::words::due as words;

/// The provider's targets by name, as `targets.toml` holds them.
pub type Targets = BTreeMap<String, Rule>;

/// A due rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Rule {
    /// `"5 min"`, `"24 h"`, `"3 days"`, `"1 week"`, `"1 month"`.
    Length(Length),
    /// `"2 working days"`, `{ working_days = 2, at = "17:00" }`: by the end of that working day, or at that
    /// time of it. The day of the start does not count.
    WorkingDays {
        /// How many, from 1.
        days: u32,
        /// Wall time on the last of them; its end (23:59) where none is said.
        at: Option<NaiveTime>,
    },
    /// `{ wall = "09:00", on = "next working day" }`.
    Wall {
        /// Wall time.
        at: NaiveTime,
        /// Of which day.
        on: On,
    },
    /// `{ open_time = "2 h", hours = "Mon-Fri 08:00-18:30" }`: only time within the hours counts. Without hours,
    /// `{ open_time = "2 h" }`, it is counted in those of whoever owes it or was contacted, as the register had them
    /// then; where it had none, all time that passes counts.
    OpenTime {
        /// How much of it; in minutes or hours.
        length: Length,
        /// The hours; those of the contact where none are said.
        hours: Option<WeekHours>,
    },
    /// `{ by = "risk", red = "5 min", amber = "15 min", otherwise = "1 h" }`.
    ByChoice {
        /// The choice field that decides.
        field: String,
        /// A rule for each choice.
        rules: BTreeMap<String, Rule>,
        /// The rule for every other choice, and where nothing is chosen yet.
        otherwise: Option<Box<Rule>>,
    },
    /// `{ expected_or = "2 h" }`: what can be expected of an organisation like the contact, as `targets.toml` says by its
    /// kind, the soonest of several; or the rule given, whichever is earlier. Where nothing is expected, the rule given.
    Expected {
        /// The latest, whatever is expected.
        or: Box<Rule>,
    },
    /// `{ target = "decision" }`.
    Target {
        /// A name in `targets.toml`.
        name: String,
    },
}

impl Rule {
    /// Whether it may count by what the register has of a contact, opening hours or kind, which then have to be known.
    pub fn asks_register(&self, targets: &Targets) -> bool {
        match self {
            Rule::OpenTime { hours, .. } => hours.is_none(),
            Rule::Expected { .. } => true,
            Rule::ByChoice { rules, otherwise, .. } => {
                rules.values().chain(otherwise.as_deref()).any(|rule| rule.asks_register(targets))
            }
            // Targets that lead to one another in a circle are refused when they are read.
            Rule::Target { name } => targets.get(name).is_some_and(|target| target.asks_register(targets)),
            Rule::Length(_) | Rule::WorkingDays { .. } | Rule::Wall { .. } => false,
        }
    }
}

/// A length of time and the unit it is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Length {
    /// How many, from 1.
    pub count: u32,
    /// Of what.
    pub unit: Unit,
}

/// Units of a length.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Elapsed.
    Minutes,
    /// Elapsed: 24 h over a clock change end at another wall time.
    Hours,
    /// The same wall time so many days on.
    Days,
    /// Seven days each.
    Weeks,
    /// The same wall time and day of the month; the month's last day where it is shorter.
    Months,
}

impl Unit {
    /// How long one of it is as time that passes; none for a month, which differs.
    pub fn elapsed(self) -> Option<TimeDelta> {
        match self {
            Unit::Minutes => Some(TimeDelta::minutes(1)),
            Unit::Hours => Some(TimeDelta::hours(1)),
            Unit::Days => Some(TimeDelta::days(1)),
            Unit::Weeks => Some(TimeDelta::weeks(1)),
            Unit::Months => None,
        }
    }
}

/// The day of a wall time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum On {
    /// The day of the start. Where the time has passed, it is due at once.
    SameDay,
    /// The day after.
    NextDay,
    /// The first working day after.
    NextWorkingDay,
}

/// What a rule may look at.
pub struct Inputs<'a> {
    /// The office's zone.
    pub zone: Zone,
    /// Bank holidays.
    pub calendar: &'a Calendar,
    /// Named targets.
    pub targets: &'a Targets,
    /// Of which kinds of organisation a target says what can be expected.
    pub notes: &'a TargetNotes,
    /// The choice taken in a field, by the field's id.
    pub choice: &'a dyn Fn(&str) -> Option<String>,
    /// The contact concerned, where there is one.
    pub contact: Option<Contact<'a>>,
}

/// Somebody outside, by whose opening hours or kind a rule may count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Contact<'a> {
    /// The name, for the explanation.
    pub name: &'a str,
    /// The hours as they stood on the register; empty where it had none.
    pub hours: &'a str,
    /// What kind of organisation it was, the choice's id, where the register said.
    pub kind: Option<&'a str>,
}

/// A due time and what it was counted from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    /// The instant.
    pub at: DateTime<Utc>,
    /// The snapshot that is kept with it.
    pub rule: Resolved,
}

/// Why nothing can fall due by a rule. Definitions that were validated meet none but the last two.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DueProblem {
    /// A target that is not in `targets.toml`.
    #[error("{}", words::no_target(.0))]
    NoSuchTarget(String),
    /// Targets that refer to one another.
    #[error("{}", words::target_in_circle(.0))]
    Circle(String),
    /// A table by a choice without a single rule.
    #[error("{}", words::no_rules(.0))]
    NoRules(String),
    /// Opening hours that do not come.
    #[error("{}", words::never_open(.0))]
    NeverOpen(String),
    /// Beyond the years a calendar can hold.
    #[error("{}", words::TOO_FAR)]
    TooFar,
}

/// Counts when something falls due that starts at `start`.
///
/// A clock always runs: where a table by a choice has no rule for what was chosen, or nothing is chosen yet,
/// and no `otherwise`, the earliest of its times applies and the snapshot says so.
pub fn compute(rule: &Rule, start: DateTime<Utc>, inputs: &Inputs<'_>) -> Result<Due, DueProblem> {
    count::follow(rule, start, inputs, &mut Vec::new())
}

//! The snapshot of one count: kept with the due time for good, and explained in words.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use crate::domain::commitment::DueRule;
use crate::domain::time::{Zone, display};
use crate::domain::words::time as words;

/// Over a longer count than this, an hour gained or lost is not worth a word.
const CHANGE_MATTERS: TimeDelta = TimeDelta::days(2);

/// How a due time came about. Strings only, so that it can be hashed and read for years.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Resolved {
    /// The rule that was counted, in words.
    pub rule: String,
    /// When the clock started.
    #[serde(with = "crate::domain::time::whole_seconds")]
    pub start: DateTime<Utc>,
    /// When it is due.
    #[serde(with = "crate::domain::time::whole_seconds")]
    pub due: DateTime<Utc>,
    /// Why this rule, outermost first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub because: Vec<Because>,
    /// Bank holidays that did not count.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub bank_holidays: Vec<SkippedHoliday>,
    /// Saturdays and Sundays that did not count.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub weekend_days: Vec<NaiveDate>,
    /// The opening hours that were counted in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hours: Option<String>,
    /// What the calendar covers, where the count went beyond it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub calendar_covers: Option<Covers>,
}

/// A bank holiday that did not count.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SkippedHoliday {
    /// The day.
    pub date: NaiveDate,
    /// Its name.
    pub name: String,
}

/// The days a calendar knows about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Covers {
    /// First.
    pub from: NaiveDate,
    /// Last.
    pub until: NaiveDate,
}

/// Why a rule was chosen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Because {
    /// It is the provider's target of this name.
    Target {
        /// The name.
        name: String,
    },
    /// It is what can be expected of an organisation of the contact's kind.
    Expected {
        /// Of whom, and how urgent ("District nurse, urgent").
        title: String,
    },
    /// It is the rule for what was chosen.
    Choice {
        /// The field's id.
        field: String,
        /// The choice's id.
        choice: String,
    },
    /// It is the rule for everything that has none of its own.
    Otherwise {
        /// The field's id.
        field: String,
        /// What was chosen, if anything.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        choice: Option<String>,
    },
    /// There is no rule for what was chosen, so the earliest applies.
    Earliest {
        /// The field's id.
        field: String,
        /// What was chosen, if anything.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        choice: Option<String>,
    },
    /// The time of day had passed, so it is due at once.
    Passed,
    /// The hours that were counted in are those of this contact, as the register had them.
    HoursOf {
        /// The contact.
        whose: String,
    },
    /// The register had no hours of this contact: all time counted.
    NoHours {
        /// The contact.
        whose: String,
    },
    /// The register had words for hours of this contact that are none: all time counted.
    HoursNotRead {
        /// The contact.
        whose: String,
        /// The words.
        written: String,
    },
    /// Nobody was named in whose hours it could be counted: all time counted.
    NoContact,
}

/// What was kept of the count by which it is due; `None` where somebody named the time.
pub(super) fn snapshot(rule: &DueRule) -> Option<&serde_json::Value> {
    match rule {
        DueRule::Promised => None,
        DueRule::PromisedWithin(snapshot)
        | DueRule::Target(snapshot)
        | DueRule::NoneGiven { chase: snapshot, .. } => Some(snapshot),
    }
}

/// How the due time of a commitment came about, in words; `None` of one that somebody promised.
pub fn explained(rule: &DueRule, zone: Zone) -> Option<String> {
    let snapshot = snapshot(rule)?;
    match Resolved::deserialize(snapshot) {
        Ok(resolved) => Some(resolved.words(&zone)),
        // Of a series, and of a rule that could not be counted, the words are all there is.
        Err(_) => snapshot.as_str().map(str::to_owned),
    }
}

impl Resolved {
    pub(super) fn new(rule: String, start: DateTime<Utc>) -> Self {
        Self {
            rule,
            start,
            due: start,
            because: Vec::new(),
            bank_holidays: Vec::new(),
            weekend_days: Vec::new(),
            hours: None,
            calendar_covers: None,
        }
    }

    /// Explains the due time: `2 working days from Thu 24-Dec-2026 15:00 GMT; 25-Dec and 28-Dec are bank
    /// holidays`.
    pub fn words(&self, zone: &Zone) -> String {
        let mut said = vec![words::rule_from(&self.rule, &display::weekday_stamp(self.start, *zone))];
        said.extend(self.hours.as_deref().map(words::open_hours));
        said.extend(self.because.iter().map(|because| match because {
            Because::Target { name } => words::by_target(name),
            Because::Expected { title } => words::by_expected(title),
            Because::Choice { field, choice } => words::by_choice(field, choice),
            Because::Otherwise { field, choice } => words::by_otherwise(field, choice.as_deref()),
            Because::Earliest { field, choice } => words::by_earliest(field, choice.as_deref()),
            Because::Passed => words::PASSED.to_owned(),
            Because::HoursOf { whose } => words::hours_of(whose),
            Because::NoHours { whose } => words::no_hours(whose),
            Because::HoursNotRead { whose, written } => words::hours_not_read(whose, written),
            Because::NoContact => words::NO_CONTACT.to_owned(),
        }));
        let days =
            self.bank_holidays.iter().map(|skipped| display::short_date(skipped.date)).collect::<Vec<_>>();
        said.extend(words::bank_holidays(&days));
        said.extend(
            self.calendar_covers.as_ref().map(|covers| {
                words::calendar_covers(&display::date(covers.from), &display::date(covers.until))
            }),
        );
        let change =
            zone.change_between(self.start, self.due).filter(|_| self.due - self.start <= CHANGE_MATTERS);
        said.extend(change.map(|change| words::clocks(change.is_forward()).to_owned()));
        said.join("; ")
    }
}

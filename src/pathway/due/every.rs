//! Series: what comes round every day, week, month or year, counted from its anchor.

use std::fmt;

use chrono::{DateTime, Datelike, Days, Months, NaiveDate, NaiveDateTime, NaiveTime, Utc, Weekday};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::read::{NotARule, counted, wall_time};
use crate::domain::time::Zone;
use crate::domain::words::due as words;

/// How often something comes round: `"week"`, `"3 months"`, `{ every = "month", on = 31, at = "17:00" }`,
/// `{ every = "2 weeks", on = "mon", at = "09:00" }`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Every {
    /// Every so many, from 1.
    pub count: u32,
    /// Of these.
    pub period: Period,
    /// On this day; the anchor's where none is said.
    pub on: Option<OnDay>,
    /// At this wall time; the anchor's where none is said.
    pub at: Option<NaiveTime>,
}

/// What comes round.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Period {
    /// Days of the wall.
    Day,
    /// Weeks of seven of them.
    Week,
    /// Months; the 31st is the last day of a shorter one.
    Month,
    /// Years; 29 February is the 28th in other years.
    Year,
}

/// The day within the period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OnDay {
    /// Of weeks.
    Weekday(Weekday),
    /// Of months: 1 to 31.
    OfMonth(u32),
}

impl Every {
    /// The first occurrence after `previous`. Occurrences stand at whole periods from the anchor, so that one
    /// done late moves none of the others; the first is on or after the anchor. None beyond the years a
    /// calendar can hold.
    pub fn next_after(
        &self,
        anchor: DateTime<Utc>,
        previous: DateTime<Utc>,
        zone: Zone,
    ) -> Option<DateTime<Utc>> {
        let (anchor_day, previous_day) = (zone.day(anchor), zone.day(previous));
        // Periods that have certainly passed need not be walked through.
        let periods = match self.period {
            Period::Day | Period::Week => (previous_day - anchor_day).num_days() / self.days(),
            Period::Month | Period::Year => months_between(anchor_day, previous_day) / self.months(),
        };
        let mut turn = (periods - 2).max(0);
        loop {
            let at = self.occurrence(zone.local(anchor), u32::try_from(turn).ok()?, zone)?;
            if at > previous && at >= anchor {
                return Some(at);
            }
            turn += 1;
        }
    }

    fn occurrence(&self, anchor: NaiveDateTime, turn: u32, zone: Zone) -> Option<DateTime<Utc>> {
        let day = match self.period {
            Period::Day | Period::Week => {
                let first = match self.on {
                    Some(OnDay::Weekday(weekday)) => {
                        let ahead = weekday.days_since(anchor.weekday());
                        anchor.date().checked_add_days(Days::new(u64::from(ahead)))?
                    }
                    _ => anchor.date(),
                };
                first.checked_add_days(Days::new(u64::from(turn) * self.days().unsigned_abs()))?
            }
            Period::Month | Period::Year => {
                let months = u32::try_from(i64::from(turn) * self.months()).ok()?;
                let of_month = match self.on {
                    Some(OnDay::OfMonth(day)) => day,
                    _ => anchor.day(),
                };
                let month = anchor.date().with_day(1)?.checked_add_months(Months::new(months))?;
                month.with_day(of_month.min(u32::from(month.num_days_in_month())))?
            }
        };
        Some(zone.earliest(day.and_time(self.at.unwrap_or(anchor.time()))))
    }

    fn days(&self) -> i64 {
        i64::from(self.count.max(1)) * if self.period == Period::Week { 7 } else { 1 }
    }

    fn months(&self) -> i64 {
        i64::from(self.count.max(1)) * if self.period == Period::Year { 12 } else { 1 }
    }

    fn read(text: &str) -> Result<Self, NotARule> {
        let wrong = || NotARule(words::does_not_recur(text));
        let (count, period) = counted(text).unwrap_or((1, text.trim().to_lowercase()));
        let period = match period.as_str() {
            "day" | "days" => Period::Day,
            "week" | "weeks" => Period::Week,
            "month" | "months" => Period::Month,
            "year" | "years" => Period::Year,
            _ => return Err(wrong()),
        };
        Ok(Self { count, period, on: None, at: None })
    }

    fn with(mut self, on: Option<On>, at: Option<String>) -> Result<Self, NotARule> {
        self.at = at.as_deref().map(wall_time).transpose()?;
        self.on = match (on, self.period) {
            (None, _) => None,
            (Some(On::Weekday(name)), Period::Week) => {
                let wrong = |_| NotARule(words::not_a_weekday(&name));
                Some(OnDay::Weekday(name.parse().map_err(wrong)?))
            }
            (Some(On::Day(day @ 1..=31)), Period::Month) => Some(OnDay::OfMonth(day)),
            _ => {
                return Err(NotARule(words::WRONG_DAY.to_owned()));
            }
        };
        Ok(self)
    }
}

fn months_between(from: NaiveDate, to: NaiveDate) -> i64 {
    i64::from(to.year() - from.year()) * 12 + i64::from(to.month()) - i64::from(from.month())
}

#[derive(Deserialize, Serialize)]
#[serde(untagged)]
enum On {
    Day(u32),
    Weekday(String),
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Table {
    every: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    on: Option<On>,
    #[serde(skip_serializing_if = "Option::is_none")]
    at: Option<String>,
}

#[derive(Deserialize)]
#[serde(
    untagged,
    expecting = "expected `every` as \"week\" or { every = \"month\", on = 31, at = \"17:00\" }"
)]
enum Written {
    Text(String),
    Table(Table),
}

impl<'de> Deserialize<'de> for Every {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let every = match Written::deserialize(deserializer)? {
            Written::Text(text) => Every::read(&text),
            Written::Table(Table { every, on, at }) => {
                Every::read(&every).and_then(|every| every.with(on, at))
            }
        };
        every.map_err(de::Error::custom)
    }
}

/// As it is written in a file: what is owed keeps it so, and it is read again as one of a file is.
impl Serialize for Every {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let period = match self.period {
            Period::Day => "days",
            Period::Week => "weeks",
            Period::Month => "months",
            Period::Year => "years",
        };
        let on = self.on.map(|on| match on {
            OnDay::Weekday(day) => On::Weekday(day.to_string()),
            OnDay::OfMonth(day) => On::Day(day),
        });
        let at = self.at.map(|at| at.format("%H:%M").to_string());
        Table { every: format!("{} {period}", self.count), on, at }.serialize(serializer)
    }
}

/// As a person reads it: `every week on Mon at 09:00`, `every 3 months`.
impl fmt::Display for Every {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let period = match self.period {
            Period::Day => "day",
            Period::Week => "week",
            Period::Month => "month",
            Period::Year => "year",
        };
        match self.count {
            1 => write!(f, "every {period}")?,
            count => write!(f, "every {count} {period}s")?,
        }
        match self.on {
            Some(OnDay::Weekday(day)) => write!(f, " on {day}")?,
            Some(OnDay::OfMonth(day)) => write!(f, " on day {day}")?,
            None => {}
        }
        self.at.map_or(Ok(()), |at| write!(f, " at {}", at.format("%H:%M")))
    }
}

//! Reads due rules from definitions and writes them as people read them.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use chrono::NaiveTime;
use serde::de::{self, Deserialize, Deserializer, MapAccess, Visitor};

use super::{Length, On, Rule, Unit};
use crate::domain::words::due as words;

/// More than this of any unit is a slip.
const MOST: u32 = 9_999;

/// Text that is not a due rule, with its mend.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct NotARule(pub String);

fn not_a_rule(text: &str, mend: &str) -> NotARule {
    NotARule(words::not_a_rule(text, mend))
}

/// Splits `2 working days` into its number and its unit in lower case.
pub(super) fn counted(text: &str) -> Option<(u32, String)> {
    let text = text.trim().to_lowercase();
    let unit_at = text.find(|c: char| !c.is_ascii_digit())?;
    let (count, unit) = text.split_at(unit_at);
    let unit = unit.split_whitespace().collect::<Vec<_>>().join(" ");
    Some((count.parse().ok().filter(|count| (1..=MOST).contains(count))?, unit))
}

fn unit(word: &str) -> Option<Unit> {
    Some(match word {
        "min" | "mins" | "minute" | "minutes" => Unit::Minutes,
        "h" | "hr" | "hrs" | "hour" | "hours" => Unit::Hours,
        "day" | "days" => Unit::Days,
        "week" | "weeks" => Unit::Weeks,
        "month" | "months" => Unit::Months,
        _ => return None,
    })
}

impl FromStr for Rule {
    type Err = NotARule;

    fn from_str(text: &str) -> Result<Self, NotARule> {
        let (count, word) = counted(text).ok_or_else(|| not_a_rule(text, words::EXAMPLES))?;
        match (unit(&word), word.as_str()) {
            (Some(unit), _) => Ok(Rule::Length(Length { count, unit })),
            (None, "working day" | "working days") => Ok(Rule::WorkingDays { days: count, at: None }),
            (None, "m") => Err(not_a_rule(text, &words::min_or_months(count))),
            (None, word) if word.contains("work") || word.contains("business") || word == "wd" => {
                Err(not_a_rule(text, &words::working_days(count)))
            }
            _ => Err(not_a_rule(text, words::EXAMPLES)),
        }
    }
}

/// Reads `09:00`.
pub(super) fn wall_time(text: &str) -> Result<NaiveTime, NotARule> {
    NaiveTime::parse_from_str(text, "%H:%M").map_err(|_| NotARule(words::not_a_time_of_day(text)))
}

/// A value inside a rule's table.
enum Part {
    Number(i64),
    Text(String),
    Table(Rule),
}

impl Part {
    fn rule(self) -> Result<Rule, NotARule> {
        match self {
            Part::Table(rule) => Ok(rule),
            Part::Text(text) => text.parse(),
            Part::Number(number) => Err(not_a_rule(&number.to_string(), &words::min_or_hours(number))),
        }
    }

    fn text(self, key: &str) -> Result<String, NotARule> {
        match self {
            Part::Text(text) => Ok(text),
            _ => Err(NotARule(words::wants_text(key))),
        }
    }
}

struct Table(BTreeMap<String, Part>);

impl Table {
    fn text(&mut self, key: &str) -> Result<Option<String>, NotARule> {
        self.0.remove(key).map(|part| part.text(key)).transpose()
    }

    fn rule(mut self) -> Result<Rule, NotARule> {
        let rule = if let Some(field) = self.text("by")? {
            let otherwise = self.0.remove("otherwise").map(Part::rule).transpose()?.map(Box::new);
            let named = |(choice, part): (String, Part)| {
                part.rule()
                    .map(|rule| (choice.clone(), rule))
                    .map_err(|wrong| NotARule(words::of_choice(&choice, &wrong)))
            };
            let rules = std::mem::take(&mut self.0).into_iter().map(named).collect::<Result<_, _>>()?;
            Rule::ByChoice { field, rules, otherwise }
        } else if let Some(at) = self.text("wall")? {
            let on = match self.text("on")?.as_deref() {
                Some("same day") => On::SameDay,
                Some("next day") => On::NextDay,
                Some("next working day") => On::NextWorkingDay,
                _ => {
                    return Err(NotARule(words::WALL_NEEDS_ON.to_owned()));
                }
            };
            Rule::Wall { at: wall_time(&at)?, on }
        } else if let Some(days) = self.0.remove("working_days") {
            let days = match days {
                Part::Number(days) => u32::try_from(days).ok().filter(|days| (1..=MOST).contains(days)),
                _ => None,
            };
            let days = days.ok_or_else(|| NotARule(words::NOT_A_NUMBER_OF_DAYS.to_owned()))?;
            Rule::WorkingDays { days, at: self.text("at")?.as_deref().map(wall_time).transpose()? }
        } else if let Some(length) = self.text("open_time")? {
            let Rule::Length(length @ Length { unit: Unit::Minutes | Unit::Hours, .. }) = length.parse()?
            else {
                return Err(NotARule(words::OPEN_TIME_IN_HOURS.to_owned()));
            };
            let hours = self.text("hours")?.map(|hours| hours.parse()).transpose();
            Rule::OpenTime { length, hours: hours.map_err(|wrong| NotARule(format!("{wrong}")))? }
        } else if let Some(or) = self.0.remove("expected_or") {
            Rule::Expected { or: Box::new(or.rule()?) }
        } else if let Some(name) = self.text("target")? {
            Rule::Target { name }
        } else {
            return Err(NotARule(words::RULE_NEEDS.to_owned()));
        };
        match self.0.keys().next() {
            Some(key) => Err(NotARule(words::strange_key(key))),
            None => Ok(rule),
        }
    }
}

struct PartVisitor;

impl<'de> Visitor<'de> for PartVisitor {
    type Value = Part;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(words::A_RULE)
    }

    fn visit_i64<E: de::Error>(self, number: i64) -> Result<Part, E> {
        Ok(Part::Number(number))
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Part, E> {
        Ok(Part::Text(text.to_owned()))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Part, A::Error> {
        let mut table = BTreeMap::new();
        while let Some((key, part)) = map.next_entry::<String, Part>()? {
            table.insert(key, part);
        }
        Table(table).rule().map(Part::Table).map_err(de::Error::custom)
    }
}

impl<'de> Deserialize<'de> for Part {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(PartVisitor)
    }
}

impl<'de> Deserialize<'de> for Rule {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Part::deserialize(deserializer)?.rule().map_err(de::Error::custom)
    }
}

impl fmt::Display for Length {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let unit = match self.unit {
            Unit::Minutes => "min",
            Unit::Hours => "h",
            Unit::Days if self.count == 1 => "day",
            Unit::Days => "days",
            Unit::Weeks if self.count == 1 => "week",
            Unit::Weeks => "weeks",
            Unit::Months if self.count == 1 => "month",
            Unit::Months => "months",
        };
        write!(f, "{} {unit}", self.count)
    }
}

/// As a person reads it: `2 working days, at 17:00`, `09:00 on the next working day`, `target decision`.
impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Rule::Length(length) => length.fmt(f),
            Rule::WorkingDays { days, at } => {
                write!(f, "{days} working day{}", if *days == 1 { "" } else { "s" })?;
                at.map_or(Ok(()), |at| write!(f, ", at {}", at.format("%H:%M")))
            }
            Rule::Wall { at, on } => {
                let on = match on {
                    On::SameDay => "same",
                    On::NextDay => "next",
                    On::NextWorkingDay => "next working",
                };
                f.write_str(&words::at_on(&at.format("%H:%M"), on))
            }
            Rule::OpenTime { length, .. } => f.write_str(&words::of_opening_hours(length)),
            Rule::ByChoice { field, .. } => write!(f, "by {field}"),
            Rule::Expected { or } => f.write_str(&words::expected(or)),
            Rule::Target { name } => write!(f, "target {name}"),
        }
    }
}

//! The day part of what was typed: "tomorrow", "mon", "25 dec", "25/12", "2026-12-25".

use chrono::{Datelike, Days, NaiveDate, Weekday};

use super::Lean;
use super::clock::clock;
use super::token::Token;
use crate::domain::time::display;
use crate::domain::words::time as words;

/// How many years a date without its year is looked for: 29 February is at most eight years off.
const YEARS: i32 = 8;

/// A day as it was typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Day {
    /// Days from today.
    FromToday(i64),
    /// A day of the week.
    Weekday(Weekday, Turn),
    /// A date, perhaps with the day of the week said beside it.
    Date {
        /// As typed; may be impossible.
        day: u32,
        /// As typed; may be impossible.
        month: u32,
        /// None where it was left out.
        year: Option<Year>,
        /// Said beside it.
        weekday: Option<Weekday>,
    },
}

/// A year as it was typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Year {
    /// With its century.
    Full(i32),
    /// Its last two digits.
    Short(i32),
}

/// Which of the days of that name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Turn {
    /// The nearest in the leaning direction.
    Near,
    /// After today.
    Next,
    /// Before today.
    Last,
}

impl Day {
    /// The days it can mean, nearest first in the leaning direction: two for a bare day of the week that is
    /// today's, one otherwise. Impossible dates are refused.
    pub(super) fn candidates(&self, today: NaiveDate, lean: Lean) -> Result<Vec<NaiveDate>, String> {
        match *self {
            Day::FromToday(days) => add_days(today, days).map(|day| vec![day]),
            Day::Weekday(weekday, turn) => {
                let ahead = i64::from(weekday.days_since(today.weekday()));
                let (next, last) = (ahead + if ahead == 0 { 7 } else { 0 }, ahead - 7);
                let days = match (turn, lean) {
                    (Turn::Near, Lean::Future) if ahead == 0 => vec![0, 7],
                    (Turn::Near, Lean::Past) if ahead == 0 => vec![0, -7],
                    (Turn::Next, _) | (Turn::Near, Lean::Future) => vec![next],
                    (Turn::Last, _) | (Turn::Near, Lean::Past) => vec![last],
                };
                days.into_iter().map(|days| add_days(today, days)).collect()
            }
            Day::Date { day, month, year, weekday } => {
                let date = dated(day, month, year, today, lean)?;
                match weekday {
                    Some(weekday) if weekday != date.weekday() => {
                        Err(words::other_weekday(&display::weekday_date(date)))
                    }
                    _ => Ok(vec![date]),
                }
            }
        }
    }

    /// The day it means where no clock time stands beside it.
    pub(super) fn nearest(&self, today: NaiveDate, lean: Lean) -> Result<NaiveDate, String> {
        Ok(self.candidates(today, lean)?.first().copied().unwrap_or(today))
    }
}

fn add_days(today: NaiveDate, days: i64) -> Result<NaiveDate, String> {
    let moved = if days < 0 {
        today.checked_sub_days(Days::new(days.unsigned_abs()))
    } else {
        today.checked_add_days(Days::new(days.unsigned_abs()))
    };
    moved.ok_or_else(|| words::HINT_TOO_FAR.to_owned())
}

/// A date from its parts; a year that was left out or cut short is the nearest in the leaning direction.
fn dated(
    day: u32,
    month: u32,
    year: Option<Year>,
    today: NaiveDate,
    lean: Lean,
) -> Result<NaiveDate, String> {
    let year = match year {
        Some(Year::Full(year)) => year,
        Some(Year::Short(year)) => today.year().div_euclid(100) * 100 + year,
        None => {
            let direction = if lean == Lean::Past { -1 } else { 1 };
            return (0..=YEARS)
                .filter_map(|years| NaiveDate::from_ymd_opt(today.year() + direction * years, month, day))
                .find(|date| if lean == Lean::Past { *date <= today } else { *date >= today })
                .ok_or_else(|| why_no_date(day, month, today.year()));
        }
    };
    NaiveDate::from_ymd_opt(year, month, day).ok_or_else(|| why_no_date(day, month, year))
}

/// Says what is impossible about a date.
pub(super) fn why_no_date(day: u32, month: u32, year: i32) -> String {
    match NaiveDate::from_ymd_opt(year, month, 1) {
        Some(first) => {
            words::no_such_day(day, &first.format("%B %Y").to_string(), u32::from(first.num_days_in_month()))
        }
        None if (1..=12).contains(&month) => words::HINT_TOO_FAR.to_owned(),
        None => words::no_such_month(month),
    }
}

/// Reads a day off the front and gives back what is left. `today` tells a year from a clock time in
/// "25 dec 2026" and "25 dec 1400".
pub(super) fn day<'t, 'a>(tokens: &'t [Token<'a>], today: NaiveDate) -> Option<(Day, &'t [Token<'a>])> {
    use Token::{Number, Sign, Word};
    match tokens {
        [Word("today" | "tonight"), rest @ ..] => Some((Day::FromToday(0), rest)),
        [Word("tomorrow" | "tom" | "tmrw" | "tmw"), rest @ ..] => Some((Day::FromToday(1), rest)),
        [Word("yesterday" | "yest"), rest @ ..] => Some((Day::FromToday(-1), rest)),
        [Word(turn @ ("next" | "last" | "this")), Word(name), rest @ ..] => {
            let turn = match *turn {
                "next" => Turn::Next,
                "last" => Turn::Last,
                _ => Turn::Near,
            };
            Some((Day::Weekday(weekday(name)?, turn), rest))
        }
        [Word(name), rest @ ..] if weekday(name).is_some() => {
            let said = weekday(name)?;
            match date(rest, today) {
                Some((Day::Date { day, month, year, .. }, rest)) => {
                    Some((Day::Date { day, month, year, weekday: Some(said) }, rest))
                }
                _ => Some((Day::Weekday(said, Turn::Near), rest)),
            }
        }
        [
            Number(year, 4),
            Sign('-' | '/'),
            Number(month, 1 | 2),
            Sign('-' | '/'),
            Number(day, 1 | 2),
            rest @ ..,
        ] => {
            let rest = match rest {
                [Word("t"), rest @ ..] => rest,
                rest => rest,
            };
            let year = Some(Year::Full(i32::try_from(*year).ok()?));
            Some((Day::Date { day: *day, month: *month, year, weekday: None }, rest))
        }
        _ => date(tokens, today),
    }
}

fn date<'t, 'a>(tokens: &'t [Token<'a>], today: NaiveDate) -> Option<(Day, &'t [Token<'a>])> {
    use Token::{Number, Sign, Word};
    let (day, month, year, rest) = match tokens {
        [
            Number(day, 1 | 2),
            Sign(one),
            Number(month, 1 | 2),
            Sign(two),
            Number(year, digits @ (2 | 4)),
            rest @ ..,
        ] if one == two && matches!(one, '/' | '-' | '.') => {
            (*day, *month, written_year(*year, *digits), rest)
        }
        [Number(day, 1 | 2), Sign('/'), Number(month, 1 | 2), rest @ ..] => (*day, *month, None, rest),
        [Number(day, 1 | 2), Sign('-'), Word(name), Sign('-'), Number(year, digits @ (2 | 4)), rest @ ..] => {
            (*day, month_named(name)?, written_year(*year, *digits), rest)
        }
        [Number(day, 1 | 2), Sign('-'), Word(name), rest @ ..]
        | [Number(day, 1 | 2), Word(name), rest @ ..]
        | [Word(name), Number(day, 1 | 2), rest @ ..] => {
            let (year, rest) = year_or_clock(rest, today);
            (*day, month_named(name)?, year, rest)
        }
        _ => return None,
    };
    Some((Day::Date { day, month, year, weekday: None }, rest))
}

fn written_year(year: u32, digits: usize) -> Option<Year> {
    let year = i32::try_from(year).ok()?;
    Some(if digits == 2 { Year::Short(year) } else { Year::Full(year) })
}

/// Four figures after "25 dec" are the year where a clock time follows, or where they are a year near this
/// one; otherwise they are the clock time.
fn year_or_clock<'t, 'a>(tokens: &'t [Token<'a>], today: NaiveDate) -> (Option<Year>, &'t [Token<'a>]) {
    let [Token::Number(figures, 4), rest @ ..] = tokens else { return (None, tokens) };
    let year = i32::try_from(*figures).unwrap_or(i32::MAX);
    let near =
        year.abs_diff(today.year()) <= 1 || clock(tokens).is_some_and(|(clock, _)| clock.times().is_err());
    let clock_follows = matches!(clock(rest), Some((_, [])));
    if clock_follows || (rest.is_empty() && near) { (Some(Year::Full(year)), rest) } else { (None, tokens) }
}

/// The day of the week by its name or the ways it is cut short.
pub(super) fn weekday(name: &str) -> Option<Weekday> {
    Some(match name {
        "mon" | "monday" => Weekday::Mon,
        "tue" | "tues" | "tuesday" => Weekday::Tue,
        "wed" | "weds" | "wednesday" => Weekday::Wed,
        "thu" | "thur" | "thurs" | "thursday" => Weekday::Thu,
        "fri" | "friday" => Weekday::Fri,
        "sat" | "saturday" => Weekday::Sat,
        "sun" | "sunday" => Weekday::Sun,
        _ => return None,
    })
}

/// The number of a month by its name, in small letters, or the first three or more of them.
pub fn month_named(name: &str) -> Option<u32> {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let is_month = |full: &str| name.len() >= 3 && full.starts_with(name);
    (1..).zip(MONTHS).find(|(_, full)| is_month(full)).map(|(number, _)| number)
}

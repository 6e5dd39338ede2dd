//! Dates on their own, above all dates of birth: "14 3 41", "14/03/1941", "14 march 1941"; and "+2d -1w +3m".

use chrono::{Datelike, NaiveDate};

use super::day::{Day, Year, why_no_date};
use super::token::Token;
use super::{Lean, day, settle, span, tidy, token};
use crate::domain::time::display;
use crate::domain::words::time as words;

/// How a typed date was understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UnderstoodDate {
    /// In one way. Show it with [`display::date`].
    One(NaiveDate),
    /// Not at all.
    Not {
        /// What is wrong and what to type instead.
        hint: String,
        /// At most two dates that may have been meant.
        perhaps: Vec<NaiveDate>,
    },
}

/// Reads a date that lies behind us, such as a date of birth: day before month, and a year of two digits is
/// the most recent such year that makes a date in the past.
pub fn understand_date(text: &str, today: NaiveDate) -> UnderstoodDate {
    understand_date_leaning(text, today, Lean::Past)
}

/// Reads a date. Leaning to the future, a year of two digits is of this century and one left out is the next.
pub fn understand_date_leaning(text: &str, today: NaiveDate, lean: Lean) -> UnderstoodDate {
    let not = |hint: &str| UnderstoodDate::Not { hint: hint.to_owned(), perhaps: Vec::new() };
    let text = match tidy(text) {
        Ok(text) => text,
        Err(hint) => return not(&hint),
    };
    let tokens = token::tokens(&text);
    if let Some(span) = span::span(&tokens, span::Small::Months) {
        return match span.after(today).filter(|_| span.minutes == 0) {
            Some(date) => UnderstoodDate::One(date),
            None => not(words::HINT_TOO_FAR),
        };
    }
    let Some(typed) = parts(&tokens, today) else { return not(words::HINT_DATE) };
    let Day::Date { day, month, year, .. } = typed else {
        return match typed.nearest(today, lean) {
            Ok(date) => UnderstoodDate::One(date),
            Err(hint) => not(&hint),
        };
    };
    let year = match (year, lean) {
        (Some(Year::Full(year)), _) => year,
        (Some(Year::Short(short)), Lean::Past) => recent(day, month, short, today),
        (Some(Year::Short(short)), Lean::Future) => today.year().div_euclid(100) * 100 + short,
        (None, Lean::Past) => return not(words::HINT_NO_YEAR),
        (None, Lean::Future) => {
            return match typed.nearest(today, lean) {
                Ok(date) => UnderstoodDate::One(date),
                Err(hint) => not(&hint),
            };
        }
    };
    match NaiveDate::from_ymd_opt(year, month, day) {
        Some(date) if !settle::is_near_day(date) => not(words::HINT_TOO_FAR),
        Some(date) if lean == Lean::Past && date > today => not(&words::not_born_yet(&display::date(date))),
        Some(date) => match typed.nearest(today, lean) {
            // Only a day of the week that does not go with it is left to be wrong.
            Err(hint) if matches!(typed, Day::Date { weekday: Some(_), .. }) => {
                UnderstoodDate::Not { hint, perhaps: vec![date] }
            }
            _ => UnderstoodDate::One(date),
        },
        None => UnderstoodDate::Not {
            hint: why_no_date(day, month, year),
            perhaps: perhaps(day, month, year)
                .into_iter()
                .filter(|date| settle::is_near_day(*date) && (lean == Lean::Future || *date <= today))
                .collect(),
        },
    }
}

/// The day as any time field takes it, and the ways only a date is typed: "14 3 41", "140341", "14031941".
fn parts(tokens: &[Token<'_>], today: NaiveDate) -> Option<Day> {
    use Token::{Number, Sign, Word};
    let numbers = |day, month, year: u32, digits| {
        let year = i32::try_from(year).ok()?;
        let year = if digits == 2 { Year::Short(year) } else { Year::Full(year) };
        Some(Day::Date { day, month, year: Some(year), weekday: None })
    };
    match tokens {
        [Word(name), rest @ ..] if day::weekday(name).is_some() && !rest.is_empty() => {
            match parts(rest, today)? {
                Day::Date { day, month, year, .. } => {
                    Some(Day::Date { day, month, year, weekday: day::weekday(name) })
                }
                _ => None,
            }
        }
        [Number(day, 1 | 2), Number(month, 1 | 2), Number(year, digits @ (2 | 4))] => {
            numbers(*day, *month, *year, *digits)
        }
        [Number(all, 6)] => numbers(all / 10_000, all / 100 % 100, all % 100, 2),
        [Number(all, 8)] => numbers(all / 1_000_000, all / 10_000 % 100, all % 10_000, 4),
        // No clock time can follow here, so a last number is the year.
        [Number(day, 1 | 2), Word(name), Number(year, digits @ (2 | 4))]
        | [Word(name), Number(day, 1 | 2), Number(year, digits @ (2 | 4))] => {
            numbers(*day, day::month_named(name)?, *year, *digits)
        }
        [Number(day, 1 | 2), Sign('.'), Word(name), Sign('.'), Number(year, digits @ (2 | 4))] => {
            numbers(*day, day::month_named(name)?, *year, *digits)
        }
        _ => match day::day(tokens, today) {
            Some((day, [])) => Some(day),
            _ => None,
        },
    }
}

/// The most recent year with these last digits in which the date is not still to come.
fn recent(day: u32, month: u32, short: i32, today: NaiveDate) -> i32 {
    let this_century = today.year().div_euclid(100) * 100 + short;
    let to_come = match NaiveDate::from_ymd_opt(this_century, month, day) {
        Some(date) => date > today,
        None => this_century > today.year(),
    };
    if to_come { this_century - 100 } else { this_century }
}

/// What may have been meant by an impossible date: month and day the other way round, or the days around the
/// month's end.
fn perhaps(day: u32, month: u32, year: i32) -> Vec<NaiveDate> {
    if month > 12 {
        return NaiveDate::from_ymd_opt(year, day, month).into_iter().collect();
    }
    let last = NaiveDate::from_ymd_opt(year, month, 1).and_then(|first| {
        first.with_day(u32::from(first.num_days_in_month())).filter(|_| (29..=31).contains(&day))
    });
    last.into_iter().flat_map(|last| [Some(last), last.succ_opt()]).flatten().collect()
}

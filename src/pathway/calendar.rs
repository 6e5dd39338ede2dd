//! Which days are worked: the bank holidays of a country, as data, and the opening hours in [`hours`].
//!
//! A calendar says how far it reaches; whoever counts past that says so. How due times are counted is left to
//! [`super::due`].

pub mod hours;

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate, Weekday};
use serde::{Deserialize, Serialize};
use toml::Spanned;

use crate::domain::words::due as words;

pub use self::hours::WeekHours;

/// The calendar compiled in, also the default of `config/calendars/england.toml`.
pub const ENGLAND: &str = include_str!("../../config/calendars/england.toml");

/// The bank holidays of a country over the years it covers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Calendar {
    /// Its id (`england`).
    pub id: String,
    /// What it is called on screen.
    pub title: String,
    /// First day it knows about.
    pub covers_from: NaiveDate,
    /// Last day it knows about.
    pub covers_until: NaiveDate,
    bank_holidays: BTreeMap<NaiveDate, String>,
}

/// What is wrong with a calendar's file, and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {what}")]
pub struct CalendarProblem {
    /// Line of the file, from 1.
    pub line: usize,
    /// What is wrong and its mend.
    pub what: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    id: String,
    title: String,
    covers_from: Spanned<String>,
    covers_until: Spanned<String>,
    bank_holidays: BTreeMap<String, Spanned<String>>,
}

impl Calendar {
    /// Reads a calendar from the text of its file.
    pub fn parse(text: &str) -> Result<Self, CalendarProblem> {
        let problem = |at: usize, what: String| CalendarProblem { line: line_of(text, at), what };
        let file: File = toml::from_str(text).map_err(|error| {
            problem(error.span().map_or(0, |span| span.start), error.message().to_owned())
        })?;
        let day = |written: &str, at: usize| {
            written.parse::<NaiveDate>().map_err(|_| problem(at, words::not_a_date(written)))
        };
        let covers_from = day(file.covers_from.get_ref(), file.covers_from.span().start)?;
        let covers_until = day(file.covers_until.get_ref(), file.covers_until.span().start)?;
        if covers_until < covers_from {
            let what = words::ends_before(&covers_from);
            return Err(problem(file.covers_until.span().start, what));
        }
        let mut bank_holidays = BTreeMap::new();
        for (written, name) in file.bank_holidays {
            let at = name.span().start;
            let date = day(&written, at)?;
            if date < covers_from || date > covers_until {
                let what = words::outside(&date, &covers_from, &covers_until);
                return Err(problem(at, what));
            }
            bank_holidays.insert(date, name.into_inner());
        }
        Ok(Self { id: file.id, title: file.title, covers_from, covers_until, bank_holidays })
    }

    /// The calendar of England and Wales that is compiled in.
    pub fn england() -> Self {
        Self::parse(ENGLAND).expect("the calendar compiled in is read by a test")
    }

    /// The name of the bank holiday on a day.
    pub fn bank_holiday(&self, date: NaiveDate) -> Option<&str> {
        self.bank_holidays.get(&date).map(String::as_str)
    }

    /// Monday to Friday and not a bank holiday. Outside the years covered only the weekend is known.
    pub fn is_working_day(&self, date: NaiveDate) -> bool {
        !is_weekend(date) && self.bank_holiday(date).is_none()
    }

    /// Whether its bank holidays are known on this day.
    pub fn covers(&self, date: NaiveDate) -> bool {
        (self.covers_from..=self.covers_until).contains(&date)
    }
}

/// Saturday or Sunday.
pub fn is_weekend(date: NaiveDate) -> bool {
    matches!(date.weekday(), Weekday::Sat | Weekday::Sun)
}

fn line_of(text: &str, at: usize) -> usize {
    text.bytes().take(at).filter(|byte| *byte == b'\n').count() + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    /// Easter Sunday by the anonymous Gregorian computus.
    fn easter(year: i32) -> NaiveDate {
        let (a, b, c) = (year % 19, year / 100, year % 100);
        let h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
        let l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
        let m = (a + 11 * h + 22 * l) / 451;
        let n = h + l - 7 * m + 114;
        NaiveDate::from_ymd_opt(year, (n / 31) as u32, (n % 31 + 1) as u32).unwrap()
    }

    /// The n-th Monday of a month, or the last with 0.
    fn monday(year: i32, month: u32, nth: u8) -> NaiveDate {
        let of = |nth| NaiveDate::from_weekday_of_month_opt(year, month, Weekday::Mon, nth);
        if nth == 0 { of(5).or(of(4)).unwrap() } else { of(nth).unwrap() }
    }

    #[test]
    fn england_is_what_the_rules_give() {
        let england = Calendar::england();
        assert_eq!((england.covers_from, england.covers_until), (day("2024-01-01"), day("2032-12-31")));
        let mut expected = Vec::new();
        for year in 2024..=2032 {
            let mut days = vec![
                easter(year) - chrono::Days::new(2),
                easter(year) + chrono::Days::new(1),
                monday(year, 5, 1),
                monday(year, 5, 0),
                monday(year, 8, 0),
            ];
            for (month, date) in [(1, 1), (12, 25), (12, 26)] {
                let mut taken = NaiveDate::from_ymd_opt(year, month, date).unwrap();
                while is_weekend(taken) || days.contains(&taken) {
                    taken = taken.succ_opt().unwrap();
                }
                days.push(taken);
            }
            expected.append(&mut days);
        }
        expected.sort();
        assert_eq!(england.bank_holidays.keys().copied().collect::<Vec<_>>(), expected);
    }

    #[test]
    fn a_substitute_day_is_not_worked() {
        let england = Calendar::england();
        assert_eq!(england.bank_holiday(day("2026-12-28")), Some("Boxing Day (substitute day)"));
        for (date, worked) in [
            ("2026-12-24", true),
            ("2026-12-25", false),
            ("2026-12-26", false),
            ("2026-12-28", false),
            ("2026-12-29", true),
            ("2027-03-26", false),
            ("2027-03-29", false),
            ("2040-12-25", true),
        ] {
            assert_eq!(england.is_working_day(day(date)), worked, "{date}");
        }
        assert!(!england.covers(day("2033-01-01")));
    }

    #[test]
    fn a_mistake_is_named_with_its_line() {
        let with =
            |from: &str, to: &str| Calendar::parse(&ENGLAND.replacen(from, to, 1)).unwrap_err().to_string();
        assert_eq!(
            with("2024-03-29 =", "2024-03-32 ="),
            "line 17: \"2024-03-32\" is not a date; write it as 2026-12-25"
        );
        assert!(with("2024-03-29 =", "2024-03-29").starts_with("line 17: "));
        assert!(with("title", "titel").starts_with("line 11: unknown field `titel`"));
        assert_eq!(
            with("2032-12-31", "2032-12-27"),
            "line 95: 2032-12-28 lies outside 2024-01-01 to 2032-12-27; move covers_until"
        );
    }
}

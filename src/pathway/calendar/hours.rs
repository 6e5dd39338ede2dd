//! Opening hours: when a surgery, a store or an office can be reached, written as people write them.
//!
//! `Mon-Fri 08:00-18:30; Sat 09:00-12:00; bank holidays closed`. Hours are wall time; a stretch may run past
//! midnight (`18:30-08:00`). What is counted in them is left to [`crate::pathway::due`].

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::Calendar;
use crate::domain::time::Zone;
use crate::domain::words::due as words;

/// How many days ahead an opening is looked for: longer than any closure for holidays.
const LOOK_AHEAD_DAYS: u64 = 60;
/// Minutes in a day of the wall.
const DAY: u16 = 24 * 60;

/// Opening hours over a week. Written and stored as the text they were read from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct WeekHours {
    text: String,
    /// Monday first.
    days: [Vec<Stretch>; 7],
    /// What replaces the weekday's hours on a bank holiday; none where the usual hours stand.
    bank_holidays: Option<Vec<Stretch>>,
}

/// Minutes of the wall from the day's midnight; `to` is beyond 24 hours where it runs into the next day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Stretch {
    from: u16,
    to: u16,
}

/// Text that does not read as opening hours.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", words::not_hours(.part))]
pub struct NotHours {
    /// The part that was not understood.
    pub part: String,
}

/// A stretch of time during which it is open, between two instants. Neighbouring stretches are one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Opening {
    /// From when.
    pub from: DateTime<Utc>,
    /// Until when, not included. None where it does not close within the days looked at.
    pub to: Option<DateTime<Utc>>,
}

impl WeekHours {
    /// Whether it is open at this instant.
    pub fn is_open(&self, at: DateTime<Utc>, zone: Zone, calendar: &Calendar) -> bool {
        self.opening(at, zone, calendar).is_some_and(|opening| opening.from <= at)
    }

    /// When it closes: the end of the opening that is on, or of the next. None if it never closes or never opens.
    pub fn closes_after(&self, at: DateTime<Utc>, zone: Zone, calendar: &Calendar) -> Option<DateTime<Utc>> {
        self.opening(at, zone, calendar)?.to
    }

    /// When it opens next, after this instant. None if it is open and never closes, or never opens.
    pub fn opens_after(&self, at: DateTime<Utc>, zone: Zone, calendar: &Calendar) -> Option<DateTime<Utc>> {
        let opening = self.opening(at, zone, calendar)?;
        if opening.from > at {
            return Some(opening.from);
        }
        self.opening(opening.to?, zone, calendar).map(|next| next.from)
    }

    /// The opening that is on at this instant, or the next one.
    pub fn opening(&self, at: DateTime<Utc>, zone: Zone, calendar: &Calendar) -> Option<Opening> {
        let yesterday = zone.day(at).checked_sub_days(Days::new(1))?;
        let mut found: Option<(DateTime<Utc>, DateTime<Utc>)> = None;
        for ahead in 0..=LOOK_AHEAD_DAYS {
            let day = yesterday.checked_add_days(Days::new(ahead))?;
            for stretch in self.on(day, calendar) {
                let (from, to) = (instant(day, stretch.from, zone)?, instant(day, stretch.to, zone)?);
                found = match found {
                    _ if to <= at || from >= to => found,
                    None => Some((from, to)),
                    Some((first, last)) if from <= last => Some((first.min(from), last.max(to))),
                    Some((from, to)) => return Some(Opening { from, to: Some(to) }),
                };
            }
            // Nothing that starts tomorrow or later can lengthen what ended before this day did.
            if let Some((from, to)) = found
                && to < instant(day, DAY, zone)?
            {
                return Some(Opening { from, to: Some(to) });
            }
        }
        found.map(|(from, _)| Opening { from, to: None })
    }

    /// The openings of the weeks before this instant, in their order; the last ends at it where it is open then.
    pub fn openings_before(&self, at: DateTime<Utc>, zone: Zone, calendar: &Calendar) -> Vec<Opening> {
        let today = zone.day(at);
        let mut found: Vec<Opening> = Vec::new();
        for back in (0..=LOOK_AHEAD_DAYS).rev() {
            let Some(day) = today.checked_sub_days(Days::new(back)) else { continue };
            for stretch in self.on(day, calendar) {
                let (from, to) = (instant(day, stretch.from, zone), instant(day, stretch.to, zone));
                let (Some(from), Some(to)) = (from, to.map(|to| to.min(at))) else { continue };
                match found.last_mut() {
                    _ if from >= to => {}
                    Some(Opening { to: Some(last), .. }) if from <= *last => *last = to.max(*last),
                    _ => found.push(Opening { from, to: Some(to) }),
                }
            }
        }
        found
    }

    /// Whether bank holidays have hours of their own.
    pub fn minds_bank_holidays(&self) -> bool {
        self.bank_holidays.is_some()
    }

    fn on(&self, day: NaiveDate, calendar: &Calendar) -> &[Stretch] {
        match &self.bank_holidays {
            Some(hours) if calendar.bank_holiday(day).is_some() => hours,
            _ => &self.days[day.weekday().num_days_from_monday() as usize],
        }
    }
}

fn instant(day: NaiveDate, minutes: u16, zone: Zone) -> Option<DateTime<Utc>> {
    let wall = day.and_time(NaiveTime::MIN).checked_add_signed(TimeDelta::minutes(i64::from(minutes)))?;
    Some(zone.earliest(wall))
}

impl FromStr for WeekHours {
    type Err = NotHours;

    fn from_str(text: &str) -> Result<Self, NotHours> {
        let mut hours = Self { text: text.trim().to_owned(), days: Default::default(), bank_holidays: None };
        let lower = text.to_lowercase().replace(['\u{2013}', '\u{2014}'], "-");
        for part in lower.split(';').map(str::trim).filter(|part| !part.is_empty()) {
            let wrong = || NotHours { part: part.to_owned() };
            if let Some(rest) = part.strip_prefix("bank holidays") {
                hours.bank_holidays = Some(stretches(rest).ok_or_else(wrong)?);
                continue;
            }
            let (days, rest) = match part.split_once(' ') {
                Some((days, rest)) if days.starts_with(char::is_alphabetic) => {
                    (week_days(days).ok_or_else(wrong)?, rest)
                }
                _ => ((0..7).collect(), part),
            };
            let stretches = stretches(rest).ok_or_else(wrong)?;
            for day in days {
                hours.days[day].extend(&stretches);
                hours.days[day].sort_by_key(|stretch| stretch.from);
            }
        }
        if hours.days.iter().all(Vec::is_empty) {
            return Err(NotHours { part: text.trim().to_owned() });
        }
        Ok(hours)
    }
}

/// `mon`, `mon-fri`, `mon,wed,fri`, `daily`; a range may run over the weekend (`sat-mon`).
fn week_days(text: &str) -> Option<Vec<usize>> {
    if text == "daily" {
        return Some((0..7).collect());
    }
    let mut days = Vec::new();
    for part in text.split(',').filter(|part| !part.is_empty()) {
        let (from, to) = part.split_once('-').unwrap_or((part, part));
        let (from, to) = (week_day(from)?, week_day(to)?);
        let length = (to + 7 - from) % 7;
        days.extend((from..=from + length).map(|day| day % 7));
    }
    Some(days)
}

fn week_day(text: &str) -> Option<usize> {
    text.parse::<chrono::Weekday>().ok().map(|day| day.num_days_from_monday() as usize)
}

/// `08:00-12:30, 14:00-18:30`, `24 h`, `closed`.
fn stretches(text: &str) -> Option<Vec<Stretch>> {
    match text.trim() {
        "closed" => return Some(Vec::new()),
        "24 h" | "24h" => return Some(vec![Stretch { from: 0, to: DAY }]),
        _ => {}
    }
    text.split(',')
        .map(|part| {
            let (from, to) = part.split_once('-')?;
            let (from, to) = (minutes(from)?, minutes(to)?);
            let to = if to <= from { to + DAY } else { to };
            (from < DAY).then_some(Stretch { from, to })
        })
        .collect()
}

fn minutes(text: &str) -> Option<u16> {
    let (hours, minutes) = text.trim().split_once(':')?;
    let (hours, minutes) = (hours.parse::<u16>().ok()?, minutes.parse::<u16>().ok()?);
    let all = hours.checked_mul(60)?.checked_add(minutes)?;
    (minutes < 60 && all <= DAY).then_some(all)
}

impl fmt::Display for WeekHours {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl TryFrom<String> for WeekHours {
    type Error = NotHours;
    fn try_from(text: String) -> Result<Self, NotHours> {
        text.parse()
    }
}

impl From<WeekHours> for String {
    fn from(hours: WeekHours) -> Self {
        hours.text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utc(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn a_surgery_over_christmas() {
        let (zone, england) = (Zone::default(), Calendar::england());
        let surgery: WeekHours =
            "Mon-Fri 08:00-18:30; Sat 09:00-12:00; bank holidays closed".parse().unwrap();
        for (at, open, opens, closes) in [
            ("2026-12-24T18:29:00Z", true, "2026-12-26T09:00:00Z", "2026-12-24T18:30:00Z"),
            ("2026-12-24T18:30:00Z", false, "2026-12-26T09:00:00Z", "2026-12-26T12:00:00Z"),
            ("2026-12-26T12:00:00Z", false, "2026-12-29T08:00:00Z", "2026-12-29T18:30:00Z"),
            ("2027-03-25T23:00:00Z", false, "2027-03-27T09:00:00Z", "2027-03-27T12:00:00Z"),
            ("2027-07-01T07:00:00Z", true, "2027-07-02T07:00:00Z", "2027-07-01T17:30:00Z"),
        ] {
            assert_eq!(surgery.is_open(utc(at), zone, &england), open, "{at}");
            assert_eq!(surgery.opens_after(utc(at), zone, &england), Some(utc(opens)), "{at}");
            assert_eq!(surgery.closes_after(utc(at), zone, &england), Some(utc(closes)), "{at}");
        }
    }

    #[test]
    fn what_never_closes_is_open_at_midnight() {
        let (zone, england) = (Zone::default(), Calendar::england());
        for text in ["24 h", "Mon-Sun 00:00-24:00", "daily 08:00-20:00; daily 20:00-08:00"] {
            let always: WeekHours = text.parse().unwrap();
            for at in [
                "2026-10-24T23:00:00Z",
                "2026-10-25T01:30:00Z",
                "2026-11-21T23:59:59Z",
                "2026-12-25T00:00:00Z",
            ] {
                assert!(always.is_open(utc(at), zone, &england), "{text} {at}");
                assert_eq!(always.closes_after(utc(at), zone, &england), None, "{text} {at}");
                assert_eq!(always.opens_after(utc(at), zone, &england), None, "{text} {at}");
            }
        }
    }

    #[test]
    fn a_night_service_runs_past_midnight_and_over_the_weekend() {
        let (zone, england) = (Zone::default(), Calendar::england());
        let nights: WeekHours =
            "Mon-Fri 18:30-08:00; Sat-Sun 24 h; Sun 00:00-08:00; bank holidays 24 h".parse().unwrap();
        let friday = utc("2026-11-20T18:30:00Z");
        assert!(
            nights.is_open(friday, zone, &england)
                && !nights.is_open(utc("2026-11-20T18:29:00Z"), zone, &england)
        );
        assert_eq!(nights.closes_after(friday, zone, &england), Some(utc("2026-11-23T00:00:00Z")));
        assert!(nights.is_open(utc("2026-11-24T03:00:00Z"), zone, &england));
        assert!(nights.is_open(utc("2026-12-28T12:00:00Z"), zone, &england));
    }

    #[test]
    fn hours_are_kept_as_they_were_written() {
        let text = "Mon,Wed,Fri 09:00-12:30, 14:00-17:00; Sat closed";
        assert_eq!(text.parse::<WeekHours>().unwrap().to_string(), text);
        for wrong in
            ["", "closed", "Mon-Fri", "Mon-Fri 9-5", "Mun 09:00-17:00", "Mon 09:00-25:00", "Mon 24:00-08:00"]
        {
            assert!(wrong.parse::<WeekHours>().is_err(), "{wrong:?}");
        }
    }
}

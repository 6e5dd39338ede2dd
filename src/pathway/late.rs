//! Whether an entry is a late one: recorded after the working period in which it happened.
//!
//! The working periods are a provider's own (`targets.toml`); asking why, once, is left to the form.

use chrono::{DateTime, Days, NaiveTime, TimeDelta, Utc};

use crate::domain::answer::{Precision, When};
use crate::domain::time::Zone;

/// The starts of the working periods of a day, wall time of the office. Each lasts until the next begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkingPeriods {
    starts: Vec<NaiveTime>,
}

impl WorkingPeriods {
    /// Periods that begin at these times of the day, in any order. Without any, those of [`Default`].
    pub fn new(starts: impl IntoIterator<Item = NaiveTime>) -> Self {
        let mut starts: Vec<NaiveTime> = starts.into_iter().collect();
        starts.sort_unstable();
        starts.dedup();
        if starts.is_empty() { Self::default() } else { Self { starts } }
    }

    /// When the working period began in which `at` lies: the last start that is not after it.
    pub fn start(&self, at: DateTime<Utc>, zone: Zone) -> DateTime<Utc> {
        let today = zone.day(at);
        let days = [today.checked_sub_days(Days::new(1)), Some(today)].into_iter().flatten();
        let starts = days.flat_map(|day| self.starts.iter().map(move |start| day.and_time(*start)));
        // Only the very first day of the calendar has no day before it.
        starts.map(|wall| zone.earliest(wall)).filter(|start| *start <= at).max().unwrap_or(at)
    }

    /// When the working period ends in which `at` lies: the first start after it.
    pub fn end(&self, at: DateTime<Utc>, zone: Zone) -> DateTime<Utc> {
        let today = zone.day(at);
        let days = [Some(today), today.checked_add_days(Days::new(1))].into_iter().flatten();
        let starts = days.flat_map(|day| self.starts.iter().map(move |start| day.and_time(*start)));
        // Only the very last day of the calendar has no day after it.
        starts.map(|wall| zone.earliest(wall)).find(|start| *start > at).unwrap_or(at)
    }
}

/// Day from 08:00, night from 20:00.
impl Default for WorkingPeriods {
    fn default() -> Self {
        let start = |hour| NaiveTime::from_hms_opt(hour, 0, 0).expect("8 and 20 are hours of a day");
        Self { starts: vec![start(8), start(20)] }
    }
}

/// What is written down within this is written at once, even where a working period ends between.
const AT_ONCE: TimeDelta = TimeDelta::minutes(5);

/// Whether it was recorded after the working period in which it happened, and not at once. Of something known by its day only,
/// that is the last period that begins on the day.
pub fn is_late_entry(
    occurred: &When,
    recorded_at: DateTime<Utc>,
    zone: Zone,
    periods: &WorkingPeriods,
) -> bool {
    let at = match occurred.precision {
        Precision::Day => {
            let next = zone.day(occurred.at).succ_opt().unwrap_or(zone.day(occurred.at));
            zone.start_of_day(next) - TimeDelta::seconds(1)
        }
        Precision::Exact | Precision::About | Precision::Unknown => occurred.at,
    };
    recorded_at - at >= AT_ONCE && recorded_at >= periods.end(at, zone)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::answer::When;

    fn at(text: &str) -> DateTime<Utc> {
        DateTime::parse_from_rfc3339(text).unwrap().with_timezone(&Utc)
    }

    fn late(occurred: &str, recorded: &str) -> bool {
        let zone = Zone::parse("Europe/London").unwrap();
        is_late_entry(&When::exact(at(occurred)), at(recorded), zone, &WorkingPeriods::default())
    }

    #[test]
    fn written_in_the_shift_it_happened_in_is_not_late() {
        assert!(!late("2026-11-21T16:42:00Z", "2026-11-21T19:59:59Z"));
        assert!(late("2026-11-21T16:42:00Z", "2026-11-21T20:00:00Z"));
        assert!(!late("2026-11-21T23:10:00Z", "2026-11-22T07:59:00Z"));
        assert!(late("2026-11-21T19:40:00Z", "2026-11-22T07:55:00Z"));
    }

    #[test]
    fn written_at_once_is_not_late_though_a_shift_ends_between() {
        assert!(!late("2026-11-21T19:59:40Z", "2026-11-21T20:00:10Z"));
        assert!(!late("2026-11-21T19:56:00Z", "2026-11-21T20:00:59Z"));
        assert!(late("2026-11-21T19:55:00Z", "2026-11-21T20:00:00Z"));
    }

    #[test]
    fn the_night_the_clocks_go_back_is_an_hour_longer() {
        // 20:00 BST to 08:00 GMT is thirteen hours.
        assert!(!late("2026-10-24T19:00:00Z", "2026-10-25T07:59:59Z"));
        assert!(late("2026-10-24T19:00:00Z", "2026-10-25T08:00:00Z"));
    }

    #[test]
    fn the_night_the_clocks_go_forward_is_an_hour_shorter() {
        assert!(!late("2027-03-27T22:00:00Z", "2027-03-28T06:59:59Z"));
        assert!(late("2027-03-27T22:00:00Z", "2027-03-28T07:00:00Z"));
    }

    #[test]
    fn a_start_that_the_clocks_skip_begins_when_they_have() {
        let zone = Zone::parse("Europe/London").unwrap();
        let periods = WorkingPeriods::new([NaiveTime::from_hms_opt(1, 30, 0).unwrap()]);
        let end = periods.end(at("2027-03-27T12:00:00Z"), zone);
        assert_eq!(zone.day(end), zone.day(at("2027-03-28T12:00:00Z")));
    }

    /// The end of the period in which something happened, with shifts that begin at these hours and minutes.
    fn ends<const N: usize>(starts: [(u32, u32); N], happened: &str) -> DateTime<Utc> {
        let starts = starts.map(|(hour, minute)| NaiveTime::from_hms_opt(hour, minute, 0).unwrap());
        WorkingPeriods::new(starts).end(at(happened), Zone::default())
    }

    #[test]
    fn three_shifts_and_one_that_spans_midnight_end_where_the_next_begins() {
        let three = [(7, 0), (14, 30), (21, 30)];
        for (happened, end) in [
            ("2026-11-21T07:00:00Z", "2026-11-21T14:30:00Z"),
            ("2026-11-21T14:29:59Z", "2026-11-21T14:30:00Z"),
            ("2026-11-21T14:30:00Z", "2026-11-21T21:30:00Z"),
            ("2026-11-21T21:30:00Z", "2026-11-22T07:00:00Z"),
            ("2026-11-22T00:00:00Z", "2026-11-22T07:00:00Z"),
            ("2026-11-22T06:59:59Z", "2026-11-22T07:00:00Z"),
            // Both nights on which the clocks change: ten and a half hours, and eight and a half.
            ("2026-10-24T20:30:00Z", "2026-10-25T07:00:00Z"),
            ("2027-03-27T21:30:00Z", "2027-03-28T06:00:00Z"),
        ] {
            assert_eq!(ends(three, happened), at(end), "{happened}");
        }
        // Written down in any order; one shift a day lasts until it begins again.
        assert_eq!(ends([(21, 30), (7, 0), (14, 30)], "2026-11-21T23:00:00Z"), at("2026-11-22T07:00:00Z"));
        assert_eq!(ends([(22, 0)], "2026-11-21T22:00:00Z"), at("2026-11-22T22:00:00Z"));
        assert_eq!(ends([(0, 0), (8, 0), (16, 0)], "2026-11-21T23:59:59Z"), at("2026-11-22T00:00:00Z"));
    }

    #[test]
    fn of_a_day_alone_its_last_period_counts() {
        let zone = Zone::parse("Europe/London").unwrap();
        let day = When { at: at("2026-11-21T00:00:00Z"), precision: Precision::Day };
        let late = |recorded| is_late_entry(&day, at(recorded), zone, &WorkingPeriods::default());
        assert!(!late("2026-11-22T07:59:00Z"));
        assert!(late("2026-11-22T08:00:00Z"));
    }
}

//! The office's one time zone and its clock changes. The only file that names the zone database.
//!
//! How a time is written for people is left to [`super::display`].

use std::fmt;

use chrono::{
    DateTime, MappedLocalTime, NaiveDate, NaiveDateTime, NaiveTime, Offset, TimeDelta, TimeZone, Utc,
};
use chrono_tz::{OffsetName, Tz};

use crate::domain::words::due as words;

/// How far ahead or back a clock change is looked for: every zone that changes does so within a year.
const YEAR_OF_DAYS: i64 = 370;

/// The office's time zone.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Zone(Tz);

/// A name that is not in the zone database.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", words::unknown_zone(.0))]
pub struct UnknownZone(pub String);

/// What a time read off the wall can mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wall {
    /// One instant, as on all nights but two.
    Once(DateTime<Utc>),
    /// The clocks went back over it: it was on the wall twice.
    Twice(DateTime<Utc>, DateTime<Utc>),
    /// The clocks went forward over it: it was never on the wall.
    Never {
        /// Wall time at which the clocks jumped.
        gap_from: NaiveDateTime,
        /// Wall time they jumped to.
        gap_to: NaiveDateTime,
    },
}

/// A clock change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClockChange {
    /// The instant of the change.
    pub at: DateTime<Utc>,
    /// Minutes ahead of UTC before it.
    pub before_minutes: i32,
    /// Minutes ahead of UTC from it on.
    pub after_minutes: i32,
}

impl ClockChange {
    /// Whether an hour is lost (spring) rather than gained (autumn).
    pub fn is_forward(&self) -> bool {
        self.after_minutes > self.before_minutes
    }
}

impl Zone {
    /// Reads an IANA name such as `Europe/London`.
    pub fn parse(name: &str) -> Result<Self, UnknownZone> {
        name.trim().parse().map(Zone).map_err(|_| UnknownZone(name.trim().to_owned()))
    }

    /// The IANA name.
    pub fn name(&self) -> &'static str {
        self.0.name()
    }

    /// Minutes that the wall is ahead of UTC at this instant.
    pub fn offset_minutes(&self, at: DateTime<Utc>) -> i32 {
        self.0.offset_from_utc_datetime(&at.naive_utc()).fix().local_minus_utc() / 60
    }

    /// What people call the zone at this instant: `GMT`, `BST`; `+03:00` where it has no name.
    pub fn abbreviation(&self, at: DateTime<Utc>) -> String {
        let offset = self.0.offset_from_utc_datetime(&at.naive_utc());
        match offset.abbreviation() {
            Some(name) if name.chars().all(|c| c.is_ascii_alphabetic()) => name.to_owned(),
            _ => offset.fix().to_string(),
        }
    }

    /// What the wall shows at this instant.
    pub fn local(&self, at: DateTime<Utc>) -> NaiveDateTime {
        let offset = TimeDelta::minutes(i64::from(self.offset_minutes(at)));
        at.naive_utc().checked_add_signed(offset).unwrap_or(at.naive_utc())
    }

    /// The day it is in the office at this instant.
    pub fn day(&self, at: DateTime<Utc>) -> NaiveDate {
        self.local(at).date()
    }

    /// The first instant of a day.
    pub fn start_of_day(&self, date: NaiveDate) -> DateTime<Utc> {
        self.earliest(date.and_time(NaiveTime::MIN))
    }

    /// Everything that a wall time can mean.
    pub fn resolve(&self, wall: NaiveDateTime) -> Wall {
        let instant = |offset: chrono_tz::TzOffset| {
            let ahead = TimeDelta::seconds(i64::from(offset.fix().local_minus_utc()));
            wall.checked_sub_signed(ahead).unwrap_or(wall).and_utc()
        };
        match self.0.offset_from_local_datetime(&wall) {
            MappedLocalTime::Single(offset) => Wall::Once(instant(offset)),
            MappedLocalTime::Ambiguous(one, other) => {
                let (one, other) = (instant(one), instant(other));
                Wall::Twice(one.min(other), one.max(other))
            }
            MappedLocalTime::None => match self.gap_around(wall) {
                Some(change) => Wall::Never {
                    gap_from: shift(change.at, change.before_minutes),
                    gap_to: shift(change.at, change.after_minutes),
                },
                // Beyond the years a calendar can hold.
                None => Wall::Once(wall.and_utc()),
            },
        }
    }

    /// The one instant a deadline at this wall time means: the first pass on the night the clocks go back, the
    /// moment of the change where the time is skipped, so that nothing falls due later than was said.
    pub fn earliest(&self, wall: NaiveDateTime) -> DateTime<Utc> {
        match self.resolve(wall) {
            Wall::Once(at) | Wall::Twice(at, _) => at,
            Wall::Never { .. } => self.gap_around(wall).map_or(wall.and_utc(), |change| change.at),
        }
    }

    /// The first clock change after an instant, within a year of it.
    pub fn next_change(&self, after: DateTime<Utc>) -> Option<ClockChange> {
        self.change_within(after, 1)
    }

    /// The last clock change at or before an instant, within a year of it.
    pub fn last_change(&self, before: DateTime<Utc>) -> Option<ClockChange> {
        self.change_within(before, -1)
    }

    /// The first clock change after `from` and not after `to`.
    pub fn change_between(&self, from: DateTime<Utc>, to: DateTime<Utc>) -> Option<ClockChange> {
        self.next_change(from).filter(|change| change.at <= to)
    }

    fn gap_around(&self, wall: NaiveDateTime) -> Option<ClockChange> {
        // No zone is more than 26 hours from another, so the change lies within two days either side.
        let middle = wall.and_utc();
        let from = middle.checked_sub_signed(TimeDelta::days(2))?;
        let mut change = self.next_change(from)?;
        while shift(change.at, change.after_minutes) <= wall {
            change = self.next_change(change.at)?;
        }
        (shift(change.at, change.before_minutes) <= wall).then_some(change)
    }

    fn change_within(&self, from: DateTime<Utc>, direction: i64) -> Option<ClockChange> {
        // Changes happen at whole seconds, so they are looked for between whole seconds.
        let mut near = DateTime::from_timestamp(from.timestamp(), 0)?;
        for _ in 0..YEAR_OF_DAYS {
            let far = near.checked_add_signed(TimeDelta::days(direction))?;
            let (early, late) = (near.min(far), near.max(far));
            if self.offset_minutes(early) != self.offset_minutes(late) {
                return Some(self.bisect(early, late));
            }
            near = far;
        }
        None
    }

    /// Finds the change between two instants with different offsets, to the second.
    fn bisect(&self, mut before: DateTime<Utc>, mut after: DateTime<Utc>) -> ClockChange {
        let (before_minutes, after_minutes) = (self.offset_minutes(before), self.offset_minutes(after));
        while (after - before).num_seconds() > 1 {
            let middle = before + TimeDelta::seconds((after - before).num_seconds() / 2);
            if self.offset_minutes(middle) == before_minutes {
                before = middle;
            } else {
                after = middle;
            }
        }
        ClockChange { at: after, before_minutes, after_minutes }
    }
}

fn shift(at: DateTime<Utc>, minutes: i32) -> NaiveDateTime {
    at.naive_utc() + TimeDelta::minutes(i64::from(minutes))
}

impl Default for Zone {
    fn default() -> Self {
        Self(Tz::Europe__London)
    }
}

impl fmt::Debug for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl fmt::Display for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utc(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    fn wall(text: &str) -> NaiveDateTime {
        text.parse().unwrap()
    }

    #[test]
    fn half_past_one_comes_twice_when_the_clocks_go_back() {
        let zone = Zone::default();
        for (night, first, second) in [
            ("2026-10-25T01:30:00", "2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z"),
            ("2027-10-31T01:00:00", "2027-10-31T00:00:00Z", "2027-10-31T01:00:00Z"),
        ] {
            assert_eq!(zone.resolve(wall(night)), Wall::Twice(utc(first), utc(second)));
            assert_eq!(zone.abbreviation(utc(first)), "BST");
            assert_eq!(zone.abbreviation(utc(second)), "GMT");
            assert_eq!(zone.earliest(wall(night)), utc(first));
        }
    }

    #[test]
    fn half_past_one_never_comes_when_they_go_forward() {
        let zone = Zone::default();
        let skipped =
            Wall::Never { gap_from: wall("2027-03-28T01:00:00"), gap_to: wall("2027-03-28T02:00:00") };
        assert_eq!(zone.resolve(wall("2027-03-28T01:30:00")), skipped);
        assert_eq!(zone.resolve(wall("2027-03-28T01:00:00")), skipped);
        assert_eq!(zone.resolve(wall("2027-03-28T02:00:00")), Wall::Once(utc("2027-03-28T01:00:00Z")));
        assert_eq!(zone.earliest(wall("2027-03-28T01:30:00")), utc("2027-03-28T01:00:00Z"));
    }

    #[test]
    fn the_changes_either_side_of_a_moment() {
        let zone = Zone::default();
        let now = utc("2026-11-21T21:04:00Z");
        let (last, next) = (zone.last_change(now).unwrap(), zone.next_change(now).unwrap());
        assert_eq!((last.at, last.is_forward()), (utc("2026-10-25T01:00:00Z"), false));
        assert_eq!((next.at, next.is_forward()), (utc("2027-03-28T01:00:00Z"), true));
        assert_eq!(
            zone.next_change(utc("2026-10-24T23:00:00.250Z")).unwrap().at,
            utc("2026-10-25T01:00:00Z")
        );
        assert_eq!(Zone::parse("Asia/Tokyo").unwrap().next_change(now), None);
    }

    #[test]
    fn a_day_starts_at_midnight_of_the_office() {
        let zone = Zone::default();
        assert_eq!(zone.start_of_day("2026-10-25".parse().unwrap()), utc("2026-10-24T23:00:00Z"));
        assert_eq!(zone.day(utc("2026-06-30T23:30:00Z")), "2026-07-01".parse().unwrap());
        // A zone whose clocks change at midnight: the day begins when the gap ends.
        let santiago = Zone::parse("America/Santiago").unwrap();
        assert_eq!(santiago.start_of_day("2026-09-06".parse().unwrap()), utc("2026-09-06T04:00:00Z"));
        assert!(Zone::parse("Europe/Londinium").is_err());
    }
}

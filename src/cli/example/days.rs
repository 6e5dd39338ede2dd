//! When the telephone rings in the example office: more by day than by night, more in the morning and at tea.

use chrono::{DateTime, NaiveTime, TimeDelta, Utc};

use super::draws::Draws;
use crate::domain::time::{Wall, Zone};

/// How busy each hour of the day is, from midnight.
const BUSY: [u64; 24] = [1, 1, 1, 1, 1, 1, 2, 3, 4, 4, 4, 4, 3, 3, 3, 3, 4, 5, 4, 4, 3, 2, 2, 1];
/// The least and the most days that an example goes back.
const DAYS: (u64, u64) = (35, 730);
/// Calls a day, as far as the days suffice.
const CALLS_A_DAY: u64 = 24;

/// The times at which calls come in, in order, without holding them all.
pub(super) struct Days {
    first: chrono::NaiveDate,
    zone: Zone,
    now: DateTime<Utc>,
    calls: u64,
    next: u64,
    /// Busy seconds in all the days together.
    busy: u64,
    /// Calls in the hour that comes twice, still to be made.
    twice: Vec<DateTime<Utc>>,
    waiting: Option<DateTime<Utc>>,
}

impl Days {
    /// The days of so many calls up to now.
    pub fn new(calls: u64, now: DateTime<Utc>, zone: Zone) -> Self {
        let days = (calls / CALLS_A_DAY).clamp(DAYS.0, DAYS.1);
        let today = zone.day(now);
        let first = today - TimeDelta::days(i64::try_from(days).unwrap_or(0));
        let begins = zone.start_of_day(first);
        // One call in each pass of the hour that comes twice, so that every example of that night shows both.
        let twice = zone
            .change_between(begins, now)
            .filter(|change| !change.is_forward())
            .map(|change| {
                let wall = zone.local(change.at) + TimeDelta::minutes(30);
                match zone.resolve(wall) {
                    Wall::Twice(one, other) => vec![other, one],
                    Wall::Once(_) | Wall::Never { .. } => Vec::new(),
                }
            })
            .unwrap_or_default();
        let a_day: u64 = BUSY.iter().map(|weight| weight * 3600).sum();
        Self { first, zone, now, calls, next: 0, busy: a_day * (days + 1), twice, waiting: None }
    }

    /// The start of the first day.
    pub fn begin(&self) -> DateTime<Utc> {
        self.zone.start_of_day(self.first)
    }

    /// The time of the next call; `None` once now is reached.
    pub fn next(&mut self, draws: &mut Draws) -> Option<DateTime<Utc>> {
        let drawn = match self.waiting.take() {
            Some(at) => Some(at),
            None => self.drawn(draws),
        };
        match (self.twice.last().copied(), drawn) {
            (Some(special), Some(at)) if special <= at => {
                self.waiting = Some(at);
                self.twice.pop()
            }
            (Some(_), None) => self.twice.pop(),
            (_, drawn) => drawn,
        }
    }

    fn drawn(&mut self, draws: &mut Draws) -> Option<DateTime<Utc>> {
        if self.next == self.calls {
            return None;
        }
        let stride = self.busy / self.calls.max(1);
        let place = self.next * stride + draws.below(stride);
        self.next += 1;
        Some(self.wall(place)).filter(|at| *at <= self.now)
    }

    /// The instant at a place in busy time.
    fn wall(&self, place: u64) -> DateTime<Utc> {
        let a_day: u64 = BUSY.iter().map(|weight| weight * 3600).sum();
        let date = self.first + TimeDelta::days(i64::try_from(place / a_day).unwrap_or(0));
        let mut left = place % a_day;
        let mut hour = 0;
        for weight in BUSY {
            if left < weight * 3600 {
                left /= weight;
                break;
            }
            left -= weight * 3600;
            hour += 1;
        }
        let second = u32::try_from(hour * 3600 + left).unwrap_or(0);
        let time = NaiveTime::from_num_seconds_from_midnight_opt(second, 0).unwrap_or(NaiveTime::MIN);
        self.zone.earliest(date.and_time(time))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn calls_come_in_the_order_of_time_and_both_passes_of_half_past_one_are_among_them() {
        let (zone, now) = (Zone::default(), "2026-11-21T21:04:00Z".parse().unwrap());
        let (mut days, mut draws) = (Days::new(200, now, zone), Draws::new(1));
        let mut calls = Vec::new();
        while let Some(at) = days.next(&mut draws) {
            calls.push(at);
        }
        assert!(calls.is_sorted());
        assert!(calls.len() > 190 && calls.len() <= 202, "{}", calls.len());
        assert!(calls[0] < "2026-10-19T00:00:00Z".parse::<DateTime<Utc>>().unwrap());
        for pass in ["2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z"] {
            assert!(calls.contains(&pass.parse().unwrap()), "{pass}");
        }
        let night = calls.iter().filter(|at| zone.local(**at).format("%H").to_string() < "06".into()).count();
        assert!(night > 5 && night < calls.len() / 4, "{night}");
    }
}

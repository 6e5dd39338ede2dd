//! The clock and chance of the running program: the only place that asks the operating system for either.

use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

use crate::domain::chance::Chance;
pub use crate::domain::clocks::JUMP;

/// Now.
#[expect(clippy::disallowed_methods, reason = "this is the one place that reads the clock")]
pub fn now() -> DateTime<Utc> {
    Utc::now()
}

/// How long this machine has been running, asleep or not: nobody sets it, so that it tells when the clock was set.
fn running() -> TimeDelta {
    let since = rustix::time::clock_gettime(rustix::time::ClockId::Boottime);
    TimeDelta::seconds(since.tv_sec) + TimeDelta::nanoseconds(since.tv_nsec)
}

/// The pace of the clock on the wall beside one that nobody sets.
#[derive(Debug, Clone, Copy)]
pub struct Pace {
    wall: DateTime<Utc>,
    running: TimeDelta,
}

impl Pace {
    /// From now on.
    pub fn begun() -> Self {
        Self { wall: now(), running: running() }
    }

    /// Whether the clock jumped since it was last asked: what it would show, and by how much it went on or back.
    pub fn jumped(&mut self) -> Option<(DateTime<Utc>, TimeDelta)> {
        self.jumped_by(now(), running())
    }

    fn jumped_by(&mut self, wall: DateTime<Utc>, running: TimeDelta) -> Option<(DateTime<Utc>, TimeDelta)> {
        let expected = self.wall + (running - self.running);
        *self = Self { wall, running };
        Some((expected, wall - expected)).filter(|(_, by)| by.abs() >= JUMP)
    }
}

/// Chance from the operating system.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemChance;

impl Chance for SystemChance {
    fn bytes32(&mut self) -> [u8; 32] {
        let mut bytes = [0; 32];
        fill(&mut bytes);
        bytes
    }

    /// An id that begins with the time (UUID version 7), so that ids sort roughly as they were made.
    fn uuid(&mut self) -> Uuid {
        let mut random = [0; 10];
        fill(&mut random);
        let millis = u64::try_from(now().timestamp_millis()).unwrap_or(0);
        uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid()
    }
}

/// So many fresh ids.
pub fn ids(count: usize) -> Vec<Uuid> {
    let mut chance = SystemChance;
    std::iter::repeat_with(|| chance.uuid()).take(count).collect()
}

fn fill(bytes: &mut [u8]) {
    getrandom::fill(bytes).expect("an operating system without random numbers cannot keep records apart");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_that_jumps_is_told_from_one_that_goes_on_and_a_machine_that_slept() {
        let at = |time: &str| time.parse::<DateTime<Utc>>().unwrap();
        let mut pace = Pace { wall: at("2026-11-21T21:00:00Z"), running: TimeDelta::hours(5) };
        let mut after =
            |minutes, wall| pace.jumped_by(at(wall), TimeDelta::hours(5) + TimeDelta::minutes(minutes));
        assert_eq!(after(4, "2026-11-21T21:04:00Z"), None);
        // Set right over the network by a few seconds.
        assert_eq!(after(5, "2026-11-21T21:05:20Z"), None);
        assert_eq!(
            after(6, "2026-11-21T20:23:20Z"),
            Some((at("2026-11-21T21:06:20Z"), TimeDelta::minutes(-43)))
        );
        assert_eq!(after(7, "2026-11-21T20:24:20Z"), None, "it is told once");
        assert_eq!(
            after(8, "2026-11-21T21:08:20Z"),
            Some((at("2026-11-21T20:25:20Z"), TimeDelta::minutes(43)))
        );
        // Eight hours with the lid shut: both went on.
        assert_eq!(after(488, "2026-11-22T05:08:20Z"), None);
        assert_eq!(Pace::begun().jumped(), None);
    }

    #[test]
    fn ids_carry_their_version_and_differ() {
        let made = ids(50);
        assert!(made.iter().all(|id| id.get_version_num() == 7));
        assert_eq!(made.iter().collect::<std::collections::BTreeSet<_>>().len(), 50);
    }
}

//! The clock and chance of the running program: the only place that asks the operating system for either.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::domain::chance::Chance;

/// Now.
#[expect(clippy::disallowed_methods, reason = "this is the one place that reads the clock")]
pub fn now() -> DateTime<Utc> {
    Utc::now()
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
    fn ids_carry_their_version_and_differ() {
        let made = ids(50);
        assert!(made.iter().all(|id| id.get_version_num() == 7));
        assert_eq!(made.iter().collect::<std::collections::BTreeSet<_>>().len(), 50);
    }
}

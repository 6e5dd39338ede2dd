//! Drawing lots from a seed: the same lots for the same seed, on every machine.

use std::ops::RangeInclusive;

use uuid::Uuid;

use crate::domain::chance::{Chance, Seeded};

/// A sequence of lots.
pub(super) struct Draws(Seeded, u64);

impl Draws {
    /// The sequence of this seed. Apart from the one that salts the entries.
    pub fn new(seed: u64) -> Self {
        Self(Seeded::new(seed ^ 0x5EED_0FFC_E000_0000), seed)
    }

    /// A sequence of its own for what has this name, of the same seed.
    pub fn apart(&self, name: &str) -> Self {
        let of_name = name.bytes().fold(self.1, |seed, byte| seed.rotate_left(8) ^ u64::from(byte));
        Self::new(of_name)
    }

    /// A number below `limit`; 0 where the limit is.
    pub fn below(&mut self, limit: u64) -> u64 {
        let bytes = self.0.bytes32();
        let drawn = bytes.iter().take(8).fold(0u64, |sum, byte| sum << 8 | u64::from(*byte));
        // The bias of the remainder is far below anything that could be noticed in an office.
        drawn.checked_rem(limit).unwrap_or(0)
    }

    /// A number within a range.
    pub fn within(&mut self, range: &RangeInclusive<u32>) -> u32 {
        let span = u64::from(range.end() - range.start()) + 1;
        range.start() + u32::try_from(self.below(span)).unwrap_or(0)
    }

    /// One of several; `None` of none.
    pub fn one_of<'a, T>(&mut self, all: &'a [T]) -> Option<&'a T> {
        all.get(usize::try_from(self.below(all.len() as u64)).unwrap_or(0))
    }

    /// Whether something with these odds in a hundred happens.
    pub fn happens(&mut self, odds: u32) -> bool {
        self.below(100) < u64::from(odds)
    }

    /// A new id.
    pub fn id(&mut self) -> Uuid {
        self.0.uuid()
    }
}

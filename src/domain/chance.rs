//! Chance: random ids and salts, handed in by whoever runs the program.
//!
//! The real one asks the operating system and lives in `runtime::clock`; [`Seeded`] gives the same sequence for
//! the same seed, for tests and the example office, and must never salt a real office's entries.

use sha2::{Digest, Sha256};
use uuid::Uuid;

/// A source of random ids and salts.
pub trait Chance: Send {
    /// Thirty-two random bytes: the salt of one entry's body.
    fn bytes32(&mut self) -> [u8; 32];
    /// A new id.
    fn uuid(&mut self) -> Uuid;
}

/// The same sequence for the same seed.
#[derive(Debug, Clone)]
pub struct Seeded {
    seed: u64,
    drawn: u64,
}

impl Seeded {
    /// Starts the sequence of this seed.
    pub fn new(seed: u64) -> Self {
        Self { seed, drawn: 0 }
    }
}

impl Chance for Seeded {
    fn bytes32(&mut self) -> [u8; 32] {
        self.drawn += 1;
        Sha256::new()
            .chain_update(self.seed.to_be_bytes())
            .chain_update(self.drawn.to_be_bytes())
            .finalize()
            .into()
    }

    fn uuid(&mut self) -> Uuid {
        let mut bytes = [0; 16];
        bytes.copy_from_slice(&self.bytes32()[..16]);
        uuid::Builder::from_random_bytes(bytes).into_uuid()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_gives_its_sequence_and_no_other() {
        let (mut one, mut same, mut other) = (Seeded::new(1), Seeded::new(1), Seeded::new(2));
        assert_eq!((one.uuid(), one.bytes32()), (same.uuid(), same.bytes32()));
        assert_ne!(one.uuid(), one.uuid());
        assert_ne!(one.bytes32(), other.bytes32());
    }
}

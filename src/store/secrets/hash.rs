//! Argon2id (RFC 9106) of a PIN or passphrase, and the pepper it is made with.
//!
//! The parameters stand with each hash, so that they can be raised without asking anybody for a new one.

use std::fs;

use argon2::{Algorithm, Argon2, Params, Version};
use zeroize::Zeroizing;

use crate::domain::chance::Chance;
use crate::domain::secret::Secret;
use crate::domain::words::store as words;
use crate::store::beside;
use crate::store::dir::OfficeDir;
use crate::store::error::ReadError;

/// Bytes of a hash, and of the pepper.
const BYTES: usize = 32;
/// No stored parameter may ask for more: a file that somebody changed must not take the machine's memory.
const MOST: Cost = Cost { memory: 1024 * 1024, passes: 16, lanes: 16 };

/// The pepper's bytes.
pub(super) type Pepper = Zeroizing<Vec<u8>>;

/// What a hash costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Cost {
    /// Memory in KiB.
    pub(super) memory: u32,
    /// Passes over it.
    pub(super) passes: u32,
    /// Lanes.
    pub(super) lanes: u32,
}

impl Cost {
    /// 64 MiB, three passes, one lane: about a seventh of a second, above what OWASP asks for at least.
    pub(super) const STANDARD: Self = Self { memory: 64 * 1024, passes: 3, lanes: 1 };
}

/// A secret as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Hashed {
    pub(super) cost: Cost,
    pub(super) salt: [u8; 16],
    pub(super) hash: [u8; BYTES],
}

impl Hashed {
    /// Hashes a secret.
    pub(super) fn of(
        secret: &Secret,
        salt: [u8; 16],
        cost: Cost,
        pepper: &Pepper,
    ) -> Result<Self, ReadError> {
        let too_much = cost.memory > MOST.memory || cost.passes > MOST.passes || cost.lanes > MOST.lanes;
        let failed = |_| ReadError::Failed(words::NO_HASH.to_owned());
        if too_much {
            return Err(ReadError::Failed(words::NO_HASH.to_owned()));
        }
        let params = Params::new(cost.memory, cost.passes, cost.lanes, Some(BYTES)).map_err(failed)?;
        let argon = Argon2::new_with_secret(pepper, Algorithm::Argon2id, Version::V0x13, params);
        let mut hash = [0; BYTES];
        argon.map_err(failed)?.hash_password_into(&secret.bytes(), &salt, &mut hash).map_err(failed)?;
        Ok(Self { cost, salt, hash })
    }

    /// Whether it is the hash of this secret. How many bytes agree does not tell by the time it takes.
    pub(super) fn is_of(&self, secret: &Secret, pepper: &Pepper) -> Result<bool, ReadError> {
        let made = Self::of(secret, self.salt, self.cost, pepper)?;
        let differs =
            self.hash.iter().zip(made.hash).fold(0, |differs, (one, other)| differs | (one ^ other));
        Ok(std::hint::black_box(differs) == 0)
    }
}

/// The pepper. Without it no secret can be checked: a new one would make every one of them wrong without saying so.
pub(super) fn pepper(dir: &OfficeDir) -> Result<Pepper, ReadError> {
    let found = fs::read(dir.pepper()).map(Zeroizing::new);
    found
        .ok()
        .filter(|bytes| bytes.len() == BYTES)
        .ok_or_else(|| ReadError::Failed(words::NO_PEPPER.to_owned()))
}

/// The pepper, made where there is none yet. Of two programs that make one at once, one does.
pub(super) fn make_pepper(dir: &OfficeDir, chance: &mut dyn Chance) -> Result<Pepper, ReadError> {
    beside::secret(dir, &dir.pepper(), chance).map_err(|error| ReadError::Failed(error.to_string()))?;
    pepper(dir)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Far too little for a real one.
    const LITTLE: Cost = Cost { memory: 64, passes: 1, lanes: 1 };

    #[test]
    fn a_hash_is_of_its_secret_its_salt_and_its_pepper_alone() {
        let (one, other) = (Zeroizing::new(vec![1; BYTES]), Zeroizing::new(vec![2; BYTES]));
        let made = Hashed::of(&Secret::from("481516"), [7; 16], LITTLE, &one).unwrap();
        assert!(made.is_of(&Secret::from("481516"), &one).unwrap());
        assert!(!made.is_of(&Secret::from("481517"), &one).unwrap());
        assert!(!made.is_of(&Secret::from("481516"), &other).unwrap());
        assert_ne!(made.hash, Hashed::of(&Secret::from("481516"), [8; 16], LITTLE, &one).unwrap().hash);
    }

    #[test]
    fn a_changed_file_cannot_ask_for_all_of_the_machines_memory() {
        let cost = Cost { memory: 64 * 1024 * 1024, ..LITTLE };
        let pepper = Zeroizing::new(vec![1; BYTES]);
        assert!(Hashed::of(&Secret::from("481516"), [7; 16], cost, &pepper).is_err());
    }
}

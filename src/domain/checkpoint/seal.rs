//! A seal: what an office signs of a pack that leaves it, so that nothing in that copy can be changed unseen.
//!
//! It is a signed note like a checkpoint, by the same key, with another first line, so that neither is ever taken for the
//! other:
//!
//! ```text
//! dutydesk/pack
//! dutydesk/office/00112233-4455-6677-8899-aabbccddeeff
//! list 6bb574fc…64 hexadecimal digits…
//! checkpoint 2 a1e3d581…64 hexadecimal digits…
//! made 2026-11-26T11:30:00Z
//!
//! — dutydesk/office/00112233-4455-6677-8899-aabbccddeeff hYdNEq…base64…
//! ```
//!
//! The lines are these, in this order: what it is of; the origin of the office, which is the name of the key; the SHA-256 of
//! the pack's list (what a list is, the pack's own form says); the size and the root of the checkpoint that goes with it;
//! when it was signed, UTC by the clock of the office's machine. Lines that follow are passed over.

use chrono::{DateTime, SecondsFormat, Utc};

use super::super::ids::Hash32;
use super::{NoteFault, PublicKey, SigningKey, number, signed_text};

/// The first line.
const OF_A_PACK: &str = "dutydesk/pack";

/// What is signed of a pack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seal {
    /// Whose record it is from: see [`super::origin`].
    pub origin: String,
    /// The SHA-256 of its list.
    pub list: Hash32,
    /// How many entries the checkpoint speaks of that goes with it, and the root of their tree.
    pub checkpoint: (u64, Hash32),
    /// When it was signed, by the clock of whoever did.
    pub made: DateTime<Utc>,
}

impl Seal {
    fn text(&self) -> String {
        let Self { origin, list, checkpoint: (size, root), made } = self;
        let made = made.to_rfc3339_opts(SecondsFormat::Secs, true);
        format!("{OF_A_PACK}\n{origin}\nlist {list}\ncheckpoint {size} {root}\nmade {made}\n")
    }

    /// The whole note: the seal and the signature below it.
    pub fn note(&self, key: &SigningKey) -> String {
        key.signed(&self.text())
    }

    /// Reads a seal that this key has signed.
    ///
    /// # Errors
    /// See [`NoteFault`].
    pub fn read(note: &str, key: &PublicKey) -> Result<Self, NoteFault> {
        Self::of_text(signed_text(note, std::slice::from_ref(key))?).ok_or(NoteFault::Form)
    }

    fn of_text(text: &str) -> Option<Self> {
        let mut lines = text.lines();
        lines.next().filter(|line| *line == OF_A_PACK)?;
        let origin = lines.next()?.to_owned();
        let list = lines.next()?.strip_prefix("list ")?.parse().ok()?;
        let (size, root) = lines.next()?.strip_prefix("checkpoint ")?.split_once(' ')?;
        let made = lines.next()?.strip_prefix("made ")?;
        Some(Self {
            origin,
            list,
            checkpoint: (number(size)?, root.parse().ok()?),
            made: DateTime::parse_from_rfc3339(made).ok()?.to_utc(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::Checkpoint;
    use super::*;

    #[test]
    fn a_seal_is_read_back_and_is_no_checkpoint_nor_the_other_way_round() {
        let key = SigningKey::of("dutydesk/office/1", &[7; 32]);
        let made = DateTime::from_timestamp(1_792_000_000, 0).unwrap();
        let (list, root) = (Hash32([1; 32]), Hash32([2; 32]));
        let seal = Seal { origin: "dutydesk/office/1".to_owned(), list, checkpoint: (9, root), made };
        let note = seal.note(&key);
        assert_eq!(Seal::read(&note, &key.public()), Ok(seal.clone()));
        let checkpoint = Checkpoint {
            origin: seal.origin.clone(),
            size: 9,
            root,
            chain: None,
            looks: None,
            made: Some(made),
        };
        assert_eq!(Seal::read(&key.note(&checkpoint), &key.public()), Err(NoteFault::Form));
        assert_eq!(Checkpoint::read(&note, &[key.public()]), Err(NoteFault::Form));
        let later = note.replace("made 2026", "made 2027");
        assert_eq!(Seal::read(&later, &key.public()), Err(NoteFault::False));
        let other = SigningKey::of("dutydesk/office/1", &[8; 32]).public();
        assert_eq!(Seal::read(&note, &other), Err(NoteFault::NotSigned));
    }
}

//! Identifiers. Random ones are made in `runtime::clock` and handed in; derived ones are derived here, so that
//! a ledger replayed elsewhere gives the same ids.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::words::text as words;

/// Text that is not an identifier of the kind asked for.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", words::not_an_id(.0))]
pub struct NotAnId(pub String);

macro_rules! uuid_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.hyphenated().fmt(f)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({})", stringify!($name), self.0.hyphenated())
            }
        }

        impl FromStr for $name {
            type Err = NotAnId;
            fn from_str(text: &str) -> Result<Self, NotAnId> {
                Uuid::parse_str(text).map($name).map_err(|_| NotAnId(text.to_owned()))
            }
        }
    };
}

uuid_id! {
    /// One entry of the ledger. An entry saved from a form carries its draft's id, so that saving twice is one entry.
    EntryId
}
uuid_id! {
    /// One case: the id of the entry that opened it. A record of a register (a person, a member of staff, an
    /// organisation, a location) is a case of a register pathway and is named by the same kind of id.
    CaseId
}
uuid_id! {
    /// One unfinished form, kept as it is typed.
    DraftId
}
uuid_id! {
    /// One warning sign: it follows from the rule and from what shows it, so that whoever works it out has the same.
    SignId
}

impl From<EntryId> for CaseId {
    fn from(opened_by: EntryId) -> Self {
        Self(opened_by.0)
    }
}

impl From<DraftId> for EntryId {
    fn from(draft: DraftId) -> Self {
        Self(draft.0)
    }
}

impl SignId {
    /// The id of the entry by which the sign is put on record: the same whoever notices it first.
    pub fn raised(self) -> EntryId {
        EntryId(self.0).derived("raised")
    }
}

impl EntryId {
    /// The id of an entry that follows from this one (a record made on the spot, a case opened by a step): the same
    /// wherever and however often it is worked out.
    pub fn derived(self, place: &str) -> EntryId {
        EntryId(Uuid::new_v5(&self.0, place.as_bytes()))
    }
}

/// One commitment: the entry that opened it and the place in that entry (`then.decision`, `promises.0`), so
/// that a rebuild of the derived tables gives every commitment the id it had.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CommitmentId {
    /// The entry that opened it.
    pub entry: EntryId,
    /// Where in that entry: `then.STEP` (with `.2` and so on for the same step again), `incomplete`, `FIELD.ROW`,
    /// `FIELD.ITEM` for a line of a checklist, or `on`; for the further occurrences of a series `.series.N` behind it, for
    /// what an amendment of another entry opened anew `.of.SEQ`.
    pub place: String,
}

impl fmt::Display for CommitmentId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.entry, self.place)
    }
}

impl FromStr for CommitmentId {
    type Err = NotAnId;
    fn from_str(text: &str) -> Result<Self, NotAnId> {
        let (entry, place) = text.split_once('/').ok_or_else(|| NotAnId(text.to_owned()))?;
        if place.is_empty() {
            return Err(NotAnId(text.to_owned()));
        }
        Ok(Self { entry: entry.parse()?, place: place.to_owned() })
    }
}

impl Serialize for CommitmentId {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for CommitmentId {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

/// Entry number in the ledger, from 1 without gaps.
pub type Seq = u64;

/// A SHA-256 value, shown as 64 hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hash32(pub [u8; 32]);

impl fmt::Display for Hash32 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Hash32 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

impl FromStr for Hash32 {
    type Err = NotAnId;
    fn from_str(text: &str) -> Result<Self, NotAnId> {
        let wrong = || NotAnId(text.to_owned());
        if text.len() != 64 || !text.is_ascii() {
            return Err(wrong());
        }
        let mut bytes = [0; 32];
        for (at, byte) in bytes.iter_mut().enumerate() {
            let pair = text.get(at * 2..at * 2 + 2).ok_or_else(wrong)?;
            *byte = u8::from_str_radix(pair, 16).map_err(|_| wrong())?;
        }
        Ok(Self(bytes))
    }
}

impl Serialize for Hash32 {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Hash32 {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

/// The edition of the definitions in force: SHA-256 over the names and hashes of its files.
pub type EditionId = Hash32;

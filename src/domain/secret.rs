//! PINs and passphrases: what may be one, what is asked of whoever signs in, and how long wrong ones make wait.
//!
//! Pure: how they are hashed and counted is left to [`crate::store::secrets`]. No secret is ever shown, kept in a draft or
//! put into words: [`Secret`] prints as dots and is wiped when it is dropped.

use std::fmt;

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;
use zeroize::Zeroizing;

use super::ids::CaseId;
use super::words::secret as words;

/// The least digits of a PIN.
pub const LEAST_DIGITS: usize = 6;
/// The least characters of a passphrase.
pub const LEAST_CHARACTERS: usize = 10;
/// The most characters of either: room is made for them at once, so that no half of one stays behind in memory.
pub const MOST_CHARACTERS: usize = 128;
/// So many wrong ones lock a person, or a station.
pub const MOST_MISSES: u32 = 10;
/// So many wrong ones cost no waiting.
const FREE_MISSES: u32 = 3;
/// The longest wait between two tries.
const LONGEST_WAIT: i64 = 60;

/// What somebody types to show that it is them.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(Zeroizing<String>);

impl Default for Secret {
    fn default() -> Self {
        Self(Zeroizing::new(String::with_capacity(MOST_CHARACTERS * 4)))
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(..)")
    }
}

impl From<&str> for Secret {
    fn from(text: &str) -> Self {
        let mut secret = Self::default();
        text.chars().for_each(|c| secret.push(c));
        secret
    }
}

impl Secret {
    /// One more character. Controls, and what is more than anybody needs, are left out.
    pub fn push(&mut self, c: char) {
        if !c.is_control() && self.characters() < MOST_CHARACTERS {
            self.0.push(c);
        }
    }

    /// One character less.
    pub fn pop(&mut self) {
        self.0.pop();
    }

    /// How many characters were typed.
    pub fn characters(&self) -> usize {
        self.0.chars().count()
    }

    /// Whether nothing was typed.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The bytes that are hashed: composed, so that two keyboards mean the same by one letter.
    pub fn bytes(&self) -> Zeroizing<Vec<u8>> {
        let mut bytes = Zeroizing::new(Vec::with_capacity(MOST_CHARACTERS * 12));
        for c in self.0.nfc() {
            bytes.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
        }
        bytes
    }

    /// Which of the two it is: only digits are a PIN.
    pub fn kind(&self) -> SecretKind {
        if self.0.chars().all(|c| c.is_ascii_digit()) { SecretKind::Pin } else { SecretKind::Passphrase }
    }

    /// Whether it may be chosen.
    ///
    /// # Errors
    /// Why not, in words that are shown and say nothing of what was typed.
    pub fn may_be_chosen(&self) -> Result<(), &'static str> {
        match self.kind() {
            SecretKind::Pin if self.characters() < LEAST_DIGITS => Err(words::TOO_SHORT),
            SecretKind::Pin if self.is_a_row() => Err(words::TOO_PLAIN),
            SecretKind::Passphrase if self.characters() < LEAST_CHARACTERS => Err(words::TOO_SHORT),
            _ if self.is_one_character() => Err(words::TOO_PLAIN),
            _ => Ok(()),
        }
    }

    fn is_one_character(&self) -> bool {
        let mut all = self.0.chars();
        all.next().is_some_and(|first| all.all(|c| c == first))
    }

    /// Digits that only count up or down, or are all the same.
    fn is_a_row(&self) -> bool {
        let digits = self.0.as_bytes();
        [0_u8, 1, 9]
            .into_iter()
            .any(|step| digits.windows(2).all(|pair| (pair[0] - b'0' + step) % 10 == pair[1] - b'0'))
    }
}

/// A PIN or a passphrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SecretKind {
    /// Digits.
    Pin,
    /// Anything else.
    Passphrase,
}

impl SecretKind {
    /// The word it is kept under.
    pub fn word(self) -> &'static str {
        match self {
            Self::Pin => "pin",
            Self::Passphrase => "passphrase",
        }
    }

    /// What was kept under this word.
    pub fn of(word: &str) -> Option<Self> {
        [Self::Pin, Self::Passphrase].into_iter().find(|kind| kind.word() == word)
    }
}

/// That somebody has a secret, never which.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Held {
    /// Which kind.
    pub kind: SecretKind,
    /// Somebody else gave it to them: at the next sign-in they choose their own.
    pub temporary: bool,
    /// Since when.
    pub set_at: DateTime<Utc>,
}

/// What is asked of somebody who says who they are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Challenge {
    /// Nothing: they have no secret, and nobody needs one.
    Nothing,
    /// The secret they have.
    Secret(SecretKind),
    /// To choose one now: everybody needs one, they have none, and somebody who may stands by it.
    Choose,
    /// Somebody else has to stand by it first; who may, in words.
    Refused(String),
}

/// What came of a try.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// It is theirs. One that was given to them is to be replaced now.
    Right {
        /// Somebody else gave it to them.
        temporary: bool,
    },
    /// It is not; the next try counts from then on.
    Wrong {
        /// When the next is looked at.
        again_at: DateTime<Utc>,
        /// How many are left before the lock.
        left: u32,
    },
    /// Too soon after the last: it was not looked at.
    Wait(DateTime<Utc>),
    /// Too many: it was not looked at, and another person has to unlock this.
    Locked(Barred),
    /// They have none.
    None,
}

/// What too many wrong ones have locked.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Barred {
    /// A member of staff, wherever they try.
    Staff(CaseId),
    /// A station, whoever tries there.
    Station(String),
}

/// How long after so many wrong ones the next is looked at: 1, 2, 4 ... 60 seconds from the third on.
pub fn wait(misses: u32) -> TimeDelta {
    let seconds = match misses.checked_sub(FREE_MISSES) {
        None => 0,
        Some(beyond) => 1_i64.checked_shl(beyond.min(16)).unwrap_or(LONGEST_WAIT).min(LONGEST_WAIT),
    };
    // The ninth is the last before the lock: it waits longest.
    TimeDelta::seconds(if misses + 1 >= MOST_MISSES { LONGEST_WAIT } else { seconds })
}

/// How an office asks who is at the keyboard: its `sign-in.toml`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SignInRules {
    /// A desk at which nobody pressed a key for so long locks.
    pub idle: TimeDelta,
    /// Nobody signs in without a PIN or passphrase.
    pub everybody: bool,
}

impl Default for SignInRules {
    fn default() -> Self {
        Self { idle: TimeDelta::minutes(3), everybody: false }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pin_of_six_digits_that_are_no_row_may_be_chosen_and_a_passphrase_of_ten_characters() {
        let may = |text: &str| Secret::from(text).may_be_chosen().is_ok();
        for good in ["481516", "204060", "correct horse", "\u{e9}t\u{e9} 2026 tea"] {
            assert!(may(good), "{good}");
        }
        for bad in ["", "48151", "111111", "123456", "987654", "890123", "short one", "aaaaaaaaaaaa"] {
            assert!(!may(bad), "{bad}");
        }
        assert_eq!(Secret::from("481516").kind(), SecretKind::Pin);
        assert_eq!(Secret::from("481516 ").kind(), SecretKind::Passphrase);
    }

    #[test]
    fn it_prints_as_nothing_and_two_keyboards_mean_the_same_letter() {
        assert_eq!(format!("{:?}", Secret::from("481516")), "Secret(..)");
        assert_eq!(Secret::from("e\u{301}").bytes(), Secret::from("\u{e9}").bytes());
        let long = "9".repeat(500);
        assert_eq!(Secret::from(long.as_str()).characters(), MOST_CHARACTERS);
    }

    #[test]
    fn waiting_begins_at_the_third_and_doubles_up_to_a_minute() {
        let seconds: Vec<i64> = (0..10).map(|misses| wait(misses).num_seconds()).collect();
        assert_eq!(seconds, [0, 0, 0, 1, 2, 4, 8, 16, 32, 60]);
    }
}

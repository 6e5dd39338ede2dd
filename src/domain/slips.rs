//! Numbers of paper slips, as they are typed, kept and shown: `0047`, `51-100`, `47, 51-60`.
//!
//! A slip's number is its own for ever: it is given out once. Who gave it out, and what became of it, is left to the
//! ledger; here sets of numbers are read, written and counted.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The greatest number a slip can have.
pub const GREATEST: u32 = 999_999;

/// A set of numbers, as runs that neither touch nor overlap, lowest first.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Slips(Vec<(u32, u32)>);

impl Slips {
    /// No number.
    pub const NONE: Self = Self(Vec::new());

    /// Reads what somebody typed: numbers and runs, separated by commas or blanks; leading noughts do not matter. `None`
    /// where it is no such list, a run goes backwards, or a number is 0 or beyond [`GREATEST`].
    pub fn read(text: &str) -> Option<Self> {
        let mut slips = Self::default();
        let text = text.replace(['–', '—'], "-").replace(" to ", "-").replace(" - ", "-");
        for part in text.split([',', ';', ' ']).map(str::trim).filter(|part| !part.is_empty()) {
            let (from, to) = match part.split_once('-') {
                Some((from, to)) => (number(from)?, number(to)?),
                None => (number(part)?, number(part)?),
            };
            if from > to {
                return None;
            }
            slips.add(from, to);
        }
        (!slips.0.is_empty()).then_some(slips)
    }

    /// A run of numbers, both ends in it.
    pub fn run(from: u32, to: u32) -> Self {
        let mut slips = Self::default();
        slips.add(from, to);
        slips
    }

    /// Adds a run.
    pub fn add(&mut self, from: u32, to: u32) {
        if from > to {
            return;
        }
        let (mut from, mut to) = (from, to);
        self.0.retain(|(low, high)| {
            let apart = high.saturating_add(1) < from || to.saturating_add(1) < *low;
            if !apart {
                (from, to) = (from.min(*low), to.max(*high));
            }
            apart
        });
        let at = self.0.partition_point(|(low, _)| *low < from);
        self.0.insert(at, (from, to));
    }

    /// Adds all of another set.
    pub fn extend(&mut self, other: &Self) {
        other.0.iter().for_each(|(from, to)| self.add(*from, *to));
    }

    /// Those that are not in the other set.
    pub fn without(&self, other: &Self) -> Self {
        let mut left = Self::default();
        for (from, to) in &self.0 {
            let mut next = *from;
            for (low, high) in other.0.iter().filter(|(low, high)| high >= from && low <= to) {
                left.add(next, low.saturating_sub(1).max(next.saturating_sub(1)));
                next = next.max(high.saturating_add(1));
            }
            left.add(next, *to);
        }
        left
    }

    /// Those below a number.
    pub fn below(&self, number: u32) -> Self {
        self.without(&Self::run(number, u32::MAX))
    }

    /// Whether a number is in it.
    pub fn has(&self, number: u32) -> bool {
        self.0.iter().any(|(from, to)| (*from..=*to).contains(&number))
    }

    /// Whether any number is in both.
    pub fn meets(&self, other: &Self) -> bool {
        self.0.iter().any(|(from, to)| other.0.iter().any(|(low, high)| low <= to && high >= from))
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many there are.
    pub fn count(&self) -> u32 {
        self.0.iter().map(|(from, to)| to - from + 1).sum()
    }

    /// The lowest.
    pub fn first(&self) -> Option<u32> {
        self.0.first().map(|(from, _)| *from)
    }

    /// The highest.
    pub fn last(&self) -> Option<u32> {
        self.0.last().map(|(_, to)| *to)
    }

    /// Each number, lowest first.
    pub fn each(&self) -> impl Iterator<Item = u32> {
        self.0.iter().flat_map(|(from, to)| *from..=*to)
    }
}

/// The number of one slip, as it was typed: `47`, `0047`, `slip 47`, `No 47`.
pub fn number_of(text: &str) -> Option<u32> {
    let text = text.trim().to_lowercase();
    let text =
        text.trim_start_matches("slip").trim_start().trim_start_matches("no").trim_start_matches(['.', ' ']);
    number(text)
}

/// A slip's number as it is printed and said: at least four figures.
pub fn shown(number: u32) -> String {
    format!("{number:04}")
}

fn number(text: &str) -> Option<u32> {
    let text = text.trim();
    let digits = !text.is_empty() && text.chars().all(|c| c.is_ascii_digit());
    text.parse().ok().filter(|number| digits && (1..=GREATEST).contains(number))
}

impl fmt::Display for Slips {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, (from, to)) in self.0.iter().enumerate() {
            if at > 0 {
                write!(f, ", ")?;
            }
            match from == to {
                true => write!(f, "{}", shown(*from))?,
                false => write!(f, "{}-{}", shown(*from), shown(*to))?,
            }
        }
        Ok(())
    }
}

impl Serialize for Slips {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Slips {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Ok(Self::read(&text).unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn numbers_are_read_as_people_write_them() {
        for (typed, shown) in [
            ("47", "0047"),
            ("0047", "0047"),
            ("51-100", "0051-0100"),
            ("51 to 100", "0051-0100"),
            ("51 – 53, 49;50", "0049-0053"),
            ("7 9 8", "0007-0009"),
        ] {
            assert_eq!(Slips::read(typed).map(|slips| slips.to_string()).as_deref(), Some(shown), "{typed}");
        }
        for wrong in ["", "  ", "none", "9-7", "0", "-5", "5-", "1000000", "4.5", "+5"] {
            assert_eq!(Slips::read(wrong), None, "{wrong}");
        }
        assert_eq!(number_of("slip 0047"), Some(47));
        assert_eq!(number_of("No. 47"), Some(47));
        assert_eq!(number_of("47-48"), None);
    }

    fn set(runs: &[(u32, u32)]) -> (Slips, BTreeSet<u32>) {
        let (mut slips, mut all) = (Slips::default(), BTreeSet::new());
        for (from, more) in runs {
            slips.add(*from, from + more);
            all.extend(*from..=from + more);
        }
        (slips, all)
    }

    proptest! {
        #[test]
        fn a_set_of_runs_is_a_set(
            ours in prop::collection::vec((1u32..60, 0u32..9), 0..6),
            theirs in prop::collection::vec((1u32..60, 0u32..9), 0..6),
            limit in 1u32..70,
        ) {
            let ((one, all), (other, gone)) = (set(&ours), set(&theirs));
            let each = |slips: &Slips| slips.each().collect::<BTreeSet<u32>>();
            prop_assert_eq!(each(&one), all.clone());
            prop_assert_eq!(one.count() as usize, all.len());
            prop_assert_eq!(each(&one.without(&other)), &all - &gone);
            prop_assert_eq!(each(&one.below(limit)), all.range(..limit).copied().collect::<BTreeSet<u32>>());
            prop_assert_eq!(one.meets(&other), !all.is_disjoint(&gone));
            prop_assert_eq!((one.first(), one.last()), (all.first().copied(), all.last().copied()));
            prop_assert_eq!(one.has(limit), all.contains(&limit));
            let again = serde_json::from_value::<Slips>(serde_json::to_value(&one).unwrap()).unwrap();
            prop_assert_eq!(again, one);
        }
    }
}

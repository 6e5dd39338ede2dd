//! What is shown of decisions that were looked back at: how they were judged, and how far those who took them differ.

use serde::Serialize;

use crate::domain::ids::CaseId;

/// One decision that was looked back at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Judgement {
    /// The case in which it was.
    pub case: CaseId,
    /// Its reference.
    pub reference: String,
    /// Who had taken the decision, by the name on the staff list.
    pub whose: String,
    /// Proportion, timing, effect, each from 1 to 5; `None` where it was not judged.
    pub scores: [Option<u8>; Judgement::PARTS],
}

impl Judgement {
    /// How many things a decision is judged by.
    pub const PARTS: usize = 3;
}

/// Several scores of one kind together: never a mean alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Spread {
    /// How many.
    pub n: usize,
    /// The lowest.
    pub low: u8,
    /// The middle one, doubled, so that it is whole between two.
    pub twice_middle: u8,
    /// The highest.
    pub high: u8,
}

impl Spread {
    /// Of these scores; `None` where there are none.
    pub fn of(scores: impl Iterator<Item = u8>) -> Option<Self> {
        let mut all: Vec<u8> = scores.collect();
        all.sort_unstable();
        let (low, high) = (*all.first()?, *all.last()?);
        let (one, other) = (*all.get((all.len() - 1) / 2)?, *all.get(all.len() / 2)?);
        Some(Self { n: all.len(), low, twice_middle: one + other, high })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_middle_lies_between_two_where_there_is_an_even_number() {
        let of = |scores: &[u8]| Spread::of(scores.iter().copied());
        assert_eq!(of(&[]), None);
        assert_eq!(of(&[4]), Some(Spread { n: 1, low: 4, twice_middle: 8, high: 4 }));
        assert_eq!(of(&[5, 2, 3, 3]), Some(Spread { n: 4, low: 2, twice_middle: 6, high: 5 }));
        assert_eq!(of(&[5, 2, 4, 3]), Some(Spread { n: 4, low: 2, twice_middle: 7, high: 5 }));
    }
}

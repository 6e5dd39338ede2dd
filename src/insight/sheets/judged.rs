//! The page of decisions that were looked back at: all of them together, then by who took them, as far as somebody took enough
//! for a comparison to say anything; then the cases.
//!
//! Names stand in the order of the alphabet and never by their scores, and each figure says of how many decisions it is and how
//! far they lie apart: it is for talking about how decisions are taken.

use std::collections::BTreeMap;

use crate::domain::sheet::{Sheet, SheetPart};
use crate::domain::views::{Judgement, Spread};
use crate::domain::words::judged as words;

/// So many decisions somebody has taken before they are held beside others.
pub const LEAST: usize = 5;

/// Composes it.
pub fn judged(all: &[Judgement]) -> Sheet {
    let mut together = SheetPart::new(words::ALL);
    let mut by_whom = SheetPart::new(words::BY_WHOM);
    let mut cases = SheetPart::new(words::CASES);
    if all.is_empty() {
        together.lacks("", words::NOTHING);
    } else {
        for (at, title) in words::PARTS.iter().enumerate() {
            together.says(title, words::spread(spread(all.iter(), at)));
        }
        deciders(&mut by_whom, all);
    }
    for one in all {
        cases.says(&one.reference, words::scores(&one.scores));
        cases.behind([(one.case, one.reference.clone())]);
    }
    Sheet {
        title: words::PAGE.to_owned(),
        first: words::FIRST.to_owned(),
        parts: [together, by_whom, cases].into_iter().filter(|part| !part.lines.is_empty()).collect(),
        last: words::LAST.to_owned(),
        ..Sheet::default()
    }
}

fn deciders(part: &mut SheetPart, all: &[Judgement]) {
    let mut of: BTreeMap<&str, Vec<&Judgement>> = BTreeMap::new();
    for one in all {
        of.entry(&one.whose).or_default().push(one);
    }
    let (many, few): (Vec<_>, Vec<_>) = of.into_iter().partition(|(_, own)| own.len() >= LEAST);
    if many.is_empty() {
        part.lacks("", words::TOO_FEW_EACH);
    }
    for (whose, own) in many {
        let parts = (0..Judgement::PARTS).map(|at| words::part(at, spread(own.iter().copied(), at)));
        part.says(whose, parts.collect::<Vec<_>>().join("\n"));
    }
    if !few.is_empty() {
        let decisions = few.iter().map(|(_, own)| own.len()).sum();
        part.says("", words::too_few(few.len(), decisions, LEAST));
    }
}

fn spread<'a>(all: impl Iterator<Item = &'a Judgement>, at: usize) -> Option<Spread> {
    Spread::of(all.filter_map(|one| one.scores.get(at).copied().flatten()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ids::CaseId;

    fn one(reference: &str, whose: &str, score: u8) -> Judgement {
        let scores = [Some(score), Some(3), None];
        Judgement {
            case: CaseId(uuid::Uuid::from_u128(1)),
            reference: reference.to_owned(),
            whose: whose.to_owned(),
            scores,
        }
    }

    fn words_of(all: &[Judgement]) -> String {
        let sheet = judged(all);
        let lines: Vec<String> =
            sheet.lines().map(|line| format!("{}: {}", line.label, line.words)).collect();
        lines.join("\n")
    }

    /// Five decisions are enough to stand beside others, four are not: they are counted without a name.
    #[test]
    fn whoever_took_few_decisions_is_counted_and_not_named() {
        let five = (1..=5).map(|score| one("LB-1", "OKAFOR, A.", score));
        let four = (1..=4).map(|score| one("LB-2", "VARGA, T.", score));
        let says = words_of(&five.chain(four).collect::<Vec<_>>());
        assert!(says.contains("OKAFOR, A.: in proportion: middle 3, from 1 to 5, n = 5"), "{says}");
        assert!(!says.contains("VARGA"), "{says}");
        assert!(says.contains("1 person with fewer than 5 each, 4 decisions together"), "{says}");
        assert!(says.contains("In proportion: middle 3, from 1 to 5, n = 9"), "{says}");
        assert!(says.contains("Of use: not judged"), "{says}");
    }

    /// Whoever scored higher does not stand first.
    #[test]
    fn names_stand_by_the_alphabet_and_not_by_their_scores() {
        let low = (0..5).map(|_| one("LB-1", "ABLE, Z.", 1));
        let high = (0..5).map(|_| one("LB-2", "MOSS, I.", 5));
        let says = words_of(&high.chain(low).collect::<Vec<_>>());
        assert!(says.find("ABLE").unwrap() < says.find("MOSS").unwrap(), "{says}");
    }
}

//! Words of decisions that were looked back at.

use super::app::Titled;
use crate::domain::views::Spread;

/// Shows the page.
pub const JUDGED: Titled = [
    "Decisions looked back at",
    "looked back",
    "How decisions were judged afterwards (in proportion, in time, of use), and how far those who took them differ.",
];
/// Its title.
pub const PAGE: &str = "Decisions looked back at";
/// Before everything else on it.
pub const FIRST: &str = "For talking about how we decide. Nobody is ranked: names stand in the order of the alphabet, each with how many decisions and how far they lie apart.";
/// At its end.
pub const LAST: &str = "From 1, far from what was right, to 5, right. Few decisions say little about anybody, and whoever judges differs too: look at the cases.";
/// Nothing was looked back at.
pub const NOTHING: &str =
    "No decision was looked back at yet: + and \"Looking back at a decision\" in its case";
/// Part: all decisions.
pub const ALL: &str = "All decisions";
/// Part: by who took them.
pub const BY_WHOM: &str = "By who decided";
/// Part: the cases.
pub const CASES: &str = "Cases";
/// What a decision is judged by.
pub const PARTS: [&str; 3] = ["In proportion", "In time", "Of use"];
/// Nobody has enough decisions to be held beside others.
pub const TOO_FEW_EACH: &str = "nobody has enough of them to be held beside others";

/// Those with fewer decisions than are held beside others.
pub fn too_few(people: usize, decisions: usize, least: usize) -> String {
    let (people, decisions) = (count(people, "person", "people"), count(decisions, "decision", "decisions"));
    format!("{people} with fewer than {least} each, {decisions} together: not shown apart")
}

fn count(number: usize, one: &str, more: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { more })
}

/// Scores together: middle, lowest and highest, how many.
pub fn spread(spread: Option<Spread>) -> String {
    let Some(spread) = spread else { return "not judged".to_owned() };
    let half = if spread.twice_middle % 2 == 1 { ".5" } else { "" };
    let middle = spread.twice_middle / 2;
    format!("middle {middle}{half}, from {} to {}, n = {}", spread.low, spread.high, spread.n)
}

/// One thing that was judged, with its scores.
pub fn part(at: usize, of: Option<Spread>) -> String {
    format!("{}: {}", PARTS.get(at).copied().unwrap_or_default().to_lowercase(), spread(of))
}

/// The scores of one case.
pub fn scores(scores: &[Option<u8>]) -> String {
    let score = |(at, score): (usize, &Option<u8>)| {
        let said = score.map_or_else(|| "not judged".to_owned(), |score| format!("{score} of 5"));
        format!("{} {said}", PARTS.get(at).copied().unwrap_or_default().to_lowercase())
    };
    scores.iter().enumerate().map(score).collect::<Vec<_>>().join(", ")
}

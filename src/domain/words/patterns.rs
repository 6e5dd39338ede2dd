//! Words of the page of patterns: what goes wrong where between us and others.

use super::app::Titled;
use super::measures;
use crate::domain::measure::{By, Figure};

/// Shows the page.
pub const PATTERNS: Titled = [
    "Patterns of delay and gaps",
    "patterns",
    "Where working with others goes wrong again and again: which gaps, with whom, where, on which shift; and what was done about it.",
];
/// Its title.
pub const PAGE: &str = "Patterns of delay and gaps between organisations";
/// At its end.
pub const LAST: &str = "A number is where to look, not whose fault it is. What is to be done about a pattern: + and \"Governance item\", or the monthly review of failed communication. Each says what was agreed, by whom, by when.";
/// Nothing holds of any part.
pub const NONE: &str = "none in this time";
/// Part: warning signs about them.
pub const SIGNS: &str = "What the program pointed at, and what came of it";
/// No sign was about them.
pub const NO_SIGN: &str = "No warning sign was about organisations, places or shifts in this time";
/// Where none of the measures is looked at for patterns.
pub const NO_MEASURE: &str =
    "The office's own measures.toml names no pattern: see the one that comes with the program";

/// Of which days, and who is in none of the figures.
pub fn first(days: &str, days_before: u64, without_restricted: bool) -> String {
    let restricted =
        if without_restricted { " Restricted records that you may not see are in no figure." } else { "" };
    format!(
        "{days}, beside the {days_before} days before. Organisations on no list stand under the words by which they were named.{restricted}"
    )
}

/// The heading of one measure by one part.
pub fn heading(title: &str, by: By) -> String {
    format!("{title}, by {}", measures::by(by))
}

/// A figure beside the one before.
pub fn beside(now: &Figure, before: &Figure) -> String {
    format!("{}; before: {}", measures::in_full(now), measures::in_full(before))
}

/// What all of it comes to, before its parts.
pub const ALL: &str = "all together";

/// The cases behind a figure, and how many more there are.
pub fn cases(named: &[String], more: usize) -> String {
    let rest = (more > 0).then(|| super::ui::and_more(more));
    named.iter().cloned().chain(rest).collect::<Vec<_>>().join(", ")
}

/// A sign in its time, with what there was to see.
pub fn sign(title: &str, whom: &str, words: &str) -> String {
    let parts = [whom, words].into_iter().filter(|part| !part.is_empty());
    format!("{title}: {}", parts.collect::<Vec<_>>().join(", "))
}

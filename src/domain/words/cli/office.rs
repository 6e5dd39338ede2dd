//! The office's own lists, and paper.

use std::path::Path;

/// Heads of the list of visits.
pub const HEADS_VISITS: [&str; 8] =
    ["Case", "Begins", "Ends", "Who waits", "What", "Risk", "Whose worker", "Who comes"];
/// Heads of the list of what was shared.
pub const HEADS_SHARES: [&str; 8] =
    ["Told", "About", "With whom", "How", "What was shared", "Why it may be", "Case", "Decided and done"];
/// Heads of the list of tasks.
pub const HEADS_TASKS: [&str; 5] = ["Due", "At", "What", "Whose", "Case"];
/// Heads of the list of pads.
pub const HEADS_SLIPS: [&str; 7] =
    ["Pad", "Slips", "Not accounted for", "Next blank", "Entered", "Void", "Where it lies"];
/// No pathway is about pads.
pub const NO_SLIPS_HERE: &str = "the definitions in force have no pads of slips";

/// A time that could be two.
pub fn which_time(said: &str) -> String {
    format!("\"{said}\" comes twice that night; say \"BST\" or \"GMT\" behind it")
}

/// A time that cannot be read.
pub fn no_time(said: &str, hint: &str) -> String {
    format!("\"{said}\" is no time: {hint}")
}

/// What is to be printed once more was never given out on one pad.
pub fn no_such_slips(said: &str) -> String {
    format!("\"{said}\" are no slips of one pad. dutydesk list slips shows the pads and their numbers")
}

/// A pad was printed.
pub fn pad_printed(numbers: &str, reference: &str, path: &Path) -> String {
    format!("Slips {numbers} ({reference}) are ready to be printed: {}", path.display())
}

/// A pad is in the record, but there is no page.
pub fn pad_not_printed(numbers: &str, reference: &str, why: &str) -> String {
    format!(
        "slips {numbers} are in the record as {reference}, but their page could NOT be written: {why}. \
         Say there that they are void, and print another pad"
    )
}

//! Words of reviews and meetings that come round.

use super::app::Titled;

/// Lists reviews.
pub const REVIEWS: Titled = [
    "Reviews",
    "",
    "Reviews and meetings that come round: when each was last held, when it is due, what was missed.",
];
/// None comes round.
pub const NO_REVIEWS: &str = "No review comes round yet: + begins one";
/// Of what is expected none runs.
pub const NOBODY_BEGAN: &str = "nobody has begun it";

/// One came round and was ended.
pub fn ended(when: &str) -> String {
    format!("ended {when}")
}

/// What nobody has begun and what was ended, and how to begin one: said over the list. `None` where everything that is expected
/// comes round.
pub fn unbegun(never: &[&str], ended: &[String]) -> Option<String> {
    let said = |head: &str, listed: String| format!("{head}: {listed}. ");
    let never = (!never.is_empty()).then(|| said("Nobody has begun", never.join("; ")));
    let ended = (!ended.is_empty()).then(|| said("Does not come round any more", ended.join("; ")));
    let listed: String = never.into_iter().chain(ended).collect();
    (!listed.is_empty()).then(|| format!("{listed}+ begins one"))
}

/// The same under the list on the command line: by which steps one is begun.
pub fn begin_one(steps: &[&str]) -> String {
    format!("To begin one: + on screen, or dutydesk record with {}", steps.join(", "))
}

/// Head of the column of when it was last held.
pub const HEAD_HELD: &str = "last held";
/// Head of the column of what was missed.
pub const HEAD_MISSED: &str = "missed";
/// Heads of the same list as a table.
pub const HEADS: [&str; 7] = ["Due", "By", "What", "Last held", "Missed", "Whose", "Case"];

/// It was never held.
pub const NEVER: &str = "never";

/// What passed without it, what was left out on purpose, and what waits for a signature.
pub fn missed(missed: u32, left_out: u32, to_sign: bool) -> String {
    let missed = match missed {
        0 => None,
        1 => Some("missed".to_owned()),
        times => Some(format!("missed {times} times")),
    };
    let left_out = match left_out {
        0 => None,
        1 => Some("left out once".to_owned()),
        times => Some(format!("left out {times} times")),
    };
    let to_sign = to_sign.then(|| "to be signed off".to_owned());
    let said: Vec<String> = missed.into_iter().chain(to_sign).chain(left_out).collect();
    said.join(", ")
}

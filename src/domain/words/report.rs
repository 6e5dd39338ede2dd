//! Words on paper.

pub use super::ui::TRAINING;

/// Before everything else.
pub const FIRST: &str = "Not awake, or not breathing normally: ring 999 first, write after.";
/// When it rang.
pub const RANG_AT: &str = "Rang at (24 h)";
/// On which day.
pub const DAY: &str = "Day";
/// Who wrote the slip.
pub const TAKEN_BY: &str = "Taken by";
/// An answer.
pub const YES: &str = "Yes";
/// An answer.
pub const NO: &str = "No";
/// What becomes of a slip.
pub const ENTER_IT: &str = "Enter it as soon as there is a screen: take the call, and give this number under \"From slip\". \
     Then keep the slip with the pad. Spoilt? Keep it too, and say so.";

/// On each slip of a page that was printed before.
pub const PRINTED_AGAIN: &str = "PRINTED AGAIN";

/// The title of a pad.
pub fn pad(numbers: &[String]) -> String {
    match (numbers.first(), numbers.last()) {
        (Some(first), Some(last)) if first != last => format!("Call slips {first} to {last}"),
        (Some(first), _) => format!("Call slip {first}"),
        _ => "Call slips".to_owned(),
    }
}

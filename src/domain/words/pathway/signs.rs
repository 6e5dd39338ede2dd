//! What is wrong with a warning sign.

use super::{Trouble, trouble};

/// A sign that says nothing of what it looks for, or more than one thing.
pub fn not_one_shape(what: &str, shapes: &[&str], found: &[&str]) -> Trouble {
    match found {
        [] => trouble(
            format!("{what} does not say what it looks for"),
            format!("Give it one of these: {}.", shapes.join(", ")),
        ),
        found => trouble(
            format!("{what} looks for more than one thing: {}", found.join(", ")),
            "Leave one of them, and make a sign of its own for each other.",
        ),
    }
}

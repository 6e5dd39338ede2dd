//! What is wrong where a form counts something.

use super::{Trouble, trouble};

/// A field that says what it counts and is no count.
pub fn counts_nothing(what: &str) -> Trouble {
    trouble(
        format!("{what} says what it counts, but does not mean counted"),
        "Write means = \"counted\" beside it, on a number, or leave counts out.".to_owned(),
    )
}

/// A count of nobody knows what.
pub fn counts_unsaid(what: &str) -> Trouble {
    trouble(
        format!("{what} means counted and does not say what it counts"),
        "Write counts = \"...\" with a line of the list counted in lists.toml, or have a choice in the same row that means counts."
            .to_owned(),
    )
}

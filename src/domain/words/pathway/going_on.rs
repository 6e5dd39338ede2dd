//! What is wrong where a form speaks of what is owed: what becomes of it, or that it goes on in another case.

use super::{Trouble, trouble};

/// A field of the kind owed that says nothing of what becomes of it.
pub fn carries_on_nothing(what: &str) -> Trouble {
    trouble(
        format!("{what} asks for something owed, but nothing goes on in its place"),
        "Outside rows such a field means carries_on, in the step that opens the case, beside a promise that it opens."
            .to_owned(),
    )
}

/// What goes on would be owed nowhere.
pub fn carries_on_without_promise(what: &str) -> Trouble {
    trouble(
        format!("{what} is what goes on from another case, and may be left blank"),
        "Then nobody would owe it any more: write required = true, without shown_when and without when in opens."
            .to_owned(),
    )
}

/// Rows of what is owed that do not say what becomes of it, or the other way round.
pub fn owed_without_settle(what: &str) -> Trouble {
    trouble(
        format!("{what} is about what is owed, but not wholly"),
        "Such rows have rows_from = \"owed\", a column of the kind owed and a column that means settle."
            .to_owned(),
    )
}

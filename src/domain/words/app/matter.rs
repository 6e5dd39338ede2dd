//! Two cases of one matter: the words of tying them on screen, and of taking them apart.

use super::Titled;

/// Ties them, or takes them apart.
pub const SAME_MATTER: Titled = [
    "Same matter as another case",
    "",
    "Says that two cases were opened for one matter: what happened is read in one row, from either. It can be taken back.",
];
/// There is none.
pub const NO_SAME_MATTER: &str = "No other open case of this kind is about the same person";
/// The form.
pub const SAME_MATTER_FORM: &str = "The same matter as another case";
/// Its line of help.
pub const SAME_MATTER_FORM_HELP: &str = "Both stay open, with all that is owed in each; what happened is read in one row. Close the one that is not needed.";
/// The form that takes it back.
pub const OTHER_MATTER_FORM: &str = "Two matters after all";
/// Its line of help.
pub const OTHER_MATTER_FORM_HELP: &str = "Each case is read by itself again.";

/// A case to be tied with.
pub fn same_matter_as(case: &str) -> String {
    format!("The same matter as {case}")
}

/// A case to stand by itself again.
pub fn other_matter_than(case: &str) -> String {
    format!("Take back: {case} is a matter of its own")
}

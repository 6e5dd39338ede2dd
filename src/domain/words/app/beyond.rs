//! Words of what lies beyond what somebody may see: opening it, and who looked at what.

use super::Titled;

/// Lists who looked at whose record.
pub const LOOKS: Titled = [
    "Who looked at what",
    "",
    "Who opened whose record, when and how, what was refused, what was opened beyond.",
];
/// The same of one person.
pub const LOOKED_AT: Titled =
    ["Who looked at this record", "", "Who opened this person's record, when and how."];
/// Says that it was seen.
pub const SEEN: Titled = ["Seen", "seen", "You have seen that this record was opened beyond, and why."];
/// Opens a record beyond what one may see.
pub const LOOK_BEYOND: Titled = [
    "Open a record that is not yours",
    "",
    "A record of another place, or a restricted one: opens for a while, with a reason that is looked at afterwards.",
];
/// The form that opens one.
pub const BEYOND_FORM: &str = "Open a record that is not yours";
/// Its line of help.
pub const BEYOND_FORM_HELP: &str =
    "Opens for a while; that you did, and why, is looked at afterwards. Name nobody.";
/// Which record.
pub const WHICH_RECORD: &str = "Which record";
/// How it is said.
pub const WHICH_RECORD_HELP: &str = "A case's number (U-1184), or the whole NHS number";
/// Nothing in the list of looks waits.
pub const NOTHING_TO_SEE: &str = "Select a record that was opened beyond and has not been seen yet";
/// Heading of the question.
pub const SEEN_TITLE: &str = "Have you seen this?";
/// Why it was opened.
pub fn opened_because(who: &str, whose: &str, why: &str) -> String {
    format!("{who} opened the record of {whose}: {why}")
}
/// A look that was at no record.
pub const NO_RECORD_LOOKED_AT: &str = "There is no record to open here";

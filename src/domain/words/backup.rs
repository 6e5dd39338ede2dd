//! Words of copying an office.

use std::path::Path;

/// Something is there already.
pub fn not_empty(path: &Path) -> String {
    format!(
        "There is something at {} already: name a directory that is not there yet, or an empty one",
        path.display()
    )
}

/// The copy would lie in the office.
pub const INSIDE: &str =
    "A copy inside the office itself is lost with it: name a place outside, best on another disk";

/// The copy has fewer entries than were signed.
pub const SHORT: &str = "the copy has fewer entries than were signed";

/// The name of a path cannot be given to the database.
pub const NAME: &str = "this name cannot be used: it is not UTF-8";

/// The record or the copy is not whole.
pub fn does_not_hold(what: &str) -> String {
    format!(
        "NO COPY WAS MADE, because it would not be whole: {what}. Keep the last copy you have, change nothing here, and run: dutydesk verify"
    )
}

/// The disk did not take it.
pub fn failed(path: &Path, why: &str) -> String {
    format!("No copy was made: {} cannot be written or read ({why})", path.display())
}

/// It is there.
pub fn made(path: &Path, entries: u64, head: &str) -> String {
    format!("Copied and verified: {entries} entries, head {head}, in {}", path.display())
}

/// Where its checkpoint is.
pub fn signed(path: &Path, size: u64) -> String {
    format!(
        "Signed over {size} entries; the checkpoint lies in {}: keep it in another place than the copy",
        path.display()
    )
}

/// The office could not be signed.
pub fn not_signed(why: &str) -> String {
    format!("The copy is whole, but the office could NOT be signed: {why}")
}

/// How it is used.
pub fn use_it(path: &Path) -> String {
    format!("It is an office: dutydesk --office {}", path.display())
}

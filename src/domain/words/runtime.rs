//! Words of the running program: why it cannot start, and what becomes of what the disk does not take.

use crate::domain::ids::CaseId;

/// No terminal, or one that does not listen.
pub const NO_TERMINAL: &str = "taking over the terminal (is this a terminal window?)";
/// A thread cannot be made.
pub const NO_THREAD: &str = "starting the program's threads";
/// Signals cannot be heard.
pub const NO_SIGNALS: &str = "listening for signals";
/// An unfinished form is gone.
pub const NO_DRAFT: &str = "This form is no longer unfinished: it was saved or cleared meanwhile";
/// The office cannot be opened.
pub const NO_OFFICE: &str = "opening the office";
/// The office's own definition files cannot be read.
pub const NO_DEFINITIONS: &str = "reading the office's own definition files";

/// The disk failed, and the record was asked.
pub const DISK_FAILED: &str = "The disk failed while saving, and the record does not have it";

/// What was finished waits for the disk.
pub fn not_in_the_record_yet(why: &str) -> String {
    format!("NOT IN THE RECORD YET: set aside, and goes in by itself once it can be written. {why}")
}

/// What was finished could not even be set aside.
pub fn not_set_aside(why: &str) -> String {
    format!(
        "NOT in the record, and it could not be set aside ({why}). Write it on paper, leave it on this screen, free some space and save again"
    )
}

/// What was set aside is in the record.
pub fn in_the_record_now(cases: &[(CaseId, String)]) -> String {
    let references: Vec<&str> = cases.iter().map(|(_, reference)| reference.as_str()).collect();
    format!("What was set aside is in the record now: {}", references.join(", "))
}

/// What was set aside cannot go into the record as it is.
pub fn handed_back(why: &str) -> String {
    format!("What was set aside is not in the record and stands under the unfinished forms (u): {why}")
}

/// Changed definitions came into force with a sign-in.
pub const DEFINITIONS_ADOPTED: &str = "Changed definitions are in force from now on";

/// Changed definitions wait for somebody who may configure.
pub fn definitions_need_leave(why: &str) -> String {
    format!("Changed definitions wait until somebody signs in (w) who may configure. {why}")
}

/// A look at a record could not be noted.
pub fn look_not_noted(why: &str) -> String {
    format!("Who looked at this record could not be noted: {why}. It is noted with the next")
}

/// A draft could not be kept.
pub fn not_kept(why: &str) -> String {
    format!(
        "NOT kept on the disk, only on this screen: {why}. Write it on paper too; it is tried again as you type"
    )
}

/// Changed definition files are not in force.
pub fn definitions_wait(why: &str) -> String {
    format!("changed definitions are waiting and not in force: {why}")
}

/// The program itself failed; where in it, and what became of the words.
pub fn failed_at(place: &str) -> String {
    format!(
        "dutydesk failed at {place}. What was typed is kept: start it again and press u for what is unfinished."
    )
}

/// Unfinished forms at a desk where nobody is signed in.
pub const SIGN_IN_FOR_DRAFTS: &str = "Sign in first to see what is unfinished";

/// A desk that is locked.
pub fn station(name: &str) -> String {
    format!("the desk at {name}")
}

/// No pathway takes urgent calls, so there is nothing to put on a slip.
pub const NO_CALL_FORM: &str = "the definitions in force have no call form";

/// A pad was printed.
pub fn printed(numbers: &str, place: &str) -> String {
    format!("Slips {numbers} are ready to be printed: {place}")
}

/// A pad is in the record, but there is no page.
pub fn not_printed(numbers: &str, why: &str) -> String {
    format!(
        "Slips {numbers} are in the record, but their page could NOT be written: {why}. Say that they are void, and print another pad"
    )
}

/// A handover is in the record, and not signed.
pub fn not_signed(why: &str) -> String {
    format!(
        "The handover is in the record, but it could NOT be signed: {why}. Tell whoever looks after the office's machine"
    )
}

//! Words of the running program: why it cannot start.

/// No terminal, or one that does not listen.
pub const NO_TERMINAL: &str = "taking over the terminal (is this a terminal window?)";
/// A thread cannot be made.
pub const NO_THREAD: &str = "starting the program's threads";
/// Signals cannot be heard.
pub const NO_SIGNALS: &str = "listening for signals";
/// A form is open at another terminal.
pub const HELD_ELSEWHERE: &str =
    "This form is open at another terminal now. Ask there, or wait until it is left";
/// An unfinished form is gone.
pub const NO_DRAFT: &str = "This form is no longer unfinished: it was saved or cleared meanwhile";
/// The office cannot be opened.
pub const NO_OFFICE: &str = "opening the office";
/// The office's own definition files cannot be read.
pub const NO_DEFINITIONS: &str = "reading the office's own definition files";

/// A commit failed, and the record was asked.
pub const NOT_IN_THE_RECORD: &str = "The disk failed while saving: not in the record. Your words are kept as a draft. Save again once the disk is well";

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

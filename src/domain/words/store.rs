//! What the ledger says when it cannot be opened, read or written.

use std::path::Path;

use crate::domain::ids::Seq;

/// The outcome of a commit is not known.
pub const UNKNOWN_OUTCOME: &str = "The disk failed while saving. Your words are kept as a draft; whether they reached the record is being looked up.";
/// No room.
pub const DISK_FULL: &str =
    "The disk is full: not in the record. Your words are kept. Free some space and save again.";
/// Another program held the ledger.
pub const BUSY: &str =
    "Another program has held the ledger for too long: not in the record. Your words are kept. Save again.";
/// Nothing of that name.
pub const NOT_FOUND: &str = "There is no such record";
/// The whole batch was asked for twice, with other words.
pub const ALREADY_OTHERWISE: &str =
    "This form is already in the record, with other words. Open the record and correct it there.";

/// No office in a directory.
pub fn no_office(path: &Path) -> String {
    format!("There is no office in {}", path.display())
}

/// An office is there already.
pub fn office_exists(path: &Path) -> String {
    format!("There is an office in {} already", path.display())
}

/// Modes that let others in.
pub fn loose_mode(path: &Path, mode: u32, wanted: u32) -> String {
    format!(
        "{} can be read or changed by others on this machine (mode {mode:04o}). Run: chmod {wanted:04o} {}",
        path.display(),
        path.display()
    )
}

/// A file system whose locks do not hold.
pub fn network_file_system(path: &Path, kind: &str) -> String {
    format!(
        "{} lies on a {kind} file system, where two programs can damage the record. Put the office on a disk of this machine",
        path.display()
    )
}

/// SQLite before the fix of the bug that loses acknowledged commits.
pub fn old_sqlite(found: &str) -> String {
    format!(
        "This program was built with SQLite {found}, which can lose saved entries. At least 3.51.3 is needed"
    )
}

/// Somebody else's file.
pub fn not_ours(path: &Path) -> String {
    format!("{} is not a file of this program", path.display())
}

/// A pragma that did not read back.
pub fn setting_refused(setting: &str, found: &str) -> String {
    format!("The ledger cannot be kept safely here: {setting} reads back as \"{found}\"")
}

/// Opening failed.
pub fn cannot_open(why: &str) -> String {
    format!("The office cannot be opened: {why}")
}

/// Reading failed.
pub fn cannot_read(why: &str) -> String {
    format!("The record cannot be read: {why}")
}

/// Writing failed.
pub fn not_saved(why: &str) -> String {
    format!("Not in the record: {why}")
}

/// Opened for reading only.
pub fn read_only(why: &str) -> String {
    format!("This office is open for reading only: {why}")
}

/// A newer program made the file.
pub fn newer_schema(found: i64, known: i64) -> String {
    format!("it was written by a newer version of this program (format {found}, this one knows {known})")
}

/// The file system does not let us write.
pub const NOT_WRITABLE: &str = "its files cannot be written by this account";

/// Cases that moved while a form was open.
pub fn conflict(moved: &[crate::store::MovedOn]) -> String {
    if moved.is_empty() {
        return ALREADY_OTHERWISE.to_owned();
    }
    let each = moved.iter().map(|m| match m.since.as_slice() {
        [] => m.reference.clone(),
        since => format!("{}: {}", m.reference, since.join("; ")),
    });
    format!("Recorded meanwhile: {}. Look at it, then save again", each.collect::<Vec<_>>().join(". "))
}

/// All that is wrong, in one line.
pub fn problems(problems: &[crate::pathway::check::Problem]) -> String {
    problems.iter().map(|p| p.says.as_str()).collect::<Vec<_>>().join("; ")
}

/// The chain breaks.
pub fn fault_at(seq: Seq, what: &str) -> String {
    format!("entry {seq}: {what}")
}

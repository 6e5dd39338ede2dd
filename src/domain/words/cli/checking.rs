//! `verify`, `doctor` and `pathways check`: what was looked at and what was found.

use std::path::Path;

/// Verified.
pub const ALL_HOLDS: &str = "All of it holds.";

/// What was verified.
pub fn verified(entries: u64, head: &str) -> Vec<String> {
    vec![
        format!(
            "Checked {entries} entries: numbers without gaps, each hash and the chain of them, each body against"
        ),
        "what its entry commits to, and everything derived from them against a second making.".to_owned(),
        format!("Head of the chain: {head}"),
    ]
}

/// What was verified of who looked at whose record.
pub fn verified_looks(looks: u64, head: &str) -> String {
    format!("Looks at records noted: {looks}, each in its chain; its head: {head}")
}

/// How many checkpoints the record was held against.
pub fn verified_checkpoints(many: u64) -> String {
    match many {
        1 => "Held against the one checkpoint that was signed of it".to_owned(),
        many => format!("Held against the {many} checkpoints that were signed of it"),
    }
}

/// A witness has taken a checkpoint.
pub fn witnessed(size: u64, seen: Option<u64>, kept: &Path) -> String {
    let since = match seen {
        None => "the first seen".to_owned(),
        Some(seen) if seen == size => "nothing new since it was seen last".to_owned(),
        Some(seen) => format!("the {seen} seen before are its beginning"),
    };
    format!("Seen: {size} entries, {since}. Kept in {}", kept.display())
}

/// A witness does not take it.
pub fn not_witnessed(why: &str, kept: &Path) -> String {
    format!(
        "REFUSED: {why}.\nWhat was seen before is still kept in {}. Keep a copy of the office's directory as it is and tell whoever keeps the backups.",
        kept.display()
    )
}

/// A first look at somebody else's checkpoint.
pub const WHOSE_KEY: &str = "Say with --key which public key the office signs with: nothing was seen of it before. The office prints it with: dutydesk checkpoint --public-key";

/// The witness's own file is not one.
pub fn not_kept_by_a_witness(path: &Path) -> String {
    format!("{} is not what a witness keeps: a public key, an empty line, a checkpoint", path.display())
}

/// A file that cannot be read.
pub fn cannot_read_file(path: &Path, why: &str) -> String {
    format!("{} cannot be read: {why}", path.display())
}

/// A file that cannot be written.
pub fn cannot_write_file(path: &Path, why: &str) -> String {
    format!("{} cannot be written: {why}", path.display())
}

/// More entries asked of than there are.
pub fn no_such_beginning(since: u64, size: u64) -> String {
    format!("There are {size} entries: none can be shown to go on from {since}")
}

/// How the record is signed.
pub fn signed(key: &Path, size: u64, unsigned: u64) -> String {
    format!(
        "last checkpoint over {size} entries, {unsigned} since; the key that signs lies in the office itself ({})",
        key.display()
    )
}
/// Nothing was ever signed.
pub const NEVER_SIGNED: &str = "no checkpoint was signed yet: hand a shift over, or run dutydesk checkpoint";

/// When a backup was last made, how many entries were recorded since, and where it was put.
pub fn backed_up(made: &str, since: u64, to: &Path) -> String {
    format!("last backup {made}, {since} entries since, to {}", to.display())
}
/// No backup was made, as far as the office knows.
pub const NEVER_BACKED_UP: &str = "no backup was made yet that this office knows of: dutydesk backup DIR";

/// What does not hold.
pub fn does_not_hold(what: &str) -> String {
    format!(
        "DOES NOT HOLD: {what}\nChange nothing more here. Keep a copy of the directory as it is and tell whoever keeps the backups."
    )
}

/// An entry that does not hold.
pub fn fault_entry(seq: u64, says: &str) -> String {
    format!("entry {seq}: {says}")
}

/// A derived row that does not hold.
pub fn fault_derived(table: &str, row: &str) -> String {
    format!("the derived table {table} differs from the entries at {row}")
}

/// A database file that does not hold.
pub fn fault_file(says: &str) -> String {
    format!("the file itself: {says}")
}

/// How far verifying has come.
pub fn progress(done: u64, all: u64) -> String {
    format!("{done} of {all} entries")
}

/// Another program is founding the office; `seconds` are how long that is waited for at most.
pub fn waits_for_founder(seconds: u64) -> String {
    format!(
        "another program is setting up this office; waiting for it, {seconds} seconds at most. Ctrl-C stops waiting, and nothing is lost"
    )
}

/// How far it has come that a newer program reads the whole record again.
pub fn derived_anew(done: u64, all: u64) -> String {
    format!("This version reads the whole record once more: {done} of {all} entries")
}

/// Versions.
pub fn versions(program: &str, sqlite: &str, source_id: &str) -> String {
    format!("dutydesk {program}, SQLite {sqlite} ({source_id})")
}

/// The schema of the ledger.
pub fn schema((found, known): (i64, i64)) -> String {
    format!("ledger format {found}, this program knows {known}")
}

/// The chain's head.
pub fn head(seq: u64, hash: &str) -> String {
    format!("entries {seq}, head {hash}")
}

/// A file with its mode.
pub fn file(path: &Path, mode: u32, wanted: u32) -> String {
    let mark = if mode & !wanted == 0 { "" } else { "  OPEN TO OTHERS" };
    format!("{mode:04o}  {}{mark}", path.display())
}

/// A setting or a count.
pub fn pair(name: &str, value: &str) -> String {
    format!("{name} = {value}")
}

/// Finished forms that the ledger could not take.
pub fn waiting(forms: u64) -> String {
    format!(
        "NOT IN THE RECORD YET: {forms} finished, set aside until the ledger can be written; the screen brings them in"
    )
}

pub use crate::domain::words::clocks::{calendar_ends, from_the_future, long_silence};

/// Free space.
pub fn room(megabytes: u64) -> String {
    format!("free on the disk: {megabytes} MB")
}

/// The edition in force, and whether another waits.
pub fn definitions(in_force: &str, waiting: bool) -> String {
    let waits = if waiting { "; changed files wait to be brought into force" } else { "" };
    format!("definitions in force: {in_force}{waits}")
}

/// For reading only.
pub fn read_only(why: &str) -> String {
    format!("READ ONLY: {why}")
}

/// A file that others can read.
pub fn close_file(path: &Path, wanted: u32) -> String {
    format!("run: chmod {wanted:04o} {}", path.display())
}

/// Definitions that hold.
pub fn definitions_hold(pathways: usize, edition: &str) -> String {
    format!("{pathways} pathways hold together. Edition {edition}")
}

/// A directory without a definition; `stand` is where they do.
pub fn no_definitions(dir: &Path, stand: Option<&Path>) -> String {
    let dir = dir.display();
    match stand {
        Some(stand) => {
            format!("Nothing was checked: the definitions stand in {}, not in {dir}", stand.display())
        }
        None => format!(
            "Nothing was checked: there is no definition in {dir}. Name the directory with pathways/, roles.toml and the others, \
             or none for the office's own"
        ),
    }
}

/// Not a directory.
pub fn no_directory(dir: &Path) -> String {
    format!("{} is not a directory", dir.display())
}

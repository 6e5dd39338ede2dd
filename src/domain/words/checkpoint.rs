//! What is said of checkpoints: of signing them, of keeping them elsewhere, and of what does not fit them.

/// No checkpoint.
pub const NOT_A_NOTE: &str = "This is not a checkpoint: it is not written as one";
/// Nobody whom one trusts signed it.
pub const NOT_SIGNED: &str = "This checkpoint is not signed with the key of this office";
/// A signature that is none.
pub const FALSE_SIGNATURE: &str =
    "The signature of this checkpoint is false: its text was changed, or somebody else wrote it";
/// No public key.
pub const NOT_A_KEY: &str =
    "This is not the public key of an office's checkpoints (dutydesk checkpoint --public-key prints it)";
/// Of another office.
pub const ANOTHER_OFFICE: &str = "This checkpoint is of another office";

/// Entries are gone.
pub fn smaller(seen: u64, now: u64) -> String {
    format!(
        "The record has become smaller: {seen} entries were seen, now there are {now}. An older copy was put back, or the end was cut off"
    )
}

/// Not the same entries.
pub fn rewritten(seen: u64) -> String {
    format!("The record was rewritten: its first {seen} entries are not those that were seen")
}

/// A proof that does not fit.
pub fn another_proof(seen: u64, asked: u64) -> String {
    format!(
        "The last checkpoint seen speaks of {seen} entries, this one goes on from {asked}. Ask for it with: dutydesk checkpoint --since {seen}"
    )
}

/// What is in the record is not what was signed.
pub fn differs(size: u64) -> String {
    format!("its first {size} entries are not those that were signed in the checkpoint over {size}")
}

/// Less is in the record than was signed.
pub fn cut_off(size: u64, entries: u64) -> String {
    format!(
        "a checkpoint was signed over {size} entries and there are {entries}: an older copy was put back, or the end was cut off"
    )
}

/// A note that is kept is not as it was written.
pub fn damaged(name: &str, says: &str) -> String {
    format!("the checkpoint {name} cannot be trusted: {says}")
}

/// The key could not be read or written.
pub fn no_key(path: &std::path::Path, why: &str) -> String {
    format!("The key that signs checkpoints cannot be used ({}: {why})", path.display())
}

/// A checkpoint could not be kept.
pub fn not_kept(path: &std::path::Path, why: &str) -> String {
    format!("The checkpoint could not be kept in {} ({why})", path.display())
}
/// The key is not as long as one is.
pub const KEY_DAMAGED: &str = "it is damaged";

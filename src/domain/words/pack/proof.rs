//! Words of what proves a pack, and of checking one.

/// Why a pack holds of an entry the commitment alone; see [`crate::report::pack::proof`].
pub const REDACTED: &str = "redacted";
/// See [`REDACTED`].
pub const PART: &str = "part";
/// See [`REDACTED`].
pub const RESTRICTED: &str = "restricted";
/// See [`REDACTED`].
pub const DISPOSED: &str = "disposed";

/// Places in a pack, as a fault names them.
pub const FILE: &str = "the file";
/// See [`FILE`].
pub const PROOF: &str = "the proof";
/// See [`FILE`].
pub const KEY: &str = "the key";
/// See [`FILE`].
pub const NOTE: &str = "the checkpoint";
/// See [`FILE`].
pub const SEAL: &str = "the seal";
/// See [`FILE`].
pub const LIST: &str = "the list";
/// See [`FILE`].
pub const COVER: &str = "the cover";
/// See [`FILE`].
pub const HEAD: &str = "the head";

/// See [`FILE`].
pub fn entry(number: u64) -> String {
    format!("entry {number}")
}

/// See [`FILE`].
pub fn table(id: &str) -> String {
    format!("table {id}")
}

/// The file is not written as packs are.
pub fn not_as_written(line: usize, near: Option<u64>) -> String {
    let near = near.map(|entry| format!(", at entry {entry}")).unwrap_or_default();
    format!("it is not as packs are written, from line {line}{near} on: it was changed or cut off")
}

/// A number with a fraction.
pub const NO_SUCH_NUMBER: &str = "a number in it is none that a pack has";
/// There is no proof in it.
pub const NO_PROOF: &str = "there is none that can be read: it was made by an older version, or taken out, or this is no evidence pack in JSON";
/// Part of the proof has another form.
pub const OTHER_FORM: &str = "it does not have the form it should";
/// The key is not the one that was named.
pub const ANOTHER_KEY: &str = "the pack is signed by another key than the one that was to be expected";
/// The note or the seal is of another office than its key.
pub const ANOTHER_OFFICE: &str = "it is of another office than its key";
/// More than one signature.
pub const ONE_SIGNATURE: &str = "it should have one signature and no more";
/// The seal goes with another checkpoint.
pub const ANOTHER_CHECKPOINT: &str = "it goes with another checkpoint";
/// The list is not what was sealed.
pub const LIST_CHANGED: &str = "what the pack should hold is not what was sealed";
/// A part of the pack is not what was sealed.
pub const CHANGED: &str = "changed since it was sealed";
/// A part of the pack is gone.
pub const MISSING: &str = "left out since the pack was sealed";
/// A part of the pack was put in.
pub const ADDED: &str = "put in since the pack was sealed";
/// A part of the pack is somewhere else.
pub const MOVED: &str = "not in the place it had when the pack was sealed";
/// The head is not that of the record.
pub const NOT_THE_HEAD: &str = "it is not an entry of the record that was signed";
/// Body and salt do not give the commitment.
pub const OTHER_BODY: &str = "what is said in it is not what was recorded";
/// The header does not give the hash.
pub const OTHER_HEADER: &str = "its header is not what was recorded";
/// The hash is not in the tree.
pub const NOT_INCLUDED: &str = "it is not in the record that was signed";
/// What a case shows is not what the header says.
pub const OTHERWISE_SHOWN: &str =
    "its number, id, hash, kind or time is shown otherwise than it was recorded";
/// It is shown and not proved.
pub const NOT_PROVED: &str = "it is shown and nothing proves it";

/// A fault, in its place.
pub fn fault(place: &str, says: &str) -> String {
    format!("  {place}: {says}")
}

/// A witness has seen more, or something else.
pub fn witness_saw(seen: u64) -> String {
    format!("a witness saw other entries: {seen} of them")
}

/// How far a witness vouches for a pack.
pub fn witness_agrees(seen: u64, now: u64) -> String {
    if seen == now {
        format!("A witness saw the very same record, {seen} entries.")
    } else {
        format!(
            "A witness has seen {seen} entries, the pack's checkpoint speaks of {now}: signed by the same key, not compared. \
             Where the office runs: dutydesk checkpoint --since {}",
            seen.min(now)
        )
    }
}

/// What was checked.
pub fn checked(shown: usize, entries: usize, bodies: usize) -> String {
    format!(
        "{shown} shown, {entries} entries of the record proved: {bodies} with all they say, {} by their commitment alone.",
        entries - bodies
    )
}

/// The checkpoint.
pub fn signed(size: u64, root: &str, made: &str) -> String {
    format!("The record then had {size} entries, root {root}, signed {made}.")
}

/// By which key, and whether it is one that was to be expected.
pub fn by_key(key: &str, is_known: bool) -> String {
    if is_known {
        format!("Signed by the key that was to be expected: {key}")
    } else {
        format!(
            "Signed by the key {key}\nWhether that is the office's key the pack cannot say: compare it with what the office gave you, or say --key or --witness. \
             (At the office: dutydesk checkpoint --public-key)"
        )
    }
}

/// All holds.
pub const HOLDS: &str = "ALL HOLDS: nothing in this pack was changed, left out or moved.";

/// All holds, and nobody said whose key it should be.
pub const HOLDS_TO_ITSELF: &str = "HOLDS TO ITSELF: nothing in this pack was changed, left out or moved since it was signed. By whom it is signed was not checked.";

/// Something does not.
pub fn does_not_hold(faults: usize) -> String {
    format!("DOES NOT HOLD: {faults} {}", if faults == 1 { "fault" } else { "faults" })
}

//! `signin`: PINs and passphrases without a screen.

use crate::domain::secret::SecretKind;

/// Asked at the keyboard.
pub const ASKS_OLD: &str = "The one you have now";
/// Asked at the keyboard.
pub const ASKS_NEW: &str = "A new PIN (six digits or more) or passphrase (ten characters or more)";
/// Asked at the keyboard.
pub const ASKS_AGAIN: &str = "Once more";
/// The two differ.
pub const NOT_TWICE_THE_SAME: &str = "the two were not the same: nothing was set";
/// What came is no text.
pub const SECRET_NOT_TEXT: &str = "what came is not text";
/// Nothing came.
pub const NOTHING_CAME: &str = "nothing came";
/// Neither a name nor a desk.
pub const UNLOCK_WHAT: &str = "name a member of staff, or a desk with --station";

/// No secret could be read.
pub fn no_secret(why: &str) -> String {
    format!("no PIN or passphrase could be read: {why}")
}

/// Somebody can get in again.
pub fn recovered(name: &str) -> String {
    format!(
        "Set for {name}, who chooses their own at the next sign-in. Every desk is unlocked. The record says that this was done by the account that owns the office's files"
    )
}

/// What somebody signs in with.
pub fn sign_in_of(name: &str, held: Option<(SecretKind, bool)>, since: Option<&str>, locked: bool) -> String {
    let what = match held {
        None => "none; the name alone",
        Some((SecretKind::Pin, _)) => "PIN",
        Some((SecretKind::Passphrase, _)) => "passphrase",
    };
    let since = since.map(|since| format!(" since {since}")).unwrap_or_default();
    let given = if held.is_some_and(|(_, temporary)| temporary) {
        ", to be replaced at the next sign-in"
    } else {
        ""
    };
    let locked = if locked { ", LOCKED after too many wrong ones" } else { "" };
    format!("{name}: {what}{since}{given}{locked}")
}

/// A desk at which too many wrong ones were tried.
pub fn locked_station(station: &str) -> String {
    format!("the desk \"{station}\": LOCKED after too many wrong ones")
}

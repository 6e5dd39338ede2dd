//! Keys that let somebody in over SSH: the words of enrolling them and of taking them back.

use super::Titled;

/// Lists SSH keys.
pub const SSH_KEYS: Titled = ["SSH keys", "", "Who may come in over SSH with which key, and until when."];
/// Takes a key back.
pub const REVOKE_KEY: Titled =
    ["Take the key back", "take back", "The key lets nobody in any more, and never will again."];
/// The form that enrols a key.
pub const ENROL_FORM: &str = "Let a key in over SSH";
/// What becomes of it.
pub const ENROL_FORM_HELP: &str = "A second person agrees before it lets anybody in";
/// Whose it is.
pub const WHOSE_KEY: &str = "Whose it is";
/// Nobody's.
pub const WHOSE_KEY_HELP: &str =
    "Leave it empty for a shared workstation's own key: people still say there who they are";
/// The key.
pub const PUBLIC_KEY: &str = "Public key";
/// Where it stands.
pub const PUBLIC_KEY_HELP: &str = "Paste the one line of the .pub file; it begins with ssh-ed25519";
/// What it is called.
pub const KEY_LABEL: &str = "Which key it is";
/// As in.
pub const KEY_LABEL_HELP: &str = "Such as: work laptop; or the workstation's name";
/// The last day.
pub const LAST_DAY: &str = "Last day";
/// Or none.
pub const LAST_DAY_HELP: &str =
    "After it the key lets nobody in; empty for a key that is only ever taken back";
/// The form that takes a key back.
pub const REVOKE_FORM: &str = "Take an SSH key back";
/// What becomes of it.
pub const REVOKE_FORM_HELP: &str =
    "Whoever is in with it is thrown out, and what they typed is kept. It never comes again";
/// Nothing to take back.
pub const NO_KEY_SELECTED: &str = "There is no key here to take back";
/// Taken back already.
pub const KEY_IS_REVOKED: &str = "This key was taken back already";

/// "work laptop of SHAH, Priya".
pub fn which_key(label: &str, name: &str) -> String {
    if name.is_empty() { label.to_owned() } else { format!("{label} of {name}") }
}

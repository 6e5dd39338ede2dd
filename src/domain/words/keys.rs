//! SSH keys: why one is refused, what one is called in a list, and what is said at the door.

use chrono::NaiveDate;

use crate::domain::keys::Standing;
use crate::domain::time::display;

/// More than one line.
pub const NOT_ONE_LINE: &str = "A key is one line of plain characters, as it stands in the .pub file";
/// Another kind, or options.
pub const NOT_OUR_KIND: &str = "The line must begin with ssh-ed25519 or sk-ssh-ed25519@openssh.com and have nothing \
                                before it. Make such a key with: ssh-keygen -t ed25519";
/// Not the key that it says it is.
pub const DAMAGED: &str = "The key is damaged: copy the whole line of the .pub file again";
/// A fingerprint that is another key's.
pub const NOT_ITS_FINGERPRINT: &str = "the fingerprint is not that of the key";
/// It was taken back.
pub const REVOKED_FOR_EVER: &str = "This key was taken back and never comes again: make a new one";
/// It is somebody's.
pub const ENROLLED_ALREADY: &str =
    "This key is enrolled already, and a key belongs to one person: make a new one";
/// Whose it is to be.
pub const NOT_ON_STAFF_LIST: &str = "A key belongs to somebody on the staff list, or to a workstation";
/// What it is called.
pub const NEEDS_A_LABEL: &str = "Say in a few words which key it is, such as \"work laptop\"";
/// The last day.
pub const OVER_ALREADY: &str = "The last day on which it lets in is over already";
/// Nothing to be taken back.
pub const NO_SUCH_KEY: &str = "No such key is enrolled for them";
/// Taken back before.
pub const REVOKED_BEFORE: &str = "This key was taken back before";
/// Why it is taken back.
pub const NEEDS_A_REASON: &str = "Say why it is taken back";

/// A key in a chronology.
pub fn enrolled(label: &str, fingerprint: &str, until: Option<NaiveDate>) -> String {
    let until = until.map(|until| format!(", until {}", display::date(until))).unwrap_or_default();
    format!("\"{label}\" {fingerprint}{until}")
}

/// A key that was taken back, in a chronology.
pub fn revoked(fingerprint: &str, reason: &str) -> String {
    format!("{fingerprint}: {reason}")
}

/// How a key stands, in a list.
pub fn stands(standing: &Standing) -> &'static str {
    match standing {
        Standing::Stands(_) => "lets in",
        Standing::Unknown => "not enrolled",
        Standing::Waits => "waits for a second person",
        Standing::Revoked => "taken back",
        Standing::Expired(_) => "over",
        Standing::Left => "has left",
    }
}

/// Why a key lets nobody in, to whoever stands at the door with it. `None` where it lets in.
pub fn refused(standing: &Standing) -> Option<String> {
    let why = match standing {
        Standing::Stands(_) => return None,
        Standing::Unknown => "this key is not enrolled in this office".to_owned(),
        Standing::Waits => "this key waits for a second person to agree to it".to_owned(),
        Standing::Revoked => "this key was taken back".to_owned(),
        Standing::Expired(until) => format!("this key's last day was {}", display::date(*until)),
        Standing::Left => "whose key this is has left the staff list".to_owned(),
    };
    Some(format!("{why}. Ask whoever looks after the office's keys; in an emergency ring 999"))
}

/// The same to whoever is thrown out of a running program.
pub fn thrown_out(why: &str) -> String {
    format!("the program has closed, and what was typed is kept as unfinished: {why}")
}

/// Nobody signs in where somebody is by a key of their own.
pub const CAME_BY_KEY: &str = "You came in with your own key, so what is recorded here is yours. To be somebody else, leave (q); they come in with theirs";

//! `key`, `ssh` and `enter`: keys, the server's files, and what is wrong with a set-up.

use std::path::Path;

/// Heads of the list of keys.
pub const HEADS_KEYS: [&str; 6] = ["Whose", "Key", "Until", "Stands", "Enrolled", "Fingerprint"];
/// The key of a workstation.
pub const STATION: &str = "workstation";
/// No last day.
pub const NO_LAST_DAY: &str = "open";

/// The key is in the record.
pub fn key_enrolled(fingerprint: &str, receipt: &str, waits: bool) -> String {
    let then = match waits {
        true => "It waits for a second person: dutydesk list countersign",
        false => "The server knows it with its next map",
    };
    format!("{fingerprint} is enrolled, head {receipt}. {then}")
}

/// The key is taken back.
pub fn key_revoked(fingerprint: &str, receipt: &str) -> String {
    format!("{fingerprint} is taken back, head {receipt}. Whoever came in with it is thrown out")
}

/// A file of a key that cannot be read.
pub fn unreadable_key(from: &Path, why: &str) -> String {
    format!("the key in {} cannot be read: {why}", from.display())
}

/// Not the name of a key.
pub fn not_a_fingerprint(said: &str) -> String {
    format!("\"{said}\" is not a fingerprint; dutydesk key list names each as SHA256:...")
}

/// No such key.
pub fn no_such_key(fingerprint: &str) -> String {
    format!("{fingerprint} was never enrolled")
}

/// One file of the server, printed for review.
pub fn ssh_file(name: &str, to: &str, text: &str) -> String {
    let to = if to.is_empty() { String::new() } else { format!(", for {to}") };
    format!("==> {name}{to}\n{text}")
}

/// The files are there.
pub fn ssh_written(into: &Path) -> String {
    format!("Written into {}. Read them, then run as root: sh {}/install", into.display(), into.display())
}

/// Not a plain place.
pub fn not_a_place(option: &str, given: &str) -> String {
    format!(
        "{option}: \"{given}\" must be a whole path of letters, digits and . _ - with a directory above it"
    )
}

/// Not the name of an account.
pub fn not_an_account(option: &str, given: &str) -> String {
    format!(
        "{option}: \"{given}\" is not the name of an account: small letters, digits, - and _, and not root"
    )
}

/// What was looked at.
pub fn checked(etc: &str, libexec: &str, office: &str) -> Vec<String> {
    vec![format!("Looked at {etc}, {libexec}, the accounts, and the map against the record in {office}.")]
}

/// A file that was never put there, or not under this name.
pub fn not_there(path: &str) -> String {
    format!("{path} is not there")
}

/// Something that could not be looked at.
pub fn cannot_look_at(path: &str, why: &str) -> String {
    format!("{path} cannot be looked at ({why}); run the check as root")
}

/// Not what this program prints.
pub fn differs_from_ours(path: &str) -> String {
    format!("{path} is not what dutydesk ssh files prints: compare and install it again")
}

/// A script that cannot be run.
pub fn does_not_run(path: &str) -> String {
    format!("{path} is no program: chmod 0755 {path}")
}

/// Somebody else's.
pub fn not_roots(path: &str) -> String {
    format!("{path} does not belong to root, so its owner could let anybody in: chown root:root {path}")
}

/// Written by others.
pub fn others_may_write(path: &str) -> String {
    format!("others than root may write {path}: chmod go-w {path}")
}

/// Read by others.
pub fn others_may_read(path: &str) -> String {
    format!("everybody may read {path}: chmod 0640 {path}")
}

/// A switch that is missing.
pub fn not_set(name: &str, wanted: &str) -> String {
    format!("the server's configuration does not say {name}; it must be: {name} {wanted}")
}

/// A switch that stands otherwise.
pub fn set_wrong(name: &str, found: &str, wanted: &str) -> String {
    format!("the server's configuration says {name} {found}; it must be: {name} {wanted}")
}

/// A switch that is widened by a second line.
pub fn set_twice(name: &str, wanted: &str) -> String {
    format!("the server's configuration says {name} more than once; it must only be: {name} {wanted}")
}

/// A switch that lets something in.
pub fn must_not_be_set(name: &str) -> String {
    format!("the server's configuration must not say {name}")
}

/// An account that is missing.
pub fn no_account(name: &str) -> String {
    format!("there is no account {name}")
}

/// An account that is root's.
pub fn account_is_root(name: &str) -> String {
    format!("the account {name} is root: it must be one of its own")
}

/// Another shell.
pub fn wrong_shell(name: &str, wanted: &str) -> String {
    format!("the shell of {name} must be {wanted}: usermod --shell {wanted} {name}")
}

/// A password, or a lock.
pub fn wrong_password(name: &str) -> String {
    format!(
        "{name} must have the password * (nobody's): with another it could be typed, and locked it cannot come in by key: usermod --password '*' {name}"
    )
}

/// The map is not that of the record.
pub fn map_is_behind(path: &str, libexec: &str) -> String {
    format!("{path} is not what the record says now: run {libexec}/map")
}

/// The server did not say which key it authenticated.
pub const NO_AUTHENTICATED_KEY: &str = "refused: the SSH server does not say which key was used. This command is run \
                                        by the server; at this machine itself run dutydesk without it";

/// A key that lets nobody in.
pub fn turned_away(why: &str) -> String {
    format!("refused: {why}")
}

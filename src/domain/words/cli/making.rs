//! `example` and `setup`: an office is made.

use std::path::Path;

/// A member of staff that a story speaks of.
pub fn no_such_staff(key: &str) -> String {
    format!("the example office has no member of staff with the key \"{key}\"")
}

/// A directory that cannot be used.
pub fn cannot_use_directory(dir: &Path, why: &str) -> String {
    format!("{} cannot be used: {why}", dir.display())
}

/// Something is there already.
pub fn not_empty(dir: &Path) -> String {
    format!("{} is not empty; name a directory that does not exist yet", dir.display())
}

/// The example is made.
pub fn example_made(dir: &Path, calls: u64, entries: u64, head: &str) -> String {
    format!(
        "TRAINING office in {}: {calls} calls, {entries} entries, head {head}\nOpen it: dutydesk --office {}",
        dir.display(),
        dir.display()
    )
}

/// A step of a story that went wrong.
pub fn in_story(story: &str, step: &str, says: &str) -> String {
    format!("story \"{story}\", step \"{step}\": {says}")
}

/// Not a time.
pub fn not_a_time(typed: &str) -> String {
    format!("\"{typed}\" is not a time; write it as 2026-10-25T09:00:00Z")
}

/// A role with which nobody could be added to the staff list.
pub fn role_adds_nobody(role: &str, may: &[String]) -> String {
    format!(
        "--role {role}: whoever sets an office up adds the others, and this role may not. Choose one of {}; \
         more roles can be given on the staff list afterwards",
        may.join(", ")
    )
}

/// The office is set up.
pub fn set_up(dir: &Path, office: &str, entries: u64, head: &str) -> String {
    format!(
        "{office} is set up in {}: {entries} entries, head {head}\nOpen it: dutydesk --office {}",
        dir.display(),
        dir.display()
    )
}

/// Why nothing came of a case that was audited in the example office.
pub const EXAMPLE_NO_ACTION: &str = "Talked over with the desk the same day; nothing else is needed";

//! Words about the files of an office: what is wrong with them, and what stands in their place.

/// No home directory and no other place named.
pub const NO_HOME: &str =
    "this account has no home directory: name the office's directory with --office or DUTYDESK_OFFICE";

/// A fault with its place.
pub fn fault(file: &str, line: Option<usize>, says: &str) -> String {
    match line {
        Some(line) => format!("{file}, line {line}: {says}"),
        None => format!("{file}: {says}"),
    }
}

/// A step's key that the program itself uses on the dashboard or in a case, and for what.
pub fn key_of_the_program(key: char, step: &str, does: &str) -> String {
    format!(
        "the key \"{key}\" of step \"{step}\" is the program's own on the dashboard or in a case ({does}): it never begins the step there"
    )
}

/// The mend of that.
pub const GIVE_ANOTHER_KEY: &str =
    "Give the step another key, or take it out: it is then begun from the list of all steps.";

/// An office's own keymap gives an action a key that steps have, and from then on it begins none of them there.
pub fn key_of_steps(key: char, action: &str, (step, file): (&str, &str), more: usize) -> String {
    let more = if more == 0 { String::new() } else { format!(" and {more} more") };
    format!(
        "\"{action}\" has the key \"{key}\" of step \"{step}\" ({file}){more}: it begins none of them any longer"
    )
}

/// The mend of that.
pub const GIVE_THE_ACTION_ANOTHER_KEY: &str =
    "Give the action a key that no step has. Every step can still be begun from the list of all steps.";

/// It is there and cannot be read.
pub fn unreadable(why: &str) -> String {
    format!("cannot be read ({why})")
}

/// A theme that is not there.
pub fn no_such_theme(name: &str, known: &str) -> String {
    format!("there is no theme \"{name}\"; there are {known}")
}

/// A line of a theme that means nothing.
pub fn no_such_meaning(name: &str, known: &str) -> String {
    format!("\"{name}\" is nothing that has a look; there are {known}")
}

/// Keys that are not written as a list.
pub fn not_a_list_of_keys(action: &str) -> String {
    format!("{action}: keys are written as a list, such as [\"c\", \"f2\"]")
}

/// Minutes that a desk cannot wait.
pub const IDLE_MINUTES: &str = "idle_minutes is a whole number from 1 to 15";

/// Neither yes nor no; the careful answer stands meanwhile.
pub const EVERYBODY: &str =
    "everybody is true or false; until it is mended everybody needs a PIN or passphrase";

/// A setting that is none.
pub fn no_such_setting(name: &str, known: &str) -> String {
    format!("there is no setting \"{name}\"; there are {known}")
}

/// A station without a name or an address.
pub const THIS_MACHINE: &str = "this machine";

/// A length of time that is none.
pub fn not_a_length(of: &str) -> String {
    format!("{of}: a time is written as \"60 min\", \"4 h\" or \"2 days\"")
}

/// A measure under a heading that is not there.
pub fn no_such_group(id: &str, group: &str) -> String {
    format!("measure {id}: there is no group \"{group}\"")
}

/// Two measures of one id.
pub fn measure_twice(id: &str) -> String {
    format!("measure {id} stands here twice; give one of them another id")
}

/// A measure that asks two things.
pub fn measure_of_two(id: &str) -> String {
    format!("measure {id}: say one of met, from with to, and sum; or none of them, to count")
}

/// A measure that stands on the page of patterns by something it is not split by.
pub fn pattern_is_not_split(id: &str, by: &str) -> String {
    format!("measure {id}: pattern names {by}, by which it is not split; add it to by, or take it out")
}

/// A measure that asks what its rows cannot answer.
pub fn measure_cannot_ask(id: &str, what: &str) -> String {
    format!("measure {id}: {what} cannot be asked of what it looks at (over)")
}

/// A time of a story that cannot be read.
pub fn not_a_span(text: &str) -> String {
    format!("\"{text}\" is not a length such as 3m..14m")
}
/// What became of what a story that closes says nothing of.
pub const SEEN_TO: &str = "Seen to another way";

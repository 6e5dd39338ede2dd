//! `list`: what is listed, in tables.

/// Heads of the list of calls.
pub const HEADS_CALLS: [&str; 6] = ["Case", "Called", "Risk", "Person", "Matter", "Next"];
/// Heads of the lists of what is owed.
pub const HEADS_OWED: [&str; 9] =
    ["Due", "At", "What", "Owed by", "Person", "Case", "Risk", "Seen to by", "Chased"];
/// Heads of the list of what is somebody's.
pub const HEADS_MINE: [&str; 8] = ["", "Due", "What", "Person", "Case", "Risk", "Seen to by", "Stands"];

/// Heads of the list of cases.
pub const HEADS_CASES: [&str; 7] = ["Case", "Kind", "Opened", "Risk", "Person", "Matter", "Next"];

/// An option of other lists; `finds`: what was asked for can be found by words.
pub fn not_of_this_list(option: &str, lists: &[String], finds: bool) -> String {
    let instead = if finds { ". Cases that name an organisation are found with --find" } else { "" };
    format!("{option} is an option of: list {}{instead}", lists.join(", list "))
}

/// There is no such pathway.
pub fn no_such_pathway(id: &str, near: Option<&str>, known: &[&str]) -> String {
    match near {
        Some(near) => format!("no pathway is called \"{id}\". Did you mean \"{near}\"?"),
        None => format!("no pathway is called \"{id}\". There are {}", known.join(", ")),
    }
}
/// Heads of the lists of records.
pub const HEADS_RECORDS: [&str; 7] =
    ["Name", "Born", "NHS number", "Place", "Room", "Telephone", "See first"];
/// In place of what is first to be seen: what a member of staff may do.
pub const HEAD_ROLES: &str = "Roles";
/// Heads of the list of unfinished forms.
pub const HEADS_DRAFTS: [&str; 6] = ["Form", "Whose", "Open for", "Kept", "About", "Ring back"];
/// Heads of the list of looks.
pub const HEADS_LOOKS: [&str; 6] = ["When", "Who", "How", "Whose", "Case", "What, or why"];
/// A record that was opened beyond and has not been seen yet.
pub const TO_BE_SEEN: &str = "to be seen";
/// What is refused where the list of looks is.
pub const LOOKS: &str = "Who looked at what";
/// What is refused where a list is.
pub const LIST: &str = "A list";
/// What is refused where a record is not shown.
pub const SHOW: &str = "Open";
/// What is refused where nothing is opened beyond.
pub const LOOK_BEYOND: &str = "Open a record that is not yours";
/// No reason was given.
pub const WHY_BEYOND: &str = "Say why it has to be opened: --reason";

/// The words that say how a record was looked at.
pub fn ways_of_looking(words: &[&str]) -> String {
    format!("the words are {}", words.join(", "))
}

/// Something is open beyond what one may normally see.
pub fn open_until(stamp: &str) -> String {
    format!("Open until {stamp}. That you opened it, and why, stands on the auditor's list.")
}
/// Heads of the list of what waits for a second person.
pub const HEADS_COUNTERSIGN: [&str; 7] = ["Entry", "Recorded", "Case", "About", "What", "Waits", "By"];
/// Heads of the list of what was done by one.
pub const HEADS_ALONE: [&str; 6] = ["Entry", "Recorded", "About", "What", "By", "Why alone"];
/// Heads of the records that a search found.
pub const HEADS_FOUND_RECORDS: [&str; 6] = ["Name", "Born", "NHS number", "Place", "Telephone", "Found in"];
/// Heads of the cases that a search found.
pub const HEADS_FOUND_CASES: [&str; 6] = ["Case", "Opened", "Risk", "Person", "Matter", "Found in"];
/// A search found more of a kind than it shows.
pub const FOUND_MORE: &str = "and more; one word more narrows it, --limit shows more";
/// A search found nothing.
pub const NOTHING_FOUND: &str = "Nothing has all of these words";
/// A list without rows.
pub const NOTHING_LISTED: &str = "Nothing to list";
/// A closed call.
pub const CLOSED: &str = "closed";

/// How many of how many are shown.
pub fn shown_of(shown: u64, total: u64) -> String {
    format!("{shown} of {total}; --limit shows more")
}

/// Where a word stands: the step and its answer.
pub fn said_in(title: &str, said: &str) -> String {
    format!("{title}: {said}")
}

/// Answers that ought to be there.
pub fn missing(count: u32) -> String {
    if count == 1 { "1 answer missing".to_owned() } else { format!("{count} answers missing") }
}

/// What falls due next.
pub fn next(what: &str, distance: &str) -> String {
    format!("{what} {distance}")
}

/// How often something was chased.
pub fn chased(times: u32) -> String {
    if times == 0 { String::new() } else { format!("{times}×") }
}

/// An NHS number in threes and fours.
pub fn nhs_spaced(digits: &str) -> String {
    crate::domain::nhs::NhsNumber::read(digits).map_or(digits.to_owned(), |(number, _)| number.to_string())
}

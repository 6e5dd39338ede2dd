//! The words of finding somebody or something: the search over everything, the find line over rows, the search for a record.

use super::register;
use crate::domain::search::Kind;

/// The search over everything.
pub const SEARCH: &str = "Search";
/// Before anything is typed: what can be looked for.
pub const WHAT_TO_SEARCH: &str = "\
Type a few letters or digits; each word must be found.

a name, or nearly          quill, thersa
a day of birth             14/3/1941
an NHS number              999 000 0018
a telephone number         01632 960 118
a case                     U-1184
anything that was written  wound smells";
/// What was typed in the search before this one can be had again.
pub fn brings_back(before: &str) -> String {
    format!("↑ brings back \"{before}\"")
}
/// What a find line takes before anything is typed; what was looked for before can be had again.
pub fn find_here(before: &str) -> String {
    match before {
        "" => FIND_HERE.to_owned(),
        before => format!("{} · {FIND_HERE}", brings_back(before)),
    }
}
const FIND_HERE: &str = "type to find · ↓ to the rows";
/// How to go from the find line, in which letters stand, to what was found.
pub fn to_the_rows(enter: &str) -> String {
    format!("{enter}: to the rows")
}
/// The same where nothing was found in a register: how to add it.
pub fn then_adds(enter: &str, add: &str) -> String {
    format!("{enter}, then {add}: adds it")
}
/// In a find line that has the keys no more.
pub fn types_again(find: &str) -> String {
    format!("{find}: types here again")
}
/// Nothing has all the words.
pub const NOTHING_FOUND: &str = "\
Nothing has all of these words.

Try fewer words, the beginning of a word, or a number. Somebody new is not here yet: esc goes back, F2 takes their call.";
/// More was found of a kind than is shown.
pub const AND_MORE: &str = "these first; one word more says which";
/// Not all that has the words was looked at.
pub const BOUNDED: &str =
    "These words stand in much: only the latest was looked at. One word more says which.";
/// Why something was found that is written otherwise.
pub const NEARLY: &str = "a name that is nearly what was typed";

/// "12 found".
pub fn found(count: usize, more: bool) -> String {
    format!("{count}{} found", if more { " and more" } else { "" })
}

/// What kind of thing was found.
pub fn kind(kind: &Kind) -> String {
    match kind {
        Kind::Open => "Open cases".to_owned(),
        Kind::Closed => "Closed cases".to_owned(),
        Kind::People => register("people"),
        Kind::Records(id) => register(id),
    }
}

/// The search for whoever is at the keyboard, where nobody is shown before something is typed.
pub const TYPE_YOUR_NAME: &str = "Type your code, or the beginning of your name.";
/// The line that makes a record.
pub const MAKE_NEW: &str = "not on the list: enter makes a new record when the form is saved";
/// What becomes of words for which nobody is taken.
pub const ESC_KEEPS: &str = "esc keeps the words as they were said, and makes no record";
/// Somebody who is not on the person's record.
pub const AS_TYPED: &str = "not on the person's record: kept as you type it";
/// Nobody of that name.
pub const NOBODY_FOUND: &str = "Nothing found. Try fewer letters, a room, a date of birth or an NHS number.";
/// Nothing of that name in a register that takes no new one here.
pub const NOT_ON_THE_LIST: &str = "Nothing of that name is on the list. Try fewer letters.";

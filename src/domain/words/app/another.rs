//! Beginning another case: the words of the question and of what is late.

use super::Titled;

/// Begins another case.
pub const BEGIN_ANOTHER: Titled = [
    "Begin another case from here",
    "begin another",
    "A case of any kind, begun from what is selected. What is known here stands in its form, and each shows the other.",
];
/// The same in a case that may turn into an urgent one.
pub const MAKE_URGENT: Titled = [
    "Make it urgent, or begin another case from here",
    "make urgent",
    "An urgent call, or a case of any kind, begun from here. What is known here stands in its form, and each shows the other.",
];
/// Nothing can be begun by whoever is here.
pub const NOTHING_TO_BEGIN: &str = "There is nothing that you may begin; sign in, or ask whoever may";

/// The question which case is to be begun, and from what.
pub fn which_another(from: &str) -> String {
    match from {
        "" => "Begin what?".to_owned(),
        from => format!("Begin what? From {from}"),
    }
}

/// A pathway that is begun for something late.
pub fn for_what_is_late(title: &str, what: &str) -> String {
    format!("{title} · \"{what}\" is late")
}

/// Nothing to begin has such a name.
pub const NOTHING_CALLED_THAT: &str = "Nothing here is called that: take a letter back, or esc";
/// Enter where several have what was typed.
pub const SEVERAL_CALLED_THAT: &str =
    "Several are called that: type more of the name, or go to one with the arrow keys";

/// A kind of case that is not about anybody at hand: begun all the same, from nothing.
pub fn by_itself(title: &str) -> String {
    format!("{title} · by itself, not from here")
}

/// Where the records of a register are begun.
pub fn in_its_list(list: impl std::fmt::Display, adds: impl std::fmt::Display) -> String {
    format!("In a list of its own: {list}, then {adds}")
}

/// What can be typed where there are many to choose from.
pub const TYPE_ITS_NAME: &str = "Type a part of its name; a digit takes those in front";

/// A kind of case in the menu of all commands.
pub fn begin_kind(title: &str) -> String {
    format!("Begin: {title}")
}

/// About whoever the case is about, without the case.
pub fn another_alone(name: &str) -> String {
    format!("Not from this case: about {name} alone")
}

/// What is late, and the key that begins what follows from it.
pub fn late_begins(key: impl std::fmt::Display, titles: &[&str]) -> String {
    let titles: Vec<String> = titles.iter().map(|title| format!("\"{title}\"")).collect();
    format!("late: {key} begins {}", titles.join(" or "))
}

/// What is late, and of which nobody has said since what it means: the key that asks for it again, with the step's verb, and
/// the one that begins what follows from it.
pub fn late_asks(chase: char, verb: &str, key: impl std::fmt::Display, titles: &[&str]) -> String {
    let titles: Vec<String> = titles.iter().map(|title| format!("\"{title}\"")).collect();
    format!(
        "late: what does the wait mean, what holds meanwhile? {chase} {verb}, {key} begins {}",
        titles.join(" or ")
    )
}

/// Opens a linked case.
pub const LINKED: Titled = [
    "Linked case",
    "linked",
    "Opens the case that this one is linked with: what it was begun from, or what was begun from it.",
];
/// There is none.
pub const NOTHING_LINKED: &str = "This case is linked with no other";
/// Which of several.
pub const WHICH_LINKED: &str = "Which of the linked cases?";

/// A linked case in a choice.
pub fn linked_case(reference: &str, kind: &str, headline: Option<&str>) -> String {
    match headline {
        Some(headline) => format!("{reference}  {headline} · {kind}"),
        None => format!("{reference}  {kind}"),
    }
}

/// Which cases the list is to show.
pub const WHICH_CASES: &str = "Which cases?";
/// All there are.
pub const EVERY_CASE: &str = "Every kind, closed ones too";

/// All that are open.
pub fn every_open(open: u64) -> String {
    format!("Every kind, open  ·  {open}")
}

/// The cases of one pathway.
pub fn kind_of_cases(title: &str, open: u64, closed: u64) -> String {
    match closed {
        0 => format!("{title}  ·  {open} open"),
        closed => format!("{title}  ·  {open} open, {closed} closed"),
    }
}

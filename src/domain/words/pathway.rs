//! What is wrong with a definition file, and the mend. Read by whoever adapts a pathway, seldom a programmer.

/// The state a case begins in where a pathway names none.
pub const OPEN: &str = "Open";
/// The state a case ends in where a pathway names none.
pub const CLOSED: &str = "Closed";

/// What is wrong, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trouble {
    /// What is wrong, without a full stop.
    pub says: String,
    /// What to do, a whole sentence.
    pub mend: String,
}

fn trouble(says: impl Into<String>, mend: impl Into<String>) -> Trouble {
    Trouble { says: says.into(), mend: mend.into() }
}

/// "Did you mean ...?", or else what to do.
fn meant(near: Option<&str>, otherwise: impl Into<String>) -> String {
    near.map_or_else(|| otherwise.into(), |near| format!("Did you mean \"{near}\"?"))
}

/// Not TOML at all.
pub fn not_toml(says: &str) -> Trouble {
    trouble(
        format!("this is not TOML: {}", says.replace('\n', ", ")),
        "Look for a quotation mark, bracket or equals sign that is missing here or just before.",
    )
}

/// A file the program has no use for.
pub fn unknown_file(near: Option<&str>) -> Trouble {
    let files = "pathways/NAME.toml, calendars/NAME.toml, roles.toml, lists.toml, targets.toml and vague.toml";
    trouble("this file is not part of a set of definitions", meant(near, format!("The files are {files}.")))
}

/// A file that every set needs.
pub fn missing_file(file: &str) -> Trouble {
    trouble("the set has no such file", format!("Put {file} back; the program's own copy is a good start."))
}

/// A key that must be there.
pub fn missing(what: &str, key: &str) -> Trouble {
    trouble(format!("{what} has no \"{key}\""), format!("Add {key} = ... to it."))
}

/// A key nobody knows.
pub fn unknown_key(what: &str, key: &str, near: Option<&str>) -> Trouble {
    trouble(format!("{what} has \"{key}\", which means nothing here"), meant(near, "Take it out."))
}

/// A value of the wrong kind.
pub fn wrong_kind(what: &str, key: &str, wanted: &str) -> Trouble {
    trouble(format!("\"{key}\" of {what} is not {wanted}"), format!("Write {wanted} after \"{key} =\"."))
}

/// An id that is not one.
pub fn not_an_id(id: &str) -> Trouble {
    trouble(
        format!("\"{id}\" cannot be an id"),
        "Use small letters, digits and _ only, beginning with a letter; an id is kept in the record for ever.",
    )
}

/// A word that is not of the closed list.
pub fn not_one_of(what: &str, key: &str, word: &str, known: &[&str], near: Option<&str>) -> Trouble {
    trouble(
        format!("\"{key}\" of {what} cannot be \"{word}\""),
        meant(near, format!("It can be: {}.", known.join(", "))),
    )
}

/// A name that is not defined where it should be.
pub fn unknown(what: &str, kind: &str, name: &str, defined_in: &str, near: Option<&str>) -> Trouble {
    trouble(
        format!("{what} names the {kind} \"{name}\", which {defined_in} does not have"),
        meant(near, format!("Add it to {defined_in}, or name another.")),
    )
}

/// Two things of one kind under one id.
pub fn same_id(what: &str, kind: &str, id: &str) -> Trouble {
    trouble(
        format!("{what} has two of the kind {kind} with the id \"{id}\""),
        "Give the newer one an id of its own; an id is never used again, not even for something retired.",
    )
}

/// Two offered under one key of the keyboard.
pub fn same_key(what: &str, key: char, one: &str, other: &str) -> Trouble {
    trouble(
        format!("in {what} both \"{one}\" and \"{other}\" ask for the key \"{key}\""),
        "Give one of them another key.",
    )
}

/// More choices than keys.
pub fn too_many_choices(what: &str) -> Trouble {
    trouble(
        format!("{what} has more choices than there are keys to pick them with"),
        "Keep it to 35, or split it into two questions.",
    )
}

/// A condition that asks nothing.
pub fn not_a_condition(what: &str) -> Trouble {
    trouble(
        format!("this {what} asks nothing"),
        "Write one of: field with is, has or answered; recorded; risk; owed; after_now; before_now; all; any; not.",
    )
}

/// A condition that names a field but no answer.
pub fn nothing_asked_of_field(field: &str) -> Trouble {
    trouble(
        format!("the condition names the field \"{field}\" but no answer to it"),
        "Add is = \"...\", has = \"...\" or answered = true.",
    )
}

/// None or several of within, due, every.
pub fn one_way_to_fall_due(what: &str) -> Trouble {
    trouble(
        format!("{what} must say once when it falls due"),
        "Give exactly one of within = \"24 h\", due = \"FIELD\" or every = \"...\".",
    )
}

/// A due rule that cannot be read.
pub fn not_a_rule(what: &str, key: &str, says: &str) -> Trouble {
    let says = says.trim().trim_end_matches('.').replace('\n', ", ");
    trouble(format!("\"{key}\" of {what} cannot be read as a time limit: {says}"), "Write it like \"24 h\" or \"2 working days\".")
}

/// Required always and required sometimes.
pub fn required_twice(what: &str) -> Trouble {
    trouble(format!("{what} has both required and required_when"), "Keep one of the two.")
}

/// Choices given twice.
pub fn list_and_choices(what: &str, key: &str) -> Trouble {
    trouble(format!("{what} has both list and {key}"), "Keep one of the two.")
}

/// A branch that leads nowhere, or two ways.
pub fn branch_leads_one_way(what: &str) -> Trouble {
    trouble(format!("{what} must lead to one place"), "Give it either to = \"QUESTION\" or outcome = \"...\".")
}

/// A score's part without room.
pub fn no_range(what: &str) -> Trouble {
    trouble(format!("{what} has no range"), "Give from = 0, to = 3 or the like, the smaller first.")
}

/// A pathway whose id is not its file's name.
pub fn id_is_not_the_file_name(id: &str, expected: &str) -> Trouble {
    trouble(
        format!("the pathway calls itself \"{id}\" but its file is {expected}.toml"),
        format!("Write id = \"{expected}\"; a pathway that is in use keeps its id for ever."),
    )
}

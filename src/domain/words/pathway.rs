//! What is wrong with a definition file, and the mend. Read by whoever adapts a pathway, seldom a programmer.

mod bands;
mod conditions;
mod counting;
mod going_on;
mod order;
mod retention;
mod signs;
pub mod takes;

pub use bands::*;
pub use conditions::*;
pub use counting::*;
pub use going_on::*;
pub use order::*;
pub use retention::*;
pub use signs::*;

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

/// A number that is too small or too large.
pub fn not_within(key: &str, least: u16, most: u16) -> Trouble {
    trouble(format!("{key} is not a number from {least} to {most}"), "Write a whole number between the two.")
}

/// What the reader of TOML says of a key that stands there already.
pub const TWICE: &str = "duplicate key";

/// Not TOML at all.
pub fn not_toml(says: &str) -> Trouble {
    let mend = match says {
        TWICE => {
            "It stands there already: take one of the two out. What comes several times, as steps and fields do, is written with two brackets: [[step.field]]."
        }
        _ => {
            "Look for a quotation mark (\"), bracket or equals sign that is missing here or just before, or is of another kind."
        }
    };
    trouble(format!("this is not TOML: {}", says.replace('\n', ", ")), mend)
}

/// A file the program has no use for.
pub fn unknown_file(near: Option<&str>) -> Trouble {
    let files = "pathways/NAME.toml, calendars/NAME.toml, roles.toml, lists.toml, targets.toml, clocks.toml, vague.toml, warning-signs.toml, audit.toml, tags.toml and retention.toml";
    trouble("this file is not part of a set of definitions", meant(near, format!("The files are {files}.")))
}

/// A file that every set needs.
pub fn missing_file(file: &str) -> Trouble {
    trouble("the set has no such file", format!("Put {file} back; the program's own copy is a good start."))
}

/// A step or rows that no pathway has, named by a kind of thing owed.
pub fn in_no_pathway(what: &str, kind: &str, name: &str, near: Option<&str>) -> Trouble {
    trouble(
        format!("{what} names the {kind} \"{name}\", which no pathway has"),
        meant(near, "Name one that a pathway has, or take it out."),
    )
}

/// A kind of thing owed after one that fits everything.
pub fn kind_never_tried(kind: &str, all: &str) -> Trouble {
    trouble(
        format!("the kind \"{kind}\" stands after \"{all}\", which fits everything, so it never counts"),
        format!("Put \"{all}\" last."),
    )
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

/// A score that is held beside those of other years has another scale.
pub fn not_from_one_to_five(field: &str, means: &str) -> Trouble {
    trouble(
        format!("\"{field}\" means {means}, which is a score from 1 to 5"),
        "Write from = 1 and to = 5: scores of years are held beside one another.",
    )
}

/// A register that says to whom its records are kept.
pub fn records_say_who_may_see(what: &str) -> Trouble {
    trouble(
        format!("{what} is a register and says kept_to"),
        "Leave \"kept_to\" out: each record says by itself who may see it (means = \"restricted\").",
    )
}

/// A register that names an owner.
pub fn nobody_owns_records(what: &str) -> Trouble {
    trouble(
        format!("{what} is a register and names an owner"),
        "Leave \"owner\" out: only cases have one, who follows them to their end.",
    )
}

/// Two things of one kind under one id.
pub fn same_id(what: &str, kind: &str, id: &str) -> Trouble {
    trouble(
        format!("{what} has more than one {kind} with the id \"{id}\""),
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
    match key {
        "every" => trouble(
            format!("\"every\" of {what} cannot be read: {says}"),
            "Write it like \"week\" or { every = \"month\", on = 31, at = \"17:00\" }.",
        ),
        _ => trouble(
            format!("\"{key}\" of {what} cannot be read as a time limit: {says}"),
            "Write it like \"24 h\" or \"2 working days\".",
        ),
    }
}

/// What a file's own reader found.
pub fn whole_file(says: &str) -> Trouble {
    let says = says.trim().trim_end_matches('.').replace('\n', ", ");
    trouble(says, "The program's own copy of this file shows how it is written.")
}

/// Office hours that do not read as hours.
pub fn not_hours(says: &str) -> Trouble {
    trouble(
        says.trim_end_matches('.'),
        "Write them after \"hours =\" as in \"Mon-Fri 08:30-17:30; bank holidays closed\".",
    )
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
    trouble(
        format!("{what} must lead to one place"),
        "Give it either to = \"QUESTION\" or outcome = \"...\".",
    )
}

/// A score's part without room.
pub fn no_range(what: &str) -> Trouble {
    trouble(format!("{what} has no range"), "Give from = 0, to = 3 or the like, the smaller first.")
}

/// Bounds between which nothing is measured.
pub fn hardly_the_wrong_way(what: &str) -> Trouble {
    trouble(
        format!("{what} asks about every measurement"),
        "Give hardly_below the smaller number, hardly_above the greater.",
    )
}

/// A pathway whose id is not its file's name.
pub fn id_is_not_the_file_name(id: &str, expected: &str) -> Trouble {
    trouble(
        format!("the pathway calls itself \"{id}\" but its file is {expected}.toml"),
        format!("Write id = \"{expected}\"; a pathway that is in use keeps its id for ever."),
    )
}

/// A row or field that opens nothing, though a step is recorded on it.
pub fn opens_nothing(what: &str, rows: &str, near: Option<&str>) -> Trouble {
    trouble(
        format!("{what} names \"{rows}\", which opens nothing that is owed"),
        meant(near, "Write STEP.FIELD of rows that have opens = { ... }."),
    )
}

/// A field by itself whose answer is to stand for rows below it.
pub fn carries_nothing(id: &str) -> Trouble {
    trouble(
        format!("field \"{id}\" carries down, and has no rows below it"),
        "Write carries_down on a column of a table, or take it out.",
    )
}

/// A field id with a meaning of its own.
pub fn reserved(id: &str) -> Trouble {
    trouble(
        format!(
            "a field cannot be called \"{id}\", which from = \"...\" uses for a moment of the step itself"
        ),
        "Give it another id.",
    )
}

/// A meaning on a kind it cannot stand on.
pub fn wrong_meaning(what: &str, means: &str, kind: &str, kinds: &[&str]) -> Trouble {
    trouble(
        format!("{what} means \"{means}\" but is of the kind {kind}"),
        format!("\"{means}\" stands on: {}.", kinds.join(", ")),
    )
}

/// A choice that says what becomes of something owed, and is none that the program knows.
pub fn settles_otherwise(what: &str, choice: &str, known: &[&str]) -> Trouble {
    trouble(
        format!("{what} says what becomes of something owed, and \"{choice}\" is no such thing"),
        format!("The choices are: {}.", known.join(", ")),
    )
}

/// A source that names nothing to be read.
pub fn no_source(what: &str) -> Trouble {
    trouble(
        format!("{what} says from where it is filled, but not with what"),
        "Write { record = \"alert\" }, or { history = \"care_evidence\" }, with what the answers mean."
            .to_owned(),
    )
}

/// What is read of the record in a step where nobody is known yet whose record it is.
pub fn nobody_to_read_of(what: &str) -> Trouble {
    trouble(
        format!("{what} is filled from the record of whom the case is about, but that is not known there"),
        "Ask for it in a later step, of a pathway whose cases are about somebody.".to_owned(),
    )
}

/// Rows that have no room for what is read.
pub fn no_room_for_source(what: &str) -> Trouble {
    trouble(
        format!(
            "{what} has no column for what is offered from the record, or none for where it was taken from"
        ),
        "Give the rows a column of the kind text or notes, and one that means taken_from.".to_owned(),
    )
}

/// A list whose rows cannot be made from a pathway.
pub fn list_lacks(what: &str, list: &str, needs: &str) -> Trouble {
    trouble(
        format!("{what} stands on the list \"{list}\", but its opening step lacks what that list shows"),
        format!("Give the opening step {needs}, or take list out."),
    )
}

/// Two pathways on one list.
pub fn same_list(list: &str, other: &str) -> Trouble {
    trouble(
        format!("the list \"{list}\" already shows the pathway \"{other}\""),
        "Only one pathway stands on each list.".to_owned(),
    )
}

/// Two pathways in which what is to be made better is raised.
pub fn takes_actions_twice(other: &str) -> Trouble {
    trouble(
        format!("the pathway \"{other}\" already takes what is to be made better"),
        "Take takes_actions out of one of the two.",
    )
}

/// How often something comes round, in a form that opens nothing.
pub fn recurs_nothing(what: &str) -> Trouble {
    trouble(
        format!("{what} says how often something comes round, but the step opens nothing that is owed"),
        "Add opens = { ... } to the field that says by when, or take means out.".to_owned(),
    )
}

/// Choices that come round where nothing reads it.
pub fn comes_round_for_nothing(what: &str) -> Trouble {
    trouble(
        format!("{what} has a choice with every, which counts only where the field means recurs"),
        "Add means = \"recurs\", or take every out.".to_owned(),
    )
}

/// Void or blank slips in a pathway that has no pad.
pub fn slips_of_no_pad(what: &str) -> Trouble {
    trouble(
        format!("{what} speaks of the slips of a pad, but the pathway's opening step names none"),
        "Give the opening step a field that means slips_issued.".to_owned(),
    )
}

/// Slips given out by a step that does not open the case.
pub fn slips_issued_later(what: &str) -> Trouble {
    trouble(
        format!("{what} gives slips out, but does not open a case"),
        "The slips of a pad are named by the step that opens its case: add opens = true.".to_owned(),
    )
}

/// A meaning that stands twice where it can stand once.
pub fn meaning_twice(what: &str, means: &str, one: &str, other: &str) -> Trouble {
    trouble(
        format!("in {what} both \"{one}\" and \"{other}\" mean \"{means}\""),
        "Keep it on one of them, or give each a group of its own where the meaning allows several.",
    )
}

/// Retired and required at once.
pub fn retired_but_required(what: &str) -> Trouble {
    trouble(format!("{what} is retired and still required"), "Take out required, or retired = true.")
}

/// Rows that open a commitment without a time.
pub fn nothing_says_by_when(what: &str) -> Trouble {
    trouble(
        format!("{what} opens something owed but no column says by when"),
        "Give a column of the kind by_when the meaning due (or control_review_by).",
    )
}

/// A tree that goes round in a circle.
pub fn tree_leads_back(what: &str, to: &str) -> Trouble {
    trouble(
        format!("a branch of {what} leads back to \"{to}\""),
        "A branch leads onward only: put the question it leads to further down.",
    )
}

/// A group of one.
pub fn group_of_one(what: &str, group: &str) -> Trouble {
    trouble(
        format!("the group \"{group}\" of {what} has one field only"),
        "Give the fields that belong with it the same group, or take it out.",
    )
}

/// What is promised without by when, or the other way round.
pub fn group_incomplete(what: &str, group: &str) -> Trouble {
    trouble(
        format!("the group \"{group}\" of {what} has only one of what is promised and by when"),
        "Give one field of the group means = \"promise\" and another means = \"due\".",
    )
}

/// `does` without `on`.
pub fn does_without_on(what: &str) -> Trouble {
    trouble(
        format!("{what} says what it does, but not on what"),
        "Add on = [\"STEP.FIELD\"], the rows that open what it is recorded on.",
    )
}

/// `goes_on` where nothing is there to go on.
pub fn goes_on_without_on(what: &str) -> Trouble {
    trouble(
        format!(
            "{what} goes on as what its step is recorded on was owed, but the step is recorded on nothing"
        ),
        "Add on = [\"STEP.FIELD\"] to the step, or leave goes_on out.",
    )
}

/// `goes_on` or `latest` where a field opens several things at once.
pub fn opens_several(what: &str, key: &str) -> Trouble {
    trouble(
        format!("{what} says {key}, but each of its rows or lines opens something of its own"),
        "Say it of a field that opens one thing.",
    )
}

/// `on` without `does`.
pub fn on_without_does(what: &str) -> Trouble {
    trouble(
        format!("{what} is recorded on something owed, but does nothing to it"),
        "Add does = \"accept\", \"report\", \"confirm\", \"refuse\", \"supersede\", \"cancel\" or \"skip\".",
    )
}

/// A case that would wait for a second person before there is one.
pub fn second_before_case(what: &str, gate: &str) -> Trouble {
    trouble(
        format!("{what} opens a case and has \"{gate}\""),
        format!(
            "Take {gate} out: a case that begins does not wait. Let a later step want the second person."
        ),
    )
}

/// A gate before a safety step.
pub fn gate_before_safety(what: &str, gate: &str) -> Trouble {
    trouble(
        format!("{what} is a safety step and has \"{gate}\""),
        format!("Take {gate} out: nothing stands before a safety step."),
    )
}

/// A safety step that not everybody may record.
pub fn safety_is_for_anyone(what: &str) -> Trouble {
    trouble(
        format!("{what} is a safety step and is not for everybody"),
        "Say roles = [\"anyone\"]: nothing stands before a safety step.",
    )
}

/// A step that may be typed for somebody, with no line to say for whom.
pub fn typed_for_nobody(what: &str) -> Trouble {
    trouble(
        format!("{what} has typed_for and no line that says whose act it is"),
        "Give it a field with kind = \"staff\" and means = \"decided_by\", or take typed_for out.",
    )
}

/// Something owed that is eased by a milestone which no step reaches.
pub fn eased_by_nothing(what: &str) -> Trouble {
    trouble(
        format!("{what} is eased by a milestone that no step of this pathway reaches"),
        "Name one of the milestones of its steps, or leave eased_by out.",
    )
}

/// A condition on a milestone which no step reaches.
pub fn reached_by_nothing(what: &str) -> Trouble {
    trouble(
        format!("{what} asks for a milestone that no step of this pathway reaches"),
        "Name one of the milestones of its steps.",
    )
}

/// A condition on a level being lowered, of a field that has none.
pub fn no_level(what: &str, field: &str) -> Trouble {
    trouble(
        format!("{what} asks whether \"{field}\" lowers the risk, but it does not mean risk"),
        "Name the field with means = \"risk\".",
    )
}

/// A step that leads only once to its own pathway, in which it is owed instead.
pub fn once_of_what(what: &str) -> Trouble {
    trouble(
        format!("{what} is to be opened only once and opens no other pathway"),
        "Name the pathway that it opens, or leave once out.",
    )
}

/// A table whose rows are to open a case each and cannot.
pub fn each_of_what(what: &str, rows: &str) -> Trouble {
    trouble(
        format!("{what} is to open a case for each row of \"{rows}\""),
        "Name a table of this step that opens nothing itself, and the pathway with its opening step.",
    )
}

/// Rows that would open two cases of one pathway each: both would have the same id.
pub fn each_twice(what: &str, rows: &str) -> Trouble {
    trouble(
        format!(
            "{what} opens a case of this pathway for each row of \"{rows}\", and so does another then of this step"
        ),
        "Keep one of them, or give each a table of its own.",
    )
}

/// Something owed that is settled by the same answer to a field that one of the two steps does not have.
pub fn same_in_neither(what: &str, field: &str, settles: &str) -> Trouble {
    trouble(
        format!("{what} wants the same \"{field}\" in the step that settles it"),
        format!(
            "Name a field that this step and step \"{settles}\" of this pathway both have, or leave same out."
        ),
    )
}

/// What is owed is said to be settled by an answer that the step which settles it does not ask for.
pub fn said_nowhere(what: &str, field: &str, settles: &str) -> Trouble {
    trouble(
        format!("{what} is settled by \"{field}\", which step \"{settles}\" does not ask as a choice"),
        format!("Name a choice of step \"{settles}\" of this pathway, or ROWS.COLUMN, or leave or_said out."),
    )
}

/// A weight that is none.
pub fn no_weight(what: &str, heaviest: u8) -> Trouble {
    trouble(
        format!("{what} cannot weigh that"),
        format!(
            "Write a whole number from 1, the least, to {heaviest}, the worst: 7 and more is red, 4 to 6 amber."
        ),
    )
}

/// A level of risk without a weight beside others that have one.
pub fn weighs_nothing(what: &str, level: &str) -> Trouble {
    trouble(
        format!("{what} says how much some of its levels weigh, but not \"{level}\""),
        "Give each a weight, or none: without any, the first is the worst.",
    )
}

/// What is owed can only be settled by a step that is no longer offered.
pub fn settled_by_retired(what: &str, step: &str) -> Trouble {
    trouble(
        format!("{what} is settled by \"{step}\", which is retired"),
        "Name a step that is still offered.",
    )
}

/// A rule that cannot fall due.
pub fn cannot_fall_due(what: &str, says: &str, near: Option<&str>) -> Trouble {
    trouble(
        format!("{what} has a time limit that does not hold: {says}"),
        meant(near, "Every choice needs a time, and every target a line in targets.toml."),
    )
}

/// Two pathways whose references begin alike.
pub fn same_reference(reference: &str, other: &str) -> Trouble {
    trouble(
        format!("the reference \"{reference}\" is already that of the pathway \"{other}\""),
        "Use another letter, so that a reference said aloud means one case.",
    )
}

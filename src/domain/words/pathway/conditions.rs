//! What is wrong with a condition, or with what is read of the record and the queues.

use super::{Trouble, trouble};

/// A number is wanted.
pub fn not_a_number(what: &str, field: &str, kind: &str) -> Trouble {
    trouble(
        format!("{what} wants a number from \"{field}\", which is of the kind {kind}"),
        "Name a field of the kind number or score, or ask is = \"...\".",
    )
}

/// A bound that lies outside what the field can be.
pub fn out_of_its_range(what: &str, field: &str, number: i64) -> Trouble {
    trouble(
        format!("{what} holds \"{field}\" against {number}, which \"{field}\" can never be"),
        "Name a number within its from and to.",
    )
}

/// A condition that names a meaning but no answer.
pub fn nothing_asked_of_record() -> Trouble {
    trouble("the condition asks the record but names no answer", "Add is = \"...\".")
}

/// A case about nobody has no record to ask.
pub fn no_record_to_ask(what: &str, pathway: &str) -> Trouble {
    trouble(
        format!("{what} asks the record of whomever the case is about, but \"{pathway}\" is about no record"),
        "Give the pathway subject = \"people\" or the like, or ask a field.",
    )
}

/// No field of the register has the meaning, or none with answers to name.
pub fn record_says_nothing(what: &str, register: &str, means: &str) -> Trouble {
    trouble(
        format!(
            "{what} asks for \"{means}\", which no choice or yes_no of the register \"{register}\" means"
        ),
        "Name a meaning that such a field of the register has.",
    )
}

/// An agenda of the whole office in somebody's case, or where nothing can stand.
pub fn no_place_for_agenda(what: &str) -> Trouble {
    trouble(
        format!("{what} goes through the queues of the office, which a case about somebody must not hold"),
        "Put it into a later step of a pathway without a subject or about organisations, with a column of the kind text.",
    )
}

/// A part of an agenda that brings nothing, or several things.
pub fn no_part_of_agenda(brings: &[&str]) -> Trouble {
    trouble(
        "A part of an agenda does not say what it brings".to_owned(),
        format!("Write one of: {}.", brings.join(", ")),
    )
}

/// A criterion that says of nothing, or of several things, what shows it.
pub fn shows_nothing(what: &str, shows: &[&str]) -> Trouble {
    trouble(
        format!("{what} does not say what shows that it is met"),
        format!("Write one of: {}.", shows.join(", ")),
    )
}

/// Nothing says after how many times a matter counts as unresolved.
pub fn unresolved_how_often() -> Trouble {
    trouble(
        "Nothing says how many times a matter stands on the agenda before it is unresolved".to_owned(),
        "Write times = 2, or another number from 1.",
    )
}

/// A kind whose answers a condition cannot name.
pub fn cannot_be_asked(what: &str, field: &str, kind: &str) -> Trouble {
    trouble(
        format!("{what} asks what \"{field}\" is, but a field of the kind {kind} has no answers to name"),
        "Ask answered = true, or ask a choice or yes_no.",
    )
}

/// A name is wanted.
pub fn names_no_record(what: &str, field: &str, kind: &str) -> Trouble {
    trouble(
        format!("{what} wants a name from \"{field}\", which is of the kind {kind}"),
        "Name a field of the kind contact or record.",
    )
}

/// A condition on who is waited for, of a step that waits for nobody.
pub fn waits_for_no_kind(what: &str, step: &str) -> Trouble {
    trouble(
        format!("{what} asks whom \"{step}\" waits for, but nothing that is owed as it says with whom"),
        "Give what is owed a \"with\", or ask for { owed = \"STEP\" }.",
    )
}

/// A line is offered what no step of the pathway says.
pub fn said_by_nothing(what: &str, means: &str) -> Trouble {
    trouble(
        format!(
            "{what} is filled from what the case says of \"{means}\", which no field of this pathway means"
        ),
        "Name a meaning that a field of one of its steps has.",
    )
}

/// A time is wanted.
pub fn not_a_time(what: &str, field: &str, kind: &str) -> Trouble {
    trouble(
        format!("{what} wants a time from \"{field}\", which is of the kind {kind}"),
        "Name a field of the kind time, by_when or date.",
    )
}

/// A condition that asks nothing.
pub fn not_a_condition(what: &str) -> Trouble {
    trouble(
        format!("this {what} asks nothing"),
        "Write one of: field with is, has, every_line, answered, at_least or at_most; record with is; recorded; risk; owed; overdue; after_now; before_now; all; any; not.",
    )
}

/// A condition within a time that is not simply time that passes.
pub fn not_elapsed(what: &str) -> Trouble {
    trouble(
        format!("\"within\" of this {what} is not a length of time that passes"),
        "Write hours, days or weeks, as in within = \"30 days\".",
    )
}

/// A condition that names a field but no answer.
pub fn nothing_asked_of_field(field: &str) -> Trouble {
    trouble(
        format!("the condition names the field \"{field}\" but no answer to it"),
        "Add is = \"...\", has = \"...\", answered = true, at_least = 1 or at_most = 9.",
    )
}

/// A checklist that makes owed what runs out, and of which nothing does.
pub fn nothing_runs_out(what: &str) -> Trouble {
    trouble(
        format!("{what} opens something owed when a line runs out, but its lines never do"),
        "Say expires = true, or take opens out.",
    )
}

/// A condition on every line of something that has no lines.
pub fn has_no_lines(what: &str, field: &str, kind: &str) -> Trouble {
    trouble(
        format!("{what} asks every line of \"{field}\", but a field of the kind {kind} has no lines"),
        "Name a checklist, or ask is or answered instead.",
    )
}

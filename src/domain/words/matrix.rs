//! Words of the escalation matrix, and of when something applies.

use crate::domain::case::Milestone;

/// Between conditions that must all hold.
pub const AND: &str = " and ";
/// Between conditions of which one must hold.
pub const OR: &str = " or ";

/// An answer that a condition asks for.
pub fn is(field: &str, answers: &[String]) -> String {
    format!("{field}: {}", answers.join(OR))
}

/// That a condition asks for any answer.
pub fn is_answered(field: &str) -> String {
    format!("{field} is answered")
}

/// That a condition asks for its opposite.
pub fn is_not(holds: &str) -> String {
    format!("not ({holds})")
}

/// That a condition asks for a record, newer than those of other steps where it names any.
pub fn is_recorded(step: &str, since: &[String]) -> String {
    match since {
        [] => format!("{step} is recorded"),
        since => format!("{step} is recorded since {}", since.join(AND)),
    }
}

/// That a condition asks how far the case has come.
pub fn reached(milestone: Milestone) -> &'static str {
    match milestone {
        Milestone::Observed => "something was observed",
        Milestone::Called => "the office was rung",
        Milestone::Emergency => "an ambulance was called",
        Milestone::Police => "the police were called",
        Milestone::Fire => "fire and rescue were called",
        Milestone::DutyTeam => "the emergency duty team was called",
        Milestone::Decided => "it was decided",
        Milestone::Contacted => "somebody outside was contacted",
        Milestone::Advised => "advice was received",
        Milestone::Told => "the care team, family or representative was told",
        Milestone::CareChanged => "the care plan or the risk controls were changed",
        Milestone::Reviewed => "it was reviewed",
        Milestone::Closed => "it was closed",
    }
}

/// That a condition asks how the case stands.
pub fn stands(states: &[String]) -> String {
    format!("the case stands as {}", states.join(OR))
}

/// That a condition asks the record of whomever the case is about.
pub const THEIR_RECORD: &str = "their record says so";

/// Heads the matrix of a pathway.
pub fn matrix_of(pathway: &str) -> String {
    format!("Escalation matrix: {pathway}")
}

/// Columns before the times: what is to be done, and by whom.
pub const BEFORE_TIMES: [&str; 2] = ["What, and with whom", "Who"];
/// The column of times, where no table has more.
pub const WHEN: &str = "Within";
/// Columns after the times.
pub const AFTER_TIMES: [&str; 3] = ["What sets it off", "What is recorded", "Then, and who"];

/// The step after which something is owed, and when it is not always.
pub fn set_off(step: &str, when: Option<&str>) -> String {
    when.map_or_else(|| step.to_owned(), |when| format!("{step}. {when}"))
}

/// Another step that sets the same off; when it does so only sometimes, its form says when.
pub fn or_else(before: &str, step: &str, sometimes: bool) -> String {
    if sometimes { format!("{before}; or, where it applies, {step}") } else { format!("{before}; or {step}") }
}

/// When it is owed cannot be said in words of the form.
pub const SOMETIMES: &str = "Where it applies";
/// It is owed where nothing else is.
pub const NOTHING_OWED: &str = "Nothing else is owed";
/// It is owed where a record was saved with blanks.
pub fn left_blank(step: &str) -> String {
    format!("{step}, saved with blanks")
}

/// What is recorded: the step, with what is always asked in it where that was not said before.
pub fn recorded(step: &str, asked: &[String]) -> String {
    if asked.is_empty() { step.to_owned() } else { format!("{step}: {}", asked.join(", ")) }
}

/// The same comes of it again.
pub const AS_ABOVE: &str = "As above";

/// What comes of it, and who sees to that.
pub fn next(what: &str, who: &str) -> String {
    format!("{what} ({who})")
}

/// Further rows that come of it.
pub fn further(more: usize) -> String {
    format!("and {more} more, each a row of its own")
}

/// Whoever is named in the row, and who of ours watches.
pub fn named(owner: &str) -> String {
    format!("Whoever is named; {owner} watches")
}

/// When a promise is chased.
pub fn chased(chase: &str) -> String {
    format!("The time given; without one, chased after {chase}")
}

/// The case ends with it.
pub const ENDS: &str = "The case is closed";
/// Nothing more comes of it.
pub const NOTHING: &str = "Nothing more";

//! What is wrong with the order of a pathway: where it begins, what leads where, what never ends.

use super::{Trouble, trouble};

/// A register that says from where it is begun.
pub fn record_begun_from(what: &str) -> Trouble {
    trouble(
        format!("{what} is a register and says from where it is begun"),
        "Leave \"begun_from\" out: a record is added in its list, not begun from a case.",
    )
}

/// A register with a digit that begins a case.
pub fn record_begin_key(what: &str) -> Trouble {
    trouble(
        format!("{what} is a register and has a digit that begins a case of it"),
        "Leave \"begin_key\" out: a record is added in its list.",
    )
}

/// Two pathways begun with one digit.
pub fn same_begin_key(key: char, one: &str, other: &str) -> Trouble {
    trouble(
        format!("both \"{one}\" and \"{other}\" are begun with the digit \"{key}\""),
        "Give one of them another digit, or none: whatever has none is found by its name.",
    )
}

/// A state no step leads to.
pub fn state_unreachable(what: &str, state: &str) -> Trouble {
    trouble(
        format!("{what} has the state \"{state}\", but no step leads there"),
        format!("Add to = \"{state}\" to a step, or take the state out."),
    )
}

/// A state from which no case is ever closed.
pub fn state_never_left(what: &str, state: &str) -> Trouble {
    trouble(
        format!("in {what} a case that stands in \"{state}\" can never be closed"),
        format!(
            "Let a step with from = [\"{state}\"] close the case, or lead to a state that one can close."
        ),
    )
}

/// Gates that wait for one another.
pub fn gates_in_a_circle(what: &str, step: &str) -> Trouble {
    trouble(
        format!("in {what} \"{step}\" can never be recorded: what it needs waits for it"),
        "Take one of the needs out, or let it need a step that comes before.",
    )
}

/// A debt whose time is no longer asked.
pub fn dated_by_retired(what: &str, field: &str) -> Trouble {
    trouble(
        format!("{what} goes by the field \"{field}\", which is retired and never answered"),
        "Name a field that is still asked, or give a time (within = ...).",
    )
}

/// Debts that lead round in a circle.
pub fn no_way_out(what: &str, step: &str) -> Trouble {
    trouble(
        format!("in {what} what is owed after \"{step}\" leads round in a circle that never ends"),
        "Give one of the debts on the way a condition (when = ...), or let one of the steps close the case.",
    )
}

/// A step of another pathway that does not open it.
pub fn does_not_open(what: &str, pathway: &str, step: &str, opening: Option<&str>) -> Trouble {
    let otherwise = format!("The pathway \"{pathway}\" needs a step with opens = true first.");
    trouble(
        format!("{what} names \"{step}\" of the pathway \"{pathway}\", which does not open a case there"),
        opening.map_or(otherwise, |opening| format!("Write step = \"{opening}\".")),
    )
}

/// No step opens a case.
pub fn nothing_opens(what: &str) -> Trouble {
    trouble(format!("{what} has no step that opens a case"), "Add opens = true to the first one.")
}

/// Two steps open a case.
pub fn two_open(what: &str, one: &str, other: &str) -> Trouble {
    trouble(
        format!("in {what} both \"{one}\" and \"{other}\" open a case"),
        "Keep opens = true on one of them; retire the other if it was in use.",
    )
}

/// No state is a closed one.
pub fn no_closed_state(what: &str) -> Trouble {
    trouble(format!("{what} has no closed state"), "Add closed = true to the last one.")
}

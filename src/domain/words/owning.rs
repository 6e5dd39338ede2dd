//! Whose something is, and why it cannot be taken, offered, answered or left.

use crate::domain::permission::Reason;

/// A desk where nobody is signed in.
pub const NOBODY_TAKES: &str = "Say who you are first: what is taken has somebody's name on it";
/// Somebody else's.
pub const NOT_YOURS: &str = "Somebody else sees to this. Take it first, with a reason";
/// Offered to somebody else.
pub const NOT_OFFERED_TO_YOU: &str = "This is offered to somebody else: only they answer it";
/// Nothing named.
pub const NOTHING_NAMED: &str = "Say what: the case itself, or something owed in it";
/// A record of a register.
pub const NOBODY_OWNS_RECORDS: &str =
    "Nobody owns a record of a register: only cases and what is owed have an owner";
/// Closed, settled, or not there.
pub const NOT_OPEN: &str =
    "This is closed, settled or not in this case: there is nothing to own any more. Look at the case again";
/// Taken by oneself already.
pub const YOURS_ALREADY: &str = "This is yours already";
/// A duty has it already.
pub const THEIRS_ALREADY: &str = "They see to this already";
/// Taken from a person.
pub const WHY_FROM_A_PERSON: &str = "Say why you take it: somebody else sees to it, and is told";
/// An offer to whoever has it.
pub const NOT_TO_ONESELF: &str = "This cannot be offered to yourself: it is yours";
/// An offer to whoever is not ours.
pub const ONLY_TO_OURS: &str = "Only somebody on the staff list, a role or a duty can be offered something";
/// An offer to somebody who has left, or never was here.
pub const NOT_ON_STAFF: &str =
    "They have left, or are not on the staff list: offer it to somebody who works here";
/// An offer to somebody who could not read it.
pub const THEY_CANNOT_READ: &str =
    "They may not read this record, so they could not see to it: offer it to somebody who may";
/// No such role.
pub const NO_SUCH_ROLE: &str = "There is no such role or duty in the definitions in force";
/// An answer to what no longer stands.
pub const NO_SUCH_OFFER: &str =
    "This offer no longer stands: it was answered, taken back, or offered anew. Look at the case again";
/// A refusal without a reason.
pub const WHY_REFUSED: &str =
    "Say why you refuse it: it stays with whoever offered it, and they need to know";
/// A query without a question.
pub const WHAT_IS_ASKED: &str = "Say what you need to know before you take it";
/// An act in no case.
pub const IN_A_CASE: &str = "What is taken, offered or left belongs to one case: name it";
/// A refusal that is not one.
pub const NO_SUCH_REFUSAL: &str = "Nobody refused this in that entry";

/// What a role sees to.
pub fn not_yours_but_of(role: &str) -> Reason {
    Reason(format!("This is with: {role}. Take it first, or let whoever holds that offer it"))
}

/// What is offered to whoever holds a role.
pub fn offered_to_role(role: &str) -> Reason {
    Reason(format!("This is offered to: {role}. Only whoever holds that answers it"))
}

/// Why what somebody had passes to a duty, and an offer to them comes to an end.
pub const HAS_LEFT: &str = "They no longer work here";

/// The case itself, among what is owned in it.
pub const THE_CASE: &str = "the case";

/// "the case, GP calls back and review".
pub fn list(things: &[String]) -> String {
    match things {
        [] => String::new(),
        [one] => one.clone(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}

/// What, and why where it was said.
pub fn what_and_why(what: &str, reason: &str) -> String {
    match (what.is_empty(), reason.is_empty()) {
        (_, true) => what.to_owned(),
        (true, false) => reason.to_owned(),
        (false, false) => format!("{what}: {reason}"),
    }
}

/// What to whom, and what was said to it.
pub fn what_to_whom(what: &str, whom: &str, said: &str) -> String {
    what_and_why(&format!("{what} to {whom}"), said)
}

/// What passed to a duty because somebody had refused it.
pub fn refused_before(said: &str, by: &str) -> String {
    format!("{said}; {by} had refused it")
}

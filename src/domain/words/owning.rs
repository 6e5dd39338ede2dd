//! Whose something is, and why it cannot be taken, offered, answered or left.

use crate::domain::owning::OfferAnswer;
use crate::domain::permission::Reason;

/// What is said to be taken in a handover has no line there, or is not its giver's any more.
pub const NOT_GIVEN_THERE: &str = "That handover does not give this; take it with a reason of its own";

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

/// The title of an answer to an offer.
pub fn answered(answer: OfferAnswer) -> &'static str {
    match answer {
        OfferAnswer::Taken => "Offer taken",
        OfferAnswer::Refused => "Offer refused",
        OfferAnswer::Queried => "Asked before taking it",
    }
}

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

/// "offered to SHAH, P., 12 min ago: the surgery rings back".
pub fn offered_since(to: &str, age: &str, note: &str) -> String {
    what_and_why(&format!("offered to {to} {age} ago"), note)
}

/// "from SHAH, P. 12m ago: the surgery rings back".
pub fn offered_by(by: Option<&str>, age: &str, note: &str) -> String {
    what_and_why(&by.map_or_else(|| format!("{age} ago"), |by| format!("from {by} {age} ago")), note)
}

/// What whoever it is offered to asks first.
pub fn and_asked(said: &str, by: &str, question: &str) -> String {
    format!("{said}; {by} asks: {question}")
}

/// "refused by OKAFOR, A.: in A&E with Mr Oakes".
pub fn refused_by(by: &str, reason: &str) -> String {
    what_and_why(&format!("refused by {by}"), reason)
}

/// Who took it, said to whoever had it.
pub fn taken_by(by: &str, age: &str, reason: &str) -> String {
    what_and_why(&format!("by {by} {age} ago"), reason)
}

/// Who took it from whom, and why.
pub fn taken_from(from: &str, by: &str, age: &str, reason: &str) -> String {
    what_and_why(&format!("taken from {from} by {by} {age} ago"), reason)
}

/// Lists what is one's own.
pub const MINE: [&str; 3] =
    ["What is mine", "mine", "What is offered to you, what you see to, and what the duty you hold sees to"];
/// Whose something is.
pub const PASS_ON: [&str; 3] =
    ["Whose it is", "whose", "Take it, offer it, answer an offer, or leave it to a duty"];
/// Takes what a duty or somebody else sees to.
pub const TAKE: [&str; 3] = ["Take it", "", "You see to it from now on"];
/// Offers to a person.
pub const OFFER: [&str; 3] = ["Offer it to somebody", "", "It stays yours until they take it"];
/// Offers to a duty.
pub const OFFER_DUTY: [&str; 3] =
    ["Offer it to a duty", "", "Whoever holds it may take it; it stays yours until then"];
/// Takes what is offered.
pub const TAKE_OFFER: [&str; 3] = ["Take what is offered", "take it", "It is yours from now on"];
/// Refuses it.
pub const REFUSE_OFFER: [&str; 3] =
    ["Refuse what is offered", "refuse it", "It stays with whoever offered it, who is told why"];
/// Asks first.
pub const QUERY_OFFER: [&str; 3] =
    ["Ask before you take it", "", "The offer stands; whoever made it sees the question"];
/// Takes an offer back.
pub const WITHDRAW: [&str; 3] = ["Take the offer back", "", "It stays yours, and is offered to nobody"];
/// Leaves to a duty.
pub const LEAVE: [&str; 3] = ["Leave it to a duty", "", "Whoever holds the duty sees to it from now on"];

/// What is asked about is the whole case.
pub const WHOLE_CASE: &str = "The whole case instead";
/// Nothing that has an owner is selected.
pub const NOTHING_AT_HAND: &str =
    "Select something owed, or open the case: what has an owner can be taken or offered";
/// Nothing to answer.
pub const NOT_OFFERED: &str = "This is offered to nobody";
/// It is theirs.
pub const TAKEN: &str = "It is yours";
/// The offer is gone.
pub const WITHDRAWN: &str = "Taken back: it is yours, and offered to nobody";

/// Why.
pub const REASON: &str = "Why";
/// What is asked.
pub const QUESTION: &str = "What do you need to know";
/// To whom.
pub const TO_WHOM: &str = "To whom";
/// How a colleague is found.
pub const TO_WHOM_HELP: &str = "A few letters of a name on the staff list";
/// To which duty or role.
pub const TO_DUTY: &str = "To which duty or role";
/// What goes with the offer.
pub const NOTE: &str = "What they should know";
/// What belongs there.
pub const NOTE_HELP: &str = "What comes next, by when, and what to do if it does not";
/// Taking from a person.
pub const TAKE_FORM: &str = "Take it from somebody";
/// What follows.
pub const TAKE_FORM_HELP: &str = "They are told that you have it, and why";
/// Offering.
pub const OFFER_FORM: &str = "Offer it";
/// What follows.
pub const OFFER_FORM_HELP: &str = "It stays yours until they take it";
/// Refusing.
pub const REFUSE_FORM: &str = "Refuse what is offered";
/// What follows.
pub const REFUSE_FORM_HELP: &str = "It stays with whoever offered it";
/// Asking.
pub const QUERY_FORM: &str = "Ask before you take it";
/// What follows.
pub const QUERY_FORM_HELP: &str = "The offer stands until you take or refuse it";
/// Leaving.
pub const LEAVE_FORM: &str = "Leave it to a duty";
/// What follows.
pub const LEAVE_FORM_HELP: &str = "For the end of a shift, and for what nobody took. Who refused it is named";

/// Groups of the list, a word each.
pub const GROUP_OFFERED: &str = "offered";
/// Taken from them.
pub const GROUP_TAKEN: &str = "taken";
/// Theirs.
pub const GROUP_OWN: &str = "yours";
/// Their duty's.
pub const GROUP_DUTY: &str = "duty";

/// The heading of the list.
pub const MINE_HEADING: &str = "Mine";
/// Nothing in it.
pub const NOTHING_MINE: &str = "Nothing is offered to you, and nothing is yours";

/// How many there are, by kind.
pub fn mine_counts(offered: u64, own: u64, duty: u64) -> String {
    format!("{offered} offered · {own} yours · {duty} of your duties")
}

/// A case, and how much goes with it.
pub fn case_and(reference: &str, others: usize) -> String {
    match others {
        0 => format!("{reference}, the case"),
        1 => format!("{reference}, the case and 1 thing owed in it"),
        others => format!("{reference}, the case and {others} things owed in it"),
    }
}

/// "2 offered to you".
pub fn offered_to_you(count: u64) -> String {
    format!("{count} offered to you")
}

/// The same in little room.
pub fn offered_short(count: u64) -> String {
    format!("{count} offered")
}

/// What a change on the dashboard says, and the key that lists them.
pub fn is_offered(count: u64) -> String {
    format!("{}: @ lists what is yours", offered_to_you(count))
}

/// Before the owner of a case.
pub const CASE_OWNER: &str = "this case is with ";
/// Nobody has answered and its time has come.
pub const UNANSWERED: &str = "nobody has answered: ";

/// In a column of owners: to whom something is offered.
pub fn cell_offered(to: &str) -> String {
    format!("offered {to}")
}

/// The same where nobody has answered for too long.
pub fn cell_unanswered(to: &str) -> String {
    format!("no answer, {to}")
}

/// In a column of owners: whose it stays since somebody refused it.
pub fn cell_refused(owner: &str) -> String {
    format!("refused, {owner}")
}

/// How a row of the list of what is somebody's stands, where there is nothing else to say of it.
pub fn with(owner: &str) -> String {
    format!("with {owner}")
}

/// A case among what is owed, by the words that name its matter, if there are any.
pub fn a_case(matter: &str) -> String {
    what_and_why(THE_CASE, matter)
}

/// How far a matter was escalated, the latest last.
pub const ESCALATED: &str = "level  ";

/// Something is owed in another case from then on.
pub const ELSEWHERE: &str = "  goes on in another case";

//! What is said of warning signs.

use chrono::TimeDelta;

use crate::domain::answer::YesNo;
use crate::domain::signs::SignAnswer;

/// As a definition names it.
pub fn yes_no(is: YesNo) -> &'static str {
    match is {
        YesNo::Yes => "yes",
        YesNo::No => "no",
    }
}

/// What a call was about that nobody followed up.
pub fn nothing_since(headline: Option<&str>) -> String {
    headline.unwrap_or_default().to_owned()
}

fn days(length: TimeDelta) -> String {
    match length.num_days() {
        0 => format!("{} hours", length.num_hours()),
        1 => "a day".to_owned(),
        days => format!("{days} days"),
    }
}

/// "3 times in 21 days".
pub fn times_in_days(times: usize, within: TimeDelta) -> String {
    format!("{times} times in {}", days(within))
}

/// "3 in 14 days: Fall or long lie".
pub fn counted(times: usize, within: TimeDelta, by: &str) -> String {
    let counted = format!("{times} in {}", days(within));
    if by.is_empty() { counted } else { format!("{counted}: {by}") }
}

/// A field that says nothing.
pub fn says_nothing(label: &str) -> String {
    format!("\"{label}\" says nothing")
}

/// What was owed.
pub fn was_due(what: &str) -> String {
    what.to_owned()
}

/// What was chased, and how often.
pub fn chased(what: &str, times: u32) -> String {
    format!("{what}, chased {times} times")
}

/// Nobody outside was rung, although that was decided.
pub const NOT_CONTACTED: &str = "somebody outside was to be contacted, and no contact is on record";

/// What can lie before the call that it answers.
pub const DECIDED: &str = "the decision";
/// See [`DECIDED`].
pub const CONTACTED: &str = "the contact";
/// See [`DECIDED`].
pub const ADVISED: &str = "the advice";
/// See [`DECIDED`].
pub const REVIEWED: &str = "the review";

/// Times that contradict each other.
pub fn before_the_call(what: &str) -> String {
    format!("{what} is on record as before the call")
}

/// A contact that left nothing.
pub fn no_advice(with: &str) -> String {
    format!("spoke with {with}: no advice, and no time for what comes next")
}

/// Somebody was told.
pub fn told(with: &str) -> String {
    format!("{with} was told")
}

/// How long it went on.
pub fn since_days(within: TimeDelta) -> String {
    format!("more than {}", days(within))
}

/// The phrase that was found.
pub fn said(phrase: &str) -> String {
    format!("\"{phrase}\"")
}

/// A shift by when it begins.
pub fn shift_from(clock: &str) -> String {
    format!("shift from {clock}")
}

/// Two who decide apart: of so many, so many outside.
pub fn uneven(risk: &str, (most, of): (usize, usize), (least, of_those): (usize, usize)) -> String {
    format!("{risk}: {most} of {of} taken outside by one, {least} of {of_those} by another")
}

/// A sign that nobody has put on record.
pub const NOT_ON_RECORD: &str = "No such warning sign is on record";
/// A sign that somebody has answered.
pub const ANSWERED_ALREADY: &str = "Somebody has answered this warning sign meanwhile";
/// An accepted sign has an owner and a time.
pub const WHO_AND_BY_WHEN: &str = "Say who does it, and by when";
/// A sign whose rule is not known any more.
pub const A_SIGN: &str = "Warning sign";
/// Why an item of governance belongs to a case.
pub const LINK: &str = "Done about a warning sign";

/// Without words there is no answer.
pub fn says_why(answer: SignAnswer) -> &'static str {
    match answer {
        SignAnswer::Accepted => "Say what is done about it",
        SignAnswer::Explained => "Say why nothing is to be done",
        SignAnswer::FalseAlarm => "Say why it is not so",
    }
}

/// What an item of governance says that comes from a sign.
pub fn from_sign(means: &str, detail: &str) -> String {
    if detail.is_empty() { means.to_owned() } else { format!("{means} {detail}") }
}

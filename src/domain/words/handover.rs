//! The words of handing over: on screen, on the sheet, on the command line, and why something is refused.

use crate::domain::handover::{Answered, Counts, Section};

/// Why an act of a handover is refused.
pub const NO_SUCH_HANDOVER: &str = "There is no such handover; look at the list of them again";
/// Nobody hands over without a name.
pub const GIVER_UNKNOWN: &str = "Say who you are first: a shift is handed over by somebody";
/// Nobody answers without a name.
pub const RECEIVER_UNKNOWN: &str = "Say who you are first: what is taken over is somebody's from then on";
/// Times that do not follow one another.
pub const NOT_A_SHIFT: &str = "The shift must begin before it ends, and the coming one must end after it";
/// Two lines under one key.
pub const LINE_TWICE: &str = "A line stands there twice; read the handover again";
/// To oneself.
pub const TO_ONESELF: &str = "A shift is not handed over to whoever hands it over";
/// Nobody takes from themselves.
pub const NOT_ONES_OWN: &str =
    "You hand this over yourself: somebody else has to take it. Until then it stays yours";
/// Nothing was named.
pub const NO_LINE: &str = "Say which line it is about";
/// A line that is not in it.
pub const NO_SUCH_LINE: &str = "This line is not in the handover; read it again";
/// Several red ones.
pub const ONE_BY_ONE: &str =
    "Red, missing and safeguarding lines are answered one by one; leave them out, or answer this one alone";
/// Refused without a reason.
pub const WHY_WANTED: &str = "Say why: whoever hands over has to know what to do about it";
/// Read, though it must be taken.
pub const HAS_TO_BE_TAKEN: &str = "Somebody has to see to this: take it, refuse it or ask about it";
/// Taken, though there is nothing to take.
pub const ONLY_TO_BE_KNOWN: &str = "There is nothing to take here: say that you have read it";
/// A read-back without words.
pub const NO_READ_BACK: &str = "Say back in your own words what you take over";
/// Unsatisfactory without a word.
pub const WHAT_WAS_MISSING: &str = "Say what was missing in this handover";
/// Not the giver's.
pub const NOT_THEIRS_TO_LEAVE: &str = "Only whoever hands over leaves what nobody has taken to somebody else";
/// A duty nobody knows.
pub const NO_SUCH_DUTY: &str = "There is no such duty in this office";

/// Somebody else was quicker.
pub fn has_it(who: &str) -> String {
    format!("{who} has it already")
}

/// The heading of a section.
pub fn section(section: Section) -> &'static str {
    match section {
        Section::First => "Red, missing and safeguarding, one by one",
        Section::Urgent => "Urgent calls that are open",
        Section::Decisions => "Decisions awaited",
        Section::Promised => "Due in the coming shift",
        Section::Late => "Late, and interim controls",
        Section::Away => "In hospital, away, coming back",
        Section::Staffing => "Visits and shifts without cover",
        Section::Providers => "Organisations that are restricted",
        Section::Tasks => "Tasks of the office",
        Section::OnCall => "On call, and duties that pass",
        Section::Unfinished => "Unfinished, and calls to ring back",
        Section::Reviews => "Reviews due",
        Section::Notifications => "Notifications to make",
        Section::Corrections => "Corrections of the shift that ends",
        Section::Paper => "Paper slips not accounted for",
        Section::Later => "Due later, and somebody's all the same",
    }
}

/// What somebody answered, as one word.
pub fn answered(answer: Answered) -> &'static str {
    match answer {
        Answered::Taken => "taken",
        Answered::Read => "read",
        Answered::Refused => "refused",
        Answered::Queried => "queried",
    }
}

/// "6 taken, 1 queried, 4 to answer".
pub fn counts(counts: &Counts) -> String {
    let parts = [
        (counts.taken, "taken"),
        (counts.read, "read"),
        (counts.refused, "refused"),
        (counts.queried, "queried"),
        (counts.open, "to answer"),
    ];
    let parts: Vec<String> =
        parts.into_iter().filter(|(n, _)| *n > 0).map(|(n, what)| format!("{n} {what}")).collect();
    if parts.is_empty() { "nothing to hand over".to_owned() } else { parts.join(" · ") }
}

/// A case that is about safeguarding.
pub const SAFEGUARDING: &str = "SAFEGUARDING";
/// Nothing holds meanwhile, and nothing was named.
pub const NO_CONTROL: &str = "nothing is in place meanwhile";
/// Nobody said when somebody comes back.
pub const NO_RETURN: &str = "no return named";
/// A form about nobody yet.
pub const NOBODY_NAMED: &str = "nobody named";
/// What becomes of an unfinished form.
pub const DRAFT_STAYS: &str = "stays theirs until somebody takes it over";
/// Nobody holds a duty.
pub const NOBODY_HOLDS: &str = "nobody holds it";
/// A duty that passes with the shift.
pub const PASSES: &str = "passes to whoever takes it";

/// Where somebody is.
pub fn at(label: &str, detail: Option<&str>) -> String {
    match (label, detail.unwrap_or_default()) {
        ("", detail) => detail.to_owned(),
        (label, "") => label.to_owned(),
        (label, detail) => format!("{label}: {detail}"),
    }
}

/// Parts of a line beside one another, without the empty ones.
pub fn joined<const N: usize>(parts: [Option<String>; N]) -> String {
    let parts = parts.into_iter().flatten().filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join(" · ")
}

/// Who sees the person next.
pub fn sees_next(who: &str, when: Option<&str>) -> String {
    match when {
        Some(when) => format!("seen next by {who}, {when}"),
        None => format!("seen next by {who}"),
    }
}

/// What is owed next in a case.
pub fn next(what: &str, at: &str) -> String {
    format!("next: {what}, {at}")
}

/// What an organisation owes.
pub fn of_whom(who: &str, what: &str) -> String {
    if who.is_empty() { what.to_owned() } else { format!("{who}: {what}") }
}

/// How often it was chased.
pub fn chased(times: u32, at: &str) -> String {
    match times {
        1 => format!("chased once, {at}"),
        times => format!("chased {times} times, last {at}"),
    }
}

/// Interim controls in force.
pub fn controls(controls: &[String]) -> String {
    format!("meanwhile: {}", controls.join(", "))
}

/// When somebody is expected back.
pub fn until(at: &str) -> String {
    format!("expected back {at}")
}

/// A form that was begun.
pub fn unfinished(step: &str) -> String {
    format!("half typed: {step}")
}

/// Who holds a duty.
pub fn holds(name: &str) -> String {
    format!("held by {name}")
}

/// What was put right, and why.
pub fn corrected(kind: &str, reason: &str) -> String {
    let what = super::store::act_title(kind);
    if reason.is_empty() { what } else { format!("{what}: {reason}") }
}

//! `show`: what happened, entry by entry.

use crate::domain::act::Act;
use crate::domain::answer::YesNo;
use crate::domain::entry::Stub;
use crate::domain::secret::SecretKind;
use crate::domain::views::{Moved, Second};

/// Waits for a confirmation.
pub const TO_CONFIRM: &str = "waits for the confirmation of the one whose act it is";
/// Recorded while nobody was signed in.
pub const UNSIGNED: &str = "taken with nobody signed in, not yet signed";
/// The definitions that it was filled in on cannot be had.
pub const WITHOUT_LABELS: &str =
    "shown without its labels: the definitions that it was filled in on cannot be read here";
/// Written past another's entry.
pub const UNSIGHTED: &str = "written without sight of what another had recorded meanwhile";

/// The file that an entry came from.
pub fn imported_from(file: &str) -> String {
    format!("imported from {file}")
}

/// Which record is read as which, and why.
pub fn merged_with(gone: &str, kept: &str, reason: &str) -> String {
    format!("{gone} and {kept}: {reason}")
}

/// The head of an entry.
pub fn entry_head(when: &str, title: &str, by: &str) -> String {
    if by.is_empty() { format!("{when}  {title}") } else { format!("{when}  {title}, by {by}") }
}

/// Whose act, and who typed it.
pub fn typed_by(by: &str, typed_by: &str) -> String {
    format!("{by}, typed by {typed_by}")
}

/// One answered field. Further lines stand under the first.
pub fn answer_line(label: &str, words: &str) -> String {
    format!("    {label}: {}", words.replace('\n', "\n      "))
}

/// "Roles: Duty manager".
pub fn answer(label: &str, words: &str) -> String {
    format!("{label}: {words}")
}

/// A line under an entry.
pub fn indented(text: &str) -> String {
    format!("    {text}")
}

/// The stub of a case that stood here and belonged to somebody else.
pub fn moved(when: &str, moved: &Moved) -> String {
    let by = if moved.by.is_empty() { String::new() } else { format!(" by {}", moved.by) };
    format!("{when}  {} struck, moved to the right record{by}: {}", moved.reference, moved.reason)
}

/// A move from one record to another.
pub fn from_to(from: &str, to: &str, reason: &str) -> String {
    format!("from {from} to {to}: {reason}")
}

/// Who holds a duty.
pub fn holds(duty: &str, name: &str, place: Option<&str>) -> String {
    let at = place.map(|place| format!(" at {place}")).unwrap_or_default();
    format!("{duty}: {name}{at}")
}

/// Whether what was typed for somebody is as they said it.
pub fn confirmed(agrees: bool, note: &str) -> String {
    let is = if agrees { "as they said it" } else { "not as they said it" };
    if note.is_empty() { is.to_owned() } else { format!("{is}: {note}") }
}

/// Where an entry stands that wants two people.
pub fn second(second: &Second, who: &str, when: &str) -> String {
    match second {
        Second::Waits => "waits for a second person; what it wants two for has no effect yet".to_owned(),
        Second::Agreed { .. } => format!("second person: {who} agreed, {when}"),
        Second::Refused { note, .. } if note.is_empty() => format!("refused by {who}, {when}: no effect"),
        Second::Refused { note, .. } => format!("refused by {who}, {when}: {note}; no effect"),
        Second::CalledOff { .. } => format!("called off by {who}, {when}, while it waited; no effect"),
        Second::Alone(why) => format!("done alone: {why}"),
    }
}

/// Somebody, and what is said of them.
pub fn of(name: &str, said: &str) -> String {
    format!("{name}: {said}")
}

/// What is no longer wanted, or somebody else sees to, and why.
pub use crate::domain::words::app::{called_off, passed_on};

/// The title of an act.
pub fn act_title(act: &Act) -> &'static str {
    match act {
        Act::Found { .. } => "Office founded",
        Act::Adopt { .. } => "Definitions brought into force",
        Act::Amend { .. } => "Corrected",
        Act::Reattribute { .. } => "Moved to the right record",
        Act::Link { .. } => "Linked",
        Act::Unlink { .. } => "Link taken back",
        Act::Cancel { goes_on: Some(_), .. } => crate::domain::words::app::GOES_ON,
        Act::Cancel { .. } => "No longer wanted",
        Act::PassOn { .. } => "Passed on",
        Act::HoldDuty { .. } => "Duty passed on",
        Act::Take { .. } => "Taken",
        Act::Offer { .. } => "Offered",
        Act::AnswerOffer { answer, .. } => super::super::owning::answered(*answer),
        Act::WithdrawOffer { .. } => "Offer taken back",
        Act::LeaveTo { .. } => "Left to a duty",
        Act::ConfirmTyped { .. } => "Confirmed what was typed for them",
        Act::Countersign { agrees: YesNo::Yes, .. } => "Second person agreed",
        Act::Countersign { .. } => "Second person refused",
        Act::TakeDraft { .. } => "Unfinished form taken over",
        Act::Merge { .. } => "Merged: one and the same",
        Act::Unmerge { .. } => "Merge taken back",
        Act::SignIn { .. } => "Signed in",
        Act::EnrolKey { .. } => "SSH key enrolled",
        Act::RevokeKey { .. } => "SSH key taken back",
        Act::SetSecret { .. } => "PIN or passphrase set",
        Act::Unlock { .. } => "Unlocked after wrong PINs",
        Act::Acknowledge { .. } => "Seen that it is owed",
        Act::Sign { .. } => "Signed by whoever took it",
        Act::LookBeyond { .. } => "Opened beyond what they may normally see",
        Act::BeyondSeen { .. } => "Seen by whoever watches over it",
        Act::HandOver(_) => "A shift handed over",
        Act::HandoverAnswer { .. } => "An answer to a handover",
        Act::HandoverReadBack { .. } => "A handover read back",
        Act::HandoverLeft { .. } => "What nobody had taken passed on",
        Act::HandoverEnd { .. } => "How a handover was",
        Act::Hold { .. } => "Legal hold placed",
        Act::LiftHold { .. } => "Legal hold lifted",
        Act::Dispose { .. } => "Disposal proposed",
        Act::Withhold { withheld: YesNo::Yes, .. } => "Withheld from a copy for the person",
        Act::Withhold { .. } => "May stand in a copy for the person",
        Act::GiveCopy { .. } => "Copy given to the person",
        Act::Disclose { .. } => "Evidence pack made for somebody outside",
        Act::RaiseSign { .. } => "A warning sign",
        Act::AnswerSign { .. } => "A warning sign answered",
        Act::Looks { .. } => "How far the list of looks had come",
    }
}

/// An entry without words.
pub fn stub(stub: &Stub) -> String {
    match stub {
        Stub::Disposed { .. } => crate::domain::words::disposal::CONTENT_GONE.to_owned(),
        Stub::Restricted => super::super::store::RESTRICTED.to_owned(),
        Stub::Unknown { kind } => format!("Recorded by a newer version of this program ({kind})"),
    }
}

/// Recorded long after it happened.
pub fn late_entry(recorded: &str, delay: &str) -> String {
    format!("late entry: recorded {recorded}, {delay} later")
}

/// Why something was written late, as whoever wrote it said.
pub fn why_late(why: &str) -> String {
    format!("why only then: {why}")
}

/// What was said and stands no more. No line can be drawn through plain text, so the word says it.
pub fn struck(label: &str, words: &str, when: &str, by: &str, reason: &str) -> String {
    let label = if label.is_empty() { "Recorded under" } else { label };
    let by = if by.is_empty() { String::new() } else { format!(" by {by}") };
    format!("struck: {label}: {words} (struck {when}{by}: {reason})")
}

/// What an entry answered after its time.
pub fn answered_late(what: &str, by: &str) -> String {
    format!("late: {what}, {by} after its time")
}

/// What was advised here is no longer the last word.
pub fn newer_advice(when: &str) -> String {
    format!("newer advice came {when}")
}

/// A review of the reviewer's own decision.
pub const OWN_DECISION: &str = "marked: the reviewer also decided";

/// Fields that ought to be answered.
pub fn still_missing(fields: &str) -> String {
    format!("still missing: {fields}")
}

/// For whom a secret was set, and which kind; never which.
pub fn secret_of(name: &str, kind: SecretKind) -> String {
    match kind {
        SecretKind::Pin => format!("a PIN for {name}"),
        SecretKind::Passphrase => format!("a passphrase for {name}"),
    }
}

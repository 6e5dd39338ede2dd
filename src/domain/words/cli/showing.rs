//! `show`: a case or a person, without the chronology.

use super::listing::{CLOSED, nhs_spaced};
use crate::domain::case::Level;

/// Heading.
pub const CHRONOLOGY: &str = "What happened";
/// Heading.
pub const OWED: &str = "What is owed";
/// A warning sign: how much it weighs, its words.
pub fn sign(weighs: &str, words: &str) -> String {
    format!("{weighs}  {words}")
}

/// Nothing is.
pub const NOTHING_OWED: &str = "Nothing is owed";
/// Heading.
pub const SOURCES: &str = "Four sources";
/// Heading.
pub const OTHERS: &str = "Other cases of the same person, and linked ones";
/// Heading.
pub const CASES: &str = "Cases";

/// A case that is about nobody has nothing to be read out.
pub const NO_SBARD: &str = "That case is about nobody: an SBARD is read out about a person.";

/// An NHS number with its label.
pub fn nhs(digits: &str) -> String {
    format!("NHS No. {}", nhs_spaced(digits))
}

/// A date of birth with its label.
pub fn born(date: &str) -> String {
    format!("born {date}")
}

/// What everyone must see first.
pub fn alerts(alerts: &str) -> String {
    format!("SEE FIRST: {alerts}")
}

/// The head of a case.
pub fn case_head(
    reference: &str,
    pathway: &str,
    level: Option<&Level>,
    headline: Option<&str>,
    closed: bool,
) -> String {
    let risk = level.map(|level| level.label.to_uppercase());
    let closed = closed.then(|| CLOSED.to_owned());
    let parts = [
        Some(reference.to_owned()),
        Some(pathway.to_owned()).filter(|pathway| !pathway.is_empty()),
        risk,
        headline.map(str::to_owned),
        closed,
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join("  ")
}

/// A heading with a blank line before it.
pub fn heading(title: &str) -> [String; 2] {
    [String::new(), title.to_owned()]
}

/// Something owed.
#[expect(clippy::too_many_arguments, reason = "one line of eight things, each said once")]
pub fn owed(
    number: usize,
    what: &str,
    distance: &str,
    due: &str,
    obligor: &str,
    owner: &str,
    chased: u32,
    control: bool,
) -> String {
    let control = if control { ", review of an interim control" } else { "" };
    let chased = if chased == 0 { String::new() } else { format!(", chased {chased}×") };
    format!("{number:>3}  {what}: {distance} ({due}), owed by {obligor}, seen to by {owner}{chased}{control}")
}

/// Whose the case is.
pub fn with(owner: &str) -> String {
    format!("with {owner}")
}

/// How far the matter was escalated, and when that was decided.
pub fn escalated(level: &str, when: &str) -> String {
    format!("level: {level}, {when}")
}

/// How what stands above stands between its owner and others.
pub fn stands(said: &str) -> String {
    format!("     {said}")
}

/// A line on what stands above: how its due time came about, who has seen it.
pub fn why_then(line: &str) -> String {
    format!("       {line}")
}

/// One of the four sources: when it was, with what its time does not say, or what is missing.
pub fn source(title: &str, at: Option<&str>, note: &str, gap: &str) -> String {
    match at {
        Some(at) if note.is_empty() => format!("  yes  {title}, {at}"),
        Some(at) => format!("  yes  {title}, {at}: {note}"),
        None => format!("  GAP  {title}: {gap}"),
    }
}

/// Another case.
pub fn other(reference: &str, headline: Option<&str>) -> String {
    format!("  {reference}  {}", headline.unwrap_or_default())
}

/// Who last saw the person.
pub fn seen_by(who: &str, when: &str) -> String {
    format!("Last seen by {who}, {when}")
}

/// Who sees the person next.
pub fn sees_next(who: &str, when: Option<&str>) -> String {
    when.map_or_else(|| format!("Seen next by {who}"), |when| format!("Seen next by {who}, {when}"))
}

/// Where somebody is, unless that is simply at home.
pub fn whereabouts(label: &str, detail: Option<&str>, since: Option<&str>, until: Option<&str>) -> String {
    let parts = [
        Some(label.to_owned()).filter(|label| !label.is_empty()),
        since.map(|since| format!("since {since}")),
        detail.map(str::to_owned),
        until.map(|until| format!("until {until}")),
    ];
    format!("Now: {}", parts.into_iter().flatten().collect::<Vec<_>>().join(", "))
}

/// Who must not be told.
pub fn must_not_be_told(who: &str) -> String {
    format!("Must not be told: {who}")
}

/// Who may be told what.
pub fn may_be_told(who: &str) -> String {
    format!("May be told: {who}")
}

/// The entry that follows stands in another case of the same matter.
pub fn stands_in(reference: &str) -> String {
    format!("  in {reference}, the same matter:")
}

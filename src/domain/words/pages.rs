//! Words of the pages that are made over one case or many: the one page that staff can speak to, decisions, what was counted
//! over time, what the records say of an organisation.

/// Opens the page of a case: title, short, help.
pub const PAGE_ACTION: [&str; 3] = [
    "One page of this case",
    "one page",
    "What happened, what was decided and why, what was advised, what holds and is owed: what staff can speak to",
];
/// Opens what was counted over time.
pub const TRENDS_ACTION: [&str; 3] = [
    "Trends: what was counted over time",
    "trends",
    "Of the person or place: numbers counted again and again, and what the records say week by week",
];
/// Opens decisions over all cases.
pub const DECISIONS_ACTION: [&str; 3] = [
    "Decisions: whose they are, who was told",
    "decisions",
    "Over all cases, the newest first; from a person or place, those about them",
];
/// Nobody and no place is at hand.
pub const NOBODY_AT_HAND: &str = "Open a person, a place, or a case about one";

/// Several cases stand behind a line.
pub const WHICH_CASE: &str = "Which case?";

/// Title of the page of a case.
pub fn page(reference: &str) -> String {
    format!("One page: {reference}")
}

/// Before everything else on it.
pub const PAGE_FIRST: &str = "Say it in your own words first; then look whether the record says the same.";
/// At its end.
pub const PAGE_LAST: &str = "What is missing here is not on record.";
/// The parts of the page.
pub const WHO: &str = "Who and what";
/// What happened.
pub const HAPPENED: &str = "What happened";
/// What was decided.
pub const DECIDED: &str = "What was decided, and why";
/// What others said.
pub const ADVISED: &str = "What others advised";
/// What holds now.
pub const NOW: &str = "What holds now";
/// What is owed.
pub const OWED: &str = "What is owed";
/// Who knows.
pub const TOLD: &str = "Who was told";
/// What staff said.
pub const STAFF: &str = "What staff said when asked";

/// Lines of it.
pub const ABOUT: &str = "About";
/// The matter.
pub const MATTER: &str = "Matter";
/// The state it stands in.
pub const STANDS: &str = "Stands";
/// Risk.
pub const RISK: &str = "Risk";
/// Whose.
pub const WITH: &str = "Seen to by";
/// What the person wants.
pub const WANTS: &str = "The person wants";
/// A control.
pub const CONTROL: &str = "Interim control";
/// Who outside takes part.
pub const TAKES_PART: &str = "Takes part";
/// Nobody has said what happened.
pub const NOTHING_SEEN: &str = "Nobody has written down what was seen";
/// The same where nothing is seen, but told.
pub const NOTHING_TOLD: &str = "Nobody has written down what happened";
/// Nobody has decided.
pub const NOT_DECIDED: &str = "Nobody has decided yet";
/// No advice.
pub const NO_ADVICE: &str = "No advice is on record";
/// Nothing is owed.
pub const NOTHING_OWED: &str = "Nothing is owed any more";
/// Nobody was told.
pub const NOBODY_TOLD: &str = "Nobody was told, by the record";
/// Nobody was asked.
pub const NOBODY_ASKED: &str = "Nobody was asked yet: n, then Staff asked about the case";
/// What the person wants is not on record.
pub const VIEW_UNKNOWN: &str = "Not on record: ask";
/// No control holds.
pub const NO_CONTROL: &str = "None is on record";

/// A case that is closed says so.
pub fn stands(state: &str, ended: Option<&str>) -> String {
    ended.map_or_else(|| state.to_owned(), |ended| format!("{state}: {ended}"))
}

/// Something owed.
pub fn owed(what: &str, who: &str, due: &str, late: bool) -> String {
    let who = if who.is_empty() { String::new() } else { format!("{who}: ") };
    let late = if late { ", late" } else { "" };
    format!("{who}{what}, by {due}{late}")
}

/// Who was told, when.
pub fn told(name: &str, when: &str) -> String {
    format!("{name} {when}")
}

/// Title of the page of decisions.
pub fn decisions(about: Option<&str>) -> String {
    about.map_or_else(|| "Decisions".to_owned(), |about| format!("Decisions: {about}"))
}

/// Before everything else on it.
pub const DECISIONS_FIRST: &str = "The newest first. Told: from the decision until it was decided anew.";
/// Heading of those that were made jointly.
pub const JOINT: &str = "Made jointly, or not agreed by all";
/// Heading of all others.
pub const ALONE: &str = "All others";
/// There is none.
pub const NO_DECISION: &str = "None is on record";
/// Whose it is.
pub const WHOSE: &str = "whose";
/// Why.
pub const WHY: &str = "why";
/// Shared by.
pub const SHARED: &str = "shared by";
/// Not agreed.
pub const DISAGREED: &str = "not agreed";
/// Told.
pub const WAS_TOLD: &str = "told";
/// Nobody.
pub const NOBODY: &str = "nobody, by the record";

/// A line of a decision under its first.
pub fn part(label: &str, words: &str) -> String {
    format!("{label}: {words}")
}

/// Title of the page of trends.
pub fn trends(name: &str) -> String {
    format!("Trends: {name}")
}

/// Before everything else on it.
pub const TRENDS_FIRST: &str =
    "The oldest first. Each bar has its number beside it; what was not counted has none.";
/// Heading of what was counted.
pub const COUNTED: &str = "Each time it was counted, up to twelve";
/// Heading of what the records say.
pub const WEEKLY: &str = "What the records say, week by week for twelve weeks";
/// Nothing was counted.
pub const NOTHING_COUNTED: &str = "Nothing was counted: an indicator log or monitoring does (+)";
/// Nothing came.
pub const NOTHING_CAME: &str = "Nothing came in twelve weeks";

/// The last number, against the one before and the threshold.
pub fn last(now: i64, before: Option<i64>, when: &str, over: Option<(i64, usize, usize)>) -> String {
    let against = match before {
        Some(before) if before == now => ", as before".to_owned(),
        Some(before) => format!(", {before} before"),
        None => String::new(),
    };
    let over =
        over.map_or_else(String::new, |(from, over, of)| format!("; {from} or more {over} of {of} times"));
    format!("last {now} ({when}){against}{over}")
}

/// How often in the last four weeks and in the four before.
pub fn weeks(lately: u32, before: u32) -> String {
    format!("{lately} in the last four weeks, {before} in the four before")
}

/// Heading of what comes round with an organisation.
pub const ROUNDS: &str = "What comes round with them";
/// Heading of what the records count.
pub const SCORECARD: &str = "What the records say of them, 90 days beside the 90 before";
/// What is owed by them.
pub const THEIRS: &str = "Owed by them here";
/// Of what they promised.
pub const PROMISED: [&str; 3] = ["Promises kept in time", "Promises kept late", "Promises not kept"];
/// How often they were rung.
pub const CONTACTS: &str = "Tries to reach them";

/// When it was last done and is due.
pub fn round(last: Option<&str>, due: Option<&str>) -> String {
    let last = last.map_or_else(|| "not yet".to_owned(), |last| format!("last {last}"));
    due.map_or_else(|| format!("{last}; not due any more"), |due| format!("{last}; due {due}"))
}

/// Two spans beside one another.
pub fn beside(lately: u64, before: u64) -> String {
    format!("{lately}, before {before}")
}

/// How much is owed, how much of it late.
pub fn owed_late(all: u64, late: u64) -> String {
    format!("{all}, {late} late")
}

//! Words of regulations and statements that records show something about.

use super::app::Titled;

/// Shows the page.
pub const TAGS: Titled = [
    "Regulations and statements",
    "regulations",
    "Which cases of the last three months show something about each regulation and statement, and of which none does.",
];
/// Its title.
pub const PAGE: &str = "Regulations and statements";
/// At its end.
pub const LAST: &str = "What a case shows may be good or bad: it stands here because it is about it. dutydesk list cases --tag finds all of one, of any age.";
/// Nothing is on record of it.
pub const NOTHING: &str = "Nothing on record in this time";

/// Heads of the list of cases that have a tag.
pub const HEADS: [&str; 5] = ["Case", "Kind", "Opened", "What", "Entries"];

/// The tags of a case.
pub fn shows(titles: &[&str]) -> String {
    format!("Shows something about: {}", titles.join("; "))
}

/// Of which time the cases are.
pub fn first(days: i64) -> String {
    format!("Cases that were opened in the last {days} days, as far as you may read them")
}

/// A framework with its edition.
pub fn framework(title: &str, edition: &str) -> String {
    format!("{title} ({edition})")
}

/// How many cases, and the first of them.
pub fn cases(all: usize, named: &[&str]) -> String {
    let more = all.saturating_sub(named.len());
    let named = named.join(", ");
    match more {
        0 => format!("{all}: {named}"),
        more => format!("{all}: {named} and {more} more"),
    }
}

/// A tag that is not defined.
pub fn no_such_tag(id: &str, near: Option<&str>) -> String {
    match near {
        Some(near) => format!("there is no tag \"{id}\"; did you mean \"{near}\"?"),
        None => format!("there is no tag \"{id}\"; config/tags.toml has them"),
    }
}

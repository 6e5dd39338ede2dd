//! Two records of one and the same: the words of merging them on screen, and of taking that back.

use super::Titled;

/// Merges a duplicate.
pub const MERGE: Titled = [
    "Merge a duplicate, or take it back",
    "merge",
    "Says that another record is of the same person or organisation: all that stands in either is shown in this one.",
];
/// Another duplicate.
pub const MERGE_ANOTHER: &str = "Merge another duplicate into this record";
/// The form that names a duplicate.
pub const MERGE_FORM: &str = "Merge a duplicate into this record";
/// Its line of help.
pub const MERGE_FORM_HELP: &str = "Compare date of birth, NHS number and address first. This record stands; the other is read as this one, and says so.";
/// Which record is the duplicate.
pub const DUPLICATE: &str = "The duplicate";
/// What to type there.
pub const DUPLICATE_HELP: &str = "The record that nobody is to use any more";
/// The form that takes a merge back.
pub const UNMERGE_FORM: &str = "Take the merge back";
/// Its line of help.
pub const UNMERGE_FORM_HELP: &str = "Each record stands by itself again, with what was recorded in it.";
/// Heading where two people differ.
pub const TWO_PEOPLE: &str = "THESE MAY BE TWO DIFFERENT PEOPLE";

/// A record that can stand by itself again.
pub fn take_apart(reference: &str, name: &str) -> String {
    format!("Take back: {reference} {name} stands by itself again")
}

/// A record that is read as another.
pub fn open_stub(reference: &str, name: &str) -> String {
    format!("Open {reference} {name} as it was")
}

/// What a form of merging is about.
pub fn duplicate_of(name: &str) -> String {
    format!("a duplicate of {name}")
}

/// What a form of taking apart is about.
pub fn apart_from(gone: &str, kept: &str) -> String {
    format!("{gone} apart from {kept}")
}

/// Two numbers of one person.
pub fn two_numbers(one: &str, other: &str) -> String {
    format!("Different NHS numbers: {one} and {other}")
}

/// Two births of one person.
pub fn two_births(one: &str, other: &str) -> String {
    format!("Different dates of birth: {one} and {other}")
}

/// What two people differ in.
pub fn two_people(differences: &[String]) -> String {
    format!(
        "{}\nSave only where you know that they are one and the same, and say how you know. Esc twice leaves them as they are.",
        differences.join("\n")
    )
}

/// Two records that were merged or stand apart again, and why.
pub fn both_and_why(gone: &str, kept: &str, reason: &str) -> String {
    format!("{gone} and {kept}: {reason}")
}

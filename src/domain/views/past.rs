//! What stands in the record about whom a case is about, for a form that is filled from there: each answer with what it
//! means and the entry it was taken from.

use serde::Serialize;

use crate::domain::answer::Answer;
use crate::domain::ids::EntryId;

/// Answers of one entry, of somebody's own record or of another case about them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Past {
    /// The entry.
    pub entry: EntryId,
    /// The pathway or register it belongs to.
    pub pathway: String,
    /// It stands in their own record.
    pub of_record: bool,
    /// Where it stands, in words that whoever reads them can look up: reference, step, time, number of the entry.
    pub source: String,
    /// On an agenda: how many times in a row, up to the last, it stood there when that was gone through; otherwise 0.
    pub stood: usize,
    /// What was answered there, in the order of the form, as it stands after amendments.
    pub answers: Vec<PastAnswer>,
}

/// One answer with what it means.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PastAnswer {
    /// The meaning as it is written in a definition.
    pub means: String,
    /// The label it had on the form it was filled in on.
    pub label: String,
    /// The answer.
    pub answer: Answer,
    /// The answer in words.
    pub words: String,
}

//! What is wrong with the answers of a step: one function for form, command line, import and store. (Stub.)

use chrono::{DateTime, Utc};

use super::definition::Step;
use crate::domain::answer::Answers;
use crate::domain::case::CaseState;

/// What answers are checked against.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    /// The case so far; `None` where the step opens one.
    pub case: Option<&'a CaseState>,
    /// Now.
    pub now: DateTime<Utc>,
}

/// Something wrong, at a field or with the step as a whole.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Problem {
    /// The field's path (`changed`, `promises.0.by`); empty for the step as a whole.
    pub field: String,
    /// How bad it is.
    pub weight: Weight,
    /// What is wrong and what to do, in words that are shown.
    pub says: String,
}

/// How bad a problem is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Weight {
    /// A required answer is missing; a step that may be incomplete can be saved all the same.
    Missing,
    /// Cannot be saved like this.
    Refused,
}

/// All that is wrong with these answers.
pub fn check(step: &Step, answers: &Answers, context: Context<'_>) -> Vec<Problem> {
    let _ = (step, answers, context);
    unimplemented!()
}

/// Why a step cannot be begun in this case at all (gates, states, already recorded), before any answer; empty when it can.
/// Nothing stands before a safety step.
pub fn gates(step: &Step, context: Context<'_>) -> Vec<Problem> {
    let _ = (step, context);
    unimplemented!()
}

//! What a meeting or review goes through: parts of an agenda, each bringing matters of the office's queues.
//!
//! How they are written is read in `pathway::read`; the matters themselves are found by the store, by what whoever opens the
//! form may see.

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};

use super::When;

/// One part of an agenda.
#[derive(Debug, Clone, PartialEq)]
pub struct AgendaPart {
    /// What it brings.
    pub matters: Matters,
    /// In cases of these pathways; empty: of any.
    pub of: Vec<String>,
    /// Of warning signs: by these rules; empty: by any.
    pub rules: Vec<String>,
    /// Of cases whose level of risk weighs so much or more; 0: of all.
    pub weight: u8,
    /// Only where this holds of the case in which the agenda stands.
    pub when: When,
}

/// What a part of an agenda brings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Matters {
    /// A line for each open case that has a level of risk, and for each in which anything is late.
    Pressing,
    /// A line for each case that was opened since the form was last recorded in this case, or within so long before now
    /// where that is longer ago or never was; and for each that is open.
    Opened(TimeDelta),
    /// A line for each open case.
    Open,
    /// A line for each thing that is owed.
    Owed,
    /// What others owe and have not done by its time, counted: a line for each of these.
    Late(Sorted),
    /// A line for each warning sign that nobody has answered.
    Signs,
}

/// By what late promises are counted together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sorted {
    /// Who owes them.
    Organisation,
    /// What kind of action is waited for, as the case says it.
    Type,
    /// How long they are late.
    Age,
}

impl AgendaPart {
    /// The agenda of `rows_from = "agenda"`: whatever presses, in any case.
    pub fn pressing() -> Self {
        Self { matters: Matters::Pressing, of: Vec::new(), rules: Vec::new(), weight: 0, when: None }
    }
}

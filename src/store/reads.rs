//! What reads are asked for; how each is answered is in the files below.

use crate::domain::ids::CaseId;

/// How many rows each pane of the board is given at most.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Urgent calls.
    pub calls: u32,
    /// Escalations.
    pub escalations: u32,
    /// Overdue external actions.
    pub overdue: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self { calls: 50, escalations: 50, overdue: 50 }
    }
}

/// Which cases a list holds.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CaseFilter {
    /// Of one pathway; otherwise of all that are no registers.
    pub pathway: Option<String>,
    /// Open or closed ones only.
    pub closed: Option<bool>,
    /// About one subject.
    pub subject: Option<CaseId>,
}

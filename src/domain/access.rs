//! A look at somebody's record: opening it, searching to it, printing or exporting it, not standing in a list; and what
//! was refused to whom.
//!
//! How looks are kept and chained is left to [`crate::store::access`].

use chrono::{DateTime, Utc};
use serde::Serialize;

use super::ids::{CaseId, Seq};

/// One look at a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Look {
    /// Who.
    pub staff: Option<CaseId>,
    /// Whose record; [`NOBODYS`] where it was none: a refusal that was about no record, or an export that shows none.
    pub subject: CaseId,
    /// The case, where it was one.
    pub case: Option<CaseId>,
    /// What was done.
    pub how: How,
    /// What else is to be known of it: what was refused, by its title. Never what a person said or is called.
    pub detail: Option<String>,
    /// When.
    pub at: DateTime<Utc>,
}

/// The subject of what is about no record: a refusal to change how the office works, and an export that shows nobody's
/// (figures of the office, the pack for registration).
pub const NOBODYS: CaseId = CaseId(uuid::Uuid::nil());

/// How a record was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum How {
    /// Opened on screen.
    Open,
    /// Searched to.
    Search,
    /// Printed.
    Print,
    /// Exported.
    Export,
    /// Refused to whoever asked.
    Refused,
    /// Opened beyond what they may normally see, with a reason that is in the ledger.
    Beyond,
    /// A sign-in that missed: whose it would have been.
    Missed,
    /// Shown what is kept sealed: how to get in.
    Sealed,
}

impl How {
    /// All of them, in the order in which they are offered.
    pub const ALL: [How; 8] = [
        How::Open,
        How::Search,
        How::Print,
        How::Export,
        How::Refused,
        How::Beyond,
        How::Missed,
        How::Sealed,
    ];

    /// The word it is kept under.
    pub fn word(self) -> &'static str {
        match self {
            How::Open => "open",
            How::Search => "search",
            How::Print => "print",
            How::Export => "export",
            How::Refused => "refused",
            How::Beyond => "beyond",
            How::Missed => "missed",
            How::Sealed => "sealed",
        }
    }

    /// What was kept under this word.
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|how| how.word() == word)
    }
}

/// Which looks are asked for: all that is set must hold.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sought {
    /// At this person's record.
    pub subject: Option<CaseId>,
    /// By this member of staff.
    pub staff: Option<CaseId>,
    /// In this way.
    pub how: Option<How>,
    /// From this time on.
    pub since: Option<DateTime<Utc>>,
    /// Before this time.
    pub until: Option<DateTime<Utc>>,
}

/// A look as the list of looks shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LookRow {
    /// Its number.
    pub seq: Seq,
    /// When.
    pub at: DateTime<Utc>,
    /// Who, by name; empty where nobody had said who they were.
    pub staff: String,
    /// How.
    pub how: How,
    /// Whose record, by name; empty where it was none.
    pub subject: String,
    /// The record.
    pub record: Option<CaseId>,
    /// Whether that is a person's own record.
    pub is_person: bool,
    /// The case, where it was one.
    pub case: Option<CaseId>,
    /// Its short reference.
    pub reference: String,
    /// What was refused, or why somebody looked beyond.
    pub detail: String,
    /// The act of looking beyond that still waits for somebody to have seen it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub waits: Option<super::ids::EntryId>,
}

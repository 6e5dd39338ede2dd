//! A look at somebody's record: opening it, searching to it, printing or exporting it, not standing in a list. A PIN or
//! passphrase that was wrong is noted beside them, of the member of staff whose it was said to be.
//!
//! How looks are kept and chained is left to [`crate::store::access`].

use chrono::{DateTime, Utc};

use super::ids::CaseId;

/// One look at a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    /// Who.
    pub staff: Option<CaseId>,
    /// Whose record.
    pub subject: CaseId,
    /// The case, where it was one.
    pub case: Option<CaseId>,
    /// What was done.
    pub how: How,
    /// When.
    pub at: DateTime<Utc>,
}

/// How a record was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum How {
    /// Opened on screen.
    Open,
    /// Searched to.
    Search,
    /// Printed.
    Print,
    /// Exported.
    Export,
    /// A wrong PIN or passphrase: somebody said to be this member of staff, and was not shown to be. Who is not known.
    Missed,
}

impl How {
    /// The word it is kept under.
    pub fn word(self) -> &'static str {
        match self {
            How::Open => "open",
            How::Search => "search",
            How::Print => "print",
            How::Export => "export",
            How::Missed => "missed",
        }
    }

    /// What was kept under this word.
    pub fn of(word: &str) -> Option<Self> {
        [How::Open, How::Search, How::Print, How::Export, How::Missed]
            .into_iter()
            .find(|how| how.word() == word)
    }
}

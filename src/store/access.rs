//! Who looked at whose record: its own file and chain, so that a look never wakes the others' screens.

use chrono::{DateTime, Utc};

use super::dir::OfficeDir;
use super::error::{OpenError, ReadError};
use crate::domain::ids::CaseId;

/// One look at a person's record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Look {
    /// Who.
    pub staff: Option<CaseId>,
    /// Whose record.
    pub subject: CaseId,
    /// The case, where it was one.
    pub case: Option<CaseId>,
    /// What was done: `open`, `search`, `print`, `export`.
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
}

/// The access log of an office.
pub struct Access {}

impl Access {
    /// Opens the access log of an office.
    pub fn open(dir: &OfficeDir) -> Result<Self, OpenError> {
        unimplemented!()
    }
    /// Records looks, in one commit.
    pub fn record(&mut self, looks: &[Look]) -> Result<(), ReadError> {
        unimplemented!()
    }
}

//! What is shown of regulations and statements that records show something about.

use chrono::{DateTime, Utc};
use serde::Serialize;

use crate::domain::ids::{CaseId, Seq};

/// Which cases are wanted by their tags.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TagFilter {
    /// Only those that have this tag, by its id.
    pub tag: Option<String>,
    /// Opened at this time or later.
    pub from: Option<DateTime<Utc>>,
    /// Opened before this time.
    pub until: Option<DateTime<Utc>>,
}

/// A tag of a case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Tagged {
    /// Its id.
    pub tag: String,
    /// The numbers of the entries that show something about it, in their order.
    pub entries: Vec<Seq>,
}

/// A case with the regulations and statements that it shows something about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TaggedCase {
    /// The case.
    pub case: CaseId,
    /// Its short reference.
    pub reference: String,
    /// Its pathway.
    pub pathway: String,
    /// When it was opened.
    pub opened_at: DateTime<Utc>,
    /// What it is about, in a few words.
    pub headline: Option<String>,
    /// Its tags, in the order of the file.
    pub tags: Vec<Tagged>,
}

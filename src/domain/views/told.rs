//! Entries in a chronology: as they stand, with whatever ought to be known about the record itself.

use chrono::{DateTime, Utc};
use serde::Serialize;

use super::Second;
use crate::domain::answer::{Answers, When};
use crate::domain::entry::Entry;
use crate::domain::ids::{CaseId, EntryId};

/// An entry of another case that was opened for the same matter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Elsewhere {
    /// The case it stands in.
    pub case: CaseId,
    /// Its short reference.
    pub reference: String,
    /// The entry.
    pub told: Told,
}

/// An entry in a case's chronology.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// The entry as it stands in the ledger.
    pub entry: Entry,
    /// When it happened, after amendments.
    pub occurred: When,
    /// Its answers as they stand after amendments; the entry's own where there was none.
    pub answers: Option<Answers>,
    /// Amendments of it, oldest first.
    pub amendments: Vec<Amendment>,
    /// The record it was written under before the case moved to the right one.
    pub recorded_under: Option<CaseId>,
    /// The place on that record.
    pub place_under: Option<CaseId>,
    /// It reviews a decision of the reviewer's own.
    pub own_decision: bool,
    /// Fields that ought to be answered and are not.
    pub missing: Vec<String>,
    /// Recorded after the working period in which it happened.
    pub late_entry: bool,
    /// Waits for the confirmation of the one whose act it is.
    pub to_confirm: bool,
    /// Written without sight of what another had recorded meanwhile.
    pub unsighted: bool,
    /// Recorded while nobody was signed in, and not signed by anybody yet.
    pub unsigned: bool,
    /// Who signed it later.
    pub signed_by: Option<CaseId>,
    /// The name of the file it was imported from, where it was.
    pub source: Option<String>,
    /// Whether a second person's word is wanted, or has been given.
    pub second: Option<Second>,
    /// Through whose hands its form went before it was saved, the first to take it over first.
    pub taken_over: Vec<TakenOver>,
}

/// That an unfinished form was taken over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TakenOver {
    /// Who had begun it, or taken it over before; `None` where nobody had said who they were.
    pub from: Option<CaseId>,
    /// Who took it over.
    pub by: Option<CaseId>,
    /// When that was put into the record.
    pub at: DateTime<Utc>,
    /// Why.
    pub reason: String,
}

/// An amendment, with what it took the place of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Amendment {
    /// The entry that amends.
    pub entry: EntryId,
    /// Who amended; `None` where nobody had said who they were.
    pub by: Option<CaseId>,
    /// When it was put into the record.
    pub at: DateTime<Utc>,
    /// Why; empty where only blanks were filled.
    pub reason: String,
    /// The answers that stood until then.
    pub before: Answers,
}

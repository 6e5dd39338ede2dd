//! Who relies on an organisation, the arrangements with organisations, and what is planned for when one does not come.

use chrono::{DateTime, Utc};
use serde::Serialize;

use super::RecordRow;
use crate::domain::answer::Named;
use crate::domain::case::Level;
use crate::domain::ids::CaseId;

/// Somebody who relies on an organisation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Relying {
    /// Who; of a restricted record whom to ask, in words, and no record.
    pub who: Named,
    /// For what, or which visit.
    pub why: String,
    /// By when somebody else has to be there, where that is known: when the visit begins.
    pub by: Option<DateTime<Utc>>,
}

/// An arrangement with an organisation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ProviderRow {
    /// The case.
    pub case: CaseId,
    /// Its short reference.
    pub reference: String,
    /// The organisation.
    pub provider: Option<RecordRow>,
    /// The service in a few words.
    pub service: Option<String>,
    /// What kind of service, in words.
    pub kind: Option<String>,
    /// How much hangs on it.
    pub tier: Option<Level>,
    /// How it stands, in words.
    pub state: String,
    /// Whether handovers speak of it because of how it stands: it is restricted, suspended.
    pub handed_over: bool,
    /// Whether it has ended.
    pub closed: bool,
    /// How many people rely on it, restricted records among them.
    pub relying: usize,
}

/// What is planned for when an organisation does not come, as somebody needs it who relies on it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Plan {
    /// The organisation as the record names it.
    pub organisation: String,
    /// For what they rely on it.
    pub why: String,
    /// Its numbers: the usual one, and the one out of hours.
    pub phone: Option<String>,
    /// See [`Plan::phone`].
    pub out_of_hours: Option<String>,
    /// The arrangement: its reference, and how it stands in words. `None` where there is none on record.
    pub arrangement: Option<(String, String)>,
    /// The parts of the plan, as label and words; empty where none was written.
    pub parts: Vec<(String, String)>,
}

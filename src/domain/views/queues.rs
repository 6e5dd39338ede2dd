//! Rows of the queues that are more than what is owed: whom to ring before they shut, on whom nobody has their eyes.

use chrono::{DateTime, Utc};
use serde::Serialize;

use super::{OwedRow, RecordRow};
use crate::domain::case::Level;
use crate::domain::eyes::Eyes;
use crate::domain::ids::CaseId;

/// How the hours of whoever promised something stand to when it falls due.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Shuts {
    /// They can be rung until then.
    Closes {
        /// When they close.
        at: DateTime<Utc>,
        /// When they open again; `None` where they do not.
        opens: Option<DateTime<Utc>>,
    },
    /// They are shut now.
    Shut {
        /// When they open again; `None` where they do not.
        opens: Option<DateTime<Utc>>,
    },
    /// What is written on their record does not read as opening hours.
    NotReadable {
        /// What is written.
        hours: String,
    },
    /// No hours are on their record, or they have none.
    NotOnRecord,
}

impl Shuts {
    /// When they close, where they can still be rung.
    pub fn closes(&self) -> Option<DateTime<Utc>> {
        match self {
            Shuts::Closes { at, .. } => Some(*at),
            _ => None,
        }
    }

    /// Where it stands among others: those that close soonest first, then those that are shut, then the unknown.
    pub fn rank(&self) -> (u8, DateTime<Utc>) {
        match self {
            Shuts::Closes { at, .. } => (0, *at),
            Shuts::Shut { .. } => (1, DateTime::UNIX_EPOCH),
            Shuts::NotReadable { .. } | Shuts::NotOnRecord => (2, DateTime::UNIX_EPOCH),
        }
    }
}

/// A promise about which somebody is to be rung before they shut.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RingRow {
    /// What is owed; of a restricted record that may not be seen, a stub.
    pub owed: OwedRow,
    /// Who promised it, where they stand on record and may be named.
    pub organisation: Option<RecordRow>,
    /// When they shut.
    pub shuts: Shuts,
    /// Interim controls in force on the case, each with when somebody looks at it again.
    pub controls: Vec<(String, DateTime<Utc>)>,
}

/// An open urgent call: who saw the person last, and who sees them next.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct EyesRow {
    /// The case.
    pub case: CaseId,
    /// Its short reference; empty in a stub.
    pub reference: String,
    /// The person.
    pub subject: Option<RecordRow>,
    /// How the present risk is shown and how much it weighs.
    pub level: Option<Level>,
    /// A few words that name the matter.
    pub headline: Option<String>,
    /// The number to ring back.
    pub phone: Option<String>,
    /// Who saw them and who will.
    pub eyes: Eyes,
    /// It is of a restricted record that the viewer may not see: whom to ask. All else here is then its times.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ask: Option<String>,
}

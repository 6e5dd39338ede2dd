//! The locations of a provider, seen from above: which service each gives, who answers for it at the regulator, and what is
//! open there now.

use serde::Serialize;

use super::RecordRow;

/// A location as whoever looks over all of them sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LocationRow {
    /// The location.
    #[serde(flatten)]
    pub location: RecordRow,
    /// Whether it has closed.
    pub closed: bool,
    /// The regulator's relationship holder; `None` where none was named.
    pub relationship_holder: Option<String>,
    /// What is open there now; `None` where the viewer may not read what belongs to it.
    pub now: Option<OpenThere>,
}

/// What is open at a place, at the time of reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct OpenThere {
    /// People supported there whom the viewer may see.
    pub people: u64,
    /// Open urgent calls that the viewer may see.
    pub calls: u64,
    /// Urgent calls that wait for a decision, stubs among them.
    pub undecided: u64,
    /// What is owed and late, stubs among it.
    pub late: u64,
    /// Cases of restricted records that the viewer may not see and in which something is owed.
    pub restricted: u64,
}

/// All locations of the provider.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Locations {
    /// By name, those that have closed last.
    pub rows: Vec<LocationRow>,
    /// How many of them are open.
    pub open: u64,
    /// Which lead the regulator gives a provider of so many locations, in words; another, where a location says so.
    pub lead: Option<String>,
    /// Who that is, as locations name them, each once.
    pub lead_names: Vec<String>,
    /// What is open and belongs to none of them: a call whose place nobody knows yet.
    pub nowhere: OpenThere,
}

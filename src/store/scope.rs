//! Which rows a viewer may read, asked of the one permission function and turned into a condition on locations.

use super::error::ReadError;
use super::rows::literal;
use crate::domain::ids::CaseId;
use crate::domain::permission::{Action, Grant, Roles, Viewer, may};

/// What a viewer may read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Scope {
    /// Everything.
    All,
    /// What belongs to these locations, and what has no location yet: a call whose place is not known must not be
    /// hidden from everyone.
    At(Vec<CaseId>),
}

/// What the viewer may read; the reason where that is nothing.
pub(super) fn readable(roles: &Roles, viewer: &Viewer) -> Result<Scope, ReadError> {
    let read = |at| may(roles, viewer, &Action::Granted(Grant::Read), at);
    let Err(reason) = read(None) else { return Ok(Scope::All) };
    let mut at: Vec<CaseId> = viewer.roles.iter().filter_map(|(_, at)| *at).collect();
    at.retain(|location| read(Some(*location)).is_ok());
    at.sort_unstable();
    at.dedup();
    if at.is_empty() { Err(ReadError::Denied(reason)) } else { Ok(Scope::At(at)) }
}

impl Scope {
    /// The condition on a column that holds a location or NULL.
    pub(super) fn on(&self, column: &str) -> String {
        match self {
            Scope::All => "1".to_owned(),
            Scope::At(at) => {
                let list = at.iter().map(|id| literal(*id)).collect::<Vec<_>>().join(", ");
                format!("({column} IS NULL OR {column} IN ({list}))")
            }
        }
    }

    /// The condition on `counts`, whose location is empty where none is known.
    pub(super) fn on_counts(&self) -> String {
        match self {
            Scope::All => "1".to_owned(),
            Scope::At(_) => self.on("location").replace("location IS NULL", "location = x''"),
        }
    }

    /// Whether something at this location may be read.
    pub(super) fn holds(&self, location: Option<CaseId>) -> bool {
        match (self, location) {
            (Scope::All, _) | (_, None) => true,
            (Scope::At(at), Some(location)) => at.contains(&location),
        }
    }
}

//! An edition: one consistent set of definition files in force, named by the hash of its files. (Stub.)

use std::collections::BTreeMap;
use std::sync::Arc;

use super::definition::Pathway;
use crate::domain::ids::EditionId;
use crate::domain::permission::Roles;

/// One consistent set of definitions.
#[derive(Debug, Clone, PartialEq)]
pub struct Edition {
    /// SHA-256 over the sorted names and hashes of its files.
    pub id: EditionId,
    /// Full text by file name (`pathways/urgent.toml`, `roles.toml`, `targets.toml`, `lists.toml`, ...).
    pub files: BTreeMap<String, String>,
    /// By id.
    pub pathways: BTreeMap<String, Arc<Pathway>>,
    /// Roles and duties.
    pub roles: Roles,
    /// The provider's targets, by name.
    pub targets: super::due::Targets,
    /// Bank holidays.
    pub calendar: super::calendar::Calendar,
    // + vague (see the branch that brings it)
}

/// The editions of a ledger: the one in force and every older one, so that a record always shows on the edition it
/// was filled in on.
#[derive(Debug, Clone)]
pub struct Editions {
    current: Arc<Edition>,
    all: BTreeMap<EditionId, Arc<Edition>>,
}

impl Editions {
    /// Starts with the edition in force.
    pub fn new(current: Arc<Edition>) -> Self {
        Self { all: BTreeMap::from([(current.id, current.clone())]), current }
    }

    /// A newer edition comes into force.
    pub fn adopt(&mut self, edition: Arc<Edition>) {
        self.all.insert(edition.id, edition.clone());
        self.current = edition;
    }

    /// The edition in force.
    pub fn current(&self) -> &Arc<Edition> {
        &self.current
    }

    /// The edition of this id, in force or not.
    pub fn get(&self, id: EditionId) -> Option<&Arc<Edition>> {
        self.all.get(&id)
    }
}

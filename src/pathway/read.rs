//! Reads definitions.
#![doc = "(The language is described below.)"]

pub(super) mod document;
mod field;
mod lists;
pub mod meanings;
pub(super) mod names;
mod owed;
mod predicate;
mod step;
pub(super) mod table;
mod whole;

use std::collections::BTreeMap;
use std::sync::Arc;

use toml::de::DeTable;

pub use document::Fault;
use document::{Document, Faults};
use table::Table;

use super::definition::Pathway;
use super::edition::Target;
use super::roles::roles;
use crate::domain::permission::Roles;
use crate::domain::words::pathway as words;

/// What a set of files says, found to hold together.
pub(super) struct Set {
    pub(super) pathways: BTreeMap<String, Arc<Pathway>>,
    pub(super) roles: Roles,
    pub(super) targets: BTreeMap<String, Target>,
}

/// Reads a set of definition files by name. All faults of the set are found, sorted by file and line.
pub(super) fn set(files: &BTreeMap<String, String>) -> Result<Set, Vec<Fault>> {
    let faults = Faults::default();
    let parsed: BTreeMap<&str, (Document, DeTable<'_>)> = files
        .iter()
        .filter(|(name, _)| is_known(name, &faults))
        .map(|(name, text)| (name.as_str(), Document::parse(name, text, &faults)))
        .collect();

    let roles = match parsed.get("roles.toml") {
        Some((document, table)) => roles(document, table, &faults),
        None => {
            faults.add(&Document::absent("roles.toml"), "", words::missing_file("roles.toml"));
            Roles::default()
        }
    };
    let lists = parsed.get("lists.toml").map(|(document, table)| lists::lists(document, table, &faults));
    let targets = parsed.get("targets.toml").map(|(document, table)| lists::targets(document, table, &faults));
    let (lists, targets) = (lists.unwrap_or_default(), targets.unwrap_or_default());
    let shared = field::Shared { lists: &lists, targets: &targets };

    let read: Vec<_> = parsed
        .iter()
        .filter_map(|(name, (document, table))| {
            let id = name.strip_prefix("pathways/")?.strip_suffix(".toml")?;
            step::pathway(Table::file(document, table, &faults), id, shared)
        })
        .collect();
    whole::check(&read, &roles, &faults);

    let faults = faults.sorted();
    if !faults.is_empty() {
        return Err(faults);
    }
    let pathways = read.into_iter().map(|read| (read.pathway.id.clone(), Arc::new(read.pathway))).collect();
    Ok(Set { pathways, roles, targets })
}

/// Whether a file of this name belongs to a set of definitions.
fn is_known(name: &str, faults: &Faults) -> bool {
    const SINGLE: [&str; 4] = ["roles.toml", "lists.toml", "targets.toml", "vague.toml"];
    let in_folder = ["pathways/", "calendars/"].into_iter().any(|folder| {
        let inner = name.strip_prefix(folder).and_then(|file| file.strip_suffix(".toml"));
        inner.is_some_and(|stem| !stem.is_empty() && !stem.contains('/'))
    });
    let known = in_folder || SINGLE.contains(&name);
    if !known {
        let near = names::nearest(name, SINGLE);
        faults.add(&Document::absent(name), "", words::unknown_file(near));
    }
    known
}

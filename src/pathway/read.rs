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

use super::calendar::{self, Calendar};
use super::definition::Pathway;
use super::due::Targets;
use super::edition::TargetNotes;
use super::roles::roles;
use super::vague::{self, Vague};
use crate::domain::permission::Roles;
use crate::domain::words::pathway as words;

/// What a set of files says, found to hold together.
pub(super) struct Set {
    pub(super) pathways: BTreeMap<String, Arc<Pathway>>,
    pub(super) roles: Roles,
    pub(super) targets: Targets,
    pub(super) target_notes: TargetNotes,
    pub(super) calendar: Calendar,
    pub(super) vague: Vague,
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
    let lists = lists.unwrap_or_default();
    let targets = parsed.get("targets.toml").map(|(document, table)| lists::targets(document, table, &faults));
    let (targets, target_notes) = targets.unwrap_or_default();
    let calendar = whole_file(files, "calendars/england.toml", calendar::ENGLAND, &faults, |text| {
        Calendar::parse(text).map_err(|problem| (problem.line, problem.what))
    });
    let vague = whole_file(files, "vague.toml", vague::SHIPPED, &faults, |text| {
        Vague::load(text).map_err(|problem| (problem.line, problem.says))
    });

    let read: Vec<_> = parsed
        .iter()
        .filter_map(|(name, (document, table))| {
            let id = name.strip_prefix("pathways/")?.strip_suffix(".toml")?;
            step::pathway(Table::file(document, table, &faults), id, &lists)
        })
        .collect();
    whole::check(&read, &roles, &targets, &faults);

    let faults = faults.sorted();
    let (true, Some(calendar), Some(vague)) = (faults.is_empty(), calendar, vague) else {
        return Err(faults);
    };
    let pathways = read.into_iter().map(|read| (read.pathway.id.clone(), Arc::new(read.pathway))).collect();
    Ok(Set { pathways, roles, targets, target_notes, calendar, vague })
}

/// A file with a reader of its own, in place of the one that is compiled in.
fn whole_file<T>(
    files: &BTreeMap<String, String>,
    name: &str,
    built_in: &str,
    faults: &Faults,
    read: impl Fn(&str) -> Result<T, (usize, String)>,
) -> Option<T> {
    read(files.get(name).map_or(built_in, String::as_str))
        .map_err(|(line, says)| faults.add_at_line(name, line, words::whole_file(&says)))
        .ok()
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

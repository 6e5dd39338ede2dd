//! Reads `lists.toml` (choices that several forms share) and `targets.toml` (the provider's own times by name).

use std::collections::BTreeMap;

use toml::de::DeTable;

use super::document::{Document, Faults};
use super::field::choices;
use super::owed::rule;
use super::table::Table;
use crate::domain::words::pathway as words;
use crate::pathway::definition::Choice;
use crate::pathway::due::Targets;
use crate::pathway::edition::{TargetNote, TargetNotes};

/// Lists of choices by name: `triggers = [{ id = "fall", label = "Fall" }, ...]`.
pub(super) fn lists(
    document: &Document,
    table: &DeTable<'_>,
    faults: &Faults,
) -> BTreeMap<String, Vec<Choice>> {
    let file = Table::file(document, table, faults);
    let read = |name: String| {
        let choices = choices(&file, file.tables_named(&name, "choice"), &name);
        (name, choices)
    };
    file.keys().into_iter().map(read).collect()
}

/// Targets by name, each a table with title, within and source; with what is to be shown beside each.
pub(super) fn targets(document: &Document, table: &DeTable<'_>, faults: &Faults) -> (Targets, TargetNotes) {
    let file = Table::file(document, table, faults);
    let (mut targets, mut notes) = (Targets::new(), TargetNotes::new());
    for name in file.keys() {
        for table in file.tables_named(&name, "target") {
            let within = rule(&table, "within");
            if !table.has("within") {
                table.fault("", words::missing(&format!("the target \"{name}\""), "within"));
            }
            let title = table.needed("title").unwrap_or_default();
            let source = table.needed("source").unwrap_or_default();
            table.finish();
            targets.extend(within.map(|within| (name.clone(), within)));
            notes.insert(name.clone(), TargetNote { title, source });
        }
    }
    (targets, notes)
}

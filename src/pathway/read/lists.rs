//! Reads `lists.toml` (choices that several forms share) and `targets.toml` (the provider's own times by name, and
//! the working periods of a day).

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveTime};
use toml::de::DeTable;

use super::document::{Document, Faults};
use super::field::choices;
use super::owed::rule;
use super::table::Table;
use crate::domain::words::pathway as words;
use crate::pathway::definition::Choice;
use crate::pathway::due::Targets;
use crate::pathway::edition::{TargetNote, TargetNotes};
use crate::pathway::late::WorkingPeriods;

/// The list that is made of the roles of `roles.toml`, unless `lists.toml` has one of that name.
pub(super) const ROLES: &str = "roles";

/// The list that is made of the duties of `roles.toml`.
pub(super) const DUTIES: &str = "duties";

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

/// The table of `targets.toml` that is not a target.
const WORKING_PERIODS: &str = "working_periods";

/// What `targets.toml` says.
pub(super) type Times = (Targets, TargetNotes, WorkingPeriods);

/// Targets by name, each a table with title, within and source; with what is to be shown beside each, and the
/// working periods of a day.
pub(super) fn targets(document: &Document, table: &DeTable<'_>, faults: &Faults) -> Times {
    let file = Table::file(document, table, faults);
    let (mut targets, mut notes) = (Targets::new(), TargetNotes::new());
    let mut periods = WorkingPeriods::default();
    for name in file.keys() {
        for table in file.tables_named(&name, "target") {
            if name == WORKING_PERIODS {
                periods = working_periods(table);
                continue;
            }
            let within = rule(&table, "within");
            if !table.has("within") {
                table.fault("", words::missing(&format!("the target \"{name}\""), "within"));
            }
            let title = table.needed("title").unwrap_or_default();
            let source = table.needed("source").unwrap_or_default();
            let of = table.texts("of");
            let review = table.text("review");
            let day = review.as_ref().and_then(|day| NaiveDate::parse_from_str(day, "%Y-%m-%d").ok());
            if review.is_some() && day.is_none() {
                table.fault("review", words::wrong_kind(&table.name(), "review", words::takes::A_DAY));
            }
            table.finish();
            targets.extend(within.map(|within| (name.clone(), within)));
            notes.insert(name.clone(), TargetNote { title, source, of, review: day });
        }
    }
    (targets, notes, periods)
}

/// When the working periods of a day begin; the usual ones where it does not say.
fn working_periods(table: Table<'_>) -> WorkingPeriods {
    // Shown beside the times, as with the targets.
    let _ = (table.needed("title"), table.needed("source"));
    let said = table.texts("starts");
    let starts: Vec<NaiveTime> =
        said.iter().filter_map(|start| NaiveTime::parse_from_str(start, "%H:%M").ok()).collect();
    if starts.is_empty() || starts.len() < said.len() {
        table.fault("starts", words::wrong_kind(&table.name(), "starts", words::takes::TIMES));
    }
    table.finish();
    WorkingPeriods::new(starts)
}

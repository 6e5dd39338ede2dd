//! Reads `audit.toml`: which cases an audit draws from, which it looks at in any case, and what is asked of each. The file
//! that ships says in its comments how it is written.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use chrono::TimeDelta;
use toml::de::DeTable;

use super::document::{Document, Faults};
use super::names::nearest;
use super::predicate::when;
use super::table::Table;
use crate::domain::words::pathway as words;
use crate::pathway::clocks::length;
use crate::pathway::definition::{
    Always, AuditPart, AuditRules, Choice, Criterion, Pathway, Predicate, Prefill, Shows,
};

/// The file's name in a set of definitions.
pub(in crate::pathway) const FILE: &str = "audit.toml";
/// What is compiled in, for sets of definitions that have no such file.
pub(in crate::pathway) const SHIPPED: &str = include_str!("../../../config/audit.toml");
/// The list that is made of the criteria, unless `lists.toml` has one of that name.
pub(super) const CRITERIA: &str = "audit_criteria";
/// The keys of which each criterion has one.
const SHOWS: [&str; 6] = ["met", "in_time", "in_shift", "dated", "chased", "sources"];

/// What a file says.
pub(super) fn rules(document: &Document, table: &DeTable<'_>, faults: &Faults) -> AuditRules {
    let file = Table::file(document, table, faults);
    let read = AuditRules {
        of: file.texts("of"),
        always: file.tables("always", "always").into_iter().filter_map(always).collect(),
        criteria: file.tables("criterion", "criterion").into_iter().filter_map(criterion).collect(),
    };
    if read.of.is_empty() {
        file.fault("of", words::missing(FILE, "of"));
    }
    for (at, one) in read.criteria.iter().enumerate() {
        if read.criteria.iter().take(at).any(|other| other.id == one.id) {
            file.fault(&format!("criterion.{at}.id"), words::same_id(FILE, "criterion", &one.id));
        }
    }
    file.finish();
    read
}

/// Those that come with the program.
pub fn shipped() -> &'static Arc<AuditRules> {
    static SHIPPED_RULES: LazyLock<Arc<AuditRules>> = LazyLock::new(|| {
        let faults = Faults::default();
        let (document, table) = Document::parse(FILE, SHIPPED, &faults);
        Arc::new(rules(&document, &table, &faults))
    });
    &SHIPPED_RULES
}

/// The criteria as lines of a checklist.
pub(super) fn lines(rules: &AuditRules) -> Vec<Choice> {
    let line = |(at, one): (usize, &Criterion)| {
        let key = char::from_digit(u32::try_from(at + 1).unwrap_or(0) % 36, 36).unwrap_or(' ');
        Choice { retired: one.retired, ..Choice::plain(&one.id, &one.title, key) }
    };
    rules.criteria.iter().enumerate().map(line).collect()
}

fn always(table: Table<'_>) -> Option<Always> {
    let (id, title, of) = (table.id(), table.needed("title"), table.texts("of"));
    let when = when(&table, "when");
    table.finish();
    Some(Always { id: id?, title: title?, of, when })
}

fn criterion(table: Table<'_>) -> Option<Criterion> {
    let (id, title, about, of) =
        (table.id(), table.needed("title"), table.one_of("about"), table.texts("of"));
    if !table.has("about") {
        table.fault("", words::missing(&table.name(), "about"));
    }
    let (applies, retired) = (when(&table, "applies"), table.flag("retired"));
    let said: Vec<&str> = SHOWS.into_iter().filter(|key| table.has(key)).collect();
    let shows = match said[..] {
        ["met"] => when(&table, "met").map(Shows::Met),
        ["in_time"] => table.text("in_time").map(Shows::InTime),
        ["in_shift"] => table.text("in_shift").map(Shows::InShift),
        ["dated"] => table.text("dated").map(Shows::Dated),
        ["chased"] => {
            let grace = length(&table, "grace").unwrap_or_else(TimeDelta::zero);
            table.text("chased").map(|rows| Shows::Chased(rows, grace))
        }
        ["sources"] => table.flag("sources").then_some(Shows::Sources),
        _ => {
            table.fault("", words::shows_nothing(&table.name(), &SHOWS));
            None
        }
    };
    table.finish();
    Some(Criterion { id: id?, title: title?, about: about?, of, applies, shows: shows?, retired })
}

/// `{ audit = "seed" }`.
pub(super) fn of(source: &Table<'_>) -> Option<Prefill> {
    source.has("audit").then(|| source.one_of::<AuditPart>("audit")).flatten().map(Prefill::Audit)
}

/// Whether what the rules name is there: pathways, their steps and fields. Not asked of the program's own file: an office that
/// took a step out of its pathways has not touched it.
pub(super) fn check(
    rules: &AuditRules,
    document: &Document,
    pathways: &BTreeMap<&str, &Pathway>,
    faults: &Faults,
) {
    let known = |path: &str, what: &str, pathway: &String| {
        let found = pathways.get(pathway.as_str()).copied();
        if found.is_none() {
            let near = nearest(pathway, pathways.keys().copied());
            faults.add(document, path, words::unknown(what, "pathway", pathway, "pathways/", near));
        }
        found
    };
    for pathway in &rules.of {
        known("of", "the audit", pathway);
    }
    let asked = |path: &str, what: &str, of: &[String], named: Vec<(String, Option<String>)>| {
        for pathway in of.iter().filter_map(|pathway| known(path, what, pathway)) {
            for (step, field) in &named {
                let found = pathway.step(step);
                let is_there = match (found, field) {
                    (Some(found), Some(field)) => found.field(field).is_some(),
                    (found, _) => found.is_some(),
                };
                if !is_there {
                    let name = field.as_ref().map_or_else(|| step.clone(), |field| format!("{step}.{field}"));
                    let steps = pathway.steps.iter().map(|step| step.id.as_str());
                    let near = nearest(step, steps);
                    faults.add(document, path, words::unknown(what, "step", &name, &pathway.id, near));
                }
            }
        }
    };
    for (at, one) in rules.always.iter().enumerate() {
        let named = one.when.as_ref().map(Predicate::asks).unwrap_or_default();
        asked(&format!("always.{at}.when"), &format!("always \"{}\"", one.id), &one.of, named);
    }
    for (at, one) in rules.criteria.iter().enumerate() {
        let mut named = one.applies.as_ref().map(Predicate::asks).unwrap_or_default();
        named.extend(one.shows.asks());
        asked(&format!("criterion.{at}.id"), &format!("criterion \"{}\"", one.id), &one.of, named);
    }
}

impl Shows {
    /// The steps, and fields of them, that it looks at.
    pub fn asks(&self) -> Vec<(String, Option<String>)> {
        match self {
            Shows::Met(predicate) => predicate.asks(),
            Shows::Sources => Vec::new(),
            Shows::InTime(what) | Shows::InShift(what) | Shows::Dated(what) | Shows::Chased(what, _) => {
                let (step, field) =
                    what.split_once('.').map_or((what.as_str(), None), |(step, field)| (step, Some(field)));
                vec![(step.to_owned(), field.map(str::to_owned))]
            }
        }
    }
}

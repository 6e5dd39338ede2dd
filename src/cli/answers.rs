//! Answers handed in as JSON: made into the text that would have been typed, with the lines that name a record.
//!
//! How the text is read is left to [`crate::form::typed`]; who is meant by a name, to whoever asks.

use std::collections::BTreeMap;

use serde_json::Value;

use super::failure::Failure;
use crate::domain::words::cli as words;
use crate::form::typed::{self, Texts};
use crate::pathway::check::{Problem, Weight};
use crate::pathway::definition::{Field, Kind, Means, Step};
use crate::pathway::edition::Edition;

/// A line of a form that names a record of a register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Naming {
    /// Its path.
    pub path: String,
    /// The register.
    pub register: String,
    /// Whether a new record, or words alone, will do.
    pub on_the_spot: bool,
    /// What stands there.
    pub words: String,
}

/// The text of each field; a problem for each name that is no field of the step.
pub(super) fn texts(step: &Step, answers: &BTreeMap<String, Value>) -> Result<Texts, Vec<Problem>> {
    let known = |id: &String| step.field(id).is_some_and(|field| !field.retired);
    let mut problems: Vec<Problem> = answers
        .keys()
        .filter(|id| !known(id))
        .map(|id| Problem {
            field: id.clone(),
            weight: Weight::Refused,
            says: words::no_such_field(&step.title, &fields(step)),
        })
        .collect();
    for (id, value) in answers {
        if let Some(field) = step.field(id) {
            unknown_parts(field, id, value, &mut problems);
        }
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    Ok(answers.iter().flat_map(|(id, value)| typed::from_json(id, value)).collect())
}

/// Names within an answer that its field has not: what was handed in under them would be lost without a word.
fn unknown_parts(field: &Field, path: &str, value: &Value, problems: &mut Vec<Problem>) {
    let known: Vec<&str> = match (&field.kind, value) {
        (Kind::Rows { columns, .. }, Value::Array(rows)) => {
            for (at, row) in rows.iter().enumerate().filter_map(|(at, row)| Some((at, row.as_object()?))) {
                let path = typed::part(path, &at.to_string());
                let ids: Vec<&str> = columns.iter().map(|column| column.id.as_str()).collect();
                problems.extend(row.keys().filter_map(|name| no_such_part(field, &path, name, &ids)));
                for column in columns {
                    if let Some(value) = row.get(&column.id) {
                        unknown_parts(column, &typed::part(&path, &column.id), value, problems);
                    }
                }
            }
            return;
        }
        (Kind::Score(parts), _) => parts.iter().map(|part| part.id.as_str()).chain([typed::SAID]).collect(),
        (Kind::Tree(nodes), _) => nodes.iter().map(|node| node.id.as_str()).collect(),
        (Kind::Checklist { items, .. }, _) => items.iter().map(|item| item.id.as_str()).collect(),
        _ => return,
    };
    let names = value.as_object().into_iter().flat_map(|parts| parts.keys());
    problems.extend(names.filter_map(|name| no_such_part(field, path, name, &known)));
}

fn no_such_part(field: &Field, path: &str, name: &str, known: &[&str]) -> Option<Problem> {
    let says = || words::no_such_part(&field.label, &known.join(", "));
    (!known.contains(&name)).then(|| Problem {
        field: typed::part(path, name),
        weight: Weight::Refused,
        says: says(),
    })
}

/// Says beside what is wrong with a time that may be none given how that is handed in.
pub(super) fn say_how(step: &Step, problems: &mut [Problem]) {
    for problem in problems {
        let mut path = problem.field.split('.');
        let Some(mut field) = path.next().and_then(|id| step.field(id)) else { continue };
        if let Kind::Rows { columns, .. } = &field.kind {
            let id = path.nth(1);
            let Some(column) = columns.iter().find(|column| Some(column.id.as_str()) == id) else { continue };
            field = column;
        }
        if field.kind == Kind::ByWhen {
            problem.says = words::or_none_given(&problem.says);
        }
    }
}

/// The lines that name a record and do not say yet which.
pub(super) fn namings(step: &Step, texts: &Texts) -> Vec<Naming> {
    let mut found = Vec::new();
    for field in step.fields.iter().filter(|field| !field.retired) {
        naming(field, &field.id, texts, &mut found);
    }
    found
}

fn naming(field: &Field, path: &str, texts: &Texts, found: &mut Vec<Naming>) {
    match &field.kind {
        Kind::Record { register, on_the_spot } => {
            let said = typed::text(texts, path);
            if !said.is_empty() && typed::text(texts, &typed::part(path, "id")).is_empty() {
                found.push(Naming {
                    path: path.to_owned(),
                    register: register.clone(),
                    on_the_spot: *on_the_spot,
                    words: said.to_owned(),
                });
            }
        }
        Kind::Rows { columns, .. } => {
            let mut row = 0;
            loop {
                let at = typed::part(path, &row.to_string());
                let prefix = typed::part(&at, "");
                if !texts.keys().any(|held| held.starts_with(&prefix)) {
                    break;
                }
                for column in columns {
                    naming(column, &typed::part(&at, &column.id), texts, found);
                }
                row += 1;
            }
        }
        _ => {}
    }
}

/// The form that opens a record of this register.
pub(super) fn registering<'e>(edition: &'e Edition, register: &str) -> Result<&'e Step, Failure> {
    let step = edition.pathway(register).and_then(|register| register.opening());
    step.ok_or_else(|| Failure::refused(words::nothing_registers(register)))
}

/// The id of the field by which a form asks for what means this.
pub(super) fn asking(step: &Step, means: Means) -> Result<&str, Failure> {
    let field = step.meaning(means).map(|field| field.id.as_str());
    field.ok_or_else(|| Failure::refused(words::does_not_ask(&step.title, &means.name())))
}

fn fields(step: &Step) -> String {
    let ids: Vec<&str> =
        step.fields.iter().filter(|field| !field.retired).map(|field| field.id.as_str()).collect();
    ids.join(", ")
}

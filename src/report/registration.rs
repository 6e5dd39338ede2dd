//! The pack for registration, before any record exists: roles, duties, clocks, routes with the escalation matrix, and blank
//! forms, all from the definitions in force; and a dated drill of a practice office, which shows that staff can do it.
//!
//! Whether the practice office is one, and opening it, is left to whoever asks.

use std::collections::{BTreeMap, BTreeSet};

use askama::Template;
use chrono::{DateTime, Utc};

use super::pack::Pack;
use super::sheets;
use crate::domain::measure::Definitions;
use crate::domain::permission::Viewer;
use crate::domain::sheet::{SheetPart, Wanted};
use crate::domain::time::display;
use crate::domain::words::pack as words;
use crate::domain::words::pack::registration as said;
use crate::domain::words::report::{NO, YES};
use crate::domain::words::ui::TRAINING;
use crate::pathway::definition::{Field, Kind, Pathway, Step};
use crate::pathway::edition::Edition;
use crate::store::{ReadError, Store};

/// A blank form.
struct Form {
    title: String,
    help: String,
    questions: Vec<Question>,
}

/// One question of a form.
struct Question {
    label: String,
    help: String,
    always: bool,
    boxes: Vec<String>,
}

/// What staff did in a practice office.
struct Drill {
    says: String,
    rows: Vec<[String; 4]>,
}

#[derive(Template)]
#[template(path = "registration.html", config = "src/report/askama.toml")]
struct Page {
    title: String,
    training: bool,
    cover: Vec<(&'static str, String)>,
    roles: Vec<[String; 3]>,
    duties: Vec<[String; 2]>,
    clocks: Vec<[String; 4]>,
    matrix: Vec<SheetPart>,
    forms: Vec<Form>,
    drill: Option<Drill>,
}

/// The pack as one page. `drill` is what was done in a practice office, with the first digits of the head of its record.
///
/// # Errors
/// In words.
pub fn registration(
    store: &Store,
    viewer: &Viewer,
    drill: Option<(&Pack, &str)>,
    now: DateTime<Utc>,
) -> Result<String, String> {
    let read = || -> Result<_, ReadError> {
        let guide = Wanted::Guide { pathway: None, step: None, only: false };
        let guide = sheets::compose(store, viewer, &guide, &Definitions::default(), now)?;
        Ok((guide, store.editions()?, store.office()?, store.zone()?, store.called(viewer)?))
    };
    let (guide, editions, office, zone, by) = read().map_err(|error| error.to_string())?;
    let edition = editions.current();
    let by = if by.is_empty() { words::NOBODY.to_owned() } else { by };
    let page = Page {
        title: [said::REGISTRATION, &office.name].join(": "),
        training: office.training,
        cover: vec![
            (words::OFFICE, office.name.clone()),
            (words::MADE_BY, by),
            (words::MADE_AT, display::weekday_stamp(now, zone)),
            (said::DEFINITIONS, edition.id.to_string()),
        ],
        roles: roles(edition),
        duties: duties(edition),
        clocks: clocks(edition),
        matrix: guide.parts,
        forms: forms(edition),
        drill: drill.map(|(pack, head)| drilled(pack, head)),
    };
    page.render().map_err(|error| error.to_string())
}

fn kept(edition: &Edition) -> Vec<&Pathway> {
    let mut all: Vec<&Pathway> = edition.pathways.values().map(AsRef::as_ref).collect();
    all.sort_by_key(|pathway| (pathway.register, !pathway.urgent, pathway.title.to_lowercase()));
    all
}

fn offered(pathway: &Pathway) -> impl Iterator<Item = &Step> {
    pathway.steps.iter().filter(|step| !step.retired && step.follows.is_none())
}

/// Each role with the pathways in which it records, and how many steps those are.
fn roles(edition: &Edition) -> Vec<[String; 3]> {
    let of = |id: &str, title: &str| {
        let records = |step: &&Step| step.roles.iter().any(|role| role == id);
        let all = kept(edition);
        let within: Vec<&str> = all
            .iter()
            .filter(|one| offered(one).any(|step| records(&step)))
            .map(|one| one.title.as_str())
            .collect();
        let steps = all.iter().map(|one| offered(one).filter(records).count()).sum::<usize>();
        [title.to_owned(), within.join(", "), steps.to_string()]
    };
    let anybody = of(crate::domain::permission::ANYONE, said::ANYBODY);
    let roles = edition.roles.roles.iter().map(|(id, role)| of(id, &role.title));
    roles.chain([anybody]).collect()
}

fn duties(edition: &Edition) -> Vec<[String; 2]> {
    let title = |role: &String| edition.roles.title(role).to_owned();
    let row = |duty: &crate::domain::permission::Duty| {
        [duty.title.clone(), duty.roles.iter().map(title).collect::<Vec<_>>().join(", ")]
    };
    edition.roles.duties.values().map(row).collect()
}

/// Every target with where it comes from.
fn clocks(edition: &Edition) -> Vec<[String; 4]> {
    let row = |(name, note): (&String, &crate::pathway::edition::TargetNote)| {
        let within = edition.targets.get(name).map(ToString::to_string).unwrap_or_default();
        let review = note.review.map(display::date).unwrap_or_default();
        [note.title.clone(), within, note.source.clone(), review]
    };
    edition.target_notes.iter().map(row).collect()
}

/// The form that opens a case of each kind, and every form of urgent ones.
fn forms(edition: &Edition) -> Vec<Form> {
    let wanted = |pathway: &&Pathway, step: &&Step| step.opens || pathway.urgent;
    let all = kept(edition).into_iter();
    all.flat_map(|pathway| {
        offered(pathway).filter(move |step| wanted(&pathway, step)).map(move |step| (pathway, step))
    })
    .map(|(pathway, step)| Form {
        title: [pathway.title.as_str(), step.title.as_str()].join(": "),
        help: step.help.clone(),
        questions: step.fields.iter().filter(|field| !field.retired).flat_map(questions).collect(),
    })
    .collect()
}

/// A field as a question; a table's columns each as one.
fn questions(field: &Field) -> Vec<Question> {
    let boxes = match &field.kind {
        Kind::Choice(choices) | Kind::Choices(choices) | Kind::Checklist { items: choices, .. } => {
            choices.iter().filter(|choice| !choice.retired).map(|choice| choice.label.clone()).collect()
        }
        Kind::YesNo { .. } => vec![YES.to_owned(), NO.to_owned()],
        _ => Vec::new(),
    };
    let own = Question {
        label: field.label.clone(),
        help: field.help.clone(),
        always: field.required == Some(None),
        boxes,
    };
    let columns: &[Field] = match &field.kind {
        Kind::Rows { columns, .. } => columns,
        _ => &[],
    };
    let within = columns
        .iter()
        .flat_map(questions)
        .map(|column| Question { label: [field.label.as_str(), &column.label].join(": "), ..column });
    std::iter::once(own).chain(within).collect()
}

/// Who did what in the practice office, and when.
fn drilled(pack: &Pack, head: &str) -> Drill {
    type Did = (BTreeSet<String>, Vec<(DateTime<Utc>, String)>);
    let mut people: BTreeMap<&str, Did> = BTreeMap::new();
    let entries = || pack.cases.iter().flat_map(|case| &case.entries);
    for entry in entries().filter(|entry| entry.by != words::PROGRAM) {
        let (did, when) = people.entry(&entry.by).or_default();
        did.insert(entry.title.clone());
        when.extend(entry.recorded.at.map(|at| (at, entry.recorded.words.clone())));
    }
    let rows = people.into_iter().map(|(who, (did, when))| {
        let said =
            |one: Option<&(DateTime<Utc>, String)>| one.map(|(_, said)| said.clone()).unwrap_or_default();
        let (first, last) = (when.iter().min(), when.iter().max());
        [who.to_owned(), did.into_iter().collect::<Vec<_>>().join(", "), said(first), said(last)]
    });
    let office = pack.cover.iter().find(|(label, _)| label == words::OFFICE);
    let office = office.map(|(_, said)| said.as_str()).unwrap_or_default();
    Drill { says: said::drill(office, pack.cases.len(), entries().count(), head), rows: rows.collect() }
}

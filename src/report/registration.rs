//! The pack for registration, before any record exists: roles, duties, clocks, routes with the escalation matrix, and the
//! blank form of every step, all from the definitions in force; and a dated drill of a practice office, which shows that
//! staff can do it.
//!
//! Whether the practice office is one, and opening it, is left to whoever asks.

mod forms;

use std::collections::BTreeMap;

use askama::Template;
use chrono::{DateTime, Utc};

use self::forms::{Block, Group};
use super::pack::Pack;
use super::page::{Head, Part};
use super::sheets;
use crate::domain::ids::Seq;
use crate::domain::measure::Definitions;
use crate::domain::permission::{ANYONE, Duty, Viewer};
use crate::domain::sheet::Wanted;
use crate::domain::time::display;
use crate::domain::words::pack as words;
use crate::domain::words::pack::registration as said;
use crate::insight::sheets::target;
use crate::pathway::definition::{Pathway, Step};
use crate::pathway::edition::Edition;
use crate::store::{ReadError, Store};

/// What staff did in a practice office.
struct Drill {
    says: String,
    rows: Vec<[String; 4]>,
}

#[derive(Template)]
#[template(path = "registration.html", config = "src/report/askama.toml")]
struct Page {
    head: Head,
    cover: Vec<(&'static str, String)>,
    /// That it is of one pathway, and what to ask for where more is wanted.
    part: Option<String>,
    roles: Vec<[String; 3]>,
    duties: Vec<[String; 2]>,
    clocks: Vec<[String; 4]>,
    matrix: Vec<Part>,
    groups: Vec<Group>,
    drill: Option<Drill>,
}

/// The pack as one page, of all pathways or of one: then its own routes, roles and forms, these under the numbers that they have
/// in the whole. `drill` is the record of a practice office, with the number of the last entry with which it was told as an
/// example, and the first digits of its head.
///
/// # Errors
/// In words.
pub fn registration(
    store: &Store,
    viewer: &Viewer,
    only: Option<&str>,
    drill: Option<(&Pack, Seq, &str)>,
    now: DateTime<Utc>,
) -> Result<String, String> {
    let read = || -> Result<_, ReadError> {
        let guide = Wanted::Guide { pathway: only.map(str::to_owned), step: None, only: only.is_some() };
        let guide = sheets::compose(store, viewer, &guide, &Definitions::default(), now)?;
        Ok((guide, store.editions()?, store.office()?, store.zone()?, store.called(viewer)?))
    };
    let (guide, editions, office, zone, by) = read().map_err(|error| error.to_string())?;
    let edition = editions.current();
    let all = kept(edition);
    let is_in = |pathway: &&Pathway| only.is_none_or(|id| pathway.id == id);
    let part: Vec<&Pathway> = all.iter().copied().filter(is_in).collect();
    let titles = only.and(part.first()).map(|pathway| pathway.title.as_str());
    let by = if by.is_empty() { words::NOBODY.to_owned() } else { by };
    let page = Page {
        head: Head::new(&said::headed(&office.name, titles), office.training),
        cover: vec![
            (words::OFFICE, office.name.clone()),
            (words::MADE_BY, by),
            (words::MADE_AT, display::weekday_stamp(now, zone)),
            (said::DEFINITIONS, edition.id.to_string()),
        ],
        part: titles.map(said::of_one),
        roles: roles(edition, &part),
        duties: duties(edition),
        clocks: clocks(edition),
        matrix: guide.parts.iter().map(Part::of).collect(),
        groups: forms::groups(edition, &all)
            .into_iter()
            .filter(|group| part.iter().any(|one| one.id == group.pathway))
            .collect(),
        drill: drill.map(|(pack, told, head)| {
            drilled(pack, told, (head, part.first().filter(|_| only.is_some()).copied()))
        }),
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

/// Each role with those of these pathways in which it records, and how many steps that is; of some pathways only those that do.
fn roles(edition: &Edition, all: &[&Pathway]) -> Vec<[String; 3]> {
    let of = |id: &str, title: &str| {
        let records = |step: &&Step| step.roles.iter().any(|role| role == id);
        let within: Vec<&str> = all
            .iter()
            .filter(|one| offered(one).any(|step| records(&step)))
            .map(|one| one.title.as_str())
            .collect();
        let steps = all.iter().map(|one| offered(one).filter(records).count()).sum::<usize>();
        (within.len(), [title.to_owned(), within.join(", "), steps.to_string()])
    };
    let anybody = of(ANYONE, said::ANYBODY);
    let roles = edition.roles.roles.iter().map(|(id, role)| of(id, &role.title));
    let is_whole = all.len() == edition.pathways.values().count();
    let shown = roles.chain([anybody]).filter(|(within, _)| is_whole || *within > 0);
    shown.map(|(_, row)| row).collect()
}

/// Titles of roles and duties.
fn actors(edition: &Edition, actors: &[String]) -> Vec<String> {
    let title = |id: &String| match id.as_str() {
        ANYONE => said::ANYBODY.to_owned(),
        id => edition.roles.title(id).to_owned(),
    };
    actors.iter().map(title).collect()
}

fn duties(edition: &Edition) -> Vec<[String; 2]> {
    let row = |duty: &Duty| [duty.title.clone(), actors(edition, &duty.roles).join(", ")];
    edition.roles.duties.values().map(row).collect()
}

/// Every target with where it comes from.
fn clocks(edition: &Edition) -> Vec<[String; 4]> {
    let row = |(name, note): (&String, &crate::pathway::edition::TargetNote)| {
        let within = edition.targets.get(name).map(|rule| target(edition, rule)).unwrap_or_default();
        let review = note.review.map(display::date).unwrap_or_default();
        [note.title.clone(), within, note.source.clone(), review]
    };
    edition.target_notes.iter().map(row).collect()
}

/// Who did what in the practice office, in which case and when, in the order of its record; of one pathway its own steps alone.
/// What it was told with nobody did.
fn drilled(pack: &Pack, told: Seq, (head, only): (&str, Option<&Pathway>)) -> Drill {
    let is_of =
        |kind: &str| only.is_none_or(|only| kind.split_once('.').is_some_and(|(of, _)| of == only.id));
    let mut acts: BTreeMap<Seq, [String; 4]> = BTreeMap::new();
    for case in &pack.cases {
        let done = case.entries.iter().filter(|entry| entry.number > told && entry.by != words::PROGRAM);
        let done = done.filter(|entry| is_of(&entry.kind));
        for entry in done {
            let (did, at) = (entry.title.clone(), entry.recorded.words.clone());
            let of = entry.of.clone().unwrap_or_else(|| case.reference.clone());
            acts.entry(entry.number).or_insert_with(|| [entry.by.clone(), did, of, at]);
        }
    }
    let office = pack.cover.iter().find(|(label, _)| label == words::OFFICE);
    let office = office.map(|(_, said)| said.as_str()).unwrap_or_default();
    Drill {
        says: said::drill(office, acts.len(), head, only.map(|only| only.title.as_str())),
        rows: acts.into_values().collect(),
    }
}

//! Every step of every pathway, recorded as `dutydesk record` records it: with the least that is asked, made from the
//! definition alone, so that a new pathway is walked without a line here.
//!
//! What a step needs before it is found in its definition too: the state it is recorded in, what it is recorded on, its
//! gates. A step that cannot be reached so stands in [`BY_HAND`] with the reason, and is shown elsewhere.

mod answers;
mod gates;
mod reach;

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};

use super::recorded;
use crate::cli::arguments::{Record, Setup};
use crate::cli::desk::Desk;
use crate::cli::failure::Failure;
use crate::cli::setup;
use crate::domain::chance::Seeded;
use crate::domain::entry::Said;
use crate::domain::ids::{CaseId, CommitmentId, Seq};
use crate::domain::pack::{About, PackAsked};
use crate::domain::permission::Viewer;
use crate::domain::views::CaseView;
use crate::domain::words::show as words;
use crate::pathway::definition::{Means, Pathway, Step};
use crate::pathway::edition::Edition;
use crate::pathway::show;
use crate::report::chronology::{self, Telling};
use crate::report::pack::{gather, html, json};
use crate::store::{OfficeDir, Store};
use answers::Answering;

/// Whose act everything is: the one member of staff, who holds the decision too.
const YOU: &str = "Ruth Adeyemi";
/// Somebody on the staff list who may nothing.
const OTHER: &str = "Joan Pettit";
const PERSON: &str = "Theresa Quill";
const ORGANISATION: &str = "The Elms Surgery";
const PLACE: &str = "Rowan House";

/// Steps that no walk by the definitions reaches, each with the reason.
const BY_HAND: &[(&str, &str)] = &[
    ("meeting.answer", "the provider answers the home: two people, see tests/journeys/reviews.rs"),
    ("hindsight.done", OF_OLDER_RECORDS),
    ("hindsight.drop", OF_OLDER_RECORDS),
    ("hindsight.move", OF_OLDER_RECORDS),
];
const OF_OLDER_RECORDS: &str =
    "of actions on record from before each was a task of its own, see tests/journeys/oversight.rs";

/// A step that is on record.
struct Walked {
    seq: Seq,
    case: CaseId,
    step: String,
}

/// An office of one, and what was recorded in it.
struct Walk {
    _dir: tempfile::TempDir,
    store: Store,
    edition: Arc<Edition>,
    viewer: Viewer,
    now: DateTime<Utc>,
    walked: Vec<Walked>,
    done: BTreeSet<String>,
    /// Who sits at the keyboard.
    typist: &'static str,
}

impl Walk {
    fn begun() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let now = "2026-11-23T09:00:00Z".parse().unwrap();
        let said = |said: &str| said.to_owned();
        let asked = Setup {
            name: said("Rowan"),
            place: said(PLACE),
            service: said("residential"),
            you: said(YOU),
            role: said("registered_manager"),
        };
        let office = OfficeDir::at(dir.path().join("office"));
        let (store, _) = setup::founded(&office, &asked, Seeded::new(7), now).unwrap();
        let edition = Arc::clone(store.editions().unwrap().current());
        let you = store.staff().unwrap()[0].id;
        let viewer = store.viewer_for(Some(you), now).unwrap();
        let (walked, done) = (Vec::new(), BTreeSet::new());
        let mut walk = Self { _dir: dir, store, edition, viewer, now, walked, done, typist: YOU };
        for (register, name) in [("people", PERSON), ("organisations", ORGANISATION), ("staff", OTHER)] {
            let opening = walk.edition.pathway(register).and_then(|one| one.opening()).unwrap().clone();
            let naming = opening.fields.iter().find(|field| field.means == Some(Means::Name)).unwrap();
            let said = BTreeMap::from([(naming.id.clone(), json!(name))]);
            walk.record(register, &opening, None, None, &said).unwrap();
        }
        walk
    }

    fn view(&self, case: CaseId) -> CaseView {
        self.store.case(&self.viewer, case, self.now).unwrap()
    }

    /// Records the step with what is wanted and the least that is asked beside it, answering what each refusal names.
    fn record(
        &mut self,
        pathway: &str,
        step: &Step,
        case: Option<CaseId>,
        on: Option<&CommitmentId>,
        wanted: &BTreeMap<String, Value>,
    ) -> Result<CaseId, String> {
        self.now += TimeDelta::minutes(1);
        let owed = case.map(|case| self.view(case).asked_about()).unwrap_or_default();
        let mut answering = Answering::new(step, wanted, owed);
        let two = step.two_people || !step.not_same_as.is_empty();
        let mut asked = Record {
            step: format!("{pathway}.{}", step.id),
            case: case.map(|case| case.to_string()),
            from: None,
            on: on.map(ToString::to_string),
            json: PathBuf::new(),
            by: None,
            typed_by: Some(self.typist.to_owned()),
            seen: None,
            key: None,
            alone: two.then(|| "There is nobody else in this office".to_owned()),
            knowing: true,
        };
        loop {
            let said = answering.said();
            match recorded(&mut self.store, &asked, &said, self.now) {
                Ok(receipt) => {
                    self.done.insert(asked.step);
                    let case = case.unwrap_or(receipt.cases[0].0);
                    self.walked.push(Walked { seq: receipt.first, case, step: step.id.clone() });
                    return Ok(case);
                }
                Err(Failure { says, .. }) if asked.alone.is_none() && says.contains("--alone") => {
                    asked.alone = Some("There is nobody else in this office".to_owned());
                }
                Err(Failure { says, .. }) if !answering.hears(&says) => return Err(says),
                Err(_) => {}
            }
        }
    }
}

#[test]
fn every_step_of_every_pathway_is_recorded_and_told_with_its_labels() {
    let mut walk = Walk::begun();
    let pathways: Vec<Arc<Pathway>> = walk.edition.pathways.values().map(Arc::clone).collect();
    let mut unreached = BTreeMap::new();
    for pathway in &pathways {
        for step in pathway.steps.iter().filter(|step| !step.retired && step.follows.is_none()) {
            let name = format!("{}.{}", pathway.id, step.id);
            if walk.done.contains(&name) {
                continue;
            }
            if let Err(why) = walk.reach(pathway, step) {
                unreached.insert(name, why);
            }
        }
    }
    let by_hand: BTreeSet<&str> = BY_HAND.iter().map(|(step, _)| *step).collect();
    let names: BTreeSet<&str> = unreached.keys().map(String::as_str).collect();
    assert_eq!(names, by_hand, "{unreached:#?}");

    let found = walk.store.verify(&Viewer::system(), &mut |_, _| {}).unwrap();
    assert!(found.fault.is_none(), "{:?}", found.fault);
    let (store, viewer, now) = (walk.store, walk.viewer, walk.now);
    let (zone, clocks) = (store.zone().unwrap(), store.clocks().unwrap());
    let desk = Desk { store, viewer, zone, now, clocks };
    let editions = desk.store.editions().unwrap();
    assert!(walk.walked.len() > 380, "{}", walk.walked.len());
    for one in &walk.walked {
        let view = desk.store.case(&desk.viewer, one.case, now).unwrap();
        let told = view.chronology.iter().find(|told| told.entry.seq == one.seq);
        let told = told.unwrap_or_else(|| panic!("{} is not told", one.step));
        let Said::Step(said) = &told.entry.said else { panic!("{} is a step", one.step) };
        let step = editions.step(said).unwrap();
        let answered = step.fields.iter().filter(|field| said.answers.contains_key(&field.id));
        let labels: Vec<&String> = answered.filter(|field| !field.sealed).map(|field| &field.label).collect();
        assert!(step.fields.is_empty() || !labels.is_empty(), "{} says nothing: {said:?}", one.step);
        let with = Telling { editions: &editions, view: &view, zone: desk.zone, now };
        let lines = chronology::lines(with, told).join("\n");
        for words in labels.into_iter().chain([&step.title]) {
            assert!(lines.contains(words), "{} of {} is not told:\n{lines}", words, one.step);
        }
    }
    stands_in_packs(&desk, &walk.walked);
}

/// What was recorded stands in the pack of its case, entry by entry: with its title, under its labels, in the words that were
/// said; and the pack says which entry of the record that is.
fn stands_in_packs(desk: &Desk, walked: &[Walked]) {
    let editions = desk.store.editions().unwrap();
    let cases: BTreeSet<CaseId> = walked.iter().map(|one| one.case).collect();
    for case in cases {
        let asked = PackAsked::whole(About::Case(case));
        let pack = gather(&desk.store, &desk.viewer, &asked, desk.now, &mut |_, _| true).unwrap().unwrap();
        let (value, page) = (json(&pack), html(&pack).unwrap());
        let view = desk.store.case(&desk.viewer, case, desk.now).unwrap();
        let own =
            value["cases"].as_array().unwrap().iter().find(|one| one["case"] == view.reference).unwrap();
        for told in &view.chronology {
            let Said::Step(said) = &told.entry.said else { continue };
            let step = editions.step(said).unwrap();
            let entries = own["entries"].as_array().unwrap();
            let packed = entries.iter().find(|entry| entry["entry"] == told.entry.seq).unwrap();
            assert_eq!(packed["title"], step.title.as_str());
            assert_eq!(packed["hash"], told.entry.hash.to_string());
            assert_eq!(
                packed["recorded"]["at"].as_str().map(|at| at.len()),
                Some("2026-11-23T09:00:00Z".len())
            );
            assert!(page.contains(&format!("<th scope=\"row\">{}", told.entry.seq)), "{}", step.title);
            let answers = packed["answers"].as_array().unwrap();
            for line in show::lines(step, told.answers.as_ref().unwrap_or(&said.answers), &desk.zone) {
                let is_it =
                    |one: &&Value| one["label"] == line.label.as_str() && one["words"] == line.words.as_str();
                assert!(
                    answers.iter().any(|one| is_it(&one)),
                    "{line:?} is not in the pack of {}",
                    view.reference
                );
                if step.fields.iter().any(|field| field.id == line.field && field.sealed) {
                    assert_eq!(line.words, words::SEALED);
                }
            }
        }
    }
}

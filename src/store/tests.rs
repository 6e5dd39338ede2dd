//! Stories of the ledger: what is saved stays, what is changed is found, what is not allowed is refused.

mod abreast;
mod acknowledged;
mod acting;
mod appending;
mod beside;
mod checkpoint;
mod disposal;
mod emptying;
mod handover;
mod hours;
mod interleaved;
mod keys;
mod looks;
mod measures;
mod merging;
mod office;
mod owning;
mod past;
mod proof;
mod reading;
mod refusals;
mod restricted;
mod rota;
mod search;
mod second;
mod secrets;

use std::collections::BTreeMap;

use super::*;
use crate::domain::access::{How, Look};
use crate::domain::answer::{Answer, Answers, Named, When};
use crate::domain::chance::Seeded;
use crate::pathway::edition::Edition;

/// An office on a temporary directory, with a manager, a place and a person.
struct Office {
    _home: tempfile::TempDir,
    store: Store,
    ids: Seeded,
    manager: CaseId,
    place: CaseId,
    person: CaseId,
}

fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_795_294_920, 0).unwrap()
}

fn text(words: &str) -> Answer {
    Answer::Text(words.to_owned())
}

fn named(id: CaseId, words: &str) -> Answer {
    Answer::Named(Named { id: Some(id), words: words.to_owned() })
}

fn answers<const N: usize>(given: [(&str, Answer); N]) -> Answers {
    given.into_iter().map(|(field, answer)| (field.to_owned(), answer)).collect()
}

fn step(id: EntryId, by: Option<CaseId>, kind: &str, case: Option<CaseId>, answers: Answers) -> NewEntry {
    let (pathway, step) = kind.split_once('.').unwrap();
    NewEntry {
        id,
        key: id.to_string(),
        case,
        subject: None,
        occurred: When::exact(now()),
        reported_at: None,
        who: Who { by, typed_by: by, method: Method::Asserted },
        what: NewSaid::Step {
            pathway: pathway.to_owned(),
            step: step.to_owned(),
            on: None,
            answers,
            why_late: None,
            cleared: Default::default(),
        },
    }
}

fn one(entry: NewEntry) -> Batch {
    Batch { entries: vec![entry], ..Batch::default() }
}

fn founding() -> Founding {
    Founding {
        office: "Rowan House".to_owned(),
        zone: Zone::default(),
        training: true,
        files: Edition::built_in_files(),
    }
}

impl Office {
    fn new() -> Self {
        let home = tempfile::tempdir().unwrap();
        let dir = OfficeDir::at(home.path().join("office"));
        let store = Store::create(&dir, founding(), Box::new(Seeded::new(1)), now()).unwrap();
        let nobody = CaseId(uuid::Uuid::nil());
        let mut office =
            Self { _home: home, store, ids: Seeded::new(2), manager: nobody, place: nobody, person: nobody };
        office.place = office.register("locations", [("name", text("Rowan House"))]);
        let roles = Answer::Choices(vec!["registered_manager".to_owned()]);
        office.manager = office.register("staff", [("name", text("Adaeze Okafor")), ("roles", roles)]);
        let place = named(office.place, "Rowan House");
        office.person = office.register(
            "people",
            [("name", text("Theresa Quill")), ("location", place), ("nhs_number", text("999 000 0018"))],
        );
        office
    }

    fn id(&mut self) -> EntryId {
        EntryId(self.ids.uuid())
    }

    fn viewer(&self) -> Viewer {
        self.store.viewer_for(Some(self.manager), now()).unwrap()
    }

    fn register<const N: usize>(&mut self, register: &str, given: [(&str, Answer); N]) -> CaseId {
        let id = self.id();
        let entry = step(id, None, &format!("{register}.register"), None, answers(given));
        self.store.append(&Viewer::system(), one(entry), now()).unwrap();
        CaseId::from(id)
    }

    fn call(&mut self, id: EntryId) -> NewEntry {
        let given = answers([
            ("call_back", text("01632 960 111")),
            ("caller", text("W. Quay")),
            ("about", named(self.person, "QUILL, Theresa")),
            ("risk", Answer::Choice("red".to_owned())),
        ]);
        step(id, Some(self.manager), "urgent.call", None, given)
    }

    fn taken_call(&mut self) -> (CaseId, Receipt) {
        let id = self.id();
        let call = self.call(id);
        let viewer = self.viewer();
        let receipt = self.store.append(&viewer, one(call), now()).unwrap();
        (CaseId::from(id), receipt)
    }

    fn again(&self) -> Store {
        Store::open(self.store.dir(), Box::new(Seeded::new(3))).unwrap()
    }

    fn whole(&self) {
        let found = self.store.verify(&Viewer::system(), &mut |_, _| {}).unwrap();
        assert_eq!(found.fault, None);
        assert_eq!(found.entries, self.store.head().unwrap());
    }
}

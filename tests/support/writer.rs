//! Somebody who takes one call after the other, without a screen: through the same store as everybody else.

use std::path::Path;

use dutydesk::domain::answer::{Answer, Answers, Named, When};
use dutydesk::domain::chance::Chance;
use dutydesk::domain::entry::{Batch, Method, NewEntry, NewSaid, Receipt, Who};
use dutydesk::domain::ids::EntryId;
use dutydesk::domain::permission::Viewer;
use dutydesk::domain::views::RecordRow;
use dutydesk::runtime::clock::{SystemChance, now};
use dutydesk::store::{OfficeDir, Store};

/// A member of staff with a connection of their own.
pub struct Writer {
    store: Store,
    viewer: Viewer,
    person: RecordRow,
}

impl Writer {
    /// The first of the staff list, and the first person they could be rung about.
    pub fn at(office: &Path) -> Self {
        let store = Store::open(&OfficeDir::at(office), Box::new(SystemChance)).expect("the office opens");
        let staff = store.staff().expect("it can be read").remove(0).id;
        let viewer = store.viewer_for(Some(staff), now()).expect("it can be read");
        let person = store.records(&viewer, "people", None, 1).expect("it can be read").rows.remove(0);
        Self { store, viewer, person }
    }

    /// The name of the person rung about, as lists show it.
    pub fn person_name(&self) -> String {
        self.person.name.clone()
    }

    /// A call that has not been saved yet.
    pub fn call(&self, changed: &str) -> Batch {
        let id = EntryId(SystemChance.uuid());
        let text = |said: &str| Answer::Text(said.to_owned());
        let about = Named { id: Some(self.person.id), words: self.person.name.clone() };
        let answers: Answers = [
            ("call_back", text("0161 496 0123")),
            ("caller", text("WQ, carer")),
            ("about", Answer::Named(about)),
            ("changed", text(changed)),
            ("risk", Answer::Choice("amber".to_owned())),
        ]
        .map(|(field, answer)| (field.to_owned(), answer))
        .into();
        let what = NewSaid::Step {
            pathway: "urgent".to_owned(),
            step: "call".to_owned(),
            on: None,
            answers,
            why_late: None,
            cleared: Default::default(),
        };
        let who = Who { by: self.viewer.staff, typed_by: self.viewer.staff, method: Method::Asserted };
        let entry = NewEntry {
            id,
            key: id.to_string(),
            case: None,
            subject: None,
            occurred: When::exact(now()),
            reported_at: None,
            who,
            what,
        };
        Batch { entries: vec![entry], ..Batch::default() }
    }

    /// Saves it.
    pub fn save(&mut self, call: Batch) -> Result<Receipt, dutydesk::store::AppendError> {
        self.store.append(&self.viewer, call, now())
    }

    /// Takes and saves a call; its key and its receipt.
    pub fn write(&mut self, changed: &str) -> (String, Receipt) {
        let call = self.call(changed);
        let key = call.entries[0].key.clone();
        (key, self.save(call).expect("it is saved"))
    }
}

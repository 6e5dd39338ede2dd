//! A field of a record is emptied: what an earlier step said in it is known no longer, what is left blank stays.

use super::*;
use crate::domain::permission::Viewer;
use crate::pathway::struck;

impl Office {
    /// A change of the person's particulars that answers these fields and empties those.
    fn changed<const N: usize>(
        &mut self,
        given: [(&str, Answer); N],
        empties: &[&str],
    ) -> Result<EntryId, AppendError> {
        let id = self.id();
        let mut given = answers(given);
        given.entry("name".to_owned()).or_insert_with(|| text("Theresa Quill"));
        let mut change = step(id, Some(self.manager), "people.change", Some(self.person), given);
        if let NewSaid::Step { cleared, .. } = &mut change.what {
            *cleared = empties.iter().map(|field| (*field).to_owned()).collect();
        }
        let viewer = self.viewer();
        self.store.append(&viewer, one(change), now()).map(|_| id)
    }

    fn phone(&self) -> Option<String> {
        self.store.record(&Viewer::system(), self.person).unwrap().phone
    }

    fn finds_by_phone(&self) -> bool {
        !self.store.find(&Viewer::system(), "people", "07700 900411", 5).unwrap().is_empty()
    }

    /// What an entry of the person's record says was emptied.
    fn emptied_by(&self, entry: EntryId) -> Vec<(String, String)> {
        let view = self.store.case(&Viewer::system(), self.person, now()).unwrap();
        let told = view.chronology.iter().find(|told| told.entry.id == entry).unwrap();
        let editions = self.store.editions().unwrap();
        let form = editions.current().pathways["people"].step("change").unwrap();
        let zone = self.store.zone().unwrap();
        struck::emptied(&view, told, form, &zone).into_iter().map(|line| (line.label, line.words)).collect()
    }
}

#[test]
fn what_is_emptied_is_gone_from_the_record_and_stands_in_its_chronology() {
    let mut office = Office::new();
    office.changed([("phone", text("07700 900411")), ("room", text("Flat 9"))], &[]).unwrap();
    // A form that says nothing of the telephone leaves it as it is, as ever.
    office.changed([("room", text("Flat 10"))], &[]).unwrap();
    assert_eq!(office.phone().as_deref(), Some("07700 900411"));
    assert!(office.finds_by_phone());

    let emptied = office.changed([], &["location", "phone"]).unwrap();
    assert_eq!(office.phone(), None);
    assert!(!office.finds_by_phone(), "nobody is found by a number that is theirs no longer");
    let record = office.store.record(&Viewer::system(), office.person).unwrap();
    assert_eq!((record.location, record.room.as_deref()), (None, Some("Flat 10")));
    let told = [("Where", "was Rowan House, now blank"), ("Telephone", "was 07700 900411, now blank")];
    let told = told.map(|(label, words)| (label.to_owned(), words.to_owned()));
    assert_eq!(office.emptied_by(emptied), told);
    office.whole();
    office.store.rebuild(&Viewer::system()).unwrap();
    assert_eq!(office.phone(), None);
    office.whole();

    // It can be put in again, by a later change.
    office.changed([("phone", text("07700 900412"))], &[]).unwrap();
    assert_eq!(office.phone().as_deref(), Some("07700 900412"));
    office.whole();
}

#[test]
fn a_correction_puts_back_what_was_emptied_by_mistake() {
    let mut office = Office::new();
    office.changed([("phone", text("07700 900411"))], &[]).unwrap();
    let emptied = office.changed([], &["phone"]).unwrap();
    let id = office.id();
    let right = answers([("name", text("Theresa Quill")), ("phone", text("07700 900411"))]);
    let mut amend = step(id, Some(office.manager), "people.change", Some(office.person), Answers::new());
    let reason = "The wrong record".to_owned();
    amend.what = NewSaid::Act(Act::Amend { entry: emptied, answers: right, occurred: None, reason });
    let viewer = office.viewer();
    office.store.append(&viewer, one(amend), now()).unwrap();
    assert_eq!(office.phone().as_deref(), Some("07700 900411"));
    assert_eq!(office.emptied_by(emptied), []);
    office.whole();
}

#[test]
fn only_what_a_form_asks_of_a_record_can_be_emptied_and_never_what_it_must_have() {
    let mut office = Office::new();
    let mut refused = |given, empties: &[&str]| match office.changed([given], empties) {
        Err(AppendError::Problems(problems)) => problems.last().unwrap().says.clone(),
        other => panic!("{other:?}"),
    };
    let room = || ("room", text("Flat 9"));
    assert!(refused(room(), &["name"]).contains("\"Name\" must not be empty"));
    assert!(refused(room(), &["room"]).contains("answered and emptied"));
    assert!(refused(room(), &["sort"]).contains("can empty only fields that it asks"));
    let id = office.id();
    let mut call = office.call(id);
    if let NewSaid::Step { cleared, .. } = &mut call.what {
        cleared.insert("changed".to_owned());
    }
    let viewer = office.viewer();
    assert!(matches!(office.store.append(&viewer, one(call), now()), Err(AppendError::Problems(_))));
    office.whole();
}

#[test]
fn it_is_stored_as_a_list_of_fields_and_nothing_where_there_are_none() {
    let mut office = Office::new();
    office.changed([("phone", text("07700 900411"))], &[]).unwrap();
    let conn = Connection::open(office.store.dir().ledger()).unwrap();
    let last = || -> String {
        let sql = "SELECT CAST(body AS TEXT) FROM bodies ORDER BY seq DESC LIMIT 1";
        conn.query_row(sql, [], |row| row.get(0)).unwrap()
    };
    assert!(!last().contains("cleared"));
    office.changed([], &["phone", "location"]).unwrap();
    assert_eq!(
        last(),
        r#"{"step":{"answers":{"name":{"text":"Theresa Quill"}},"cleared":["location","phone"]},"v":1}"#
    );
}

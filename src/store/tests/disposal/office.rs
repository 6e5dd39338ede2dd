//! What was written for the office as a whole goes in its time, too, and what is open of it stays.

use super::*;
use crate::domain::ids::SignId;
use crate::domain::signs::SignAnswer;

impl Office {
    /// Somebody takes over a form that nobody finishes.
    fn took_over(&mut self, reason: &str, at: DateTime<Utc>) {
        let draft = DraftId(self.id().0);
        let act = Act::TakeDraft { draft, from: None, reason: reason.to_owned() };
        self.acted(self.manager, None, act, at).unwrap();
    }

    /// A warning sign of the office is put on record.
    fn raised(&mut self, said: &str) -> SignId {
        let (id, sign) = (self.id(), SignId(self.id().0));
        let edition = self.store.edition().unwrap().unwrap();
        let (rule, entries, words) = ("repeated".to_owned(), Vec::new(), said.to_owned());
        let act = Act::RaiseSign { sign, rule, edition, entries, words };
        let who = Who { by: None, typed_by: None, method: Method::System };
        let entry = NewEntry::of_act(id, None, who, act, now());
        self.store.append(&Viewer::system(), one(entry), now()).unwrap();
        sign
    }

    fn due_of_office(&self, at: DateTime<Utc>) -> Due {
        self.store.disposal_of(&Viewer::system(), Disposable::Office, at).unwrap()
    }

    fn waiting_for(&self, staff: CaseId, at: DateTime<Utc>) -> usize {
        let viewer = self.store.viewer_for(Some(staff), at).unwrap();
        self.store.to_countersign(&viewer, at).unwrap().len()
    }
}

#[test]
fn words_that_belong_to_no_case_go_in_their_time_and_what_is_proposed_on_one_day_is_agreed_to_on_the_next() {
    let mut office = Office::new();
    let (manager, place) = (office.manager, office.place);
    let second = office.colleague("Bea Marsh", "provider_lead");
    // A form taken over, a station unlocked, a sign with its answer, a hold on the place that was lifted.
    office.took_over("Priya Shah went home", now());
    let unlock = Act::Unlock { staff: None, station: Some("Tablet of Tom Quill".to_owned()) };
    office.acted(manager, None, unlock, now()).unwrap();
    let sign = office.raised("Tom Quill rang three times");
    let words = "He is her son".to_owned();
    let answer = Act::AnswerSign { sign, answer: SignAnswer::FalseAlarm, words, owner: None, by: None };
    office.acted(manager, None, answer, now()).unwrap();
    let hold = Act::Hold { reason: "Claim of Tom Quill".to_owned() };
    let hold = office.acted(manager, Some(place), hold, now()).unwrap();
    office.lifted(second, place, hold, "Tom Quill signed", now());
    // Not at its end: a sign that nobody answered, a hold that stands.
    office.raised("Nobody answered for Olive Oakes");
    let stands = Act::Hold { reason: "Inquiry 7".to_owned() };
    let person = office.person;
    office.acted(manager, Some(person), stands, now()).unwrap();
    let next = now() + TimeDelta::days(1);
    office.took_over("Nia Frost is ill", next);
    // A form that became a case goes with that.
    let id = office.id();
    let taken = Act::TakeDraft { draft: DraftId(id.0), from: None, reason: "Cora Dunn was busy".to_owned() };
    office.acted(manager, None, taken, next).unwrap();
    let call = office.call(id);
    office.appended(manager, call, next).unwrap();

    let monday = now().checked_add_months(Months::new(24)).unwrap();
    let tuesday = monday + TimeDelta::days(1);
    let eve = monday - TimeDelta::days(1);
    assert!(matches!(
        office.store.disposal_of(&Viewer::system(), Disposable::Office, eve),
        Err(ReadError::NotFound)
    ));
    let due = office.due_of_office(monday);
    assert_eq!((due.kept_by.as_slice(), due.class.as_str(), due.seqs.len()), (&[][..], "office", 7));
    let rows = office.store.due_for_disposal(&office.viewer(), monday).unwrap();
    assert_eq!(rows.iter().map(|row| row.what).collect::<Vec<_>>(), [Disposable::Office]);
    // Refused on Monday, with a note; proposed again, and agreed to on Tuesday, when more is due.
    let proposed = office.acted(manager, None, due.act().0, monday).unwrap();
    assert_eq!(office.due_of_office(monday).proposed, Some(proposed));
    let refuses = office.noted(second, proposed, YesNo::No, "Ask Tom Quill first");
    office.appended(second, refuses, monday).unwrap();
    let proposed = office.acted(manager, None, due.act().0, monday).unwrap();
    assert_eq!(office.due_of_office(tuesday).seqs.len(), 8);
    let agrees = word(&mut office, second, proposed, YesNo::Yes);
    office.appended(second, agrees, tuesday).unwrap();
    office.whole();
    for gone in ["went home", "Tablet of", "rang three", "her son", "Claim of", "Quill signed"] {
        assert_eq!(office.files_with(gone), Vec::<String>::new(), "{gone}");
    }
    for kept in ["Olive Oakes", "Inquiry 7", "Nia Frost", "Cora Dunn", "Ask Tom Quill first"] {
        assert!(!office.files_with(kept).is_empty(), "{kept}");
    }
    let view = office.store.case(&office.viewer(), place, tuesday).unwrap();
    assert!(view.state.holds.is_empty() && !view.state.is_disposed_of());

    // Two years after that the refusal goes, and stays one.
    let years = tuesday.checked_add_months(Months::new(24)).unwrap();
    let due = office.due_of_office(years);
    assert_eq!(due.seqs.len(), 2, "{due:?}");
    office.disposed(second, Disposable::Office, years).unwrap();
    assert_eq!(office.files_with("Ask Tom Quill first"), Vec::<String>::new());
    assert_eq!(office.waiting_for(second, years), 0);
    office.store.rebuild(&Viewer::system()).unwrap();
    office.whole();
    assert_eq!(office.waiting_for(second, years), 0);
    assert!(office.store.disposal_of(&Viewer::system(), Disposable::Office, years).is_err());
}

//! Stories of the ledger: what is saved stays, what is changed is found, what is not allowed is refused.

mod proof;
mod refusals;

use std::collections::BTreeMap;
use std::os::unix::fs::PermissionsExt;
use std::sync::mpsc::channel;
use std::time::Duration;

use chrono::TimeDelta;

use super::*;
use crate::domain::access::{How, Look};
use crate::domain::answer::{Answer, Answers, Named};
use crate::domain::chance::Seeded;
use crate::domain::draft::Draft;
use crate::domain::views::Queue;
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
        self.store.viewer_for(Some(self.manager)).unwrap()
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

#[test]
fn a_call_is_saved_and_stands_on_the_board_of_another_program() {
    let mut office = Office::new();
    let (case, receipt) = office.taken_call();
    assert_eq!(receipt.cases, [(case, "U-1".to_owned())]);
    assert!(!receipt.repeated);
    let other = office.again();
    let board = other.board(&office.viewer(), now(), Limits::default()).unwrap();
    assert_eq!(board.calls.rows.len(), 1);
    assert_eq!(board.calls_today, 1);
    assert_eq!(board.undecided, 1);
    let row = &board.calls.rows[0];
    assert_eq!(row.reference, "U-1");
    assert_eq!(row.subject.as_ref().unwrap().short, "QUILL, T.");
    assert_eq!(row.subject.as_ref().unwrap().place.as_deref(), Some("Rowan House"));
    assert_eq!(board.escalations.total, board.escalations.rows.len() as u64);
    assert!(board.escalations.total >= 2, "the decision and the blanks are owed");
    assert_eq!(board.seq, receipt.last);
    let view = other.case(&office.viewer(), case, now()).unwrap();
    assert_eq!(view.chronology.len(), 1);
    assert!(!view.chronology[0].missing.is_empty());
    assert_eq!(view.names[&office.manager], "OKAFOR, Adaeze");
    assert_eq!(other.case_by_reference(&office.viewer(), "u1").unwrap(), case);
    assert_eq!(other.cases(&office.viewer(), &CaseFilter::default(), None, 10).unwrap().total, 1);
    let owed = other.owed(&office.viewer(), Queue::Owed, now(), None, 1).unwrap();
    assert!((owed.rows.len() as u64) < owed.total);
    office.whole();
}

#[test]
fn saving_twice_is_one_entry_and_other_words_under_one_key_are_refused() {
    let mut office = Office::new();
    let id = office.id();
    let call = office.call(id);
    let viewer = office.viewer();
    let first = office.store.append(&viewer, one(call.clone()), now()).unwrap();
    let again = office.store.append(&viewer, one(call.clone()), now() + TimeDelta::minutes(1)).unwrap();
    assert_eq!(again, Receipt { repeated: true, ..first.clone() });
    assert_eq!(office.store.lookup(&id.to_string()).unwrap().unwrap().first, first.first);
    let mut other = call;
    if let NewSaid::Step { answers, .. } = &mut other.what {
        answers.insert("changed".to_owned(), text("hard to rouse"));
    }
    assert!(matches!(office.store.append(&viewer, one(other), now()), Err(AppendError::Conflict(_))));
    assert_eq!(office.store.head().unwrap(), first.last);
}

#[test]
fn a_batch_is_in_the_record_whole_or_not_at_all() {
    let mut office = Office::new();
    let before = office.store.head().unwrap();
    let (good, bad) = (office.id(), office.id());
    let call = office.call(good);
    let nowhere = step(bad, Some(office.manager), "urgent.emergency", Some(CaseId(bad.0)), Answers::new());
    let batch = Batch { entries: vec![call, nowhere], ..Batch::default() };
    let viewer = office.viewer();
    assert!(matches!(office.store.append(&viewer, batch, now()), Err(AppendError::Problems(_))));
    assert_eq!(office.store.head().unwrap(), before);
    office.whole();
}

#[test]
fn who_may_not_decide_is_told_who_may_and_nobody_types_under_anothers_name() {
    let mut office = Office::new();
    let (case, _) = office.taken_call();
    let id = office.id();
    let decision = step(id, Some(office.manager), "urgent.decision", Some(case), Answers::new());
    let viewer = office.viewer();
    let refused = office.store.append(&viewer, one(decision.clone()), now()).unwrap_err();
    assert!(matches!(refused, AppendError::Denied(_)), "{refused}");
    let hold = NewEntry {
        what: NewSaid::Act(Act::HoldDuty { duty: "decision_holder".to_owned(), staff: office.manager }),
        case: None,
        ..decision
    };
    office.store.append(&viewer, one(hold.clone()), now()).unwrap();
    assert_eq!(office.viewer().duties, ["decision_holder"]);
    let stranger = Viewer::default();
    let other = NewEntry { id: EntryId(case.0), key: "other".to_owned(), ..hold };
    assert!(matches!(office.store.append(&stranger, one(other), now()), Err(AppendError::Denied(_))));
    assert!(matches!(office.store.board(&stranger, now(), Limits::default()), Err(ReadError::Denied(_))));
}

#[test]
fn a_decision_on_a_case_that_moved_is_refused_and_an_addition_is_marked() {
    let mut office = Office::new();
    let (case, receipt) = office.taken_call();
    let emergency = |office: &mut Office| {
        let given = answers([
            ("called", Answer::Choices(vec!["ambulance".to_owned()])),
            ("who", text("W. Quay")),
            ("called_at", Answer::Time(When::exact(now()))),
        ]);
        step(office.id(), Some(office.manager), "urgent.emergency", Some(case), given)
    };
    let viewer = office.viewer();
    let first = emergency(&mut office);
    office.store.append(&viewer, one(first), now()).unwrap();
    let second = emergency(&mut office);
    let batch = Batch { seen: vec![(case, receipt.last)], ..one(second) };
    office.store.append(&viewer, batch, now()).unwrap();
    let view = office.store.case(&viewer, case, now()).unwrap();
    assert_eq!(view.chronology.iter().map(|told| told.unsighted).collect::<Vec<_>>(), [false, false, true]);
    let moved = NewEntry {
        what: NewSaid::Act(Act::Reattribute {
            case,
            from: office.person,
            to: office.place,
            reason: "another person".to_owned(),
        }),
        ..emergency(&mut office)
    };
    let stale = Batch { seen: vec![(case, receipt.last)], ..one(moved.clone()) };
    match office.store.append(&viewer, stale, now()) {
        Err(AppendError::Conflict(moved)) => assert_eq!(moved[0].since.len(), 2),
        other => panic!("{other:?}"),
    }
    office.store.append(&viewer, one(moved), now()).unwrap();
    let person = office.store.person(&viewer, office.person, now()).unwrap();
    assert!(person.cases.is_empty() && person.owed.is_empty());
    assert_eq!(person.moved[0].case, case);
    office.whole();
}

#[test]
fn people_are_found_by_letters_and_number_and_told_apart() {
    let mut office = Office::new();
    office.register("people", [("name", text("Thomas Quill"))]);
    let viewer = office.viewer();
    let find = |typed: &str| office.store.find(&viewer, "people", typed, 10).unwrap().len();
    assert_eq!((find("qui"), find("quill the"), find("9990000018"), find("oak"), find("")), (2, 1, 1, 0, 2));
    let similar = office.store.similar(&viewer, office.person).unwrap();
    assert_eq!(similar[0].0.name, "QUILL, Thomas");
    assert_eq!(office.store.staff().unwrap()[0].short, "OKAFOR, A.");
}

#[test]
fn a_clock_that_went_back_refuses_nothing_and_is_noted() {
    let mut office = Office::new();
    let id = office.id();
    let call = office.call(id);
    let viewer = office.viewer();
    let receipt = office.store.append(&viewer, one(call), now() - TimeDelta::hours(1)).unwrap();
    let stored = ledger::by_id(&office.store.conn, id).unwrap().unwrap();
    assert!(stored.header.clock_regressed);
    assert_eq!(stored.header.seq, receipt.last);
    office.whole();
}

#[test]
fn two_programs_writing_in_turn_make_one_chain() {
    let mut office = Office::new();
    let mut other = office.again();
    let viewer = office.viewer();
    for _ in 0..3 {
        office.taken_call();
        let id = office.id();
        let call = office.call(id);
        other.append(&viewer, one(call), now()).unwrap();
    }
    assert_eq!(office.store.board(&viewer, now(), Limits::default()).unwrap().calls.total, 6);
    office.whole();
}

#[test]
fn changed_definitions_come_into_force_once_and_only_by_leave() {
    let mut office = Office::new();
    let mut files = Edition::built_in_files();
    files.entry("roles.toml".to_owned()).and_modify(|text| text.push_str("\n# Our own.\n"));
    assert!(office.store.differs(&files).unwrap());
    let stranger = Viewer::default();
    assert!(matches!(office.store.adopt(&stranger, files.clone(), now()), Err(AppendError::Denied(_))));
    let viewer = office.viewer();
    office.store.adopt(&viewer, files.clone(), now()).unwrap().unwrap();
    assert_eq!(office.store.adopt(&viewer, files.clone(), now()).unwrap(), None);
    assert_eq!(office.again().editions().unwrap().current().files, files);
    let broken = BTreeMap::from([("roles.toml".to_owned(), "[[role]".to_owned())]);
    assert!(matches!(office.store.adopt(&viewer, broken, now()), Err(AppendError::Fatal(_))));
    office.whole();
}

#[test]
fn a_draft_is_kept_held_by_one_program_and_gone_once_it_is_in_the_record() {
    let mut office = Office::new();
    let id = office.id();
    let draft = Draft {
        id: DraftId(id.0),
        pathway: "urgent".to_owned(),
        step: "call".to_owned(),
        edition: office.store.edition().unwrap().unwrap(),
        case: None,
        seen: None,
        on: None,
        amends: None,
        linked: Vec::new(),
        opened_at: now(),
        staff: None,
        text: BTreeMap::from([("changed".to_owned(), "drowsy sin".to_owned())]),
        about: "Mrs Quill".to_owned(),
        call_back: String::new(),
    };
    let drafts = Drafts::open(office.store.dir()).unwrap();
    drafts.put(&draft, true, now()).unwrap();
    assert!(drafts.hold(draft.id));
    let other = Drafts::open(office.store.dir()).unwrap();
    assert_eq!(other.get(draft.id).unwrap().as_ref(), Some(&draft));
    assert!(!other.hold(draft.id));
    assert!(other.rows().unwrap()[0].held);
    drop(drafts);
    assert!(!other.rows().unwrap()[0].held);
    assert!(other.hold(draft.id));
    let call = office.call(id);
    let viewer = office.viewer();
    office.store.append(&viewer, Batch { draft: Some(draft.id), ..one(call) }, now()).unwrap();
    assert_eq!(other.get(draft.id).unwrap(), None);
    other.put(&draft, false, now()).unwrap();
    assert!(Drafts::open(office.store.dir()).unwrap().rows().unwrap().is_empty());
}

#[test]
fn another_programs_commit_is_noticed() {
    let mut office = Office::new();
    let (heard, changes) = channel();
    let watch = Watch::start(office.store.dir(), move || {
        // Whoever stopped listening has heard enough.
        let _ = heard.send(());
    })
    .unwrap();
    office.taken_call();
    changes.recv_timeout(Duration::from_secs(20)).unwrap();
    drop(watch);
}

#[test]
fn looks_are_recorded_and_never_changed() {
    let office = Office::new();
    let look =
        Look { staff: Some(office.manager), subject: office.person, case: None, how: How::Open, at: now() };
    let mut log = Access::open(office.store.dir()).unwrap();
    log.record(&[look, look]).unwrap();
    log.record(&[look]).unwrap();
    let raw = Connection::open(office.store.dir().access()).unwrap();
    assert_eq!(raw.query_row("SELECT count(*) FROM looks", [], |row| row.get::<_, i64>(0)).unwrap(), 3);
    assert!(raw.execute("DELETE FROM looks", []).is_err());
}

#[test]
fn an_office_that_others_can_read_is_refused() {
    let office = Office::new();
    let dir = office.store.dir().clone();
    std::fs::set_permissions(dir.bell(), std::fs::Permissions::from_mode(0o644)).unwrap();
    let refused = Store::open(&dir, Box::new(Seeded::new(3))).unwrap_err();
    assert!(refused.to_string().contains("chmod 0600"), "{refused}");
}

#[test]
fn a_foreign_file_is_not_opened_and_a_newer_one_only_read() {
    let mut office = Office::new();
    office.taken_call();
    let dir = office.store.dir().clone();
    let raw = Connection::open(dir.ledger()).unwrap();
    raw.pragma_update(None, "user_version", 99).unwrap();
    let mut newer = office.again();
    assert!(newer.read_only().unwrap().contains("newer"));
    assert_eq!(newer.board(&office.viewer(), now(), Limits::default()).unwrap().calls.total, 1);
    let id = office.id();
    let call = office.call(id);
    assert!(matches!(newer.append(&office.viewer(), one(call), now()), Err(AppendError::ReadOnly(_))));
    assert_eq!(newer.health().unwrap().schema, (99, migrations::newest()));
    raw.pragma_update(None, "application_id", 7).unwrap();
    let refused = Store::open(&dir, Box::new(Seeded::new(3))).unwrap_err();
    assert!(matches!(refused, OpenError::NotOurs(_)));
    assert!(matches!(
        Store::create(&dir, founding(), Box::new(Seeded::new(3)), now()),
        Err(OpenError::Exists(_))
    ));
}

#[test]
fn a_migration_copies_the_office_aside_and_keeps_every_row() {
    let mut office = Office::new();
    office.taken_call();
    let dir = office.store.dir().clone();
    let mut migrations = migrations::all();
    let ours = migrations::newest();
    migrations.push(migrations::Migration::Tables("CREATE TABLE later (id INTEGER PRIMARY KEY) STRICT"));
    let head = office.store.head().unwrap();
    migrations::run(&mut office.store.conn, &dir, &migrations).unwrap();
    assert_eq!(migrations::version(&office.store.conn).unwrap(), ours + 1);
    assert_eq!(office.store.head().unwrap(), head);
    let aside = Connection::open(dir.spool().join(format!("ledger-before-{}.db", ours + 1))).unwrap();
    assert_eq!(migrations::version(&aside).unwrap(), ours);
    migrations
        .push(migrations::Migration::Tables("CREATE TABLE half (id INTEGER); SELECT no_such_function()"));
    assert!(migrations::run(&mut office.store.conn, &dir, &migrations).is_err());
    assert_eq!(migrations::version(&office.store.conn).unwrap(), ours + 1);
    office.whole();
}

#[test]
fn an_office_whose_tables_were_derived_by_an_older_program_has_them_derived_anew() {
    let mut office = Office::new();
    office.taken_call();
    let dir = office.store.dir().clone();
    let raw = Connection::open(dir.ledger()).unwrap();
    raw.execute_batch(
        "UPDATE cases SET headline = 'as it was derived once'; ALTER TABLE records DROP COLUMN roles",
    )
    .unwrap();
    raw.pragma_update(None, "user_version", 1).unwrap();
    drop(raw);
    office.store = office.again();
    assert_eq!(migrations::version(&office.store.conn).unwrap(), migrations::newest());
    office.whole();
}

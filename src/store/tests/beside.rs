//! What lies beside the ledger: drafts, the bell, and the log of who looked.

use std::sync::mpsc::channel;
use std::time::Duration;

use super::*;
use crate::domain::draft::Draft;

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
        begun: None,
        not_from: None,
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
    assert!(other.rows(&office.store, &Viewer::system()).unwrap()[0].held);
    drop(drafts);
    assert!(!other.rows(&office.store, &Viewer::system()).unwrap()[0].held);
    assert!(other.hold(draft.id));
    let call = office.call(id);
    let viewer = office.viewer();
    office.store.append(&viewer, Batch { draft: Some(draft.id), ..one(call) }, now()).unwrap();
    assert_eq!(other.get(draft.id).unwrap(), None);
    other.put(&draft, false, now()).unwrap();
    let again = Drafts::open(office.store.dir()).unwrap();
    assert!(again.rows(&office.store, &Viewer::system()).unwrap().is_empty());
    // One that only another version can read keeps nobody from the rest, and stays.
    let raw = Connection::open(office.store.dir().drafts()).unwrap();
    raw.execute("INSERT INTO drafts VALUES (randomblob(16), 0, 0, '{\"of\":\"tomorrow\"}')", []).unwrap();
    again.put(&Draft { id: DraftId(office.id().0), ..draft }, false, now()).unwrap();
    assert_eq!(
        Drafts::open(office.store.dir()).unwrap().rows(&office.store, &Viewer::system()).unwrap().len(),
        1
    );
    assert_eq!(raw.query_row("SELECT count(*) FROM drafts", [], |row| row.get::<_, i64>(0)).unwrap(), 2);
}

#[test]
fn another_programs_commit_is_noticed() {
    let mut office = Office::new();
    let (heard, changes) = channel();
    let watch = Watch::start(office.store.dir(), office.store.head().unwrap(), move || {
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
    let look = Look {
        staff: Some(office.manager),
        subject: office.person,
        case: None,
        how: How::Open,
        detail: None,
        at: now(),
    };
    let mut log = Access::open(office.store.dir()).unwrap();
    log.record(&[look.clone(), look.clone()]).unwrap();
    log.record(&[look]).unwrap();
    let raw = Connection::open(office.store.dir().access()).unwrap();
    assert_eq!(raw.query_row("SELECT count(*) FROM looks", [], |row| row.get::<_, i64>(0)).unwrap(), 3);
    assert!(raw.execute("DELETE FROM looks", []).is_err());
}

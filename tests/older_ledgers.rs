//! Ledgers that older programs wrote: each is opened, brought to the schema of today, proved and folded, and goes on.
//!
//! `ledgers/NAME.db.z` is the ledger of a small office as a program of its time wrote it, without what is derived (a
//! migration makes that anew), deflated. The next one is made by the program that is about to be replaced, before its
//! schema changes: `cargo build --release && tests/ledgers/make target/release/dutydesk schema-19`; then a line in
//! [`LEDGERS`]. None is ever made again or taken out: an office may come from any of them.

use std::os::unix::fs::{DirBuilderExt as _, PermissionsExt as _};
use std::path::Path;

use dutydesk::domain::answer::{Answer, Answers, When};
use dutydesk::domain::chance::{Chance as _, Seeded};
use dutydesk::domain::commitment::Progress;
use dutydesk::domain::entry::{Batch, Method, NewEntry, NewSaid, Who};
use dutydesk::domain::ids::EntryId;
use dutydesk::domain::permission::Viewer;
use dutydesk::store::{OfficeDir, Store};

/// The ledgers there are, each with how many entries it has.
const LEDGERS: [(&str, u64); 8] = [
    ("schema-11", 12),
    ("schema-12", 12),
    ("schema-13", 12),
    ("schema-14", 12),
    ("schema-15", 12),
    ("schema-16", 12),
    ("schema-17", 12),
    ("schema-18", 12),
];

fn office(name: &str, home: &Path) -> OfficeDir {
    let packed = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/ledgers").join(format!("{name}.db.z"));
    let packed = std::fs::read(packed).expect("the ledger is there");
    let ledger = miniz_oxide::inflate::decompress_to_vec_zlib(&packed).expect("it is whole");
    let root = home.join("office");
    for folder in ["", "config", "spool"] {
        std::fs::DirBuilder::new().mode(0o700).recursive(true).create(root.join(folder)).expect("a folder");
    }
    let file = root.join("ledger.db");
    std::fs::write(&file, ledger).expect("a file");
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o600)).expect("ours alone");
    OfficeDir::at(root)
}

#[test]
fn a_ledger_of_every_older_program_is_opened_proved_and_folded() {
    for (name, entries) in LEDGERS {
        let home = tempfile::tempdir().expect("a place");
        let store = Store::open(&office(name, home.path()), Box::new(Seeded::new(1)));
        let store = store.unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(store.head().expect("a head"), entries, "{name}");
        let verified = store.verify(&Viewer::system(), &mut |_, _| {}).expect("it can be verified");
        assert_eq!(verified.fault, None, "{name}");
        // What was written is read on the forms it was filled in on: nothing is shown as if it were not known.
        let now = chrono::DateTime::from_timestamp(1_795_700_000, 0).expect("a time");
        for reference in ["U-1", "IN-1"] {
            let id = store.case_by_reference(&Viewer::system(), reference).expect("a case");
            let view = store.case(&Viewer::system(), id, now).expect("a case");
            let editions = store.editions().expect("definitions");
            for told in &view.chronology {
                if let dutydesk::domain::entry::Said::Step(said) = &told.entry.said {
                    assert!(editions.step(said).is_some(), "{name}: {reference} {}", said.step);
                }
            }
        }
    }
}

#[test]
fn what_came_round_in_an_older_ledger_comes_round_in_its_rhythm() {
    let home = tempfile::tempdir().expect("a place");
    let mut store =
        Store::open(&office("schema-11", home.path()), Box::new(Seeded::new(1))).expect("it opens");
    let viewer = Viewer::system();
    let case = store.case_by_reference(&viewer, "IN-1").expect("a case");
    let now = chrono::DateTime::from_timestamp(1_796_000_000, 0).expect("a time");
    let owed = |store: &Store| {
        let state = store.case(&viewer, case, now).expect("a case").state;
        let open = state.commitments.into_iter().filter(|one| one.progress.is_open());
        open.collect::<Vec<_>>()
    };
    let [second] = owed(&store).try_into().unwrap_or_else(|all| panic!("one is open: {all:?}"));
    assert!(second.id.place.ends_with(".series.2") && second.every.is_some(), "{second:?}");

    let id = EntryId(Seeded::new(5).uuid());
    let number = |id: &str| (id.to_owned(), Answer::Number(0));
    let counted =
        ["medicines_late", "outings_missed", "behaviour_missed", "restrictive", "missed_hours", "complaints"];
    let answers: Answers = counted.map(number).into();
    let entry = NewEntry {
        id,
        key: id.to_string(),
        case: Some(case),
        subject: None,
        occurred: When::exact(now),
        reported_at: None,
        who: Who { by: None, typed_by: None, method: Method::System },
        what: NewSaid::Step {
            pathway: "indicators".to_owned(),
            step: "count".to_owned(),
            on: Some(second.id.clone()),
            answers,
            why_late: None,
            cleared: Default::default(),
        },
    };
    store.append(&viewer, Batch { entries: vec![entry], ..Batch::default() }, now).expect("it is counted");
    let [third] = owed(&store).try_into().unwrap_or_else(|all| panic!("one is open: {all:?}"));
    assert_eq!((third.due - second.due).num_days(), 7);
    assert_eq!(third.progress, Progress::Requested);
    assert_eq!(store.verify(&viewer, &mut |_, _| {}).expect("it can be verified").fault, None);
}

//! Evidence packs: of one case that went on for long, and of a month of a large provider, from the question to the bytes.

use std::path::Path;
use std::time::{Duration, Instant};

use dutydesk::domain::answer::{Answer, Answers, Named, When};
use dutydesk::domain::chance::Chance;
use dutydesk::domain::entry::{Batch, Method, NewEntry, NewSaid, Who};
use dutydesk::domain::ids::{CaseId, EntryId};
use dutydesk::domain::pack::{About, PackAsked};
use dutydesk::domain::permission::Viewer;
use dutydesk::report::pack::{Expected, file, gather, html, json, prove, verify};
use dutydesk::runtime::clock::{self, SystemChance};
use dutydesk::store::{OfficeDir, Store};

use super::commit;

/// Entries of the long case.
pub const LONG: usize = 500;

/// What was made, how many entries it shows, and how long each part took.
pub struct Took {
    pub entries: usize,
    pub parts: [(&'static str, Duration); 4],
}

/// A pack of a case of [`LONG`] entries, in a copy of an office.
pub fn of_a_long_case(office: &Path) -> Took {
    let copy = tempfile::tempdir().unwrap();
    let dir = commit::copied(office, copy.path());
    let mut store = Store::open(&dir, Box::new(SystemChance)).unwrap();
    let case = long_case(&mut store);
    measure(&mut store, About::Case(case))
}

/// A pack of all that an office has.
pub fn of_a_month(office: &Path) -> Took {
    let mut store = Store::open(&OfficeDir::at(office), Box::new(SystemChance)).unwrap();
    measure(&mut store, About::Period)
}

fn measure(store: &mut Store, about: About) -> Took {
    let (viewer, now) = (Viewer::system(), clock::now());
    let mut begun = Instant::now();
    let mut took = || {
        let part = begun.elapsed();
        begun = Instant::now();
        part
    };
    let pack = gather(store, &viewer, &PackAsked::whole(about), now, &mut |_, _| true).unwrap().unwrap();
    let gathered = took();
    let page = html(&pack).unwrap();
    let paged = took();
    let signed = store.checkpoint(&viewer, now).unwrap();
    let mut value = json(&pack);
    prove((&pack, &mut value), store, &viewer, &signed, now).unwrap();
    let bytes = file(&value).unwrap();
    let proved = took();
    let found = verify(&bytes, &Expected::default());
    let verified = took();
    assert!(found.faults.is_empty() && !page.is_empty(), "{:?}", found.faults.first());
    Took {
        entries: pack.cases.iter().map(|case| case.entries.len()).sum(),
        parts: [
            ("gathered", gathered),
            ("as a page", paged),
            ("as JSON, proved", proved),
            ("verified", verified),
        ],
    }
}

/// A call about somebody who was seen again and again.
fn long_case(store: &mut Store) -> CaseId {
    let now = clock::now();
    let text = |words: &str| Answer::Text(words.to_owned());
    let asserted = Who { by: None, typed_by: None, method: Method::Asserted };
    let entry = |id: EntryId, case, step: &str, answers: Answers| NewEntry {
        id,
        key: id.to_string(),
        case,
        subject: None,
        occurred: When::exact(now),
        reported_at: None,
        who: asserted,
        what: NewSaid::Step {
            pathway: "urgent".to_owned(),
            step: step.to_owned(),
            on: None,
            answers,
            why_late: None,
            cleared: Default::default(),
        },
    };
    let answered = |all: Vec<(&str, Answer)>| -> Answers {
        all.into_iter().map(|(field, answer)| (field.to_owned(), answer)).collect()
    };
    let id = EntryId(SystemChance.uuid());
    let call = answered(vec![
        ("call_back", text("01632 960 111")),
        ("caller", text("W. Quay")),
        ("about", Answer::Named(Named { id: None, words: "QUILL, Theresa".to_owned() })),
        ("changed", text("Drowsy since the morning and hard to rouse; ate nothing, drank a little.")),
        ("risk", Answer::Choice("red".to_owned())),
    ]);
    let mut batches = vec![entry(id, None, "call", call)];
    for _ in 1..LONG {
        let seen = answered(vec![
            ("seen_by", text("W. Quay, carer")),
            ("seen_at", Answer::Time(When::exact(now))),
            ("how", text("Awake, drank half a glass, says that her chest hurts less than this morning.")),
        ]);
        batches.push(entry(EntryId(SystemChance.uuid()), Some(CaseId(id.0)), "seen", seen));
    }
    for entry in batches {
        let batch = Batch { entries: vec![entry], ..Batch::default() };
        store.append(&Viewer::system(), batch, now).unwrap();
    }
    CaseId(id.0)
}

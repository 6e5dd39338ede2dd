//! Who looked at what: an older file goes on, pages are read along, what is taken out is found, and a record that was
//! opened beyond is open for a while and waits until somebody has seen it.

use chrono::TimeDelta;

use super::*;
use crate::domain::access::{LookRow, NOBODYS, Sought};

fn look(office: &Office, how: How, minutes: i64) -> Look {
    let at = now() + TimeDelta::minutes(minutes);
    Look { staff: Some(office.manager), subject: office.person, case: None, how, detail: None, at }
}

fn act(office: &mut Office, by: CaseId, act: Act) -> NewEntry {
    let id = office.id();
    NewEntry { what: NewSaid::Act(act), ..step(id, Some(by), "act.act", None, Answers::new()) }
}

fn fault(office: &Office) -> Option<Fault> {
    office.store.verify(&Viewer::system(), &mut |_, _| {}).unwrap().fault
}

#[test]
fn a_log_of_the_first_programs_goes_on_and_its_looks_keep_their_hashes() {
    let office = Office::new();
    let dir = office.store.dir();
    let mut log = Access::open(dir).unwrap();
    log.record(&[look(&office, How::Open, 0)]).unwrap();
    drop(log);
    let raw = Connection::open(dir.access()).unwrap();
    raw.execute_batch(
        "DROP INDEX looks_of_day; DROP INDEX looks_of_how; ALTER TABLE looks DROP COLUMN detail;
         CREATE INDEX looks_subject ON looks (subject, at);",
    )
    .unwrap();
    drop(raw);
    let refused = Look { detail: Some("Decision".to_owned()), ..look(&office, How::Refused, 1) };
    Access::open(dir).unwrap().record(&[refused.clone()]).unwrap();
    assert_eq!(Access::open(dir).unwrap().looks().unwrap(), [look(&office, How::Open, 0), refused]);
    office.whole();
    let raw = Connection::open(dir.access()).unwrap();
    raw.set_db_config(rusqlite::config::DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER, false).unwrap();
    raw.execute("UPDATE looks SET detail = 'Something else' WHERE seq = 2", []).unwrap();
    assert_eq!(fault(&office), Some(Fault::Look { seq: 2 }));
}

#[test]
fn the_list_is_read_page_by_page_from_the_newest_and_narrowed_by_all_that_is_asked() {
    let mut office = Office::new();
    let other = office.register("people", [("name", text("Brian Oakes"))]);
    let mut log = Access::open(office.store.dir()).unwrap();
    let all: Vec<Look> = (0..300)
        .map(|at| {
            let how = if at % 10 == 0 { How::Export } else { How::Open };
            let subject = if at % 3 == 0 { other } else { office.person };
            Look { subject, ..look(&office, how, at * 60) }
        })
        .collect();
    log.record(&all).unwrap();
    let viewer = office.viewer();
    let walk = |sought: &Sought| {
        let mut found: Vec<LookRow> = Vec::new();
        loop {
            let page = office.store.looks(&viewer, sought, found.last().map(|row| row.seq), 7).unwrap();
            if page.is_empty() {
                break found;
            }
            found.extend(page);
        }
    };
    let seqs = |rows: &[LookRow]| rows.iter().map(|row| row.seq).collect::<Vec<_>>();
    assert_eq!(seqs(&walk(&Sought::default())), (1..=300).rev().collect::<Vec<_>>());
    let sought = Sought {
        subject: Some(other),
        staff: Some(office.manager),
        how: Some(How::Export),
        since: Some(now() + TimeDelta::hours(100)),
        until: Some(now() + TimeDelta::hours(200)),
    };
    let found = walk(&sought);
    assert_eq!(seqs(&found), [181, 151, 121]);
    assert_eq!((&*found[0].subject, &*found[0].staff), ("OAKES, Brian", "OKAFOR, A."));
    let nothing = Sought { since: Some(now() + TimeDelta::days(400)), ..Sought::default() };
    assert_eq!(walk(&nothing), []);
    // Whatever is asked, no page is found by reading all of them.
    let raw = Connection::open(office.store.dir().access()).unwrap();
    for condition in
        ["seq < 9", "subject = x'00' AND seq < 9", "staff = x'00' AND seq < 9", "how = 'open' AND seq < 9"]
    {
        let plan: String = raw
            .query_row(
                &format!(
                    "EXPLAIN QUERY PLAN SELECT * FROM looks WHERE {condition} ORDER BY seq DESC LIMIT 7"
                ),
                [],
                |row| row.get(3),
            )
            .unwrap();
        assert!(plan.starts_with("SEARCH"), "{condition}: {plan}");
    }
    let stranger = Viewer { roles: vec![("duty_coordinator".to_owned(), None)], ..viewer.clone() };
    assert!(matches!(office.store.looks(&stranger, &Sought::default(), None, 7), Err(ReadError::Denied(_))));
}

#[test]
fn looks_that_the_ledger_knows_of_cannot_go_unnoticed() {
    let mut office = Office::new();
    let looks = [look(&office, How::Open, 0), look(&office, How::Open, 1)];
    Access::open(office.store.dir()).unwrap().record(&looks).unwrap();
    let manager = office.manager;
    let signed_in = act(&mut office, manager, Act::SignIn { staff: manager });
    let receipt = office.store.append(&office.viewer(), one(signed_in.clone()), now()).unwrap();
    assert_eq!(receipt.last, receipt.first + 1, "how far the looks had come stands behind the sign-in");
    office.whole();
    // Asked for again it is the same sign-in, and with no look since there is nothing new to say.
    assert!(office.store.append(&office.viewer(), one(signed_in), now()).unwrap().repeated);
    let again = act(&mut office, manager, Act::SignIn { staff: manager });
    let receipt = office.store.append(&office.viewer(), one(again), now()).unwrap();
    assert_eq!(receipt.last, receipt.first);
    let raw = Connection::open(office.store.dir().access()).unwrap();
    raw.set_db_config(rusqlite::config::DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER, false).unwrap();
    raw.execute("DELETE FROM looks WHERE seq = 2", []).unwrap();
    drop(raw);
    assert_eq!(fault(&office), Some(Fault::LooksGone { known: 2, found: Some(1) }));
    // The same number of others in their place.
    Access::open(office.store.dir()).unwrap().record(&[look(&office, How::Open, 7)]).unwrap();
    assert_eq!(fault(&office), Some(Fault::Look { seq: 2 }));
    for end in ["", "-wal", "-shm"] {
        let _ = std::fs::remove_file(format!("{}{end}", office.store.dir().access().display()));
    }
    assert_eq!(fault(&office), Some(Fault::LooksGone { known: 2, found: None }));
    assert!(!office.store.dir().access().exists(), "looking for it does not make it");
}

#[test]
fn what_was_refused_is_noted_with_its_title_and_to_whom() {
    let mut office = Office::new();
    let roles = Answer::Choices(vec!["care_worker".to_owned()]);
    let carer = office.register("staff", [("name", text("Cal Reed")), ("roles", roles)]);
    let (case, _) = office.taken_call();
    let viewer = office.store.viewer_for(Some(carer), now()).unwrap();
    let id = office.id();
    let decision = step(id, Some(carer), "urgent.decision", Some(case), Answers::new());
    assert!(matches!(office.store.append(&viewer, one(decision), now()), Err(AppendError::Denied(_))));
    let rows = office.store.looks(&office.viewer(), &Sought::default(), None, 9).unwrap();
    assert_eq!(rows.len(), 1);
    assert_eq!(
        (rows[0].how, &*rows[0].staff, &*rows[0].subject),
        (How::Refused, "REED, C.", "QUILL, Theresa")
    );
    let title =
        office.store.editions().unwrap().current().pathways["urgent"].step("decision").unwrap().title.clone();
    assert_eq!(rows[0].detail, title);
    assert_ne!(Access::open(office.store.dir()).unwrap().looks().unwrap()[0].subject, NOBODYS);
}

#[test]
fn a_record_of_another_place_opens_with_a_reason_for_a_while_and_waits_until_it_was_seen() {
    let mut office = Office::new();
    let elsewhere = office.register("locations", [("name", text("Alder Court"))]);
    let roles = Answer::Choices(vec!["shift_leader".to_owned()]);
    let leader = office.register("staff", [("name", text("Lee Marlow")), ("roles", roles)]);
    let at = |office: &Office, minutes| {
        let roles = vec![("shift_leader".to_owned(), Some(elsewhere))];
        let now = now() + TimeDelta::minutes(minutes);
        Viewer { roles, ..office.store.viewer_for(Some(leader), now).unwrap() }
    };
    let before = at(&office, 0);
    let shut = |office: &Office, viewer: &Viewer| office.store.person(viewer, office.person, now()).is_err();
    assert!(shut(&office, &before));
    assert_eq!(office.store.beyond_reach(&before, "999 000 0018").unwrap(), office.person);
    assert_eq!(office.store.beyond_reach(&before, &office.person.to_string()).unwrap(), office.person);
    assert_eq!(office.store.beyond_reach(&before, "U-99"), Err(ReadError::NotFound));
    let (person, reason) = (office.person, "Their carer rang us and Rowan House does not answer".to_owned());
    let opened = act(&mut office, leader, Act::LookBeyond { subject: person, reason: reason.clone() });
    office.store.append(&before, one(opened.clone()), now()).unwrap();
    let during = at(&office, 59);
    assert_eq!(during.beyond.len(), 1);
    assert_eq!(office.store.person(&during, person, now()).unwrap().record.name, "QUILL, Theresa");
    let again = office.store.beyond_reach(&during, "999 000 0018");
    assert_eq!(again, Err(ReadError::NotFound), "it is open already");
    let others = office.store.records(&during, "people", None, 9).unwrap();
    assert_eq!(others.rows, [], "one record is opened, not the place");
    assert!(shut(&office, &at(&office, 60)), "after the hour it is shut again");
    // It waits on the auditor's list with the reason, and whoever opened it cannot take it off.
    let auditor = office.viewer();
    let waiting = office.store.beyond_waiting(&auditor).unwrap();
    assert_eq!((waiting.len(), &waiting[0].detail, waiting[0].waits), (1, &reason, Some(opened.id)));
    let listed = office.store.looks(&auditor, &Sought::default(), None, 9).unwrap();
    assert_eq!((listed[0].how, &listed[0].detail, listed[0].waits), (How::Beyond, &reason, Some(opened.id)));
    let seen = |office: &mut Office, by| {
        let act = act(office, by, Act::BeyondSeen { entry: opened.id, note: String::new() });
        let viewer = office.store.viewer_for(Some(by), now()).unwrap();
        office.store.append(&viewer, one(act), now())
    };
    assert!(matches!(seen(&mut office, leader), Err(AppendError::Denied(_))));
    let manager = office.manager;
    seen(&mut office, manager).unwrap();
    assert_eq!(office.store.beyond_waiting(&auditor).unwrap(), []);
    office.whole();
}

#[test]
fn whoever_reads_nothing_opens_nothing_beyond() {
    let mut office = Office::new();
    let roles = Answer::Choices(vec!["administrator".to_owned()]);
    let admin = office.register("staff", [("name", text("Ari Stone")), ("roles", roles)]);
    let person = office.person;
    let opened = act(&mut office, admin, Act::LookBeyond { subject: person, reason: "To look".to_owned() });
    let viewer = office.store.viewer_for(Some(admin), now()).unwrap();
    assert!(matches!(office.store.append(&viewer, one(opened), now()), Err(AppendError::Denied(_))));
    assert!(matches!(office.store.beyond_reach(&viewer, "U-1"), Err(ReadError::Denied(_))));
}

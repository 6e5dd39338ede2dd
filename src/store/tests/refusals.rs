//! What the ledger refuses, keeps without knowing it, and gives up only by an act.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;

use chrono::TimeDelta;

use super::*;
use crate::domain::access::How;
use crate::domain::entry::{Said, Stub};

/// The file as whoever has it can open it.
fn raw(office: &Office) -> Connection {
    Connection::open(office.store.dir().ledger()).unwrap()
}

/// Adds an entry as another version of the program would, and brings the derived tables up to date.
fn added(office: &mut Office, kind: &str, case: Option<CaseId>, body: serde_json::Value) -> Seq {
    added_by(office, kind, case, body, None)
}

/// The same by somebody else than whoever recorded the entry before.
fn added_by(
    office: &mut Office,
    kind: &str,
    case: Option<CaseId>,
    body: serde_json::Value,
    by: Option<CaseId>,
) -> Seq {
    let conn = raw(office);
    let last = ledger::after(&conn, office.store.head().unwrap() - 1, 1).unwrap().remove(0);
    let body = canonical::bytes(&body).unwrap();
    let mut header = last.header.clone();
    header.seq += 1;
    header.id = office.id();
    header.key = header.id.to_string();
    header.kind = kind.to_owned();
    (header.case, header.subject) = (case, case.map(|_| office.person));
    if kind.starts_with("act.") {
        header.edition = None;
    }
    if by.is_some() {
        (header.who.by, header.who.typed_by) = (by, by);
    }
    header.prev = last.hash;
    header.body_commit = header::commit(&[9; 32], &body);
    let seq = header.seq;
    let stored = ledger::Stored { hash: header.hash(), header, body: Some(([9; 32], body)) };
    ledger::insert(&conn, &stored).unwrap();
    office.store.rebuild(&Viewer::system()).unwrap();
    seq
}

fn said(office: &Office, seq: Seq) -> Said {
    office.store.entries_after(&office.viewer(), seq - 1, 1).unwrap().remove(0).said
}

#[test]
fn words_of_a_newer_program_are_kept_proved_and_shown_as_unknown_never_in_part() {
    let mut office = Office::new();
    let (case, _) = office.taken_call();
    let answers = serde_json::json!({ "who": { "text": "W. Quay" } });
    for (kind, body) in [
        // A member beside the answers, a later version, an answer of a later kind, a later act, a member in an act.
        ("urgent.emergency", serde_json::json!({"v": 1, "step": {"answers": answers, "mood": "calm"}})),
        ("urgent.emergency", serde_json::json!({"v": 2, "step": {"answers": answers}})),
        ("urgent.emergency", serde_json::json!({"v": 1, "step": {"answers": {"who": {"voice": "w"}}}})),
        ("act.foresee", serde_json::json!({"v": 1, "act": {"act": "foresee"}})),
        (
            "act.sign_in",
            serde_json::json!({"v": 1, "act": {"act": "sign_in", "staff": office.manager, "x": 1}}),
        ),
    ] {
        let of = (!kind.starts_with("act.")).then_some(case);
        let seq = added(&mut office, kind, of, body.clone());
        assert_eq!(said(&office, seq), Said::Stub(Stub::Unknown { kind: kind.to_owned() }), "{body}");
        let stored = ledger::after(&office.store.conn, seq - 1, 1).unwrap().remove(0);
        assert_eq!(stored.body.unwrap().1, canonical::bytes(&body).unwrap(), "as it was written");
        office.whole();
    }
    let view = office.store.case(&office.viewer(), case, now()).unwrap();
    let unknown = |said: &Said| matches!(said, Said::Stub(Stub::Unknown { .. }));
    assert_eq!(view.chronology.iter().filter(|told| unknown(&told.entry.said)).count(), 3);
    // And the office goes on.
    office.taken_call();
    office.whole();
}

#[test]
fn a_body_goes_only_where_a_later_act_of_disposal_names_it_and_all_of_it_still_holds() {
    let mut office = Office::new();
    let (case, receipt) = office.taken_call();
    let second = office.colleague("Bea Marsh", "provider_lead");
    let dispose = |seqs: Vec<Seq>, edition: EditionId| {
        serde_json::json!({"v": 1, "waits": "all", "act": {"act": "dispose", "edition": edition, "class": "care",
            "from": "2018-11-21", "due": "2026-11-21", "seqs": seqs}})
    };
    let edition = office.store.edition().unwrap().unwrap();
    let act = added(&mut office, "act.dispose", None, dispose(vec![receipt.first], edition));
    let conn = raw(&office);
    let adopted = 2;
    for refused in [
        format!("DELETE FROM bodies WHERE seq = {}", receipt.first),
        format!("INSERT INTO disposals (seq, act) VALUES ({act}, {act})"),
        format!("INSERT INTO disposals (seq, act) VALUES ({adopted}, {act})"),
        format!("INSERT INTO disposals (seq, act) VALUES ({}, {})", receipt.first, receipt.first),
        format!("DELETE FROM bodies WHERE seq = {adopted}"),
    ] {
        assert!(conn.execute(&refused, []).is_err(), "{refused}");
    }
    conn.execute("INSERT INTO disposals (seq, act) VALUES (?1, ?2)", [receipt.first as i64, act as i64])
        .unwrap();
    assert!(office.store.verify(&Viewer::system(), &mut |_, _| {}).unwrap().fault.is_some(), "not gone yet");
    assert_eq!(conn.execute("DELETE FROM bodies WHERE seq = ?1", [receipt.first as i64]).unwrap(), 1);
    for refused in [
        "UPDATE disposals SET act = act + 1".to_owned(),
        "DELETE FROM disposals".to_owned(),
        "REPLACE INTO disposals SELECT * FROM disposals".to_owned(),
        format!("INSERT INTO bodies (seq, salt, body) VALUES ({}, zeroblob(32), x'7b7d')", receipt.first),
        format!("DELETE FROM entries WHERE seq = {}", receipt.first),
    ] {
        assert!(conn.execute(&refused, []).is_err(), "{refused}");
    }
    office.store.rebuild(&Viewer::system()).unwrap();
    // Named by an act to which nobody has agreed; nor does whoever proposed it agree.
    let fault = |office: &Office| office.store.verify(&Viewer::system(), &mut |_, _| {}).unwrap().fault;
    assert!(matches!(fault(&office), Some(Fault::Entry { seq, .. }) if seq == receipt.first));
    let id = ledger::after(&office.store.conn, act - 1, 1).unwrap()[0].header.id;
    let agrees = serde_json::json!({"v": 1, "act": {"act": "countersign", "entry": id, "agrees": "yes"}});
    added_by(&mut office, "act.countersign", None, agrees, Some(second));
    office.whole();
    // What no act names is not lawfully gone, whoever agreed to another; and what two agreed to has to go.
    let (_, other) = office.taken_call();
    let later = added(&mut office, "act.dispose", None, dispose(vec![other.first], edition));
    let id = ledger::after(&office.store.conn, later - 1, 1).unwrap()[0].header.id;
    let agrees = serde_json::json!({"v": 1, "act": {"act": "countersign", "entry": id, "agrees": "yes"}});
    added_by(&mut office, "act.countersign", None, agrees, Some(second));
    assert!(
        matches!(fault(&office), Some(Fault::Entry { seq, .. }) if seq == other.first),
        "not carried out"
    );
    let (gone, of) = (other.first as i64, later as i64);
    conn.execute("INSERT INTO disposals (seq, act) VALUES (?1, ?2)", [gone, of]).unwrap();
    conn.execute("DELETE FROM bodies WHERE seq = ?1", [gone]).unwrap();
    office.store.rebuild(&Viewer::system()).unwrap();
    office.whole();
    let unnamed = receipt.first - 1;
    conn.execute("INSERT INTO disposals (seq, act) VALUES (?1, ?2)", [unnamed as i64, of]).unwrap();
    conn.execute("DELETE FROM bodies WHERE seq = ?1", [unnamed as i64]).unwrap();
    office.store.rebuild(&Viewer::system()).unwrap();
    assert!(matches!(fault(&office), Some(Fault::Entry { seq, .. }) if seq == unnamed), "no act names it");
    let stub = said(&office, receipt.first);
    assert!(matches!(&stub, Said::Stub(Stub::Disposed { kind, edition: Some(_) }) if kind == "urgent.call"));
    let view = office.store.case(&office.viewer(), case, now()).unwrap();
    assert_eq!(view.chronology[0].entry.said, stub);
}

#[test]
fn nobody_agrees_to_a_disposal_that_was_refused_though_the_word_that_refused_it_is_gone() {
    let mut office = Office::new();
    let (_, receipt) = office.taken_call();
    let (manager, second) = (office.manager, office.colleague("Bea Marsh", "provider_lead"));
    let edition = office.store.edition().unwrap().unwrap();
    let proposed = |office: &mut Office, seq: Seq| {
        let body = serde_json::json!({"v": 1, "waits": "all", "act": {"act": "dispose", "edition": edition,
            "class": "office", "from": "2018-11-21", "due": "2026-11-21", "seqs": [seq]}});
        added_by(office, "act.dispose", None, body, Some(manager))
    };
    let answered = |office: &mut Office, act: Seq, agrees: &str| {
        let of = ledger::after(&office.store.conn, act - 1, 1).unwrap()[0].header.id;
        let body = serde_json::json!({"v": 1, "act": {"act": "countersign", "entry": of, "agrees": agrees}});
        added_by(office, "act.countersign", None, body, Some(second))
    };
    let gone = |office: &mut Office, seq: Seq, act: Seq| {
        let conn = raw(office);
        conn.execute("INSERT INTO disposals (seq, act) VALUES (?1, ?2)", [seq as i64, act as i64]).unwrap();
        conn.execute("DELETE FROM bodies WHERE seq = ?1", [seq as i64]).unwrap();
        office.store.rebuild(&Viewer::system()).unwrap();
    };
    let refused = proposed(&mut office, receipt.first);
    let word = answered(&mut office, refused, "no");
    let other = proposed(&mut office, word);
    answered(&mut office, other, "yes");
    gone(&mut office, word, other);
    office.whole();
    answered(&mut office, refused, "yes");
    office.whole();
    gone(&mut office, receipt.first, refused);
    let fault = office.store.verify(&Viewer::system(), &mut |_, _| {}).unwrap().fault;
    assert!(matches!(fault, Some(Fault::Entry { seq, .. }) if seq == receipt.first), "{fault:?}");
}

#[test]
fn every_file_that_others_could_read_is_named_with_its_mend() {
    let office = Office::new();
    let dir = office.store.dir().clone();
    drop(Drafts::open(&dir).unwrap());
    drop(Access::open(&dir).unwrap());
    let set_aside = dir.spool().join("finished-1.json");
    fs::write(&set_aside, "").unwrap();
    fs::set_permissions(&set_aside, Permissions::from_mode(0o600)).unwrap();
    let places = [
        (dir.root().to_owned(), 0o750, "0700"),
        (dir.spool(), 0o701, "0700"),
        (dir.ledger(), 0o640, "0600"),
        (dir.root().join("ledger.db-wal"), 0o604, "0600"),
        (dir.drafts(), 0o660, "0600"),
        (dir.access(), 0o602, "0600"),
        (set_aside, 0o644, "0600"),
    ];
    for (path, mode, wanted) in places {
        let was = fs::metadata(&path).unwrap().permissions();
        fs::set_permissions(&path, Permissions::from_mode(mode)).unwrap();
        let refused = [
            Store::open(&dir, Box::new(Seeded::new(3))).err(),
            Drafts::open(&dir).err(),
            Access::open(&dir).err(),
        ];
        for refused in refused {
            let says = refused.expect("an office that others can read is refused").to_string();
            assert!(says.contains(&format!("chmod {wanted} {}", path.display())), "{says}");
        }
        fs::set_permissions(&path, was).unwrap();
    }
    assert!(Store::open(&dir, Box::new(Seeded::new(3))).is_ok());
}

#[test]
fn an_office_that_is_reached_by_a_link_is_judged_by_where_it_lies() {
    let office = Office::new();
    let around = tempfile::tempdir().unwrap();
    let link = around.path().join("office");
    std::os::unix::fs::symlink(office.store.dir().root(), &link).unwrap();
    let dir = OfficeDir::at(link);
    assert!(Store::open(&dir, Box::new(Seeded::new(3))).is_ok());
    fs::set_permissions(office.store.dir().root(), Permissions::from_mode(0o755)).unwrap();
    let Err(refused) = Store::open(&dir, Box::new(Seeded::new(3))) else { panic!("others can read it") };
    assert!(refused.to_string().contains("chmod 0700"), "{refused}");
}

#[test]
fn what_a_person_puts_among_the_offices_files_is_closed_to_others_and_keeps_nobody_out() {
    let office = Office::new();
    let dir = office.store.dir().clone();
    let sheet = dir.keep_sheet("handover.html", "a page").unwrap();
    let (pdf, own) = (sheet.with_extension("pdf"), dir.config().join("pathways"));
    fs::write(&pdf, "what a browser made of it").unwrap();
    fs::create_dir_all(&own).unwrap();
    let mode = |path: &std::path::Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let brought =
        [(pdf, 0o644, 0o600), (sheet, 0o666, 0o600), (own, 0o755, 0o700), (dir.config(), 0o775, 0o700)];
    for (path, open, _) in &brought {
        fs::set_permissions(path, Permissions::from_mode(*open)).unwrap();
    }
    // What points elsewhere is nobody's to change, and a page is no part of the record.
    let elsewhere = tempfile::NamedTempFile::new().unwrap();
    fs::set_permissions(elsewhere.path(), Permissions::from_mode(0o644)).unwrap();
    let link = dir.sheets().join("link.pdf");
    std::os::unix::fs::symlink(elsewhere.path(), &link).unwrap();
    assert!(Store::open(&dir, Box::new(Seeded::new(3))).is_ok());
    for (path, _, closed) in &brought {
        assert_eq!(mode(path), *closed, "{}", path.display());
    }
    assert_eq!(mode(elsewhere.path()), 0o644);
    let listed = office.store.health().unwrap().files;
    assert!(listed.iter().any(|(path, mode, wanted)| *path == link && mode & !wanted != 0), "doctor says it");
}

#[test]
fn a_look_that_was_changed_or_taken_out_is_found() {
    let office = Office::new();
    let look = |minutes| Look {
        staff: Some(office.manager),
        subject: office.person,
        case: None,
        how: How::Open,
        detail: None,
        at: now() + TimeDelta::minutes(minutes),
    };
    Access::open(office.store.dir()).unwrap().record(&[look(0), look(1), look(2)]).unwrap();
    office.whole();
    let tampered = |statement: &str| {
        let raw = Connection::open(office.store.dir().access()).unwrap();
        raw.set_db_config(rusqlite::config::DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER, false).unwrap();
        raw.execute_batch(&format!("SAVEPOINT before; {statement}; RELEASE before")).unwrap();
        office.store.verify(&Viewer::system(), &mut |_, _| {}).unwrap().fault
    };
    assert_eq!(tampered("UPDATE looks SET at = at + 1 WHERE seq = 2"), Some(Fault::Look { seq: 2 }));
    assert_eq!(tampered("UPDATE looks SET at = at - 1 WHERE seq = 2"), None);
    assert_eq!(tampered("DELETE FROM looks WHERE seq = 2"), Some(Fault::Look { seq: 2 }));
}

#[test]
fn a_clock_that_jumps_to_and_fro_refuses_nothing_and_leaves_no_gap() {
    let mut office = Office::new();
    let first = office.store.head().unwrap();
    let jumps = [0, -180, 60 * 24 * 400, 5, -60 * 24 * 365 * 40, 6];
    for (minutes, viewer) in jumps.into_iter().map(|minutes| (minutes, office.viewer())).collect::<Vec<_>>() {
        let id = office.id();
        let call = office.call(id);
        office.store.append(&viewer, one(call), now() + TimeDelta::minutes(minutes)).unwrap();
    }
    let entries = office.store.entries_after(&office.viewer(), first, 100).unwrap();
    let seqs: Vec<Seq> = entries.iter().map(|entry| entry.seq).collect();
    assert_eq!(seqs, (first + 1..=first + 6).collect::<Vec<_>>());
    let regressed = |seq| ledger::after(&office.store.conn, seq - 1, 1).unwrap()[0].header.clock_regressed;
    let flagged: Vec<bool> = seqs.into_iter().map(regressed).collect();
    assert_eq!(flagged, [false, true, false, true, true, false]);
    office.whole();
}

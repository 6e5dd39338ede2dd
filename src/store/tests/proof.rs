//! What somebody with the file in hand could do to it, and that it is refused or found.

use rusqlite::config::DbConfig;
use rusqlite::types::Value;

use super::*;
use crate::domain::entry::{Said, Stub};
use crate::domain::words::store as words;

/// The file as whoever has it can open it.
fn raw(office: &Office) -> Connection {
    Connection::open(office.store.dir().ledger()).unwrap()
}

/// An office in which a little has happened.
pub(super) fn lived_in() -> Office {
    let mut office = Office::new();
    let (case, _) = office.taken_call();
    let amended = EntryId(case.0);
    let id = office.id();
    let NewSaid::Step { mut answers, .. } = office.call(id).what else { panic!("a call is a step") };
    answers.insert("changed".to_owned(), text("hard to rouse"));
    let reason = "said later".to_owned();
    let mut amend = office.call(id);
    amend.what = NewSaid::Act(Act::Amend { entry: amended, answers, occurred: None, reason });
    let viewer = office.viewer();
    office.store.append(&viewer, one(amend), now()).unwrap();
    office.taken_call();
    office
}

#[test]
fn an_amendment_stands_beside_what_it_amends() {
    let office = lived_in();
    let viewer = office.viewer();
    let case = office.store.case_by_reference(&viewer, "U-1").unwrap();
    let view = office.store.case(&viewer, case, now()).unwrap();
    let call = &view.chronology[0];
    assert_eq!(call.amendments.len(), 1);
    assert_eq!(call.answers.as_ref().unwrap()["changed"], text("hard to rouse"));
    let Said::Step(said) = &call.entry.said else { panic!("a call is a step") };
    assert!(!said.answers.contains_key("changed"));
    office.whole();
}

#[test]
fn the_file_itself_refuses_changes_to_the_record() {
    let office = lived_in();
    let conn = raw(&office);
    for attempt in [
        "UPDATE entries SET kind = 'x' WHERE seq = 3",
        "DELETE FROM entries WHERE seq = 3",
        "REPLACE INTO entries SELECT * FROM entries WHERE seq = 3",
        "INSERT OR REPLACE INTO bodies SELECT * FROM bodies WHERE seq = 3",
        "UPDATE bodies SET body = x'7b7d' WHERE seq = 3",
        "DELETE FROM bodies WHERE seq = 3",
        "INSERT INTO disposals (seq, act) VALUES (3, 2)",
        "INSERT INTO bodies (seq, salt, body) VALUES (3, zeroblob(32), x'7b7d')",
    ] {
        assert!(conn.execute(attempt, []).is_err(), "{attempt}");
    }
    office.whole();
}

#[test]
fn rebuilt_tables_are_the_same_tables() {
    let mut office = lived_in();
    let before = office.store.board(&office.viewer(), now(), Limits::default()).unwrap();
    let stranger = Viewer::default();
    assert!(matches!(office.store.rebuild(&stranger), Err(AppendError::Denied(_))));
    let conn = raw(&office);
    conn.execute("UPDATE cases SET headline = 'nothing', closed = 1", []).unwrap();
    let fault = office.store.verify(&Viewer::system(), &mut |_, _| {}).unwrap().fault.unwrap();
    assert!(matches!(&fault, Fault::Derived { table, .. } if table == "cases"), "{fault}");
    office.store.rebuild(&Viewer::system()).unwrap();
    assert_eq!(office.store.board(&office.viewer(), now(), Limits::default()).unwrap(), before);
    office.whole();
}

#[test]
fn an_act_of_a_newer_program_is_kept_and_shown_as_such() {
    let office = lived_in();
    let conn = raw(&office);
    let stored = ledger::after(&conn, office.store.head().unwrap() - 1, 1).unwrap().remove(0);
    let body = canonical::bytes(&serde_json::json!({"v": 1, "act": {"act": "foresee"}})).unwrap();
    let mut header = stored.header.clone();
    header.seq += 1;
    header.id = EntryId(uuid::Uuid::from_u128(77));
    header.key = header.id.to_string();
    header.kind = "act.foresee".to_owned();
    (header.case, header.subject, header.edition) = (None, None, None);
    header.prev = stored.hash;
    header.body_commit = header::commit(&[9; 32], &body);
    let newer = ledger::Stored { hash: header.hash(), header, body: Some(([9; 32], body)) };
    ledger::insert(&conn, &newer).unwrap();
    let kind = "act.foresee".to_owned();
    let read = office.store.entries_after(&office.viewer(), newer.header.seq - 1, 5).unwrap();
    assert_eq!(read[0].said, Said::Stub(Stub::Unknown { kind }));
    office.whole();
}

/// Changes one value of a row: a bit of a number, a letter of a text, a byte of bytes.
fn changed(value: Value, at: usize) -> Value {
    match value {
        Value::Null => Value::Integer(1),
        Value::Integer(integer) => Value::Integer(integer ^ (1 << (at % 20))),
        Value::Real(real) => Value::Real(real + 1.0),
        Value::Text(text) if text.is_empty() => Value::Text("x".to_owned()),
        Value::Text(text) => {
            let at = at % text.chars().count();
            let flipped = text.chars().enumerate().map(|(n, c)| match c {
                'q' if n == at => 'z',
                _ if n == at => 'q',
                c => c,
            });
            Value::Text(flipped.collect())
        }
        Value::Blob(mut bytes) if bytes.is_empty() => {
            bytes.push(1);
            Value::Blob(bytes)
        }
        Value::Blob(mut bytes) => {
            let at = at % bytes.len();
            bytes[at] ^= 1 << (at % 8);
            Value::Blob(bytes)
        }
    }
}

#[test]
fn a_byte_changed_anywhere_in_the_record_or_what_follows_from_it_is_found() {
    let office = lived_in();
    let conn = raw(&office);
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER, false).unwrap();
    conn.pragma_update(None, "foreign_keys", false).unwrap();
    conn.pragma_update(None, "ignore_check_constraints", true).unwrap();
    let mut chance = Seeded::new(11);
    let mut tried = 0;
    let tables = ["entries", "bodies"].into_iter().chain(migrations::DERIVED_TABLES);
    for table in tables {
        let columns: Vec<String> = conn
            .prepare(&format!("SELECT name FROM pragma_table_info('{table}')"))
            .unwrap()
            .query_map([], |row| row.get(0))
            .unwrap()
            .collect::<rusqlite::Result<_>>()
            .unwrap();
        for column in &columns {
            let draw = chance.bytes32();
            let rows: usize = conn
                .query_row(&format!("SELECT count(*) FROM {table}"), [], |r| r.get::<_, i64>(0))
                .unwrap() as usize;
            if rows == 0 {
                continue;
            }
            let key = &columns[0];
            let nth = usize::from(draw[0]) % rows;
            conn.execute_batch("SAVEPOINT flip").unwrap();
            let (id, value): (Value, Value) = conn
                .query_row(&format!("SELECT {key}, {column} FROM {table} LIMIT 1 OFFSET {nth}"), [], |row| {
                    Ok((row.get(0)?, row.get(1)?))
                })
                .unwrap();
            let flipped = changed(value.clone(), usize::from(draw[1]) * 7);
            let update = format!("UPDATE {table} SET {column} = ?1 WHERE {key} = ?2 AND {column} IS ?3");
            // A type or key that the table itself refuses cannot be stored at all.
            let stored = conn.execute(&update, rusqlite::params![flipped, id, value]).unwrap_or(0);
            conn.execute_batch("RELEASE flip").unwrap();
            if stored == 0 {
                continue;
            }
            tried += 1;
            let fault = office.store.verify(&Viewer::system(), &mut |_, _| {}).unwrap().fault;
            assert!(fault.is_some(), "{table}.{column} of {id:?}");
            let key_now = if key == column { &flipped } else { &id };
            let back = format!("UPDATE {table} SET {column} = ?1 WHERE {key} = ?2 AND {column} IS ?3");
            conn.execute(&back, rusqlite::params![value, key_now, flipped]).unwrap();
        }
    }
    office.whole();
    assert!(tried > 60, "{tried}");
}

#[test]
fn a_missing_entry_and_a_missing_body_are_named() {
    for (table, says) in [("entries", words::FAULT_GAP), ("bodies", words::FAULT_NO_BODY)] {
        let office = lived_in();
        let conn = raw(&office);
        conn.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER, false).unwrap();
        conn.pragma_update(None, "foreign_keys", false).unwrap();
        conn.execute(&format!("DELETE FROM {table} WHERE seq = 4"), []).unwrap();
        let fault = office.store.verify(&Viewer::system(), &mut |_, _| {}).unwrap().fault;
        assert_eq!(fault, Some(Fault::Entry { seq: 4, says: says.to_owned() }));
    }
}

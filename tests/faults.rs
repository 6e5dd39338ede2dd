//! What becomes of the record when programs are killed, files are changed, and the disk or the ledger refuses.

mod support;

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::Stdio;

use dutydesk::domain::permission::Viewer;
use dutydesk::runtime::clock::SystemChance;
use dutydesk::store::{OfficeDir, Store};
use rusqlite::Connection;
use support::{Office, Start, Writer, cli, program};

const WRITES: &str = "DUTYDESK_TEST_WRITES";

/// Keys of what was acknowledged, with their numbers in the record.
type Acknowledged = BTreeMap<String, u64>;

fn store(office: &Path) -> Store {
    Store::open(&OfficeDir::at(office), Box::new(SystemChance)).expect("the office opens")
}

/// What was acknowledged and is not there as it was acknowledged.
fn missing(office: &Path, acknowledged: &Acknowledged) -> Vec<String> {
    let store = store(office);
    let there = |key: &str, seq: u64| {
        store.lookup(key).ok().flatten().is_some_and(|receipt| (receipt.first..=receipt.last).contains(&seq))
    };
    acknowledged.iter().filter(|(key, seq)| !there(key, **seq)).map(|(key, _)| key.clone()).collect()
}

fn holds(office: &Path) -> bool {
    let found = store(office).verify(&Viewer::system(), &mut |_, _| {}).expect("it can be verified");
    found.fault.is_none()
}

/// What the next test starts and kills: it writes for ever, and says what was acknowledged.
#[test]
fn writes_until_it_is_killed() {
    let Some(office) = std::env::var_os(WRITES) else { return };
    let mut writer = Writer::at(Path::new(&office));
    let mut out = std::io::stdout();
    loop {
        let (key, receipt) = writer.write("Dressing wet through");
        writeln!(out, "\nsaved {key} {}", receipt.first).expect("the test listens");
        out.flush().expect("the test listens");
    }
}

/// Starts writers, kills them once they have saved so much, and collects what they had been told was saved.
fn killed_after(office: &Path, saved: usize, acknowledged: &mut Acknowledged) {
    let this = std::env::current_exe().expect("a test is a program");
    let mut writers: Vec<_> = (0..2)
        .map(|_| {
            program(&this)
                .args(["--exact", "writes_until_it_is_killed", "--nocapture"])
                .env(WRITES, office)
                .stdout(Stdio::piped())
                .stderr(Stdio::null())
                .spawn()
                .expect("a test can be started")
        })
        .collect();
    let mut lines: Vec<_> = writers
        .iter_mut()
        .map(|writer| BufReader::new(writer.stdout.take().expect("it was piped")).lines())
        .collect();
    let mut take = |line: String| {
        let mut words = line.split(' ');
        if let (Some("saved"), Some(key), Some(seq)) = (words.next(), words.next(), words.next()) {
            acknowledged.insert(key.to_owned(), seq.parse().expect("a number"));
            return 1;
        }
        0
    };
    let mut count = 0;
    while count < saved {
        let line = lines[0].next().expect("it writes for ever").expect("it can be read");
        count += take(line);
    }
    for writer in &mut writers {
        writer.kill().expect("it still writes");
        writer.wait().expect("a killed program ends");
    }
    for line in lines.into_iter().flatten().map_while(Result::ok) {
        take(line);
    }
}

#[test]
fn fifty_killed_writers_lose_nothing_that_was_acknowledged() {
    let office = Office::example(5);
    let path = office.path();
    let mut acknowledged = Acknowledged::new();
    for cycle in 0..25 {
        // What is saved while somebody reads stays in the log: it is moved only as far as the oldest reader sees.
        let reader = (cycle == 24).then(|| reading(&path));
        killed_after(&path, 1 + cycle % 4, &mut acknowledged);
        if reader.is_some() {
            without_its_log(&office, &acknowledged);
        }
        drop(reader);
        assert_eq!(missing(&path, &acknowledged), Vec::<String>::new(), "after {cycle} kills of two");
    }
    assert!(acknowledged.len() >= 50);
    assert!(holds(&path));
    without_its_last_entry(&office, &acknowledged);
}

/// A connection in the middle of a reading.
fn reading(office: &Path) -> Connection {
    let conn = Connection::open(office.join("ledger.db")).expect("it is a database");
    conn.execute_batch("BEGIN").expect("nothing was begun");
    conn.query_row("SELECT count(*) FROM entries", [], |row| row.get::<_, i64>(0)).expect("entries");
    conn
}

/// A control: the same question of a copy whose log was thrown away finds what is gone.
fn without_its_log(office: &Office, acknowledged: &Acknowledged) {
    let copy = copied(&office.path(), &office.beside("without-log"));
    fs::remove_file(copy.join("ledger.db-wal")).expect("a killed program leaves its log");
    assert!(!missing(&copy, acknowledged).is_empty(), "the check sees nothing");
}

/// A control: an entry taken from the end is missed, though the chain before it holds. It is the last that was
/// acknowledged: a writer may have been killed between a later commit and saying so.
fn without_its_last_entry(office: &Office, acknowledged: &Acknowledged) {
    let copy = copied(&office.path(), &office.beside("without-last"));
    let conn = unguarded(&copy);
    let last = acknowledged.values().max().expect("something was acknowledged");
    for table in ["bodies", "entries"] {
        conn.execute(&format!("DELETE FROM {table} WHERE seq >= {last}"), []).expect("nothing guards it now");
    }
    drop(conn);
    assert!(!missing(&copy, acknowledged).is_empty(), "the check sees nothing");
    assert!(!holds(&copy), "the rows derived from it are still there");
}

fn copied(from: &Path, to: &Path) -> PathBuf {
    let copy = program("cp").args(["-a", "-T"]).args([from, to]).status().expect("cp is there");
    assert!(copy.success());
    to.to_owned()
}

/// The ledger as somebody finds it who has a tool for such files and bad intentions.
fn unguarded(office: &Path) -> Connection {
    let conn = Connection::open(office.join("ledger.db")).expect("it is a database");
    conn.pragma_update(None, "foreign_keys", false).expect("a setting");
    let triggers: Vec<String> = conn
        .prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger'")
        .and_then(|mut all| all.query_map([], |row| row.get(0))?.collect())
        .expect("a schema can be read");
    for trigger in triggers {
        conn.execute_batch(&format!("DROP TRIGGER {trigger}")).expect("a trigger can be dropped");
    }
    conn
}

#[test]
fn a_value_changed_anywhere_is_found() {
    let office = Office::example(3);
    let places = {
        let conn = unguarded(&copied(&office.path(), &office.beside("looked-at")));
        let columns = "SELECT t.name, c.name, c.type FROM pragma_table_list t, pragma_table_info(t.name) c
            WHERE t.schema = 'main' AND t.type = 'table' AND t.name NOT LIKE 'sqlite_%' ORDER BY 1, 2";
        let mut all = conn.prepare(columns).expect("a schema can be read");
        let rows =
            all.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).expect("it can be read");
        rows.collect::<rusqlite::Result<Vec<(String, String, String)>>>().expect("it can be read")
    };
    let (mut changed, mut unseen) = (0, Vec::new());
    for (table, column, kind) in places {
        let copy = copied(&office.path(), &office.beside(format!("{table}-{column}")));
        let conn = unguarded(&copy);
        let other = match kind.as_str() {
            "INTEGER" => format!("coalesce({column}, 0) + 1"),
            "TEXT" => format!("coalesce({column}, '') || 'x'"),
            // As long as before, with another last byte.
            _ => format!(
                "CASE WHEN {column} IS NULL THEN zeroblob(16) ELSE CAST(substr({column}, 1, length({column}) - 1)
                    || CASE WHEN substr({column}, -1) = x'00' THEN x'01' ELSE x'00' END AS BLOB) END"
            ),
        };
        let middle = format!("SELECT rowid FROM {table} ORDER BY rowid DESC LIMIT 1");
        let update = format!("UPDATE {table} SET {column} = {other} WHERE rowid = ({middle})");
        // What the schema itself refuses, or an empty table, is no change.
        let is_changed = conn.execute(&update, []).is_ok_and(|rows| rows == 1);
        drop(conn);
        if is_changed {
            changed += 1;
            let found = cli_verify(&copy);
            if found {
                unseen.push(format!("{table}.{column}"));
            }
        }
        fs::remove_dir_all(&copy).expect("it is ours");
    }
    println!("{changed} changes");
    assert!(changed > 50, "only {changed} places could be changed");
    assert_eq!(unseen, Vec::<String>::new());
}

/// Whether all of it holds; an office that does not even open does not.
fn cli_verify(office: &Path) -> bool {
    let opened = Store::open(&OfficeDir::at(office), Box::new(SystemChance));
    opened.is_ok_and(|store| {
        store.verify(&Viewer::system(), &mut |_, _| {}).is_ok_and(|found| found.fault.is_none())
    })
}

#[test]
fn a_byte_changed_in_any_body_is_found() {
    let office = Office::example(2);
    let conn = unguarded(&office.path());
    let last: i64 = conn.query_row("SELECT max(seq) FROM entries", [], |row| row.get(0)).expect("entries");
    for seq in (1..=last).step_by(7) {
        let whole: Vec<u8> = body(&conn, seq);
        let mut other = whole.clone();
        let at = usize::try_from(seq).expect("few") * 13 % other.len();
        other[at] ^= 1;
        put(&conn, seq, &other);
        let found =
            store(&office.path()).verify(&Viewer::system(), &mut |_, _| {}).expect("it can be verified");
        let fault = found.fault.expect("it is found");
        assert!(fault.to_string().contains(&format!("entry {seq}:")), "{fault}");
        put(&conn, seq, &whole);
    }
    assert!(holds(&office.path()), "as it was");
}

fn body(conn: &Connection, seq: i64) -> Vec<u8> {
    conn.query_row("SELECT body FROM bodies WHERE seq = ?1", [seq], |row| row.get(0)).expect("a body")
}

fn put(conn: &Connection, seq: i64, body: &[u8]) {
    let rows = conn.execute("UPDATE bodies SET body = ?2 WHERE seq = ?1", rusqlite::params![seq, body]);
    assert_eq!(rows.expect("nothing guards it now"), 1);
}

#[test]
fn saving_twice_makes_one_entry() {
    let office = Office::example(5);
    let mut writer = Writer::at(&office.path());
    let call = writer.call("Dressing wet through");
    let first = writer.save(call.clone()).expect("it is saved");
    let second = writer.save(call.clone()).expect("it is there");
    let elsewhere = Writer::at(&office.path()).save(call).expect("it is there");
    assert!(!first.repeated && second.repeated && elsewhere.repeated);
    assert_eq!((first.first, first.first), (second.first, elsewhere.first));
}

/// A call in the signed-in program, with what may not be missing.
fn call_typed(start: Start) -> support::Terminal {
    let mut terminal = start.start();
    terminal.wait_for("nobody signed in");
    terminal.keys("w");
    terminal.wait_for("ADEYEMI");
    terminal.keys("adeyemi<enter>");
    terminal.wait_for("you ADEYEMI");
    terminal.keys("c");
    terminal.wait_for("Number to ring back");
    terminal.keys("0161 496 0123<tab>WQ, carer");
    terminal.wait_for("· kept ");
    terminal
}

#[test]
fn a_ledger_held_by_another_program_holds_up_no_word() {
    let office = Office::example(5);
    let mut terminal = call_typed(Start::dutydesk(&office));
    let other = Connection::open(office.path().join("ledger.db")).expect("it is a database");
    other.execute_batch("BEGIN IMMEDIATE").expect("nobody else writes");
    terminal.keys("<ctrl-s>");
    terminal.keys("<f2>");
    terminal.wait_for_no("0161 496 0123");
    terminal.keys("0161 496 0456");
    terminal.wait_for("0161 496 0456");
    terminal.wait_until("the second call kept", |screen| screen.contents().contains("· kept "));
    other.execute_batch("ROLLBACK").expect("it was begun");
    terminal.wait_for("in the record");
    assert!(!terminal.screen().contains("held the ledger"));
    terminal.wait_for("0161 496 0456");
}

#[test]
fn an_office_of_a_newer_program_is_read_and_not_written() {
    let office = Office::example(5);
    unguarded(&office.path()).pragma_update(None, "user_version", 99).expect("a setting");
    let mut terminal = support::Terminal::dutydesk(&office, 120, 40);
    terminal.wait_for("newer version");
    // Whoever signs in reads it on screen as well, and is told that this alone is not in the record.
    terminal.keys("w");
    terminal.wait_for("ADEYEMI");
    terminal.keys("adeyemi<enter>");
    terminal.wait_for("not in the record");
    terminal.wait_for("you ADEYEMI");
    terminal.keys("<f5>");
    terminal.wait_for("OAKES, Brian");
    let head = store(&office.path()).head().expect("it can be read");
    let calls = cli(&office, &["list", "calls", "--as", "Adeyemi"]);
    assert!(calls.status.success());
    let answers = r#"{"call_back": "0161 496 0123", "caller": "WQ", "about": "Brian Oakes"}"#;
    let refused = support::cli_with_input(
        &office,
        &["record", "urgent.call", "--json", "-", "--typed-by", "Priya Shah"],
        answers,
    );
    assert!(!refused.status.success());
    assert!(String::from_utf8_lossy(&refused.stderr).contains("newer version"), "{refused:?}");
    let doctor = cli(&office, &["doctor"]);
    let said = String::from_utf8_lossy(&doctor.stdout);
    assert!(
        said.contains("READ ONLY: it was written by a newer version of this program (format 99"),
        "{said}"
    );
    assert_eq!(doctor.status.code(), Some(1));
    assert!(cli(&office, &["verify"]).status.success(), "its record can be proved all the same");
    assert_eq!(store(&office.path()).head().expect("it can be read"), head);
}

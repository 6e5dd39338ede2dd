//! One entry into the ledger, against the same rows into the same tables by SQLite alone.
//!
//! The ledger appends a call; the rows that this made are read out of it and written into a copy of the office, with
//! prepared statements in one transaction under the same settings. Checking, hashing, folding, the writers' queue and
//! the bell are what ours does beyond that.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};
use dutydesk::domain::answer::{Answer, Answers, Named, When};
use dutydesk::domain::chance::Chance;
use dutydesk::domain::entry::{Batch, Method, NewEntry, NewSaid, Who};
use dutydesk::domain::ids::{CaseId, EntryId};
use dutydesk::domain::names::search::text_keys;
use dutydesk::domain::permission::Viewer;
use dutydesk::runtime::clock::{self, SystemChance};
use dutydesk::store::{OfficeDir, Store};
use rusqlite::types::Value;
use rusqlite::{Connection, TransactionBehavior, params_from_iter};

const TURNS: usize = 60;

/// The rows that an entry makes, by table, and how they are found.
const OF_ENTRY: [(&str, &str); 12] = [
    ("entries", "seq = ?1"),
    ("bodies", "seq = ?1"),
    ("cases", "version = ?1 AND id = (SELECT case_id FROM entries WHERE seq = ?1)"),
    ("case_entries", "seq = ?1 AND case_id = (SELECT case_id FROM entries WHERE seq = ?1)"),
    ("owed", "case_id = (SELECT case_id FROM entries WHERE seq = ?1)"),
    ("to_confirm", "case_id = (SELECT case_id FROM entries WHERE seq = ?1)"),
    ("said", "seq = ?1"),
    ("case_facts", "case_id = (SELECT case_id FROM entries WHERE seq = ?1)"),
    ("promise_facts", "case_id = (SELECT case_id FROM entries WHERE seq = ?1)"),
    ("contact_facts", "case_id = (SELECT case_id FROM entries WHERE seq = ?1)"),
    ("signs", "source = (SELECT case_id FROM entries WHERE seq = ?1)"),
    ("sign_marks", "case_id = (SELECT case_id FROM entries WHERE seq = ?1)"),
];
/// Small tables, of which only rows that changed are written.
const TALLIES: [(&str, &str); 2] = [
    ("letters", " ON CONFLICT (letter) DO UPDATE SET last = ?2"),
    ("counts", " ON CONFLICT (what, location, class) DO UPDATE SET n = ?4"),
];

/// A copy of an office that may be written into.
pub fn copied(office: &Path, into: &Path) -> OfficeDir {
    let dir = into.join("office");
    copy(office, &dir);
    OfficeDir::at(dir)
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir(to).unwrap();
    std::fs::set_permissions(to, std::fs::metadata(from).unwrap().permissions()).unwrap();
    for item in std::fs::read_dir(from).unwrap().flatten() {
        let (from, to) = (item.path(), to.join(item.file_name()));
        if from.is_dir() {
            copy(&from, &to);
        } else {
            std::fs::copy(&from, &to).unwrap();
        }
    }
}

/// A process that takes calls.
pub struct Writer {
    store: Store,
    now: DateTime<Utc>,
}

impl Writer {
    pub fn open(dir: &OfficeDir) -> Self {
        Self { store: Store::open(dir, Box::new(SystemChance)).unwrap(), now: clock::now() }
    }

    /// Takes one call; how long until it was acknowledged.
    pub fn append(&mut self) -> Duration {
        let id = EntryId(SystemChance.uuid());
        let batch = Batch { entries: vec![call(id, self.now)], ..Batch::default() };
        let begun = Instant::now();
        self.store.append(&Viewer::system(), batch, self.now).unwrap();
        begun.elapsed()
    }
}

/// Puts somebody on the staff list whom the screen knows by the account [`super::line::ACCOUNT`].
pub fn let_in(office: &Path) {
    let mut writer = Writer::open(&OfficeDir::at(office));
    let text = |words: &str| Answer::Text(words.to_owned());
    let answers = Answers::from([
        ("name".to_owned(), text("Bench Tester")),
        ("code".to_owned(), text(super::line::ACCOUNT)),
        ("roles".to_owned(), Answer::Choices(vec!["registered_manager".to_owned()])),
    ]);
    let id = EntryId(SystemChance.uuid());
    let entry = NewEntry { what: step("staff", "register", answers), ..call(id, writer.now) };
    writer
        .store
        .append(&Viewer::system(), Batch { entries: vec![entry], ..Batch::default() }, writer.now)
        .unwrap();
}

fn step(pathway: &str, step: &str, answers: Answers) -> NewSaid {
    NewSaid::Step {
        pathway: pathway.to_owned(),
        step: step.to_owned(),
        on: None,
        answers,
        why_late: None,
        cleared: Default::default(),
    }
}

fn call(id: EntryId, now: DateTime<Utc>) -> NewEntry {
    let text = |words: &str| Answer::Text(words.to_owned());
    let changed =
        "Drowsy since the morning and hard to rouse; ate nothing, drank a little, says her chest hurts.";
    let answers: Answers = [
        ("call_back", text("01632 960 111")),
        ("caller", text("W. Quay")),
        ("about", Answer::Named(Named { id: None, words: "QUILL, Theresa".to_owned() })),
        ("changed", text(changed)),
        ("risk", Answer::Choice("red".to_owned())),
    ]
    .map(|(field, answer)| (field.to_owned(), answer))
    .into();
    NewEntry {
        id,
        key: id.to_string(),
        case: None,
        subject: None::<CaseId>,
        occurred: When::exact(now),
        reported_at: None,
        who: Who { by: None, typed_by: None, method: Method::Asserted },
        what: step("urgent", "call", answers),
    }
}

type Rows = Vec<Vec<Value>>;

fn rows(conn: &Connection, sql: &str, seq: Option<i64>) -> Rows {
    let mut statement = conn.prepare_cached(sql).unwrap();
    let width = statement.column_count();
    let read = |row: &rusqlite::Row<'_>| (0..width).map(|at| row.get(at)).collect();
    statement.query_map(params_from_iter(seq), read).unwrap().collect::<Result<_, _>>().unwrap()
}

/// What ours takes, and what the bare rows take, turn by turn.
pub fn measure(office: &Path) -> (Duration, Duration) {
    let around = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    let (one, other) = (around.path().join("one"), around.path().join("other"));
    std::fs::create_dir(&one).unwrap();
    std::fs::create_dir(&other).unwrap();
    let ours = copied(office, &one);
    let theirs = copied(office, &other);
    let mut writer = Writer::open(&ours);
    let look = Connection::open(ours.ledger()).unwrap();
    let mut bare = Connection::open(theirs.ledger()).unwrap();
    bare.set_prepared_statement_cache_capacity(128);
    for (name, value) in [("synchronous", "FULL"), ("foreign_keys", "ON"), ("secure_delete", "ON")] {
        bare.pragma_update(None, name, value).unwrap();
    }
    let tallies =
        |conn: &Connection| TALLIES.map(|(table, _)| rows(conn, &format!("SELECT * FROM {table}"), None));
    let (mut took, mut took_bare) = (Vec::new(), Vec::new());
    let mut known = tallies(&look);
    for _ in 0..TURNS {
        took.push(writer.append());
        let seq: i64 = look.query_row("SELECT max(seq) FROM entries", [], |row| row.get(0)).unwrap();
        let mut made: BTreeMap<usize, (String, Rows)> = BTreeMap::new();
        for (at, (table, which)) in OF_ENTRY.iter().enumerate() {
            let found = rows(&look, &format!("SELECT * FROM {table} WHERE {which}"), Some(seq));
            made.insert(at, (insert(table, found.first(), ""), found));
        }
        let now = tallies(&look);
        for (at, (table, over)) in TALLIES.iter().enumerate() {
            let changed: Rows = now[at].iter().filter(|row| !known[at].contains(row)).cloned().collect();
            made.insert(OF_ENTRY.len() + at, (insert(table, changed.first(), over), changed));
        }
        // An index without text cannot be read back: what goes into it follows from the words beside it.
        let words = rows(&look, "SELECT seq, text FROM said WHERE seq = ?1", Some(seq));
        let keys: Rows = words.into_iter().map(keyed).collect();
        let indexed = "INSERT INTO said_words (rowid, keys) VALUES (?1, ?2)".to_owned();
        made.insert(OF_ENTRY.len() + TALLIES.len(), (indexed, keys));
        known = now;
        let begun = Instant::now();
        let transaction = bare.transaction_with_behavior(TransactionBehavior::Immediate).unwrap();
        for (sql, rows) in made.values() {
            for row in rows {
                transaction.prepare_cached(sql).unwrap().execute(params_from_iter(row)).unwrap();
            }
        }
        transaction.commit().unwrap();
        took_bare.push(begun.elapsed());
    }
    (super::median(took), super::median(took_bare))
}

/// A row of words as the index over them takes it.
fn keyed(row: Vec<Value>) -> Vec<Value> {
    let key = |value| match value {
        Value::Text(text) => Value::Text(text_keys(&text).into_iter().collect::<Vec<_>>().join(" ")),
        other => other,
    };
    row.into_iter().map(key).collect()
}

/// The statement that writes such a row of a table; `over` what becomes of the one that is there.
fn insert(table: &str, row: Option<&Vec<Value>>, over: &str) -> String {
    let marks: Vec<String> = (1..=row.map_or(0, Vec::len)).map(|at| format!("?{at}")).collect();
    format!("INSERT INTO {table} VALUES ({}){over}", marks.join(", "))
}

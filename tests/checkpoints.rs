//! Checkpoints from the command line, and a verifier in plain Python, written from the documentation alone, that comes to
//! the same: on vectors, on an office, and on what was changed in a copy of one.
#![expect(clippy::unwrap_used, reason = "a helper of a test that cannot go on stops the test")]

mod support;

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Output;

use rusqlite::Connection;
use rusqlite::config::DbConfig;
use support::{bare, program, skipped};

const PYTHON: &str = "python3";

struct Office {
    home: tempfile::TempDir,
    path: PathBuf,
}

impl Office {
    fn example() -> Self {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("office");
        let made =
            bare(&["example", path.to_str().unwrap(), "--cases", "4", "--now", "2026-11-21T21:04:00Z"], "");
        assert!(made.status.success(), "{}", said(&made));
        Self { home, path }
    }

    fn run(&self, arguments: &[&str]) -> Output {
        bare(&[&["--office", self.path.to_str().unwrap()], arguments].concat(), "")
    }

    fn done(&self, arguments: &[&str]) -> String {
        let out = self.run(arguments);
        assert_eq!(out.status.code(), Some(0), "{arguments:?}: {}", said(&out));
        String::from_utf8(out.stdout).unwrap()
    }

    fn beside(&self, name: &str) -> String {
        self.home.path().join(name).to_str().unwrap().to_owned()
    }

    /// Something is recorded.
    fn goes_on(&self) {
        let answers = serde_json::json!({
            "call_back": "07700 900 118", "caller": "WQ, carer", "about": "Brian Oakes", "awake": "yes",
            "emergency": "not_needed", "changed": "Dressing wet through", "risk": "amber",
            "advice_sought": "who comes today?",
        });
        let office = ["--office", self.path.to_str().unwrap()];
        let asked = ["record", "urgent.call", "--json", "-", "--typed-by", "Priya Shah"];
        let out = bare(&[&office, asked.as_slice()].concat(), &answers.to_string());
        assert!(out.status.success(), "{}", said(&out));
    }

    /// What lies in it now, elsewhere, all of it in the file itself.
    fn copied(&self, name: &str) -> PathBuf {
        let to = self.home.path().join(name);
        fs::create_dir_all(to.join("checkpoints")).unwrap();
        let from = Connection::open(self.path.join("ledger.db")).unwrap();
        from.execute("VACUUM INTO ?1", [to.join("ledger.db").to_str().unwrap()]).unwrap();
        for file in fs::read_dir(self.path.join("checkpoints")).unwrap() {
            let file = file.unwrap();
            fs::copy(file.path(), to.join("checkpoints").join(file.file_name())).unwrap();
        }
        to
    }
}

fn said(out: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&out.stdout), String::from_utf8_lossy(&out.stderr))
}

/// What the verifier in Python says, and whether all holds.
fn python(arguments: &[&str], input: &str) -> (bool, String) {
    use std::io::Write;
    let verifier = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/verifier/checkpoint.py");
    let mut command = program(PYTHON);
    command.arg("-B").arg(verifier).args(arguments).stdin(std::process::Stdio::piped());
    let mut child = command.stdout(std::process::Stdio::piped()).spawn().expect("python starts");
    child.stdin.take().expect("it was piped").write_all(input.as_bytes()).expect("it reads");
    let out = child.wait_with_output().expect("it ends");
    (out.status.success(), said(&out))
}

#[test]
fn the_vectors_are_what_both_say() {
    let test = "the_vectors_are_what_both_say";
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/verifier/vectors.json");
    assert_eq!(
        fs::read_to_string(path).unwrap(),
        vectors::made(),
        "the vectors that are published are those of the program"
    );
    if !skipped(test, PYTHON) {
        assert_eq!(
            python(&["vectors", path], ""),
            (true, "9 trees, 36 entries, 45 beginnings, 1 note\n".to_owned())
        );
    }
}

#[test]
fn a_handover_signs_the_record_and_a_witness_takes_only_what_has_grown() {
    let office = Office::example();
    let kept = office.beside("stick");
    // A shift that is handed over is signed.
    assert!(!office.path.join("checkpoints").exists());
    office.done(&["handover", "give", "--as", "Priya Shah"]);
    assert_eq!(fs::read_dir(office.path.join("checkpoints")).unwrap().count(), 2, "a note, and the keys");
    assert!(office.done(&["verify"]).contains("Held against the one checkpoint that was signed of it"));
    assert!(office.done(&["doctor"]).contains("the key that signs lies in the office itself"));

    let first = office.done(&["witness", &kept]);
    assert!(first.contains("the first seen"), "{first}");
    let before = office.copied("before");
    office.goes_on();
    let key = office.done(&["checkpoint", "--public-key"]);
    let grown = office.done(&["witness", &kept]);
    assert!(grown.contains("seen before are its beginning"), "{grown}");

    // From another machine: what it has seen, what it asks for, and what it takes.
    let (elsewhere, carried) = (office.beside("elsewhere"), office.beside("carried"));
    fs::write(&carried, office.done(&["checkpoint", "--since", "0"])).unwrap();
    let nobodys = bare(&["witness", &elsewhere, "--from", &carried], "");
    assert!(nobodys.status.code() == Some(2) && said(&nobodys).contains("--key"), "{}", said(&nobodys));
    let taken = bare(&["witness", &elsewhere, "--from", &carried, "--key", key.trim()], "");
    assert!(taken.status.success(), "{}", said(&taken));
    // The first that is seen needs no proof: a checkpoint as it is printed by itself will do.
    let (plain, alone) = (office.beside("plain"), office.beside("alone"));
    fs::write(&plain, office.done(&["checkpoint"])).unwrap();
    let taken = bare(&["witness", &alone, "--from", &plain, "--key", key.trim()], "");
    assert!(taken.status.success() && said(&taken).contains("the first seen"), "{}", said(&taken));
    fs::write(&plain, "nothing of the kind\n").unwrap();
    let refused = bare(&["witness", &alone, "--from", &plain], "");
    assert!(
        refused.status.code() == Some(2) && said(&refused).contains("not a checkpoint"),
        "{}",
        said(&refused)
    );
    let size: u64 = fs::read_to_string(&carried).unwrap().lines().nth(3).unwrap().parse().unwrap();
    office.goes_on();
    let since = office.done(&["checkpoint", "--since", &size.to_string()]);
    if !skipped("a_witness_in_python", PYTHON) {
        let seen = office.beside("seen");
        let note = fs::read_to_string(&elsewhere).unwrap().split_once("\n\n").unwrap().1.to_owned();
        fs::write(&seen, note).unwrap();
        let (holds, says) = python(&["witness", key.trim(), &seen], &since);
        assert!(holds && says.starts_with(&format!("{size} entries are the beginning")), "{says}");
        let lines: Vec<&str> = since.lines().collect();
        let shorter = [&lines[..1], &lines[2..]].concat().join("\n") + "\n";
        assert!(!python(&["witness", key.trim(), &seen], &shorter).0, "a proof without its first step");
    }
    let gap = office.done(&["checkpoint", "--since", &(size + 1).to_string()]);
    fs::write(&carried, gap).unwrap();
    let refused = bare(&["witness", &elsewhere, "--from", &carried], "");
    assert!(refused.status.code() == Some(2) && said(&refused).contains(&format!("--since {size}")));

    // The file as it was before is put back, and the notes with it: only who keeps them elsewhere sees it.
    for end in ["", "-wal", "-shm"] {
        let _ = fs::remove_file(office.path.join(format!("ledger.db{end}")));
    }
    let put_back = office.path.join("ledger.db");
    fs::copy(before.join("ledger.db"), &put_back).unwrap();
    Connection::open(&put_back).unwrap().pragma_update(None, "journal_mode", "WAL").unwrap();
    fs::set_permissions(&put_back, fs::Permissions::from_mode(0o600)).unwrap();
    let says = office.run(&["verify"]);
    assert!(said(&says).contains("an older copy was put back"), "{}", said(&says));
    fs::remove_dir_all(office.path.join("checkpoints")).unwrap();
    assert!(office.run(&["verify"]).status.success(), "it holds to itself");
    let refused = office.run(&["witness", &kept]);
    assert_eq!(refused.status.code(), Some(1), "{}", said(&refused));
    assert!(said(&refused).contains("REFUSED: The record has become smaller"), "{}", said(&refused));
    // And what it saw stays seen.
    assert!(fs::read_to_string(&kept).unwrap().starts_with(key.trim()));
}

#[test]
fn python_finds_what_was_changed_in_an_office() {
    if skipped("python_finds_what_was_changed_in_an_office", PYTHON) {
        return;
    }
    let office = Office::example();
    office.done(&["checkpoint"]);
    office.goes_on();
    office.done(&["checkpoint"]);
    let whole = office.copied("whole");
    let (holds, says) = python(&["office", whole.to_str().unwrap()], "");
    assert!(holds && says.ends_with("2 checkpoints\n"), "{says}");
    for (what, sql, expected) in [
        ("a time", "UPDATE entries SET occurred_at = occurred_at + 1 WHERE seq = 20", "entry 20"),
        (
            "a word",
            "UPDATE bodies SET body = CAST(replace(CAST(body AS TEXT), 'a', 'b') AS BLOB) WHERE seq = 21",
            "entry 21: its body",
        ),
        ("a body", "DELETE FROM bodies WHERE seq = 22", "entry 22: its body is missing"),
        ("an entry", "DELETE FROM entries WHERE seq = 23", "entry 23"),
        ("the end", "DELETE FROM bodies WHERE seq > 30; DELETE FROM entries WHERE seq > 30", "cut off"),
    ] {
        let copy = office.copied(&what.replace(' ', "-"));
        let conn = Connection::open(copy.join("ledger.db")).unwrap();
        conn.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER, false).unwrap();
        conn.pragma_update(None, "foreign_keys", false).unwrap();
        conn.execute_batch(sql).unwrap();
        drop(conn);
        let (holds, says) = python(&["office", copy.to_str().unwrap()], "");
        assert!(!holds && says.contains(expected), "{what}: {says}");
    }
    let note = fs::read_dir(whole.join("checkpoints")).unwrap().map(|file| file.unwrap().path());
    let note = note.filter(|path| path.extension().is_some()).min().unwrap();
    let changed = fs::read_to_string(&note).unwrap().replacen("made 20", "made 19", 1);
    fs::write(&note, changed).unwrap();
    let (holds, says) = python(&["office", whole.to_str().unwrap()], "");
    assert!(!holds && says.contains("the signature is false"), "{says}");
}

/// The vectors as the program makes them.
mod vectors {
    use dutydesk::domain::checkpoint::{Checkpoint, SigningKey, origin};
    use dutydesk::domain::ids::{EntryId, Hash32};
    use dutydesk::domain::merkle::Tree;
    use serde_json::json;

    pub fn made() -> String {
        let entries: Vec<Hash32> = (1..=8u8).map(|number| Hash32([number; 32])).collect();
        let tree = Tree::over(entries.clone());
        let roots = (0..=8).map(|size| json!({ "size": size, "root": tree.root(size) }));
        let pairs = |from: u64| (from..=8).flat_map(move |size| (from..=size).map(move |one| (one, size)));
        let inclusion = pairs(1)
            .map(|(seq, size)| json!({ "seq": seq, "size": size, "proof": tree.inclusion(seq, size) }));
        let consistency = pairs(0)
            .map(|(old, size)| json!({ "old": old, "size": size, "proof": tree.consistency(old, size) }));
        let first = EntryId("00112233-4455-6677-8899-aabbccddeeff".parse().expect("a UUID"));
        let key = SigningKey::of(&origin(first), &[7; 32]);
        let note = key.note(&Checkpoint {
            origin: origin(first),
            size: 8,
            root: tree.root(8).expect("as many"),
            chain: Some(entries[7]),
            looks: Some((17, Hash32([17; 32]))),
            made: chrono::DateTime::from_timestamp_millis(1_792_000_000_000),
        });
        let all = json!({
            "entries": entries,
            "roots": roots.collect::<Vec<_>>(),
            "inclusion": inclusion.collect::<Vec<_>>(),
            "consistency": consistency.collect::<Vec<_>>(),
            "secret": Hash32([7; 32]),
            "key": key.public().to_string(),
            "note": note,
        });
        serde_json::to_string_pretty(&all).expect("it can be written") + "\n"
    }
}

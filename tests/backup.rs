//! A copy of an office: made while others write, whole, and an office of its own; and none where it would not be whole.
#![expect(clippy::unwrap_used, reason = "a helper of a test that cannot go on stops the test")]

mod support;

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Output;

use rusqlite::Connection;
use rusqlite::config::DbConfig;
use support::bare;

struct Office {
    home: tempfile::TempDir,
}

impl Office {
    fn example() -> Self {
        let office = Self { home: tempfile::tempdir().unwrap() };
        let path = office.at("office");
        let made =
            bare(&["example", path.to_str().unwrap(), "--cases", "4", "--now", "2026-11-21T21:04:00Z"], "");
        assert!(made.status.success(), "{}", said(&made));
        office
    }

    fn at(&self, name: &str) -> PathBuf {
        self.home.path().join(name)
    }

    fn backs_up(&self, to: &str) -> Output {
        on(&self.at("office"), &["backup", self.at(to).to_str().unwrap()], "")
    }

    /// What lies beside the office.
    fn beside(&self) -> Vec<String> {
        let listing = fs::read_dir(self.home.path()).unwrap();
        let mut names: Vec<String> =
            listing.map(|item| item.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }
}

fn on(office: &Path, arguments: &[&str], input: &str) -> Output {
    bare(&[&["--office", office.to_str().unwrap()], arguments].concat(), input)
}

fn done(office: &Path, arguments: &[&str]) -> String {
    let out = on(office, arguments, "");
    assert_eq!(out.status.code(), Some(0), "{arguments:?}: {}", said(&out));
    String::from_utf8(out.stdout).unwrap()
}

/// Something is recorded.
fn goes_on(office: &Path) {
    let answers = serde_json::json!({
        "call_back": "07700 900118", "caller": "WQ, carer", "about": "Brian Oakes", "awake": "yes",
        "emergency": "not_needed", "changed": "Dressing wet through", "risk": "amber", "advice_sought": "who comes today?",
    });
    let out = on(
        office,
        &["record", "urgent.call", "--json", "-", "--typed-by", "Priya Shah"],
        &answers.to_string(),
    );
    assert!(out.status.success(), "{}", said(&out));
}

fn said(out: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&out.stdout), String::from_utf8_lossy(&out.stderr))
}

#[test]
fn a_copy_that_is_made_while_others_write_is_an_office_and_goes_on() {
    let office = Office::example();
    let path = office.at("office");
    // A form that is being filled in, and who looked, come along.
    done(&path, &["show", "U-2", "--as", "Priya Shah"]);
    let doctor = |office: &Path| said(&on(office, &["doctor"], ""));
    assert!(doctor(&path).contains("no backup was made yet"), "{}", doctor(&path));
    let writes = std::thread::spawn({
        let path = path.clone();
        move || (0..4).for_each(|_| goes_on(&path))
    });
    let out = office.backs_up("copy");
    assert_eq!(out.status.code(), Some(0), "{}", said(&out));
    writes.join().unwrap();
    let copy = office.at("copy");
    assert!(
        said(&out).contains("Copied and verified") && said(&out).contains("dutydesk --office"),
        "{}",
        said(&out)
    );
    assert!(!copy.join("checkpoint.key").exists(), "what signs stays where it is");
    for file in ["", "ledger.db", "access.db", "checkpoints"] {
        let mode = fs::metadata(copy.join(file)).unwrap().permissions().mode();
        assert_eq!(mode & 0o077, 0, "{file} is for nobody else");
    }
    assert_eq!(office.beside(), ["copy", "copy.checkpoint", "office"], "and nothing half made");

    // The office knows when it was last copied, and how much is in no copy since; a copy has none of its own.
    goes_on(&path);
    let says = doctor(&path);
    let last = says.lines().find(|line| line.starts_with("last backup ")).unwrap_or_else(|| panic!("{says}"));
    assert!(last.ends_with(copy.to_str().unwrap()) && !last.contains(" 0 entries since"), "{last}");
    assert!(doctor(&copy).contains("no backup was made yet"));

    // The record of which it is a copy has grown from it.
    let seen = office.at("copy.checkpoint");
    let grown = done(&path, &["witness", seen.to_str().unwrap()]);
    assert!(grown.contains("seen before are its beginning"), "{grown}");

    // It holds to itself and to its checkpoint; somebody who works in it finds what was there, and goes on.
    let verified = done(&copy, &["verify"]);
    assert!(verified.contains("Held against the one checkpoint"), "{verified}");
    assert!(done(&copy, &["looks", "--as", "Ruth Adeyemi"]).contains("U-2"), "who looked came along");
    goes_on(&copy);
    done(&copy, &["checkpoint"]);
    let verified = done(&copy, &["verify"]);
    assert!(verified.contains("2 checkpoints"), "the earlier key still counts: {verified}");
}

#[test]
fn nothing_is_written_over_and_nothing_half_made_is_left() {
    let office = Office::example();
    fs::create_dir(office.at("full")).unwrap();
    fs::write(office.at("full").join("note"), "mine").unwrap();
    let refused = office.backs_up("full");
    assert_eq!(refused.status.code(), Some(2), "{}", said(&refused));
    assert!(said(&refused).contains("There is something at"), "{}", said(&refused));
    let refused = office.backs_up("office/copy");
    assert!(
        refused.status.code() == Some(2) && said(&refused).contains("inside the office"),
        "{}",
        said(&refused)
    );
    fs::create_dir(office.at("empty")).unwrap();
    assert_eq!(
        office.backs_up("empty").status.code(),
        Some(0),
        "an empty directory is one that is not there yet"
    );
    assert_eq!(fs::read(office.at("full").join("note")).unwrap(), b"mine");

    // What is not whole is copied by nobody under the name of a backup.
    let ledger = Connection::open(office.at("office").join("ledger.db")).unwrap();
    ledger.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER, false).unwrap();
    ledger
        .execute(
            "UPDATE bodies SET body = CAST(replace(CAST(body AS TEXT), 'a', 'b') AS BLOB) WHERE seq = 30",
            [],
        )
        .unwrap();
    drop(ledger);
    let refused = office.backs_up("another");
    assert_eq!(refused.status.code(), Some(1), "{}", said(&refused));
    assert!(
        said(&refused).contains("NO COPY WAS MADE") && said(&refused).contains("entry 30"),
        "{}",
        said(&refused)
    );
    assert_eq!(office.beside(), ["empty", "empty.checkpoint", "full", "office"]);
}

//! The example office has signs, the same ones for a seed, and most of what it does is well: they are few beside its calls.
//!
//! `example.txt` lists them. Its stories change from time to time: `DUTYDESK_GOLDEN=write cargo test --test signs example`
//! writes the list again.

use std::path::Path;
use std::process::Command;

use chrono::{DateTime, Utc};
use dutydesk::domain::chance::Seeded;
use dutydesk::domain::permission::Viewer;
use dutydesk::domain::views::SignFilter;
use dutydesk::store::{OfficeDir, Store};

const NOW: &str = "2026-11-21T21:04:00Z";

/// The signs of an example office as lines: weight, rule, case, since.
#[expect(clippy::disallowed_methods, reason = "the built program makes the example office")]
fn signs_of(seed: &str) -> Vec<String> {
    let home = tempfile::tempdir().expect("a directory");
    let office = home.path().join("office");
    let made = Command::new(env!("CARGO_BIN_EXE_dutydesk"))
        .args(["example", office.to_str().expect("a path"), "--cases", "60", "--seed", seed, "--now", NOW])
        .output()
        .expect("the program");
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    let mut store = Store::open(&OfficeDir::at(office), Box::new(Seeded::new(3))).expect("an office");
    let now: DateTime<Utc> = NOW.parse().expect("a time");
    let noted = store.note_signs(now).expect("noted");
    let signs = store.signs(&Viewer::system(), SignFilter::default(), now, 1000).expect("signs");
    assert_eq!(noted, signs.len() as u64, "all that stand are on record");
    let line = |sign: &dutydesk::domain::views::SignRow| {
        let severity = dutydesk::domain::words::signs::severity(sign.severity);
        format!("{severity}  {}  {}  {}", sign.rule, sign.reference, sign.since.format("%Y-%m-%d %H:%M"))
    };
    signs.iter().map(line).collect()
}

#[test]
fn the_example_offices_signs_are_listed_and_the_same_for_a_seed() {
    let signs = signs_of("1");
    assert!(!signs.is_empty());
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/signs/example.txt");
    let said = signs.join("\n") + "\n";
    if std::env::var_os("DUTYDESK_GOLDEN").is_some() {
        std::fs::write(&file, &said).expect("it can be written");
    }
    let listed = std::fs::read_to_string(&file).unwrap_or_default();
    assert_eq!(said, listed, "write it again where the stories have changed: see the head of this file");
}

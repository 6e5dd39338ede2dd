//! The example office has signs, the same ones for a seed, and most of what it does is well: they are few beside its calls.
//!
//! `example.txt` lists them, one answered and one that rose unanswered among them. Its stories change from time to time: `DUTYDESK_GOLDEN=write cargo test --test signs example`
//! writes the list again.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use chrono::{DateTime, Utc};
use dutydesk::domain::act::Act;
use dutydesk::domain::chance::Seeded;
use dutydesk::domain::entry::{Entry, Said};
use dutydesk::domain::ids::EntryId;
use dutydesk::domain::permission::Viewer;
use dutydesk::domain::views::SignFilter;
use dutydesk::store::{OfficeDir, Store};

const NOW: &str = "2026-11-21T21:04:00Z";

/// An example office.
#[expect(clippy::disallowed_methods, reason = "the built program makes the example office")]
fn example(seed: &str) -> (tempfile::TempDir, Store) {
    let home = tempfile::tempdir().expect("a directory");
    let office = home.path().join("office");
    let made = Command::new(env!("CARGO_BIN_EXE_dutydesk"))
        .args(["example", office.to_str().expect("a path"), "--cases", "60", "--seed", seed, "--now", NOW])
        .output()
        .expect("the program");
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    let store = Store::open(&OfficeDir::at(office), Box::new(Seeded::new(3))).expect("an office");
    (home, store)
}

/// The signs of an example office as lines: weight, rule, case, since.
fn signs_of(seed: &str) -> Vec<String> {
    let (_home, mut store) = example(seed);
    let now: DateTime<Utc> = NOW.parse().expect("a time");
    store.note_signs(now).expect("noted");
    let all = SignFilter { answered: true, ..SignFilter::default() };
    let signs = store.signs(&Viewer::system(), all, now, 1000).expect("signs");
    assert!(signs.iter().all(|sign| sign.raised.is_some()), "all that stand are on record");
    let line = |sign: &dutydesk::domain::views::SignRow| {
        let severity = dutydesk::domain::words::signs::severity(sign.severity);
        let since = sign.since.format("%Y-%m-%d %H:%M");
        let stands = match (&sign.answered, sign.level) {
            (Some(_), _) => "  answered".to_owned(),
            (None, 0) => String::new(),
            (None, level) => format!("  risen {level}"),
        };
        format!("{severity}  {}  {}  {since}{stands}", sign.rule, sign.reference)
    };
    signs.iter().map(line).collect()
}

#[test]
fn the_example_offices_signs_are_listed_and_the_same_for_a_seed() {
    let signs = signs_of("1");
    for stands in ["answered", "risen"] {
        assert!(signs.iter().any(|sign| sign.contains(stands)), "one {stands}: {signs:#?}");
    }
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/signs/example.txt");
    let said = signs.join("\n") + "\n";
    if std::env::var_os("DUTYDESK_GOLDEN").is_some() {
        std::fs::write(&file, &said).expect("it can be written");
    }
    let listed = std::fs::read_to_string(&file).unwrap_or_default();
    assert_eq!(said, listed, "write it again where the stories have changed: see the head of this file");
}

/// The words that may have given an entry its id, by what it says.
fn words_of(entry: &Entry, pathways: &BTreeMap<EntryId, String>) -> Vec<String> {
    let case = entry.case.map(|case| case.to_string()).unwrap_or_default();
    match &entry.said {
        Said::Step(said) => vec![
            format!("then.{}", said.pathway),
            format!("kept.{case}"),
            "put_right".to_owned(),
            "governance".to_owned(),
            "governance.action".to_owned(),
        ],
        Said::Act(Act::Cancel { owed, .. } | Act::PassOn { owed, .. }) => {
            vec![format!("settle.{owed}"), format!("on_record.{owed}")]
        }
        Said::Act(Act::Link { b, .. }) => {
            let opened = pathways.get(&EntryId(b.0)).map(|pathway| format!("then.{pathway}.link"));
            let links = ["governance.link".to_owned(), format!("governance.link.{b}")];
            opened.into_iter().chain(links).collect()
        }
        Said::Act(Act::LeaveTo { duty, .. }) => vec![format!("left.{case}.{duty}")],
        Said::Act(Act::WithdrawOffer { offer, .. }) => vec![format!("left.{case}.{offer}")],
        Said::Act(Act::Reattribute { case, .. }) => vec![format!("along.{case}")],
        Said::Act(Act::Looks { .. }) => vec!["looks".to_owned()],
        _ => Vec::new(),
    }
}

#[test]
fn what_follows_from_an_entry_has_the_id_that_the_page_of_the_format_says() {
    let (_home, store) = example("1");
    let entries = store.entries_after(&Viewer::system(), 0, 1_000_000).expect("entries");
    let mut pathways = BTreeMap::new();
    let mut found: BTreeMap<String, usize> = BTreeMap::new();
    for (at, entry) in entries.iter().enumerate() {
        if let Said::Step(said) = &entry.said {
            pathways.insert(entry.id, said.pathway.clone());
        }
        let before = &entries[at.saturating_sub(40)..at];
        for word in words_of(entry, &pathways) {
            if before.iter().any(|first| first.id.derived(&word) == entry.id) {
                let kind = word.split('.').next().unwrap_or_default();
                let is_link = if word.ends_with(".link") { ".link" } else { "" };
                *found.entry(format!("{kind}{is_link}")).or_default() += 1;
            }
        }
    }
    for kind in ["put_right", "settle", "then", "then.link"] {
        assert!(found.contains_key(kind), "{kind} is nowhere: {found:?}");
    }
}

//! Warning signs: for each rule a story in which its sign must appear, and one so near that it must not; each is brought up to
//! date by every entry as it would be worked out anew, and put on record once whoever notices.
//!
//! The stories stand in `stories/`, a file or more for each rule (`RULE.toml`, `RULE.WHAT.toml`): which steps, how many minutes
//! after the first, with what said. What a form asks beside is filled in with the least that it takes.
#![expect(clippy::panic, reason = "a test fails by panicking, its helpers too")]

mod answered;
mod asked;
mod definitions;
mod example;
mod office;
mod on_record;
mod organisations;
mod properties;

use std::collections::BTreeSet;
use std::path::Path;

use chrono::{DateTime, Utc};
use dutydesk::domain::pack::{About, PackAsked};
use dutydesk::domain::permission::Viewer;
use dutydesk::domain::views::SignRow;
use dutydesk::pathway::edition::Edition;
use dutydesk::report::pack::gather;
use dutydesk::store::Store;

use office::{Office, Story};

/// Rules whose signs no step alone can show; where they are shown instead.
const ELSEWHERE: [(&str, &str); 1] = [("done_alone", "answered.rs")];

/// The stories by the names of their files.
fn stories() -> Vec<(String, Story)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/signs/stories");
    let files = std::fs::read_dir(folder).expect("the stories are there");
    let mut stories: Vec<(String, Story)> = files
        .map(|file| {
            let path = file.expect("a file").path();
            let text = std::fs::read_to_string(&path).expect("a story that can be read");
            let story: Story =
                toml::from_str(&text).unwrap_or_else(|why| panic!("{}: {why}", path.display()));
            (path.file_stem().and_then(|stem| stem.to_str()).expect("a name").to_owned(), story)
        })
        .collect();
    stories.sort_by(|one, other| one.0.cmp(&other.0));
    stories
}

/// The rule that a story is of.
fn rule_of(story: &str) -> &str {
    story.split('.').next().unwrap_or(story)
}

#[test]
fn every_rule_has_a_story_in_which_its_sign_appears_and_one_in_which_it_does_not() {
    let told: BTreeSet<String> = stories().iter().map(|(name, _)| rule_of(name).to_owned()).collect();
    let elsewhere = ELSEWHERE.iter().map(|(rule, _)| (*rule).to_owned());
    let shown: BTreeSet<String> = told.into_iter().chain(elsewhere).collect();
    let rules: BTreeSet<String> =
        Edition::built_in().signs.rules.iter().map(|rule| rule.id.clone()).collect();
    assert_eq!(shown, rules);
}

/// A sign stands in the evidence pack of the case or record that it is about, with what was answered or that nobody has.
pub fn stands_in_its_pack(office: &Office, sign: &SignRow, now: DateTime<Utc>) {
    let Some(about) = sign.about else { return };
    let asked = PackAsked::whole(About::Case(about));
    let pack = gather(&office.store, &Viewer::system(), &asked, now, &mut |_, _| true);
    let pack = pack.expect("a pack").expect("whole");
    let signs = pack.tables.iter().find(|table| table.words.id == "signs").expect("a table");
    let row = signs.rows.iter().find(|row| row.iter().any(|cell| cell.words == sign.title));
    let row = row.unwrap_or_else(|| panic!("{} is in no pack of its case: {:#?}", sign.rule, signs.rows));
    let answer = row.last().expect("a cell");
    match &sign.answered {
        Some(answered) => assert!(answer.words.contains(&answered.words) && !answer.gap, "{answer:?}"),
        None => assert!(answer.gap, "{answer:?}"),
    }
}

#[test]
fn each_sign_appears_where_it_must_and_not_where_it_is_only_near() {
    let mut wrong = Vec::new();
    for (name, story) in stories() {
        let rule = rule_of(&name);
        for (which, telling, must) in [("shown", &story.shown, true), ("near", &story.near, false)] {
            let mut office = Office::new();
            office.tells(telling);
            let look = office.at(telling.look);
            let signs = office.signs(look);
            let found: Vec<_> = signs.iter().filter(|sign| sign.rule == rule && sign.stands).collect();
            if found.is_empty() == must {
                let all: Vec<&str> = signs.iter().map(|sign| sign.rule.as_str()).collect();
                wrong.push(format!("{name}, {which}: {all:?}"));
            }
            if let (Some(sign), true) = (found.first(), must) {
                // What shows it can be opened.
                let view = office.store.sign(&Viewer::system(), sign.id, look).expect("it is there");
                assert!(!view.entries.is_empty(), "{rule}: nothing shows it");
                assert!(!sign.title.is_empty() && !sign.owner.is_empty(), "{rule}");
                stands_in_its_pack(&office, sign, look);
            }
            office.is_whole();
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn whoever_looks_for_signs_looks_along_an_index() {
    let office = Office::new();
    let plans = office.plans();
    for (sql, plan) in plans {
        assert!(!plan.contains("SCAN s\n") && !plan.contains("SCAN signs"), "{sql}\n{plan}");
    }
}

/// Opens what another process has open.
fn again(office: &Office) -> Store {
    Store::open(office.store.dir(), Box::new(dutydesk::domain::chance::Seeded::new(7))).expect("an office")
}

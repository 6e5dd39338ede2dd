//! The definition files: those that come with the program hold, and one file per mistake says what is wrong.
//!
//! `definitions/valid/` and `definitions/invalid/` each stand in for a pathway of their own (`pathways/test.toml`)
//! beside the files of the program. The comment lines at the head of an invalid file are the faults it must have.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use dutydesk::domain::permission::Grant;
use dutydesk::pathway::definition::{Kind, Means, Owing};
use dutydesk::pathway::due::Rule;
use dutydesk::pathway::edition::Edition;
use proptest::prelude::*;

fn faults(files: BTreeMap<String, String>) -> Vec<String> {
    let faults = Edition::read(files).err().unwrap_or_default();
    faults.iter().map(ToString::to_string).collect()
}

fn with(name: &str, text: &str) -> BTreeMap<String, String> {
    let mut files = Edition::built_in_files();
    files.insert(name.to_owned(), text.to_owned());
    files
}

fn samples(folder: &str) -> Vec<(PathBuf, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/definitions").join(folder);
    let entries = std::fs::read_dir(&folder).expect("the samples are there");
    let mut files: Vec<_> = entries
        .map(|entry| {
            let path = entry.expect("a folder that can be listed").path();
            let text = std::fs::read_to_string(&path).expect("a sample that can be read");
            (path, text)
        })
        .collect();
    files.sort();
    files
}

#[test]
fn the_definitions_that_come_with_the_program_hold() {
    let faults = faults(Edition::built_in_files());
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert_eq!(Edition::built_in().id, Edition::built_in().id);
}

#[test]
fn what_is_valid_is_read() {
    for (path, text) in samples("valid") {
        let faults = faults(with("pathways/test.toml", &text));
        assert!(faults.is_empty(), "{}:\n{}", path.display(), faults.join("\n"));
    }
}

#[test]
fn each_mistake_is_named_with_its_line_and_its_mend() {
    let mut wrong = Vec::new();
    for (path, text) in samples("invalid") {
        let expected: Vec<&str> = text.lines().map_while(|line| line.strip_prefix("# ")).collect();
        let found = faults(with("pathways/test.toml", &text));
        if found != expected {
            wrong.push(format!("{}:\n{}", path.display(), found.join("\n")));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_file_of_the_set_is_checked() {
    let said = |name: &str, text: &str| faults(with(name, text)).join("\n");
    assert_eq!(
        said("pathway/mine.toml", ""),
        "pathway/mine.toml:1: this file is not part of a set of definitions. The files are pathways/NAME.toml, \
         calendars/NAME.toml, roles.toml, lists.toml, targets.toml, clocks.toml, vague.toml, warning-signs.toml, \
         audit.toml, tags.toml and retention.toml."
    );
    let roles = Edition::built_in_files()["roles.toml"].replace("\"take_draft\"]", "\"take_drafts\"]");
    assert!(said("roles.toml", &roles).contains("cannot be \"take_drafts\". Did you mean \"take_draft\"?"));
    let ours = Edition::built_in_files();
    let chained = |from: &str, to: &str| said("roles.toml", &ours["roles.toml"].replace(from, to));
    assert!(
        chained("\"on_call\", \"second_on_call\", \"reg", "\"on_cal\", \"reg")
            .contains("Did you mean \"on_call\"?")
    );
    assert!(
        chained("wait = \"10 min\"", "wait = \"soon\"").contains("is not a length of time, as in \"10 min\"")
    );
    assert!(chained("Mon-Fri 08:30", "Mo 8.30").contains("does not read as opening hours"));
    assert!(chained("needed = \"out_of_hours\"", "needed = \"nights\"").contains("is not \"out_of_hours\""));
    assert!(chained("warn_of_gaps_hours = 24", "warn_of_gaps_hours = 0").contains("warn_of_gaps_hours"));
    let targets = "[decision]\ntitle = \"Decide\"\nwithin = \"soon\"\nsource = \"Ours\"\n";
    assert!(said("targets.toml", targets).starts_with("pathways/"), "{}", said("targets.toml", targets));
    assert!(said("targets.toml", targets).contains("targets.toml:3:"));
    assert!(said("calendars/england.toml", "id = 1").contains("calendars/england.toml:1:"));
    assert!(said("vague.toml", "own = 1").contains("vague.toml:1:"));
    let mut files = Edition::built_in_files();
    files.remove("roles.toml");
    assert!(faults(files).contains(
        &"roles.toml:1: the set has no such file. Put roles.toml back; the program's own copy is a good start."
            .to_owned()
    ));
}

#[test]
fn thresholds_are_checked_with_their_line_and_a_set_without_them_goes_by_the_programs() {
    let shipped = Edition::built_in_files()["clocks.toml"].clone();
    // What is written in place of what, at which words of the file the fault is found, and what is said of it.
    for (from, to, at, says) in [
        (
            "\"5 min\"",
            "\"soon\"",
            "due_soon = \"soon\"",
            "\"due_soon\" of kind \"decision\" is not a length such as \"15 min\", \"2 h\" or \"5 days\". ",
        ),
        (
            "\"15 min\"\nrings",
            "\"1 month\"\nrings",
            "long_late",
            "\"long_late\" of kind \"decision\" is not a length",
        ),
        ("[\"decision\"]", "[\"decisoin\"]", "step = [", "which no pathway has. Did you mean \"decision\"?"),
        (
            "\"act.actions\"",
            "\"act.action\"",
            "rows = [",
            "which no pathway has. Did you mean \"act.actions\"?",
        ),
        (
            "\"arrives\", \"late\"",
            "\"arrives\", \"lat\"",
            "rings = [",
            "cannot be \"lat\". Did you mean \"late\"?",
        ),
        (
            "incomplete = true\n",
            "",
            "id = \"control\"",
            "stands after \"complete_call\", which fits everything",
        ),
        (
            "id = \"promise\"",
            "id = \"review\"",
            "id = \"review\"\ntitle = \"Pro",
            "more than one kind with the id \"review\"",
        ),
        ("comes_back = \"15 min\"", "", "[bell]", "bell has no \"comes_back\". Add comes_back"),
        ("\"15:30\"", "\"half three\"", "weekday = ", "\"weekday\" of ring_before is not a time of day"),
        ("grace = \"15 min\"", "grace = \"soon\"", "grace", "\"grace\" of eyes_on is not a length"),
        (
            "nobody_next = { red = \"10 min\", ",
            "nobody_next = { ",
            "nobody_next",
            "nobody_next of eyes_on has no \"red\"",
        ),
        ("unanswered = \"30 min\"", "", "[offers]", "offers has no \"unanswered\""),
        ("[calendar]\nwarn = \"180 days\"", "", "# How", "clocks.toml has no \"calendar\""),
        (
            "warn = \"180 days\"",
            "warm = \"180 days\"",
            "warm",
            "calendar has \"warm\", which means nothing here",
        ),
    ] {
        assert!(shipped.contains(from), "{from}");
        let text = shipped.replacen(from, to, 1);
        let found = faults(with("clocks.toml", &text));
        let begins = text.find(&format!("\n{at}")).map_or(0, |found| found + 1);
        let line = format!("clocks.toml:{}:", 1 + text[..begins].matches('\n').count());
        let is_said = |fault: &String| fault.starts_with(&line) && fault.contains(says);
        assert!(found.iter().any(is_said), "{line} {says}: {found:#?}");
    }
    let mut files = Edition::built_in_files();
    files.remove("clocks.toml");
    let before = Edition::read(files).expect("older editions have no such file");
    assert_eq!(before.clocks, Edition::built_in().clocks);
}

/// What the levels of risk of a call weigh, worst first, with this list of them.
fn weights(levels: &str) -> Vec<(String, u8)> {
    let mut files = Edition::built_in_files();
    let lists = &files["lists.toml"];
    let from = lists.find("risks = [").expect("the shipped levels");
    let to = from + lists[from..].find("\n]").expect("the end of the list") + 2;
    let ours = format!("{}risks = [{levels}]{}", &lists[..from], &lists[to..]);
    files.insert("lists.toml".to_owned(), ours);
    // What goes by risk has a time for every level there may be.
    let targets = files["targets.toml"].replace(" green = ", " otherwise = ");
    files.insert("targets.toml".to_owned(), targets);
    let edition = Edition::read(files).expect("an office may have levels of its own");
    let call = edition.pathways["urgent"].opening().expect("a call opens it");
    let risk = call.meaning(Means::Risk).expect("a call has a risk");
    let levels = if let Kind::Choice(levels) = &risk.kind { levels.as_slice() } else { &[] };
    levels.iter().map(|level| (level.id.clone(), level.weight.expect("a weight"))).collect()
}

#[test]
fn an_office_may_add_a_level_of_risk_and_without_weights_the_first_is_the_worst() {
    let said = weights(
        r#"{ id = "purple", label = "PURPLE", weight = 9 }, { id = "red", label = "URGENT", weight = 7 },
           { id = "amber", label = "AMBER", weight = 5 }"#,
    );
    assert_eq!(said, [("purple".to_owned(), 9), ("red".to_owned(), 7), ("amber".to_owned(), 5)]);
    let in_order = |ids: &[&str]| {
        let lines: Vec<String> =
            ids.iter().map(|id| format!(r#"{{ id = "{id}", label = "{id}" }}"#)).collect();
        weights(&lines.join(", ")).into_iter().map(|(_, weight)| weight).collect::<Vec<_>>()
    };
    assert_eq!(in_order(&["red", "amber", "green"]), [8, 5, 2]);
    assert_eq!(in_order(&["purple", "red", "amber", "green"]), [8, 6, 4, 2]);
}

#[test]
fn an_edition_is_named_by_its_files_and_says_which_differ() {
    let ours = Edition::built_in();
    let changed = format!("{}\n# ours\n", ours.files["targets.toml"]);
    let theirs = Edition::read(with("targets.toml", &changed)).expect("a comment changes no meaning");
    assert_ne!(ours.id, theirs.id);
    assert_eq!(ours.diff(&theirs), ["targets.toml"]);
    assert!(ours.diff(&ours).is_empty());
    assert_eq!(ours.pathways, theirs.pathways);
}

#[test]
fn the_urgent_call_asks_in_the_order_of_a_telephone() {
    let edition = Edition::built_in();
    let urgent = edition.pathway("urgent").expect("it comes with the program");
    let call = urgent.opening().expect("a call opens it");
    let first: Vec<&str> =
        call.fields.iter().filter(|field| !field.later).map(|field| field.id.as_str()).collect();
    assert_eq!(
        first,
        [
            "call_back",
            "caller",
            "about",
            "awake",
            "emergency",
            "why_not_999",
            "emergency_by",
            "emergency_at",
            "changed",
            "risk",
            "advice_sought",
        ]
    );
    assert!(call.roles == ["anyone"] && call.incomplete.is_some());
    assert_eq!(call.then[0].within, Owing::Within(Rule::Target { name: "decision".to_owned() }));
    let Some(Kind::Choice(risks)) = call.meaning(Means::Risk).map(|field| &field.kind) else {
        panic!("risk is a choice")
    };
    assert_eq!(risks.iter().map(|risk| risk.key).collect::<String>(), "rag");
    let emergency = urgent.step("emergency").expect("999 can be recorded");
    assert!(emergency.safety && emergency.needs.is_empty() && emergency.roles == ["anyone"]);
}

#[test]
fn roles_are_granted_what_the_file_says_and_staff_can_have_each_of_them() {
    let edition = Edition::built_in();
    assert!(edition.roles.roles["auditor"].may.contains(&Grant::Read));
    assert!(!edition.roles.roles["administrator"].may.contains(&Grant::Read));
    let staff = edition.pathway("staff").and_then(|staff| staff.opening()).expect("a register of staff");
    let Some(Kind::Choices(choices)) = staff.meaning(Means::Roles).map(|field| &field.kind) else {
        panic!("roles are choices")
    };
    let offered: Vec<&String> = choices.iter().map(|choice| &choice.id).collect();
    let mut defined: Vec<&String> = edition.roles.roles.keys().collect();
    let mut sorted = offered.clone();
    sorted.sort();
    defined.sort();
    assert_eq!(sorted, defined);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_mutilated_file_is_refused_or_read_and_never_a_panic(
        which in 0usize..11, from in 0usize..30_000, length in 0usize..400, put in "[\\[\\]{}\"=\n a-z0-9.,#]{0,12}",
    ) {
        let files = Edition::built_in_files();
        let (name, text) = files.iter().nth(which % files.len()).expect("a file of the set");
        let letters: Vec<char> = text.chars().collect();
        let from = from % (letters.len() + 1);
        let to = (from + length).min(letters.len());
        let mutilated: String =
            letters[..from].iter().copied().chain(put.chars()).chain(letters[to..].iter().copied()).collect();
        for fault in Edition::read(with(name, &mutilated)).err().unwrap_or_default() {
            prop_assert!(fault.line >= 1 && fault.column >= 1 && !fault.says.is_empty() && !fault.mend.is_empty());
        }
    }
}

#[test]
fn an_older_file_of_the_office_takes_the_actions_of_the_one_that_ships() {
    let mut files = Edition::built_in_files();
    let shipped =
        Edition::built_in().takes_actions().map(|pathway| pathway.id.clone()).expect("one takes them");
    let file = files.get_mut(&format!("pathways/{shipped}.toml")).expect("its file");
    assert!(file.contains("takes_actions = true\n"));
    *file = file.replace("takes_actions = true\n", "");
    let older = Edition::read(files).expect("it holds together");
    assert!(older.pathways.values().all(|pathway| !pathway.takes_actions));
    assert_eq!(older.takes_actions().map(|pathway| &pathway.id), Some(&shipped));
}

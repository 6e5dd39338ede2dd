//! The file of warning signs: one mistake each, found at its line with what to do about it.

use dutydesk::pathway::edition::Edition;

const FILE: &str = "warning-signs.toml";

#[test]
fn each_mistake_in_the_rules_is_named_with_its_line_and_its_mend() {
    let shipped = Edition::built_in_files()[FILE].clone();
    // What is written in place of what, the beginning of the line on which the fault is found, and what is said of it.
    for (from, to, at, says) in [
        (
            "severity = \"urgent\"",
            "severity = \"grave\"",
            "severity = \"grave\"",
            "\"severity\" of sign \"told_nothing_next\" cannot be \"grave\". ",
        ),
        (
            "title = \"Deadline passed, not chased\"\n",
            "",
            "[[sign]]\nid = \"late_not_chased\"",
            "sign \"late_not_chased\" has no \"title\". Add title = ... to it.",
        ),
        (
            "do = \"Chase it now",
            "todo = \"Chase it now",
            "todo = ",
            "sign \"late_not_chased\" has \"todo\", which means nothing here",
        ),
        (
            "grace = \"2 h\"",
            "grace = \"soon\"",
            "late = ",
            "\"grace\" of late of sign \"late_not_chased\" is not a length",
        ),
        (
            "unless = [\"chased\"]",
            "unless = [\"chase\"]",
            "late = ",
            "cannot be \"chase\". Did you mean \"chased\"?",
        ),
        (
            "chased = { outside = true, at_least = 3 }",
            "chased = { outside = true, at_least = 0 }",
            "chased = ",
            "is not a whole number from 1",
        ),
        (
            "alone = true",
            "",
            "[[sign]]\nid = \"done_alone\"",
            "sign \"done_alone\" does not say what it looks for. Give it one of these: nothing_after, late",
        ),
        (
            "alone = true",
            "alone = true\nchased = { outside = true, at_least = 3 }",
            "[[sign]]\nid = \"done_alone\"",
            "looks for more than one thing: chased, alone",
        ),
        (
            "id = \"still_waiting\"",
            "id = \"late_not_chased\" # again",
            "id = ",
            "more than one sign with the id \"late_not_chased\"",
        ),
        (
            "after = \"called\"",
            "after = \"caled\"",
            "nothing_after",
            "cannot be \"caled\". Did you mean \"called\"?",
        ),
        (
            "by = [\"place\", \"shift\"]",
            "by = [\"place\", \"shifts\"]",
            "repeated",
            "cannot be \"shifts\". Did you mean \"shift\"?",
        ),
        ("at_least = 6, ", "", "repeated", "repeated of sign \"shift_fails\" has no \"at_least\"."),
        (
            "to = \"registered_manager\"",
            "to = \"registered_manger\"",
            "to = \"registered_manger\"",
            "which roles.toml does not have. Did you mean \"registered_manager\"?",
        ),
        (
            "urgent = \"4 h\", serious = \"1 day\", ",
            "urgent = \"4 h\", ",
            "after = ",
            "after of level has no \"serious\"",
        ),
        (
            "pathways = [\"cover\"]",
            "pathways = [\"covers\"]",
            "[[sign]]\nid = \"staffing_drifts\"",
            "names the pathway \"covers\", which no pathway has. Did you mean \"cover\"?",
        ),
        (
            "late = { step = [\"review\"]",
            "late = { step = [\"reviews\"]",
            "[[sign]]\nid = \"review_late\"",
            "names the step \"reviews\", which no pathway has",
        ),
        (
            "\"raise.mitigation\"",
            "\"raise.mitigations\"",
            "[[sign]]\nid = \"escalated_without_mitigation\"",
            "names the field \"raise.mitigations\", which no pathway has. Did you mean \"raise.mitigation\"?",
        ),
        (
            "to = [\"governance\", ",
            "to = [\"governence\", ",
            "[[sign]]\nid = \"apart_from_governance\"",
            "names the pathway \"governence\"",
        ),
    ] {
        assert!(shipped.contains(from), "{from}");
        let text = shipped.replacen(from, to, 1);
        let mut files = Edition::built_in_files();
        files.insert(FILE.to_owned(), text.clone());
        let found: Vec<String> =
            Edition::read(files).err().unwrap_or_default().iter().map(ToString::to_string).collect();
        let first = if to.is_empty() { shipped.find(from) } else { text.find(to) }.unwrap_or(0);
        let begins = text.find(at).filter(|_| at.starts_with('[')).unwrap_or(first);
        let line = format!("{FILE}:{}:", 1 + text[..begins].matches('\n').count());
        assert!(found.iter().any(|fault| fault.contains(says)), "{says}: {found:#?}");
        assert!(found.iter().any(|fault| fault.starts_with(&line)), "{line} {says}: {found:#?}");
    }
}

#[test]
fn a_set_without_the_file_goes_by_the_programs_own_rules() {
    let mut files = Edition::built_in_files();
    files.remove(FILE);
    let before = Edition::read(files).expect("older editions have no such file");
    assert_eq!(before.signs, Edition::built_in().signs);
    assert!(!before.signs.levels.is_empty());
    // What the program's own file names is there in the program's own pathways: as an office's file it is asked.
    let mut files = Edition::built_in_files();
    files.entry(FILE.to_owned()).and_modify(|text| text.push_str("\n# ours\n"));
    assert_eq!(Edition::read(files).err(), None);
}

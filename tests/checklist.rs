//! Holds `tests/checklist.toml` to its form: every row there once, and every test it names there to be run.
//!
//! Whether a named test truly shows its row, or the part it is named for, is for a reader to judge; this only keeps
//! the list honest about what exists. `cargo test --test checklist -- --nocapture` prints the count.

use std::{collections::BTreeMap, fs, path::Path};

use serde::Deserialize;

/// The parts of the list, how a row of each is named, and the rows asked for: first and last number.
const PARTS: [(&str, &str, u32, u32); 6] = [
    ("partnership", "0-", 1, 40),
    ("coordination", "1-", 1, 10),
    ("external-providers", "2-", 1, 34),
    ("commissioners", "3-", 1, 26),
    ("regulator", "4-", 1, 7),
    ("beyond", "point-", 1, 12),
];

const NOT_YET: &str = "not yet";

/// One thing the program is asked to be able to do.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    title: String,
    /// `path/of/source.rs::name_of_test`, or [`NOT_YET`].
    test: String,
    /// Further tests of a row that is shown whole.
    #[serde(default)]
    also: Vec<String>,
    /// Tests that show parts of a row that is not yet shown whole.
    #[serde(default)]
    so_far: Vec<String>,
    /// What those tests do not show.
    lacks: Option<String>,
}

/// How far a row has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Standing {
    Shown,
    Partly,
    NotYet,
}

impl Row {
    fn standing(&self) -> Standing {
        match (self.so_far.is_empty(), self.test == NOT_YET) {
            (_, false) => Standing::Shown,
            (false, true) => Standing::Partly,
            (true, true) => Standing::NotYet,
        }
    }
}

type Checklist = BTreeMap<String, BTreeMap<String, Row>>;

#[test]
fn every_row_is_there_once_and_every_named_test_exists() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let text =
        fs::read_to_string(root.join("tests/checklist.toml")).expect("the checklist is beside this test");
    // A doubled row is a doubled key, which TOML refuses.
    let checklist: Checklist =
        toml::from_str(&text).unwrap_or_else(|error| panic!("tests/checklist.toml: {error}"));

    let problems = problems(&checklist, |file| fs::read_to_string(root.join(file)).ok());
    for line in count(&checklist) {
        println!("{line}");
    }
    assert!(problems.is_empty(), "tests/checklist.toml:\n  {}", problems.join("\n  "));
}

#[test]
fn mistakes_in_the_list_are_found() {
    let source = |file: &str| {
        (file == "tests/journeys.rs").then(|| {
            "#[test]\n// why\nfn shown() {}\n\nfn helper() {}\n\n#[test]\n#[ignore]\nfn asleep() {}\n"
                .to_owned()
        })
    };
    let found_for = |test: &str| {
        let mut checklist = empty_checklist();
        checklist.get_mut("regulator").expect("a part").get_mut("4-01").expect("a row").test = test.into();
        problems(&checklist, source).join("\n")
    };
    assert_eq!(found_for(NOT_YET), "");
    assert_eq!(found_for("tests/journeys.rs::shown"), "");
    assert!(found_for("tests/journeys.rs::show").contains("no such test"));
    assert!(found_for("tests/journeys.rs::helper").contains("no such test"));
    assert!(found_for("tests/journeys.rs::asleep").contains("ignored"));
    assert!(found_for("tests/other.rs::shown").contains("no such file"));
    assert!(found_for("config/other.rs::shown").contains("neither in tests/ nor in src/"));
    assert!(found_for("some day").contains("path.rs::name"));

    let partly = |test: &str, so_far: Option<&str>, lacks: Option<&str>| {
        let mut checklist = empty_checklist();
        let row = Row {
            title: "something".into(),
            test: test.into(),
            also: Vec::new(),
            so_far: so_far.map(str::to_owned).into_iter().collect(),
            lacks: lacks.map(str::to_owned),
        };
        checklist.get_mut("regulator").expect("a part").insert("4-01".into(), row);
        (problems(&checklist, source).join("\n"), count(&checklist).pop().expect("a line for all"))
    };
    let (found, counted) = partly(NOT_YET, Some("tests/journeys.rs::shown"), Some("the evidence pack"));
    assert_eq!(
        (found.as_str(), counted.contains("0 shown,   1 partly, 128 not yet")),
        ("", true),
        "{counted}"
    );
    assert!(partly(NOT_YET, Some("tests/journeys.rs::show"), Some("much")).0.contains("no such test"));
    assert!(
        partly(NOT_YET, Some("tests/journeys.rs::shown"), None).0.contains("does not say what is missing")
    );
    let mut also = empty_checklist();
    let row = also.get_mut("regulator").expect("a part").get_mut("4-01").expect("a row");
    row.also = vec!["tests/journeys.rs::show".to_owned()];
    let found = problems(&also, source).join("\n");
    assert!(found.contains("no such test") && found.contains("shown whole"), "{found}");
    assert!(partly(NOT_YET, None, Some("much")).0.contains("nothing is shown so far"));
    assert!(partly("tests/journeys.rs::shown", None, Some("much")).0.contains("is shown whole"));

    let mut checklist = empty_checklist();
    let regulator = checklist.get_mut("regulator").expect("a part");
    let row = regulator.remove("4-07").expect("a row");
    regulator.insert("4-08".into(), row);
    checklist.insert("weather".into(), BTreeMap::new());
    let found = problems(&checklist, source).join("\n");
    assert!(found.contains("regulator 4-07 is missing"), "{found}");
    assert!(found.contains("regulator 4-08 is not a row"), "{found}");
    assert!(found.contains("weather is not a part"), "{found}");
}

/// All rows, none shown yet.
fn empty_checklist() -> Checklist {
    let row = || Row {
        title: "something".into(),
        test: NOT_YET.into(),
        also: Vec::new(),
        so_far: Vec::new(),
        lacks: None,
    };
    PARTS.iter().map(|part| (part.0.into(), rows_of(part).map(|id| (id, row())).collect())).collect()
}

/// The names of the rows asked for in a part.
fn rows_of(&(_, prefix, first, last): &(&str, &'static str, u32, u32)) -> impl Iterator<Item = String> {
    (first..=last).map(move |number| format!("{prefix}{number:02}"))
}

/// What is wrong with the list; `source` gives the text of a file by its path from the root.
fn problems(checklist: &Checklist, source: impl Fn(&str) -> Option<String>) -> Vec<String> {
    let mut problems = Vec::new();
    for name in checklist.keys().filter(|name| !PARTS.iter().any(|part| part.0 == name.as_str())) {
        problems.push(format!("{name} is not a part of the list"));
    }
    for part in &PARTS {
        let expected: Vec<String> = rows_of(part).collect();
        let rows = checklist.get(part.0);
        for id in expected.iter().filter(|id| !rows.is_some_and(|rows| rows.contains_key(*id))) {
            problems.push(format!("{} {id} is missing", part.0));
        }
        for (id, row) in rows.into_iter().flatten() {
            if !expected.contains(id) {
                problems.push(format!("{} {id} is not a row of the list", part.0));
            }
            if row.title.trim().is_empty() {
                problems.push(format!("{} {id} has no title", part.0));
            }
            let of_row = problems_of(row, &source);
            problems.extend(of_row.into_iter().map(|problem| format!("{} {id}: {problem}", part.0)));
        }
    }
    problems
}

/// What is wrong with what a row claims.
fn problems_of(row: &Row, source: impl Fn(&str) -> Option<String>) -> Vec<String> {
    let mut problems = Vec::new();
    for named in
        std::iter::once(&row.test).chain(&row.also).chain(&row.so_far).filter(|test| *test != NOT_YET)
    {
        problems.extend(problem_with(named, &source));
    }
    let lacks = row.lacks.as_deref().is_some_and(|lacks| !lacks.trim().is_empty());
    match row.standing() {
        Standing::Shown if !row.so_far.is_empty() || lacks => {
            problems.push("the row is shown whole: `so_far` and `lacks` have no place in it".to_owned());
        }
        Standing::Partly | Standing::NotYet if !row.also.is_empty() => {
            problems.push("`also` is for a row that is shown whole: `so_far`".to_owned());
        }
        Standing::Partly if !lacks => {
            problems.push("`so_far` does not say what is missing: `lacks`".to_owned());
        }
        Standing::NotYet if lacks => {
            problems.push("`lacks` has no `so_far`: nothing is shown so far".to_owned());
        }
        Standing::Shown | Standing::Partly | Standing::NotYet => {}
    }
    problems
}

/// Why a named test does not show anything, if it does not.
fn problem_with(test: &str, source: impl Fn(&str) -> Option<String>) -> Option<String> {
    let Some((file, name)) = test.split_once(".rs::") else {
        return Some(format!("\"{test}\" is neither \"{NOT_YET}\" nor path.rs::name"));
    };
    let file = format!("{file}.rs");
    if !(file.starts_with("tests/") || file.starts_with("src/")) {
        return Some(format!("{file} is neither in tests/ nor in src/"));
    }
    let Some(text) = source(&file) else { return Some(format!("no such file: {file}")) };
    match attributes_of(&text, name) {
        Some(attributes) if attributes.iter().any(|line| line.starts_with("#[ignore")) => {
            Some(format!("{test} is ignored"))
        }
        Some(attributes) if attributes.iter().any(|line| line.starts_with("#[test]")) => None,
        _ => Some(format!("no such test: {test}")),
    }
}

/// The attributes and comments right above a function, or `None` where the file has no such function.
fn attributes_of<'a>(text: &'a str, name: &str) -> Option<Vec<&'a str>> {
    let head = format!("fn {name}(");
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    let at = lines.iter().position(|line| line.starts_with(&head))?;
    Some(
        lines[..at]
            .iter()
            .rev()
            .take_while(|line| line.starts_with('#') || line.starts_with("//"))
            .copied()
            .collect(),
    )
}

/// One line for each part and one for all: rows shown, shown in part, and not yet.
fn count(checklist: &Checklist) -> Vec<String> {
    let line = |name: &str, rows: &[&Row]| {
        let standing = |one: Standing| rows.iter().filter(|row| row.standing() == one).count();
        let [shown, partly, not_yet] = [Standing::Shown, Standing::Partly, Standing::NotYet].map(standing);
        format!("{name:<20} {shown:>3} shown, {partly:>3} partly, {not_yet:>3} not yet")
    };
    let rows = |part: &str| checklist.get(part).into_iter().flat_map(BTreeMap::values).collect::<Vec<_>>();
    let mut lines: Vec<String> = PARTS.iter().map(|(part, ..)| line(part, &rows(part))).collect();
    lines.push(line("all", &PARTS.iter().flat_map(|(part, ..)| rows(part)).collect::<Vec<_>>()));
    lines
}

//! Reads the project's own source and holds it to its layout: which folder imports which, which crate is named
//! where, where time and chance come in, how long a file may be and how it opens.
//!
//! What clippy can see for itself is left to clippy.
#![expect(clippy::panic, reason = "a test fails by panicking, its helpers too")]

mod rules;
mod source;

use std::{
    fs,
    path::{Path, PathBuf},
};

use rules::{FOLDERS, MANY_LINES, Violation, may_stand_at_the_top, opening, violations};
use source::{Source, module_of};

#[test]
fn the_source_keeps_its_layout() {
    let sources: Vec<Source> = rust_files("src").iter().map(|path| read(path)).collect();
    let test_files: Vec<Vec<String>> = sources.iter().flat_map(|source| source.test_files.clone()).collect();
    let is_test = |source: &Source| test_files.iter().any(|test| module_of(&source.path).starts_with(test));

    for source in sources.iter().filter(|source| source.lines_without_tests() > MANY_LINES) {
        println!("{}: {} lines without tests", source.path, source.lines_without_tests());
    }
    let found: Vec<Violation> =
        sources.iter().flat_map(|source| violations(source, is_test(source))).collect();
    assert!(found.is_empty(), "{}", lines(&found));
}

#[test]
fn every_test_file_says_what_it_is_for() {
    let silent: Vec<String> = rust_files("tests")
        .iter()
        .filter_map(|path| opening(&read(path).text).map(|problem| format!("{path}:1: {problem}")))
        .collect();
    assert!(silent.is_empty(), "{}", silent.join("\n"));
}

#[test]
fn the_top_level_holds_only_what_belongs_there() {
    let strange: Vec<String> = fs::read_dir(root())
        .expect("the project's own directory can be read")
        .map(|entry| entry.expect("an entry of it too").file_name().to_string_lossy().into_owned())
        .filter(|name| !may_stand_at_the_top(name))
        .collect();
    assert!(strange.is_empty(), "does not belong at the top level: {}", strange.join(", "));
    assert!(may_stand_at_the_top("LICENSE-MIT") && may_stand_at_the_top(".ci"));
    assert!(!may_stand_at_the_top("docs") && !may_stand_at_the_top("build.rs"));
}

#[test]
fn the_map_in_lib_names_every_folder() {
    let map = read("src/lib.rs").text;
    let unnamed: Vec<&str> = fs::read_dir(root().join("src"))
        .expect("src can be read")
        .filter_map(|entry| entry.expect("an entry of it too").file_name().into_string().ok())
        .filter_map(|name| FOLDERS.iter().map(|(folder, _)| *folder).find(|folder| *folder == name))
        .filter(|folder| !map.contains(&format!("//! | [`{folder}`] |")))
        .collect();
    assert!(unnamed.is_empty(), "the map in src/lib.rs does not name {}", unnamed.join(", "));
}

/// One small file for each way to break a rule: where it stands, what it says, the line and the words of the rule.
const BROKEN: [(&str, &str, usize, &str); 33] = [
    ("src/ui/table.rs", "//! A.\nuse crate::store::Ledger;", 2, "ui/ may not import store"),
    ("src/ui/table.rs", "//! A.\nuse crate::{app::App, store};", 2, "ui/ may not import store"),
    ("src/ui/table.rs", "//! A.\nuse super::super::store::Ledger;", 2, "ui/ may not import store"),
    ("src/ui.rs", "//! A.\nuse super::store::Ledger;", 2, "ui/ may not import store"),
    ("src/ui.rs", "//! A.\nmod inner { use super::super::store::Ledger; }", 2, "ui/ may not import store"),
    ("src/form.rs", "//! A.\nfn f() { let x = [crate::ui::draw()]; }", 2, "form/ may not import ui"),
    ("src/form.rs", "//! A.\nfn f() { format!(\"{}\", crate::ui::draw()); }", 2, "form/ may not import ui"),
    (
        "src/domain.rs",
        "//! A.\n\n#[serde(with = \"x\")]\ntype T = crate::pathway::Step;",
        4,
        "domain/ may not import pathway",
    ),
    ("src/settings.rs", "//! A.\nuse crate::app::App;", 2, "settings/ may not import app::App"),
    ("src/main.rs", "//! A.\nfn main() { dutydesk::store::open() }", 2, "main/ may not import store"),
    ("src/helpers.rs", "//! A.\nuse crate::domain::ids;", 2, "helpers/ is not in the layout"),
    ("src/cli.rs", "//! A.\nuse crate::*;", 2, "imports the whole crate"),
    ("src/app.rs", "//! A.\nuse rusqlite;", 2, "rusqlite may be named only in store/"),
    (
        "src/ui.rs",
        "//! A.\nuse ratatui::crossterm::event::Event;",
        2,
        "crossterm may be named only in runtime/",
    ),
    (
        "src/app.rs",
        "//! A.\nfn f() -> ratatui::style::Color { todo() }",
        2,
        "ratatui may be named only in ui/",
    ),
    ("src/domain/names.rs", "//! A.\nuse chrono_tz::Tz;", 2, "chrono_tz may be named only in domain/time"),
    ("src/domain/timely.rs", "//! A.\nuse chrono_tz::Tz;", 2, "chrono_tz may be named only in domain/time"),
    ("src/store.rs", "//! A.\n#[tokio::main]\nfn f() {}", 2, "tokio may be named only in runtime/"),
    (
        "src/runtime.rs",
        "//! A.\nfn f() { getrandom::fill(&mut [0]); }",
        2,
        "getrandom may be named only in runtime/clock.rs",
    ),
    (
        "src/cli.rs",
        "//! A.\nfn f() { chrono::Utc::now(); }",
        2,
        "Utc::now may be named only in runtime/clock.rs",
    ),
    ("src/cli.rs", "//! A.\nfn f() { SystemTime::now(); }", 2, "SystemTime::now may be named only"),
    (
        "src/store.rs",
        "//! A.\nuse uuid::Uuid;\nfn f() { Uuid::now_v7(); }",
        3,
        "Uuid::now_v7 may be named only",
    ),
    (
        "src/app.rs",
        "//! A.\nuse std::{fs, time::{Duration, Instant}};",
        2,
        "time::Instant may be named only in runtime/ and cli/",
    ),
    (
        "src/runtime.rs",
        "//! A.\nuse std::process::{Command, ExitCode};",
        2,
        "process::Command may be named nowhere",
    ),
    ("src/runtime.rs", "//! A.\nuse std::net::TcpStream;", 2, "std::net may be named nowhere"),
    ("src/app.rs", "// A comment.\nfn f() {}", 1, "does not open with //!"),
    ("src/app/mod.rs", "//! A.\n", 1, "never mod.rs"),
    ("src/app.rs", "//! A.\n#[allow(dead_code)]\nfn f() {}", 2, "#[allow(..)]"),
    ("src/app.rs", "//! A.\n#![allow(dead_code)]", 2, "#[allow(..)]"),
    ("src/app.rs", "//! A.\nfn f() {\n    x.unwrap()\n}", 3, "unwrap() outside tests"),
    (
        "src/app.rs",
        "//! A.\nfn f() -> &'static str { \"Nobody has decided\" }",
        2,
        "stand in src/domain/words",
    ),
    ("src/pathway.rs", "//! A.\n#[error(\"there is no target\")]\nstruct S;", 2, "stand in src/domain/words"),
    ("src/cli.rs", "//! A.\nfn f() { format!(\"{x} is not here\"); }", 2, "stand in src/domain/words"),
];

#[test]
fn each_broken_rule_is_found_at_its_line() {
    for (path, text, line, rule) in BROKEN {
        let found = violations(&Source::read(path, text).expect("the sample is Rust"), false);
        assert!(
            found.len() == 1 && found[0].line == line && found[0].rule.contains(rule),
            "{path} with\n{text}\nshould break \"{rule}\" at line {line}, but gave:\n{}",
            lines(&found)
        );
    }
    let long = format!("//! A.\n{}", "fn f() {}\n".repeat(rules::MOST_LINES));
    let found = violations(&Source::read("src/app.rs", &long).expect("the sample is Rust"), false);
    assert!(found.len() == 1 && found[0].rule.contains("601 lines without tests"), "{}", lines(&found));
}

#[test]
fn what_keeps_the_rules_is_left_alone() {
    let kept = [
        ("src/ui/table.rs", "//! A.\nuse super::View;\nuse crate::{app::App, domain::views::*, form};"),
        (
            "src/app.rs",
            "//! Not crate::store::Ledger.\n// Utc::now()\nfn f() -> &'static str { \"rusqlite::Row .unwrap()\" }",
        ),
        ("src/app.rs", "//! A.\nfn f(toml: u8) -> u8 { let clap = a.crossterm; clap.now(toml) }"),
        ("src/app.rs", "//! A.\n#[cfg(test)]\nmod tests {\n    use super::*;\n    fn f() { x.unwrap() }\n}"),
        ("src/store.rs", "//! A.\nuse rusqlite::Row;\nmod a { use super::super::pathway::Step; }"),
        ("src/settings.rs", "//! A.\nuse crate::app::actions::Action;"),
        ("src/domain/time/zone.rs", "//! A.\nuse chrono_tz::Tz;"),
        (
            "src/runtime/clock.rs",
            "//! A.\nfn f() { (chrono::Utc::now(), getrandom::fill(&mut [0]), Instant::now()); }",
        ),
        ("src/main.rs", "//! A.\nfn main() { dutydesk::cli::main() }"),
        ("src/domain/words/app.rs", "//! A.\npub const X: &str = \"Nobody has decided\";"),
        ("src/app.rs", "//! A.\n/// Says who it is.\nfn f() { x.expect(\"it is always there\"); }"),
        (
            "src/cli.rs",
            "//! A.\n#[expect(dead_code, reason = \"it is asked later\")]\nconst X: &str = \"two words\";",
        ),
        (
            "src/app.rs",
            "//! A.\n#[expect(dead_code, reason = \"soon\")]\nfn allow(x: u8) { allow(x); x.unwrap_or(1); }",
        ),
    ];
    for (path, text) in kept {
        let found = violations(&Source::read(path, text).expect("the sample is Rust"), false);
        assert!(found.is_empty(), "{text}\nkeeps the rules, but gave:\n{}", lines(&found));
    }
    let tests =
        format!("//! A.\n#[cfg(test)]\nmod tests {{\n{}}}\n", "    fn f() {}\n".repeat(rules::MOST_LINES));
    let source = Source::read("src/app.rs", &tests).expect("the sample is Rust");
    assert_eq!((source.lines_without_tests(), violations(&source, false).len()), (2, 0));
    assert!(Source::read("src/app.rs", "fn f( {").is_err());
    let outside =
        Source::read("src/store.rs", "//! A.\n#[cfg(test)]\nmod tests;").expect("the sample is Rust");
    assert_eq!(outside.test_files, [["store", "tests"]]);
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &str) -> Source {
    let text = fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"));
    Source::read(path, &text).unwrap_or_else(|error| panic!("{error}"))
}

/// The Rust files below a folder, as paths from the root.
fn rust_files(folder: &str) -> Vec<String> {
    let mut waiting: Vec<PathBuf> = vec![root().join(folder)];
    let mut files = Vec::new();
    while let Some(folder) = waiting.pop() {
        for entry in fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display())) {
            let path = entry.expect("an entry can be read").path();
            if path.is_dir() {
                waiting.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let below = path.strip_prefix(root()).expect("it was found below the root");
                files.push(below.to_string_lossy().into_owned());
            }
        }
    }
    files.sort();
    files
}

fn lines(found: &[Violation]) -> String {
    found.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

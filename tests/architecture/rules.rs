//! The rules of the house, each a small function from one file to the places that break it.
//!
//! The tables here are the layout of the source: change them only with the map in `src/lib.rs`.

use crate::source::{Name, Source, Text};

/// The folders of `src/` and what each may import of ours; `"*"` is everything. Its own folder is always allowed.
pub const FOLDERS: [(&str, &[&str]); 13] = [
    ("main", &["cli"]),
    ("lib", &[]),
    ("cli", &["*"]),
    ("runtime", &["*"]),
    ("ui", &["app", "form", "domain"]),
    ("app", &["form", "pathway", "insight", "domain"]),
    ("settings", &["app::actions", "app::key", "app::keymap", "pathway", "domain"]),
    ("report", &["store", "insight", "pathway", "domain"]),
    ("store", &["insight", "pathway", "domain"]),
    ("insight", &["pathway", "domain"]),
    ("form", &["pathway", "domain"]),
    ("pathway", &["domain"]),
    ("domain", &[]),
];

/// Crates that only some places may name: a folder (`store/`), or the beginning of a file's path below `src/`.
const CRATES: [(&str, &[&str]); 17] = [
    ("argon2", &["store/"]),
    ("askama", &["report/"]),
    ("chrono_tz", &["domain/time"]),
    ("clap", &["cli/"]),
    ("crossterm", &["runtime/"]),
    ("csv", &["report/rows"]),
    ("ed25519_dalek", &["domain/checkpoint"]),
    ("encoding_rs", &["report/rows"]),
    ("getrandom", &["runtime/clock.rs"]),
    ("libsqlite3_sys", &["store/"]),
    ("plotters", &["report/"]),
    ("ratatui", &["ui/"]),
    ("rusqlite", &["store/"]),
    ("signal_hook", &["runtime/"]),
    ("tokio", &["runtime/"]),
    ("toml", &["pathway/", "settings/"]),
    ("zeroize", &["cli/prompt", "domain/secret", "store/"]),
];

/// Ends of paths that bring in time, chance, another program or a way off the machine, and the only places for them.
const SOURCES_OF_CHANGE: [(&[&str], &[&str]); 15] = [
    (&["Utc", "now"], CLOCK),
    (&["Local", "now"], CLOCK),
    (&["SystemTime", "now"], CLOCK),
    (&["Uuid", "now_v1"], CLOCK),
    (&["Uuid", "now_v6"], CLOCK),
    (&["Uuid", "now_v7"], CLOCK),
    (&["Uuid", "new_v4"], CLOCK),
    (&["Timestamp", "now"], CLOCK),
    (&["time", "Instant"], &["runtime/", "cli/"]),
    (&["Instant", "now"], &["runtime/", "cli/"]),
    (&["process", "Command"], &[]),
    (&["std", "net"], &[]),
    (&["unix", "net"], &[]),
    (&["tokio", "net"], &[]),
    (&["rustix", "net"], &[]),
];
const CLOCK: &[&str] = &["runtime/clock.rs"];

/// Lines a file may have without its test modules, and from where it is worth a look.
pub const MOST_LINES: usize = 600;
pub const MANY_LINES: usize = 400;

/// What may stand at the top beside dotfiles and licences; `target` is what cargo builds and is never kept.
const TOP_LEVEL: [&str; 8] =
    ["Cargo.toml", "Cargo.lock", "src", "config", "tests", "screenshots", "README.md", "target"];

/// A place that breaks a rule.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Violation {
    pub file: String,
    pub line: usize,
    pub rule: String,
}

impl std::fmt::Display for Violation {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.rule)
    }
}

/// Everything in one file of `src/` that breaks a rule. `is_test` is true for a file that is only built for tests.
pub fn violations(source: &Source, is_test: bool) -> Vec<Violation> {
    let mut found = Vec::new();
    let mut add = |line: usize, rule: String| found.push(Violation { file: source.path.clone(), line, rule });

    if let Some(problem) = opening(&source.text) {
        add(1, problem);
    }
    if source.path.ends_with("/mod.rs") {
        add(1, "a folder's module is folder.rs beside it, never mod.rs".into());
    }
    if !is_test && source.lines_without_tests() > MOST_LINES {
        add(
            source.text.lines().count(),
            format!("{} lines without tests; {MOST_LINES} are the most", source.lines_without_tests()),
        );
    }
    for name in &source.names {
        // A test may set its stage with what its folder must not know.
        let in_test = source.test_modules.iter().any(|(first, last)| (*first..=*last).contains(&name.line));
        let import = import(source, name).filter(|_| !in_test && !is_test);
        for rule in import.into_iter().chain(crates(source, name)).chain(change(source, name)) {
            add(name.line, rule);
        }
    }
    for (at, word) in source.words.iter().enumerate() {
        let next = |n: usize| source.words.get(at + n).map_or("", |word| word.text.as_str());
        let before = |n: usize| at.checked_sub(n).map_or("", |at| source.words[at].text.as_str());
        if word.text == "unwrap" && before(1) == "." && next(1) == "(" && !word.in_test && !is_test {
            add(
                word.line,
                "unwrap() outside tests; say with expect(..) why it cannot fail, or return the error".into(),
            );
        }
        let opens_attribute =
            before(1) == "[" && (before(2) == "#" || (before(2) == "!" && before(3) == "#"));
        if word.text == "allow" && next(1) == "(" && opens_attribute {
            add(word.line, "#[allow(..)]; use #[expect(.., reason = \"..\")]".into());
        }
    }
    for text in source.texts.iter().filter(|text| !text.in_test && !is_test) {
        if let Some(rule) = spoken(source, text) {
            add(text.line, rule);
        }
    }
    found.sort();
    found.dedup();
    found
}

/// Where words that a person reads may stand.
const CATALOGUE: &str = "src/domain/words";
/// Where three words in a row are no sentence for a person, and why.
const NOT_SPOKEN: [(&str, &str); 6] = [
    ("src/domain/checkpoint", "lines of signed notes, which programs read"),
    ("src/store", "statements of SQL, and what is said of a row that is no such row: a fault of the file"),
    ("src/cli/example/", "seeds of chance, by name"),
    ("src/cli/record/walk", "a test that walks every step; only built for tests"),
    ("src/pathway/read/names.rs", "what a closed list says while its names are asked for: nobody hears it"),
    ("src/report/", "templates, whose words are handed to them"),
];
/// What is read and not said: a word of the definitions, and what people type.
const READ: [&str; 2] = ["next working day", "no time given"];
/// What a text may be handed to without being read by anybody but a programmer.
const FOR_PROGRAMMERS: [&str; 7] =
    ["expect", "panic", "unreachable", "assert", "assert_eq", "debug_assert", "debug_assert_eq"];

/// Words that a person reads stand in the catalogue, or in definitions: three words in a row anywhere else are found.
fn spoken(source: &Source, text: &Text) -> Option<String> {
    let allowed = NOT_SPOKEN.iter().any(|(place, _)| source.path.starts_with(place));
    if source.path.starts_with(CATALOGUE) || allowed || !speaks(&text.says) {
        return None;
    }
    let mut depth = 0_usize;
    for (at, word) in source.words.iter().enumerate().take(text.after).rev() {
        match word.text.as_str() {
            ")" | "]" | "}" => depth += 1,
            "(" | "[" | "{" if depth > 0 => depth -= 1,
            "(" => {
                let before: Vec<&str> =
                    source.words[..at].iter().rev().take(2).map(|word| word.text.as_str()).collect();
                let called = before.iter().find(|word| **word != "!");
                if called.is_some_and(|called| FOR_PROGRAMMERS.contains(called)) {
                    return None;
                }
            }
            // Of attributes only what an error says is read by anybody; help of the command line is written as comments.
            "[" if at > 0 && source.words[at - 1].text == "#" || is_inner(source, at) => {
                let kind = source.words.get(at + 1).map_or("", |word| word.text.as_str());
                if kind != "error" {
                    return None;
                }
            }
            _ => {}
        }
    }
    Some("words that a person reads stand in src/domain/words".into())
}

/// Whether a bracket opens an attribute of the whole file or module.
fn is_inner(source: &Source, bracket: usize) -> bool {
    bracket > 1 && source.words[bracket - 1].text == "!" && source.words[bracket - 2].text == "#"
}

/// Whether a text has three words in a row, of letters alone; what is put in between counts as none.
fn speaks(text: &str) -> bool {
    let text = text.trim_matches(['r', '#', '"']);
    if READ.contains(&text) {
        return false;
    }
    let (mut run, mut depth) = (0, 0);
    let said: String = text
        .chars()
        .filter(|letter| {
            depth += i32::from(*letter == '{');
            let is_said = depth == 0;
            depth -= i32::from(*letter == '}');
            is_said
        })
        .collect();
    said.split_whitespace().any(|word| {
        let word = word.trim_matches(|letter: char| !letter.is_alphabetic());
        let is_word = word.chars().all(|letter| letter.is_alphabetic() || letter == '\'');
        run = match (is_word, word.is_empty()) {
            (true, true) => run,
            (true, false) => run + 1,
            (false, _) => 0,
        };
        run == 3
    })
}

/// Every file says first what it is for.
pub fn opening(text: &str) -> Option<String> {
    let says = text
        .lines()
        .next()
        .and_then(|line| line.strip_prefix("//!"))
        .is_some_and(|line| !line.trim().is_empty());
    (!says).then(|| "the file does not open with //! and what it is for".into())
}

/// Whether something may stand at the top of the project.
pub fn may_stand_at_the_top(name: &str) -> bool {
    name.starts_with('.') || name.starts_with("LICENSE") || TOP_LEVEL.contains(&name)
}

/// A folder imports only what its row names.
fn import(source: &Source, name: &Name) -> Option<String> {
    let ours = match name.segments.first().map(String::as_str) {
        Some("crate" | "dutydesk") => &name.segments[1..],
        _ => return None,
    };
    let folder = source.folder();
    let target = ours.first().filter(|target| *target != folder)?;
    if name.in_use && target == "*" {
        return Some("imports the whole crate; name what is needed".into());
    }
    let Some((_, allowed)) = FOLDERS.iter().find(|(name, _)| *name == folder) else {
        return Some(format!("{folder}/ is not in the layout of the source"));
    };
    if !FOLDERS.iter().any(|(name, _)| name == target) {
        return (!matches!(folder, "lib")).then(|| format!("{target}/ is not in the layout of the source"));
    }
    let is_allowed = allowed.iter().any(|allowed| {
        let wanted: Vec<&str> = allowed.split("::").collect();
        *allowed == "*"
            || (ours.len() >= wanted.len() && wanted.iter().zip(ours).all(|(wanted, named)| wanted == named))
    });
    (!is_allowed).then(|| format!("{folder}/ may not import {}", ours.join("::")))
}

/// A crate is named only where its row says, also when another crate passes it on.
fn crates(source: &Source, name: &Name) -> Option<String> {
    let first = name.segments.first()?;
    if matches!(first.as_str(), "crate" | "dutydesk") {
        return None;
    }
    let (named, places) =
        CRATES.iter().find(|(krate, _)| name.segments.iter().any(|segment| segment == krate))?;
    (!is_in(source, places)).then(|| format!("{named} may be named only in {}", places.join(" and ")))
}

/// Time, chance and other programs come in at one place.
fn change(source: &Source, name: &Name) -> Option<String> {
    let (end, places) = SOURCES_OF_CHANGE.iter().find(|(end, _)| {
        name.segments.windows(end.len()).any(|window| window.iter().zip(*end).all(|(a, b)| a == b))
    })?;
    let place =
        if places.is_empty() { "nowhere".into() } else { format!("only in {}", places.join(" and ")) };
    (!is_in(source, places)).then(|| format!("{} may be named {place}", end.join("::")))
}

/// Whether a file is in one of these places; `store/` is also `store.rs`.
fn is_in(source: &Source, places: &[&str]) -> bool {
    let below = source.path.strip_prefix("src/").unwrap_or(&source.path);
    places.iter().any(|place| match place.strip_suffix('/') {
        Some(folder) => source.folder() == folder,
        None => below.strip_prefix(place).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '/'])),
    })
}

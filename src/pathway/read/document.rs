//! One definition file as TOML, with the line of everything in it, and the faults found in the set so far. What the
//! file means is left to the readers beside this one.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::domain::words::pathway::{self as words, Trouble};

/// Something in a definition file that does not hold.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
pub struct Fault {
    /// The file's name within the set (`pathways/urgent.toml`).
    pub file: String,
    /// Its line, counted from 1.
    pub line: usize,
    /// Its column in characters, counted from 1.
    pub column: usize,
    /// What is wrong.
    pub says: String,
    /// What to do about it, a whole sentence.
    pub mend: String,
}

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}: {}. {}", self.file, self.line, self.says, self.mend)
    }
}

impl std::error::Error for Fault {}

/// All that was found, in whatever order it was found.
#[derive(Debug, Default)]
pub(in crate::pathway) struct Faults(RefCell<Vec<Fault>>);

impl Faults {
    /// Adds one, at a place of a document.
    pub(in crate::pathway) fn add(&self, document: &Document, path: &str, trouble: Trouble) {
        let (line, column) = document.place(path);
        self.push(document, line, column, trouble);
    }

    /// Adds one, at a line of a file with a reader of its own.
    pub(in crate::pathway) fn add_at_line(&self, file: &str, line: usize, trouble: Trouble) {
        self.push(&Document::absent(file), line, 1, trouble);
    }

    fn push(&self, document: &Document, line: usize, column: usize, trouble: Trouble) {
        let Trouble { says, mend } = trouble;
        let fault = Fault { file: document.file.to_string(), line, column, says, mend };
        self.0.borrow_mut().push(fault);
    }

    /// How many there are so far.
    pub(in crate::pathway) fn count(&self) -> usize {
        self.0.borrow().len()
    }

    /// All of them by file and line, each once.
    pub(in crate::pathway) fn sorted(self) -> Vec<Fault> {
        let mut all = self.0.into_inner();
        all.sort();
        all.dedup();
        all
    }
}

/// A file that was read as TOML: where each of its values stands. A value is named by its path (`step.3.roles.0`).
///
/// Most files are faultless, and a start waits for them: where things stand is looked up when a fault asks.
#[derive(Debug, Clone)]
pub(in crate::pathway) struct Document {
    /// The file's name within the set.
    pub(in crate::pathway) file: Arc<str>,
    text: Arc<str>,
    places: Arc<OnceLock<Places>>,
}

/// Line and column of each value, by its path.
type Places = BTreeMap<String, (usize, usize)>;

impl Document {
    /// Reads a file; what is not TOML at all is a fault.
    pub(in crate::pathway) fn parse<'t>(
        file: &str,
        text: &'t str,
        faults: &Faults,
    ) -> (Document, DeTable<'t>) {
        let (table, errors) = DeTable::parse_recoverable(text);
        let document = Document { file: file.into(), text: text.into(), places: Arc::default() };
        // Under a table that is there twice every key is: the first says it.
        let mut is_twice = false;
        for error in errors {
            let twice = error.message() == words::TWICE;
            if !(twice && is_twice) {
                let (line, column) = Lines::new(text).at(&error.span().unwrap_or(0..0));
                faults.push(&document, line, column, words::not_toml(error.message()));
            }
            is_twice |= twice;
        }
        (document, table.into_inner())
    }

    /// A file that is not there, or is not one of ours: whatever is said of it is said of its first line.
    pub(in crate::pathway) fn absent(file: &str) -> Document {
        Document { file: file.into(), text: Arc::default(), places: Arc::default() }
    }

    fn places(&self) -> &Places {
        self.places.get_or_init(|| {
            let (table, _) = DeTable::parse_recoverable(&self.text);
            let mut places = Places::new();
            index(table.get_ref(), "", &Lines::new(&self.text), &mut places);
            places
        })
    }

    /// Line and column of a path, or of the nearest thing around it that stands in the file.
    pub(in crate::pathway) fn place(&self, path: &str) -> (usize, usize) {
        let mut path = path;
        loop {
            if let Some(place) = self.places().get(path) {
                return *place;
            }
            match path.rsplit_once('.') {
                Some((around, _)) => path = around,
                None => return (1, 1),
            }
        }
    }
}

/// The path of something within something.
pub(in crate::pathway) fn within(path: &str, key: impl std::fmt::Display) -> String {
    if path.is_empty() { key.to_string() } else { format!("{path}.{key}") }
}

fn index(table: &DeTable<'_>, path: &str, lines: &Lines<'_>, places: &mut Places) {
    for (key, value) in table {
        let path = within(path, key.get_ref());
        places.insert(path.clone(), lines.at(&key.span()));
        index_value(value, &path, lines, places);
    }
}

fn index_value(value: &Spanned<DeValue<'_>>, path: &str, lines: &Lines<'_>, places: &mut Places) {
    match value.get_ref() {
        DeValue::Table(table) => index(table, path, lines, places),
        DeValue::Array(array) => {
            for (at, value) in array.iter().enumerate() {
                let path = within(path, at);
                places.insert(path.clone(), lines.at(&value.span()));
                index_value(value, &path, lines, places);
            }
        }
        _ => {}
    }
}

/// Where each line of a text begins.
struct Lines<'t> {
    text: &'t str,
    begins: Vec<usize>,
}

impl<'t> Lines<'t> {
    fn new(text: &'t str) -> Self {
        let ends = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at + 1);
        Self { text, begins: std::iter::once(0).chain(ends).collect() }
    }

    fn at(&self, span: &Range<usize>) -> (usize, usize) {
        let line = self.begins.partition_point(|begin| *begin <= span.start).max(1);
        let begin = self.begins.get(line - 1).copied().unwrap_or(0);
        let column = self.text.get(begin..span.start).map_or(1, |before| before.chars().count() + 1);
        (line, column)
    }
}

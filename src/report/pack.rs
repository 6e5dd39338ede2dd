//! An evidence pack: what was asked, said, done and checked, put together so that it can be read, printed, counted and
//! checked by somebody who has never seen this program.
//!
//! It is gathered once ([`gather()`]) into a plain value, by meaning and never by one pathway's words, and written in three
//! forms: a page ([`html()`]), a JSON value ([`json()`], described by [`SCHEMA`]) and tables for a spreadsheet
//! ([`Pack::sheets`]). The JSON comes with what proves it ([`prove`]; [`proof`] has the form), by which anybody checks it ([`verify()`]). Who may have one is the store's question; noting that it left, and where it is put, are left to
//! whoever asks for it.

mod by_meaning;
mod chart;
mod entries;
mod gather;
mod governance;
mod html;
mod json;
mod owed;
pub mod proof;
mod redact;
mod sheets;
mod sums;
mod tally;
mod trail;
pub mod verify;

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};

use crate::domain::answer::When;
use crate::domain::clean;
use crate::domain::ids::{CaseId, EntryId, Hash32, Seq};
use crate::domain::time::{Zone, display};
use crate::domain::words::pack::{self as words, TableWords};

pub use chart::{Bar, Chart};
pub use gather::{NotGathered, gather};
pub use governance::governance;
pub use html::html;
pub use json::{SCHEMA, json};
pub use proof::{file, prove};
pub use verify::{Expected, Fault, Place, Verified, verify};

/// A pack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pack {
    /// The word it was asked for by.
    pub about: &'static str,
    /// Its title.
    pub title: String,
    /// A practice or example office.
    pub training: bool,
    /// When it was made.
    pub made_at: DateTime<Utc>,
    /// The number of the last entry of the whole record, and its hash.
    pub head: (Seq, Hash32),
    /// Whether third parties are protected in it.
    pub redacted: bool,
    /// What stands on the cover, as label and words.
    pub cover: Vec<(String, String)>,
    /// What is not in it, in words.
    pub left_out: Vec<String>,
    /// The page that sums it up, as label and words.
    pub summary: Vec<(String, String)>,
    /// Its charts, each with its numbers.
    pub charts: Vec<Chart>,
    /// Its tables.
    pub tables: Vec<Table>,
    /// What happened, case by case.
    pub cases: Vec<Case>,
    /// Whose records it shows, with the case: each is noted as exported.
    pub shows: Vec<(CaseId, Option<CaseId>)>,
    /// The entries of which it shows anything.
    pub proves: Vec<Proves>,
}

/// The entries of a case by number, and of each whether all that it says is shown.
pub type Proves = (CaseId, BTreeSet<(Seq, bool)>);

/// A table of a pack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// Its words.
    pub words: &'static TableWords,
    /// Its title: that of its words, unless it says whose it is.
    pub title: String,
    /// Its rows, each with as many cells as there are columns.
    pub rows: Vec<Vec<Cell>>,
}

impl Table {
    /// A table under the title of its words.
    fn new(words: &'static TableWords, rows: Vec<Vec<Cell>>) -> Self {
        Self { words, title: words.title.to_owned(), rows }
    }

    /// Whether it stands before everything else.
    pub fn leads(&self) -> bool {
        self.words.id == words::TO_DO.id
    }

    /// The rows by what their first cell says, in order: a part for each, without that cell.
    pub fn parts(&self) -> Vec<(&str, Vec<&[Cell]>)> {
        let mut parts: Vec<(&str, Vec<&[Cell]>)> = Vec::new();
        for row in &self.rows {
            let Some((first, rest)) = row.split_first() else { continue };
            match parts.last_mut().filter(|(title, _)| *title == first.words) {
                Some((_, rows)) => rows.push(rest),
                None => parts.push((&first.words, vec![rest])),
            }
        }
        parts
    }
}

/// A cell.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Cell {
    /// What it says.
    pub words: String,
    /// The time, where it is one.
    pub at: Option<DateTime<Utc>>,
    /// It says that something is missing.
    pub gap: bool,
    /// The entry that shows it.
    pub entry: Option<Seq>,
}

/// What happened in a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    /// Its short reference.
    pub reference: String,
    /// What it is and about whom.
    pub title: String,
    /// Its particulars, as label and words.
    pub particulars: Vec<(String, String)>,
    /// Its entries, by when things happened.
    pub entries: Vec<Entry>,
}

/// An entry in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its number in the record.
    pub number: Seq,
    /// Its id.
    pub id: EntryId,
    /// Its hash.
    pub hash: Hash32,
    /// `PATHWAY.STEP`, or the kind of an act.
    pub kind: String,
    /// Its title.
    pub title: String,
    /// The other case of the same matter in which it stands.
    pub of: Option<String>,
    /// When it happened.
    pub occurred: Cell,
    /// When it was recorded.
    pub recorded: Cell,
    /// How much later that was, in words; `None` where it was at once.
    pub later: Option<String>,
    /// Whose act it is, and who typed it.
    pub by: String,
    /// What was said.
    pub answers: Vec<Answered>,
    /// What stands no more.
    pub struck: Vec<Struck>,
    /// What ought to be known about it.
    pub remarks: Vec<String>,
}

/// One answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answered {
    /// The label of its field; of an act empty.
    pub label: String,
    /// What was said.
    pub words: String,
    /// Somebody else's words.
    pub quoted: bool,
    /// It says who else was told, or who told us: by name, or by what they are to the person.
    pub of_others: bool,
}

/// What stands no more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Struck {
    /// The label of its field; empty where a whole record was written under the wrong name.
    pub label: String,
    /// What was said.
    pub words: String,
    /// Somebody else's words.
    pub quoted: bool,
    /// It said who else was told, or who told us.
    pub of_others: bool,
    /// Who struck it.
    pub by: String,
    /// When that was recorded.
    pub at: Cell,
    /// Why.
    pub reason: String,
}

/// An instant as programs read it: UTC, to the second.
fn instant(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(chrono::SecondsFormat::Secs, true)
}

impl Cell {
    /// Words.
    pub fn said(words: impl Into<String>) -> Self {
        Self { words: clean::shown(&words.into()).into_owned(), ..Self::default() }
    }

    /// Words that say that something is missing.
    pub fn gap(words: impl Into<String>) -> Self {
        Self { gap: true, ..Self::said(words) }
    }

    /// Words, or that they are missing.
    fn or_gap(words: String, gap: &str) -> Self {
        if words.trim().is_empty() { Self::gap(gap) } else { Self::said(words) }
    }

    /// A time, as exactly as it is known.
    fn when(when: &When, zone: Zone) -> Self {
        Self { at: Some(when.at), ..Self::said(display::when(when, zone)) }
    }

    /// An instant.
    fn at(at: DateTime<Utc>, zone: Zone) -> Self {
        Self { at: Some(at), ..Self::said(display::stamp(at, zone)) }
    }

    /// An entry by its number.
    fn entry(number: Seq) -> Self {
        Self { entry: Some(number), ..Self::said(number.to_string()) }
    }
}

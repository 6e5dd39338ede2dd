//! A sheet: what of the records is wanted at one moment, part by part, to be read out, shown large or printed.
//!
//! Composing one is left to `insight::sheets`, showing it to `ui`, printing it to `report`. A line that nothing is on
//! record for stands there all the same and says so.

use serde::{Deserialize, Serialize};

use super::answer::Answers;
use super::ids::{CaseId, EditionId, EntryId};
use super::views::SignRow;

/// What of the records is wanted at one moment.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Sheet {
    /// What it is.
    pub title: String,
    /// What whoever reads it has to know before anything else.
    pub first: String,
    /// Its parts, in the order in which they are read out.
    pub parts: Vec<SheetPart>,
    /// What is said or done at the end.
    pub last: String,
    /// Whose record it shows, where it shows one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subject: Option<CaseId>,
    /// The case it was composed from, where it was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub case: Option<CaseId>,
    /// It shows what is kept sealed.
    pub sealed: bool,
}

/// A part of a sheet.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct SheetPart {
    /// Its heading; empty where it needs none.
    pub title: String,
    /// Over the columns of those of its lines that are rows of a table; empty where none is.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub heads: Vec<String>,
    /// Its lines.
    pub lines: Vec<SheetLine>,
}

/// A cell of a row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SheetCell {
    /// What it says.
    pub words: String,
    /// Over how many columns it goes, from 1.
    pub over: usize,
}

/// A line of a sheet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SheetLine {
    /// What it says something of; empty where the words speak for themselves.
    pub label: String,
    /// The words; several lines where a record has them.
    pub words: String,
    /// How they came about.
    pub kind: LineKind,
    /// The key that begins what the label names, where one does. For screens only: on paper nothing is pressed.
    #[serde(skip)]
    pub key: Option<char>,
    /// Its cells, where it is a row of a table. Label and words say the same where there is no room for columns.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub cells: Vec<SheetCell>,
    /// The cases behind it, each by its short reference, the newest first. For screens only: the words name them.
    #[serde(skip)]
    pub cases: Vec<(CaseId, String)>,
}

/// How the words of a line came about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum LineKind {
    /// They stand in the record.
    Said,
    /// Somebody else's words, as they were said.
    Quoted,
    /// Nothing is on record: what to ask instead.
    Gap,
    /// What is to be said or asked, on record or not.
    Ask,
}

impl SheetPart {
    /// A part that has no lines yet.
    pub fn new(title: &str) -> Self {
        Self { title: title.to_owned(), ..Self::default() }
    }

    /// Adds what stands in the record.
    pub fn says(&mut self, label: &str, words: impl Into<String>) {
        self.line(label, words.into(), LineKind::Said);
    }

    /// Adds what somebody else said.
    pub fn quotes(&mut self, label: &str, words: impl Into<String>) {
        self.line(label, words.into(), LineKind::Quoted);
    }

    /// Adds that nothing is on record, and what to ask.
    pub fn lacks(&mut self, label: &str, words: &str) {
        self.line(label, words.to_owned(), LineKind::Gap);
    }

    /// Adds what is to be said or asked.
    pub fn asks(&mut self, words: &str) {
        self.line("", words.to_owned(), LineKind::Ask);
    }

    fn line(&mut self, label: &str, words: String, kind: LineKind) {
        self.lines.push(SheetLine {
            label: label.to_owned(),
            words,
            kind,
            key: None,
            cells: Vec::new(),
            cases: Vec::new(),
        });
    }

    /// Adds a row under the heads: its first cell is the label, the others stand in its words by their heads.
    pub fn row(&mut self, cells: Vec<SheetCell>) {
        let (mut lines, mut at) = (Vec::new(), 0);
        for cell in &cells {
            match self.heads.get(at).filter(|_| cell.over == 1) {
                Some(head) if at > 0 => lines.push(format!("{head}: {}", cell.words)),
                _ if at > 0 => lines.push(cell.words.clone()),
                _ => {}
            }
            at += cell.over;
        }
        let label = cells.first().map(|cell| cell.words.clone()).unwrap_or_default();
        self.says(&label, lines.join("\n"));
        if let Some(line) = self.lines.last_mut() {
            line.cells = cells;
        }
    }

    /// Says which key begins what the line that was added last names.
    pub fn begun_by(&mut self, key: Option<char>) {
        if let Some(line) = self.lines.last_mut() {
            line.key = key;
        }
    }

    /// Says which cases stand behind the line that was added last.
    pub fn behind(&mut self, cases: impl IntoIterator<Item = (CaseId, String)>) {
        if let Some(line) = self.lines.last_mut() {
            line.cases.extend(cases);
        }
    }
}

impl Sheet {
    /// All that it says, for tests and for whoever only wants the words.
    pub fn lines(&self) -> impl Iterator<Item = &SheetLine> {
        self.parts.iter().flat_map(|part| &part.lines)
    }
}

/// A line of the card for whoever takes an emergency call at the other end. A field says with `card = "address"` that its
/// answer belongs there. Their order is the call handler's: what sends an ambulance first, what helps the crew after.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CardLine {
    /// Whether they are awake and breathing.
    Breathing,
    /// Where they are, as an ambulance finds it.
    Address,
    /// The number to ring back.
    CallBack,
    /// What happened.
    Happened,
    /// Whose name and how old.
    Age,
    /// How to get in. A sealed field belongs here by itself.
    GetIn,
    /// Decisions about resuscitation, and where the form is kept.
    Resuscitation,
    /// Allergies.
    Allergies,
    /// Medicines that cannot wait.
    Medicines,
    /// How they communicate.
    Communication,
    /// Who is with them.
    With,
}

impl CardLine {
    /// All of them, in the order in which they are asked.
    pub const ALL: [CardLine; 11] = [
        CardLine::Breathing,
        CardLine::Address,
        CardLine::CallBack,
        CardLine::Happened,
        CardLine::Age,
        CardLine::GetIn,
        CardLine::Resuscitation,
        CardLine::Allergies,
        CardLine::Medicines,
        CardLine::Communication,
        CardLine::With,
    ];
}

/// Which sheet is wanted, and of what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wanted {
    /// The card for the emergency call handler.
    Card {
        /// The person, where they have a record.
        person: Option<CaseId>,
        /// The case, where there is one.
        case: Option<CaseId>,
        /// A form that is being filled in.
        typed: Option<Box<Typed>>,
    },
    /// The SBARD of a case.
    Sbard {
        /// The case.
        case: CaseId,
    },
    /// The guide.
    Guide {
        /// The pathway that stands first.
        pathway: Option<String>,
        /// The step of it that stands before that.
        step: Option<String>,
        /// Nothing of other pathways.
        only: bool,
    },
    /// The one page of a case that staff can speak to.
    Page {
        /// The case.
        case: CaseId,
    },
    /// Decisions over all cases.
    Decisions {
        /// Only about this record.
        about: Option<CaseId>,
    },
    /// What was counted over time.
    Trends {
        /// Of this person or place.
        about: CaseId,
    },
    /// The page of a warning sign, as the list had it.
    Sign(Box<SignRow>),
    /// The page of an audit of records.
    Audit {
        /// The case.
        case: CaseId,
        /// The entry that asked for its sample.
        drawn_by: EntryId,
    },
    /// A page over all cases.
    OverAll(OverAll),
}

/// A page over all cases.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OverAll {
    /// What is on record of each regulation and statement.
    Tags,
    /// How decisions were judged when they were looked back at, and how far those who took them differ.
    Judged,
    /// Where working with others goes wrong again and again.
    Patterns,
    /// How warning signs were answered, rule by rule.
    Answers,
}

/// A form that is being filled in, as far as its answers can be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Typed {
    /// Its pathway.
    pub pathway: String,
    /// Its step.
    pub step: String,
    /// The definitions it is filled in on.
    pub edition: EditionId,
    /// Its answers so far.
    pub answers: Answers,
}

//! A copy of their record for the person who asks for it: a list of its passages, which a person goes through, and the copy,
//! which is made only from a list in which every passage is decided.
//!
//! A passage is one answer of one entry, or what stood there before a correction. Whoever is named beside the person is found
//! as in a copy for another organisation ([`super::pack`]): what reads otherwise with those names taken out names somebody
//! else. What a professional has marked ([`crate::domain::act::Act::Withhold`]) comes to the list as marked. Noting that a
//! copy was given is left to whoever asks for one.

use std::collections::BTreeMap;

use askama::Template;
use sha2::{Digest, Sha256};

use super::pack::{Entry, Pack};
use super::page::Head;
use crate::domain::ids::{EntryId, Hash32};
use crate::domain::words::subject as words;

/// Acts that are about copies, holds and disposal, not about the person.
const ABOUT_THE_RECORD: [&str; 5] =
    ["act.hold", "act.lift_hold", "act.dispose", "act.withhold", "act.give_copy"];

/// What becomes of a passage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decided {
    /// It is given as it is.
    Give,
    /// It is given without the names and numbers of others.
    Names,
    /// It is left out.
    Withhold,
}

/// One passage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    /// The entry's number and its place in it: "e214 p3". No spreadsheet takes it for a number or a day and writes it otherwise.
    pub id: String,
    /// The entry.
    pub entry: EntryId,
    /// The case's short reference.
    pub reference: String,
    /// When it happened, in words.
    pub when: String,
    /// The entry's title and the field's label.
    pub what: String,
    /// What was said.
    pub words: String,
    /// The same without the names and numbers of others; equal where it names nobody else.
    pub without: String,
    /// Somebody else's words.
    pub quoted: bool,
    /// It says who else was told, or who told us.
    pub of_others: bool,
    /// Whether a professional marked the entry, and why.
    pub marked: Option<(bool, String)>,
}

/// Marks on entries: withheld or not, with ground and reason in words.
pub type Marks = BTreeMap<EntryId, (bool, String)>;

impl Passage {
    /// By which it is known that it is what was read; with a mark before it, because digits alone, or digits and one "e", a
    /// spreadsheet reads as a number.
    pub fn print(&self) -> String {
        let hash = Hash32(Sha256::digest(format!("{}\n{}", self.what, self.words).as_bytes()).into());
        std::iter::once('#').chain(hash.to_string().chars().take(16)).collect()
    }

    /// What is proposed: nothing where a person has to decide.
    fn proposed(&self) -> &'static str {
        match &self.marked {
            Some((true, _)) => words::WITHHOLD,
            Some((false, _)) => words::GIVE,
            None if self.words == self.without && !self.quoted && !self.of_others => words::GIVE,
            None => "",
        }
    }

    /// The row of the list.
    pub fn row(&self) -> [String; 9] {
        let mut look = Vec::new();
        if self.words != self.without {
            look.push(words::NAMES_OTHERS);
        }
        if self.quoted {
            look.push(words::SAID_TO_US);
        }
        if self.of_others {
            look.push(words::WHO_ELSE);
        }
        let why = self.marked.as_ref().map(|(_, why)| why.clone()).unwrap_or_default();
        [
            self.id.clone(),
            self.print(),
            self.proposed().to_owned(),
            why,
            look.join("; "),
            self.reference.clone(),
            self.when.clone(),
            self.what.clone(),
            self.words.clone(),
        ]
    }

    /// Whether a person has to decide.
    pub fn is_open(&self) -> bool {
        self.proposed().is_empty()
    }
}

/// The passages of a person's pack, in the order of their cases. `redacted` is the same pack for another organisation.
pub fn passages(plain: &Pack, redacted: &Pack, marks: &Marks) -> Vec<Passage> {
    let mut all = Vec::new();
    for (case, without) in plain.cases.iter().zip(&redacted.cases) {
        for (entry, without) in case.entries.iter().zip(&without.entries) {
            if ABOUT_THE_RECORD.contains(&entry.kind.as_str()) {
                continue;
            }
            for (at, (said, without)) in said(entry).into_iter().zip(said(without)).enumerate() {
                let Said { label, words, quoted, of_others } = said;
                all.push(Passage {
                    id: words::passage(entry.number, at + 1),
                    entry: entry.id,
                    reference: case.reference.clone(),
                    when: entry.occurred.words.clone(),
                    what: [entry.title.as_str(), label.as_str()].join(": ").trim_end_matches(": ").to_owned(),
                    words,
                    without: without.words,
                    quoted,
                    of_others,
                    marked: marks.get(&entry.id).cloned(),
                });
            }
        }
    }
    all
}

/// What is said in one place of an entry.
struct Said {
    label: String,
    words: String,
    quoted: bool,
    of_others: bool,
}

/// What an entry says, and what it said before corrections.
fn said(entry: &Entry) -> Vec<Said> {
    let answers = entry.answers.iter().map(|one| Said {
        label: one.label.clone(),
        words: one.words.clone(),
        quoted: one.quoted,
        of_others: one.of_others,
    });
    let struck = entry.struck.iter().map(|one| Said {
        label: words::struck(&one.label),
        words: one.words.clone(),
        quoted: one.quoted,
        of_others: one.of_others,
    });
    answers.chain(struck).filter(|said| !said.words.trim().is_empty()).collect()
}

/// The decisions of a reviewed list, each row with the number of its line, for exactly these passages.
///
/// # Errors
/// What does not hold in it, each in words; nothing is given then.
pub fn decisions(passages: &[Passage], rows: &[(u64, Vec<String>)]) -> Result<Vec<Decided>, Vec<String>> {
    let cell =
        |cells: &[String], at: usize| cells.get(at).map(|cell| cell.trim().to_owned()).unwrap_or_default();
    let read: BTreeMap<(String, String), (u64, String, String)> = rows
        .iter()
        .map(|(line, cells)| ((cell(cells, 0), cell(cells, 1)), (*line, cell(cells, 2), cell(cells, 3))))
        .collect();
    let (mut decided, mut wrong) = (Vec::new(), Vec::new());
    for passage in passages {
        let Some((line, decision, why)) = read.get(&(passage.id.clone(), passage.print())) else {
            wrong.push(words::not_read(&passage.id));
            continue;
        };
        match decision.to_lowercase().as_str() {
            words::GIVE => decided.push(Decided::Give),
            words::NAMES => decided.push(Decided::Names),
            words::WITHHOLD if why.is_empty() => wrong.push(words::without_reason(*line, &passage.id)),
            words::WITHHOLD => decided.push(Decided::Withhold),
            _ => wrong.push(words::undecided(*line, &passage.id)),
        }
    }
    if wrong.is_empty() { Ok(decided) } else { Err(wrong) }
}

/// A passage as it stands in the copy.
struct Given {
    label: String,
    words: String,
}

/// What happened, in the copy.
struct Happened {
    head: String,
    given: Vec<Given>,
}

#[derive(Template)]
#[template(path = "subject.html", config = "src/report/askama.toml")]
struct Page {
    head: Head,
    office: String,
    whose: String,
    made: String,
    left_out: String,
    cases: Vec<(String, Vec<Happened>)>,
}

/// The copy as a page. What was withheld stands nowhere in it, and an entry of which all was withheld is not named.
///
/// # Errors
/// In words.
pub fn copy(
    plain: &Pack,
    (office, whose, made): (&str, &str, &str),
    passages: &[Passage],
    decided: &[Decided],
) -> Result<String, String> {
    let mut cases: Vec<(String, Vec<Happened>)> = Vec::new();
    let (mut case, mut last) = (None, None);
    for (passage, decided) in passages.iter().zip(decided) {
        let said = match decided {
            Decided::Give => &passage.words,
            Decided::Names => &passage.without,
            Decided::Withhold => continue,
        };
        if case != Some(&passage.reference) {
            // Whoever reads it knows no references: what it is stands beside.
            let titled = plain.cases.iter().find(|one| one.reference == passage.reference);
            cases.push((titled.map_or(&passage.reference, |one| &one.title).clone(), Vec::new()));
            (case, last) = (Some(&passage.reference), None);
        }
        let Some((_, happened)) = cases.last_mut() else { continue };
        let (title, label) = passage.what.split_once(": ").unwrap_or((&passage.what, words::RECORDED));
        if last != Some(passage.entry) {
            happened.push(Happened { head: format!("{}  {title}", passage.when), given: Vec::new() });
            last = Some(passage.entry);
        }
        if let Some(happened) = happened.last_mut() {
            happened.given.push(Given { label: label.to_owned(), words: said.clone() });
        }
    }
    let count = |is: Decided| decided.iter().filter(|one| **one == is).count();
    let page = Page {
        head: Head::new(words::TITLE, plain.training),
        office: office.to_owned(),
        whose: whose.to_owned(),
        made: made.to_owned(),
        left_out: words::left_out(count(Decided::Withhold), count(Decided::Names)),
        cases,
    };
    page.render().map_err(|error| error.to_string())
}

//! The records of a register as they stand, and which of them a line of a file is of: by reference, by NHS number, by
//! name and day of birth, or by what the caller names. Where it could be several, or only may be one, that is said.

use std::collections::BTreeMap;

use super::columns::Columns;
use super::identity::Traits;
use super::naming::folded;
use crate::domain::nhs::NhsNumber;
use crate::domain::permission::Viewer;
use crate::domain::time::display;
use crate::domain::words::cli as words;
use crate::pathway::definition::Means;
use crate::store::{InFull, ReadError, Store};

/// Records read at a time.
const AT_ONCE: u32 = 500;

/// The records of a register.
pub struct Known {
    /// In the order of their names.
    pub records: Vec<InFull>,
    /// What tells each apart.
    pub traits: Vec<Traits>,
    by_reference: BTreeMap<String, usize>,
    by_nhs: BTreeMap<NhsNumber, Vec<usize>>,
    by_name: BTreeMap<String, Vec<usize>>,
    /// By what the caller names, where anything.
    pub by_key: BTreeMap<Vec<String>, Vec<usize>>,
    /// Whether a day of birth tells records of this register apart.
    pub has_born: bool,
}

/// Which record a line is of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Match {
    /// This one.
    Record(usize),
    /// None that is there.
    New,
    /// It cannot be told; in words.
    Unclear(String),
}

/// The word that stands for a reference where a record is to be made whatever it looks like.
pub const NEW: &str = "NEW";

impl Known {
    /// No record: each line opens a case of its own.
    pub fn none() -> Self {
        Self {
            records: Vec::new(),
            traits: Vec::new(),
            by_reference: BTreeMap::new(),
            by_nhs: BTreeMap::new(),
            by_name: BTreeMap::new(),
            by_key: BTreeMap::new(),
            has_born: false,
        }
    }

    /// Reads a register.
    pub fn read(
        store: &Store,
        viewer: &Viewer,
        register: &str,
        columns: &Columns<'_>,
    ) -> Result<Self, ReadError> {
        let name = columns.opening.meaning(Means::Name).map(|field| field.id.as_str());
        let mut known = Self { has_born: columns.meaning(Means::Born).is_some(), ..Self::none() };
        let mut after = None;
        loop {
            let page = store.compared(viewer, register, after, AT_ONCE)?;
            let Some(last) = page.last() else { return Ok(known) };
            after = Some(last.record.id);
            for record in page {
                let at = known.records.len();
                let traits = Traits::of(register, name, &record.record);
                known.by_reference.insert(folded(&record.reference), at);
                if let Some(nhs) = traits.nhs {
                    known.by_nhs.entry(nhs).or_default().push(at);
                }
                known.by_name.entry(traits.name.clone()).or_default().push(at);
                known.traits.push(traits);
                known.records.push(record);
            }
        }
    }

    /// Which record a line is of. `key` is what stands in the columns that the caller names, where any are named.
    pub fn find(&self, reference: &str, line: &Traits, key: Option<&Vec<String>>) -> Match {
        let reference = folded(reference);
        if reference == NEW {
            return Match::New;
        }
        if !reference.is_empty() {
            return self.referred(&reference, line);
        }
        if let Some(key) = key {
            return match self.by_key.get(key).map(Vec::as_slice) {
                Some([one]) => Match::Record(*one),
                Some(several) => Match::Unclear(words::could_be(&self.said(several))),
                None => Match::New,
            };
        }
        match line.nhs.and_then(|nhs| self.by_nhs.get(&nhs)).map(Vec::as_slice) {
            // A number alone may be mistyped into somebody else's.
            Some([one]) if !self.traits[*one].agrees(line) => {
                return Match::Unclear(words::number_of_another(&self.said(&[*one])));
            }
            Some([one]) => return Match::Record(*one),
            Some(several) => return Match::Unclear(words::could_be(&self.said(several))),
            None => {}
        }
        self.by_name(line)
    }

    fn referred(&self, reference: &str, line: &Traits) -> Match {
        let Some(at) = self.by_reference.get(reference).copied() else {
            return Match::Unclear(words::no_such_reference(reference));
        };
        if !self.traits[at].can_be(line) {
            return Match::Unclear(words::reference_of_another(&self.said(&[at])));
        }
        let other = line
            .nhs
            .and_then(|nhs| self.by_nhs.get(&nhs))
            .and_then(|found| found.iter().find(|one| **one != at));
        match other {
            Some(other) => Match::Unclear(words::number_of_another(&self.said(&[*other]))),
            None => Match::Record(at),
        }
    }

    /// Whoever else has the NHS number of a line that is said to be somebody new, in words.
    pub fn holder(&self, line: &Traits) -> Option<String> {
        let others = self.by_nhs.get(&line.nhs?)?;
        Some(words::new_with_number_of(&self.said(others)))
    }

    fn by_name(&self, line: &Traits) -> Match {
        let named = self.by_name.get(&line.name).map(Vec::as_slice).unwrap_or_default();
        if !self.has_born {
            return match named {
                [] => Match::New,
                [one] => Match::Record(*one),
                several => Match::Unclear(words::could_be(&self.said(several))),
            };
        }
        let born = |at: &&usize| self.traits[**at].born;
        let same: Vec<usize> = named.iter().filter(|at| born(at) == line.born).copied().collect();
        match same.as_slice() {
            [one] if self.other_number(*one, line) => {
                Match::Unclear(words::other_number(&self.said(&[*one])))
            }
            [one] => Match::Record(*one),
            [] => {
                // A day that one of both lacks neither says that it is the same person nor that it is another.
                let may_be: Vec<usize> =
                    named.iter().filter(|at| born(at).is_none() || line.born.is_none()).copied().collect();
                if may_be.is_empty() {
                    Match::New
                } else {
                    Match::Unclear(words::may_be(&self.said(&may_be)))
                }
            }
            several => Match::Unclear(words::could_be(&self.said(several))),
        }
    }

    fn other_number(&self, at: usize, line: &Traits) -> bool {
        matches!((self.traits[at].nhs, line.nhs), (Some(own), Some(other)) if own != other)
    }

    /// Records as they are told apart in words.
    pub fn said(&self, which: &[usize]) -> Vec<String> {
        let said = |at: &usize| {
            let InFull { reference, record, .. } = &self.records[*at];
            words::record_told_apart(
                reference,
                &record.name,
                record.born.map(display::date).as_deref(),
                self.traits[*at].nhs.map(|nhs| nhs.to_string()).as_deref(),
            )
        };
        which.iter().map(said).collect()
    }
}

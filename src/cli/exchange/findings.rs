//! What is wrong with a file, and what is odd: by line and column, the same thing on many lines said once.

use std::collections::BTreeMap;

use crate::domain::words::cli as words;

/// Faults, and things to look at, that are said each; the rest is counted.
const MOST_SAID: usize = 100;
/// Lines that are named of one thing.
const MOST_LINES: usize = 5;

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// The file cannot be imported like this.
    Wrong,
    /// It can; somebody should look.
    Odd,
}

/// All that was found in a file.
#[derive(Debug, Clone, Default)]
pub struct Findings {
    found: Vec<(Weight, String, String, Vec<u64>)>,
    at: BTreeMap<(Weight, String, String), usize>,
}

impl Findings {
    /// Something wrong in a column (its heading; empty for the row as a whole) of a line (0 for the file as a whole).
    pub fn wrong(&mut self, line: u64, column: &str, says: impl Into<String>) {
        self.add(Weight::Wrong, line, column, says.into());
    }

    /// Something odd there.
    pub fn odd(&mut self, line: u64, column: &str, says: impl Into<String>) {
        self.add(Weight::Odd, line, column, says.into());
    }

    fn add(&mut self, weight: Weight, line: u64, column: &str, says: String) {
        let key = (weight, column.to_owned(), says);
        let at = *self.at.entry(key.clone()).or_insert_with(|| {
            let (weight, column, says) = key;
            self.found.push((weight, column, says, Vec::new()));
            self.found.len() - 1
        });
        let lines = &mut self.found[at].3;
        if lines.last() != Some(&line) {
            lines.push(line);
        }
    }

    /// How many lines, or things of the file as a whole, are found to be so; one line counts for each thing found in it.
    pub fn count(&self, weight: Weight) -> usize {
        self.found.iter().filter(|(of, ..)| *of == weight).map(|(.., lines)| lines.len()).sum()
    }

    /// Whether anything stands in the way.
    pub fn any_wrong(&self) -> bool {
        self.count(Weight::Wrong) > 0
    }

    /// In words, a line each, by the first line of the file in which each thing was found.
    pub fn lines(&self, weight: Weight) -> Vec<String> {
        let mut found: Vec<_> = self.found.iter().filter(|(of, ..)| *of == weight).collect();
        found.sort_by_key(|(.., lines)| lines.first().copied());
        let mut said: Vec<String> = found
            .iter()
            .take(MOST_SAID)
            .map(|(_, column, says, lines)| {
                let named = &lines[..lines.len().min(MOST_LINES)];
                words::finding(named, lines.len() - named.len(), column, says)
            })
            .collect();
        let rest: usize = found.iter().skip(MOST_SAID).map(|(.., lines)| lines.len()).sum();
        if rest > 0 {
            said.push(words::and_more(rest));
        }
        said
    }
}

//! What one word of a search finds: records by their keys, entries by their words, names it may be misspelt for.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::params;

use crate::domain::ids::{CaseId, Seq};
use crate::domain::names::search::text_keys;
use crate::domain::names::similar::misspelt;
use crate::store::Store;
use crate::store::error::ReadError;
use crate::store::rows::{count, id};
use crate::store::scope::Scope;

/// The most records of one register that are looked at for one word.
const MOST_RECORDS: usize = 300;
/// The most entries that are looked at for one word: the latest.
const MOST_ENTRIES: usize = 600;
/// The most records that are offered for a name that was misspelt.
const MOST_NEARLY: u32 = 10;

/// A word that was typed, folded, with what it finds.
pub(super) struct Word {
    pub(super) text: String,
    /// Records with a key that it begins.
    pub(super) records: BTreeSet<CaseId>,
    /// These are all of them.
    pub(super) has_all_records: bool,
    /// Records with a name that it may be misspelt for.
    pub(super) nearly: BTreeSet<CaseId>,
    /// Cases with entries in which it begins a word, the latest entry first.
    pub(super) said: BTreeMap<CaseId, Vec<Seq>>,
    /// These are all of them.
    pub(super) has_all_said: bool,
}

impl Word {
    /// Whether a text is found by it, given the text's words folded as well. Only numbers have keys beside the words.
    pub(super) fn stands_in(&self, text: &str, folded: &str) -> bool {
        folded.split(' ').any(|key| self.finds(key))
            || self.text.starts_with(|c: char| c.is_ascii_digit())
                && text_keys(text).iter().any(|key| self.finds(key))
    }

    /// One letter is no beginning: it stands for an initial or a number.
    fn finds(&self, key: &str) -> bool {
        if self.is_letter() { key == self.text } else { key.starts_with(&self.text) }
    }

    /// How many cases come into question because of it, at the least.
    pub(super) fn weight(&self) -> (bool, usize) {
        let all = self.has_all_records && self.has_all_said;
        (!all, self.records.len() + self.nearly.len() + self.said.len())
    }

    fn is_letter(&self) -> bool {
        self.text.chars().nth(1).is_none()
    }

    /// The word as the index is asked for it. Nothing in it is read as an operator: it stands in quotes.
    fn asked(&self) -> String {
        format!("\"{}\"", self.text.replace('"', "\"\""))
    }
}

impl Store {
    /// What each word finds, of what may be read.
    pub(super) fn words(&self, scope: &Scope, tokens: &[String]) -> Result<Vec<Word>, ReadError> {
        let registers = self.registers()?;
        let mut words = Vec::new();
        for token in tokens {
            let mut word = Word {
                text: token.clone(),
                records: BTreeSet::new(),
                has_all_records: true,
                nearly: BTreeSet::new(),
                said: BTreeMap::new(),
                has_all_said: true,
            };
            for register in &registers {
                let found = self.keyed(scope, register, token)?;
                word.has_all_records &= found.len() < MOST_RECORDS;
                word.records.extend(found);
            }
            // A whole word first: its entries stand in the index in their order, those of a beginning are gathered.
            let mut found = self.mentions(scope, &word.asked())?;
            if found.len() < MOST_ENTRIES && !word.is_letter() {
                found = self.mentions(scope, &format!("{}*", word.asked()))?;
            }
            word.has_all_said = found.len() < MOST_ENTRIES;
            for (seq, case) in found {
                word.said.entry(case).or_default().push(seq);
            }
            words.push(word);
        }
        Ok(words)
    }

    fn registers(&self) -> rusqlite::Result<Vec<String>> {
        self.conn
            .prepare_cached(
                "SELECT DISTINCT substr(what, 9) FROM counts WHERE what >= 'records.' AND what < 'records/'",
            )?
            .query_map([], |row| row.get(0))?
            .collect()
    }

    fn keyed(&self, scope: &Scope, register: &str, token: &str) -> rusqlite::Result<Vec<CaseId>> {
        self.conn
            .prepare_cached(&format!(
                "SELECT k.record FROM find_keys k JOIN records r ON r.id = k.record
                 WHERE k.register = ?1 AND k.key >= ?2 AND k.key < ?2 || char(1114111) AND {}
                 LIMIT {MOST_RECORDS}",
                scope.on("r")
            ))?
            .query_map(params![register, token], |row| id(row, 0))?
            .collect()
    }

    /// The latest entries that answer the index's question.
    fn mentions(&self, scope: &Scope, asked: &str) -> rusqlite::Result<Vec<(Seq, CaseId)>> {
        self.conn
            .prepare_cached(&format!(
                "SELECT e.seq, c.id FROM said_words w CROSS JOIN entries e ON e.seq = w.rowid
                 CROSS JOIN cases c ON c.id = e.case_id
                 WHERE w.said_words MATCH ?1 AND {} ORDER BY w.rowid DESC LIMIT {MOST_ENTRIES}",
                scope.on("c")
            ))?
            .query_map([asked], |row| Ok((count(row, 0)?, id(row, 1)?)))?
            .collect()
    }

    /// Adds to each word the records whose names it may be misspelt for. Whether there are any.
    pub(super) fn add_nearly(&self, scope: &Scope, words: &mut [Word]) -> rusqlite::Result<bool> {
        let is_name = |word: &Word| word.text.chars().all(char::is_alphabetic);
        let wanted: Vec<usize> = (0..words.len()).filter(|at| is_name(&words[*at])).collect();
        if wanted.is_empty() {
            return Ok(false);
        }
        // By register and key, with the words that may be meant for it.
        let mut names: Vec<(String, String, usize)> = Vec::new();
        let mut all =
            self.conn.prepare_cached("SELECT register, key FROM find_keys ORDER BY register, key")?;
        let mut rows = all.query([])?;
        let mut last = String::new();
        while let Some(row) = rows.next()? {
            let key = row.get_ref(1)?.as_str()?;
            // One key of many people stands many times together.
            if key == last {
                continue;
            }
            key.clone_into(&mut last);
            for at in &wanted {
                if !key.starts_with(&words[*at].text) && misspelt(&words[*at].text, key) {
                    names.push((row.get(0)?, last.clone(), *at));
                }
            }
        }
        let mut named = self.conn.prepare_cached(&format!(
            "SELECT k.record FROM find_keys k JOIN records r ON r.id = k.record
             WHERE k.register = ?1 AND k.key = ?2 AND {} LIMIT {MOST_NEARLY}",
            scope.on("r")
        ))?;
        for (register, name, at) in &names {
            let records = named.query_map([register, name], |row| id(row, 0))?;
            words[*at].nearly.extend(records.collect::<rusqlite::Result<Vec<_>>>()?);
        }
        Ok(!names.is_empty())
    }
}

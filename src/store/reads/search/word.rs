//! What one word of a search finds: records by their keys, entries by their words, names it may be misspelt for.
//!
//! However many there are, only so many rows are read of each: of records those with the whole word as a key first, of
//! entries the latest. A word knows whether that was all.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::params;

use super::gather::Lead;
use crate::domain::ids::{CaseId, Seq};
use crate::domain::names::search::{begins, is_whole, text_keys};
use crate::domain::names::similar::misspelt;
use crate::store::Store;
use crate::store::error::ReadError;
use crate::store::rows::{count, id, signed};
use crate::store::scope::Scope;

/// The most records of one register that are looked at for one word.
const MOST_RECORDS: usize = 300;
/// The most keys of one register that are looked at for them, where not all records may be seen.
const MOST_KEYS: usize = 2000;
/// The most entries that are looked at for one word: the latest.
const MOST_ENTRIES: usize = 600;
/// The most that are looked at for them, where not all cases may be seen.
const MOST_LOOKED_AT: usize = 2000;
/// The most records that are offered for a name that was misspelt.
const MOST_NEARLY: u32 = 10;
/// A word that begins keys of as many records is no misspelt name.
const FEW: usize = 5;
/// What stands after every number and before every letter.
pub(in crate::store) const AFTER_NUMBERS: &str = ":";

/// A word that was typed, folded, with what it finds.
pub(super) struct Word {
    pub(super) text: String,
    /// Records with a key that it begins.
    pub(super) records: BTreeMap<CaseId, Keyed>,
    /// These are all of them.
    pub(super) has_all_records: bool,
    /// Records with a name that it may be misspelt for.
    pub(super) nearly: BTreeSet<CaseId>,
    /// Cases with entries in which it begins a word, the latest entry first.
    pub(super) said: BTreeMap<CaseId, (Lead, Vec<Seq>)>,
    /// These are all of them.
    pub(super) has_all_said: bool,
}

/// How a word finds a record: where it stands among those that it finds.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Keyed {
    pub(super) register: String,
    /// The key only begins with the word.
    pub(super) only_begins: bool,
    /// By what the record is sorted in its register.
    sort: String,
}

/// Entries that have a word, with their cases, and whether these are all.
type Mentions = (Vec<(Seq, Lead)>, bool);

impl Word {
    /// Whether a text is found by it, given the text's words folded as well. Only numbers have keys beside the words.
    pub(super) fn stands_in(&self, text: &str, folded: &str) -> bool {
        folded.split(' ').any(|key| self.finds(key))
            || self.text.starts_with(|c: char| c.is_ascii_digit())
                && text_keys(text).iter().any(|key| self.finds(key))
    }

    /// One letter is no beginning: it stands for an initial or a number.
    fn finds(&self, key: &str) -> bool {
        if self.is_letter() { key == self.text } else { begins(&self.text, key) }
    }

    /// How many cases come into question because of it, at the least.
    pub(super) fn weight(&self) -> (bool, usize) {
        (!self.has_all(), self.records.len() + self.nearly.len() + self.said.len())
    }

    /// Whether all that it finds is known.
    pub(super) fn has_all(&self) -> bool {
        self.has_all_records && self.has_all_said
    }

    /// Whether it may be a name that nobody has as it was typed. What stands in so many entries is written as it is meant.
    fn may_be_misspelt(&self) -> bool {
        self.has_all_said && self.records.len() < FEW && self.text.chars().all(char::is_alphabetic)
    }

    fn is_letter(&self) -> bool {
        self.text.chars().nth(1).is_none()
    }

    /// The word as the index is asked for it. Nothing in it is read as an operator: it stands in quotes.
    fn asked(&self) -> String {
        format!("\"{}\"", self.text.replace('"', "\"\""))
    }
}

/// Whether what was looked at counts towards the most that is. What is restricted never does: that there is any would
/// show in what is left out.
fn counts(is_seen: bool, is_there: bool) -> bool {
    is_seen || !is_there
}

impl Store {
    /// What each word finds, of what may be read.
    pub(super) fn words(&self, scope: &Scope, tokens: &[String]) -> Result<Vec<Word>, ReadError> {
        let registers = self.registers()?;
        let mut words = Vec::new();
        for token in tokens {
            let mut word = Word {
                text: token.clone(),
                records: BTreeMap::new(),
                has_all_records: true,
                nearly: BTreeSet::new(),
                said: BTreeMap::new(),
                has_all_said: true,
            };
            for register in &registers {
                self.keyed(scope, register, &mut word)?;
            }
            // A whole word first: its entries stand in the index in their order, those of a beginning are gathered.
            let (mut found, mut all) = self.mentions(scope, &word.asked())?;
            if all && !word.is_letter() && !is_whole(token) {
                (found, all) = self.mentions(scope, &format!("{}*", word.asked()))?;
            }
            word.has_all_said = all;
            for (seq, lead) in found {
                word.said.entry(lead.id).or_insert_with(|| (lead, Vec::new())).1.push(seq);
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

    /// Adds the records of a register that a word finds. Those with a key that is the word itself come first: however
    /// many others it begins, whoever has exactly that name or number is among them.
    fn keyed(&self, scope: &Scope, register: &str, word: &mut Word) -> rusqlite::Result<()> {
        let mut found = 0;
        for (only_begins, which) in
            [(false, "k.key = ?2"), (true, "k.key > ?2 AND k.key < ?2 || char(1114111)")]
        {
            if only_begins && is_whole(&word.text) {
                break;
            }
            let mut keyed = self.conn.prepare_cached(&format!(
                "SELECT k.record, r.sort, {}, {} FROM find_keys k JOIN records r ON r.id = k.record
                 WHERE k.register = ?1 AND {which}",
                scope.on("r"),
                scope.stands("r")
            ))?;
            let mut rows = keyed.query(params![register, word.text])?;
            let mut looked_at = 0;
            while let Some(row) = rows.next()? {
                let (is_seen, is_there) = (row.get(2)?, row.get(3)?);
                looked_at += usize::from(counts(is_seen, is_there));
                if is_seen {
                    let keyed = Keyed { register: register.to_owned(), only_begins, sort: row.get(1)? };
                    word.records.entry(id(row, 0)?).or_insert(keyed);
                    found += 1;
                }
                if found == MOST_RECORDS || looked_at == MOST_KEYS {
                    word.has_all_records = false;
                    break;
                }
            }
            if found == MOST_RECORDS {
                break;
            }
        }
        Ok(())
    }

    /// The latest entries that answer the index's question.
    fn mentions(&self, scope: &Scope, asked: &str) -> rusqlite::Result<Mentions> {
        let mut latest = self
            .conn
            .prepare_cached("SELECT rowid FROM said_words WHERE said_words MATCH ?1 ORDER BY rowid DESC")?;
        let mut case = self.conn.prepare_cached(&format!(
            "SELECT c.id, c.closed, c.opened_at, c.register, {}, {}
             FROM entries e CROSS JOIN cases c ON c.id = e.case_id WHERE e.seq = ?1",
            scope.on("c"),
            scope.stands("c")
        ))?;
        let mut found = Vec::new();
        let mut rows = latest.query([asked])?;
        let mut looked_at = 0;
        while let Some(row) = rows.next()? {
            let seq: Seq = count(row, 0)?;
            let mut of_case = case.query([signed(seq)])?;
            if let Some(row) = of_case.next()? {
                let (is_seen, is_there) = (row.get(4)?, row.get(5)?);
                looked_at += usize::from(counts(is_seen, is_there));
                if is_seen {
                    found.push((seq, Lead::read(row)?));
                }
            }
            if found.len() == MOST_ENTRIES || looked_at == MOST_LOOKED_AT {
                return Ok((found, false));
            }
        }
        Ok((found, true))
    }

    /// Adds to each word the records whose names it may be misspelt for. Whether there are any.
    pub(super) fn add_nearly(&self, scope: &Scope, words: &mut [Word]) -> rusqlite::Result<bool> {
        let wanted: Vec<usize> = (0..words.len()).filter(|at| words[*at].may_be_misspelt()).collect();
        if wanted.is_empty() {
            return Ok(false);
        }
        // By register and key, with the words that may be meant for it.
        let mut names: Vec<(String, String, usize)> = Vec::new();
        for register in self.registers()? {
            let mut all = self
                .conn
                .prepare_cached("SELECT key FROM find_keys WHERE register = ?1 AND key >= ?2 ORDER BY key")?;
            let mut rows = all.query([register.as_str(), AFTER_NUMBERS])?;
            let mut last = String::new();
            while let Some(row) = rows.next()? {
                let key = row.get_ref(0)?.as_str()?;
                // One key of many people stands many times together.
                if key == last {
                    continue;
                }
                key.clone_into(&mut last);
                for at in &wanted {
                    if !key.starts_with(&words[*at].text) && misspelt(&words[*at].text, key) {
                        names.push((register.clone(), last.clone(), *at));
                    }
                }
            }
        }
        let mut named = self.conn.prepare_cached(&format!(
            "SELECT k.record FROM find_keys k JOIN records r ON r.id = k.record
             WHERE k.register = ?1 AND k.key = ?2 AND {} LIMIT {MOST_NEARLY}",
            scope.on("r")
        ))?;
        let mut any = false;
        for (register, name, at) in &names {
            for record in named.query_map([register, name], |row| id(row, 0))? {
                any |= words[*at].nearly.insert(record?);
            }
        }
        Ok(any)
    }
}

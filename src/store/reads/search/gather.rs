//! Which cases and records have all the words of a search, why, and in which order.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{OptionalExtension, params};

use super::word::Word;
use crate::domain::entry::{Entry, Said};
use crate::domain::ids::{CaseId, Seq};
use crate::domain::names::fold;
use crate::domain::search::Kind;
use crate::pathway::fold::effective;
use crate::store::derive::words_of;
use crate::store::error::ReadError;
use crate::store::reads::veil::Veil;
use crate::store::rows::{count, id, maybe_id};
use crate::store::scope::Scope;
use crate::store::{Store, ledger, merged};

/// The register of people, who are shown first.
const PEOPLE: &str = "people";
/// The most records whose cases come into question because of one word, and cases of each.
const MOST_SUBJECTS: usize = 100;
const MOST_OF_SUBJECT: u32 = 30;
/// The most open cases that are looked at for a word that stands nearly everywhere.
const MOST_OPEN: u32 = 200;
/// The most cases whose entries are read, where a word stands in more of them than were looked at, or somebody may not
/// be named to the viewer.
pub(super) const MOST_READ: usize = 300;

/// What was found, by kind, each kind in order.
pub(super) type Gathered = BTreeMap<Kind, Vec<(Candidate, Because)>>;

/// A case or record that comes into question.
#[derive(Debug, Clone)]
pub(super) struct Candidate {
    pub(super) id: CaseId,
    /// The records whose keys find it: its own, or that of its subject, and whatever is read as it.
    records: Vec<CaseId>,
    /// Of a record its register and by what it is sorted.
    register: Option<(String, String)>,
    closed: bool,
    opened_at: i64,
}

/// Why it was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Because {
    /// Its reference was typed.
    Reference,
    /// All words begin keys of its record.
    Record,
    /// Words that its record does not have stand in its entries, most of them in this one.
    Said { seq: Seq, words: Vec<String> },
    /// A word is nearly a name of its record.
    Nearly,
}

/// What was typed in an entry, as far as the viewer may read it.
pub(super) struct Text {
    pub(super) seq: Seq,
    pub(super) text: String,
    folded: String,
}

/// How the words of entries are looked for.
pub(super) struct Looking {
    /// The index is taken at its word. It knows of nobody who may not be named to the viewer.
    pub(super) trusts: bool,
    /// How many more cases may be read.
    pub(super) left_to_read: usize,
}

impl Candidate {
    pub(super) fn kind(&self) -> Kind {
        match &self.register {
            Some((register, _)) if register == PEOPLE => Kind::People,
            Some((register, _)) => Kind::Records(register.clone()),
            None if self.closed => Kind::Closed,
            None => Kind::Open,
        }
    }

    pub(super) fn is_record(&self) -> bool {
        self.register.is_some()
    }

    /// Records stand by name, cases by when they were opened, the latest first; what is only nearly meant comes last.
    fn place(&self, because: &Because) -> impl Ord + use<> {
        let strength = match because {
            Because::Reference => 0,
            Because::Record => 1,
            // Whether it is about somebody or they are spoken of: what is latest goes first.
            Because::Said { .. } if self.is_record() => 2,
            Because::Said { .. } => 1,
            Because::Nearly => 3,
        };
        let name = self.register.as_ref().map(|(_, sort)| sort.clone());
        (strength, name, Reverse(self.opened_at), self.id)
    }
}

impl Store {
    /// Everything that has all the words.
    pub(super) fn gather(&self, scope: &Scope, words: &[Word]) -> Result<Gathered, ReadError> {
        let mut found = Gathered::new();
        let Some(rarest) = words.iter().min_by_key(|word| word.weight()) else { return Ok(found) };
        let mut candidates = Vec::new();
        for id in self.in_question(rarest)? {
            candidates.extend(self.candidate(scope, id)?);
        }
        // The likeliest first, because not all of them may be read.
        candidates.sort_by_key(|one| (one.closed, Reverse(one.opened_at)));
        let mut looking = Looking { trusts: true, left_to_read: MOST_READ };
        for candidate in candidates {
            if let Some(because) = self.because(scope, &candidate, words, &mut looking)? {
                found.entry(candidate.kind()).or_default().push((candidate, because));
            }
        }
        for found in found.values_mut() {
            found.sort_by_cached_key(|(candidate, because)| candidate.place(because));
        }
        Ok(found)
    }

    /// A case or record, where the viewer may see it: the one place that decides what a search may show.
    pub(super) fn candidate(&self, scope: &Scope, case: CaseId) -> rusqlite::Result<Option<Candidate>> {
        let found = self
            .conn
            .prepare_cached(&format!(
                "SELECT c.id, c.subject, c.closed, c.opened_at, r.register, r.sort
                 FROM cases c LEFT JOIN records r ON r.id = c.id WHERE c.id = ?1 AND {}",
                scope.on("c")
            ))?
            .query_row([case.0.as_bytes()], |row| {
                let (id, subject) = (id(row, 0)?, maybe_id(row, 1)?);
                let register: Option<String> = row.get(4)?;
                Ok(Candidate {
                    id,
                    records: if register.is_some() { vec![id] } else { subject.into_iter().collect() },
                    register: register.zip(row.get(5)?),
                    closed: row.get::<_, i64>(2)? != 0,
                    opened_at: row.get(3)?,
                })
            })
            .optional()?;
        let Some(mut found) = found else { return Ok(None) };
        if let Some(record) = found.records.pop() {
            let kept = merged::kept(&self.conn, record)?;
            // A record that is read as another is found as that one.
            if found.is_record() && kept != record {
                return Ok(None);
            }
            found.records = merged::together(&self.conn, kept)?;
        }
        Ok(Some(found))
    }

    /// Records and cases that may have the word, by whatever finds it.
    fn in_question(&self, word: &Word) -> rusqlite::Result<BTreeSet<CaseId>> {
        let mut cases: BTreeSet<CaseId> = word.said.keys().copied().collect();
        for (at, record) in word.records.iter().chain(&word.nearly).enumerate() {
            let kept = merged::kept(&self.conn, *record)?;
            cases.insert(kept);
            if at < MOST_SUBJECTS {
                let mut of_subject = self.conn.prepare_cached(&format!(
                    "SELECT id FROM cases WHERE subject IN (SELECT value FROM ({})) AND register = 0
                     ORDER BY closed, opened_at DESC LIMIT {MOST_OF_SUBJECT}",
                    merged::DOWN
                ))?;
                let found = of_subject.query_map([kept.0.as_bytes()], |row| id(row, 0))?;
                cases.extend(found.collect::<rusqlite::Result<Vec<_>>>()?);
            }
        }
        if !word.has_all_said {
            let mut open = self.conn.prepare_cached(&format!(
                "SELECT id FROM cases WHERE register = 0 AND closed = 0 ORDER BY opened_at DESC, id LIMIT {MOST_OPEN}"
            ))?;
            let found = open.query_map([], |row| id(row, 0))?;
            cases.extend(found.collect::<rusqlite::Result<Vec<_>>>()?);
        }
        Ok(cases)
    }

    /// Why a candidate has all the words; `None` where it lacks one.
    pub(super) fn because(
        &self,
        scope: &Scope,
        candidate: &Candidate,
        words: &[Word],
        looking: &mut Looking,
    ) -> Result<Option<Because>, ReadError> {
        let mut read: Option<Vec<Text>> = None;
        let mut votes: BTreeMap<Seq, usize> = BTreeMap::new();
        let mut in_text = Vec::new();
        let mut nearly = false;
        for word in words {
            let by_record =
                |found: &BTreeSet<CaseId>| candidate.records.iter().any(|record| found.contains(record));
            if by_record(&word.records) || (!word.has_all_records && self.has_key(candidate, word)?) {
                continue;
            }
            let known = word.said.get(&candidate.id).filter(|_| looking.trusts);
            let mut said = known.cloned().unwrap_or_default();
            let may_be_said = said.is_empty() && !(looking.trusts && word.has_all_said);
            if may_be_said && (read.is_some() || looking.left_to_read > 0) {
                if read.is_none() {
                    looking.left_to_read -= 1;
                    read = Some(self.texts(scope, candidate.id)?);
                }
                let texts = read.iter().flatten();
                said =
                    texts.filter(|one| word.stands_in(&one.text, &one.folded)).map(|one| one.seq).collect();
            }
            if said.is_empty() {
                if !by_record(&word.nearly) {
                    return Ok(None);
                }
                nearly = true;
            } else {
                in_text.push(word.text.clone());
            }
            for seq in said {
                *votes.entry(seq).or_default() += 1;
            }
        }
        // The entry with most of the words, of several the latest.
        let entry = votes.into_iter().max_by_key(|(seq, votes)| (*votes, *seq)).map(|(seq, _)| seq);
        Ok(Some(match entry {
            _ if nearly => Because::Nearly,
            Some(seq) => Because::Said { seq, words: in_text },
            None => Because::Record,
        }))
    }

    /// Whether the record of a candidate has a key that a very common word begins.
    fn has_key(&self, candidate: &Candidate, word: &Word) -> rusqlite::Result<bool> {
        let mut keyed = self.conn.prepare_cached(
            "SELECT 1 FROM find_keys WHERE record = ?1 AND key >= ?2 AND key < ?2 || char(1114111)",
        )?;
        for record in &candidate.records {
            if keyed.exists(params![record.0.as_bytes(), word.text])? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Everything that was typed in a case, without the names of those who may not be named to the viewer.
    pub(super) fn texts(&self, scope: &Scope, case: CaseId) -> Result<Vec<Text>, ReadError> {
        if scope.hides_any() {
            return self.veiled(scope, case);
        }
        let texts = self
            .conn
            .prepare_cached(
                "SELECT s.seq, s.text FROM case_entries e JOIN said s ON s.seq = e.seq WHERE e.case_id = ?1",
            )?
            .query_map([case.0.as_bytes()], |row| {
                let text: String = row.get(1)?;
                Ok(Text { seq: count(row, 0)?, folded: fold(&text), text })
            })?
            .collect::<rusqlite::Result<_>>()?;
        Ok(texts)
    }

    fn veiled(&self, scope: &Scope, case: CaseId) -> Result<Vec<Text>, ReadError> {
        let stored = ledger::of_case(&self.conn, case, i64::MAX.unsigned_abs())?;
        let mut entries: Vec<Entry> = stored.iter().map(|stored| stored.read().0).collect();
        let veil = Veil::over(scope, &entries);
        entries.iter_mut().for_each(|entry| veil.entry(entry));
        let editions = self.editions()?;
        let stands = effective(&entries);
        let texts = entries.iter().filter_map(|entry| {
            let Said::Step(said) = &entry.said else { return None };
            let text = words_of(said, &stands.get(&entry.id)?.answers, &editions);
            Some(Text { seq: entry.seq, folded: fold(&text), text })
        });
        Ok(texts.collect())
    }
}

//! Which cases and records have all the words of a search, why, and in which order.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{OptionalExtension, Row, params};

use super::texts::Text;
use super::word::Word;
use crate::domain::ids::{CaseId, Seq};
use crate::domain::names::search::is_whole;
use crate::domain::search::Kind;
use crate::store::Store;
use crate::store::error::ReadError;
use crate::store::merged::Merges;
use crate::store::rows::{id, maybe_id};
use crate::store::scope::Scope;

/// The register of people, who are shown first.
const PEOPLE: &str = "people";
/// The most records whose cases come into question because of one word.
const MOST_SUBJECTS: usize = 100;
/// The most cases of all of them together, open or closed; each has its latest among them.
const MOST_OF_SUBJECTS: usize = 900;
/// The most open cases that are looked at for a word that stands nearly everywhere.
const MOST_OPEN: u32 = 200;
/// The most cases whose entries are read, where a word stands in more of them than were looked at, or somebody may not
/// be named to the viewer.
pub(super) const MOST_READ: usize = 200;

/// What was found, by kind, each kind in order: as many as are shown, and one more where there are more.
#[derive(Default)]
pub(super) struct Gathered {
    pub(super) kinds: BTreeMap<Kind, Vec<(Candidate, Because)>>,
    /// Something that was not looked at may have all the words as well.
    pub(super) is_bounded: bool,
}

/// A case or record that may come into question, with as much as says when its turn is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Lead {
    closed: bool,
    opened_at: Reverse<i64>,
    pub(super) id: CaseId,
    is_record: bool,
}

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
    /// All words are keys of its record.
    Whole,
    /// All words begin keys of its record.
    Record,
    /// Words that its record does not have stand in its entries, most of them in this one.
    Said { seq: Seq, words: Vec<String> },
    /// A word is nearly a name of its record.
    Nearly,
}

/// What comes into question because of one word, in the order in which it is asked.
struct InQuestion<'w> {
    /// Each with its register where that is known.
    records: Vec<(Option<&'w str>, CaseId)>,
    cases: BTreeSet<Lead>,
    /// There is more than this.
    is_cut: bool,
}

/// How the words of entries are looked for.
pub(super) struct Looking {
    /// The index is taken at its word. It knows of nobody who may not be named to the viewer.
    trusts: bool,
    /// How many more cases may be read.
    left_to_read: usize,
    /// One that lacked a word was not read any more.
    ran_out: bool,
}

impl Looking {
    fn new(trusts: bool) -> Self {
        Self { trusts, left_to_read: MOST_READ, ran_out: false }
    }
}

impl Lead {
    /// From `id, closed, opened_at, register` of a case.
    pub(super) fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: id(row, 0)?,
            closed: row.get(1)?,
            opened_at: Reverse(row.get(2)?),
            is_record: row.get(3)?,
        })
    }
}

impl Candidate {
    pub(super) fn kind(&self) -> Kind {
        match &self.register {
            Some((register, _)) => of_register(register),
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
            // Whoever has exactly that name or number stands before those that begin so.
            Because::Whole if self.is_record() => 0,
            Because::Whole | Because::Record => 1,
            // Whether it is about somebody or they are spoken of: what is latest goes first.
            Because::Said { .. } if self.is_record() => 2,
            Because::Said { .. } => 1,
            Because::Nearly => 3,
        };
        let name = self.register.as_ref().map(|(_, sort)| sort.clone());
        (strength, name, Reverse(self.opened_at), self.id)
    }
}

fn of_register(register: &str) -> Kind {
    if register == PEOPLE { Kind::People } else { Kind::Records(register.to_owned()) }
}

impl Gathered {
    /// Whether all that is shown of a kind is there, however much more comes.
    fn is_full(&self, kind: &Kind, most: usize) -> bool {
        let strong = |because: &Because, is_record: bool| match because {
            Because::Reference | Because::Whole | Because::Record => true,
            // Records that only speak of it stand behind those that are meant.
            Because::Said { .. } => !is_record,
            Because::Nearly => false,
        };
        let found = self.kinds.get(kind).into_iter().flatten();
        found.filter(|(one, because)| strong(because, one.is_record())).count() > most
    }
}

impl Store {
    /// Everything that has all the words, at most so many of each kind and one more. The likeliest are asked first, and
    /// nobody is asked any more once a kind is full.
    pub(super) fn gather(
        &self,
        scope: &Scope,
        merges: &Merges,
        words: &[Word],
        most: usize,
    ) -> Result<Gathered, ReadError> {
        let mut found = Gathered::default();
        let Some(rarest) = words.iter().min_by_key(|word| word.weight()) else { return Ok(found) };
        let mut asking = [Looking::new(true), Looking::new(false)];
        let InQuestion { records, cases, is_cut } = self.in_question(scope, rarest, merges)?;
        found.is_bounded = is_cut;
        let records = records.into_iter().map(|(register, id)| (register.map(of_register), id));
        let cases = cases.into_iter().map(|case| {
            let kind = if case.closed { Kind::Closed } else { Kind::Open };
            (Some(kind), case.id)
        });
        for (kind, id) in records.chain(cases) {
            if kind.is_some_and(|kind| found.is_full(&kind, most)) {
                continue;
            }
            if let Some(candidate) = self.candidate(scope, merges, id)?
                && let Some(because) = self.because_readable(scope, &candidate, words, &mut asking)?
            {
                found.kinds.entry(candidate.kind()).or_default().push((candidate, because));
            }
        }
        found.is_bounded |= asking.iter().any(|looking| looking.ran_out);
        for found in found.kinds.values_mut() {
            found.sort_by_cached_key(|(candidate, because)| candidate.place(because));
        }
        Ok(found)
    }

    /// Why a candidate has all the words, of what the viewer may read of it. The index finds words whoever they name;
    /// where somebody may not be named to the viewer, each case is asked again.
    fn because_readable(
        &self,
        scope: &Scope,
        candidate: &Candidate,
        words: &[Word],
        [trusting, reading]: &mut [Looking; 2],
    ) -> Result<Option<Because>, ReadError> {
        let because = self.because(scope, candidate, words, trusting)?;
        if because.is_none() || !scope.hides_any() {
            return Ok(because);
        }
        self.because(scope, candidate, words, reading)
    }

    /// A case or record, where the viewer may see it: the one place that decides what a search may show.
    pub(super) fn candidate(
        &self,
        scope: &Scope,
        merges: &Merges,
        case: CaseId,
    ) -> rusqlite::Result<Option<Candidate>> {
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
            let kept = merges.kept(record);
            // A record that is read as another is found as that one.
            if found.is_record() && kept != record {
                return Ok(None);
            }
            found.records = merges.together(kept);
        }
        Ok(Some(found))
    }

    /// Records and cases that may have the word, by whatever finds it.
    fn in_question<'w>(
        &self,
        scope: &Scope,
        word: &'w Word,
        merges: &Merges,
    ) -> rusqlite::Result<InQuestion<'w>> {
        let mut is_cut = !word.has_all();
        let mut keyed: Vec<_> = word.records.iter().collect();
        keyed.sort_by_key(|(_, keyed)| *keyed);
        // Whom the record is read as may be of another name, and so not in this order.
        let mut records: Vec<(Option<&str>, CaseId)> = Vec::new();
        let mut known = BTreeSet::new();
        let mut put = |register: Option<&'w str>, id: CaseId| {
            let kept = merges.kept(id);
            if known.insert(kept) {
                records.push((register.filter(|_| kept == id), kept));
            }
        };
        keyed.into_iter().for_each(|(id, keyed)| put(Some(&keyed.register), *id));
        word.nearly.iter().for_each(|id| put(None, *id));
        word.said.values().filter(|(lead, _)| lead.is_record).for_each(|(lead, _)| put(None, lead.id));

        let mut cases: BTreeSet<Lead> = word.said.values().map(|(lead, _)| *lead).collect();
        let subjects = word.records.len() + word.nearly.len();
        is_cut |= subjects > MOST_SUBJECTS;
        let each = MOST_OF_SUBJECTS / subjects.clamp(1, MOST_SUBJECTS);
        let mut of_subject = self.conn.prepare_cached(&format!(
            "SELECT c.id, c.closed, c.opened_at, c.register FROM cases c
             WHERE c.subject = ?1 AND c.closed = ?2 AND c.register = 0 AND {} ORDER BY c.opened_at DESC LIMIT ?3",
            scope.on("c")
        ))?;
        for (_, record) in records.iter().take(subjects.min(MOST_SUBJECTS)) {
            for subject in merges.together(*record) {
                for closed in [false, true] {
                    let before = cases.len();
                    let limit = i64::try_from(each).unwrap_or(i64::MAX);
                    for lead in
                        of_subject.query_map(params![subject.0.as_bytes(), closed, limit], Lead::read)?
                    {
                        cases.insert(lead?);
                    }
                    is_cut |= cases.len() - before >= each;
                }
            }
        }
        if !word.has_all_said {
            let mut open = self.conn.prepare_cached(&format!(
                "SELECT c.id, c.closed, c.opened_at, c.register FROM cases c
                 WHERE c.register = 0 AND c.closed = 0 AND {} ORDER BY c.opened_at DESC, c.id LIMIT {MOST_OPEN}",
                scope.on("c")
            ))?;
            for lead in open.query_map([], Lead::read)? {
                cases.insert(lead?);
            }
        }
        cases.retain(|lead| !lead.is_record);
        Ok(InQuestion { records, cases, is_cut })
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
        let (mut whole, mut nearly) = (true, false);
        for word in words {
            let has = |found: &dyn Fn(&CaseId) -> bool| candidate.records.iter().any(found);
            whole &= has(&|record| word.records.get(record).is_some_and(|keyed| !keyed.only_begins));
            if has(&|record| word.records.contains_key(record))
                || (!word.has_all_records && self.has_key(candidate, word)?)
            {
                continue;
            }
            let known = word.said.get(&candidate.id).filter(|_| looking.trusts);
            let mut said = known.map(|(_, said)| said.clone()).unwrap_or_default();
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
                if !has(&|record| word.nearly.contains(record)) {
                    looking.ran_out |= may_be_said && read.is_none();
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
            None if whole => Because::Whole,
            None => Because::Record,
        }))
    }

    /// Whether the record of a candidate has a key that a very common word begins.
    fn has_key(&self, candidate: &Candidate, word: &Word) -> rusqlite::Result<bool> {
        let key = if is_whole(&word.text) { "= ?2" } else { ">= ?2 AND key < ?2 || char(1114111)" };
        let mut keyed =
            self.conn.prepare_cached(&format!("SELECT 1 FROM find_keys WHERE record = ?1 AND key {key}"))?;
        for record in &candidate.records {
            if keyed.exists(params![record.0.as_bytes(), word.text])? {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

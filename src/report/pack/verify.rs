//! Checks a pack in JSON, with nothing but the file: everything that [`super::proof`] says is to be checked.
//!
//! What does not hold is named by its place, all of it and not only the first. Nothing is asked of an office, so that
//! whoever receives a pack checks it anywhere; `tests/verifier/pack.py` does the same from the description alone.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde_json::Value;

use super::instant;
use super::proof::{List, PROOF, Proof, Proved, file, plain, shown};
use crate::domain::checkpoint::{Checkpoint, PublicKey, Seal};
use crate::domain::ids::{Hash32, Seq};
use crate::domain::merkle;
use crate::domain::words::checkpoint as checkpoint_words;
use crate::domain::words::pack::proof as words;
use crate::store::header::commit;

/// What may be known of whoever signed it before it is checked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Expected {
    /// The key that should have signed it.
    pub key: Option<PublicKey>,
    /// The last checkpoint of that office that a witness has seen.
    pub seen: Option<Checkpoint>,
}

/// What was found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Verified {
    /// What does not hold; empty where all does.
    pub faults: Vec<Fault>,
    /// How often cases show an entry.
    pub shown: usize,
    /// Entries that are proved, and how many of them with all they say.
    pub entries: (usize, usize),
    /// The checkpoint that goes with it, where its signature counts.
    pub checkpoint: Option<Checkpoint>,
    /// The key that signed it.
    pub key: Option<PublicKey>,
}

/// Something that does not hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Where.
    pub place: Place,
    /// What, in words.
    pub says: String,
}

/// A place in a pack.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// The file as it is written.
    File,
    /// The proof as a whole.
    Proof,
    /// The key that signed it.
    Key,
    /// The checkpoint.
    Note,
    /// The seal.
    Seal,
    /// The list of what is in it.
    List,
    /// Everything that is neither a table nor an entry.
    Cover,
    /// The head of the record when it was gathered.
    Head,
    /// A table, by its id.
    Table(String),
    /// An entry, by its number.
    Entry(Seq),
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Place::File => words::FILE,
            Place::Proof => words::PROOF,
            Place::Key => words::KEY,
            Place::Note => words::NOTE,
            Place::Seal => words::SEAL,
            Place::List => words::LIST,
            Place::Cover => words::COVER,
            Place::Head => words::HEAD,
            Place::Table(id) => return f.write_str(&words::table(id)),
            Place::Entry(number) => return f.write_str(&words::entry(*number)),
        })
    }
}

/// Checks the bytes of a pack.
pub fn verify(bytes: &[u8], expected: &Expected) -> Verified {
    let mut found = Verified::default();
    let pack = match read(bytes) {
        Ok(pack) => pack,
        Err(says) => {
            found.fault(Place::File, says);
            return found;
        }
    };
    if !is_formed(&pack) {
        found.fault(Place::File, words::OTHER_FORM);
        return found;
    }
    let proof = pack.get(PROOF).and_then(|proof| serde_json::from_value::<Proof>(proof.clone()).ok());
    let Some(proof) = proof else {
        found.fault(Place::Proof, words::NO_PROOF);
        return found;
    };
    found.signatures(&proof, expected);
    found.listed(&pack, &proof);
    found.head(&pack["head"], proof.head.as_deref());
    let proved = found.entries(&proof.entries);
    found.shows(&pack, &proved);
    let mut seen = BTreeSet::new();
    found.faults.retain(|fault| seen.insert((fault.place.clone(), fault.says.clone())));
    found
}

/// The value, where the file is written as packs are.
fn read(bytes: &[u8]) -> Result<Value, String> {
    let line_of = |at: usize| bytes.iter().take(at).filter(|byte| **byte == b'\n').count() + 1;
    let wrong = |line: usize| {
        let text = String::from_utf8_lossy(bytes);
        words::not_as_written(line, near(&text, line))
    };
    let text = std::str::from_utf8(bytes).map_err(|error| wrong(line_of(error.valid_up_to())))?;
    let pack: Value = serde_json::from_str(text).map_err(|error| {
        // A line that is not ended where it should be is where the fault is, not the next.
        wrong(if error.column() == 0 { error.line() - 1 } else { error.line() })
    })?;
    let again = file(&pack).map_err(|error| error.to_string())?;
    if again != bytes {
        let same = again.iter().zip(bytes).take_while(|(one, other)| one == other).count();
        return Err(wrong(line_of(same)));
    }
    if is_odd(&pack) { Err(words::NO_SUCH_NUMBER.to_owned()) } else { Ok(pack) }
}

/// Whether cases, their entries and tables stand where they should: what stands there in another form is in no list.
fn is_formed(pack: &Value) -> bool {
    let objects = |value: &Value| value.as_array().is_some_and(|items| items.iter().all(Value::is_object));
    let cases = pack["cases"].as_array().into_iter().flatten();
    let tables = pack["tables"].as_object();
    objects(&pack["cases"])
        && cases.into_iter().all(|case| objects(&case["entries"]))
        && tables.is_some_and(|tables| tables.values().all(objects))
}

fn is_odd(value: &Value) -> bool {
    match value {
        Value::Number(number) => number.is_f64(),
        Value::Array(items) => items.iter().any(is_odd),
        Value::Object(members) => members.values().any(is_odd),
        Value::Null | Value::Bool(_) | Value::String(_) => false,
    }
}

/// The entry in which a line stands, or the last before it.
fn near(text: &str, line: usize) -> Option<Seq> {
    let lines: Vec<&str> = text.split('\n').collect();
    let number = |line: &str, indent: usize| -> Option<Seq> {
        let said = line.strip_prefix(&" ".repeat(indent + 2))?.strip_prefix("\"entry\": ")?;
        said.trim_end_matches(',').parse().ok()
    };
    let before = lines.len().min(line);
    let block = [8, 6].into_iter().find_map(|indent| {
        let (opens, closes) = (format!("{}{{", " ".repeat(indent)), format!("{}}}", " ".repeat(indent)));
        let first = lines.iter().take(before).rposition(|one| *one == opens)?;
        let inside = lines.iter().skip(first).take_while(|one| !one.starts_with(&closes));
        let inside: Vec<&&str> = inside.collect();
        if first + inside.len() + 1 < before {
            return None;
        }
        inside.iter().find_map(|one| number(one, indent))
    });
    let last = || lines.iter().take(before).rev().find_map(|one| number(one, 8).or_else(|| number(one, 6)));
    block.or_else(last)
}

/// A hash as it is printed here, and in no other way.
fn hash(text: &str) -> Option<Hash32> {
    text.parse::<Hash32>().ok().filter(|hash| hash.to_string() == text)
}

fn hashes(all: &[String]) -> Option<Vec<Hash32>> {
    all.iter().map(|one| hash(one)).collect()
}

fn number(entry: &Value) -> Seq {
    entry["entry"].as_u64().unwrap_or_default()
}

impl Verified {
    /// Whether key, checkpoint and seal hold, so that they speak for whoever signed.
    pub fn is_signed(&self) -> bool {
        let of_signature =
            |fault: &Fault| matches!(fault.place, Place::Key | Place::Note | Place::Seal | Place::List);
        self.key.is_some() && !self.faults.iter().any(of_signature)
    }

    fn fault(&mut self, place: Place, says: impl Into<String>) {
        self.faults.push(Fault { place, says: says.into() });
    }

    /// Key, checkpoint and seal.
    fn signatures(&mut self, proof: &Proof, expected: &Expected) {
        if plain(&proof.list) != self.sealed(proof, expected).unwrap_or_else(|| plain(&proof.list)) {
            self.fault(Place::List, words::LIST_CHANGED);
        }
        if let (Some(seen), Some(own)) = (&expected.seen, &self.checkpoint)
            && (seen.origin != own.origin || seen.size == own.size && seen.root != own.root)
        {
            let says = words::witness_saw(seen.size);
            self.fault(Place::Note, says);
        }
    }

    /// The hash of the list that was sealed, where the seal counts.
    fn sealed(&mut self, proof: &Proof, expected: &Expected) -> Option<Hash32> {
        let Ok(key) = proof.key.parse::<PublicKey>() else {
            self.fault(Place::Key, checkpoint_words::NOT_A_KEY);
            return None;
        };
        if expected.key.as_ref().is_some_and(|expected| *expected != key) {
            self.fault(Place::Key, words::ANOTHER_KEY);
        }
        let is_one = |note: &str| note.rsplit_once("\n\n").is_some_and(|(_, by)| by.lines().count() == 1);
        let note =
            Checkpoint::read(&proof.note, std::slice::from_ref(&key)).map_err(|fault| fault.to_string());
        let note = note.and_then(|read| match () {
            () if read.origin != key.name() => Err(words::ANOTHER_OFFICE.to_owned()),
            () if !is_one(&proof.note) => Err(words::ONE_SIGNATURE.to_owned()),
            () => Ok(read),
        });
        match note {
            Ok(read) => self.checkpoint = Some(read),
            Err(says) => self.fault(Place::Note, says),
        }
        let seal = Seal::read(&proof.seal, &key).map_err(|fault| fault.to_string());
        let seal = seal.and_then(|seal| match &self.checkpoint {
            _ if seal.origin != key.name() => Err(words::ANOTHER_OFFICE.to_owned()),
            _ if !is_one(&proof.seal) => Err(words::ONE_SIGNATURE.to_owned()),
            Some(own) if (own.size, own.root) != seal.checkpoint => Err(words::ANOTHER_CHECKPOINT.to_owned()),
            _ => Ok(seal),
        });
        self.key = Some(key);
        match seal {
            Ok(seal) => Some(seal.list),
            Err(says) => {
                self.fault(Place::Seal, says);
                None
            }
        }
    }

    /// Everything in the pack against its list.
    fn listed(&mut self, pack: &Value, proof: &Proof) {
        let Ok(list) = serde_json::from_value::<List>(proof.list.clone()) else {
            self.fault(Place::List, words::OTHER_FORM);
            return;
        };
        let found = List::of(pack, &proof.entries);
        if list.cover != found.cover {
            self.fault(Place::Cover, words::CHANGED);
        }
        let tables: BTreeSet<&String> = list.tables.keys().chain(found.tables.keys()).collect();
        for id in tables {
            let says = match (list.tables.get(id), found.tables.get(id)) {
                (Some(listed), Some(found)) if listed == found => continue,
                (Some(_), Some(_)) => words::CHANGED,
                (Some(_), None) => words::MISSING,
                (None, _) => words::ADDED,
            };
            self.fault(Place::Table(id.clone()), says);
        }
        let entries = |list: &List| -> Vec<_> {
            list.entries.iter().map(|one| ((String::new(), one.entry), one.sha256.clone())).collect()
        };
        self.aligned(&entries(&list), &entries(&found));
        let shown = |list: &List| -> Vec<_> {
            list.shown.iter().map(|one| ((one.case.clone(), one.entry), one.sha256.clone())).collect()
        };
        self.aligned(&shown(&list), &shown(&found));
        self.shown = found.shown.len();
    }

    /// Entries that are listed against those that are found: missing, put in, elsewhere, changed.
    fn aligned(&mut self, listed: &[((String, Seq), String)], found: &[((String, Seq), String)]) {
        fn keys(all: &[((String, Seq), String)]) -> BTreeMap<&(String, Seq), &String> {
            all.iter().rev().map(|(key, hash)| (key, hash)).collect()
        }
        let (in_list, in_pack) = (keys(listed), keys(found));
        for (key, _) in listed.iter().filter(|(key, _)| !in_pack.contains_key(key)) {
            self.fault(Place::Entry(key.1), words::MISSING);
        }
        let mut before = BTreeSet::new();
        let mut order = Vec::new();
        for (key, hash) in found {
            match in_list.get(key) {
                Some(_) if !before.insert(key) => self.fault(Place::Entry(key.1), words::ADDED),
                None => self.fault(Place::Entry(key.1), words::ADDED),
                Some(listed) => {
                    order.push(key);
                    if *listed != hash {
                        self.fault(Place::Entry(key.1), words::CHANGED);
                    }
                }
            }
        }
        let should = listed.iter().map(|(key, _)| key).filter(|key| in_pack.contains_key(key));
        if let Some((one, other)) = should.zip(order).find(|(one, other)| one != other) {
            self.fault(Place::Entry(one.1), words::MOVED);
            self.fault(Place::Entry(other.1), words::MOVED);
        }
    }

    fn head(&mut self, head: &Value, proof: Option<&[String]>) {
        let (size, own) = (head["entries"].as_u64(), head["hash"].as_str().and_then(hash));
        let holds = match (&self.checkpoint, proof, size, own) {
            (_, None, Some(0), _) => true,
            (Some(signed), Some(proof), Some(size), Some(own)) => hashes(proof)
                .is_some_and(|proof| merkle::included(own, size, signed.size, &proof, signed.root)),
            // Without a checkpoint that counts nothing can be said of it.
            (None, Some(_), Some(_), Some(_)) => true,
            _ => false,
        };
        if !holds {
            self.fault(Place::Head, words::NOT_THE_HEAD);
        }
    }

    /// Each entry that is proved, by its number; `None` where it cannot be read.
    fn entries(&mut self, all: &[Value]) -> BTreeMap<Seq, Option<Proved>> {
        let mut proved = BTreeMap::new();
        for value in all {
            let one = serde_json::from_value::<Proved>(value.clone()).ok();
            let place = Place::Entry(number(value));
            match &one {
                None => self.fault(place, words::OTHER_FORM),
                Some(one) => {
                    for says in self.entry(one) {
                        self.fault(place.clone(), says);
                    }
                    self.entries.0 += 1;
                    self.entries.1 += usize::from(one.body.is_some());
                }
            }
            proved.entry(number(value)).or_insert(one);
        }
        proved
    }

    /// What does not hold of an entry.
    fn entry(&self, one: &Proved) -> Vec<&'static str> {
        let mut faults = Vec::new();
        let Some(header) = one.header.read().filter(|header| header.seq == one.entry) else {
            return vec![words::OTHER_HEADER];
        };
        match (&one.salt, &one.body, &one.without) {
            (Some(salt), Some(body), None) => {
                let commit = hash(salt).map(|salt| commit(&salt.0, body.as_bytes()));
                faults.extend((commit != Some(header.body_commit)).then_some(words::OTHER_BODY));
            }
            (None, None, Some(_)) => {}
            _ => faults.push(words::OTHER_FORM),
        }
        let own = header.hash();
        faults.extend((own.to_string() != one.hash).then_some(words::OTHER_HEADER));
        if let Some(signed) = &self.checkpoint {
            let included = hashes(&one.inclusion)
                .is_some_and(|proof| merkle::included(own, one.entry, signed.size, &proof, signed.root));
            faults.extend((!included).then_some(words::NOT_INCLUDED));
        }
        faults
    }

    /// What cases show of entries, against their headers.
    fn shows(&mut self, pack: &Value, proved: &BTreeMap<Seq, Option<Proved>>) {
        for (_, entry) in shown(pack) {
            let place = Place::Entry(number(entry));
            let header = match proved.get(&number(entry)) {
                None => {
                    self.fault(place, words::NOT_PROVED);
                    continue;
                }
                Some(one) => one.as_ref().and_then(|one| Some((one.header.read()?, &one.hash))),
            };
            let Some((header, hash)) = header else { continue };
            let same = entry["id"].as_str() == Some(&header.id.to_string())
                && entry["hash"].as_str() == Some(hash)
                && (entry["kind"] == "stub" || entry["kind"].as_str() == Some(&header.kind))
                && entry["recorded"]["at"].as_str() == Some(&instant(header.recorded_at));
            if !same {
                self.fault(place, words::OTHERWISE_SHOWN);
            }
        }
    }
}

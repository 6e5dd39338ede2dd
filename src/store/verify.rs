//! Proof that the record is whole: the chain, the bodies, the definitions, and every derived row.
//!
//! The derived tables are made a second time from the entries, as temporary tables of the same names, and compared
//! row by row, the index over words word by word. Proof against somebody who rewrites the whole file lies outside it: the record is held against each
//! checkpoint that was signed of it ([`super::checkpoint`]), and a witness elsewhere keeps the last.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension};

use super::body;
use super::canonical;
use super::checkpoint;
use super::connection;
use super::derive::{DeriveError, Deriver, scalar_count};
use super::error::ReadError;
use super::header::{BEFORE_THE_FIRST, FORMAT, commit};
use super::ledger::{self, Stored};
use super::migrations;
use super::rows::{bytes32, count};
use super::{Access, Store};
use crate::domain::act::Act;
use crate::domain::answer::YesNo;
use crate::domain::entry::{Said, Stub};
use crate::domain::ids::{EntryId, Hash32, Seq};
use crate::domain::leave::Waits;
use crate::domain::merkle::Tree;
use crate::domain::permission::{Action, Grant, Viewer, may};
use crate::domain::time::Zone;
use crate::domain::words::store as words;

/// Entries read at a time.
const CHUNK: u32 = 500;
/// Cases kept in memory while entries are applied.
const MOST_WAITING: usize = 500;

/// What verifying found.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Verification {
    /// Entries checked.
    pub entries: u64,
    /// The chain's head.
    pub head: Hash32,
    /// Looks at records checked, where none of the entries is at fault.
    pub looks: u64,
    /// The head of their chain.
    pub looks_head: Hash32,
    /// Checkpoints that were signed of this record and hold.
    pub checkpoints: u64,
    /// The first thing that does not hold, if any.
    pub fault: Option<Fault>,
}

/// What does not hold.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Fault {
    /// An entry or its body.
    Entry {
        /// Its number.
        seq: Seq,
        /// What is wrong with it, in words.
        says: String,
    },
    /// A row of a derived table differs from what the entries say.
    Derived {
        /// The table.
        table: String,
        /// The row, by its first columns.
        row: String,
    },
    /// The note of who looked at whose record.
    Look {
        /// Its number.
        seq: Seq,
    },
    /// Looks that the ledger knows of are not in the access log.
    LooksGone {
        /// How many the ledger knows of.
        known: Seq,
        /// How many there are; `None` where the file itself is gone.
        found: Option<Seq>,
    },
    /// The record is not what was signed, or a checkpoint is not as it was written.
    Checkpoint {
        /// What is wrong, in words.
        says: String,
    },
    /// The database file itself.
    File {
        /// What SQLite says of it.
        says: String,
    },
}

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&match self {
            Fault::Entry { seq, says } => words::fault_at(*seq, says),
            Fault::Derived { table, row } => words::fault_in(table, row),
            Fault::Look { seq } => words::fault_look(*seq),
            Fault::LooksGone { known, found } => words::fault_looks_gone(*known, *found),
            Fault::Checkpoint { says } | Fault::File { says } => says.clone(),
        })
    }
}

impl Store {
    /// Proves chain, bodies, definitions and derived tables; `progress` hears how many entries are done of how many.
    /// Others go on writing meanwhile: what is proved is the record as it was at the beginning.
    ///
    /// # Errors
    /// [`ReadError::Denied`] where the viewer may not verify. What is wrong with the record is no error but a
    /// [`Fault`].
    pub fn verify(
        &self,
        viewer: &Viewer,
        progress: &mut dyn FnMut(u64, u64),
    ) -> Result<Verification, ReadError> {
        may(&*self.roles()?, &self.desk(viewer)?.viewer, &Action::Granted(Grant::Verify), None)?;
        // A connection of its own: temporary tables hide the real ones from whoever shares it.
        let opened = connection::open(&self.dir, &mut |_, _| {})
            .map_err(|error| ReadError::Failed(error.to_string()))?;
        let conn = opened.conn;
        conn.pragma_update(None, "query_only", false)?;
        let transaction = conn.unchecked_transaction()?;
        let found = verify(&transaction, progress);
        transaction.rollback()?;
        let (mut found, tree) = found?;
        let mut heads = self.looks_heads()?;
        // Of a record that does not hold to itself it is enough to say where.
        if found.fault.is_none() {
            let held = checkpoint::held_against(&self.dir, &tree);
            found.checkpoints = held.notes;
            found.fault = held.fault.map(|says| Fault::Checkpoint { says });
            heads.extend(held.looks);
        }
        let known = heads.last_key_value().map(|(known, _)| *known);
        if found.fault.is_none() && !self.dir.access().exists() {
            found.fault = known.map(|known| Fault::LooksGone { known, found: None });
        } else if found.fault.is_none() {
            let looks = Access::open(&self.dir).map_err(|error| ReadError::Failed(error.to_string()))?;
            match looks.proof(&heads) {
                Ok(proof) => {
                    (found.looks, found.looks_head) = (proof.looks, proof.head);
                    let short = known.filter(|known| *known > proof.looks);
                    let gone = short.map(|known| Fault::LooksGone { known, found: Some(proof.looks) });
                    found.fault = proof.fault.map(|seq| Fault::Look { seq }).or(gone);
                }
                // A row that cannot even be read.
                Err(error) => found.fault = Some(Fault::File { says: error.to_string() }),
            }
        }
        Ok(found)
    }
}

impl Store {
    /// How far the access log had come, as often as the ledger wrote it down: number and hash of the last look then.
    fn looks_heads(&self) -> Result<BTreeMap<Seq, Hash32>, ReadError> {
        let mut heads = self.conn.prepare_cached("SELECT looks, head FROM looks_heads")?;
        let read = heads.query_map([], |row| Ok((count(row, 0)?, Hash32(bytes32(row, 1)?))))?;
        Ok(read.collect::<rusqlite::Result<_>>()?)
    }
}

fn verify(conn: &Connection, progress: &mut dyn FnMut(u64, u64)) -> Result<(Verification, Tree), ReadError> {
    let mut tree = Tree::default();
    let total = scalar_count(conn, "SELECT coalesce(max(seq), 0) FROM entries")?;
    let none = BEFORE_THE_FIRST;
    let mut verification =
        Verification { entries: 0, head: none, looks: 0, looks_head: none, checkpoints: 0, fault: None };
    let sound: String = conn.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))?;
    if sound != "ok" {
        verification.fault = Some(Fault::File { says: sound });
        return Ok((verification, tree));
    }
    let lawful = lawful(conn)?;
    while verification.fault.is_none() {
        let chunk = match ledger::after(conn, verification.entries, CHUNK) {
            Ok(chunk) if chunk.is_empty() => break,
            Ok(chunk) => chunk,
            // One of them cannot even be read: find out which.
            Err(_) => match ledger::after(conn, verification.entries, 1) {
                Ok(one) => one,
                Err(error) => {
                    let (seq, says) = (verification.entries + 1, error.to_string());
                    verification.fault = Some(Fault::Entry { seq, says });
                    break;
                }
            },
        };
        for stored in &chunk {
            if let Some(says) = fault_of(conn, stored, &verification, &lawful)? {
                verification.fault = Some(Fault::Entry { seq: verification.entries + 1, says });
                break;
            }
            verification.entries += 1;
            verification.head = stored.hash;
            tree.push(stored.hash);
        }
        progress(verification.entries, total);
    }
    if verification.fault.is_none() {
        verification.fault = extra(conn, &lawful)?;
    }
    // What a newer program derives only a newer program can prove; the record itself anyone can.
    if verification.fault.is_none() && migrations::version(conn)? <= migrations::newest() {
        verification.fault = derived(conn)?;
    }
    Ok((verification, tree))
}

/// What is wrong with an entry, given all before it.
fn fault_of(
    conn: &Connection,
    stored: &Stored,
    before: &Verification,
    lawful: &Lawful,
) -> Result<Option<String>, ReadError> {
    let header = &stored.header;
    let says = |text: &str| Ok(Some(text.to_owned()));
    if header.seq != before.entries + 1 {
        return says(words::FAULT_GAP);
    }
    if header.format != FORMAT {
        return says(words::FAULT_FORMAT);
    }
    if header.prev != before.head {
        return says(words::FAULT_CHAIN);
    }
    if header.hash() != stored.hash {
        return says(words::FAULT_HEADER);
    }
    let Some((salt, bytes)) = &stored.body else {
        if matches!(header.kind.as_str(), "act.found" | "act.adopt" | "act.dispose") {
            return says(words::FAULT_KEPT_FOR_EVER);
        }
        let mut named = conn.prepare_cached("SELECT act FROM disposals WHERE seq = ?1")?;
        let act = named.query_row([super::rows::signed(header.seq)], |row| super::rows::count(row, 0));
        let act = act.optional()?.filter(|act| *act > header.seq);
        let agreed = act.and_then(|act| lawful.get(&act)).is_some_and(|seqs| seqs.contains(&header.seq));
        return if agreed { Ok(None) } else { says(words::FAULT_NO_BODY) };
    };
    if commit(salt, bytes) != header.body_commit {
        return says(words::FAULT_BODY);
    }
    if canonical::read(bytes).is_err() {
        return says(words::FAULT_FORM);
    }
    match body::read(header, Some(bytes)).said {
        Said::Act(Act::Adopt { edition, files }) if crate::pathway::edition::id_of(&files) != edition => {
            says(words::FAULT_DEFINITIONS)
        }
        Said::Act(act) if act.kind() != header.kind => says(words::FAULT_KIND),
        Said::Stub(Stub::Disposed { .. }) => says(words::FAULT_NO_BODY),
        _ => Ok(None),
    }
}

/// The disposals that a second person agreed to, by the number of the act, each with the entries that it names.
type Lawful = BTreeMap<Seq, BTreeSet<Seq>>;

/// Reads them. The first word on a disposal counts, and only that of somebody who neither proposed nor typed it.
fn lawful(conn: &Connection) -> Result<Lawful, ReadError> {
    let mut acts =
        conn.prepare("SELECT id FROM entries WHERE kind IN ('act.dispose', 'act.countersign') ORDER BY seq")?;
    let ids = acts.query_map([], |row| super::rows::id(row, 0))?.collect::<rusqlite::Result<Vec<_>>>()?;
    let (mut proposed, mut lawful) = (BTreeMap::new(), Lawful::new());
    for id in ids {
        let Some(stored) = ledger::by_id(conn, EntryId(id.0))? else { continue };
        let (entry, _) = stored.read();
        match entry.said {
            Said::Act(Act::Dispose { seqs, .. }) if entry.leave.waits == Some(Waits::All) => {
                proposed.insert(entry.id, (entry.seq, entry.who, seqs, entry.case));
            }
            Said::Act(Act::Countersign { entry: of, agrees, .. }) => {
                let Some((act, who, seqs, _)) = proposed.remove(&of) else { continue };
                let second = entry.who.by.filter(|by| who.by != Some(*by) && who.typed_by != Some(*by));
                if agrees == YesNo::Yes && second.is_some() {
                    lawful.insert(act, seqs.into_iter().collect());
                }
            }
            // A word that has lost its body refused what waited under its header: nothing agrees to that afterwards.
            Said::Stub(Stub::Disposed { kind, .. }) if kind == Act::COUNTERSIGN => {
                proposed.retain(|_, (.., case)| *case != entry.case);
            }
            _ => {}
        }
    }
    Ok(lawful)
}

/// Bodies that belong to no entry, and disposals that dispose of nothing.
fn extra(conn: &Connection, lawful: &Lawful) -> rusqlite::Result<Option<Fault>> {
    let orphans =
        scalar_count(conn, "SELECT count(*) FROM bodies WHERE seq NOT IN (SELECT seq FROM entries)")?;
    let idle = scalar_count(
        conn,
        "SELECT count(*) FROM disposals WHERE seq IN (SELECT seq FROM bodies)
            OR act NOT IN (SELECT seq FROM entries WHERE kind = 'act.dispose')",
    )?;
    let fault = |says: &str| Some(Fault::File { says: says.to_owned() });
    Ok(if orphans > 0 {
        fault(words::FAULT_ORPHAN)
    } else if idle > 0 {
        fault(words::FAULT_DISPOSAL)
    } else {
        let behind = left_behind(conn, lawful)?;
        behind.map(|seq| Fault::Entry { seq, says: words::FAULT_NOT_CARRIED_OUT.to_owned() })
    })
}

/// The first entry that was agreed to go and whose words are still there.
fn left_behind(conn: &Connection, lawful: &Lawful) -> rusqlite::Result<Option<Seq>> {
    let mut there = conn.prepare("SELECT 1 FROM bodies WHERE seq = ?1")?;
    for seq in lawful.values().flatten() {
        if there.exists([super::rows::signed(*seq)])? {
            return Ok(Some(*seq));
        }
    }
    Ok(None)
}

/// Applies all entries, in the order of the ledger, to empty derived tables.
pub(super) fn replay(conn: &Connection, progress: &mut dyn FnMut(Seq)) -> Result<(), DeriveError> {
    let mut deriver = Deriver::new(conn, None, Zone::default());
    let mut last = 0;
    loop {
        let chunk = ledger::after(conn, last, CHUNK)?;
        let Some(end) = chunk.last() else { break };
        last = end.header.seq;
        for stored in &chunk {
            deriver.apply(stored)?;
        }
        if deriver.waiting() > MOST_WAITING {
            deriver.flush()?;
        }
        progress(last);
    }
    Ok(deriver.flush()?)
}

/// The first row of a derived table that differs from what the entries say.
fn derived(conn: &Connection) -> Result<Option<Fault>, ReadError> {
    conn.execute_batch(&migrations::derived("temp"))?;
    if let Err(error) = replay(conn, &mut |_| {}) {
        return Ok(Some(Fault::File { says: error.to_string() }));
    }
    for table in migrations::DERIVED_TABLES {
        for (one, other) in [("main", "temp"), ("temp", "main")] {
            if let Some(row) = difference(conn, table, one, other)? {
                return Ok(Some(Fault::Derived { table: table.to_owned(), row }));
            }
        }
    }
    let word = words_differ(conn)?;
    Ok(word.map(|row| Fault::Derived { table: migrations::WORDS.to_owned(), row }))
}

/// The first word that stands at an entry in the one index and not in the other. Both are walked in their own order,
/// so that nothing is sorted and nothing is kept.
fn words_differ(conn: &Connection) -> rusqlite::Result<Option<String>> {
    let words = migrations::WORDS;
    for (name, schema) in [("words_found", "main"), ("words_again", "temp")] {
        conn.execute_batch(&format!(
            "CREATE VIRTUAL TABLE temp.{name} USING fts5vocab ('{schema}', '{words}', 'instance')"
        ))?;
    }
    let mut found = conn.prepare("SELECT term, doc FROM temp.words_found")?;
    let mut again = conn.prepare("SELECT term, doc FROM temp.words_again")?;
    let (mut found, mut again) = (found.query([])?, again.query([])?);
    loop {
        let next = |rows: &mut rusqlite::Rows<'_>| -> rusqlite::Result<Option<(String, i64)>> {
            rows.next()?.map(|row| Ok((row.get(0)?, row.get(1)?))).transpose()
        };
        match (next(&mut found)?, next(&mut again)?) {
            (None, None) => return Ok(None),
            (one, other) if one == other => {}
            (one, other) => {
                let first = [one, other].into_iter().flatten().min();
                return Ok(first.map(|(word, seq)| format!("{seq} {word}")));
            }
        }
    }
}

/// A row that one table has and the other has not, by its first columns.
fn difference(conn: &Connection, table: &str, one: &str, other: &str) -> rusqlite::Result<Option<String>> {
    let sql = format!("SELECT * FROM {one}.{table} EXCEPT SELECT * FROM {other}.{table} LIMIT 1");
    let mut statement = conn.prepare(&sql)?;
    let width = statement.column_count().min(3);
    let mut rows = statement.query([])?;
    let Some(row) = rows.next()? else { return Ok(None) };
    let shown = (0..width).map(|at| row.get(at).map(shown)).collect::<rusqlite::Result<Vec<_>>>()?;
    Ok(Some(shown.join(" ")))
}

fn shown(value: Value) -> String {
    match value {
        Value::Null => "-".to_owned(),
        Value::Integer(integer) => integer.to_string(),
        Value::Real(real) => real.to_string(),
        Value::Text(text) => text.chars().take(40).collect(),
        Value::Blob(bytes) => bytes.iter().map(|byte| format!("{byte:02x}")).collect(),
    }
}

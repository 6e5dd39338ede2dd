//! Forms being filled in, kept in a file of their own so that typing never waits for the ledger.
//!
//! A commit survives the program at once and a power cut when it was asked to be durable. Who may see a draft's
//! words is left to the caller: its own, or one taken over by an act.
//!
//! A draft that the file does not take (a full disk, a directory that cannot be written) is kept in the spool instead,
//! and shows as if it lay here.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OpenFlags, OptionalExtension, params};

use super::Store;
use super::beside;
use super::connection;
use super::dir::OfficeDir;
use super::error::{OpenError, ReadError};
use super::reads::{Records, reference_of};
use super::rows::{failed_to_open, instant, json, maybe_id};
use super::spool::{Spool, Spooled};
use crate::domain::draft::{Draft, DraftRow};
use crate::domain::ids::{CaseId, DraftId};
use crate::domain::permission::Viewer;
use crate::domain::words::app::about_case;
use crate::domain::words::store::{moved_to, restricted};
use crate::pathway::edition::Editions;

/// Names a file as ours: "DUTD".
const APPLICATION_ID: i64 = 0x4455_5444;

const SCHEMA: &str = "CREATE TABLE IF NOT EXISTS drafts (
    id BLOB PRIMARY KEY, opened_at INTEGER NOT NULL, kept_at INTEGER NOT NULL, body TEXT NOT NULL
) STRICT";

/// The drafts of an office: one connection of its own, to be used from any thread.
#[derive(Debug)]
pub struct Drafts {
    conn: Mutex<Connection>,
    held: Mutex<BTreeMap<DraftId, File>>,
    dir: OfficeDir,
    spool: Spool,
}

impl Drafts {
    /// Opens the drafts of an office and clears those whose id is in the ledger already: they were saved, and the
    /// program ended before it could forget them.
    ///
    /// # Errors
    /// Where the office is unfit for use, or the file is not ours.
    pub fn open(dir: &OfficeDir) -> Result<Self, OpenError> {
        connection::check_sqlite()?;
        dir.check()?;
        let conn = match beside::open(dir, dir.drafts(), APPLICATION_ID, SCHEMA) {
            Ok(conn) => conn,
            Err(error @ OpenError::NotOurs(_)) => return Err(error),
            Err(_) => only_read(dir)?,
        };
        let (dir, spool) = (dir.clone(), Spool::of(dir));
        let drafts = Self { conn: Mutex::new(conn), held: Mutex::default(), dir, spool };
        drafts.clear_recorded().map_err(|error| OpenError::Failed(error.to_string()))?;
        Ok(drafts)
    }

    fn conn(&self) -> MutexGuard<'_, Connection> {
        // A panic elsewhere leaves the connection as SQLite's own transaction left it: whole.
        self.conn.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn clear_recorded(&self) -> Result<(), ReadError> {
        let ids: Vec<DraftId> = self.all()?.into_iter().map(|spooled| spooled.draft.id).collect();
        if ids.is_empty() {
            return Ok(());
        }
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let ledger = Connection::open_with_flags(self.dir.ledger(), flags)?;
        for draft in ids {
            let recorded = ledger
                .prepare_cached("SELECT seq FROM entries WHERE id = ?1")
                .and_then(|mut found| found.exists([draft.0.as_bytes()]));
            // Where neither can be read or written now, it is cleared another time.
            if recorded.unwrap_or(false) {
                let _ = self.clear(draft);
            }
        }
        Ok(())
    }

    /// Keeps a draft as it stands. `durable` forces it to the disk before returning (a field left, a lock, a signal,
    /// and at least every two seconds while typing); otherwise it survives the program but not a power cut.
    ///
    /// # Errors
    /// Where it could not be kept, here or in the spool; nothing may then be shown as kept.
    pub fn put(&self, draft: &Draft, durable: bool, now: DateTime<Utc>) -> Result<(), ReadError> {
        match self.put_here(draft, durable, now) {
            Ok(()) => {
                self.spool.forget_draft(draft.id);
                Ok(())
            }
            Err(error) => {
                let spooled = Spooled { draft: draft.clone(), kept_at: now };
                self.spool.put_draft(&spooled).map_err(|_| error)
            }
        }
    }

    fn put_here(&self, draft: &Draft, durable: bool, now: DateTime<Utc>) -> Result<(), ReadError> {
        let body = serde_json::to_string(draft).map_err(|error| ReadError::Failed(error.to_string()))?;
        let conn = self.conn();
        conn.pragma_update(None, "synchronous", if durable { "FULL" } else { "NORMAL" })?;
        conn.prepare_cached(
            "INSERT INTO drafts (id, opened_at, kept_at, body) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (id) DO UPDATE SET kept_at = ?3, body = ?4",
        )?
        .execute(params![
            draft.id.0.as_bytes(),
            draft.opened_at.timestamp_millis(),
            now.timestamp_millis(),
            body
        ])?;
        Ok(())
    }

    /// A draft with its words.
    ///
    /// # Errors
    /// Where it could not be read.
    pub fn get(&self, id: DraftId) -> Result<Option<Draft>, ReadError> {
        if let Some(spooled) = self.spool.draft(id) {
            return Ok(Some(spooled.draft));
        }
        Ok(self
            .conn()
            .prepare_cached("SELECT body FROM drafts WHERE id = ?1")?
            .query_row([id.0.as_bytes()], |row| json(row, 0))
            .optional()?)
    }

    /// All drafts with their words, oldest first. One of another version of the program that this one cannot read is
    /// left where it lies: nobody is kept from the others by it.
    fn all(&self) -> Result<Vec<Spooled>, ReadError> {
        let mut all: Vec<Spooled> = self
            .conn()
            .prepare_cached("SELECT body, kept_at FROM drafts")?
            .query_map([], |row| {
                Ok(json(row, 0).and_then(|draft| Ok(Spooled { draft, kept_at: instant(row, 1)? })).ok())
            })?
            .filter_map(Result::transpose)
            .collect::<rusqlite::Result<_>>()?;
        for spooled in self.spool.drafts() {
            all.retain(|kept| kept.draft.id != spooled.draft.id);
            all.push(spooled);
        }
        all.sort_by_key(|kept| (kept.draft.opened_at, kept.draft.id));
        Ok(all)
    }

    /// All drafts, oldest first: that they exist, never their words, and whom they are about only where the viewer may
    /// see them; of others' not to somebody who may read nothing of anybody. `step` is the step's id; whoever shows it has its title.
    ///
    /// # Errors
    /// Where they could not be read.
    pub fn rows(&self, store: &Store, viewer: &Viewer) -> Result<Vec<DraftRow>, ReadError> {
        let all = self.all()?;
        // Which step opens a call is read only where there is a form at all.
        let editions = if all.is_empty() { return Ok(Vec::new()) } else { store.editions()? };
        let row = |Spooled { draft, kept_at }, ask: Option<String>| DraftRow {
            id: draft.id,
            held: self.is_held(draft.id),
            waits: self.spool.waits(draft.id),
            call: is_call(&editions, &draft),
            wanted: self.spool.is_wanted(draft.id),
            step: draft.step,
            pathway: draft.pathway,
            staff: draft.staff,
            whose: String::new(),
            opened_at: draft.opened_at,
            kept_at,
            about: ask.as_deref().map_or(draft.about, restricted),
            call_back: if ask.is_some() { String::new() } else { draft.call_back },
            ask,
        };
        let hides = viewer.staff.is_some() && !store.reads_people(viewer)?;
        let mut rows = Vec::new();
        let mut recorded = store.conn.prepare_cached("SELECT 1 FROM entries WHERE id = ?1")?;
        for spooled in all {
            // It is in the record, and whoever saved it is about to forget it here.
            if recorded.exists([spooled.draft.id.0.as_bytes()])? {
                continue;
            }
            let is_own = spooled.draft.staff.is_some() && spooled.draft.staff == viewer.staff;
            let ask = if is_own { None } else { store.ask(viewer, spooled.draft.names())? };
            let moved = store.moved_since(viewer, &spooled.draft)?;
            let row = row(spooled, ask);
            let row = DraftRow { about: moved.unwrap_or(row.about), ..row };
            rows.push(if hides && !is_own { row.veiled() } else { row });
        }
        Ok(rows)
    }

    /// The cases and records that unfinished forms speak of, whoever fills them in.
    pub(super) fn named(&self) -> Result<BTreeSet<CaseId>, ReadError> {
        Ok(self.all()?.iter().flat_map(|spooled| spooled.draft.names().collect::<Vec<_>>()).collect())
    }

    /// What is finished and not in the record yet.
    pub fn spool(&self) -> &Spool {
        &self.spool
    }

    /// Forgets a draft: it is in the record, or was thrown away by whoever filled it in.
    ///
    /// # Errors
    /// Where it could not be forgotten.
    pub fn clear(&self, id: DraftId) -> Result<(), ReadError> {
        self.spool.forget_draft(id);
        self.release(id);
        self.spool.set_wanted(id, false);
        self.conn().prepare_cached("DELETE FROM drafts WHERE id = ?1")?.execute([id.0.as_bytes()])?;
        // Nobody can hold what is gone; a program that still does keeps its own open file.
        let _ = std::fs::remove_file(self.hold_path(id));
        Ok(())
    }

    fn hold_path(&self, id: DraftId) -> PathBuf {
        self.dir.spool().join(format!("draft-{id}.held"))
    }

    fn held(&self) -> MutexGuard<'_, BTreeMap<DraftId, File>> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// `None` where another running program holds it. Where no file can say who does, nobody does.
    fn try_hold(&self, id: DraftId) -> Option<Option<File>> {
        match self.spool.hold_file(id) {
            Ok(file) => file.try_lock().is_ok().then_some(Some(file)),
            Err(_) => Some(None),
        }
    }

    /// Holds a draft open for this program, until it is released, cleared, or the program ends however it ends.
    /// `false` where another running program holds it.
    pub fn hold(&self, id: DraftId) -> bool {
        let mut held = self.held();
        if held.contains_key(&id) {
            return true;
        }
        match self.try_hold(id) {
            Some(file) => {
                self.spool.set_wanted(id, false);
                held.extend(file.map(|file| (id, file)));
                true
            }
            None => false,
        }
    }

    /// Gives a held draft up, and tells whoever waits for it.
    pub fn release(&self, id: DraftId) {
        if self.held().remove(&id).is_some() && self.spool.is_wanted(id) {
            self.dir.ring();
        }
    }

    /// Asks whoever holds a draft open to give it up.
    pub fn ask_for(&self, id: DraftId) {
        self.spool.set_wanted(id, true);
        self.dir.ring();
    }

    /// Whether a running program, this one included, holds it.
    fn is_held(&self, id: DraftId) -> bool {
        self.held().contains_key(&id) || (self.hold_path(id).exists() && self.try_hold(id).is_none())
    }
}

impl Store {
    /// Whom a form is about by now, where its case was moved to another record since it was begun.
    fn moved_since(&self, viewer: &Viewer, draft: &Draft) -> Result<Option<String>, ReadError> {
        let Some(case) = draft.case else { return Ok(None) };
        let began = draft.opened_at.timestamp_millis();
        let mut moved = self.conn.prepare_cached("SELECT 1 FROM moved WHERE case_id = ?1 AND at > ?2")?;
        if !moved.exists(params![case.0.as_bytes(), began])? {
            return Ok(None);
        }
        if let Some(whom) = self.ask(viewer, std::iter::once(case))? {
            return Ok(Some(restricted(&whom)));
        }
        let subject = self
            .conn
            .prepare_cached("SELECT subject FROM cases WHERE id = ?1")?
            .query_row([case.0.as_bytes()], |row| maybe_id(row, 0))
            .optional()?;
        let record = Records::new(&self.conn).of(subject.flatten())?;
        let name = record.as_ref().map(|record| record.name.as_str());
        Ok(Some(moved_to(&about_case(name, &reference_of(&self.conn, case)?))))
    }
}

/// Whether a form is that of a new urgent call.
fn is_call(editions: &Editions, draft: &Draft) -> bool {
    let opens = draft.case.is_none() && draft.amends.is_none();
    let pathway = editions.current().pathway(&draft.pathway).filter(|pathway| opens && pathway.urgent);
    pathway.and_then(|pathway| pathway.opening()).is_some_and(|opening| opening.id == draft.step)
}

/// Drafts that cannot be written can still be read, where there are any; what is typed goes to the spool.
fn only_read(dir: &OfficeDir) -> Result<Connection, OpenError> {
    if dir.drafts().exists() {
        return connection::readable(&dir.drafts());
    }
    let none = Connection::open_in_memory().map_err(failed_to_open)?;
    none.execute_batch(SCHEMA).map_err(failed_to_open)?;
    none.pragma_update(None, "query_only", true).map_err(failed_to_open)?;
    Ok(none)
}

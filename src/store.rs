//! The ledger and what is derived from it: the only place that knows SQL.
//!
//! Everything the program keeps about people goes through [`Store`]: [`Store::append`] writes, the other methods
//! read, each for a [`Viewer`]. Rules are Rust, never SQL; no type of the
//! database crosses this face. A `Store` is one connection: open one for writing and one for reading, each in its
//! own thread, as many processes as there are people.
//!
//! # Files
//! An office is a directory ([`dir::OfficeDir`]): `ledger.db` (entries and what is derived from them), `drafts.db`
//! ([`drafts`]), `access.db` ([`access`]), `signin.db` and `pepper` ([`secrets`]), `bell` (touched after each commit, [`watch`]), `lock` (writers queue on
//! it), `spool/`, `config/`, `checkpoint.key` and `checkpoints/` ([`checkpoint`]).
//!
//! # What is stored for years
//! The tables `entries` (headers) and `bodies`. Their byte format is documented in [`header`] and [`canonical`],
//! well enough to write a verifier without this program; the other tables are derived and can be thrown away and
//! rebuilt ([`Store::rebuild`], [`Store::verify`]).

pub mod access;
pub mod backup;
pub mod canonical;
pub mod checkpoint;
pub mod dir;
pub mod drafts;
pub mod error;
pub mod header;
pub mod health;
pub mod reads;
pub mod secrets;
pub mod spool;
mod taken;
pub mod verify;
pub mod watch;

pub use access::Access;
pub use dir::OfficeDir;
pub use drafts::Drafts;
pub use error::{AppendError, MovedOn, OpenError, ReadError};
pub use health::Health;
pub use reads::{CaseFilter, Content, Hashed, InFull, Limits, Packed, PackedCase};
pub use secrets::Secrets;
pub use spool::{Finished, Spool};
pub use verify::{Fault, Verification};
pub use watch::Watch;

mod allow;
mod append;
mod beside;
mod body;
mod connection;
mod derive;
mod disposal;
mod drawn;
mod editions;
mod ended;
mod known_names;
mod ledger;
mod merged;
mod migrations;
mod noticed;
mod rows;
mod scope;
mod wipe;

#[cfg(test)]
mod tests;

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, TransactionBehavior};

use crate::domain::act::Act;
use crate::domain::answer::YesNo;

use crate::domain::chance::Chance;
use crate::domain::clocks::Clocks;
use crate::domain::entry::{Batch, Method, NewEntry, NewSaid, Receipt, Said, Who};
use crate::domain::ids::{CaseId, DraftId, EditionId, EntryId, Seq};
use crate::domain::permission::{self, Action, Grant, Roles, Viewer};
use crate::domain::time::Zone;
use crate::domain::words::store as words;
use crate::pathway::clocks;
use crate::pathway::edition::{Editions, id_of};

/// What an office begins with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Founding {
    /// Its name; may be empty until it is set up.
    pub office: String,
    /// Its one zone.
    pub zone: Zone,
    /// A practice or example office.
    pub training: bool,
    /// The definitions that come into force, full text by file name.
    pub files: BTreeMap<String, String>,
}

/// One connection to an office's ledger.
pub struct Store {
    conn: Connection,
    dir: OfficeDir,
    chance: Box<dyn Chance>,
    /// What each entry says wrote it.
    program: &'static str,
    read_only: Option<connection::ReadOnly>,
    /// By the number of the entry that adopted the last of them.
    editions: RefCell<Option<(Seq, Arc<Editions>)>>,
    roles: RefCell<Option<(Seq, Arc<Roles>)>>,
    rota: RefCell<Option<reads::KeptRota>>,
}

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Store")
            .field("dir", &self.dir)
            .field("read_only", &self.read_only)
            .finish_non_exhaustive()
    }
}

impl Store {
    /// Makes the directory and founds the office in it: the acts *found* and *adopt*. There is an office once all of
    /// that is on the disk; of two programs that found one at once, one does, and the other waits for it.
    ///
    /// # Errors
    /// Where there is an office already, or the place is not fit for one.
    pub fn create(
        dir: &OfficeDir,
        founding: Founding,
        chance: Box<dyn Chance>,
        now: DateTime<Utc>,
    ) -> Result<Self, OpenError> {
        Self::create_saying(dir, founding, chance, now, &mut |_| {})
    }

    /// The same. `waits` hears at once that another program is founding an office here, and how long it is waited for at
    /// most: one that hangs would keep whoever waits in silence.
    ///
    /// # Errors
    /// As [`Store::create`].
    pub fn create_saying(
        dir: &OfficeDir,
        founding: Founding,
        chance: Box<dyn Chance>,
        now: DateTime<Utc>,
        waits: &mut dyn FnMut(Duration),
    ) -> Result<Self, OpenError> {
        if dir.exists() {
            return Err(OpenError::Exists(dir.root().to_owned()));
        }
        connection::check_sqlite()?;
        dir.create()?;
        let turn = dir.queue_to_found(waits).map_err(|error| OpenError::Failed(error.to_string()))?;
        if turn.is_none() {
            return Err(OpenError::Failed(words::HELD.to_owned()));
        }
        // Whoever waited finds the office that was founded meanwhile.
        if dir.exists() {
            return Err(OpenError::Exists(dir.root().to_owned()));
        }
        let mut own = None;
        let named = beside::whole(dir, &dir.ledger(), |path| {
            let mut store = Self::with(connection::create(dir, path)?, dir, chance);
            store.found(founding, now).map_err(|error| match error {
                AppendError::Busy => OpenError::Failed(words::HELD.to_owned()),
                error => OpenError::Failed(error.to_string()),
            })?;
            own = Some(store.chance);
            connection::finish(store.conn)
        })?;
        match own.filter(|_| named) {
            Some(chance) => Self::open(dir, chance),
            None => Err(OpenError::Exists(dir.root().to_owned())),
        }
    }

    fn found(&mut self, founding: Founding, now: DateTime<Utc>) -> Result<Receipt, AppendError> {
        let training = if founding.training { YesNo::Yes } else { YesNo::No };
        let files = editions::composed(founding.files);
        let acts = [
            Act::Found { office: founding.office, zone: founding.zone.name().to_owned(), training },
            Act::Adopt { edition: id_of(&files), files },
        ];
        let entries = acts.into_iter().map(|act| self.system_act(act, now)).collect();
        self.append(&Viewer::system(), Batch { entries, ..Batch::default() }, now)
    }

    /// Opens an office. A newer schema, or files that cannot be written, open for reading only
    /// ([`Store::read_only`]); an older schema is copied aside and brought up to date.
    ///
    /// # Errors
    /// Whatever makes the office unsafe to use, in words: see [`OpenError`].
    pub fn open(dir: &OfficeDir, chance: Box<dyn Chance>) -> Result<Self, OpenError> {
        Self::open_saying(dir, chance, &mut |_, _| {})
    }

    /// The same, saying how far it has come with how many entries where a newer program derives from all of them anew:
    /// in a large office that takes minutes.
    ///
    /// # Errors
    /// As [`Store::open`].
    pub fn open_saying(
        dir: &OfficeDir,
        chance: Box<dyn Chance>,
        progress: &mut dyn FnMut(Seq, Seq),
    ) -> Result<Self, OpenError> {
        let store = Self::with(connection::open(dir, progress)?, dir, chance);
        // A disposal was not gone through to its end.
        if store.read_only.is_none() && wipe::is_due(dir) {
            let _ = wipe::finish(dir, &store.conn);
        }
        Ok(store)
    }

    fn with(opened: connection::Opened, dir: &OfficeDir, chance: Box<dyn Chance>) -> Self {
        Self {
            conn: opened.conn,
            dir: dir.clone(),
            chance,
            program: append::PROGRAM,
            read_only: opened.read_only,
            editions: RefCell::default(),
            roles: RefCell::default(),
            rota: RefCell::default(),
        }
    }

    /// The same office while an example of one is told in it: what is written from now on says so, and is no practice of
    /// anybody's ([`Store::told_until`]).
    pub fn telling(self) -> Self {
        Self { program: append::EXAMPLE, ..self }
    }

    /// The directory of the office.
    pub fn dir(&self) -> &OfficeDir {
        &self.dir
    }

    /// Why nothing can be written, where that is so.
    pub fn read_only(&self) -> Option<&str> {
        self.read_only.as_ref().map(connection::ReadOnly::why)
    }

    /// The number of the last entry; 0 before the first.
    ///
    /// # Errors
    /// Where the ledger cannot be read.
    pub fn head(&self) -> Result<Seq, ReadError> {
        Ok(ledger::head(&self.conn)?.seq)
    }

    /// Whether a key is in the ledger, with its receipt: resolves [`AppendError::Unknown`].
    ///
    /// # Errors
    /// Where the ledger cannot be read.
    pub fn lookup(&self, key: &str) -> Result<Option<Receipt>, ReadError> {
        let found: Vec<_> = ledger::by_key(&self.conn, key)?.into_iter().collect();
        Ok(append::receipt_for(&self.conn, &found)?)
    }

    /// Whether what is in the ledger under the key of a batch's step says the same in these fields.
    ///
    /// # Errors
    /// Where the ledger cannot be read.
    pub fn says_the_same<'a>(
        &self,
        batch: &Batch,
        mut fields: impl Iterator<Item = &'a str>,
    ) -> Result<bool, ReadError> {
        let step = |entry: &NewEntry| match &entry.what {
            NewSaid::Step { answers, cleared, .. } => {
                Some((entry.key.clone(), answers.clone(), cleared.clone()))
            }
            NewSaid::Act(_) => None,
        };
        // A link to where it was begun from may come after it.
        let Some((key, answers, cleared)) = batch.entries.iter().rev().find_map(step) else {
            return Ok(false);
        };
        let stored = ledger::by_key(&self.conn, &key)?.map(|stored| stored.read().0.said);
        let Some(Said::Step(said)) = stored else { return Ok(false) };
        let same = |field: &str| {
            answers.get(field) == said.answers.get(field)
                && (!cleared.contains(field) || said.cleared.contains(field))
        };
        Ok(fields.all(same))
    }

    /// Brings changed definitions (the full set of files) into force. `None` where they are in force already.
    ///
    /// # Errors
    /// Where they do not hold together, or the viewer may not configure.
    pub fn adopt(
        &mut self,
        viewer: &Viewer,
        files: BTreeMap<String, String>,
        now: DateTime<Utc>,
    ) -> Result<Option<Receipt>, AppendError> {
        let Some(act) = self.adoption(files)? else { return Ok(None) };
        let mut entry = self.system_act(act, now);
        if let Some(staff) = viewer.staff {
            entry.who = Who { by: Some(staff), typed_by: Some(staff), method: Method::Asserted };
        }
        self.append(viewer, Batch { entries: vec![entry], ..Batch::default() }, now).map(Some)
    }

    /// The act that brings these files (the full set) into force; `None` where they are in force already. Whether
    /// they hold together is asked when it is appended.
    ///
    /// # Errors
    /// Where the ledger cannot be read.
    pub fn adoption(&self, files: BTreeMap<String, String>) -> Result<Option<Act>, ReadError> {
        if !self.differs(&files)? {
            return Ok(None);
        }
        let files = editions::composed(files);
        Ok(Some(Act::Adopt { edition: id_of(&files), files }))
    }

    /// Whether these files differ from the edition in force.
    ///
    /// # Errors
    /// Where the ledger cannot be read.
    pub fn differs(&self, files: &BTreeMap<String, String>) -> Result<bool, ReadError> {
        Ok(self.edition()? != Some(editions::composed_id(files)))
    }

    /// The edition in force; `None` before the office is founded.
    ///
    /// # Errors
    /// Where the ledger cannot be read.
    pub fn edition(&self) -> Result<Option<EditionId>, ReadError> {
        let found = self
            .conn
            .prepare_cached("SELECT id FROM editions ORDER BY seq DESC LIMIT 1")?
            .query_row([], |row| rows::hash(row, 0))
            .optional()?;
        Ok(found.flatten())
    }

    /// The editions of the ledger, read when first asked for.
    ///
    /// # Errors
    /// Where the ledger cannot be read, or holds definitions that this program cannot read.
    pub fn editions(&self) -> Result<Arc<Editions>, ReadError> {
        self.editions_now()?.ok_or(ReadError::NotFound)
    }

    /// Takes over what another connection to the same office has read of its definitions, so that each is read once.
    pub fn know(&self, editions: Option<Arc<Editions>>) {
        if let (Some(editions), Ok(last)) = (editions, editions::last_adopted(&self.conn)) {
            // Where one came into force meanwhile, all are fetched afresh.
            if self.edition().ok().flatten() == Some(editions.current_id()) {
                *self.editions.borrow_mut() = Some((last, editions));
            }
        }
    }

    fn editions_now(&self) -> Result<Option<Arc<Editions>>, ReadError> {
        let last = editions::last_adopted(&self.conn)?;
        let known = self.editions.borrow().clone();
        if known.as_ref().is_some_and(|(seq, _)| *seq == last) {
            return Ok(known.map(|(_, editions)| editions));
        }
        let loaded = editions::load(&self.conn, known).map_err(ReadError::Failed)?;
        self.editions.borrow_mut().clone_from(&loaded);
        Ok(loaded.map(|(_, editions)| editions))
    }

    /// From when what is owed counts as due soon and long late, by the edition in force, without reading the rest of its
    /// definitions. Anyone may know it.
    ///
    /// # Errors
    /// Where the ledger cannot be read.
    pub fn clocks(&self) -> Result<Arc<Clocks>, ReadError> {
        Ok(self
            .editions_now()?
            .map_or_else(|| clocks::shipped().clone(), |editions| editions.clocks().clone()))
    }

    /// Roles and duties of the edition in force, without reading its definitions.
    ///
    /// # Errors
    /// Where the ledger cannot be read.
    pub fn roles(&self) -> Result<Arc<Roles>, ReadError> {
        let last = editions::last_adopted(&self.conn)?;
        if let Some((seq, roles)) = self.roles.borrow().as_ref()
            && *seq == last
        {
            return Ok(roles.clone());
        }
        let roles = Arc::new(editions::roles(&self.conn)?);
        *self.roles.borrow_mut() = Some((last, roles.clone()));
        Ok(roles)
    }

    /// The office's zone; England's before the office is founded.
    ///
    /// # Errors
    /// Where the ledger cannot be read, or names a zone that is not in the database of zones.
    pub fn zone(&self) -> Result<Zone, ReadError> {
        let name: Option<String> = self
            .conn
            .prepare_cached("SELECT zone FROM office")?
            .query_row([], |row| row.get(0))
            .optional()?;
        name.map_or(Ok(Zone::default()), |name| {
            Zone::parse(&name).map_err(|error| ReadError::Failed(error.to_string()))
        })
    }

    /// Roles and duties of a member of staff as of `now`, those that they have by acting for somebody among them, and
    /// what they have opened beyond those; with `None`, of a desk where nobody has said who they are.
    ///
    /// # Errors
    /// Where the ledger cannot be read.
    pub fn viewer_for(&self, staff: Option<CaseId>, now: DateTime<Utc>) -> Result<Viewer, ReadError> {
        let beyond = staff.map_or(Ok(Vec::new()), |staff| self.opened_by(staff, now))?;
        Ok(Viewer { beyond, ..reads::viewer_of(&self.conn, staff, &self.rota_at(now)?, now)? })
    }

    fn desk(&self, viewer: &Viewer) -> Result<allow::Desk, ReadError> {
        let viewer = if self.is_unstaffed()? { Viewer::system() } else { viewer.clone() };
        Ok(allow::Desk { viewer, roles: self.roles()?, rota: Arc::default() })
    }

    /// A place in the writers' queue, until it is dropped.
    fn place_in_queue(&self) -> Result<std::fs::File, AppendError> {
        self.dir.queue().map_err(|error| AppendError::Disk(error.to_string()))?.ok_or(AppendError::Busy)
    }

    fn system_act(&mut self, act: Act, now: DateTime<Utc>) -> NewEntry {
        let id = EntryId(self.chance.uuid());
        NewEntry::of_act(id, None, Who { by: None, typed_by: None, method: Method::System }, act, now)
    }

    /// Forgets the draft that is in the record now. Where that fails, it is forgotten when drafts are next opened.
    fn forget_draft(&self, draft: DraftId) {
        if let Ok(drafts) = Drafts::open(&self.dir) {
            let _ = drafts.clear(draft);
        }
    }

    /// Throws the derived tables away and makes them again from the entries.
    ///
    /// # Errors
    /// Where the viewer may not verify, or an entry cannot be applied; the tables are then as they were.
    pub fn rebuild(&mut self, viewer: &Viewer) -> Result<(), AppendError> {
        if let Some(read_only) = &self.read_only {
            return Err(read_only.error());
        }
        permission::may(&*self.roles()?, &self.desk(viewer)?.viewer, &Action::Granted(Grant::Verify), None)?;
        let _place_in_queue = self.place_in_queue()?;
        let transaction = self.conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        migrations::derive_anew(&transaction, &mut |_, _| {})?;
        transaction.commit()?;
        self.dir.ring();
        Ok(())
    }
}

//! The ledger and what is derived from it: the only place that knows SQL.
//!
//! Everything the program keeps about people goes through [`Store`]: [`Store::append`] writes, the other methods
//! read, each for a [`Viewer`](crate::domain::permission::Viewer). Rules are Rust, never SQL; no type of the
//! database crosses this face. A `Store` is one connection: open one for writing and one for reading, each in its
//! own thread, as many processes as there are people.
//!
//! # Files
//! An office is a directory ([`dir::OfficeDir`]): `ledger.db` (entries and what is derived from them), `drafts.db`
//! ([`drafts`]), `access.db` ([`access`]), `bell` (touched after each commit, [`watch`]), `lock` (writers queue on
//! it), `spool/`, `config/`.
//!
//! # What is stored for years
//! The tables `entries` (headers) and `bodies`. Their byte format is documented in [`header`] and [`canonical`],
//! well enough to write a verifier without this program; the other tables are derived and can be thrown away and
//! rebuilt ([`Store::rebuild`], [`Store::verify`]).

pub mod access;
pub mod canonical;
pub mod dir;
pub mod drafts;
pub mod error;
pub mod header;
pub mod health;
pub mod reads;
pub mod verify;
pub mod watch;

pub use access::{Access, Look};
pub use dir::OfficeDir;
pub use drafts::Drafts;
pub use error::{AppendError, MovedOn, OpenError, ReadError};
pub use health::Health;
pub use reads::{CaseFilter, Limits};
pub use verify::{Fault, Verification};
pub use watch::Watch;

mod body;
mod connection;
mod migrations;

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{DateTime, Utc};

use crate::domain::chance::Chance;
use crate::domain::entry::{Batch, Entry, Receipt};
use crate::domain::ids::{CaseId, EditionId, Seq};
use crate::domain::names::similar::Similarity;
use crate::domain::permission::{Roles, Viewer};
use crate::domain::time::Zone;
use crate::domain::views::{
    AfterOwed, Board, CaseRow, CaseView, Office, OwedRow, Page, PersonView, Queue, RecordRow,
};
use crate::pathway::edition::Editions;

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
    dir: OfficeDir,
    chance: Box<dyn Chance>,
}

impl Store {
    /// Makes the directory and founds the office in it: the acts *found* and *adopt*.
    pub fn create(
        dir: &OfficeDir,
        founding: Founding,
        chance: Box<dyn Chance>,
        now: DateTime<Utc>,
    ) -> Result<Self, OpenError> {
        unimplemented!()
    }
    /// Opens an office. A newer schema, or files that cannot be written, open for reading only ([`Store::read_only`]).
    pub fn open(dir: &OfficeDir, chance: Box<dyn Chance>, now: DateTime<Utc>) -> Result<Self, OpenError> {
        unimplemented!()
    }
    /// The directory of the office.
    pub fn dir(&self) -> &OfficeDir {
        &self.dir
    }
    /// Why nothing can be written, where that is so.
    pub fn read_only(&self) -> Option<&str> {
        unimplemented!()
    }
    /// Appends entries: all or none.
    pub fn append(
        &mut self,
        viewer: &Viewer,
        batch: Batch,
        now: DateTime<Utc>,
    ) -> Result<Receipt, AppendError> {
        unimplemented!()
    }
    /// Whether a key is in the ledger, with its receipt: resolves [`AppendError::Unknown`].
    pub fn lookup(&self, key: &str) -> Result<Option<Receipt>, ReadError> {
        unimplemented!()
    }
    /// Brings changed definitions into force (the full set of files). `None` where they are in force already.
    pub fn adopt(
        &mut self,
        viewer: &Viewer,
        files: BTreeMap<String, String>,
        now: DateTime<Utc>,
    ) -> Result<Option<Receipt>, AppendError> {
        unimplemented!()
    }
    /// Whether these files differ from the edition in force.
    pub fn differs(&self, files: &BTreeMap<String, String>) -> Result<bool, ReadError> {
        unimplemented!()
    }
    /// The editions of the ledger, parsed when first asked for.
    pub fn editions(&self) -> Result<Arc<Editions>, ReadError> {
        unimplemented!()
    }
    /// Roles and duties of the edition in force, without parsing definitions.
    pub fn roles(&self) -> Result<Arc<Roles>, ReadError> {
        unimplemented!()
    }
    /// The edition in force.
    pub fn edition(&self) -> Result<EditionId, ReadError> {
        unimplemented!()
    }
    /// The office as headers show it. Anyone may see it.
    pub fn office(&self) -> Result<Office, ReadError> {
        unimplemented!()
    }
    /// The office's zone.
    pub fn zone(&self) -> Result<Zone, ReadError> {
        unimplemented!()
    }
    /// The number of the last entry; 0 before the first.
    pub fn head(&self) -> Result<Seq, ReadError> {
        unimplemented!()
    }
    /// Roles and duties of a member of staff now; with `None`, of a desk where nobody has said who they are.
    pub fn viewer_for(&self, staff: Option<CaseId>) -> Result<Viewer, ReadError> {
        unimplemented!()
    }
    /// The staff list, by name. Anyone may see it: it is how one says who one is.
    pub fn staff(&self) -> Result<Vec<RecordRow>, ReadError> {
        unimplemented!()
    }
    /// The dashboard, in one read transaction. Drafts are left to [`Drafts::rows`].
    pub fn board(&self, viewer: &Viewer, now: DateTime<Utc>, limits: Limits) -> Result<Board, ReadError> {
        unimplemented!()
    }
    /// Everything a case screen shows.
    pub fn case(&self, viewer: &Viewer, id: CaseId, now: DateTime<Utc>) -> Result<CaseView, ReadError> {
        unimplemented!()
    }
    /// The case of a short reference ("U-1184", in any case of letters, with or without the hyphen).
    pub fn case_by_reference(&self, viewer: &Viewer, reference: &str) -> Result<CaseId, ReadError> {
        unimplemented!()
    }
    /// A record of a register with all that is open about it.
    pub fn person(&self, viewer: &Viewer, id: CaseId, now: DateTime<Utc>) -> Result<PersonView, ReadError> {
        unimplemented!()
    }
    /// A record of a register as lists and banners name it, with all its answers.
    pub fn record(&self, viewer: &Viewer, id: CaseId) -> Result<RecordRow, ReadError> {
        unimplemented!()
    }
    /// Cases, newest first, after the case last seen.
    pub fn cases(
        &self,
        viewer: &Viewer,
        filter: &CaseFilter,
        after: Option<CaseId>,
        limit: u32,
    ) -> Result<Page<CaseRow>, ReadError> {
        unimplemented!()
    }
    /// A queue of what is owed, soonest due first, after the row last seen.
    pub fn owed(
        &self,
        viewer: &Viewer,
        queue: Queue,
        now: DateTime<Utc>,
        after: Option<&AfterOwed>,
        limit: u32,
    ) -> Result<Page<OwedRow>, ReadError> {
        unimplemented!()
    }
    /// Records found by a few letters of name, date of birth, room or NHS number.
    pub fn find(
        &self,
        viewer: &Viewer,
        register: &str,
        typed: &str,
        limit: u32,
    ) -> Result<Vec<RecordRow>, ReadError> {
        unimplemented!()
    }
    /// Records of a register by name, after the record last seen.
    pub fn records(
        &self,
        viewer: &Viewer,
        register: &str,
        after: Option<CaseId>,
        limit: u32,
    ) -> Result<Page<RecordRow>, ReadError> {
        unimplemented!()
    }
    /// People who could be mistaken for this one, with the reasons.
    pub fn similar(
        &self,
        viewer: &Viewer,
        person: CaseId,
    ) -> Result<Vec<(RecordRow, Similarity)>, ReadError> {
        unimplemented!()
    }
    /// Entries after a number, in the order of the ledger. For the program itself and for who may verify or export.
    pub fn entries_after(&self, viewer: &Viewer, seq: Seq, max: u32) -> Result<Vec<Entry>, ReadError> {
        unimplemented!()
    }
    /// Throws the derived tables away and makes them again from the entries.
    pub fn rebuild(&mut self, viewer: &Viewer) -> Result<(), AppendError> {
        unimplemented!()
    }
    /// Proves chain, bodies, definitions and derived tables; `progress` hears how many entries are done of how many.
    pub fn verify(
        &self,
        viewer: &Viewer,
        progress: &mut dyn FnMut(u64, u64),
    ) -> Result<Verification, ReadError> {
        unimplemented!()
    }
    /// Versions, paths, modes, settings and counts.
    pub fn health(&self) -> Result<Health, ReadError> {
        unimplemented!()
    }
}

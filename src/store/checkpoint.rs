//! Checkpoints of the record: made, signed and kept beside the ledger, and held against it again.
//!
//! What one says and how it is signed is [`crate::domain::checkpoint`]. The key (`checkpoint.key`, 32 random bytes) is made
//! with the first checkpoint. `checkpoints/` holds each as a file, `ENTRIES.note` with the number in twelve digits, and in
//! `keys` the public key of each that ever signed, a line each. None of this is in the database, so that a copy of them
//! elsewhere shows what was done to it; whoever is root on the machine can change them all, which is why a witness
//! elsewhere keeps the last it has seen.

use std::fs;
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use rusqlite::Connection;
use zeroize::Zeroizing;

use super::beside;
use super::dir::{self, OfficeDir};
use super::error::ReadError;
use super::ledger;
use super::rows::{bytes32, count, id};
use super::{Access, Store};
use crate::domain::checkpoint::{Checkpoint, PublicKey, Seal, SigningKey, origin};
use crate::domain::ids::{EntryId, Hash32, Seq};
use crate::domain::merkle::Tree;
use crate::domain::permission::{Action, Grant, Reason, Viewer, may};
use crate::domain::words::checkpoint as words;
use crate::domain::words::store::FAULT_GAP;

/// The public keys that ever signed, below `checkpoints/`.
const KEYS: &str = "keys";
/// What the name of a checkpoint's file ends in.
const NOTE: &str = ".note";

/// A checkpoint that is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signed {
    /// What it says.
    pub checkpoint: Checkpoint,
    /// The whole note.
    pub note: String,
    /// The key that signed it.
    pub key: PublicKey,
    /// The tree over the entries it speaks of, from which proofs are made.
    pub tree: Tree,
    /// Where it is kept.
    pub path: PathBuf,
}

/// Why no checkpoint was made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CheckpointError {
    /// The record could not be read, or the viewer may not.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// The record is not what was signed before: this is not to be signed over.
    #[error("{}", .0)]
    Differs(String),
    /// The key could not be made or read, or the note not be kept.
    #[error("{}", .0)]
    Failed(String),
}

impl From<Reason> for CheckpointError {
    fn from(reason: Reason) -> Self {
        Self::Read(ReadError::Denied(reason))
    }
}

impl Store {
    /// Signs the record as it stands, and keeps the note. Where nothing was recorded since the last, that one is it.
    ///
    /// # Errors
    /// See [`CheckpointError`]. Nothing is signed where the record is not what was signed last.
    pub fn checkpoint(&mut self, viewer: &Viewer, now: DateTime<Utc>) -> Result<Signed, CheckpointError> {
        may(&*self.roles()?, &self.desk(viewer)?.viewer, &Action::Granted(Grant::Verify), None)?;
        let (first, tree, chain) = {
            let transaction = self.conn.unchecked_transaction().map_err(ReadError::from)?;
            (
                first(&transaction)?,
                tree(&transaction)?,
                ledger::head(&transaction).map_err(ReadError::from)?.hash,
            )
        };
        let origin = origin(first);
        let key = self.signing_key(&origin)?;
        let keys = self.known_keys(&key.public())?;
        let last = kept(&self.dir).pop();
        let last = last.map(|(_, path)| read(&path, &keys).map(|read| (read, path))).transpose();
        let last = last.map_err(CheckpointError::Differs)?;
        if let Some(((last, _), _)) = &last {
            against(last, &tree).map_or(Ok(()), |says| Err(CheckpointError::Differs(says)))?;
        }
        let size = tree.size();
        if let Some(((checkpoint, note), path)) = last.filter(|((last, _), _)| last.size == size) {
            return Ok(Signed { checkpoint, note, key: key.public(), tree, path });
        }
        let root = tree.root(size).unwrap_or(chain);
        let looks = if self.dir.access().exists() {
            let access = Access::open(&self.dir).map_err(|error| ReadError::Failed(error.to_string()))?;
            access.head()?
        } else {
            None
        };
        let checkpoint = Checkpoint { origin, size, root, chain: Some(chain), looks, made: Some(now) };
        let note = key.note(&checkpoint);
        let folder = self.dir.checkpoints();
        let path = dir::keep(&folder, &format!("{size:012}{NOTE}"), &note)
            .map_err(|error| CheckpointError::Failed(words::not_kept(&folder, &error.to_string())))?;
        // As it was signed: without a fraction of a second.
        let checkpoint = Checkpoint::read(&note, &[key.public()])
            .map_err(|error| CheckpointError::Failed(error.to_string()))?;
        Ok(Signed { checkpoint, note, key: key.public(), tree, path })
    }

    /// Signs the list of a pack, which goes with this checkpoint.
    ///
    /// # Errors
    /// See [`CheckpointError`].
    pub fn seal(
        &mut self,
        viewer: &Viewer,
        list: Hash32,
        with: &Checkpoint,
        now: DateTime<Utc>,
    ) -> Result<String, CheckpointError> {
        may(&*self.roles()?, &self.desk(viewer)?.viewer, &Action::Granted(Grant::Verify), None)?;
        let key = self.signing_key(&with.origin)?;
        let (origin, checkpoint) = (with.origin.clone(), (with.size, with.root));
        Ok(Seal { origin, list, checkpoint, made: now }.note(&key))
    }

    /// How many entries the last checkpoint speaks of that is kept, by its name; `None` where none was made.
    pub fn last_checkpoint(&self) -> Option<u64> {
        kept(&self.dir).pop().map(|(size, _)| size)
    }

    fn signing_key(&mut self, origin: &str) -> Result<SigningKey, CheckpointError> {
        let path = self.dir.checkpoint_key();
        let failed = |says: String| CheckpointError::Failed(words::no_key(&path, &says));
        beside::secret(&self.dir, &path, &mut *self.chance).map_err(|error| failed(error.to_string()))?;
        let bytes = fs::read(&path).map(Zeroizing::new).map_err(|error| failed(error.to_string()))?;
        let secret: &[u8; 32] =
            bytes.as_slice().try_into().map_err(|_| failed(words::KEY_DAMAGED.to_owned()))?;
        Ok(SigningKey::of(origin, secret))
    }

    /// The keys that ever signed, this one among them from now on.
    fn known_keys(&self, own: &PublicKey) -> Result<Vec<PublicKey>, CheckpointError> {
        let mut known = keys(&self.dir);
        if !known.contains(own) {
            known.push(own.clone());
            let lines: String = known.iter().map(|key| format!("{key}\n")).collect();
            let folder = self.dir.checkpoints();
            dir::keep(&folder, KEYS, &lines)
                .map_err(|error| CheckpointError::Failed(words::not_kept(&folder, &error.to_string())))?;
        }
        Ok(known)
    }
}

/// What is wrong with the record, or with the notes that are kept, given the tree over its entries: of the first that
/// does not fit. And how many were held against it, and how far the access log had come by them.
pub(super) fn held_against(dir: &OfficeDir, tree: &Tree) -> Held {
    let keys = keys(dir);
    let mut held = Held::default();
    for (_, path) in kept(dir) {
        let fault = match read(&path, &keys) {
            Ok((checkpoint, _)) => {
                held.looks.extend(checkpoint.looks);
                against(&checkpoint, tree)
            }
            Err(says) => Some(says),
        };
        if fault.is_some() {
            held.fault = fault;
            break;
        }
        held.notes += 1;
    }
    held
}

/// What holding the record against its checkpoints gave.
#[derive(Debug, Default)]
pub(super) struct Held {
    /// Checkpoints that fit.
    pub(super) notes: u64,
    /// How many looks had been noted by them, and the hash of the last then.
    pub(super) looks: Vec<(Seq, Hash32)>,
    /// The first that does not fit, in words.
    pub(super) fault: Option<String>,
}

/// Why a record is not the one of which a checkpoint speaks.
fn against(checkpoint: &Checkpoint, tree: &Tree) -> Option<String> {
    match tree.root(checkpoint.size) {
        None => Some(words::cut_off(checkpoint.size, tree.size())),
        Some(root) if root != checkpoint.root => Some(words::differs(checkpoint.size)),
        Some(_) => None,
    }
}

fn read(path: &Path, keys: &[PublicKey]) -> Result<(Checkpoint, String), String> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let note = fs::read_to_string(path).map_err(|error| words::damaged(&name, &error.to_string()))?;
    let checkpoint =
        Checkpoint::read(&note, keys).map_err(|error| words::damaged(&name, &error.to_string()))?;
    Ok((checkpoint, note))
}

/// The checkpoints that are kept, by how many entries they speak of.
fn kept(dir: &OfficeDir) -> Vec<(u64, PathBuf)> {
    let listing = fs::read_dir(dir.checkpoints()).into_iter().flatten().flatten();
    let size = |path: &Path| path.file_name()?.to_str()?.strip_suffix(NOTE)?.parse().ok();
    let mut found: Vec<(u64, PathBuf)> =
        listing.filter_map(|item| size(&item.path()).map(|size| (size, item.path()))).collect();
    found.sort();
    found
}

/// The public keys that ever signed; none before the first.
fn keys(dir: &OfficeDir) -> Vec<PublicKey> {
    let lines = fs::read_to_string(dir.checkpoints().join(KEYS)).unwrap_or_default();
    lines.lines().filter_map(|line| line.parse().ok()).collect()
}

fn first(conn: &Connection) -> Result<EntryId, ReadError> {
    Ok(conn.query_row("SELECT id FROM entries WHERE seq = 1", [], |row| Ok(EntryId(id(row, 0)?.0)))?)
}

/// The tree over all entries.
fn tree(conn: &Connection) -> Result<Tree, ReadError> {
    let mut all = conn.prepare("SELECT seq, hash FROM entries ORDER BY seq")?;
    let mut rows = all.query([])?;
    let mut tree = Tree::default();
    while let Some(row) = rows.next()? {
        if count(row, 0)? != tree.size() + 1 {
            return Err(ReadError::Failed(FAULT_GAP.to_owned()));
        }
        tree.push(Hash32(bytes32(row, 1)?));
    }
    Ok(tree)
}

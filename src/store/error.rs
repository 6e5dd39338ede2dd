//! What can go wrong at the ledger, as values; how each is said is left to [`crate::domain::words::store`].

use std::path::PathBuf;

use crate::domain::ids::{CaseId, Seq};
use crate::domain::permission::Reason;
use crate::domain::words::store as words;
use crate::pathway::check::Problem;

/// Why an office cannot be opened.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OpenError {
    /// There is no office here.
    #[error("{}", words::no_office(.0))]
    Missing(PathBuf),
    /// There is one already.
    #[error("{}", words::office_exists(.0))]
    Exists(PathBuf),
    /// Others on this machine could read or change it.
    #[error("{}", words::loose_mode(.path, *.mode, *.wanted))]
    LooseMode {
        /// The file or directory.
        path: PathBuf,
        /// Its mode.
        mode: u32,
        /// The mode it ought to have.
        wanted: u32,
    },
    /// SQLite's locks do not hold on it.
    #[error("{}", words::network_file_system(.path, .kind))]
    NetworkFileSystem {
        /// The directory.
        path: PathBuf,
        /// The kind of file system.
        kind: &'static str,
    },
    /// A version of SQLite that can lose what it has acknowledged.
    #[error("{}", words::old_sqlite(.0))]
    OldSqlite(String),
    /// A file that this program did not make.
    #[error("{}", words::not_ours(.0))]
    NotOurs(PathBuf),
    /// A setting that durability rests on did not read back as set.
    #[error("{}", words::setting_refused(.setting, .found))]
    Setting {
        /// The pragma.
        setting: &'static str,
        /// What it read back as.
        found: String,
    },
    /// Anything else, in words.
    #[error("{}", words::cannot_open(.0))]
    Failed(String),
}

/// Why entries were not appended. Nothing was written, except where the outcome is [`AppendError::Unknown`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AppendError {
    /// Something has moved since the form was opened.
    #[error("{}", words::conflict(.0.iter().map(|moved| (moved.reference.as_str(), moved.since.as_slice()))))]
    Conflict(Vec<MovedOn>),
    /// The viewer may not.
    #[error(transparent)]
    Denied(#[from] Reason),
    /// The answers, or the step at this moment, do not hold.
    #[error("{}", words::problems(.0.iter().map(|problem| problem.says.as_str())))]
    Problems(Vec<Problem>),
    /// It wants two people and there is nobody else who may agree to it: it goes through with a reason, which was not
    /// given.
    #[error("{}", words::WHY_ALONE)]
    Alone,
    /// The disk failed during the commit: it may or may not be in the record. Ask [`super::Store::lookup`] by key.
    #[error("{}", words::UNKNOWN_OUTCOME)]
    Unknown,
    /// The disk is full.
    #[error("{}", words::DISK_FULL)]
    Full,
    /// The disk cannot be written or read just now, in words.
    #[error("{}", words::disk_refuses(.0))]
    Disk(String),
    /// The office is opened for reading only, with the reason.
    #[error("{}", words::read_only(.0))]
    ReadOnly(String),
    /// Another program held the ledger for too long.
    #[error("{}", words::BUSY)]
    Busy,
    /// Anything else, in words.
    #[error("{}", words::not_saved(.0))]
    Fatal(String),
}

impl AppendError {
    /// Whether it passes when the disk is well again or the other program lets go, so that the same batch can be tried
    /// again as it stands.
    pub fn passes(&self) -> bool {
        matches!(self, Self::Unknown | Self::Full | Self::Disk(_) | Self::Busy)
    }
}

/// What moved under a form while it was open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MovedOn {
    /// The case.
    pub case: CaseId,
    /// Its short reference.
    pub reference: String,
    /// The version that the form had seen.
    pub seen: Seq,
    /// The version it has now.
    pub now: Seq,
    /// What was recorded in between, in words ("Decision, 21:04").
    pub since: Vec<String>,
    /// Among it that the case is another record's now.
    pub is_another: bool,
}

/// Why something could not be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// The viewer may not; lists stay empty and say why.
    #[error(transparent)]
    Denied(#[from] Reason),
    /// Nothing of that id or reference.
    #[error("{}", words::NOT_FOUND)]
    NotFound,
    /// The ledger could not be read.
    #[error("{}", words::cannot_read(.0))]
    Failed(String),
}

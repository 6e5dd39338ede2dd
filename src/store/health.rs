//! What `doctor` shows of an office.

use std::path::PathBuf;

/// Versions, paths, modes, settings and counts.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Health {
    /// The linked SQLite ("3.54.1").
    pub sqlite: String,
    /// Its source id.
    pub source_id: String,
    /// The schema of the ledger and the one this program knows.
    pub schema: (i64, i64),
    /// Every file with its mode and the mode it ought to have.
    pub files: Vec<(PathBuf, u32, u32)>,
    /// Settings of the ledger's connection as they read back.
    pub settings: Vec<(String, String)>,
    /// Rows of each table.
    pub counts: Vec<(String, u64)>,
    /// Number and first eight digits of the chain's head.
    pub head: (u64, String),
    /// Why nothing can be written, where that is so.
    pub read_only: Option<String>,
}

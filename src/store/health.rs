//! What `doctor` shows of an office, and how far one was told as an example.

use std::path::PathBuf;

use rusqlite::types::Value;

use super::derive::scalar_count;
use super::error::ReadError;
use super::{Store, ledger, migrations};
use crate::domain::ids::Seq;

/// Settings that are read back.
const SETTINGS: [&str; 8] = [
    "journal_mode",
    "synchronous",
    "foreign_keys",
    "trusted_schema",
    "cell_size_check",
    "secure_delete",
    "busy_timeout",
    "page_size",
];

/// Versions, paths, modes, settings and counts.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Health {
    /// The linked SQLite ("3.54.1").
    pub sqlite: String,
    /// Its source id.
    pub source_id: String,
    /// The schema of the ledger, and the one this program knows.
    pub schema: (i64, i64),
    /// Every file with its mode and the mode it ought to have.
    pub files: Vec<(PathBuf, u32, u32)>,
    /// Settings of the ledger's connection as they read back.
    pub settings: Vec<(String, String)>,
    /// Rows of each table.
    pub counts: Vec<(String, u64)>,
    /// Number and first eight hexadecimal digits of the chain's head.
    pub head: (u64, String),
    /// Why nothing can be written, where that is so.
    pub read_only: Option<String>,
}

impl Store {
    /// The number of the last entry with which an example office was told ([`Store::telling`]); 0 where none was. What
    /// somebody did there comes after it. Offices that were told by programs before this one do not say.
    ///
    /// # Errors
    /// Where the ledger cannot be read.
    pub fn told_until(&self) -> Result<Seq, ReadError> {
        let last = "SELECT coalesce(max(seq), 0) FROM entries WHERE program LIKE 'dutydesk % example'";
        Ok(scalar_count(&self.conn, last)?)
    }

    /// Versions, paths, modes, settings and counts. It names no person.
    ///
    /// # Errors
    /// Where the ledger cannot be read.
    pub fn health(&self) -> Result<Health, ReadError> {
        let setting = |name: &str| -> rusqlite::Result<(String, String)> {
            let value: Value = self.conn.pragma_query_value(None, name, |row| row.get(0))?;
            let shown = match value {
                Value::Integer(integer) => integer.to_string(),
                Value::Text(text) => text,
                _ => String::new(),
            };
            Ok((name.to_owned(), shown))
        };
        let mut counts = Vec::new();
        for table in ["entries", "bodies", "disposals"].into_iter().chain(migrations::DERIVED_TABLES) {
            counts.push((
                table.to_owned(),
                scalar_count(&self.conn, &format!("SELECT count(*) FROM {table}"))?,
            ));
        }
        let head = ledger::head(&self.conn)?;
        Ok(Health {
            sqlite: rusqlite::version().to_owned(),
            source_id: self.conn.query_row("SELECT sqlite_source_id()", [], |row| row.get(0))?,
            schema: (migrations::version(&self.conn)?, migrations::newest()),
            files: self.dir.modes(),
            settings: SETTINGS.into_iter().map(setting).collect::<rusqlite::Result<_>>()?,
            counts,
            head: (head.seq, head.hash.to_string().chars().take(8).collect()),
            read_only: self.read_only().map(str::to_owned),
        })
    }
}

//! Proof that the record is whole.

use crate::domain::ids::{Hash32, Seq};

/// What verifying found.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Verification {
    /// Entries checked.
    pub entries: u64,
    /// The chain's head.
    pub head: Hash32,
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
        /// The row, by its key.
        row: String,
    },
    /// The database file itself.
    File {
        /// What SQLite says of it.
        says: String,
    },
}

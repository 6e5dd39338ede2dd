//! The schema of the ledger, step by step: each migration brings a database from one `user_version` to the next.
//!
//! All that are missing run in one transaction, after a copy of the file was put aside: killed at any point, the
//! file is the old one or the new one. Entries and bodies are never rewritten by a migration.
//!
//! A new kind of act, a new version of bodies and anything derived differently are a migration too, if an empty one:
//! an older program must not go on deriving beside a newer one. It then opens the file for reading only.

use rusqlite::{Connection, TransactionBehavior};

use super::dir::OfficeDir;
use super::error::OpenError;
use super::rows::failed_to_open;

/// Names a file as ours: "DUTY".
pub(super) const APPLICATION_ID: i64 = 0x4455_5459;

const DERIVED: &str = include_str!("migrations/derived.sql");

/// The tables that follow from the entries, in an order in which they can be compared.
pub(super) const DERIVED_TABLES: [&str; 15] = [
    "office",
    "editions",
    "roles",
    "duties",
    "steps",
    "holders",
    "letters",
    "cases",
    "case_entries",
    "owed",
    "to_confirm",
    "records",
    "find_keys",
    "moved",
    "counts",
];

/// The derived tables, as statements for `main` or `temp`.
pub(super) fn derived(schema: &str) -> String {
    DERIVED.replace("{schema}", schema)
}

/// The migrations, in order; the first makes an empty file into a ledger.
pub(super) fn all() -> Vec<String> {
    vec![format!("{}\n{}", include_str!("migrations/0001.sql"), derived("main"))]
}

/// The schema that this program writes.
pub(super) fn newest() -> i64 {
    i64::try_from(all().len()).unwrap_or(i64::MAX)
}

/// The schema of a database.
pub(super) fn version(conn: &Connection) -> rusqlite::Result<i64> {
    conn.pragma_query_value(None, "user_version", |row| row.get(0))
}

/// Runs the migrations that a database lacks. A database with rows is copied to the spool first.
pub(super) fn run(conn: &mut Connection, dir: &OfficeDir, migrations: &[String]) -> Result<(), OpenError> {
    let found = version(conn).map_err(failed_to_open)?;
    let done = usize::try_from(found).unwrap_or(0);
    if done >= migrations.len() {
        return Ok(());
    }
    if done > 0 {
        let aside = dir.spool().join(format!("ledger-before-{}.db", migrations.len()));
        if !aside.exists() {
            dir.ensure_file(&aside)?;
            conn.backup("main", &aside, None::<fn(rusqlite::backup::Progress)>).map_err(failed_to_open)?;
        }
    }
    let mut step = || -> rusqlite::Result<()> {
        let transaction = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        // Another process may have migrated while this one waited.
        let done = usize::try_from(version(&transaction)?).unwrap_or(0);
        for (at, migration) in migrations.iter().enumerate().skip(done) {
            transaction.execute_batch(migration)?;
            transaction.pragma_update(None, "user_version", i64::try_from(at + 1).unwrap_or(i64::MAX))?;
        }
        transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
        transaction.commit()
    };
    step().map_err(failed_to_open)
}

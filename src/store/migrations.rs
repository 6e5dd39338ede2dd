//! The schema of the ledger, step by step: each migration brings a database from one `user_version` to the next.
//!
//! All that are missing run in one transaction, after a copy of the file was put aside: killed at any point, the
//! file is the old one or the new one. Entries and bodies are never rewritten by a migration.
//!
//! A new kind of act, a new version of bodies and anything derived differently are a migration too: an older program
//! must not go on deriving beside a newer one. It then opens the file for reading only.

use rusqlite::{Connection, Transaction, TransactionBehavior};

use super::beside;
use super::derive::DeriveError;
use super::dir::OfficeDir;
use super::error::OpenError;
use super::ledger;
use super::rows::failed_to_open;
use super::verify;
use crate::domain::ids::Seq;

/// Names a file as ours: "DUTY".
pub(super) const APPLICATION_ID: i64 = 0x4455_5459;

const DERIVED: &str = include_str!("migrations/derived.sql");

/// The tables that follow from the entries, in an order in which they can be compared.
pub(super) const DERIVED_TABLES: [&str; 34] = [
    "office",
    "editions",
    "roles",
    "duties",
    "steps",
    "routes",
    "holders",
    "slots",
    "letters",
    "restrictions",
    "cases",
    "case_entries",
    "owed",
    "to_confirm",
    "to_countersign",
    "done_alone",
    "records",
    "find_keys",
    "moved",
    "shares",
    "merged",
    "taken_forms",
    "beyond",
    "handovers",
    "looks_heads",
    "counts",
    "keys",
    "case_facts",
    "promise_facts",
    "contact_facts",
    "signs",
    "sign_marks",
    "signs_raised",
    "said",
];

/// The index over the words in `said`: derived as well, compared word by word.
pub(super) const WORDS: &str = "said_words";

/// The derived tables, as statements for `main` or `temp`.
pub(super) fn derived(schema: &str) -> String {
    DERIVED.replace("{schema}", schema)
}

/// One step from a schema to the next.
#[derive(Debug, Clone, Copy)]
pub(super) enum Migration {
    /// Statements that change the tables that are no one's but the ledger's own.
    Tables(&'static str),
    /// Something is derived that was not, or differently: the derived tables are made again from the entries.
    DerivedAnew,
}

/// The migrations, in order; the first makes an empty file into a ledger.
pub(super) fn all() -> Vec<Migration> {
    vec![
        Migration::Tables(include_str!("migrations/0001.sql")),
        Migration::DerivedAnew,
        Migration::DerivedAnew,
        Migration::DerivedAnew,
        Migration::DerivedAnew,
        // Acts of sign-in came to be, and what nobody has signed is known.
        Migration::DerivedAnew,
        Migration::DerivedAnew,
        // Records that were merged; steps that were imported.
        Migration::DerivedAnew,
        // Whoever was not reached is still to be rung when somebody else is.
        Migration::DerivedAnew,
        // Fields of a record can be emptied; where somebody is, by the choice's id; who owns what, to whom it is offered;
        // the rota, and who is rung one after the other; visits, and paper slips; handovers.
        Migration::DerivedAnew,
        // Cases by pathway; cases opened for one matter; what goes on in another case, and how far it was escalated;
        // numbers and working days as answers; what a record said when a step asked; series by the row that opened them;
        // what was shared, over all cases.
        Migration::DerivedAnew,
        // Series keep the rhythm of the row that opened them; of each line of a checklist one day is owed; what goes on in
        // another case stays with whoever saw to it; a case is its lead's; when the registers last changed; facts of cases,
        // promises and contacts, for measures; warning signs, and who outside was contacted in an entry; who has to be
        // spoken with, what stands before everything and who goes without care.
        Migration::DerivedAnew,
        // By which edition a warning sign was seen: what it says is read when its rule is gone. What is owed in a case in
        // which nothing else is.
        Migration::DerivedAnew,
        // Of which organisation a case warns. Of each case: whether its note was written in the same visit, whether nothing
        // is left blank, and its themes; which of the emergency services were called, and what has to be seen first. Whoever
        // rang is among those who were told what came of it.
        Migration::DerivedAnew,
        // Organisations that were merged are counted as one, those that stand on no list by their words; when something was
        // last decided in a case, and the cases it is linked with, in its rows. Acts of retention
        // came to be: legal holds, disposals, copies for the person whose record it is. What kind of case it was stays
        // known of one whose content was disposed of, and that it is at its end. Through whose hands an unfinished form
        // went.
        Migration::DerivedAnew,
        // What was disposed of is kept to whoever disposes, verifies or audits; a proposal that was refused stays so when the
        // word that refused it is gone; a hold is lifted by two.
        Migration::DerivedAnew,
        // Whom a case is about in words, with what is known of it.
        Migration::DerivedAnew,
        // What a second person agrees to ends nothing that came after it was written.
        Migration::DerivedAnew,
        // When somebody was called out is not known where nobody said it.
        Migration::DerivedAnew,
    ]
}

/// Throws the derived tables away and makes them again from the entries, saying how far it has come with how many.
pub(super) fn derive_anew(
    transaction: &Transaction<'_>,
    progress: &mut dyn FnMut(Seq, Seq),
) -> Result<(), DeriveError> {
    let all = ledger::head(transaction)?.seq;
    for table in DERIVED_TABLES.into_iter().chain([WORDS]) {
        transaction.execute_batch(&format!("DROP TABLE IF EXISTS main.{table}"))?;
    }
    transaction.execute_batch(&derived("main"))?;
    verify::replay(transaction, &mut |done| progress(done, all))
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
pub(super) fn run(
    conn: &mut Connection,
    dir: &OfficeDir,
    migrations: &[Migration],
    progress: &mut dyn FnMut(Seq, Seq),
) -> Result<(), OpenError> {
    let found = version(conn).map_err(failed_to_open)?;
    let done = usize::try_from(found).unwrap_or(0);
    if done >= migrations.len() {
        return Ok(());
    }
    if done > 0 {
        let aside = dir.spool().join(format!("ledger-before-{}.db", migrations.len()));
        // The first copy stands: one that is made later may be of the file as it is afterwards.
        if !aside.exists() {
            beside::whole(dir, &aside, |copy| {
                conn.backup("main", copy, None::<fn(rusqlite::backup::Progress)>).map_err(failed_to_open)
            })?;
        }
    }
    let mut step = || -> Result<(), DeriveError> {
        let transaction = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        // Another process may have migrated while this one waited.
        let done = usize::try_from(version(&transaction)?).unwrap_or(0);
        let missing = migrations.get(done..).unwrap_or_default();
        for migration in missing {
            if let Migration::Tables(sql) = migration {
                transaction.execute_batch(sql)?;
            }
        }
        // Once is enough, however many of the steps ask for it.
        if missing.iter().any(|migration| matches!(migration, Migration::DerivedAnew)) {
            derive_anew(&transaction, progress)?;
        }
        let reached = done.max(migrations.len());
        transaction.pragma_update(None, "user_version", i64::try_from(reached).unwrap_or(i64::MAX))?;
        transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
        Ok(transaction.commit()?)
    };
    step().map_err(|error| OpenError::Failed(error.to_string()))
}

//! The removal itself, inside the transaction in which a second person agrees.

use rusqlite::{Transaction, params};

use crate::domain::ids::Seq;
use crate::store::derive::DeriveError;
use crate::store::migrations;
use crate::store::rows::signed;

/// Removes the content of entries that an act of disposal names, with all that was derived from it. Nothing of it is left
/// but in free space of the file.
pub(in crate::store) fn remove(
    transaction: &Transaction<'_>,
    act: Seq,
    seqs: &[Seq],
) -> Result<(), DeriveError> {
    for seq in seqs {
        transaction
            .prepare_cached("INSERT INTO disposals (seq, act) VALUES (?1, ?2)")?
            .execute(params![signed(*seq), signed(act)])?;
        transaction.prepare_cached("DELETE FROM bodies WHERE seq = ?1")?.execute([signed(*seq)])?;
    }
    Ok(())
}

/// Makes all that is derived anew, after content was removed: so it is what a rebuild would make of what is left.
pub(in crate::store) fn derive_anew(transaction: &Transaction<'_>) -> Result<(), DeriveError> {
    transaction.flush_prepared_statement_cache();
    migrations::derive_anew(transaction, &mut |_, _| {})
}

//! Stories of the ledger.

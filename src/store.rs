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

mod append;
mod body;
mod connection;
mod derive;
mod editions;
mod ledger;
mod migrations;
mod rows;
mod scope;

#[cfg(test)]
mod tests;

pub use access::{Access, Look};
pub use dir::OfficeDir;
pub use drafts::Drafts;
pub use error::{AppendError, MovedOn, OpenError, ReadError};
pub use health::Health;
pub use reads::{CaseFilter, Limits};
pub use verify::{Fault, Verification};
pub use watch::Watch;

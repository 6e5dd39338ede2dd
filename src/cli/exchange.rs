//! A register and a file of rows: what a spreadsheet wrote is read, held against what is on record, and said back by line
//! and column before any of it is recorded; what is on record is written so that reading it again changes nothing.
//!
//! Columns come from the definition of the register, so a field that an office adds is imported and exported without
//! code. A file is a path on this machine: nothing of this is reached from the screen, where people sit far away.

pub(super) mod cells;
pub(super) mod columns;
pub(super) mod findings;
pub(super) mod known;
pub(super) mod naming;
pub(super) mod plan;

#[cfg(test)]
mod tests;

mod identity;

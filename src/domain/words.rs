//! The catalogue: every word a person reads that is not in a definition, one file per folder that says it.

pub mod permission;
pub mod runtime;
pub mod settings;
pub mod text;
pub mod time;
pub mod ui;

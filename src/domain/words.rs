//! The catalogue: every word a person reads that is not in a definition, one file per folder that says it.

pub mod cli;
pub mod check;
pub mod pathway;
pub mod permission;
pub mod store;
pub mod app;
pub mod form;
pub mod runtime;
pub mod settings;
pub mod show;
pub mod text;
pub mod time;
pub mod ui;

//! The catalogue: every word a person reads that is not in a definition, one file per folder that says it.

pub mod app;
pub mod check;
pub mod cli;
pub mod clocks;
pub mod form;
pub mod handover;
pub mod keys;
pub mod locations;
pub mod measures;
pub mod owning;
pub mod pathway;
pub mod permission;
pub mod providers;
pub mod queues;
pub mod report;
pub mod rota;
pub mod runtime;
pub mod secret;
pub mod settings;
pub mod sheets;
pub mod show;
pub mod store;
pub mod text;
pub mod time;
pub mod ui;
pub mod word;

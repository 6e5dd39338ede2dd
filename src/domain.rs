//! The nouns of the duty office: ids, entries, answers, commitments, cases, people, permissions, time.
//!
//! Everything here is pure: no file, no database, no terminal, no clock. What a definition means is left to
//! [`crate::pathway`]; what is stored and how, to [`crate::store`].

pub mod access;
pub mod act;
pub mod answer;
pub mod audit;
pub mod bell;
pub mod case;
pub mod chance;
pub mod checkpoint;
pub mod clean;
pub mod clocks;
pub mod commitment;
pub mod disposal;
pub mod draft;
pub mod entry;
pub mod eyes;
pub mod handover;
pub mod ids;
pub mod keys;
pub mod leave;
pub mod look;
pub mod measure;
pub mod merkle;
pub mod names;
pub mod nhs;
pub mod owning;
pub mod pack;
pub mod permission;
pub mod restriction;
pub mod rota;
pub mod search;
pub mod secret;
pub mod share;
pub mod sheet;
pub mod signs;
pub mod slips;
pub mod time;
pub mod views;
pub mod who_is;
pub mod words;

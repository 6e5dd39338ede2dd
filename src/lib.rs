//! Dutydesk: the duty office of a care provider on one keyboard-driven screen.
//!
//! Six ideas carry the whole program: an **entry** is an immutable record of something observed, said,
//! decided or done; a **pathway** with its **steps** is data in `config/pathways/`; a **commitment** ("owed"
//! on screen) is whatever somebody owes by some time; a **case** is the entries and commitments that belong
//! together; a **queue** is a filter and an order over them; a **warning sign** is what the rules see.
//!
//! The folders are the architecture; each may import only those below it (`tests/architecture.rs` holds them
//! to it):
//!
//! | folder | what lives there |
//! |---|---|
//! | [`cli`] | commands without a screen |
//! | [`runtime`] | event loop, threads, terminal, signals, clock and randomness |
//! | [`ui`] | draws; reads the app's state |
//! | [`app`] | the pure core: state, messages, effects, layers, the one table of actions |
//! | [`report`] | what leaves on paper |
//! | [`settings`] | an office's files, keymap, themes |
//! | [`store`] | the ledger: the only place that knows SQL |
//! | [`insight`] | what follows from records by rules: pure functions over them, the definitions and now |
//! | [`form`] | edits and shows answers: fields, focus, the text box |
//! | [`pathway`] | definitions, editions, checks, due rules, and the fold of a case |
//! | [`domain`] | ids, entries, commitments, cases, answers, read models, permissions, time |

pub mod app;
pub mod cli;
pub mod domain;
pub mod form;
pub mod insight;
pub mod pathway;
pub mod report;
pub mod runtime;
pub mod settings;
pub mod store;
pub mod ui;

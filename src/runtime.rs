//! The running program: terminal, threads, signals, clock and chance, and the loop that joins them to the app.
//!
//! ```text
//!  dashboard (at the start alone) ──► its first answer
//!                                        │
//!  keys ──► reader ──┐                 ┌─▼─► reading thread ──┐
//!  other programs ───┼──► event loop ──┤                      ├──► back to the event loop
//!  minute, deadline ─┘    update, draw ├──► saving thread ────┤
//!                                      │        └─► writing ──┘
//!                                      ├──► checking, packing ──► back to the event loop
//!                                      └──► painting thread ──► terminal
//!
//!  definitions (at the start alone): read for whoever first asks for them
//!  lifeline: terminal gone or asked to end ──► saving thread keeps everything ──► exit
//! ```

mod adopting;
mod appending;
pub(crate) mod aside;
pub mod checkpointing;
pub mod clock;
pub mod desk;
pub mod effects;
pub mod event_loop;
pub mod interrupt;
pub mod keeping;
pub mod lifeline;
mod narrowing;
pub mod office;
pub mod packing;
pub mod packs;
pub mod painter;
pub mod printing;
pub mod reader;
pub mod reading;
mod room;
pub mod run;
mod seat;
mod seeking;
pub mod sheets;
pub mod signing;
pub mod terminal;
pub mod writing;

#[cfg(test)]
mod fixtures;

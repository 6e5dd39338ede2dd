//! The running program: terminal, threads, signals, clock and chance, and the loop that joins them to the app.

pub mod clock;
pub mod keeping;
pub mod lifeline;
pub mod reader;
pub mod terminal;

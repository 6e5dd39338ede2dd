//! What the tests outside the crate share: an office that vanishes, the built program with and without a terminal.
//!
//! Every wait here is for a condition, with a limit that only a broken program reaches, but for a person's look at what
//! was saved. `tests/support_works.rs`
//! tries all of it on small programs that are always there.
#![expect(clippy::panic, reason = "a test fails by panicking, its helpers too")]
#![allow(dead_code, unused_imports, reason = "each test file uses its own part of this")]

mod keys;
mod office;
mod picture;
mod programs;
mod scripted;
mod terminal;
mod writer;

pub use keys::presses;
pub use office::Office;
pub use picture::Picture;
pub use programs::{bare, cli, cli_with_input, json, program, skipped, skipped_unless};
pub use scripted::{Scripted, YOU};
pub use terminal::{PATIENCE, Start, Terminal};
pub use writer::Writer;

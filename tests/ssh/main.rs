//! People who come in over SSH, through a real server on loopback that was set up with the files the program prints:
//! who they are, what they cannot do, and what becomes of them when their key or their line is gone.
#![expect(clippy::panic, reason = "a test fails by panicking, its helpers too")]

#[path = "../support/mod.rs"]
mod support;

mod check;
mod dropped;
mod identity;
mod refused;
mod server;

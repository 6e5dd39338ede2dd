//! People who come in over SSH, through a real server on loopback that was set up with the files the program prints:
//! who they are, what they cannot do, and what becomes of them when their key or their line is gone.

#[path = "../support/mod.rs"]
mod support;

mod check;
mod dropped;
mod identity;
mod refused;
mod server;

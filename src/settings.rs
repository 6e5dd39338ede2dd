//! Where an office lives, and what its own keys and looks are: plain files that a person may edit.
//!
//! A file that does not hold together never stops the program: the built-in one takes its place, and the fault is
//! said with file, line and key. Files that decide facts (pathways, roles, targets) are not settings; they come
//! into force as editions and are left to [`crate::pathway`].

pub mod definitions;
pub mod example;
pub mod fault;
pub mod keys;
pub mod measures;
pub mod office;
pub mod sign_in;
pub mod step_keys;
pub mod themes;

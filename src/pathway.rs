//! To come.

pub mod vague;

//! Definitions: pathways, steps, fields and rules as data, their editions, and what follows from them.
//!
//! [`definition`] is the language; [`edition`] is one consistent set of files in force; [`read`] turns TOML into
//! it and says file, line and mend where it does not hold; [`check`] says what is wrong with answers, the same
//! for the form, the command line, an import and the store; [`fold`] makes the state of a case from its
//! entries. How answers are typed is left to [`crate::form`], how they are kept to [`crate::store`].

pub mod advice;
pub mod calendar;
pub mod check;
pub mod clocks;
pub mod definition;
pub mod due;
pub mod edition;
#[cfg(test)]
mod fixtures;
pub mod fold;
pub mod follow;
pub mod improve;
pub mod late;
pub mod led;
pub mod near;
pub mod on_record;
pub mod own_or;
pub mod passing;
pub mod pathways;
pub mod predicate;
pub mod prefill;
pub mod read;
pub mod roles;
pub mod score;
pub mod show;
pub mod signs;
pub mod slot;
pub mod struck;
pub mod tags;
pub mod triangulation;
pub mod vague;

pub use read::nearest;

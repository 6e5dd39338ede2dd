//! To come.

pub mod calendar;
pub mod due;

//! Edits and shows answers.

pub mod text_box;

//! To come.

pub mod face;
pub mod text_box;

//! To come.

pub mod text_box;

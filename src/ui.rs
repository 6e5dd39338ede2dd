//! Draws the app's state; changes nothing but the [`view::View`] that is handed in.

pub mod banner;
pub mod board;
pub mod case;
pub mod footer;
pub mod form;
pub mod header;
pub mod layout;
pub mod pane;
pub mod paper;
pub mod scroll;
pub mod sight;
pub mod table;
pub mod theme;
pub mod view;

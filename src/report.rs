//! What leaves the screen on paper: self-contained pages that any browser shows and prints, with nothing to fetch.
//!
//! Each page is a template beside the file that fills it; every word put into one is escaped by the template. What may be
//! read is the store's question and asked before; where a page is put is left to whoever asks for it.

pub mod chronology;
pub mod handover;
pub mod pack;
mod page;
pub mod registration;
pub mod rows;
pub mod sheets;
pub mod slips;
pub mod subject;

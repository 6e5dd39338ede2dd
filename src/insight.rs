//! What follows from records by rules: pure functions over what was read, the definitions and `now`. Reading the records
//! is left to `store`, showing what was found to `app` and `ui`.

pub mod audit;
pub mod handover;
pub mod measures;
pub mod rehearsal;
pub mod ring;
pub mod sheets;
pub mod signs;

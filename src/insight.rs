//! Pure functions over records: what follows from them when they are read, never stored.

pub mod handover;

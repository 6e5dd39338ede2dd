//! What leaves on paper: sheets as one self-contained file and as plain text. What a sheet holds was decided before; nothing
//! here reads the record.

pub mod handover;

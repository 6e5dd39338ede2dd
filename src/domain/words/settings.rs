//! Words about the files of an office.

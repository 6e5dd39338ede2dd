//! Composed from what is there, and nothing else.

//! Words of the running program: faults of start and end.

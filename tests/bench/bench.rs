//! Measurements. (To come.)

fn main() {}

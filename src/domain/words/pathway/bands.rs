//! What is wrong with the bands of a score.

use super::{Trouble, trouble};

/// The end of a band that is no measurement.
pub fn not_measured(what: &str, said: &str, decimals: u8) -> Trouble {
    let digits = match decimals {
        0 => "a whole number in quotation marks".to_owned(),
        1 => "a number with one digit after the point at most, in quotation marks".to_owned(),
        more => format!("a number with {more} digits after the point at most, in quotation marks"),
    };
    trouble(format!("{what}: to = \"{said}\" is no measurement"), format!("Write {digits}."))
}

/// Bands that leave a gap or overlap.
pub fn bands_out_of_order(what: &str) -> Trouble {
    trouble(
        format!("{what} does not end above the one before it, or is the last and ends"),
        "Give each band but the last a to = \"...\", in rising order; the last has none and takes the rest.",
    )
}

/// A part that is measured and seen.
pub fn bands_and_grades(what: &str) -> Trouble {
    trouble(
        format!("{what} has bands and grades"),
        "Leave bands for what is measured, grades for what is seen.",
    )
}

//! Words for whom one rings, on which number at this hour.

/// They are open now.
pub fn open_until(closes: &str) -> String {
    format!("open until {closes}")
}

/// They never shut.
pub const OPEN_ALWAYS: &str = "open at all hours";

/// Which number to ring now and whose it is, whether they are open, and the number for the other hours.
pub fn rings(number: (&str, bool), whose: &str, state: Option<&str>, other: Option<&str>) -> String {
    let (number, out_of_hours) = number;
    let now = if out_of_hours { " out of hours" } else { "" };
    let state = state.map(|state| format!(", {state}")).unwrap_or_default();
    let elsewhen = if out_of_hours { "in hours" } else { "out of hours" };
    let other = other.map(|other| format!(" · {elsewhen} {other}")).unwrap_or_default();
    format!("Ring {number}{now} · {whose}{state}{other}")
}

/// Somebody at an organisation.
pub fn somebody_at(name: &str, organisation: &str) -> String {
    format!("{name}, {organisation}")
}

/// Nobody wrote down how they are reached.
pub fn no_number(name: &str) -> String {
    format!("No number on record for {name}")
}

//! Words about the locations of the provider as they are seen from above.

use super::app::Titled;
use crate::domain::look::Meaning;
use crate::domain::views::{Locations, OpenThere};

/// Lists locations.
pub const LOCATIONS: Titled = [
    "Locations",
    "",
    "Every location: its service, who at CQC is ours, what is open, undecided and late there now.",
];
/// Nothing is on the register yet.
pub const NO_LOCATIONS: &str = "No location is on record yet: a adds one";

/// Head of the column of names.
pub const HEAD_LOCATION: &str = "location";
/// Head of the column of services.
pub const HEAD_SERVICE: &str = "kind of service";
/// Head of the column of relationship holders.
pub const HEAD_HOLDER: &str = "who at CQC";
/// Head of the column of telephone numbers.
pub const HEAD_PHONE: &str = "telephone";
/// Head of the column of how many people are supported.
pub const HEAD_PEOPLE: &str = "people";
/// Head of the column of what is open.
pub const HEAD_NOW: &str = "now";
/// Heads of the same list as a table.
pub const HEADS: [&str; 9] = [
    "Location",
    "Service",
    "Who at CQC",
    "Telephone",
    "People",
    "Open calls",
    "Undecided",
    "Late",
    "Restricted",
];

/// The regulator named nobody.
pub const NONE_NAMED: &str = "none named";
/// The viewer may not read what belongs there.
pub const NOT_YOURS: &str = "not yours to see";
/// A location that has closed.
pub const CLOSED: &str = "closed";

/// Nothing is open there.
pub const QUIET: &str = "nothing open";

/// What is open, what presses most first.
pub fn open(open: &OpenThere) -> Vec<(Meaning, String)> {
    let calls = if open.calls == 1 { "open call" } else { "open calls" };
    let all = [
        (open.late, Meaning::Late, "late"),
        (open.undecided, Meaning::Soon, "undecided"),
        (open.calls, Meaning::Value, calls),
        (open.restricted, Meaning::Value, "restricted"),
    ];
    let said =
        all.into_iter().filter(|(n, ..)| *n > 0).map(|(n, meaning, what)| (meaning, format!("{n} {what}")));
    said.collect()
}

/// How many people are supported there.
pub fn people(n: u64) -> String {
    if n == 1 { "1 person".to_owned() } else { format!("{n} people") }
}

/// Who leads for the provider at the regulator, and who that is.
pub fn lead(all: &Locations) -> Option<String> {
    let lead = all.lead.as_ref()?;
    let who = match all.lead_names.as_slice() {
        [] => NONE_NAMED.to_owned(),
        names => names.join("; "),
    };
    Some(format!("CQC's lead for {}: {lead} ({who})", of(all.open)))
}

/// What is open and belongs to no place that is listed with numbers.
pub fn nowhere(nowhere: &OpenThere) -> Option<String> {
    let said: Vec<String> = open(nowhere).into_iter().map(|(_, said)| said).collect();
    (!said.is_empty()).then(|| format!("Under none of these: {}", said.join(", ")))
}

fn of(locations: u64) -> String {
    if locations == 1 { "1 location".to_owned() } else { format!("{locations} locations") }
}

//! Words of measures: what figures are split by, how they are said, and the screen that shows them.

/// Where nobody knows where it was.
pub const NO_PLACE: &str = "place not known";
/// No kind of service is on record for the place.
pub const NO_SERVICE: &str = "kind of service not known";
/// Nobody outside was contacted.
pub const NOBODY: &str = "nobody contacted";
/// What an organisation is, is not on record.
pub const NO_TYPE: &str = "kind not known";
/// The risk was not judged.
pub const NO_RISK: &str = "risk not judged";
/// Of none of the themes.
pub const NO_THEME: &str = "no theme";
/// It was not said.
pub const NOT_SAID: &str = "not said";
/// A record that whoever looks may not see.
pub const NOT_TO_BE_SEEN: &str = "not on record here";
/// On a day that is no working day.
pub const WEEKEND: &str = "weekend and bank holiday";
/// A shift that crosses midnight.
pub const NIGHT: &str = "night";
/// One that does not.
pub const DAY: &str = "day";
/// Past its time for at most a day.
pub const UP_TO_A_DAY: &str = "late up to 1 day";
/// At most a week.
pub const UP_TO_A_WEEK: &str = "late 1 to 7 days";
/// At most four weeks.
pub const UP_TO_FOUR_WEEKS: &str = "late 1 to 4 weeks";
/// Longer.
pub const OVER_FOUR_WEEKS: &str = "late over 4 weeks";
/// Not past its time.
pub const NOT_LATE: &str = "not late";

/// A shift with its hours.
pub fn shift(title: &str, from: &str, until: &str) -> String {
    format!("{title} {from}-{until}")
}

/// A gap in working together, by its place in their order.
pub fn gap(at: usize) -> &'static str {
    ["nobody contacted", "contacted late", "no advice", "promise late or not kept", "care team not told"]
        .get(at)
        .copied()
        .unwrap_or_default()
}

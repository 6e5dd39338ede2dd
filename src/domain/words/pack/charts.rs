//! Words of a pack's charts, and of the figures drawn in a governance report.

/// Charts of a pack.
pub const CHARTS: &str = "Charts";
/// Before a chart that has nothing to draw.
pub const NOTHING_DRAWN: &str = "Nothing was counted: there is nothing to draw.";
/// The second and third column of the table beside a chart.
pub const CHART_HEADS: [&str; 2] = ["Value", "Of how many"];

/// Columns of the charts as a table.
pub const CHARTS_COLUMNS: [&str; 4] = ["Chart", "Of", "Value", "Of how many"];

/// A bar for whoever hears it.
pub fn bar(label: &str, said: &str) -> String {
    format!("{label}: {said}")
}

/// What a chart shows, with its bars.
pub fn described(about: &str, bars: &[String], more: usize) -> String {
    let more = if more > 0 { format!("; {more} more in the table") } else { String::new() };
    format!("{about} Bars: {}{more}.", bars.join("; "))
}

/// Words of a chart: its id, its title, what it shows, what its bars are of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ChartWords {
    /// Its id.
    pub id: &'static str,
    /// Its title.
    pub title: &'static str,
    /// What it shows.
    pub about: &'static str,
    /// What its bars are of.
    pub of: &'static str,
}

/// Cases by month.
pub const MONTHS_CHART: ChartWords = ChartWords {
    id: "months",
    title: "Cases in twelve months",
    about: "Cases that were opened in each of the twelve months up to the end of this pack, of the same person, organisation and place.",
    of: "Month",
};
/// Promises against what was kept.
pub const KEPT_CHART: ChartWords = ChartWords {
    id: "kept",
    title: "Promised against kept",
    about: "What others promised in these cases, by how it stands to the time that was first given, as the measures count it. Asked for is not done: only what was seen to be done is kept.",
    of: "How it stands",
};
/// Bars of [`KEPT_CHART`].
pub const KEPT: [&str; 7] = [
    "kept in time",
    "kept late",
    "not done, late",
    "not done, not yet due",
    "refused",
    "not wanted, gone on elsewhere",
    "no time was given",
];
/// How long a decision took.
pub const DECIDED_CHART: ChartWords = ChartWords {
    id: "to_decision",
    title: "From the call to the decision",
    about: "Calls in this pack, by how long it took from when the call reached the office until it was decided which way it goes.",
    of: "How long",
};
/// Bars of [`DECIDED_CHART`].
pub const DECIDED: [&str; 7] = [
    "under 5 minutes",
    "5 to 15 minutes",
    "15 to 60 minutes",
    "1 to 4 hours",
    "4 to 24 hours",
    "longer",
    "not decided",
];
/// How late organisations are.
pub const LATE_CHART: ChartWords = ChartWords {
    id: "delay",
    title: "Delay by organisation",
    about: "How late each organisation was with what it promised in these cases, where it was late or is still: half of that was late by so much or less.",
    of: "Organisation",
};
/// It was late with nothing.
pub const NOT_LATE: &str = "not late";

/// How many were late.
pub fn late_of(late: usize, promised: usize) -> String {
    format!("{late} of {promised} late")
}

/// What a governance report holds.
pub const FIGURES_ALONE: &str =
    "Single records: this report holds figures. The records behind each stand on the measures screen.";
/// Labels of its summary.
pub const GOVERNED: [&str; 3] =
    ["Measures with something to count", "Better than the period before", "Worse than the period before"];
/// Too little was counted in either period for any measure to be held against the period before.
const NOT_COMPARED: &str =
    "nothing can be compared yet: too little was counted in this period or the one before";

/// How many measures got better, of those that can be compared.
pub fn better(better: usize, compared: usize) -> String {
    if compared == 0 {
        return NOT_COMPARED.to_owned();
    }
    format!("{better} of {compared} that can be compared")
}

/// Which measures got worse, of so many that can be compared.
pub fn worse(worse: &[String], compared: usize) -> String {
    match worse {
        [] if compared == 0 => NOT_COMPARED.to_owned(),
        [] => format!("none of {compared} that can be compared"),
        some => some.join("\n"),
    }
}

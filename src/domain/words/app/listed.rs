//! Words of the actions that show the office's own lists and print slips.

use super::Titled;

/// Lists uncovered visits.
pub const VISITS: Titled = [
    "Uncovered visits",
    "visits",
    "Visits and shifts that nobody comes to, the next first; / narrows it to a provider.",
];
/// Lists tasks of the office.
pub const TASKS: Titled = [
    "Office tasks",
    "",
    "What the office itself has to do: tests, checks, calls; what comes round among them.",
];
/// Lists pads of slips.
pub const SLIPS: Titled =
    ["Paper slips", "", "Pads of call slips, and the slips that nobody can account for."];
/// Prints a pad.
pub const PRINT_SLIPS: Titled = [
    "Print a pad of call slips",
    "",
    "For the car park and the power cut: numbered slips to write a call on.",
];

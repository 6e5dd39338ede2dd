//! What is said of clocks: what the terminal's title counts, a clock that jumped, bank holidays that run out, who has
//! seen what is owed, and why something is due when it is.

use crate::domain::bell::Tally;

/// The terminal's title where there is nothing to count.
pub const PROGRAM: &str = "Dutydesk";

/// The terminal's title: counts only, and nobody's name.
pub fn title(tally: Tally, undecided: u64, counts: bool) -> String {
    let undecided = usize::try_from(undecided).unwrap_or(usize::MAX);
    let parts = [(tally.long_late, "long late"), (tally.late, "late"), (undecided, "undecided")];
    let parts: Vec<String> =
        parts.iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{count} {what}")).collect();
    if parts.is_empty() || !counts { PROGRAM.to_owned() } else { format!("{PROGRAM}: {}", parts.join(", ")) }
}

/// "1 long late".
pub fn long_late(count: usize) -> String {
    format!("{count} long late")
}

/// The same in little room, before how many are late: "1 long".
pub fn long(count: usize) -> String {
    format!("{count} long")
}

/// "2 due soon".
pub fn due_soon(count: usize) -> String {
    format!("{count} due soon")
}

/// The machine's clock jumped while the program ran.
pub fn jumped(is_on: bool, length: &str, from: &str, now: &str) -> String {
    let way = if is_on { "on" } else { "back" };
    format!("This machine's clock moved {way} {length} at {from} (now {now}): check it")
}

/// An entry lies ahead of the machine's clock.
pub fn from_the_future(recorded: &str, now: &str) -> String {
    format!("An entry was recorded at {recorded}, but this machine's clock says {now}: check it")
}

/// Nothing was recorded for so long that the clock is asked about.
pub fn long_silence(last: &str, today: &str) -> String {
    format!(
        "Nothing was recorded since {last}, and this machine's clock says {today}: check it, then sign in. No warning sign is put on record before"
    )
}

/// The calendar of bank holidays runs out, or has.
pub fn calendar_ends(until: &str, is_over: bool) -> String {
    let known = if is_over { "were known only" } else { "are known only" };
    format!("Bank holidays {known} until {until}: add the years after it to calendars/england.toml")
}

/// Nobody handed over a shift at the duty desk.
pub fn not_handed_over(who: &str, ended: &str) -> String {
    format!("Nobody handed over the duty desk's shift that ended {ended} ({who}): ask what stands open")
}

/// How to put away what stands under the header.
pub fn put_away(key: &str) -> String {
    format!("{key} puts this away")
}

/// Who has seen that something is owed.
pub fn seen_by(who: &str, when: &str) -> String {
    format!("seen by {who} {when}")
}

/// That it is silent now for whoever says they have seen it, and when it comes back.
pub fn acknowledged(comes_back: &str) -> String {
    format!("Seen: silent for you until {comes_back}, or until it gets worse. The others still hear it")
}

/// Nothing owed is selected.
pub const NOTHING_OWED_AT_HAND: &str = "Select something that is owed first";
/// It is not owed any more.
pub const SETTLED: &str = "It is settled: nobody waits for it";

/// Nothing stands under the header.
pub const NO_BANNER: &str = "There is no notice to put away; who is missing stays until they are found";
/// Action: why it is due when it is.
pub const WHY_THIS_TIME: [&str; 3] =
    ["Why this time", "why this time", "How the due time of what is selected came about"];
/// Action: seen.
pub const ACKNOWLEDGE: [&str; 3] = [
    "Seen: silence the bell for me",
    "seen",
    "Silences the bell for you alone about what is selected; it comes back after a while",
];
/// Action: put away what stands under the header.
pub const PUT_AWAY: [&str; 3] =
    ["Put away the line under the header", "", "You have read it; it comes back when it says something else"];

//! Words of two queues: whom to ring before they shut, on whom nobody has their eyes.

use super::app::Titled;
use crate::domain::eyes::Gap;

/// Lists whom to ring before they shut.
pub const RING_BEFORE: Titled = [
    "Ring before they shut",
    "",
    "Promises whose organisation closes before they fall due: the number first, and who is left with what meanwhile.",
];
/// Lists who has been seen by whom.
pub const EYES_ON: Titled = [
    "Eyes on",
    "",
    "Open urgent calls: who last saw the person and who sees them next; whoever nobody has seen for longest, worst risk first.",
];
/// No promise wants a call.
pub const NOBODY_TO_RING: &str = "Nobody is to be rung before they shut";
/// No call is open.
pub const NOBODY_TO_SEE: &str = "No urgent call is open";
/// There is no number.
pub const NO_NUMBER: &str = "no number";
/// Opening hours are not known.
pub const NO_HOURS: &str = "hours not on record";
/// The same in little room.
pub const NO_HOURS_SHORT: &str = "no hours";
/// They are shut and do not say when they open.
pub const SHUT: &str = "shut";
/// Nobody is named to see the person.
pub const NOBODY: &str = "nobody";
/// Heads of the list of whom to ring.
pub const HEADS_RING: [&str; 9] =
    ["Ring", "Who", "Person", "What", "Due", "Shuts", "Meanwhile", "Case", "Owner"];
/// Heads of the list of who was seen.
pub const HEADS_EYES: [&str; 8] =
    ["Not seen for", "Risk", "Person", "Gap", "Last seen by", "Seen next by", "Matter", "Case"];

/// How many are to be rung, and before when the first of them.
pub fn to_ring(count: usize, clock: &str, at_once: bool) -> String {
    match at_once {
        true => format!("{count} to ring before {clock}"),
        false => format!("{count} to ring, the first before {clock}"),
    }
}

/// When they close.
pub fn closes(at: &str) -> String {
    format!("closes {at}")
}

/// When they open again.
pub fn closes_and_opens(at: &str, opens: &str) -> String {
    format!("closes {at}, opens {opens}")
}

/// They are shut until then.
pub fn shut_until(opens: &str) -> String {
    format!("shut, opens {opens}")
}

/// Nobody is named to see them, and that is not yet too long.
pub const NOBODY_YET: &str = "nobody named yet";
/// The same in little room.
pub const NOBODY_YET_SHORT: &str = "nobody yet";

/// What stands there does not read as hours.
pub fn hours_not_readable(hours: &str) -> String {
    format!("hours not readable: {hours}")
}

/// An interim control and when somebody looks at it again.
pub fn control_until(what: &str, review: &str) -> String {
    format!("{what}, look again {review}")
}

/// The same in little room: that there is one, and when somebody looks at it again.
pub fn control_short(review: &str) -> String {
    format!("control {review}")
}

/// Who saw or will see the person, and when.
pub fn seen_by(who: &str, when: &str) -> String {
    [who, when].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

/// The gap in words; `since` is when they were last seen.
pub fn gap(gap: Gap, since: &str) -> String {
    match gap {
        Gap::NobodyNext => "nobody sees them next".to_owned(),
        Gap::NotSeenSince(_) => format!("not seen since {since}"),
        Gap::NotSeenSinceTheCall => "not seen since the call".to_owned(),
    }
}

/// The same in a word or two, before other words.
pub fn gap_mark(gap: Gap) -> &'static str {
    match gap {
        Gap::NobodyNext => "no next",
        Gap::NotSeenSince(_) | Gap::NotSeenSinceTheCall => "unseen",
    }
}

/// The same in little room.
pub fn gap_short(gap: Gap, since: &str) -> String {
    match gap {
        Gap::NobodyNext => "nobody next".to_owned(),
        Gap::NotSeenSince(_) => format!("unseen {since}"),
        Gap::NotSeenSinceTheCall => "not seen".to_owned(),
    }
}

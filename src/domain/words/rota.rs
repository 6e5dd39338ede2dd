//! Words of the rota: on screen, in commands, in the list of who is on call.

/// Somebody who stands in, and by which duty or role.
pub fn stands_in(name: &str, by: &str) -> String {
    format!("{name} ({by})")
}

/// Nobody is planned, and whoever comes after in the chain decides.
pub fn decides_instead(name: &str, by: &str) -> String {
    format!("{name}, {by}: {GAP}")
}

/// Nobody is planned, and whoever took it last still decides.
pub fn decides_still(name: &str) -> String {
    format!("{name} still: {GAP}")
}

/// Before when and to whom the decision passes next.
pub const NEXT_DECIDES: &str = "next";

/// To whom a duty passes next, and when.
pub fn then_at(at: &str, name: &str) -> String {
    format!("{at} {name}")
}

/// Whom to ring now: their turn.
pub fn ring(turn: usize) -> String {
    format!("ring {turn}")
}

/// The office's rota has no step for it.
pub const NO_SWAP: &str = "The rota of this office has no step by which somebody else takes a slot";

/// On duty now.
pub const NOW: &str = "now";
/// Nobody is planned.
pub const GAP: &str = "nobody planned";
/// Nobody is planned, and somebody stands in.
pub const GAP_STANDS_IN: &str = "nobody planned, stands in";
/// Two slots lie over one another.
pub const TWO_AT_ONCE: &str = "two at once";
/// For every place.
pub const EVERYWHERE: &str = "everywhere";
/// Nobody is there.
pub const NOBODY: &str = "nobody";
/// The title of the screen.
pub const ON_CALL: &str = "On call";
/// Nothing is planned and nobody has taken anything.
pub const NOTHING_PLANNED: &str =
    "No rota yet: \"plan a slot\" begins one. Without it a duty is taken by hand";

/// The title of the screen, with which chain is rung.
pub fn on_call(in_hours: Option<bool>) -> String {
    match in_hours {
        Some(true) => format!("{ON_CALL}, in office hours"),
        Some(false) => format!("{ON_CALL}, out of hours"),
        None => ON_CALL.to_owned(),
    }
}

/// How many gaps there are in the week ahead.
pub fn gaps(count: usize) -> String {
    if count == 1 { "1 gap".to_owned() } else { format!("{count} gaps") }
}

/// Until when.
pub fn until(at: &str) -> String {
    format!("until {at}")
}

/// Since when.
pub fn since(at: &str) -> String {
    format!("since {at}")
}

/// From when until when, and how long that is.
pub fn from_until(from: &str, until: &str, length: &str) -> String {
    format!("{from} to {until}, {length}")
}

/// The same where there is little room.
pub fn from_to(from: &str, until: &str) -> String {
    format!("{from}-{until}")
}

/// Nobody is planned for a duty within the hours that the office is warned ahead of.
pub fn gap_ahead(at: &str, duty: &str) -> String {
    format!("nobody {at}: {duty}")
}

/// The same for one place.
pub fn duty_at(duty: &str, place: &str) -> String {
    if place.is_empty() { duty.to_owned() } else { format!("{duty}, {place}") }
}

/// A gap as the doctor says it, with whoever stands in.
pub fn gap_in_full(duty: &str, from: &str, until: &str, stands_in: Option<&str>) -> String {
    let stands_in = stands_in
        .map_or_else(|| "and nobody comes after in the chain".to_owned(), |name| format!("{name} stands in"));
    format!("rota            {duty}: nobody planned from {from} until {until}; {stands_in}")
}

/// Nothing can be planned again.
pub const NOTHING_TO_REPEAT: &str = "There is nothing to plan again: the rota is empty";
/// The question before a week is planned again.
pub const NEXT_WEEK_TITLE: &str = "Plan the same again a week later?";

/// What is planned again: how many slots, from when to when.
pub fn next_week(slots: usize, first: &str, last: &str) -> String {
    let slots = if slots == 1 { "1 slot".to_owned() } else { format!("{slots} slots") };
    format!(
        "{slots}, from {first} to {last}, with the same people at the same times on the wall. Swap or call off those \
         that differ."
    )
}

/// A week was planned again.
pub const PLANNED_AGAIN: &str = "Planned: the same a week later";
/// No slot is selected.
pub const NO_SLOT: &str = "Nothing here was planned: choose a slot, or plan one";

/// Heads of the list of who is on call.
pub const HEADS: [&str; 6] = ["", "Who", "Number", "Duty", "Where", "When"];
/// Heads of what waits for its decider's confirmation.
pub const HEADS_UNCONFIRMED: [&str; 7] =
    ["Waits", "Case", "Person", "What", "Decided by", "Typed by", "When"];
/// Title of the list of what waits for its decider's confirmation.
pub const UNCONFIRMED: &str = "Spoken, not confirmed";
/// Nothing waits for its decider.
pub const NOTHING_UNCONFIRMED: &str = "Everything that was typed for somebody has been confirmed by them";

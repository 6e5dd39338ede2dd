//! The words of time: how a moment, a distance and a misunderstanding are said.
//!
//! Figures arrive already written by [`time::display`](crate::domain::time::display).

use crate::domain::case::Milestone;

/// A time that nobody knows.
pub const NOT_KNOWN: &str = "time not known";
/// Due within the minute.
pub const NOW: &str = "now";
/// The day that it is.
pub const TODAY: &str = "today";
/// The day before.
pub const YESTERDAY: &str = "yesterday";
/// The day after.
pub const TOMORROW: &str = "tomorrow";

/// What may be typed into a time field.
pub const HINT_TIME: &str = "Type a time such as 1640, 16:40, half four, -20m, +2h or tomorrow 9";
/// What may be typed into a date field.
pub const HINT_DATE: &str = "Type a date such as 14/03/1941, 14 mar 1941 or 14 3 41";
/// Nothing was typed.
pub const HINT_EMPTY: &str = "Nothing is typed yet";
/// More was typed than a time can need.
pub const HINT_TOO_LONG: &str = "That is more than a time or a date; put the rest in the notes";
/// Beyond any calendar.
pub const HINT_TOO_FAR: &str = "That is too far away to be a time";
/// A part of the day without a time.
pub const HINT_PART_OF_DAY: &str = "Say about what time, such as about 9am";
/// A date of birth without its year.
pub const HINT_NO_YEAR: &str = "Type the year too, such as 14 mar 1941";

/// `about 16:40`.
pub fn about(clock: &str) -> String {
    format!("about {clock}")
}

/// A day whose time was not said.
pub fn day_only(day: &str) -> String {
    format!("{day}, time not given")
}

/// `in 3m`.
pub fn ahead(length: &str) -> String {
    format!("in {length}")
}

/// `late 14m`.
pub fn late(length: &str) -> String {
    format!("late {length}")
}

/// `long late 3h 10m`.
pub fn long_late(length: &str) -> String {
    format!("long late {length}")
}

/// The same in little room: `long 3h 10m`.
pub fn long_late_short(length: &str) -> String {
    format!("long {length}")
}

/// `999 gone 8m`: what has happened meanwhile, and how long ago, where that is known.
pub fn since(milestone: Milestone, length: Option<&str>) -> String {
    let what = match milestone {
        Milestone::Observed => "seen",
        Milestone::Called => "called",
        Milestone::Emergency => "999 gone",
        Milestone::Police => "police",
        Milestone::Fire => "fire",
        Milestone::DutyTeam => "duty team",
        Milestone::Decided => "decided",
        Milestone::Contacted => "asked",
        Milestone::Advised => "advised",
        Milestone::Told => "told",
        Milestone::CareChanged => "changed",
        Milestone::Reviewed => "reviewed",
        Milestone::Closed => "closed",
    };
    length.map_or_else(|| what.to_owned(), |length| format!("{what} {length}"))
}

/// What the clocks do.
pub fn clocks(forward: bool) -> &'static str {
    if forward { "the clocks go forward" } else { "the clocks go back" }
}

/// A clock change that is coming.
pub fn change_on(forward: bool, day: &str, from: &str, to: &str) -> String {
    let direction = if forward { "forward" } else { "back" };
    format!("The clocks go {direction} on {day}: {from} becomes {to}")
}

/// Which midnight is meant.
pub fn midnight_between(before: &str, after: &str) -> String {
    format!("midnight between {before} and {after}")
}

/// A wall time that the clocks skipped.
pub fn skipped(clock: &str, day: &str, from: &str, to: &str) -> String {
    format!("There is no {clock} on {day}: the clocks go forward from {from} to {to}")
}

/// A zone named that was not on the wall.
pub fn other_zone(said: &str, clock: &str, day: &str, shown: &str) -> String {
    format!("On {day} the clock shows {shown}, not {said}. Type {clock} {shown}, or leave the zone out")
}

/// An hour or minute that no clock shows.
pub fn no_such_clock(clock: &str) -> String {
    format!("{clock} is not a time: hours go from 00 to 23 and minutes from 00 to 59")
}

/// A month that does not exist.
pub fn no_such_month(month: u32) -> String {
    format!("There is no month {month}; the day comes first, then the month")
}

/// A day that its month does not have.
pub fn no_such_day(day: u32, month: &str, days: u32) -> String {
    format!("There is no {day} {month}: it has {days} days")
}

/// A day of the week that does not go with its date.
pub fn other_weekday(date: &str) -> String {
    format!("The day of the week does not go with the date: it is {date}")
}

/// A date of birth that is still to come.
pub fn not_born_yet(date: &str) -> String {
    format!("{date} is still to come")
}

/// A time of day that had passed when the clock started.
pub const PASSED: &str = "that time had passed, so it is due at once";

/// A rule and when its clock started.
pub fn rule_from(rule: &str, start: &str) -> String {
    format!("{rule} from {start}")
}

/// The opening hours that were counted in.
pub fn open_hours(hours: &str) -> String {
    format!("counted in {hours}")
}

/// Whose opening hours they are.
pub fn hours_of(whose: &str) -> String {
    format!("the hours of {whose}")
}

/// A contact without opening hours.
pub fn no_hours(whose: &str) -> String {
    format!("no opening hours of {whose} were on record, so all time counts")
}

/// Opening hours that cannot be counted in.
pub fn hours_not_read(whose: &str, written: &str) -> String {
    format!(
        "the hours of {whose} were on record as \"{written}\", which cannot be counted in, so all time counts"
    )
}

/// A rule in opening hours, and nobody whose hours they could be.
pub const NO_CONTACT: &str = "nobody with opening hours is named, so all time counts";

/// What can be expected of an organisation of that kind, by the provider's own table.
pub fn by_expected(title: &str) -> String {
    format!("what is expected of them: {title}")
}

/// The provider's target that applied.
pub fn by_target(name: &str) -> String {
    format!("target \"{name}\"")
}

/// The choice that decided.
pub fn by_choice(field: &str, choice: &str) -> String {
    format!("{field} is {choice}")
}

/// The rule for everything without one of its own.
pub fn by_otherwise(field: &str, choice: Option<&str>) -> String {
    format!("{}: the time for all others applies", chosen(field, choice))
}

/// No rule fits, so the earliest does.
pub fn by_earliest(field: &str, choice: Option<&str>) -> String {
    format!("{}: the earliest time applies", chosen(field, choice))
}

fn chosen(field: &str, choice: Option<&str>) -> String {
    match choice {
        Some(choice) => by_choice(field, choice),
        None => format!("{field} is not answered"),
    }
}

/// `25-Dec and 28-Dec are bank holidays`.
pub fn bank_holidays(days: &[String]) -> Option<String> {
    match days {
        [] => None,
        [day] => Some(format!("{day} is a bank holiday")),
        [first @ .., last] => Some(format!("{} and {last} are bank holidays", first.join(", "))),
    }
}

/// A calendar that does not reach far enough.
pub fn calendar_covers(from: &str, until: &str) -> String {
    format!("bank holidays are known only from {from} to {until}")
}

/// What is owed and by when, as a heading.
pub fn due_at(what: &str, due: &str) -> String {
    format!("{what}: due {due}")
}

/// Somebody outside promised it.
pub fn promised_by(who: &str, said: Option<&str>) -> String {
    let said = said.map(|at| format!(", written down {at}")).unwrap_or_default();
    format!("Promised by {who}{said}")
}

/// A time that one of ours was given or named.
pub fn agreed_for(who: &str, said: Option<&str>) -> String {
    let said = said.map(|at| format!(" {at}")).unwrap_or_default();
    format!("The time was set for {who} when it was written down{said}")
}

/// A due time of which nothing was kept.
pub const NO_RULE_KEPT: &str = "No time was said where one was asked for, so it was owed at once";

/// So many working days.
pub fn working_days(days: u32) -> String {
    if days == 1 { "1 working day".to_owned() } else { format!("{days} working days") }
}

/// How the working days of a promise were counted.
pub fn counted(rule: &str) -> String {
    format!("Counted: {rule}")
}

/// A promise without a time.
pub fn no_time_because(why: &str) -> String {
    format!("No time was given: {why}")
}

/// When a promise without a time is chased.
pub fn chased_by_ours(rule: &str) -> String {
    format!("Chased by our own time: {rule}")
}

/// Where a target comes from.
pub fn target_source(title: &str, source: &str) -> String {
    format!("The target: {title}. Where it comes from: {source}")
}

/// From when it counts as due soon.
pub fn due_soon_from(from: &str) -> String {
    format!("Due soon from {from}")
}

/// What stood before.
pub fn was_due(due: &str, until: Option<&str>) -> String {
    match until {
        Some(until) => format!("Was {due}, until {until}"),
        None => format!("Was {due}"),
    }
}

/// A line that belongs to the one above it.
pub fn within(line: &str) -> String {
    format!("  {line}")
}

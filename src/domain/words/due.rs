//! Words of what is wrong with a due rule, a calendar, opening hours or a zone, and how a rule is said. Read by whoever adapts
//! a definition.

use std::fmt::Display;

/// A target that is nowhere.
pub fn no_target(name: &str) -> String {
    format!("there is no target \"{name}\"")
}

/// The same, with the file it would stand in.
pub fn no_target_in_file(name: &str) -> String {
    format!("there is no target \"{name}\" in targets.toml")
}

/// A target that leads back to itself.
pub fn target_in_circle(name: &str) -> String {
    format!("target \"{name}\" refers back to itself")
}

/// Targets that lead to one another.
pub fn targets_in_circle(path: &[String]) -> String {
    format!("targets refer to one another in a circle: {}", path.join(", "))
}

/// A table by a choice without rules.
pub fn no_rules(field: &str) -> String {
    format!("the table by \"{field}\" has no rules")
}

/// Opening hours that do not come.
pub fn never_open(hours: &str) -> String {
    format!("it does not open often enough: {hours}")
}

/// Beyond the years of a calendar.
pub const TOO_FAR: &str = "the due time is too far away";

/// A field that is no choice.
pub fn not_a_choice(field: &str) -> String {
    format!("\"{field}\" is not a choice field here")
}

/// Choices without a rule.
pub fn nothing_due(field: &str, choices: &[String]) -> String {
    format!("nothing falls due where {field} is {}; give each a time or add `otherwise`", choices.join(", "))
}

/// A rule for what cannot be chosen.
pub fn no_such_choice(choice: &str, field: &str, choices: &[String]) -> String {
    format!("\"{choice}\" is not a choice of {field}; its choices are {}", choices.join(", "))
}

/// Text that is no due rule.
pub fn not_a_rule(text: &str, mend: &str) -> String {
    format!("\"{text}\" is not a time to be due in; say {mend}")
}

/// What a due rule can say.
pub const EXAMPLES: &str =
    "`5 min`, `2 h`, `3 days`, `2 working days`, `1 week` or `1 month`, from 1 to 9999";

/// Minutes or months.
pub fn min_or_months(count: u32) -> String {
    format!("`{count} min` or `{count} months`")
}

/// Working days.
pub fn working_days(count: u32) -> String {
    format!("`{count} working days`")
}

/// A number without its unit.
pub fn min_or_hours(number: i64) -> String {
    format!("`{number} min` or `{number} h`")
}

/// No time of a day.
pub fn not_a_time_of_day(text: &str) -> String {
    format!("\"{text}\" is not a time of day; write it as 09:00")
}

/// A key that wants a text.
pub fn wants_text(key: &str) -> String {
    format!("`{key}` takes a text in quotes")
}

/// What is wrong with the rule of one choice.
pub fn of_choice(choice: &str, wrong: &impl Display) -> String {
    format!("{choice}: {wrong}")
}

/// A wall time without its day.
pub const WALL_NEEDS_ON: &str = "`wall` needs `on`: \"same day\", \"next day\" or \"next working day\"";

/// Working days that are no number.
pub const NOT_A_NUMBER_OF_DAYS: &str = "`working_days` takes a number from 1 to 9999";

/// Open time in days.
pub const OPEN_TIME_IN_HOURS: &str = "`open_time` is counted in minutes or hours; say `2 h`";

/// A table that says nothing.
pub const RULE_NEEDS: &str =
    "a due rule's table needs one of `by`, `wall`, `working_days`, `open_time`, `expected_or` or `target`";

/// A key too many.
pub fn strange_key(key: &str) -> String {
    format!("`{key}` does not belong in this due rule; take it out")
}

/// What is expected where a due rule stands.
pub const A_RULE: &str = "a due rule such as \"2 h\" or a table such as { target = \"decision\" }";

/// Something that does not come round.
pub fn does_not_recur(text: &str) -> String {
    format!("\"{text}\" does not come round; say `day`, `week`, `3 months` or `year`")
}

/// No day of the week.
pub fn not_a_weekday(name: &str) -> String {
    format!("\"{name}\" is not a day of the week; say `mon`")
}

/// A day that does not go with how often.
pub const WRONG_DAY: &str = "`on` is a day of the week for weeks, such as \"mon\", or 1 to 31 for months";

/// A rule in opening hours.
pub fn of_opening_hours(length: &impl Display) -> String {
    format!("{length} of opening hours")
}

/// What can be expected, at the latest.
pub fn expected(at_latest: &impl Display) -> String {
    format!("what is expected of them, at the latest {at_latest}")
}

/// No name of a zone.
pub fn unknown_zone(name: &str) -> String {
    format!("\"{name}\" is not a time zone; in the United Kingdom it is \"Europe/London\"")
}

/// No date in a calendar's file.
pub fn not_a_date(written: &str) -> String {
    format!("\"{written}\" is not a date; write it as 2026-12-25")
}

/// A calendar that ends before it begins.
pub fn ends_before(from: &impl Display) -> String {
    format!("covers_until is before covers_from, {from}")
}

/// A holiday outside its calendar.
pub fn outside(date: &impl Display, from: &impl Display, until: &impl Display) -> String {
    format!("{date} lies outside {from} to {until}; move covers_until")
}

/// No opening hours.
pub fn not_hours(part: &str) -> String {
    format!(
        "\"{part}\" does not read as opening hours; write them as `Mon-Fri 08:00-18:30; Sat 09:00-12:00; bank holidays closed`"
    )
}

/// A time of a day that is said by another.
pub fn at_on(at: &impl Display, on: &str) -> String {
    format!("{at} on the {on} day")
}

//! What a key of a definition file takes, as its fault says it.

/// Any text.
pub const TEXT: &str = "text in quotation marks";
/// Yes or no of a file.
pub const TRUE_OR_FALSE: &str = "true or false";
/// A number without a fraction.
pub const WHOLE_NUMBER: &str = "a whole number";
/// A number that counts something.
pub const WHOLE_NUMBER_FROM_1: &str = "a whole number from 1";
/// One key of the keyboard.
pub const ONE_KEY: &str = "one small letter, a digit or one of - , . '";
/// The digit that begins a case.
pub const A_DIGIT: &str = "a digit from 1 to 9 in quotation marks";
/// Several texts.
pub const TEXTS: &str = "a list of texts";
/// One table.
pub const A_TABLE: &str = "a table in braces { }";
/// Several tables.
pub const TABLES: &str = "a list of tables";
/// A length of time.
pub const A_LENGTH: &str = "a length such as \"15 min\", \"2 h\" or \"5 days\"";
/// A length of time that one waits.
pub const A_WAIT: &str = "a length of time, as in \"10 min\"";
/// A time of a day.
pub const A_TIME: &str = "a time of day, as in \"15:30\"";
/// Times of a day.
pub const TIMES: &str = "a list of times, as in [\"08:00\", \"20:00\"]";
/// A day of the calendar.
pub const A_DAY: &str = "a day, as in \"2027-04-01\"";

/// What a name in roles.toml is of.
pub const ROLE_OR_DUTY: &str = "role or duty";
/// What a name in the list of organisations' kinds is of.
pub const KIND_OF_ORGANISATION: &str = "kind of organisation";
/// What a step says is owed.
pub fn owed_after(step: &str) -> String {
    format!("what is owed after step \"{step}\"")
}

/// Where a choice of the record stands.
pub fn meaning_in_register(means: &str, register: &str) -> String {
    format!("the meaning \"{means}\" in the register \"{register}\"")
}

/// What the list of visits shows.
pub const MEANS_VISIT: &str = "a field that means visit_from";
/// What the list of tasks shows.
pub const OPENS_OWED: &str = "a field that opens what is owed";
/// What the list of slips shows.
pub const MEANS_SLIPS: &str = "a field that means slips_issued";
/// What the list of providers shows.
pub const MEANS_PROVIDER: &str = "a field that means subject and one that means headline";

//! What is said about text that people type: NHS numbers, names that are alike, what was pasted, vague words.

/// No NHS number was typed.
pub const NHS_EMPTY: &str = "no number yet: an NHS number has 10 digits";
/// The check digit is another one.
pub const NHS_CHECK_DIGIT: &str = "the check digit does not fit: one digit is probably mistyped";
/// No check digit fits.
pub const NHS_NO_SUCH_NUMBER: &str =
    "no NHS number begins with these nine digits: one of them is probably mistyped";
/// Begins 999.
pub const NHS_TEST_RANGE: &str = "numbers beginning 999 are for tests and belong to no real person";
/// One digit, ten times.
pub const NHS_REPEATED: &str = "one digit ten times: this looks like a placeholder, not somebody's number";

/// A letter among the digits.
pub fn nhs_not_a_digit(c: char) -> String {
    format!("“{}” is not a digit: an NHS number is 10 digits", c.escape_debug())
}

/// Too few or too many digits.
pub fn nhs_digits(count: usize) -> String {
    let digits = if count == 1 { "digit" } else { "digits" };
    format!("{count} {digits}: an NHS number has 10")
}

/// Digits that were to be an NHS number, and are none.
pub fn number_not_known(why: &str) -> String {
    format!("Nobody has this number, and it is no NHS number: {why}. Read it back, or type a name")
}
/// Digits by which nobody could be known.
pub const DIGITS_NOT_KNOWN: &str =
    "Nobody was found by these digits. Type a name, the whole date of birth or the whole NHS number";

/// A telephone number.
pub fn telephone(number: &str) -> String {
    format!("telephone {number}")
}

/// The number is on two records.
pub const SIMILAR_NUMBER: &str = "the same NHS number, perhaps one person registered twice";
/// Two people born on one day.
pub const SIMILAR_BORN: &str = "same date of birth";
/// Two people in one room.
pub const SIMILAR_ROOM: &str = "same room";
/// Added where the names are alike and the birthday too.
pub const SAME_BORN: &str = "the same date of birth";
/// Nothing differs.
pub const NOTHING_APART: &str = "nothing on record tells them apart";

/// The same family name at the same place.
pub fn similar_here(family: &str) -> String {
    format!("another {family} here")
}

/// The same family name, at another place or one not known.
pub fn similar_family(family: &str) -> String {
    format!("another {family}")
}

/// A family name that looks or sounds alike.
pub fn similar_name(family: &str) -> String {
    format!("a similar name, {family}")
}

/// Their date of birth against the chosen person's.
pub fn born_not(theirs: &str, chosen: &str) -> String {
    format!("born {theirs}, not {chosen}")
}

/// Their date of birth.
pub fn born(theirs: &str) -> String {
    format!("born {theirs}")
}

/// Their NHS number, already spaced.
pub fn nhs_number(spaced: &str) -> String {
    format!("NHS number {spaced}")
}

/// A remark in `vague.toml` without words.
pub const VAGUE_SAYS_EMPTY: &str = "a remark needs words that help";
/// A phrase in `vague.toml` without words.
pub const VAGUE_PHRASE_EMPTY: &str = "a phrase needs at least one word";

/// A phrase that `vague.toml` has twice in one class.
pub fn vague_twice(phrase: &str) -> String {
    format!("“{phrase}” stands here twice")
}

/// Text that is no identifier.
pub fn not_an_id(text: &str) -> String {
    format!("\"{text}\" is not an id")
}

//! Words of a form: its own parts, its problems, what saving does.

/// From which case the one that is opened was begun.
pub fn begun_from(which: &str) -> String {
    format!("begun from {which}")
}

/// From what it was not begun, though that was at hand.
pub fn not_begun_from(which: &str) -> String {
    format!("by itself, not from {which}")
}

/// Heading and line of what may wait.
pub const LATER: &str = "After the call";
/// Hint on that line.
pub const LATER_HELP: &str = "These can be filled in after hanging up.";
/// The same of a form that is no call.
pub const MORE: &str = "If it applies";
/// Hint on that line.
pub const MORE_HELP: &str = "These are asked only where they apply.";
/// Words in a line of what is owed that name nothing that is.
pub const NOT_OWED: &str =
    "Nothing owed about this record is called that. Leave the line as it was offered, or take it out.";
/// A blank that is asked for.
pub const STILL_BLANK: &str = "still blank";
/// A choice that is asked for.
pub const STILL_OPEN: &str = "still open";
/// Keys in a line of text.
pub const KEYS_LINE: &str = "enter goes on";
/// Keys in a line that holds what was offered, all of it selected.
pub const KEYS_REPLACES: &str = "typing replaces it; end goes on behind it";
/// Keys in a text of several lines.
pub const KEYS_NOTES: &str = "enter breaks the line; tab goes on";
/// Keys in a line of choices.
pub const KEYS_CHOICE: &str = "underlined letter, or arrows and space";
/// Keys in a line of several choices.
pub const KEYS_CHOICES: &str = "underlined letters tick; tab goes on";
/// Keys in a line that takes a record.
pub const KEYS_RECORD: &str = "letters look it up; enter takes it";
/// Keys on the line that opens what may wait.
pub const KEYS_FOLD: &str = "enter opens and folds them";
/// Keys on the line that adds a row.
pub const KEYS_ADD_ROW: &str = "enter adds a line";
/// What a day is typed like.
pub const HINT_DATE: &str = "25 dec, 25/12/1950, tomorrow, +2w";
/// The answer yes.
pub const YES: &str = "yes";
/// The answer no.
pub const NO: &str = "no";
/// Asked beside a yes.
pub const WHY: &str = "Why";
/// Asked beside a no.
pub const WHY_NOT: &str = "Why not";
/// Asked where no time was given.
pub const WHY_NO_TIME: &str = "Why none";
/// "Representative told? Why not": a line that belongs to an answer, named away from it.
pub fn part_of(answer: &str, part: &str) -> String {
    if answer.ends_with('?') {
        format!("{answer} {part}")
    } else {
        format!("{answer}: {}", part.to_lowercase())
    }
}
/// How a promise without a time is understood.
pub const NONE_GIVEN: &str = "no time given: chased by the provider's own target";
/// Who saw the evidence.
pub const SEEN_BY: &str = "Seen by";
/// When the evidence was seen.
pub const SEEN_AT: &str = "Seen at";
/// A note on a line of a checklist.
pub const NOTE: &str = "Note";
/// When evidence runs out.
pub const EXPIRES: &str = "Runs out";
/// A reference of a line of a checklist that has to be there.
pub const WHERE_SEEN: &str = "Where it can be seen";
/// Why a record is corrected.
pub const REASON: &str = "Why it is corrected";
/// Hint for it.
pub const REASON_HELP: &str =
    "What was there before stays in the record, beside the correction and this reason.";
/// Why two cases are linked.
pub const ONE_CALL: &str = "one call about several people";
/// Why two cases of one person are linked by what was recorded in both.
pub fn one_contact(step: &str) -> String {
    format!("{step}: the same contact in both")
}

/// Hint for a time.
pub const HINT_TIME: &str = "1640, half four, -20m, yesterday 9, unknown";
/// What a time is typed like in little room, when it has passed.
pub const KEYS_TIME: &str = "1640, -20m, yesterday 9, unknown";
/// What a time is typed like in little room, when it is still to come.
pub const KEYS_TIME_AHEAD: &str = "1640, +2h, tomorrow 9, unknown";
/// Hint for a promised time.
pub const HINT_BY_WHEN: &str = "1640, tomorrow 9, 10 working days, none";
/// Up to the end of which day working days count, from today, and over how many bank holidays.
pub fn until_end_of(day: &str, bank_holidays: usize) -> String {
    match bank_holidays {
        0 => format!("by the end of {day}"),
        1 => format!("by the end of {day}, over a bank holiday"),
        many => format!("by the end of {day}, over {many} bank holidays"),
    }
}
/// Hint for a record.
pub const HINT_RECORD: &str = "A few letters of the name";
/// Hint for a record that can be made on the spot.
pub const HINT_RECORD_NEW: &str = "A few letters; a new name is kept as you type it";
/// Hint for whom it is about.
pub const HINT_PERSON: &str = "A few letters of the name, date of birth, room or NHS number";
/// What saving does when all is answered.
pub const SAVES: &str = "everything asked is answered";
/// What saving does when answers are missing and may be.
pub const SAVES_INCOMPLETE: &str = "saves as an incomplete call, in the record";
/// What stands before saving.
pub const SAVES_WHEN_ANSWERED: &str = "can be saved once what is missing is answered";

/// Something that is not among the choices.
pub fn not_a_choice(said: &str, choices: &[&str]) -> String {
    format!("\"{said}\" is not one of: {}", choices.join(", "))
}

/// Something that is neither yes nor no.
pub fn not_yes_or_no(said: &str) -> String {
    format!("\"{said}\" is neither yes nor no")
}

/// A number outside its range.
pub fn not_in_range(least: i64, most: i64) -> String {
    format!("a whole number from {least} to {most}")
}

/// What was measured, or the points where only they are known.
pub fn measured(decimals: u8, least: i64, most: i64) -> String {
    let number = match decimals {
        0 => "a whole number",
        1 => "a number, one digit after the point",
        _ => "a number",
    };
    format!("{number}, as it was measured; where only the points are known, {least}p to {most}p")
}

/// A total that is no number.
pub const NOT_A_TOTAL: &str = "a whole number: the total as they gave it";
/// The total that whoever took a score gave.
pub const SAID_TOTAL: &str = "Total they gave";
/// What it is for.
pub const SAID_TOTAL_HELP: &str = "As it stands on their chart or as they said it; held against the sum here";

/// What was typed is no whole number.
pub fn not_a_number(typed: &str, unit: &str) -> String {
    let unit = if unit.is_empty() { String::new() } else { format!(" ({unit})") };
    format!("\"{typed}\" is not a whole number{unit}. Type digits alone, like 12.")
}

/// What a line that takes a number says, behind what it says of its own.
pub fn number_hint(own: &str, unit: &str, range: (Option<i64>, Option<i64>)) -> String {
    let kind = match range {
        (Some(least), Some(most)) => not_in_range(least, most),
        (Some(least), None) => format!("a whole number, at least {least}"),
        (None, Some(most)) => format!("a whole number, at most {most}"),
        (None, None) => "a whole number".to_owned(),
    };
    let hint = if unit.is_empty() { kind } else { format!("{kind}, in {unit}") };
    if own.is_empty() { hint.replacen('a', "A", 1) } else { format!("{own}; {hint}") }
}

/// Asks why a record comes late.
pub const WHY_LATE: &str = "Why only now";
/// The line that asks why something that wants two people is done alone.
pub const WHY_ALONE: &str = "Why it is done alone";
/// What that is for.
pub const WHY_ALONE_HELP: &str = "This wants a second person, and nobody else here may agree to it. Your reason is kept, and whoever oversees sees it";
/// What that is for.
pub const WHY_LATE_HELP: &str =
    "It happened in an earlier shift. Say why it is written down now; it is asked once";

/// Somebody who is about to be told and must not be.
pub fn must_not_be_told(name: &str, why: &str) -> String {
    if why.is_empty() {
        format!("{name} must not be told")
    } else {
        format!("{name} must not be told: {why}")
    }
}

/// Where somebody is who is not simply at home: "In hospital since 26-Nov, Larkfield Royal Infirmary".
pub fn whereabouts(label: &str, since: Option<&str>, detail: Option<&str>) -> String {
    let since = since.map(|since| format!(" since {since}")).unwrap_or_default();
    let detail = detail.filter(|detail| !detail.is_empty()).map(|detail| format!(", {detail}"));
    format!("{label}{since}{}", detail.unwrap_or_default())
}

/// Before those who must not be told, over the lines in which it is written who was.
pub fn not_to_be_told(who: &str) -> String {
    format!("Must not be told: {who}")
}

/// Another form was begun before this one and is still open under it.
pub fn open_behind(step: &str, about: &str) -> String {
    let whose = if about.is_empty() { String::new() } else { format!(", {about}") };
    format!("Still open behind this: {step}{whose} (esc goes back to it)")
}

/// A birthday that nobody wrote down.
pub const BORN_NOT_KNOWN: &str = "born: not on record";

/// When somebody was born, and how old they are.
pub fn born(day: &str, years: u32) -> String {
    format!("born {day}, {years} years")
}

/// A call about them that is open.
pub fn open_call(reference: &str, risk: &str, called: &str, rung: bool) -> String {
    let risk = if risk.is_empty() { String::new() } else { format!(" {risk}") };
    format!("{reference}{risk} {called}{}", if rung { ", 999 called" } else { "" })
}

/// What stands over a row of a table, counted from 1.
pub fn row(table: &str, number: usize) -> String {
    format!("{table} {number}")
}

/// The calls that are open about whoever was taken. `others`: how many other cases are.
pub fn open_calls(calls: &[String], others: usize) -> String {
    let count = match calls.len() {
        1 => "1 open call".to_owned(),
        many => format!("{many} open calls"),
    };
    let others = match others {
        0 => String::new(),
        1 => "; 1 other case open".to_owned(),
        many => format!("; {many} other cases open"),
    };
    format!(
        "{count}: {}{others}. If this belongs there: Esc keeps this form, and write it there",
        calls.join("; ")
    )
}

/// A wall time that occurred twice.
pub fn which(typed: &str, first: &str, second: &str) -> String {
    format!(
        "{typed} was on the clock twice that night: \"{typed} {first}\" is the first, \"{typed} {second}\" the second"
    )
}

/// A time of day that is still to come, where something that happened is asked for.
pub fn ahead(typed: &str, wait: &str, before: &str) -> String {
    format!("{typed} is in {wait}. Did you mean {before}? Then write the day, otherwise another time")
}

/// The heading over what can be meant by it.
pub fn ahead_title(typed: &str, wait: &str) -> String {
    format!("{typed} is in {wait}: did you mean yesterday?")
}

/// Neither: the line is written anew.
pub const ANOTHER_TIME: &str = "no, another time: back to the line";

/// What is promised or due at a time that has passed.
pub fn past(understood: &str) -> String {
    format!("{understood}: that is past")
}

/// The heading of the choice between the two.
pub fn which_title(typed: &str) -> String {
    format!("{typed} was on the clock twice that night. Which?")
}

/// The first pass.
pub fn first_pass(zone: &str) -> String {
    format!("the first time ({zone})")
}

/// The second pass.
pub fn second_pass(zone: &str) -> String {
    format!("the second time ({zone})")
}

/// The answer of a line of a checklist.
pub fn check_label(id: &str) -> &'static str {
    match id {
        "yes" => YES,
        "no" => NO,
        _ => "does not apply",
    }
}

/// How a line of a checklist was answered before in the case.
pub fn answered_before(answer: &str, note: &str, until: Option<&str>) -> String {
    let mut words = format!("So far: {answer}");
    if !note.is_empty() {
        words.push_str(&format!(", {note}"));
    }
    if let Some(until) = until {
        words.push_str(&format!(", until {until}"));
    }
    format!("{words}. Left blank, that stays.")
}

/// Why the form cannot be saved.
pub fn cannot_save(line: &str, why: &str) -> String {
    if line.is_empty() || why.contains(line) {
        format!("cannot be saved yet: {why}")
    } else {
        format!("cannot be saved yet: {line}: {why}")
    }
}

/// What is owed next ("decision within 5 min (target for red) by A. OKAFOR").
pub fn next(what: &str, when: &str, by: &str) -> String {
    format!("{what} {when} by {by}")
}

/// A rule in the next-owed line: always named as the provider's own target.
pub fn within(rule: &str, choice: Option<&str>) -> String {
    match choice {
        Some(choice) => format!("within {rule} (target for {choice}, provider)"),
        None => format!("within {rule} (provider target)"),
    }
}

/// A due time in the next-owed line.
pub fn due_at(when: &str) -> String {
    format!("at {when}")
}

/// A step with what it is recorded on.
pub fn recorded_on(step: &str, what: &str) -> String {
    format!("{step}: {what}")
}

/// What is owed, with who owes it where that is somebody outside.
pub fn owed_by(what: &str, who: &str) -> String {
    if who.is_empty() { what.to_owned() } else { format!("{what}, {who}") }
}

/// The reviewer is among those who decided.
pub const OWN_DECISION: &str = "Marked: you also decided this. You may review it; the record says so";

/// A line that holds what another case says.
pub fn taken_from(reference: &str) -> String {
    format!("taken from {reference}: check")
}

/// The same, where somebody wants to save it unseen.
pub fn check_taken(label: &str, reference: &str) -> String {
    format!("\"{label}\" was taken from {reference}: check it.")
}

/// A case by its reference and its matter.
pub fn with_matter(reference: &str, matter: Option<&str>) -> String {
    matter.map_or_else(|| reference.to_owned(), |matter| format!("{reference} {matter}"))
}

/// Other cases about the same organisation that this decision does not change.
pub fn goes_on_beside(cases: &str) -> String {
    format!("With the same organisation these go on as they are: {cases}")
}

/// Why something comes late that was taken down on paper.
pub fn from_slip(number: &str) -> String {
    format!("From slip {number}")
}

//! `record`, and whoever and whatever a command names.

use std::path::Path;

/// At the foot of `record --help`.
pub const RECORD_HELP: &str = "\
The answers are a JSON object by field, each as it would be typed:
  {\"call_back\": \"07700 900 118\", \"about\": \"Quill, Theresa\", \"risk\": \"amber\", \"observed_at\": \"-20m\"}
A yes or no with a reason is {\"is\": \"no\", \"why\": \"...\"}, a table a list of objects. A name must mean one record;
a new one is made with {\"words\": \"Nora Pike\", \"id\": \"new\"}. Where no time was given for something that is
owed by one: {\"is\": \"none\", \"why\": \"...\"}. The receipt comes back as JSON.";

/// A step that belongs into a case is not begun from one.
pub fn opens_nothing(step: &str) -> String {
    format!(
        "\"{step}\" opens no case: --from is for the first step of a pathway. Say with --case in which case it is recorded"
    )
}

/// More answers than are read.
pub const TOO_LARGE: &str = "it is larger than one megabyte";

/// Nobody has said who looks.
pub fn who_is_looking(staff: &[String]) -> String {
    format!(
        "who is looking? Say it with --as NAME, or set DUTYDESK_AS, or give your account's name as the code on the \
         staff list.\nOn the staff list: {}",
        staff.join("; ")
    )
}

/// Nobody has said who does it, where nobody else types it for them.
pub fn who_does_it(staff: &[String]) -> String {
    format!(
        "who are you? Say it with --as NAME, or set DUTYDESK_AS, or give your account's name as the code on the staff \
         list.\nOn the staff list: {}",
        staff.join("; ")
    )
}

/// Nobody has said who types.
pub fn who_is_typing(staff: &[String]) -> String {
    format!(
        "who is typing? Say it with --typed-by NAME, or set DUTYDESK_TYPED_BY, or give your account's name as the \
         code on the staff list. --as says only whose act it is.\nOn the staff list: {}",
        staff.join("; ")
    )
}

/// Not a member of staff.
pub fn not_on_staff_list(said: &str, staff: &[String]) -> String {
    format!("nobody on the staff list is called \"{said}\".\nOn the staff list: {}", staff.join("; "))
}

/// Several members of staff.
pub fn which_staff(said: &str, found: &[String]) -> String {
    format!("\"{said}\" could be: {}. Say more of the name", found.join("; "))
}

/// Several records.
pub fn which_record(said: &str, found: &[String]) -> String {
    format!("\"{said}\" could be any of these; name one by the id at the end:\n  {}", found.join("\n  "))
}

/// No case and no person.
pub fn nothing_called(said: &str) -> String {
    format!(
        "there is no case and no person called \"{said}\". Try: dutydesk list cases, dutydesk list people --find WORDS"
    )
}

/// A name that means nobody.
pub fn nobody_called(said: &str, on_the_spot: bool) -> String {
    let mend = if on_the_spot {
        format!("; for a new record: {{\"words\": \"{said}\", \"id\": \"new\"}}")
    } else {
        String::new()
    };
    format!("nobody and nothing on record is called \"{said}\"{mend}")
}

/// No such step in a pathway.
pub fn no_such_step(pathway: &str, step: &str) -> String {
    format!("the definitions in force have no step {pathway}.{step}")
}

/// A register without a form that opens a record.
pub fn nothing_registers(register: &str) -> String {
    format!("the definitions in force have no form that opens a record of \"{register}\"")
}

/// A form that lacks a field with a meaning.
pub fn does_not_ask(step: &str, means: &str) -> String {
    format!("no field of \"{step}\" has means = \"{means}\"")
}

/// A step that was not found.
pub fn unknown_step(said: &str) -> String {
    format!("\"{said}\" is not a form of this office. Name pathway and step, as in urgent.call")
}

/// A field that the step has not.
pub fn no_such_field(step: &str, fields: &str) -> String {
    format!("\"{step}\" has no such field. It has: {fields}")
}

/// A part that an answer has not.
pub fn no_such_part(label: &str, parts: &str) -> String {
    format!("\"{label}\" has no such part. It has: {parts}")
}

/// Nothing owed by that number.
pub fn no_such_commitment(said: &str, count: usize) -> String {
    format!("nothing owed in this case is number {said} of {count}; dutydesk show CASE lists the numbers")
}

/// All that is wrong, by field; of what is no form, without its name.
pub fn problems<'a>(step: Option<&str>, problems: impl Iterator<Item = (&'a str, &'a str)>) -> String {
    let each = problems.map(|(field, says)| match field {
        "" => format!("\n  {says}"),
        field => format!("\n  {field}: {says}"),
    });
    let what =
        step.map_or_else(|| "Nothing was recorded".to_owned(), |step| format!("\"{step}\" was not recorded"));
    format!("{what}:{}", each.collect::<String>())
}

/// Answers that cannot be read.
pub fn unreadable_answers(from: &Path, why: &str) -> String {
    format!("the answers in {} cannot be read as a JSON object: {why}", from.display())
}

/// No entry of that number waits for whoever asks.
pub fn nothing_waits_there(entry: &str) -> String {
    format!("Entry {entry} does not wait for you as the second person. What does: dutydesk list countersign")
}

/// What the screen would ask about: how it is said here that it is meant.
pub fn meant_so(says: &str) -> String {
    let stop = if says.ends_with(['.', '?', '!']) { "" } else { "." };
    format!("{says}{stop} If it is meant so: --knowing")
}

/// A time that may be none given, by a script.
pub fn or_none_given(says: &str) -> String {
    let says = says.trim_end_matches('.');
    format!("{says}. Where none was given: {{\"is\": \"none\", \"why\": \"...\"}}")
}

/// It wants a second person and there is none: how the reason is given here.
pub fn why_alone(says: &str) -> String {
    format!("{says}: --alone WHY")
}

/// Something that is owed, by what names it.
pub fn owed_by_number(number: usize, what: &str, id: &str) -> String {
    format!("{number} {what} ({id})")
}

/// All that is owed, where a line of each is asked for.
pub fn which_are_owed(lines: &[String]) -> String {
    match lines {
        [] => "nothing is owed there".to_owned(),
        lines => {
            let lines = lines.join("\n    ");
            format!("a line for each, its \"what\" by number or id:\n    {lines}")
        }
    }
}

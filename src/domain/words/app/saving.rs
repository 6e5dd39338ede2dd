//! Words about what is typed into a form and put into the record.

use super::Titled;

/// Shows the case that moved on while its form was filled in.
pub const LOOK: Titled = [
    "Look at the case",
    "look at it",
    "Opens the case over the form; esc comes back, and nothing typed is lost.",
];
/// Saves though it moved on.
pub const SAVE_KNOWING: Titled = [
    "Save knowing it",
    "save knowing it",
    "Puts the form into the record, now that it was said what came meanwhile.",
];

/// Stands in the place of the keys while none of them counts, because a form has just gone.
pub const KEYS_WAIT: &str = "Keys count again in a moment";
/// The same with why, where there is room for it.
pub const KEYS_WAIT_WHY: &str =
    "Keys count again in a moment: what is typed now may still be meant for what was saved";

/// A key that is no letter, among letters that were typed.
pub fn key_pressed(key: &str) -> String {
    format!("[{key}]")
}

/// What was pressed after a form had gone, and did nothing.
pub fn typed_on(pressed: &str) -> String {
    format!("Typed on after saving, not taken: “{pressed}”")
}

/// A line that has no room for all that was given; `kept` and `given` in characters.
pub fn cut(kept: usize, given: usize) -> String {
    if given <= 1 {
        return "This line is full: it takes no more. Put the rest into notes".to_owned();
    }
    let left_out = given.saturating_sub(kept);
    format!(
        "Too long for this line: the first {kept} of {given} characters were kept, {left_out} were left out"
    )
}

/// Why a form is not in the record, and at which line to look.
pub fn not_saved(line: &str, why: &str) -> String {
    if line.is_empty() || why.contains(line) {
        format!("Not saved. {why}")
    } else {
        format!("Not saved. {line}: {why}")
    }
}

/// A form that is taken up after its case was moved to another record.
pub fn meant_for(before: &str, now: &str) -> String {
    format!("This was begun about {before}. The case was moved since: it is about {now}")
}

/// What came into a case while its form was open here.
pub fn meanwhile(by: &str, what: &str, at: &str) -> String {
    let by = if by.is_empty() { String::new() } else { format!("{by}, ") };
    format!("Meanwhile, {at}: {by}{what}")
}

/// Asked of whoever has signed a call that was taken without a name.
pub const WHOM_IS_IT_ABOUT: &str =
    "Signed. Whom is it about? It was typed as words: look it up and save, or esc";
/// Why the name was corrected then.
pub const NAMED_WHEN_SIGNED: &str = "Typed as words while nobody was signed in; named when it was signed";

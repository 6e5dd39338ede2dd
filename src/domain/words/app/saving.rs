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

/// Letters that were typed after a form had gone, and did nothing.
pub fn typed_on(letters: &str) -> String {
    format!("Typed after saving, not taken: “{letters}”. Wait a moment, then press the key")
}

/// A line that has no room for all that was given; `kept` and `given` in characters.
pub fn cut(kept: usize, given: usize) -> String {
    if given <= 1 {
        return "This line is full: it takes no more. Put the rest into notes".to_owned();
    }
    format!("Too long for this line: the first {kept} of {given} characters were kept, the rest was left out")
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

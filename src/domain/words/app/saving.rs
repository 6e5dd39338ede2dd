//! Words about what is typed into a form and put into the record.

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

//! Words about what is typed at a row of choices.

/// What was typed at a row of choices and is none of them; `kept` is the label of the line that keeps it.
pub fn answered_nothing(typed: &str, kept: Option<&str>) -> String {
    let kept = kept.map_or_else(String::new, |label| format!(" It stands under “{label}”."));
    format!("“{typed}” is no answer: nothing was chosen.{kept}")
}

/// The same at the foot of the screen, by the row's label.
pub fn nothing_chosen(label: &str) -> String {
    format!("Nothing was chosen at “{label}”: after a pause a letter chooses again")
}

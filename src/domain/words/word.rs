//! What is said where somebody gives their word on an entry: what was typed for them, and what wants two people.

use super::app::Titled;

/// Confirms.
pub const AGREE: Titled =
    ["Agree", "agree", "It is as you said it, or you agree as the second person. Asks first."];

/// Does not confirm.
pub const DISAGREE: Titled =
    ["Do not agree", "do not agree", "Says what differs, or why not. Both stay in the record."];

/// Lists what waits for a confirmation.
pub const TO_CONFIRM: Titled = ["To confirm", "", "What was typed for you and waits for your word."];

/// Lists what waits for a second person.
pub const TO_COUNTERSIGN: Titled =
    ["For a second person", "", "What has no effect until you, or another who may, agree to it."];

/// Lists what was done by one.
pub const DONE_ALONE: Titled =
    ["Done alone", "", "What wants two people and was done by one, and why: for whoever oversees."];

/// Nothing to confirm is selected.
pub const NOTHING_TO_CONFIRM: &str = "Nothing that waits for you is selected";

/// Entries typed for whoever is here wait for their word.
pub fn waits_for_you(count: u64) -> String {
    match count {
        1 => "One entry was typed for you to confirm: k".to_owned(),
        count => format!("{count} entries were typed for you to confirm: k"),
    }
}

/// Entries wait for a second person, who may be whoever is here.
pub fn waits_for_second(count: u64) -> String {
    match count {
        1 => "One entry waits for a second person to agree: f8".to_owned(),
        count => format!("{count} entries wait for a second person to agree: f8"),
    }
}

/// What was recorded waits for somebody else.
pub fn recorded_waits(references: &str) -> String {
    format!("In the record {references}: waits for a second person, and has no effect before they agree")
}

/// The step that says what differs.
pub const DISAGREE_FORM: &str = "It is not as I said";

/// The step that refuses what waits for a second person.
pub const REFUSE_FORM: &str = "I do not agree to this";

/// Its line of help.
pub const REFUSE_FORM_HELP: &str = "What waits never has effect. It stays in the record, with your reason";

/// What differs.
pub const WHAT_DIFFERS: &str = "What differs";

/// What was typed for somebody, and the question whether they said it so.
pub fn agree_words(gist: &str, typed_by: &str) -> String {
    format!("{gist}\n\nTyped by {typed_by}. Is it as you said? Enter on its row shows all of it.")
}

/// What somebody is asked to agree to as the second person.
pub fn agree_second_words(gist: &str, by: &str) -> String {
    format!(
        "{gist}\n\nRecorded by {by}. Do you agree? It counts from then on. Enter on its row shows all of it."
    )
}

/// What was typed is as they said it.
pub const AS_SAID: &str = "as they said it";

/// "Roles: Duty manager".
pub fn label_and_words(label: &str, words: &str) -> String {
    format!("{label}: {words}")
}

/// A second person's word.
pub fn second_word(agrees: bool, note: &str) -> String {
    let word = if agrees { "agrees" } else { "refuses" };
    if note.is_empty() { word.to_owned() } else { format!("{word}: {note}") }
}

/// What was typed is not as they said it.
pub fn differs(note: &str) -> String {
    format!("not as they said it: {note}")
}

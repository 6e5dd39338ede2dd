//! What a form is called that is recorded on something owed.

use crate::domain::words::form as words;

/// Letters from which a word that another begins with is the same word.
const SAME_WORD: usize = 4;

/// A step that is recorded on something owed: "Chase-up: Visit, The Elms Surgery". What both say is said once: "Review at
/// home: after two weeks"; "Looked at: what they report" of what is owed as "Look at: what they report".
pub(super) fn on(step: &str, what: &str, who: &str) -> String {
    let on = match what.split_once(": ").filter(|(lead, _)| begins_as(step, lead)) {
        _ if what.starts_with(step) => what.to_owned(),
        Some((_, rest)) => words::recorded_on(step, rest),
        None if begins_as(step, what) => step.to_owned(),
        None => words::recorded_on(step, what),
    };
    words::owed_by(&on, who)
}

/// Whether a title begins with these words, each of them as it is or in another form ("look", "looked").
fn begins_as(title: &str, words: &str) -> bool {
    let mut said = title.split(' ');
    let is_same = |word: &str| {
        let (word, said) = (word.to_lowercase(), said.next().unwrap_or_default().to_lowercase());
        word == said || word.len() >= SAME_WORD && said.starts_with(&word)
    };
    words.split(' ').all(is_same)
}

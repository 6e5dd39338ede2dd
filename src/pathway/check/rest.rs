//! A number that is what others leave of a whole: hours that nobody covers yet.

use crate::domain::answer::{Answer, Answers};
use crate::domain::words::check as words;
use crate::pathway::definition::{Field, Kind};

/// What is said where the number given is another than the rest. Nothing is left where there is more than was wanted.
pub(super) fn other(field: &Field, beside: &[Field], answers: &Answers) -> Option<String> {
    let (of, less) = field.rest_of.split_first()?;
    let Some(Answer::Number(given)) = answers.get(&field.id) else { return None };
    let (whole, mut rest) = number(of, beside, answers)?;
    let mut taken = Vec::new();
    for other in less {
        let (words, number) = number(other, beside, answers)?;
        rest = rest.checked_sub(number)?;
        taken.push(words);
    }
    let rest = rest.max(0);
    (*given != rest).then(|| words::other_rest(&field.label, &whole, &taken, rest))
}

/// A number beside the field with its label, and the number; `None` where it was not answered.
fn number(id: &str, beside: &[Field], answers: &Answers) -> Option<(String, i64)> {
    let field = beside.iter().find(|field| field.id == id)?;
    let (Kind::Number { unit, .. }, Some(Answer::Number(number))) = (&field.kind, answers.get(id)) else {
        return None;
    };
    Some((words::counted(&field.label, *number, unit), *number))
}

//! Advice that came after other advice: the older stays as it was said, and says that there is newer.

use super::definition::{Field, Kind, Means};
use super::edition::Editions;
use crate::domain::answer::{Answer, Answers, When};
use crate::domain::entry::Said;
use crate::domain::views::{CaseView, Told};

/// When the next advice of the case came after this entry's own; `None` where this one gave none, or is the last word.
pub fn newer(view: &CaseView, told: &Told, editions: &Editions) -> Option<When> {
    if !gives(told, editions) {
        return None;
    }
    let moment = |told: &Told| (told.occurred.at, told.entry.seq);
    let later = view.chronology.iter().filter(|other| moment(other) > moment(told) && gives(other, editions));
    later.min_by_key(|other| moment(other)).map(|other| other.occurred)
}

fn gives(told: &Told, editions: &Editions) -> bool {
    let Said::Step(said) = &told.entry.said else { return false };
    let edition = editions.get(said.edition);
    let pathway = edition.and_then(|edition| edition.pathways.get(&said.pathway));
    let Some(step) = pathway.and_then(|pathway| pathway.step(&said.step)) else { return false };
    let answers = told.answers.as_ref().unwrap_or(&said.answers);
    step.fields.iter().any(|field| says_advice(field, answers))
}

fn says_advice(field: &Field, answers: &Answers) -> bool {
    match (&field.kind, answers.get(&field.id)) {
        (Kind::Rows { columns, .. }, Some(Answer::Rows(rows))) => {
            rows.iter().any(|row| columns.iter().any(|column| says_advice(column, row)))
        }
        (_, Some(_)) => field.means == Some(Means::Advice),
        (_, None) => false,
    }
}

//! Who alone may see a case that another opened: what was opened by a case that is kept to a few is kept to the same few,
//! when that is said later too, and open to all again with it.

use super::super::definition::{Means, Pathway, Step};
use super::super::prefill;
use crate::domain::answer::Answers;
use crate::domain::case::CaseState;
use crate::domain::entry::{NewEntry, NewSaid};
use crate::domain::ids::CaseId;

/// The entries that say the same in the cases that `case` opened by itself: for each, where its pathway has a step that
/// asks it of an open case, that step with what this one says.
pub fn kept_alike<'a>(
    step: &Step,
    entry: &NewEntry,
    case: &CaseState,
    linked: impl IntoIterator<Item = (CaseId, &'a Pathway)>,
) -> Vec<NewEntry> {
    let NewSaid::Step { answers, .. } = &entry.what else { return Vec::new() };
    if answers_of(step, answers, step).is_empty() {
        return Vec::new();
    }
    let opened = |other: CaseId, pathway: &Pathway| {
        let place = format!("then.{}", pathway.id);
        case.entries.iter().any(|mark| CaseId::from(mark.id.derived(&place)) == other)
    };
    let opened = linked.into_iter().filter(|(other, pathway)| opened(*other, pathway));
    let said = opened.filter_map(|(other, pathway)| {
        let asks = |there: &&Step| !there.opens && there.repeat && !there.retired && asks(there);
        let there = pathway.steps.iter().find(asks)?;
        let said = NewSaid::step(&pathway.id, &there.id, answers_of(step, answers, there));
        Some(entry.following(&format!("kept.{other}"), Some(other), said))
    });
    said.collect()
}

fn asks(step: &Step) -> bool {
    step.meaning(Means::Restricted).is_some()
}

/// What `answers`, given in `step`, come to in the fields of `there` that ask who alone may see it.
fn answers_of(step: &Step, answers: &Answers, there: &Step) -> Answers {
    let restricts = |step: &'_ Step| -> Vec<_> {
        step.fields.iter().filter(|field| field.means == Some(Means::Restricted)).cloned().collect()
    };
    let said: Vec<_> = restricts(step).iter().filter_map(|field| answers.get(&field.id).cloned()).collect();
    let asked = restricts(there);
    let taken = asked.iter().filter_map(|field| {
        let answer = said.iter().cloned().find_map(|answer| prefill::fitting(&field.kind, answer))?;
        Some((field.id.clone(), answer))
    });
    taken.collect()
}

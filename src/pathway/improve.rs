//! What is to be made better in how we work, as an item of the pathway that takes such things: what was late or weak, and
//! the action that was agreed, with who does it and by when. Which pathway that is stands in its file (`takes_actions`).
//!
//! When something is to be made better is left to whoever finds it: an answer to a warning sign, the end of a handover.

use chrono::{DateTime, Utc};

use super::definition::{Field, Kind, Means, Pathway, Step};
use super::prefill;
use crate::domain::answer::{Answer, Answers, ByWhen, Named, When};
use crate::domain::entry::{NewEntry, NewSaid};
use crate::domain::ids::CaseId;

/// The word that gives an item its id. It stays as it is, whatever the pathway is called.
const ITEM: &str = "governance";
/// The same of its action.
const ACTION: &str = "governance.action";
/// The same of its link with the case that it comes from.
pub const LINK: &str = "governance.link";

/// The word for the link with one of several cases that it comes from.
pub fn link_with(case: CaseId) -> String {
    format!("{LINK}.{case}")
}

/// What was late or weak.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Weakness<'a> {
    /// In a few words.
    pub headline: &'a str,
    /// What it was.
    pub summary: &'a str,
    /// Where.
    pub place: Option<&'a Named>,
}

/// What was agreed about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agreed<'a> {
    /// What is done.
    pub what: &'a str,
    /// Why it happened.
    pub why: &'a str,
    /// Who does it, a member of staff.
    pub who: Named,
    /// By when.
    pub by: DateTime<Utc>,
}

/// The item that follows from `entry`.
pub fn item(pathway: &Pathway, entry: &NewEntry, weakness: Weakness<'_>) -> Option<NewEntry> {
    let step = pathway.opening()?;
    let text = |words: &str| Answer::Text(words.to_owned());
    let said = [
        (Means::Headline, Some(text(weakness.headline))),
        (Means::Summary, Some(text(weakness.summary))),
        (Means::Place, weakness.place.cloned().map(Answer::Named)),
    ];
    Some(entry.following(ITEM, None, NewSaid::step(&pathway.id, &step.id, fitting(step, said))))
}

/// What is done about an item; `None` where its pathway has no step in which that is agreed.
pub fn action(pathway: &Pathway, entry: &NewEntry, item: CaseId, agreed: Agreed<'_>) -> Option<NewEntry> {
    let (step, rows, columns) = pathway.steps.iter().find_map(|step| {
        let (rows, columns) = agrees(step)?;
        Some((step, rows, columns))
    })?;
    let column = |means| columns.iter().find(|column| column.means == Some(means));
    let cells = [
        (Means::Promise, Answer::Text(agreed.what.to_owned())),
        (Means::Obligor, Answer::Named(agreed.who)),
        (Means::Due, Answer::ByWhen(ByWhen::At(When::exact(agreed.by)))),
    ];
    let row = cells.into_iter().filter_map(|(means, answer)| Some((column(means)?.id.clone(), answer)));
    let mut answers = fitting(step, [(Means::Rationale, Some(Answer::Text(agreed.why.to_owned())))]);
    answers.insert(rows.id.clone(), Answer::Rows(vec![row.collect()]));
    Some(entry.following(ACTION, Some(item), NewSaid::step(&pathway.id, &step.id, answers)))
}

/// What is said, in the fields of a step that mean it.
fn fitting<const N: usize>(step: &Step, said: [(Means, Option<Answer>); N]) -> Answers {
    let asked = said.into_iter().filter_map(|(means, answer)| Some((step.meaning(means)?, answer?)));
    asked
        .filter_map(|(field, answer)| Some((field.id.clone(), prefill::fitting(&field.kind, answer)?)))
        .collect()
}

/// The rows of a step in which what is to be done is agreed: what, by whom of ours, by when.
fn agrees(step: &Step) -> Option<(&Field, &[Field])> {
    step.fields.iter().find_map(|field| {
        let Kind::Rows { columns, .. } = &field.kind else { return None };
        let has = |means| columns.iter().any(|column| column.means == Some(means));
        let all = [Means::Promise, Means::Obligor, Means::Due].into_iter().all(has);
        (field.opens.is_some() && all).then_some((field, columns.as_slice()))
    })
}

//! What a move to the right record leaves to be put right: whoever had been told of the wrong person is to be told.

use crate::domain::answer::{Answer, Answers, Named};
use crate::domain::case::CaseState;
use crate::domain::entry::{Entry, NewEntry, NewSaid, Said};
use crate::domain::ids::EntryId;
use crate::domain::names;
use crate::pathway::definition::{Field, Follows, Kind, Means, Step};
use crate::pathway::edition::{Edition, Editions};
use crate::pathway::fold::effective;

/// The word that gives the entry its id which follows a move.
const PUT_RIGHT: &str = "put_right";

/// Everybody who had been told something of the case by then, each once, in the order of the ledger: organisations
/// that were reached, and whoever stands in the rows of who was told.
pub fn already_told(entries: &[Entry], editions: &Editions) -> Vec<Named> {
    let stands = effective(entries);
    let mut told: Vec<Named> = Vec::new();
    for entry in entries {
        let (Said::Step(said), Some(stands)) = (&entry.said, stands.get(&entry.id)) else { continue };
        let edition = editions.get(said.edition);
        let pathway = edition.and_then(|edition| edition.pathways.get(&said.pathway));
        let Some(step) = pathway.and_then(|pathway| pathway.step(&said.step)) else { continue };
        // Who was told of the wrong person at an earlier move is no longer under a false impression.
        if step.follows.is_none() {
            let here = reached(step, &stands.answers).into_iter().chain(named(step, &stands.answers));
            for one in here {
                if told.iter().all(|known| names::fold(&known.words) != names::fold(&one.words)) {
                    told.push(one);
                }
            }
        }
    }
    told
}

/// The organisation that the step reached; one where nobody answered was told nothing.
fn reached(step: &Step, answers: &Answers) -> Option<Named> {
    let shared = step.meaning(Means::Shared);
    if shared.is_some_and(|shared| !answers.contains_key(&shared.id)) {
        return None;
    }
    match answers.get(&step.meaning(Means::Contacted)?.id) {
        Some(Answer::Named(named)) => Some(named.clone()),
        _ => None,
    }
}

/// Names in the rows of who was told.
fn named(step: &Step, answers: &Answers) -> Vec<Named> {
    let mut found = Vec::new();
    for field in &step.fields {
        let (Some(name), Some(Answer::Rows(rows))) = (column(field, Means::ToldName), answers.get(&field.id))
        else {
            continue;
        };
        found.extend(rows.iter().filter_map(|row| match row.get(&name.id) {
            Some(Answer::Text(words)) => Some(Named { id: None, words: words.clone() }),
            _ => None,
        }));
    }
    found
}

fn column(field: &Field, means: Means) -> Option<&Field> {
    let Kind::Rows { columns, .. } = &field.kind else { return None };
    columns.iter().find(|column| column.means == Some(means))
}

/// The id of the entry that follows this move.
pub fn entry_of(act: EntryId) -> EntryId {
    act.derived(PUT_RIGHT)
}

/// The entry that follows the move of a case, `act`: the step of its pathway that says so, with a row for each who
/// was told, with the number where it is known. `None` where the pathway has no such step.
pub fn put_right(
    act: &NewEntry,
    reason: &str,
    case: &CaseState,
    told: &[(Named, Option<String>)],
    edition: &Edition,
) -> Option<NewEntry> {
    let pathway = edition.pathways.get(&case.pathway)?;
    let follows = |step: &&Step| step.follows == Some(Follows::Reattribute) && !step.retired;
    let step = pathway.steps.iter().find(follows)?;
    let mut answers = Answers::new();
    if let Some(why) = step.meaning(Means::Summary).filter(|_| !reason.trim().is_empty()) {
        answers.insert(why.id.clone(), Answer::Text(reason.to_owned()));
    }
    let rows = step.fields.iter().find_map(|field| Some((field, column(field, Means::ToldName)?)));
    if let Some((field, name)) = rows.filter(|_| !told.is_empty()) {
        let row = |(named, phone): &(Named, Option<String>)| {
            let mut row = Answers::from([(name.id.clone(), Answer::Text(named.words.clone()))]);
            if let (Some(column), Some(phone)) = (column(field, Means::Phone), phone) {
                row.insert(column.id.clone(), Answer::Text(phone.clone()));
            }
            row
        };
        answers.insert(field.id.clone(), Answer::Rows(told.iter().map(row).collect()));
    }
    Some(act.following(PUT_RIGHT, Some(case.id), NewSaid::step(&pathway.id, &step.id, answers)))
}

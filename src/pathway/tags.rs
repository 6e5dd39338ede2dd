//! Which regulations and statements a case shows something about: those that are attached to its pathway or to a step that
//! was recorded, by the tags in force, and those that somebody chose on a form.

use super::definition::{Means, Tags};
use super::edition::Edition;
use crate::domain::answer::Answer;
use crate::domain::case::{CaseState, EntryMark};
use crate::domain::ids::Seq;
use crate::domain::views::Tagged;

/// The tags of a case, in the order of the file; those that were chosen and stand in no file by now come last.
pub fn of_case(edition: &Edition, state: &CaseState) -> Vec<Tagged> {
    let tags: &Tags = &edition.tags;
    let mut found: Vec<Tagged> = Vec::new();
    let mut add = |tag: &str, seq: Seq| match found.iter_mut().find(|one| one.tag == tag) {
        Some(one) if one.entries.contains(&seq) => {}
        Some(one) => one.entries.push(seq),
        None => found.push(Tagged { tag: tag.to_owned(), entries: vec![seq] }),
    };
    let steps = || state.entries.iter().filter(|mark| mark.edition.is_some() && mark.counts());
    for mark in steps() {
        tags.on(&state.pathway, &mark.kind).for_each(|tag| add(&tag.id, mark.seq));
    }
    if let Some(pathway) = edition.pathways.get(&state.pathway) {
        for step in &pathway.steps {
            let chosen = step.meaning(Means::Regulation).and_then(|field| {
                let last = steps().rfind(|mark: &&EntryMark| mark.kind == step.id)?;
                Some((state.answers.get(&format!("{}.{}", step.id, field.id))?, last.seq))
            });
            if let Some((Answer::Choices(ids), seq)) = chosen {
                ids.iter().for_each(|id| add(id, seq));
            }
        }
    }
    let place = |one: &Tagged| tags.tags.iter().position(|tag| tag.id == one.tag).unwrap_or(usize::MAX);
    found.sort_by_key(place);
    found.iter_mut().for_each(|one| one.entries.sort_unstable());
    found
}

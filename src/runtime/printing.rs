//! Puts a pad of slips on paper once its numbers are in the record: a page in the office's own folder.
//!
//! The numbers are recorded first. A page that cannot be written then is said to be missing, and its numbers are declared
//! void by hand; the other way round two pads could carry the same.

use std::io;
use std::path::PathBuf;

use crate::app::Msg;
use crate::domain::answer::Answer;
use crate::domain::entry::{Batch, NewSaid};
use crate::domain::slips::Slips;
use crate::domain::words::runtime as words;
use crate::pathway::definition::Means;
use crate::pathway::edition::Edition;
use crate::report::slips;
use crate::store::Store;

/// The numbers of the pads that a batch gives out, and whether they were printed before.
pub fn pads(batch: &Batch, edition: &Edition) -> Vec<(Slips, bool)> {
    let printed = batch.entries.iter().filter_map(|entry| {
        let NewSaid::Step { pathway, step, answers, .. } = &entry.what else { return None };
        let step = edition.pathway(pathway)?.step(step)?;
        let said = |means| match answers.get(&step.meaning(means)?.id)? {
            Answer::Text(text) => Slips::read(text),
            _ => None,
        };
        let issued = said(Means::SlipsIssued).map(|numbers| (numbers, false));
        issued.or_else(|| said(Means::SlipsReprinted).map(|numbers| (numbers, true)))
    });
    printed.collect()
}

/// The page of a pad, on the definitions in force; `again` where its numbers were printed before.
///
/// # Errors
/// In words.
pub fn page(store: &Store, edition: &Edition, numbers: &Slips, again: bool) -> Result<String, String> {
    let urgent = edition.pathways.values().find(|pathway| pathway.urgent && !pathway.register);
    let call = urgent.and_then(|pathway| pathway.opening()).ok_or(words::NO_CALL_FORM)?;
    let office = store.office().map_err(|error| error.to_string())?;
    slips::pad(&office, call, numbers, again).map_err(|error| error.to_string())
}

/// Puts the page of a pad into the office's folder; answers where it lies.
///
/// # Errors
/// In words.
pub fn print(store: &Store, edition: &Edition, numbers: &Slips, again: bool) -> Result<PathBuf, String> {
    let page = page(store, edition, numbers, again)?;
    let kept = store.dir().keep_sheet(&slips::file_name(numbers, again), &page);
    kept.map_err(|error: io::Error| error.to_string())
}

/// Prints what a batch gave out, and says so.
pub(super) fn after(store: &Store, batch: &Batch) -> Vec<Msg> {
    let Ok(editions) = store.editions() else { return Vec::new() };
    let edition = editions.current();
    let told = |(numbers, again): (Slips, bool)| {
        Msg::Told(match print(store, edition, &numbers, again) {
            Ok(path) => Ok(words::printed(&numbers.to_string(), &path.display().to_string())),
            Err(why) => Err(words::not_printed(&numbers.to_string(), &why)),
        })
    };
    pads(batch, edition).into_iter().map(told).collect()
}

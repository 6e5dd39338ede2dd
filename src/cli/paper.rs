//! `dutydesk paper`: prints a pad of numbered call slips. Its numbers are recorded as given out before anything is printed.

use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use super::arguments::Paper;
use super::desk;
use super::failure::{Code, Failure};
use super::output;
use crate::domain::answer::{Answer, Answers, When};
use crate::domain::chance::Chance;
use crate::domain::entry::{Batch, NewEntry, NewSaid, Who};
use crate::domain::ids::{CaseId, EntryId};
use crate::domain::permission::Viewer;
use crate::domain::slips::Slips;
use crate::domain::views::PadRow;
use crate::domain::words::cli as words;
use crate::pathway::definition::{Listed, Means};
use crate::runtime::{clock, printing};
use crate::store::Store;

pub(super) fn run(office: Option<PathBuf>, asked: &Paper) -> Result<Code, Failure> {
    let mut store = desk::open(office)?;
    let (staff, method) = desk::doer(&store, asked.staff.as_deref())?;
    let now = clock::now();
    let viewer = store.viewer_for(staff, now)?;
    let again = asked.again.as_deref().map(|said| again(&store, &viewer, said)).transpose()?;
    let numbers = match (&again, asked.from) {
        (Some((numbers, _)), _) => numbers.clone(),
        (None, from) => {
            let first = from.map_or_else(|| store.slip_numbers(&viewer).map(|all| all.next()), Ok)?;
            Slips::run(first, first.saturating_add(asked.slips - 1))
        }
    };
    let editions = store.editions()?;
    let edition = editions.current();
    let pathway = edition.listed(Listed::Slips).ok_or_else(|| Failure::refused(words::NO_SLIPS_HERE))?;
    let step = match &again {
        None => pathway.opening(),
        Some(_) => pathway.steps.iter().find(|step| step.meaning(Means::SlipsReprinted).is_some()),
    };
    let step = step.ok_or_else(|| Failure::refused(words::NO_SLIPS_HERE))?;
    let (issued, reprinted) = (Means::SlipsIssued, Means::SlipsReprinted);
    let given = if again.is_some() { reprinted } else { issued };
    let mut answers = Answers::new();
    for (means, said) in [(given, numbers.to_string()), (Means::Headline, asked.place.clone())] {
        answers.extend(step.meaning(means).map(|field| (field.id.clone(), Answer::Text(said))));
    }
    if again.is_some() {
        // Why, in the first line that asks for words of one's own.
        let why = step.fields.iter().find(|field| field.means.is_none() && field.required.is_some());
        answers.extend(why.map(|field| (field.id.clone(), Answer::Text(asked.why.clone()))));
    }
    // The page is made, and its file begun, before numbers are given out that could then not be printed.
    let page = printing::page(&store, edition, &numbers, again.is_some()).map_err(Failure::refused)?;
    let out = asked.out.as_deref().map(|path| open(path).map(|file| (path, file))).transpose()?;
    let id = EntryId(clock::SystemChance.uuid());
    let entry = NewEntry {
        id,
        key: id.to_string(),
        case: again.as_ref().map(|(_, pad)| *pad),
        subject: None,
        occurred: When::exact(now),
        reported_at: None,
        who: Who { by: staff, typed_by: staff, method },
        what: NewSaid::Step {
            pathway: pathway.id.clone(),
            step: step.id.clone(),
            on: None,
            answers,
            why_late: None,
            cleared: Default::default(),
        },
    };
    let batch = Batch { entries: vec![entry], ..Batch::default() };
    let receipt = store.append(&viewer, batch, now).inspect_err(|_| {
        if let Some((path, _)) = &out {
            // Nothing was given out: no empty page is left behind.
            let _ = std::fs::remove_file(path);
        }
    })?;
    let placed = match out {
        Some((path, mut file)) => {
            let written = file.write_all(page.as_bytes()).and_then(|()| file.sync_all());
            written.map(|()| path.to_owned()).map_err(|error| error.to_string())
        }
        None => printing::print(&store, edition, &numbers, again.is_some()),
    };
    let reference = receipt.cases.first().map(|(_, reference)| reference.as_str()).unwrap_or_default();
    match placed {
        Ok(path) => output::lines([words::pad_printed(&numbers.to_string(), reference, &path)])?,
        Err(why) => {
            return Err(Failure::cannot_write(words::pad_not_printed(&numbers.to_string(), reference, &why)));
        }
    }
    Ok(Code::Done)
}

/// Numbers that are printed once more, and the pad that has them.
fn again(store: &Store, viewer: &Viewer, said: &str) -> Result<(Slips, CaseId), Failure> {
    let numbers = Slips::read(said).ok_or_else(|| Failure::usage(words::no_such_slips(said)))?;
    let pads = store.pads(viewer)?;
    let has = |pad: &&PadRow| numbers.without(&pad.issued).is_empty();
    let pad = pads.iter().find(has).ok_or_else(|| Failure::usage(words::no_such_slips(said)))?;
    Ok((numbers, pad.case))
}

/// A new file that only its owner may read.
fn open(path: &Path) -> Result<std::fs::File, Failure> {
    let opened = std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path);
    opened.map_err(|error| match error.kind() {
        std::io::ErrorKind::AlreadyExists => Failure::usage(words::file_exists(path)),
        _ => Failure::cannot_write(words::cannot_export(&path.display().to_string(), &error.to_string())),
    })
}

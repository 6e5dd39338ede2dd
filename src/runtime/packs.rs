//! Evidence packs: noting that one left, and writing one into the office's own folder for whoever asks on screen.
//!
//! A remote user names no path. Each record that a pack shows is noted as exported before anything of it is written: in
//! which form, redacted or not, for whom, and the fingerprint by which that very copy is known again.

use std::collections::BTreeSet;
use std::path::PathBuf;

use chrono::{DateTime, Utc};
use sha2::{Digest, Sha256};

use super::clock::SystemChance;
use crate::domain::access::{How, Look};
use crate::domain::act::Act;
use crate::domain::answer::YesNo;
use crate::domain::chance::Chance;
use crate::domain::entry::{Batch, NewEntry, Who};
use crate::domain::ids::{CaseId, EntryId, Hash32};
use crate::domain::measure::Definitions;
use crate::domain::pack::{About, PackAsked};
use crate::domain::permission::Viewer;
use crate::domain::words::handover;
use crate::domain::words::pack as words;
use crate::report::pack::{Pack, gather, governance, html};
use crate::store::{Access, AppendError, Store};

/// Notes that a pack leaves in this form.
///
/// # Errors
/// The list of looks cannot be written; in words.
pub fn note(
    store: &Store,
    viewer: &Viewer,
    asked: &PackAsked,
    pack: &Pack,
    (form, bytes): (&str, &[u8]),
    at: DateTime<Utc>,
) -> Result<(), String> {
    let sha = Hash32(Sha256::digest(bytes).into()).to_string();
    let whom = asked.whom.as_ref().map(|whom| whom.words.as_str());
    let detail = words::noted(asked.about.word(), form, whom, asked.redact, &sha);
    let looks: Vec<Look> = pack
        .shows
        .iter()
        .map(|(subject, case)| {
            let (staff, detail) = (viewer.staff, Some(detail.clone()));
            Look { staff, subject: *subject, case: *case, how: How::Export, detail, at }
        })
        .collect();
    if looks.is_empty() {
        return Ok(());
    }
    let noted = Access::open(store.dir()).map_err(|error| error.to_string());
    noted.and_then(|mut log| log.record(&looks).map_err(|error| error.to_string()))
}

/// Puts on record that a pack was made for somebody outside, in each case and record of which it shows anything: with whoever
/// made it, in which form, and by which fingerprint that very copy is known again.
///
/// # Errors
/// It cannot be written, or they may not; in words.
pub fn disclose(
    store: &mut Store,
    (viewer, who): (&Viewer, Who),
    asked: &PackAsked,
    pack: &Pack,
    (form, bytes): (&str, &[u8]),
    at: DateTime<Utc>,
) -> Result<(), AppendError> {
    let Some(whom) = &asked.whom else { return Ok(()) };
    let copy = Hash32(Sha256::digest(bytes).into());
    let act = Act::Disclose {
        whom: whom.clone(),
        about: asked.about.word().to_owned(),
        form: form.to_owned(),
        redacted: if asked.redact { YesNo::Yes } else { YesNo::No },
        copy,
    };
    let cases: BTreeSet<CaseId> = pack.shows.iter().map(|(subject, case)| case.unwrap_or(*subject)).collect();
    let entry = |case| NewEntry::of_act(EntryId(SystemChance.uuid()), Some(case), who, act.clone(), at);
    let entries: Vec<NewEntry> = cases.into_iter().map(entry).collect();
    if entries.is_empty() {
        return Ok(());
    }
    store.append(viewer, Batch { entries, ..Batch::default() }, at).map(drop)
}

/// Writes the page of a pack, or of a governance report by these measures, into the office's folder, and answers where it lies.
///
/// # Errors
/// It may not be made, cannot be noted, or the disk does not take it; in words.
pub fn print(
    store: &Store,
    viewer: &Viewer,
    definitions: &Definitions,
    asked: &PackAsked,
    now: DateTime<Utc>,
) -> Result<PathBuf, String> {
    let gathered = match asked.about {
        About::Governance => governance(store, viewer, definitions, asked, now).map(Some),
        _ => gather(store, viewer, asked, now, &mut |_, _| true),
    };
    let gathered = gathered.map_err(|error| error.to_string())?;
    let pack = gathered.ok_or_else(|| words::STOPPED.to_owned())?;
    let page = html(&pack)?;
    let zone = store.zone().map_err(|error| error.to_string())?;
    note(store, viewer, asked, &pack, ("html", page.as_bytes()), now)?;
    let reference = pack.cases.first().map(|case| case.reference.to_lowercase()).unwrap_or_default();
    let wall = zone.local(now).format("%Y%m%d-%H%M%S");
    let parts = ["pack", asked.about.word(), &reference, &wall.to_string()];
    let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    let name = format!("{}.html", parts.join("-"));
    store.dir().keep_sheet(&name, &page).map_err(|error| {
        handover::cannot_print(&store.dir().sheets().display().to_string(), &error.to_string())
    })
}

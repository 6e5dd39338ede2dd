//! Evidence packs: noting that one left, and writing one into the office's own folder for whoever asks on screen.
//!
//! A remote user names no path. Each record that a pack shows is noted as exported before anything of it is written: in
//! which form, redacted or not, for whom, and the fingerprint by which that very copy is known again.

pub mod passages;

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use sha2::{Digest, Sha256};

use super::clock::SystemChance;
use super::desk::Around;
use super::seat::Seat;
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
use crate::domain::words::subject as subject_words;
use crate::report::pack::{Pack, gather, governance, html};
use crate::store::{Access, AppendError, OfficeDir, Store};

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
    let detail = words::noted(asked.about.word(), form, asked.whom.as_ref(), asked.redact, &sha);
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

/// What the packing thread makes packs with. It opens the office for each, so that whoever reads meanwhile waits for
/// nothing.
pub(super) struct Packing {
    /// The office.
    pub(super) dir: OfficeDir,
    /// Who sits at the desk.
    pub(super) seat: Seat,
    /// Time and chance.
    pub(super) around: Around,
}

impl Packing {
    /// Writes a pack for whoever sits at the desk, and says where it lies; `None` where it was stopped.
    ///
    /// # Errors
    /// It may not be made, cannot be noted, or the disk does not take it; in words.
    pub(super) fn make(
        &self,
        asked: &PackAsked,
        progress: &mut dyn FnMut(usize, usize) -> bool,
    ) -> Result<Option<String>, String> {
        let now = (self.around.now)();
        let opened = Store::open(&self.dir, (self.around.chance)());
        let mut store = opened.map_err(|error| error.to_string())?;
        let viewer = store.viewer_for(self.seat.looks(), now).map_err(|error| error.to_string())?;
        print(&mut store, &viewer, self.around.measures(), asked, (now, progress))
    }
}

/// Writes the page of a pack, of a governance report by these measures, or the list of passages, into the office's folder, and
/// says where it lies and what else is to be known; `None` where `progress` said to stop. It is there whole or not at all.
///
/// # Errors
/// See [`Packing::make`].
fn print(
    store: &mut Store,
    viewer: &Viewer,
    definitions: &Definitions,
    asked: &PackAsked,
    (now, progress): (DateTime<Utc>, &mut dyn FnMut(usize, usize) -> bool),
) -> Result<Option<String>, String> {
    if let (About::Person(person), true) = (asked.about, asked.for_subject) {
        return print_passages(store, viewer, person, asked, (now, progress));
    }
    let gathered = match asked.about {
        About::Governance => governance(store, viewer, definitions, asked, now).map(Some),
        _ => gather(store, viewer, asked, now, progress),
    };
    let Some(pack) = gathered.map_err(|error| error.to_string())? else { return Ok(None) };
    let page = html(&pack)?;
    // What leaves is signed; where that cannot be, it is said, and the pack is made all the same.
    let unsigned = store.checkpoint(&Viewer::system(), now).err();
    let zone = store.zone().map_err(|error| error.to_string())?;
    let all = pack.shows.len();
    if !progress(all, all) {
        return Ok(None);
    }
    note(store, viewer, asked, &pack, ("html", page.as_bytes()), now)?;
    let reference = pack.cases.first().map(|case| case.reference.to_lowercase()).unwrap_or_default();
    let wall = zone.local(now).format("%Y%m%d-%H%M%S");
    let parts = ["pack", asked.about.word(), &reference, &wall.to_string()];
    let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    let name = format!("{}.html", parts.join("-"));
    let path = keep(store, &name, &page)?;
    let at = words::pack_at(&path.display().to_string());
    let unsigned = unsigned.map(|why| words::not_signed(&why.to_string()));
    Ok(Some([Some(at), unsigned].into_iter().flatten().collect::<Vec<_>>().join(". ")))
}

/// Writes the list of passages of what is on record about a person.
fn print_passages(
    store: &Store,
    viewer: &Viewer,
    person: CaseId,
    asked: &PackAsked,
    (now, progress): (DateTime<Utc>, &mut dyn FnMut(usize, usize) -> bool),
) -> Result<Option<String>, String> {
    let read = passages::read(store, viewer, person, now, progress).map_err(|error| error.to_string())?;
    let Some((pack, passages)) = read else { return Ok(None) };
    let list = passages::list(&passages).map_err(|error| error.to_string())?;
    note(store, viewer, asked, &pack, ("csv", &list), now)?;
    let reference = pack.cases.first().map(|case| case.reference.to_lowercase()).unwrap_or_default();
    let wall = store.zone().map_err(|error| error.to_string())?.local(now).format("%Y%m%d-%H%M%S");
    let list = String::from_utf8(list).map_err(|error| error.to_string())?;
    let path = keep(store, &format!("passages-{reference}-{wall}.csv"), &list)?;
    let open = passages.iter().filter(|passage| passage.is_open()).count();
    Ok(Some(subject_words::to_go_through(&path.display().to_string(), open, passages.len())))
}

fn keep(store: &Store, name: &str, what: &str) -> Result<std::path::PathBuf, String> {
    store.dir().keep_sheet(name, what).map_err(|error| {
        handover::cannot_print(&store.dir().sheets().display().to_string(), &error.to_string())
    })
}

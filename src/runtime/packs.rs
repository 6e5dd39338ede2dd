//! Evidence packs: noting that one left, and writing one into the office's own folder for whoever asks on screen.
//!
//! A remote user names no path. Each record that a pack shows is noted as exported before anything of it is written: in
//! which form, redacted or not, for whom, and the fingerprint by which that very copy is known again.

use chrono::{DateTime, Utc};
use sha2::{Digest, Sha256};

use super::desk::Around;
use super::seat::Seat;
use crate::domain::access::{How, Look};
use crate::domain::ids::Hash32;
use crate::domain::pack::PackAsked;
use crate::domain::permission::Viewer;
use crate::domain::words::handover;
use crate::domain::words::pack as words;
use crate::report::pack::{Pack, gather, html};
use crate::store::{Access, OfficeDir, Store};

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
        print(&mut store, &viewer, asked, now, progress)
    }
}

/// Writes the page of a pack into the office's folder, and says where it lies and what else is to be known; `None` where
/// `progress` said to stop. It is there whole or not at all.
///
/// # Errors
/// See [`Packing::make`].
fn print(
    store: &mut Store,
    viewer: &Viewer,
    asked: &PackAsked,
    now: DateTime<Utc>,
    progress: &mut dyn FnMut(usize, usize) -> bool,
) -> Result<Option<String>, String> {
    let gathered = gather(store, viewer, asked, now, progress).map_err(|error| error.to_string())?;
    let Some(pack) = gathered else { return Ok(None) };
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
    let name = format!("pack-{}-{reference}-{wall}.html", asked.about.word());
    let path = store.dir().keep_sheet(&name, &page).map_err(|error| {
        handover::cannot_print(&store.dir().sheets().display().to_string(), &error.to_string())
    })?;
    let at = words::pack_at(&path.display().to_string());
    let unsigned = unsigned.map(|why| words::not_signed(&why.to_string()));
    Ok(Some([Some(at), unsigned].into_iter().flatten().collect::<Vec<_>>().join(". ")))
}

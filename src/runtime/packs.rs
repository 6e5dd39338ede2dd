//! Evidence packs as bytes: what one is written as, and noting that it left. Writing one into the office's own folder, for
//! whoever asks on screen, is [`making`].
//!
//! Each record that a pack shows is noted as exported before anything of it is written: in
//! which form, redacted or not, for whom, and the fingerprint by which that very copy is known again.

pub(super) mod making;
pub mod passages;

use std::collections::BTreeSet;
use std::io;

use chrono::{DateTime, Utc};
use sha2::{Digest, Sha256};

use super::clock::SystemChance;
use crate::domain::access::{How, Look, NOBODYS};
use crate::domain::act::Act;
use crate::domain::answer::YesNo;
use crate::domain::chance::Chance;
use crate::domain::entry::{Batch, NewEntry, Who};
use crate::domain::ids::{CaseId, EntryId, Hash32};
use crate::domain::pack::{Form, PackAsked};
use crate::domain::permission::Viewer;
use crate::domain::words::pack as words;
use crate::report::pack::{self, Pack};
use crate::report::rows::Writer;
use crate::store::checkpoint::CheckpointError;
use crate::store::{Access, AppendError, Store};

/// A pack in a form.
pub struct Written {
    /// The form.
    pub form: Form,
    /// Its files, each under the name of its table; of a form that is one file, that one without a name.
    pub files: Vec<(String, Vec<u8>)>,
    /// That the record could not be signed with it, in words.
    pub unsigned: Option<String>,
}

impl Written {
    /// All of it, of which it is noted by what fingerprint it is known again.
    pub fn bytes(&self) -> Vec<u8> {
        self.files.iter().flat_map(|(_, bytes)| bytes.iter().copied()).collect()
    }

    /// Whether it is a folder of files.
    pub fn is_folder(&self) -> bool {
        self.form == Form::Csv
    }
}

/// Writes a pack in a form. What leaves is signed: a value is proved by that, of the other forms it is said where it could
/// not be.
///
/// # Errors
/// It cannot be written; a value also where the record cannot be signed.
pub fn written(
    store: &mut Store,
    viewer: &Viewer,
    pack: &Pack,
    form: Form,
    now: DateTime<Utc>,
) -> Result<Written, CheckpointError> {
    let failed = |error: io::Error| CheckpointError::Failed(error.to_string());
    let signed = store.checkpoint(&Viewer::system(), now);
    let unsigned = signed.as_ref().err().map(|why| words::not_signed(&why.to_string()));
    let one = |bytes| vec![(String::new(), bytes)];
    let files = match form {
        Form::Json => {
            let mut value = pack::json(pack);
            pack::prove((pack, &mut value), store, viewer, &signed?, now)?;
            one(pack::file(&value).map_err(|error| failed(error.into()))?)
        }
        Form::Csv => tables(pack).map_err(failed)?,
        Form::Html => one(pack::html(pack).map_err(CheckpointError::Failed)?.into_bytes()),
    };
    Ok(Written { form, files, unsigned })
}

/// The tables of a pack as files: name and bytes.
///
/// # Errors
/// One cannot be written.
pub fn tables(pack: &Pack) -> io::Result<Vec<(String, Vec<u8>)>> {
    let mut files = Vec::new();
    for sheet in pack.sheets() {
        let mut writer = Writer::new(Vec::new())?;
        for row in &sheet.rows {
            writer.row(row.iter().map(String::as_str))?;
        }
        files.push((sheet.name, writer.finish()?));
    }
    Ok(files)
}

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
    looked(store, viewer, &pack.shows, &detail, at)
}

/// Notes that the pack for registration leaves.
///
/// # Errors
/// As of [`note`].
pub fn note_registration(
    store: &Store,
    viewer: &Viewer,
    page: &[u8],
    at: DateTime<Utc>,
) -> Result<(), String> {
    let sha = Hash32(Sha256::digest(page).into()).to_string();
    let detail = words::noted(words::registration::WORD, Form::Html.word(), None, false, &sha);
    looked(store, viewer, &[], &detail, at)
}

/// Notes an export of each of these records; of what shows nobody's, that it was made.
fn looked(
    store: &Store,
    viewer: &Viewer,
    shows: &[(CaseId, Option<CaseId>)],
    detail: &str,
    at: DateTime<Utc>,
) -> Result<(), String> {
    let of_nobody = [(NOBODYS, None)];
    let shows = if shows.is_empty() { of_nobody.as_slice() } else { shows };
    let look = |(subject, case): &(CaseId, Option<CaseId>)| {
        let (staff, detail) = (viewer.staff, Some(detail.to_owned()));
        Look { staff, subject: *subject, case: *case, how: How::Export, detail, at }
    };
    let looks: Vec<Look> = shows.iter().map(look).collect();
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

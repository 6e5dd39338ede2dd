//! The passages of what is on record about a person, as a list for a spreadsheet: somebody goes through it before the person
//! is given a copy. Making the copy from it is left to `dutydesk pack person --for-subject --reviewed`.

use std::io;

use chrono::{DateTime, Utc};

use crate::cli::exchange::sheet::Writer;
use crate::domain::act::Act;
use crate::domain::answer::YesNo;
use crate::domain::entry::Said;
use crate::domain::ids::CaseId;
use crate::domain::pack::{About, PackAsked};
use crate::domain::permission::Viewer;
use crate::domain::words::{disposal, subject as words};
use crate::report::pack::{Pack, gather};
use crate::report::subject::{self, Marks, Passage};
use crate::store::{ReadError, Store};

/// Reads them, with the pack they are from; `None` where `progress` said to stop.
///
/// # Errors
/// As for a pack of the person.
pub fn read(
    store: &Store,
    viewer: &Viewer,
    person: CaseId,
    now: DateTime<Utc>,
    progress: &mut dyn FnMut(usize, usize) -> bool,
) -> Result<Option<(Pack, Vec<Passage>)>, ReadError> {
    let asked = PackAsked::whole(About::Person(person));
    let Some(plain) = gather(store, viewer, &asked, now, progress)? else { return Ok(None) };
    let asked = PackAsked { redact: true, ..asked };
    let Some(redacted) = gather(store, viewer, &asked, now, progress)? else { return Ok(None) };
    let marks = marks(store, viewer, &plain.shows, now)?;
    let passages = subject::passages(&plain, &redacted, &marks);
    Ok(Some((plain, passages)))
}

/// The list.
///
/// # Errors
/// It cannot be written.
pub fn list(passages: &[Passage]) -> io::Result<Vec<u8>> {
    let mut writer = Writer::new(Vec::new())?;
    writer.row(words::HEADS)?;
    for passage in passages {
        writer.row(passage.row().iter().map(String::as_str))?;
    }
    writer.finish()
}

/// What was marked, of several marks on an entry the last.
fn marks(
    store: &Store,
    viewer: &Viewer,
    shows: &[(CaseId, Option<CaseId>)],
    now: DateTime<Utc>,
) -> Result<Marks, ReadError> {
    let mut marks = Marks::new();
    let mut cases: Vec<CaseId> =
        shows.iter().flat_map(|(subject, case)| [Some(*subject), *case]).flatten().collect();
    cases.sort_unstable();
    cases.dedup();
    for case in cases {
        let view = store.case(viewer, case, now)?;
        let mut told: Vec<_> = view.chronology.iter().map(|told| &told.entry).collect();
        told.sort_unstable_by_key(|entry| entry.seq);
        for entry in told {
            if let Said::Act(Act::Withhold { entry: of, withheld, ground, reason }) = &entry.said {
                let is = *withheld == YesNo::Yes;
                marks.insert(*of, (is, disposal::withheld(is, *ground, reason)));
            }
        }
    }
    Ok(marks)
}

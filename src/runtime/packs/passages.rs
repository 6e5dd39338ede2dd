//! The passages of what is on record about a person, as a list for a spreadsheet: somebody goes through it before the person
//! is given a copy; and the copy that is made from it.

use std::{fmt, io};

use chrono::{DateTime, Utc};
use sha2::{Digest, Sha256};

use crate::domain::act::Act;
use crate::domain::answer::YesNo;
use crate::domain::entry::Said;
use crate::domain::ids::{CaseId, Hash32};
use crate::domain::pack::{About, PackAsked};
use crate::domain::permission::Viewer;
use crate::domain::time::display;
use crate::domain::words::{disposal, subject as words};
use crate::report::pack::{NotGathered, Pack, gather};
use crate::report::rows::{self, Writer};
use crate::report::subject::{self, Decided, Marks, Passage};
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
) -> Result<Option<(Pack, Vec<Passage>)>, NotGathered> {
    // Gathered twice, it is told as one: the first half, and the other.
    let asked = PackAsked::whole(About::Person(person));
    let half = &mut |done, all| progress(done / 2, all);
    let Some(plain) = gather(store, viewer, &asked, now, half)? else { return Ok(None) };
    let asked = PackAsked { redact: true, theirs: true, ..asked };
    let half = &mut |done, all| progress((all + done) / 2, all);
    let Some(redacted) = gather(store, viewer, &asked, now, half)? else { return Ok(None) };
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

/// A copy for the person.
pub struct Copied {
    /// The page.
    pub page: String,
    /// That it was given, for the person's record.
    pub act: Act,
    /// How many passages were withheld.
    pub withheld: usize,
    /// All that is on record about them, which it is of.
    pub of: Pack,
}

impl Copied {
    /// How it is noted that it was made: as redacted where anything was withheld.
    pub fn asked(&self, person: CaseId) -> PackAsked {
        PackAsked { redact: self.withheld > 0, ..PackAsked::whole(About::Person(person)) }
    }
}

/// Why there is no copy.
#[derive(Debug)]
pub enum NotCopied {
    /// The list is none, or does not hold; in words, a line for each row.
    List(String),
    /// The record cannot be read.
    Read(NotGathered),
    /// The page could not be filled; in words.
    Page(String),
}

impl fmt::Display for NotCopied {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::List(why) | Self::Page(why) => f.write_str(why),
            Self::Read(error) => error.fmt(f),
        }
    }
}

impl From<NotGathered> for NotCopied {
    fn from(error: NotGathered) -> Self {
        Self::Read(error)
    }
}

impl From<ReadError> for NotCopied {
    fn from(error: ReadError) -> Self {
        NotGathered::from(error).into()
    }
}

/// Makes the copy from the bytes of a list that was gone through; `None` where `progress` said to stop.
///
/// # Errors
/// See [`NotCopied`].
pub fn copy(
    store: &Store,
    viewer: &Viewer,
    person: CaseId,
    list: &[u8],
    (now, progress): (DateTime<Utc>, &mut dyn FnMut(usize, usize) -> bool),
) -> Result<Option<Copied>, NotCopied> {
    let Some((of, passages)) = read(store, viewer, person, now, progress)? else { return Ok(None) };
    let sheet = rows::read(list).map_err(NotCopied::List)?;
    let heads = sheet.headings.iter().map(|head| head.trim());
    if sheet.headings.len() < words::HEADS.len() || heads.zip(words::HEADS).any(|(one, head)| one != head) {
        return Err(NotCopied::List(words::NOT_A_LIST.to_owned()));
    }
    let rows: Vec<_> = sheet.rows.into_iter().map(|row| (row.line, row.cells)).collect();
    let decided = subject::decisions(&passages, &rows).map_err(|wrong| NotCopied::List(wrong.join("\n")))?;
    let (office, name) = (store.office()?.name, store.record(viewer, person)?.name);
    let made_on = display::date(store.zone()?.day(now));
    let page =
        subject::copy(&of, (&office, &name, &made_on), &passages, &decided).map_err(NotCopied::Page)?;
    let withheld = decided.iter().filter(|one| **one == Decided::Withhold).count();
    let sha = |bytes: &[u8]| Hash32(Sha256::digest(bytes).into());
    let act = Act::GiveCopy {
        copy: sha(page.as_bytes()),
        list: sha(list),
        withheld: u64::try_from(withheld).unwrap_or(u64::MAX),
    };
    Ok(Some(Copied { page, act, withheld, of }))
}

/// What was marked, of several marks on an entry the last; a mark is also on what corrects the entry, agrees to it or does not.
fn marks(
    store: &Store,
    viewer: &Viewer,
    shows: &[(CaseId, Option<CaseId>)],
    now: DateTime<Utc>,
) -> Result<Marks, ReadError> {
    let (mut marks, mut about) = (Marks::new(), Vec::new());
    let mut cases: Vec<CaseId> =
        shows.iter().flat_map(|(subject, case)| [Some(*subject), *case]).flatten().collect();
    cases.sort_unstable();
    cases.dedup();
    for case in cases {
        let view = store.case(viewer, case, now)?;
        let mut told: Vec<_> = view.chronology.iter().map(|told| &told.entry).collect();
        told.sort_unstable_by_key(|entry| entry.seq);
        for entry in told {
            match &entry.said {
                Said::Act(Act::Withhold { entry: of, withheld, ground, reason }) => {
                    let is = *withheld == YesNo::Yes;
                    marks.insert(*of, (is, disposal::withheld(is, *ground, reason)));
                }
                Said::Act(
                    Act::Amend { entry: of, .. }
                    | Act::ConfirmTyped { entry: of, .. }
                    | Act::Countersign { entry: of, .. },
                ) => about.push((entry.id, *of)),
                _ => {}
            }
        }
    }
    for (entry, of) in about {
        if let Some(mark) = marks.get(&of).cloned() {
            marks.entry(entry).or_insert(mark);
        }
    }
    Ok(marks)
}

//! Sheets on the office's own disk: a remote user names no path, so they go into its `sheets/` and nowhere else.
//!
//! Printing shows people's records. Each person on the sheet is noted as printed before anything is written.

use std::path::PathBuf;

use chrono::{DateTime, Utc};

use crate::domain::access::{How, Look};
use crate::domain::ids::{CaseId, EntryId};
use crate::domain::measure::Definitions;
use crate::domain::permission::Viewer;
use crate::domain::sheet::{OverAll, Wanted};
use crate::domain::time::Zone;
use crate::domain::words::handover as words;
use crate::domain::words::sheets as sheet_words;
use crate::insight::handover::subjects;
use crate::report::handover::{With, html, text};
use crate::report::sheets as report;
use crate::store::{Access, ReadError, Store};

/// Writes the sheet of a handover, as HTML and as text, and answers with the two files.
///
/// # Errors
/// The handover may not be read, the looks cannot be noted, or the disk does not take it; in words.
pub fn print(
    store: &Store,
    viewer: &Viewer,
    id: EntryId,
    now: DateTime<Utc>,
) -> Result<[PathBuf; 2], String> {
    let read = || -> Result<_, ReadError> {
        let view = store.handover(viewer, id)?;
        Ok((view, store.office()?, store.roles()?, store.zone()?, store.called(viewer)?))
    };
    let (view, office, roles, zone, by) = read().map_err(|error| error.to_string())?;
    let with = With { office: &office, roles: &roles, zone, now, by: &by };
    let (page, plain) = (html(&view, with)?, text(&view, with));
    note(store, viewer, subjects(view.handover.lines.iter().map(|handed| &handed.line)), now)?;
    keep(store, "handover", zone, now, [&page, &plain])
}

/// Writes a composed sheet, as HTML and as text, and answers with the two files. The card is never printed: it shows what is
/// kept sealed.
///
/// # Errors
/// It may not be read, is one that is never printed, the look cannot be noted, or the disk does not take it; in words.
pub fn print_sheet(
    store: &Store,
    viewer: &Viewer,
    wanted: &Wanted,
    measures: &Definitions,
    now: DateTime<Utc>,
) -> Result<[PathBuf; 2], String> {
    let said = |error: ReadError| error.to_string();
    let name = match wanted {
        Wanted::Card { .. } => return Err(sheet_words::NOT_PRINTED.to_owned()),
        Wanted::Sbard { .. } => "sbard",
        Wanted::Guide { .. } => "guide",
        Wanted::Page { .. } => "page",
        Wanted::Decisions { .. } => "decisions",
        Wanted::Trends { .. } => "trends",
        Wanted::Sign(_) => "sign",
        Wanted::Audit { .. } => "audit",
        Wanted::OverAll(OverAll::Tags) => "tags",
        Wanted::OverAll(OverAll::Judged) => "judged",
        Wanted::OverAll(OverAll::Patterns) => "patterns",
        Wanted::OverAll(OverAll::Answers) => "answers",
    };
    let sheet = report::compose(store, viewer, wanted, measures, now).map_err(said)?;
    let (office, zone) = (store.office().map_err(said)?, store.zone().map_err(said)?);
    let by = store.called(viewer).map_err(said)?;
    let with = report::Printed { office: &office, zone, now, by: &by };
    let (page, plain) = (report::html(&sheet, with)?, report::text(&sheet, with));
    note(store, viewer, sheet.subject.map(|subject| (subject, sheet.case)).into_iter().collect(), now)?;
    keep(store, name, zone, now, [&page, &plain])
}

/// Puts a page and its text into the office's folder. Printed twice in one second it is the same sheet.
fn keep(
    store: &Store,
    name: &str,
    zone: Zone,
    now: DateTime<Utc>,
    [page, plain]: [&str; 2],
) -> Result<[PathBuf; 2], String> {
    let (directory, wall) = (store.dir().sheets(), zone.local(now).format("%Y%m%d-%H%M%S"));
    let keep = |ending: &str, said: &str| {
        let kept = store.dir().keep_sheet(&format!("{name}-{wall}.{ending}"), said);
        kept.map_err(|error| words::cannot_print(&directory.display().to_string(), &error.to_string()))
    };
    Ok([keep("html", page)?, keep("txt", plain)?])
}

fn note(
    store: &Store,
    viewer: &Viewer,
    subjects: Vec<(CaseId, Option<CaseId>)>,
    at: DateTime<Utc>,
) -> Result<(), String> {
    let look = |(subject, case): (CaseId, Option<CaseId>)| {
        let case = case.filter(|case| *case != subject);
        Look { staff: viewer.staff, subject, case, how: How::Print, detail: None, at }
    };
    let looks: Vec<Look> = subjects.into_iter().map(look).collect();
    if looks.is_empty() {
        return Ok(());
    }
    let noted = Access::open(store.dir()).map_err(|error| error.to_string());
    noted.and_then(|mut log| log.record(&looks).map_err(|error| error.to_string()))
}

//! `dutydesk looks`: who looked at whose record, how and when; and `dutydesk look-beyond`: opening one that is not one's
//! own, with a reason.

use std::path::PathBuf;

use chrono::{DateTime, Days, Utc};

use super::arguments::{LookBeyond, Looks};
use super::desk::{self, Desk};
use super::failure::{Code, Failure};
use super::{output, show, table};
use crate::domain::access::{How, LookRow, Sought};
use crate::domain::act::Act;
use crate::domain::chance::Chance;
use crate::domain::clean::Clean;
use crate::domain::entry::{Batch, NewEntry, Who};
use crate::domain::ids::EntryId;
use crate::domain::time::display;
use crate::domain::words::cli as words;
use crate::runtime::clock::SystemChance;
use crate::store::{ReadError, Store};

/// Looks asked of the store at a time.
const AT_ONCE: u32 = 500;

pub(super) fn run(office: Option<PathBuf>, asked: &Looks) -> Result<Code, Failure> {
    let desk = desk::look(office, &asked.looking)?;
    match list(&desk, asked) {
        Err(failure) if failure.code == Code::Refused => {
            desk.refused(words::LOOKS, None)?;
            Err(failure)
        }
        listed => listed,
    }
}

fn list(desk: &Desk, asked: &Looks) -> Result<Code, Failure> {
    let rows = if asked.waiting { desk.store.beyond_waiting(&desk.viewer)? } else { sought(desk, asked)? };
    if asked.looking.json {
        output::json(&rows)?;
        return Ok(Code::Done);
    }
    if rows.is_empty() {
        output::lines([words::NOTHING_LISTED])?;
        return Ok(Code::Done);
    }
    let cells = |row: &LookRow| {
        let how = if row.waits.is_some() { words::TO_BE_SEEN } else { row.how.word() };
        let at = display::stamp(row.at, desk.zone);
        [
            at,
            row.staff.clone(),
            how.to_owned(),
            row.subject.clone(),
            row.reference.clone(),
            row.detail.clone(),
        ]
    };
    let cells: Vec<Vec<String>> = rows.iter().map(|row| cells(row).into()).collect();
    output::lines(table::lines(&words::HEADS_LOOKS, &cells, output::width()))?;
    Ok(Code::Done)
}

/// The looks that are asked for, page by page up to the limit.
fn sought(desk: &Desk, asked: &Looks) -> Result<Vec<LookRow>, Failure> {
    let day = |said: Option<&str>| {
        let day = said.map(|said| desk::day(desk, said)).transpose();
        day.map(|day| day.map(|day| desk.zone.start_of_day(day)))
    };
    let after = |at: DateTime<Utc>| {
        let day = desk.zone.day(at);
        desk.zone.start_of_day(day.checked_add_days(Days::new(1)).unwrap_or(day))
    };
    let staff = asked.by.as_deref().map(|said| desk::staff_named(&desk.store, said)).transpose()?;
    let sought = Sought {
        subject: asked.person.as_deref().map(|said| show::person_named(desk, said)).transpose()?,
        staff: staff.map(|row| row.id),
        how: asked.how,
        since: day(asked.since.as_deref())?,
        until: day(asked.until.as_deref())?.map(after),
    };
    let mut rows: Vec<LookRow> = Vec::new();
    loop {
        let left = asked.limit.saturating_sub(u32::try_from(rows.len()).unwrap_or(u32::MAX)).min(AT_ONCE);
        let last = rows.last().map(|row| row.seq);
        let page =
            if left == 0 { Vec::new() } else { desk.store.looks(&desk.viewer, &sought, last, left)? };
        if page.is_empty() {
            return Ok(rows);
        }
        rows.extend(page);
    }
}

/// Reads a way of looking on the command line.
pub(super) fn how(word: &str) -> Result<How, String> {
    How::of(word).ok_or_else(|| words::ways_of_looking(&How::ALL.map(How::word)))
}

/// Opens a record that is not one's own for whoever types, on the screen and here, for as long as the office lets it.
pub(super) fn beyond(office: Option<PathBuf>, asked: &LookBeyond) -> Result<Code, Failure> {
    let mut store = desk::open(office)?;
    let now = crate::runtime::clock::now();
    let (staff, method) = desk::doer(&store, asked.staff.as_deref())?;
    let viewer = store.viewer_for(staff, now)?;
    let which = Clean::line(&asked.which);
    let found = store.beyond_reach(&viewer, &which);
    if let Err(ReadError::Denied(_)) = &found {
        desk::refused(&store, staff, words::LOOK_BEYOND, None, now)?;
    }
    let subject = found?;
    let reason = Clean::notes(&asked.reason).to_string();
    if reason.trim().is_empty() {
        return Err(Failure::usage(words::WHY_BEYOND));
    }
    let id = EntryId(SystemChance.uuid());
    let entry = NewEntry::of_act(
        id,
        None,
        Who { by: staff, typed_by: staff, method },
        Act::LookBeyond { subject, reason },
        now,
    );
    store.append(&viewer, Batch { entries: vec![entry], ..Batch::default() }, now)?;
    output::lines([until(&store, staff, now)?])?;
    Ok(Code::Done)
}

fn until(
    store: &Store,
    staff: Option<crate::domain::ids::CaseId>,
    now: DateTime<Utc>,
) -> Result<String, Failure> {
    let zone = store.zone()?;
    let beyond = store.viewer_for(staff, now)?.beyond;
    Ok(words::open_until(&beyond.last().map(|one| display::stamp(one.until, zone)).unwrap_or_default()))
}

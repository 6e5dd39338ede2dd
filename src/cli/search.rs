//! `dutydesk search`: everything that a few words mean, as a table for each kind or as JSON.

use std::path::PathBuf;

use super::arguments::Search;
use super::desk::{self, Desk};
use super::failure::{Code, Failure};
use super::{output, table};
use crate::domain::search::{Found, Group, Hit, Why};
use crate::domain::time::display;
use crate::domain::views::{CaseRow, RecordRow};
use crate::domain::words::app::SEARCH;
use crate::domain::words::cli as words;
use crate::domain::words::ui;
use crate::store::ReadError;

pub(super) fn run(office: Option<PathBuf>, asked: &Search) -> Result<Code, Failure> {
    let desk = desk::look(office, &asked.looking)?;
    let found = desk.store.search(&desk.viewer, &asked.words.join(" "), asked.limit);
    if matches!(found, Err(ReadError::Denied(_))) {
        desk.refused(SEARCH[0], None)?;
    }
    let found = found?;
    if asked.looking.json {
        let groups = found.groups.into_iter();
        let more = |group: Group| Group { more: group.more || found.is_bounded, ..group };
        output::json(&groups.map(more).collect::<Vec<_>>())?;
        return Ok(Code::Done);
    }
    let mut lines = Vec::new();
    for group in &found.groups {
        let heads = match group.hits.first().map(|hit| &hit.found) {
            Some(Found::Record(_)) => words::HEADS_FOUND_RECORDS.as_slice(),
            _ => words::HEADS_FOUND_CASES.as_slice(),
        };
        let rows: Vec<Vec<String>> = group.hits.iter().map(|hit| cells(&desk, hit)).collect();
        if !lines.is_empty() {
            lines.push(String::new());
        }
        lines.push(ui::kind(&group.kind));
        lines.extend(table::lines(heads, &rows, output::width()));
        if group.more {
            lines.push(words::FOUND_MORE.to_owned());
        }
    }
    if lines.is_empty() {
        lines.push(words::NOTHING_FOUND.to_owned());
    }
    lines.extend(found.is_bounded.then(|| ui::BOUNDED.to_owned()));
    output::lines(lines)?;
    Ok(Code::Done)
}

fn cells(desk: &Desk, hit: &Hit) -> Vec<String> {
    let mut cells = match &hit.found {
        Found::Record(row) => record(row),
        Found::Case(row) => case(desk, row),
    };
    cells.push(match &hit.why {
        Why::Said { title, quote, .. } => {
            let said: String = quote.iter().map(|piece| piece.text.as_str()).collect();
            words::said_in(title, &said)
        }
        Why::Nearly => ui::NEARLY.to_owned(),
        Why::Reference | Why::Itself | Why::About => String::new(),
    });
    cells
}

fn record(row: &RecordRow) -> Vec<String> {
    vec![
        row.name.clone(),
        row.born.map(display::date).unwrap_or_default(),
        row.nhs.as_deref().map(words::nhs_spaced).unwrap_or_default(),
        row.place.clone().unwrap_or_default(),
        row.phone.clone().unwrap_or_default(),
    ]
}

fn case(desk: &Desk, row: &CaseRow) -> Vec<String> {
    let level = row.level.as_ref().map(|level| level.label.to_uppercase());
    vec![
        row.reference.clone(),
        display::short(row.opened_at, desk.now, desk.zone),
        level.unwrap_or_default(),
        row.subject.as_ref().map(|subject| subject.name.clone()).unwrap_or_default(),
        row.headline.clone().unwrap_or_default(),
    ]
}

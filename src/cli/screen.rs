//! `dutydesk` without a command: the screen, and from there to the practice office and back.

use std::path::PathBuf;

use super::arguments::Example;
use super::desk::{account, at, office_dir};
use super::example;
use super::failure::{Code, Failure};
use super::output;
use crate::domain::words::cli as words;
use crate::pathway::edition::Edition;
use crate::runtime::event_loop::Ended;
use crate::runtime::office::{Options, open, read_ahead, screen};
use crate::runtime::terminal;
use crate::settings;
use crate::store::OfficeDir;

/// Calls of a practice office: enough that every pane has something in it.
const PRACTICE_CALLS: u64 = 120;

/// Runs the screen of an office until the person leaves. Whoever leaves the practice office is back in their own:
/// there the real call waits.
pub(super) fn run(office: Option<PathBuf>, theme: Option<String>) -> Result<Code, Failure> {
    read_ahead(Edition::read_ahead);
    let dir = office_dir(office)?;
    while show(&dir, theme.clone())? == Ended::Practice {
        practice()
            .and_then(|practice| show(&practice, theme.clone()))
            // The terminal was kept for it.
            .inspect_err(|_| terminal::restore())?;
    }
    Ok(Code::Done)
}

fn show(dir: &OfficeDir, theme: Option<String>) -> Result<Ended, Failure> {
    let cannot = |error: color_eyre::Report| Failure::cannot_open(format!("{error:#}"));
    let store = open(dir, &mut output::waits_for_founder, &mut *output::counting(words::derived_anew));
    let store = store.map_err(cannot)?;
    let staff = account(&store)?;
    screen(store, &Options { theme, staff, door: None, station: settings::office::station() }).map_err(cannot)
}

/// The practice office, made on the first visit.
fn practice() -> Result<OfficeDir, Failure> {
    let dir = settings::office::practice().map_err(|error| Failure::cannot_open(error.to_string()))?;
    let office = at(dir.clone());
    if !office.exists() {
        example::make(&Example { dir, cases: PRACTICE_CALLS, seed: 1, now: None })?;
    }
    Ok(office)
}

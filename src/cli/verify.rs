//! `dutydesk verify`: is everything in the record still as it was written?

use std::path::PathBuf;

use super::desk;
use super::failure::{Code, Failure};
use super::output;
use crate::domain::permission::Viewer;
use crate::domain::words::cli as words;
use crate::store::Fault;

/// Says what was checked and, where something does not hold, what and where. Nobody's words are shown, so that
/// whoever can read the files may ask.
pub(super) fn run(office: Option<PathBuf>) -> Result<Code, Failure> {
    let store = desk::open(office)?;
    let mut progress = output::counting(words::progress);
    let found = store.verify(&Viewer::system(), &mut *progress)?;
    let mut lines = words::verified(found.entries, &found.head.to_string());
    if found.looks > 0 {
        lines.push(words::verified_looks(found.looks, &found.looks_head.to_string()));
    }
    if found.checkpoints > 0 {
        lines.push(words::verified_checkpoints(found.checkpoints));
    }
    match &found.fault {
        None => lines.push(words::ALL_HOLDS.to_owned()),
        Some(fault) => lines.push(words::does_not_hold(&in_words(fault))),
    }
    output::lines(lines)?;
    Ok(if found.fault.is_some() { Code::DoesNotHold } else { Code::Done })
}

fn in_words(fault: &Fault) -> String {
    match fault {
        Fault::Entry { seq, says } => words::fault_entry(*seq, says),
        Fault::Derived { table, row } => words::fault_derived(table, row),
        Fault::Look { .. } | Fault::LooksGone { .. } | Fault::Checkpoint { .. } => fault.to_string(),
        Fault::File { says } => words::fault_file(says),
    }
}

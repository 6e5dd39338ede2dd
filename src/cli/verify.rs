//! `dutydesk verify`: is everything in the record still as it was written?

use std::path::PathBuf;

use super::desk;
use super::failure::{Code, Failure};
use super::output;
use crate::domain::permission::Viewer;
use crate::domain::words::audit as audit_words;
use crate::domain::words::cli as words;
use crate::runtime::clock;
use crate::store::{Fault, Store};

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
    let altered = altered(&store)?;
    let holds = found.fault.is_none() && altered.is_empty();
    lines.extend(altered);
    output::lines(lines)?;
    Ok(if holds { Code::Done } else { Code::DoesNotHold })
}

/// Samples of audits that do not come out again from what is kept with them, by reference and what differs.
fn altered(store: &Store) -> Result<Vec<String>, Failure> {
    let audits = store.audits(&Viewer::system(), clock::now(), u32::MAX)?;
    let altered = audits.iter().filter(|row| row.audit.same_again == Some(false));
    Ok(altered.map(|row| audit_words::not_as_drawn(&row.reference, &row.audit.differs)).collect())
}

fn in_words(fault: &Fault) -> String {
    match fault {
        Fault::Entry { seq, says } => words::fault_entry(*seq, says),
        Fault::Derived { table, row } => words::fault_derived(table, row),
        Fault::Look { .. } | Fault::LooksGone { .. } | Fault::Checkpoint { .. } => fault.to_string(),
        Fault::File { says } => words::fault_file(says),
    }
}

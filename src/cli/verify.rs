//! `dutydesk verify`: is everything in the record still as it was written? And `dutydesk verify PACK`: is everything in a
//! pack that left an office? That needs no office.

use std::fs;
use std::path::{Path, PathBuf};

use clap::Args;

use super::checkpoint;
use super::desk;
use super::failure::{Code, Failure};
use super::output;
use crate::domain::checkpoint::PublicKey;
use crate::domain::permission::Viewer;
use crate::domain::words::audit as audit_words;
use crate::domain::words::cli as words;
use crate::domain::words::pack::proof as pack_words;
use crate::report::pack::{self, Expected};
use crate::runtime::clock;
use crate::store::{Fault, Store};

#[derive(Debug, Args)]
pub(super) struct Verify {
    /// An evidence pack in JSON, from whichever office; the record of the office here where none is named
    #[arg(value_name = "PACK")]
    pub pack: Option<PathBuf>,
    /// The public key that should have signed the pack, as its office gave it to you
    #[arg(long, requires = "pack")]
    pub key: Option<PublicKey>,
    /// The file of a witness of that office: its key should have signed the pack
    #[arg(long, value_name = "FILE", requires = "pack", conflicts_with = "key")]
    pub witness: Option<PathBuf>,
    /// Taken as by every command; whoever verifies is shown nothing of anybody, so nothing is noted of them
    #[arg(long = "as", value_name = "STAFF", env = "DUTYDESK_AS")]
    pub staff: Option<String>,
}

pub(super) fn run(office: Option<PathBuf>, asked: &Verify) -> Result<Code, Failure> {
    match &asked.pack {
        Some(path) => of_pack(path, asked),
        None => of_record(office),
    }
}

/// Says of a pack what was checked, by which key it is signed, and every place that does not hold.
fn of_pack(path: &Path, asked: &Verify) -> Result<Code, Failure> {
    let bytes = fs::read(path);
    let bytes = bytes.map_err(|error| Failure::usage(words::cannot_read_file(path, &error.to_string())))?;
    let mut expected = Expected { key: asked.key.clone(), seen: None };
    if let Some(kept) = &asked.witness {
        let nothing = || Failure::usage(words::not_kept_by_a_witness(kept));
        let (key, seen) = checkpoint::seen(kept)?.ok_or_else(nothing)?;
        expected = Expected { key: Some(key), seen: Some(seen) };
    }
    let found = pack::verify(&bytes, &expected);
    let (entries, bodies) = found.entries;
    let mut lines = Vec::new();
    if entries > 0 {
        lines.push(pack_words::checked(found.shown, entries, bodies));
    }
    if let Some(signed) = &found.checkpoint {
        let made = signed.made.map(|at| at.to_rfc3339()).unwrap_or_default();
        lines.push(pack_words::signed(signed.size, &signed.root.to_string(), &made));
        let seen = expected
            .seen
            .as_ref()
            .filter(|_| found.is_signed())
            .map(|seen| pack_words::witness_agrees(seen.size, signed.size));
        lines.extend(seen);
    }
    if let Some(key) = &found.key {
        lines.push(pack_words::by_key(
            &key.to_string(),
            found.is_signed() && expected.key.as_ref() == Some(key),
        ));
    }
    let holds = found.faults.is_empty();
    lines.push(match (holds, expected.key.is_some()) {
        (true, true) => pack_words::HOLDS.to_owned(),
        (true, false) => pack_words::HOLDS_TO_ITSELF.to_owned(),
        (false, _) => pack_words::does_not_hold(found.faults.len()),
    });
    lines.extend(found.faults.iter().map(|fault| pack_words::fault(&fault.place.to_string(), &fault.says)));
    output::lines(lines)?;
    Ok(if holds { Code::Done } else { Code::DoesNotHold })
}

/// Says what was checked and, where something does not hold, what and where. Nobody's words are shown, so that
/// whoever can read the files may ask.
fn of_record(office: Option<PathBuf>) -> Result<Code, Failure> {
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

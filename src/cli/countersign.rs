//! `dutydesk countersign`: a second person's word on an entry that wants two.

use std::path::PathBuf;

use clap::Args;

use super::failure::{Code, Failure};
use super::{desk, record};
use crate::domain::act::Act;
use crate::domain::answer::YesNo;
use crate::domain::chance::Chance;
use crate::domain::entry::{Batch, NewEntry, Who};
use crate::domain::ids::EntryId;
use crate::domain::words::cli as words;
use crate::runtime::clock;

#[derive(Debug, Args)]
pub(super) struct Countersign {
    /// The entry's number in `list countersign`, or its id
    #[arg(value_name = "ENTRY")]
    pub entry: String,
    /// Refuse it, and why: it then never has effect
    #[arg(long, value_name = "WHY")]
    pub refuse: Option<String>,
    /// Who agrees, by a name on the staff list
    #[arg(long = "as", value_name = "STAFF", env = "DUTYDESK_AS")]
    pub staff: Option<String>,
}

pub(super) fn run(office: Option<PathBuf>, asked: &Countersign) -> Result<Code, Failure> {
    let (mut store, now) = (desk::open(office)?, clock::now());
    let (staff, method) = desk::doer(&store, asked.staff.as_deref())?;
    let viewer = store.viewer_for(staff, now)?;
    let waiting = store.to_countersign(&viewer, now)?;
    let is_it = |entry: &crate::domain::entry::Entry| {
        asked.entry == entry.seq.to_string() || asked.entry == entry.id.to_string()
    };
    let row = waiting.iter().find(|row| is_it(&row.entry));
    let row = row.ok_or_else(|| Failure::usage(words::nothing_waits_there(&asked.entry)))?;
    let id = EntryId(clock::SystemChance.uuid());
    let agrees = if asked.refuse.is_some() { YesNo::No } else { YesNo::Yes };
    let note = asked.refuse.clone().unwrap_or_default();
    let entry = NewEntry::of_act(
        id,
        row.entry.case,
        Who { by: staff, typed_by: staff, method },
        Act::Countersign { entry: row.entry.id, agrees, note },
        now,
    );
    let seen = row.entry.case.zip(row.seen).into_iter().collect();
    let batch = Batch { entries: vec![entry], seen, ..Batch::default() };
    record::answer(&store.append(&viewer, batch, now)?)
}

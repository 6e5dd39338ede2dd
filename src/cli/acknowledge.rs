//! `dutydesk acknowledge`: somebody has seen what is owed in a case. The bell is silent about it for them alone.

use std::path::PathBuf;

use clap::Args;

use super::failure::{Code, Failure};
use super::{desk, record};
use crate::domain::act::Act;
use crate::domain::chance::Chance;
use crate::domain::clean::Clean;
use crate::domain::entry::{Batch, NewEntry, Who};
use crate::domain::ids::EntryId;
use crate::domain::words::cli as words;
use crate::runtime::clock;

#[derive(Debug, Args)]
pub(super) struct Acknowledge {
    /// The case (U-1184)
    #[arg(value_name = "CASE")]
    pub case: String,
    /// What of it: its number in `show`, or its id; all that is still owed where none is named
    #[arg(long, value_name = "N|COMMITMENT")]
    pub on: Vec<String>,
    /// Who has seen it, by a name on the staff list
    #[arg(long = "as", value_name = "STAFF", env = "DUTYDESK_AS")]
    pub staff: Option<String>,
}

pub(super) fn run(office: Option<PathBuf>, asked: &Acknowledge) -> Result<Code, Failure> {
    let (mut store, now) = (desk::open(office)?, clock::now());
    let (staff, method) = desk::doer(&store, asked.staff.as_deref())?;
    let viewer = store.viewer_for(staff, now)?;
    let case = store.case_by_reference(&viewer, &Clean::line(&asked.case))?;
    let state = store.case(&viewer, case, now)?.state;
    let what = match asked.on.as_slice() {
        [] => {
            state.commitments.iter().filter(|one| one.progress.is_open()).map(|one| one.id.clone()).collect()
        }
        named => {
            named.iter().map(|on| record::commitment(Some(&state), on)).collect::<Result<Vec<_>, _>>()?
        }
    };
    if what.is_empty() {
        return Err(Failure::usage(words::NOTHING_OWED.to_owned()));
    }
    let id = EntryId(clock::SystemChance.uuid());
    let who = Who { by: staff, typed_by: staff, method };
    let entry = NewEntry::of_act(id, Some(case), who, Act::Acknowledge { what }, now);
    let batch = Batch { entries: vec![entry], ..Batch::default() };
    record::answer(&store.append(&viewer, batch, now)?)
}

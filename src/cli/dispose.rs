//! `dutydesk dispose` and `dutydesk hold`: what would go and what keeps it, a proposal, a legal hold placed or lifted. A second
//! person agrees to a proposal with `dutydesk countersign`.

use std::path::PathBuf;

use clap::Args;

use super::desk::Desk;
use super::failure::{Code, Failure};
use super::{desk, output, record, show};
use crate::domain::act::Act;
use crate::domain::chance::Chance;
use crate::domain::clean::Clean;
use crate::domain::disposal::Disposable;
use crate::domain::entry::{Batch, NewEntry, Who};
use crate::domain::ids::{CaseId, EntryId};
use crate::domain::words::disposal as words;
use crate::runtime::clock;
use crate::store::ReadError;

use super::arguments::Looking;

/// What stands for all handover sheets whose time is over.
const HANDOVERS: &str = "handovers";
/// What stands for what was written for the office as a whole.
const OFFICE: &str = "office";

#[derive(Debug, Args)]
pub(super) struct Dispose {
    /// A case (U-1184), a person (a name, an NHS number or an id), another record (S-4), `handovers`, or `office` for what was
    /// written for the office as a whole
    #[arg(value_name = "CASE|PERSON|handovers|office", required_unless_present = "wipe")]
    pub which: Option<String>,
    /// Propose it: a second person, different, then agrees with `dutydesk countersign`, or refuses
    #[arg(long)]
    pub propose: bool,
    /// Overwrite what an earlier disposal may have left in free space of the files, while no other desk is open
    #[arg(long, conflicts_with_all = ["which", "propose"])]
    pub wipe: bool,
    #[command(flatten)]
    pub looking: Looking,
}

#[derive(Debug, Args)]
pub(super) struct Hold {
    /// A case (U-1184), a person (a name, an NHS number or an id), or another record (a place, L-2): all that is about it or stands
    /// there is held with it
    #[arg(value_name = "CASE|PERSON")]
    pub which: String,
    /// What it is held for: which claim, inquiry or request
    #[arg(long = "for", value_name = "WORDS", required_unless_present = "lift")]
    pub held_for: Option<String>,
    /// Lift every hold that stands on it and does not wait to be lifted yet, and why: a second person, different, then agrees
    /// with `dutydesk countersign`
    #[arg(long, value_name = "WHY", conflicts_with = "held_for")]
    pub lift: Option<String>,
    /// Who does it, by a name on the staff list
    #[arg(long = "as", value_name = "STAFF", env = "DUTYDESK_AS")]
    pub staff: Option<String>,
}

pub(super) fn run(office: Option<PathBuf>, asked: &Dispose) -> Result<Code, Failure> {
    let mut desk = desk::look(office, &asked.looking)?;
    let Some(which) = &asked.which else {
        desk.store.wipe()?;
        output::lines([words::WIPED])?;
        return Ok(Code::Done);
    };
    let what = match Clean::line(which).as_str() {
        HANDOVERS => Disposable::Handovers,
        OFFICE => Disposable::Office,
        which => Disposable::Case(named(&desk, which)?),
    };
    let due = match desk.store.disposal_of(&desk.viewer, what, desk.now) {
        Err(ReadError::NotFound) => return Err(Failure::usage(words::NOTHING_DUE.to_owned())),
        due => due?,
    };
    if !asked.propose {
        match asked.looking.json {
            true => output::json(&due)?,
            false => output::lines([
                format!("{} {} {}", due.kind, due.reference, due.name).trim_end().to_owned(),
                words::why(&due),
                words::goes(&due),
                words::stands(&due),
                words::PROPOSAL.to_owned(),
            ])?,
        }
        return Ok(Code::Done);
    }
    let (staff, method) = desk::doer(&desk.store, asked.looking.staff.as_deref())?;
    let who = Who { by: staff, typed_by: staff, method };
    let (act, case) = due.act();
    let entry = NewEntry::of_act(EntryId(clock::SystemChance.uuid()), case, who, act, desk.now);
    let batch = Batch { entries: vec![entry], ..Batch::default() };
    record::answer(&desk.store.append(&desk.viewer, batch, desk.now)?)
}

pub(super) fn hold(office: Option<PathBuf>, asked: &Hold) -> Result<Code, Failure> {
    let looking = Looking { staff: asked.staff.clone(), json: false };
    let mut desk = desk::look(office, &looking)?;
    let case = named(&desk, &Clean::line(&asked.which))?;
    let (staff, method) = desk::doer(&desk.store, asked.staff.as_deref())?;
    let who = Who { by: staff, typed_by: staff, method };
    let acts = match (&asked.held_for, &asked.lift) {
        (Some(reason), _) => vec![Act::Hold { reason: Clean::line(reason).to_string() }],
        (None, why) => {
            let reason = Clean::line(why.as_deref().unwrap_or_default()).to_string();
            let view = desk.store.case(&desk.viewer, case, desk.now)?;
            let holds = view.holds_to_lift();
            if holds.is_empty() && !view.state.holds.is_empty() {
                return Err(Failure::refused(words::LIFTING_WAITS));
            }
            holds.into_iter().map(|hold| Act::LiftHold { hold, reason: reason.clone() }).collect()
        }
    };
    if acts.is_empty() {
        return Err(Failure::usage(words::NOT_HELD.to_owned()));
    }
    let entry = |act| NewEntry::of_act(EntryId(clock::SystemChance.uuid()), Some(case), who, act, desk.now);
    let batch = Batch { entries: acts.into_iter().map(entry).collect(), ..Batch::default() };
    record::answer(&desk.store.append(&desk.viewer, batch, desk.now)?)
}

/// A case or record by its reference, or a person by name.
fn named(desk: &Desk, which: &str) -> Result<CaseId, Failure> {
    match desk.store.case_by_reference(&desk.viewer, which) {
        Err(ReadError::NotFound) => show::person_named(desk, which),
        found => Ok(found?),
    }
}

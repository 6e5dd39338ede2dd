//! Read models: what the store hands to screens, commands and reports. Plain data, already restricted to what the
//! viewer may see. Words for states and ages are left to whoever shows them.

mod audit;
mod handover;
mod judged;
mod listed;
mod locations;
mod owed;
mod owning;
mod pages;
mod past;
mod providers;
mod queues;
mod record;
mod reviews;
mod signs;
mod tags;
mod told;
mod word;

pub use audit::*;
pub use handover::*;
pub use judged::*;
pub use listed::*;
pub use locations::*;
pub use owed::*;
pub use owning::*;
pub use pages::*;
pub use past::*;
pub use providers::*;
pub use queues::*;
pub use record::*;
pub use reviews::*;
pub use signs::*;
pub use tags::*;
pub use told::*;
pub use word::*;

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use serde::Serialize;

use super::act::Act;
use super::answer::{Owed, When};
use super::bell::{self, Tally, Ticking};
use super::case::{CaseState, Facts, Level};
use super::commitment::Commitment;
use super::draft::DraftRow;
use super::entry::{Caution, Said};
use super::eyes::Eyes;
use super::ids::{CaseId, EntryId, Seq};
use super::permission::Viewer;
use super::rota::Rota;
use super::secret::Barred;

/// Rows of a list and how many there are in all.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Page<T> {
    /// The rows.
    pub rows: Vec<T>,
    /// How many the list holds, this page or not.
    pub total: u64,
}

impl<T> Default for Page<T> {
    fn default() -> Self {
        Self { rows: Vec::new(), total: 0 }
    }
}

/// Records that were looked for by a few letters.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Finds {
    /// Those that have what was typed.
    pub page: Page<RecordRow>,
    /// Where there are few of them: those whose names are written or heard nearly like it.
    pub nearly: Vec<RecordRow>,
}

/// The dashboard: one read transaction.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Board {
    /// The last entry it shows.
    pub seq: Seq,
    /// When that was recorded.
    pub recorded_at: Option<DateTime<Utc>>,
    /// The latest time under which any of the last entries was recorded: ahead of now where a clock was set back.
    pub latest: Option<DateTime<Utc>>,
    /// The office.
    pub office: Office,
    /// Urgent calls, newest first: today's and whatever is still open.
    pub calls: Page<CallRow>,
    /// Calls since the day began.
    pub calls_today: u64,
    /// Calls still waiting for a decision, also those that stand only as stubs.
    pub undecided: u64,
    /// Open commitments of urgent cases: undecided calls first, by risk, then the rest, soonest due first.
    pub escalations: Page<OwedRow>,
    /// Promises of others that are late or fall due today, latest first.
    pub overdue: Page<OwedRow>,
    /// Unfinished forms.
    pub drafts: Vec<DraftRow>,
    /// Finished forms that are not in the record yet, because the ledger could not be written.
    pub not_yet: u64,
    /// The rota: who holds each duty follows from it at any time from now on.
    pub rota: Arc<Rota>,
    /// Nobody has said who they are, so that only the office itself stands here.
    pub sealed: bool,
    /// Why whoever reads it sees nothing of the record but the office itself, where that is so.
    pub denied: Option<String>,
    /// Who reads it, with the roles and duties they have as it was read and for whom they act.
    pub reader: Viewer,
    /// Entries typed for the viewer that wait for their confirmation.
    pub to_confirm: u64,
    /// Calls taken while nobody was signed in that nobody has signed yet.
    pub unsigned: u64,
    /// PINs or passphrases are asked for in this office: a desk where nobody is signed in shows nothing of anybody.
    pub guarded: bool,
    /// What too many wrong ones have locked, each in words; empty for whoever may not unlock.
    pub barred: Vec<(Barred, String)>,
    /// Handovers with lines that nobody has taken, newest first.
    pub handovers: Vec<HandoverRow>,
    /// Who handed over the shift that ended when, of the last day.
    pub handed: Vec<(CaseId, DateTime<Utc>)>,
    /// Entries that wait for a second person, who may be the viewer.
    pub to_countersign: u64,
    /// Everything owed that is late or will be within [`AHEAD`], as far as the clock goes: what is counted at the head of
    /// each screen, and what rings.
    pub ticking: Vec<Ticking>,
    /// Things that are offered to the viewer, or to a duty or role they hold.
    pub offered: u64,
    /// Those whose whereabouts everybody has to know first: who is missing.
    pub first: Vec<RecordRow>,
    /// Kind of service of each location, the choice's id.
    pub services: BTreeMap<CaseId, String>,
    /// What became of the numbers of paper slips.
    pub slips: SlipNumbers,
    /// The organisations whoever takes is warned of.
    pub cautions: Vec<Caution>,
    /// Visits that begin within a day, or should have begun, for which nobody has been found.
    pub uncovered: u64,
    /// What is known of warning signs.
    pub signs: SignsAtHand,
}

impl Board {
    /// How much of a queue is late, as of `now`, where more of it is open than the rows that were read; they tell it otherwise.
    pub fn tally(&self, queue: Queue, now: DateTime<Utc>) -> Option<Tally> {
        let (page, of_queue): (_, fn(&&Ticking) -> bool) = match queue {
            Queue::Escalations => (&self.escalations, |one| one.urgent),
            Queue::Overdue => (&self.overdue, |one| one.outside),
            Queue::Owed => return None,
        };
        let is_cut = (page.rows.len() as u64) < page.total;
        is_cut.then(|| bell::tally(self.ticking.iter().filter(of_queue), now))
    }
}

/// How far ahead of now a dashboard knows what will be late: it is read again before then.
pub const AHEAD: TimeDelta = TimeDelta::days(2);

/// The office as headers show it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Office {
    /// Its name; empty before it is set up.
    pub name: String,
    /// IANA name of its zone.
    pub zone: String,
    /// A practice or example office.
    pub training: bool,
    /// How many locations it has.
    pub locations: u64,
    /// How many members of staff are on its list.
    pub staff: u64,
}

/// A row of the urgent call log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CallRow {
    /// The case.
    pub case: CaseId,
    /// Its short reference ("U-1184").
    pub reference: String,
    /// The person or other subject.
    pub subject: Option<RecordRow>,
    /// Whom it is about in the words that were typed, where nobody on record was taken; else empty.
    pub said_of: String,
    /// When the call came.
    pub called: When,
    /// What is known by meaning.
    pub facts: Facts,
    /// Fields of its records that ought to be answered and are not.
    pub missing: u32,
    /// Whether it is closed.
    pub closed: bool,
    /// What is owed next, in the order of open escalations, if anything is.
    pub next: Option<Commitment>,
    /// Its rank among open escalations; [`LOOKING_BACK`] where nothing is owed.
    pub next_rank: u8,
    /// Who saw the person and who will; `None` once it is closed. For screens: commands list it apart.
    #[serde(skip)]
    pub eyes: Option<Eyes>,
    /// The last entry that touched it.
    pub version: Seq,
}

/// A row of a list of cases.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CaseRow {
    /// The case.
    pub id: CaseId,
    /// Its short reference.
    pub reference: String,
    /// The pathway's id.
    pub pathway: String,
    /// The person or other subject.
    pub subject: Option<RecordRow>,
    /// Whom it is about in the words that were typed, where nobody on record was taken; otherwise empty.
    pub said_of: String,
    /// Its state's id.
    pub state: String,
    /// Whether it is closed.
    pub closed: bool,
    /// When it was opened.
    pub opened_at: DateTime<Utc>,
    /// A few words that name the matter.
    pub headline: Option<String>,
    /// Present risk, the choice's id.
    pub risk: Option<String>,
    /// How that risk is shown and how much it weighs.
    pub level: Option<Level>,
    /// Open commitments.
    pub owed: u32,
    /// What it is, and the state it stands in, in the words of its pathway.
    pub kind: String,
    /// What of it is owed next, soonest due first.
    pub next: Option<Box<Commitment>>,
}

/// How many cases of a pathway are open, and how many are closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct CaseCount {
    /// Open.
    pub open: u64,
    /// Closed.
    pub closed: u64,
}

/// Everything a case screen shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseView {
    /// Its short reference.
    pub reference: String,
    /// The record that is kept, where this is one of a register that was merged away.
    pub merged: Option<Merged>,
    /// Records that are read as this one, where it is one of a register.
    pub duplicates: Vec<Merged>,
    /// Its state.
    pub state: CaseState,
    /// The person or other subject, for the banner.
    pub subject: Option<RecordRow>,
    /// Whom it is about in the words that were typed, where nobody on record was taken; else empty.
    pub said_of: String,
    /// Its chronology, by when things happened.
    pub chronology: Vec<Told>,
    /// What happened in the cases that were opened for the same matter, by when it happened: to be read in one row with
    /// its own chronology.
    pub elsewhere: Vec<Elsewhere>,
    /// What a register's record owes in other cases (an organisation that was asked), soonest first.
    pub owes: Vec<OwedRow>,
    /// What is owed about the record, in whichever case, soonest first.
    pub about: Vec<OwedRow>,
    /// What is owed in the case itself and does not go on by itself once it is closed, soonest first: not reviews, and
    /// not the completion of what is written. Of a register's record nothing.
    pub own: Vec<OwedRow>,
    /// Other open cases of the same person, linked ones that may be seen, and those in which the record owes something.
    pub others: Vec<CaseRow>,
    /// Who relies on the organisation that the case is about, where a form of its pathway asks for them.
    pub relying: Vec<Relying>,
    /// What the forms of its pathway are filled with from the record of whom it is about and from their other cases: first
    /// the record, then cases, the newest entry first. Empty where no form of the pathway asks for any.
    pub past: Vec<Past>,
    /// Names of all records spoken of, by id.
    pub names: BTreeMap<CaseId, String>,
    /// Warning signs about it that nobody has answered, and those that somebody has; of a record those about its cases, too.
    pub signs: Vec<SignRow>,
}

impl CaseView {
    /// The pathways of the open cases that it is linked with, as far as they may be seen.
    pub fn linked(&self) -> Vec<String> {
        let linked = self.others.iter().filter(|row| self.state.links.contains(&row.id) && !row.closed);
        linked.map(|row| row.pathway.clone()).collect()
    }

    /// The legal holds of which it waits for nobody yet that they are lifted, the last one placed last.
    pub fn holds_to_lift(&self) -> Vec<EntryId> {
        let waits = |id| self.state.entries.iter().any(|mark| mark.id == id && mark.awaits_second());
        let lifting = |hold: &EntryId| {
            self.chronology.iter().any(|told| match &told.entry.said {
                Said::Act(Act::LiftHold { hold: of, .. }) => of == hold && waits(told.entry.id),
                _ => false,
            })
        };
        self.state.holds.iter().copied().filter(|hold| !lifting(hold)).collect()
    }

    /// What a form that is recorded here asks about, each: what is owed about the record, or in the case itself.
    pub fn asked_about(&self) -> Vec<Owed> {
        // What is settled by recording it on this record is not asked about there.
        let is_here = |row: &&OwedRow| {
            let pathway = row.commitment.step.as_deref().and_then(|step| step.split_once('.'));
            pathway.is_some_and(|(register, _)| register == self.state.pathway)
        };
        // That it be closed ends with it.
        let is_idle = |row: &&OwedRow| row.commitment.id.place == Commitment::IDLE;
        let asked = self.about.iter().chain(&self.own).filter(|row| !is_here(row) && !is_idle(row));
        asked.map(OwedRow::named).collect()
    }
}

/// A stub: what is left where a record stood that belonged to somebody else.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Moved {
    /// The case that moved.
    pub case: CaseId,
    /// Its short reference, which is struck here.
    pub reference: String,
    /// When it moved.
    pub at: DateTime<Utc>,
    /// Who moved it, by name; empty where nobody had said who they were.
    pub by: String,
    /// Why.
    pub reason: String,
}

/// A merge of two records, as either shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Merged {
    /// The other record: the one that is kept, or the one that is read as it.
    pub record: CaseId,
    /// The record that was kept in that merge, which may have been merged with a third since.
    pub into: CaseId,
    /// Its short reference.
    pub reference: String,
    /// Its name, as it is written there.
    pub name: String,
    /// When they were merged.
    pub at: DateTime<Utc>,
    /// Who merged them, by name; empty where nobody had said who they were.
    pub by: String,
    /// Why.
    pub reason: String,
}

/// What is shown of a person: the record and all that is open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonView {
    /// The record.
    pub record: RecordRow,
    /// Their cases, open ones first, newest first.
    pub cases: Vec<CaseRow>,
    /// All that is owed about them, soonest first.
    pub owed: Vec<OwedRow>,
    /// Stubs of records that stood here and belonged to somebody else.
    pub moved: Vec<Moved>,
    /// The record that is kept, where this one was merged away: all that was open here stands there.
    pub merged: Option<Merged>,
    /// Records that are read as this one.
    pub duplicates: Vec<Merged>,
    /// Warning signs about them and their cases that nobody has answered.
    pub signs: Vec<SignRow>,
}

/// Somebody who was taken in a form: who they are, and what is open about them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    /// Their record.
    pub record: RecordRow,
    /// Their open urgent calls, newest first.
    pub calls: Vec<TakenCall>,
    /// How many other cases about them are open.
    pub others: usize,
}

/// An open urgent call about somebody who was taken in a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TakenCall {
    /// The call.
    pub case: CaseRow,
    /// When the call came, which is before it was written down.
    pub called: DateTime<Utc>,
    /// When 999 was rung in it.
    pub rung: Option<When>,
}

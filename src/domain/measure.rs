//! What measures sum over: one row of facts for each case, one for each thing that was promised or owed as an action, one
//! for each attempt to reach somebody outside; what a measure is, for which time and part of the office it is asked, and
//! the figures that come out.
//!
//! The rows are kept by the store with each entry and hold ids and times only; summing them is left to
//! [`crate::insight::measures`]. Times are milliseconds since 1970 in UTC.

mod asked;
mod define;
mod figure;

use super::case::Milestone;
use super::ids::{CaseId, EntryId};

pub use asked::{Asked, By, Period, Span};
pub use define::{Better, Definition, Definitions, Group, Over, Sum, Target, Test, Theme};
pub use figure::{
    Chart, Figure, Line, Overview, Part, Pattern, PatternRow, Patterns, Record, Records, Worth,
};

/// A time in milliseconds.
pub type Millis = i64;

/// What is known of a case, by meaning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseFact {
    /// When it counts: when the call came, when the visit began that it is about, otherwise when it was opened.
    pub at: Millis,
    /// The case.
    pub case: CaseId,
    /// Its pathway.
    pub pathway: String,
    /// Whom it is about.
    pub subject: Option<CaseId>,
    /// Where.
    pub location: Option<CaseId>,
    /// Its access class.
    pub class: Option<CaseId>,
    /// Present risk, the choice's id.
    pub risk: Option<String>,
    /// When each milestone was first reached, in the order of [`Milestone::ALL`].
    pub reached: [Option<Millis>; Milestone::ALL.len()],
    /// A bit for each of them whose time is known by the day only, or not at all.
    pub vague: u16,
    /// By when it was first to be decided.
    pub decide_by: Option<Millis>,
    /// By when it was first to be reviewed.
    pub review_by: Option<Millis>,
    /// Who was told, by the choice's id, and when last.
    pub told: Vec<(String, Millis)>,
    /// What led to it and what is waited for: ids of choices.
    pub tags: Vec<String>,
    /// Which ways were decided on: ids of choices.
    pub routes: Vec<String>,
    /// How it ended, the choice's id.
    pub ended: Option<String>,
    /// Whether it is closed.
    pub closed: bool,
    /// Whether advice was followed, where somebody has said so.
    pub followed: Option<bool>,
    /// Whether care or controls changed, where somebody has said so.
    pub changed: Option<bool>,
    /// Whether it is treated as a complaint, where that was asked.
    pub complaint: Option<bool>,
    /// Opened for a matter for which another case had been opened before.
    pub again: bool,
    /// Whether the note was written in the same visit, where that was asked.
    pub same_visit: Option<bool>,
    /// Whether nothing that its opening step asks is still left blank, where it may be saved with blanks.
    pub complete: Option<bool>,
    /// What it is about, by the list of themes: ids of choices.
    pub themes: Vec<String>,
    /// How the effects that were meant came out, 1 to 5, by the field's id.
    pub effects: Vec<(String, i64)>,
}

impl CaseFact {
    /// When it reached the milestone.
    pub fn reached(&self, milestone: Milestone) -> Option<Millis> {
        self.reached[place(milestone)]
    }

    /// Whether that time is known too roughly to be measured from or to.
    pub fn is_vague(&self, milestone: Milestone) -> bool {
        self.vague & (1 << place(milestone)) != 0
    }
}

/// Where a milestone stands among all of them.
pub fn place(milestone: Milestone) -> usize {
    Milestone::ALL.iter().position(|one| *one == milestone).unwrap_or_default()
}

/// What kind of thing owed a row of facts is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Owes {
    /// Somebody outside owes it.
    Promise,
    /// One of ours does, by a row of a form that says so.
    Action,
    /// The review of an interim control.
    Control,
}

impl Owes {
    /// All of them, by the number under which they are kept.
    pub const ALL: [Owes; 3] = [Owes::Promise, Owes::Action, Owes::Control];
}

/// How something owed came to an end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Ending {
    /// Confirmed done.
    Done,
    /// They will not.
    Refused,
    /// No longer wanted.
    Cancelled,
    /// Something newer stands in its place.
    Superseded,
}

impl Ending {
    /// All of them, by the number under which they are kept.
    pub const ALL: [Ending; 4] = [Ending::Done, Ending::Refused, Ending::Cancelled, Ending::Superseded];
}

/// What is not yet late: times are said to the minute.
pub const A_MINUTE: Millis = 60_000;

/// What became of a promise, held against the time that was first given for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Done by that time.
    Kept,
    /// Done later.
    Late,
    /// Not done, and its time has passed; called off only after it; or they will not.
    Never,
    /// Its time has not passed.
    Open,
    /// Called off before its time: neither kept nor broken.
    CalledOff,
}

impl Outcome {
    /// What became of what was due then; `ended` is how the last of what stood in its place ended, and when. What something newer
    /// stands in the place of is still owed where that cannot be seen.
    pub fn of(due: Millis, ended: Option<(Ending, Millis)>, now: Millis) -> Self {
        let in_time = |at: Millis| at - due < A_MINUTE;
        match ended {
            Some((Ending::Done, at)) if in_time(at) => Outcome::Kept,
            Some((Ending::Done, _)) => Outcome::Late,
            Some((Ending::Cancelled, at)) if in_time(at) => Outcome::CalledOff,
            Some((Ending::Superseded, _)) | None if in_time(now) => Outcome::Open,
            Some(_) | None => Outcome::Never,
        }
    }
}

/// Something owed, from when it came into force until it ended. A promise that was chased is several of them, each in the
/// place of the one before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PromiseFact {
    /// When it ended; [`PromiseFact::OPEN`] while it has not.
    pub ended: Millis,
    /// Its id.
    pub id: EntryId,
    /// The case.
    pub case: CaseId,
    /// What kind of thing it is.
    pub owes: Owes,
    /// Who owes it: a record's id, a role's, or somebody's name.
    pub who: String,
    /// Where.
    pub location: Option<CaseId>,
    /// Its access class.
    pub class: Option<CaseId>,
    /// When it came into force.
    pub since: Millis,
    /// When its clock started.
    pub started: Millis,
    /// When it is due; where no time was given, when it is to be asked for.
    pub due: Millis,
    /// Whether that time was given by whoever owes it.
    pub timed: bool,
    /// How it ended.
    pub how: Option<Ending>,
    /// How often it had been chased.
    pub chased: u32,
    /// In whose place it stands, in this case or another.
    pub supersedes: Option<EntryId>,
}

impl PromiseFact {
    /// The end of what has not ended.
    pub const OPEN: Millis = Millis::MAX;

    /// How it ended, and when.
    pub fn ending(&self) -> Option<(Ending, Millis)> {
        Some((self.how?, self.ended))
    }

    /// Whether it is still owed.
    pub fn is_open(&self) -> bool {
        self.how.is_none()
    }
}

/// An attempt to reach somebody outside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContactFact {
    /// When.
    pub at: Millis,
    /// The case.
    pub case: CaseId,
    /// Its place among those of the case.
    pub place: u32,
    /// Who: a record's id, or a name.
    pub who: String,
    /// How it ended, the choice's id.
    pub outcome: String,
    /// Where.
    pub location: Option<CaseId>,
    /// Its access class.
    pub class: Option<CaseId>,
}

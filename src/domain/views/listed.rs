//! Rows of the office's own lists: visits and shifts to be covered, paper slips, what was shared. Its tasks stand as what
//! is owed.

use chrono::{DateTime, Utc};
use serde::Serialize;

use super::RecordRow;
use crate::domain::answer::When;
use crate::domain::case::{Level, Visit};
use crate::domain::ids::{CaseId, EntryId};
use crate::domain::share::Share;
use crate::domain::slips::Slips;

/// A visit or shift that somebody has to be found for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct VisitRow {
    /// The case.
    pub case: CaseId,
    /// Its short reference; empty where the record is restricted and not for the viewer.
    pub reference: String,
    /// Who is to be visited.
    pub subject: Option<RecordRow>,
    /// The place by name, where a shift there is meant.
    pub place: Option<String>,
    /// The visit. Of a restricted record its times, whose worker was to come and who comes instead: nobody must be left
    /// out of a list of those who are without cover.
    pub visit: Visit,
    /// Its state's id.
    pub state: String,
    /// Whether the case is closed.
    pub closed: bool,
    /// Present risk.
    pub level: Option<Level>,
    /// Whom to ask, where the record is restricted and not for the viewer.
    pub ask: Option<String>,
}

/// Which visits a list holds.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct VisitFilter {
    /// Words that the name of the provider has, whose worker was to come or who covers.
    pub provider: Option<String>,
    /// Beginning at this time or later. With either limit closed ones are listed too.
    pub from: Option<DateTime<Utc>>,
    /// Beginning before this time.
    pub until: Option<DateTime<Utc>>,
}

/// A pad of numbered slips.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PadRow {
    /// The case.
    pub case: CaseId,
    /// Its short reference.
    pub reference: String,
    /// When it was given out.
    pub opened_at: DateTime<Utc>,
    /// Where it lies, or what it is for, in words.
    pub headline: Option<String>,
    /// Whether it was put away.
    pub closed: bool,
    /// All its numbers.
    pub issued: Slips,
    /// Those that are void.
    pub void: Slips,
    /// Those that a record was entered from.
    pub entered: Slips,
    /// The next blank one, as somebody last looked.
    pub blank: Option<u32>,
    /// Those before it that are neither entered nor void: somebody took something down that is not in the record.
    pub unaccounted: Slips,
}

/// What became of all slip numbers, for a form that asks for one.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct SlipNumbers {
    /// Given out on a pad.
    pub issued: Slips,
    /// Void.
    pub void: Slips,
    /// Entered already.
    pub entered: Slips,
}

impl SlipNumbers {
    /// The first number that no pad has had yet.
    pub fn next(&self) -> u32 {
        self.issued.last().map_or(1, |last| last + 1)
    }
}

/// Something that was shared, with what was decided and done in its case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ShareRow {
    /// The case.
    pub case: CaseId,
    /// Its short reference.
    pub reference: String,
    /// The pathway's id.
    pub pathway: String,
    /// Whom it is about.
    pub subject: Option<RecordRow>,
    /// The place by name, where one is known.
    pub place: Option<String>,
    /// A few words that name the matter.
    pub headline: Option<String>,
    /// What was shared, with whom, when, how and on which basis.
    pub share: Share,
    /// When the case was decided first, if it was.
    pub decided: Option<When>,
    /// The last advice received, shortened.
    pub advice: Option<String>,
    /// How many things are still owed in it.
    pub owed: u64,
    /// Whether it is closed.
    pub closed: bool,
    /// How it ended, where it has.
    pub ended: Option<String>,
}

impl ShareRow {
    /// What the row is: its entry, and the row of that where it has several.
    pub fn id(&self) -> EntryId {
        self.share.entry.derived(&format!("share.{}", self.share.row.map_or(0, |row| row + 1)))
    }
}

/// Which of what was shared a list holds.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct ShareFilter {
    /// About this person or other subject.
    pub subject: Option<CaseId>,
    /// Words that the name of whoever was told has.
    pub with: Option<String>,
    /// Told at this time or later.
    pub from: Option<DateTime<Utc>>,
    /// Told before this time.
    pub until: Option<DateTime<Utc>>,
    /// Only what was shared without the person's agreement, with its reason.
    pub without_agreement: bool,
}

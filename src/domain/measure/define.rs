//! What a measure is: which rows it looks at, which of them it counts, and what is asked of those. An office writes its
//! own in `measures.toml`; what can be asked is this closed list.

use chrono::TimeDelta;
use serde::Deserialize;

use super::CaseFact;
use super::asked::By;
use crate::domain::case::Milestone;

/// All that `measures.toml` says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Definitions {
    /// Under which headings they stand, in order.
    pub groups: Vec<Group>,
    /// The measures, in the order of the file.
    pub measures: Vec<Definition>,
    /// Themes, each of several choices of other lists.
    pub themes: Vec<Theme>,
    /// How a contact ended that reached nobody: ids of choices.
    pub unanswered: Vec<String>,
    /// Who is told what came of a call: ids of choices.
    pub care_team: Vec<String>,
    /// Cases that ended so are not counted at all: ids of choices.
    pub not_counted: Vec<String>,
    /// Ways to go that lead to nobody outside: ids of choices.
    pub nobody_outside: Vec<String>,
    /// What stands as a gap where contact took longer.
    pub contact_within: TimeDelta,
}

impl Definitions {
    /// The measure of this id.
    pub fn measure(&self, id: &str) -> Option<&Definition> {
        self.measures.iter().find(|one| one.id == id)
    }

    /// The theme of this id.
    pub fn theme(&self, id: &str) -> Option<&Theme> {
        self.themes.iter().find(|one| one.id == id)
    }
}

/// A heading.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Group {
    /// Its id.
    pub id: String,
    /// Its words.
    pub title: String,
}

/// What a matter is about.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Theme {
    /// Its id.
    pub id: String,
    /// Its words.
    pub title: String,
    /// The choices by which it is known: what led to a call, what is waited for, themes that somebody has chosen.
    pub choices: Vec<String>,
}

impl Theme {
    /// Whether a case is of it: by what led to it, what is waited for, or the themes that somebody has chosen.
    pub fn is_of(&self, case: &CaseFact) -> bool {
        case.tags.iter().chain(&case.themes).any(|id| self.choices.contains(id))
    }
}

/// One measure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Definition {
    /// Its id.
    pub id: String,
    /// The heading under which it stands.
    pub group: String,
    /// Its words in a list.
    pub title: String,
    /// What is counted and what is not, in full.
    pub says: String,
    /// Which rows it looks at.
    pub over: Over,
    /// Only those of these pathways; all where there are none.
    pub cases: Vec<String>,
    /// Only those of which all of this holds.
    pub of: Vec<Test>,
    /// What is asked of them.
    pub sum: Sum,
    /// What is better.
    pub better: Better,
    /// By what it can be split.
    pub by: Vec<By>,
    /// By which of these it stands on the page of patterns.
    pub pattern: Vec<By>,
    /// How many days before, or to either side, another case counts, for what asks for that.
    pub days: i64,
    /// The pathways of those other cases.
    pub near: Vec<String>,
    /// The ids of endings that are asked for.
    pub ended: Vec<String>,
    /// Counted over so many months up to the end of each period, in place of the period itself.
    pub months: Option<u32>,
}

/// Which rows a measure looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Over {
    /// Cases, each once, when it began.
    #[default]
    Cases,
    /// What others promised, when it was first due.
    Promises,
    /// What of it is owed at the end of the period.
    PromisesOpen,
    /// Actions of ours, when they were first due.
    Actions,
    /// Interim controls in force at the end of the period.
    ControlsOpen,
    /// Attempts to reach somebody outside.
    Contacts,
    /// Effects that were meant, one row for each, when the case began.
    Effects,
}

/// What is asked of the rows that count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sum {
    /// How many they are.
    Count,
    /// Of how many this holds.
    Share(Test),
    /// How long it took from the one to the other.
    Time {
        /// From when.
        from: Milestone,
        /// To when.
        to: Milestone,
        /// Within which time it was to be.
        within: Target,
    },
    /// How long past its time it was done.
    Lateness,
    /// How often it was chased, on average.
    Chases,
}

/// Within which time something was to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// By when it was owed in each case, by the rule that held then.
    Owed,
    /// Within this time.
    Within(TimeDelta),
    /// No time is set.
    None,
}

/// What can be asked of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Test {
    /// A decision was owed.
    DecisionOwed,
    /// Decided by when that was owed.
    DecidedInTime,
    /// A review was owed.
    ReviewOwed,
    /// Reviewed by when that was owed.
    ReviewedInTime,
    /// The way it goes was decided.
    Decided,
    /// Somebody outside was contacted.
    Contacted,
    /// Contacted on the day of the call.
    ContactedSameDay,
    /// Advice was received.
    Advised,
    /// It was reviewed.
    Reviewed,
    /// It is closed.
    Closed,
    /// Whoever reviewed it has said whether advice was followed.
    AskedIfFollowed,
    /// Advice was followed.
    Followed,
    /// Care or controls changed.
    CareChanged,
    /// The care team was told after the decision.
    CareTeamTold,
    /// Whoever rang was told what came of it, and has it.
    CallerTold,
    /// Another such case about the same person came within the days before.
    Repeated,
    /// Another of the same theme did.
    RepeatedTheme,
    /// It is about somebody.
    AboutSomebody,
    /// There was a gap in working together.
    Gap,
    /// It ended in one of the ways that are asked for.
    Ended,
    /// A case of one of the other pathways about the same person lies within the days to either side.
    Near,
    /// It is treated as a complaint.
    Complaint,
    /// It was asked whether the note was written in the same visit.
    AskedIfSameVisit,
    /// It was.
    SameVisit,
    /// It may be saved with blanks.
    MayLackAnswers,
    /// Nothing that was asked at first is left blank.
    Complete,
    /// A time was given with it.
    Timed,
    /// Its time has passed, or it was done before: whether it was kept is known.
    Known,
    /// Done by the time that was first given.
    Kept,
    /// Done later than that.
    Late,
    /// Past that time and not done, refused, or called off when it was late.
    Never,
    /// Past its time at the end of the period.
    Overdue,
    /// Nobody was reached.
    Unanswered,
    /// It came out better.
    Better,
}

/// What is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Better {
    /// More of it.
    More,
    /// Less of it.
    Less,
    /// Neither: it says what happened.
    #[default]
    Neither,
}

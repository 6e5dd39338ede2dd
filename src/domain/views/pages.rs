//! What is read over many cases for one page: decisions with whose they are and who was told; what was counted, time after
//! time; what the records say of an organisation. Making a page of it is left to `insight::sheets`.

use chrono::{DateTime, Utc};

use crate::domain::answer::When;
use crate::domain::ids::CaseId;

/// A decision that was made in a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecisionRow {
    /// The case.
    pub case: CaseId,
    /// Its short reference.
    pub reference: String,
    /// Whom or what it is about, by name.
    pub about: Option<String>,
    /// When it was made.
    pub at: When,
    /// The step in which it stands.
    pub step: String,
    /// What was decided.
    pub what: String,
    /// Whose decision it is.
    pub owner: String,
    /// Why.
    pub why: Option<String>,
    /// Who shared in it, where it was made jointly.
    pub shared: Option<String>,
    /// Who did not agree, and why.
    pub disagreed: Option<String>,
    /// Who was told in the case from then on until it was decided anew, each with when.
    pub told: Vec<(String, When)>,
}

/// Which decisions are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct DecisionFilter {
    /// In cases about this record.
    pub about: Option<CaseId>,
    /// Only those that were made jointly, or to which somebody did not agree.
    pub joint: bool,
}

/// What was counted of somebody or somewhere, and what the records themselves say, over time.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Trends {
    /// Of whom or what, by name.
    pub name: String,
    /// Each number that was counted again and again, the oldest first.
    pub counted: Vec<Counted>,
    /// What the records say by themselves, week by week.
    pub weekly: Vec<Weekly>,
}

/// A number that was counted again and again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted {
    /// Of what.
    pub title: String,
    /// From which number on the form asks what is done about it.
    pub threshold: Option<i64>,
    /// Each time, the oldest first.
    pub points: Vec<(When, i64)>,
    /// In which cases, each by its short reference, the newest first.
    pub cases: Vec<(CaseId, String)>,
}

/// How often something came, in each of the last weeks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Weekly {
    /// What.
    pub title: String,
    /// In each week, the oldest first; the last is the seven days up to now.
    pub weeks: [u32; Weekly::WEEKS],
    /// The cases, each by its short reference, the newest first.
    pub cases: Vec<(CaseId, String)>,
}

impl Weekly {
    /// How many weeks are shown.
    pub const WEEKS: usize = 12;
}

/// What the records say of an organisation, beside what was looked at.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Scorecard {
    /// What comes round: when it was last done, and when it is due.
    pub rounds: Vec<(String, Option<When>, Option<DateTime<Utc>>)>,
    /// What is counted: in the last so many days, and in as many before.
    pub counts: Vec<(String, u64, u64)>,
    /// What is owed by them now: all of it, and how much of it is late.
    pub owed: (u64, u64),
}

impl Scorecard {
    /// Over how many days it is counted.
    pub const DAYS: i64 = 90;
}

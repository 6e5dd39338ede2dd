//! The commitment, "owed" on screen: whatever somebody owes by some time.
//!
//! A step that is due, an outside organisation's promise, an internal action, the review of an interim control:
//! one kind of thing, one table of clocks. Late is not a state: it is computed on reading, from `due` and now ([`super::clocks`]).

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::answer::{Answer, Answers, Named, Owed, Precision, When, YesNo};
use super::case::Milestone;
use super::clocks::Lateness;
use super::ids::{CaseId, CommitmentId, EntryId, Seq};
use super::owning::Holding;
use super::time::display;
use super::words::{show, time as words};

/// Somebody who owes or owns.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Party {
    /// A role, or a duty of the rota: whoever holds it at the moment.
    Role(String),
    /// A member of our staff.
    Staff(CaseId),
    /// Anyone outside: an organisation, a professional, a family member.
    Outside(Named),
}

impl Party {
    /// Whether it is somebody outside the provider: what they promised is theirs to do and ours to chase.
    pub fn is_outside(&self) -> bool {
        matches!(self, Party::Outside(_))
    }
}

/// How far a commitment has come. "Requested" is not "done": somebody confirms it, saying by whom and on what evidence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Progress {
    /// Asked for, or fallen due by rule.
    Requested,
    /// The obligor said they will.
    Accepted,
    /// The obligor, or somebody, says it is done.
    Reported,
    /// One of ours has confirmed that it is done.
    Confirmed,
    /// The obligor said they will not.
    Refused,
    /// A newer commitment stands in its place (a chase with a new time, an amended input).
    Superseded,
    /// No longer wanted, with a reason.
    Cancelled,
}

impl Progress {
    /// Whether it is still owed.
    pub fn is_open(self) -> bool {
        self <= Progress::Reported
    }
}

/// How a due time came about, kept with it so that it can be explained years later.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DueRule {
    /// Said by somebody: promised by this time.
    Promised,
    /// Said by somebody as a number of working days; the snapshot is what `pathway::due` needs to say them in words.
    PromisedWithin(serde_json::Value),
    /// The provider's own rule; the snapshot is what `pathway::due` needs to say it in words.
    Target(serde_json::Value),
    /// No time was given, with the reason; chased by the provider's own rule.
    NoneGiven {
        /// Why no time was given.
        why: String,
        /// The rule that set the chase-by time.
        chase: serde_json::Value,
    },
}

/// The time that was first given for something, of what stood in one another's place, the oldest first: each with when it was
/// due, whether somebody gave that time, and how often it had been chased. Put right, it is the same promise; chased, a new one.
pub fn first_given<T: Copy>(rungs: impl IntoIterator<Item = (T, bool, u32)>) -> Option<T> {
    let mut rungs = rungs.into_iter().peekable();
    while let Some((due, is_timed, chased)) = rungs.next() {
        let stands = rungs.peek().is_none_or(|(_, _, next)| *next > chased);
        if stands && is_timed {
            return Some(due);
        }
    }
    None
}

/// Something owed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Commitment {
    /// Its id: the opening entry and the place in it.
    pub id: CommitmentId,
    /// The case it belongs to.
    pub case: CaseId,
    /// What is owed, in words that are shown.
    pub what: String,
    /// The step that settles it when recorded in the case, for a step that is due.
    pub step: Option<String>,
    /// `STEP.FIELD` of the row that opened it, for steps recorded *on* it (`liaise.promises`).
    pub opened_in: Option<String>,
    /// Who owes it.
    pub obligor: Party,
    /// Exactly one of ours, who sees to it.
    pub owner: Party,
    /// How they came to it, to whom it is offered and who refused it.
    #[serde(default, skip_serializing_if = "Holding::is_plain")]
    pub holding: Holding,
    /// The entry that opened it.
    pub opened_by: EntryId,
    /// When its clock started.
    pub started: DateTime<Utc>,
    /// When it is due. For a promise without a time: the chase-by time.
    pub due: DateTime<Utc>,
    /// From when it counts as due soon, if the definition says.
    pub warn_from: Option<DateTime<Utc>>,
    /// How the due time came about.
    pub rule: DueRule,
    /// How far it has come.
    pub progress: Progress,
    /// The entry that settled, superseded or cancelled it.
    pub settled_by: Option<EntryId>,
    /// The commitment that stands in its place, where it was superseded.
    pub superseded_by: Option<CommitmentId>,
    /// The commitment in whose place this one stands.
    pub supersedes: Option<CommitmentId>,
    /// How often it was chased, counted through what it superseded.
    pub chased: u32,
    /// When it was last chased.
    pub last_chased: Option<DateTime<Utc>>,
    /// Whether it is the review of an interim control; the control's words are in `what`.
    pub control: YesNo,
    /// What makes it count as none late although it is still owed, where the definition names anything.
    #[serde(default)]
    pub easing: Option<Easing>,
    /// Who has seen that it is owed, and when: of each person the last time, in the order of the ledger.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub acknowledged: Vec<Acknowledged>,
    /// What the step that settles it has to answer as the one that opened it did, where the definition says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub same: Option<Same>,
    /// Who has to be spoken with for it to be settled, where the definition says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub meets: Option<Meets>,
    /// It stands before everything else that is open.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub first: bool,
    /// Somebody goes without care until it is settled.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub cover: bool,
    /// How often it comes round, where it does, as whatever opened it said; what is stored is what `pathway::due` needs to
    /// count the next. It stays with what is owed, whatever is recorded or adopted afterwards.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub every: Option<serde_json::Value>,
}

/// That somebody has seen that something is owed. The bell is silent about it for them alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Acknowledged {
    /// Who.
    pub by: CaseId,
    /// When it was recorded.
    pub at: DateTime<Utc>,
}

/// The answer that has to be the same for a step to settle what is owed: whom nobody reached is still to be rung,
/// whoever else is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Same {
    /// The field's id, in both steps.
    pub field: String,
    /// What was answered.
    pub answer: Answer,
}

/// Whom a step has to speak with to settle what is owed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Meets {
    /// Kinds of organisations, ids of the register's choice: one of these.
    pub kinds: Vec<String>,
    /// Or the step says so itself: a field of it, or `FIELD.COLUMN` of its rows, and its choices.
    pub said: Option<(String, Vec<String>)>,
}

impl Meets {
    /// Whether a step with these answers, that spoke with organisations of these kinds, is what was owed.
    pub fn holds(&self, kinds: &[String], answers: &Answers) -> bool {
        let said = |(field, choices): &(String, Vec<String>)| match field.split_once('.') {
            Some((rows, column)) => match answers.get(rows) {
                Some(Answer::Rows(rows)) => rows.iter().any(|row| says(row.get(column), choices)),
                _ => false,
            },
            None => says(answers.get(field), choices),
        };
        kinds.iter().any(|kind| self.kinds.contains(kind)) || self.said.as_ref().is_some_and(said)
    }
}

fn says(answer: Option<&Answer>, any: &[String]) -> bool {
    match answer {
        Some(Answer::Choice(one)) => any.contains(one),
        Some(Answer::Choices(several)) => several.iter().any(|one| any.contains(one)),
        _ => false,
    }
}

impl Same {
    /// Whether it is the same again. A record is the same whatever it was called; without one its words are compared.
    pub fn holds(&self, answer: Option<&Answer>) -> bool {
        match (&self.answer, answer) {
            (Answer::Named(one), Some(Answer::Named(other))) if one.id.is_some() || other.id.is_some() => {
                one.id == other.id
            }
            (Answer::Named(one), Some(Answer::Named(other))) => {
                one.words.trim().to_lowercase() == other.words.trim().to_lowercase()
            }
            (one, other) => Some(one) == other,
        }
    }
}

/// What takes the alarm from something owed: with 999 rung, a decision is still wanted, but nobody waits for help.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Easing {
    /// The milestone that does it.
    pub by: Milestone,
    /// Reached by this entry of the ledger or a later one: the one that opened what is owed may say it itself.
    pub since: Seq,
    /// When it was first reached, if it was while this was owed.
    pub at: Option<When>,
}

impl Commitment {
    /// The place in its entry of the completion of a record that was saved with blanks.
    pub const INCOMPLETE: &str = "incomplete";
    /// The place of what is owed while nothing else is: that somebody closes the case, or says what is waited for.
    pub const IDLE: &str = "idle";

    /// One that somebody owes and one of ours sees to, whose clock starts then and has still to be set.
    pub fn begun(
        id: CommitmentId,
        case: CaseId,
        what: String,
        (obligor, owner): (Party, Party),
        started: DateTime<Utc>,
    ) -> Self {
        let opened_by = id.entry;
        Self {
            id,
            case,
            what,
            step: None,
            opened_in: None,
            obligor,
            owner,
            holding: Holding::default(),
            opened_by,
            started,
            due: started,
            warn_from: None,
            rule: DueRule::Promised,
            progress: Progress::Requested,
            settled_by: None,
            superseded_by: None,
            supersedes: None,
            chased: 0,
            last_chased: None,
            control: YesNo::No,
            easing: None,
            acknowledged: Vec::new(),
            same: None,
            meets: None,
            first: false,
            cover: false,
            every: None,
        }
    }

    /// By what and when it was eased, if it was.
    pub fn eased(&self) -> Option<(Milestone, When)> {
        self.easing.and_then(|easing| Some((easing.by, easing.at?)))
    }

    /// As a form speaks of it, with how often it was chased by now.
    pub fn named(&self) -> Owed {
        let words = match &self.obligor {
            Party::Outside(named) => show::owed_by(&self.what, &named.words),
            Party::Role(_) | Party::Staff(_) => self.what.clone(),
        };
        Owed {
            id: self.id.clone(),
            case: self.case,
            words,
            chased: self.chased,
            last_chased: self.last_chased.map(When::exact),
            owner: None,
        }
    }

    /// As a case speaks of it in which it goes on: with whoever of ours sees to it by name.
    pub fn going_on(&self) -> Owed {
        let owner = match self.owner {
            Party::Staff(id) => Some(id),
            Party::Role(_) | Party::Outside(_) => None,
        };
        Owed { owner, ..self.named() }
    }

    /// How far off or how late it is at `now`, in words, given how it stands: `in 3m`, `late 14m`, `long late 3h 10m`;
    /// past its time but eased, `999 gone 8m`, or `999 gone` where nobody said when.
    pub fn distance(&self, now: DateTime<Utc>, state: Lateness) -> String {
        match self.eased() {
            Some((by, when)) if now > self.due => {
                let age = (when.precision != Precision::Unknown).then(|| display::age(when.at, now));
                words::since(by, age.as_deref())
            }
            _ if state == Lateness::LongLate => words::long_late(&display::age(self.due, now)),
            _ => display::distance(self.due, now),
        }
    }
}

//! Warning signs: the rules by which they are seen, and a sign as the rules see it.
//!
//! The rules are an office's own (`warning-signs.toml`, read by [`crate::pathway::signs`]); what follows from them is worked
//! out in [`crate::insight::signs`], from what is stored and never from the time of day: a sign has the times between
//! which it stands, and both may lie ahead.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::case::Milestone;
use super::clocks::Of;
use super::eyes::ByRisk;
use super::ids::{CaseId, EntryId, SignId};

/// How much a sign weighs, the gravest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Somebody may come to harm by it.
    Urgent,
    /// It is to be dealt with in days.
    Serious,
    /// It is to be known.
    Notice,
}

impl Severity {
    /// All of them, the gravest first.
    pub const ALL: [Severity; 3] = [Severity::Urgent, Severity::Serious, Severity::Notice];
}

/// The rules of an office, and to whom a sign rises that nobody answers.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SignRules {
    /// In the order of the file.
    pub rules: Vec<SignRule>,
    /// To whom a sign stands, from the first; each later one after its time.
    pub levels: Vec<Rise>,
}

impl SignRules {
    /// The rule of this id.
    pub fn get(&self, id: &str) -> Option<&SignRule> {
        self.rules.iter().find(|rule| rule.id == id)
    }

    /// To whom a sign of this weight stands that has been on record for so long, as a place among the levels.
    pub fn level(&self, severity: Severity, open_for: TimeDelta) -> usize {
        let reached = |level: &Rise| open_for >= level.after.of(severity);
        self.levels.iter().rposition(reached).unwrap_or(0)
    }
}

/// From when on a sign that nobody has answered stands to somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rise {
    /// The role or duty, its id in `roles.toml`.
    pub to: String,
    /// How long after it was put on record.
    pub after: BySeverity,
}

/// A time for each weight of a sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct BySeverity {
    /// Of what is urgent.
    pub urgent: TimeDelta,
    /// Of what is serious.
    pub serious: TimeDelta,
    /// Of what is to be known.
    pub notice: TimeDelta,
}

impl BySeverity {
    /// For this weight.
    pub fn of(&self, severity: Severity) -> TimeDelta {
        match severity {
            Severity::Urgent => self.urgent,
            Severity::Serious => self.serious,
            Severity::Notice => self.notice,
        }
    }
}

/// One rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignRule {
    /// Its id, kept with every sign that it raised.
    pub id: String,
    /// The words on the screen.
    pub title: String,
    /// What it means.
    pub means: String,
    /// What to do about it.
    pub todo: String,
    /// How much it weighs.
    pub severity: Severity,
    /// The pathways whose cases it looks at; none: every one that is no register.
    pub pathways: Vec<String>,
    /// What it looks for.
    pub watch: Watch,
}

impl SignRule {
    /// Whether it looks at cases of this pathway.
    pub fn looks_at(&self, pathway: &str) -> bool {
        self.pathways.is_empty() || self.pathways.iter().any(|one| one == pathway)
    }
}

/// What a rule looks for: the closed list of its shapes, each a pure function with its numbers in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Watch {
    /// None of these moments followed another in time.
    NothingAfter {
        /// The moment from which the time counts.
        after: Milestone,
        /// What was to follow.
        then: Vec<Milestone>,
        /// How soon, by the risk.
        within: ByRisk,
    },
    /// Something owed is past its time.
    Late {
        /// What of all that is owed.
        of: Of,
        /// For how long.
        grace: TimeDelta,
        /// Counted from the first time it was due, whatever was promised anew since.
        first: bool,
        /// What answers it beside its being done.
        unless: Vec<Unless>,
    },
    /// Something is owed for which nobody gave a time.
    Undated {
        /// What of all that is owed.
        of: Of,
        /// How long a time may still be given.
        grace: TimeDelta,
    },
    /// One and the same was asked for again and again.
    Chased {
        /// What of all that is owed.
        of: Of,
        /// How often.
        at_least: u32,
    },
    /// The same steps were recorded again and again in one case.
    Again {
        /// These steps, by their ids.
        steps: Vec<String>,
        /// How often.
        at_least: usize,
        /// Within how long.
        within: TimeDelta,
        /// Steps that end it.
        ends: Vec<String>,
    },
    /// A step was recorded and says nothing in these fields.
    Blank {
        /// `STEP.FIELD` each.
        fields: Vec<String>,
        /// How long it may still be filled in.
        within: TimeDelta,
    },
    /// A case stands by itself that was to be linked with one of another pathway.
    Unlinked {
        /// Any of these pathways.
        to: Vec<String>,
        /// How soon after it was opened.
        within: TimeDelta,
        /// Only once one of these steps was recorded, and counted from then; none: from the opening.
        once: Vec<String>,
    },
    /// A step came long after what it answers.
    LateStep {
        /// Any of these steps, by their ids.
        steps: Vec<String>,
        /// Since when: an answer, `STEP.FIELD` each, the first that was given.
        since: Vec<String>,
        /// How soon.
        within: TimeDelta,
    },
    /// Records of contacts that do not go together.
    Contacts {
        /// Routes for which somebody outside has to be contacted, by their ids.
        routes: Vec<String>,
        /// How soon after the decision.
        within: TimeDelta,
        /// Outcomes of a contact after which there is advice, or a time for what comes next.
        spoke: Vec<String>,
        /// By how much two times may lie the wrong way round.
        tolerance: TimeDelta,
    },
    /// Somebody outside was told, and has not answered.
    NoAnswer {
        /// How long they may take.
        within: TimeDelta,
        /// Outcomes of a contact that are an answer.
        spoke: Vec<String>,
    },
    /// Words that say whose fault it is, in these steps.
    Words {
        /// By their ids.
        steps: Vec<String>,
        /// In small letters.
        words: Vec<String>,
    },
    /// Something wanted two people and was done by one.
    Alone,
    /// The same comes again and again: counted over cases.
    Repeated(Repeated),
    /// Whoever decides takes much the same risk outside far more often than another does.
    Uneven {
        /// Routes that lead outside, by their ids.
        routes: Vec<String>,
        /// How many decisions each has to have taken in the month.
        at_least: usize,
        /// How many in a hundred their shares have to lie apart.
        apart: usize,
        /// How long it stands after the month.
        stands: TimeDelta,
    },
}

/// What answers something late, beside its being done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unless {
    /// It was chased since it fell due.
    Chased,
    /// One of these steps was recorded in the case since it fell due.
    Recorded(Vec<String>),
    /// The latest answer to a field, `STEP.FIELD`, is one of these.
    Answered(String, Vec<String>),
}

/// What is counted over cases.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repeated {
    /// What counts.
    pub count: Vec<Count>,
    /// By what it is counted apart.
    pub by: Vec<By>,
    /// Steps, where steps count.
    pub steps: Vec<String>,
    /// Outcomes of a contact, where contacts count.
    pub outcomes: Vec<String>,
    /// How late a promise has to be that counts as broken.
    pub grace: TimeDelta,
    /// How many.
    pub at_least: usize,
    /// Within how long.
    pub within: TimeDelta,
    /// A case that says that care changed breaks the row.
    pub unless_changed: bool,
}

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Count {
    /// Cases.
    Cases,
    /// Steps of them.
    Steps,
    /// Contacts with somebody outside, by how they ended.
    Contacts,
    /// Promises of others that were not kept in time.
    BrokenPromises,
}

/// By what it is counted apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum By {
    /// The person or other record that the case is about.
    Subject,
    /// What led to it.
    Theme,
    /// The organisation that was contacted, or that promised.
    Organisation,
    /// The place.
    Place,
    /// The working period, by when it begins.
    Shift,
}

/// A sign as the rules see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sign {
    /// Its id.
    pub id: SignId,
    /// The rule's id.
    pub rule: String,
    /// The case or record that it is about; nobody's where it is the office's.
    pub about: Option<CaseId>,
    /// From when on it stands.
    pub since: DateTime<Utc>,
    /// Until when; open where nothing has ended it.
    pub until: Option<DateTime<Utc>>,
    /// What there is to see in particular, beside the rule's title. Names nobody supported.
    pub words: String,
    /// The entries that show it.
    pub entries: Vec<EntryId>,
}

impl Sign {
    /// Whether it ever stands.
    pub fn stands(&self) -> bool {
        self.until.is_none_or(|until| until > self.since)
    }
}

/// Something that is counted over cases.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// The rule that counts it.
    pub rule: String,
    /// With what it is counted together.
    pub key: String,
    /// The same as it was before records were merged, where that is another: the id of its sign stays what it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub own: Option<String>,
    /// When it came about; a promise that may still be kept, when it is broken.
    pub at: DateTime<Utc>,
    /// The entry that shows it.
    pub entry: EntryId,
    /// The record it is counted by.
    pub about: Option<CaseId>,
    /// In a few words, by what it is counted; names nobody supported.
    pub words: String,
    /// It breaks a row in place of going on with it.
    #[serde(default, skip_serializing_if = "is_false")]
    pub breaks: bool,
    /// Whose decision it is, where decisions are compared.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub whose: Option<CaseId>,
    /// Whether that decision led outside.
    #[serde(default, skip_serializing_if = "is_false")]
    pub outside: bool,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands a reference")]
fn is_false(flag: &bool) -> bool {
    !*flag
}

/// What a person answers to a sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SignAnswer {
    /// It is so, and something is done about it.
    Accepted,
    /// It is so, and there is a reason why nothing is to be done.
    Explained,
    /// It is not so.
    FalseAlarm,
}

impl SignAnswer {
    /// All of them.
    pub const ALL: [SignAnswer; 3] = [SignAnswer::Accepted, SignAnswer::Explained, SignAnswer::FalseAlarm];

    /// The word under which it is kept, and by which a command names it.
    pub fn word(self) -> &'static str {
        match self {
            SignAnswer::Accepted => "accepted",
            SignAnswer::Explained => "explained",
            SignAnswer::FalseAlarm => "false_alarm",
        }
    }
}

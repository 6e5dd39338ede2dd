//! What is shown of warning signs.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::Serialize;

use super::RecordRow;
use crate::domain::ids::{CaseId, EntryId, SignId};
use crate::domain::signs::{Severity, SignAnswer};
use crate::domain::words::store::restricted;

/// A row of the queue of warning signs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SignRow {
    /// The sign.
    pub id: SignId,
    /// The rule's id.
    pub rule: String,
    /// The rule's words.
    pub title: String,
    /// What it means.
    pub means: String,
    /// What to do about it.
    pub todo: String,
    /// How much it weighs.
    pub severity: Severity,
    /// What there is to see in particular.
    pub words: String,
    /// The case or record that it is about; the office's where it is nobody's.
    pub about: Option<CaseId>,
    /// The case, where it is about one.
    pub case: Option<CaseId>,
    /// The case's short reference; empty where it is about none.
    pub reference: String,
    /// Whom or what it concerns.
    pub subject: Option<RecordRow>,
    /// Since when it stands.
    pub since: DateTime<Utc>,
    /// Whether it stands now.
    pub stands: bool,
    /// Since when it does no longer, where that is known.
    pub ended: Option<DateTime<Utc>>,
    /// When it was put on record; `None`: not yet.
    pub raised: Option<DateTime<Utc>>,
    /// To whom it stands by now, the first being 0.
    pub level: usize,
    /// Who that is: by name where somebody has the duty, otherwise the role.
    pub owner: String,
    /// The entries that show it.
    pub entries: Vec<EntryId>,
    /// What was answered, where somebody has.
    pub answered: Option<SignAnswered>,
    /// Whom to ask, where it is about a restricted record that may not be seen: the row is a stub then.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ask: Option<String>,
}

impl SignRow {
    /// What stands in its place for whoever may not see what it is about: how much it weighs, since when, with whom it
    /// stands, whom to ask.
    pub fn stub(self, whom: String) -> Self {
        Self {
            rule: String::new(),
            title: restricted(&whom),
            means: String::new(),
            todo: String::new(),
            words: String::new(),
            reference: String::new(),
            subject: None,
            entries: Vec::new(),
            ask: Some(whom),
            ..self
        }
    }
}

/// What somebody answered to a sign.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SignAnswered {
    /// What.
    pub answer: SignAnswer,
    /// In their words.
    pub words: String,
    /// Who.
    pub by: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// A sign with the entries that show it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SignView {
    /// The sign.
    pub row: SignRow,
    /// The entries that may be seen, in the order of the record.
    pub entries: Vec<SignEntry>,
    /// How many more there are that may not be seen.
    pub hidden: usize,
}

/// An entry that shows a sign.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SignEntry {
    /// The entry.
    pub entry: EntryId,
    /// The title of its step.
    pub title: String,
    /// When it happened.
    pub occurred: DateTime<Utc>,
    /// Whose act it is.
    pub by: String,
    /// The case it stands in.
    pub case: Option<CaseId>,
    /// The case's short reference.
    pub reference: String,
}

/// How a rule was answered so far: one that cries wolf is seen by it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SignRate {
    /// The rule's id.
    pub rule: String,
    /// Its words.
    pub title: String,
    /// How much it weighs.
    pub severity: Severity,
    /// How often it was put on record.
    pub raised: u64,
    /// Accepted with an action.
    pub accepted: u64,
    /// Explained.
    pub explained: u64,
    /// False alarms.
    pub false_alarms: u64,
    /// Not answered yet.
    pub open: u64,
}

/// What a dashboard knows of warning signs.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct SignsAtHand {
    /// Signs that nobody has answered, as far as the viewer may see them.
    pub open: u64,
    /// Urgent ones among them.
    pub urgent: u64,
    /// One stands that is not on record.
    pub to_note: bool,
    /// When one begins or ends next.
    pub turns_at: Option<DateTime<Utc>>,
    /// Titles of those about cases that stand on the dashboard, the gravest first.
    pub of_cases: BTreeMap<CaseId, Vec<String>>,
}

/// Which signs a list holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct SignFilter {
    /// About this case or record, or a case about it.
    pub about: Option<CaseId>,
    /// Those that were answered, too.
    pub answered: bool,
}

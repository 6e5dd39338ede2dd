//! What waits for somebody's word: typed for them, or wanting a second person; and what was done without.

use chrono::{DateTime, Utc};
use serde::Serialize;

use super::RecordRow;
use crate::domain::answer::When;
use crate::domain::entry::{Entry, StepSaid};
use crate::domain::ids::{CaseId, EntryId, Seq};

/// Where an entry stands that wants two people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Second {
    /// It, or a part of it, has no effect before somebody else agrees.
    Waits,
    /// Somebody agreed.
    Agreed {
        /// Who.
        by: Option<CaseId>,
        /// When.
        at: DateTime<Utc>,
    },
    /// Somebody refused: it has no effect.
    Refused {
        /// Who.
        by: Option<CaseId>,
        /// When.
        at: DateTime<Utc>,
        /// Why.
        note: String,
    },
    /// A later step called it off while it waited: it has no effect.
    CalledOff {
        /// Whose step that was.
        by: Option<CaseId>,
        /// When.
        at: DateTime<Utc>,
    },
    /// There was nobody else: why it was done alone.
    Alone(String),
}

impl Second {
    /// Who gave their word, or called it off, and when, where somebody did.
    pub fn word(&self) -> Option<(Option<CaseId>, DateTime<Utc>)> {
        match self {
            Second::Agreed { by, at } | Second::CalledOff { by, at } | Second::Refused { by, at, .. } => {
                Some((*by, *at))
            }
            Second::Waits | Second::Alone(_) => None,
        }
    }
}

/// An entry that was typed for somebody and waits for their confirmation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToConfirm {
    /// The entry.
    pub entry: EntryId,
    /// Its case.
    pub case: CaseId,
    /// The case's short reference.
    pub reference: String,
    /// The person or other subject.
    pub subject: Option<RecordRow>,
    /// What was typed.
    pub said: StepSaid,
    /// The title of its step.
    pub title: String,
    /// When it happened.
    pub occurred: When,
    /// Whose act it is, by name.
    pub by: String,
    /// Who typed it, by name.
    pub typed_by: String,
    /// When it was recorded.
    pub recorded_at: DateTime<Utc>,
    /// It was recorded while nobody was signed in, and waits for the signature of whoever took it.
    pub unsigned: bool,
}

/// An entry that has no effect, or a part of it has none, until a second person agrees.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToCountersign {
    /// The entry.
    pub entry: Entry,
    /// Its case's short reference; empty where it has none.
    pub reference: String,
    /// Whom or what it is about.
    pub about: Option<RecordRow>,
    /// What was done, by the title of its step or act.
    pub title: String,
    /// Whose act it is, by name.
    pub by: String,
    /// The version of its case that is read with it.
    pub seen: Option<Seq>,
}

/// An entry that wants two people and was recorded by one, because there was nobody else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DoneAlone {
    /// The entry.
    pub entry: Entry,
    /// Its case's short reference; empty where it has none.
    pub reference: String,
    /// Whom or what it is about.
    pub about: Option<RecordRow>,
    /// What was done, by the title of its step or act.
    pub title: String,
    /// Whose act it is, by name.
    pub by: String,
    /// Why it was done alone.
    pub why: String,
}

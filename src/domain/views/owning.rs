//! What somebody sees to, as lists show it.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::Serialize;

use super::RecordRow;
use crate::domain::case::Level;
use crate::domain::commitment::{Commitment, Party};
use crate::domain::ids::{CaseId, Seq};
use crate::domain::owning::{self, Holding, Owned};

/// What is offered to somebody, what they own, and what the duties and roles they hold own.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Mine {
    /// What is offered first, then what was taken from them, their own, and that of their duties; soonest due first, cases
    /// after what is owed.
    pub rows: Vec<MineRow>,
    /// How many there are of each, listed or not.
    pub counts: BTreeMap<Group, u64>,
}

/// Why something stands among what is somebody's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Group {
    /// Offered to them, or to a duty or role they hold.
    Offered,
    /// Taken from them without their having offered it, within the last day.
    Taken,
    /// Theirs.
    Own,
    /// Of a duty or role they hold.
    Duty,
}

/// One of these things.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MineRow {
    /// Why it stands here.
    pub group: Group,
    /// The case it is, or is owed in.
    pub case: CaseId,
    /// What it is, in that case.
    pub what: Owned,
    /// Of a case: what is owed in it that has the same owner.
    pub with: Vec<Owned>,
    /// The case's short reference; empty for a stub.
    pub reference: String,
    /// The person or other subject.
    pub subject: Option<RecordRow>,
    /// What is owed, or the few words that name the matter.
    pub words: String,
    /// How the case's risk is shown and how much it weighs.
    pub level: Option<Level>,
    /// What is owed, for its clock.
    pub owed: Option<Commitment>,
    /// Whose it is.
    pub owner: Party,
    /// The same in words.
    pub owner_name: String,
    /// How it stands.
    pub holding: Holding,
    /// To whom it is offered, in words.
    pub offered_to: Option<String>,
    /// Names of those it speaks of.
    pub names: BTreeMap<CaseId, String>,
    /// The location of the case, where known.
    pub location: Option<CaseId>,
    /// The last entry that touched the case.
    pub version: Seq,
    /// It is of a restricted record that the viewer may not see: whom to ask.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ask: Option<String>,
}

impl MineRow {
    /// How it stands, in words.
    pub fn standing(&self, now: DateTime<Utc>) -> Option<String> {
        let role = |_: &str| self.offered_to.clone().unwrap_or_default();
        owning::in_words(&self.holding, now, |id| self.names.get(&id).cloned(), role)
    }
}

//! What somebody sees to, as lists show it.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::Serialize;

use super::RecordRow;
use crate::domain::case::Level;
use crate::domain::commitment::{Commitment, Party};
use crate::domain::ids::{CaseId, Seq};
use crate::domain::owning::{self, Holding, Owned};
use crate::domain::time::display;
use crate::domain::words::owning as words;

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
    /// Whom it is about in the words that were typed, where nobody on record was taken; otherwise empty.
    pub said_of: String,
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
    /// Why it stands in the list, in a word.
    pub fn why(&self) -> &'static str {
        match self.group {
            Group::Offered => words::GROUP_OFFERED,
            Group::Taken => words::GROUP_TAKEN,
            Group::Own => words::GROUP_OWN,
            Group::Duty => words::GROUP_DUTY,
        }
    }

    /// How it stands, in words.
    pub fn standing(&self, now: DateTime<Utc>) -> Option<String> {
        // Whoever it is offered to knows that; from whom it comes they have to be told.
        if let (Group::Offered, Some(offered)) = (self.group, &self.holding.offered) {
            let name = |id: Option<CaseId>| id.and_then(|id| self.names.get(&id).cloned());
            let said =
                words::offered_by(name(offered.by).as_deref(), &display::age(offered.at, now), &offered.note);
            return Some(match &offered.queried {
                Some(word) => words::and_asked(&said, &name(word.by).unwrap_or_default(), &word.reason),
                None => said,
            });
        }
        if let (Group::Taken, Some(came)) = (self.group, &self.holding.came) {
            let by = came.by.and_then(|by| self.names.get(&by).cloned()).unwrap_or_default();
            return Some(words::taken_by(&by, &display::age(came.at, now), &came.reason));
        }
        let role = |_: &str| self.offered_to.clone().unwrap_or_default();
        owning::in_words(&self.holding, now, |id| self.names.get(&id).cloned(), role)
    }
}

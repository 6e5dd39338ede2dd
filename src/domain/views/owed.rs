//! Something owed as queues show it, what is left of it for whoever may not see its record, and how its time came about.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::Serialize;

use super::RecordRow;
use crate::domain::answer::{Owed, YesNo};
use crate::domain::case::Level;
use crate::domain::commitment::{Commitment, DueRule, Party, Progress};
use crate::domain::eyes::Eyes;
use crate::domain::ids::{CaseId, CommitmentId, EditionId, Seq};
use crate::domain::owning;
use crate::domain::words::show as words;
use crate::domain::words::store::restricted;

/// Ranks below this are calls that wait for a decision.
pub const DECIDED_FROM: u8 = Level::HEAVIEST;
/// The rank of reviews, which look back.
pub const LOOKING_BACK: u8 = DECIDED_FROM + 1;

/// Who rang about a case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Rang {
    /// Who, in the words that were typed; empty where nobody asked.
    pub caller: String,
    /// The number to ring back.
    pub call_back: String,
}

/// A row of any queue of commitments.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OwedRow {
    /// What is owed.
    pub commitment: Commitment,
    /// The pathway of the case; empty where it may not be told.
    pub pathway: String,
    /// The case's short reference.
    pub reference: String,
    /// The person or other subject.
    pub subject: Option<RecordRow>,
    /// Whom an open call is about in the words that were typed, where nobody on record was taken; else empty.
    pub said_of: String,
    /// Where it stands among open escalations, 0 first: undecided calls by risk, then what is done for people, then
    /// reviews.
    pub rank: u8,
    /// Who owes it, as a name.
    pub obligor: String,
    /// Who sees to it, as a name.
    pub owner: String,
    /// The same in little room: of a role its short title. For screens only.
    #[serde(skip)]
    pub owner_short: String,
    /// Present risk of the case, the choice's id.
    pub risk: Option<String>,
    /// How that risk is shown and how much it weighs.
    pub level: Option<Level>,
    /// What has to be seen before anything else in the case; mostly empty.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub alarm: String,
    /// A few words that name the matter.
    pub headline: Option<String>,
    /// Interim controls in force on the case.
    pub controls: Vec<String>,
    /// The number of whoever owes it, where that is on record: of somebody of ours their own.
    pub phone: Option<String>,
    /// Who rang about the case, and the number to ring back; `None` where no number was taken.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rang: Option<Rang>,
    /// To whom it is offered, in little room.
    #[serde(skip)]
    pub offered_to: Option<String>,
    /// Names of those who offered, were offered, refused or took it. For screens only.
    #[serde(skip)]
    pub names: BTreeMap<CaseId, String>,
    /// The location of the case, where known.
    #[serde(skip)]
    pub location: Option<CaseId>,
    /// Who saw the person and who will, of an open urgent call. For screens: commands list it apart.
    #[serde(skip)]
    pub eyes: Option<Eyes>,
    /// The pathways of the open cases that its case is linked with, where somebody outside owes it. For screens only.
    #[serde(skip)]
    pub linked: Vec<String>,
    /// The last entry that touched the case.
    pub version: Seq,
    /// Who has seen that it is owed, by name, and when.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub seen_by: Vec<(String, DateTime<Utc>)>,
    /// It is of a restricted record that the viewer may not see: whom to ask. All else here is then its clock and owner.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ask: Option<String>,
}

impl OwedRow {
    /// Whether it is that a call waits for a decision.
    pub fn is_undecided(&self) -> bool {
        self.rank < DECIDED_FROM && !self.commitment.first
    }

    /// What is left of a row of a restricted record for whoever may not see it: that something is owed, by when, who sees
    /// to it and whom to ask. Left out altogether it could leave somebody without care.
    pub fn stub(commitment: Commitment, whom: &str, owner: String, owner_short: String) -> Self {
        let ours = commitment.owner.clone();
        let commitment = Commitment {
            what: restricted(whom),
            step: None,
            opened_in: None,
            obligor: ours,
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
            every: None,
            holding: commitment.holding.without_words(),
            ..commitment
        };
        Self {
            commitment,
            pathway: String::new(),
            reference: String::new(),
            subject: None,
            said_of: String::new(),
            rank: LOOKING_BACK,
            obligor: owner.clone(),
            owner,
            owner_short,
            risk: None,
            level: None,
            alarm: String::new(),
            headline: None,
            controls: Vec::new(),
            phone: None,
            rang: None,
            offered_to: None,
            names: BTreeMap::new(),
            location: None,
            eyes: None,
            linked: Vec::new(),
            version: 0,
            seen_by: Vec::new(),
            ask: Some(whom.to_owned()),
        }
    }
}

impl OwedRow {
    /// How it stands between its owner and others, in words.
    pub fn standing(&self, now: DateTime<Utc>) -> Option<String> {
        let role = |_: &str| self.offered_to.clone().unwrap_or_default();
        owning::in_words(&self.commitment.holding, now, |id| self.names.get(&id).cloned(), role)
    }

    /// As it stands in a form that asks what becomes of it.
    pub fn named(&self) -> Owed {
        let words = words::owed_here(&self.commitment.what, &self.obligor, &self.reference);
        Owed { words, ..self.commitment.named() }
    }
}

/// How the due time of something owed came about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Why {
    /// What is or was owed, the newest first: each stands in the place of the one after it.
    pub chain: Vec<WhyOwed>,
}

/// One of what stood in one another's place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WhyOwed {
    /// What is owed.
    pub commitment: Commitment,
    /// Who owes it, by name.
    pub obligor: String,
    /// When the entry that opened it was recorded.
    pub said_at: Option<DateTime<Utc>>,
    /// The edition that entry was filled in on, where it is a step.
    pub edition: Option<EditionId>,
    /// When it was settled, or something else took its place.
    pub ended_at: Option<DateTime<Utc>>,
}

/// A queue that a screen or a command lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Queue {
    /// Open commitments of urgent cases.
    Escalations,
    /// Others' promises, late or due today.
    Overdue,
    /// Everything owed.
    Owed,
}

/// Where the next page of a list of commitments begins.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AfterOwed {
    /// Its rank.
    pub rank: u8,
    /// Due time of the last row seen.
    pub due: DateTime<Utc>,
    /// Its id.
    pub id: CommitmentId,
}

/// Who a party is, in words, given the names of staff and the titles of roles.
pub fn party_name(
    party: &Party,
    staff: impl Fn(CaseId) -> Option<String>,
    role: impl Fn(&str) -> String,
) -> String {
    match party {
        Party::Role(id) => role(id),
        Party::Staff(id) => staff(*id).unwrap_or_default(),
        Party::Outside(named) => named.words.clone(),
    }
}

//! What is due for disposal, and what keeps it: the nouns of retention. The rules stand in `retention.toml`
//! ([`crate::pathway::definition::Retention`]); what is due by them is read in the store.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::act::Act;
use super::ids::{CaseId, EditionId, EntryId, Seq};
use super::words::disposal as words;

/// Why something is not given to the person who asks for a copy of their record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ground {
    /// A professional judged that it would be likely to cause serious harm to somebody.
    Harm,
    /// It is about somebody else, or would say who they are.
    ThirdParty,
    /// It was said in confidence.
    Confidence,
    /// Any other, said in the reason.
    Other,
}

impl Ground {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Ground; 4] = [Ground::Harm, Ground::ThirdParty, Ground::Confidence, Ground::Other];
}

/// What can be disposed of in one act.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Disposable {
    /// A case; or a record of a register, with every case about it.
    Case(CaseId),
    /// All handover sheets whose time is over.
    Handovers,
    /// What was written for the office as a whole and belongs to no case nor record, as far as its time is over.
    Office,
}

/// Something due for disposal by its class, whether or not something keeps it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Due {
    /// What it is.
    pub what: Disposable,
    /// "U-1184", "P-12"; empty for handover sheets and what was written for the office.
    pub reference: String,
    /// Whom it is about, in little room; empty where that is nobody.
    pub name: String,
    /// The title of its pathway or register.
    pub kind: String,
    /// The edition of the definitions by which it is due.
    pub edition: EditionId,
    /// The class by which it is due last, its id.
    pub class: String,
    /// Its title.
    pub class_title: String,
    /// The day from which its years were counted.
    pub from: NaiveDate,
    /// The day since which it is due.
    pub since: NaiveDate,
    /// How many cases go with it, itself among them.
    pub cases: usize,
    /// The entries that have content, by their numbers in rising order.
    pub seqs: Vec<Seq>,
    /// What keeps it; nothing where it can be disposed of.
    pub kept_by: Vec<KeptBy>,
    /// The proposal that waits for a second person.
    pub proposed: Option<EntryId>,
    /// How many entries of records that are kept name it: what was written there stays as it was written. `None` where nobody
    /// has looked through all of them yet.
    pub named_elsewhere: Option<usize>,
}

impl Due {
    /// The act that disposes of it, and the case that its header names.
    pub fn act(&self) -> (Act, Option<CaseId>) {
        let case = match self.what {
            Disposable::Case(id) => Some(id),
            Disposable::Handovers | Disposable::Office => None,
        };
        let (class, seqs) = (self.class.clone(), self.seqs.clone());
        (Act::Dispose { edition: self.edition, class, from: self.from, due: self.since, seqs }, case)
    }

    /// The same for somebody who does not see every case that keeps it (`sees`, by its reference): of one that they do not see
    /// no more than that there is one.
    #[must_use]
    pub fn told_to(mut self, sees: impl Fn(&str) -> bool) -> Self {
        for kept in &mut self.kept_by {
            match kept {
                KeptBy::Linked(_, other) if !sees(other.as_str()) => words::NOT_SEEN.clone_into(other),
                KeptBy::Held(on, why) if !sees(on.as_str()) => {
                    words::NOT_SEEN.clone_into(on);
                    words::WHY_NOT_SEEN.clone_into(why);
                }
                _ => {}
            }
        }
        self
    }
}

/// What keeps a record from being disposed of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum KeptBy {
    /// The definitions in force have no retention rules of their own.
    NoRules,
    /// No class of the retention rules fits it.
    NoClass(String),
    /// It is open.
    Open(String),
    /// It comes round again and again, and never ends by itself.
    ComesRound(String),
    /// The person is still supported.
    InCare(String),
    /// Its time is not over before this day.
    NotDue(String, NaiveDate),
    /// So many things are owed in it.
    Owed(String, usize),
    /// Something in it waits for a second person.
    Waits(String),
    /// A legal hold, with its reason.
    Held(String, String),
    /// A linked case that is kept.
    Linked(String, String),
    /// So many handover sheets speak of it.
    Handovers(usize),
    /// A handover in which something is not taken yet.
    HandoverOpen,
    /// A form about it is not finished.
    Draft,
    /// Something was set aside for it that is not in the record yet.
    SetAside,
    /// So many entries of kept records name this record of a register, or are by this member of staff.
    Needed(String, usize),
    /// Of a part of it the viewer may see nothing.
    Restricted,
}

impl KeptBy {
    /// In words.
    pub fn says(&self) -> String {
        words::kept_by(self)
    }
}

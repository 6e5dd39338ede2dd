//! The entry: an immutable record of something observed, said, decided or done.
//!
//! Header and body are apart: the header is hashed, kept for ever and holds no names and no text; the body is
//! what people said. How they are stored and chained is left to [`crate::store`].

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::act::Act;
use super::answer::{Answers, Named, When};
use super::ids::{CaseId, CommitmentId, EditionId, EntryId, Hash32, NotAnId, Seq};
use super::leave::Leave;

/// How it is known who sat at the keyboard.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Method {
    /// Chosen by name from the staff list; nobody checked.
    Asserted,
    /// The operating system's account.
    Account,
    /// A PIN or passphrase.
    Pin,
    /// The SSH key that the server authenticated.
    Key,
    /// The program itself, where time brought something about that must be on record.
    System,
}

/// Who did it and who typed it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Who {
    /// Whose act it is (a record of the staff register). None for an act of the program itself, and for a
    /// call taken while nobody was signed in, which an act *sign* may claim later.
    pub by: Option<CaseId>,
    /// Who typed it. Differs from `by` where it was typed for another ("decided by telephone").
    pub typed_by: Option<CaseId>,
    /// How it is known who typed it.
    pub method: Method,
}

/// What an entry says: a step of a pathway, or one of the closed list of acts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Said {
    /// A step of a pathway.
    Step(StepSaid),
    /// One of the acts.
    Act(Act),
    /// The body was lawfully disposed of, or an act of a newer program: kept, verified, shown as such.
    Stub(Stub),
}

/// Why an entry shows no words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stub {
    /// Content removed by an act of disposal; the commitment to it remains, and what the header says.
    Disposed {
        /// Its kind as stored: `PATHWAY.STEP` or `act.NAME`.
        kind: String,
        /// The edition a step was filled in on.
        edition: Option<EditionId>,
    },
    /// Of a record that the viewer may not see: it is as it was.
    Restricted,
    /// An act this version of the program does not know.
    Unknown {
        /// Its kind as stored.
        kind: String,
    },
}

/// A step of a pathway as it was recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StepSaid {
    /// The pathway's id.
    pub pathway: String,
    /// The step's id.
    pub step: String,
    /// The edition of the definitions it was filled in on.
    pub edition: EditionId,
    /// The commitment it was recorded on, for a step that is.
    pub on: Option<CommitmentId>,
    /// What was said, by field id.
    pub answers: Answers,
    /// Why it was recorded late, where it was asked (once).
    pub why_late: Option<String>,
    /// Fields of a record that it emptied: what an earlier step had said in them is no longer known. What is merely left
    /// blank stays as it is.
    pub cleared: BTreeSet<String>,
}

/// What a record says, by the name of a meaning: ids of choices, `yes` or `no`, of every field of it together.
pub type RecordSaid = BTreeMap<String, BTreeSet<String>>;

/// What the register of organisations had of whoever an entry names when it was recorded, by the record's id. Only what a
/// due rule of the entry's pathway may count with; and what the record of whomever its case is about said.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RegisterThen {
    /// Opening hours as they were written there; empty where it had none.
    pub hours: BTreeMap<CaseId, String>,
    /// What kind of organisation it was, the choice's id; nobody of whom that was not said.
    pub kinds: BTreeMap<CaseId, String>,
    /// What the record of whomever the case is about said. Only what conditions of the step ask.
    pub record: RecordSaid,
    /// Which organisations whoever took them was warned of, where a condition of the step asks it.
    pub cautions: Vec<Caution>,
    /// Where whomever the case is about lives, by which its duties go: where a step asks for the place and was told none of
    /// ours, and where the case is moved from the record of somebody by whose place they went, or goes by none yet. `None`
    /// where it was not looked up; then the case stays where it is.
    pub place: Option<PlaceThen>,
}

/// Where somebody lived when it was looked up. Written as the place's id, or as the word `nowhere`: bodies have no `null`,
/// and where the member is missing nothing was looked up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub enum PlaceThen {
    /// At no place of ours: duties no longer go by the one before.
    Nowhere,
    /// At this place.
    At(CaseId),
}

/// How [`PlaceThen::Nowhere`] is written; never changed.
const NOWHERE: &str = "nowhere";

impl PlaceThen {
    /// The place, where there is one.
    pub fn at(self) -> Option<CaseId> {
        match self {
            Self::Nowhere => None,
            Self::At(place) => Some(place),
        }
    }
}

impl From<Option<CaseId>> for PlaceThen {
    fn from(place: Option<CaseId>) -> Self {
        place.map_or(Self::Nowhere, Self::At)
    }
}

impl From<PlaceThen> for String {
    fn from(place: PlaceThen) -> Self {
        place.at().map_or_else(|| NOWHERE.to_owned(), |place| place.to_string())
    }
}

impl TryFrom<String> for PlaceThen {
    type Error = NotAnId;

    fn try_from(text: String) -> Result<Self, NotAnId> {
        if text == NOWHERE { Ok(Self::Nowhere) } else { text.parse().map(Self::At) }
    }
}

/// An organisation that is taken only with a reason: a case about it stands so that whoever takes it is warned, as an
/// arrangement that was suspended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Caution {
    /// The organisation's record.
    pub organisation: CaseId,
    /// Its name, by which it is known where it was written as words.
    pub name: String,
    /// The case about it.
    pub case: CaseId,
    /// How that is called aloud.
    pub reference: String,
    /// The words of the state it stands in.
    pub state: String,
    /// That state's id, by which it is known whatever its words become; empty in what was recorded before it was kept.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub state_id: String,
    /// Since when it stands so.
    pub since: When,
}

/// What a case warns of while it stands as it does: the part of a [`Caution`] that follows from the case alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Warns {
    /// The words of the state it stands in.
    pub state: String,
    /// That state's id.
    pub state_id: String,
    /// Since when it stands so.
    pub since: When,
}

impl Caution {
    /// Whether this is whoever was named: by the record, or without one by the same words.
    pub fn is_of(&self, named: &Named) -> bool {
        match named.id {
            Some(id) => id == self.organisation,
            None => named.words.trim().to_lowercase() == self.name.trim().to_lowercase(),
        }
    }
}

impl RegisterThen {
    /// What was looked up first stays; of others it takes what `later` has.
    pub fn or(&mut self, later: &Self) {
        for (first, later) in [(&mut self.hours, &later.hours), (&mut self.kinds, &later.kinds)] {
            for (contact, said) in later {
                first.entry(*contact).or_insert_with(|| said.clone());
            }
        }
        for (means, said) in &later.record {
            self.record.entry(means.clone()).or_insert_with(|| said.clone());
        }
        for caution in &later.cautions {
            if !self.cautions.contains(caution) {
                self.cautions.push(caution.clone());
            }
        }
    }
}

/// One entry as read back from the ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its number in the ledger.
    pub seq: Seq,
    /// Its id.
    pub id: EntryId,
    /// The case it was recorded in, as stored. Reads go through the derived *effective* case.
    pub case: Option<CaseId>,
    /// The subject (person, location, organisation) as stored. Reads go through the derived *effective* one.
    pub subject: Option<CaseId>,
    /// When it happened.
    pub occurred: When,
    /// When the office was told, where that differs.
    pub reported_at: Option<DateTime<Utc>>,
    /// When it was put into the record, UTC, milliseconds.
    pub recorded_at: DateTime<Utc>,
    /// The wall's offset from UTC in minutes where and when it was recorded.
    pub offset_minutes: i32,
    /// Who.
    pub who: Who,
    /// What.
    pub said: Said,
    /// What the register had of whoever it names, put beside its words when it was recorded: a due time counted with it
    /// must stay what it was when the register changes.
    pub register: RegisterThen,
    /// By what leave it stands: whether it waits for a second person, was done alone, or for somebody.
    pub leave: Leave,
    /// The hash that the next entry carries as `prev`.
    pub hash: Hash32,
}

/// What is asked of the ledger: one entry to append. Ids and times are handed in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewEntry {
    /// Its id; for an entry saved from a form, the draft's id.
    pub id: EntryId,
    /// Appending twice under one key makes one entry. Defaults to the id.
    pub key: String,
    /// The case it belongs to; `None` where it opens one (the case's id is then the entry's), or where it
    /// concerns the office as a whole.
    pub case: Option<CaseId>,
    /// The subject. Required of a step that opens a case of a pathway with a subject; otherwise the case's.
    pub subject: Option<CaseId>,
    /// When it happened.
    pub occurred: When,
    /// When the office was told, where that differs.
    pub reported_at: Option<DateTime<Utc>>,
    /// Who.
    pub who: Who,
    /// What.
    pub what: NewSaid,
}

impl NewEntry {
    /// An act that happens as it is recorded, in a case or in none.
    pub fn of_act(id: EntryId, case: Option<CaseId>, who: Who, act: Act, now: DateTime<Utc>) -> Self {
        Self {
            id,
            key: id.to_string(),
            case,
            subject: None,
            occurred: When::exact(now),
            reported_at: None,
            who,
            what: NewSaid::Act(act),
        }
    }

    /// What follows from this one: under the id that the word `name` gives it, so that it is there once however often it is
    /// worked out; by the same hands and at the same time, in a case that it names or, with none, opens.
    pub fn following(&self, name: &str, case: Option<CaseId>, what: NewSaid) -> Self {
        let id = self.id.derived(name);
        Self {
            id,
            key: id.to_string(),
            case,
            subject: None,
            occurred: self.occurred,
            reported_at: None,
            who: self.who,
            what,
        }
    }
}

/// What a new entry says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NewSaid {
    /// A step, recorded on the newest edition.
    Step {
        /// The pathway's id.
        pathway: String,
        /// The step's id.
        step: String,
        /// The commitment it is recorded on, for a step that is.
        on: Option<CommitmentId>,
        /// What was said.
        answers: Answers,
        /// Why it comes late, where that was asked.
        why_late: Option<String>,
        /// Fields of a record that it empties. What an older program set aside has none.
        #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
        cleared: BTreeSet<String>,
    },
    /// An act.
    Act(Act),
}

impl NewSaid {
    /// A step of a pathway with what was said in it, recorded on nothing that is owed.
    pub fn step(pathway: &str, step: &str, answers: Answers) -> Self {
        Self::Step {
            pathway: pathway.to_owned(),
            step: step.to_owned(),
            on: None,
            answers,
            why_late: None,
            cleared: BTreeSet::new(),
        }
    }
}

/// Entries to be appended together: all or nothing. One that an older program set aside lacks what came later.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Batch {
    /// The entries, in order. A later one may speak of a case that an earlier one opens.
    pub entries: Vec<NewEntry>,
    /// The version each case had when the form was opened. A step that decides, gates or closes is refused
    /// when its case has moved; an additive one is kept and marked as written without sight of the newer.
    pub seen: Vec<(CaseId, u64)>,
    /// When the form was opened, by the clock as it was then: a clock that was set back since refuses nothing that was
    /// stamped before.
    pub opened_at: Option<DateTime<Utc>>,
    /// Ties to other cases of the same call. One whose other case is not in the record is left out: whoever records
    /// that case brings the tie along. One that is there already is left as it is.
    pub ties: Vec<NewEntry>,
    /// The draft this came from; it is cleared once the entries are in the ledger.
    pub draft: Option<super::ids::DraftId>,
    /// The name of the file that its steps were imported from, kept with each of them: why it is on record.
    pub source: Option<String>,
    /// Why what wants two people is done alone, where there is nobody else who may agree to it.
    pub alone: Option<String>,
}

/// The answer to an append: what stands in the record now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Receipt {
    /// First and last entry number.
    pub first: Seq,
    /// Last entry number.
    pub last: Seq,
    /// First eight hexadecimal digits of the chain's head after the last of them.
    pub head: String,
    /// When it was put into the record.
    pub recorded_at: DateTime<Utc>,
    /// The cases touched, with the short references that can be said aloud.
    pub cases: Vec<(CaseId, String)>,
    /// True where the key was already in the ledger and nothing new was written.
    pub repeated: bool,
    /// True where something of it has no effect before a second person agrees.
    pub waits: bool,
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn what_follows_has_the_id_that_its_word_gives_it_for_ever() {
        let who = Who { by: Some(CaseId(Uuid::from_u128(3))), typed_by: None, method: Method::Pin };
        let at = DateTime::from_timestamp(1_795_294_920, 0).unwrap();
        let looks = || Act::Looks { looks: 1, head: Hash32([0; 32]) };
        let first = NewEntry {
            subject: Some(CaseId(Uuid::from_u128(4))),
            reported_at: Some(at),
            ..NewEntry::of_act(EntryId(Uuid::from_u128(7)), None, who, looks(), at)
        };
        // As any other program works them out: UUID version 5.
        for (name, id) in [
            ("put_right", "098e387a-51e7-5171-bd12-97656cbfe650"),
            ("kept.00000000-0000-0000-0000-000000000007", "bd58b6e5-c601-5146-a18c-99c5cefac8d3"),
            (
                "settle.00000000-0000-0000-0000-000000000007/promises.0",
                "a37d3391-f426-5926-8f5f-fc970acb5eb8",
            ),
            ("governance.action", "7047c231-71da-568c-b197-3cb5d4692373"),
        ] {
            let case = Some(CaseId(Uuid::from_u128(9)));
            let following = first.following(name, case, NewSaid::Act(looks()));
            assert_eq!((following.id.to_string().as_str(), following.key.as_str()), (id, id), "{name}");
            assert_eq!((following.case, following.subject, following.reported_at), (case, None, None));
            assert_eq!((following.who, following.occurred), (who, When::exact(at)));
        }
    }

    #[test]
    fn a_place_is_written_as_its_id_and_none_as_a_word_each_read_back_as_it_was() {
        let id = CaseId(Uuid::from_u128(7));
        let at = format!("\"{id}\"");
        for (place, written) in [(PlaceThen::At(id), at.as_str()), (PlaceThen::Nowhere, "\"nowhere\"")] {
            assert_eq!(serde_json::to_string(&place).expect("written"), written);
            assert_eq!(serde_json::from_str::<PlaceThen>(written).expect("read"), place);
        }
        assert!(serde_json::from_str::<PlaceThen>("\"elsewhere\"").is_err());
    }
}

//! The case: the entries and commitments that belong together. Its state is a fold over its entries
//! (`pathway::fold`), nothing else; this file is what the fold makes.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::answer::{Answer, Named, When, YesNo};
use super::commitment::{Commitment, Party, Progress};
use super::ids::{CaseId, EditionId, EntryId, Seq};
use super::leave::Waits;
use super::owning::Holding;
use super::share::Share;
use super::slips::Slips;

/// The state of one case after its entries so far. Serialised into a derived table; can be thrown away and rebuilt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaseState {
    /// Its id.
    pub id: CaseId,
    /// The pathway it follows.
    pub pathway: String,
    /// Who or what it is about, effectively (after any move to the right record).
    pub subject: Option<CaseId>,
    /// The location, where known.
    pub location: Option<CaseId>,
    /// The pathway's state it stands in.
    pub state: String,
    /// Whether it is closed.
    pub closed: bool,
    /// When it was opened (recorded).
    pub opened_at: DateTime<Utc>,
    /// The number of the last entry that touched it: its version.
    pub version: Seq,
    /// What is known of it by meaning.
    pub facts: Facts,
    /// Latest effective answers by `STEP.FIELD`, for predicates and pre-filling. A text too long to keep here
    /// stands as an empty one.
    pub answers: BTreeMap<String, Answer>,
    /// Its entries in the order of the ledger.
    pub entries: Vec<EntryMark>,
    /// What is or was owed, in the order it was opened.
    pub commitments: Vec<Commitment>,
    /// Cases linked to this one.
    pub links: Vec<CaseId>,
    /// Legal holds that it stands under, by the entries that placed them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub holds: Vec<EntryId>,
    /// Kinds of organisations that were spoken with, or tried, each with the number of the last entry that says so.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub spoken_with: BTreeMap<String, Seq>,
    /// What was shared with whom, in the order in which it was recorded.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub shares: Vec<Share>,
    /// Attempts to reach somebody outside, in the order in which they were recorded.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub contacts: Vec<Contact>,
    /// Who was told, by the choice's id, and when last.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub told: BTreeMap<String, When>,
    /// Those of them that were opened for the same matter.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub duplicates: Vec<CaseId>,
    /// Who of ours follows it to its end; `None` for a register's record, which nobody owns.
    #[serde(default)]
    pub owner: Option<Party>,
    /// How they came to it, to whom it is offered and who refused it.
    #[serde(default)]
    pub holding: Holding,
}

/// The kind of the mark of an entry whose content was disposed of.
pub const DISPOSED: &str = "disposed";

impl CaseState {
    /// Whether its content was disposed of, all that there was: what is left are acts about that.
    pub fn is_disposed_of(&self) -> bool {
        let first = self.entries.first();
        first.is_some_and(|mark| mark.kind == DISPOSED)
            && self.entries.iter().all(|mark| mark.kind == DISPOSED || mark.edition.is_none())
    }

    /// What was answered late by an entry that happened at this time: of several, what was owed first. Nothing that
    /// was eased by then.
    pub fn answered_late(&self, entry: EntryId, at: DateTime<Utc>) -> Option<&Commitment> {
        let answered = |one: &&Commitment| {
            let done = matches!(one.progress, Progress::Confirmed | Progress::Refused | Progress::Superseded);
            done && one.settled_by == Some(entry)
                && one.eased().is_none()
                && at - one.due >= TimeDelta::minutes(1)
        };
        self.commitments.iter().filter(answered).min_by_key(|one| one.due)
    }
}

/// Whoever rang, among those who were told.
pub const CALLER: &str = "caller";

/// An attempt to reach somebody outside.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    /// When.
    pub at: When,
    /// Who.
    pub with: Named,
    /// How it ended, the choice's id.
    pub outcome: String,
}

/// What the fold remembers of one entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntryMark {
    /// The entry.
    pub id: EntryId,
    /// Its number.
    pub seq: Seq,
    /// Its step, or its act's kind (`act.amend`).
    pub kind: String,
    /// The edition it was filled in on, for a step.
    pub edition: Option<EditionId>,
    /// When it happened, effectively.
    pub occurred: When,
    /// When it was recorded.
    pub recorded_at: DateTime<Utc>,
    /// The entry that amended it last, if any did.
    pub amended_by: Option<EntryId>,
    /// Fields that ought to be answered and are not. Empty for a complete record.
    pub missing: Vec<String>,
    /// Recorded without sight of what another had written meanwhile.
    pub unsighted: YesNo,
    /// Typed for somebody who has yet to confirm it (`Some`: whose act it is).
    pub to_confirm: Option<CaseId>,
    /// The entry in which they said that it is not as they had said it; it then still waits.
    #[serde(default)]
    pub disputed_by: Option<EntryId>,
    /// What of it was to have no effect until a second person agreed.
    #[serde(default)]
    pub waits: Option<Waits>,
    /// The entry in which a second person agreed (yes) or refused, once one did.
    #[serde(default)]
    pub second: Option<(EntryId, YesNo)>,
    /// Milestones that it reached, each with its time.
    #[serde(default)]
    pub reached: BTreeMap<Milestone, When>,
    /// Recorded while nobody was signed in, and not signed yet.
    #[serde(default)]
    pub unsigned: bool,
    /// Who signed it later.
    #[serde(default)]
    pub signed_by: Option<CaseId>,
    /// Who outside was contacted, where it is about a contact.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contact: Option<Contacted>,
}

/// A contact with somebody outside.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contacted {
    /// With whom.
    pub with: Named,
    /// How it ended, the choice's id, where the form asks for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outcome: Option<String>,
}

impl EntryMark {
    /// Whether it counts as recorded: not while all of it waits for a second person, nor once that was refused.
    pub fn counts(&self) -> bool {
        let agreed = self.second.is_some_and(|(_, agrees)| agrees == YesNo::Yes);
        self.waits != Some(Waits::All) || agreed
    }

    /// Whether it, or a part of it, waits for a second person.
    pub fn awaits_second(&self) -> bool {
        self.waits.is_some() && self.second.is_none()
    }
}

/// What is known of a case by meaning: one row per case, which every queue and measure reads.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Facts {
    /// When each milestone was first reached.
    pub milestones: BTreeMap<Milestone, When>,
    /// Present risk, the choice's id.
    pub risk: Option<String>,
    /// How that risk is shown and how much it weighs.
    #[serde(default)]
    pub level: Option<Level>,
    /// As of when that is the risk.
    #[serde(default)]
    pub risk_at: Option<When>,
    /// What has to be seen before anything else: of each field whose choice says so, the last answer that does.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub alarms: Vec<Alarm>,
    /// A few words that name the matter.
    pub headline: Option<String>,
    /// What the caller last said, in their words, shortened for a preview.
    #[serde(default)]
    pub quoted: Option<String>,
    /// Routes decided on, by choice id.
    pub routes: Vec<String>,
    /// Who rang, and the number to ring back.
    pub caller: Option<String>,
    /// The number to ring back.
    pub call_back: Option<String>,
    /// Whom it is about in the words that were typed, where nobody on record was taken: "the man in flat 9" is all that a
    /// coordinator has until somebody completes the call.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub said_of: Option<String>,
    /// Who last saw the person and when.
    pub seen: Option<(String, When)>,
    /// Who sees the person next and when.
    pub sees_next: Option<(String, Option<When>)>,
    /// Whose decisions there are: a reviewer among them reviews their own.
    #[serde(default)]
    pub decided_by: BTreeSet<CaseId>,
    /// Whom of ours somebody tried to reach, each once, in the order in which they were tried first.
    #[serde(default)]
    pub tried: Vec<CaseId>,
    /// The last advice received, shortened for a list.
    pub advice: Option<String>,
    /// When it was received.
    #[serde(default)]
    pub advised_at: Option<When>,
    /// Whom it came from.
    pub advised_by: Option<Named>,
    /// Interim controls in force, in words.
    pub controls: Vec<String>,
    /// Whether the review found that care or controls changed, with evidence seen.
    pub care_changed: Option<YesNo>,
    /// The subject's own facts where the case is a register's record: latest answer by field id.
    pub record: BTreeMap<String, Answer>,
    /// Where a person is, the choice's id, where the case is their record.
    #[serde(default)]
    pub whereabouts: Option<String>,
    /// How it ended, the closing choice or words.
    pub how_closed: Option<String>,
    /// How far the matter was escalated, in words, each time that was decided, by when it was.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub escalated: Vec<(String, When)>,
    /// The visit or shift that the case is about, where it is about one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub visit: Option<Visit>,
    /// The number of the paper slip it was entered from, where it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub slip: Option<u32>,
    /// The slips of a pad, where the case is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pad: Option<Pad>,
}

/// What has to be seen before anything else in a case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Alarm {
    /// The field that was answered so; a later answer to a field of this id takes it back, in whichever step it stands.
    pub field: String,
    /// What it says, in the words of the definition; empty where the last answer says nothing.
    pub says: String,
    /// As of when that is so.
    pub at: When,
}

impl Facts {
    /// What has to be seen before anything else, in one line; empty where there is nothing.
    pub fn alarm(&self) -> String {
        alarm(&self.alarms)
    }

    /// Those of the emergency services that were called, each with when it first was.
    pub fn called_out(&self) -> impl Iterator<Item = (Milestone, When)> {
        Milestone::CALLED_OUT.into_iter().filter_map(|one| Some((one, *self.milestones.get(&one)?)))
    }
}

/// What alarms say, in one line; empty where none says anything.
pub fn alarm(alarms: &[Alarm]) -> String {
    let says = alarms.iter().map(|alarm| alarm.says.as_str()).filter(|says| !says.is_empty());
    says.collect::<Vec<_>>().join(", ")
}

/// A visit or shift for which somebody has to be found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Visit {
    /// When it begins.
    pub from: When,
    /// When it ends.
    pub until: Option<When>,
    /// What kind of visit it is, in words.
    pub kind: Option<String>,
    /// Whose worker was to come; `None`: our own.
    pub provider: Option<Named>,
    /// Who comes instead; `None`: nobody yet.
    pub covered_by: Option<String>,
    /// From which organisation they come.
    pub covered_from: Option<Named>,
}

/// The numbered slips of a pad.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Pad {
    /// All that it has.
    pub issued: Slips,
    /// Those that will never be entered.
    pub void: Slips,
    /// The next blank one, as somebody last looked: those before it have been written on.
    pub blank: Option<u32>,
}

impl Pad {
    /// The slips that were written on, as far as anybody has looked, and are not void.
    pub fn written(&self) -> Slips {
        self.blank.map(|blank| self.issued.below(blank).without(&self.void)).unwrap_or_default()
    }
}

/// A level of risk as its choice had it when it was chosen: an office names and adds levels, and the weight says what
/// sorts, ranks and colours them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Level {
    /// Its words on screen.
    pub label: String,
    /// From 1, the least, to [`Level::HEAVIEST`].
    pub weight: u8,
}

impl Level {
    /// The most that a level weighs.
    pub const HEAVIEST: u8 = 9;
    /// From this weight on a level is red.
    pub const RED: u8 = 7;
    /// What a risk weighs that nobody has judged: it may be anything, so it stands before what was judged settled.
    pub const UNKNOWN: u8 = 4;

    /// Where a level stands among others, the worst first: 0 to 8.
    pub fn rank(level: Option<&Self>) -> u8 {
        Self::HEAVIEST.saturating_sub(level.map_or(Self::UNKNOWN, |level| level.weight))
    }
}

/// The moments of a case that queues, measures and the triangulation speak of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Milestone {
    /// Something was observed.
    Observed,
    /// The call reached the office.
    Called,
    /// An ambulance was called: 999. In what was recorded on editions before this one, police, fire or the duty team as well.
    Emergency,
    /// The police were called.
    Police,
    /// Fire and rescue were called.
    Fire,
    /// The emergency duty team was called.
    DutyTeam,
    /// The route was decided.
    Decided,
    /// An outside professional or organisation was contacted.
    Contacted,
    /// Advice was received.
    Advised,
    /// The care team, family or representative was told.
    Told,
    /// The care plan or the risk controls were changed, evidence seen.
    CareChanged,
    /// The Registered Manager reviewed it.
    Reviewed,
    /// The case was closed.
    Closed,
}

impl Milestone {
    /// Whoever is called out: emergency services and the duty team.
    pub const CALLED_OUT: [Milestone; 4] =
        [Milestone::Emergency, Milestone::Police, Milestone::Fire, Milestone::DutyTeam];

    /// All of them, in the order of a case.
    pub const ALL: [Milestone; 13] = [
        Milestone::Observed,
        Milestone::Called,
        Milestone::Emergency,
        Milestone::Police,
        Milestone::Fire,
        Milestone::DutyTeam,
        Milestone::Decided,
        Milestone::Contacted,
        Milestone::Advised,
        Milestone::Told,
        Milestone::CareChanged,
        Milestone::Reviewed,
        Milestone::Closed,
    ];
}

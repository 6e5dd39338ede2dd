//! The handover of a shift: what was shown, what became of each thing, and how it was found to be.
//!
//! A handover is made of acts: *hand over* keeps every line as it was shown, and is never changed; *handover answer*, *read
//! back*, *left* and *end* say what became of it. [`Handover`] is what they make together, and nothing else. Which lines
//! there are is left to [`crate::insight::handover`], who owns what to the cases themselves.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::act::Act;
use super::answer::YesNo;
use super::commitment::Party;
use super::entry::{Entry, Said};
use super::ids::{CaseId, CommitmentId, EntryId, Seq};
use super::owning::Owned;

/// So long after a shift ended, what is handed over is still that of the shift that ended; and so long those who come have to
/// take what was handed over once it had.
pub const LATE: TimeDelta = TimeDelta::hours(1);

/// Where a line stands, the most urgent first. Stored by its word; only ever added to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Section {
    /// Red, missing, safeguarding: each is answered by itself.
    First,
    /// Other urgent cases that are open.
    Urgent,
    /// Calls that nobody has decided.
    Decisions,
    /// What others promised, and what is due, in the coming shift.
    Promised,
    /// What is late, and interim controls to be looked at.
    Late,
    /// People in hospital, away or coming back.
    Away,
    /// Visits and shifts without cover.
    Staffing,
    /// Organisations that are not to be used as usual.
    Providers,
    /// What the office itself has to do, about nobody in particular.
    Tasks,
    /// Who is on call, and the duties that pass with the shift.
    OnCall,
    /// Forms that were begun, and calls to ring back.
    Unfinished,
    /// Reviews that fall due.
    Reviews,
    /// Notifications to make.
    Notifications,
    /// What was corrected or moved in the shift that ends.
    Corrections,
    /// Numbered paper slips that nobody has entered.
    Paper,
    /// Due after the coming shift, and somebody's all the same.
    Later,
}

impl Section {
    /// All of them, in their order.
    pub const ALL: [Section; 16] = [
        Section::First,
        Section::Urgent,
        Section::Decisions,
        Section::Promised,
        Section::Late,
        Section::Away,
        Section::Staffing,
        Section::Providers,
        Section::Tasks,
        Section::OnCall,
        Section::Unfinished,
        Section::Reviews,
        Section::Notifications,
        Section::Corrections,
        Section::Paper,
        Section::Later,
    ];
}

/// One line of a handover, in the words in which it was shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Line {
    /// What it is, the same in every handover: `case:UUID`, `owed:UUID/PLACE`, `person:UUID`, `draft:UUID`, `duty:ID`,
    /// `rung:ID/UUID` (who is rung by a duty or role; `rung:ID` where nobody is), `entry:UUID`.
    pub key: String,
    /// Where it stands.
    pub section: Section,
    /// `yes` where it is answered by itself, never together with others.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alone: Option<YesNo>,
    /// Its clock, as it stood then ("late 14m").
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub clock: String,
    /// Whom or what it is about.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub about: String,
    /// What it is.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub what: String,
    /// What holds meanwhile, or what is to be done if it does not happen.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub then: String,
    /// The number to ring.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub number: String,
    /// Who sees to it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub whose: String,
    /// The case's short reference.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reference: String,
    /// The case.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub case: Option<CaseId>,
    /// The person or other subject.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<CaseId>,
    /// What is owed, where the line is that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owed: Option<CommitmentId>,
    /// When it falls due.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<DateTime<Utc>>,
    /// `yes` where whoever hands over sees to it, so that somebody has to take it. Anything else is to be known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub taken: Option<YesNo>,
    /// The last entry of its case when it was shown; 0 where it has none. Anything newer is a change.
    #[serde(default, skip_serializing_if = "is_none")]
    pub seq: Seq,
    /// It is theirs by a duty alone. Not kept: it becomes theirs by name when it is handed over, and stays so until
    /// somebody has it.
    #[serde(skip)]
    pub by_duty: bool,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands a reference")]
fn is_none(seq: &Seq) -> bool {
    *seq == 0
}

impl Line {
    /// A line about nothing yet.
    pub fn new(key: String, section: Section) -> Self {
        Self {
            key,
            section,
            alone: None,
            clock: String::new(),
            about: String::new(),
            what: String::new(),
            then: String::new(),
            number: String::new(),
            whose: String::new(),
            reference: String::new(),
            case: None,
            subject: None,
            owed: None,
            due: None,
            taken: None,
            seq: 0,
            by_duty: false,
        }
    }

    /// Whether it is answered by itself.
    pub fn is_alone(&self) -> bool {
        self.alone == Some(YesNo::Yes)
    }

    /// Whether somebody has to take it, rather than know of it.
    pub fn is_to_be_taken(&self) -> bool {
        self.taken == Some(YesNo::Yes)
    }

    /// What of its case whoever takes it owns from then on; `None` where it is nothing that is owned.
    pub fn owned(&self) -> Option<(CaseId, Owned)> {
        let case = self.case.filter(|_| self.is_to_be_taken())?;
        match &self.owed {
            Some(owed) => Some((case, Owned::Owed(owed.clone()))),
            None => self.key.starts_with("case:").then_some((case, Owned::Case)),
        }
    }

    /// The duty that passes with it, where it is one.
    pub fn duty(&self) -> Option<&str> {
        self.key.strip_prefix("duty:").filter(|_| self.is_to_be_taken())
    }
}

/// The act by which a shift is handed over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HandedOver {
    /// When the shift began that ends.
    pub from: DateTime<Utc>,
    /// When it ends.
    pub until: DateTime<Utc>,
    /// When the coming shift ends.
    pub next: DateTime<Utc>,
    /// To whom, where that is known; otherwise to whoever comes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Party>,
    /// Who else was there, in words.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub others: String,
    /// Where, or by what means, in words.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub place: String,
    /// Anything else that is to be known.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// Every line as it was shown, in that order.
    pub lines: Vec<Line>,
}

/// What somebody answers to a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answered {
    /// They see to it from now on.
    Taken,
    /// They know of it; nobody has to take it.
    Read,
    /// They do not take it, and say why.
    Refused,
    /// They ask something first; it stays where it is.
    Queried,
}

impl Answered {
    /// Whether a reason is wanted.
    pub fn wants_reason(self) -> bool {
        matches!(self, Answered::Refused | Answered::Queried)
    }
}

/// An answer to a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineAnswer {
    /// Who answered.
    pub by: CaseId,
    /// When it was recorded.
    pub at: DateTime<Utc>,
    /// What.
    pub answer: Answered,
    /// Why, where it was refused or queried.
    pub reason: String,
}

/// To whom a line passed that nobody had taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Left {
    /// The duty of the rota that has it.
    pub duty: String,
    /// Since when: the end of the shift, or when whoever handed over left.
    pub since: DateTime<Utc>,
    /// When that was recorded.
    pub at: DateTime<Utc>,
    /// Who left it; `None` where the shift ended and nobody said anything.
    pub by: Option<CaseId>,
}

/// A line and what became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Handed {
    /// As it was shown.
    pub line: Line,
    /// What was answered, oldest first; the last stands.
    pub answers: Vec<LineAnswer>,
    /// To whom it passed when the shift ended, where nobody had taken it.
    pub left: Option<Left>,
}

impl Handed {
    /// The answer that stands.
    pub fn answer(&self) -> Option<&LineAnswer> {
        self.answers.last()
    }

    /// Whether somebody has it or knows of it: nothing more is asked of anybody.
    pub fn is_done(&self) -> bool {
        self.answer().is_some_and(|last| matches!(last.answer, Answered::Taken | Answered::Read))
    }

    /// Who refused or queried it last, if the last word is that.
    pub fn is_refused(&self) -> bool {
        self.answer().is_some_and(|last| last.answer.wants_reason())
    }
}

/// What was said of a handover as a whole, at its end or any time later.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HowItWas {
    /// The entry.
    pub entry: EntryId,
    /// Who says so.
    pub by: CaseId,
    /// When.
    pub at: DateTime<Utc>,
    /// Whether it was as it should be.
    pub satisfactory: YesNo,
    /// What was missing, or what else is to be known.
    pub note: String,
}

/// Words with which somebody said back what they had heard.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadBack {
    /// Who.
    pub by: CaseId,
    /// When.
    pub at: DateTime<Utc>,
    /// Their words.
    pub words: String,
}

/// A handover as its acts have made it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Handover {
    /// The entry that began it.
    pub id: EntryId,
    /// Its number.
    pub seq: Seq,
    /// Who hands over.
    pub giver: CaseId,
    /// When it was recorded: the lines are as they stood then.
    pub at: DateTime<Utc>,
    /// When the shift began that ends.
    pub from: DateTime<Utc>,
    /// When it ends.
    pub until: DateTime<Utc>,
    /// When the coming shift ends.
    pub next: DateTime<Utc>,
    /// To whom, where that is known.
    pub to: Option<Party>,
    /// Who else was there.
    pub others: String,
    /// Where.
    pub place: String,
    /// Anything else.
    pub note: String,
    /// The lines.
    pub lines: Vec<Handed>,
    /// What was read back, oldest first.
    pub read_backs: Vec<ReadBack>,
    /// What was said of it as a whole, oldest first.
    pub how: Vec<HowItWas>,
}

/// How many lines stand where.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Counts {
    /// All of them.
    pub all: usize,
    /// Taken by somebody.
    pub taken: usize,
    /// Known to somebody who has nothing to take in it.
    pub read: usize,
    /// Refused.
    pub refused: usize,
    /// Queried.
    pub queried: usize,
    /// Not answered.
    pub open: usize,
}

impl Handover {
    /// The handover that an entry begins, where it is one.
    pub fn begun(entry: &Entry) -> Option<Self> {
        let Said::Act(Act::HandOver(said)) = &entry.said else { return None };
        let HandedOver { from, until, next, to, others, place, note, lines } = (**said).clone();
        let handed = |line| Handed { line, answers: Vec::new(), left: None };
        Some(Self {
            id: entry.id,
            seq: entry.seq,
            giver: entry.who.by?,
            at: entry.recorded_at,
            from,
            until,
            next,
            to,
            others,
            place,
            note,
            lines: lines.into_iter().map(handed).collect(),
            read_backs: Vec::new(),
            how: Vec::new(),
        })
    }

    /// What would be handed over, before it is: nobody has answered anything.
    pub fn proposed(
        giver: CaseId,
        (from, until, next): (DateTime<Utc>, DateTime<Utc>, DateTime<Utc>),
        lines: Vec<Line>,
        now: DateTime<Utc>,
    ) -> Self {
        let handed = |line| Handed { line, answers: Vec::new(), left: None };
        Self {
            id: EntryId(giver.0),
            seq: 0,
            giver,
            at: now,
            from,
            until,
            next,
            to: None,
            others: String::new(),
            place: String::new(),
            note: String::new(),
            lines: lines.into_iter().map(handed).collect(),
            read_backs: Vec::new(),
            how: Vec::new(),
        }
    }

    /// Takes in what a later act says of it; anything else leaves it as it is.
    pub fn absorb(&mut self, entry: &Entry) {
        let Said::Act(act) = &entry.said else { return };
        let (by, at) = (entry.who.by, entry.recorded_at);
        match act {
            Act::HandoverAnswer { items, answer, reason, .. } => {
                let Some(by) = by else { return };
                for handed in self.lines.iter_mut().filter(|handed| items.contains(&handed.line.key)) {
                    handed.answers.push(LineAnswer { by, at, answer: *answer, reason: reason.clone() });
                }
            }
            Act::HandoverReadBack { words, .. } => {
                self.read_backs.extend(by.map(|by| ReadBack { by, at, words: words.clone() }));
            }
            Act::HandoverEnd { satisfactory, note, .. } => {
                let how = |by| HowItWas {
                    entry: entry.id,
                    by,
                    at,
                    satisfactory: *satisfactory,
                    note: note.clone(),
                };
                self.how.extend(by.map(how));
            }
            Act::HandoverLeft { items, duty, .. } => {
                let left = Left { duty: duty.clone(), since: entry.occurred.at, at, by };
                for handed in self.lines.iter_mut().filter(|handed| items.contains(&handed.line.key)) {
                    handed.left = Some(left.clone());
                }
            }
            _ => {}
        }
    }

    /// A line by its key.
    pub fn line(&self, key: &str) -> Option<&Handed> {
        self.lines.iter().find(|handed| handed.line.key == key)
    }

    /// Lines that somebody has to take and nobody has taken, and that have not passed to anybody else either.
    pub fn waiting(&self) -> impl Iterator<Item = &Handed> {
        let waits =
            |handed: &&Handed| handed.line.is_to_be_taken() && !handed.is_done() && handed.left.is_none();
        self.lines.iter().filter(waits)
    }

    /// When what nobody has taken passes to whoever is on call: at the end of the shift, and where the shift had ended when it
    /// was handed over, [`LATE`] after that. Otherwise it would be gone before anybody could have taken it.
    pub fn passes_on(&self) -> DateTime<Utc> {
        if self.at < self.until { self.until } else { self.at + LATE }
    }

    /// Whether anybody still has to take something. What nobody has read keeps no handover open.
    pub fn is_open(&self) -> bool {
        self.waiting().next().is_some()
    }

    /// Whether a line that is to be taken was taken by nobody, though it may have passed to whoever is on call meanwhile.
    pub fn is_unanswered(&self) -> bool {
        self.lines.iter().any(|handed| handed.line.is_to_be_taken() && !handed.is_done())
    }

    /// How many lines stand where.
    pub fn counts(&self) -> Counts {
        let mut counts = Counts { all: self.lines.len(), ..Counts::default() };
        for handed in &self.lines {
            match handed.answer().map(|last| last.answer) {
                Some(Answered::Taken) => counts.taken += 1,
                Some(Answered::Read) => counts.read += 1,
                Some(Answered::Refused) => counts.refused += 1,
                Some(Answered::Queried) => counts.queried += 1,
                None => counts.open += 1,
            }
        }
        counts
    }

    /// Everybody who took or read a line, in that order: those to whom the shift was handed over.
    pub fn receivers(&self) -> Vec<CaseId> {
        let mut receivers = Vec::new();
        for answer in self.lines.iter().flat_map(|handed| &handed.answers) {
            if !receivers.contains(&answer.by) {
                receivers.push(answer.by);
            }
        }
        receivers
    }

    /// Whether the last word on it is that it was not as it should be.
    pub fn is_unsatisfactory(&self) -> bool {
        self.how.last().is_some_and(|how| how.satisfactory == YesNo::No)
    }
}

//! One field of a form: its label, what it means, when it is asked.
//!
//! What kind of answer it takes is in `kind`; what it makes owed in `owed`.

use serde::{Deserialize, Serialize};

use super::{AgendaPart, AuditPart, Gate, Kind, Means, Opens, Predicate, When};
use crate::domain::sheet::CardLine;
use crate::pathway::due::Every;

/// One field of a form.
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    /// Its id within the step.
    pub id: String,
    /// Its label.
    pub label: String,
    /// The hint shown while it has the focus.
    pub help: String,
    /// What kind of answer it takes.
    pub kind: Kind,
    /// What the answer means to rules, queues and reports.
    pub means: Option<Means>,
    /// What a number counts, by the list `counted`; in a table a choice of the same row may say it instead.
    pub counts: Option<String>,
    /// Ties fields of one record together (who and by when of one promise).
    pub group: Option<String>,
    /// When it must be answered: `None` never, `Some(None)` always.
    pub required: Option<When>,
    /// When it is shown at all.
    pub shown: When,
    /// What is asked before an answer is saved as it is, each while its condition holds.
    pub asks: Vec<Gate>,
    /// Asked after hanging up: folded away until opened.
    pub later: bool,
    /// Somebody else's words: kept as said, never linted, shown in italics.
    pub quoted: bool,
    /// Linted as our own words, or as an observation.
    pub lint: Option<Lint>,
    /// Offered from what is on record.
    pub prefill: Option<Prefill>,
    /// What it is offered once other answers of the form make this so, the first that holds, and taken back while nobody has
    /// touched it; nothing is then offered when the form is opened.
    pub offers: Vec<Offer>,
    /// Must not be the same as this other field of the step (`not_same_as`).
    pub not_same_as: Option<String>,
    /// The choice follows from the questions of this decision tree of the step, which offers it; another one is asked about
    /// once, and marked.
    pub follows: Option<String>,
    /// A number that is the rest of the first of these other numbers of the step once those after it are taken from it;
    /// another one is asked about.
    pub rest_of: Vec<String>,
    /// A score that is none while this other field of the step is blank: nobody adds it up without it.
    pub only_with: Option<String>,
    /// Recording it (or each of its rows) opens a commitment.
    pub opens: Option<Opens>,
    /// The answer recurs: a series of commitments.
    pub every: Option<Every>,
    /// A column whose answer stands for the rows below it too, while they are blank or say the same; each can be changed.
    pub carries_down: bool,
    /// Shown on request only, each look noted: never in a list, a banner, a chronology, a search or an export.
    pub sealed: bool,
    /// The line of the card for the emergency call handler on which the answer stands.
    pub card: Option<CardLine>,
    /// No longer asked; old answers still show.
    pub retired: bool,
    /// It says something of its own: what another case says by the same meaning is not taken over here.
    pub own: bool,
}

/// What a field is offered under a condition.
#[derive(Debug, Clone, PartialEq)]
pub struct Offer {
    /// From where.
    pub prefill: Prefill,
    /// When.
    pub when: Predicate,
}

/// Which list of empty phrases our words are held against.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Lint {
    /// Our own summary or next step.
    Own,
    /// What somebody of ours saw.
    Observation,
}

/// Where a field's answer is offered from: the closed list of queries. In a step that opens a case, what is asked of a case
/// is asked of the one from which it is begun.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Prefill {
    /// The time the form was opened.
    Opened,
    /// Whoever is signed in.
    SignedIn,
    /// Whoever holds the decision now.
    DecisionHolder,
    /// Whoever of ours is to be rung now: the first in the chain who was not tried in this case.
    NextToRing,
    /// Their number.
    NextToRingNumber,
    /// Whoever comes after them in the chain.
    ThenToRing,
    /// Their number.
    ThenToRingNumber,
    /// The case's present risk.
    Risk,
    /// The obligor of the commitment the step is recorded on, or for which the case is begun.
    Obligor,
    /// What is owed by that commitment.
    What,
    /// The commitment itself, with how often it was chased.
    OwedHere,
    /// When that was due, by the promise or by the time that counts without one.
    Due,
    /// The case's subject.
    Subject,
    /// The short reference of the case from which this one is begun.
    FromCase,
    /// The caller of the case.
    Caller,
    /// Interim controls in force.
    Controls,
    /// The latest answer to the field of the same meaning in this case; in a register, to the field of the same id.
    Latest,
    /// The numbers of the next pad of paper slips.
    NextSlips,
    /// Yes where whoever is signed in stands in for those whose step it is first, no where they are one of them.
    StandsIn,
    /// How often what was observed was written down in this case in the last four weeks and in the four before, a line
    /// for each step that asks what was seen and can be recorded again.
    Counts,
    /// A row for each thing that is owed about the record at hand, whichever case it stands in; in a case that is no
    /// record, for each that is owed in it.
    Owed,
    /// A row for each person who relies on the organisation that the case is about: by their record, by a visit that is still
    /// to take place, by what the case says. Who is meant goes into the column of the kind `person`, for what into the one
    /// that means `relied_for`, by when into the one that means `due`.
    Relying,
    /// A row for each matter of the office's queues that one of these parts brings. Only in a case about the office itself,
    /// or about an organisation: of what is about that one.
    #[serde(skip)]
    Agenda(Vec<AgendaPart>),
    /// A row for each matter of the agenda of this other field that stood there the last so many times in a row, and
    /// stands there still.
    #[serde(skip)]
    Unresolved {
        /// The field of the same form that goes through the agenda.
        of: String,
        /// How many times in a row, from 1.
        times: usize,
    },
    /// This part of an audit of records (`{ audit = "seed" }`).
    #[serde(skip)]
    Audit(AuditPart),
    /// The latest answer of this meaning in this case, whatever the field itself means (`{ case = "provider" }`).
    #[serde(skip)]
    Case(Means),
    /// What the record of the case's subject says by these meanings (`{ record = "alert" }`).
    #[serde(skip)]
    Record(Vec<Means>),
    /// What the subject's other cases say by these meanings, the newest first (`{ history = "care_evidence" }`).
    #[serde(skip)]
    History {
        /// By these meanings; of one entry they are read together, in this order.
        means: Vec<Means>,
        /// In cases of these pathways; empty: of any.
        of: Vec<String>,
    },
}

impl Prefill {
    /// What it reads of the record of whom a case is about, or of their other cases; nothing for the others.
    pub fn past(&self) -> &[Means] {
        match self {
            Prefill::Record(means) | Prefill::History { means, .. } => means,
            _ => &[],
        }
    }
}

impl Field {
    /// A field that asks for an answer and no more: it may be left blank, means nothing to rules and opens nothing.
    pub fn plain(id: &str, label: &str, kind: Kind) -> Self {
        Self {
            id: id.to_owned(),
            label: label.to_owned(),
            help: String::new(),
            kind,
            means: None,
            counts: None,
            group: None,
            required: None,
            shown: None,
            asks: Vec::new(),
            later: false,
            quoted: false,
            lint: None,
            prefill: None,
            offers: Vec::new(),
            not_same_as: None,
            follows: None,
            rest_of: Vec::new(),
            only_with: None,
            opens: None,
            every: None,
            carries_down: false,
            sealed: false,
            card: None,
            retired: false,
            own: false,
        }
    }

    /// Whether it can be answered with a number of working days: a clock runs by it, which they are counted for.
    pub fn counts_days(&self) -> bool {
        self.kind == Kind::ByWhen && matches!(self.means, Some(Means::Due | Means::ControlReviewBy))
    }

    /// Whether a day without its year is the last such day, not the next.
    pub fn looks_back(&self) -> bool {
        matches!(self.means, Some(Means::Born | Means::PeriodFrom | Means::PeriodUntil))
    }

    /// With this hint, shown while it has the focus.
    #[must_use]
    pub fn with_help(self, help: &str) -> Self {
        Self { help: help.to_owned(), ..self }
    }

    /// Must always be answered.
    #[must_use]
    pub fn required(self) -> Self {
        Self { required: Some(None), ..self }
    }
}

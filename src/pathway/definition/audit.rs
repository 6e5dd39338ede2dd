//! What an audit of records draws from, looks at in any case, and asks of each case: `audit.toml` as it stands after reading.
//!
//! How a sample is drawn, what is proposed for a criterion and what an audit comes to is left to `insight::audit`.

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};

use super::{Means, Pathway, Predicate, Prefill, Step, When};
use crate::domain::audit::About;

/// The rules of an audit.
#[derive(Debug, Clone, PartialEq)]
pub struct AuditRules {
    /// Pathways whose cases a sample is drawn from.
    pub of: Vec<String>,
    /// What is looked at in any case.
    pub always: Vec<Always>,
    /// What is asked of a case, in the order of the form.
    pub criteria: Vec<Criterion>,
}

/// Cases that are looked at in any case, and reported apart.
#[derive(Debug, Clone, PartialEq)]
pub struct Always {
    /// Its id, kept with each case of a sample.
    pub id: String,
    /// In words.
    pub title: String,
    /// Of cases of these pathways.
    pub of: Vec<String>,
    /// Those of which this holds; all without it.
    pub when: When,
}

/// One thing that is asked of a case.
#[derive(Debug, Clone, PartialEq)]
pub struct Criterion {
    /// Its id, kept with each answer.
    pub id: String,
    /// In words.
    pub title: String,
    /// What it is about.
    pub about: About,
    /// Of cases of these pathways; of others it is not asked.
    pub of: Vec<String>,
    /// Only where this holds; otherwise it does not apply.
    pub applies: When,
    /// By what the program proposes an answer.
    pub shows: Shows,
    /// No longer asked; old answers still count.
    pub retired: bool,
}

/// What the program looks at to propose an answer.
#[derive(Debug, Clone, PartialEq)]
pub enum Shows {
    /// The condition holds.
    Met(Predicate),
    /// What was owed under this step, or in these rows (`STEP.FIELD`), was done by its time.
    InTime(String),
    /// The step was recorded within the working period in which it happened.
    InShift(String),
    /// What was promised in these rows has a time, or the reason why none was given.
    Dated(String),
    /// What was promised in these rows and was late by more than this was chased.
    Chased(String, TimeDelta),
    /// Each of the four sources stands in the record: observed, escalated, advised, care changed or looked at.
    Sources,
}

/// A part of an audit that a field of its forms is filled with (`prefill = { audit = "seed" }`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AuditPart {
    /// A row for each case of the sample.
    Sample,
    /// From what it was drawn.
    Seed,
    /// How it was drawn.
    Method,
    /// The references of all cases from which it was drawn.
    Population,
    /// How many those are.
    Counted,
    /// What the record of the case at hand shows, criterion by criterion.
    Shown,
    /// What is proposed for each criterion.
    Proposed,
    /// What the audit comes to.
    Result,
    /// Restricted records of the time, counted: they are in no audit but one that is kept to whoever may see them.
    Restricted,
    /// In a rehearsal: the question that is drawn.
    Question,
    /// In a rehearsal: the framework it comes from, with its edition.
    Framework,
    /// In a rehearsal: the person who is drawn.
    Person,
    /// In a rehearsal: what the records of that person have that serves the question, and what is late or blank.
    Records,
}

impl AuditPart {
    /// As it is written in a definition.
    pub fn name(self) -> &'static str {
        match self {
            AuditPart::Sample => "sample",
            AuditPart::Seed => "seed",
            AuditPart::Method => "method",
            AuditPart::Population => "population",
            AuditPart::Counted => "counted",
            AuditPart::Shown => "shown",
            AuditPart::Proposed => "proposed",
            AuditPart::Result => "result",
            AuditPart::Restricted => "restricted",
            AuditPart::Question => "question",
            AuditPart::Framework => "framework",
            AuditPart::Person => "person",
            AuditPart::Records => "records",
        }
    }
}

/// The steps of a pathway by which records are audited.
#[derive(Debug, Clone, Copy)]
pub struct AuditSteps<'a> {
    /// For which time and how many: it means `period_from`.
    pub draw: &'a Step,
    /// The sample.
    pub sample: &'a Step,
    /// A case's answers.
    pub score: &'a Step,
}

impl<'a> AuditSteps<'a> {
    /// Those of this pathway, where records are audited by it.
    pub fn of(pathway: &'a Pathway) -> Option<Self> {
        let filled = |step: &&Step, part| {
            step.fields.iter().any(|field| {
                let from = match &field.kind {
                    super::Kind::Rows { from, .. } => from.as_ref(),
                    _ => field.prefill.as_ref(),
                };
                from == Some(&Prefill::Audit(part))
            })
        };
        let steps = || pathway.steps.iter().filter(|step| !step.retired);
        Some(Self {
            draw: steps().find(|step| step.meaning(Means::PeriodFrom).is_some())?,
            sample: steps().find(|step| filled(step, AuditPart::Sample))?,
            score: steps().find(|step| filled(step, AuditPart::Proposed))?,
        })
    }
}

//! What is shown of audits of records.

use chrono::NaiveDate;
use serde::Serialize;

use crate::domain::answer::{Check, When};
use crate::domain::audit::{About, Share};
use crate::domain::ids::{CaseId, EntryId};

/// A row of the list of audits: one time that a sample was drawn.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AuditRow {
    /// The case.
    pub case: CaseId,
    /// Its short reference.
    pub reference: String,
    /// Its pathway.
    pub pathway: String,
    /// What it is about, in a few words.
    pub headline: Option<String>,
    /// The audit.
    pub audit: Audit,
}

/// One audit: its sample, what was answered, and what that comes to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Audit {
    /// The entry that says for which time it is.
    pub drawn_by: EntryId,
    /// When that was.
    pub drawn: When,
    /// The first day whose records are audited.
    pub from: Option<NaiveDate>,
    /// The last day.
    pub until: Option<NaiveDate>,
    /// From what the sample was drawn; empty before it was.
    pub seed: String,
    /// How it was drawn.
    pub method: String,
    /// The references of all cases from which it was drawn, in their order.
    pub population: Vec<String>,
    /// The cases of the sample.
    pub sample: Vec<Sampled>,
    /// How many restricted records of the time are not in it, in words; empty where the audit is of those.
    pub restricted: String,
    /// How many cases were asked for: at least so many, and so many of a hundred.
    pub wanted: (usize, usize),
    /// Drawn again from what is stored, whether the same cases come out; `None` before a sample was drawn.
    pub same_again: Option<bool>,
    /// What is not as it was drawn, in words; empty where all is.
    pub differs: Vec<String>,
    /// What the random sample comes to, criterion by criterion.
    pub drawn_lines: Vec<AuditLine>,
    /// The same for what is looked at in any case, by the reason; each reason, also where there was no such case.
    pub apart: Vec<AuditApart>,
    /// What the random sample came to the time before.
    pub before: Option<Share>,
    /// Actions that came of it: open, and all.
    pub actions: (u64, u64),
    /// When it was finished.
    pub finished: Option<When>,
}

/// A case of a sample.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Sampled {
    /// Its reference.
    pub reference: String,
    /// Of which pathway it is; `None` where that is not known any more.
    pub pathway: Option<String>,
    /// Why it stands there: ids, drawn at random or what is looked at in any case.
    pub why: Vec<String>,
    /// What was answered, once somebody had.
    pub answers: Option<Vec<Check>>,
}

/// What is looked at in any case, for one reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AuditApart {
    /// The reason, in words.
    pub title: String,
    /// How many such cases there were in the time.
    pub cases: usize,
    /// What they come to, criterion by criterion.
    pub lines: Vec<AuditLine>,
}

/// A criterion and what its answers come to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AuditLine {
    /// Its id.
    pub id: String,
    /// In words.
    pub title: String,
    /// What it is about.
    pub about: About,
    /// How often it was met.
    pub share: Share,
}

impl Audit {
    /// How many of the sample were answered.
    pub fn scored(&self) -> usize {
        self.sample.iter().filter(|one| one.answers.is_some()).count()
    }

    /// All criteria of the random sample together.
    pub fn together(&self) -> Share {
        together(&self.drawn_lines)
    }
}

/// Lines summed.
pub fn together(lines: &[AuditLine]) -> Share {
    let mut all = Share::default();
    lines.iter().for_each(|line| all.add(line.share));
    all
}

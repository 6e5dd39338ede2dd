//! What a handover is made from, and how one that was made is read.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use serde::Serialize;

use super::{OwedRow, PadRow, RecordRow};
use crate::domain::case::Facts;
use crate::domain::commitment::Party;
use crate::domain::draft::DraftRow;
use crate::domain::handover::{Counts, Handover, LATE};
use crate::domain::ids::{CaseId, EntryId, Seq};
use crate::domain::rota::Rota;

/// Everything that the lines of a handover are made from, as one viewer may see it at one instant.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct HandoverSources {
    /// What is owed, soonest due first.
    pub owed: Vec<OwedHere>,
    /// Open cases that stand in a handover for themselves: urgent ones, and those of pathways that say so.
    pub cases: Vec<OpenCase>,
    /// People who are not at home, each with the last entry of their record.
    pub away: Vec<(RecordRow, Seq)>,
    /// What was corrected or moved since the shift began, oldest first.
    pub corrections: Vec<Correction>,
    /// Who holds which duty, now and later.
    pub rota: Arc<Rota>,
    /// Unfinished forms.
    pub drafts: Vec<DraftRow>,
    /// Pads with slips that nobody can account for.
    pub slips: Vec<PadRow>,
}

/// Something owed as a handover shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwedHere {
    /// The pathway of its case.
    pub pathway: String,
    /// The state that stands in.
    pub state: String,
    /// The row, as every queue has it.
    pub row: OwedRow,
    /// Where its case belongs, where that is known.
    pub location: Option<CaseId>,
    /// The number that answers outside the hours of whoever owes it.
    pub out_of_hours: Option<String>,
}

/// An open case as a handover shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenCase {
    /// The case.
    pub case: CaseId,
    /// The pathway's id.
    pub pathway: String,
    /// The state it stands in.
    pub state: String,
    /// Its short reference.
    pub reference: String,
    /// The person or other subject.
    pub subject: Option<RecordRow>,
    /// Where it belongs, where that is known.
    pub location: Option<CaseId>,
    /// Who sees to it.
    pub owner: Option<Party>,
    /// The same by name.
    pub whose: String,
    /// What is known by meaning.
    pub facts: Facts,
    /// When it was opened.
    pub opened_at: DateTime<Utc>,
    /// The last entry that touched it.
    pub version: Seq,
    /// It is of a restricted record that the viewer may not see: whom to ask. Nothing else is then here.
    pub ask: Option<String>,
}

/// Something of the record that was put right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correction {
    /// The act.
    pub entry: EntryId,
    /// Its number.
    pub seq: Seq,
    /// When.
    pub at: DateTime<Utc>,
    /// Its kind (`act.amend`).
    pub kind: String,
    /// Who, by name.
    pub by: String,
    /// Why, in their words.
    pub reason: String,
    /// The case.
    pub case: Option<CaseId>,
    /// Its short reference.
    pub reference: String,
    /// Whom the case is about now.
    pub about: Option<RecordRow>,
}

/// A handover as a screen, a sheet or a command shows it: lines of what may not be seen are stubs or left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandoverView {
    /// The handover.
    pub handover: Handover,
    /// What became of lines after they were shown, by key: when, and what it was.
    pub changed: BTreeMap<String, Vec<Change>>,
    /// Who owns what a line is to be taken for, as it is now, by key; none of what is settled or closed.
    pub standing: BTreeMap<String, Standing>,
    /// Names of all who are spoken of.
    pub names: BTreeMap<CaseId, String>,
}

/// Whose something is that was handed over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// Who owns it.
    pub owner: Party,
    /// The offer of it that stands: its entry, and to whom.
    pub offer: Option<(EntryId, Party)>,
    /// The entry in which it was refused last.
    pub refused: Option<EntryId>,
}

/// Something that happened to what a line shows, after it was shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Change {
    /// When it was recorded.
    pub at: DateTime<Utc>,
    /// The step's title, or what was done.
    pub what: String,
}

/// A handover in a list, and what a greeting says of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HandoverRow {
    /// The entry that began it.
    pub id: EntryId,
    /// Who hands over.
    pub giver: CaseId,
    /// By name.
    pub giver_name: String,
    /// To which member of staff, where that is known.
    pub to: Option<CaseId>,
    /// When it was recorded.
    pub at: DateTime<Utc>,
    /// When the shift ends.
    pub until: DateTime<Utc>,
    /// When what nobody has taken passes to whoever is on call.
    pub passes_on: DateTime<Utc>,
    /// How many lines stand where.
    pub counts: Counts,
    /// How many lines wait for somebody to take them.
    pub waiting: usize,
    /// Whether any does.
    pub open: bool,
    /// Whether a line that is to be taken was taken by nobody, though it may have passed to whoever is on call meanwhile.
    pub unanswered: bool,
    /// It was said that it was not as it should be.
    pub unsatisfactory: bool,
}

impl HandoverRow {
    /// Whether somebody who comes now is to see it first: a line waits for somebody, or passed to whoever is on call so lately
    /// that whoever comes late to the shift has not seen it.
    pub fn waits_at(&self, now: DateTime<Utc>) -> bool {
        self.open || self.unanswered && now < self.passes_on + LATE
    }
}

impl HandoverView {
    /// What somebody would hand over now.
    pub fn proposed(handover: Handover, giver: String) -> Self {
        let names = [(handover.giver, giver)].into();
        Self { handover, changed: BTreeMap::new(), standing: BTreeMap::new(), names }
    }

    /// The name of a member of staff.
    pub fn name(&self, staff: CaseId) -> String {
        self.names.get(&staff).cloned().unwrap_or_default()
    }

    /// How many lines changed after they were shown.
    pub fn changes(&self) -> usize {
        self.changed.len()
    }
}

//! Drafts: a form that is not yet in the record, kept as it is typed. Text only, by field and edition; never the
//! state of a widget.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::clocks::{Clocks, Turns, Unfinished};
use super::ids::{CaseId, CommitmentId, DraftId, EditionId, Seq};

/// A form being filled in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// Its id, which becomes the entry's.
    pub id: DraftId,
    /// The pathway and step of the form.
    pub pathway: String,
    /// The step.
    pub step: String,
    /// The edition of the form.
    pub edition: EditionId,
    /// The case it is to be recorded in; `None` where it opens one.
    pub case: Option<CaseId>,
    /// The version of that case when the form was opened.
    pub seen: Option<Seq>,
    /// The commitment it is to be recorded on.
    pub on: Option<CommitmentId>,
    /// The entry that is being amended, where the form corrects or completes one.
    pub amends: Option<super::ids::EntryId>,
    /// Of a form that opens a case: a case, or a sibling draft's case to be, that the new case is linked to (one call,
    /// several people). Of one in a case: the other cases of the person in which the same contact is recorded.
    #[serde(default)]
    pub linked: Vec<CaseId>,
    /// Of a form that opens a case: the case from which it was begun, which the new one is linked to.
    #[serde(default)]
    pub begun: Option<Begun>,
    /// Of a form that opens a case: the case or record that was at hand and from which it was not begun.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub not_from: Option<NotFrom>,
    /// When the form was opened: the call's time stamp.
    pub opened_at: DateTime<Utc>,
    /// Who is filling it in.
    pub staff: Option<CaseId>,
    /// What was typed, by field path (`changed`, `promises.0.by`), exactly as typed.
    pub text: BTreeMap<String, String>,
    /// What others may see while it is unfinished: the person it is about.
    pub about: String,
    /// What others may see while it is unfinished: the number to ring back.
    pub call_back: String,
}

/// From which case another one is begun.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Begun {
    /// The case.
    pub case: CaseId,
    /// What is owed in it and is the reason.
    pub on: Option<CommitmentId>,
    /// What the form calls it: reference and matter.
    pub words: String,
}

/// What was at hand when a case was begun by itself, because its kind is not about that.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NotFrom {
    /// The case or record: whoever may not see it does not see that it is named.
    pub what: CaseId,
    /// What the form calls it: reference and matter, or the name.
    pub words: String,
}

/// A draft in a list: that it exists, never its words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DraftRow {
    /// Its id.
    pub id: DraftId,
    /// The form's title.
    pub step: String,
    /// The pathway's id.
    pub pathway: String,
    /// Whose it is.
    pub staff: Option<CaseId>,
    /// Whose it is, by name; empty where nobody had said who they are, or where no name was read with it.
    pub whose: String,
    /// Since when.
    pub opened_at: DateTime<Utc>,
    /// Last kept.
    pub kept_at: DateTime<Utc>,
    /// The person it is about, as far as known.
    pub about: String,
    /// The number to ring back.
    pub call_back: String,
    /// It is an urgent call that is not in the record: whoever rang may wait to be rung back.
    pub call: bool,
    /// It was finished and is not in the record yet: the ledger could not be written. It goes in by itself.
    pub waits: bool,
    /// Whether a running program holds it open now (a second terminal is warned).
    pub held: bool,
    /// Another terminal asks for it: whoever holds it open gives it up.
    pub wanted: bool,
    /// It is about a restricted record that the viewer may not see: whom to ask.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ask: Option<String>,
}

impl Draft {
    /// The records and cases that it names.
    pub fn names(&self) -> impl Iterator<Item = CaseId> {
        let named = self.text.iter().filter(|(path, _)| path.ends_with(".id"));
        let named = named.filter_map(|(_, id)| id.parse().ok());
        let begun = self.begun.as_ref().map(|begun| begun.case);
        let begun = begun.into_iter().chain(self.not_from.as_ref().map(|at_hand| at_hand.what));
        self.case.into_iter().chain(begun).chain(self.linked.iter().copied()).chain(named)
    }
}

impl DraftRow {
    /// Whether somebody has to see to it that it is gone on with: a call that nobody types in any more.
    pub fn is_dropped_call(&self, clocks: &Clocks, now: DateTime<Utc>) -> bool {
        self.call && !self.waits && (!self.held || self.turns(clocks).state(now).is_late())
    }

    /// How it stands against the clock, counted from the last that was typed. While somebody holds it open it is not due.
    pub fn turns(&self, clocks: &Clocks) -> Turns {
        let Unfinished { late, long_late, .. } = clocks.unfinished;
        Turns {
            due_soon: (!self.held).then_some(self.kept_at),
            due: Some(self.kept_at + late),
            long_late: Some(self.kept_at + long_late),
        }
    }

    /// That it exists, and no more: for whoever may read nothing of anybody.
    #[must_use]
    pub fn veiled(self) -> Self {
        Self { about: String::new(), call_back: String::new(), ..self }
    }
}

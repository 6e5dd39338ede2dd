//! A story that has begun: how far it has come, what is owed in it, and when it goes on.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use serde_json::Value;

use crate::cli::example::draws::Draws;
use crate::cli::example::population::Known;
use crate::domain::answer::Answers;
use crate::domain::commitment::Same;
use crate::domain::ids::{CommitmentId, EntryId};
use crate::pathway::definition::{Does, Field, Follows, Kind, Pathway, Step};
use crate::pathway::follow::moved;
use crate::pathway::predicate::{self, Facts};
use crate::settings::example::{Story, StoryStep};

/// A story that has begun.
pub(super) struct Telling<'a> {
    pub(super) story: &'a Story,
    /// Whose steps it tells.
    pub(super) pathway: &'a Pathway,
    /// The lots it draws, where it draws its own.
    pub(super) lots: Option<Draws>,
    /// The step that comes next; the story's own by its place, until it leaves off.
    pub(super) step: &'a StoryStep,
    pub(super) next: usize,
    pub(super) left_off: bool,
    pub(super) about: &'a Known,
    pub(super) vary: BTreeMap<&'a str, &'a str>,
    pub(super) happened: DateTime<Utc>,
    pub(super) call: EntryId,
    /// What the call's form was filled in with, for corrections of it.
    pub(super) said: BTreeMap<String, Value>,
    /// Steps that were done.
    pub(super) done: BTreeSet<&'a str>,
    /// What is still owed, oldest first, each with the rows (`STEP.FIELD`) that opened it.
    pub(super) owed: Vec<(String, CommitmentId)>,
    /// Steps that are owed, each with what they have to answer as the one before them did.
    pub(super) next_owed: Vec<(String, Option<Same>)>,
    pub(super) to_confirm: Option<(EntryId, &'a str)>,
}

/// What waits for its time, earliest first; of one time, in the order in which it came up.
pub(super) struct Waiting<'a> {
    pub(super) recorded: DateTime<Utc>,
    pub(super) order: u64,
    pub(super) telling: Telling<'a>,
}

impl PartialEq for Waiting<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.key() == other.key()
    }
}

impl Eq for Waiting<'_> {}

impl PartialOrd for Waiting<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Waiting<'_> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.key().cmp(&other.key())
    }
}

impl Waiting<'_> {
    fn key(&self) -> (DateTime<Utc>, u64) {
        (self.recorded, self.order)
    }
}

impl Telling<'_> {
    /// The place of what such a step is recorded on: the last that is owed by rows it may be recorded on.
    pub(super) fn last_owed(&self, step: &Step) -> Option<usize> {
        self.owed.iter().rposition(|(rows, _)| step.on.contains(rows))
    }

    /// The call was moved to the right record by this act: whoever was told of the wrong person is to be told. In a
    /// story one was.
    pub(super) fn moved(&mut self, act: EntryId) {
        let following = self.pathway.steps.iter().filter(|step| step.follows == Some(Follows::Reattribute));
        for (step, field) in following.flat_map(|step| step.fields.iter().map(move |field| (step, field))) {
            if field.opens.is_some() {
                let place = format!("{}.0", field.id);
                let opened = CommitmentId { entry: moved::entry_of(act), place };
                self.owed.push((format!("{}.{}", step.id, field.id), opened));
            }
        }
    }

    /// Whether anything is still owed in it.
    pub(super) fn owes(&self) -> bool {
        !self.owed.is_empty() || !self.next_owed.is_empty()
    }

    /// The steps that are owed after this one: without itself, with those it leads to.
    pub(super) fn lead_on(&mut self, step: &Step, answers: &Answers, now: DateTime<Utc>) {
        self.next_owed.retain(|(owed, same)| {
            let is_meant = same.as_ref().is_none_or(|same| same.holds(answers.get(&same.field)));
            *owed != step.id || !is_meant
        });
        let facts = Facts::of(step, answers, None, now);
        for then in step.then.iter().filter(|then| then.pathway.is_none()) {
            if predicate::applies(&then.when, &facts) {
                let same = then.same.as_ref().and_then(|field| {
                    Some(Same { field: field.clone(), answer: answers.get(field)?.clone() })
                });
                self.next_owed.push((then.step.clone(), same));
            }
        }
    }

    /// What is owed after the step: without what it settled, with the first row of each table that opens something.
    pub(super) fn settle_and_open(
        &mut self,
        step: &Step,
        answers: &Answers,
        (entry, now): (EntryId, DateTime<Utc>),
        on: Option<usize>,
    ) {
        let opened = |place: String| CommitmentId { entry, place };
        let settles = !matches!(step.does, None | Some(Does::Accept | Does::Report));
        if let Some(at) = on.filter(|_| settles) {
            let (rows, _) = self.owed.remove(at);
            if step.does == Some(Does::Supersede) {
                self.owed.push((rows, opened("on".to_owned())));
            }
        }
        // What each row has to say is asked of its table; in a story every row opens what it may.
        let facts = Facts::of(step, answers, None, now);
        let opens = |field: &&Field| {
            field.opens.as_ref().is_some_and(|opens| {
                matches!(field.kind, Kind::Rows { .. }) || predicate::applies(&opens.when, &facts)
            }) && self.step.answers.contains_key(&field.id)
        };
        for field in step.fields.iter().filter(opens) {
            let rows = format!("{}.{}", step.id, field.id);
            self.owed.push((rows, opened(format!("{}.0", field.id))));
        }
    }
}

//! What is owed while nothing else is: a case that is open, and of which nobody has to do anything, is closed by nobody.
//!
//! It is made of what stands after each entry alone, by the definition that the last step was filled in on, and ends as
//! soon as anything else is owed.

use super::{Folding, settle};
use crate::domain::case::CaseState;
use crate::domain::commitment::{Commitment, DueRule, Party, Progress};
use crate::domain::entry::Entry;
use crate::domain::ids::CommitmentId;
use crate::pathway::due::{self, Inputs};

/// Opens or ends it, as the case stands after the entry.
pub(super) fn stand(state: &mut CaseState, entry: &Entry, with: Folding<'_>) {
    let is_idle = |one: &Commitment| one.id.place == Commitment::IDLE;
    let busy = state.commitments.iter().any(|one| one.progress.is_open() && !is_idle(one));
    let mut open = state.commitments.iter_mut().filter(|one| one.progress.is_open() && is_idle(one));
    if busy || state.closed {
        open.for_each(|one| settle::end(one, Progress::Confirmed, entry.id));
    } else if open.next().is_none()
        && let Some(owed) = owed(state, entry, with)
    {
        state.commitments.push(owed);
    }
}

fn owed(state: &CaseState, entry: &Entry, with: Folding<'_>) -> Option<Commitment> {
    let edition = state.entries.iter().rev().find_map(|mark| mark.edition);
    let edition = edition.and_then(|id| with.editions.get(id))?;
    let idle = edition.pathways.get(&state.pathway)?.idle.as_ref()?;
    idle.states.contains(&state.state).then_some(())?;
    let inputs = Inputs {
        zone: *with.zone,
        calendar: &edition.calendar,
        targets: &edition.targets,
        notes: &edition.target_notes,
        choice: &|_| None,
        contact: None,
    };
    // Since when nothing is owed is when that was put into the record, however long before it happened.
    let started = entry.recorded_at;
    let (due, rule) = match due::compute(&idle.within, started, &inputs) {
        Ok(due) => (due.at, serde_json::to_value(&due.rule).ok()?),
        Err(problem) => (started, serde_json::Value::String(problem.to_string())),
    };
    let id = CommitmentId { entry: entry.id, place: Commitment::IDLE.to_owned() };
    let by = Party::Role(idle.by.clone());
    let mut owed = Commitment::begun(id, state.id, idle.title.clone(), (by.clone(), by), started);
    owed.step = Some(idle.step.clone());
    (owed.due, owed.rule) = (due, DueRule::Target(rule));
    Some(owed)
}

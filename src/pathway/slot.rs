//! A stretch of the rota, read out of answers by what they mean: of a form, of a line that is imported, of a record.
//!
//! Who holds a duty by it is left to [`crate::domain::rota`].

use super::definition::{Means, Pathway, Step};
use super::predicate;
use crate::domain::answer::{Answer, Answers, Named};
use crate::domain::case::CaseState;
use crate::domain::ids::CaseId;
use crate::domain::rota::Slot;

/// The slot that answers make, found by their meaning; `None` where they say too little to be one.
pub fn slot<'a>(id: CaseId, answer: impl Fn(Means) -> Option<&'a Answer>) -> Option<Slot> {
    let named = |means| match answer(means) {
        Some(Answer::Named(Named { id, .. })) => *id,
        _ => None,
    };
    let Some(Answer::Choice(duty)) = answer(Means::Duty) else { return None };
    let phone = match answer(Means::Phone) {
        Some(Answer::Text(number)) => Some(number.trim().to_owned()).filter(|number| !number.is_empty()),
        _ => None,
    };
    let slot = Slot {
        id,
        duty: duty.clone(),
        staff: named(Means::OnDuty)?,
        place: named(Means::Place),
        from: predicate::time(answer(Means::SlotFrom))?,
        until: predicate::time(answer(Means::SlotUntil))?,
        phone,
    };
    (slot.from < slot.until).then_some(slot)
}

/// The slot as it stands once a step of its register is recorded: what the step asks as it is answered there, the rest
/// as it is on record.
pub fn after(pathway: &Pathway, step: &Step, given: &Answers, case: Option<&CaseState>) -> Option<Slot> {
    step.meaning(Means::OnDuty)?;
    let opening = pathway.opening()?;
    slot(case.map_or(CaseId(uuid::Uuid::nil()), |case| case.id), |means| match step.meaning(means) {
        Some(field) => given.get(&field.id),
        None => case?.facts.record.get(&opening.meaning(means)?.id),
    })
}

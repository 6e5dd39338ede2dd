//! What the forms of an audit are filled with: the sample with how it was drawn, what the record of the case at hand shows,
//! what is proposed. Drawing and proposing is left to whoever read the records.

use super::Sources;
use super::fitting;
use super::past;
use crate::domain::answer::{Answer, Prefilled};
use crate::domain::views::Past;
use crate::pathway::definition::{AuditPart, Field, Kind, Means};

/// What is offered of this part.
pub(super) fn offer(field: &Field, part: AuditPart, from: Sources<'_>) -> Option<Prefilled> {
    let name = part.name();
    let here = |one: &&Past| one.answers.iter().any(|answer| answer.means == name);
    match part {
        AuditPart::Sample => past::rows_of(field, from.past.iter().filter(here)),
        AuditPart::Shown | AuditPart::Proposed => {
            let case = at_hand(from)?;
            one(field, name, from.past.iter().filter(here).find(|past| past.source == case)?)
        }
        _ => one(field, name, from.past.iter().find(here)?),
    }
}

fn one(field: &Field, name: &str, past: &Past) -> Option<Prefilled> {
    let said = past.answers.iter().find(|answer| answer.means == name)?;
    Some(Prefilled { answer: fitting(&field.kind, said.answer.clone())?, sources: vec![past.entry] })
}

/// The reference of the case on whose line of the sample the step is recorded.
fn at_hand(from: Sources<'_>) -> Option<String> {
    let (state, pathway) = from.case?;
    let owed = from.commitment?;
    let (step, field) = owed.opened_in.as_deref()?.split_once('.')?;
    let Kind::Rows { columns, .. } = &pathway.step(step)?.field(field)?.kind else { return None };
    let column = columns.iter().find(|column| column.means == Some(Means::TakenFrom))?;
    let Some(Answer::Rows(rows)) = state.answers.get(&format!("{step}.{field}")) else { return None };
    let at: usize = owed.id.place.rsplit_once('.')?.1.parse().ok()?;
    match rows.get(at)?.get(&column.id)? {
        Answer::Text(reference) => Some(reference.clone()),
        _ => None,
    }
}

//! The audits that stand in a case, as its entries say them: what was drawn, what was answered of each case of the sample,
//! what it comes to.

use std::collections::BTreeMap;

use crate::domain::answer::{Answer, Answers};
use crate::domain::audit::AND;
use crate::domain::case::{CaseState, EntryMark};
use crate::domain::commitment::Progress;
use crate::domain::entry::Said;
use crate::domain::ids::{CommitmentId, EntryId};
use crate::domain::views::{Audit, Sampled, Told};
use crate::insight::audit as insight;
use crate::pathway::definition::{AuditPart, AuditSteps, Field, Kind, Means, Pathway, Prefill, Step};
use crate::pathway::edition::Edition;

/// The answers of an entry as they stand.
pub(super) fn answers(told: &Told) -> Option<&Answers> {
    match &told.entry.said {
        Said::Step(said) => Some(told.answers.as_ref().unwrap_or(&said.answers)),
        _ => None,
    }
}

/// The audits of a case in the order in which samples were asked for.
pub(super) fn audits(
    pathway: &Pathway,
    steps: AuditSteps<'_>,
    edition: &Edition,
    state: &CaseState,
    chronology: &[Told],
) -> Vec<Audit> {
    let counts = |told: &&Told| {
        state.entries.iter().find(|mark| mark.id == told.entry.id).is_some_and(EntryMark::counts)
    };
    let mut told: Vec<&Told> = chronology.iter().filter(counts).collect();
    told.sort_by_key(|told| told.entry.seq);
    let by_id: BTreeMap<EntryId, &Told> = told.iter().map(|told| (told.entry.id, *told)).collect();
    let mut all: Vec<Audit> = Vec::new();
    for one in told {
        let Said::Step(said) = &one.entry.said else { continue };
        let Some(answers) = answers(one) else { continue };
        if said.step == steps.draw.id {
            let number = |means| match steps.draw.meaning(means).and_then(|field| answers.get(&field.id)) {
                Some(Answer::Number(number)) => usize::try_from(*number).unwrap_or(0),
                _ => 0,
            };
            let day = |means| match answers.get(&steps.draw.meaning(means)?.id)? {
                Answer::Date(day) => Some(*day),
                _ => None,
            };
            all.push(Audit {
                drawn_by: one.entry.id,
                drawn: one.occurred,
                from: day(Means::PeriodFrom),
                until: day(Means::PeriodUntil),
                seed: String::new(),
                method: String::new(),
                population: Vec::new(),
                sample: Vec::new(),
                restricted: String::new(),
                wanted: (number(Means::SampleSize), number(Means::SamplePercent)),
                same_again: None,
                differs: Vec::new(),
                drawn_lines: Vec::new(),
                apart: Vec::new(),
                before: all.last().map(Audit::together),
                actions: (0, 0),
                finished: None,
            });
            continue;
        }
        let Some(audit) = all.last_mut() else { continue };
        if said.step == steps.sample.id {
            (audit.seed, audit.method) = (
                text(steps.sample, answers, AuditPart::Seed),
                text(steps.sample, answers, AuditPart::Method),
            );
            audit.population = insight::read_list(&text(steps.sample, answers, AuditPart::Population));
            audit.sample = sampled(steps, one.entry.id, answers, state, &by_id);
            audit.sample.iter_mut().for_each(|one| one.pathway = kind_of(&one.reference, edition));
            audit.restricted = text(steps.sample, answers, AuditPart::Restricted);
            audit.differs = insight::differs(audit);
            audit.same_again = Some(audit.differs.is_empty());
            let scored = insight::comes_to(&edition.audit, &audit.sample);
            (audit.drawn_lines, audit.apart) = (scored.drawn, scored.apart);
        } else if said.step == steps.score.id {
            let of_it = state.commitments.iter().filter(|owed| owed.opened_by == one.entry.id);
            let actions = of_it.filter(|owed| owed.opened_in.is_some() && owed.supersedes.is_none());
            for owed in actions {
                audit.actions.1 += 1;
                audit.actions.0 += u64::from(still_open(state, owed.id.clone()));
            }
        } else if pathway.step(&said.step).is_some_and(finishes) {
            audit.finished = Some(one.occurred);
        }
    }
    all
}

/// Whether an action, or what took its place, is still owed.
fn still_open(state: &CaseState, id: CommitmentId) -> bool {
    let mut at = Some(id);
    while let Some(owed) = at.and_then(|id| state.commitments.iter().find(|one| one.id == id)) {
        if owed.progress.is_open() {
            return true;
        }
        at = owed.superseded_by.clone();
    }
    false
}

/// Whether the step says what the audit comes to.
fn finishes(step: &Step) -> bool {
    step.fields.iter().any(|field| field.prefill == Some(Prefill::Audit(AuditPart::Result)))
}

fn text(step: &Step, answers: &Answers, part: AuditPart) -> String {
    let is_it = |field: &&Field| field.prefill == Some(Prefill::Audit(part));
    let said = step.fields.iter().find(is_it).and_then(|field| answers.get(&field.id));
    match said {
        Some(Answer::Text(text)) => text.clone(),
        _ => String::new(),
    }
}

/// Of which pathway the case of a reference is.
fn kind_of(reference: &str, edition: &Edition) -> Option<String> {
    let (letter, _) = reference.rsplit_once('-')?;
    edition.pathways.values().find(|pathway| pathway.reference == letter).map(|pathway| pathway.id.clone())
}

/// The cases of a sample with what was answered of each.
fn sampled(
    steps: AuditSteps<'_>,
    entry: EntryId,
    answers: &Answers,
    state: &CaseState,
    by_id: &BTreeMap<EntryId, &Told>,
) -> Vec<Sampled> {
    let from = Some(Prefill::Audit(AuditPart::Sample));
    let table = steps.sample.fields.iter().find_map(|field| match &field.kind {
        Kind::Rows { columns, from: rows } if *rows == from => Some((field, columns)),
        _ => None,
    });
    let Some((field, columns)) = table else { return Vec::new() };
    let Some(Answer::Rows(rows)) = answers.get(&field.id) else { return Vec::new() };
    let reference = columns.iter().find(|column| column.means == Some(Means::TakenFrom));
    let why = columns.iter().find(|column| column.kind == Kind::Text && column.means.is_none());
    let cell = |row: &Answers, column: Option<&Field>| match column.and_then(|column| row.get(&column.id)) {
        Some(Answer::Text(text)) => text.clone(),
        _ => String::new(),
    };
    let scores =
        steps.score.fields.iter().find(|field| field.prefill == Some(Prefill::Audit(AuditPart::Proposed)));
    let scored = |at: usize| {
        let place = format!("{}.{at}", field.id);
        let mut of_row =
            state.commitments.iter().filter(|owed| owed.id.entry == entry && owed.id.place == place);
        let by = of_row.find(|owed| owed.progress == Progress::Confirmed)?.settled_by?;
        match self::answers(by_id.get(&by)?)?.get(&scores?.id)? {
            Answer::Checklist(checks) => Some(checks.clone()),
            _ => None,
        }
    };
    let row = |(at, row): (usize, &Answers)| Sampled {
        reference: cell(row, reference),
        pathway: None,
        why: cell(row, why).split(AND.trim()).map(|why| why.trim().to_owned()).collect(),
        answers: scored(at),
    };
    rows.iter().enumerate().map(row).collect()
}

//! `dutydesk audit`: draws the sample of an audit of records and shows what one comes to.

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde_json::{Value, json};

use super::arguments::Record;
use super::arguments::audit::{Audit, Draw, Shown};
use super::desk;
use super::failure::{Code, Failure};
use super::{output, record, sheets};
use crate::domain::clean::Clean;
use crate::domain::sheet::Wanted;
use crate::domain::words::audit as words;
use crate::pathway::definition::{AuditSteps, Means};
use crate::runtime::clock;
use crate::store::Store;

pub(super) fn run(office: Option<PathBuf>, asked: &Audit) -> Result<Code, Failure> {
    match asked {
        Audit::Draw(draw) => drawn(office, draw),
        Audit::Show(shown) => show(office, shown),
    }
}

/// Says for which days, and writes down what follows from that: two entries, as on screen.
fn drawn(office: Option<PathBuf>, asked: &Draw) -> Result<Code, Failure> {
    let mut store = desk::open(office)?;
    let (pathway, first, said, then) = forms(&store, asked)?;
    let with = |step: &str| Record {
        step: format!("{pathway}.{step}"),
        case: Some(asked.case.clone()),
        from: None,
        on: None,
        json: PathBuf::new(),
        by: asked.staff.clone(),
        typed_by: asked.staff.clone(),
        seen: None,
        key: None,
        alone: None,
        knowing: false,
    };
    record::recorded(&mut store, &with(&first), &said, clock::now())?;
    let receipt = record::recorded(&mut store, &with(&then), &BTreeMap::new(), clock::now())?;
    let staff = asked.staff.as_deref().map(|name| desk::staff_named(&store, name)).transpose()?;
    let viewer = store.viewer_for(staff.map(|row| row.id), clock::now())?;
    let audits = match receipt.cases.first() {
        Some((case, _)) => store.audits_of(&viewer, *case, clock::now())?,
        None => Vec::new(),
    };
    if let Some(audit) = audits.first() {
        let says = words::was_drawn(&asked.case, audit.sample.len(), audit.population.len());
        output::lines(std::iter::once(says.as_str()))?;
    }
    Ok(Code::Done)
}

/// The pathway of the case, the step that asks with its answers, and the step that writes the sample down.
fn forms(store: &Store, asked: &Draw) -> Result<(String, String, BTreeMap<String, Value>, String), Failure> {
    let staff = asked.staff.as_deref().map(|name| desk::staff_named(store, name)).transpose()?;
    let viewer = store.viewer_for(staff.map(|row| row.id), clock::now())?;
    let case = store.case_by_reference(&viewer, &Clean::line(&asked.case))?;
    let state = store.case(&viewer, case, clock::now())?.state;
    let editions = store.editions()?;
    let pathway = editions.current().pathway(&state.pathway);
    let steps = pathway.and_then(|pathway| AuditSteps::of(pathway));
    let (Some(pathway), Some(steps)) = (pathway, steps) else {
        return Err(Failure::usage(words::no_audit(&asked.case)));
    };
    let answers = [
        (Means::PeriodFrom, json!(asked.from)),
        (Means::PeriodUntil, json!(asked.until)),
        (Means::SampleSize, json!(asked.size.to_string())),
        (Means::SamplePercent, json!(asked.percent.to_string())),
    ];
    let answer = |(means, said): (Means, Value)| Some((steps.draw.meaning(means)?.id.clone(), said));
    let said = answers.into_iter().filter_map(answer).collect();
    Ok((pathway.id.clone(), steps.draw.id.clone(), said, steps.sample.id.clone()))
}

fn show(office: Option<PathBuf>, asked: &Shown) -> Result<Code, Failure> {
    let desk = desk::look(office, &asked.looking)?;
    let case = desk.store.case_by_reference(&desk.viewer, &Clean::line(&asked.case))?;
    let audits = desk.store.audits_of(&desk.viewer, case, desk.now)?;
    let back = usize::try_from(asked.back).unwrap_or(usize::MAX).saturating_sub(1);
    let audit = audits.get(back).ok_or_else(|| Failure::usage(words::no_sample_in(&asked.case)))?;
    if asked.looking.json {
        output::json(audit)?;
        return Ok(if audit.differs.is_empty() { Code::Done } else { Code::DoesNotHold });
    }
    sheets::given(&desk, &Wanted::Audit { case, drawn_by: audit.drawn_by }, asked.html, false)?;
    if audit.differs.is_empty() {
        return Ok(Code::Done);
    }
    // It is shown, and is not what was drawn: whoever asks by a program learns it from the code.
    output::complain(&words::not_as_drawn(&asked.case, &audit.differs));
    Ok(Code::DoesNotHold)
}

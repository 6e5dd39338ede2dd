//! The audit of records of the example office: its sample is drawn as the command draws one, and some of its cases are gone
//! through, the others still to be.
//!
//! What a sample has follows from the records, so that no story can say it: it is asked for when all is told.

use std::collections::BTreeMap;
use std::path::PathBuf;

use chrono::{DateTime, Days, Utc};
use serde_json::{Value, json};

use crate::cli::arguments::Record;
use crate::cli::failure::Failure;
use crate::cli::record;
use crate::domain::permission::Viewer;
use crate::domain::time::display;
use crate::domain::views::CaseRow;
use crate::domain::words::cli as words;
use crate::store::{CaseFilter, Store};

/// Who audits.
const BY: &str = "Ruth Adeyemi";
/// For how many days back, how many cases are drawn, and how many of those are gone through.
const DAYS: u64 = 30;
const SIZE: u32 = 6;
const GONE_THROUGH: usize = 3;

/// Draws the sample and goes through its first cases.
pub(super) fn audit(store: &mut Store, now: DateTime<Utc>) -> Result<(), Failure> {
    let filter =
        CaseFilter { pathway: Some("audit".to_owned()), closed: Some(false), ..CaseFilter::default() };
    let Some(case) = store.cases(&Viewer::system(), &filter, None, 1)?.rows.pop() else { return Ok(()) };
    let today = store.zone()?.day(now);
    let said = json!({
        "from": display::date(today - Days::new(DAYS)), "until": display::date(today), "size": SIZE.to_string(),
        "percent": "0",
    });
    step(store, &case, ("audit.draw", None), &said, now)?;
    step(store, &case, ("audit.sample", None), &json!({}), now)?;
    let state = store.case(&Viewer::system(), case.id, now)?.state;
    let waits = state
        .commitments
        .iter()
        .enumerate()
        .filter(|(_, owed)| owed.progress.is_open() && owed.opened_in.as_deref() == Some("sample.cases"));
    let waits: Vec<String> = waits.map(|(at, _)| (at + 1).to_string()).take(GONE_THROUGH).collect();
    for on in waits {
        let said = json!({ "no_action": words::EXAMPLE_NO_ACTION });
        match step(store, &case, ("audit.score", Some(&on)), &said, now) {
            // What its record does not say is left for a person to answer; anything else that is wrong is said.
            Err(failure) if failure.only_blank => {}
            done => done?,
        }
    }
    Ok(())
}

fn step(
    store: &mut Store,
    case: &CaseRow,
    (step, on): (&str, Option<&str>),
    said: &Value,
    now: DateTime<Utc>,
) -> Result<(), Failure> {
    let said: BTreeMap<String, Value> =
        said.as_object().into_iter().flatten().map(|(field, value)| (field.clone(), value.clone())).collect();
    let asked = Record {
        step: step.to_owned(),
        case: Some(case.reference.clone()),
        from: None,
        on: on.map(str::to_owned),
        json: PathBuf::new(),
        by: Some(BY.to_owned()),
        typed_by: Some(BY.to_owned()),
        seen: None,
        // The same office is made for a seed: what stands in it has ids that follow from what it is.
        key: Some([step, &case.reference, on.unwrap_or_default()].join(" ")),
        alone: None,
        knowing: true,
    };
    record::recorded(store, &asked, &said, now).map(drop)
}

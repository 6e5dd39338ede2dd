//! Whoever was taken in a form: who they are, and which calls about them are open.

use chrono::{DateTime, Utc};

use crate::domain::case::Milestone;
use crate::domain::ids::CaseId;
use crate::domain::permission::Viewer;
use crate::domain::views::{CaseRow, Taken, TakenCall};
use crate::store::{ReadError, Store};

/// So many open calls are named; whoever has more is opened.
const MOST: usize = 3;

/// Reads them, as far as the viewer may.
pub(super) fn taken(
    store: &Store,
    viewer: &Viewer,
    person: CaseId,
    now: DateTime<Utc>,
) -> Result<Taken, ReadError> {
    let view = store.person(viewer, person, now)?;
    let editions = store.editions()?;
    let is_call =
        |case: &CaseRow| editions.current().pathway(&case.pathway).is_some_and(|pathway| pathway.urgent);
    let open = view.cases.into_iter().filter(|case| !case.closed);
    let (calls, others): (Vec<CaseRow>, Vec<CaseRow>) = open.partition(is_call);
    let calls = calls.into_iter().take(MOST).map(|case| {
        let read = store.case(viewer, case.id, now).ok();
        let reached = |which| read.as_ref()?.state.facts.milestones.get(&which).copied();
        let called = reached(Milestone::Called).map_or(case.opened_at, |called| called.at);
        TakenCall { called, rung: reached(Milestone::Emergency), case }
    });
    Ok(Taken { record: view.record, calls: calls.collect(), others: others.len() })
}

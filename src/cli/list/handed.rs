//! What one organisation owes, over all cases, and the same as rows of a file to be handed over: to its meeting, to whoever
//! chases it. What leaves the office this way is for whoever may export, and is noted before it is written.

use std::collections::BTreeSet;

use super::{Wanted, owed_cells, owed_json, owed_page};
use crate::cli::arguments::List;
use crate::cli::desk::{self, Desk};
use crate::cli::failure::Failure;
use crate::cli::{output, show};
use crate::domain::access::{How, Look};
use crate::domain::commitment::Party;
use crate::domain::ids::CaseId;
use crate::domain::permission::{Action, Grant, may};
use crate::domain::views::{OwedRow, Queue, RecordRow};
use crate::domain::words::cli as words;
use crate::store::{Access, ReadError};

/// Organisations that are shown where a name could mean several.
const CANDIDATES: u32 = 12;

/// Everything owed, or what one organisation owes.
pub(super) fn owed(desk: &Desk, queue: Queue, wanted: Wanted<'_>, asked: &List) -> Result<(), Failure> {
    let of = asked.organisation.as_deref().map(|name| organisation(desk, name)).transpose()?;
    if of.is_none() && !asked.csv {
        return super::owed(desk, queue, wanted);
    }
    // What is looked through is not cut off before.
    let page = owed_page(desk, queue, Wanted { find: wanted.find.or(Some("")), ..wanted })?;
    let owes = |row: &&OwedRow| match (&of, &row.commitment.obligor) {
        (None, _) => row.ask.is_none(),
        (Some(of), Party::Outside(named)) => row.ask.is_none() && named.id == Some(*of),
        (Some(_), Party::Staff(_) | Party::Role(_)) => false,
    };
    let rows: Vec<&OwedRow> = page.rows.iter().filter(owes).collect();
    if asked.csv {
        return hand_over(desk, &rows);
    }
    let total = rows.len() as u64;
    let rows = rows.into_iter().map(|row| (owed_json(desk, row), owed_cells(desk, row))).collect();
    wanted.print(&words::HEADS_OWED, rows, total)
}

/// The organisation that was named.
fn organisation(desk: &Desk, name: &str) -> Result<CaseId, Failure> {
    let found = desk.store.find(&desk.viewer, "organisations", name, CANDIDATES)?;
    match desk::meant(&found, name).as_slice() {
        [one] => Ok(one.id),
        [] => Err(Failure::usage(words::nobody_called(name, false))),
        several => {
            let rows: Vec<RecordRow> = several.iter().map(|row| (*row).clone()).collect();
            Err(Failure::usage(words::which_record(name, &show::candidates(&rows))))
        }
    }
}

fn hand_over(desk: &Desk, rows: &[&OwedRow]) -> Result<(), Failure> {
    let editions = desk.store.editions()?;
    let export = Action::Granted(Grant::Export);
    may(&editions.current().roles, &desk.viewer, &export, None).map_err(ReadError::Denied)?;
    let people: BTreeSet<CaseId> = rows.iter().filter_map(|row| Some(row.subject.as_ref()?.id)).collect();
    let look = |subject| Look {
        staff: desk.viewer.staff,
        subject,
        case: None,
        how: How::Export,
        detail: None,
        at: desk.now,
    };
    // Nothing leaves where it cannot be noted.
    Access::open(desk.store.dir())?.record(&people.into_iter().map(look).collect::<Vec<_>>())?;
    let rows: Vec<Vec<String>> = rows.iter().map(|row| owed_cells(desk, row)).collect();
    output::rows(desk, &words::HEADS_OWED, &rows)
}

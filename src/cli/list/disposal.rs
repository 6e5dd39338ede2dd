//! `list disposal`: what is due for disposal, why, since when, and what keeps it.

use super::Wanted;
use crate::cli::desk::Desk;
use crate::cli::failure::Failure;
use crate::domain::disposal::Due;
use crate::domain::time::display;
use crate::domain::words::disposal as words;

pub(super) fn due(desk: &Desk, wanted: Wanted<'_>) -> Result<(), Failure> {
    let rows = desk.store.due_for_disposal(&desk.viewer, desk.now)?;
    let cells = |row: &Due| {
        vec![
            display::date(row.since),
            row.reference.clone(),
            row.name.clone(),
            row.kind.clone(),
            words::class(row),
            words::goes(row),
            words::stands(row),
        ]
    };
    let total = rows.len() as u64;
    wanted.print(&words::HEADS, rows.iter().map(|row| (row.clone(), cells(row))).collect(), total)
}

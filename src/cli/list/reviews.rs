//! `list reviews`: reviews and meetings that come round.

use serde_json::{Value, json};

use super::{Wanted, owed_json};
use crate::cli::desk::Desk;
use crate::cli::failure::Failure;
use crate::domain::time::display;
use crate::domain::views::ReviewRow;
use crate::domain::words::reviews as words;

/// All of them, the first due first.
pub(super) fn reviews(desk: &Desk, wanted: Wanted<'_>) -> Result<(), Failure> {
    let most = if wanted.find.is_some() { u32::MAX } else { wanted.limit };
    let rows = desk.store.reviews(&desk.viewer, desk.now, most)?;
    let short = |at| display::short(at, desk.now, desk.zone);
    let cells = |row: &ReviewRow| {
        let owed = &row.owed.commitment;
        vec![
            desk.clocks.distance(owed, desk.now),
            short(owed.due),
            owed.what.clone(),
            row.held.map_or_else(|| words::NEVER.to_owned(), short),
            words::missed(row.missed, row.left_out, row.to_sign),
            row.owed.owner.clone(),
            row.owed.reference.clone(),
        ]
    };
    let total = rows.len() as u64;
    wanted.print(&words::HEADS, rows.iter().map(|row| (as_json(desk, row), cells(row))).collect(), total)
}

fn as_json(desk: &Desk, row: &ReviewRow) -> Value {
    json!({
        "owed": owed_json(desk, &row.owed),
        "rhythm": row.rhythm,
        "held": row.held,
        "missed": row.missed,
        "left_out": row.left_out,
        "to_sign": row.to_sign,
    })
}

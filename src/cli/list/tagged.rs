//! `list cases --tag`: cases that show something about a regulation or statement.

use std::collections::BTreeSet;

use super::Wanted;
use super::office::time;
use crate::cli::arguments::List;
use crate::cli::desk::Desk;
use crate::cli::failure::Failure;
use crate::domain::time::{Lean, display};
use crate::domain::views::{TagFilter, TaggedCase};
use crate::domain::words::tags as words;
use crate::pathway::nearest;

/// Them, the newest first, each with the entries that show it.
pub(super) fn cases(desk: &Desk, wanted: Wanted<'_>, (tag, asked): (&str, &List)) -> Result<(), Failure> {
    let editions = desk.store.editions()?;
    let edition = editions.current();
    if edition.tags.get(tag).is_none() {
        let near = nearest(tag, edition.tags.tags.iter().map(|tag| tag.id.as_str()));
        return Err(Failure::usage(words::no_such_tag(tag, near)));
    }
    let filter = TagFilter {
        tag: Some(tag.to_owned()),
        from: time(desk, asked.from.as_deref(), Lean::Past)?,
        until: time(desk, asked.until.as_deref(), Lean::Past)?,
    };
    let rows = desk.store.tagged(&desk.viewer, &filter)?;
    let cells = |row: &TaggedCase| {
        let entries: BTreeSet<u64> = row.tags.iter().flat_map(|one| one.entries.iter().copied()).collect();
        vec![
            row.reference.clone(),
            edition.pathway_title(&row.pathway).to_owned(),
            display::short(row.opened_at, desk.now, desk.zone),
            row.headline.clone().unwrap_or_default(),
            entries.iter().map(u64::to_string).collect::<Vec<_>>().join(", "),
        ]
    };
    let total = rows.len() as u64;
    wanted.print(&words::HEADS, rows.into_iter().map(|row| (row.clone(), cells(&row))).collect(), total)
}

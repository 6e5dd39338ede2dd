//! A pack as one page: everything in one file, for A4, without script or anything from elsewhere. What stands in a table
//! leads to its entry in the chronology.

use std::collections::BTreeSet;

use askama::Template;

use super::{Case, Cell, Entry, Pack, Table};
use crate::domain::ids::Seq;
use crate::domain::words::pack as words;
use crate::report::page::Head;

#[derive(Template)]
#[template(path = "pack/pack.html", config = "src/report/askama.toml")]
struct Page<'a> {
    head: Head,
    pack: &'a Pack,
    /// Entries that stand in the chronology.
    known: BTreeSet<Seq>,
    /// Where each of them stands first: what was recorded in two cases stands twice, and is led to once.
    first: BTreeSet<(&'a str, Seq)>,
}

impl Page<'_> {
    /// Whether a cell's entry stands in the chronology.
    fn leads(&self, cell: &Cell) -> bool {
        cell.entry.is_some_and(|entry| self.known.contains(&entry))
    }

    /// Whether a heading stands before the chart of this place.
    fn begins_group(&self, at: &usize) -> bool {
        let group = |at: usize| self.pack.charts.get(at).map(|chart| chart.group.as_str());
        let before = at.checked_sub(1).and_then(group).unwrap_or_default();
        group(*at).is_some_and(|group| !group.is_empty() && group != before)
    }

    /// The columns of a table but the first.
    fn rest<'t>(&self, table: &'t Table) -> &'t [(&'static str, &'static str)] {
        table.words.columns.get(1..).unwrap_or_default()
    }

    /// What a part of a table says in place of rows: that there is nothing, or how much stands elsewhere.
    fn only<'r>(&self, rows: &'r [&[Cell]]) -> Option<&'r Cell> {
        let [[only, rest @ ..]] = rows else { return None };
        rest.iter().all(|cell| cell.words.is_empty()).then_some(only)
    }

    /// Whether it is here that the entry is led to.
    fn is_first(&self, case: &Case, entry: &Entry) -> bool {
        self.first.contains(&(case.reference.as_str(), entry.number))
    }
}

/// The page.
///
/// # Errors
/// In words, where the page could not be filled.
pub fn html(pack: &Pack) -> Result<String, String> {
    let (mut known, mut first) = (BTreeSet::new(), BTreeSet::new());
    for case in &pack.cases {
        for entry in &case.entries {
            if known.insert(entry.number) {
                first.insert((case.reference.as_str(), entry.number));
            }
        }
    }
    let head = Head::new(&pack.title, pack.training);
    Page { head, pack, known, first }.render().map_err(|error| error.to_string())
}

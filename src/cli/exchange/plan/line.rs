//! One line of the file: what stands in which column, and what of it tells whose line it is.

use std::collections::{BTreeMap, BTreeSet};

use super::super::cells::{self, Cell};
use super::super::columns::Holds;
use super::super::findings::Findings;
use super::super::identity::{Traits, digits, name_key};
use super::Against;
use crate::domain::nhs::NhsNumber;
use crate::domain::time::{UnderstoodDate, understand_date};
use crate::domain::words::cli as words;
use crate::form::typed::EMPTY;
use crate::pathway::definition::Means;
use crate::report::rows::Row;

/// A line of the file, its cells by leaf.
pub(super) struct Line<'s> {
    pub(super) number: u64,
    pub(super) reference: &'s str,
    pub(super) standing: &'s str,
    pub(super) cells: BTreeMap<usize, &'s str>,
    /// The leaves whose cell says that nothing is to stand there.
    pub(super) emptied: BTreeSet<usize>,
}

/// A row by what its columns hold. Nothing may stand where no heading is.
pub(super) fn line<'s>(
    row: &'s Row,
    holds: &[Option<Holds>],
    width: usize,
    findings: &mut Findings,
) -> Option<Line<'s>> {
    let (cells, emptied) = (BTreeMap::new(), BTreeSet::new());
    let mut line = Line { number: row.line, reference: "", standing: "", cells, emptied };
    for (at, raw) in row.cells.iter().enumerate() {
        let said = cells::words_of(raw);
        match holds.get(at) {
            _ if said.is_empty() => {}
            Some(Some(Holds::Reference)) => line.reference = said,
            Some(Some(Holds::Standing)) => line.standing = said,
            Some(Some(Holds::Training)) => {}
            // Words that were exported as such stand behind an apostrophe.
            Some(Some(Holds::Leaf(leaf))) if raw.trim() == EMPTY => drop(line.emptied.insert(*leaf)),
            Some(Some(Holds::Leaf(leaf))) => drop(line.cells.insert(*leaf, said)),
            Some(None) => findings.wrong(row.line, &words::column(at, ""), words::NO_HEADING),
            None => findings.wrong(row.line, &words::column(at, ""), words::beyond_the_headings(width)),
        }
    }
    let says_any = !line.cells.is_empty() || !line.emptied.is_empty() || !line.reference.is_empty();
    says_any.then_some(line)
}

/// What tells a line apart; `None` where its day of birth or its NHS number cannot be read.
pub(super) fn traits(line: &Line<'_>, against: &Against<'_>) -> Option<Traits> {
    let said = |means| {
        let leaf = against.columns.meaning(means)?;
        let own = against.columns.leaves[leaf].own;
        let text = line.cells.get(&leaf)?;
        Some(cells::read(own, text, against.named, &mut Vec::new()))
    };
    let text = |means| match said(means) {
        None => Some(None),
        Some(Cell::Text(text)) => Some(Some(text)),
        Some(_) => None,
    };
    let today = against.reading.zone.day(against.reading.now);
    let born = match text(Means::Born)?.map(|said| understand_date(&said, today)) {
        None => None,
        Some(UnderstoodDate::One(day)) => Some(day),
        Some(UnderstoodDate::Not { .. }) => return None,
    };
    let nhs = match text(Means::NhsNumber)?.map(|said| NhsNumber::read(&said)) {
        None => None,
        Some(Ok((number, _))) => Some(number),
        Some(Err(_)) => return None,
    };
    Some(Traits {
        name: name_key(&against.register.id, &text(Means::Name)?.unwrap_or_default()),
        born,
        nhs,
        phone: digits(&text(Means::Phone).flatten().unwrap_or_default()),
    })
}

//! The gaps of a case, said before anybody asks, and the page that sums a pack up.

use std::collections::BTreeMap;

use super::by_meaning::Stepped;
use super::owed::{Kept, Line, far};
use super::{Case, Cell};
use crate::domain::case::Milestone;
use crate::domain::time::display;
use crate::domain::views::{SignRow, Told};
use crate::domain::words::cli;
use crate::domain::words::pack as words;
use crate::pathway::definition::{Means, Pathway};
use crate::pathway::triangulation::{self, Source};
use crate::report::chronology::{self, Telling};

/// What a pack comes to, added up case by case.
#[derive(Debug, Default)]
pub(super) struct Sums {
    cases: usize,
    open: usize,
    entries: usize,
    later: usize,
    late_entries: usize,
    corrections: usize,
    sources: (usize, usize),
    promises: (usize, usize),
    reviews: (usize, usize),
    actions: (usize, usize),
    signs: (usize, usize),
}

impl Sums {
    /// Adds a case.
    pub(super) fn add(
        &mut self,
        with: Telling<'_>,
        case: &Case,
        (told, lines): (&[&Told], &[Line<'_>]),
        sources: Option<&[Source; 4]>,
        signs: &[SignRow],
    ) {
        self.cases += 1;
        self.open += usize::from(!with.view.state.closed);
        self.entries += case.entries.len();
        self.later += case.entries.iter().filter(|entry| entry.later.is_some()).count();
        self.late_entries += told.iter().filter(|told| told.late_entry).count();
        self.corrections += case.entries.iter().map(|entry| entry.struck.len()).sum::<usize>();
        if let Some(sources) = sources {
            self.sources.0 += sources.iter().filter(|source| source.is_recorded()).count();
            self.sources.1 += sources.len();
        }
        for line in lines {
            let sum = match line.table {
                id if id == words::PROMISES.id => &mut self.promises,
                id if id == words::REVIEWS.id || id == words::CONTROLS.id => &mut self.reviews,
                _ => &mut self.actions,
            };
            // What is not due yet, or was called off, is neither kept nor broken.
            if !matches!(line.counted, Kept::Open | Kept::Other | Kept::Untimed) {
                sum.1 += 1;
                sum.0 += usize::from(line.counted == Kept::InTime);
            }
        }
        self.signs.1 += signs.len();
        self.signs.0 += signs.iter().filter(|sign| sign.answered.is_none()).count();
    }

    /// The page.
    pub(super) fn summary(&self, gaps: usize) -> Vec<(String, String)> {
        let of = |(n, of)| words::summed(n, of);
        let said = [
            self.cases.to_string(),
            self.open.to_string(),
            self.entries.to_string(),
            self.later.to_string(),
            self.late_entries.to_string(),
            self.corrections.to_string(),
            of(self.sources),
            of(self.promises),
            of(self.reviews),
            of(self.actions),
            of(self.signs),
            gaps.to_string(),
        ];
        words::SUMMED.iter().map(|label| (*label).to_owned()).zip(said).collect()
    }
}

/// The row of the four sources, and what somebody looked back on.
pub(super) fn sources(with: Telling<'_>) -> Option<([Source; 4], Vec<Cell>)> {
    let pathway = with.editions.current().pathway(&with.view.state.pathway)?;
    if !pathway.observes() {
        return None;
    }
    let sources = triangulation::triangulate(&with.view.state, &with.zone);
    let number = |id| with.view.state.entries.iter().find(|mark| mark.id == id).map(|mark| mark.seq);
    let mut row = vec![Cell::said(&with.view.reference)];
    let named = [
        named(with, pathway, Means::NoteReference, words::NO_NOTE),
        String::new(),
        with.view.state.facts.advised_by.as_ref().map(|by| by.words.clone()).unwrap_or_default(),
        named(with, pathway, Means::CareEvidence, words::NO_PROOF),
    ];
    row.extend(sources.iter().zip(named).map(|(source, named)| match &source.at {
        Some(at) => {
            let said = [display::when(at, with.zone), source.note.clone(), named];
            let said = said.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ");
            Cell { at: Some(at.at), entry: source.entry.and_then(number), ..Cell::said(said) }
        }
        None => Cell::gap(&source.gap),
    }));
    let reviewed = with.view.state.facts.milestones.get(&Milestone::Reviewed);
    row.push(reviewed.map_or_else(|| Cell::gap(words::NOT_CHECKED), |at| Cell::when(at, with.zone)));
    Some((sources, row))
}

/// The paper or system that a source names, by the last answer of this meaning; that it names none, where a step asks for it.
fn named(with: Telling<'_>, pathway: &Pathway, means: Means, none: &str) -> String {
    let told = with.view.chronology.iter().rev().filter_map(|told| Stepped::of(with, told));
    let said = told.map(|step| step.said(&[means])).find(|said| !said.trim().is_empty());
    let asks = || pathway.steps.iter().any(|step| step.meaning(means).is_some());
    said.unwrap_or_else(|| if asks() { none.to_owned() } else { String::new() })
}

/// The gaps of a case.
pub(super) fn gaps(
    with: Telling<'_>,
    (told, lines): (&[&Told], &[Line<'_>]),
    sources: Option<&[Source; 4]>,
    signs: &[SignRow],
) -> Vec<Vec<Cell>> {
    let mut gaps: Vec<(String, Option<u64>)> = Vec::new();
    for source in sources.into_iter().flatten().filter(|source| !source.is_recorded()) {
        gaps.push((words::source(source.title, &source.gap), None));
    }
    for told in told {
        let title = chronology::title(with.editions, told);
        let number = Some(told.entry.seq);
        let missing = chronology::missing(with.editions, told);
        if !missing.is_empty() {
            gaps.push((words::missing(&title, &missing.join(", ")), number));
        }
        if told.late_entry {
            let by = far(told.occurred.at, told.entry.recorded_at);
            gaps.push((words::late_entry(&title, &by), number));
        }
        let marks = [
            (told.to_confirm, cli::TO_CONFIRM),
            (told.unsigned, cli::UNSIGNED),
            (told.unsighted, cli::UNSIGHTED),
            (told.own_decision, cli::OWN_DECISION),
        ];
        for (_, said) in marks.into_iter().filter(|(is, _)| *is) {
            gaps.push((words::source(&title, said), number));
        }
    }
    for line in lines.iter().filter(|line| line.kept == Kept::OpenLate) {
        let by = far(line.owed.due, with.now);
        gaps.push((words::late(&line.owed.what, &line.who, &by), line.entry));
    }
    for sign in signs.iter().filter(|sign| sign.answered.is_none()) {
        gaps.push((words::unanswered(&sign.title), None));
    }
    let row = |(said, number): (String, Option<u64>)| {
        vec![Cell::said(&with.view.reference), Cell::gap(said), number.map(Cell::entry).unwrap_or_default()]
    };
    gaps.into_iter().map(row).collect()
}

/// Cases by kind: how many were opened, and of those closed and open.
pub(super) fn counts(cases: &[(String, bool)]) -> Vec<Vec<Cell>> {
    let mut kinds: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for (kind, closed) in cases {
        let sum = kinds.entry(kind).or_default();
        sum.0 += 1;
        sum.1 += usize::from(*closed);
    }
    let row = |(kind, (opened, closed)): (&str, (usize, usize))| {
        let numbers = [opened, closed, opened - closed].map(|number| Cell::said(number.to_string()));
        std::iter::once(Cell::said(kind)).chain(numbers).collect()
    };
    kinds.into_iter().map(row).collect()
}

//! What a meeting or review goes through: matters of the office's queues as they stand, by the parts that its form names.
//!
//! It is read where a form of the case asks for it, by what whoever opens it may see. A matter is named by its reference
//! and not by anybody's name: the record of a meeting is read by more people than a case is. How often in a row a matter
//! has stood there is read from what was recorded before. Which matters there are is found in [`super::matters`].

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};

use super::super::Store;
use super::super::error::ReadError;
use super::super::scope::Scope;
use super::matters::Matter;
use crate::domain::answer::{Answer, Answers};
use crate::domain::case::{CaseState, EntryMark};
use crate::domain::entry::Said;
use crate::domain::views::{Past, PastAnswer, Told};
use crate::domain::words::show as words;
use crate::pathway::definition::{Field, Kind, Means};
use crate::pathway::predicate::{Facts, applies};
use crate::pathway::prefill;

/// The most matters of one agenda; how many more there are is said in a last line.
const MOST: usize = 60;

impl Store {
    /// The agenda for a form of this case, part after part, in each the worst first; empty where no form of its pathway asks
    /// for one. A meeting that is about one place goes through that place's matters, a look at an organisation through what
    /// is about that organisation.
    pub(super) fn agenda(
        &self,
        scope: &Scope,
        state: &CaseState,
        chronology: &[Told],
        now: DateTime<Utc>,
    ) -> Result<Vec<Past>, ReadError> {
        let editions = self.editions()?;
        let Some(pathway) = editions.current().pathways.get(&state.pathway) else { return Ok(Vec::new()) };
        let Some((steps, field, parts)) = prefill::agenda_asked(pathway) else { return Ok(Vec::new()) };
        let Some(first) = steps.first() else { return Ok(Vec::new()) };
        let blank = Answers::new();
        let facts = Facts::of(first, &blank, Some(state), now);
        let goes_through = |id: &str| steps.iter().any(|step| step.id == id);
        let before = before(state, chronology, goes_through, field);
        let last = state.entries.iter().filter(|mark| goes_through(&mark.kind) && mark.counts());
        let last = last.map(|mark| mark.recorded_at).max();
        let theirs = self.theirs(scope, state, parts)?;
        let mut seen = BTreeSet::new();
        let mut matters: Vec<Matter> = Vec::new();
        for part in parts.iter().filter(|part| applies(&part.when, &facts)) {
            let mut found = self.matters(scope, (state, theirs.as_ref()), part, last, now)?;
            found.retain(|matter| matter.case.is_none_or(|case| seen.insert(case)));
            found.sort_by_key(|matter| std::cmp::Reverse(matter.weight));
            matters.extend(found);
        }
        let more = matters.split_off(MOST.min(matters.len()));
        let mut past: Vec<Past> = matters
            .into_iter()
            .map(|matter| {
                let named = |stood: &&BTreeSet<String>| stood.contains(&matter.reference);
                let stood = before.iter().take_while(named).count();
                let said = words::agenda_again(&matter.words, stood);
                line(matter, said, stood)
            })
            .collect();
        let rest = more.len();
        past.extend(more.into_iter().next().map(|matter| {
            let nowhere = Matter { reference: String::new(), ..matter };
            line(nowhere, words::agenda_more(rest), 0)
        }));
        Ok(past)
    }
}

fn line(matter: Matter, said: String, stood: usize) -> Past {
    Past {
        entry: matter.entry,
        pathway: String::new(),
        of_record: false,
        source: matter.reference,
        stood,
        answers: vec![PastAnswer {
            means: Means::Promise.name(),
            label: String::new(),
            answer: Answer::Text(said.clone()),
            words: said,
        }],
    }
}

/// What stood on the agenda each time it was gone through, the last time first: the references of its lines.
fn before(
    state: &CaseState,
    chronology: &[Told],
    goes_through: impl Fn(&str) -> bool,
    field: &Field,
) -> Vec<BTreeSet<String>> {
    let Kind::Rows { columns, .. } = &field.kind else { return Vec::new() };
    let Some(from) = columns.iter().find(|column| column.means == Some(Means::TakenFrom)) else {
        return Vec::new();
    };
    let counts = |told: &&Told| {
        state.entries.iter().find(|mark| mark.id == told.entry.id).is_some_and(EntryMark::counts)
    };
    let references = |told: &Told| {
        let Said::Step(said) = &told.entry.said else { return None };
        let answers = told.answers.as_ref().unwrap_or(&said.answers);
        let rows = match answers.get(&field.id) {
            Some(Answer::Rows(rows)) => rows.as_slice(),
            _ => &[],
        };
        let reference = |row: &Answers| match row.get(&from.id) {
            Some(Answer::Text(text)) if !text.is_empty() => Some(text.clone()),
            _ => None,
        };
        goes_through(&said.step).then(|| rows.iter().filter_map(reference).collect())
    };
    chronology.iter().rev().filter(counts).filter_map(references).collect()
}

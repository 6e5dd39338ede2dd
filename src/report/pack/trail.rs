//! The trail of an organisation by class of record: each entry about it under the class that it belongs to by the definitions,
//! and each class of which nothing is on record.

use std::collections::BTreeMap;

use super::Cell;
use crate::domain::answer::Answers;
use crate::domain::entry::Said;
use crate::domain::time::Zone;
use crate::domain::views::Told;
use crate::domain::words::pack as words;
use crate::pathway::definition::{Kind, Step};
use crate::pathway::edition::Edition;
use crate::pathway::{show, struck};
use crate::report::chronology::{self, Telling};

/// What was found, by the place of its class.
#[derive(Debug, Default)]
pub(super) struct Trail {
    found: BTreeMap<usize, Vec<Vec<Cell>>>,
    without: usize,
}

impl Trail {
    /// An entry about the organisation. Of a case about somebody else (`whole` is not so) what it says is theirs: what of it
    /// concerns the organisation stands in the other tables.
    pub(super) fn add(&mut self, with: Telling<'_>, told: &Told, whole: bool) {
        let Said::Step(said) = &told.entry.said else { return };
        let Some(step) = with.editions.step(said) else { return };
        let classes = with.editions.current().tags.classes_of(&said.pathway, &said.step);
        self.without += usize::from(classes.is_empty());
        let answers = struck::standing(with.view, told, step, told.answers.as_ref().unwrap_or(&said.answers));
        let gist = if whole { told_whole(step, &answers, with.zone) } else { String::new() };
        for class in classes {
            let row = vec![
                Cell::said(&with.view.reference),
                Cell::when(&told.occurred, with.zone),
                Cell::said(&step.title),
                Cell::said(&gist),
                Cell::said(chronology::by(with.view, told)),
                Cell::entry(told.entry.seq),
            ];
            self.found.entry(class).or_default().push(row);
        }
    }

    /// The rows, class by class, each by when things happened; a class without any has one that says so.
    pub(super) fn rows(mut self, edition: &Edition) -> Vec<Vec<Cell>> {
        let mut rows = Vec::new();
        let mut put = |class: &str, mut row: Vec<Cell>| {
            row.insert(0, Cell::said(class));
            row.resize(words::TRAIL.columns.len(), Cell::default());
            rows.push(row);
        };
        for (at, class) in edition.tags.classes.iter().enumerate() {
            let mut found = self.found.remove(&at).unwrap_or_default();
            found.sort_by_key(|row| row.get(1).and_then(|when| when.at));
            if found.is_empty() {
                put(&class.title, vec![Cell::gap(words::NONE_OF_CLASS)]);
            }
            found.into_iter().for_each(|row| put(&class.title, row));
        }
        if self.without > 0 {
            put(words::NO_CLASS, vec![Cell::said(words::of_no_class(self.without))]);
        }
        rows
    }
}

/// What a step says in short, of a list that was gone through with every line: which of ten checks was found wanting is what is
/// looked for here.
fn told_whole(step: &Step, answers: &Answers, zone: Zone) -> String {
    let gist = show::gist(step, answers, &zone);
    let lists = step.fields.iter().filter(|field| matches!(field.kind, Kind::Checklist { .. }));
    lists.fold(gist, |gist, field| {
        let all = answers.get(&field.id).map(|answer| show::words(field, answer, &zone)).unwrap_or_default();
        match all.lines().next() {
            Some(first) if gist.lines().any(|line| line == first) => gist.replacen(first, &all, 1),
            _ => gist,
        }
    })
}

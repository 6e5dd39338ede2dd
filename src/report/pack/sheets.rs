//! A pack as tables for a spreadsheet: one for each table, one for the chronology with a row for each answer, one for the
//! cover. Quoting them, and making no formula of a cell, is left to whoever writes the files.

use super::{Bar, Entry, Pack, instant};
use crate::domain::words::pack as words;

/// A table for a spreadsheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// The name of its file, without its ending.
    pub name: String,
    /// Its headings and its rows.
    pub rows: Vec<Vec<String>>,
}

impl Pack {
    /// The tables.
    pub fn sheets(&self) -> Vec<Sheet> {
        let mut sheets = vec![self.cover_sheet()];
        for table in &self.tables {
            let heads = table.words.columns.iter().map(|(_, title)| (*title).to_owned()).collect();
            let rows = table.rows.iter().map(|row| row.iter().map(|cell| cell.words.clone()).collect());
            let rows = std::iter::once(heads).chain(rows).collect();
            sheets.push(Sheet { name: table.words.id.to_owned(), rows });
        }
        sheets.push(self.charts_sheet());
        sheets.push(self.chronology_sheet());
        sheets
    }

    fn cover_sheet(&self) -> Sheet {
        let training = self.training.then(|| crate::domain::words::ui::TRAINING.to_owned());
        let said = training.into_iter().map(|said| (said, String::new())).chain(self.cover.iter().cloned());
        let summary = self.summary.iter().cloned();
        let left = self.left_out.iter().map(|said| (words::LEFT_OUT.to_owned(), said.clone()));
        let rows = said.chain(summary).chain(left).map(|(label, said)| vec![label, said]).collect();
        Sheet { name: "cover".to_owned(), rows }
    }

    fn charts_sheet(&self) -> Sheet {
        let mut rows = vec![words::CHARTS_COLUMNS.map(str::to_owned).to_vec()];
        for chart in &self.charts {
            let row = |bar: &Bar| {
                vec![chart.title.clone(), bar.label.clone(), bar.words.clone(), bar.counted.clone()]
            };
            rows.extend(chart.bars.iter().map(row));
        }
        Sheet { name: "charts".to_owned(), rows }
    }

    fn chronology_sheet(&self) -> Sheet {
        let mut rows = vec![words::CHRONOLOGY_COLUMNS.map(str::to_owned).to_vec()];
        for case in &self.cases {
            for entry in &case.entries {
                rows.extend(of_entry(&case.reference, entry));
            }
        }
        Sheet { name: "chronology".to_owned(), rows }
    }
}

/// A row for each thing that an entry says, and one where it says nothing.
fn of_entry(case: &str, entry: &Entry) -> Vec<Vec<String>> {
    let times = [&entry.occurred, &entry.recorded].map(|cell| cell.at.map(instant).unwrap_or_default());
    let row = |label: &str, said: &str, stands: &str| {
        let mut row = vec![case.to_owned(), entry.number.to_string(), entry.title.clone()];
        row.extend(times.iter().cloned());
        row.push(entry.later.clone().unwrap_or_default());
        row.push(entry.by.clone());
        row.extend([label, said, stands].map(str::to_owned));
        row
    };
    let mut rows: Vec<Vec<String>> =
        entry.answers.iter().map(|answer| row(&answer.label, &answer.words, words::STANDS)).collect();
    for struck in &entry.struck {
        let why = [words::STRUCK, &struck.at.words, &struck.by, &struck.reason].join("; ");
        rows.push(row(&struck.label, &struck.words, &why));
    }
    rows.extend(entry.remarks.iter().map(|remark| row("", remark, words::REMARK)));
    if rows.is_empty() {
        rows.push(row("", "", ""));
    }
    rows
}

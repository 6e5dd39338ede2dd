//! What every page has in common: its head, its stylesheet (`page/page.css`), and the parts of a sheet as they stand on paper.
//!
//! A page extends the template `page/page.html` and holds a [`Head`]. What it says is left to the file of each.

use crate::domain::clean;
use crate::domain::sheet::{LineKind, SheetLine, SheetPart};
use crate::domain::words::ui::TRAINING;

/// The head of a page.
pub(super) struct Head {
    /// Its title.
    pub title: String,
    /// What a practice or example office says on everything that leaves it.
    pub training: Option<&'static str>,
}

impl Head {
    /// The head of a page of an office, which is a practice office or not.
    pub fn new(title: &str, is_training: bool) -> Self {
        Self { title: clean::shown(title).into_owned(), training: is_training.then_some(TRAINING) }
    }
}

/// A part of a sheet.
pub(super) struct Part {
    /// Its heading; empty where it needs none.
    pub title: String,
    /// Its lines by their label, in order.
    pub groups: Vec<Group>,
    /// Over the columns of its rows.
    pub heads: Vec<String>,
    /// Those of its lines that are rows of a table, each cell with the columns over which it goes.
    pub rows: Vec<Vec<(String, usize)>>,
}

/// What is said under one label; where that is empty the words speak for themselves.
pub(super) struct Group {
    /// The label.
    pub label: String,
    /// The lines.
    pub lines: Vec<Line>,
}

/// A line of a sheet.
pub(super) struct Line {
    /// The words.
    pub words: String,
    /// How it is set apart.
    pub class: &'static str,
}

impl Part {
    /// A part as it stands on paper. A line without a label goes with the one before it.
    pub fn of(part: &SheetPart) -> Self {
        Self::laid_out(part, true)
    }

    /// The same where there are no columns: a row is told line by line under its first cell.
    pub fn in_lines(part: &SheetPart) -> Self {
        Self::laid_out(part, false)
    }

    fn laid_out(part: &SheetPart, has_columns: bool) -> Self {
        let is_row = |line: &SheetLine| has_columns && !line.cells.is_empty();
        let shown = |text: &str| clean::shown(text).into_owned();
        let mut groups: Vec<Group> = Vec::new();
        for line in part.lines.iter().filter(|line| !is_row(line)) {
            let said = Line { words: shown(&line.words), class: class(line.kind) };
            match groups.last_mut().filter(|_| line.label.is_empty()) {
                Some(group) => group.lines.push(said),
                None => groups.push(Group { label: shown(&line.label), lines: vec![said] }),
            }
        }
        let rows = part.lines.iter().filter(|line| is_row(line));
        let row = |line: &SheetLine| line.cells.iter().map(|cell| (shown(&cell.words), cell.over)).collect();
        Self {
            title: shown(&part.title),
            groups,
            heads: part.heads.iter().map(|head| shown(head)).collect(),
            rows: rows.map(row).collect(),
        }
    }

    /// The groups with a label.
    pub fn labelled(&self) -> &[Group] {
        match self.groups.split_first() {
            Some((first, rest)) if first.label.is_empty() => rest,
            _ => &self.groups,
        }
    }

    /// The lines before the first label.
    pub fn first(&self) -> &[Line] {
        match self.groups.first() {
            Some(first) if first.label.is_empty() => &first.lines,
            _ => &[],
        }
    }
}

fn class(kind: LineKind) -> &'static str {
    match kind {
        LineKind::Said => "said",
        LineKind::Quoted => "quoted",
        LineKind::Gap => "gap",
        LineKind::Ask => "ask",
    }
}

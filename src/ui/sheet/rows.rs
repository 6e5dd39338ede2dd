//! Rows of a table within a sheet, each cell folded in its own column.
//!
//! As many columns stand beside one another as have room, from the left; what of a row does not hangs below it by its head. Where not
//! even its first three have room there is no table, and each row is told line by line.

use ratatui::text::{Line, Span};

use crate::domain::look::Meaning;
use crate::domain::sheet::{SheetCell, SheetLine, SheetPart};
use crate::domain::words::show::labelled;
use crate::ui::paper::{columns, fold};
use crate::ui::scroll::{Row, Text};
use crate::ui::sight::Sight;

/// Columns between two columns.
const BETWEEN: usize = 2;
/// A column is at least as wide as its longest word, as far as this.
const LONGEST: usize = 14;
/// What is no longer than this is not folded: a time with its unit.
const WHOLE: usize = 9;
/// Fewer columns than these are no table.
const LEAST: usize = 3;
/// What hangs below a row is set in by this.
const HANGS: u16 = 2;

/// How the rows of one part are laid out.
pub(super) struct Layout {
    /// Width of each column that has room.
    widths: Vec<usize>,
}

impl Layout {
    /// Finds the columns that have room; `None` where it is told line by line.
    pub fn of(part: &SheetPart, width: u16) -> Option<Self> {
        let rows: Vec<&[SheetCell]> =
            part.lines.iter().map(|line| line.cells.as_slice()).filter(|cells| !cells.is_empty()).collect();
        let measured: Vec<(usize, usize)> =
            part.heads.iter().enumerate().map(|(at, head)| measure(head, at, &rows)).collect();
        let width = usize::from(width);
        let cuts = |kept: usize| {
            rows.iter().any(|cells| starts(cells).any(|(at, over)| at < kept && at + over > kept))
        };
        // Somewhat more than the longest words, that not every line is one word.
        let needs = |kept: usize| {
            let least: usize = measured[..kept].iter().map(|(least, _)| least).sum();
            least + least / 8 + BETWEEN * kept.saturating_sub(1)
        };
        let kept = (LEAST..=measured.len()).rev().find(|kept| needs(*kept) <= width && !cuts(*kept))?;
        let measured = &measured[..kept];
        let least: usize = measured.iter().map(|(least, _)| least).sum();
        let spare = width - least - BETWEEN * (kept - 1);
        let weights: usize = measured.iter().map(|(_, weight)| weight).sum::<usize>().max(1);
        Some(Self {
            widths: measured.iter().map(|(least, weight)| least + spare * weight / weights).collect(),
        })
    }

    /// The row of heads.
    pub fn heads(&self, text: &mut Text, sight: &Sight<'_>, part: &SheetPart) {
        let heads = part.heads.iter().zip(&self.widths);
        let cells = heads.map(|(head, width)| (sight.line(Meaning::Muted, head), *width)).collect();
        beside(text, cells, false);
    }

    /// A row, with what has no room below it.
    pub fn row(
        &self,
        text: &mut Text,
        sight: &Sight<'_>,
        part: &SheetPart,
        line: &SheetLine,
        selected: bool,
    ) {
        let kept = self.widths.len();
        let cells = line.cells.iter().zip(starts(&line.cells)).filter(|(_, (at, _))| *at < kept);
        let cells = cells.map(|(cell, (at, over))| {
            let meaning = if at == 0 { Meaning::Verb } else { Meaning::Value };
            let width = self.widths[at..at + over].iter().sum::<usize>() + BETWEEN * (over - 1);
            (sight.line(meaning, &cell.words), width)
        });
        beside(text, cells.collect(), selected);
        for (cell, (at, _)) in line.cells.iter().zip(starts(&line.cells)).filter(|(_, (at, _))| *at >= kept) {
            let said = labelled(part.heads.get(at).map_or("", String::as_str), &cell.words);
            text.say(&sight.line(Meaning::Muted, &said), HANGS, selected);
        }
    }
}

/// In which column each cell begins, and over how many it goes.
fn starts(cells: &[SheetCell]) -> impl Iterator<Item = (usize, usize)> {
    cells.iter().scan(0, |at, cell| {
        let here = *at;
        *at += cell.over;
        Some((here, cell.over))
    })
}

/// The longest word of a column, and how much of the spare room it wants.
fn measure(head: &str, column: usize, rows: &[&[SheetCell]]) -> (usize, usize) {
    let words = rows.iter().filter_map(|cells| {
        let at = starts(cells).position(|(at, over)| at == column && over == 1)?;
        Some(cells[at].words.as_str())
    });
    let words: Vec<&str> = words.collect();
    let wide = |text: &str| usize::from(columns(&Line::from(text)));
    let unfolded = words.iter().copied().filter(|text| wide(text) <= WHOLE);
    let folded = words.iter().copied().chain([head]).flat_map(str::split_whitespace);
    let longest = folded.chain(unfolded).map(wide).max();
    let average = words.iter().copied().map(wide).sum::<usize>() / words.len().max(1);
    (longest.unwrap_or(1).min(LONGEST), average.clamp(1, 60))
}

/// Puts cells beside one another, each folded in its own width.
fn beside(text: &mut Text, cells: Vec<(Line<'static>, usize)>, selected: bool) {
    let folded: Vec<(Vec<Line<'static>>, usize)> = cells
        .into_iter()
        .map(|(line, width)| (fold(&line, u16::try_from(width).unwrap_or(u16::MAX)), width))
        .collect();
    let high = folded.iter().map(|(lines, _)| lines.len()).max().unwrap_or(0);
    for at in 0..high {
        let mut row: Vec<Span<'static>> = Vec::new();
        for (lines, width) in &folded {
            let line = lines.get(at).cloned().unwrap_or_default();
            let taken = usize::from(columns(&line));
            row.extend(line.spans);
            row.push(" ".repeat((width + BETWEEN).saturating_sub(taken)).into());
        }
        text.rows.push(Row { line: Line::from(row), indent: 0, selected, beside: false });
    }
}

//! The text as it is shown: wrapped at words into rows, and back from a row and column to the text.
//!
//! Notes are wrapped one column short of the box, so that the cursor has a column of its own behind the last
//! word. Blanks at a wrap hang over the edge and are not carried to the next row.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use super::Lines;

/// One row as it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Its text, without the line end; blanks at its end may reach over the edge.
    pub text: String,
    /// Where it stands in the whole text, in bytes.
    pub at: Range<usize>,
}

pub(super) fn rows(text: &str, lines: Lines, width: u16) -> Vec<Row> {
    if lines == Lines::One {
        return vec![Row { text: text.to_owned(), at: 0..text.len() }];
    }
    let room = usize::from(width).saturating_sub(1).max(1);
    let mut rows = Vec::new();
    let mut line_start = 0;
    for line in text.split('\n') {
        for at in wrap(line, room) {
            rows.push(Row {
                text: line[at.clone()].to_owned(),
                at: line_start + at.start..line_start + at.end,
            });
        }
        line_start += line.len() + 1;
    }
    rows
}

/// The rows of one line, at most `room` columns each but for blanks at their end. A word longer than a row is
/// broken where it must be.
fn wrap(line: &str, room: usize) -> Vec<Range<usize>> {
    let mut rows = Vec::new();
    let (mut start, mut column) = (0, 0);
    // Where the last word began, and how many columns of it are in this row.
    let (mut word, mut word_columns) = (0, 0);
    for (at, grapheme) in line.grapheme_indices(true) {
        let columns = grapheme.width();
        if grapheme.chars().all(char::is_whitespace) {
            word = at + grapheme.len();
            word_columns = 0;
            column += columns;
            continue;
        }
        if column + columns > room && at > start {
            if word > start {
                rows.push(start..word);
                start = word;
                column = word_columns;
            } else {
                rows.push(start..at);
                start = at;
                (column, word_columns) = (0, 0);
            }
        }
        column += columns;
        word_columns += columns;
    }
    rows.push(start..line.len());
    rows
}

/// Row and column of a byte of the text.
pub(super) fn place_of(rows: &[Row], lines: Lines, width: u16, byte: usize) -> (usize, usize) {
    let row = rows.partition_point(|row| row.at.start <= byte).saturating_sub(1);
    let upto = byte.min(rows[row].at.end) - rows[row].at.start;
    let column = rows[row].text[..upto].width();
    match lines {
        Lines::One => (row, column),
        Lines::Many => (row, column.min(usize::from(width).saturating_sub(1))),
    }
}

/// The grapheme boundary nearest before a column of a row.
pub(super) fn byte_at(rows: &[Row], row: usize, column: usize) -> usize {
    let mut reached = 0;
    let mut byte = rows[row].at.start;
    for grapheme in rows[row].text.graphemes(true) {
        reached += grapheme.width();
        if reached > column {
            break;
        }
        byte += grapheme.len();
    }
    byte.min(end_of(rows, row))
}

/// The last place of a row. Where the line goes on below, the byte after the row is the next row's first, so
/// it is the one before its last character, which is the blank at which it was wrapped.
pub(super) fn end_of(rows: &[Row], row: usize) -> usize {
    let Row { text, at } = &rows[row];
    match rows.get(row + 1) {
        Some(next) if next.at.start == at.end => {
            at.end - text.graphemes(true).next_back().map_or(0, str::len)
        }
        _ => at.end,
    }
}

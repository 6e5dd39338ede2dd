//! Tables in plain text: aligned columns where the terminal has room, one row under another where it has not.
//!
//! Widths are counted as a terminal draws them. Nothing is cut in a file or a pipe.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// Columns between two cells.
const GAP: usize = 2;
/// The least width to which a column is shortened.
const LEAST: usize = 10;

/// The lines of a table with its heads, for a terminal of this width or, with `None`, of any.
pub(super) fn lines(heads: &[&str], rows: &[Vec<String>], width: Option<usize>) -> Vec<String> {
    // A line end inside a cell would break the table.
    let rows: Vec<Vec<String>> =
        rows.iter().map(|row| row.iter().map(|cell| cell.replace('\n', " ")).collect()).collect();
    let mut widths: Vec<usize> = heads.iter().map(|head| head.width()).collect();
    for row in &rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.width());
        }
    }
    if let Some(room) = width
        && !shrink(&mut widths, room)
    {
        return stacked(heads, &rows, room);
    }
    let head: Vec<String> = heads.iter().map(|head| (*head).to_owned()).collect();
    std::iter::once(&head).chain(&rows).map(|row| aligned(row, &widths)).collect()
}

/// Shortens the widest column again and again until all fit; false where they cannot.
fn shrink(widths: &mut [usize], room: usize) -> bool {
    loop {
        let total = widths.iter().sum::<usize>() + GAP * widths.len().saturating_sub(1);
        if total <= room {
            return true;
        }
        let Some(widest) = widths.iter_mut().max().filter(|widest| **widest > LEAST) else { return false };
        *widest -= (total - room).min(*widest - LEAST).min((*widest / 4).max(1));
    }
}

fn aligned(row: &[String], widths: &[usize]) -> String {
    let mut line = String::new();
    for (at, (cell, width)) in row.iter().zip(widths).enumerate() {
        if at > 0 {
            line.push_str("  ");
        }
        let cell = cut(cell, *width);
        let blanks = width.saturating_sub(cell.width());
        line.push_str(&cell);
        line.extend(std::iter::repeat_n(' ', blanks));
    }
    line.truncate(line.trim_end().len());
    line
}

/// One row under another, each cell with its head before it: for a telephone's terminal.
fn stacked(heads: &[&str], rows: &[Vec<String>], room: usize) -> Vec<String> {
    let mut lines = Vec::new();
    for row in rows {
        for (head, cell) in heads.iter().zip(row).filter(|(_, cell)| !cell.is_empty()) {
            lines.push(cut(&format!("{head}: {cell}"), room.max(1)));
        }
        lines.push(String::new());
    }
    lines.pop();
    lines
}

/// As much of a text as fits, with a mark where something is left out.
fn cut(text: &str, room: usize) -> String {
    if text.width() <= room {
        return text.to_owned();
    }
    let mut kept = String::new();
    let mut used = 1;
    for grapheme in text.graphemes(true) {
        used += grapheme.width();
        if used > room {
            break;
        }
        kept.push_str(grapheme);
    }
    kept.push('…');
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEADS: [&str; 3] = ["Case", "Person", "Matter"];

    fn rows() -> Vec<Vec<String>> {
        vec![
            vec!["U-1".into(), "QUILL, Theresa".into(), "drowsy, drinking little since lunch".into()],
            vec!["U-1184".into(), "Łukasz 山田".into(), String::new()],
        ]
    }

    #[test]
    fn columns_stand_under_their_heads_whatever_the_letters() {
        let lines = lines(&HEADS, &rows(), None);
        assert_eq!(
            lines,
            [
                "Case    Person          Matter",
                "U-1     QUILL, Theresa  drowsy, drinking little since lunch",
                "U-1184  Łukasz 山田",
            ]
        );
    }

    #[test]
    fn no_line_is_wider_than_the_terminal_and_a_telephone_gets_rows() {
        for width in 1..120 {
            for line in lines(&HEADS, &rows(), Some(width)) {
                assert!(line.width() <= width.max(2), "{width}: {line:?}");
            }
        }
        let narrow = lines(&HEADS, &rows(), Some(24));
        assert!(narrow.contains(&"Person: QUILL, Theresa".to_owned()), "{narrow:?}");
        assert!(lines(&HEADS, &rows(), Some(50))[1].ends_with('…'));
    }
}

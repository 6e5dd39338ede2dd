//! Rows of text that scroll as one: timelines, what is owed, help, messages.
//!
//! Each row knows whether it belongs to the selected thing; all of that stays in view as far as it fits.

use ratatui::layout::Rect;
use ratatui::text::Line;

use super::pane::scrollbar;
use super::paper::{Paper, fold};
use super::view::Scroll;
use crate::domain::look::Meaning;

/// One row of a text.
#[derive(Debug, Clone, Default)]
pub struct Row {
    /// What it says.
    pub line: Line<'static>,
    /// Columns from the left.
    pub indent: u16,
    /// It belongs to what is selected.
    pub selected: bool,
    /// It is to be in view as well where there is room, though nothing in it is selected.
    pub beside: bool,
}

/// Rows being put together at one width.
pub struct Text {
    width: u16,
    /// The rows so far.
    pub rows: Vec<Row>,
}

impl Text {
    /// Begins a text this wide.
    pub fn new(width: u16) -> Self {
        Self { width, rows: Vec::new() }
    }

    /// Adds a line, folded, hanging by `indent` columns under its lead; a lead that leaves no gap before it has a row to itself.
    pub fn hang(&mut self, lead: &Line<'static>, line: &Line<'static>, indent: u16, selected: bool) {
        let (room, taken) = (self.width.saturating_sub(indent).max(1), super::paper::columns(lead));
        if taken > 0 && taken >= indent {
            self.say(lead, 0, selected);
            return self.hang(&Line::default(), line, indent, selected);
        }
        for (at, part) in fold(line, room).into_iter().enumerate() {
            let mut row = Line::default();
            if at == 0 {
                row.spans.extend(lead.spans.clone());
                let gap = usize::from(indent.saturating_sub(taken));
                row.spans.push(" ".repeat(gap).into());
                row.spans.extend(part.spans);
                self.rows.push(Row { line: row, indent: 0, selected, beside: false });
            } else {
                self.rows.push(Row { line: part, indent, selected, beside: false });
            }
        }
    }

    /// Adds a line, folded.
    pub fn say(&mut self, line: &Line<'static>, indent: u16, selected: bool) {
        for part in fold(line, self.width.saturating_sub(indent).max(1)) {
            self.rows.push(Row { line: part, indent, selected, beside: false });
        }
    }

    /// Adds an empty row.
    pub fn gap(&mut self) {
        self.rows.push(Row::default());
    }
}

/// Draws rows, scrolled so that the selected ones are seen; with the bar over them and the cursor on the first
/// where the text has the focus.
pub fn draw(paper: &mut Paper<'_>, area: Rect, scroll: &mut Scroll, rows: &[Row], focused: bool) {
    let fits = usize::from(area.height);
    let last = rows.iter().rposition(|row| row.selected || row.beside);
    scroll.settle(last, fits, rows.len());
    let first_selected = rows.iter().position(|row| row.selected || row.beside);
    let first = scroll.settle(first_selected, fits, rows.len());
    let mut cursor_set = false;
    for (y, row) in (area.y..area.bottom()).zip(rows.iter().skip(first)) {
        let x = area.x.saturating_add(1 + row.indent);
        paper.put(x, y, area.right().saturating_sub(x + 1), &row.line);
        if row.selected && focused {
            paper.wash(Rect { y, height: 1, ..area }, Meaning::Selection);
            if !cursor_set {
                paper.set_cursor(area.x, y);
                cursor_set = true;
            }
        } else if row.selected {
            paper.say(area.x, y, 1, Meaning::Muted, ">");
        }
    }
    scrollbar(paper, area, first, fits, rows.len());
}

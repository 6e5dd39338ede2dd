//! A sheet over the whole screen: the card for the emergency call handler, the SBARD, the guide.
//!
//! ```text
//! ╭─► Emergency card: QUILL, Theresa ───────────────────────╮
//! │ Ring 999 now. Answer in this order.                     │
//! │                                                         │
//! │ Breathing    Yes (21:02)                                │
//! │ Where        Flat 4, Rowan House                        │
//! │ Ring back    Not on record: give the number you ring …  │
//! ╰─────────────────────────────────────────────────────────╯
//! ```
//!
//! The bar stands on the line that one has come to, so that nobody loses their place while reading out. Where there is
//! room, the lines of a sheet of one part stand apart. What is missing is marked by words, not by colour alone.

mod rows;

use ratatui::layout::Rect;
use ratatui::text::Line;

use self::rows::Layout;

use super::pane::pane;
use super::paper::{Paper, columns};
use super::scroll::{self, Row, Text};
use super::sight::Sight;
use super::view::{Place, View};
use crate::app::Load;
use crate::app::sheet::SheetLayer;
use crate::domain::look::Meaning;
use crate::domain::sheet::{LineKind, Sheet, SheetLine};
use crate::domain::words::sheets::keyed;
use crate::domain::words::ui as words;

/// Columns of the labels at most.
const LABELS: u16 = 26;
/// The words of a row are set in by this where they stand under its first cell.
const ROW: u16 = 2;

/// Draws it.
pub fn draw(
    paper: &mut Paper<'_>,
    body: Rect,
    view: &mut View,
    sight: &Sight<'_>,
    (layer, focused): (&SheetLayer, bool),
) {
    let sheet = match &layer.sheet {
        Load::Ready(sheet) => sheet,
        Load::Loading => return super::waiting(paper, body, sight, words::LOADING),
        Load::Failed(why) => return super::waiting(paper, body, sight, why),
    };
    let inside = pane(paper, body, &sheet.title, &Line::default(), focused);
    let width = inside.width.saturating_sub(2);
    let mut rows = rows(sight, sheet, layer.at, width, false);
    let airy = self::rows(sight, sheet, layer.at, width, true);
    if airy.len() <= usize::from(inside.height) {
        rows = airy;
    }
    view.scrolled(Place::Sheet, body, |scroll| scroll::draw(paper, inside, scroll, &rows, focused));
    // A page goes over as many lines as are seen, however many rows each takes.
    let lines = sheet.lines().count().max(1);
    let page = (lines * usize::from(inside.height) / rows.len().max(1)).clamp(1, lines);
    view.placed.pages.insert(Place::Sheet, page);
}

fn rows(sight: &Sight<'_>, sheet: &Sheet, at: usize, width: u16, airy: bool) -> Vec<Row> {
    let mut text = Text::new(width);
    let head = |text: &mut Text, said: &str, meaning| {
        if !said.is_empty() {
            text.say(&sight.line(meaning, said), 0, false);
        }
    };
    head(&mut text, &sheet.first, Meaning::Soon);
    let lines = sheet.lines().filter(|line| line.cells.is_empty());
    let labels = lines.map(|line| columns(&Line::from(line.label.as_str())) + 2).max().unwrap_or(0);
    let labels = labels.min(LABELS).min(width * 2 / 5);
    let mut number = 0;
    let alone = sheet.parts.len() == 1;
    for part in &sheet.parts {
        if !part.title.is_empty() || airy {
            text.gap();
        }
        head(&mut text, &part.title, Meaning::Title);
        let table = Layout::of(part, width);
        if let Some(table) = &table {
            table.heads(&mut text, sight, part);
        }
        for (index, line) in part.lines.iter().enumerate() {
            if let Some(table) = table.as_ref().filter(|_| !line.cells.is_empty()) {
                table.row(&mut text, sight, part, line, number == at);
                number += 1;
                continue;
            }
            if airy && alone && index > 0 && !line.label.is_empty() {
                text.gap();
            }
            let labels = if line.cells.is_empty() { labels } else { ROW };
            said(&mut text, sight, line, labels, number == at);
            number += 1;
        }
    }
    text.gap();
    head(&mut text, &sheet.last, Meaning::Soon);
    let mut rows = text.rows;
    // What is said before everything else is in view with the first line, what is said at the end with the last.
    let last = number.saturating_sub(1);
    let reach = |rows: &mut [Row]| rows.iter_mut().for_each(|row| row.beside = true);
    if at == 0
        && let Some(first) = rows.iter().position(|row| row.selected)
    {
        reach(&mut rows[..first]);
    }
    if at == last
        && let Some(end) = rows.iter().rposition(|row| row.selected)
    {
        reach(&mut rows[end + 1..]);
    }
    rows
}

fn said(text: &mut Text, sight: &Sight<'_>, line: &SheetLine, labels: u16, selected: bool) {
    let meaning = match line.kind {
        // Words that are read out are plain to see, whosever they are.
        LineKind::Said | LineKind::Quoted => Meaning::Value,
        LineKind::Gap => Meaning::Soon,
        LineKind::Ask => Meaning::Verb,
    };
    let label = line.key.map_or_else(|| line.label.clone(), |key| keyed(key, &line.label));
    let label = sight.line(Meaning::Muted, &label);
    let fits = columns(&label) < labels;
    if !fits && !line.label.is_empty() {
        text.say(&label, 0, selected);
    }
    for (at, said) in line.words.lines().enumerate() {
        let lead = if at == 0 && fits { label.clone() } else { Line::default() };
        text.hang(&lead, &sight.line(meaning, said), labels, selected);
    }
}

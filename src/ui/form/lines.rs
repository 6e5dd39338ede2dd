//! The lines of a form as rows of cells: labels at the left, values, what was understood, what is wrong.

use ratatui::style::Modifier;
use ratatui::text::{Line, Span};
use unicode_width::UnicodeWidthStr;

use crate::domain::look::Meaning;
use crate::domain::words::ui as words;
use crate::form::face::{self, Choosing, Face, Standing, Value};
use crate::form::text_box::{Lines, TextBox};
use crate::ui::paper::{columns, cut, fold};
use crate::ui::sight::Sight;
use crate::ui::theme::of_weight;

/// Room below which a label stands over its value.
const LABELS_ABOVE_BELOW: u16 = 56;
/// Columns of the line under an empty field.
const BLANK: u16 = 24;

/// A form as rows.
pub struct Drawn {
    /// The rows, top to bottom.
    pub rows: Vec<Row>,
    /// Columns of the labels.
    pub label_width: u16,
    /// Columns of a text's box.
    pub text_width: u16,
}

/// One row.
#[derive(Debug, Default)]
pub struct Row {
    /// Put at the right edge of the labels' column.
    pub label: Line<'static>,
    /// What stands in the row.
    pub value: Line<'static>,
    /// From which column.
    pub at: u16,
    /// Column of the cursor in the value.
    pub cursor: Option<u16>,
    /// It belongs to the line with the focus.
    pub focused: bool,
}

/// Draws all lines of a form at this width. Where there is height to spare, lines stand apart.
pub fn drawn(sight: &Sight<'_>, face: &Face, width: u16, height: u16) -> Drawn {
    let above = width < LABELS_ABOVE_BELOW;
    let longest = face
        .sections
        .iter()
        .flat_map(|section| &section.lines)
        .map(|line| u16::try_from(line.label.width()).unwrap_or(u16::MAX).saturating_add(line.indent * 2 + 1))
        .max()
        .unwrap_or(0);
    let label_width = if above { 0 } else { longest.clamp(8, 32).min(width * 2 / 5) };
    let at = if above { 2 } else { label_width + 2 };
    let text_width = width.saturating_sub(at).clamp(1, 96);
    let writer = Writer { sight, above, label_width, at, width: text_width };
    let parts: Vec<Vec<Vec<Row>>> = face
        .sections
        .iter()
        .map(|section| section.lines.iter().map(|line| writer.set_in(line).line(line)).collect())
        .collect();
    let focused = face.sections.iter().flat_map(|section| &section.lines).find(|line| line.focused);
    let text_width = focused.map_or(text_width, |line| writer.set_in(line).width);
    let count: usize = parts.iter().flatten().map(Vec::len).sum();
    let apart = face.sections.iter().flat_map(|section| section.lines.windows(2)).filter(stand_apart).count();
    let airy = count + apart + face.sections.len() < usize::from(height);
    let mut rows = Vec::new();
    for (section, lines) in face.sections.iter().zip(parts) {
        if !rows.is_empty() {
            rows.push(Row::default());
        }
        // A section that folds says its title in the line that opens it.
        let folds = section.lines.first().is_some_and(|line| matches!(line.value, Value::Fold { .. }));
        if !section.title.is_empty() && !folds {
            rows.push(Row { value: sight.line(Meaning::Muted, &section.title), at, ..Row::default() });
        }
        for (place, line) in lines.into_iter().enumerate() {
            let before = place.checked_sub(1).and_then(|place| section.lines.get(place..=place + 1));
            if airy && before.is_some_and(|two| stand_apart(&two)) {
                rows.push(Row::default());
            }
            rows.extend(line);
        }
    }
    if airy {
        rows.insert(0, Row::default());
    }
    if let Some(mark) = &face.mark {
        rows.insert(0, Row { value: sight.line(Meaning::Soon, mark), at, ..Row::default() });
    }
    Drawn { rows, label_width, text_width }
}

/// Whether there is a gap between two lines, where there is room for one: lines that are written and lines that are
/// chosen from stand in groups.
fn stand_apart(two: &&[face::Line]) -> bool {
    let kind = |line: &face::Line| match &line.value {
        Value::Options { .. } => 0,
        Value::Text { notes: true, .. } => 1,
        Value::Text { .. } | Value::Record { .. } => 2,
        Value::Fold { .. } | Value::AddRow => 3,
    };
    matches!(two, [one, other] if kind(one) != kind(other))
}

#[derive(Clone, Copy)]
struct Writer<'a> {
    sight: &'a Sight<'a>,
    above: bool,
    label_width: u16,
    at: u16,
    width: u16,
}

impl Writer<'_> {
    /// Where labels stand over the values, the lines of a row are set in under it, values further than their labels.
    fn set_in(self, line: &face::Line) -> Self {
        let by = if self.above { line.indent * 2 } else { 0 };
        Self { at: self.at + by, width: self.width.saturating_sub(by).max(1), ..self }
    }

    fn line(&self, line: &face::Line) -> Vec<Row> {
        let mut rows: Vec<Row> = match &line.value {
            Value::Fold { open, labels } => self.fold(*open, labels, line.focused),
            Value::AddRow => {
                vec![self.row(self.sight.line(Meaning::Muted, words::ADD_ROW), line.focused.then_some(0))]
            }
            Value::Text { text, cursor, selected, .. } => self.text(line, text, *cursor, *selected),
            Value::Options { options, many } => self.options(line, options, *many),
            Value::Record { text, cursor, selected, standing } => {
                self.record(line, text, (*cursor, *selected), *standing)
            }
        };
        if line.either {
            self.beside(&mut rows, &self.sight.line(Meaning::Muted, words::EITHER));
        }
        if let Some(blank) = line.blank {
            self.beside(&mut rows, &self.sight.line(Meaning::Late, format!("! {blank}")));
        }
        let told = [
            (line.understood.as_deref(), Meaning::Muted, "= "),
            (line.problem.as_deref(), Meaning::Late, "! "),
            (line.remark.as_deref(), Meaning::Soon, "? "),
        ];
        for (words, meaning, mark) in
            told.into_iter().filter_map(|(words, meaning, mark)| Some((words?, meaning, mark)))
        {
            let told = self.sight.line(meaning, format!("{mark}{words}"));
            rows.extend(fold(&told, self.width).into_iter().map(|part| self.row(part, None)));
        }
        self.label(line, &mut rows);
        self.over(line, &mut rows);
        for row in &mut rows {
            row.focused = line.focused;
        }
        rows
    }

    /// Puts a few words beside the last row, or under it where there is no room.
    fn beside(&self, rows: &mut Vec<Row>, words: &Line<'static>) {
        let last = rows.last_mut().filter(|row| columns(&row.value) + 2 + columns(words) <= self.width);
        match last {
            Some(row) => {
                row.value.spans.push("  ".into());
                row.value.spans.extend(words.spans.clone());
            }
            None => rows.push(self.row(words.clone(), None)),
        }
    }

    fn row(&self, value: Line<'static>, cursor: Option<u16>) -> Row {
        Row { value, at: self.at, cursor, ..Row::default() }
    }

    /// Puts the label beside the first rows, over them where there is little room.
    fn label(&self, line: &face::Line, rows: &mut Vec<Row>) {
        let meaning = if line.focused { Meaning::Focus } else { Meaning::Muted };
        let mark = if line.required { "*" } else { "" };
        let label = self.sight.line(meaning, format!("{}{mark}", line.label));
        if self.above {
            if !line.label.is_empty() {
                let at = line.indent * 2;
                let parts = fold(&label, (self.at + self.width).saturating_sub(at).max(1));
                rows.splice(0..0, parts.into_iter().map(|value| Row { value, at, ..Row::default() }));
            }
            return;
        }
        let parts = fold(&label, self.label_width.max(1));
        for (at, part) in parts.into_iter().enumerate() {
            if at == rows.len() {
                rows.push(self.row(Line::default(), None));
            }
            if let Some(row) = rows.get_mut(at) {
                row.label = trimmed(part);
            }
        }
    }

    /// Puts over the first line of a row which row that is.
    fn over(&self, line: &face::Line, rows: &mut Vec<Row>) {
        let Some(over) = &line.over else { return };
        let over = self.sight.line(Meaning::Value, over);
        let room = if self.above { self.at + self.width } else { self.label_width };
        let parts = fold(&over, room.max(1)).into_iter().map(|part| match self.above {
            true => Row { value: part, ..Row::default() },
            false => Row { label: trimmed(part), ..Row::default() },
        });
        rows.splice(0..0, parts);
    }

    /// The line that opens what may wait: what is folded away stands in it.
    fn fold(&self, open: bool, labels: &[String], focused: bool) -> Vec<Row> {
        let way = if open { words::ENTER_FOLDS } else { words::ENTER_OPENS };
        let inside = if open { String::new() } else { labels.join(" · ") };
        let gap = if inside.is_empty() { "" } else { "  " };
        let way = self.sight.line(Meaning::Muted, format!("{gap}{way}"));
        let inside = self.sight.line(Meaning::Value, inside);
        // That there is more shows where not all of it has room; how to come to it always stands.
        let mut value = cut(&inside, self.width.saturating_sub(columns(&way))).into_owned();
        value.spans.extend(way.spans);
        vec![self.row(value, focused.then_some(0))]
    }

    fn text(
        &self,
        line: &face::Line,
        text: &str,
        cursor: Option<usize>,
        selected: Option<(usize, usize)>,
    ) -> Vec<Row> {
        if text.is_empty() {
            return vec![self.row(self.blank(), line.focused.then_some(0))];
        }
        // One line of words that is longer than its box goes on under itself: an answer is read whole.
        let rows = TextBox::holding(Lines::Many, text).rows(self.width);
        let last = rows.len().saturating_sub(1);
        let places = rows.into_iter().enumerate().map(|(at, row)| {
            let here = cursor.filter(|cursor| {
                row.at.contains(cursor)
                    || (*cursor == row.at.end
                        && (at == last || text.get(row.at.end..).is_some_and(|rest| rest.starts_with('\n'))))
            });
            self.text_row(line, &row.text, row.at.start, here, selected)
        });
        places.collect()
    }

    /// One row of typed text; where blanks at its end reach over the edge, the part around the cursor.
    fn text_row(
        &self,
        line: &face::Line,
        text: &str,
        start: usize,
        cursor: Option<usize>,
        selected: Option<(usize, usize)>,
    ) -> Row {
        let mut style = self.sight.theme.style(Meaning::Field);
        if line.quoted {
            style = style.add_modifier(Modifier::ITALIC);
        }
        let chosen = self.sight.theme.style(Meaning::Selection);
        let within =
            |byte: usize| selected.is_some_and(|(from, to)| from.min(to) <= byte && byte < from.max(to));
        let mut spans: Vec<Span<'static>> = Vec::new();
        let mut column = 0;
        let mut cursor_column = None;
        for (at, grapheme) in unicode_segmentation::UnicodeSegmentation::grapheme_indices(text, true) {
            if cursor == Some(start + at) {
                cursor_column = Some(column);
            }
            let style = if within(start + at) { chosen } else { style };
            match spans.last_mut() {
                Some(last) if last.style == style => last.content.to_mut().push_str(grapheme),
                _ => spans.push(Span::styled(grapheme.to_owned(), style)),
            }
            column += grapheme.width();
        }
        if cursor == Some(start + text.len()) {
            cursor_column = Some(column);
        }
        let mut cursor_column = cursor_column.map(|column| u16::try_from(column).unwrap_or(u16::MAX));
        let mut value = Line::from(spans);
        if let Some(beyond) = cursor_column.and_then(|column| column.checked_sub(self.width)) {
            value = shifted(value, beyond + 1);
            cursor_column = Some(self.width.saturating_sub(1));
        }
        self.row(value, cursor_column)
    }

    fn blank(&self) -> Line<'static> {
        self.sight.line(Meaning::Field, " ".repeat(BLANK.min(self.width).into()))
    }

    fn record(
        &self,
        line: &face::Line,
        text: &str,
        (cursor, selected): (Option<usize>, Option<(usize, usize)>),
        standing: Standing,
    ) -> Vec<Row> {
        match standing {
            Standing::Picked(_) if cursor.is_none() => {
                vec![self.row(self.sight.line(Meaning::Name, text), None)]
            }
            Standing::New if cursor.is_none() => {
                let new = format!("  {}", words::NEW_RECORD);
                vec![self.row(self.sight.spans([(Meaning::Name, text), (Meaning::Muted, &new)]), None)]
            }
            Standing::Words if cursor.is_none() && !text.is_empty() => {
                let only = format!("  {}", words::ONLY_WORDS);
                vec![self.row(self.sight.spans([(Meaning::Value, text), (Meaning::Soon, &only)]), None)]
            }
            _ => self.text(line, text, cursor, selected),
        }
    }

    /// Choices side by side, folded between them. The chosen one is marked and bold; in the line with the focus
    /// the letter that picks is underlined, and the cursor stands on the one the arrow keys point at.
    fn options(&self, line: &face::Line, options: &[Choosing], many: bool) -> Vec<Row> {
        let mut rows: Vec<Row> = vec![self.row(Line::default(), None)];
        for option in options {
            let drawn = self.option(option, many, line.focused);
            let wide = columns(&drawn);
            let used = rows.last().map_or(0, |row| columns(&row.value));
            if used > 0 && used + 3 + wide > self.width {
                rows.push(self.row(Line::default(), None));
            }
            let Some(row) = rows.last_mut() else { continue };
            if columns(&row.value) > 0 {
                row.value.spans.push("   ".into());
            }
            if line.focused
                && (option.pointed || (option.chosen && !options.iter().any(|option| option.pointed)))
            {
                row.cursor = Some(columns(&row.value) + 1);
            }
            // One that is wider than the box goes on under its own words.
            let mut parts = fold(&drawn, self.width).into_iter();
            row.value.spans.extend(parts.next().unwrap_or_default().spans);
            let words: String = parts.flat_map(|part| part.spans).map(|span| span.content).collect();
            let rest =
                fold(&self.sight.line(self.meaning(option), words), self.width.saturating_sub(4).max(1));
            for mut part in rest.into_iter().filter(|part| columns(part) > 0) {
                part.spans.insert(0, "    ".into());
                rows.push(self.row(part, None));
            }
        }
        if line.focused
            && !rows.iter().any(|row| row.cursor.is_some())
            && let Some(row) = rows.first_mut()
        {
            row.cursor = Some(1);
        }
        rows
    }

    /// A chosen one stands out, the one pointed at a little.
    fn meaning(&self, option: &Choosing) -> Meaning {
        match (option.chosen, of_weight(option.weight)) {
            (true, Meaning::Value) => Meaning::Name,
            (true, risk) => risk,
            (false, _) if option.pointed => Meaning::Value,
            (false, _) => Meaning::Muted,
        }
    }

    fn option(&self, option: &Choosing, many: bool, focused: bool) -> Line<'static> {
        let (open, close) = if many { ("[", "]") } else { ("(", ")") };
        let mark = if option.chosen { "x" } else { " " };
        let meaning = self.meaning(option);
        let style = self.sight.theme.style(meaning);
        let head = Span::styled(format!("{open}{mark}{close} "), style);
        let label = self.sight.span(meaning, &option.label).content.into_owned();
        let same = |c: char| c.to_lowercase().eq(option.key.to_lowercase());
        let letter = label.char_indices().find(|(_, c)| same(*c)).filter(|_| focused);
        let Some((at, c)) = letter else {
            let key = if focused { format!(" [{}]", option.key) } else { String::new() };
            return Line::from(vec![head, Span::styled(label, style), self.sight.span(Meaning::Muted, key)]);
        };
        let (before, rest) = label.split_at(at);
        let (_, after) = rest.split_at(c.len_utf8());
        Line::from(vec![
            head,
            Span::styled(before.to_owned(), style),
            Span::styled(c.to_string(), style.add_modifier(Modifier::UNDERLINED)),
            Span::styled(after.to_owned(), style),
        ])
    }
}

/// A line without the blanks at its end, so that it can stand at a right edge.
fn trimmed(mut line: Line<'static>) -> Line<'static> {
    if let Some(last) = line.spans.last_mut() {
        last.content = last.content.trim_end().to_owned().into();
    }
    line
}

/// A line without its first columns.
fn shifted(line: Line<'static>, by: u16) -> Line<'static> {
    let mut left = usize::from(by);
    let spans = line.spans.into_iter().filter_map(|span| {
        let mut kept = String::new();
        for grapheme in unicode_segmentation::UnicodeSegmentation::graphemes(span.content.as_ref(), true) {
            if left > 0 {
                left = left.saturating_sub(grapheme.width());
            } else {
                kept.push_str(grapheme);
            }
        }
        (!kept.is_empty()).then(|| Span::styled(kept, span.style))
    });
    Line::from_iter(spans)
}

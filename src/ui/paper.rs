//! The paper that screens are drawn on: text put into cells, cut to the room there is, never outside it.
//!
//! A plain write outside the buffer ends a program; everything here clamps instead. Words are cut by grapheme and
//! counted in columns. What is written, and where, is left to the screens.

use std::borrow::Cow;
use std::sync::LazyLock;

use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::{Position, Rect};
use ratatui::style::{Color, Style};
use ratatui::text::{Line, Span};
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use super::theme::Theme;
use crate::domain::look::Meaning;

/// What stands where text was cut.
const CUT: &str = "…";
/// Units of time, as they stand behind a number.
const UNITS: [&str; 7] = ["s", "m", "min", "h", "d", "days", "hours"];

/// Pieces of a word that stay together at the end of a line: as many as a date before its year has.
const MOST_CLINGING: usize = 4;

/// A buffer, a theme, and where the cursor belongs.
pub struct Paper<'a> {
    buffer: &'a mut Buffer,
    /// How meanings look.
    pub theme: &'a Theme,
    cursor: Option<Position>,
    /// Which rows were drawn on.
    touched: Vec<bool>,
}

impl<'a> Paper<'a> {
    /// Draws into this buffer.
    pub fn new(buffer: &'a mut Buffer, theme: &'a Theme) -> Self {
        let touched = vec![false; buffer.area.height.into()];
        Self { buffer, theme, cursor: None, touched }
    }

    /// Which rows were drawn on, the uppermost first.
    pub fn touched(self) -> Vec<bool> {
        self.touched
    }

    /// The cells of a row from `x`, `width` of them or as many as there are; they count as drawn on.
    fn cells(&mut self, x: u16, y: u16, width: u16) -> &mut [Cell] {
        let Rect { x: left, y: top, width: wide, height } = self.buffer.area;
        let (x, y) = (x.saturating_sub(left).min(wide), y.saturating_sub(top));
        let from = usize::from(y) * usize::from(wide);
        let (begin, end) = (from + usize::from(x), from + usize::from(x.saturating_add(width).min(wide)));
        if let Some(touched) = self.touched.get_mut(usize::from(y)).filter(|_| begin < end) {
            *touched = true;
        }
        let row = if y < height { self.buffer.content.get_mut(begin..end) } else { None };
        row.unwrap_or_default()
    }

    /// All the room there is.
    pub fn area(&self) -> Rect {
        self.buffer.area
    }

    /// Where the terminal's own cursor belongs: the focused row or field.
    pub fn cursor(&self) -> Option<Position> {
        self.cursor
    }

    /// Says that the cursor belongs here; outside the screen it belongs nowhere.
    pub fn set_cursor(&mut self, x: u16, y: u16) {
        let at = Position { x, y };
        self.cursor = self.buffer.area.contains(at).then_some(at);
    }

    /// The cursor belongs nowhere.
    pub fn hide_cursor(&mut self) {
        self.cursor = None;
    }

    /// Writes a line from `x`, at most `width` columns, cut with an ellipsis. Answers with the column after it.
    pub fn put(&mut self, x: u16, y: u16, width: u16, line: &Line<'_>) -> u16 {
        let room = width.min(self.buffer.area.right().saturating_sub(x));
        if room == 0 || !self.buffer.area.contains(Position { x, y }) {
            return x;
        }
        let mut at = x;
        for span in &cut(line, room).spans {
            let left = room.saturating_sub(at - x);
            let style = line.style.patch(span.style);
            at = match is_plain(&span.content) {
                true => self.put_plain(at, y, left, &span.content, style),
                false => {
                    self.cells(at, y, left);
                    self.buffer.set_stringn(at, y, &span.content, left.into(), style).0
                }
            };
        }
        at
    }

    /// Writes text of which each byte is a column: nothing has to be looked up to know where it ends.
    fn put_plain(&mut self, x: u16, y: u16, room: u16, text: &str, style: Style) -> u16 {
        let wide = u16::try_from(text.len()).unwrap_or(u16::MAX).min(room);
        for (cell, letter) in self.cells(x, y, wide).iter_mut().zip(text.bytes()) {
            if let Some(plain) = plain(letter) {
                let mut fresh = plain.clone();
                (fresh.fg, fresh.bg, fresh.modifier) = (cell.fg, cell.bg, cell.modifier);
                fresh.underline_color = cell.underline_color;
                fresh.set_style(style);
                *cell = fresh;
            }
        }
        x + wide
    }

    /// Writes text of one meaning.
    pub fn say(&mut self, x: u16, y: u16, width: u16, meaning: Meaning, text: impl AsRef<str>) -> u16 {
        let line = Line::from(self.theme.span(meaning, text));
        self.put(x, y, width, &line)
    }

    /// Writes a line so that it ends at the right edge of `area`'s first row; answers with its first column.
    pub fn put_right(&mut self, area: Rect, line: &Line<'_>) -> u16 {
        let wide = columns(line).min(area.width);
        let x = area.right().saturating_sub(wide);
        self.put(x, area.y, wide, line);
        x
    }

    /// Empties an area, so that what is drawn over it stands alone.
    pub fn clear(&mut self, area: Rect) {
        let area = area.intersection(self.buffer.area);
        for y in area.top()..area.bottom() {
            self.cells(area.x, y, area.width).fill(Cell::EMPTY);
        }
    }

    /// Gives every cell of an area this style, but for those that stand on a ground of their own (a RED risk).
    pub fn wash(&mut self, area: Rect, meaning: Meaning) {
        let style = self.theme.style(meaning);
        let area = area.intersection(self.buffer.area);
        for y in area.top()..area.bottom() {
            for cell in self.cells(area.x, y, area.width).iter_mut().filter(|cell| cell.bg == Color::Reset) {
                cell.set_style(style);
            }
        }
    }

    /// Repeats one narrow character of our own along a row.
    pub fn rule(&mut self, x: u16, y: u16, width: u16, mark: &str, meaning: Meaning) {
        let style = self.theme.style(meaning);
        for cell in self.cells(x, y, width) {
            cell.set_symbol(mark).set_style(style);
        }
    }
}

/// How many columns a line takes.
pub fn columns(line: &Line<'_>) -> u16 {
    line.spans.iter().map(|span| width(&span.content)).sum::<usize>().try_into().unwrap_or(u16::MAX)
}

/// How many columns text takes. Most of it is plain, and needs no table of widths.
fn width(text: &str) -> usize {
    if is_plain(text) { text.len() } else { text.width() }
}

/// The cell of a plain letter, ready made: a screen has thousands.
fn plain(letter: u8) -> Option<&'static Cell> {
    const LETTERS: &str =
        " !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~";
    static CELLS: LazyLock<Vec<Cell>> =
        LazyLock::new(|| (0..LETTERS.len()).filter_map(|at| LETTERS.get(at..=at)).map(Cell::new).collect());
    CELLS.get(usize::from(letter.wrapping_sub(b' ')))
}

fn is_plain(text: &str) -> bool {
    text.bytes().all(|byte| matches!(byte, b' '..=b'~'))
}

/// A line cut to `room` columns, with an ellipsis where something was left out.
pub fn cut<'l, 'a>(line: &'l Line<'a>, room: u16) -> Cow<'l, Line<'a>> {
    if columns(line) <= room {
        return Cow::Borrowed(line);
    }
    let room = usize::from(room).saturating_sub(1);
    let mut used = 0;
    let mut kept: Vec<Span<'a>> = Vec::new();
    'line: for span in &line.spans {
        if is_plain(&span.content) {
            if let Some(fits) = span.content.get(..room - used).filter(|_| used + span.content.len() > room) {
                kept.push(Span::styled(format!("{}{CUT}", ended(fits)), span.style));
                break 'line;
            }
            used += span.content.len();
            kept.push(span.clone());
            continue;
        }
        let mut text = String::new();
        for grapheme in span.content.graphemes(true) {
            let wide = width(grapheme);
            if used + wide > room {
                kept.push(Span::styled(format!("{}{CUT}", ended(&text)), span.style));
                break 'line;
            }
            used += wide;
            text.push_str(grapheme);
        }
        kept.push(Span::styled(text, span.style));
    }
    Cow::Owned(Line { spans: kept, style: line.style, ..Line::default() })
}

/// What is left of words that are cut, without the comma that led on to the next of them: `OKAFOR…`.
fn ended(words: &str) -> &str {
    words.trim_end().strip_suffix(',').unwrap_or(words)
}

/// Columns of a date, which is what tells people of one name apart.
const DATE: usize = 11;

/// A line cut to `room` columns in its middle, where its end says as much as its beginning: a date there stays whole, as far as
/// a few letters stay before it.
pub fn cut_middle<'l, 'a>(line: &'l Line<'a>, room: u16) -> Cow<'l, Line<'a>> {
    if columns(line) <= room {
        return Cow::Borrowed(line);
    }
    let room = usize::from(room).saturating_sub(1);
    let graphemes: Vec<(&str, Style)> = line
        .spans
        .iter()
        .flat_map(|span| span.content.graphemes(true).map(|one| (one, span.style)))
        .collect();
    let fitting = |most: usize, part: &mut dyn Iterator<Item = &(&str, Style)>| {
        let mut used = 0;
        part.take_while(|(one, _)| {
            used += width(one);
            used <= most
        })
        .count()
    };
    let dated = graphemes.last().is_some_and(|(one, _)| one.ends_with(|last: char| last.is_ascii_digit()));
    let end = if dated && room >= DATE + DATE / 2 { DATE.max(room / 2) } else { room / 2 };
    let head = fitting(room - end, &mut graphemes.iter());
    let tail = fitting(end, &mut graphemes.iter().skip(head).rev());
    let (from, last) = (graphemes.len() - tail, head.saturating_sub(1));
    let style = graphemes.get(last).map_or(line.style, |(_, style)| *style);
    let kept =
        graphemes[..head].iter().copied().chain([(CUT, style)]).chain(graphemes[from..].iter().copied());
    let spans = kept.map(|(one, style)| Span::styled(one.to_owned(), style));
    Cow::Owned(Line { spans: spans.collect(), style: line.style, ..Line::default() })
}

/// A line folded into as many as it takes at this width, broken between words where that can be. Line ends in the
/// text break as well. Never answers with nothing.
pub fn fold(line: &Line<'_>, width: u16) -> Vec<Line<'static>> {
    // Most lines have room, and finding where words end costs more than all the rest.
    if columns(line) <= width && !line.spans.iter().any(|span| span.content.contains('\n')) {
        let spans = line.spans.iter().map(|span| Span::styled(span.content.clone().into_owned(), span.style));
        return vec![Line::from(spans.collect::<Vec<_>>())];
    }
    let width = usize::from(width.max(1));
    let mut folding = Folding { width, lines: Vec::new(), now: Vec::new(), used: 0 };
    for span in &line.spans {
        for (at, part) in span.content.split('\n').enumerate() {
            if at > 0 {
                folding.end();
            }
            for word in words_of(part) {
                folding.add(word, span.style);
            }
        }
    }
    folding.end();
    folding.lines
}

/// Where a line can be broken: between words, and never between a number and its unit.
fn words_of(part: &str) -> Vec<&str> {
    let bounds: Vec<(usize, &str)> = part.split_word_bound_indices().collect();
    let is_number = |word: &str| word.starts_with(|c: char| c.is_ascii_digit());
    let mut words = Vec::new();
    let mut rest = bounds.as_slice();
    while let [(from, word), after @ ..] = rest {
        rest = match after {
            [(_, " "), (at, unit), more @ ..] if is_number(word) && UNITS.contains(unit) => {
                words.extend(part.get(*from..at + unit.len()));
                more
            }
            _ => {
                words.push(*word);
                after
            }
        };
    }
    words
}

struct Folding {
    width: usize,
    lines: Vec<Line<'static>>,
    now: Vec<Span<'static>>,
    used: usize,
}

impl Folding {
    fn add(&mut self, word: &str, style: Style) {
        let wide = width(word);
        if self.used + wide <= self.width {
            self.push(word, style, wide);
        } else if word.trim().is_empty() {
            self.end();
        } else if wide <= self.width {
            self.carry_over(word, style, wide);
        } else {
            for grapheme in word.graphemes(true) {
                let wide = width(grapheme);
                if self.used + wide > self.width {
                    self.end();
                }
                self.push(grapheme, style, wide);
            }
        }
    }

    /// Begins a new line with this word; what clings to it without a space (an opening quotation mark) comes along.
    fn carry_over(&mut self, word: &str, style: Style, wide: usize) {
        let mut clinging = Vec::new();
        while let Some(last) = self.now.last() {
            let text = last.content.as_ref();
            if text.trim().is_empty() || clinging.len() == MOST_CLINGING {
                break;
            }
            match self.now.pop() {
                Some(span) => clinging.insert(0, span),
                None => break,
            }
        }
        let held: usize = clinging.iter().map(|span| width(&span.content)).sum();
        if self.now.is_empty() || held + wide > self.width {
            self.now.append(&mut clinging);
        }
        self.end();
        for span in clinging {
            let wide = width(&span.content);
            self.push(&span.content, span.style, wide);
        }
        self.push(word, style, wide);
    }

    fn push(&mut self, text: &str, style: Style, wide: usize) {
        if self.now.is_empty() && text.trim().is_empty() && !self.lines.is_empty() {
            return;
        }
        self.used += wide;
        self.now.push(Span::styled(text.to_owned(), style));
    }

    fn end(&mut self) {
        let mut spans: Vec<Span<'static>> = Vec::new();
        for span in std::mem::take(&mut self.now) {
            match spans.last_mut() {
                Some(last) if last.style == span.style => last.content.to_mut().push_str(&span.content),
                _ => spans.push(span),
            }
        }
        self.used = 0;
        self.lines.push(Line::from(spans));
    }
}

/// Puts lines side by side into one, with `gap` between those that say something.
pub fn join(theme: &Theme, gap: &str, parts: impl IntoIterator<Item = Line<'static>>) -> Line<'static> {
    let mut spans = Vec::new();
    for part in parts.into_iter().filter(|part| columns(part) > 0) {
        if !spans.is_empty() {
            spans.push(theme.span(Meaning::Muted, gap));
        }
        spans.extend(part.spans);
    }
    Line::from(spans)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::look::Looks;

    fn words(line: &Line<'_>) -> String {
        line.spans.iter().map(|span| span.content.as_ref()).collect()
    }

    #[test]
    fn a_long_name_is_cut_by_grapheme_with_an_ellipsis() {
        let line = Line::from("O'BRIE\u{301}N-QUILL, Theresa");
        assert_eq!(words(&cut(&line, 8)), "O'BRIE\u{301}N…");
        assert_eq!(words(&cut(&line, 60)), words(&line));
        assert_eq!(words(&cut(&line, 1)), "…");
    }

    #[test]
    fn a_name_that_is_cut_ends_in_no_comma_and_a_unit_stays_with_its_number() {
        assert_eq!(words(&cut(&Line::from("OKAFOR, A."), 8)), "OKAFOR…");
        assert_eq!(words(&cut(&Line::from("OKAFOR, Zoë"), 9)), "OKAFOR…");
        let folded: Vec<String> = fold(&Line::from("review in 5 d"), 11).iter().map(words).collect();
        assert_eq!(folded.iter().map(|line| line.trim_end()).collect::<Vec<_>>(), ["review in", "5 d"]);
    }

    #[test]
    fn a_wide_character_never_hangs_over_the_edge() {
        assert_eq!(words(&cut(&Line::from("漢字漢字"), 4)), "漢…");
    }

    #[test]
    fn words_fold_at_spaces_and_long_ones_anywhere() {
        let folded = fold(&Line::from("said \"she leans\" to the leftabcdefghijkl"), 10);
        let lines: Vec<String> = folded.iter().map(words).collect();
        assert_eq!(lines, ["said \"she ", "leans\" to ", "the leftab", "cdefghijkl"]);
    }

    #[test]
    fn a_date_is_not_broken() {
        let folded = fold(&Line::from("late 2 d  19-Nov-2026 08:47"), 19);
        let lines: Vec<String> = folded.iter().map(words).collect();
        assert_eq!(lines, ["late 2 d  ", "19-Nov-2026 08:47"]);
    }

    #[test]
    fn nothing_is_written_outside_the_paper() {
        let theme = Theme::new(Looks::plain());
        let mut buffer = Buffer::empty(Rect::new(0, 0, 3, 1));
        let mut paper = Paper::new(&mut buffer, &theme);
        assert_eq!(paper.put(9, 0, 5, &Line::from("x")), 9);
        assert_eq!(paper.put(0, 7, 5, &Line::from("x")), 0);
        paper.put(1, 0, 99, &Line::from("long"));
        paper.set_cursor(3, 0);
        assert_eq!(paper.cursor(), None);
        assert_eq!(buffer, Buffer::with_lines([" l…"]));
    }
}

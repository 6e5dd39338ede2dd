//! One field's text while it is being typed: the text, the cursor, what is selected, and the way back.
//!
//! Plain data: it can be cloned, compared and sent to another thread, and editing it needs no terminal and no
//! drawing. Edits come as [`Edit`] values; the width at which the text is shown is an argument, since only the
//! screen knows it, and it decides what "up" and "end" mean in wrapped text. The clipboard is handed in and
//! belongs to the person signed in. All text passes [`Clean`] and is held to [`clean::MOST_BYTES`], what is put
//! into a line to [`LONGEST_LINE`].
//!
//! The cursor is a byte offset that stands on a grapheme boundary, so that nothing ever deletes half a
//! character. Written on `unicode-segmentation` rather than on `rat-text`, whose text core shares one cursor
//! between clones, cannot be compared or sent, and forgets what was undone when the cursor moves.
//!
//! Which key means which edit is left to the keymap, scrolling and colour to the screen, keeping to the draft.

mod edit;
mod history;
mod rows;

use std::ops::Range;

use unicode_segmentation::{GraphemeCursor, UnicodeSegmentation};

use crate::domain::clean::{self, Clean, Pasted};
use history::{History, Kind, Mark, Step};

pub use edit::{Changed, Clipboard, Edit, Motion};
pub use rows::Row;

/// Whether a box holds one line or several.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Lines {
    /// One line; line ends become spaces, and it is never wrapped.
    #[default]
    One,
    /// Notes: several lines, wrapped at words.
    Many,
}

/// The text of one field while it is edited.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TextBox {
    lines: Lines,
    text: String,
    cursor: usize,
    /// The other end of the selection, where there is one.
    anchor: Option<usize>,
    /// The column that Up and Down keep to across shorter rows.
    column: Option<usize>,
    /// The most bytes it takes, where that is less than others of its kind do.
    most: Option<usize>,
    history: History,
}

/// The most bytes that a line takes: more than anybody types or reads in one, enough for the longest key or address. Notes
/// take what is longer.
pub const LONGEST_LINE: usize = 2_000;
/// The most bytes that a line takes for a name: far beyond the longest, and far below what harms a list.
pub const LONGEST_NAME: usize = 240;

impl TextBox {
    /// An empty box.
    pub fn new(lines: Lines) -> Self {
        Self { lines, ..Self::default() }
    }

    /// A box that holds `text` (cleaned and cut to what fits), the cursor at its end, nothing to undo.
    pub fn holding(lines: Lines, text: &str) -> Self {
        let mut held = Self::new(lines);
        // What a definition or a draft brings was held to the same length when it was kept.
        let _ = held.set_text(text);
        held
    }

    /// The same, taking no more than so many bytes from now on. What stands in it already stays.
    #[must_use]
    pub fn at_most(self, bytes: usize) -> Self {
        Self { most: Some(bytes), ..self }
    }

    /// The same with all of it selected: what is typed replaces it.
    #[must_use]
    pub fn all_selected(mut self) -> Self {
        let _ = self.select(0, self.text.len());
        self
    }

    /// Replaces everything and forgets what could be undone, as when a draft is opened.
    pub fn set_text(&mut self, text: &str) -> Changed {
        let Pasted { text, cut } = Pasted::held(self.clean(text), clean::MOST_BYTES);
        *self = Self {
            lines: self.lines,
            most: self.most,
            cursor: text.len(),
            text: text.into_string(),
            ..Self::default()
        };
        if cut { Changed::Cut } else { Changed::Text }
    }

    /// The text as it stands.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether nothing has been typed.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Whether it holds one line or several.
    pub fn lines(&self) -> Lines {
        self.lines
    }

    /// Where the cursor stands, in bytes, on a grapheme boundary.
    pub fn cursor(&self) -> usize {
        self.cursor
    }

    /// What is selected, in bytes, where something is.
    pub fn selection(&self) -> Option<Range<usize>> {
        let anchor = self.anchor?;
        (anchor != self.cursor).then(|| anchor.min(self.cursor)..anchor.max(self.cursor))
    }

    /// The selected text, empty where nothing is.
    pub fn selected(&self) -> &str {
        self.selection().map_or("", |range| &self.text[range])
    }

    /// The text as rows of a box `width` columns wide. One line is one row, however long. There is always one.
    pub fn rows(&self, width: u16) -> Vec<Row> {
        rows::rows(&self.text, self.lines, width)
    }

    /// Row and column of the cursor among [`Self::rows`]. In notes the column is always below `width`.
    pub fn cursor_at(&self, width: u16) -> (usize, usize) {
        rows::place_of(&self.rows(width), self.lines, width, self.cursor)
    }

    /// Carries out one edit in a box shown `width` columns wide.
    pub fn apply(&mut self, edit: &Edit, width: u16, clipboard: &mut Clipboard) -> Changed {
        match edit {
            Edit::Move(motion) => self.travel(*motion, false, width),
            Edit::Select(motion) => self.travel(*motion, true, width),
            Edit::Insert(c) => self.put(&c.to_string(), Kind::Typed),
            Edit::Paste(text) => self.put(text, Kind::Whole),
            Edit::PasteClipboard => self.put(clipboard.text(), Kind::Whole),
            Edit::Newline if self.lines == Lines::Many => self.put("\n", Kind::Whole),
            Edit::Backspace => self.erase(Motion::Left, Kind::Erased, width),
            Edit::Delete => self.erase(Motion::Right, Kind::Erased, width),
            Edit::DeleteWord => self.erase(Motion::WordBack, Kind::Whole, width),
            Edit::DeleteWordForward => self.erase(Motion::WordForward, Kind::Whole, width),
            Edit::DeleteToEnd => self.erase(Motion::End, Kind::Whole, width),
            Edit::DeleteToStart => self.erase(Motion::Home, Kind::Whole, width),
            Edit::SelectAll => self.select(0, self.text.len()),
            Edit::Copy => {
                self.copy(clipboard);
                Changed::Nothing
            }
            Edit::Cut => {
                if !self.copy(clipboard) {
                    return Changed::Nothing;
                }
                self.put("", Kind::Whole)
            }
            Edit::Undo => self.retrace(History::undo),
            Edit::Redo => self.retrace(History::redo),
            _ => Changed::Nothing,
        }
    }

    fn clean(&self, text: &str) -> Clean {
        match self.lines {
            Lines::One => Clean::line(text),
            Lines::Many => Clean::notes(text),
        }
    }

    fn copy(&self, clipboard: &mut Clipboard) -> bool {
        let selected = self.selected();
        if !selected.is_empty() {
            clipboard.keep(selected);
        }
        !selected.is_empty()
    }

    /// Puts text in place of what is selected, or at the cursor.
    fn put(&mut self, text: &str, kind: Kind) -> Changed {
        let range = self.selection().unwrap_or(self.cursor..self.cursor);
        let most = self.most.unwrap_or(match self.lines {
            Lines::One => LONGEST_LINE,
            Lines::Many => clean::MOST_BYTES,
        });
        let room = most.saturating_sub(self.text.len() - range.len());
        let Pasted { text, cut } = Pasted::held(self.clean(text), room);
        if !(text.is_empty() && range.is_empty()) {
            self.splice(range, &text, kind);
            return if cut { Changed::Cut } else { Changed::Text };
        }
        if cut { Changed::Cut } else { Changed::Nothing }
    }

    /// Removes what is selected, or what a motion would pass over.
    fn erase(&mut self, over: Motion, kind: Kind, width: u16) -> Changed {
        let (range, kind) = match self.selection() {
            Some(range) => (range, Kind::Whole),
            None => {
                let end = self.target(over, width);
                (end.min(self.cursor)..end.max(self.cursor), kind)
            }
        };
        if range.is_empty() {
            return Changed::Nothing;
        }
        self.splice(range, "", kind);
        Changed::Text
    }

    fn select(&mut self, from: usize, to: usize) -> Changed {
        self.history.end_run();
        self.anchor = Some(from);
        self.cursor = to;
        self.column = None;
        Changed::Moved
    }

    fn travel(&mut self, motion: Motion, selecting: bool, width: u16) -> Changed {
        let before = self.mark();
        let upright = matches!(motion, Motion::Up | Motion::Down);
        // In a single line they lead out of it, whatever is selected.
        if upright && !selecting && self.lines == Lines::One {
            return Changed::Nothing;
        }
        let column = upright.then(|| self.column.unwrap_or_else(|| self.cursor_at(width).1));
        let target = match (motion, self.selection()) {
            (Motion::Left, Some(range)) if !selecting => range.start,
            (Motion::Right, Some(range)) if !selecting => range.end,
            _ => self.target(motion, width),
        };
        self.anchor = if selecting { self.anchor.or(Some(self.cursor)) } else { None };
        self.cursor = target;
        self.column = column;
        if self.mark() == before {
            return Changed::Nothing;
        }
        self.history.end_run();
        Changed::Moved
    }

    /// Where a motion leads from the cursor.
    fn target(&self, motion: Motion, width: u16) -> usize {
        let text = self.text.as_str();
        match motion {
            Motion::Left => grapheme_before(text, self.cursor),
            Motion::Right => grapheme_after(text, self.cursor),
            Motion::WordBack => {
                let mut starts = text[..self.cursor].unicode_word_indices().map(|(at, _)| at);
                starts.next_back().unwrap_or(0)
            }
            Motion::WordForward => {
                let mut starts = text.unicode_word_indices().map(|(at, _)| at);
                starts.find(|at| *at > self.cursor).unwrap_or(text.len())
            }
            Motion::Start => 0,
            Motion::Finish => text.len(),
            Motion::Up | Motion::Down | Motion::Home | Motion::End => {
                let rows = self.rows(width);
                let (row, column) = rows::place_of(&rows, self.lines, width, self.cursor);
                let column = self.column.unwrap_or(column);
                match motion {
                    Motion::Home => rows[row].at.start,
                    Motion::End => rows::end_of(&rows, row),
                    Motion::Up if row > 0 => rows::byte_at(&rows, row - 1, column),
                    Motion::Down if row + 1 < rows.len() => rows::byte_at(&rows, row + 1, column),
                    _ => self.cursor,
                }
            }
        }
    }

    /// Replaces a range, so that the whole stays clean: an accent typed after its letter joins it.
    fn splice(&mut self, range: Range<usize>, with: &str, kind: Kind) {
        let before = self.mark();
        let after_range = self.text.len() - range.end;
        let joins = !with.is_ascii() || self.text[range.end..].chars().next().is_some_and(|c| !c.is_ascii());
        let (whole, with) = if joins {
            let start = grapheme_before(&self.text, range.start);
            let end = grapheme_after(&self.text, range.end);
            let seam = [&self.text[start..range.start], with, &self.text[range.end..end]].concat();
            (start..end, Clean::notes(&seam).into_string())
        } else {
            (range, with.to_owned())
        };
        let removed = self.text[whole.clone()].to_owned();
        self.text.replace_range(whole.clone(), &with);
        self.cursor = boundary_from(&self.text, self.text.len().saturating_sub(after_range));
        self.anchor = None;
        self.column = None;
        let after = self.mark();
        self.history.record(Step::new(whole.start, &removed, &with, before, after, kind));
    }

    fn retrace(&mut self, step: fn(&mut History, &mut String) -> Option<Mark>) -> Changed {
        let Some(Mark { cursor, anchor }) = step(&mut self.history, &mut self.text) else {
            return Changed::Nothing;
        };
        self.cursor = cursor;
        self.anchor = anchor;
        self.column = None;
        Changed::Text
    }

    fn mark(&self) -> Mark {
        Mark { cursor: self.cursor, anchor: self.anchor }
    }
}

fn grapheme_before(text: &str, at: usize) -> usize {
    GraphemeCursor::new(at, text.len(), true).prev_boundary(text, 0).ok().flatten().unwrap_or(0)
}

fn grapheme_after(text: &str, at: usize) -> usize {
    GraphemeCursor::new(at, text.len(), true).next_boundary(text, 0).ok().flatten().unwrap_or(text.len())
}

/// The first grapheme boundary at or after a byte.
fn boundary_from(text: &str, at: usize) -> usize {
    let at = (at..text.len()).find(|at| text.is_char_boundary(*at)).unwrap_or(text.len());
    match GraphemeCursor::new(at, text.len(), true).is_boundary(text, 0) {
        Ok(true) => at,
        _ => grapheme_after(text, at),
    }
}

#[cfg(test)]
mod tests;

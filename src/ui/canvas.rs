//! The surface of a terminal: cells drawn, compared with what stands there, and only the difference written.
//!
//! Most rows of a picture are those of the picture before, and a key waits for the others to be found: a picture is
//! drawn over the last one, where a screen leaves what has not changed; of the rows that were drawn on, whole ones are
//! compared first, and only those that differ are copied and taken apart by ratatui. Taking a terminal over and giving it back is
//! left to `runtime::terminal`, and so is asking how large it is; this only writes cells.

use std::io::{self, Write};

use ratatui::backend::{Backend, CrosstermBackend};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::Drawn;
use super::theme::Theme;
use super::view::{Placed, View};
use crate::app::{App, Size};

/// Something a terminal shows what is written to.
pub struct Canvas<W: Write> {
    backend: CrosstermBackend<W>,
    /// What is drawn on; between two pictures, what stands on the terminal.
    next: Buffer,
    /// Nothing was drawn on it yet.
    is_blank: bool,
    /// Each row as it stands on the terminal, and room for what takes its place.
    rows: Vec<[Buffer; 2]>,
    /// Where the cursor stands, or that it is hidden; `None` before the first picture.
    cursor: Option<Option<Position>>,
}

impl<W: Write> Canvas<W> {
    /// A canvas of which nothing is known: the first picture is drawn whole.
    pub fn new(writer: W) -> Self {
        let backend = CrosstermBackend::new(writer);
        Self { backend, next: Buffer::default(), is_blank: true, rows: Vec::new(), cursor: None }
    }

    /// The size of the last picture.
    pub fn size(&self) -> Size {
        Size { columns: self.next.area.width, rows: self.next.area.height }
    }

    /// Forgets what stands on a terminal of this size: the next picture is drawn whole. A window that was made smaller
    /// and large again between two pictures has lost cells, and its size does not tell.
    ///
    /// # Errors
    /// The terminal is gone.
    pub fn forget(&mut self, size: Size) -> io::Result<()> {
        let area = Rect::new(0, 0, size.columns, size.rows);
        let row = |y| Buffer::empty(Rect { y, height: 1, ..area });
        self.rows = (0..area.height).map(|y| [row(y), row(y)]).collect();
        (self.next, self.is_blank, self.cursor) = (Buffer::empty(area), true, None);
        self.backend.clear()
    }

    /// Draws the state. Answers also whether anything was to be written: on a poor line even a picture without a change
    /// costs.
    ///
    /// # Errors
    /// The terminal is gone.
    pub fn draw(&mut self, app: &App, view: &mut View, theme: &Theme) -> io::Result<(Placed, bool)> {
        if std::mem::take(&mut self.is_blank) {
            view.forget();
        }
        let Drawn { placed, cursor, touched } = super::draw_over(&mut self.next, app, view, theme);
        let drawn = self.next.content.chunks_exact(usize::from(self.next.area.width).max(1));
        let mut changed: Vec<&mut [Buffer; 2]> = Vec::new();
        for ((row, drawn), touched) in self.rows.iter_mut().zip(drawn).zip(touched) {
            let [shown, fresh] = row;
            if touched && shown.content != drawn {
                fresh.content.clone_from_slice(drawn);
                changed.push(row);
            }
        }
        if changed.is_empty() && self.cursor == Some(cursor) {
            return Ok((placed, false));
        }
        self.cursor = Some(cursor);
        self.backend.draw(changed.iter().flat_map(|[shown, fresh]| shown.diff_iter(fresh)))?;
        for [shown, fresh] in changed {
            std::mem::swap(shown, fresh);
        }
        match cursor {
            Some(at) => {
                self.backend.show_cursor()?;
                self.backend.set_cursor_position(at)?;
            }
            None => self.backend.hide_cursor()?,
        }
        Ok((placed, true))
    }
}

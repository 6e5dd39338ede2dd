//! The surface of a terminal: cells drawn, compared with what stands there, and only the difference written.
//!
//! Most rows of a picture are those of the picture before, and a key waits for their comparison: whole rows are
//! compared first, and only those that differ are taken apart by ratatui. Taking a terminal over and giving it back is
//! left to `runtime::terminal`, and so is asking how large it is; this only writes cells.

use std::io::{self, Write};

use ratatui::backend::{Backend, CrosstermBackend};
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Rect;

use super::theme::Theme;
use super::view::{Placed, View};
use crate::app::{App, Size};

/// Something a terminal shows what is written to.
pub struct Canvas<W: Write> {
    backend: CrosstermBackend<W>,
    /// What stands on the terminal.
    shown: Buffer,
    /// What is drawn next; between two pictures, the one before the last.
    next: Buffer,
}

impl<W: Write> Canvas<W> {
    /// A canvas of which nothing is known: the first picture is drawn whole.
    pub fn new(writer: W) -> Self {
        Self { backend: CrosstermBackend::new(writer), shown: Buffer::default(), next: Buffer::default() }
    }

    /// The size of the last picture.
    pub fn size(&self) -> Size {
        Size { columns: self.shown.area.width, rows: self.shown.area.height }
    }

    /// Forgets what stands on a terminal of this size: the next picture is drawn whole. A window that was made smaller
    /// and large again between two pictures has lost cells, and its size does not tell.
    ///
    /// # Errors
    /// The terminal is gone.
    pub fn forget(&mut self, size: Size) -> io::Result<()> {
        let area = Rect::new(0, 0, size.columns, size.rows);
        (self.shown, self.next) = (Buffer::empty(area), Buffer::empty(area));
        self.backend.clear()
    }

    /// Draws the state.
    ///
    /// # Errors
    /// The terminal is gone.
    pub fn draw(&mut self, app: &App, view: &mut View, theme: &Theme) -> io::Result<Placed> {
        self.next.reset();
        let (placed, cursor) = super::draw(&mut self.next, app, view, theme);
        let changed: Vec<(Buffer, Buffer)> = (0..self.next.area.height)
            .filter_map(|y| Some((row(&self.shown, y)?, row(&self.next, y)?)))
            .filter(|(before, now)| before != now)
            .map(|(before, now)| (alone(&self.shown, before), alone(&self.next, now)))
            .collect();
        self.backend.draw(changed.iter().flat_map(|(before, now)| before.diff(now)))?;
        match cursor {
            Some(at) => {
                self.backend.show_cursor()?;
                self.backend.set_cursor_position(at)?;
            }
            None => self.backend.hide_cursor()?,
        }
        std::mem::swap(&mut self.shown, &mut self.next);
        Ok(placed)
    }
}

/// The cells of one row, and which row it is.
fn row(buffer: &Buffer, y: u16) -> Option<(u16, &[Cell])> {
    let width = usize::from(buffer.area.width);
    let from = width * usize::from(y);
    buffer.content.get(from..from + width).map(|cells| (y, cells))
}

/// A row as a buffer of its own, where it stands.
fn alone(of: &Buffer, (y, cells): (u16, &[Cell])) -> Buffer {
    Buffer { area: Rect { y, height: 1, ..of.area }, content: cells.to_vec() }
}

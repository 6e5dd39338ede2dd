//! The surface of a terminal: cells drawn, compared with what stands there, and only the difference written.
//!
//! Most rows of a picture are those of the picture before, and a key waits for the others to be found: a picture is
//! drawn over the last one, where a screen leaves what has not changed; of the rows that were drawn on, whole ones are
//! compared first, and only those that differ are taken apart by ratatui. Taking a terminal over and giving it back is
//! left to `runtime::terminal`, and so is asking how large it is; this only writes cells.

use std::io::{self, Write};

use ratatui::backend::{Backend, CrosstermBackend};
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Rect;

use super::Drawn;
use super::theme::Theme;
use super::view::{Placed, View};
use crate::app::{App, Size};

/// Something a terminal shows what is written to.
pub struct Canvas<W: Write> {
    backend: CrosstermBackend<W>,
    /// What stands on the terminal.
    shown: Buffer,
    /// What is drawn on; between two pictures, the same.
    next: Buffer,
    /// Nothing was drawn on it yet.
    is_blank: bool,
    /// The rows of a picture that differ, one under the other, as they were and as they are. Kept for their room alone.
    rows: [Buffer; 2],
}

impl<W: Write> Canvas<W> {
    /// A canvas of which nothing is known: the first picture is drawn whole.
    pub fn new(writer: W) -> Self {
        let backend = CrosstermBackend::new(writer);
        let (shown, next) = (Buffer::default(), Buffer::default());
        Self { backend, shown, next, is_blank: true, rows: Default::default() }
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
        (self.shown, self.next, self.is_blank) = (Buffer::empty(area), Buffer::empty(area), true);
        self.backend.clear()
    }

    /// Draws the state.
    ///
    /// # Errors
    /// The terminal is gone.
    pub fn draw(&mut self, app: &App, view: &mut View, theme: &Theme) -> io::Result<Placed> {
        if std::mem::take(&mut self.is_blank) {
            view.forget();
        }
        let Drawn { placed, cursor, touched } = super::draw_over(&mut self.next, app, view, theme);
        let [before, now] = &mut self.rows;
        before.content.clear();
        now.content.clear();
        let mut changed: Vec<u16> = Vec::new();
        for (y, _) in (0..self.next.area.height).zip(touched).filter(|(_, touched)| *touched) {
            if let (Some(was), Some(is)) = (row(&mut self.shown, y), row(&mut self.next, y))
                && was != is
            {
                before.content.extend_from_slice(was);
                now.content.extend_from_slice(is);
                was.clone_from_slice(is);
                changed.push(y);
            }
        }
        let height = u16::try_from(changed.len()).unwrap_or(u16::MAX);
        before.area = Rect { height, ..self.next.area };
        now.area = before.area;
        let cells = before.diff(now).into_iter();
        self.backend.draw(cells.filter_map(|(x, y, cell)| Some((x, *changed.get(usize::from(y))?, cell))))?;
        match cursor {
            Some(at) => {
                self.backend.show_cursor()?;
                self.backend.set_cursor_position(at)?;
            }
            None => self.backend.hide_cursor()?,
        }
        Ok(placed)
    }
}

/// The cells of one row.
fn row(buffer: &mut Buffer, y: u16) -> Option<&mut [Cell]> {
    let width = usize::from(buffer.area.width);
    let from = width * usize::from(y);
    buffer.content.get_mut(from..from + width)
}

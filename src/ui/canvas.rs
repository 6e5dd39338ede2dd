//! The surface of a terminal: cells drawn, compared with what stands there, and only the difference written.
//!
//! Taking a terminal over and giving it back is left to `runtime::terminal`; this only writes cells.

use std::io::{self, Write};

use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;
use ratatui::layout::Rect;

use super::theme::Theme;
use super::view::{Placed, View};
use crate::app::{App, Size};

/// Something a terminal shows what is written to.
pub struct Canvas<W: Write> {
    terminal: Terminal<CrosstermBackend<W>>,
}

impl<W: Write> Canvas<W> {
    /// An empty canvas.
    ///
    /// # Errors
    /// The terminal does not say how large it is.
    pub fn new(writer: W) -> io::Result<Self> {
        Ok(Self { terminal: Terminal::new(CrosstermBackend::new(writer))? })
    }

    /// Its size.
    ///
    /// # Errors
    /// The terminal is gone.
    pub fn size(&self) -> io::Result<Size> {
        let size = self.terminal.size()?;
        Ok(Size { columns: size.width, rows: size.height })
    }

    /// Forgets what stands on the terminal: the next picture is drawn whole. A window that was made smaller and large
    /// again between two pictures has lost cells, and its size does not tell.
    ///
    /// # Errors
    /// The terminal is gone.
    pub fn forget(&mut self) -> io::Result<()> {
        let size = self.terminal.size()?;
        self.terminal.resize(Rect::new(0, 0, size.width, size.height))
    }

    /// Draws the state.
    ///
    /// # Errors
    /// The terminal is gone.
    pub fn draw(&mut self, app: &App, view: &mut View, theme: &Theme) -> io::Result<Placed> {
        let mut placed = Placed::default();
        self.terminal.draw(|frame| placed = super::draw(frame, app, view, theme))?;
        Ok(placed)
    }
}

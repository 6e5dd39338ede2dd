//! The terminal: taken over at the start, given back whatever happens, drawn on in one piece.
//!
//! Nothing here ever ends the program over a terminal that is gone: restoring is tried and its failure swallowed,
//! because the text is already safe elsewhere and standard error may be dead.

use std::io::{self, Stdout, Write};

use crossterm::clipboard::CopyToClipboard;
use crossterm::event::{DisableBracketedPaste, EnableBracketedPaste};
use crossterm::terminal::{
    BeginSynchronizedUpdate, EndSynchronizedUpdate, EnterAlternateScreen, LeaveAlternateScreen, SetTitle,
    disable_raw_mode, enable_raw_mode,
};
use crossterm::{cursor, execute, queue};

use crate::app::{App, Size};
use crate::domain::clean;
use crate::ui::canvas::Canvas;
use crate::ui::theme::Theme;
use crate::ui::view::{Placed, View};

/// The screen that is being drawn on.
pub struct Screen {
    canvas: Canvas<Stdout>,
}

impl Screen {
    /// Takes the terminal over: keys as they are pressed, the other screen, pastes in one piece. Our theme decides
    /// about colour, so that NO_COLOR does not take the selection away with it.
    ///
    /// # Errors
    /// There is no terminal, or it does not listen.
    pub fn enter() -> io::Result<Self> {
        crossterm::style::force_color_output(true);
        enable_raw_mode()?;
        execute!(io::stdout(), EnterAlternateScreen, EnableBracketedPaste)?;
        Ok(Self { canvas: Canvas::new(io::stdout())? })
    }

    /// The terminal's size.
    ///
    /// # Errors
    /// It is gone.
    pub fn size(&self) -> io::Result<Size> {
        self.canvas.size()
    }

    /// Draws the state in one synchronised update, so that no half of it is ever seen.
    ///
    /// # Errors
    /// The terminal is gone.
    pub fn draw(&mut self, app: &App, view: &mut View, theme: &Theme) -> io::Result<Placed> {
        queue!(io::stdout(), BeginSynchronizedUpdate)?;
        let placed = self.canvas.draw(app, view, theme)?;
        execute!(io::stdout(), EndSynchronizedUpdate)?;
        Ok(placed)
    }

    /// Names the window.
    ///
    /// # Errors
    /// The terminal is gone.
    pub fn title(&self, title: &str) -> io::Result<()> {
        execute!(io::stdout(), SetTitle(clean::shown(title)))
    }

    /// Draws attention.
    ///
    /// # Errors
    /// The terminal is gone.
    pub fn bell(&self) -> io::Result<()> {
        io::stdout().write_all(b"\x07")?;
        io::stdout().flush()
    }

    /// Hands text to the terminal's clipboard; whether it takes it cannot be known.
    ///
    /// # Errors
    /// The terminal is gone.
    pub fn copy(&self, text: &str) -> io::Result<()> {
        execute!(io::stdout(), CopyToClipboard::to_clipboard_from(clean::shown(text).as_bytes()))
    }
}

/// Gives the terminal back. Never fails and never panics: a terminal that is gone needs nothing.
pub fn restore() {
    let _ = disable_raw_mode();
    let _ = execute!(io::stdout(), DisableBracketedPaste, LeaveAlternateScreen, cursor::Show);
}

/// A panic gives the terminal back before it is told of, and says nothing of what was on the screen.
pub fn restore_on_panic() {
    let told = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        restore();
        told(panic);
    }));
}

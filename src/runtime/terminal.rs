//! The terminal: taken over at the start, given back whatever happens, drawn on in one piece.
//!
//! Nothing here ever ends the program over a terminal that is gone: restoring is tried and its failure swallowed,
//! because the text is already safe elsewhere and standard error may be dead.

use std::ffi::OsStr;
use std::io::{self, Write};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::channel;
use std::thread;
use std::time::Duration;

use crossterm::clipboard::CopyToClipboard;
use crossterm::event::{DisableBracketedPaste, EnableBracketedPaste};
use crossterm::style::Print;
use crossterm::terminal::{
    BeginSynchronizedUpdate, EndSynchronizedUpdate, EnterAlternateScreen, LeaveAlternateScreen,
    disable_raw_mode, enable_raw_mode,
};
use crossterm::{cursor, execute, queue};

use super::painter::{Page, Painter};
use crate::app::{App, Size};
use crate::domain::clean;
use crate::domain::words::runtime as words;
use crate::ui::canvas::Canvas;
use crate::ui::theme::Theme;
use crate::ui::view::{Placed, View};

/// The longest that giving the terminal back may hold up the end: one that does not drain would for ever.
const GIVE_BACK_WITHIN: Duration = Duration::from_secs(1);
/// Exit code after a fault of the program itself, as Rust has it.
const FAILED: i32 = 101;

/// Has the terminal keep the title that it has, to be given back at the end.
const KEEP_TITLE: &str = "\x1b[22;0t";
/// Has it put back the title that it kept.
const GIVE_TITLE_BACK: &str = "\x1b[23;0t";
/// Whether it keeps one.
static TITLE_KEPT: AtomicBool = AtomicBool::new(false);

/// Whether a terminal of this kind knows bells and titles.
fn speaks(kind: Option<&OsStr>) -> bool {
    kind.is_some_and(|kind| !kind.is_empty() && kind != "dumb")
}

/// The screen that is being drawn on. Nothing here waits for the terminal.
pub struct Screen {
    canvas: Canvas<Page>,
    page: Page,
    painter: Painter,
    /// It knows bells and titles: a dumb one would show their letters.
    speaks: bool,
}

impl Screen {
    /// Takes the terminal over: keys as they are pressed, the other screen, pastes in one piece. Our theme decides
    /// about colour, so that NO_COLOR does not take the selection away with it. `painted` is called after each
    /// picture has gone to the terminal, on another thread.
    ///
    /// # Errors
    /// There is no terminal, or it does not listen.
    pub fn enter(painted: impl FnMut(io::Result<()>) + Send + 'static) -> io::Result<Self> {
        crossterm::style::force_color_output(true);
        enable_raw_mode()?;
        execute!(io::stdout(), EnterAlternateScreen, EnableBracketedPaste)?;
        let speaks = speaks(std::env::var_os("TERM").as_deref());
        // Whoever comes back from the practice office kept the terminal, and its title with it.
        if speaks && !TITLE_KEPT.swap(true, Ordering::Relaxed) {
            execute!(io::stdout(), Print(KEEP_TITLE))?;
        }
        let page = Page::default();
        Ok(Self { canvas: Canvas::new(page.clone()), page, painter: Painter::start(painted)?, speaks })
    }

    /// The window changed: whatever stands on it is drawn anew.
    ///
    /// # Errors
    /// The terminal is gone.
    pub fn forget(&mut self) -> io::Result<()> {
        self.canvas.forget(size()?)
    }

    /// Draws the state in one synchronised update, so that no half of it is ever seen, and sends it on its way. A
    /// window whose change nobody has told of yet is drawn anew. Answers also whether the picture stands there already.
    ///
    /// # Errors
    /// The terminal is gone.
    pub fn draw(&mut self, app: &App, view: &mut View, theme: &Theme) -> io::Result<(Placed, bool)> {
        // A title, or a bell.
        let more = !self.page.is_empty();
        queue!(self.page, BeginSynchronizedUpdate)?;
        let size = size()?;
        if size != self.canvas.size() {
            self.canvas.forget(size)?;
        }
        let (placed, changed) = self.canvas.draw(app, view, theme)?;
        queue!(self.page, EndSynchronizedUpdate)?;
        if !changed && !more {
            drop(self.page.take());
            return Ok((placed, true));
        }
        let stands = self.painter.paint(self.page.take())?;
        Ok((placed, stands))
    }

    /// Names the window, with the next picture.
    ///
    /// # Errors
    /// None that is known; writing into memory can be refused in principle.
    pub fn title(&mut self, title: &str) -> io::Result<()> {
        if self.speaks {
            queue!(self.page, Print(format_args!("\x1b]2;{}\x1b\\", clean::shown(title))))
        } else {
            Ok(())
        }
    }

    /// Draws attention, with the next picture.
    ///
    /// # Errors
    /// As [`Screen::title`].
    pub fn bell(&mut self) -> io::Result<()> {
        if self.speaks { self.page.write_all(b"\x07") } else { Ok(()) }
    }

    /// Hands text to the terminal's clipboard, with the next picture; whether it takes it cannot be known.
    ///
    /// # Errors
    /// As [`Screen::title`].
    pub fn copy(&mut self, text: &str) -> io::Result<()> {
        queue!(self.page, CopyToClipboard::to_clipboard_from(clean::shown(text).as_bytes()))
    }
}

/// The size of the terminal, asked of the terminal that is open already: crossterm opens it anew for each answer.
///
/// # Errors
/// It is gone.
pub fn size() -> io::Result<Size> {
    let found = rustix::termios::tcgetwinsize(io::stdout())?;
    Ok(Size { columns: found.ws_col, rows: found.ws_row })
}

/// Gives the terminal back. Never fails, never panics and never waits for long: a terminal that is gone needs
/// nothing, and one that does not drain gets what it can take.
pub fn restore() {
    let (done, answer) = channel();
    let give_back = move || {
        let _ = disable_raw_mode();
        if TITLE_KEPT.swap(false, Ordering::Relaxed) {
            let _ = execute!(io::stdout(), Print(GIVE_TITLE_BACK));
        }
        let _ = execute!(io::stdout(), DisableBracketedPaste, LeaveAlternateScreen, cursor::Show);
        let _ = done.send(());
    };
    if thread::Builder::new().name("giving-back".to_owned()).spawn(give_back).is_ok() {
        let _ = answer.recv_timeout(GIVE_BACK_WITHIN);
    }
}

/// A panic, on whatever thread, has everything kept by `keep`, gives the terminal back, says where the program
/// failed and nothing of what was on the screen, and ends it: half a program is worse than none.
pub fn end_on_panic(keep: impl Fn() + Send + Sync + 'static) {
    std::panic::set_hook(Box::new(move |panic| {
        keep();
        restore();
        let at = panic.location().map(ToString::to_string).unwrap_or_default();
        // Standard error may be as gone as the terminal.
        let _ = writeln!(io::stderr(), "{}", words::failed_at(&at));
        std::process::exit(FAILED);
    }));
}

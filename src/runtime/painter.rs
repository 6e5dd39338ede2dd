//! What is drawn goes to the terminal, and what it does not take at once goes on a thread of its own.
//!
//! A terminal that does not drain (a stalled line, a window that is being dragged) blocks whoever writes to it. It
//! may block this thread and nothing else: keys are taken, shown to the app and kept meanwhile, and the picture that
//! is drawn next is of the state as it is then. One picture is under way at a time. A terminal that has room takes the
//! picture without the thread: to wake it is a good part of what a key waits for.

use std::cell::RefCell;
use std::fs::File;
use std::io::{self, Write};
use std::os::fd::AsFd;
use std::rc::Rc;
use std::sync::mpsc::{Sender, channel};
use std::thread;

use rustix::fs::{Mode, OFlags};

/// What one picture is written to before it is sent. Its clones are the same page.
#[derive(Debug, Clone, Default)]
pub struct Page(Rc<RefCell<Vec<u8>>>);

impl Page {
    /// Whether nothing was written since the last time.
    pub fn is_empty(&self) -> bool {
        self.0.borrow().is_empty()
    }

    /// What was written since the last time.
    pub fn take(&self) -> Vec<u8> {
        self.0.take()
    }
}

impl Write for Page {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The ways to the terminal.
#[derive(Debug)]
pub struct Painter {
    /// The terminal, opened for this alone, so that not waiting for it is a matter of this file and of no other that
    /// it was handed on with. `None` where it cannot be opened again.
    at_once: Option<File>,
    /// To the thread that waits for it.
    waiting: Sender<Vec<u8>>,
}

impl Painter {
    /// Starts the thread. `painted` is called after each picture that it had to wait for, with the error of a terminal
    /// that is gone.
    ///
    /// # Errors
    /// No thread can be made, or there is no standard output.
    pub fn start(mut painted: impl FnMut(io::Result<()>) + Send + 'static) -> io::Result<Self> {
        // Past the standard library's buffer, so that a picture is one write and no lock is held while it lasts.
        let mut terminal = File::from(io::stdout().as_fd().try_clone_to_owned()?);
        let (waiting, pictures) = channel::<Vec<u8>>();
        thread::Builder::new().name("painting".to_owned()).spawn(move || {
            for picture in pictures {
                painted(terminal.write_all(&picture));
            }
        })?;
        Ok(Self { at_once: without_waiting(), waiting })
    }

    /// Sends a picture on its way, the last one being there. Answers whether it stands on the terminal already; where
    /// it does not, `painted` tells.
    ///
    /// # Errors
    /// The terminal or the thread is gone.
    pub fn paint(&mut self, mut picture: Vec<u8>) -> io::Result<bool> {
        if let Some(terminal) = &mut self.at_once {
            let taken = match terminal.write(&picture) {
                Ok(taken) => taken,
                Err(error)
                    if matches!(error.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::Interrupted) =>
                {
                    0
                }
                Err(error) => return Err(error),
            };
            if taken == picture.len() {
                return Ok(true);
            }
            picture.drain(..taken);
        }
        self.waiting.send(picture).map_err(|_| io::Error::from(io::ErrorKind::BrokenPipe))?;
        Ok(false)
    }
}

/// The terminal of standard output, opened so that writing to it never waits.
fn without_waiting() -> Option<File> {
    let name = rustix::termios::ttyname(io::stdout(), Vec::new()).ok()?;
    let flags = OFlags::WRONLY | OFlags::NONBLOCK | OFlags::NOCTTY | OFlags::CLOEXEC;
    rustix::fs::open(name.as_c_str(), flags, Mode::empty()).ok().map(File::from)
}

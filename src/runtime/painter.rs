//! What is drawn goes to the terminal on a thread of its own.
//!
//! A terminal that does not drain (a stalled line, a window that is being dragged) blocks whoever writes to it. It
//! may block this thread and nothing else: keys are taken, shown to the app and kept meanwhile, and the picture that
//! is drawn next is of the state as it is then. One picture is under way at a time.

use std::cell::RefCell;
use std::fs::File;
use std::io::{self, Write};
use std::os::fd::AsFd;
use std::rc::Rc;
use std::sync::mpsc::{Sender, channel};
use std::thread;

/// What one picture is written to before it is sent. Its clones are the same page.
#[derive(Debug, Clone, Default)]
pub struct Page(Rc<RefCell<Vec<u8>>>);

impl Page {
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

/// The way to the thread that writes to the terminal.
#[derive(Debug)]
pub struct Painter(Sender<Vec<u8>>);

impl Painter {
    /// Starts the thread. `painted` is called after each picture, with the error of a terminal that is gone.
    ///
    /// # Errors
    /// No thread can be made, or there is no standard output.
    pub fn start(mut painted: impl FnMut(io::Result<()>) + Send + 'static) -> io::Result<Self> {
        // Past the standard library's buffer, so that a picture is one write and no lock is held while it lasts.
        let mut terminal = File::from(io::stdout().as_fd().try_clone_to_owned()?);
        let (send, pictures) = channel::<Vec<u8>>();
        thread::Builder::new().name("painting".to_owned()).spawn(move || {
            for picture in pictures {
                painted(terminal.write_all(&picture));
            }
        })?;
        Ok(Self(send))
    }

    /// Sends a picture on its way.
    ///
    /// # Errors
    /// The thread is gone.
    pub fn paint(&self, picture: Vec<u8>) -> io::Result<()> {
        self.0.send(picture).map_err(|_| io::ErrorKind::BrokenPipe.into())
    }
}

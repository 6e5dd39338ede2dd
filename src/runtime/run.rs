//! From start to end: threads and terminal are set up in an order that loses nothing, and taken down in the other.
//!
//! What is read and written, and with which store, is handed in as a [`Desk`].

use std::sync::mpsc::{Sender, channel};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use color_eyre::eyre::{Result, WrapErr};
use tokio::sync::mpsc;

use super::clock::Pace;
use super::effects::Desk;
use super::event_loop::{Ended, EventLoop};
use super::writing::{Job, Recorder};
use super::{lifeline, packing, reader, reading, terminal, writing};
use crate::app::msg::Effect;
use crate::app::{App, Msg};
use crate::domain::words::runtime as words;
use crate::store::Watch;
use crate::ui::theme::Theme;

/// Messages that may wait before whoever sends them has to.
const QUEUE: usize = 1024;

/// The longest that keeping may hold up the end.
const KEEP_WITHIN: Duration = Duration::from_secs(6);

/// Everything the program begins with.
pub struct Start {
    /// The state, as it is before anything was read.
    pub app: App,
    /// What the app wants to read first; read while the terminal is made ready.
    pub first: Vec<Effect>,
    /// How meanings look.
    pub theme: Theme,
    /// The office.
    pub desk: Desk,
    /// Starts whatever tells of other programs' commits; it is handed the way in.
    pub watch: Box<dyn FnOnce(mpsc::Sender<Msg>) -> Option<Watch>>,
}

/// Runs the program on this terminal until the person leaves. Whoever goes on to the practice office keeps the
/// terminal taken: what is typed meanwhile is neither shown nor lost.
///
/// A terminal that vanishes ends the process here or in the lifeline, with exit code 129, once everything is kept.
///
/// # Errors
/// The terminal cannot be taken over, or a thread cannot be made. Nothing of any record is in the words.
pub fn run(start: Start) -> Result<Ended> {
    let (to_loop, inbox) = mpsc::channel(QUEUE);
    let Desk { read, check, keep, pack, append, again } = start.desk;
    let writing =
        writing::start(keep, Recorder { append, again }, to_loop.clone()).wrap_err(words::NO_THREAD)?;
    let reading = reading::start("reading", read, to_loop.clone()).wrap_err(words::NO_THREAD)?;
    let checking = reading::start("checking", check, to_loop.clone()).wrap_err(words::NO_THREAD)?;
    let packing = packing::start(pack, to_loop.clone()).wrap_err(words::NO_THREAD)?;
    // A thread that is gone has said so.
    start.first.into_iter().for_each(|question| drop(reading.send(question)));
    let lifeline_asks = writing.clone();
    let keep: lifeline::Keep = Box::new(move |kept| drop(lifeline_asks.send(Job::KeepAll(kept))));
    lifeline::start(keep).wrap_err(words::NO_SIGNALS)?;
    let panic_asks = Mutex::new(writing.clone());
    terminal::end_on_panic(move || {
        let asks = panic_asks.lock().unwrap_or_else(PoisonError::into_inner);
        if !writing::is_saving() {
            keep_all(&asks);
        }
    });
    let runtime =
        tokio::runtime::Builder::new_current_thread().enable_time().build().wrap_err(words::NO_THREAD)?;
    let (paints, painted) = mpsc::channel(1);
    let screen = terminal::Screen::enter(move |drawn| drop(paints.blocking_send(drawn)))
        .wrap_err(words::NO_TERMINAL)?;
    let (watch, told) = (start.watch, to_loop.clone());
    reader::start(to_loop).inspect_err(|_| terminal::restore()).wrap_err(words::NO_THREAD)?;
    let mut app = start.app;
    if let Ok(size) = terminal::size() {
        app.size = size;
    }
    let asks = writing.clone();
    let pace = Pace::begun();
    let running = EventLoop {
        app,
        theme: start.theme,
        screen,
        inbox,
        painted,
        reading,
        checking,
        packing,
        writing,
        pace,
        watch: Some(Box::new(move || watch(told))),
    };
    let ended = runtime.block_on(running.run());
    finish(&ended, &asks);
    Ok(ended)
}

/// Everything is kept first; then the terminal is given back, if it is still there.
fn finish(ended: &Ended, writing: &Sender<Job>) {
    keep_all(writing);
    if *ended == Ended::HungUp {
        std::process::exit(lifeline::HUNG_UP);
    }
    if *ended != Ended::Practice {
        terminal::restore();
    }
}

/// Waits until everything is kept, but not for ever: what is on its way into a record that another program holds is
/// still a draft.
fn keep_all(writing: &Sender<Job>) {
    let (kept, answer) = channel();
    if writing.send(Job::KeepAll(kept)).is_ok() {
        // A thread that ended has nothing left to keep.
        let _ = answer.recv_timeout(KEEP_WITHIN);
    }
}

//! The lifeline: notices that the terminal is gone or that the machine wants us gone, has the draft kept, and ends
//! the program, whatever the screen is doing.
//!
//! A program whose terminal vanished may be stuck in a write to it, or be spinning in a read from it; so this is a
//! thread of its own that touches neither. It asks the kernel about the terminal twice a second and hears the
//! signals itself. Once it has decided, the program is gone within five seconds.

use std::io::{IsTerminal, stdin};
use std::os::fd::AsFd;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use signal_hook::consts::{SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGXFSZ};
use signal_hook::iterator::Signals;

/// Between two looks at the terminal.
const LOOK: Timespec = Timespec { tv_sec: 0, tv_nsec: 500_000_000 };
/// The longest that keeping the draft may hold up the end.
const KEEP_WITHIN: Duration = Duration::from_secs(4);
/// Exit code after a hang-up, as shells have it: 128 + SIGHUP.
pub const HUNG_UP: i32 = 129;

/// Why the program has to end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// The terminal is gone.
    Terminal,
    /// Somebody asked for it.
    Terminate,
}

/// Keeps everything that is unkept, and says so when it is on the disk.
pub type Keep = Box<dyn FnOnce(Sender<()>) + Send>;

/// Who keeps now. There is one lifeline, however many offices are visited after one another: a second would end the
/// program as soon as the first office, in which nothing is open any more, had everything kept.
static KEEPER: Mutex<Option<Keep>> = Mutex::new(None);

/// From now on `keep` is called before the end, once and on a thread of the lifeline's; starts both watches where
/// they are not started yet.
///
/// # Errors
/// Signals cannot be heard, or no thread can be made.
pub fn start(keep: Keep) -> std::io::Result<()> {
    match keeper().replace(keep) {
        None => watch(),
        Some(_) => Ok(()),
    }
}

fn keeper() -> MutexGuard<'static, Option<Keep>> {
    KEEPER.lock().unwrap_or_else(PoisonError::into_inner)
}

fn watch() -> std::io::Result<()> {
    let (noticed, decided) = channel();
    // Heard and left at that: a file that may not grow answers with an error, which is told at the form; and there
    // is no shell to stop for. Ctrl-C and its like are keys here, so an interrupt comes from elsewhere and is meant.
    let ignored = [SIGXFSZ, SIGTSTP];
    let mut signals = Signals::new([SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGXFSZ, SIGTSTP])?;
    let by_signal = noticed.clone();
    thread::Builder::new().name("signals".to_owned()).spawn(move || {
        for signal in signals.forever().filter(|signal| !ignored.contains(signal)) {
            let end = if signal == SIGHUP { End::Terminal } else { End::Terminate };
            if by_signal.send(end).is_err() {
                return;
            }
        }
    })?;
    thread::Builder::new().name("terminal-watch".to_owned()).spawn(move || {
        while terminal_is_there() {}
        let _ = noticed.send(End::Terminal);
    })?;
    thread::Builder::new().name("lifeline".to_owned()).spawn(move || finish(&decided))?;
    Ok(())
}

/// Whether the terminal is still there; takes half a second to say yes.
fn terminal_is_there() -> bool {
    let input = stdin();
    let mut watched = [PollFd::from_borrowed_fd(input.as_fd(), PollFlags::empty())];
    let gone = PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL;
    match poll(&mut watched, Some(&LOOK)) {
        Ok(0) | Err(rustix::io::Errno::INTR) => input.is_terminal(),
        Ok(_) => !watched[0].revents().intersects(gone) && input.is_terminal(),
        Err(_) => false,
    }
}

fn finish(decided: &Receiver<End>) {
    let Ok(end) = decided.recv() else { return };
    let keep = keeper().take();
    if let Some(keep) = keep {
        wait_for(keep);
    }
    if end == End::Terminate {
        super::terminal::restore();
        std::process::exit(0);
    }
    // The terminal is gone: writing to it could hang or panic, so it is left alone.
    std::process::exit(HUNG_UP);
}

/// Waits until everything is kept, but never for long.
fn wait_for(keep: Keep) -> bool {
    let (kept, answer) = channel();
    keep(kept);
    !matches!(answer.recv_timeout(KEEP_WITHIN), Err(RecvTimeoutError::Timeout))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_waits_until_everything_is_kept() {
        let (began, begun) = channel();
        let kept = wait_for(Box::new(move |kept| {
            began.send(()).expect("the test listens");
            kept.send(()).expect("the lifeline listens");
        }));
        assert!(kept);
        assert_eq!(begun.try_recv(), Ok(()));
    }

    #[test]
    fn a_saver_that_is_gone_does_not_hold_up_the_end() {
        assert!(wait_for(Box::new(drop)));
    }
}

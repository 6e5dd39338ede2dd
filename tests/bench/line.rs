//! A program in a terminal, and when its bytes came.

use std::ffi::OsStr;
use std::fs::File;
use std::io::{Read, Write};
use std::process::{Child, Command};
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::pty::{OpenptFlags, grantpt, ioctl_tiocgptpeer, openpt, unlockpt};
use rustix::termios::{Winsize, tcsetwinsize};

/// A screen that has not changed for so long stands.
const QUIET: Duration = Duration::from_millis(150);
/// A program that writes nothing for so long has nothing to write.
const PATIENCE: Duration = Duration::from_secs(5);

/// Whose account the programs run under.
pub const ACCOUNT: &str = "bench";

/// A program in a terminal of 120 by 40.
pub struct Line {
    child: Child,
    line: File,
}

#[expect(clippy::disallowed_methods, reason = "the programs that are measured")]
pub fn program(path: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(path);
    command
        .env("TZ", "UTC")
        .env("TERM", "xterm-256color")
        .env("USER", ACCOUNT)
        .env_remove("NO_COLOR")
        .env_remove("DUTYDESK_OFFICE");
    command
}

impl Line {
    /// Starts it, with the terminal as its own.
    pub fn start(words: &[&OsStr]) -> Self {
        let flags = OpenptFlags::RDWR | OpenptFlags::NOCTTY | OpenptFlags::CLOEXEC;
        let line = openpt(flags).unwrap();
        grantpt(&line).unwrap();
        unlockpt(&line).unwrap();
        tcsetwinsize(&line, Winsize { ws_row: 40, ws_col: 120, ws_xpixel: 0, ws_ypixel: 0 }).unwrap();
        let far_end = ioctl_tiocgptpeer(&line, flags).unwrap();
        let child = program("setsid")
            .arg("--ctty")
            .args(words)
            .stdin(far_end.try_clone().unwrap())
            .stdout(far_end.try_clone().unwrap())
            .stderr(far_end)
            .spawn()
            .unwrap();
        Self { child, line: File::from(line) }
    }

    /// Types.
    pub fn send(&mut self, bytes: &[u8]) {
        self.line.write_all(bytes).unwrap();
    }

    /// Waits until the screen stands: bytes that came, and when the last of them did. `None` where nothing came.
    pub fn settle(&mut self) -> Option<(usize, Instant)> {
        let mut came: Option<(usize, Instant)> = None;
        while let Some((bytes, at)) = self.next(if came.is_some() { QUIET } else { PATIENCE }) {
            came = Some((came.map_or(0, |(before, _)| before) + bytes, at));
        }
        came
    }

    /// Counts the bytes that come meanwhile.
    pub fn listen(&mut self, during: Duration) -> usize {
        let until = Instant::now() + during;
        let mut came = 0;
        while let Some(left) = until.checked_duration_since(Instant::now()) {
            came += self.next(left).map_or(0, |(bytes, _)| bytes);
        }
        came
    }

    fn next(&mut self, wait: Duration) -> Option<(usize, Instant)> {
        let wait = Timespec::try_from(wait).unwrap();
        let mut ready = [PollFd::new(&self.line, PollFlags::IN)];
        if poll(&mut ready, Some(&wait)).unwrap() == 0 {
            return None;
        }
        let at = Instant::now();
        let mut bytes = [0; 65536];
        self.line.read(&mut bytes).ok().filter(|count| *count > 0).map(|count| (count, at))
    }

    /// Processor time used so far, by all its threads, in the kernel's nanoseconds.
    pub fn processor(&self) -> Duration {
        let tasks = std::fs::read_dir(format!("/proc/{}/task", self.child.id())).unwrap();
        let used = tasks.flatten().filter_map(|task| {
            let said = std::fs::read_to_string(task.path().join("schedstat")).ok()?;
            said.split(' ').next()?.parse::<u64>().ok()
        });
        Duration::from_nanos(used.sum())
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        // It may have ended by itself, which is as good.
        let _ended = self.child.kill();
        let _status = self.child.wait();
    }
}

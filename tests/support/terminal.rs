//! A terminal with a program in it: type, paste, resize, read the screen, cut the line.
//!
//! Built on the system's own pseudo-terminal, because a line that is cut must be cut and nothing else: a library's
//! writer that sends Enter and end-of-input as it goes would type into the very program whose fate is in question.

use std::{
    ffi::OsString,
    fs::File,
    io::{Read, Write},
    num::NonZeroU16,
    os::fd::OwnedFd,
    process::{Child, ExitStatus},
    sync::{Arc, Condvar, Mutex, MutexGuard},
    thread::JoinHandle,
    time::Duration,
};

use rustix::{
    event::{EventfdFlags, PollFd, PollFlags, Timespec, eventfd, poll},
    process::{Pid, PidfdFlags, Signal, kill_process, pidfd_open},
    pty::{OpenptFlags, grantpt, ioctl_tiocgptpeer, openpt, unlockpt},
    termios::{Winsize, tcsetwinsize},
};

use dutydesk::domain::words::app::saving::KEYS_WAIT;

use super::{Office, presses, program};

/// How long a wait lasts before the test fails: far beyond what any healthy program needs, even on a busy machine.
pub const PATIENCE: Duration = Duration::from_secs(120);

/// A program about to be started in a terminal.
pub struct Start {
    words: Vec<OsString>,
    environment: Vec<(OsString, OsString)>,
    columns: u16,
    rows: u16,
    controls: bool,
}

impl Start {
    /// The built program on an office.
    pub fn dutydesk(office: &Office) -> Self {
        Self::program(&[env!("CARGO_BIN_EXE_dutydesk")]).env("DUTYDESK_OFFICE", office.path())
    }

    /// Any program with its arguments.
    pub fn program(words: &[&str]) -> Self {
        let words = words.iter().map(OsString::from).collect();
        Self { words, environment: Vec::new(), columns: 120, rows: 40, controls: true }
    }

    /// One more argument.
    pub fn arg(mut self, word: impl Into<OsString>) -> Self {
        self.words.push(word.into());
        self
    }

    /// One more environment variable.
    pub fn env(mut self, name: impl Into<OsString>, value: impl Into<OsString>) -> Self {
        self.environment.push((name.into(), value.into()));
        self
    }

    /// Columns and rows; 120 by 40 where nothing is said.
    pub fn size(mut self, columns: u16, rows: u16) -> Self {
        (self.columns, self.rows) = (columns, rows);
        self
    }

    /// The terminal will not tell the program when it goes: no SIGHUP, as with some multiplexers and containers.
    pub fn without_hangup_signal(mut self) -> Self {
        self.controls = false;
        self
    }

    /// Starts it.
    pub fn start(self) -> Terminal {
        Terminal::start(self).expect("the system gives a terminal and starts the program")
    }
}

/// A running program and the terminal around it. Dropping it ends both.
pub struct Terminal {
    child: Child,
    /// The terminal's own end; `None` once the line is cut.
    line: Option<Arc<File>>,
    seen: Arc<Seen>,
    stop: Arc<OwnedFd>,
    reader: Option<JoinHandle<()>>,
}

/// What a terminal does beside showing letters.
#[derive(Debug, Clone, Default)]
pub struct Heard {
    /// How often its bell rang.
    pub bells: usize,
    /// What its window is called.
    pub title: String,
    /// Titles that it was asked to keep and has not given back.
    pub kept: Vec<String>,
}

impl vt100::Callbacks for Heard {
    fn audible_bell(&mut self, _: &mut vt100::Screen) {
        self.bells += 1;
    }

    fn set_window_title(&mut self, _: &mut vt100::Screen, title: &[u8]) {
        self.title = String::from_utf8_lossy(title).into_owned();
    }

    fn unhandled_csi(
        &mut self,
        _: &mut vt100::Screen,
        _: Option<u8>,
        _: Option<u8>,
        params: &[&[u16]],
        last: char,
    ) {
        match (last, params.first()) {
            ('t', Some([22])) => self.kept.push(self.title.clone()),
            ('t', Some([23])) => {
                self.title = self.kept.pop().unwrap_or_else(|| "nothing was kept".to_owned())
            }
            _ => {}
        }
    }
}

/// What the terminal shows, and a bell for those who wait for it to change.
struct Seen {
    parser: Mutex<vt100::Parser<Heard>>,
    changed: Condvar,
}

impl Terminal {
    /// The built program on an office, in a terminal of this size.
    pub fn dutydesk(office: &Office, columns: u16, rows: u16) -> Self {
        Start::dutydesk(office).size(columns, rows).start()
    }

    fn start(start: Start) -> std::io::Result<Self> {
        let line = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY | OpenptFlags::CLOEXEC)?;
        grantpt(&line)?;
        unlockpt(&line)?;
        tcsetwinsize(&line, window(start.columns, start.rows))?;
        let far_end =
            ioctl_tiocgptpeer(&line, OpenptFlags::RDWR | OpenptFlags::NOCTTY | OpenptFlags::CLOEXEC)?;

        // `setsid` gives the program a session of its own and, unless that is refused, this terminal to control it.
        let child = program("setsid")
            .args(start.controls.then_some("--ctty"))
            .args(start.words)
            .envs(start.environment)
            .stdin(far_end.try_clone()?)
            .stdout(far_end.try_clone()?)
            .stderr(far_end)
            .spawn()?;

        let (rows, columns) = (at_least_one(start.rows), at_least_one(start.columns));
        let parser = vt100::Parser::new_with_callbacks(rows, columns, 0, Heard::default());
        let seen = Arc::new(Seen { parser: Mutex::new(parser), changed: Condvar::new() });
        let line = Arc::new(File::from(line));
        let stop = Arc::new(eventfd(0, EventfdFlags::CLOEXEC)?);
        let reader = std::thread::spawn({
            let (line, seen, stop) = (Arc::clone(&line), Arc::clone(&seen), Arc::clone(&stop));
            move || read_until_stopped(&line, &seen, &stop)
        });
        Ok(Self { child, line: Some(line), seen, stop, reader: Some(reader) })
    }

    /// Presses keys, written as in [`presses`].
    pub fn keys(&mut self, keys: &str) {
        for press in presses(keys) {
            self.send(&press);
        }
    }

    /// Whoever has seen that something was saved waits until keys count again; what is typed on without is no key. To be
    /// asked once the screen shows that the form has gone: it says from then on that they do not count yet.
    pub fn looks_after_saving(&self) {
        self.wait_for_no(KEYS_WAIT);
    }

    /// Pastes a text as a terminal with bracketed paste does.
    pub fn paste(&mut self, text: &str) {
        self.send(format!("\x1b[200~{text}\x1b[201~").as_bytes());
    }

    /// Sends bytes as they are.
    pub fn send(&mut self, bytes: &[u8]) {
        let mut line: &File = self.line.as_ref().expect("the line has not been cut");
        line.write_all(bytes).expect("the terminal takes what is typed");
    }

    /// Changes the size of the window and tells the program.
    pub fn resize(&mut self, columns: u16, rows: u16) {
        let line = self.line.as_ref().expect("the line has not been cut");
        self.seen.now().set_size(at_least_one(rows), at_least_one(columns));
        tcsetwinsize(line, window(columns, rows)).expect("the terminal can be resized");
    }

    /// Waits until a text is on the screen.
    pub fn wait_for(&self, text: &str) {
        self.wait_until(&format!("\"{text}\" on the screen"), |screen| screen.contents().contains(text));
    }

    /// Waits until a text is no longer on the screen.
    pub fn wait_for_no(&self, text: &str) {
        self.wait_until(&format!("no \"{text}\" on the screen"), |screen| !screen.contents().contains(text));
    }

    /// Waits until something is true of the screen; `what` says it in the failure.
    pub fn wait_until(&self, what: &str, is_true: impl Fn(&vt100::Screen) -> bool) {
        let seen = self.seen.now();
        let (seen, waited) = self
            .seen
            .changed
            .wait_timeout_while(seen, PATIENCE, |parser| !is_true(parser.screen()))
            .expect("the reader does not panic");
        assert!(
            !waited.timed_out(),
            "waited {PATIENCE:?} for {what}; the screen shows:\n{}",
            seen.screen().contents()
        );
    }

    /// What it does beside showing letters.
    pub fn heard(&self) -> Heard {
        self.seen.now().callbacks().clone()
    }

    /// Waits until something is true of what it does beside; `what` says it in the failure.
    pub fn wait_to_hear(&self, what: &str, is_true: impl Fn(&Heard) -> bool) {
        let seen = self.seen.now();
        let (seen, waited) = self
            .seen
            .changed
            .wait_timeout_while(seen, PATIENCE, |parser| !is_true(parser.callbacks()))
            .expect("the reader does not panic");
        assert!(!waited.timed_out(), "waited {PATIENCE:?} for {what}: {:?}", seen.callbacks());
    }

    /// The whole screen, a line for each row, without what is blank at the ends.
    pub fn screen(&self) -> String {
        self.seen.now().screen().contents()
    }

    /// One row of the screen, counted from 0.
    pub fn row(&self, row: u16) -> String {
        let seen = self.seen.now();
        let columns = seen.screen().size().1.get();
        seen.screen().rows(0, columns).nth(row.into()).unwrap_or_default()
    }

    /// Row and column of the cursor, both from 0, or `None` while it is hidden.
    pub fn cursor(&self) -> Option<(u16, u16)> {
        let seen = self.seen.now();
        (!seen.screen().hide_cursor()).then(|| seen.screen().cursor_position())
    }

    /// Looks at the screen with its colours and modes.
    pub fn look<T>(&self, look: impl FnOnce(&vt100::Screen) -> T) -> T {
        look(self.seen.now().screen())
    }

    /// The program's process id.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Ends the program as a power cut would: it hears nothing.
    pub fn kill9(&mut self) {
        self.signal(Signal::KILL);
        self.exited_within(PATIENCE).expect("a killed program ends");
    }

    /// Asks the program to end (SIGTERM).
    pub fn terminate(&self) {
        self.signal(Signal::TERM);
    }

    /// Sends any signal.
    pub fn signal(&self, signal: Signal) {
        kill_process(Pid::from_child(&self.child), signal).expect("the program has not been waited for yet");
    }

    /// Cuts the line: the terminal is gone, as when a window is closed or a connection lost.
    pub fn hang_up(&mut self) {
        self.stop_reading();
        self.line = None;
    }

    /// Stops reading what the program draws, as a line that has stalled does. It cannot be undone.
    pub fn stall(&mut self) {
        self.stop_reading();
    }

    /// Whether the terminal is as a shell wants it: lines, and keys that are seen.
    pub fn is_cooked(&self) -> bool {
        let line = self.line.as_ref().expect("the line has not been cut");
        let modes = rustix::termios::tcgetattr(line).expect("a terminal has modes").local_modes;
        modes.contains(rustix::termios::LocalModes::ICANON | rustix::termios::LocalModes::ECHO)
    }

    /// How the program ended, or `None` if it still runs when the time is over.
    pub fn exited_within(&mut self, limit: Duration) -> Option<ExitStatus> {
        if let Some(status) = self.child.try_wait().expect("our own child can be asked") {
            return Some(status);
        }
        let ended =
            pidfd_open(Pid::from_child(&self.child), PidfdFlags::empty()).expect("our own child is known");
        let limit = Timespec::try_from(limit).expect("limits are short");
        let ready = poll(&mut [PollFd::new(&ended, PollFlags::IN)], Some(&limit)).expect("waiting works");
        (ready > 0).then(|| self.child.wait().expect("it has ended"))
    }

    fn stop_reading(&mut self) {
        if let Some(reader) = self.reader.take() {
            rustix::io::write(&*self.stop, &1u64.to_ne_bytes()).expect("a counter can be raised");
            reader.join().expect("the reader does not panic");
        }
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        self.stop_reading();
        // It may have ended by itself, which is as good.
        let _ended = self.child.kill();
        let _status = self.child.wait();
    }
}

impl Seen {
    fn now(&self) -> MutexGuard<'_, vt100::Parser<Heard>> {
        self.parser.lock().expect("the reader does not panic")
    }
}

fn read_until_stopped(line: &File, seen: &Seen, stop: &OwnedFd) {
    let mut bytes = [0; 8192];
    loop {
        let mut ready = [PollFd::new(line, PollFlags::IN), PollFd::new(stop, PollFlags::IN)];
        if poll(&mut ready, None).is_err() || !ready[1].revents().is_empty() {
            return;
        }
        let mut line = line;
        match line.read(&mut bytes) {
            Ok(0) | Err(_) => return,
            Ok(count) => {
                seen.now().process(&bytes[..count]);
                seen.changed.notify_all();
            }
        }
    }
}

fn window(columns: u16, rows: u16) -> Winsize {
    Winsize { ws_row: rows, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0 }
}

fn at_least_one(count: u16) -> NonZeroU16 {
    NonZeroU16::new(count).unwrap_or(NonZeroU16::MIN)
}

//! The running program in a real terminal: what is typed stays, whatever becomes of the program, the line or the
//! window.

mod support;

use std::time::{Duration, Instant};

use dutydesk::domain::chance::Seeded;
use dutydesk::domain::permission::Viewer;
use dutydesk::store::{Drafts, OfficeDir, Store};
use rustix::process::Signal;
use support::{Office, PATIENCE, Start, Terminal, cli};

/// How long a program may outlive its terminal.
const GONE_WITHIN: Duration = Duration::from_secs(5);

/// An empty place, the program started there, a call opened and half of it typed and kept.
fn half_a_call(office: &Office, start: Start) -> Terminal {
    let mut terminal = start.start();
    terminal.wait_for("take a real call now");
    terminal.keys("c");
    terminal.wait_for("Number to ring back");
    terminal.keys("0161 496 0123<tab>WQ, care");
    terminal.wait_for("WQ, care");
    kept(&terminal);
    stored(office, "caller", "WQ, care");
    assert!(office.path().join("drafts.db").exists());
    terminal
}

/// Waits until the form says that what it shows is on the disk.
fn kept(terminal: &Terminal) {
    terminal.wait_until("the form to be kept", |screen| {
        let shown = screen.contents();
        shown.contains("· kept ") && !shown.contains("keeping")
    });
}

/// Waits until an unfinished form on the disk holds this.
fn stored(office: &Office, field: &str, said: &str) {
    let dir = OfficeDir::at(office.path());
    let drafts = Drafts::open(&dir).expect("it opens");
    let store = Store::open(&dir, Box::new(Seeded::new(1))).expect("it opens");
    let stored = || {
        let row = drafts.rows(&store, &Viewer::system()).expect("it can be read").pop()?;
        drafts.get(row.id).expect("it can be read")?.text.get(field).cloned()
    };
    let started = Instant::now();
    while stored().as_deref().map(str::trim) != Some(said.trim()) {
        assert!(started.elapsed() < PATIENCE, "on the disk is {:?}", stored());
        std::thread::yield_now();
    }
}

/// Starts again and finds the unfinished call with its words.
fn half_a_call_is_there(office: &Office) {
    let mut terminal = Terminal::dutydesk(office, 120, 40);
    terminal.wait_for("take a real call now");
    terminal.keys("u");
    terminal.wait_for("Unfinished");
    terminal.wait_for("0161 496 0123");
    terminal.keys("<enter>");
    terminal.wait_for("WQ, care");
    terminal.wait_for("0161 496 0123");
}

#[test]
fn a_killed_program_comes_back_with_half_a_call() {
    let office = Office::new();
    let mut terminal = half_a_call(&office, Start::dutydesk(&office));
    terminal.kill9();
    half_a_call_is_there(&office);
    assert!(cli(&office, &["verify"]).status.success());
}

#[test]
fn a_closed_window_keeps_what_was_typed_and_ends_the_program() {
    for signalled in [true, false] {
        let office = Office::new();
        let start = Start::dutydesk(&office);
        let start = if signalled { start } else { start.without_hangup_signal() };
        let mut terminal = half_a_call(&office, start);
        terminal.keys("r at 14");
        terminal.wait_for("WQ, carer at 14");
        terminal.hang_up();
        let ended = terminal.exited_within(GONE_WITHIN);
        assert_eq!(ended.and_then(|status| status.code()), Some(129), "signalled: {signalled}");
        half_a_call_is_there(&office);
        let mut again = Terminal::dutydesk(&office, 120, 40);
        again.wait_for("take a real call now");
        again.keys("u");
        again.wait_for("Unfinished");
        again.keys("<enter>");
        again.wait_for("WQ, carer at 14");
    }
}

#[test]
fn asked_to_end_it_keeps_everything_and_gives_the_terminal_back() {
    for signal in [Signal::TERM, Signal::INT, Signal::QUIT] {
        let office = Office::new();
        let mut terminal = half_a_call(&office, Start::dutydesk(&office));
        terminal.signal(signal);
        let ended = terminal.exited_within(GONE_WITHIN).expect("it ends");
        assert!(ended.success(), "{signal:?}: {ended}");
        terminal.wait_until("the terminal as it was", |screen| !screen.alternate_screen());
        assert!(terminal.look(|screen| !screen.bracketed_paste() && !screen.hide_cursor()));
        half_a_call_is_there(&office);
    }
}

#[test]
fn signals_that_mean_nothing_here_change_nothing() {
    let office = Office::new();
    let mut terminal = half_a_call(&office, Start::dutydesk(&office));
    for _ in 0..200 {
        for signal in [Signal::PIPE, Signal::TSTP, Signal::CONT, Signal::WINCH] {
            terminal.signal(signal);
        }
    }
    terminal.keys("r");
    terminal.wait_for("WQ, carer");
    kept(&terminal);
}

#[test]
fn ctrl_c_says_how_to_leave_and_leaves_nothing() {
    let office = Office::new();
    let mut terminal = half_a_call(&office, Start::dutydesk(&office));
    terminal.keys("<ctrl-c>r, on the landing");
    terminal.wait_for("WQ, carer, on the landing");
    kept(&terminal);
}

#[test]
fn a_terminal_that_stops_draining_costs_no_word() {
    let office = Office::new();
    let mut terminal = half_a_call(&office, Start::dutydesk(&office));
    terminal.keys("<tab><tab><tab><tab>");
    terminal.stall();
    let said: String = (0..25).map(|number| format!("word {number} of what was said ")).collect();
    // Far more is drawn for this than a terminal that nobody reads takes in.
    for part in said.as_bytes().chunks(20) {
        terminal.send(part);
        // Each size is a whole screen drawn anew.
        terminal.resize(100 + u16::from(part[0] % 20), 40);
    }
    stored(&office, "changed", &said);
    terminal.signal(Signal::TERM);
    assert!(terminal.exited_within(GONE_WITHIN).expect("it ends all the same").success());
    stored(&office, "changed", &said);
}

#[test]
fn a_pasted_megabyte_goes_nowhere_but_into_the_text() {
    let office = Office::example(20);
    let mut terminal = signed_in(&office);
    let hostile = "q\r\x1b[2J\x13\x03\x07 c y\n\t\u{202e}".repeat(70_000);
    terminal.paste(&hostile);
    terminal.keys("c");
    terminal.wait_for("Number to ring back");
    terminal.keys("0161 496 0123<tab>WQ<tab><tab><tab><tab>");
    terminal.keys("she is ");
    kept(&terminal);
    terminal.paste(&hostile);
    terminal.keys("drowsy");
    terminal.wait_for("she is ");
    terminal.wait_for("0161 496 0123");
    kept(&terminal);
    assert!(terminal.screen().contains("Urgent communication log"), "{}", terminal.screen());
    terminal.paste("a line\r\nanother\x1b[31m\x07");
    terminal.wait_for("another");
    assert!(terminal.look(|screen| !screen.contents().contains('\u{202e}')));
}

/// The example office with the first of the staff list at the desk.
fn signed_in(office: &Office) -> Terminal {
    let mut terminal = Terminal::dutydesk(office, 120, 40);
    terminal.wait_for("nobody signed in");
    terminal.keys("w");
    terminal.wait_for("Who is here");
    terminal.wait_for("ADEYEMI");
    terminal.keys("adeyemi<enter>");
    terminal.wait_for("you ADEYEMI");
    terminal
}

#[test]
fn a_number_pressed_after_words_is_taken_without_another_key() {
    let office = Office::example(20);
    let mut terminal = signed_in(&office);
    terminal.keys("c0161 496 0123<tab>WQ<tab>oakes");
    terminal.wait_for("OAKES, Brian");
    terminal.keys("<enter>");
    terminal.wait_for("Who is meant?");
    terminal.keys("Gone grey");
    terminal.wait_for("as typed: “Gone grey”");
    // Somebody looks: what is pressed next is no part of the sentence.
    std::thread::sleep(Duration::from_secs(1));
    terminal.keys("2");
    terminal.wait_for("born 10-Feb-1950");
    terminal.wait_for("Gone grey");
}

#[test]
fn every_size_of_window_is_borne_on_every_screen() {
    let office = Office::example(20);
    let mut terminal = signed_in(&office);
    sweep(&mut terminal);
    // A case, its form, its picker, and help over it.
    terminal.keys("<enter>");
    terminal.wait_for_no("signed in as");
    sweep(&mut terminal);
    terminal.keys("c");
    terminal.wait_for("Number to ring back");
    sweep(&mut terminal);
    terminal.keys("<tab><tab>qu");
    terminal.wait_for("QUILL");
    sweep(&mut terminal);
    terminal.keys("<f1>");
    sweep(&mut terminal);
    terminal.keys("<esc>");
    terminal.wait_for("QUILL");
}

/// Every width and every height that anybody has, then back; the program answers afterwards.
fn sweep(terminal: &mut Terminal) {
    let sizes = (1..=200).step_by(3).map(|columns| (columns, 1 + columns * 59 / 199));
    let odd = [(1, 1), (1, 60), (200, 1), (2, 2), (200, 60), (46, 30), (45, 9), (80, 24), (39, 60)];
    for (columns, rows) in sizes.chain(odd) {
        terminal.resize(columns, rows);
        let title = terminal.exited_within(Duration::ZERO);
        assert_eq!(title, None, "it ended at {columns} by {rows}");
    }
    // One size is waited for at the end: what was asked before it has been answered.
    terminal.resize(120, 40);
    terminal.wait_for("decides");
}

const FALLS: &str = "DUTYDESK_TEST_FALLS";

/// What the next test starts in a terminal: a program that takes the terminal over and falls.
#[test]
fn falls_with_the_terminal_taken() {
    if std::env::var_os(FALLS).is_none() {
        return;
    }
    dutydesk::runtime::terminal::end_on_panic(|| {});
    let _screen = dutydesk::runtime::terminal::Screen::enter(|_| {}).expect("it is a terminal");
    panic!("Mrs Quill is drowsy");
}

#[test]
fn a_fault_of_the_program_gives_the_terminal_back_and_tells_nobodys_words() {
    let this = std::env::current_exe().expect("a test is a program");
    let this = this.to_str().expect("build directories have plain names");
    let mut terminal = Start::program(&[this, "--exact", "falls_with_the_terminal_taken", "--nocapture"])
        .env(FALLS, "1")
        .start();
    terminal.wait_for("dutydesk failed at");
    assert_eq!(terminal.exited_within(PATIENCE).and_then(|status| status.code()), Some(101));
    assert!(terminal.look(|screen| !screen.alternate_screen() && !screen.bracketed_paste()));
    assert!(terminal.is_cooked(), "keys echo again");
    assert!(!terminal.screen().contains("Quill"));
}

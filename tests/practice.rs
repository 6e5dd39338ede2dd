//! The practice office, in a real terminal: to it from the first screen and back, with no key and no word lost on
//! the way.

mod support;

use std::time::{Duration, Instant};

use dutydesk::domain::chance::Seeded;
use dutydesk::domain::permission::Viewer;
use dutydesk::store::{Drafts, OfficeDir, Store};
use support::{Office, PATIENCE, Start, Terminal};

/// How long a program may outlive its terminal.
const GONE_WITHIN: Duration = Duration::from_secs(5);

/// The first screen of an office that is not there yet, with its practice office beside it.
fn welcome(office: &Office) -> Terminal {
    let terminal = Start::dutydesk(office).env("XDG_DATA_HOME", office.beside("home")).start();
    terminal.wait_for("take a real call now");
    terminal
}

/// Goes to the practice office, which is made on the way, and opens a call there.
fn practise_a_call(terminal: &mut Terminal) {
    terminal.keys("p");
    terminal.wait_for("TRAINING");
    terminal.keys("c");
    terminal.wait_for("Number to ring back");
}

/// Waits until an unfinished call of the practice office on the disk has this caller.
fn caller_is_stored(office: &Office, said: &str) {
    let dir = OfficeDir::at(office.beside("home").join("dutydesk").join("practice"));
    let drafts = Drafts::open(&dir).expect("it opens");
    let store = Store::open(&dir, Box::new(Seeded::new(1))).expect("it opens");
    let stored = || {
        let rows = drafts.rows(&store, &Viewer::system()).expect("it can be read");
        let mut texts = rows.iter().filter_map(|row| drafts.get(row.id).expect("it can be read"));
        texts.any(|draft| draft.text.get("caller").map(|text| text.trim()) == Some(said))
    };
    let started = Instant::now();
    while !stored() {
        assert!(started.elapsed() < PATIENCE, "\"{said}\" is on the disk");
        std::thread::yield_now();
    }
}

#[test]
fn the_first_key_in_the_practice_office_is_heard() {
    let office = Office::new();
    let mut terminal = welcome(&office);
    // Both at once: the second is pressed while there is no practice office to press it in.
    terminal.keys("pc");
    terminal.wait_for("TRAINING");
    terminal.wait_for("Number to ring back");
}

#[test]
fn whoever_leaves_the_practice_office_is_back_where_the_real_call_waits() {
    let office = Office::new();
    let mut terminal = welcome(&office);
    for _ in 0..2 {
        practise_a_call(&mut terminal);
        terminal.keys("<esc>");
        terminal.wait_for_no("Number to ring back");
        terminal.keys("q");
        terminal.wait_for("Leave Dutydesk?");
        terminal.keys("y");
        terminal.wait_for("take a real call now");
        terminal.wait_for_no("TRAINING");
    }
    terminal.keys("c");
    terminal.wait_for("Number to ring back");
    assert!(!terminal.screen().contains("TRAINING"), "the call is a real one");
}

#[test]
fn a_line_cut_in_the_practice_office_costs_no_word_there() {
    for signalled in [true, false] {
        let office = Office::new();
        let start = Start::dutydesk(&office).env("XDG_DATA_HOME", office.beside("home"));
        let mut terminal = if signalled { start.start() } else { start.without_hangup_signal().start() };
        terminal.wait_for("take a real call now");
        practise_a_call(&mut terminal);
        terminal.keys("0161 496 0123<tab>WQ, carer at 14");
        terminal.wait_for("WQ, carer at 14");
        terminal.hang_up();
        let ended = terminal.exited_within(GONE_WITHIN);
        assert!(ended.is_some(), "the program outlived its terminal (SIGHUP: {signalled})");
        caller_is_stored(&office, "WQ, carer at 14");
    }
}

//! The machine's clock jumps while the program runs: nothing is refused, hidden or out of its place in the record.

use chrono::TimeDelta;
use dutydesk::app::Msg;
use dutydesk::domain::act::Act;
use dutydesk::domain::entry::Said;
use dutydesk::domain::permission::Viewer;

use super::desk::Desk;
use super::office::{Office, at};
use super::whole::CALL;

/// The machine's clock jumps from what it shows.
fn jumps(desk: &mut Desk, to: &str) {
    let from = desk.office.now();
    let by: TimeDelta = at(to) - from;
    desk.app.update(Msg::ClockJumped { from, by });
    desk.at_time(to);
}

#[test]
fn a_clock_that_jumps_says_so_under_the_header_until_it_is_put_away_or_set_right() {
    let mut desk = Desk::at(Office::opened("2026-11-21T21:04:00Z")).signed_in("shah");
    jumps(&mut desk, "2026-11-21T20:21:00Z");
    desk.shows("This machine's clock moved back 43 min at 21:04 (now 20:21): check it");
    // The whole of it on a telephone, and over every screen.
    let little = desk.little_screen().replace("\n", " ");
    let words = little.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(words.contains("moved back 43 min at 21:04 (now 20:21): check it"), "{words}");
    desk.keys("<f5>").shows("moved back 43 min").keys("<esc>");
    // Nothing is refused meanwhile.
    desk.keys(CALL).shows("U-1");
    desk.keys("<ctrl-x>").hides("moved back");
    desk.at_time("2026-11-21T20:30:00Z").hides("moved back");
    // It jumps again: that is news.
    jumps(&mut desk, "2026-11-21T23:30:00Z");
    desk.shows("moved on 2 h 17 min at 20:30 (now 23:30)");
    // Set right, nothing is left to be checked.
    jumps(&mut desk, "2026-11-21T21:13:00Z");
    desk.hides("This machine's clock");
}

#[test]
fn no_warning_sign_goes_on_record_by_a_clock_that_has_just_jumped() {
    let mut desk = Desk::at(Office::opened("2026-11-21T21:04:00Z")).signed_in("shah");
    desk.keys(CALL);
    let raised = |desk: &Desk| {
        let entries = desk.store().entries_after(&Viewer::system(), 0, 10_000).expect("entries");
        entries.iter().filter(|entry| matches!(&entry.said, Said::Act(Act::RaiseSign { .. }))).count()
    };
    jumps(&mut desk, "2026-11-23T21:04:00Z");
    desk.later(1).shows("This machine's clock moved on");
    assert_eq!(raised(&desk), 0);
    // Whoever puts it away has looked at the clock.
    desk.keys("<ctrl-x>").later(1).hides("moved on");
    assert!(raised(&desk) > 0);
}

#[test]
fn a_record_from_the_future_is_told_of_by_whichever_program_opens_it() {
    let office = Office::opened("2026-11-21T21:04:00Z");
    let mut desk = Desk::at(office.clone()).signed_in("shah");
    desk.keys(CALL);
    drop(desk);
    office.set(at("2026-11-21T20:21:00Z"));
    let mut later = Desk::number(&office, 5).signed_in("okafor");
    later.shows("An entry was recorded at 21:04, but this machine's clock says 20:21: check it");
    // What is recorded now stands after it in the record, whatever its time says.
    later.keys(&CALL.replace("{qui}<enter>", "{999 000 0026}<enter>1"));
    let store = later.store();
    let manager =
        store.viewer_for(Some(later.office.staff["manager"]), later.office.now()).expect("a viewer");
    assert_eq!(store.verify(&manager, &mut |_, _| {}).expect("it can be verified").fault, None);
    later.at_time("2026-11-21T21:05:00Z").hides("An entry was recorded");
}

#[test]
fn bank_holidays_that_run_out_are_told_of_to_whoever_looks_after_the_files() {
    let mut desk = Desk::at(Office::opened("2032-06-30T12:00:00Z")).signed_in("lindqvist");
    desk.hides("Bank holidays");
    // 180 days before the last day that is known.
    desk.at_time("2032-07-04T12:00:00Z");
    desk.shows("Bank holidays are known only until 31-Dec-2032");
    desk.sign_in("shah").hides("Bank holidays");
    desk.sign_in("lindqvist")
        .at_time("2033-01-01T12:00:00Z")
        .shows("Bank holidays were known only until 31-Dec-2032");
    desk.keys("<ctrl-x>").hides("Bank holidays");
}

#[test]
fn a_clock_that_is_set_back_and_forth_refuses_no_record_and_leaves_no_gap() {
    let mut desk = Desk::at(Office::opened("2026-11-21T21:02:00Z")).signed_in("okafor");
    let first = desk.store().head().expect("it can be read");
    let mut calls = 0;
    for time in [
        "2026-11-21T21:02:00Z",
        // Set back while a form is open, and far on while the next one is.
        "2026-11-21T18:00:00Z",
        "2028-02-29T12:00:00Z",
        "1999-12-31T23:59:00Z",
        "2026-11-21T21:20:00Z",
    ] {
        desk.keys("c07700 900118<tab>WQ<tab>qui<enter>ynSleepy after lunch<tab>awhat to do");
        desk.at_time(time).line("changed").keys(", again");
        // Where the clock says that the call came long before, the reason is asked once.
        desk.keys("<ctrl-s>");
        if desk.app.forms().count() > 0 {
            desk.keys("The clock was wrong").saves();
        }
        calls += 1;
        assert!(desk.store().head().expect("it can be read") >= first + calls);
    }
    let store = desk.store();
    let manager = store.viewer_for(Some(desk.office.staff["manager"]), desk.office.now()).expect("a viewer");
    let entries = store.entries_after(&manager, first, 100).expect("it can be read");
    let seqs: Vec<u64> = entries.iter().map(|entry| entry.seq).collect();
    assert_eq!(seqs, (first + 1..=first + seqs.len() as u64).collect::<Vec<_>>());
    let found = store.verify(&manager, &mut |_, _| {}).expect("it can be verified");
    assert_eq!(found.fault, None);
    // Every call is on the board of the time it is now.
    assert_eq!(desk.board().calls.total, calls);
    desk.shows("QUILL");
}

//! The machine's clock jumps while the program runs: nothing is refused, hidden or out of its place in the record.

use super::desk::Desk;
use super::office::Office;

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

//! The night the clocks go back, and the one in spring.

use super::desk::Desk;
use super::office::{Office, at};
use super::whole::{CALL, decide};

#[test]
fn a_promise_over_the_change_counts_elapsed_time_and_says_its_zone() {
    // Sun 25-Oct-2026 00:45 BST.
    let mut desk = Desk::at(Office::opened("2026-10-24T23:45:00Z")).signed_in("okafor");
    desk.keys(CALL).keys("d");
    decide(&mut desk);
    desk.keys("l").line("who").keys("elms<enter>").line("person").keys("Dr ZZ");
    desk.line("means").keys("t").line("outcome").keys("s");
    desk.line("shared").keys("Name and number").line("basis").keys("e").line("advice").keys("Watch her");
    desk.line("read_back").keys("y").line("promises.+").keys("<enter>");
    desk.line("promises.0.what").keys("Visit").line("promises.0.by").keys("+2h");
    desk.shows("01:45 GMT");
    desk.saves();
    let case = desk.case("U-1");
    let visit = case.state.commitments.iter().find(|one| one.what == "Visit").expect("owed");
    assert_eq!(visit.due, at("2026-10-25T01:45:00Z"));
}

#[test]
fn half_past_one_asks_which_and_the_two_sort_rightly() {
    // Sun 25-Oct-2026 02:10 GMT: both have been.
    let mut desk = Desk::at(Office::opened("2026-10-25T02:10:00Z")).signed_in("shah");
    for (which, room) in [("2", "qui<enter>"), ("1", "999 000 0026<enter>1")] {
        desk.keys("c07700 900118<tab>WQ<tab>").keys(room).keys("ynSleepy<tab>awhat to do");
        desk.line("+later").keys("<enter>").line("reported_at").keys("<ctrl-backspace>");
        let held = desk.text("reported_at").chars().count();
        desk.keys(&"<backspace>".repeat(held)).keys("01:30<tab>").shows("twice").keys(which).saves();
    }
    let times: Vec<_> = ["U-1", "U-2"].map(|reference| desk.case(reference).chronology[0].occurred.at).into();
    assert_eq!(times, [at("2026-10-25T01:30:00Z"), at("2026-10-25T00:30:00Z")]);
    let order: Vec<String> = desk.board().calls.rows.iter().map(|row| row.reference.clone()).collect();
    assert_eq!(order, ["U-1", "U-2"], "newest first: 01:30 GMT is after 01:30 BST");
}

#[test]
fn in_spring_half_past_one_is_refused_with_the_reason() {
    let mut desk = Desk::at(Office::opened("2027-03-28T02:10:00Z")).signed_in("shah");
    desk.keys("c07700 900118<tab>WQ<tab>qui<enter>ynSleepy<tab>awhat to do");
    desk.line("+later").keys("<enter>").line("observed_at").keys("01:30<ctrl-s>");
    assert_eq!(desk.board().calls.total, 0, "nothing is saved:\n{}", desk.screen());
    desk.shows("01:30");
}

#[test]
fn the_review_is_due_after_twenty_four_hours_whatever_the_clock_says() {
    // Sat 24-Oct-2026 14:10 BST.
    let mut desk = Desk::at(Office::opened("2026-10-24T13:10:00Z")).signed_in("shah");
    desk.keys(CALL);
    let case = desk.case("U-1");
    let review = case.state.commitments.iter().find(|one| one.what.contains("review")).expect("owed");
    assert_eq!(review.due, at("2026-10-25T13:10:00Z"));
    desk.keys("<enter>").shows("by 25-Oct 13:10 GMT").shows("14:10 BST");
}

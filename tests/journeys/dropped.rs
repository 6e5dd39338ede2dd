//! A call whose line dropped before it was saved: it stands before everything at every other desk, with the number to ring
//! back, ages, rings, and is gone once it is saved.

use super::desk::Desk;
use super::office::Office;

#[test]
fn a_call_that_was_not_saved_stands_at_every_dashboard_with_its_number_ages_and_rings() {
    let office = Office::opened("2026-11-21T21:02:00Z");
    let mut first = Desk::at(office).signed_in("shah");
    let mut other = first.beside().signed_in("okafor");
    first.keys("c07700 900118<tab>WQ, half a sen");
    // While somebody types in it, it is nobody else's alarm.
    other.later(1).hides("call not saved");

    let mut again = first.killed_and_started_again().signed_in("shah");
    other.later(1).shows("call not saved 2m").shows("ring back 07700 900118").shows("SHAH, Priya");
    other.shows("1 due soon").hides("half a sen");
    assert!(other.little_screen().contains("call not saved 2m"), "{}", other.little_screen());
    let rung = other.rung;
    other.later(10).shows("1 late");
    assert!(other.rung > rung, "that it is late rings");
    other.later(30).shows("1 long late");

    again.later(0).keys("u<enter>");
    assert_eq!(again.text("caller"), "WQ, half a sen");
    again.saves();
    other.later(0).hides("call not saved").shows("07700 900118");
}

#[test]
fn a_call_without_a_number_says_so() {
    let office = Office::opened("2026-11-21T21:02:00Z");
    let mut first = Desk::at(office).signed_in("shah");
    first.keys("c<tab>WQ");
    let mut other = first.beside().signed_in("okafor");
    drop(first);
    other.later(10).shows("no number taken").shows("1 late");
}

#[test]
fn what_is_owed_next_is_said_without_the_places_of_its_title() {
    let mut desk = super::decide::undecided();
    desk.keys("l").line("outcome").keys("n").hides("{who}").hides("{contact}").shows("Ring");
}

//! One office, two desks: the same unfinished form at both.

use dutydesk::app::Layer;

use super::decide::{decide_up_to_saving, undecided};
use super::desk::Desk;
use super::office::Office;

#[test]
fn a_form_opened_at_a_second_desk_is_given_up_at_the_first_with_every_word_and_recorded_once() {
    let office = Office::opened("2026-11-21T21:02:00Z");
    let mut first = Desk::at(office.clone()).signed_in("shah");
    first.keys("c07700 900118<tab>WQ, half a sen");
    let mut second = Desk::at(office).signed_in("shah");
    second.keys("u").shows("open elsewhere").keys("<enter>").shows("open on another screen");
    second.keys("y").shows("asked for this form");
    assert!(second.app.forms().next().is_none(), "never at both");
    // The first hears of it without a key, keeps what was typed and takes no more.
    first.later(0).shows("opened at another terminal").shows("filled in there now");
    first.keys("tence").hides("sentence");
    second.later(0);
    assert_eq!(second.text("caller"), "WQ, half a sen");
    first.keys("<ctrl-s>").shows("filled in there now");
    second.line("caller").keys("tence").saves();
    first.later(0).keys("<ctrl-s>");
    assert_eq!(first.board().calls.total, 1);
    assert_eq!(first.board().drafts.len(), 0);
    first.keys("<esc>");
    assert!(!matches!(first.app.top(), Layer::Form(_)));
    assert!(Desk::at(first.office.clone()).board().drafts.is_empty());
}

#[test]
fn a_form_that_was_taken_away_and_saved_elsewhere_is_unfinished_nowhere() {
    let office = Office::opened("2026-11-21T21:02:00Z");
    let mut first = Desk::at(office.clone()).signed_in("shah");
    first.keys("c07700 900118<tab>WQ");
    let mut second = Desk::at(office).signed_in("shah");
    second.keys("u<enter>y");
    first.later(0).shows("filled in there now");
    second.later(0).saves();
    // Whoever steps back from it is told at once how it stands, and not when the dashboard is next read.
    first.keys("<esc>").hides("1 unfinished").keys("u").shows("No form is unfinished");
}

#[test]
fn a_form_whose_desk_is_gone_opens_at_the_next_without_a_question() {
    let office = Office::opened("2026-11-21T21:02:00Z");
    let mut first = Desk::at(office.clone()).signed_in("shah");
    first.keys("c07700 900118<tab>WQ");
    let mut second = first.killed_and_started_again().signed_in("shah");
    second.keys("u<enter>");
    assert_eq!(second.text("caller"), "WQ");
}

#[test]
fn a_case_that_was_decided_elsewhere_meanwhile_says_who_and_when_and_can_be_looked_at_or_saved_knowing_it() {
    let mut desk = undecided();
    desk.keys("d");
    decide_up_to_saving(&mut desk);
    let mut other = desk.beside().signed_in("okafor");
    other.later(3).keys("d");
    decide_up_to_saving(&mut other);
    other.line("rationale").keys(", seen by me").saves();

    // It is said as soon as it is heard of, and again where it stands in the way.
    desk.later(0).shows("Meanwhile, 16:50: OKAFOR, Adaeze, Decision");
    desk.keys("<ctrl-s>").shows("The case has moved on").shows("OKAFOR, A.: Decision, 16:50");
    // It is looked at over the form, and what was typed is still there.
    desk.keys("<enter>").shows("decided 16:50 by OKAFOR, Adaeze: GP").shows("Timeline");
    desk.keys("<esc>");
    assert_eq!(desk.text("why_999"), "Not called: rousable");
    desk.saves();
    assert_eq!(desk.case("U-1").chronology.len(), 3);
}

#[test]
fn who_was_told_that_the_case_moved_saves_from_there_with_one_key() {
    let mut desk = undecided();
    desk.keys("d");
    decide_up_to_saving(&mut desk);
    let mut other = desk.beside().signed_in("okafor");
    other.keys("d");
    decide_up_to_saving(&mut other);
    other.saves();
    // Pressed twice in a row it is no answer to what nobody has read.
    desk.later(0).keys("<ctrl-s><ctrl-s>").shows("The case has moved on").shows("save knowing it");
    assert_eq!(desk.case("U-1").chronology.len(), 2);
    desk.keys("<ctrl-s>").hides("The case has moved on");
    assert_eq!(desk.case("U-1").chronology.len(), 3);
}

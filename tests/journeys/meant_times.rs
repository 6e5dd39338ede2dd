//! A time that can hardly be meant is asked about at its line, and nothing that was typed is lost by it.

use dutydesk::app::Layer;
use dutydesk::domain::case::Milestone;

use super::desk::Desk;
use super::liaise::{decided, spoke};
use super::office::{Office, at};

/// A call in the early morning for which 999 was rung, at the line that asks when.
fn rung() -> Desk {
    let mut desk = Desk::at(Office::opened("2026-11-26T04:43:00Z")).signed_in("shah");
    desk.keys("c07700 900118<tab>WQ<tab>qui<enter>nc").line("emergency_by").keys("WQ").line("emergency_at");
    desk
}

/// The rest of that call.
fn the_rest(desk: &mut Desk) {
    desk.line("changed").keys("Cannot be woken").line("risk").keys("r").line("advice_sought").keys("none");
}

#[test]
fn a_time_of_day_that_comes_soon_is_not_taken_for_yesterdays() {
    let mut desk = rung();
    // While one stands on it it says what it would be, and what is typed stays.
    desk.keys("0459").shows("0459 is in 16 min. Did you mean yesterday 04:59 GMT?");
    desk.keys("<tab>").shows("0459 is in 16 min: did you mean yesterday?").keys("2");
    assert_eq!(desk.text("emergency_at"), "0459");
    assert!(matches!(desk.app.top(), Layer::Form(form) if form.form.focus == "emergency_at"));
    desk.instead("emergency_at", "0441");
    the_rest(&mut desk);
    desk.saves();
    let case = desk.case("U-1");
    assert_eq!(case.state.facts.milestones[&Milestone::Emergency].at, at("2026-11-26T04:41:00Z"));
}

#[test]
fn a_form_with_such_a_time_is_not_saved_and_says_where() {
    let mut desk = rung();
    the_rest(&mut desk);
    // Typed and saved at once, without leaving the line.
    desk.line("emergency_at").keys("0459<ctrl-s>");
    assert_eq!(desk.board().calls.total, 0);
    desk.shows("Did you mean yesterday 04:59 GMT?");
    assert_eq!(desk.text("emergency_at"), "0459");
}

#[test]
fn whoever_types_on_while_it_is_asked_which_time_was_meant_loses_no_word() {
    let mut desk = rung();
    // What was meant for the next line goes there; the time stays as it was typed.
    desk.keys("0459<tab>Cannot be woken");
    assert_eq!(
        (desk.text("changed").as_str(), desk.text("emergency_at").as_str()),
        ("Cannot be woken", "0459")
    );
    desk.line("emergency_at").keys("<tab>").pastes(" at all");
    assert_eq!(desk.text("changed"), "Cannot be woken at all");
    desk.line("risk").keys("r").line("advice_sought").keys("none").line("emergency_at").keys("<tab><ctrl-s>");
    // Nor is it saved with a time that can hardly be meant.
    assert_eq!(desk.board().calls.total, 0);
    desk.shows("Not saved. Called at: 0459 is in 16 min. Did you mean yesterday 04:59 GMT?");
    desk.keys("<tab>1<ctrl-s>").shows("is long before the call itself").saves();
    let milestones = desk.case("U-1").state.facts.milestones;
    assert_eq!(milestones[&Milestone::Emergency].at, at("2026-11-25T04:59:00Z"));
}

#[test]
fn a_999_call_of_the_day_before_is_asked_about_once() {
    let mut desk = rung();
    the_rest(&mut desk);
    desk.line("emergency_at").keys("yesterday 04:59<ctrl-s>");
    assert_eq!(desk.board().calls.total, 0);
    desk.shows("is long before the call itself").shows("again saves it as it is.");
    desk.saves();
    assert_eq!(desk.board().calls.total, 1, "it may be so, and is then in the record");
}

#[test]
fn a_call_of_another_century_is_refused_at_the_line() {
    let mut desk = rung();
    desk.keys("0441");
    the_rest(&mut desk);
    desk.line("+later").keys("<enter>").instead("reported_at", "1/1/1900 10:00<ctrl-s>");
    desk.shows("is decades away. Check the year.");
    assert_eq!(desk.board().calls.total, 0);
}

#[test]
fn a_promise_that_is_past_says_so_and_is_asked_about_before_it_is_saved() {
    let mut desk = decided();
    spoke(&mut desk, "elms<enter>");
    desk.line("promises.+").keys("<enter>").line("promises.0.what").keys("Visit").line("promises.0.by");
    desk.keys("yesterday 9").shows(": that is past").keys("<ctrl-s>");
    assert!(desk.owed("U-1", "Visit").is_empty());
    desk.shows("\"By\" is past. Check the day and the time.").shows("again saves it as it is");
    desk.instead("promises.0.by", "1/1/1900 9:00<ctrl-s>").shows("is decades away");
    desk.instead("promises.0.by", "19:00").saves();
    assert_eq!(desk.owed("U-1", "Visit").len(), 1);
}

#[test]
fn a_time_that_cannot_be_read_says_so_while_one_stands_on_it() {
    let mut desk = decided();
    spoke(&mut desk, "elms<enter>");
    desk.line("promises.+").keys("<enter>").line("promises.0.what").keys("Visit").line("promises.0.by");
    desk.keys("31/02/2027 10:00").shows("There is no 31 February 2027");
    desk.instead("promises.0.by", "28-Mar-2027 01:30").shows("There is no 01:30 on Sun 28-Mar-2027");
}

//! Ring first, write after: 999 is anyone's to record, whenever they come to it, and a call with an ambulance on its way
//! waits for its decision without being called late.

use dutydesk::domain::answer::Precision;
use dutydesk::domain::case::Milestone;
use dutydesk::pathway::triangulation::triangulate;

use super::desk::Desk;
use super::office::{Office, at};
use super::whole::{CALL, decide};

/// A call on which the caller has rung 999 already.
const RUNG_BY_THE_CALLER: &str = "c07700 900118<tab>WQ, carer<tab>qui<enter>nc<shift-tab>16:39<tab>Cannot be woken<tab>rnone, for information<ctrl-s>";

fn evening() -> Desk {
    Desk::at(Office::opened("2026-11-21T16:42:00Z")).signed_in("shah")
}

/// How many decisions are late on the dashboard, and what its first escalation is.
fn first_escalation(desk: &Desk) -> (usize, String) {
    let board = desk.board();
    let late = board.escalations.rows.iter().filter(|row| desk.state(&row.commitment).is_late());
    (late.count(), board.escalations.rows[0].commitment.what.clone())
}

#[test]
fn an_undecided_call_is_late_until_999_is_rung_and_then_waits_first_without_being_late() {
    let mut desk = evening();
    desk.keys(CALL).later(60);
    assert_eq!(first_escalation(&desk), (1, "Decide".to_owned()));
    desk.shows("1 long late").shows("long 45m");

    desk.keys("9").line("called").keys("a<enter>").saves();
    desk.later(8);
    assert_eq!(first_escalation(&desk), (0, "Decide".to_owned()));
    assert_eq!(desk.board().undecided, 1, "the decision is owed still");
    desk.keys("<esc>").shows("999 gone 8m").hides("long late").hides("late 53m");

    desk.sign_in("okafor").later(30).keys("d");
    decide(&mut desk);
    desk.keys("<enter>").shows("Decide  done").hides("Decide  late").hides("answered late");
}

#[test]
fn the_tick_on_the_call_itself_does_the_same() {
    let mut desk = evening();
    desk.keys(RUNG_BY_THE_CALLER).shows("U-1");
    desk.later(28).shows("999 gone 31m").hides("1 late");
    assert_eq!(first_escalation(&desk), (0, "Decide".to_owned()));
}

#[test]
fn when_nobody_said_at_what_time_the_caller_rang_999_no_time_is_told_until_it_is_filled_in() {
    let mut desk = evening();
    desk.keys("c07700 900118<tab>WQ, carer<tab>qui<enter>ncCannot be woken<tab>rnone, for information")
        .saves();
    let rung = |desk: &Desk| desk.case("U-1").state.facts.milestones[&Milestone::Emergency];
    assert_eq!(rung(&desk).precision, Precision::Unknown);
    desk.shows("999").hides("999 16:42");
    // The decision waits without being late all the same, and nothing says for how long an ambulance has been on its way.
    desk.later(28).shows("999 gone").hides("999 gone 2").hides("1 late");
    assert_eq!(first_escalation(&desk), (0, "Decide".to_owned()));
    desk.keys("<enter>").shows("999 called, time not known").shows("Escalated");
    desk.keys("<ctrl-d>").shows("Called by the caller (time not known)").keys("<esc>");
    let sources = triangulate(&desk.case("U-1").state, &desk.store().zone().expect("a zone"));
    assert_eq!(sources[1].note, "999 called, time not known");
    assert_eq!(sources[2].gap, "escalated 21-Nov-2026 16:42 GMT, no advice recorded");

    desk.keys("m")
        .line("emergency_at")
        .keys("16:39")
        .line("+reason")
        .keys("They rang back and said when")
        .saves();
    assert_eq!((rung(&desk).at, rung(&desk).precision), (at("2026-11-21T16:39:00Z"), Precision::Exact));
    desk.goes_home().shows("999 16:39").shows("999 gone 31m");
    desk.keys("<enter><ctrl-d>").shows("Called by the caller (16:39)");
    desk.assert_record_holds();
}

#[test]
fn whoever_rang_writes_it_down_in_the_morning_without_being_asked_why_and_after_closing() {
    let mut desk = evening();
    desk.keys(CALL).sign_in("okafor").keys("d");
    decide(&mut desk);
    desk.keys("x").line("ended").keys("n").line("outcome").keys("Walking as before, no pain; seen by WQ");
    // Nobody rang the GP, as it was decided: closing asks what becomes of it.
    desk.line("owed.0.becomes").keys("n").line("owed.0.why").keys("Nothing was wrong").saves();
    assert!(desk.case("U-1").state.closed);

    // A shift leader decides nothing, and comes to it in the morning.
    desk.sign_in("brandt").at_time("2026-11-22T09:15:00Z").keys("2<enter>9").line("called").keys("a<enter>");
    let held = desk.text("called_at").chars().count();
    desk.line("called_at").keys(&"<backspace>".repeat(held)).keys("21-Nov-2026 17:00").saves();
    let case = desk.case("U-1");
    let told = case.chronology.iter().find(|told| told.occurred.at == at("2026-11-21T17:00:00Z"));
    assert!(told.is_some_and(|told| !told.late_entry));
    desk.hides("Late entry");
}

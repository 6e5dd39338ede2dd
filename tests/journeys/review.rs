//! The review: by a delegate, countersigned; of one's own decision, which is marked and never stopped.

use super::desk::Desk;
use super::office::Office;
use super::whole::{CALL, decide};

fn reviewed(desk: &mut Desk, as_delegate: &str) {
    desk.line("followed")
        .keys("nThere was none<tab>")
        .line("care_changed")
        .keys("nNothing asked for a change<tab>");
    desk.line("governance").keys("n").line("as_delegate").keys(as_delegate).saves();
}

/// The manager holds the decision tonight, and takes it.
fn decided_by_the_manager(desk: &mut Desk) {
    desk.keys("o").line("staff").keys("lindqvist<enter>").saves();
    desk.keys(CALL).keys("d");
    decide(desk);
}

fn marks(desk: &Desk) -> Vec<bool> {
    let case = desk.case("U-1");
    let reviews = case.chronology.iter().filter(|told| {
        let mark = case.state.entries.iter().find(|mark| mark.id == told.entry.id);
        mark.is_some_and(|mark| mark.reached.contains_key(&dutydesk::domain::case::Milestone::Reviewed))
    });
    reviews.map(|told| told.own_decision).collect()
}

#[test]
fn a_manager_who_also_decided_is_marked_and_not_stopped() {
    let mut desk = Desk::at(Office::opened("2026-11-21T16:42:00Z")).signed_in("lindqvist");
    decided_by_the_manager(&mut desk);
    desk.later(60).keys("r").shows("Marked: you also decided this");
    reviewed(&mut desk, "n");
    assert_eq!(marks(&desk), [true]);
    desk.keys("<enter>").shows("reviewer also decided");
}

#[test]
fn advice_that_nobody_gave_is_hardly_followed_and_the_review_asks_before_it_says_so() {
    let mut desk = Desk::at(Office::opened("2026-11-21T16:42:00Z")).signed_in("lindqvist");
    decided_by_the_manager(&mut desk);
    desk.later(60).keys("r").line("followed").keys("y").line("care_changed").keys("nStill fits<tab>");
    desk.line("governance").keys("n").line("as_delegate").keys("n<ctrl-s>").shows("no advice is on record");
    assert_eq!(marks(&desk), [false; 0], "not saved yet");
    // Asked, not stopped: whoever knows better says so again.
    desk.saves();
    assert_eq!(marks(&desk), [true]);

    // Where advice is on record nothing is asked.
    let mut desk = Desk::at(Office::opened("2026-11-21T16:42:00Z")).signed_in("lindqvist");
    decided_by_the_manager(&mut desk);
    desk.keys("l");
    super::whole::spoke_to_the_surgery(&mut desk, "Visit", "19:00");
    desk.later(60).keys("r").line("followed").keys("y").line("care_changed").keys("nStill fits<tab>");
    desk.line("governance").keys("n").line("as_delegate").keys("n").saves();
}

#[test]
fn a_delegate_who_did_not_decide_is_not_marked_but_the_manager_who_countersigns_is() {
    let mut desk = Desk::at(Office::opened("2026-11-21T16:42:00Z")).signed_in("lindqvist");
    decided_by_the_manager(&mut desk);
    desk.later(60).sign_in("varga").keys("r").hides("Marked: you also decided this");
    reviewed(&mut desk, "y");
    desk.sign_in("lindqvist").keys("y").shows("Marked: you also decided this");
    desk.line("agrees").keys("y").saves();
    assert_eq!(marks(&desk), [false, true]);
}

#[test]
fn what_a_correction_struck_stays_to_be_read_with_who_when_and_why() {
    let mut desk = Desk::at(Office::opened("2026-11-21T16:42:00Z")).signed_in("shah");
    desk.keys(CALL).later(3).keys("<enter>m");
    desk.line("risk").keys("r").line("+reason").keys("Heard it wrong").saves();
    desk.shows("Risk now: AMBER  struck 16:45 by SHAH, Priya: Heard it").shows("corrected once");
    assert!(desk.is_drawn("AMBER", ratatui::style::Modifier::CROSSED_OUT));
}

#[test]
fn who_saw_the_person_and_who_sees_them_next_follows_the_later_steps() {
    let mut desk = Desk::at(Office::opened("2026-11-21T16:42:00Z")).signed_in("shah");
    desk.keys("c07700 900118<tab>WQ<tab>qui<enter>ynSleepy<tab>awhat to do").line("+later").keys("<enter>");
    desk.line("seen_by").keys("WQ").line("seen_at").keys("16:30");
    desk.line("sees_next").keys("night carer").line("sees_next_at").keys("21:00").saves();
    desk.keys("<enter>").shows("WQ 16:30").shows("night carer 21:00").keys("<esc>");
    desk.at_time("2026-11-21T21:10:00Z")
        .keys("5")
        .line("now")
        .keys("Awake, took half a cup, asked for her radio");
    desk.line("risk").keys("g").line("why_lower").keys("Drinks again, and knows where she is");
    desk.line("+later").keys("<enter>").line("seen_by").keys("Night carer QQ");
    desk.line("seen_at").keys("21:05").saves();
    let facts = desk.case("U-1").state.facts;
    assert_eq!(facts.seen.map(|(who, _)| who).as_deref(), Some("Night carer QQ"));
    assert_eq!(facts.sees_next, None, "that visit has been");
    desk.keys("<enter>").shows("Night carer QQ 21:05").hides("night carer 21:00");
}

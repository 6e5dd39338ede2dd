//! Deciding: several ways at once, nobody outside, a person who declines, 999 weighed, and whose act it is.

use dutydesk::domain::answer::{Answer, YesNo};
use dutydesk::domain::case::Milestone;
use dutydesk::domain::entry::Said;

use super::desk::Desk;
use super::office::{Office, at};
use super::whole::CALL;

/// A call was taken; the duty manager, who holds the decision, sits down five minutes later.
pub fn undecided() -> Desk {
    let mut desk = Desk::at(Office::opened("2026-11-21T16:42:00Z")).signed_in("shah");
    desk.keys(CALL).later(5).sign_in("okafor");
    desk
}

/// A decision with all that must be said.
pub fn decide_up_to_saving(desk: &mut Desk) {
    desk.line("route").keys("g<enter>").line("rationale").keys("Needs a doctor today");
    desk.line("why_999").keys("Not called: rousable").line("person_view").keys("Wants to stay at home");
    desk.line("representative_told").keys("y");
}

/// The answers of the last entry of this step.
fn said(desk: &Desk, step: &str) -> dutydesk::domain::answer::Answers {
    let case = desk.case("U-1");
    let of_step = case.chronology.iter().rev().find_map(|told| match &told.entry.said {
        Said::Step(said) if said.step == step => Some(said.answers.clone()),
        _ => None,
    });
    of_step.unwrap_or_else(|| panic!("{step} is recorded"))
}

#[test]
fn several_ways_at_once_with_why_and_what_the_person_wants() {
    let mut desk = undecided();
    desk.keys("d").line("route").keys("gc1f<enter>");
    desk.line("rationale").keys("Drowsy and hardly drinking; wants a doctor's eye before the night");
    desk.line("why_999").keys("Not called: rousable, breathing normally");
    desk.line("person_view").keys("Shook her head at hospital, pointed at her chair");
    desk.line("representative_told").keys("y").saves();

    let case = desk.case("U-1");
    assert_eq!(case.state.facts.routes, ["gp", "community_nursing", "111", "family"]);
    assert_eq!(case.state.facts.milestones[&Milestone::Decided].at, at("2026-11-21T16:47:00Z"));
    assert_eq!(case.chronology[1].entry.who.by, Some(desk.office.staff["duty"]));
    desk.keys("<enter><tab><enter>").shows("GP, Community nursing, 111, Family update");
    desk.shows("Why: Drowsy and hardly drinking").shows("999: why, or why not: Not called: rousable");
    desk.shows("What the person wants: Shook her head")
        .shows("Representative told?: yes")
        .shows("OKAFOR, Adaeze");
}

#[test]
fn nobody_outside_needs_its_reason_and_what_the_person_wants_may_be_unknown_with_why() {
    let mut desk = undecided();
    desk.keys("d")
        .line("route")
        .keys("n<enter>")
        .line("rationale")
        .keys("Seen by the nurse at four, plan stands");
    desk.line("why_999")
        .keys("Not called: awake, talking")
        .line("representative_told")
        .keys("nAsleep, told at 8<tab>");
    desk.keys("<ctrl-s>").shows("Why nobody outside");
    assert_eq!(desk.board().undecided, 1, "nothing is saved without the reason");
    desk.line("why_no_contact").keys("The nurse's advice of four o'clock covers it<ctrl-s>");
    desk.shows("What the person wants");
    assert_eq!(desk.board().undecided, 1, "nor without what she wants, or why that is not known");
    desk.line("view_not_known").keys("Asleep, not woken for it").saves();

    assert_eq!(desk.case("U-1").state.facts.routes, ["no_contact"]);
    let said = said(&desk, "decision");
    assert!(!said.contains_key("person_view"));
    desk.keys("<enter><tab><enter>")
        .shows("Why nobody outside: The nurse's advice")
        .shows("Or not known, because: Asleep");
    desk.shows("Representative told?: no: Asleep, told at 8");
}

#[test]
fn somebody_outside_and_nobody_outside_is_refused_where_it_was_ticked() {
    let mut desk = undecided();
    desk.keys("d").line("route").keys("gn<enter>");
    desk.line("rationale").keys("Seen by the nurse at four, plan stands");
    desk.line("why_999").keys("Not called: awake, talking");
    desk.line("why_no_contact").keys("The nurse's advice covers it");
    desk.line("view_not_known").keys("Asleep").line("representative_told").keys("y");
    desk.line("route").shows("\"No external contact\" and \"GP\" contradict each other");
    desk.keys("<ctrl-s>").shows("Take one of them away");
    assert_eq!(desk.board().undecided, 1, "nothing is saved with both");
    // Telling the family is no contradiction.
    desk.line("route").keys("gf").saves();
    assert_eq!(desk.case("U-1").state.facts.routes, ["family", "no_contact"]);
}

#[test]
fn a_person_who_declines_was_able_to_was_told_and_somebody_watches_for_a_change() {
    let mut desk = undecided();
    desk.keys("d")
        .line("route")
        .keys("d<enter>")
        .line("rationale")
        .keys("She does not want a doctor tonight");
    desk.line("why_999")
        .keys("Not called: awake, steady")
        .line("person_view")
        .keys("Said no, twice, and why");
    desk.line("representative_told").keys("y<ctrl-s>");
    desk.shows("Can they decide this?").shows("What was explained").shows("What would change it");
    assert_eq!(desk.board().undecided, 1);
    desk.line("capacity").keys("ySaid back what could happen and weighed it<tab>");
    desk.line("explained").keys("That it may get worse in the night");
    desk.line("would_change").keys("Harder to wake at ten: WQ looks then").saves();

    let said = said(&desk, "decision");
    let able = Answer::YesNo { is: YesNo::Yes, why: "Said back what could happen and weighed it".to_owned() };
    assert_eq!(said["capacity"], able);
    assert_eq!(desk.case("U-1").state.facts.routes, ["declined"]);
    desk.keys("<enter><tab><enter>").shows("Can they decide this?: yes: Said back");
    desk.shows("What was explained: That it may").shows("What would change it: Harder to wake at ten");
}

#[test]
fn whoever_does_not_hold_the_decision_is_told_whose_it_is() {
    let mut desk = Desk::at(Office::opened("2026-11-21T16:42:00Z")).signed_in("shah");
    desk.keys(CALL);
    // A delegate may hold the duty, but somebody else does now.
    desk.sign_in("varga").keys("d").shows("\"Decision\" is for OKAFOR, A., decision holder now");
    assert!(desk.app.forms().next().is_none(), "no form was opened");

    // A coordinator may write it down for the holder, and has to say who it was.
    desk.sign_in("shah").keys("d");
    decide_up_to_saving(&mut desk);
    desk.keys("<ctrl-s>").shows("say here who it was");
    assert_eq!(desk.board().undecided, 1);
    desk.keys("okafor<enter>").line("read_back").keys("y").saves();
    let case = desk.case("U-1");
    assert_eq!(case.chronology[1].entry.who.by, Some(desk.office.staff["duty"]));
    desk.keys("<enter>").shows("OKAFOR, Adaeze, typed by SHAH, Priya");
}

#[test]
fn the_decision_goes_with_the_duty_when_somebody_else_takes_it_on() {
    let mut desk = undecided();
    desk.keys("o").line("staff").keys("lindqvist<enter>").saves();
    desk.shows("decides LINDQVIST, M.");
    desk.keys("d");
    decide_up_to_saving(&mut desk);
    desk.keys("<ctrl-s>").shows("say here who it was");
    assert_eq!(desk.board().undecided, 1, "the one who passed it on decides no longer");
    desk.keys("<esc>").sign_in("lindqvist").keys("d");
    decide_up_to_saving(&mut desk);
    desk.saves();
    assert_eq!(desk.case("U-1").chronology[1].entry.who.by, Some(desk.office.staff["manager"]));
}

#[test]
fn the_case_itself_says_how_urgent_it_is_whether_it_is_decided_and_whom_to_ring_back() {
    let mut desk = undecided();
    desk.keys("<enter>").shows("undecided 5m").shows("AMBER");
    desk.keys("d");
    decide_up_to_saving(&mut desk);
    desk.saves();
    for (columns, rows) in [(120, 40), (80, 24), (46, 30)] {
        let screen = desk.screen_of(columns, rows);
        for words in [
            "QUILL, Theresa",
            "AMBER",
            "decided 16:47 by OKAFOR, Adaeze: GP",
            "rang: WQ, carer, 07700 900118",
        ] {
            assert!(screen.contains(words), "should show {words:?} at {columns}x{rows}:\n{screen}");
        }
        assert!(!screen.contains("undecided"), "at {columns}x{rows}:\n{screen}");
    }
}

#[test]
fn whoever_may_only_type_a_decision_sees_at_once_that_its_decider_is_asked_also_in_a_draft_taken_up_again() {
    let mut desk = Desk::at(Office::opened("2026-11-21T16:42:00Z")).signed_in("shah");
    desk.keys(CALL).keys("d").shows("Decided by telephone by*");
    desk.line("rationale").keys("He says so<esc>").keys("<esc>");
    let mut desk = desk.killed_and_started_again().signed_in("shah");
    desk.keys("u<enter>").shows("He says so").shows("Decided by telephone by*");
    // Whoever holds the decision now is offered first.
    desk.line("decided_by").keys("<enter><enter>");
    assert_eq!(desk.text("decided_by"), "OKAFOR, Adaeze");
    desk.shows("Read back to them?*");
    // Whoever decides themselves is asked nothing of it.
    desk.keys("<esc>").sign_in("okafor").keys("d").hides("Decided by telephone by*");
}

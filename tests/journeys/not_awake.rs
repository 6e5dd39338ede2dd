//! Somebody who is not awake or not breathing normally: 999 is asked about where it is answered, owed at once, and stands
//! before everything else; and only the ambulance is 999.

use dutydesk::domain::act::Act;
use dutydesk::domain::answer::Answer;
use dutydesk::domain::case::Milestone;
use dutydesk::domain::commitment::Commitment;
use dutydesk::domain::entry::Said;
use dutydesk::domain::views::Told;

use super::desk::Desk;
use super::office::{Office, at};
use super::recorded::acts_as;
use super::whole::{CALL, decide_without_saving};

/// A call about somebody who cannot be woken, for which 999 is answered so, up to where why not is asked.
fn not_awake(emergency: &str) -> String {
    format!("c07700 900118<tab>WQ, carer<tab>qui<enter>n{emergency}")
}

/// What else is asked of a call.
const THE_REST: &str = "Cannot be woken<tab>anone, for information";

fn evening() -> Desk {
    Desk::at(Office::opened("2026-11-21T16:42:00Z")).signed_in("shah")
}

/// What is owed first among the open escalations.
fn first(desk: &Desk) -> String {
    desk.board().escalations.rows[0].commitment.what.clone()
}

#[test]
fn not_called_yet_is_asked_about_then_owed_before_what_has_been_late_for_an_hour() {
    let mut desk = evening();
    desk.keys(CALL).later(60).keys(&not_awake("y")).keys(THE_REST).keys("<ctrl-s>");
    desk.shows("not awake or not breathing normally: ring 999 now");
    assert_eq!(desk.board().undecided, 1, "it is asked before it is saved");
    desk.saves();

    assert_eq!(first(&desk), "Ring 999", "before a decision that is long late");
    desk.shows("U-2").shows("NOT AWAKE OR NOT BREATHING NORMALLY");
    desk.goes_home().later(2).shows("NOT AWAKE OR NOT BREATHING NORMALLY");
    desk.keys("2");
    assert!(desk.little_screen().contains("Ring 999"), "{}", desk.little_screen());
    assert!(desk.little_screen().contains("NOT AWAKE"), "{}", desk.little_screen());
    desk.keys("1<home><enter>").shows("NOT AWAKE OR NOT BREATHING NORMALLY");

    // Whoever went there says how it is now.
    desk.keys("0")
        .line("seen_by")
        .keys("WQ")
        .line("seen_at")
        .keys("-1m")
        .line("how")
        .keys("Opened her eyes, said her name");
    desk.line("awake").keys("y").saves();
    desk.hides("NOT AWAKE");
    assert_eq!(first(&desk), "Ring 999", "that it was owed is for whoever decides to call off");
}

#[test]
fn not_needed_though_not_awake_says_why_not_and_whoever_decides_calls_it_off() {
    let mut desk = evening();
    desk.keys(&not_awake("n")).line("changed").keys(THE_REST).keys("<ctrl-s>");
    desk.shows("ring 999 now, or say why not");
    assert_eq!(desk.board().undecided, 0, "nothing is saved yet");
    desk.line("why_not_999").keys("Expected death; the nurse is with her").saves();
    assert_eq!(first(&desk), "Ring 999");

    desk.goes_home().sign_in("okafor").keys("1d");
    decide_without_saving(&mut desk);
    desk.saves();
    assert_eq!(desk.owed("U-1", "Ring 999").len(), 1);
    assert!(desk.owed("U-1", "Ring 999").iter().all(|owed| !owed.progress.is_open()), "decided otherwise");
}

#[test]
fn a_decision_for_999_goes_on_with_what_is_owed_already_and_only_the_ambulance_is_it() {
    let mut desk = evening();
    desk.keys(&not_awake("y")).keys(THE_REST).keys("<ctrl-s>").saves();
    desk.goes_home().sign_in("okafor").keys("1<enter>d");
    decide_without_saving(&mut desk);
    desk.line("route").keys("g9<enter>").saves();
    assert_eq!(desk.owed("U-1", "Ring 999").len(), 1, "owed once");

    desk.keys("9").line("called").keys("pd<enter>").saves();
    let case = desk.case("U-1").state;
    assert!(!case.facts.milestones.contains_key(&Milestone::Emergency));
    assert!(case.facts.milestones.contains_key(&Milestone::Police));
    assert!(desk.owed("U-1", "Ring 999")[0].progress.is_open(), "nobody has sent an ambulance");
    desk.shows("police 16:42, duty team 16:42").hides("999 16:42");

    desk.later(3).keys("9").line("called").keys("a<enter>").saves();
    assert!(!desk.owed("U-1", "Ring 999")[0].progress.is_open());
    desk.shows("999 16:45, police 16:42, duty team 16:42");
}

#[test]
fn a_duty_team_that_was_rung_leaves_an_undecided_call_as_late_as_it_is() {
    let mut desk = evening();
    desk.keys(CALL).later(60).keys("9").line("called").keys("d<enter>").saves();
    desk.goes_home().shows("1 long late").shows("duty team 17:42").hides("999 gone");
    // In the call itself it is said further down, and 999 stays what is asked first.
    desk.keys("c07700 900119<tab>WQ, carer<tab>mar<enter>yn").line("changed").keys(THE_REST);
    desk.keys("<f4>").line("others_called").keys("p<enter>").saves();
    let case = desk.case("U-2").state;
    assert_eq!(case.facts.milestones[&Milestone::Police].at, at("2026-11-21T17:42:00Z"));
    assert!(!case.facts.milestones.contains_key(&Milestone::Emergency));
}

#[test]
fn a_call_whose_risk_nobody_asked_stands_with_the_worst() {
    let mut desk = evening();
    desk.keys("c07700 900119<tab>WQ, carer<tab>mar<enter>yn<ctrl-s><ctrl-s>").later(1).keys(CALL);
    let rows = desk.board().escalations.rows;
    assert_eq!(rows[0].reference, "U-1", "before the amber one: in doubt the higher");
    assert_eq!(rows[1].reference, "U-2");
}

#[test]
fn a_risk_that_is_lowered_is_asked_about_and_a_reason_answers_it() {
    let mut desk = evening();
    desk.keys(CALL).sign_in("okafor").keys("1<enter>d");
    decide_without_saving(&mut desk);
    desk.line("risk").keys("g<ctrl-s>").shows("AMBER → GREEN: say why");
    assert_eq!(desk.board().undecided, 1, "it is asked before it is saved");
    desk.line("why_lower").keys("Seen by the nurse, walking").saves();
    assert_eq!(desk.case("U-1").state.facts.risk.as_deref(), Some("green"));

    // A second save says that it is so, too; one that raises it again is not asked.
    desk.keys("5").line("now").keys("Drowsy again").line("risk").keys("a").saves();
    desk.keys("5").line("now").keys("Talking").line("risk").keys("g<ctrl-s>").shows("AMBER → GREEN").saves();
    assert_eq!(desk.case("U-1").state.facts.risk.as_deref(), Some("green"));
}

/// Somebody decides in the open case: these are the keys of the ways that it goes.
fn decided(desk: &mut Desk, ways: &str) {
    desk.later(2).keys("d");
    decide_without_saving(desk);
    desk.line("route").keys(&format!("g{ways}<enter>")).saves();
}

/// A decision, counted from the first, is corrected: it was for these ways.
fn was_for(desk: &Desk, which: usize, ways: &[&str]) {
    let view = desk.case("U-1");
    let of_step = |told: &&Told| matches!(&told.entry.said, Said::Step(said) if said.step == "decision");
    let told = view.chronology.iter().filter(of_step).nth(which).expect("it was decided");
    let Said::Step(said) = &told.entry.said else { return };
    let mut answers = told.answers.clone().unwrap_or_else(|| said.answers.clone());
    let ways = ways.iter().map(|way| (*way).to_owned()).collect();
    answers.insert("route".to_owned(), Answer::Choices(ways));
    let act = Act::Amend { entry: told.entry.id, answers, occurred: None, reason: "misread".to_owned() };
    acts_as(desk, "manager", view.state.id, act);
}

/// What is open of ringing 999.
fn to_ring(desk: &Desk) -> Vec<Commitment> {
    desk.owed("U-1", "Ring 999").into_iter().filter(|one| one.progress.is_open()).collect()
}

#[test]
fn an_earlier_decision_that_is_corrected_calls_999_off_neither_for_the_later_one_nor_for_the_call() {
    let mut desk = evening();
    desk.keys(&not_awake("y")).keys(THE_REST).keys("<ctrl-s>").saves();
    desk.goes_home().sign_in("okafor").keys("1<enter>");
    decided(&mut desk, "9f");
    decided(&mut desk, "9");
    let owed = to_ring(&desk);
    was_for(&desk, 0, &["family"]);
    assert_eq!(to_ring(&desk), owed, "decided for 999 still, and by the same time");
    // No correction ends it: whoever decides now does.
    was_for(&desk, 1, &["gp"]);
    assert_eq!(to_ring(&desk), owed, "not awake, and nobody has decided anew");
    desk.goes_home().keys("1<enter>").shows("NOT AWAKE").shows("Ring 999");
    decided(&mut desk, "f");
    assert!(to_ring(&desk).is_empty(), "decided otherwise");
    desk.assert_record_holds();
}

#[test]
fn what_a_corrected_decision_had_made_owed_for_a_later_step_too_is_owed_by_that_one() {
    let mut desk = evening();
    desk.keys(CALL).goes_home().sign_in("okafor").keys("1<enter>");
    decided(&mut desk, "9");
    decided(&mut desk, "9g");
    was_for(&desk, 0, &["family"]);
    assert_eq!(to_ring(&desk).len(), 1, "the later decision is for 999");
    // Found not awake: that asks for it, too, whatever becomes of the decisions.
    desk.goes_home().keys("1<enter>5").line("now").keys("Cannot be woken").line("awake").keys("n").saves();
    assert_eq!(to_ring(&desk).len(), 1, "owed once");
    was_for(&desk, 1, &["family"]);
    assert_eq!(to_ring(&desk).len(), 1, "not awake");
    desk.goes_home().keys("1<enter>").shows("NOT AWAKE").shows("Ring 999");
    desk.keys("9").line("called").keys("a<enter>").saves();
    assert!(to_ring(&desk).is_empty(), "{:?}", to_ring(&desk));
    desk.assert_record_holds();
}

#[test]
fn what_both_decisions_asked_for_ends_when_both_are_corrected() {
    let mut desk = evening();
    desk.keys(CALL).goes_home().sign_in("okafor").keys("1<enter>");
    decided(&mut desk, "9");
    decided(&mut desk, "9");
    was_for(&desk, 0, &["family"]);
    assert_eq!(to_ring(&desk).len(), 1);
    was_for(&desk, 1, &["family"]);
    assert!(to_ring(&desk).is_empty(), "nobody asks for it any more");
    desk.assert_record_holds();
}

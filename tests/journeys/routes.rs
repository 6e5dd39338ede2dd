//! What a decision leaves to do: each way that was chosen is owed until somebody there was rung, and what was done already
//! is not asked for again. Nobody who is not reached promises anything.

use dutydesk::domain::commitment::{Commitment, Progress};

use super::desk::Desk;
use super::office::{Office, at};
use super::whole::CALL;

/// A call that says this of 999, and the form of its decision with these ways.
fn deciding(ways: &str, call: &str) -> Desk {
    let mut desk = Desk::at(Office::opened("2026-11-21T16:42:00Z")).signed_in("okafor");
    desk.keys(call).keys("d").line("route").keys(ways).line("rationale").keys("Needs a doctor today");
    desk.line("why_999").keys("See above").line("person_view").keys("Wants to stay at home");
    desk.line("representative_told").keys("y");
    desk
}

fn open(desk: &Desk, what: &str) -> Vec<Commitment> {
    desk.owed("U-1", what).into_iter().filter(|one| one.progress.is_open()).collect()
}

/// A contact in which nobody answered.
fn nobody_answers(desk: &mut Desk, who: &str) {
    desk.keys("l").line("who").keys(who).line("means").keys("t").line("outcome").keys("n");
}

#[test]
fn each_way_that_was_chosen_is_owed_until_somebody_there_was_rung() {
    let mut desk = deciding("gcf<enter>", CALL);
    desk.line("representative_told")
        .keys("n")
        .line("representative_told.why")
        .keys("Not before we know")
        .saves();
    // Amber: half an hour, by the office's own target, at the duty desk and among the open escalations.
    assert_eq!(open(&desk, "Ring the GP")[0].due, at("2026-11-21T17:12:00Z"));
    assert_eq!(open(&desk, "Ring community nursing").len(), 1);
    desk.goes_home().shows("Ring the GP").keys("<home>");

    // Whoever else is rung, the GP is still to be rung.
    nobody_answers(&mut desk, "District nursing<enter>");
    desk.shows("Which way was that?").line("by_route").keys("c").saves();
    assert!(open(&desk, "Ring community nursing").is_empty());
    assert_eq!(open(&desk, "Ring the GP").len(), 1);
    // The surgery is on record as one, and that is the way that is waited for: nothing is asked.
    nobody_answers(&mut desk, "elms<enter>");
    desk.hides("Which way was that?").saves();
    assert_eq!(desk.owed("U-1", "Ring the GP")[0].progress, Progress::Confirmed);
    assert_eq!(open(&desk, "Ring The Elms Surgery again").len(), 1);

    // Telling the care team tells no family.
    assert_eq!(open(&desk, "Tell the family: look first who must not be told").len(), 1);
}

#[test]
fn who_was_rung_before_the_decision_is_not_owed_again_but_is_by_a_later_one() {
    let mut desk = Desk::at(Office::opened("2026-11-21T16:42:00Z")).signed_in("okafor");
    desk.keys(CALL);
    nobody_answers(&mut desk, "elms<enter>");
    desk.saves();
    let decide = |desk: &mut Desk| {
        desk.keys("d").line("route").keys("g<enter>").line("rationale").keys("Needs a doctor today");
        desk.line("why_999").keys("See above").line("person_view").keys("Wants to stay at home");
        desk.line("representative_told").keys("y").saves();
    };
    decide(&mut desk);
    assert!(desk.owed("U-1", "Ring the GP").is_empty());
    desk.later(20);
    decide(&mut desk);
    assert_eq!(open(&desk, "Ring the GP").len(), 1);
    // Decided once more before anybody rang, it is owed once.
    decide(&mut desk);
    assert_eq!(desk.owed("U-1", "Ring the GP").len(), 1);
}

#[test]
fn what_the_call_says_was_done_is_not_owed_and_nobody_outside_owes_nothing() {
    let by_us = CALL.replace("<enter>yn{", "<enter>yu{P. Shah}<tab>{16:40}<tab>{");
    let mut desk = deciding("9<enter>", &by_us);
    desk.saves();
    assert!(desk.owed("U-1", "Ring 999").is_empty());

    let mut desk = deciding("9<enter>", CALL);
    desk.saves();
    assert_eq!(open(&desk, "Ring 999")[0].due, at("2026-11-21T16:44:00Z"));
    desk.keys("9").line("called").keys("a<enter>").saves();
    assert!(open(&desk, "Ring 999").is_empty());

    let mut desk = deciding("n<enter>", CALL);
    desk.line("why_no_contact").keys("Nothing was wrong").saves();
    let owed = desk.case("U-1").state.commitments;
    let owed: Vec<_> =
        owed.iter().filter(|one| one.progress.is_open()).map(|one| one.what.as_str()).collect();
    assert_eq!(owed, ["24-hour review"]);
}

#[test]
fn a_correction_of_the_ways_takes_back_the_one_and_leaves_the_other_as_it_is() {
    let mut desk = deciding("gc<enter>", CALL);
    desk.saves();
    let nursing = open(&desk, "Ring community nursing").remove(0);
    desk.goes_home().keys("<home><enter>").select("Needs a doctor today").keys("m");
    desk.line("route").keys("g").line("+reason").keys("Meant for another").saves();
    assert!(open(&desk, "Ring the GP").is_empty());
    assert_eq!(open(&desk, "Ring community nursing"), [nursing]);
}

#[test]
fn a_decided_call_of_which_nothing_is_owed_asks_to_be_closed_or_what_is_waited_for() {
    let idle = "Close it, or say what is waited for";
    let mut desk = deciding("n<enter>", CALL);
    desk.line("why_no_contact").keys("Nothing was wrong").saves();
    assert!(desk.owed("U-1", idle).is_empty(), "the review is owed");
    desk.later(60).sign_in("lind").goes_home().keys("<home><enter>r");
    desk.line("followed").keys("nThere was none<tab>").line("care_changed").keys("nNothing to change<tab>");
    desk.line("governance").keys("n").line("as_delegate").keys("n").saves();
    let owed = open(&desk, idle);
    assert_eq!((owed.len(), owed[0].due), (1, at("2026-11-22T17:42:00Z")));
    desk.goes_home().shows("Close it");

    // Said what is waited for: that is owed instead.
    desk.keys("<home><enter>j").line("why").keys("Her daughter comes on Monday");
    desk.line("again").keys("+2h").saves();
    assert_eq!(desk.owed("U-1", idle)[0].progress, Progress::Confirmed);
    assert_eq!(open(&desk, "Look again").len(), 1);

    // Looked again, nothing is owed any more; closing it is asked once, and the form does not ask about itself.
    desk.later(60)
        .keys("5")
        .line("now")
        .keys("Well")
        .line("risk")
        .keys("g")
        .line("why_lower")
        .keys("Walking as before")
        .saves();
    assert_eq!(open(&desk, idle).len(), 1);
    desk.keys("x").line("ended").keys("b").line("outcome").keys("Well, her daughter is there").saves();
    // Closed, nothing is owed but that whoever rang hears of it.
    let case = desk.case("U-1");
    let owed: Vec<_> = case.state.commitments.iter().filter(|one| one.progress.is_open()).collect();
    assert!(case.state.closed);
    assert_eq!(
        owed.iter().map(|one| one.what.as_str()).collect::<Vec<_>>(),
        ["Tell whoever rang what came of it"]
    );
    desk.assert_record_holds();
}

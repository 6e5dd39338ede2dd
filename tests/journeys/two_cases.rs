//! Two open cases of one person: a promise that is days late, and a new fall. What is recorded goes into the one that
//! was picked, and closing one leaves the clocks of the other.

use dutydesk::domain::act::Act;
use dutydesk::domain::commitment::Commitment;
use dutydesk::domain::entry::Said;

use super::desk::Desk;
use super::office::{Office, at};
use super::whole::{CALL, decide, spoke_to_the_surgery};

const FALL: &str = "c07700 900118<tab>WQ, carer<tab>qui<enter>ynFell beside the bed, up again<tab>gwhether to wake the doctor<ctrl-s>";

/// The wound that waits for a nurse since Monday, and the fall of Saturday.
fn two_open() -> Desk {
    let mut desk = Desk::at(Office::opened("2026-11-16T09:00:00Z")).signed_in("okafor");
    desk.keys(CALL).keys("d");
    decide(&mut desk);
    desk.keys("l");
    spoke_to_the_surgery(&mut desk, "Review of the wound", "12:00");
    desk.at_time("2026-11-21T11:30:00Z").keys(FALL);
    desk
}

fn open(desk: &Desk, reference: &str) -> Vec<Commitment> {
    let case = desk.case(reference).state;
    case.commitments.into_iter().filter(|one| one.progress.is_open()).collect()
}

#[test]
fn the_persons_screen_shows_both_and_what_is_recorded_goes_where_it_was_picked() {
    let mut desk = two_open();
    let person = desk.office.people["quill"];
    assert_eq!(desk.person(person).cases.len(), 2);
    desk.keys("<f5>/qui<enter><enter>").shows("U-1").shows("U-2").shows("Review of the wound");

    // The nurse rings about "the review": which of the two, is asked before anything is written.
    desk.keys("l")
        .shows("Which of them is it about?")
        .shows("Sleepier than usual")
        .shows("Fell beside the bed");
    let before = (desk.case("U-1").chronology.len(), desk.case("U-2").chronology.len());
    desk.keys("<esc>");
    assert_eq!(before, (desk.case("U-1").chronology.len(), desk.case("U-2").chronology.len()));
    desk.keys("l<down><enter>");
    spoke_to_the_surgery(&mut desk, "Nurse comes", "15:00");
    assert!(open(&desk, "U-1").iter().any(|one| one.what == "Nurse comes"), "{}", desk.screen());
    assert!(open(&desk, "U-2").iter().all(|one| one.what != "Nurse comes"));
}

#[test]
fn what_is_owed_about_the_person_is_answered_where_it_stands_and_closing_one_leaves_the_other() {
    let mut desk = two_open();
    desk.keys("<f5>/qui<enter><enter>");
    // Picked among what is owed, there is nothing left to ask.
    desk.select("Review of the wound");
    desk.keys("h").shows("Chase-up").line("person").keys("Sister QQ").line("outcome").keys("s");
    desk.line("by").keys("16:00").says_what_the_wait_means().saves();
    let wound = open(&desk, "U-1").into_iter().find(|one| one.what == "Review of the wound").expect("owed");
    assert_eq!((wound.due, wound.chased), (at("2026-11-21T16:00:00Z"), 1));

    desk.keys("<esc><esc><esc><home>d");
    decide(&mut desk);
    desk.keys("<home>x")
        .line("ended")
        .keys("n")
        .line("outcome")
        .keys("Walking as before, no pain; seen by WQ")
        .line("owed.0.becomes")
        .keys("n")
        .line("owed.0.why")
        .keys("Nothing was wrong")
        .saves();
    assert!(desk.case("U-2").state.closed, "{}", desk.screen());
    assert!(open(&desk, "U-1").iter().any(|one| one.id == wound.id), "the other clock goes on");
    let person = desk.office.people["quill"];
    assert!(desk.person(person).owed.iter().any(|row| row.commitment.id == wound.id));
}

#[test]
fn a_delay_and_a_new_fall_stand_side_by_side_and_the_nurse_speaks_of_one_of_them() {
    let mut desk = two_open();
    // The wound's review is five days late and followed as a delay from now on.
    desk.keys("3").select("Review of the wound").keys("+<enter>").line("kind").keys("v");
    desk.line("impact").keys("Keeps off the foot; sore at night").line("risk").keys("a");
    desk.line("before")
        .keys("Wound 3 cm across")
        .line("by")
        .keys("none")
        .line("by.why")
        .keys("No date given");
    desk.line("no_control").keys("Dressed by the day shift as before").saves();
    let person = desk.office.people["quill"];
    assert_eq!(desk.person(person).cases.len(), 3);

    // The nurse rings about "the review": in which of them it is written down is asked, and what was picked has it.
    desk.goes_home().keys("<f5>/qui<enter><enter>").shows("D-1").shows("U-2");
    desk.keys("l").shows("Which of them is it about?").shows("D-1").shows("Fell beside the bed");
    desk.keys("<esc>").select("The Elms Surgery").keys("h").line("person").keys("Sister QQ");
    desk.line("means").keys("t").line("outcome").keys("s").line("by").keys("Monday 10:00");
    desk.line("controls_changed").keys("n").saves();
    let review = desk.owed("D-1", "Review of the wound").pop().expect("owed");
    assert_eq!((review.due, review.chased), (at("2026-11-23T10:00:00Z"), 1));
    assert!(open(&desk, "U-2").iter().all(|one| one.what != "Review of the wound"));

    // Closing the fall leaves the delay's clocks.
    desk.goes_home().keys("<f5>/qui<enter><enter>").select("U-2").keys("<enter>d");
    decide(&mut desk);
    desk.keys("x").line("ended").keys("n").line("outcome").keys("Walking as before; seen by WQ");
    desk.line("owed.0.becomes").keys("n").line("owed.0.why").keys("Nothing was wrong").saves();
    assert!(desk.case("U-2").state.closed);
    assert!(open(&desk, "D-1").iter().any(|one| one.id == review.id));
}

#[test]
fn a_contact_that_concerns_both_makes_one_entry_in_each_and_says_that_they_are_the_same() {
    let mut desk = two_open();
    // Whoever may record in both may say so: linking cases at will is a manager's.
    desk.sign_in("brandt").keys("<f5>/qui<enter><enter>l").shows("Both: one entry in each").keys("0");
    desk.shows("U-2 + U-1");
    spoke_to_the_surgery(&mut desk, "Nurse sees the wound and the hip", "15:00");
    let both = ["U-1", "U-2"].map(|reference| desk.case(reference));
    for case in &both {
        let owed = case.state.commitments.iter().filter(|one| one.what == "Nurse sees the wound and the hip");
        assert_eq!(owed.count(), 1, "{}", case.reference);
        assert!(case.chronology.iter().any(|told| matches!(
            &told.entry.said,
            Said::Act(Act::Link { reason, .. }) if reason.ends_with("the same contact in both")
        )));
    }
    assert_eq!(both[0].state.links, [both[1].state.id]);

    // Nothing is decided for two at once.
    desk.sign_in("okafor").keys("<f5>/qui<enter><enter>d").shows("Which of them").hides("one entry in each");
}

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
    desk.line("by").keys("16:00").saves();
    let wound = open(&desk, "U-1").into_iter().find(|one| one.what == "Review of the wound").expect("owed");
    assert_eq!((wound.due, wound.chased), (at("2026-11-21T16:00:00Z"), 1));

    desk.keys("<esc><esc><esc><home>d");
    decide(&mut desk);
    desk.keys("<home>x")
        .line("ended")
        .keys("n")
        .line("outcome")
        .keys("Walking as before, no pain; seen by WQ")
        .saves();
    assert!(desk.case("U-2").state.closed, "{}", desk.screen());
    assert!(open(&desk, "U-1").iter().any(|one| one.id == wound.id), "the other clock goes on");
    let person = desk.office.people["quill"];
    assert!(desk.person(person).owed.iter().any(|row| row.commitment.id == wound.id));
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

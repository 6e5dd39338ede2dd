//! Two queues at the end of an afternoon: whom to ring before they shut, and on whom nobody has their eyes.

use dutydesk::domain::answer::When;

use super::desk::Desk;
use super::liaise::spoke;
use super::office::{Office, at};
use super::whole::{CALL, decide};

/// A Friday afternoon. The surgery is open until half past five and has promised a visit for tomorrow.
fn friday() -> Desk {
    let mut desk = Desk::at(Office::opened("2026-11-27T13:40:00Z")).signed_in("okafor");
    desk.keys("<f6>").select("The Elms").keys("<enter>e").line("hours").keys("Mon-Fri 08:00-17:30").saves();
    desk.goes_home().keys(CALL).keys("d");
    decide(&mut desk);
    desk.sign_in("shah");
    spoke(&mut desk, "elms<enter>");
    desk.line("promises.+").keys("<enter>").line("promises.0.what").keys("Visit");
    desk.line("promises.0.by").keys("tomorrow 11:00").saves();
    desk
}

#[test]
fn from_half_past_two_on_a_friday_the_board_says_whom_to_ring_before_they_shut() {
    let mut desk = friday();
    desk.at_time("2026-11-27T14:29:00Z").hides("to ring before");
    desk.at_time("2026-11-27T14:30:00Z").shows("1 to ring before 17:30").shows("ctrl-n");
    assert!(desk.little_screen().contains("1 to ring before 17:30  ctrl-n"));

    // The number first, about whom, what, until when they can be rung, and that she goes into the weekend unprotected.
    desk.keys("<ctrl-n>").shows("01632 960118").shows("QUILL, Theresa").shows("Visit").shows("28-Nov 11:00");
    desk.shows("closes 17:30, opens Mon 08:00").shows("no interim control !");
    let little = desk.little_screen();
    assert!(little.contains("01632 960118") && little.contains("closes 17:30"), "{little}");
    desk.keys("i").line("controls.0.what").keys("Two carers").line("controls.0.review_by").keys("22:00");
    desk.line("team_told").keys("y").saves();
    desk.shows("Two carers, look again 22:00").hides("no interim control");

    // Enter opens the case at what is owed; h chases it at once, on that promise.
    desk.keys("<enter>").shows("U-1").shows("The Elms Surgery").keys("<esc>");
    desk.keys("h").shows("Chase-up").line("outcome").keys("s").line("person").keys("Dr ZZ");
    desk.line("by").keys("16:30").saves();
    let visit = desk.owed("U-1", "Visit").pop().expect("it stands anew");
    assert_eq!((visit.chased, visit.due), (1, at("2026-11-27T16:30:00Z")));
    desk.shows("Nobody is to be rung before they shut").goes_home().hides("to ring before");

    // Late, and they close within the hour: it counts again, until they have closed.
    desk.at_time("2026-11-27T16:40:00Z").shows("1 to ring before 17:30");
    desk.at_time("2026-11-27T17:30:00Z").hides("to ring before");
    // Shut, and without a number for the night: the list is of whom somebody can still ring.
    desk.keys("<ctrl-n>").shows("Nobody is to be rung before they shut");
}

#[test]
fn a_number_for_the_night_is_given_for_somebody_at_risk_and_never_for_a_report() {
    let mut desk = friday();
    desk.keys("<f6>").select("The Elms").keys("<enter>e").line("out_of_hours").keys("111, option 2").saves();
    // A routine matter, promised for the same Saturday.
    desk.goes_home().keys(":routine liai").shows("Begin: Routine liaison").keys("<enter>");
    desk.line("who").keys("elms<enter>").line("began").keys("w").line("purpose").keys("m");
    desk.line("headline")
        .keys("Report for the review")
        .line("about")
        .keys("qui<enter>")
        .line("how")
        .keys("e");
    desk.line("outcome").keys("t").line("shared").keys("What the review is about").line("basis").keys("e");
    desk.line("promises.0.what").keys("Report").line("promises.0.by").keys("tomorrow 11:00").saves();
    // While they are there, both are to be rung for.
    desk.goes_home().keys("<ctrl-n>").shows("Visit").shows("Report");
    // Shut until Monday: who waits for a visit is rung for at their number for such hours, the report waits.
    desk.goes_home().at_time("2026-11-27T18:00:00Z").keys("<ctrl-n>");
    desk.shows("111, option 2").shows("Visit").hides("Report");
    // What fell due on Saturday morning still is; once they are back it is late like all else.
    desk.goes_home().at_time("2026-11-29T05:07:00Z").keys("<ctrl-n>").shows("Visit").hides("Report");
}

#[test]
fn the_line_comes_with_the_clock_and_goes_with_whoever_it_was_told_to() {
    let mut desk = friday();
    desk.at_time("2026-11-27T15:00:00Z").shows("1 to ring before 17:30");
    desk.keys("<f12>").hides("to ring before");
    desk.sign_in("okafor").shows("1 to ring before 17:30");
}

#[test]
fn whoever_has_no_hours_on_record_stands_at_the_end_and_says_so() {
    let mut desk = friday();
    spoke(&mut desk, "{District nursing hub}<enter>");
    desk.line("promises.+").keys("<enter>").line("promises.0.what").keys("Dressing");
    desk.line("promises.0.by").keys("tomorrow 9:00").saves();
    desk.keys("<ctrl-n>");
    let screen = desk.screen();
    let line = |words: &str| screen.lines().position(|line| line.contains(words));
    assert!(line("Visit").expect("listed") < line("Dressing").expect("listed"), "{screen}");
    desk.shows("hours not on record").shows("no number");
    desk.at_time("2026-11-27T15:00:00Z").goes_home().shows("1 to ring before 17:30");
}

#[test]
fn a_call_on_which_nobody_has_their_eyes_says_so_until_somebody_has_seen_them() {
    let mut desk = Desk::at(Office::opened("2026-11-21T16:42:00Z")).signed_in("shah");
    desk.keys(CALL).hides("nobody sees them next");
    desk.keys("<ctrl-e>").shows("nobody named yet").goes_home();
    desk.at_time("2026-11-21T17:13:00Z").shows("nobody sees them next");
    // In the call log and among the escalations.
    assert!(desk.screen().matches("nobody").count() >= 2, "{}", desk.screen());
    desk.keys("<ctrl-e>")
        .shows("Eyes on")
        .shows("31m")
        .shows("nobody sees them next")
        .shows("QUILL, Theresa");

    // Anybody records it at once, without amending the call.
    desk.keys("0").shows("Seen next by").line("seen_by").keys("WQ").line("seen_at").keys("17:05");
    desk.line("how").keys("Sitting up, talking, half a cup of tea");
    desk.line("sees_next").keys("LT, evening carer").line("sees_next_at").keys("18:00").saves();
    desk.shows("WQ 17:05").shows("LT, evening carer 18:00").hides("nobody sees them next");
    let facts = desk.case("U-1").state.facts;
    assert_eq!(facts.seen.map(|(_, when)| when), Some(When::exact(at("2026-11-21T17:05:00Z"))));
    desk.goes_home().hides("not seen since");

    // LT did not come: a quarter of an hour later the rows say since when.
    desk.at_time("2026-11-21T18:15:00Z").hides("not seen since");
    desk.at_time("2026-11-21T18:16:00Z").shows("not seen since 17:05");
    assert!(
        desk.little_screen().contains("unseen 17:05")
            || desk.little_screen().contains("not seen since 17:05")
    );

    // In hospital others have their eyes on her.
    desk.sign_in("okafor").keys("1p").keys("n").keys("w").line("where").keys("i");
    desk.line("whereabouts").keys("St Mary's, ward 4").line("since").keys("18:10");
    desk.line("said_by").keys("Paramedic").saves();
    desk.goes_home().hides("not seen since").keys("<ctrl-e>").shows("No urgent call is open");
    desk.assert_record_holds();
}

#[test]
fn eyes_on_lists_the_worst_first_and_of_one_risk_whoever_was_not_seen_for_longest() {
    let mut desk = Desk::at(Office::opened("2026-11-21T16:42:00Z")).signed_in("shah");
    desk.keys(CALL).later(20).keys(CALL).later(1);
    desk.keys(&CALL.replace("<tab>a{", "<tab>r{"));
    let manager =
        desk.store().viewer_for(Some(desk.office.staff["manager"]), desk.office.now()).expect("a viewer");
    let rows = desk.store().eyes(&manager).expect("they can be read");
    let order: Vec<&str> = rows.iter().map(|row| row.reference.as_str()).collect();
    assert_eq!(order, ["U-3", "U-1", "U-2"]);
}

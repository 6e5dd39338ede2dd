//! What keeps somebody safe while others are waited for: it begins, is looked at again by a time, is kept or ends.

use dutydesk::domain::commitment::Progress;

use super::desk::Desk;
use super::office::{Office, at};
use super::whole::{CALL, decide};

/// A decided call for whom two more carers come from six on.
fn extra_staff() -> Desk {
    let mut desk = Desk::at(Office::opened("2026-11-21T16:42:00Z")).signed_in("okafor");
    desk.keys(CALL).keys("d");
    decide(&mut desk);
    desk.sign_in("shah");
    desk.keys("i").line("controls.+").keys("<enter>");
    desk.line("controls.0.what").keys("A second carer for every move");
    desk.line("controls.0.review_by").keys("tomorrow 12:00").line("controls.0.kind").keys("x");
    desk.line("controls.0.from").keys("18:00").line("team_told").keys("y");
    desk.keys("<ctrl-s>").shows("Who and when");
    assert!(desk.owed("U-1", "A second carer for every move").is_empty(), "not without who and when");
    desk.line("controls.0.staff").keys("One carer, 07:00-22:00").saves();
    desk
}

#[test]
fn extra_staff_begin_are_looked_at_again_and_end_at_their_times() {
    let mut desk = extra_staff();
    let what = "A second carer for every move";
    let control = &desk.owed("U-1", what)[0];
    assert_eq!((control.due, control.progress), (at("2026-11-22T12:00:00Z"), Progress::Requested));
    assert_eq!(desk.case("U-1").state.facts.controls, [what]);
    desk.keys("<enter>").shows(what).keys("<tab><enter>");
    desk.shows("Extra staff").shows("07:00-22:00 · 21-Nov-2026 18:00 GMT").goes_home();

    // The next day it is kept, with a new time; it is owed until it is written down again.
    desk.at_time("2026-11-22T11:50:00Z");
    desk.keys("2<home>").select("A second carer").keys("g");
    desk.line("safe").keys("yNo fall since").line("outcome").keys("k").saves();
    assert!(desk.owed("U-1", what)[0].progress == Progress::Confirmed);
    let renew = "Renew the interim control";
    assert!(desk.owed("U-1", renew)[0].progress.is_open());
    desk.keys("i").line("controls.+").keys("<enter>");
    desk.line("controls.0.what")
        .keys(what)
        .line("controls.0.review_by")
        .keys("+24h")
        .line("team_told")
        .keys("y");
    desk.saves();
    assert!(!desk.owed("U-1", renew)[0].progress.is_open());

    // It ends, and says when it did.
    desk.later(90).keys("2<home>").select("A second carer").keys("g");
    desk.line("safe").keys("yHoist fitted at eleven").line("outcome").keys("e");
    desk.instead("ended_at", "13:05").keys("<ctrl-s>").shows("What it achieved");
    desk.line("achieved")
        .keys("No fall in the four hours without the hoist; she was moved three times")
        .saves();
    assert!(desk.case("U-1").state.facts.controls.is_empty());
    desk.keys("<enter><tab><enter>").shows("It has ended").shows("13:05").shows("No fall in the four hours");
}

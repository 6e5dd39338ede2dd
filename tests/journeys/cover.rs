//! Nobody comes: a visit without a worker, from the first word to what shows that it took place, or did not.

use dutydesk::domain::commitment::{Party, Progress};
use dutydesk::domain::permission::Viewer;
use dutydesk::domain::views::{VisitFilter, VisitRow};

use super::desk::Desk;
use super::office::{Office, at};

fn evening() -> Desk {
    Desk::at(Office::opened("2026-11-21T17:30:00Z")).signed_in("shah")
}

pub fn uncovered(desk: &mut Desk) -> &mut Desk {
    desk.keys("va").line("kind").keys("m").line("about").keys("qui<enter>");
    desk.line("from").keys("21:00").line("until").keys("21:30");
    desk.line("medicines").keys("y").line("medicines.why").keys("insulin, by 21:15 at the latest");
    desk.line("risk").keys("a").line("why").keys("s");
    desk.line("provider").keys("Larkfold Staffing<enter>").saves()
}

fn visits(desk: &Desk, filter: &VisitFilter) -> Vec<VisitRow> {
    desk.store().visits(&Viewer::system(), filter, 100).expect("visits are read")
}

#[test]
fn who_was_told_of_an_uncovered_visit_is_never_nobody() {
    let mut desk = evening();
    uncovered(&mut desk).keys("<enter>t").keys("<ctrl-s>").shows("still open");
    desk.line("told.0.whom").keys("p").line("told.0.name").keys("Theresa Quill<enter>");
    desk.line("told.0.how").keys("t").saves();
}

#[test]
fn a_visit_is_covered_before_it_begins_and_closed_by_what_shows_that_it_took_place() {
    let mut desk = evening();
    desk.keys("v").shows("No visit or shift is without somebody").keys("<esc>");
    uncovered(&mut desk);
    desk.shows("V-1")
        .shows("QUILL, Theresa")
        .shows("nobody yet")
        .shows("Larkfold Staffing")
        .shows("Medicine");

    // It is the duty desk's to arrange by the time it begins, and to ask afterwards whether it took place.
    let owed = desk.owed("V-1", "Arrange cover").remove(0);
    assert_eq!(
        (owed.due, owed.owner),
        (at("2026-11-21T21:00:00Z"), Party::Role("duty_coordinator_on_duty".into()))
    );
    assert_eq!(owed.warn_from, Some(at("2026-11-21T19:00:00Z")));
    let asked = desk.owed("V-1", "Did the visit take place?").remove(0);
    assert_eq!(asked.due, at("2026-11-21T21:45:00Z"));
    desk.keys("<esc>").shows("1 uncovered");

    // Somebody is found, and who was told stands in receipts.
    desk.later(20).keys("v<enter>a");
    desk.line("who").keys("Wanda Quist, 07700 900355").line("whole").keys("y").line("knows").keys("y");
    desk.line("told.+").keys("<enter>").line("told.0.whom").keys("p");
    desk.line("told.0.name").keys("Theresa Quill<enter>").line("told.0.how").keys("t").saves();
    let case = desk.case("V-1");
    assert_eq!(case.state.state, "covered");
    assert_eq!(desk.owed("V-1", "Arrange cover")[0].progress, Progress::Confirmed);
    desk.goes_home().hides("uncovered").keys("v").shows("Wanda Quist");

    // It took place: by whom that is known.
    desk.at_time("2026-11-21T21:40:00Z").keys("<enter>y");
    desk.line("how").keys("y").line("shown_by").keys("Visit record 21:04").saves();
    let case = desk.case("V-1");
    assert!(case.state.closed, "{}", desk.screen());
    assert_eq!(case.state.facts.how_closed.as_deref(), Some("Yes, in time"));
    assert!(case.state.commitments.iter().all(|one| !one.progress.is_open()), "{:?}", case.state.commitments);
    desk.goes_home().keys("v").hides("QUILL");
}

#[test]
fn without_cover_what_is_done_instead_is_written_down_and_it_stays_owed() {
    let mut desk = evening();
    uncovered(&mut desk).keys("<enter>a");
    desk.line("who").keys("Wanda Quist").line("whole").keys("y").line("knows").keys("y").saves();

    // She does not come either: nobody covers it any more, and it is owed anew.
    desk.at_time("2026-11-21T20:40:00Z").keys("i");
    desk.line("done")
        .keys("wf<enter>")
        .line("what")
        .keys("Rang at 20:38, daughter gives the insulin at 21:00")
        .saves();
    let case = desk.case("V-1");
    assert_eq!(case.state.state, "uncovered");
    assert_eq!(case.state.facts.visit.as_ref().expect("a visit").covered_by, None);
    let again = desk.owed("V-1", "Arrange cover");
    assert_eq!((again.len(), again[1].due), (2, at("2026-11-21T21:10:00Z")));

    // It did not take place: somebody looks after the person now.
    desk.at_time("2026-11-21T21:50:00Z").keys("y").line("how").keys("n").saves();
    assert_eq!(desk.case("V-1").state.state, "missed");
    let safe = desk.owed("V-1", "Nobody came: see that they are safe").remove(0);
    assert_eq!(safe.due, at("2026-11-21T22:20:00Z"), "amber: half an hour");
    desk.later(10).keys("f").line("saw").keys("Hannah, the daughter, in the room");
    desk.line("well").keys("y").line("well.why").keys("Awake, eating, sugar 7.8");
    desk.line("catch_up").keys("Insulin given by the daughter at 21:05").saves();
    let case = desk.case("V-1");
    assert!(case.state.closed);
    assert!(case.state.commitments.iter().all(|one| !one.progress.is_open()));
    assert_eq!(
        case.state.facts.seen.as_ref().map(|(by, _)| by.as_str()),
        Some("Hannah, the daughter, in the room")
    );
}

#[test]
fn whoever_else_is_left_without_one_provider_tonight_is_one_list() {
    let mut desk = evening();
    uncovered(&mut desk).keys("<esc>");
    // A shift at a place is about nobody alone; it is one of our own.
    desk.keys("va").line("kind").keys("s").line("place").keys("rowan<enter>");
    desk.line("from").keys("22:00").line("until").keys("22-Nov 07:00").line("medicines").keys("n");
    desk.line("risk").keys("r").line("why").keys("v").saves();
    desk.shows("Rowan House").shows("our own").shows("Larkfold");
    desk.keys("/larkf").shows("QUILL").hides("our own").keys("<esc><esc>");
    let by_larkfold = VisitFilter { provider: Some("larkfold".into()), ..VisitFilter::default() };
    let found = visits(&desk, &by_larkfold);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].subject.as_ref().map(|row| row.name.as_str()), Some("QUILL, Theresa"));
    let tonight = VisitFilter { from: Some(at("2026-11-21T21:30:00Z")), ..VisitFilter::default() };
    assert_eq!(visits(&desk, &tonight)[0].place.as_deref(), Some("Rowan House"));

    // No longer needed: closed with a reason, and opened again when it is.
    desk.keys("v<enter>x").line("because").keys("h").line("who_says").keys("Ward 4, admitted at six").saves();
    assert!(desk.case("V-1").state.closed);
    desk.keys("4").line("reason").keys("Home again, the ward was wrong").saves();
    assert_eq!(desk.case("V-1").state.state, "uncovered");
    assert!(desk.owed("V-1", "Arrange cover").iter().any(|one| one.progress.is_open()));
}

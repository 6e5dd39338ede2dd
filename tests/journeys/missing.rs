//! Somebody is missing: saying so on their record starts the clocks of the search, and whoever is back leaves nothing owed
//! that nobody decided about.

use dutydesk::domain::commitment::{Commitment, Party, Progress};
use dutydesk::domain::permission::Viewer;

use super::desk::Desk;
use super::office::{Office, at};

/// A Saturday evening on which Brian Oakes did not come back, as his record says it.
fn not_back() -> Desk {
    let mut desk = Desk::at(Office::opened("2026-11-21T20:00:00Z")).signed_in("okafor");
    desk.keys("<f5>/oakes, br<enter><enter>").shows("OAKES, Brian").keys("nw");
    desk.line("where").keys("m").line("whereabouts").keys("Bus stop, red coat, no stick");
    desk.line("since").keys("19:30").line("said_by").keys("Shift leader");
    desk.line("happened").keys("Went for the paper and is not back").saves();
    desk
}

/// What is, or was, owed in the case and begins like this.
fn owed(desk: &Desk, reference: &str, what: &str) -> Vec<Commitment> {
    let owed = desk.case(reference).state.commitments;
    owed.into_iter().filter(|one| one.what.starts_with(what)).collect()
}

#[test]
fn saying_that_somebody_is_missing_owes_search_police_family_and_others_among_the_open_escalations() {
    let mut desk = not_back();
    let case = desk.case("MP-1");
    assert_eq!(case.state.subject, Some(desk.office.people["oakes_2"]));
    let one = |what: &str| {
        let owed = owed(&desk, "MP-1", what);
        assert_eq!(owed.len(), 1, "{what}: {owed:?}");
        (owed[0].due, owed[0].owner.clone())
    };
    let role = |role: &str| Party::Role(role.to_owned());
    assert_eq!(one("Search"), (at("2026-11-21T20:10:00Z"), role("duty_coordinator_on_duty")));
    assert_eq!(one("Police told"), (at("2026-11-21T20:30:00Z"), role("decision_holder")));
    assert_eq!(one("Family told"), (at("2026-11-21T21:00:00Z"), role("duty_coordinator_on_duty")));
    assert_eq!(one("Commissioner and others"), (at("2026-11-22T00:00:00Z"), role("decision_holder")));
    assert_eq!(one("Still missing"), (at("2026-11-21T20:30:00Z"), role("decision_holder")));
    assert!(owed(&desk, "MP-1", "Record that they are missing").is_empty(), "the record says so");
    desk.goes_home().shows("Search: ").shows("Police told");
    let first = desk.board().escalations.rows;
    let at = first.iter().position(|row| row.commitment.what.starts_with("Still missing"));
    assert!(
        at.is_some_and(|at| at < 3),
        "a look again stands with the search, before everything else that is open"
    );

    // Seen somewhere else meanwhile: the same search goes on, no second one is opened.
    desk.keys("<f5>/oakes, br<enter><enter>nw");
    desk.line("where").keys("m").line("whereabouts").keys("Seen at the station").line("since").keys("20:00");
    desk.line("said_by").keys("Bus driver").line("happened").keys("Seen from a bus").saves();
    let escalations = desk.board().escalations.rows;
    assert_eq!(escalations.iter().filter(|row| row.commitment.what.starts_with("Search")).count(), 1);

    // An urgent call about him is the first that is offered from here.
    desk.goes_home().keys("<f9>/MP-1<enter><enter>+").shows("Urgent call");
}

#[test]
fn police_not_told_is_owed_again_and_told_opens_the_notification_once() {
    let mut desk = not_back();
    desk.goes_home().keys("<f9>/MP-1<enter><enter>9").line("told").keys("n");
    desk.line("why_not").keys("His sister may have him; she is rung first").saves();
    let again = owed(&desk, "MP-1", "Police not told yet");
    assert!(again[0].progress.is_open());
    desk.later(10).keys("9").line("told").keys("9").line("reference").keys("LK-417").saves();
    assert!(owed(&desk, "MP-1", "Police").iter().all(|one| one.progress == Progress::Confirmed));
    assert_eq!(desk.case("N-1").state.subject, Some(desk.office.people["oakes_2"]));
    desk.keys("9").line("told").keys("1").line("reference").keys("the same").saves();
    assert!(desk.store().case_by_reference(&Viewer::system(), "N-2").is_err(), "decided about once");
}

#[test]
fn whoever_is_back_leaves_nothing_owed_unanswered() {
    let mut desk = not_back();
    desk.later(5).goes_home().keys("<f9>/MP-1<enter><enter>f");
    desk.line("how").keys("c").line("where").keys("His sister's").line("well").keys("yCold, had tea");
    desk.line("outcome").keys("Sister brings him; police were not rung").keys("<ctrl-s>").shows("still open");
    let rows: Vec<String> = (0..9).map(|row| desk.text(&format!("owed.{row}.what"))).collect();
    for row in rows.iter().take_while(|row| !row.is_empty()).enumerate().map(|(at, _)| at) {
        desk.line(&format!("owed.{row}.becomes")).keys("n");
        desk.line(&format!("owed.{row}.why")).keys("He is back");
    }
    desk.saves();
    let case = desk.case("MP-1");
    assert!(case.state.closed);
    let open: Vec<_> = case.state.commitments.iter().filter(|one| one.progress.is_open()).collect();
    let what: Vec<_> = open.iter().map(|one| one.what.as_str()).collect();
    assert_eq!(
        what,
        [
            "Record where they are now: Came back by themselves",
            "Talk with them: what made them go, what would help"
        ]
    );
    // Everybody is told that he is missing until his record says otherwise.
    desk.goes_home().shows("MISSING").shows("Record wher");
}

#[test]
fn back_on_the_record_asks_what_becomes_of_the_search() {
    let mut desk = not_back();
    desk.later(5).goes_home().keys("<f5>/oakes, br<enter><enter>nw");
    desk.line("where").keys("h").line("since").keys("-1m").line("said_by").keys("Shift leader");
    desk.keys("<ctrl-s>").shows("still open");
    let rows: Vec<String> = (0..9).map(|row| desk.text(&format!("owed.{row}.what"))).collect();
    assert!(rows[0].starts_with("Search"), "{rows:?}");
    for row in rows.iter().take_while(|row| !row.is_empty()).enumerate().map(|(at, _)| at) {
        desk.line(&format!("owed.{row}.becomes")).keys("n");
    }
    desk.saves();
    let search = owed(&desk, "MP-1", "Search");
    assert_eq!(search[0].progress, Progress::Cancelled);
    desk.goes_home().hides("MISSING");
    // Missing again another day is another search.
    desk.later(60).keys("<f5>/oakes, br<enter><enter>nw");
    desk.line("where").keys("m").line("whereabouts").keys("Garden gate").line("since").keys("21:00");
    desk.line("said_by").keys("Night staff").line("happened").keys("Not in bed").saves();
    assert!(owed(&desk, "MP-2", "Search")[0].progress.is_open());
}

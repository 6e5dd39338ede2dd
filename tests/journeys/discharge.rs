//! Home from hospital: what has to be ready, who went first, how it goes, and what is asked where somebody is back soon.

use dutydesk::domain::commitment::Progress;

use super::begins::{begins, opens};
use super::desk::Desk;
use super::office::{Office, at};

/// A Monday; somebody is to come home on Thursday.
fn planned() -> Desk {
    let mut desk = Desk::at(Office::opened("2026-11-16T10:00:00Z")).signed_in("okafor");
    begins(&mut desk, "Home from hospital");
    desk.line("about").keys("qui<enter>").line("hospital").keys("County Hospital<enter>");
    desk.line("ward").keys("Ward 4, 01632 960400").line("who_decides").keys("Discharge hub, 01632 960401");
    desk.line("expected").keys("19-Nov 14:00").line("changed").keys("Two to stand, soft food").saves();
    opens(&mut desk, "HD-1");
    desk
}

fn ready(desk: &mut Desk, medicines: &str) {
    desk.keys("r").line("medicines").keys(medicines).line("equipment").keys("r").line("package").keys("r");
    desk.line("plan").keys("r");
    if medicines == "n" {
        desk.line("what_is_left").keys("Ward pharmacy sends them by noon");
    }
    desk.saves();
}

fn agreed(desk: &mut Desk) {
    desk.keys("g")
        .line("with")
        .keys("Hub, J. Tan")
        .line("plan")
        .keys("Thursday two o'clock, Ines receives her");
    desk.line("view")
        .keys("\"At last\"")
        .line("first_visit_by")
        .keys("Wanda Quist")
        .line("reviews.+")
        .keys("<enter>");
    desk.line("reviews.0.what")
        .keys("after a week, with the nurse")
        .line("reviews.0.by")
        .keys("26-Nov 14:00")
        .saves();
}

fn arrived(desk: &mut Desk, often: &str) {
    desk.keys("a").line("received_by").keys("Ines Brandt").line("all_there").keys("y");
    desk.line("how").keys("Tired, talking, two to stand").line("watch_from").keys("20-Nov 10:00");
    desk.line("often").keys(often).saves();
}

fn first_visit(desk: &mut Desk) {
    desk.keys("f").line("by").keys("Wanda Quist").line("how").keys("Ate half, skin whole, no pain");
    desk.line("medicines")
        .keys("y")
        .line("equipment")
        .keys("y")
        .line("house")
        .keys("y")
        .line("risk")
        .keys("g")
        .saves();
}

#[test]
fn somebody_comes_home_to_what_was_agreed_and_is_looked_after_until_it_has_settled() {
    let mut desk = planned();
    assert_eq!(desk.owed("HD-1", "Home from County Hospital")[0].due, at("2026-11-19T14:00:00Z"));
    // Who has to do what, each with its clock.
    desk.keys("l")
        .line("who")
        .keys("elms<enter>")
        .line("person")
        .keys("Dr ZZ")
        .line("shared")
        .keys("Home on Thursday");
    desk.line("advice").keys("Bloods within the week").line("promises.+").keys("<enter>");
    desk.line("promises.0.what").keys("Bloods").line("promises.0.by").keys("18-Nov 12:00").saves();
    desk.keys("b").line("by").line("evidence").keys("Lab form seen").saves();

    // Nothing is agreed while something is not ready.
    ready(&mut desk, "n");
    desk.keys("g").shows("Medicines are not said to be ready");
    assert!(desk.owed("HD-1", "Still to be made ready")[0].progress.is_open());
    ready(&mut desk, "r");
    assert!(!desk.owed("HD-1", "Still to be made ready")[0].progress.is_open());
    agreed(&mut desk);
    assert_eq!(desk.case("HD-1").state.state, "agreed");
    // The day moves; the plan stays.
    desk.keys("h")
        .select("Home from")
        .keys("<enter>")
        .line("person")
        .keys("Ward 4")
        .line("by")
        .keys("19-Nov 16:00");
    desk.line("why").keys("Transport late").saves();

    desk.at_time("2026-11-19T16:20:00Z");
    arrived(&mut desk, "d");
    assert_eq!(desk.case("HD-1").state.state, "home");
    assert_eq!(
        desk.owed("HD-1", "First visit: see that all is as agreed")[0].due,
        at("2026-11-19T18:20:00Z")
    );
    desk.keys("x").shows("A review at home is still to come");
    desk.at_time("2026-11-19T18:00:00Z");
    first_visit(&mut desk);

    // Every day somebody writes down how it goes, until it is no longer wanted.
    desk.at_time("2026-11-20T09:50:00Z")
        .keys("d")
        .line("how")
        .keys("Stood with one, ate all")
        .line("worse")
        .keys("n");
    desk.line("told").keys("Nurse: keep the frame close").saves();
    let goes = desk.owed("HD-1", "How it goes at home");
    assert_eq!((goes.len(), goes[1].due), (2, at("2026-11-21T10:00:00Z")));
    desk.keys("z")
        .select("How it goes")
        .keys("<enter>")
        .line("why")
        .keys("Wanda and the nurse agree: settled")
        .saves();

    desk.at_time("2026-11-26T13:30:00Z").keys("y").line("with").keys("Theresa, Hannah, the nurse");
    desk.line("person_says")
        .keys("\"I can do it alone\"")
        .line("found")
        .keys("Stands alone, walks to the door");
    desk.line("care_changed").keys("y").line("care_evidence").keys("Care plan v8").saves();
    desk.keys("x").line("ended").keys("s").line("better").keys("Walks as before, Hannah says so too").saves();
    assert!(desk.case("HD-1").state.closed, "{}", desk.screen());
    assert!(desk.case("HD-1").state.commitments.iter().all(|one| !one.progress.is_open()));
}

#[test]
fn whoever_comes_home_before_all_is_ready_is_written_down_and_visited_all_the_same() {
    let mut desk = planned();
    desk.at_time("2026-11-17T18:00:00Z").keys("a").line("received_by").keys("Nobody; neighbour let her in");
    desk.line("all_there").keys("n").line("all_there.why").keys("No medicines, no letter; ward rung");
    desk.line("how")
        .keys("Cold, awake, hungry")
        .line("watch_from")
        .keys("21:00")
        .line("often")
        .keys("o")
        .saves();
    assert_eq!(desk.case("HD-1").state.state, "home");
    first_visit(&mut desk);
    assert_eq!(desk.owed("HD-1", "First visit: see that all is as agreed")[0].progress, Progress::Confirmed);
}

#[test]
fn back_within_thirty_days_asks_what_could_have_been_seen_and_later_it_does_not() {
    for (back, asked) in [("2026-12-10T09:00:00Z", true), ("2026-12-22T09:00:00Z", false)] {
        let mut desk = planned();
        ready(&mut desk, "r");
        desk.at_time("2026-11-19T14:00:00Z");
        arrived(&mut desk, "o");
        desk.at_time(back).keys("i").line("where").keys("Ward 4").line("why").keys("Fell, chest infection");
        desk.line("same")
            .keys("n")
            .line("same.why")
            .keys("First time a hip")
            .line("home_again")
            .keys("+120h");
        // What was to be done at home does not run on as if she were there.
        for row in ["owed.0", "owed.1"] {
            desk.line(&format!("{row}.becomes")).keys("n").line(&format!("{row}.why")).keys("In hospital");
        }
        if asked {
            desk.keys("<ctrl-s>").shows("What could have been seen");
            desk.line("could_have_seen").keys("Coughed from the 6th on, in three visit notes");
            desk.line("governance")
                .keys("y")
                .line("governance_what")
                .keys("Three notes that nobody read together");
        }
        desk.saves();
        assert_eq!(desk.case("HD-1").state.state, "back");
        for at_home in ["How it goes at home", "First visit: see that all is as agreed"] {
            assert_eq!(desk.owed("HD-1", at_home)[0].progress, Progress::Cancelled, "{at_home}");
        }
        // Where she is now is owed on her own record until it is there.
        let now = desk.owed("HD-1", "Record where they are now: in hospital").remove(0);
        assert!(now.progress.is_open() && now.step.as_deref() == Some("people.whereabouts"), "{now:?}");
        assert_eq!(
            desk.case("HD-1").state.links.len(),
            usize::from(asked),
            "a governance item where it is asked"
        );
        // It is planned again, and what has to be ready is asked again.
        desk.keys("j").line("changed").keys("Oxygen at night").line("expected").keys("+96h").saves();
        assert_eq!(desk.case("HD-1").state.state, "planned");
        assert!(desk.owed("HD-1", "What has to be ready").iter().any(|one| one.progress.is_open()));
    }
}

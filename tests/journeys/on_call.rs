//! On call: nights over both clock changes, a swap, a gap that falls to the next, ringing down the chain, and what was
//! decided by telephone until its decider confirms it.

use dutydesk::domain::commitment::Progress;
use dutydesk::domain::entry::Said;
use dutydesk::domain::permission::Viewer;

use super::desk::Desk;
use super::office::{Office, at};
use super::whole::{CALL, decide};

/// Plans a slot from the screen of who is on call.
pub fn plan(desk: &mut Desk, duty: &str, who: &str, (from, until): (&str, &str), number: &str) {
    desk.keys("a").line("duty").keys(duty).line("who").keys(who).keys("<enter>");
    desk.line("from").keys(from).line("until").keys(until).line("phone").keys(number).saves();
}

#[test]
fn a_night_over_each_clock_change_begins_and_ends_on_the_wall_and_says_how_long_it_is() {
    let nights = [
        // Sat 24-Oct-2026 19:30 BST, and Sat 27-Mar-2027 19:30 GMT.
        (
            "2026-10-24T18:30:00Z",
            "2026-10-24T19:00:00Z",
            "2026-10-25T08:00:00Z",
            "25-Oct 08:00 GMT, 13 h",
            "26 oct 20:00",
        ),
        (
            "2027-03-27T19:30:00Z",
            "2027-03-27T20:00:00Z",
            "2027-03-28T07:00:00Z",
            "28-Mar 08:00 BST, 11 h",
            "29 mar 20:00",
        ),
    ];
    for (now, begins, ends, length, day_after) in nights {
        let mut desk = Desk::at(Office::opened(now)).signed_in("lindqvist");
        desk.keys("<ctrl-r>").shows("On call, out of hours");
        plan(&mut desk, "d", "varga", ("20:00", "tomorrow 08:00"), "07700 900301");
        desk.shows(length).shows("07700 900301");
        plan(&mut desk, "d", "lindqvist", ("tomorrow 08:00", day_after), "");
        desk.goes_home().shows("decides OKAFOR, A.");
        desk.sign_in("shah").keys(CALL);
        let taken =
            |desk: &Desk| desk.store().rota(&Viewer::system(), at(begins)).expect("a rota").taken.clone();
        let before = taken(&desk);
        desk.at_time(begins).shows("decides VARGA, T.");
        let rota = desk.store().rota(&Viewer::system(), at(begins)).expect("a rota");
        let (end, _) = rota.next("decision_holder", None, at(begins)).expect("somebody comes after");
        assert_eq!(end, at(ends), "the slot ends by the clock on the wall");
        let last = at(ends) - chrono::TimeDelta::minutes(1);
        desk.at_time(&last.to_rfc3339()).shows("decides VARGA, T.");
        desk.at_time(ends).shows("decides LINDQVIST, M.");
        assert_eq!(taken(&desk), before, "nobody had to record it");
        // Whose slot is over decides no longer.
        desk.sign_in("varga").keys("d").shows("\"Decision\" is for LINDQVIST, M.");
        desk.sign_in("lindqvist").keys("d");
        decide(&mut desk);
        assert_eq!(desk.board().undecided, 0);
    }
}

#[test]
fn a_slot_is_swapped_and_who_was_planned_stays_to_be_read() {
    let mut desk = Desk::at(Office::opened("2026-11-20T16:00:00Z")).signed_in("lindqvist");
    desk.keys("<ctrl-r>");
    plan(&mut desk, "d", "varga", ("tomorrow 20:00", "22 nov 08:00"), "");
    desk.sign_in("okafor").keys("<ctrl-r>").select("VARGA").keys("e");
    desk.line("who").keys("okafor<enter>").line("agreed_with").keys("Tomas and Morag");
    desk.line("why").keys("His flight was moved").saves();
    desk.shows("OKAFOR, A.").hides("VARGA, T.");
    desk.select("20:00").keys("<enter>").shows("Swap").shows("VARGA, Tomas").shows("OKAFOR, Adaeze");
    desk.goes_home().at_time("2026-11-21T20:00:00Z").shows("decides OKAFOR, A.");
}

#[test]
fn a_gap_is_said_before_it_bites_and_falls_to_the_next_in_the_chain() {
    // A Saturday: nobody is in the office.
    let mut desk = Desk::at(Office::opened("2026-11-21T12:00:00Z")).signed_in("lindqvist");
    desk.keys("<ctrl-r>");
    plan(&mut desk, "d", "okafor", ("12:30", "20:00"), "");
    plan(&mut desk, "o", "varga", ("20:00", "tomorrow 08:00"), "07700 900301");
    desk.shows("nobody planned; VARGA, T. (On call)");
    desk.goes_home().at_time("2026-11-21T19:00:00Z").shows("nobody 20:00: Decision holder");
    desk.keys(CALL).at_time("2026-11-21T20:00:00Z").shows("VARGA, T., On call: nobody planned");
    let holds = |desk: &Desk, key: &str| {
        let viewer = desk.store().viewer_for(Some(desk.office.staff[key]), desk.office.now());
        viewer.expect("a viewer").holds("decision_holder", None)
    };
    assert!(!holds(&desk, "duty") && holds(&desk, "delegate"), "whose slot is over decides no longer");
    desk.sign_in("varga").keys("d");
    decide(&mut desk);
    assert_eq!(desk.board().undecided, 0, "whoever stands in decides");
    // Somebody takes it: nothing is missing until the next slot.
    desk.keys("<ctrl-r>").select("Decision holder").keys("o");
    desk.line("staff").keys("lindqvist<enter>").saves();
    desk.goes_home().shows("decides LINDQVIST, M.");
}

#[test]
fn an_office_without_a_rota_is_told_of_no_gaps_and_goes_on_as_before() {
    let mut desk = Desk::at(Office::opened("2026-11-21T12:00:00Z")).signed_in("shah");
    desk.hides("nobody").shows("decides OKAFOR, A.");
    desk.at_time("2027-01-21T12:00:00Z").hides("nobody ").shows("decides OKAFOR, A.");
}

#[test]
fn the_same_next_week_is_planned_in_one_go_and_two_at_once_are_asked_about() {
    let mut desk = Desk::at(Office::opened("2026-10-19T08:00:00Z")).signed_in("lindqvist");
    desk.keys("<ctrl-r>");
    plan(&mut desk, "d", "varga", ("20 oct 20:00", "21 oct 08:00"), "");
    plan(&mut desk, "d", "okafor", ("24 oct 20:00", "25 oct 08:00"), "");
    desk.keys("a").line("duty").keys("d").line("who").keys("lindqvist<enter>");
    desk.line("from").keys("24 oct 22:00").line("until").keys("25 oct 06:00");
    desk.shows("is planned for this from 24-Oct 20:00 BST to 25-Oct 08:00 GMT").keys("<esc>");
    desk.keys("g").shows("2 slots").keys("y");
    let rota = desk.store().rota(&Viewer::system(), desk.office.now()).expect("a rota");
    let nights: Vec<_> = rota.slots.iter().map(|slot| (slot.from, slot.until)).collect();
    let expected = [
        ("2026-10-20T19:00:00Z", "2026-10-21T07:00:00Z"),
        ("2026-10-24T19:00:00Z", "2026-10-25T08:00:00Z"),
        // The clocks have gone back: the same hours on the wall.
        ("2026-10-27T20:00:00Z", "2026-10-28T08:00:00Z"),
        ("2026-10-31T20:00:00Z", "2026-11-01T08:00:00Z"),
    ];
    assert_eq!(nights, expected.map(|(from, until)| (at(from), at(until))));
}

#[test]
fn nobody_answers_in_ten_minutes_and_the_next_in_the_chain_is_rung_with_both_tries_on_record() {
    // Scenario 9: Saturday, 23:10.
    let office = Office::staffed(
        "2026-11-21T19:00:00Z",
        &[
            ("coordinator", "Priya Shah", &["duty_coordinator"]),
            ("on_call", "Marek Lis", &["on_call_manager"]),
            ("senior", "Sena Cole", &["senior_on_call"]),
            ("manager", "Morag Lindqvist", &["registered_manager"]),
        ],
    );
    let mut desk = Desk::at(office).signed_in("lindqvist");
    desk.keys("<ctrl-r>");
    plan(&mut desk, "d", "lis", ("20:00", "tomorrow 08:00"), "07700 900204");
    plan(&mut desk, "o", "cole", ("20:00", "tomorrow 08:00"), "07700 900205");
    desk.goes_home().at_time("2026-11-21T23:10:00Z").sign_in("shah").keys(CALL);
    // The numbers are one key away, in the middle of a form too.
    desk.keys("c0").keys("<ctrl-r>").shows("ring 1").shows("07700 900204").shows("ring 2");
    desk.shows("07700 900205").keys("<esc>");
    assert_eq!(desk.text("call_back"), "0", "what was half typed is there");
    desk.goes_home().select("QUILL").keys("<enter>8");
    assert_eq!((desk.text("whom"), desk.text("number")), ("LIS, M.".into(), "07700 900204".into()));
    desk.line("outcome").keys("n");
    assert_eq!((desk.text("next"), desk.text("next_number")), ("COLE, S.".into(), "07700 900205".into()));
    desk.saves();
    let what = "Ring COLE, S. 07700 900205, next in the chain";
    assert_eq!(desk.owed("U-1", what)[0].due, at("2026-11-21T23:20:00Z"), "after the configured wait");
    desk.goes_home().shows("Ring COLE, S.");

    desk.later(10).select("QUILL").keys("<enter>8");
    assert_eq!((desk.text("whom"), desk.text("number")), ("COLE, S.".into(), "07700 900205".into()));
    desk.line("outcome").keys("a").line("said").keys("Comes in now").saves();
    assert_eq!(desk.owed("U-1", what)[0].progress, Progress::Confirmed);
    let case = desk.case("U-1");
    let tries: Vec<_> = case
        .chronology
        .iter()
        .filter(|told| matches!(&told.entry.said, Said::Step(said) if said.step == "reach"))
        .map(|told| told.occurred.at)
        .collect();
    assert_eq!(tries, [at("2026-11-21T23:10:00Z"), at("2026-11-21T23:20:00Z")]);
    let owed = case.state.commitments.iter().filter(|one| one.step.as_deref() == Some("reach"));
    assert_eq!(owed.filter(|one| one.progress.is_open()).count(), 0, "somebody answered");
}

#[test]
fn what_was_decided_by_telephone_is_listed_until_its_decider_confirms_it() {
    let mut desk = Desk::at(Office::opened("2026-11-21T16:42:00Z")).signed_in("shah");
    desk.keys(CALL).keys("d").line("route").keys("g<enter>").line("rationale").keys("Needs a doctor today");
    desk.line("why_999").keys("Not called: rousable").line("person_view").keys("Wants to stay at home");
    desk.line("representative_told")
        .keys("y")
        .line("+later")
        .keys("<enter>")
        .line("decided_by")
        .keys("okafor<enter>");
    desk.line("read_back").keys("y").saves();
    // Anybody who reads sees what is still only spoken, not its decider alone.
    desk.later(65).sign_in("lindqvist").keys(":spoken<enter>").shows("Spoken, not confirmed");
    desk.shows("OKAFOR, Adaeze").shows("SHAH, Priya").shows("1h 05m").shows("U-1");
    desk.goes_home().sign_in("okafor").keys("k").keys("y").keys("y");
    desk.goes_home().keys(":spoken<enter>").shows("has been confirmed").hides("1h 05m");
}

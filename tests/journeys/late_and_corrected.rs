//! What comes late says why, once; what was wrong is corrected by addition; two cases of one person stay apart.

use dutydesk::domain::entry::Said;

use super::desk::Desk;
use super::office::{Office, at};
use super::whole::{CALL, decide};

#[test]
fn a_call_of_the_day_written_in_the_morning_stands_where_it_happened_and_says_why() {
    let mut desk = Desk::at(Office::opened("2026-11-21T19:45:00Z")).signed_in("shah");
    desk.keys(CALL);
    desk.at_time("2026-11-22T07:55:00Z");
    desk.keys(
        "c07700 900333<tab>Dr ZZ<tab>qui<enter>ynNew advice about the antibiotic<tab>gnone, for information",
    );
    desk.line("+later").keys("<enter>").line("reported_at");
    let held = desk.text("reported_at").chars().count();
    desk.keys(&"<backspace>".repeat(held)).keys("21-Nov-2026 19:40<ctrl-s>");
    desk.shows("Why only now").keys("Left at the end of the shift, no screen free").saves();
    let case = desk.case("U-2");
    let told = &case.chronology[0];
    assert_eq!(told.occurred.at, at("2026-11-21T19:40:00Z"));
    assert_eq!(told.entry.recorded_at, at("2026-11-22T07:55:00Z"));
    assert!(told.late_entry);
    let Said::Step(said) = &told.entry.said else { panic!("a step") };
    assert_eq!(said.why_late.as_deref(), Some("Left at the end of the shift, no screen free"));
    let order: Vec<String> = desk.board().calls.rows.iter().map(|row| row.reference.clone()).collect();
    assert_eq!(order, ["U-1", "U-2"], "by when it happened");
}

#[test]
fn a_correction_keeps_what_was_there_and_says_why() {
    let mut desk = Desk::at(Office::opened("2026-11-21T16:42:00Z")).signed_in("shah");
    desk.keys(CALL).later(3).keys("<enter>m");
    desk.line("risk").keys("r").line("+reason").keys("Heard it wrong the first time").saves();
    let case = desk.case("U-1");
    assert_eq!(case.state.facts.risk.as_deref(), Some("red"));
    let told = &case.chronology[0];
    assert_eq!(told.amendments.len(), 1);
    assert_eq!(told.amendments[0].reason, "Heard it wrong the first time");
    let Said::Step(said) = &told.entry.said else { panic!("a step") };
    assert!(format!("{:?}", said.answers["risk"]).contains("amber"), "the first word stays in the ledger");
    desk.shows("corrected once").shows("Corrected or completed").shows("Urgent communication log, Risk");
    desk.keys("<tab><home><enter>").shows("Risk now: RED").shows("Risk now: AMBER  struck");
    desk.shows("Heard it wrong the");
}

#[test]
fn closing_one_of_two_cases_of_a_person_leaves_the_clocks_of_the_other() {
    let mut desk = Desk::at(Office::opened("2026-11-21T16:42:00Z")).signed_in("okafor");
    desk.keys(CALL).later(30).keys(CALL);
    let person = desk.office.people["quill"];
    let both = desk.person(person);
    assert_eq!(both.cases.len(), 2);
    desk.keys("p").shows("U-1").shows("U-2").keys("<esc>");
    // The newest is selected.
    let first = desk.case("U-1").state.commitments.iter().filter(|one| one.progress.is_open()).count();
    desk.keys("<home>d");
    decide(&mut desk);
    desk.keys("<home>x").line("ended").keys("b").line("outcome").keys("Awake, drinking; seen by WQ");
    desk.line("owed.0.becomes").keys("n").line("owed.0.why").keys("Seen by the nurse").saves();
    assert!(desk.case("U-2").state.closed, "{}", desk.screen());
    let left = desk.case("U-1").state.commitments.iter().filter(|one| one.progress.is_open()).count();
    assert_eq!(left, first);
}

//! The surgery rings back after the shift has changed: what it owes is found by its name, the answer is as late as it
//! is, and new advice stands beside the old.

use dutydesk::domain::answer::Answer;
use dutydesk::domain::case::Milestone;

use super::desk::Desk;
use super::office::{Office, at};
use super::whole::{CALL, decide, spoke_to_the_surgery};

/// The day's call with a visit promised by seven; it is twenty past eight and the night is on.
fn night() -> Desk {
    let mut desk = Desk::at(Office::opened("2026-11-21T16:42:00Z")).signed_in("shah");
    desk.keys(CALL).later(5).sign_in("okafor").keys("d");
    decide(&mut desk);
    desk.at_time("2026-11-21T17:05:00Z").sign_in("shah").keys("l");
    spoke_to_the_surgery(&mut desk, "Visit", "19:00");
    desk.at_time("2026-11-21T20:20:00Z").sign_in("varga");
    desk
}

#[test]
fn the_promise_is_found_by_who_made_it_and_its_answer_is_as_late_as_it_is() {
    let mut desk = night();
    // By the organisation's own record, and by its name on the dashboard.
    desk.keys("<f6>/elms<enter><enter>").shows("Owes").shows("late 1h 20m").shows("Visit").shows("by 19:00");
    // Back to the list, to all of it, to the dashboard.
    desk.keys("<tab><enter>").shows("Sleepier than usual").keys("<esc><esc><esc><esc>");
    desk.keys("2/elms<enter>").shows("Visit").keys("a");
    desk.line("by").keys("<ctrl-k>Dr ZZ").line("evidence").keys("Dr ZZ on the telephone");
    desk.line("advice").keys("Antibiotic tonight instead; no visit unless hot").saves();
    let case = desk.case("U-1");
    let visit = case.state.commitments.iter().find(|one| one.what == "Visit").expect("kept");
    let answer = visit.settled_by.expect("answered");
    let late = case.state.answered_late(answer, at("2026-11-21T20:20:00Z")).expect("late");
    assert_eq!((late.due, late.what.as_str()), (at("2026-11-21T19:00:00Z"), "Visit"));

    // The new advice counts, the old is still there and says that there is newer.
    assert_eq!(case.state.facts.advice.as_deref(), Some("Antibiotic tonight instead; no visit unless hot"));
    desk.keys("<esc>1<enter>").shows("Visit: 1 h 20 min late").shows("newer advice 20:20");
    desk.shows("sips; 999 if hard to rouse").shows("Antibiotic tonight instead");

    // The carer is told: who, how and when is the receipt.
    desk.keys("t").line("told.0.whom").keys("c").line("told.0.name").keys("WQ<enter>");
    desk.line("told.0.how")
        .keys("t")
        .line("told.0.said")
        .keys("Antibiotic at nine; ring if she is hot")
        .saves();
    let case = desk.case("U-1");
    assert_eq!(case.state.facts.milestones[&Milestone::Told].at, at("2026-11-21T20:20:00Z"));
    let told = case.chronology.iter().find_map(|told| told.answers.as_ref()?.get("told"));
    let Some(Answer::Rows(rows)) = told else { panic!("a receipt") };
    assert_eq!(rows[0]["name"], Answer::Text("WQ".to_owned()));
}

#[test]
fn the_desk_is_handed_to_the_night_and_what_the_day_saw_to_is_the_nights() {
    let mut desk = night();
    let visit = |desk: &Desk| {
        let rows = desk.board().overdue.rows;
        rows.into_iter().find(|row| row.commitment.what == "Visit").expect("owed").owner
    };
    assert_eq!(visit(&desk), "Duty desk", "nobody has said who has the desk");
    // The decision is what is passed unless another duty is chosen; the night's shift leader takes the desk.
    desk.sign_in("lindqvist").keys("o").line("staff").keys("brandt<enter>").line("duty").keys("u").saves();
    assert_eq!(visit(&desk), "BRANDT, I.");
    desk.shows("decides OKAFOR, A.");
    desk.keys("2/elms<enter>").shows("BRANDT, I.");
}

#[test]
fn what_the_day_forgot_slots_in_where_it_happened_and_says_when_it_was_written() {
    let mut desk = night();
    desk.at_time("2026-11-22T07:55:00Z").sign_in("shah").keys("1l");
    desk.line("who").keys("elms<enter>").line("person").keys("Dr ZZ").line("means").keys("t");
    desk.line("outcome").keys("s").line("shared").keys("Asked where the visit is").line("basis").keys("e");
    desk.line("advice").keys("On the way").line("read_back").keys("y").line("spoken_at");
    let held = desk.text("spoken_at").chars().count();
    desk.keys(&"<backspace>".repeat(held)).keys("21-Nov-2026 19:40<ctrl-s>");
    desk.shows("Why only now").keys("Left at the end of the shift, no screen free").saves();
    let case = desk.case("U-1");
    let order: Vec<_> = case.chronology.iter().map(|told| told.occurred.at).collect();
    assert!(order.is_sorted());
    let late =
        case.chronology.iter().find(|told| told.occurred.at == at("2026-11-21T19:40:00Z")).expect("slotted");
    assert!(late.late_entry);
    assert_eq!(late.entry.recorded_at, at("2026-11-22T07:55:00Z"));
    desk.keys("<enter>").shows("19:40").shows("recorded 07:55");
}

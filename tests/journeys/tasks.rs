//! What the office itself has to do: once, and again and again, by the clock on the wall.

use dutydesk::domain::commitment::{Commitment, Party, Progress};

use super::desk::Desk;
use super::office::{Office, at};

fn desk(time: &str) -> Desk {
    Desk::at(Office::opened(time)).signed_in("shah")
}

/// Sets a task from the list of tasks.
pub fn set(desk: &mut Desk, what: &str, by: &str, often: &str) {
    desk.keys("<ctrl-t>a").line("what").keys(what).line("by").keys(by).line("often").keys(often).saves();
    desk.goes_home();
}

fn open(desk: &Desk, reference: &str) -> Vec<Commitment> {
    let all = desk.case(reference).state.commitments;
    all.into_iter().filter(|one| one.progress.is_open()).collect()
}

fn done(desk: &mut Desk, found: &str) {
    desk.keys("<ctrl-t><enter>d").line("found").keys(found).line("as_it_should").keys("y");
    desk.line("evidence").keys("Log book, page 12").saves();
    desk.goes_home();
}

#[test]
fn a_task_is_done_once_with_what_shows_it_and_is_then_over() {
    let mut desk = desk("2026-11-20T09:00:00Z");
    desk.keys("<ctrl-t>").shows("The office has nothing to do").keys("a");
    desk.line("what").keys("Ring the landlord about the lift").line("place").keys("rowan<enter>");
    desk.line("who").keys("brandt<enter>").line("by").keys("12:00").line("often").keys("o").saves();
    desk.shows("Ring the landlord").shows("12:00");
    let task = open(&desk, "OT-1").remove(0);
    // Whoever is named sees to it, not the desk.
    assert_eq!(task.owner, Party::Staff(desk.office.staff["leader"]));
    assert_eq!(task.due, at("2026-11-20T12:00:00Z"));
    desk.goes_home();
    desk.later(60);
    done(&mut desk, "He comes on Monday");
    let case = desk.case("OT-1");
    assert!(case.state.closed);
    assert_eq!(case.state.commitments[0].progress, Progress::Confirmed);
    desk.keys("<ctrl-t>").hides("landlord");
}

#[test]
fn what_comes_round_keeps_its_time_by_the_wall_when_the_clocks_go_back() {
    // Saturday evening; the clocks go back in the night.
    let mut desk = desk("2026-10-23T18:00:00Z");
    set(&mut desk, "Fridge temperature", "22:00", "d");
    set(&mut desk, "Fire alarm test", "26-Oct 10:00", "w");
    let due = |desk: &Desk, reference: &str| open(desk, reference).remove(0).due;
    assert_eq!(due(&desk, "OT-1"), at("2026-10-23T21:00:00Z"), "22:00 BST");
    assert_eq!(due(&desk, "OT-2"), at("2026-10-26T10:00:00Z"), "10:00 GMT");
    desk.at_time("2026-10-23T21:10:00Z");
    done(&mut desk, "4.1 degrees");
    assert_eq!(due(&desk, "OT-1"), at("2026-10-24T21:00:00Z"), "still summer time");
    // Done late: none of the others moves.
    desk.at_time("2026-10-24T23:30:00Z");
    done(&mut desk, "4.3 degrees");
    assert_eq!(due(&desk, "OT-1"), at("2026-10-25T22:00:00Z"), "22:00 GMT");
    assert_eq!(open(&desk, "OT-1").len(), 1, "one occurrence is open at a time");
    desk.at_time("2026-10-26T10:20:00Z").keys("<ctrl-t>").shows("Fire alarm test").keys("<esc>");
    // What was skipped over is not owed any more; the alarm is the first of the list by then.
    desk.keys("<ctrl-t>").select("Fire alarm test").keys("<enter>d").line("found").keys("All bells heard");
    desk.line("as_it_should").keys("y").line("evidence").keys("Red book").saves();
    assert_eq!(due(&desk, "OT-2"), at("2026-11-02T10:00:00Z"));
}

#[test]
fn left_out_once_the_next_comes_round_and_ended_none_does() {
    let mut desk = desk("2026-01-31T09:00:00Z");
    set(&mut desk, "Water temperatures", "17:00", "m");
    desk.keys("<ctrl-t><enter>g").line("why").keys("Boiler off until Tuesday").saves();
    desk.goes_home();
    let all = desk.case("OT-1").state.commitments;
    assert_eq!((all.len(), all[0].progress), (2, Progress::Cancelled));
    assert_eq!(all[1].due, at("2026-02-28T17:00:00Z"), "the last day of a shorter month");
    // Moved this once: the times after it stay.
    desk.keys("<ctrl-t><enter>h").line("by").keys("27-Feb 12:00").line("why").keys("Plumber is here").saves();
    desk.goes_home();
    assert_eq!(open(&desk, "OT-1")[0].due, at("2026-02-27T12:00:00Z"));
    desk.at_time("2026-02-27T12:30:00Z");
    done(&mut desk, "All below 43");
    assert_eq!(open(&desk, "OT-1")[0].due, at("2026-03-31T16:00:00Z"), "17:00 by the wall, in summer time");
    let mut desk = desk.signed_in("lindqvist");
    desk.keys("<ctrl-t><enter>x").line("why").keys("The contractor does it now").saves();
    assert!(desk.case("OT-1").state.closed && open(&desk, "OT-1").is_empty());
}

#[test]
fn whose_job_it_is_may_be_a_role_and_how_often_can_be_corrected() {
    let mut desk = desk("2026-11-20T09:00:00Z");
    desk.keys("<ctrl-t>a").line("what").keys("First aid boxes").line("whose").keys("r");
    desk.line("by").keys("23-Nov 10:00").line("often").keys("w").saves();
    assert_eq!(open(&desk, "OT-1")[0].owner, Party::Role("registered_manager".into()));
    desk.keys("<enter>m").line("often").keys("3").line("+reason").keys("Weekly was a slip").saves();
    desk.goes_home();
    desk.at_time("2026-11-23T10:05:00Z");
    done(&mut desk, "All there");
    assert_eq!(open(&desk, "OT-1")[0].due, at("2027-02-23T10:00:00Z"));
}

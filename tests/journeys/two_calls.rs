//! The line drops, a second telephone rings; one call about two people.

use super::desk::Desk;
use super::office::Office;

#[test]
fn a_call_that_dropped_is_there_after_a_kill_and_a_second_one_leaves_it_untouched() {
    let mut desk = Desk::at(Office::opened("2026-11-21T02:13:00Z")).signed_in("shah");
    desk.keys("c07700 900118<tab>WQ<tab><tab><tab><tab>She will not").later(1);
    desk.keys("<f2>07700 900222<tab>AB, family");
    assert_eq!(desk.text("changed"), "");
    let mut desk = desk.killed_and_started_again().signed_in("shah");
    desk.later(4);
    desk.keys("u").shows("Urgent communication log").shows("07700 900118").shows("07700 900222");
    desk.keys("<home><enter>");
    assert_eq!(desk.text("call_back"), "07700 900118");
    assert_eq!(desk.text("changed"), "She will not");
    desk.line("changed").keys(" wake").saves();
    let first = desk.case("U-1");
    assert_eq!(first.state.facts.call_back.as_deref(), Some("07700 900118"));
    assert_eq!(
        first.state.facts.milestones.values().next().map(|when| when.at),
        Some(super::office::at("2026-11-21T02:13:00Z"))
    );
    assert_eq!(desk.board().calls.total, 1, "the second is still unfinished");
}

#[test]
fn what_is_typed_on_after_a_second_call_was_saved_takes_nobody_in_the_first() {
    let mut desk = Desk::at(Office::opened("2026-11-21T02:13:00Z")).signed_in("shah");
    desk.keys("c07700 900118<tab>WQ<tab>oakes<tab>").shows("Who is meant?");
    desk.keys("<f2>07700 900222<tab>AB").keys("<ctrl-s>2 of them are cold").shows("Who is meant?");
    assert_eq!(desk.text_below("about"), "oakes");
    assert_eq!(desk.text_below("changed"), "2 of them are cold");
}

#[test]
fn one_call_about_two_people_makes_two_linked_cases_that_show_nothing_of_each_other() {
    let mut desk = Desk::at(Office::opened("2026-11-21T16:42:00Z")).signed_in("shah");
    desk.keys("c07700 900118<tab>WQ<tab>qui<enter>ynSleepy after lunch<tab>awhat to do<f3>");
    desk.keys("oakes, be<enter>1");
    desk.keys("ynFell beside the bed<tab>rwhat to do").saves().saves();
    let (one, other) = (desk.case("U-1"), desk.case("U-2"));
    assert_eq!(one.state.links, [other.state.id]);
    assert_eq!(other.state.links, [one.state.id]);
    let people = [one.state.subject, other.state.subject];
    let [quill, oakes] = ["quill", "oakes_1"].map(|key| Some(desk.office.people[key]));
    assert!(people.contains(&quill) && people.contains(&oakes));
    // Nor where the one names the other as open too.
    let said = |case: &dutydesk::domain::views::CaseView| format!("{:?}{:?}", case.chronology, case.others);
    let (quills, oakess) = if one.state.subject == quill { (one, other) } else { (other, one) };
    assert!(said(&quills).contains("Sleepy") && !said(&quills).contains("beside the bed"));
    assert!(said(&oakess).contains("beside the bed") && !said(&oakess).contains("Sleepy"));
    assert!(!said(&quills).contains("Bernard") && !said(&oakess).contains("Theresa"));
    desk.keys("<enter>").shows("Also open").shows("about somebody else");
}

#[test]
fn two_cases_of_one_call_are_tied_though_the_program_was_killed_between_them() {
    let mut desk = Desk::at(Office::opened("2026-11-21T16:42:00Z")).signed_in("shah");
    desk.keys("c07700 900118<tab>WQ<tab>qui<enter>ynSleepy after lunch<tab>awhat to do<f3>");
    desk.keys("oakes, be<enter>1");
    desk.keys("ynFell beside the bed<tab>rwhat to do").saves();
    assert_eq!(desk.case("U-1").state.links, []);
    let mut desk = desk.killed_and_started_again().signed_in("shah");
    let head = desk.store().head().expect("it can be read");
    desk.keys("u<enter>").saves();
    let (one, other) = (desk.case("U-1"), desk.case("U-2"));
    assert_eq!((one.state.links, other.state.links), (vec![other.state.id], vec![one.state.id]));
    // The case and its tie came in one transaction: no end of the program can come between.
    let seqs: Vec<u64> = other.chronology.iter().map(|told| told.entry.seq).collect();
    assert!(seqs.iter().all(|seq| *seq > head));
    assert_eq!(
        desk.store().lookup(&tie_key(one.state.id, other.state.id)).expect("read").expect("tied").last,
        head + 2
    );
}

/// The key of a tie, the same from either side.
fn tie_key(one: dutydesk::domain::ids::CaseId, other: dutydesk::domain::ids::CaseId) -> String {
    let (a, b) = (one.min(other), one.max(other));
    dutydesk::domain::ids::EntryId(a.0).derived(&format!("link.{b}")).to_string()
}

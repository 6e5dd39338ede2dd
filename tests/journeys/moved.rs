//! The right surname, the wrong person: told apart before the choice, and moved to the right record afterwards.

use dutydesk::domain::views::CaseView;

use super::desk::Desk;
use super::office::Office;

#[test]
fn the_wrong_person_is_put_right_and_the_first_record_keeps_a_stub_only() {
    let mut desk = Desk::at(Office::opened("2026-11-21T16:42:00Z")).signed_in("shah");
    desk.keys("c07700 900118<tab>WQ<tab>999 000 0026<enter>");
    desk.shows("01-Feb-1950").shows("10-Feb-1950").shows("999 000 0034");
    desk.keys("<enter>ynConfused since noon<tab>awhat to do").saves();
    let [wrong, right] = ["oakes_1", "oakes_2"].map(|key| desk.office.people[key]);
    let before: CaseView = desk.case("U-1");
    assert_eq!(before.state.subject, Some(wrong));

    desk.keys("<enter>v");
    desk.line("to").keys("999 000 0034<enter><enter>");
    desk.line("why").keys("The caller meant Mr Brian Oakes").saves();
    let case = desk.case("U-1");
    assert_eq!(case.state.subject, Some(right));
    assert_eq!(case.state.commitments.len(), before.state.commitments.len(), "the clocks follow");
    desk.shows("OAKES, Brian").shows("Moved to the right record").shows("The caller meant");

    let first = desk.person(wrong);
    assert!(first.cases.is_empty() && first.owed.is_empty());
    assert_eq!(first.moved.len(), 1);
    assert_eq!(first.moved[0].reason, "The caller meant Mr Brian Oakes");
    let second = desk.person(right);
    assert_eq!(second.cases.len(), 1);
    assert!(!second.owed.is_empty());
}

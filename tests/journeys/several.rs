//! Who is meant where several have what was typed: Enter takes nobody of them, a number or the arrow keys say which.

use dutydesk::domain::ids::CaseId;

use super::desk::Desk;
use super::office::Office;

/// A desk where two of the staff have one surname, and two surgeries begin alike.
fn desk() -> Desk {
    Desk::at(Office::staffed(
        "2026-11-21T16:42:00Z",
        &[
            ("one", "Anil Shah", &["duty_coordinator"]),
            ("other", "Priya Shah", &["duty_coordinator"]),
            ("manager", "Morag Lindqvist", &["registered_manager"]),
        ],
    ))
}

fn you(desk: &Desk) -> CaseId {
    desk.app.you.as_ref().expect("somebody is signed in").staff
}

#[test]
fn nobody_is_signed_in_by_enter_alone_nor_as_the_first_of_two() {
    let mut desk = desk();
    desk.keys("w<enter>").shows("Nobody was taken: type the beginning of the name");
    assert!(desk.app.you.is_none());
    // Two share a name: which of them is a number's to say, and Enter stays without effect.
    desk.keys("shah<enter>").shows("Several on the list have what was typed").shows("SHAH, Priya");
    desk.keys("<enter>").shows("Nobody was taken");
    assert!(desk.app.you.is_none());
    desk.keys("2").keys("");
    assert_eq!(you(&desk), desk.office.staff["other"]);
}

#[test]
fn an_organisation_is_never_the_first_of_several_and_one_alone_is_taken() {
    let mut desk = desk().signed_in("lindqvist");
    desk.keys("<f6><down>a")
        .line("name")
        .keys("The Elms Pharmacy")
        .line("type")
        .keys("p")
        .saves()
        .goes_home();
    desk.keys("c07700 900118<tab>WQ, carer<tab>qui<enter>").saves().keys("<enter>l").line("who");
    desk.keys("elms<enter>").shows("The Elms Surgery").shows("The Elms Pharmacy").shows("Which is meant?");
    // Back to the search; a letter more is one of them.
    desk.keys("<esc> sur<enter>").hides("Which is meant?");
    assert_eq!(desk.text("who"), "The Elms Surgery");
}

#[test]
fn whoever_went_to_a_row_with_the_arrow_keys_takes_it() {
    let mut desk = desk();
    desk.keys("wshah<down><enter>");
    assert_eq!(you(&desk), desk.office.staff["other"]);
}

#[test]
fn the_arrow_keys_speak_for_the_row_they_went_to_and_for_no_other() {
    let mut desk = desk();
    // The row that was gone to does not have the letter that is typed then: the first that has it was gone to by nobody.
    desk.keys("w<down><down>l").keys("<backspace>s<enter>").shows("Several on the list have what was typed");
    assert!(desk.app.you.is_none());
}

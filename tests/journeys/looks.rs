//! Who looked at whose record: opening and searching to it is on record, standing in a list is not.

use std::fs;
use std::path::PathBuf;
use std::time::SystemTime;

use dutydesk::domain::access::{How, Look};
use dutydesk::store::{Access, OfficeDir};

use super::desk::Desk;
use super::office::Office;

fn looks(office: &Office) -> Vec<Look> {
    Access::open(&OfficeDir::at(office.path())).expect("the log opens").looks().expect("it can be read")
}

fn rung(office: &Office) -> SystemTime {
    let bell: PathBuf = office.path().join("bell");
    fs::metadata(bell).and_then(|meta| meta.modified()).expect("an office has a bell")
}

#[test]
fn opening_a_case_and_a_person_is_noted_once_each_and_wakes_nobody() {
    let mut desk = Desk::at(Office::opened("2026-11-21T21:02:00Z")).signed_in("shah");
    let (shah, quill) = (desk.office.staff["coordinator"], desk.office.people["quill"]);
    desk.keys("c07700 900118<tab>WQ<tab>qui").shows("QUILL").keys("<enter>").saves();
    let found = Look {
        staff: Some(shah),
        subject: quill,
        case: None,
        how: How::Search,
        detail: None,
        at: desk.office.now(),
    };
    assert_eq!(looks(&desk.office), [found.clone()], "the dashboard and its lists are no look");
    let (bell, head) = (rung(&desk.office), desk.store().head().expect("it can be read"));
    desk.later(3).keys("<enter>").shows("QUILL, Theresa");
    // What changes while it is open is read again, and is no second look.
    desk.later(1);
    desk.keys("p").shows("QUILL, Theresa").keys("<esc>").later(1);
    let case = desk.case("U-1").state.id;
    let opened = |at: &str, case| Look {
        staff: Some(shah),
        subject: quill,
        case,
        how: How::Open,
        detail: None,
        at: super::office::at(at),
    };
    let wanted = [found, opened("2026-11-21T21:05:00Z", Some(case)), opened("2026-11-21T21:06:00Z", None)];
    assert_eq!(looks(&desk.office), wanted);
    assert_eq!((rung(&desk.office), desk.store().head().expect("it can be read")), (bell, head));
    desk.keys("<esc><enter>");
    assert_eq!(looks(&desk.office).len(), 4, "opened again is looked at again");
}

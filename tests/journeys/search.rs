//! Looking something up: from a screen or in the middle of a call, by whatever is known; the look is on record.

use dutydesk::app::Layer;
use dutydesk::domain::access::How;
use dutydesk::store::{Access, OfficeDir};

use super::desk::Desk;
use super::office::Office;

const CUP: &str = "c07700 900118<tab>WQ<tab>qui<enter>ynCup untouched, hard to rouse<tab>awhat to do<ctrl-s>";
const BED: &str = "c01632 960555<tab>Ines<tab>oakes, be<enter>1ynFell beside the bed<tab>rwhat to do<ctrl-s>";

fn two_calls() -> Desk {
    let mut desk = Desk::at(Office::opened("2026-11-21T21:02:00Z")).signed_in("shah");
    desk.keys(CUP).later(5).keys(BED).later(5);
    desk
}

fn looks(desk: &Desk) -> Vec<(How, bool)> {
    let log = Access::open(&OfficeDir::at(desk.office.path())).expect("the log opens");
    log.looks().expect("it can be read").iter().map(|look| (look.how, look.case.is_some())).collect()
}

#[test]
fn a_case_is_found_by_a_word_of_its_entry_and_opening_it_is_a_look() {
    let mut desk = two_calls();
    let before = looks(&desk).len();
    desk.keys("<ctrl-f>untouch").shows("Open cases").shows("Cup untouched, hard to rouse").shows("U-1");
    desk.hides("U-2");
    assert_eq!(looks(&desk).len(), before, "standing among what was found is no look");
    desk.keys("<enter>").shows("999 000 0018").shows("Cup untouched");
    assert_eq!(looks(&desk)[before..], [(How::Search, true)]);
    desk.later(1).keys("<esc>").shows("/ untouch");
    desk.keys("<esc>");
    assert!(matches!(desk.app.top(), Layer::Board(_)), "and back where it was called for");
    assert_eq!(looks(&desk).len(), before + 1, "read again because time passed is no second look");
}

#[test]
fn the_number_that_rings_shows_in_the_middle_of_a_call_whom_it_is_about() {
    let mut desk = two_calls();
    desk.keys("c01632 960555<tab>Mr Quay<ctrl-f>(01632) 960 555")
        .shows("U-2")
        .shows("OAKES, Bernard")
        .hides("U-1");
    desk.keys("<enter>").shows("Fell beside the bed").keys("<esc><esc>");
    assert_eq!(desk.text("caller"), "Mr Quay");
    desk.keys("<tab>qui<enter>ynAte her dinner<tab>gnone<ctrl-s>");
    assert_eq!(desk.board().calls.total, 3);
}

#[test]
fn a_name_heard_badly_and_a_birthday_find_the_person_first() {
    let mut desk = two_calls();
    let before = looks(&desk).len();
    desk.keys("<ctrl-f>qiull").shows("QUILL, Theresa").shows("nearly what was typed").keys("<esc>");
    desk.keys("<ctrl-f>2/3/1941").shows("People").shows("QUILL, Theresa").keys("<enter>").shows("flat 4");
    assert!(matches!(desk.app.top(), Layer::Person(_)));
    assert_eq!(looks(&desk)[before..], [(How::Search, false)]);
    // From a person's screen the key that finds in a list searches everything.
    desk.keys("/u-2").shows("Fell beside the bed").keys("<enter>").shows("OAKES, Bernard");
}

#[test]
fn what_was_corrected_is_found_as_it_stands_now() {
    let mut desk = two_calls();
    desk.keys("<ctrl-f>cup<enter>m")
        .instead("changed", "Glass untouched")
        .line("+reason")
        .keys("misheard")
        .saves();
    desk.keys("<esc><esc><ctrl-f>glass").shows("U-1").keys("<esc><ctrl-f>cup untouched");
    desk.shows("Nothing has all of these words").hides("U-1");
}

#[test]
fn the_words_of_a_search_that_was_left_are_brought_back_to_whoever_typed_them_alone() {
    let mut desk = Desk::at(Office::opened("2026-11-21T16:42:00Z")).signed_in("okafor");
    desk.keys("<ctrl-f>quill lock<esc><ctrl-f>").shows("↑ brings back \"quill lock\"").keys("<up>");
    desk.shows("/ quill lock").goes_home().sign_in("shah").keys("<ctrl-f>").hides("quill lock").keys("<up>");
    desk.hides("quill lock");
}

//! One person registered twice in two nights: merged on the screen with a reason, read as one, and apart again when it
//! turns out that they are two.

use super::desk::Desk;
use super::office::Office;

/// Two calls, one about each of two records.
fn two_calls() -> Desk {
    let mut desk = Desk::at(Office::opened("2026-11-21T16:42:00Z")).signed_in("okafor");
    // Names easily mistaken are asked about; a number says who is meant.
    desk.keys("c07700 900118<tab>WQ<tab>qui<enter>ynShort of breath<tab>awhat to do").saves();
    desk.keys("c07700 900118<tab>WQ<tab>999 000 0034<enter>1ynFell in the hall<tab>awhat to do").saves();
    desk
}

#[test]
fn a_duplicate_is_named_with_a_reason_and_stands_in_the_record_that_is_kept() {
    let mut desk = two_calls();
    let [kept, gone] = ["quill", "oakes_2"].map(|key| desk.office.people[key]);
    assert_eq!((desk.person(kept).cases.len(), desk.person(gone).cases.len()), (1, 1));
    desk.keys("<f5>/quill<enter><enter>").shows("QUILL, Theresa").hides("Fell in the hall");
    desk.keys("=").shows("Merge a duplicate into this record").line("gone").keys("999 000 0034<enter>1");
    // Two numbers and two births: said before anything else can be done.
    desk.shows("THESE MAY BE TWO DIFFERENT PEOPLE").shows("10-Feb-1950");
    desk.keys("<esc>").line("why").keys("one woman, her papers were mixed up in hospital").saves();
    desk.shows("Fell in the hall").shows("merged into this record at ").shows("papers were mixed up");
    assert_eq!((desk.person(kept).cases.len(), desk.person(gone).cases.len()), (2, 0));
    // Nobody is offered the duplicate; whoever looks for it finds the record that is kept.
    desk.keys("<esc>/oakes").hides("OAKES, Brian");
    desk.keys("<esc><esc><esc>");

    // Its own chart says where everything went, and takes nothing more.
    desk.keys("<f5>/quill<enter><enter>=").shows("Open P-3 OAKES, Brian as it was").keys("a");
    desk.shows("merged with P-1 QUILL, Theresa at ").shows("Merged: one and the same");
    desk.keys("<esc><esc><esc>");

    // They were two after all.
    desk.keys("<f5>/quill<enter><enter>=")
        .shows("Take back: P-3 OAKES, Brian stands by itself again")
        .keys("1");
    desk.shows("Take the merge back").line("why").keys("two people after all").saves();
    desk.hides("Fell in the hall");
    assert_eq!((desk.person(kept).cases.len(), desk.person(gone).cases.len()), (1, 1));
    desk.assert_record_holds();
}

#[test]
fn whoever_may_not_merge_is_told_who_may() {
    let mut desk = two_calls();
    desk.sign_in("brandt").keys("<f5>/quill<enter><enter>=").shows("merging").hides("The duplicate");
}

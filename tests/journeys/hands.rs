//! What the hand finds: the keys at the foot put what is owed next first, and forms offer what is mostly meant.

use super::desk::Desk;
use super::liaise::{decided, spoke};
use super::office::Office;
use super::tasks::set;

/// What stands at the foot, first to last.
fn foot(desk: &Desk) -> Vec<String> {
    desk.app.footer().map(|hint| hint.title).collect()
}

/// Where a key stands at the foot.
fn place(desk: &Desk, title: &str) -> usize {
    let foot = foot(desk);
    foot.iter().position(|one| one == title).unwrap_or_else(|| panic!("no {title} in {foot:?}"))
}

#[test]
fn the_foot_puts_what_is_owed_next_first() {
    let mut desk = decided();
    spoke(&mut desk, "elms<enter>");
    desk.line("promises.+").keys("<enter>").line("promises.0.what").keys("Visit");
    desk.line("promises.0.by").keys("19:00").saves();
    // What somebody outside owes is chased; what is not owed comes after it.
    desk.at_time("2026-11-21T19:20:00Z").keys("3").shows("Visit");
    assert!(place(&desk, "chase") < place(&desk, "decide"), "{:?}", foot(&desk));
    assert!(place(&desk, "chase") < place(&desk, "liaise"), "{:?}", foot(&desk));
    desk.keys("<enter>").shows("The Elms Surgery");
    assert!(place(&desk, "chase") < place(&desk, "decide"), "in the case too: {:?}", foot(&desk));
}

#[test]
fn whoever_opens_a_duty_is_offered_it_and_leaves_nothing_unfinished_behind() {
    let mut desk = Desk::at(Office::opened("2026-11-21T16:42:00Z")).signed_in("lindqvist");
    desk.keys("o").shows("Who holds the duty").shows("LINDQVIST").shows("esc");
    desk.keys("<esc>u").shows("Unfinished").hides("Who holds the duty").goes_home();
    desk.keys("o").saves().shows("decides LINDQVIST, M.");
    // Another name takes the place of the one that was offered.
    desk.keys("o").line("staff").keys("okafor<enter>").saves().shows("decides OKAFOR, A.");
}

#[test]
fn the_unfinished_forms_stand_on_the_one_that_one_left_last() {
    let mut desk = decided();
    for caller in ["first", "second"] {
        desk.keys("c07700 900118<tab>").keys(caller).line("changed").keys(caller).keys("<esc>").later(2);
    }
    desk.sign_in("okafor").keys("c07700 900119<tab>WQ<esc>");
    desk.sign_in("shah").keys("u<enter>");
    assert_eq!(desk.text("changed"), "second", "not the oldest, nor somebody else's:\n{}", desk.screen());
}

#[test]
fn who_is_on_call_names_its_keys_and_the_staff_list_says_who_is_on_duty() {
    let mut desk = Desk::at(Office::opened("2026-11-21T16:42:00Z")).signed_in("okafor");
    desk.keys("<f11>").shows("swap").shows("who holds").goes_home();
    desk.keys("<f7>").shows("on duty now").shows("Decision holder").goes_home();
    // A person's own screen names the key for where they are.
    desk.keys("<f5>").select("QUILL").keys("<enter>").shows("record, where they are");
}

#[test]
fn a_refused_save_leaves_the_way_back_at_the_foot() {
    let mut desk = decided();
    desk.sign_in("okafor").keys("x<ctrl-s>").shows("still open").shows("back, keeps it");
}

#[test]
fn a_case_about_nobody_says_nothing_of_somebody_who_is_not_known() {
    let mut desk = Desk::at(Office::opened("2026-11-21T16:42:00Z")).signed_in("okafor");
    set(&mut desk, "Fridge temperature", "18:00", "o");
    desk.keys("<f9>").shows("Fridge temperature").hides("not known yet");
    // Of a call without a name it is said.
    desk.goes_home().keys("c07700 900118<tab>WQ").saves();
    desk.keys("<f9>").shows("not known yet");
}

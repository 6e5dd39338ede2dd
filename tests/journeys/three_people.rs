//! A provider of three people, and one of a single person: roles, acting for somebody, what wants two people.

use dutydesk::domain::views::Second;

use super::desk::Desk;
use super::office::Office;
use super::whole::{CALL, decide};

fn three() -> Office {
    Office::staffed(
        "2026-11-23T09:00:00Z",
        &[
            ("manager", "Morag Lindqvist", &["registered_manager"]),
            ("deputy", "Bea Marsh", &["service_manager"]),
            ("coordinator", "Priya Shah", &["duty_coordinator"]),
        ],
    )
}

fn roles(desk: &Desk, key: &str) -> Vec<String> {
    let staff = desk.office.staff[key];
    let viewer = desk.store().viewer_for(Some(staff), desk.office.now()).expect("a viewer");
    viewer.roles.into_iter().map(|(role, _)| role).collect()
}

/// Opens somebody's entry in the staff list.
fn staff_record(desk: &mut Desk, name: &str) {
    desk.keys("<f7>").select(name).keys("<enter>");
}

/// The manager gives the coordinator the role of a duty manager.
fn given_a_role(desk: &mut Desk) {
    staff_record(desk, "SHAH");
    desk.keys("e").line("roles").keys("m").saves();
}

#[test]
fn a_role_is_given_by_one_and_agreed_to_by_another_at_the_desk() {
    let mut desk = Desk::at(three()).signed_in("lindqvist");
    given_a_role(&mut desk);
    desk.shows("waits for a second person");
    assert_eq!(roles(&desk, "coordinator"), ["duty_coordinator"]);
    // Nobody agrees to their own: it waits for the deputy, and her header says so.
    desk.keys("<esc><esc><f8>").shows("Nothing waits for you to agree to").keys("<esc>");
    desk.sign_in("marsh").shows("1 to agree").shows("One entry waits for a second person to agree: f8");
    desk.keys("<f8>").shows("For a second person").shows("SHAH").shows("Change of particulars");
    desk.keys("y").shows("Roles: Duty manager").shows("Recorded by LINDQVIST, Morag").keys("y");
    assert_eq!(roles(&desk, "coordinator"), ["duty_coordinator", "duty_manager"]);
    desk.hides("1 to agree").keys("<esc>");
    staff_record(&mut desk, "SHAH");
    desk.shows("MARSH, Bea agreed");
}

#[test]
fn what_another_agreed_to_meanwhile_is_not_exchanged_for_what_was_never_shown() {
    let office = Office::staffed(
        "2026-11-23T09:00:00Z",
        &[
            ("manager", "Morag Lindqvist", &["registered_manager"]),
            ("deputy", "Bea Marsh", &["service_manager"]),
            ("other", "Tom Vale", &["service_manager"]),
            ("coordinator", "Priya Shah", &["duty_coordinator"]),
            ("carer", "Ines Brandt", &["duty_coordinator"]),
        ],
    );
    let mut desk = Desk::at(office).signed_in("lindqvist");
    given_a_role(&mut desk);
    desk.keys("<esc><esc>");
    staff_record(&mut desk, "BRANDT");
    desk.keys("e").line("roles").keys("m").saves();
    desk.keys("<esc><esc>").sign_in("marsh").keys("<f8>").select("SHAH").keys("y").shows("Duty manager");
    let mut other = desk.beside();
    other.sign_in("vale").keys("<f8>").select("SHAH").keys("yy").shows("BRANDT").hides("SHAH");
    desk.hears_of_it().keys("y").shows("settled meanwhile");
    assert_eq!(roles(&desk, "carer"), ["duty_coordinator"], "nobody agreed to hers");
    desk.keys("y").shows("Duty manager").keys("y");
    assert_eq!(roles(&desk, "carer"), ["duty_coordinator", "duty_manager"]);
}

#[test]
fn what_is_refused_says_why_and_has_no_effect() {
    let mut desk = Desk::at(three()).signed_in("lindqvist");
    given_a_role(&mut desk);
    desk.keys("<esc><esc>").sign_in("marsh").keys("<f8>n");
    desk.line("why").keys("She has not done the training").saves();
    assert_eq!(roles(&desk, "coordinator"), ["duty_coordinator"]);
    desk.keys("<esc>");
    staff_record(&mut desk, "SHAH");
    desk.shows("refused by MARSH, Bea").shows("She has not done the training");
}

#[test]
fn whoever_acts_for_the_manager_reviews_in_their_place_and_it_says_for_whom_until_it_ends() {
    let mut desk = Desk::at(three()).signed_in("lindqvist");
    desk.keys("o").line("staff").keys("lindqvist<enter>").saves();
    staff_record(&mut desk, "MARSH");
    desk.keys("f").line("acting.+").keys("<enter>");
    desk.line("acting.0.whom").keys("lindqvist<enter>").line("acting.0.from").keys("23 Nov 10:00");
    desk.line("acting.0.until").keys("25 Nov 18:00").line("acting.0.why").keys("Leave").saves();
    // What is hers she passes on without a second person.
    desk.hides("waits for a second person").keys("<esc><esc>");
    desk.keys(CALL).keys("d");
    decide(&mut desk);

    desk.sign_in("marsh").hides("MARSH, B. for").keys("r").shows("is for");
    desk.at_time("2026-11-23T10:00:00Z").shows("MARSH, B. for LINDQVIST, M.").keys("r");
    desk.line("followed")
        .keys("nThere was none<tab>")
        .line("care_changed")
        .keys("nNothing asked for a change<tab>");
    desk.line("governance").keys("n").line("as_delegate").keys("n").saves();
    desk.keys("<enter>").shows("MARSH, Bea for LINDQVIST, Morag").keys("<esc>");
    let review = desk.case("U-1").chronology.pop().expect("the review");
    assert_eq!(review.entry.who.by, Some(desk.office.staff["deputy"]));
    assert_eq!(review.entry.leave.acting_for, Some(desk.office.staff["manager"]));
    // The form that changes it offers what is in force; a line that is taken out ends it.
    desk.sign_in("lindqvist");
    staff_record(&mut desk, "MARSH");
    desk.keys("f").line("acting.0.why");
    assert_eq!(desk.text("acting.0.whom"), "LINDQVIST, Morag");
    desk.keys("<f8>y").saves();
    desk.keys("<esc><esc>").sign_in("marsh").hides("MARSH, B. for");
    assert_eq!(roles(&desk, "deputy"), ["service_manager"]);
    desk.sign_in("lindqvist");
    staff_record(&mut desk, "MARSH");
    desk.keys("f").line("acting.+").keys("<enter>");
    desk.line("acting.0.whom").keys("lindqvist<enter>").line("acting.0.from").keys("23 Nov 10:00");
    desk.line("acting.0.until").keys("25 Nov 18:00").saves();
    desk.keys("<esc><esc>").sign_in("marsh").shows("MARSH, B. for LINDQVIST, M.");
    // It ends by itself: on the screen, and in the ledger.
    desk.at_time("2026-11-25T18:00:00Z").hides("MARSH, B. for").shows("MARSH, B.");
    assert_eq!(roles(&desk, "deputy"), ["service_manager"]);
}

/// A governance item: raised, and what is done about it decided.
fn item(desk: &mut Desk) {
    desk.keys(CALL).keys("d");
    decide(desk);
    desk.later(60).keys("r");
    desk.line("followed")
        .keys("nThere was none<tab>")
        .line("care_changed")
        .keys("nNothing asked for a change<tab>");
    desk.line("governance").keys("yThe surgery was rung twice<tab>").line("as_delegate").keys("n").saves();
    desk.keys("<f9>").select("G-1").keys("<enter>a");
    desk.line("cause").keys("Two lists of numbers").line("no_action").keys("One list is gone").saves();
}

fn closes(desk: &mut Desk) -> &mut Desk {
    desk.keys("x").line("better").keys("One list since Monday").line("ended").keys("b")
}

#[test]
fn three_people_close_what_one_of_them_decided_with_the_word_of_another() {
    let office = Office::staffed(
        "2026-11-23T09:00:00Z",
        &[
            ("manager", "Morag Lindqvist", &["registered_manager"]),
            ("deputy", "Bea Marsh", &["delegate", "service_manager"]),
            ("coordinator", "Priya Shah", &["duty_coordinator"]),
        ],
    );
    let mut desk = Desk::at(office).signed_in("lindqvist");
    desk.keys("o").line("staff").keys("lindqvist<enter>").saves();
    item(&mut desk);
    closes(&mut desk).saves().shows("waits for a second person");
    assert!(!desk.case("G-1").state.closed);
    desk.keys("<esc><esc>").sign_in("marsh").keys("<f8>").shows("Close the item").keys("yy");
    assert!(desk.case("G-1").state.closed);
}

#[test]
fn one_person_alone_can_do_everything_and_says_why_where_two_are_wanted() {
    let alone =
        Office::staffed("2026-11-23T09:00:00Z", &[("manager", "Morag Lindqvist", &["registered_manager"])]);
    let mut desk = Desk::at(alone).signed_in("lindqvist");
    desk.keys("o").line("staff").keys("lindqvist<enter>").saves();

    // The first colleague: whoever gives a role is asked why nobody else agreed to it.
    desk.keys("<f7><down>a").line("name").keys("Shah, Priya").line("roles").keys("d<ctrl-s>");
    desk.shows("Say why it is done alone");
    desk.line("+alone").keys("I am the only manager until Monday").saves();
    desk.keys("<esc>");
    staff_record(&mut desk, "SHAH");
    desk.shows("done alone: I am the only manager").keys("<esc><esc>");

    // Review and closure of what she decided herself.
    item(&mut desk);
    closes(&mut desk).keys("<ctrl-s>").shows("Say why it is done alone");
    desk.line("+alone").keys("Nobody else manages here").saves();
    let closed = desk.case("G-1");
    assert!(closed.state.closed);
    let alone = closed.chronology.iter().filter_map(|told| told.second.clone());
    assert_eq!(alone.collect::<Vec<_>>(), [Second::Alone("Nobody else manages here".to_owned())]);
    // Whoever oversees finds both.
    desk.keys("<esc><esc>:done alone<enter>")
        .shows("Nobody else manages here")
        .shows("I am the only manager");
}

#[test]
fn whoever_looks_after_the_office_sees_the_staff_list_and_nothing_of_anybody() {
    let office = Office::staffed(
        "2026-11-23T09:00:00Z",
        &[
            ("manager", "Morag Lindqvist", &["registered_manager"]),
            ("admin", "Tom Vale", &["administrator"]),
            ("coordinator", "Priya Shah", &["duty_coordinator"]),
        ],
    );
    let mut desk = Desk::at(office).signed_in("shah");
    desk.keys(CALL).keys("c").keys("07700900118<tab>WQ<tab>qui<enter>").keys("<esc>");
    desk.sign_in("vale").shows("Reading records is for").hides("QUILL").hides("Sleepier");
    desk.keys("u").shows("Unfinished").hides("QUILL").hides("07700").keys("<esc>");
    desk.keys("<f5>").hides("QUILL").shows("Reading records is for").keys("<f9>").hides("U-1").keys("<esc>");
    given_a_role(&mut desk);
    desk.shows("Priya Shah").shows("waits for a second person");
    desk.keys("<esc><esc>").sign_in("lindqvist").shows("1 to agree");
}

#[test]
fn the_last_who_may_add_staff_neither_leaves_nor_loses_the_role() {
    let mut desk = Desk::at(Office::staffed(
        "2026-11-23T09:00:00Z",
        &[
            ("manager", "Morag Lindqvist", &["registered_manager"]),
            ("coordinator", "Priya Shah", &["duty_coordinator"]),
        ],
    ))
    .signed_in("lindqvist");
    staff_record(&mut desk, "LINDQVIST");
    desk.keys("x<ctrl-s>").shows("Nobody who is here could add staff");
    assert_eq!(roles(&desk, "manager"), ["registered_manager"]);
    desk.keys("<esc><esc>");
    staff_record(&mut desk, "LINDQVIST");
    // Another role in its place, whatever the reason.
    desk.keys("e").line("roles").keys("rd<ctrl-s>").shows("Say why it is done alone");
    desk.keys("I leave the post<ctrl-s>").shows("Nobody who is here could add staff");
    assert_eq!(roles(&desk, "manager"), ["registered_manager"]);
}

#[test]
fn whoever_acts_for_somebody_answers_what_is_offered_to_them_and_has_it_in_their_own_name() {
    let mut desk = Desk::at(three()).signed_in("lindqvist");
    staff_record(&mut desk, "MARSH");
    desk.keys("f").line("acting.+").keys("<enter>");
    desk.line("acting.0.whom").keys("lindqvist<enter>").line("acting.0.from").keys("23 Nov 10:00");
    desk.line("acting.0.until").keys("25 Nov 18:00").saves();
    desk.keys("<esc><esc>").sign_in("shah").keys(CALL).keys("<enter>").keys(";ct");
    desk.keys(";o").keys("lindqvist<enter>").saves();
    desk.goes_home().sign_in("marsh").keys("@").hides("from SHAH, P.");
    desk.goes_home().at_time("2026-11-23T10:00:00Z").shows("MARSH, B. for LINDQVIST, M.");
    desk.keys("@").shows("from SHAH, P.").keys("y");
    let deputy = desk.office.staff["deputy"];
    let case = desk.case("U-1");
    assert_eq!(case.state.owner, Some(dutydesk::domain::commitment::Party::Staff(deputy)));
    let taken = case.chronology.last().expect("what was taken").entry.clone();
    assert_eq!((taken.who.by, taken.leave.acting_for), (Some(deputy), Some(desk.office.staff["manager"])));
}

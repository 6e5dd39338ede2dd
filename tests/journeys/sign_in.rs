//! Who is at the keyboard: a name, a PIN, a lock, a call at a locked desk, and what nobody else sees.

use std::fs;

use chrono::TimeDelta;
use dutydesk::app::{Layer, Notice};
use dutydesk::domain::access::{How, Look};
use dutydesk::domain::act::Act;
use dutydesk::domain::entry::{Method, Said};
use dutydesk::domain::permission::Viewer;
use dutydesk::domain::secret::{SecretKind, SignInRules};
use dutydesk::store::{Access, OfficeDir};

use super::desk::Desk;
use super::office::Office;

const EVENING: &str = "2026-11-21T21:02:00Z";
const PIN: &str = "481516";
/// Every name that must not stand on a locked screen.
const NAMES: [&str; 11] =
    ["SHAH", "Shah", "BRANDT", "OKAFOR", "Okafor", "LINDQVIST", "VARGA", "QUILL", "Quill", "OAKES", "Elms"];

/// A coordinator who has chosen a PIN and is signed in.
fn with_a_pin(office: Office) -> Desk {
    let mut desk = Desk::at(office).signed_in("shah");
    desk.keys("<f3>").shows("six digits or more").keys(PIN).keys("<enter>").shows("once more");
    desk.keys(PIN).keys("<enter>").shows("your name alone signs nobody in");
    desk
}

/// Says who they are, by name, and types a PIN.
fn with(desk: &mut Desk, name: &str, pin: &str) {
    desk.keys("w").keys(name).keys("<enter>").shows("Your PIN or passphrase").keys(pin).keys("<enter>");
}

/// The screen names nobody and nothing of anybody.
fn names_nobody(desk: &mut Desk) {
    let screen = desk.screen();
    for name in NAMES {
        assert!(!screen.contains(name), "{name} stands on a locked screen:\n{screen}");
    }
}

fn acts(desk: &Desk) -> Vec<(Act, Option<dutydesk::domain::ids::CaseId>, Method)> {
    let store = desk.store();
    let entries = store.entries_after(&Viewer::system(), 0, 1000).expect("it can be read");
    let act = |entry: dutydesk::domain::entry::Entry| match entry.said {
        Said::Act(act) => Some((act, entry.who.by, entry.who.method)),
        _ => None,
    };
    entries.into_iter().filter_map(act).collect()
}

fn says(desk: &Desk) -> String {
    match &desk.app.notice {
        Some(Notice::Says(says)) => says.clone(),
        other => panic!("something should be said, not {other:?}"),
    }
}

#[test]
fn a_name_is_enough_until_somebody_chooses_a_pin_which_stands_nowhere() {
    let office = Office::opened(EVENING);
    let mut desk = with_a_pin(office.clone());
    let shah = office.staff["coordinator"];
    assert!(acts(&desk).contains(&(
        Act::SetSecret { staff: shah, what: SecretKind::Pin },
        Some(shah),
        Method::Asserted
    )));

    let mut other = desk.beside();
    other.shows("This desk is locked").keys("wshah<enter>").shows("Your PIN or passphrase").hides("481516");
    other.keys("481517").shows("••••••").hides("481517").keys("<enter>").shows("Not right. Try again");
    assert!(other.app.you.is_none());
    let missed =
        Look { staff: None, subject: shah, case: None, how: How::Missed, detail: None, at: office.now() };
    let mut log = Access::open(&OfficeDir::at(office.path())).expect("the log opens");
    assert_eq!(log.looks().expect("it can be read"), [missed]);
    log.record(&[]).expect("the log is whole");

    other.keys(PIN).keys("<enter>");
    assert_eq!(other.app.you.as_ref().map(|you| (you.staff, you.method)), Some((shah, Method::Pin)));
    assert!(acts(&other).contains(&(Act::SignIn { staff: shah }, Some(shah), Method::Pin)));
    // Whoever has none signs in by name, as before.
    other.keys("wbrandt<enter>");
    assert_eq!(other.app.you.as_ref().map(|you| you.method), Some(Method::Asserted));

    desk.keys("<f12>");
    for file in fs::read_dir(office.path()).expect("an office").flatten().filter(|file| file.path().is_file())
    {
        let bytes = fs::read(file.path()).expect("it can be read");
        let found = bytes.windows(PIN.len()).any(|window| window == PIN.as_bytes());
        assert!(!found, "the PIN stands in {}", file.path().display());
    }
    desk.assert_record_holds();
}

#[test]
fn a_locked_desk_shows_nobody_and_whoever_locked_it_is_back_at_the_very_word() {
    let office = Office::opened(EVENING);
    let mut desk = with_a_pin(office.clone());
    desk.keys("c07700 900118<tab>WQ<tab>qui<enter>ynHard to ro");
    let before = (desk.screen(), desk.app.layers.len());
    desk.keys("<ctrl-l>").shows("This desk is locked").shows("Rowan House");
    names_nobody(&mut desk);
    desk.hides("07700 900118").hides("Hard to ro").hides("decides").keys("<f1>");
    names_nobody(&mut desk);
    desk.keys("<esc>").keys("u").keys("/").keys("<f5>").keys(":").later(1);
    names_nobody(&mut desk);

    // The others see that it exists, of whom it is, and how to ring back.
    let mut other = desk.beside().signed_in("brandt");
    other.shows("1 unfinished").keys("u").shows("QUILL").shows("07700 900118").hides("Hard to ro");
    other.keys("<enter>").shows("somebody else's");

    desk.keys("<enter>").shows("of whoever locked this desk");
    names_nobody(&mut desk);
    desk.keys(PIN).keys("<enter>").shows("back where you were");
    assert_eq!(desk.text("changed"), "Hard to ro");
    desk.keys("use<esc>");
    assert_eq!(before.1, desk.app.layers.len() + 1, "the form was on top, as it was");
    assert!(before.0.contains("Hard to ro"));
}

#[test]
fn a_desk_that_nobody_touches_locks_by_itself_and_a_key_begins_the_wait_anew() {
    let mut desk = with_a_pin(Office::opened(EVENING));
    desk.keys("c07700 900118<tab>WQ");
    desk.later(2).shows("WQ").keys(", carer").later(2).shows("WQ, carer");
    assert_eq!(desk.app.locks_at(), Some(desk.office.now() + TimeDelta::minutes(1)));
    desk.later(1).shows("This desk is locked");
    names_nobody(&mut desk);
    // Back after an hour; a clock that was set back meanwhile locks nothing and opens nothing.
    desk.at_time("2026-11-21T20:00:00Z").shows("This desk is locked");
    desk.keys("<enter>").keys(PIN).keys("<enter>");
    assert_eq!(desk.text("caller"), "WQ, carer");
    desk.later(2).shows("WQ, carer");
}

#[test]
fn somebody_without_a_pin_is_not_locked_out_of_anything_by_waiting() {
    let mut desk = Desk::at(Office::opened(EVENING)).signed_in("shah");
    desk.later(600).shows("you SHAH");
    assert_eq!(desk.app.locks_at(), None);
    // Hiding the screen is theirs all the same, and their name alone brings it back.
    desk.keys("c07700 900118<tab>WQ<f12>").shows("This desk is locked");
    names_nobody(&mut desk);
    desk.keys("<enter>").shows("back where you were");
    assert_eq!(desk.text("caller"), "WQ");
}

#[test]
fn another_person_at_a_locked_desk_sees_nothing_that_was_open() {
    let office = Office::opened(EVENING);
    let mut desk = with_a_pin(office.clone());
    desk.keys("c07700 900118<tab>WQ<tab>qui<enter>ynHard to rouse<tab>rto be decided<ctrl-s>");
    desk.keys("<enter>").shows("Timeline").keys("l").shows("Who there");
    desk.keys("The Elms<f12>");
    with_another(&mut desk);
    desk.hides("Timeline").shows("1 Urgent calls");
    assert!(matches!(desk.app.layers.as_slice(), [Layer::Board(_)]), "only the dashboard");
    desk.keys("<f12>");
    // The first comes back to a dashboard of their own, and finds what they left among the unfinished.
    with(&mut desk, "shah", PIN);
    desk.keys("u").shows("Unfinished").keys("<enter>");
    assert!(matches!(desk.app.top(), Layer::Form(_)), "{}", desk.screen());
    // Without a lock in between it is the same: whoever takes the keyboard begins at the dashboard.
    desk.keys("<esc><esc>");
    with_another(&mut desk);
    assert!(matches!(desk.app.layers.as_slice(), [Layer::Board(_)]), "only the dashboard");
}

fn with_another(desk: &mut Desk) {
    desk.keys("w").shows("Who is here").keys("brandt<enter>").shows("you BRANDT");
}

#[test]
fn a_locked_desk_takes_a_call_that_is_signed_later_and_shows_no_record_meanwhile() {
    let office = Office::opened(EVENING);
    let mut desk = with_a_pin(office.clone());
    desk.keys("<f12>c").shows("Urgent communication log").hides("search");
    desk.keys("<ctrl-f>").shows("Nobody has said who is here");
    desk.keys("07700 900118<tab>WQ<tab>Mrs Quill, flat 4").hides("Theresa").hides("not on the list");
    names_nobody_but(&mut desk, "Quill");
    desk.keys("<enter>ynHard to rouse<tab>rwhat to do").saves().shows("This desk is locked");
    names_nobody(&mut desk);
    let case = desk.case("U-1");
    let told = &case.chronology[0];
    assert_eq!((told.entry.who.by, told.entry.who.typed_by, told.unsigned), (None, None, true));
    assert_eq!(case.state.subject, None, "who it is about is found out later");
    assert_eq!(desk.board().unsigned, 1);

    // Another call is still open when somebody comes back: it is theirs to finish, over what they had open.
    desk.keys("c01632 960118<tab>Night staff<f12>");
    names_nobody(&mut desk);
    desk.keys("c01632 960222<tab>Porter");
    with_f2_kept(&mut desk);
    desk.keys("<esc><enter>").keys(PIN).keys("<enter>").shows("back where you were");
    desk.keys("k").shows("Typed for you").keys("y").shows("Was it you?").keys("y");
    let case = desk.case("U-1");
    let shah = office.staff["coordinator"];
    assert_eq!((case.chronology[0].unsigned, case.chronology[0].signed_by), (false, Some(shah)));
    assert!(acts(&desk).iter().any(|(act, by, method)| {
        matches!(act, Act::Sign { .. }) && (*by, *method) == (Some(shah), Method::Pin)
    }));
    assert_eq!(desk.board().unsigned, 0);
    desk.keys("<esc><enter>").shows("SHAH");
    desk.assert_record_holds();
}

fn names_nobody_but(desk: &mut Desk, typed: &str) {
    let screen = desk.screen();
    for name in NAMES.into_iter().filter(|name| *name != typed) {
        assert!(!screen.contains(name), "{name} stands on a locked screen:\n{screen}");
    }
}

/// What was begun at the locked desk and hidden again stands among the unfinished, as nobody's.
fn with_f2_kept(desk: &mut Desk) {
    let mut other = desk.beside().signed_in("brandt");
    other.keys("u").shows("01632 960118");
}

#[test]
fn the_first_line_says_who_you_are_and_what_waits_and_enter_opens_exactly_that() {
    let office = Office::opened(EVENING);
    let mut desk = Desk::at(office.clone()).signed_in("shah");
    desk.keys("c07700 900118<tab>WQ<tab>qui<enter>ynHard to rouse<tab>rto be decided<ctrl-s>");
    desk.later(6);
    let mut manager = desk.beside();
    manager.keys("wokafor<enter>");
    let line = says(&manager);
    assert!(line.starts_with("You are OKAFOR, A., duty manager. "), "{line}");
    assert!(line.contains("waits for a decision, RED 6m. Enter opens it."), "{line}");
    assert!(line.ends_with("Not you? F12"), "{line}");
    manager.keys("<enter>").shows("Timeline").shows("QUILL, Theresa");
    let mut quiet = Desk::at(Office::opened(EVENING));
    quiet.keys("wbrandt<enter>");
    assert_eq!(says(&quiet), "You are BRANDT, I., shift leader. Nothing waits for you. Not you? F12");
}

#[test]
fn ten_wrong_ones_lock_wherever_they_are_tried_until_somebody_else_unlocks() {
    let office = Office::opened(EVENING);
    let desk = with_a_pin(office.clone());
    let mut first = desk.beside();
    first.keys("wshah<enter>");
    for miss in 1..=10 {
        // Every second one at another desk, which meets the same count.
        first.keys("000001<enter>");
        if miss == 3 {
            first.shows("Try again in 1 second").keys("000002<enter>").shows("Too soon");
        }
        if miss == 5 {
            let mut second = first.killed_and_started_again();
            second.keys("wshah<enter>").keys(PIN).keys("<enter>").shows("Too soon");
            assert!(second.app.you.is_none());
            first = second;
        }
        first.later(1);
    }
    first.keys(PIN).keys("<enter>").shows("Locked after too many wrong ones");
    assert!(first.app.you.is_none());
    // A call is taken all the same.
    first.keys("<f2>07700 900118<tab>WQ").saves();

    let mut manager = first.beside();
    manager
        .keys("wlindqvist<enter>")
        .keys(":unlock<enter>")
        .shows("Who or what may try again?")
        .shows("SHAH");
    manager.keys("1").shows("Unlocked");
    let (shah, morag) = (office.staff["coordinator"], office.staff["manager"]);
    let unlocked = Act::Unlock { staff: Some(shah), station: None };
    assert!(acts(&manager).contains(&(unlocked, Some(morag), Method::Asserted)));
    let mut again = Desk::number(&office, 1);
    with(&mut again, "shah", PIN);
    assert_eq!(again.app.you.as_ref().map(|you| you.staff), Some(shah));
}

#[test]
fn one_that_was_given_is_replaced_at_the_next_sign_in() {
    let office = Office::opened(EVENING);
    let mut desk = Desk::at(office.clone()).signed_in("lindqvist");
    desk.keys("<f7>").select("BRANDT").keys(":give them<enter>").shows("tell only them");
    desk.keys("204060<enter>204060<enter>").shows("Set for BRANDT");
    let brandt = office.staff["leader"];
    let mut other = desk.beside();
    with(&mut other, "brandt", "204060");
    other
        .shows("now choose one that only you know")
        .keys("204060<enter>204060<enter>")
        .shows("the one you have");
    other.keys("tea at four o'clock<enter>").keys("tea at four oclock<enter>").shows("not the same");
    other.keys("tea at four o'clock<enter>tea at four o'clock<enter>");
    assert_eq!(other.app.you.as_ref().map(|you| (you.staff, you.method)), Some((brandt, Method::Pin)));
    // Changing it asks for the one before.
    other.keys("<f3>").keys("204060<enter>").keys("730512<enter>730512<enter>").shows("Not right");
    other.keys("tea at four o'clock<enter>").keys("730512<enter>730512<enter>").shows("Set.");
    other.keys("<f12><enter>").keys("730512<enter>").shows("back where you were");
    // Whoever gives one is not told whether it is the one that they have.
    desk.keys(":give them<enter>").keys("730512<enter>730512<enter>").hides("the one you have");
    desk.shows("Set for BRANDT");
    // Only somebody who may gives one, and nobody to themselves.
    other.keys("<f7>").select("SHAH").keys(":give them<enter>").shows("is for:");
}

#[test]
fn where_everybody_needs_one_a_name_alone_is_refused_and_somebody_who_may_stands_by_the_first() {
    let rules = SignInRules { everybody: true, ..SignInRules::default() };
    let mut office = Office::opened(EVENING);
    office.rules = rules;
    let mut desk = Desk::at(office.clone());
    desk.shows("This desk is locked").keys("wshah<enter>").shows("you have none yet").keys("<enter>");
    assert!(desk.app.you.is_none());
    // The first who may begins; after that nobody does without them.
    desk.keys("wlindqvist<enter>").shows("Choose yours now").keys("730512<enter>730512<enter>");
    assert_eq!(desk.app.you.as_ref().map(|you| you.method), Some(Method::Pin));
    let mut other = desk.beside();
    other.keys("wokafor<enter>").shows("you have none yet");
    // At the manager's own desk it is chosen by whoever it is for, and vouched for by who is signed in.
    desk.keys("wshah<enter>").shows("Choose yours now").keys("481516<enter>481516<enter>");
    let (shah, morag) = (office.staff["coordinator"], office.staff["manager"]);
    assert_eq!(desk.app.you.as_ref().map(|you| (you.staff, you.method)), Some((shah, Method::Pin)));
    let set = Act::SetSecret { staff: shah, what: SecretKind::Pin };
    assert!(acts(&desk).contains(&(set, Some(morag), Method::Pin)));
}

#[test]
fn whoever_signs_in_stands_at_the_start_of_each_list_with_the_worst_call_of_this_day() {
    let mut desk = Desk::at(Office::opened(EVENING)).signed_in("shah");
    let call = |number: u32, words: &str, risk: char| {
        format!("c07700 9001{number}<tab>WQ<tab>qui<enter>yn{words}<tab>{risk}to be decided<ctrl-s>")
    };
    for number in 10..40 {
        desk.keys(&call(number, "Long ago", 'r'));
    }
    desk.later(3 * 24 * 60).keys(&call(50, "Hard to rouse now", 'r')).later(4);
    // Somebody looks at the end of two lists and leaves the screen there.
    desk.keys("1<end>2<end>");
    desk.sign_in("okafor");
    assert!(says(&desk).contains("the worst RED 4m, the oldest 3 d"), "{}", says(&desk));
    desk.keys("<up>").shows("Hard to rouse now");
    for (columns, rows) in [(120, 40), (80, 24), (46, 30)] {
        let screen = desk.screen_of(columns, rows);
        assert!(screen.contains("Hard to rouse"), "{screen}");
        // Where there is little room whoever decides themselves is named once.
        let decides = if columns == 80 { "you decide: OKAFOR, A." } else { "decides OKAFOR, A." };
        assert!(screen.contains(decides), "{screen}");
    }
    desk.keys("<enter>").shows("Hard to rouse now");
}

#[test]
fn a_call_taken_without_a_name_makes_nobody_new_and_whoever_signs_it_is_asked_whom_it_is_about() {
    let office = Office::opened(EVENING);
    let mut desk = Desk::at(office.clone());
    desk.keys("c07700 900118<tab>WQ<tab>quill<tab>ynHard to rouse<tab>rto be decided").saves();
    let people =
        |desk: &Desk| desk.store().find(&Viewer::system(), "people", "quill", 20).expect("found").len();
    let before = people(&desk);
    assert_eq!(desk.case("U-1").state.subject, None, "the words are nobody's record");
    desk.keys("wshah<enter>").keys("k").shows("U-1").keys("y").keys("y");
    desk.shows("Whom is it about?").shows("quill");
    assert_eq!(desk.text("about"), "quill");
    desk.keys("<backspace>").shows("QUILL").keys("<enter>").saves();
    assert_eq!(desk.case("U-1").state.subject, Some(office.people["quill"]));
    assert_eq!(people(&desk), before);
}

#[test]
fn a_list_at_a_desk_where_nobody_is_signed_in_says_to_say_who_one_is() {
    let mut desk = Desk::at(Office::opened("2026-11-21T16:42:00Z"));
    desk.keys("<ctrl-n>").shows("Reading records is for staff: say who you are first");
    desk.keys("<ctrl-e>").shows("say who you are first").hides("Registered Manager");
}

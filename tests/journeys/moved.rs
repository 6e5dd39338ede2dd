//! The right surname, the wrong person: told apart before the choice, and moved to the right record afterwards, with
//! everything that was told of the wrong person put right.

use chrono::TimeDelta;
use dutydesk::domain::answer::{Answer, Named};
use dutydesk::domain::commitment::Commitment;
use dutydesk::domain::views::CaseView;
use ratatui::style::Modifier;

use super::desk::Desk;
use super::office::Office;
use super::whole::{decide, spoke_to_the_surgery};

/// A call about the first of two men of one name and scheme, who were told apart on the screen; he is chosen.
fn about_the_wrong_one() -> Desk {
    let mut desk = Desk::at(Office::opened("2026-11-21T16:42:00Z")).signed_in("shah");
    desk.keys("c07700 900118<tab>WQ<tab>999 000 0026<enter>");
    desk.shows("01-Feb-1950").shows("10-Feb-1950").shows("999 000 0034");
    desk.keys("1ynConfused since noon<tab>awhat to do").saves();
    desk
}

fn put_on_the_right_one(desk: &mut Desk) {
    desk.keys("<enter>v");
    desk.line("to").keys("999 000 0034<enter>1");
    desk.line("why").keys("The caller meant somebody else of that name").saves();
}

#[test]
fn another_person_is_not_corrected_in_a_line() {
    let mut desk = about_the_wrong_one();
    desk.keys("<enter>m").line("about").keys("<ctrl-backspace><ctrl-backspace>999 000 0034<enter>1");
    desk.line("+reason").keys("Somebody else<ctrl-s>").shows("not put right by");
    assert_eq!(desk.case("U-1").state.subject, Some(desk.office.people["oakes_1"]));
}

#[test]
fn a_form_left_unfinished_about_the_wrong_person_says_whom_its_case_is_about_now() {
    let mut desk = about_the_wrong_one();
    desk.keys("<enter>t").shows("OAKES, Bernard · U-1").line("told.0.whom").keys("f<esc>");
    desk.goes_home();
    let mut other = desk.beside().signed_in("okafor");
    put_on_the_right_one(&mut other);
    desk.hears_of_it().keys("u<enter>");
    desk.shows("OAKES, Brian · U-1")
        .shows("This was begun about OAKES, Bernard · U-1. The case was moved since");
}

fn open(case: &CaseView) -> Vec<&Commitment> {
    case.state.commitments.iter().filter(|one| one.progress.is_open()).collect()
}

#[test]
fn the_wrong_person_is_put_right_and_the_first_record_keeps_a_stub_only() {
    let mut desk = about_the_wrong_one();
    let [wrong, right] = ["oakes_1", "oakes_2"].map(|key| desk.office.people[key]);
    let before: CaseView = desk.case("U-1");
    assert_eq!(before.state.subject, Some(wrong));

    put_on_the_right_one(&mut desk);
    let case = desk.case("U-1");
    assert_eq!(case.state.subject, Some(right));
    for clock in open(&before) {
        assert!(open(&case).iter().any(|one| one.id == clock.id), "the clock of {} follows", clock.what);
    }
    desk.keys("<esc>").shows("OAKES, Brian").shows("Moved to the right record").shows("The caller meant");
    // The name that it was written under is struck, with who, when and why; mono draws the line as any other look.
    desk.shows("About: OAKES, Bernard  struck 16:42 by SHAH, Priya: The");
    assert!(desk.is_drawn("OAKES, Bernard", Modifier::CROSSED_OUT));

    let first = desk.person(wrong);
    assert!(first.cases.is_empty() && first.owed.is_empty());
    assert_eq!(first.moved.len(), 1);
    assert_eq!(first.moved[0].by, "SHAH, Priya");
    let second = desk.person(right);
    assert_eq!(second.cases.len(), 1);
    assert!(!second.owed.is_empty());

    // On the first man's screen there is the stub and nothing of how the other is.
    desk.keys("<esc><f5>/bern<enter><enter>")
        .shows("OAKES, Bernard")
        .shows("U-1  struck, moved to the right record");
    desk.hides("Confused").hides("Decide");
    assert!(desk.is_drawn("U-1", Modifier::CROSSED_OUT));
}

/// The wrong man has moved to another house since the office was opened.
fn lives_elsewhere(desk: &mut Desk) {
    desk.keys("<f5>/bern<enter><enter>ne").line("location");
    desk.instead("location", "Mill Lane<enter>").saves().goes_home();
}

#[test]
fn where_the_wrong_person_lives_goes_with_them_and_a_form_begun_meanwhile_says_whom_it_is_about_now() {
    let mut desk = Desk::at(Office::opened("2026-11-21T16:42:00Z")).signed_in("lindqvist");
    lives_elsewhere(&mut desk);
    desk.sign_in("shah").keys("c07700 900118<tab>WQ<tab>999 000 0026<enter>");
    desk.keys("1ynConfused since noon<tab>awhat to do").saves();
    desk.keys("<enter>");
    desk.keys("t").line("told.0.said").keys("Nothing yet").keys("<esc><esc>").goes_home();

    let mut other = desk.beside();
    other.later(1).sign_in("shah");
    other.keys("1");
    put_on_the_right_one(&mut other);
    other.keys("<esc>").shows("OAKES, Brian").shows("Where: Mill Lane  struck 16:43 by SHAH, Priya");
    let case = other.case("U-1");
    let call = &case.chronology[0];
    assert!(call.place_under.is_some(), "the place was that of the wrong man");
    // Whoever is on duty where the right man lives answers for him from now on.
    let right = other.person(other.office.people["oakes_2"]).record.location;
    assert!(right.is_some() && case.state.location == right && call.place_under != right);
    other.assert_record_holds();

    // The form is about the right man by now, in the list and at its head, and says that this was otherwise.
    desk.hears_of_it().keys("u").shows("moved to OAKES, Brian · U-1");
    desk.keys("<enter>").shows("OAKES, Brian · U-1");
}

/// One of the two men has no place of ours: whoever is found by these letters.
fn lives_with_none_of_us(letters: &str) -> Desk {
    let mut desk = Desk::at(Office::opened("2026-11-21T16:42:00Z")).signed_in("lindqvist");
    desk.keys("<f5>/").keys(letters).keys("<enter><enter>ne").line("location").keys("<backspace><esc>");
    assert_eq!(desk.text("location"), "");
    desk.saves().goes_home();
    desk.sign_in("shah").keys("c07700 900118<tab>WQ<tab>999 000 0026<enter>");
    desk.keys("1ynConfused since noon<tab>awhat to do").saves();
    desk
}

#[test]
fn a_case_moved_to_somebody_who_has_no_home_goes_by_that_of_the_wrong_person_no_longer() {
    let mut desk = lives_with_none_of_us("bri");
    let [wrong, right] = ["oakes_1", "oakes_2"].map(|key| desk.office.people[key]);
    let home = desk.person(wrong).record.location;
    assert_eq!(desk.person(right).record.location, None);
    assert!(home.is_some() && desk.case("U-1").state.location == home);
    put_on_the_right_one(&mut desk);
    assert_eq!(desk.case("U-1").state.location, None, "that home has nothing to do with him");
    // Read anew from the record it is the same.
    desk.assert_record_holds();
}

#[test]
fn a_case_moved_from_somebody_who_has_no_home_goes_by_that_of_the_right_person() {
    let mut desk = lives_with_none_of_us("bern");
    let [wrong, right] = ["oakes_1", "oakes_2"].map(|key| desk.office.people[key]);
    assert_eq!((desk.person(wrong).record.location, desk.case("U-1").state.location), (None, None));
    put_on_the_right_one(&mut desk);
    let home = desk.person(right).record.location;
    assert!(home.is_some() && desk.case("U-1").state.location == home);
    desk.assert_record_holds();
}

#[test]
fn a_place_corrected_into_words_leaves_the_home_by_which_duties_go() {
    let mut desk = about_the_wrong_one();
    let home = desk.person(desk.office.people["oakes_1"]).record.location;
    assert!(home.is_some() && desk.case("U-1").state.location == home);
    desk.keys("<enter>m<f4>").line("place").keys("<backspace>County Hospital<esc>");
    assert_eq!(desk.text("place"), "County Hospital");
    desk.line("+reason").keys("He was taken there at noon").saves();
    let case = desk.case("U-1");
    let answers = case.chronology[0].answers.as_ref().expect("a step");
    let place = Answer::Named(Named { id: None, words: "County Hospital".to_owned() });
    assert_eq!(answers.get("place"), Some(&place));
    assert_eq!(case.state.location, home);
    desk.assert_record_holds();
}

#[test]
fn whoever_was_told_of_the_wrong_person_is_put_right_and_the_breach_is_looked_at() {
    let mut desk = about_the_wrong_one();
    desk.later(5).sign_in("okafor").keys("d");
    decide(&mut desk);
    desk.sign_in("shah").keys("l");
    spoke_to_the_surgery(&mut desk, "Visit", "19:00");
    desk.keys("1t").line("told.0.whom").keys("f").line("told.0.name").keys("daughter<enter>");
    desk.line("told.0.how").keys("t").line("told.0.said").keys("The surgery comes by seven").saves();

    desk.later(20).keys("1");
    put_on_the_right_one(&mut desk);
    // At once, each a key away: by name and with the number, then what the office owes.
    desk.shows("Tell The Elms Surgery it was the wrong person, 01632 960118");
    desk.shows("Tell Hannah Quill it was the wrong person, 07700 900411");
    desk.shows("ICO within 72 hours,").shows("where feasible").shows("Candour check");
    let case = desk.case("U-1");
    let to_tell = |case: &CaseView| open(case).iter().filter(|one| one.what.starts_with("Tell ")).count();
    assert_eq!(to_tell(&case), 2);
    assert!(open(&case).iter().any(|one| one.what == "Visit"), "what the surgery promised is still owed");
    let breach = desk.case("B-1");
    assert_eq!(breach.state.subject, None, "the office's own matter, on nobody's record");
    let assess = open(&breach).into_iter().find(|one| one.what.contains("ICO")).expect("owed").clone();
    assert_eq!(assess.due - assess.started, TimeDelta::hours(72));

    desk.keys("1").shows("Told that it was the wrong person");
    desk.line("who").keys("Dr ZZ").line("how").keys("t");
    desk.line("said")
        .keys("Brian Oakes, 999 000 0034, read back; takes the note off the other record")
        .saves();
    assert_eq!(to_tell(&desk.case("U-1")), 1);

    // The manager assesses it and looks whether candour applies.
    desk.keys("<esc>").later(60).sign_in("lindqvist").keys("<f9>/B-1<enter><enter>a");
    desk.line("kind")
        .keys("w")
        .line("went")
        .keys("Name and number of one man told to the surgery as the other's");
    desk.line("risk")
        .keys("nPut right within the hour<tab>")
        .line("reported")
        .keys("nNo risk to anybody came of it<tab>");
    desk.line("person_told").keys("y").line("told_who").keys("I did, at six, by telephone");
    desk.line("stopped").keys("The surgery took the note off the other record").saves();
    desk.keys("d").line("met").keys("nNothing was done on it<tab>").saves();
    assert!(open(&desk.case("B-1")).is_empty());
    desk.assert_record_holds();
}

/// A decision to share that the call opened is about whoever the call is about.
#[test]
fn what_the_call_opened_moves_along_with_it() {
    let mut desk = about_the_wrong_one();
    let [wrong, right] = ["oakes_1", "oakes_2"].map(|key| desk.office.people[key]);
    desk.keys("l").line("who").keys("elms<enter>").line("person").keys("Dr ZZ").line("means").keys("t");
    desk.line("outcome").keys("s").line("shared").keys("Name, what was seen").line("basis").keys("s");
    desk.line("without_consent").keys("He could not be asked in time");
    desk.line("advice").keys("Watch him").line("read_back").keys("y").saves();
    assert_eq!(desk.case("IS-1").state.subject, Some(wrong));
    put_on_the_right_one(&mut desk);
    assert_eq!(desk.case("U-1").state.subject, Some(right));
    assert_eq!(desk.case("IS-1").state.subject, Some(right));
}

#[test]
fn a_form_that_is_open_while_its_case_is_moved_says_so_at_its_head_and_asks_before_it_is_recorded_of_another()
{
    let mut desk = about_the_wrong_one();
    let right = desk.office.people["oakes_2"];
    // One desk has a form of the case open; another moves the case.
    desk.keys("<enter>5").line("now").keys("He has eaten").line("risk").keys("a");
    desk.shows("OAKES, Bernard · U-1");
    let mut other = desk.beside().signed_in("okafor");
    put_on_the_right_one(&mut other);
    assert_eq!(other.case("U-1").state.subject, Some(right));

    desk.hears_of_it().shows("OAKES, Brian · U-1").shows("Moved to the right record");
    let before = desk.case("U-1").state.entries.len();
    desk.keys("<ctrl-s>").shows("moved on").shows("OKAFOR, A.: moved to the right record");
    assert_eq!(desk.case("U-1").state.entries.len(), before, "nothing was recorded of somebody else");
    // Whoever has seen of whom it is now records it.
    desk.keys("<ctrl-s>");
    assert!(desk.case("U-1").state.entries.len() > before, "{}", desk.screen());
}

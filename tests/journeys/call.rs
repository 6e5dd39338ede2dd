//! Taking the call: a person nobody knew, three times kept apart, a blank that rises, words that say nothing, and 999.

use dutydesk::app::Layer;
use dutydesk::domain::answer::{Answer, YesNo};
use dutydesk::domain::case::Milestone;
use dutydesk::domain::clocks::Lateness;
use dutydesk::domain::entry::Said;

use super::desk::Desk;
use super::office::{Office, at};

/// The head of a call for a person who is known, up to what has changed.
const HEAD: &str = "c07700 900118<tab>WQ<tab>qui<enter>yn";

fn afternoon() -> Desk {
    Desk::at(Office::opened("2026-11-21T16:42:00Z")).signed_in("shah")
}

#[test]
fn a_person_whom_nobody_knew_is_registered_in_the_call_with_name_and_place_only() {
    let mut desk = afternoon();
    desk.keys("c07700 900118<tab>WQ<tab>Maud Fenn").shows("not on the list").keys("<enter>");
    desk.shows("new, made when this is saved");
    desk.keys("ynSleepier than usual<tab>awhat to do<tab>");
    desk.line("+later").keys("<enter>").line("place").keys("Rowan<enter>").saves();
    desk.shows("FENN");

    let case = desk.case("U-1");
    let subject = case.state.subject.expect("the case is about somebody");
    let record = desk.person(subject).record;
    assert_eq!((record.name.as_str(), record.place.as_deref()), ("FENN, Maud", Some("Rowan House")));
    assert_eq!((record.born, record.nhs), (None, None));

    // From now on a few letters find her; the next call makes no second record.
    desk.keys("c07700 900333<tab>WQ<tab>fenn<enter>ynUp and about<tab>gnone, for information<ctrl-s>");
    assert_eq!(desk.case("U-2").state.subject, Some(subject));
    desk.keys("<enter>").shows("FENN, Maud").shows("Born not recorded").shows("Rowan House");
}

#[test]
fn when_it_was_seen_when_they_rang_and_when_it_was_recorded_are_three_times() {
    let mut desk = afternoon();
    desk.keys(HEAD).keys("Sleepier than usual<tab>awhat to do<tab>");
    desk.line("+later").keys("<enter>").line("observed_at").keys("16:10").instead("reported_at", "16:38");
    desk.line("immediate_action").keys("Sat her up, offered water").line("visit_ref").keys("V-77").saves();

    let case = desk.case("U-1");
    let told = &case.chronology[0];
    assert_eq!(case.state.facts.milestones[&Milestone::Observed].at, at("2026-11-21T16:10:00Z"));
    assert_eq!(told.occurred.at, at("2026-11-21T16:38:00Z"));
    assert_eq!(told.entry.reported_at, Some(at("2026-11-21T16:38:00Z")));
    assert_eq!(told.entry.recorded_at, at("2026-11-21T16:42:00Z"));

    desk.keys("<enter>").shows("Observed       16:10").shows("Escalated      16:38");
    desk.keys("<tab><enter>");
    desk.shows("Seen at: 21-Nov-2026 16:10 GMT").shows("Rang at: 21-Nov-2026 16:38 GMT");
    desk.shows("Done at once: Sat her up, offered water").shows("Visit record: V-77");
    desk.shows("What has changed: Sleepier than usual");
    desk.shows("recorded 21-Nov-2026 16:42 GMT, 4 min after");
}

#[test]
fn the_note_the_visit_and_what_led_to_the_call_stand_in_the_record() {
    let mut desk = afternoon();
    desk.keys(HEAD).keys("Drowsy, cup untouched<tab>awhat to do<tab>");
    desk.line("+later").keys("<enter>");
    desk.line("note_ref").keys("EN-0412").line("note_same_visit").keys("nThe tablet was flat<tab>");
    desk.line("visit_ref").keys("V-77, teatime").line("triggers").keys("ru<enter>").saves();

    let case = desk.case("U-1");
    let Said::Step(said) = &case.chronology[0].entry.said else { panic!("a step") };
    let triggers = Answer::Choices(vec!["less_responsive".to_owned(), "fluids_low".to_owned()]);
    assert_eq!(said.answers["triggers"], triggers);
    let not_in_the_visit = Answer::YesNo { is: YesNo::No, why: "The tablet was flat".to_owned() };
    assert_eq!(said.answers["note_same_visit"], not_in_the_visit);
    desk.keys("<enter><tab><enter>").shows("Escalation note: EN-0412");
    desk.shows("Written in the same visit?: no: The tablet was flat").shows("Visit record: V-77, teatime");
    desk.shows("What led to the call: Less responsive or drowsy");
}

#[test]
fn a_trigger_alone_does_not_say_what_has_changed() {
    let mut desk = afternoon();
    desk.keys(HEAD)
        .keys("<tab>awhat to do<tab>")
        .line("+later")
        .keys("<enter>")
        .line("triggers")
        .keys("r<enter>");
    desk.saves();
    assert_eq!(desk.case("U-1").chronology[0].missing, ["changed"]);
}

#[test]
fn that_nothing_is_asked_of_us_is_an_answer() {
    let mut desk = afternoon();
    desk.keys(HEAD).keys("New tablets came, given as written<tab>gnone, for information").saves();
    let case = desk.case("U-1");
    assert!(case.chronology[0].missing.is_empty());
    assert!(!case.state.commitments.iter().any(|owed| owed.what == "Fill in the call"));
    desk.keys("<enter><tab><enter>").shows("What they want to know: none, for information");
}

#[test]
fn a_call_with_blanks_is_in_the_record_at_once_and_rises_until_it_is_completed() {
    let mut desk = afternoon();
    desk.keys("c07700 900118<tab>WQ").saves();
    desk.shows("Fill in").shows("07700 900118");
    assert!(!desk.case("U-1").chronology[0].missing.is_empty());
    // A whole call that comes later, of lower risk, stands below it.
    desk.later(20)
        .keys("c07700 900333<tab>WQ<tab>qui<enter>ynUp and about<tab>gnone, for information")
        .saves();
    let first = |desk: &Desk| desk.board().escalations.rows[0].reference.clone();
    assert_eq!(first(&desk), "U-1");

    desk.later(15);
    let fill = desk.owed("U-1", "Fill in the call");
    assert_eq!(desk.state(&fill[0]), Lateness::Late);
    desk.shows("late 5m");

    desk.keys("<end><enter>m").line("about").keys("oakes, be<enter>1").line("awake").keys("yn");
    desk.line("changed")
        .keys("Fell beside the bed")
        .line("risk")
        .keys("r")
        .line("advice_sought")
        .keys("what to do");
    desk.saves();
    assert!(desk.case("U-1").chronology[0].missing.is_empty());
    assert!(!desk.owed("U-1", "Fill in the call")[0].progress.is_open());
    desk.shows("Fell beside the bed").shows("OAKES, Bernard").hides("missing");
    let person = desk.office.people["oakes_1"];
    assert_eq!(desk.case("U-1").state.subject, Some(person), "it stands in the person's record from now on");
    assert_eq!(desk.person(person).cases.len(), 1);
}

/// A whole call but for who it is about.
const ABOUT_A_MAN: &str = "c07700 900118<tab>WQ, carer<tab>man in the hall<esc><tab>ynOn the floor, talking<tab>ano lift without a nurse";

#[test]
fn words_alone_stand_for_nobody_until_somebody_is_taken_or_it_is_said_why_nobody_can_be() {
    let mut desk = afternoon();
    desk.keys(ABOUT_A_MAN).shows("Who it is").saves();
    assert_eq!(desk.case("U-1").chronology[0].missing, ["not_known"]);
    assert!(desk.owed("U-1", "Fill in the call")[0].progress.is_open());
    // Taken by name, without a reason: nothing that was said is taken back.
    desk.keys("<enter>m").instead("about", "qui<enter>").saves();
    assert!(desk.case("U-1").chronology[0].missing.is_empty());
    assert!(!desk.owed("U-1", "Fill in the call")[0].progress.is_open());
    assert_eq!(desk.case("U-1").state.subject, Some(desk.office.people["quill"]));
    // Nobody will ever know: that is an answer.
    desk.goes_home().keys(ABOUT_A_MAN).line("+later").keys("<enter>").line("not_known");
    desk.keys("Passer-by, gave no name and rang off").saves();
    assert!(desk.case("U-2").chronology[0].missing.is_empty());
    // Somebody knows after all: why nobody did goes with its line, and no reason is asked for that either.
    desk.keys("<enter>m").instead("about", "qui<enter>").saves();
    assert_eq!(desk.case("U-2").state.subject, Some(desk.office.people["quill"]));
    desk.assert_record_holds();
}

#[test]
fn whoever_types_words_about_somebody_is_told_that_esc_keeps_them_and_no_owner_gives_way_to_them() {
    let mut desk = afternoon();
    desk.keys("c07700 900118<tab>WQ, carer<tab>the lady in flat 9 by the stairs");
    desk.shows("enter makes a new record").shows("esc keeps the words as they were said").keys("<esc>");
    desk.keys("<tab>ynOn the floor, talking<tab>ano lift without a nurse").saves();
    for (columns, rows) in [(120, 40), (80, 24), (46, 30)] {
        let screen = desk.keys("2").screen_of(columns, rows);
        let row = |what: &str| screen.lines().position(|line| line.contains(what));
        let decide = row("Decide").unwrap_or_else(|| panic!("{columns}x{rows} {screen}"));
        let said: String = screen.lines().skip(decide).take(2).collect();
        assert!(said.contains("“the lady i") && said.contains("OKAFOR"), "{columns}x{rows}: {screen}");
    }
}

#[test]
fn somebody_new_is_somebody_and_nothing_more_is_asked_of_who_it_is() {
    let mut desk = afternoon();
    desk.keys("c07700 900118<tab>WQ, carer<tab>Ada Nwosu<enter>").hides("Who it is");
    desk.keys("ynOn the floor, talking<tab>ano lift without a nurse").saves();
    assert!(desk.case("U-1").chronology[0].missing.is_empty());
}

#[test]
fn whom_a_call_is_about_in_words_stands_in_a_handover_and_among_what_is_mine() {
    let mut desk = afternoon();
    desk.keys(ABOUT_A_MAN).saves();
    desk.goes_home().sign_in("okafor").keys("@").shows("“man in the hall”");
    desk.goes_home().keys(">").shows("“man in the hall”");
}

#[test]
fn a_correction_cannot_quietly_turn_one_persons_call_into_anothers() {
    let mut desk = afternoon();
    desk.keys(HEAD).keys("Sleepier than usual<tab>awhat to do").saves();
    desk.keys("<enter>m").instead("about", "oakes, be<enter>1").line("+reason").keys("Wrong person<ctrl-s>");
    desk.shows("move the case to the right record");
    assert_eq!(desk.case("U-1").state.subject, Some(desk.office.people["quill"]));
}

#[test]
fn our_own_empty_words_are_pointed_at_and_a_callers_never_and_both_can_be_saved() {
    let mut desk = afternoon();
    desk.keys(HEAD).keys("She seems off");
    desk.line("risk").keys("a").hides("what did you see?");
    desk.line("advice_sought").keys("what to do").line("+later").keys("<enter>");
    desk.line("summary").keys("office informed").shows("who does what, by when?");
    desk.instead("summary", "Priya rings the surgery by 17:00").hides("who does what, by when?");
    desk.instead("summary", "office informed").saves();

    // What we saw ourselves is asked about where it says nothing.
    desk.keys("<enter>j")
        .line("why")
        .keys("Waiting for the nurse until 18:00")
        .line("again")
        .keys("18:00")
        .saves();
    desk.keys("5").line("now").keys("seems off").shows("what did you see?").line("risk").keys("a").saves();
    let words = format!("{:?}", desk.case("U-1").chronology);
    assert!(words.contains("seems off") && words.contains("office informed"));
}

#[test]
fn whoever_sits_there_records_that_999_was_called_before_anybody_has_decided() {
    let mut desk = afternoon();
    desk.keys(HEAD).keys("Only opens her eyes when I shout<tab>rwhat to do").saves();
    desk.sign_in("brandt").keys("e").shows("999, police or duty team called");
    desk.line("called").keys("apd<enter>").line("reference").keys("4471").saves();

    let case = desk.case("U-1");
    assert_eq!(case.state.state, "undecided", "it needs no decision");
    assert_eq!(case.state.facts.milestones[&Milestone::Emergency].at, at("2026-11-21T16:42:00Z"));
    let called = case.chronology.iter().filter_map(|told| told.answers.as_ref()?.get("called")).next();
    let all = ["ambulance", "police", "duty_team"].map(str::to_owned).to_vec();
    assert_eq!(called, Some(&Answer::Choices(all)));
    let of_it =
        |one: &&dutydesk::domain::commitment::Commitment| one.opened_by == case.chronology[1].entry.id;
    assert_eq!(case.state.commitments.iter().filter(of_it).count(), 0, "it has no clock that could be late");
    desk.shows("999 16:42");
    desk.keys("<enter><tab><enter>")
        .shows("Called: Ambulance, 999, Police, Emergency duty team")
        .shows("Their reference: 4471");
}

#[test]
fn a_call_can_say_that_999_was_called_before_anybody_has_said_who_they_are() {
    let mut desk = Desk::at(Office::opened("2026-11-21T16:42:00Z"));
    desk.keys("c07700 900118<tab>WQ").line("awake").keys("nu").line("emergency_by").keys("WQ");
    desk.line("emergency_at").keys("16:39").line("changed").keys("On the floor, not talking").saves();
    let case = desk.case("U-1");
    assert_eq!(case.state.facts.milestones[&Milestone::Emergency].at, at("2026-11-21T16:39:00Z"));
    assert_eq!(case.chronology[0].entry.who.by, None);
}

#[test]
fn who_was_taken_and_which_call_about_them_is_open_stands_under_the_name() {
    let mut desk = afternoon();
    // It was written down while it was spoken: the line says when they rang, not when it was saved.
    desk.keys(super::whole::CALL.trim_end_matches("<ctrl-s>")).later(5).saves();
    desk.keys("9").line("called").keys("a<enter>").saves();
    desk.goes_home().later(6).keys("c07700 900333<tab>JP<tab>qui");
    desk.hides("open call").keys("<enter>");
    desk.shows("born 02-Mar-1941, 85 years")
        .shows("flat 4")
        .shows("1 open call: U-1 AMBER 16:42, 999 called");
    // Somebody else is somebody else, and has none.
    desk.keys("<esc>c07700 900333<tab>JP<tab>oakes, be<enter>1");
    desk.shows("born 01-Feb-1950").hides("open call");
}

#[test]
fn saving_with_a_list_of_names_open_takes_nobody_and_keeps_the_words() {
    let mut desk = Desk::at(Office::opened("2026-11-21T16:42:00Z")).signed_in("shah");
    desk.keys("c07700 900118<tab>WQ, carer<tab>qui").shows("QUILL").keys("<ctrl-s>");
    let case = desk.case("U-1");
    assert_eq!(case.state.subject, None, "nobody was taken");
    // Whom it is about stands in the words that were typed until somebody completes it: in the list, below it and in the case.
    for (columns, rows) in [(120, 40), (80, 24), (46, 30)] {
        assert!(desk.screen_of(columns, rows).contains("“qui”"), "{}", desk.screen_of(columns, rows));
    }
    desk.keys("<enter>").shows("“qui”  not known yet");
    let Said::Step(said) = &case.chronology[0].entry.said else { panic!("a call") };
    assert!(
        matches!(&said.answers["about"], Answer::Named(named) if named.id.is_none() && named.words == "qui")
    );
}

#[test]
fn called_by_us_stands_on_who_is_signed_in_and_now_so_that_blind_typing_goes_on_with_what_is_heard() {
    let mut desk = Desk::at(Office::opened("2026-11-21T16:42:00Z")).signed_in("shah");
    desk.keys(HEAD).keys("<shift-tab>").keys("u").keys("Lying in the hall");
    assert_eq!(desk.text("changed"), "Lying in the hall");
    assert_eq!(desk.text("emergency_by"), "SHAH, P.");
    assert!(desk.text("emergency_at").contains("16:42"), "{}", desk.text("emergency_at"));
    // It was the caller after all: nobody of ours is said to have rung, and whoever is ringing is.
    desk.line("emergency").keys("c");
    assert_eq!((desk.text("emergency_by").as_str(), desk.text("emergency_at").as_str()), ("WQ", ""));
    desk.line("emergency").keys("n");
    assert_eq!(desk.text("emergency_by"), "");
    // What somebody typed there stays, whatever is chosen afterwards.
    desk.line("emergency").keys("c").instead("emergency_by", "the neighbour").line("emergency").keys("u");
    assert_eq!(desk.text("emergency_by"), "the neighbour");
    desk.instead("emergency_by", "").line("emergency").keys("c");
    assert_eq!(desk.text("emergency_by"), "WQ");
    desk.line("emergency").keys("u").line("risk").keys("r").line("advice_sought").keys("what to do").saves();
    assert!(desk.case("U-1").state.facts.milestones.contains_key(&Milestone::Emergency));
}

#[test]
fn called_by_the_caller_goes_on_with_what_is_heard_and_asks_for_the_time_where_it_stands() {
    let mut desk = afternoon();
    desk.keys("c07700 900118<tab>WQ<tab>qui<enter>ncLying in the hall");
    assert_eq!(
        (desk.text("changed").as_str(), desk.text("emergency_at").as_str()),
        ("Lying in the hall", "")
    );
    assert_eq!(desk.text("emergency_by"), "WQ");
    // Where nobody has said who is ringing, who called is asked as well, and takes no other words.
    desk.instead("caller", "").line("emergency").keys("n").keys("<shift-tab>");
    desk.line("emergency").keys("c").keys(" Cold");
    assert_eq!(
        (desk.text("changed").as_str(), desk.text("emergency_by").as_str()),
        ("Lying in the hall Cold", "")
    );

    // A time line that was given words keeps them, says so beside itself, and is where saving stops.
    desk.line("emergency_at").keys("in the hall").shows("in the hall").keys("<tab><ctrl-s>");
    let Layer::Form(layer) = desk.app.top() else { panic!("not saved") };
    assert_eq!(layer.form.focus, "emergency_at");
    assert_eq!(desk.text("emergency_at"), "in the hall");
    desk.instead("emergency_at", "16:30").instead("caller", "WQ").line("risk").keys("rwhat to do").saves();
    assert!(desk.case("U-1").state.facts.milestones.contains_key(&Milestone::Emergency));
}

#[test]
fn whoever_types_without_looking_takes_nobody_of_two_who_are_easily_mistaken() {
    let mut desk = afternoon();
    // Two letters and a tab, and on to the next line: what was meant for it answers nothing here.
    desk.keys("c07700 900118<tab>WQ<tab>oakes<tab>ynGone grey<tab>a1<enter>");
    desk.shows("Nobody was taken").shows("1  OAKES, Bernard").shows("2  OAKES, Brian");
    for (columns, rows) in [(120, 40), (80, 24), (46, 30)] {
        let screen = desk.screen_of(columns, rows);
        for told in
            ["1  OAKES, Bernard", "01-Feb-1950", "flat 12", "2  OAKES, Brian", "10-Feb-1950", "flat 13"]
        {
            assert!(screen.contains(told), "{told} at {columns}:\n{screen}");
        }
    }
    // After a look and a pause, a number says who. The words stand already where words are said next.
    desk.shows("Kept under “What has changed”, as typed: “ynGone grey a1”");
    desk.keys("2").shows("In a moment: OAKES, Brian").keys("");
    assert_eq!(desk.text("about"), "OAKES, Brian");
    desk.shows("ynGone grey a1").shows("Kept under “What has changed”");
    // What is typed on there stands apart from them.
    desk.keys("ynCold hands");
    assert_eq!(desk.text("changed"), "ynGone grey a1\nCold hands");
    desk.instead("changed", "Gone grey").line("risk").keys("awhat to do").saves();
    let case = desk.case("U-1");
    assert_eq!(case.state.subject, Some(desk.office.people["oakes_2"]));
    assert_eq!(case.state.facts.risk.as_deref(), Some("amber"), "no answer slipped into another line");
    let Said::Step(said) = &case.chronology[0].entry.said else { panic!("a call") };
    assert_eq!(said.answers["awake"], Answer::Choice("yes".to_owned()));
}

#[test]
fn what_was_typed_while_it_was_asked_who_is_meant_is_in_the_call_however_it_goes_on() {
    let said = |desk: &Desk, reference: &str| {
        let Said::Step(said) = desk.case(reference).chronology[0].entry.said.clone() else {
            panic!("a call")
        };
        said.answers.get("changed").cloned()
    };
    // Saved from where it is asked: nobody is taken, and the words are in the record.
    let mut desk = afternoon();
    desk.keys("c07700 900118<tab>WQ<tab>oakes<tab>ynOn the floor<tab>cold hands").saves();
    let words = "ynOn the floor cold hands".to_owned();
    assert_eq!(said(&desk, "U-1"), Some(Answer::Text(words)));
    assert_eq!(desk.case("U-1").state.subject, None);

    // A number that begins the next words takes nobody.
    desk.keys("c07700 900118<tab>WQ<tab>oakes<tab>Fell about ").keys("2 this morning").saves();
    assert_eq!(said(&desk, "U-2"), Some(Answer::Text("Fell about 2 this morning".to_owned())));
    assert_eq!(desk.case("U-2").state.subject, None);

    // A number after a look takes whoever it means, though one saves before the moment is over.
    desk.keys("c07700 900118<tab>WQ<tab>oakes<tab>Fell again ").keys("2<ctrl-s>");
    assert_eq!(said(&desk, "U-3"), Some(Answer::Text("Fell again".to_owned())));
    assert_eq!(desk.case("U-3").state.subject, Some(desk.office.people["oakes_2"]));

    // Pasted, corrected, killed and taken up again: the words are still there.
    let mut desk = afternoon();
    desk.keys("c07700 900118<tab>WQ<tab>oakes<tab>").keys("Cold hamds<backspace><backspace><backspace>nds");
    desk.pastes(" and grey").shows("as typed: “Cold hands and grey”");
    let mut desk = desk.killed_and_started_again().signed_in("shah");
    desk.keys("u<enter>");
    assert_eq!(
        (desk.text("about").as_str(), desk.text("changed").as_str()),
        ("oakes", "Cold hands and grey")
    );
    // Whoever goes on with it stands where nobody is taken yet; and the line says so from anywhere else.
    desk.keys("<enter><enter>").keys("1");
    assert_eq!(desk.text("about"), "OAKES, Bernard");
    desk.keys("<shift-tab>o<esc><tab>").shows("as typed, not looked up");

    // What stood there before stays before it; two keys alone are no words and stand nowhere.
    let mut desk = afternoon();
    desk.keys("c07700 900118<tab>WQ").line("changed").keys("Not himself").line("about");
    desk.keys("oakes<enter>y<enter>")
        .hides("Kept under")
        .keys("<backspace><backspace>Since noon")
        .keys("<esc>");
    assert_eq!(desk.text_below("changed"), "Not himself\nSince noon");
}

#[test]
fn a_surname_that_several_have_takes_nobody_before_one_of_them_is_meant() {
    let mut desk = afternoon();
    for name in ["Maud Fenn", "Ruth Fenn"] {
        desk.keys("c07700 900118<tab>WQ<tab>").keys(name).keys("<enter>");
        desk.keys("ynUp and about<tab>gnone, for information").saves();
    }
    // Whoever types a surname and goes on has said no more than that.
    desk.keys("c07700 900333<tab>JP<tab>fenn<enter>").shows("Several people have what was typed");
    desk.shows("1  FENN, Maud").shows("2  FENN, Ruth").keys("2");
    assert_eq!(desk.text("about"), "FENN, Ruth");
    // Who goes to one of them has looked.
    desk.goes_home().keys("c07700 900333<tab>JP<tab>fenn<down><enter>");
    assert_eq!(desk.text("about"), "FENN, Ruth");
}

#[test]
fn escape_goes_back_to_the_list_and_nobody_is_taken() {
    let mut desk = afternoon();
    desk.keys("c07700 900118<tab>WQ<tab>oakes<tab>")
        .shows("Who is meant?")
        .keys("<esc>")
        .hides("Who is meant?");
    desk.keys("<down><tab>").shows("Who is meant?").keys("1");
    assert_eq!(desk.text("about"), "OAKES, Brian", "whoever was selected stands first");
}

#[test]
fn a_misheard_name_is_compared_with_who_is_on_record_before_it_makes_somebody_new() {
    let mut desk = afternoon();
    desk.keys("c07700 900118<tab>WQ<tab>Thersa Quill").shows("nearly like it").shows("QUILL, Theresa");
    // Enter makes nobody new before she was looked at.
    desk.keys("<enter>").shows("is it one of these?").shows("1  QUILL, Theresa").shows("flat 4");
    desk.keys("1").keys("ynHard to rouse<tab>awhat to do").saves();
    assert_eq!(desk.case("U-1").state.subject, Some(desk.office.people["quill"]));

    // Somebody else of nearly that name is made with 0, and with nothing less.
    desk.keys("c07700 900118<tab>WQ<tab>Tom Quill<enter>").shows("is it one of these?").keys("<enter>y");
    desk.shows("Nobody was taken")
        .keys("0")
        .shows("somebody new, unless")
        .keys("")
        .shows("new, made when this is saved");
    desk.keys("ynUp and about<tab>gnone, for information").saves();
    let subject = desk.case("U-2").state.subject.expect("somebody");
    assert_eq!(desk.person(subject).record.name, "QUILL, Tom");
}

#[test]
fn a_number_a_birthday_or_a_room_that_finds_nobody_is_kept_as_what_it_is() {
    let mut desk = afternoon();
    desk.keys("c07700 900118<tab>WQ<tab>999 000 0441<enter>")
        .shows("Name not known yet, NHS number 999 000 0441");
    desk.keys("ynUp and about<tab>gnone, for information").saves();
    desk.shows("NAME NOT KNOWN YET").hides("0441,");
    let subject = desk.case("U-1").state.subject.expect("somebody");
    let record = desk.person(subject).record;
    assert_eq!((record.name.as_str(), record.nhs.as_deref()), ("NAME NOT KNOWN YET", Some("9990000441")));

    desk.keys("c07700 900118<tab>WQ<tab>14/3/1938<enter>").keys("ynUp<tab>gnone, for information").saves();
    let subject = desk.case("U-2").state.subject.expect("somebody");
    let record = desk.person(subject).record;
    assert_eq!((record.born, record.nhs), (chrono::NaiveDate::from_ymd_opt(1938, 3, 14), None));

    desk.keys("c07700 900118<tab>WQ<tab>flat 31<enter>").keys("ynUp<tab>gnone, for information").saves();
    let subject = desk.case("U-3").state.subject.expect("somebody");
    assert_eq!(desk.person(subject).record.room.as_deref(), Some("flat 31"));

    // Digits that cannot be a number make nobody.
    desk.keys("c07700 900118<tab>WQ<tab>999 000 0442<enter>").shows("it is no NHS number").hides("made when");
}

#[test]
fn a_room_finds_who_lives_there_and_nobody_by_how_a_longer_number_begins() {
    let mut desk = afternoon();
    desk.keys("c07700 900118<tab>WQ<tab>flat 9").hides("QUILL, Theresa").hides("OAKES, Bernard");
    desk.keys("<ctrl-backspace>12").shows("OAKES, Bernard").hides("OAKES, Brian").hides("QUILL, Theresa");
    desk.keys("<ctrl-backspace><ctrl-backspace>999 0").shows("OAKES, Brian").shows("QUILL, Theresa");
}

#[test]
fn digits_that_are_nobodys_number_are_said_to_be_wrong_and_make_nobody() {
    let mut desk = afternoon();
    desk.keys("c07700 900118<tab>WQ<tab>");
    for (typed, says) in
        [("999 000 0442", "check digit"), ("999 000 044", "9 digits"), ("999 000 04411", "11 digits")]
    {
        desk.keys(typed).shows("it is no NHS number").shows(says).hides("makes a new record");
        // Enter makes nobody of it, and the search stays open to put it right.
        desk.keys("<enter>").shows("it is no NHS number").keys("<ctrl-u>");
    }
    // A number that somebody could have, and nobody here has, may be somebody new.
    desk.keys("999 000 0441").shows("makes a new record").hides("it is no NHS number");
}

#[test]
fn a_name_with_digits_in_it_is_asked_about_before_it_is_somebody_new() {
    let mut desk = afternoon();
    desk.keys("c07700 900118<tab>WQ<tab>foss1yn Ad3<enter>");
    desk.shows("“foss1yn Ad3” has digits in it").shows("mistyped?").shows("0 makes the new one");
    // Enter says no more than that somebody goes on typing.
    desk.keys("<enter>").shows("Nobody was taken").hides("Press 1");
    // It is put right, and is somebody new without a question.
    desk.keys("").keys("<esc><ctrl-u>Fosslyn, Ada<enter>").hides("has digits in it");
    assert_eq!((desk.text("about").as_str(), desk.text("about.id").as_str()), ("Fosslyn, Ada", "new"));
    // Whoever does mean it says so.
    desk.instead("about", "Baby 2b Marsh<enter>").shows("has digits in it").keys("0");
    assert_eq!((desk.text("about").as_str(), desk.text("about.id").as_str()), ("Baby 2b Marsh", "new"));
}

#[test]
fn words_typed_while_it_was_asked_who_is_meant_say_where_they_stand_until_somebody_has_looked() {
    let mut desk = afternoon();
    desk.keys("c07700 900118<tab>WQ<tab>oakes<tab>ynGone grey").keys("2").keys("");
    assert_eq!((desk.text("about").as_str(), desk.text("awake").as_str()), ("OAKES, Brian", ""));
    // It is said at the line itself, for as long as nobody has gone over it.
    desk.keys("y").keys("n").shows("“ynGone grey” was typed while it was asked who is meant");
    desk.instead("changed", "Gone grey").hides("was typed while it was asked");
}

#[test]
fn a_window_too_small_to_show_the_form_keeps_it_whatever_is_pressed() {
    let mut desk = afternoon();
    desk.keys("c07700 900118<tab>WQ, carer").resized(30, 8);
    let said = desk.screen_of(30, 8).split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        said.contains("too small: at least 40 by 12") && said.contains("Nothing typed is lost"),
        "{said}"
    );
    // In the middle of a word a letter is no wish to leave, and nothing is done unseen.
    assert!(!said.contains("q leaves"), "{said}");
    desk.keys("q<esc><ctrl-s>zz<f2>").resized(120, 40).shows("WQ, carer");
    assert_eq!(
        (desk.text("call_back").as_str(), desk.text("caller").as_str()),
        ("07700 900118", "WQ, carer")
    );
    let mut desk = desk.killed_and_started_again().signed_in("shah");
    desk.keys("u<enter>");
    assert_eq!(desk.text("caller"), "WQ, carer");
}

//! Aids of an urgent call: the card for the emergency call handler, the SBARD to read out, small changes, observations,
//! and the guide.

use dutydesk::domain::access::How;
use dutydesk::domain::answer::Answer;
use dutydesk::domain::commitment::{Party, Progress};
use dutydesk::store::{Access, OfficeDir};

use super::desk::Desk;
use super::office::{Office, at};
use super::whole::{CALL, decide};

fn afternoon() -> Desk {
    Desk::at(Office::opened("2026-11-21T16:42:00Z")).signed_in("shah")
}

/// How often somebody looked in this way.
fn looks(desk: &Desk, how: How) -> usize {
    let log = Access::open(&OfficeDir::at(desk.office.path())).expect("the log opens");
    log.looks().expect("it can be read").iter().filter(|look| look.how == how).count()
}

/// What is on Theresa Quill's record beside her name, with how to get in.
fn known(desk: &mut Desk) {
    desk.keys("<f5>/qui<enter><enter>").shows("QUILL").keys("ne");
    desk.line("+later").keys("<enter>");
    desk.line("allergies")
        .keys("penicillin: rash")
        .line("time_critical")
        .keys("Levodopa 08:00, 30 min late is too late");
    desk.line("resuscitation")
        .keys("w")
        .line("resuscitation_kept")
        .keys("Red folder in the hall, form of 3-May");
    desk.line("get_in").keys("Key safe left of the door, 2580");
    desk.line("communication")
        .keys("Hearing aid left")
        .line("usual")
        .keys("Walks with a frame, tells jokes")
        .saves();
    desk.goes_home();
}

/// Where on a screen each of these stands; they have to stand in this order.
fn in_order(screen: &str, said: &[&str]) {
    let places: Vec<usize> =
        said.iter().map(|said| screen.find(said).unwrap_or_else(|| panic!("{said}:\n{screen}"))).collect();
    assert!(places.is_sorted(), "{said:?} in this order:\n{screen}");
}

const LINES: [&str; 11] = [
    "Breathes OK",
    "Where ",
    "Ring back",
    "Happened",
    "Who, age",
    "Getting in",
    "DNACPR",
    "Allergies",
    "Medicines",
    "Talking",
    "With them",
];

#[test]
fn the_card_answers_in_the_call_handlers_order_and_the_look_is_noted() {
    let mut desk = afternoon();
    known(&mut desk);
    desk.keys(CALL);
    assert_eq!(looks(&desk, How::Sealed), 0);
    desk.keys("!");
    in_order(&desk.screen(), &LINES);
    desk.shows("Emergency card: QUILL, Theresa").shows("flat 4, Rowan House").shows("07700 900118");
    desk.shows("Sleepier than usual").shows("85 years").shows("Key safe left of the door, 2580");
    desk.shows("Red folder in the hall")
        .shows("penicillin: rash")
        .shows("Levodopa")
        .shows("Hearing aid left");
    // What nobody wrote down says so, and what to ask.
    desk.shows("Address and postcode not on record: ask the caller").shows("ask who is there, and to stay");
    assert_eq!(looks(&desk, How::Sealed), 1, "of whom it was, once");
    // All of it is at once on the screen of a telephone, and the vital lines come first.
    in_order(&desk.little_screen(), &LINES[..8]);
    // What others write is read again without another look.
    desk.later(1);
    assert_eq!(looks(&desk, How::Sealed), 1);
    // It is never printed, and how to get in stands nowhere else.
    desk.keys("p").hides("Printed");
    assert!(!desk.office.path().join("sheets").join("card").exists());
    desk.keys("<esc>").hides("2580").keys("<enter>").hides("2580").keys("!").shows("2580");
    desk.keys("<esc>p").hides("2580").keys("!").shows("2580").shows("Sleepier than usual");
    assert_eq!(looks(&desk, How::Sealed), 3);
}

#[test]
fn the_card_opens_while_the_call_is_typed_and_what_was_typed_stays() {
    let mut desk = afternoon();
    known(&mut desk);
    // Before anybody is named there is a card of what is typed, with what to ask, and nobody's record was looked at.
    desk.keys("c07700 900118<f9>")
        .shows("Emergency card")
        .shows("07700 900118")
        .shows("ask the caller, with the postcode");
    assert_eq!(looks(&desk, How::Sealed), 0);
    desk.keys("<esc><tab>WQ, carer<tab>qui<enter>n");
    desk.line("changed").keys("On the floor, does not answer<f9>");
    desk.shows("QUILL, Theresa").shows("No").shows("On the floor, does not answer").shows("2580");
    assert_eq!(looks(&desk, How::Sealed), 1);
    desk.keys("<esc>");
    assert_eq!(desk.text("changed"), "On the floor, does not answer");
    assert_eq!(desk.text("caller"), "WQ, carer");
}

#[test]
fn a_call_about_somebody_whom_nobody_knows_yet_has_a_card_of_what_is_known() {
    let mut desk = afternoon();
    desk.keys("c07700 900118<tab>WQ, carer<tab>man in the hall<esc>")
        .line("changed")
        .keys("Does not answer")
        .saves();
    for keys in ["!", "<enter>!", "9<f9>"] {
        desk.keys(keys)
            .shows("Emergency card")
            .shows("\"man in the hall\", in the caller's words")
            .shows("Not confirmed who this is: say so")
            .shows("07700 900118")
            .shows("Does not answer");
        desk.shows("ask the caller, with the postcode").keys("<esc>");
    }
    assert_eq!(looks(&desk, How::Sealed), 0, "nobody's record was opened");
}

#[test]
fn a_call_about_somebody_whom_nobody_knows_yet_is_read_out_with_the_words_as_unconfirmed() {
    let mut desk = afternoon();
    desk.keys("c07700 900118<tab>WQ, carer<tab>man in the hall<esc>")
        .line("+later")
        .keys("<enter>")
        .line("place")
        .keys("Mill Lane flats<esc>")
        .line("changed")
        .keys("Does not answer")
        .saves();
    // From the case and from a form of it, the words are said as what they are.
    for keys in ["<enter><ctrl-d>", "d<ctrl-d>"] {
        desk.keys(keys)
            .shows("\"man in the hall\", in the caller's words")
            .shows("Not confirmed who this is");
        desk.shows("Mill Lane flats").shows("Does not answer").hides("years, born").keys("<esc>");
    }
    // Once somebody is taken it is theirs.
    desk.keys("<esc>m").instead("about", "qui<enter>").line("awake").keys("yn");
    desk.line("risk").keys("g").line("advice_sought").keys("what to do").saves();
    desk.keys("<ctrl-d>").shows("QUILL, Theresa").hides("Not confirmed who this is");
}

#[test]
fn nobody_is_looked_up_for_the_card_at_a_desk_where_nobody_is_signed_in() {
    let mut desk = Desk::at(Office::opened("2026-11-21T16:42:00Z"));
    desk.keys("c07700 900118<tab>WQ<tab>Quill<f9>").shows("07700 900118").hides("1941");
    assert_eq!(looks(&desk, How::Sealed), 0);
}

#[test]
fn the_sbard_is_composed_from_what_is_recorded_with_both_timers_of_what_was_agreed() {
    let mut desk = afternoon();
    known(&mut desk);
    desk.keys(CALL).keys("<enter>").keys("<ctrl-d>");
    in_order(
        &desk.screen(),
        &["S  Situation", "B  Background", "A  Assessment", "R  Recommendation", "D  Decision"],
    );
    desk.shows("SHAH, P., duty office of Rowan House").shows("999 000 0018").shows("AMBER");
    desk.shows("Walks with a frame, tells jokes").shows("penicillin: rash");
    desk.shows("Nobody has decided yet").shows("None taken in this call: say so").hides("2580");
    desk.keys("<end>").shows("Nothing agreed yet: ask who does what, and by when");
    desk.shows("Not agreed: ask by when it has to be better").shows("Read back");
    desk.keys("<esc>").later(5).sign_in("okafor").goes_home().keys("d");
    decide(&mut desk);

    // Read out while the form of the conversation is open; both timers go into the record.
    desk.later(5).sign_in("shah").goes_home().keys("l").keys("<ctrl-d>").shows("S  Situation").keys("<esc>");
    desk.line("who")
        .keys("elms<enter>")
        .line("person")
        .keys("Dr ZZ")
        .line("means")
        .keys("t")
        .line("outcome")
        .keys("s");
    desk.line("shared").keys("All of the SBARD").line("basis").keys("e").line("advice").keys("Fluids");
    desk.line("read_back").keys("y").line("promises.+").keys("<enter>");
    desk.line("promises.0.what").keys("Visit").line("promises.0.by").keys("19:00");
    desk.line("+later").keys("<enter>").line("no_better.+").keys("<enter>");
    desk.line("no_better.0.what").keys("999").line("no_better.0.by").keys("18:30").saves();
    let owed = desk.owed("U-1", "If no better: 999").remove(0);
    assert_eq!(owed.due, at("2026-11-21T18:30:00Z"));
    assert_eq!(owed.obligor, Party::Role("duty_coordinator_on_duty".into()), "that one is ours to do");
    assert!(matches!(desk.owed("U-1", "Visit")[0].obligor, Party::Outside(_)), "and that one theirs");
    desk.goes_home().keys("1<enter><ctrl-d><end>");
    desk.shows("The Elms Surgery: Visit, by 19:00").shows("If no better: 999, by 18:30").hides("Not agreed");

    // On paper, as a page and as text, and noted as printed.
    desk.keys("p").shows("Printed:");
    assert_eq!(looks(&desk, How::Print), 1);
    let sheets = std::fs::read_dir(desk.office.path().join("sheets")).expect("sheets");
    let kept: Vec<String> =
        sheets.map(|file| std::fs::read_to_string(file.expect("a file").path()).expect("text")).collect();
    assert_eq!(kept.len(), 2);
    for page in &kept {
        assert!(page.contains("The Elms Surgery: Visit, by 19:00") && page.contains("TRAINING"), "{page}");
        assert!(!page.contains("2580") && !page.contains("<script"), "{page}");
    }

    // Looked again at the agreed time: no better, and what was agreed is done.
    desk.keys("<esc>").at_time("2026-11-21T18:31:00Z").keys(".");
    desk.line("better").keys("nHarder to rouse").line("done").keys("999 rung 18:31, log 4711").saves();
    assert_eq!(desk.owed("U-1", "If no better: 999")[0].progress, Progress::Confirmed);
}

#[test]
fn small_changes_stand_in_the_call_against_what_is_usual_and_are_read_out() {
    let mut desk = afternoon();
    desk.keys("c07700 900118<tab>WQ<tab>qui<enter>");
    desk.line("+later").keys("<enter>").line("soft_signs").keys("kd<enter>");
    desk.line("against_usual")
        .keys("Left her tea, which she never does; her carer of six years says so")
        .saves();
    let case = desk.case("U-1");
    let said = case.chronology[0].answers.as_ref().expect("a step").get("soft_signs").cloned();
    assert_eq!(said, Some(Answer::Choices(vec!["cup".into(), "worry".into()])));
    desk.keys("<enter><ctrl-d>")
        .shows("Cup still full, lips dry")
        .shows("Somebody who knows them is worried");
}

/// The observations of one round, all on the lines of the form.
fn observed<'a>(desk: &'a mut Desk, score: &str) -> &'a mut Desk {
    desk.line("taken_by").keys("JP, nurse").line("taken_at").keys("16:40").line("trained").keys("y");
    desk.line(&format!("{score}.breaths")).keys("22").line(&format!("{score}.saturation")).keys("93");
    desk.line(&format!("{score}.systolic")).keys("105").line(&format!("{score}.pulse")).keys("95");
    desk.line(&format!("{score}.consciousness")).keys("a").line(&format!("{score}.temperature")).keys("38.4")
}

#[test]
fn a_score_is_recorded_with_what_was_measured_its_sum_is_checked_and_it_lowers_nothing() {
    let mut desk = afternoon();
    known(&mut desk);
    desk.keys(CALL).later(10).keys("<enter>,").line("scale").keys("1");
    observed(&mut desk, "news2").line("news2.oxygen").keys("a");
    // Their total is held against the sum: 2 + 2 + 0 + 1 + 1 + 0 + 1.
    desk.line("news2.said").keys("6<ctrl-s>").shows("they gave 6, and by the table the parts make 7");
    desk.instead("news2.said", "7").shows("Walks with a frame").saves();
    let case = desk.case("U-1");
    let said = case.chronology.last().and_then(|told| told.answers.as_ref()?.get("news2")).cloned();
    let Some(Answer::Score { total, parts, values, said }) = said else { panic!("a score") };
    assert_eq!((total, said, parts["saturation"]), (Some(7), Some(7), 2));
    assert_eq!(values["temperature"], "38.4", "what was measured is the evidence");
    assert_eq!(
        case.state.facts.risk.as_deref(),
        Some("amber"),
        "whatever the score, the risk is what somebody decided"
    );
    assert_eq!(case.state.facts.seen.as_ref().map(|(by, _)| by.as_str()), Some("JP, nurse"));
    // It stands beside what is usual for her, and nothing on the way says what to do.
    desk.keys("<ctrl-d><pagedown>")
        .shows("7 (Breaths a minute 22 = 2")
        .shows("JP, nurse")
        .shows("Walks with a frame");
}

#[test]
fn a_score_that_lacks_a_part_is_none_and_scale_2_wants_the_clinicians_instruction() {
    let mut desk = afternoon();
    desk.keys(CALL).keys("<enter>,").line("scale").keys("1");
    observed(&mut desk, "news2").saves();
    let case = desk.case("U-1");
    let told = case.chronology.iter().find(|told| !told.missing.is_empty()).expect("it is incomplete");
    let score = told.answers.as_ref().and_then(|answers| answers.get("news2")).cloned();
    assert!(matches!(score, Some(Answer::Score { total: None, .. })), "{score:?}");
    assert!(!desk.owed("U-1", "Complete the observations").is_empty());
    desk.keys("<ctrl-d><pagedown>").shows("incomplete, no score").keys("<esc>");

    // Without the instruction all parts together are no score either.
    desk.keys(",").line("scale").keys("2");
    observed(&mut desk, "news2_scale_2").line("news2_scale_2.oxygen").keys("o").saves();
    let case = desk.case("U-1");
    let last = case.chronology.iter().rev().find(|told| !told.missing.is_empty()).expect("it is incomplete");
    let score = last.answers.as_ref().and_then(|answers| answers.get("news2_scale_2")).cloned();
    assert!(matches!(score, Some(Answer::Score { total: None, .. })), "{score:?}");
    assert!(last.missing.iter().any(|field| field == "scale_written"), "{:?}", last.missing);

    desk.keys(",").line("scale").keys("2");
    observed(&mut desk, "news2_scale_2").line("news2_scale_2.oxygen").keys("o");
    desk.line("scale_written").keys("Letter of the chest clinic, 3-Mar-2026, Dr AB").saves();
    let case = desk.case("U-1");
    let score =
        case.chronology.iter().rev().find_map(|told| told.answers.as_ref()?.get("news2_scale_2")).cloned();
    let Some(Answer::Score { total, parts, .. }) = score else { panic!("a score") };
    // 93 on oxygen is 1 on scale 2, where it was 2 on scale 1; the oxygen itself is 2.
    assert_eq!((parts["saturation"], parts["oxygen"], total), (1, 2, Some(8)));
}

#[test]
fn what_can_hardly_have_been_measured_is_asked_about_once_at_its_line() {
    let mut desk = afternoon();
    desk.keys(CALL).keys("<enter>,").line("scale").keys("1");
    observed(&mut desk, "news2").line("news2.oxygen").keys("a");
    desk.instead("news2.temperature", "350").keys("<ctrl-s>").shows("can hardly be 350");
    assert!(matches!(desk.app.top(), dutydesk::app::Layer::Form(_)), "asked before it is saved");
    desk.instead("news2.temperature", "35.0").instead("news2.saturation", "24").keys("<ctrl-s>");
    desk.shows("can hardly be 24").saves();
    let case = desk.case("U-1");
    let said = case.chronology.last().and_then(|told| told.answers.as_ref()?.get("news2")).cloned();
    let Some(Answer::Score { values, .. }) = said else { panic!("a score") };
    assert_eq!((values["saturation"].as_str(), values["temperature"].as_str()), ("24", "35.0"), "meant so");
}

#[test]
fn the_guide_stands_a_key_away_and_begins_with_what_is_at_hand() {
    let mut desk = afternoon();
    desk.keys("<ctrl-g>").shows("Guide: whom to ring, and when").shows("Who is rung, one after the other");
    desk.shows("Escalation matrix: Urgent call").shows("RED").shows("Decide");
    desk.keys("<esc>")
        .keys(CALL)
        .keys("<enter><ctrl-g>")
        .shows("Escalation matrix: Urgent call")
        .shows("24-hour review")
        .shows("60 min")
        .keys("<esc>");
    desk.keys("l<ctrl-g>")
        .shows("This form: Professional liaison record")
        .shows("Followed up")
        .shows("Chase-up");
    // Printed from where it stands; no person is on it, so nobody was looked at.
    desk.keys("p").shows("Printed:");
    assert_eq!(looks(&desk, How::Print), 0);
    desk.keys("<esc>").line("who");
}

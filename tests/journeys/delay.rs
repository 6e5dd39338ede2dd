//! What others owe and do not do: logged with what it means for the person and what keeps them safe, pressed for level by
//! level, confirmed by one of ours, and closed on what it changed.

use dutydesk::domain::answer::YesNo;
use dutydesk::domain::commitment::{Commitment, DueRule, Party, Progress};
use serde_json::json;

use super::desk::Desk;
use super::office::{Office, at};
use super::recorded::{about, record};
use super::whole::{CALL, decide};

const PROMISED: &str = "OT hoist assessment";

/// A hoist assessment that was promised on the Friday before Christmas in ten working days.
fn promised() -> Desk {
    let mut desk = Desk::at(Office::opened("2026-12-18T10:00:00Z")).signed_in("okafor");
    desk.keys(CALL).keys("d");
    decide(&mut desk);
    desk.keys("l").line("who").keys("Mill Lane therapy<enter>").line("person").keys("Jo Marsh, OT");
    desk.line("means").keys("t").line("outcome").keys("s");
    desk.line("shared").keys("Name, number, two falls").line("basis").keys("e");
    desk.line("advice").keys("Two carers for every move until then").line("read_back").keys("y");
    desk.line("promises.+").keys("<enter>").line("promises.0.what").keys(PROMISED);
    desk.line("promises.0.by").keys("10 working days");
    desk.shows("by the end of Wed 06-Jan-2027, over 3 bank holidays").saves();
    desk
}

/// The morning after it was due: chased once, and then logged as a delay.
fn late() -> Desk {
    let mut desk = promised();
    desk.at_time("2027-01-07T09:00:00Z").keys("3").select(PROMISED).keys("h");
    desk.line("person").keys("Desk").line("outcome").keys("s").line("by").keys("none");
    desk.line("by.why").keys("No date yet: awaiting response").line("impact").keys("In bed since Monday");
    desk.line("no_control").keys("Her daughter is with her").saves();
    desk.at_time("2027-01-09T09:00:00Z");
    desk
}

fn log(desk: &mut Desk) {
    desk.keys("3").select(PROMISED).keys("+4").shows("External dependency log");
    desk.line("kind").keys("q");
    desk.instead("impact", "Lifted by hand; she cries when she is moved and has been in bed since Monday");
    desk.line("risk").keys("a").line("before").keys("Out of bed 0 of 4 times a day; 2 falls in a week");
    desk.line("by").keys("none").line("by.why").keys("They cannot say");
    desk.line("controls.+").keys("<enter>").line("controls.0.what").keys("Two carers for every move");
    desk.line("controls.0.review_by").keys("+72h").line("controls_known").keys("n").saves();
}

/// Logged as a delay, at the desk of whoever logged it.
fn logged() -> Desk {
    let mut desk = late();
    log(&mut desk);
    desk.goes_home();
    desk
}

fn opens<'d>(desk: &'d mut Desk, reference: &str) -> &'d mut Desk {
    desk.goes_home().keys("<ctrl-f>").keys(reference).keys("<enter>").shows(reference)
}

fn last(desk: &Desk, reference: &str, what: &str) -> Commitment {
    desk.owed(reference, what).pop().unwrap_or_else(|| panic!("{what} is owed in {reference}"))
}

fn decides(desk: &mut Desk, level: &str) {
    desk.goes_home().sign_in("lindqvist");
    opens(desk, "D-1").keys("d").line("increased").keys("yTwo more falls").line("risk").keys("a");
    desk.line("level").keys(level).line("rationale").keys("Nothing has come and the falls go on").saves();
}

#[test]
fn working_days_are_counted_over_bank_holidays_and_say_how() {
    let mut desk = promised();
    let promise = last(&desk, "U-1", PROMISED);
    assert_eq!(promise.due, at("2027-01-06T23:59:00Z"));
    assert!(matches!(promise.rule, DueRule::PromisedWithin(_)));
    desk.keys("<enter>").select(PROMISED).keys("<ctrl-w>");
    desk.shows("Promised by Mill Lane therapy").shows("10 working days from Fri 18-Dec-2026");
    desk.shows("bank holidays");
}

#[test]
fn a_late_promise_goes_on_in_its_delay_with_how_often_it_was_chased() {
    let mut desk = late();
    desk.keys("3").select(PROMISED).keys("+4").shows("Mill Lane therapy");
    // Nothing is saved without what it means for the person, and what holds meanwhile or why nothing does.
    desk.line("kind").keys("q").line("risk").keys("a").line("before").keys("Out of bed 0 of 4 times a day");
    desk.line("by").keys("none").line("by.why").keys("They cannot say");
    // What the chase said of it is taken over, to be looked at.
    desk.keys("<ctrl-s>")
        .shows("What it means for the person")
        .shows("In bed since Monday")
        .shows("Or none, because");
    assert!(desk.app.forms().count() > 0);
    desk.instead("impact", "Lifted by hand; in bed since Monday");
    desk.line("no_control").keys("Her daughter stays with her day and night").saves();

    let before = last(&desk, "U-1", PROMISED);
    let now = last(&desk, "D-1", PROMISED);
    assert_eq!((before.progress, before.superseded_by), (Progress::Superseded, Some(now.id.clone())));
    assert_eq!((now.chased, now.progress), (1, Progress::Requested));
    assert_eq!(now.last_chased, Some(at("2027-01-07T09:00:00Z")));
    assert!(matches!(&now.obligor, Party::Outside(named) if named.words == "Mill Lane therapy"));
    opens(&mut desk, "U-1").shows("Goes on in another case");
    // Owed once: the call can be closed without it, and it is late in the delay.
    desk.at_time("2027-01-20T09:00:00Z").goes_home().keys("3").shows("D-1").shows("chased 1×");
    let board = desk.board();
    let rows: Vec<_> = board.overdue.rows.iter().filter(|row| row.commitment.what == PROMISED).collect();
    assert_eq!(rows.len(), 1);
    desk.assert_record_holds();
}

#[test]
fn a_step_of_ours_that_is_due_is_no_promise_of_somebody_outside() {
    let mut desk = Desk::at(Office::opened("2026-12-18T10:00:00Z")).signed_in("okafor");
    // The call waits for our own decision, and that is what is selected.
    desk.keys(CALL).keys("+4").shows("External dependency log").shows("begun from U-1");
    for blank in ["who", "what", "was_due"] {
        assert_eq!(desk.text(blank), "", "{blank} is for whoever logs it to say");
    }
    // Nothing of ours goes on as theirs, and what is known of the person stands there all the same.
    assert_eq!((desk.text("carries_on"), desk.text("about")), (String::new(), "QUILL, Theresa".to_owned()));
    desk.line("who").keys("Mill Lane therapy<enter>").line("what").keys(PROMISED);
    desk.line("was_due").keys("17/12/2026 09:00").line("kind").keys("q");
    desk.instead("impact", "Lifted by hand")
        .line("risk")
        .keys("a")
        .line("before")
        .keys("Out of bed 0 of 4 times");
    desk.line("by").keys("+24h").line("no_control").keys("Her daughter is with her").saves();
    let decide = desk.case("U-1");
    assert!(
        decide
            .state
            .commitments
            .iter()
            .any(|one| one.step.as_deref() == Some("decision") && one.progress.is_open())
    );
    assert_eq!(last(&desk, "D-1", PROMISED).progress, Progress::Requested);
    desk.assert_record_holds();
}

#[test]
fn equipment_never_comes_and_in_the_end_it_does() {
    let mut desk = logged();
    let told = last(&desk, "D-1", "Tell the care team of the interim controls");
    assert_eq!(told.due, at("2027-01-09T10:00:00Z"));
    opens(&mut desk, "D-1")
        .keys("t")
        .line("told.0.whom")
        .keys("c")
        .line("told.0.name")
        .keys("Night shift<enter>");
    desk.line("told.0.how").keys("t").line("told.0.said").keys("Two carers, every move").saves();
    assert_eq!(
        last(&desk, "D-1", "Tell the care team of the interim controls").progress,
        Progress::Confirmed
    );

    // Routine first, and two notes that nothing has come.
    decides(&mut desk, "r");
    desk.goes_home().sign_in("shah");
    for day in ["2027-01-11T09:00:00Z", "2027-01-12T09:00:00Z"] {
        opens(desk.at_time(day), "D-1").keys("7").line("asked").keys("Desk");
        desk.line("now").keys("In bed, cried at the wash").line("next").keys("Rung again tomorrow").saves();
    }

    // Then by name, with a date; the controls change, and the care team is told of it.
    decides(&mut desk, "f");
    let formal = "Formal chase-up, by name and in writing";
    assert!(last(&desk, "D-1", formal).progress.is_open());
    desk.goes_home().sign_in("shah");
    opens(&mut desk, "D-1").select(PROMISED).keys("h").line("person").keys("Jo Marsh, OT");
    desk.line("means").keys("e").line("outcome").keys("s");
    desk.line("by").keys("5 working days").line("advice").keys("Slide sheet until then");
    desk.line("controls_changed").keys("y").line("controls.0.what").keys("Slide sheet and two carers");
    desk.line("controls.0.review_by").keys("+72h").saves();
    assert_eq!(last(&desk, "D-1", formal).progress, Progress::Confirmed);
    let promise = last(&desk, "D-1", PROMISED);
    assert_eq!((promise.chased, promise.due), (2, at("2027-01-19T23:59:00Z")));
    assert_eq!(promise.control, YesNo::No);
    assert_eq!(last(&desk, "D-1", "Slide sheet and two carers").control, YesNo::Yes);
    assert!(last(&desk, "D-1", "Tell the care team that interim controls change").progress.is_open());

    // It is missed again: to the commissioner, who is told what we do ourselves before what we ask.
    desk.at_time("2027-01-20T09:00:00Z");
    decides(&mut desk, "s");
    opens(&mut desk, "D-1")
        .keys("j")
        .line("route")
        .keys("c")
        .line("who")
        .keys("Borough commissioning<enter>");
    desk.line("asked").keys("A date for the hoist").line("by").keys("+24h");
    desk.line("rationale").keys("Four weeks late and two more falls").line("means").keys("e");
    desk.keys("<ctrl-s>").shows("What we do ourselves");
    assert!(desk.app.forms().count() > 0, "not without its class and what we do ourselves");
    desk.line("class")
        .keys("s")
        .line("mitigation")
        .keys("Second carer at our own cost since the 9th")
        .saves();
    let answer = last(&desk, "D-1", "Answer: A date for the hoist");
    assert_eq!(answer.due, at("2027-01-21T09:00:00Z"));
    assert_eq!(answer.owner, Party::Role("registered_manager".into()));
    opens(&mut desk, "D-1").select("Answer: A date").keys("y").line("who").keys("P. Rao, commissioner");
    desk.line("answer").keys("Hoist on Friday").line("next").keys("Shift leader lets them in").saves();
    assert_eq!(last(&desk, "D-1", "Answer: A date for the hoist").progress, Progress::Confirmed);
    let levels = desk.case("D-1").state.facts.escalated;
    let levels: Vec<&str> = levels.iter().map(|(level, _)| level.as_str()).collect();
    assert_eq!(levels, ["Routine", "Formal chase-up", "Senior professional or commissioner"]);
    opens(&mut desk, "D-1").shows("Routine 09-Jan, Formal chase-up 12-Jan");

    // Said to be fitted is not fitted: it stays owed, and nobody closes on it.
    desk.at_time("2027-01-22T15:00:00Z").goes_home().sign_in("shah");
    opens(&mut desk, "D-1").select(PROMISED).keys("b").line("who").keys("Supplier");
    desk.line("what").keys("Assessed and hoist fitted").saves();
    assert_eq!(last(&desk, "D-1", PROMISED).progress, Progress::Reported);
    desk.goes_home().sign_in("lindqvist");
    opens(&mut desk, "D-1").keys("r").shows("confirm it first");
    assert_eq!(desk.app.forms().count(), 0);
    opens(&mut desk, "D-1").select(PROMISED).keys("a").line("evidence");
    desk.keys("WQ used it at the evening wash").saves();
    assert!(last(&desk, "D-1", "Oversight: did it help, and were the controls safe").progress.is_open());

    // First it does not show: a new date and why. Then it does.
    desk.at_time("2027-01-25T09:00:00Z");
    oversees(&mut desk, "x");
    desk.keys("<ctrl-s>").shows("Why it is extended").shows("Looked at again by");
    desk.line("why_extended").keys("She is still afraid of the sling").line("again").keys("+7d").saves();
    assert!(!desk.case("D-1").state.closed);
    let again = last(&desk, "D-1", "Oversight again: does it show now");
    assert_eq!(again.due, at("2027-02-01T09:00:00Z"));
    desk.at_time("2027-02-01T08:00:00Z");
    oversees(&mut desk, "c");
    assert_eq!(desk.text("before"), "Out of bed 0 of 4 times a day; 2 falls in a week");
    calls_off_the_rest(&mut desk, "The hoist is there");
    desk.saves();
    let case = desk.case("D-1").state;
    assert!(case.closed);
    assert!(case.commitments.iter().all(|one| !one.progress.is_open()), "nothing is left owed");
}

fn oversees(desk: &mut Desk, outcome: &str) {
    opens(desk, "D-1").keys("r").line("safe").keys("yNo fall since the slide sheet");
    desk.line("after").keys("Out of bed 3 of 4 times a day; no fall");
    desk.line("learned").keys("A promise in working days wants a call at half time");
    desk.line("outcome").keys(outcome);
}

/// Of each thing that is still owed it is said that nobody wants it any more.
fn calls_off_the_rest(desk: &mut Desk, why: &str) {
    for row in 0.. {
        if desk.text(&format!("owed.{row}.what")).is_empty() {
            return;
        }
        desk.line(&format!("owed.{row}.becomes")).keys("n").line(&format!("owed.{row}.why")).keys(why);
    }
}

#[test]
fn a_delay_ends_without_the_action_where_the_person_died_moved_declined_or_left() {
    let mut desk = logged();
    desk.sign_in("lindqvist");
    // Nobody has to wait for what will never come; the oversight itself still wants a confirmed action.
    ends(&mut desk);
    desk.saves();
    assert!(desk.case("D-1").state.closed);
    // On any screen its name says so.
    opens(&mut desk, "D-1").shows("D-1 closed");
    for (columns, rows) in [(80, 24), (46, 30)] {
        let screen = desk.screen_of(columns, rows);
        assert!(screen.contains("► D-1 closed"), "{screen}");
    }
    desk.keys("4").line("why").keys("She is back").saves();
    assert!(last(&desk, "D-1", "Decide again: opened again").progress.is_open());
}

#[test]
fn an_interim_control_waits_for_nothing_not_even_in_a_closed_delay() {
    let mut desk = logged();
    // Nobody has decided, and whoever is at the desk is no manager.
    desk.sign_in("brandt");
    opens(&mut desk, "D-1").keys("i").line("controls.0.what").keys("Checks every hour");
    desk.line("controls.0.review_by").keys("+24h").line("new").keys("y").saves();
    assert_eq!(last(&desk, "D-1", "Checks every hour").control, YesNo::Yes);
    assert!(last(&desk, "D-1", "Tell the care team that interim controls change").progress.is_open());
    // What decides is the manager's.
    desk.keys("d").shows("Registered Manager");
    assert_eq!(desk.app.forms().count(), 0);

    desk.goes_home().sign_in("lindqvist");
    ends(&mut desk);
    desk.saves().goes_home().sign_in("brandt");
    opens(&mut desk, "D-1").keys("i").line("controls.0.what").keys("Sensor mat");
    desk.line("controls.0.review_by").keys("+24h").line("new").keys("n").saves();
    assert!(desk.case("D-1").state.closed);
    assert!(last(&desk, "D-1", "Sensor mat").progress.is_open());
}

fn ends(desk: &mut Desk) {
    opens(desk, "D-1").keys("x").line("ended").keys("m").line("safe").keys("yTwo carers at every move");
    desk.line("how")
        .keys("Moved to her daughter; the therapists were told")
        .line("learned")
        .keys("Ask sooner");
    calls_off_the_rest(desk, "She has moved");
}

#[test]
fn in_a_call_too_the_care_team_is_told_where_interim_controls_change() {
    let mut desk = promised();
    desk.keys("<enter>i").line("controls.0.what").keys("Two carers for every move");
    desk.line("controls.0.review_by").keys("+24h").line("team_told").keys("nNight shift not in yet").saves();
    let tell = "Tell the care team of the interim control";
    assert_eq!(last(&desk, "U-1", tell).due, at("2026-12-18T11:00:00Z"));
    desk.goes_home().keys("1<enter>").select(PROMISED).keys("h").line("person").keys("Desk");
    desk.line("outcome").keys("s").line("by").keys("+5d").line("+later").keys("<enter>");
    desk.line("controls_changed").keys("y").saves();
    let changed = "Tell the care team that interim controls change";
    assert!(last(&desk, "U-1", changed).progress.is_open());
    // One receipt tells of both: who, how and when.
    desk.goes_home().keys("1t").line("told.0.whom").keys("c").line("told.0.name").keys("Night shift<enter>");
    desk.line("told.0.how").keys("t").line("told.0.said").keys("Two carers, and by the board").saves();
    for what in [tell, changed] {
        assert_eq!(last(&desk, "U-1", what).progress, Progress::Confirmed);
    }
}

#[test]
fn a_higher_risk_is_looked_at_every_week_and_a_level_that_is_wrong_is_decided_again() {
    let mut desk = logged();
    let weekly = "Weekly look at the delay";
    assert_eq!(last(&desk, "D-1", weekly).due, at("2027-01-16T09:00:00Z"));
    desk.at_time("2027-01-18T09:00:00Z").sign_in("lindqvist");
    opens(&mut desk, "D-1").keys("5").line("risk").keys("r").line("controls_hold").keys("y");
    desk.line("level_right").keys("nShe fell twice").saves();
    let all = desk.owed("D-1", weekly);
    assert_eq!(all.len(), 2);
    assert_eq!(all[1].due, at("2027-01-23T09:00:00Z"));
    assert_eq!(
        last(&desk, "D-1", "Decide again: the level is no longer right").due,
        at("2027-01-18T13:00:00Z"),
        "red is decided within four hours"
    );
}

#[test]
fn two_desks_do_not_both_carry_on_what_is_owed_once() {
    let mut desk = late();
    let mut other = desk.beside().signed_in("shah");
    other.keys("3").select(PROMISED).keys("+4").shows("External dependency log").shows("Goes on from");
    other.shows("(x) OT hoist assessment");
    log(&mut desk);
    assert!(last(&desk, "D-1", PROMISED).progress.is_open());

    other.line("kind").keys("q").line("impact").keys("In bed since Monday").line("risk").keys("a");
    other.line("before").keys("Out of bed 0 of 4 times a day").line("by").keys("none");
    other.line("by.why").keys("They cannot say").line("no_control").keys("Her daughter is there");
    other.keys("<ctrl-s>").shows("does not stand there as it did: it goes on in D-1 already");
    // What was typed stays. Without what is followed elsewhere it is a delay of its own.
    other.line("carries_on").keys("<backspace>").hides("(x) OT hoist").saves();
    assert_eq!(last(&other, "D-2", PROMISED).supersedes, None);
    assert_eq!(last(&other, "D-1", PROMISED).progress, Progress::Requested);
}

#[test]
fn what_goes_on_stays_with_whoever_sees_to_it_by_name() {
    let mut desk = late();
    desk.goes_home().keys("3").select(PROMISED).keys(";t");
    log(&mut desk);
    assert_eq!(last(&desk, "D-1", PROMISED).owner, Party::Staff(desk.office.staff["duty"]));
}

#[test]
fn only_what_is_owed_about_the_same_person_goes_on_and_only_while_it_is_owed() {
    let desk = late();
    let promise = last(&desk, "U-1", PROMISED);
    let begun = |person: &str, id: String| {
        let said = json!({ "kind": "Equipment assessment or delivery", "who": "Mill Lane therapy", "what": PROMISED, "was_due": "06-Jan-2027 12:00",
            "impact": "In bed since Monday", "risk": "amber", "before": "0 of 4", "no_control": "Her daughter is there",
            "by": { "words": "none", "why": "They cannot say" },
            "carries_on": { "words": PROMISED, "id": id, "case": promise.case.to_string() } });
        record(&desk, "duty", "delay.log", about(desk.office.people[person]), said)
    };
    let says = begun("oakes_1", promise.id.to_string()).expect_err("about somebody else");
    assert!(says.contains("Goes on from") && says.contains("is owed about somebody else"), "{says}");
    let says = begun("quill", format!("{}/promises.7", promise.id.entry)).expect_err("never owed");
    assert!(says.contains("is not owed there"), "{says}");
    begun("quill", promise.id.to_string()).expect("about the same person");
    let says = begun("quill", promise.id.to_string()).expect_err("it went on");
    assert!(says.contains("it goes on in D-1 already"), "{says}");
    assert_eq!(last(&desk, "D-1", PROMISED).supersedes, Some(promise.id));
}

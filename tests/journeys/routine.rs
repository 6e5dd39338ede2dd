//! Routine liaison: from a contact to its answer, with longer clocks than an urgent call, and planned updates that come
//! round.

use dutydesk::app::Layer;
use dutydesk::domain::commitment::{Commitment, Party, Progress};

use super::desk::Desk;
use super::office::{Office, at};

fn desk() -> Desk {
    Desk::at(Office::opened("2026-11-20T09:00:00Z")).signed_in("shah")
}

/// Begins a case of a pathway from wherever one is.
pub fn begin(desk: &mut Desk, pathway: &str) {
    desk.keys("+").select(pathway).keys("<enter>");
}

/// Opens the case of a reference from wherever one is.
pub fn goes_to(desk: &mut Desk, reference: &str) {
    desk.goes_home().keys("<ctrl-f>").keys(reference).keys("<enter>");
    let Layer::Case(layer) = desk.app.top() else { panic!("a case:\n{}", desk.screen()) };
    assert_eq!(layer.view.ready().map(|view| view.reference.as_str()), Some(reference));
}

fn open(desk: &Desk, reference: &str) -> Vec<Commitment> {
    let all = desk.case(reference).state.commitments;
    all.into_iter().filter(|one| one.progress.is_open()).collect()
}

/// The contact as far as whom it was with and what it was for.
fn contacted(desk: &mut Desk, purpose: &str, headline: &str) {
    begin(desk, "Routine liaison");
    desk.line("who").keys("elms<enter>").line("began").keys("w").line("purpose").keys(purpose);
    desk.line("headline").keys(headline);
}

fn about_quill(desk: &mut Desk) {
    desk.line("about").keys("qui<enter>");
}

#[test]
fn from_a_message_to_the_answer_and_the_end_with_the_clocks_of_a_routine_matter() {
    let mut desk = desk();
    contacted(&mut desk, "m", "Repeat prescription");
    about_quill(&mut desk);
    desk.line("how").keys("e").line("outcome").keys("t");
    desk.line("shared").keys("Name, number, which tablets run out on Thursday").line("basis").keys("e");
    desk.line("promises.0.what").keys("Prescription").line("promises.0.by").keys("none");
    desk.line("promises.0.by.why").keys("The desk could not say").saves();
    goes_to(&mut desk, "RL-1");
    desk.shows("Prescription").shows("we chase by then");
    // Not an urgent call: nobody has to decide, and the urgent list knows nothing of it.
    assert_eq!(desk.board().calls.total, 0);
    assert_eq!(desk.board().undecided, 0);
    let owed = open(&desk, "RL-1");
    assert_eq!(owed.len(), 1);
    assert!(matches!(owed[0].obligor, Party::Outside(_)));
    // A Friday: three working days are over with Wednesday.
    assert_eq!(owed[0].due, at("2026-11-25T23:59:00Z"));

    // Chased on Thursday: both times stay visible.
    desk.at_time("2026-11-26T10:00:00Z").keys("h");
    desk.line("person").keys("Jo, reception").line("outcome").keys("s").line("by").keys("16:00");
    desk.keys("<ctrl-s>").shows("What the wait means").line("impact").keys("Two tablets left").saves();
    let all = desk.case("RL-1").state.commitments;
    assert_eq!(
        all.iter().map(|one| one.progress).collect::<Vec<_>>(),
        [Progress::Superseded, Progress::Requested]
    );
    desk.later(60).keys("a").line("by").keys("<ctrl-k>Jo, reception");
    desk.line("evidence").keys("Prescription sent to the pharmacy, seen on the portal").saves();
    assert!(open(&desk, "RL-1").is_empty());
    desk.keys("x").line("ended").keys("a").line("outcome").keys("Tablets came on Thursday").saves();
    let case = desk.case("RL-1");
    assert!(case.state.closed);
    assert_eq!(case.state.facts.how_closed.as_deref(), Some("Answered or done"));
}

#[test]
fn a_question_that_is_answered_at_once_is_one_form_and_closed() {
    let mut desk = desk();
    contacted(&mut desk, "a", "Opening hours over Christmas");
    desk.line("how").keys("t").line("outcome").keys("s").line("person").keys("Jo, reception");
    desk.line("shared").keys("Nothing about anybody").line("basis").keys("n");
    desk.line("advice").keys("Open on the 24th until noon").line("finished").keys("y").saves();
    let case = desk.case("RL-1");
    assert!(case.state.closed && case.state.subject.is_none() && case.state.commitments.is_empty());
}

#[test]
fn nobody_answered_and_our_own_step_each_have_a_clock() {
    let mut desk = desk();
    contacted(&mut desk, "v", "Date for the dressing");
    about_quill(&mut desk);
    desk.line("how").keys("t").line("outcome").keys("n").saves();
    let owed = open(&desk, "RL-1");
    assert_eq!(
        (owed[0].what.as_str(), owed[0].due),
        ("Try The Elms Surgery again", at("2026-11-23T23:59:00Z"))
    );
    goes_to(&mut desk, "RL-1");
    desk.later(30).keys("l").line("how").keys("t").line("outcome").keys("s").line("person").keys("Sister ZZ");
    desk.line("shared").keys("Where the wound is").line("basis").keys("e");
    desk.line("advice").keys("Comes when the room is free").line("next").keys("Ask for the quiet room");
    desk.line("next_by").keys("15:00").saves();
    let owed = open(&desk, "RL-1");
    assert_eq!((owed.len(), owed[0].what.as_str()), (1, "Ask for the quiet room"));
    assert_eq!(owed[0].due, at("2026-11-20T15:00:00Z"));
    // Closing asks of what is still owed what becomes of it.
    desk.keys("x").line("ended").keys("a").line("outcome").keys("Comes on Monday");
    desk.line("owed.0.becomes").keys("n").line("owed.0.why").keys("She comes to the flat instead").saves();
    let case = desk.case("RL-1");
    assert!(case.state.closed);
    assert_eq!(case.state.commitments[1].progress, Progress::Cancelled);
}

#[test]
fn a_contact_with_the_regulator_says_for_which_service_and_with_whom() {
    let mut desk = desk();
    contacted(&mut desk, "g", "Asked about the lift");
    desk.line("how").keys("t").line("outcome").keys("s").line("person").keys("Inspector ZZ");
    desk.line("shared").keys("The lift is repaired on Monday").line("basis").keys("l");
    desk.line("advice").keys("Wants to hear when it is done").line("finished").keys("n").keys("<ctrl-s>");
    // Refused, and said of which fields.
    desk.shows("Which service");
    desk.line("place").keys("rowan<enter>").line("holder").keys("h").saves();
    let case = desk.case("RL-1");
    assert!(!case.state.closed && case.state.location.is_some());
    let told = &case.chronology[0].answers.as_ref().expect("answers")["holder"];
    assert_eq!(*told, dutydesk::domain::answer::Answer::Choice("holder".into()));
}

#[test]
fn what_turns_urgent_becomes_a_call_that_is_begun_from_it_and_linked() {
    let mut desk = desk();
    contacted(&mut desk, "m", "Repeat prescription");
    about_quill(&mut desk);
    desk.line("how").keys("t").line("outcome").keys("m").line("shared").keys("Name and number");
    desk.line("basis").keys("e").saves();
    goes_to(&mut desk, "RL-1");
    // The case says that it can, where its keys stand, at any size; and the menu finds it by that name.
    desk.shows("make urgent");
    assert!(desk.screen_of(80, 24).contains("make urgent"), "{}", desk.screen_of(80, 24));
    desk.keys(":make urg").shows("Make it urgent").keys("<esc>");
    desk.keys("+").shows("Urgent call").select("Urgent call").keys("<enter>");
    assert_eq!(desk.text("about"), "QUILL, Theresa");
    desk.line("call_back").keys("07700 900118").line("caller").keys("WQ, carer").line("awake").keys("n");
    desk.line("emergency").keys("y").line("changed").keys("Cannot be woken").line("risk").keys("r");
    desk.line("advice_sought").keys("None, 999 is being rung");
    desk.keys("<ctrl-s>").shows("ring 999 now").saves();
    let (routine, call) = (desk.case("RL-1"), desk.case("U-1"));
    assert_eq!(routine.state.links, [call.state.id]);
    assert_eq!(call.state.subject, routine.state.subject);
    // In every list it stands by what was said in it, not by what the contact before it was for.
    assert_eq!(call.state.facts.headline.as_deref(), Some("Cannot be woken"));
    assert_eq!(desk.board().calls.total, 1);
}

#[test]
fn planned_updates_come_round_and_one_that_is_missed_shows_as_late() {
    let mut desk = desk().signed_in("lindqvist");
    begin(&mut desk, "Planned updates");
    desk.line("with")
        .keys("elms<enter>")
        .line("headline")
        .keys("Monthly update")
        .line("covers")
        .keys("si<enter>");
    desk.line("by").keys("30-Nov 16:00").line("often").keys("m").saves();
    let owed = open(&desk, "PU-1");
    assert_eq!(
        (owed[0].what.as_str(), owed[0].due),
        ("Update to The Elms Surgery", at("2026-11-30T16:00:00Z"))
    );
    assert!(matches!(&owed[0].owner, Party::Role(role) if role == "registered_manager"));
    desk.at_time("2026-12-02T09:00:00Z");
    assert!(desk.state(&open(&desk, "PU-1")[0]).is_late(), "two days after its time");
    // Given late: none of the others moves.
    goes_to(&mut desk, "PU-1");
    // Whoever was spoken with answered something; what was only sent waits for no answer.
    desk.keys("d").line("person").keys("Jo ZZ, contracts").line("how").keys("t").shows("What they answered*");
    desk.line("how").keys("e").hides("What they answered*");
    desk.line("shared").keys("Two vacancies, one fall in November").line("basis").keys("n");
    desk.line("answer").keys("Wants to hear about the vacancies").line("asked.+").keys("<enter>");
    desk.line("asked.0.what").keys("Figures of the vacancies").line("asked.0.owner").keys("okafor<enter>");
    desk.line("asked.0.by").keys("4-Dec 12:00").saves();
    let owed = open(&desk, "PU-1");
    let due: Vec<_> = owed.iter().map(|one| (one.what.as_str(), one.due)).collect();
    assert!(due.contains(&("Update to The Elms Surgery", at("2026-12-30T16:00:00Z"))), "{due:?}");
    assert!(due.contains(&("Figures of the vacancies", at("2026-12-04T12:00:00Z"))), "{due:?}");
    // Left out once, the next comes round; ended, none does.
    desk.keys("g").line("why").keys("They are away until the new year").saves();
    assert!(open(&desk, "PU-1").iter().any(|one| one.due == at("2027-01-30T16:00:00Z")));
    desk.keys("x").line("why").keys("The contract has ended").saves();
    let case = desk.case("PU-1");
    assert!(case.state.closed);
    assert_eq!(open(&desk, "PU-1").len(), 1, "what they asked of us is still owed");
}

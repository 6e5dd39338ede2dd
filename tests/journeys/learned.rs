//! What is said about the care, what is learned from it, how judgement is trained and supervised, and what somebody finds
//! who goes and looks: each from its first step to its end, with what has to hold before.

use dutydesk::domain::commitment::{Commitment, Party, Progress};

use super::desk::Desk;
use super::office::{Office, at};
use super::whole::CALL;

/// A Saturday afternoon at the desk.
fn afternoon(who: &str) -> Desk {
    Desk::at(Office::opened("2026-11-21T16:42:00Z")).signed_in(who)
}

/// Begins a case of this title, from nothing.
fn begin<'a>(desk: &'a mut Desk, title: &str) -> &'a mut Desk {
    desk.goes_home().keys("+").shows("Begin what?").select(title).keys("<enter>")
}

fn only(desk: &Desk, reference: &str, what: &str) -> Commitment {
    let mut owed = desk.owed(reference, what);
    assert_eq!(owed.len(), 1, "{what} is owed once: {owed:?}");
    owed.remove(0)
}

/// One row of agreed actions: what, who of ours, by when.
fn action(desk: &mut Desk, what: &str) {
    desk.line("actions.+").keys("<enter>").line("actions.0.what").keys(what);
    desk.line("actions.0.owner").keys("brandt<enter>").line("actions.0.by").keys("28-Nov 12:00");
}

#[test]
fn a_concern_becomes_a_complaint_when_they_say_so_and_is_answered_before_it_is_closed() {
    let mut desk = afternoon("shah");
    begin(&mut desk, "Feedback").line("kind").keys("n");
    desk.line("said")
        .keys("Nobody tells us when the evening visit is late")
        .line("who")
        .keys("Hannah Quill, daughter");
    desk.line("source").keys("f").line("headline").keys("Evening visits late");
    // Whether it is a complaint is asked, and who decided that.
    desk.line("as_complaint").keys("y").line("as_complaint_by").keys("She did, when asked");
    desk.line("answer_wanted").keys("y").line("reach").keys("07700 900411, evenings").saves();
    let (acknowledge, answer) =
        (only(&desk, "FB-1", "Acknowledge the complaint"), only(&desk, "FB-1", "Answer the complaint"));
    assert_eq!(acknowledge.due, at("2026-11-25T23:59:00Z"), "three working days from a Saturday");
    assert_eq!(answer.obligor, Party::Role("registered_manager".into()));
    assert!(desk.owed("FB-1", "Answer whoever said it").is_empty(), "it is owed once");

    // It cannot be closed while whoever said it has no answer.
    desk.sign_in("lindqvist").goes_home().keys("<f9>/evening<enter><enter>").shows("Evening visits late");
    desk.keys("x").shows("has not been acknowledged yet");
    desk.keys("a")
        .line("how")
        .keys("t")
        .line("said")
        .keys("Morag Lindqvist looks into it; answer by Friday week")
        .saves();
    desk.keys("x").shows("has no answer yet");
    desk.keys("l")
        .line("found")
        .keys("Six visits after half past eight in November; nobody rang")
        .line("right")
        .keys("y");
    action(&mut desk, "Ring the family when a visit is half an hour late");
    desk.line("learning").keys("y").saves();
    desk.keys("r")
        .line("how")
        .keys("t")
        .line("said")
        .keys("We are sorry; from today we ring")
        .line("enough")
        .keys("y")
        .saves();
    assert_eq!(only(&desk, "FB-1", "Answer the complaint").progress, Progress::Confirmed);
    desk.keys("x").shows("Actions are still open");
    desk.keys("d")
        .line("by")
        .keys("<ctrl-k>Ines Brandt")
        .line("evidence")
        .keys("Call list of the week")
        .saves();
    desk.keys("x")
        .line("ended")
        .keys("r")
        .line("different")
        .keys("No late visit without a call in two weeks; she says so")
        .saves();
    assert!(desk.case("FB-1").state.closed);

    // What was learned is a case of its own, and each shows the other.
    let learning = desk.case("LN-1");
    assert_eq!(learning.state.links, [desk.case("FB-1").state.id]);
    desk.keys("4").line("why").keys("It happened again").saves();
    assert!(!desk.case("FB-1").state.closed);
}

#[test]
fn a_compliment_needs_no_more_than_words_and_a_suggestion_is_owed_an_answer() {
    let mut desk = afternoon("shah");
    begin(&mut desk, "Feedback").line("kind").keys("c").line("said").keys("You were wonderful that night");
    desk.line("who").keys("not given").line("source").keys("w").line("headline").keys("Thanks for the night");
    desk.line("answer_wanted").keys("n").line("answer_wanted.why").keys("Nobody knows who it was").saves();
    assert!(desk.case("FB-1").state.commitments.is_empty());
    desk.sign_in("lindqvist").goes_home().keys("<f9>/thanks<enter><enter>x");
    desk.line("ended").keys("p").line("different").keys("Read out at both handovers").saves();
    assert!(desk.case("FB-1").state.closed);

    begin(&mut desk, "Feedback").line("kind").keys("s").line("said").keys("Send the rota on Thursdays");
    desk.line("who").keys("B. Oakes").line("source").keys("p").line("headline").keys("Rota earlier");
    desk.line("answer_wanted").keys("y").line("reach").keys("flat 12").saves();
    assert_eq!(
        only(&desk, "FB-2", "Answer whoever said it").due,
        at("2026-12-04T23:59:00Z"),
        "ten working days"
    );
    assert!(desk.owed("FB-2", "Acknowledge the complaint").is_empty());
}

#[test]
fn what_was_learned_is_passed_on_said_to_have_arrived_and_looked_at_months_later() {
    let mut desk = afternoon("lindqvist");
    desk.keys(CALL).keys("+").select("Learning").keys("<enter>").shows("begun from U-1");
    desk.instead("headline", "Ask for the usual first");
    desk.line("learned")
        .keys("What is usual for her was known to one carer only")
        .line("sources")
        .keys("U-1");
    desk.line("changes").keys("On a good day is filled in for everybody");
    action(&mut desk, "Fill in On a good day for all of Rowan House");
    desk.saves();
    assert_eq!(desk.case("LN-1").state.links, [desk.case("U-1").state.id]);
    let check = only(&desk, "LN-1", "Look whether it holds");
    assert_eq!(check.due.date_naive(), at("2027-02-21T12:00:00Z").date_naive());

    // Looked at before anybody was told of it: not yet.
    desk.keys("<enter>&").shows("LN-1").keys("g").shows("has not been passed on to anybody yet");
    desk.keys("t")
        .line("told.0.whom")
        .keys("c")
        .line("told.0.name")
        .keys("Ines Brandt<enter>")
        .line("told.0.how")
        .keys("p");
    desk.line("told.0.by").keys("28-Nov 12:00").saves();
    let word = only(&desk, "LN-1", "Word back from Ines Brandt that it arrived");
    assert_eq!(word.obligor, Party::Role("registered_manager".into()), "ours to ask for");
    desk.keys("g")
        .line("holds")
        .keys("nTwo of nine records say it")
        .line("evidence")
        .keys("Nine records")
        .saves();
    assert_eq!(desk.owed("LN-1", "Look again whether it holds").len(), 1);
    desk.keys("x").shows("It did not hold");
    desk.keys("g").line("holds").keys("yNine of nine").line("evidence").keys("Nine records, 3-Dec").saves();
    desk.keys("x").shows("Actions are still open");
    desk.keys("d")
        .line("by")
        .keys("<ctrl-k>Ines Brandt")
        .line("evidence")
        .keys("Records of Rowan House")
        .saves();
    desk.keys("x").shows("has not said yet that it arrived");
    desk.keys("y")
        .line("who")
        .keys("Ines Brandt")
        .line("evidence")
        .keys("Minutes of the team meeting")
        .saves();
    desk.keys("x").line("better").keys("Every call now says what is usual").line("ended").keys("p").saves();
    assert!(desk.case("LN-1").state.closed);
}

#[test]
fn judgement_is_supervised_in_a_series_and_training_runs_out() {
    let mut desk = afternoon("lindqvist");
    begin(&mut desk, "Training and supervision")
        .line("about")
        .keys("okafor<enter>")
        .line("headline")
        .keys("New on call");
    desk.line("supervisor")
        .keys("lindqvist<enter>")
        .line("by")
        .keys("30-Nov 10:00")
        .line("often")
        .keys("m")
        .saves();
    let case = desk.case("TS-1");
    assert_eq!(case.state.subject, Some(desk.office.staff["duty"]));
    let what = "Supervision: judging when to escalate";
    let first = only(&desk, "TS-1", what);
    assert_eq!(first.owner, Party::Staff(desk.office.staff["manager"]));

    // A real decision is talked through: proportion, timing, what would be done differently.
    desk.at_time("2026-11-30T10:05:00Z")
        .keys("<f9>/new on<enter><enter>")
        .shows("TS-1")
        .keys("d")
        .line("discussed")
        .keys("U-12, hard to rouse");
    desk.line("proportionate").keys("yDoctor and family, not 999: right on what was known");
    desk.line("in_time")
        .keys("nTwelve minutes until the first call out")
        .line("differently")
        .keys("Ring the surgery while typing");
    action(&mut desk, "Sit in on two evenings");
    desk.saves();
    let series = desk.owed("TS-1", what);
    assert_eq!(series.len(), 2, "the next comes round by itself");
    assert_eq!((series[0].progress, series[1].due), (Progress::Confirmed, at("2026-12-30T10:00:00Z")));

    // Training stands with what shows it, and runs out.
    desk.keys("r")
        .line("trainings.0.what")
        .keys("SBARD and two timers")
        .line("trainings.0.on")
        .keys("12-Nov-2026");
    desk.line("trainings.0.with")
        .keys("Community nursing")
        .line("trainings.0.proof")
        .keys("Certificate 4711");
    desk.line("trainings.0.again").keys("12-Nov-2027 12:00").saves();
    assert_eq!(only(&desk, "TS-1", "Training again: SBARD and two timers").due, at("2027-11-12T12:00:00Z"));

    // One was not held: why, and the series goes on.
    desk.at_time("2026-12-30T12:00:00Z")
        .keys("f")
        .line("why")
        .keys("On call herself; held in January")
        .saves();
    assert!(desk.owed("TS-1", what).last().is_some_and(|one| one.due > at("2027-01-01T00:00:00Z")));
    desk.keys("x").shows("Actions are still open").keys("g").line("by").keys("<ctrl-k>A. Okafor");
    desk.line("evidence").keys("Rota of both evenings").saves();
    desk.keys("x").line("ended").keys("n").line("why").keys("Moves to another service").saves();
    assert!(desk.case("TS-1").state.closed);
}

#[test]
fn a_spot_check_is_open_until_its_actions_are_done_and_somebody_has_looked_again() {
    let mut desk = afternoon("lindqvist");
    begin(&mut desk, "Spot check")
        .line("place")
        .keys("rowan<enter>")
        .line("what")
        .keys("rn<enter>")
        .line("announced")
        .keys("n");
    desk.line("headline")
        .keys("Night records")
        .line("found")
        .keys("Fluids written down for four of nine people");
    desk.line("as_it_should")
        .keys("n")
        .line("as_it_should.why")
        .keys("Five charts empty since six")
        .line("told")
        .keys("y");
    action(&mut desk, "Fluids chart at each bed");
    desk.line("next").keys("5-Dec 22:00").line("governance").keys("y").saves();
    // The weakness goes to governance, linked.
    assert_eq!(desk.case("G-1").state.links, [desk.case("SC-1").state.id]);
    let again = only(&desk, "SC-1", "Spot check again: Night records");
    assert_eq!(
        (again.due, again.obligor),
        (at("2026-12-05T22:00:00Z"), Party::Role("registered_manager".into()))
    );
    desk.goes_home().keys("<f9>/night<enter><enter>x").shows("Actions are still open");
    desk.keys("d").line("by").keys("<ctrl-k>I. Brandt").line("evidence").keys("Seen at nine beds").saves();
    desk.keys("x").shows("Nobody has looked again yet");
    desk.at_time("2026-12-05T22:30:00Z").keys("g").line("found").keys("Nine of nine charts filled in");
    desk.line("as_it_should").keys("y").line("told").keys("y").saves();
    desk.keys("x").line("ended").keys("b").line("evidence").keys("Both checks, 21-Nov and 5-Dec").saves();
    assert!(desk.case("SC-1").state.closed);
}

//! Ringing outside: what was promised and by when, nobody there, and "requested" that is not "done" until confirmed.
//! Chasing what is late, closing, keeping open, opening again.

use dutydesk::app::Layer;
use dutydesk::domain::act::Act;
use dutydesk::domain::answer::YesNo;
use dutydesk::domain::clocks::Lateness;
use dutydesk::domain::commitment::{DueRule, Party, Progress};
use dutydesk::domain::entry::Said;
use ratatui::style::Modifier;

use super::desk::Desk;
use super::office::{Office, at};
use super::whole::{CALL, decide};

/// A call that was decided at 16:42; the coordinator is at the desk.
pub fn decided() -> Desk {
    let mut desk = Desk::at(Office::opened("2026-11-21T16:42:00Z")).signed_in("okafor");
    desk.keys(CALL).keys("d");
    decide(&mut desk);
    desk.sign_in("shah");
    desk
}

/// The form of a contact in which somebody was spoken to, up to what they promise.
pub fn spoke(desk: &mut Desk, who: &str) {
    desk.keys("l").line("who").keys(who).line("person").keys("Dr ZZ").line("means").keys("t");
    desk.line("outcome")
        .keys("s")
        .line("shared")
        .keys("Name and number, what was seen")
        .line("basis")
        .keys("e");
    desk.line("advice").keys("Small sips every half hour").line("read_back").keys("y");
}

/// A visit promised by seven.
pub(super) fn promised() -> Desk {
    let mut desk = decided();
    spoke(&mut desk, "elms<enter>");
    desk.line("promises.+")
        .keys("<enter>")
        .line("promises.0.what")
        .keys("Visit")
        .line("promises.0.by")
        .keys("19:00");
    desk.saves();
    desk
}

#[test]
fn a_promise_without_a_time_says_why_and_is_chased_by_our_own_clock() {
    let mut desk = decided();
    spoke(&mut desk, "elms<enter>");
    desk.line("promises.+")
        .keys("<enter>")
        .line("promises.0.what")
        .keys("Ring back")
        .line("promises.0.by")
        .keys("none");
    desk.shows("no time given").keys("<ctrl-s>").shows("say why");
    assert!(desk.owed("U-1", "Ring back").is_empty(), "not without the reason");
    desk.line("promises.0.by.why").keys("Doctor out on a call").saves();

    let owed = &desk.owed("U-1", "Ring back")[0];
    assert!(matches!(&owed.rule, DueRule::NoneGiven { why, .. } if why == "Doctor out on a call"));
    assert_eq!(owed.due, at("2026-11-21T18:42:00Z"), "the office's target for chasing");
    desk.keys("<enter>").shows("no time given: Doctor out on a call");
    desk.keys("<esc>").at_time("2026-11-21T18:50:00Z");
    assert_eq!(desk.board().overdue.rows[0].commitment.what, "Ring back");
    desk.shows("Ring back").shows("1 late");
}

#[test]
fn a_promise_without_a_time_is_chased_when_an_answer_can_be_expected_of_such_an_organisation() {
    let mut desk = decided();
    desk.keys("<f6><down>a").line("name").keys("Ambulance control").line("type").keys("9");
    desk.line("phone").keys("01632 960999").saves();
    desk.goes_home();
    spoke(&mut desk, "ambulance<enter>");
    desk.line("promises.+").keys("<enter>").line("promises.0.what").keys("Crew sent");
    desk.line("promises.0.by").keys("none").line("promises.0.by.why").keys("Busy night").saves();

    let owed = &desk.owed("U-1", "Crew sent")[0];
    assert_eq!(owed.due, at("2026-11-21T16:57:00Z"), "sooner than the two hours of our own");
    desk.goes_home().keys("2<home>").select("Crew sent").keys("<ctrl-w>");
    desk.shows("Busy night").shows("what is expected of them: Ambulance, category 1").keys("<esc>");
    desk.at_time("2026-11-21T17:00:00Z").keys("2<home>").shows("late 3m").keys("<enter>").shows("Crew sent");
}

#[test]
fn nobody_there_and_a_message_left_are_written_down_and_rung_again() {
    let mut desk = decided();
    desk.keys("l").line("who").keys("elms<enter>").line("means").keys("t").line("outcome").keys("n").saves();
    let again = &desk.owed("U-1", "Ring The Elms Surgery again")[0];
    assert_eq!(again.due, at("2026-11-21T16:57:00Z"));

    desk.later(10)
        .keys("l")
        .line("who")
        .keys("elms<enter>")
        .line("means")
        .keys("t")
        .line("outcome")
        .keys("m");
    desk.keys("<ctrl-s>").shows("What we told them");
    desk.line("shared").keys("Our number and that it cannot wait").line("basis").keys("e").saves();
    let tries = desk.owed("U-1", "Ring The Elms Surgery again");
    let open: Vec<bool> = tries.iter().map(|one| one.progress.is_open()).collect();
    assert_eq!(open, [false, true], "the second try settles the first");

    desk.later(5);
    spoke(&mut desk, "elms<enter>");
    desk.saves();
    assert!(desk.owed("U-1", "Ring The Elms Surgery again").iter().all(|one| !one.progress.is_open()));
    desk.keys("<enter>")
        .shows("No answer")
        .shows("Message left")
        .shows("The Elms Surgery: Small")
        .shows("Spoke");
}

#[test]
fn whoever_was_not_reached_is_still_to_be_rung_whoever_else_is() {
    let mut desk = decided();
    desk.keys("l").line("who").keys("elms<enter>").line("means").keys("t").line("outcome").keys("n").saves();
    desk.later(2)
        .keys("l")
        .line("who")
        .keys("111<enter>")
        .line("means")
        .keys("t")
        .line("outcome")
        .keys("n")
        .saves();
    for whom in ["Ring The Elms Surgery again", "Ring 111 again"] {
        let owed = desk.owed("U-1", whom);
        assert!(owed.len() == 1 && owed[0].progress.is_open(), "{whom}: {owed:?}");
    }
    spoke(&mut desk, "elms<enter>");
    desk.saves();
    assert!(!desk.owed("U-1", "Ring The Elms Surgery again")[0].progress.is_open());
    assert!(desk.owed("U-1", "Ring 111 again")[0].progress.is_open(), "nobody has spoken to them");
    desk.keys("<enter>").shows("Ring 111 again");
}

#[test]
fn somebody_who_is_not_in_the_directory_is_kept_as_typed_and_found_next_time() {
    let mut desk = decided();
    spoke(&mut desk, "Fernleigh Hospice<enter>");
    desk.line("read_back").keys("nShe rang off<tab>").line("promises.+").keys("<enter>");
    desk.line("promises.0.what").keys("Nurse rings").line("promises.0.by").keys("18:00").saves();
    let owed = &desk.owed("U-1", "Nurse rings")[0];
    let Party::Outside(named) = &owed.obligor else { panic!("somebody outside owes it: {:?}", owed.obligor) };
    assert_eq!(named.words, "Fernleigh Hospice");
    let kept = named.id;
    assert!(kept.is_some());

    desk.keys("l").line("who").keys("fernl").shows("Fernleigh Hospice").keys("<enter>");
    assert_eq!(desk.text("who.id"), kept.expect("a record").to_string());
    desk.keys("<esc>").keys("<enter><tab><enter>").shows("Read back to them?: no: She rang off");
}

#[test]
fn two_promises_in_one_contact_are_two_clocks() {
    let mut desk = decided();
    spoke(&mut desk, "elms<enter>");
    for (row, what, by) in [(0, "Visit", "19:00"), (1, "999 if no better", "21:00")] {
        desk.line("promises.+").keys("<enter>").line(&format!("promises.{row}.what")).keys(what);
        desk.line(&format!("promises.{row}.by")).keys(by);
    }
    desk.saves();
    let due = |what: &str| desk.owed("U-1", what)[0].due;
    assert_eq!(
        (due("Visit"), due("999 if no better")),
        (at("2026-11-21T19:00:00Z"), at("2026-11-21T21:00:00Z"))
    );
    desk.at_time("2026-11-21T19:10:00Z").shows("late 10m").keys("<enter>");
    desk.shows("Visit").shows("by 19:00").shows("999 if no better").shows("by 21:00");
}

#[test]
fn requested_is_not_done_until_one_of_ours_says_by_whom_and_how_they_know() {
    let mut desk = promised();
    let progress = |desk: &Desk| desk.owed("U-1", "Visit")[0].progress;
    assert_eq!(progress(&desk), Progress::Requested);
    desk.keys("6").shows("Taken on: Visit, The Elms Surgery");
    desk.line("who").keys("Surgery desk").line("does_it").keys("Dr ZZ, after evening surgery").saves();
    assert_eq!(progress(&desk), Progress::Accepted);
    assert_eq!(desk.owed("U-1", "Visit")[0].due, at("2026-11-21T19:00:00Z"), "its time stands");
    desk.keys("<enter>").shows("taken on").keys("<esc>");

    desk.at_time("2026-11-21T18:40:00Z").keys("b").shows("Said to be done: Visit, The Elms Surgery");
    desk.line("who").keys("Surgery desk").line("what").keys("The doctor has been").saves();
    assert_eq!(progress(&desk), Progress::Reported);
    desk.at_time("2026-11-21T19:05:00Z");
    assert_eq!(desk.state(&desk.owed("U-1", "Visit")[0]), Lateness::Late, "its clock runs on");
    desk.keys("<enter>").shows("be done, not confirmed").keys("<esc>");

    desk.keys("a").keys("<ctrl-s>").shows("How you know");
    assert_eq!(progress(&desk), Progress::Reported, "not without evidence");
    desk.line("by")
        .instead("by", "Dr ZZ, duty GP")
        .line("evidence")
        .keys("Note in the home record, page 4")
        .saves();
    let visit = &desk.owed("U-1", "Visit")[0];
    assert_eq!(visit.progress, Progress::Confirmed);
    desk.keys("<enter><tab><enter>")
        .shows("Done by: Dr ZZ, duty GP")
        .shows("How you know: Note in the home record");
    desk.shows("done, confirmed");
}

#[test]
fn who_will_not_is_refused_with_what_we_do_instead_and_is_decided_again() {
    let mut desk = promised();
    desk.keys("f").line("who").keys("Surgery desk").line("why").keys("Not our area").keys("<ctrl-s>");
    desk.shows("What we do instead");
    desk.line("instead").keys("Priya rings 111 by 17:30").saves();
    assert_eq!(desk.owed("U-1", "Visit")[0].progress, Progress::Refused);
    let again = &desk.owed("U-1", "Decide again: they will not")[0];
    assert_eq!(again.owner, Party::Role("decision_holder".to_owned()));
    desk.keys("<enter><tab><enter>")
        .shows("Who said so: Surgery desk")
        .shows("refused")
        .shows("Decide again");
}

#[test]
fn what_is_chased_stands_beside_what_it_replaces() {
    let mut desk = promised();
    // Until somebody asks for it, it asks itself: on the dashboard and in the case.
    desk.at_time("2026-11-21T19:20:00Z")
        .goes_home()
        .keys("3")
        .shows("not chased")
        .shows("what does the wait mean, what holds meanwhile?");
    desk.keys("<enter>").shows("late: what does").keys("<esc>h").shows("Chase-up: Visit, The Elms Surgery");
    desk.line("person").keys("Dr ZZ").line("outcome").keys("s").line("by").keys("20:30");
    desk.line("advice").keys("Keep her sitting up");
    // It is late: what the wait means and what keeps her safe is asked with it.
    desk.keys("<ctrl-s>").shows("What the wait means for them");
    desk.line("impact").keys("Drowsy still; the night carer sits with her");
    desk.line("controls.+").keys("<enter>").line("controls.0.what").keys("Night carer stays with her");
    desk.line("controls.0.review_by").keys("+1h").saves();
    let control = &desk.owed("U-1", "Night carer stays with her")[0];
    assert_eq!((control.due, control.control), (at("2026-11-21T20:20:00Z"), YesNo::Yes));
    let visits = desk.owed("U-1", "Visit");
    assert_eq!(visits.len(), 2);
    assert_eq!((visits[0].progress, visits[0].due), (Progress::Superseded, at("2026-11-21T19:00:00Z")));
    assert_eq!((visits[1].due, visits[1].chased), (at("2026-11-21T20:30:00Z"), 1));
    assert_eq!(visits[0].superseded_by.as_ref(), Some(&visits[1].id));
    desk.keys("<enter>")
        .shows("by 20:30")
        .shows("chased")
        .shows("a newer one stands")
        .shows("Keep her sitting up");
    desk.shows("The Elms Surgery: Small");
}

/// What the wait means is asked of what is late, and of nothing else that was promised in the case.
#[test]
fn a_promise_that_is_not_late_is_chased_without_asking_what_another_that_is_means() {
    let mut desk = decided();
    spoke(&mut desk, "elms<enter>");
    for (at, (what, by)) in [("Visit", "19:00"), ("Prescription sent", "22:00")].into_iter().enumerate() {
        desk.line("promises.+").keys("<enter>").line(&format!("promises.{at}.what")).keys(what);
        desk.line(&format!("promises.{at}.by")).keys(by);
    }
    desk.saves();
    desk.at_time("2026-11-21T19:20:00Z").keys("<enter>").select("Prescription sent").keys("h");
    desk.shows("Chase-up: Prescription sent").line("person").keys("Dr ZZ").line("outcome").keys("s");
    desk.line("by").keys("21:00").hides("What the wait means for them").saves();
    desk.goes_home()
        .keys("3")
        .select("Visit")
        .keys("h")
        .shows("Chase-up: Visit")
        .line("person")
        .keys("Dr ZZ");
    desk.line("outcome")
        .keys("s")
        .line("by")
        .keys("20:30")
        .keys("<ctrl-s>")
        .shows("What the wait means for them");
    desk.line("impact").keys("Drowsy still").line("no_control").keys("Her daughter is with her").saves();
    // A correction of it asks the same as it did then, also once nothing of it is late.
    desk.at_time("2026-11-21T19:25:00Z");
    let case = desk.case("U-1");
    let chased = case.state.commitments.iter().filter(|one| one.chased == 1 && one.progress.is_open());
    assert_eq!(chased.count(), 2);
    desk.assert_record_holds();
}

/// Nobody answers: the old promise stands and is late, chased once more, and nobody has promised anything new.
#[test]
fn a_chase_that_nobody_answers_makes_no_new_promise() {
    let mut desk = promised();
    desk.at_time("2026-11-21T19:20:00Z").keys("h").line("outcome").keys("n").saves();
    let visits = desk.owed("U-1", "Visit");
    let stands = visits.iter().find(|one| one.progress.is_open()).expect("it is owed still");
    assert_eq!((stands.due, stands.chased), (at("2026-11-21T19:00:00Z"), 1));
    assert!(desk.state(stands).is_late());
    desk.goes_home().keys("3").shows("Visit").shows("late 20m").keys("h").line("outcome").keys("m");
    desk.saves();
    let visits = desk.owed("U-1", "Visit");
    let stands = visits.iter().find(|one| one.progress.is_open()).expect("it is owed still");
    assert_eq!((stands.due, stands.chased), (at("2026-11-21T19:00:00Z"), 2));
}

/// How the call ended says where the person is: whoever closes it is asked to say so where everybody looks.
#[test]
fn a_call_that_ends_with_a_death_owes_that_it_is_recorded_on_the_person() {
    let mut desk = decided();
    desk.sign_in("okafor").keys("x").line("ended").keys("d").line("outcome").keys("Found dead in bed");
    desk.line("owed.0.becomes").keys("n").line("owed.0.why").keys("She has died").saves();
    let owed = desk.owed("U-1", "Record where they are now: The person died");
    assert_eq!((owed.len(), owed[0].progress.is_open()), (1, true));
    desk.goes_home().shows("Record where they are now").keys("<f9>").select("U-1").keys("<enter>");
    desk.select("Record where they are now").keys("<enter>").shows("Where they are");
    // What the call says is there already.
    desk.line("since").keys("21-Nov 16:20").line("said_by").keys("WQ, who found her");
    desk.line("happened").keys("Found in bed, cold");
    desk.line("owed.0.becomes").keys("k").line("owed.1.becomes").keys("k").saves();
    let person = desk.person(desk.office.people["quill"]);
    assert_eq!(person.record.more.whereabouts.map(|there| there.id), Some("died".to_owned()));
    assert!(
        desk.owed("U-1", "Record where they are now: The person died")
            .iter()
            .all(|one| !one.progress.is_open())
    );
    assert_eq!(desk.case("N-1").state.subject, Some(desk.office.people["quill"]));
}

#[test]
fn a_call_is_kept_open_with_a_reason_looked_at_again_closed_and_opened_again() {
    let mut desk = promised();
    desk.keys("j<ctrl-s>").shows("Why it stays open");
    desk.line("why").keys("Until she has drunk three cups").line("again").keys("22:00").saves();
    let look = &desk.owed("U-1", "Look again")[0];
    assert_eq!(look.due, at("2026-11-21T22:00:00Z"));
    desk.at_time("2026-11-21T22:00:00Z")
        .keys("5")
        .line("now")
        .keys("Drank three cups, talking, walked to the door");
    desk.line("risk").keys("g").line("why_lower").keys("Seen by the GP, drinking").saves();
    assert_eq!(desk.case("U-1").state.facts.risk.as_deref(), Some("green"));
    assert!(!desk.owed("U-1", "Look again")[0].progress.is_open());

    desk.sign_in("brandt").keys("x").shows("\"Close the call\" is for:");
    desk.sign_in("okafor")
        .keys("x")
        .line("ended")
        .keys("b")
        .line("outcome")
        .keys("Three cups, seen by WQ at 22:00");
    desk.shows("Visit").keys("<ctrl-s>").shows("What becomes of it");
    assert!(!desk.case("U-1").state.closed, "the visit is still owed");
    desk.line("owed.0.becomes").keys("k<ctrl-s>").shows("Because");
    assert!(!desk.case("U-1").state.closed, "nor without the reason");
    desk.line("owed.0.why").keys("The doctor comes tomorrow all the same").saves();
    let case = desk.case("U-1");
    assert!(case.state.closed && case.state.commitments.iter().any(|one| one.what == "Visit"));

    desk.later(30).keys("1<enter>4").line("why").keys("She is drowsy again").saves();
    let case = desk.case("U-1");
    assert!(!case.state.closed);
    assert_eq!(case.state.state, "decided");
    desk.shows("Open the call again").shows("She is drowsy again");
    let again = &desk.owed("U-1", "Decide again: opened again")[0];
    assert!(again.progress.is_open(), "a call that is open again does not lie there with nothing owed on it");
}

#[test]
fn closing_calls_nothing_off_that_whoever_closes_it_does_not_call_off() {
    let mut desk = promised();
    desk.keys("l").line("who").keys("111<enter>").line("means").keys("t").line("outcome").keys("n").saves();
    desk.keys("i").line("controls.0.what").keys("Two carers").line("controls.0.review_by").keys("22:00");
    desk.line("team_told").keys("y").saves();
    desk.keys("g").line("safe").keys("yNo fall<tab>").line("outcome").keys("k").saves();
    let renew = || "Renew the interim control";
    assert!(desk.owed("U-1", renew())[0].progress.is_open());

    desk.sign_in("okafor")
        .keys("x")
        .shows("Renew the interim control")
        .shows("Ring 111 again")
        .shows("Visit");
    desk.line("ended").keys("b").line("outcome").keys("Three cups, seen by WQ at 22:00");
    let rows = desk.case("U-1").own;
    let row =
        |what: &str| rows.iter().position(|row| row.commitment.what.contains(what)).expect("asked about");
    let (ring, renewed, visit) = (row("Ring 111"), row("Renew"), row("Visit"));
    assert!(
        rows.iter().all(|row| !row.commitment.what.contains("review")),
        "the review stands whatever is said"
    );
    desk.line(&format!("owed.{ring}.becomes")).keys("n");
    desk.line(&format!("owed.{ring}.why")).keys("The doctor was reached instead");
    desk.line(&format!("owed.{renewed}.becomes")).keys("k");
    desk.line(&format!("owed.{renewed}.why")).keys("Two carers until the nurse has been");
    desk.line(&format!("owed.{visit}.becomes")).keys("p");
    desk.line(&format!("owed.{visit}.to")).keys("shah<enter>").saves();

    let case = desk.case("U-1");
    assert!(case.state.closed);
    let rung = &desk.owed("U-1", "Ring 111 again")[0];
    assert_eq!(rung.progress, Progress::Cancelled);
    let why = case
        .chronology
        .iter()
        .find(|told| Some(told.entry.id) == rung.settled_by)
        .expect("an act of its own");
    assert!(matches!(&why.entry.said, Said::Act(Act::Cancel { reason, .. })
        if reason == "Close the call: The doctor was reached instead"));
    let visit = &desk.owed("U-1", "Visit")[0];
    assert!(visit.progress.is_open());
    assert_eq!(visit.owner, Party::Staff(desk.office.staff["coordinator"]));
    // What stays owed can be done on the closed call.
    desk.keys("1<enter>i").line("controls.0.what").keys("Two carers");
    desk.line("controls.0.review_by").keys("tomorrow 9:00").line("team_told").keys("y").saves();
    assert!(!desk.owed("U-1", renew())[0].progress.is_open());
    desk.assert_record_holds();
}

#[test]
fn what_a_manager_said_over_the_telephone_is_theirs_and_waits_for_them() {
    let mut desk = promised();
    desk.keys("j").line("why").keys("Until she has drunk three cups").line("again").keys("22:00");
    desk.line("+later").keys("<enter>").line("decided_by").keys("okafor<enter>").saves();
    let case = desk.case("U-1");
    let last = case.chronology.last().expect("it is kept open");
    assert_eq!(last.entry.who.by, Some(desk.office.staff["duty"]));
    assert_eq!(last.entry.who.typed_by, Some(desk.office.staff["coordinator"]));
    assert!(last.to_confirm);

    desk.sign_in("okafor").keys("k").keys("n").shows("It is not as I said");
    desk.shows("Keep open · QUILL, Theresa · 16:42");
}

#[test]
fn what_was_read_back_is_kept_with_the_contact() {
    let mut desk = promised();
    let told = desk.case("U-1").chronology.into_iter().next_back().expect("a contact");
    let answers = told.answers.expect("its answers");
    let read_back = dutydesk::domain::answer::Answer::YesNo { is: YesNo::Yes, why: String::new() };
    assert_eq!(answers["read_back"], read_back);
    desk.keys("<enter><tab><enter>")
        .shows("Read back to them?: yes")
        .shows("What we told them: Name and number");
    desk.shows("Why we may share it: Within what the person expects");
}

/// Whoever writes while ringing sees which number to ring, whether they are open and what to ring when they are not, on
/// every screen and however far down the form they are.
#[test]
fn the_numbers_to_ring_stay_in_view_while_one_writes_what_is_said_on_them() {
    let mut desk = decided();
    desk.keys("<f6><down>a").line("name").keys("Harbour Practice").line("type").keys("g");
    desk.line("phone").keys("01632 960311").line("out_of_hours").keys("111, option 2");
    desk.line("hours").keys("Mon-Fri 08:00-18:30; bank holidays closed").keys("<f4>");
    desk.line("contacts.+").keys("<enter>");
    desk.line("contacts.0.name").keys("Petra Lund").line("contacts.0.phone").keys("01632 960312").saves();
    desk.goes_home().keys("l").line("who").keys("harbour<enter>");
    // A Saturday afternoon.
    let shut = "Ring 111, option 2 out of hours · Harbour Practice";
    desk.shows(shut).shows("shut, opens Mon 08:00 · in hours 01632 960311");
    desk.line("means").keys("t").line("outcome").keys("s").line("advice").keys("Small sips").shows(shut);
    for (columns, rows) in [(80, 24), (46, 30)] {
        let screen = desk.screen_of(columns, rows);
        assert!(screen.contains("Ring 111, option 2 out of hours"), "{columns}x{rows}:\n{screen}");
        assert!(screen.contains("What they advised"), "beside the line that is written:\n{screen}");
    }
    desk.at_time("2026-11-23T09:00:00Z");
    desk.shows("Ring 01632 960311 · Harbour Practice, open until 18:30 · out of hours 111, option 2");
    // Somebody there who has a number of their own is rung on it.
    desk.line("person")
        .keys("lund")
        .shows("Ring 01632 960312 · Petra Lund, Harbour Practice, open until 18:30");
    // Other words are another organisation.
    desk.line("who").keys("e").hides("Ring 01632");
}

/// What was offered is replaced by the first letter, and that shows: an organisation is looked for by what is typed, and
/// never by what stood there with a letter behind it.
#[test]
fn what_is_typed_over_what_was_offered_replaces_it() {
    let mut desk = promised();
    desk.at_time("2026-11-21T19:20:33Z").keys("h").line("spoken_at").shows("21-Nov-2026 19:20 GMT");
    assert_eq!(desk.text("spoken_at"), "21-Nov-2026 19:20 GMT", "without the seconds");
    desk.line("outcome").keys("s").line("what");
    assert!(desk.is_drawn("Visit", Modifier::REVERSED), "it is shown that it gives way:\n{}", desk.screen());
    desk.shows("typing replaces it").keys("Telephone");
    assert_eq!(desk.text("what"), "Telephone");
    desk.line("who").keys("<end>").shows("The Elms Surgery");
    assert_eq!(desk.text("who"), "The Elms Surgery", "moving in it changes nothing");
    let mut desk = promised();
    desk.at_time("2026-11-21T19:20:33Z").keys("h").line("who").keys("111");
    let Layer::Picker(picker) = desk.app.top() else { panic!("it is looked for:\n{}", desk.screen()) };
    assert_eq!(picker.query.text(), "111", "and what is looked for is what was typed");
    desk.keys("<backspace><backspace><backspace>elms<enter>").shows("Ring 01632 960118 · The Elms Surgery");
    desk.hides("new, made when this is saved");
    // What was left as it was offered counts to the second.
    desk.line("person").keys("Dr ZZ").line("outcome").keys("n");
    desk.saves();
    let chased = desk.case("U-1").chronology;
    assert_eq!(chased.last().expect("an entry").entry.occurred.at, at("2026-11-21T19:20:33Z"));
}

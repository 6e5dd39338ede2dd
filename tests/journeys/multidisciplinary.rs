//! A multidisciplinary review, from the request to the closing of what was agreed, and the regular look at how
//! organisations work together.

use dutydesk::domain::answer::Answer;
use dutydesk::domain::commitment::{Commitment, Party, Progress};

use super::desk::Desk;
use super::office::{Office, at};
use super::routine::{begin, goes_to};
use super::whole::{CALL, decide, spoke_to_the_surgery};

/// A desk at which somebody has been asked about before: a call that was decided on and advised about.
fn known() -> Desk {
    let mut desk = Desk::at(Office::opened("2026-11-21T16:42:00Z")).signed_in("okafor");
    desk.keys(CALL).keys("d");
    decide(&mut desk);
    desk.keys("l");
    spoke_to_the_surgery(&mut desk, "Visit tonight", "20:50");
    desk.at_time("2026-11-23T09:00:00Z");
    desk
}

fn open(desk: &Desk, reference: &str) -> Vec<Commitment> {
    let all = desk.case(reference).state.commitments;
    all.into_iter().filter(|one| one.progress.is_open()).collect()
}

fn asked_for(desk: &mut Desk, whose: &str) {
    desk.goes_home();
    begin(desk, "Multidisciplinary review");
    assert_eq!(desk.text("about"), "QUILL, Theresa", "begun from her call");
    desk.line("whose")
        .keys(whose)
        .instead("headline", "Drowsy again")
        .line("reason")
        .keys("Three drowsy afternoons, no cause found");
    desk.line("concerns").keys("She drinks little and falls asleep at meals");
    desk.line("outcomes").keys("Awake at meals").line("measure").keys("3 drowsy days in 7");
    desk.line("person_knows").keys("y").line("person_knows.why").keys("Wants her daughter there");
}

/// A review of ours that was asked for.
fn requested() -> Desk {
    let mut desk = known();
    asked_for(&mut desk, "o");
    desk.line("professionals.0.who")
        .keys("elms<enter>")
        .line("professionals.0.why")
        .keys("Medicines")
        .saves();
    goes_to(&mut desk, "MR-1");
    desk
}

/// The review in the hands of somebody else.
fn with(desk: &mut Desk, name: &str, reference: &str) {
    desk.goes_home().sign_in(name);
    goes_to(desk, reference);
}

fn agreed(desk: &mut Desk) {
    desk.keys("y").line("purpose").keys("Why is she drowsy?").line("priority").keys("w");
    desk.line("attend.0.as").keys("p").line("attend.0.who").keys("Theresa Quill").saves();
}

fn invited(desk: &mut Desk) {
    desk.keys("i").line("meets_at").keys("27-Nov 14:00").line("where").keys("Rowan House, her room");
    desk.line("shared").keys("Purpose and date").line("invited.0.as").keys("r");
    desk.line("invited.0.who").keys("elms<enter>").line("invited.0.how").keys("e");
    desk.line("invited.0.by").keys("25-Nov 12:00").line("invited.+").keys("<enter>");
    desk.line("invited.1.as").keys("f").line("invited.1.who").keys("Hannah Quill<enter>");
    desk.line("invited.1.how").keys("t").line("invited.1.by").keys("25-Nov 12:00").saves();
}

fn recorded(desk: &mut Desk) {
    desk.at_time("2026-11-27T15:30:00Z")
        .keys("g")
        .line("held_at")
        .keys("14:00")
        .line("chair")
        .keys("M. Lindqvist");
    desk.line("attended.0.as")
        .keys("r")
        .line("attended.0.who")
        .keys("Dr ZZ")
        .line("attended.0.was")
        .keys("t");
    desk.line("person_there").keys("y").line("advice.0.who").keys("Dr ZZ");
    desk.line("advice.0.advised")
        .keys("Stop the evening tablet")
        .line("decisions.0.what")
        .keys("Evening tablet stops");
    desk.line("decisions.0.whose")
        .keys("Dr ZZ")
        .line("decisions.0.shared_by")
        .keys("Theresa, her daughter, us");
    desk.line("decisions.0.dissent").keys("Daughter would have waited a week");
    desk.line("dissent").keys("y").line("dissent.why").keys("Daughter; looked at again in a week");
    desk.line("theirs.+")
        .keys("<enter>")
        .line("theirs.0.type")
        .keys("m")
        .line("theirs.0.what")
        .keys("All tablets");
    desk.line("theirs.0.owner").keys("elms<enter>").line("theirs.0.by").keys("none");
    desk.line("theirs.0.by.why").keys("After the blood test");
    desk.line("ours.+")
        .keys("<enter>")
        .line("ours.0.type")
        .keys("c")
        .line("ours.0.what")
        .keys("Meals at noon");
    desk.line("ours.0.owner").keys("brandt<enter>").line("ours.0.by").keys("30-Nov 12:00");
    desk.line("next_review").keys("15-Jan 14:00").saves();
}

#[test]
fn nobody_is_invited_before_purpose_and_priority_are_agreed() {
    let mut desk = requested();
    let owed = open(&desk, "MR-1");
    assert_eq!(owed[0].what, "Agree purpose and priority, or decline");
    // Two working days.
    assert_eq!(owed[0].due, at("2026-11-25T23:59:00Z"));
    desk.keys("i").shows("has not agreed purpose and priority yet");
    assert_eq!(desk.app.forms().count(), 0);
    // The duty manager cannot agree it either.
    desk.keys("y").shows("Registered Manager");
    assert_eq!(desk.app.forms().count(), 0);
    with(&mut desk, "lindqvist", "MR-1");
    agreed(&mut desk);
    assert_eq!(desk.case("MR-1").state.state, "agreed");
    assert_eq!(open(&desk, "MR-1")[0].what, "Invite to the review");
    invited(&mut desk);
    assert_eq!(desk.owed("MR-1", "Reply to the invitation").len(), 2);
}

#[test]
fn whoever_is_invited_by_another_organisation_has_nothing_to_agree_first() {
    let mut desk = known();
    asked_for(&mut desk, "i");
    desk.line("invited_by").keys("elms<enter>").line("meets_at").keys("27-Nov 14:00").saves();
    let owed = open(&desk, "MR-1");
    assert_eq!(
        owed.iter().map(|one| one.what.as_str()).collect::<Vec<_>>(),
        ["Review preparation", "Review record and action sheet"]
    );
    assert_eq!(owed[0].due, at("2026-11-27T14:00:00Z"));
    with(&mut desk, "lindqvist", "MR-1");
    desk.keys("y").shows("there is nothing to agree").keys("g");
    assert_eq!(desk.app.forms().count(), 1, "nothing stands before its record");
}

#[test]
fn a_preparation_is_filled_from_the_record_with_its_sources_and_wants_the_persons_own_views() {
    let mut desk = requested();
    with(&mut desk, "lindqvist", "MR-1");
    desk.keys("r").shows("Taken from");
    assert!(desk.text("incidents.0.what").starts_with("Sleepier than usual"), "{}", desk.screen());
    assert!(
        desk.text("incidents.0.from").starts_with("U-1, Urgent communication log, "),
        "{}",
        desk.screen()
    );
    assert!(desk.text("advised.0.from").starts_with("U-1, Professional liaison record, "));
    assert!(
        desk.text("views_before.0.what").contains("stay at home"),
        "{}",
        desk.text("views_before.0.what")
    );
    desk.line("communication").keys("Squeezes a hand for yes").line("care_plan.0.what").keys("Plan v7");
    desk.line("care_plan.0.from").keys("Care plan v7 of 22-Nov").line("themes").keys("Always after lunch");
    desk.line("medicines").keys("Evening tablet since October");
    desk.line("summary")
        .keys("Drowsy after lunch on three of seven days since a new tablet")
        .keys("<ctrl-s>");
    desk.shows("What the person says of it");
    assert_eq!(desk.app.forms().count(), 1, "what they say of it now is asked, whatever they said before");
    desk.line("views").keys("She is tired of being asked and wants the tablet gone; said it twice").saves();
    let case = desk.case("MR-1");
    let told = case.chronology.iter().rev().find_map(|told| told.answers.as_ref()?.get("incidents").cloned());
    let Some(Answer::Rows(rows)) = told else { panic!("incidents are in the record") };
    assert!(matches!(&rows[0]["from"], Answer::Text(from) if from.contains("entry ")), "{rows:?}");
}

#[test]
fn a_review_from_the_replies_to_the_actions_and_the_end() {
    let mut desk = requested();
    with(&mut desk, "lindqvist", "MR-1");
    agreed(&mut desk);
    invited(&mut desk);
    // One sends a report, the other has not answered and is chased.
    desk.keys("a").keys("1").line("answer").keys("r").line("report_by").keys("26-Nov 12:00").saves();
    let report = desk.owed("MR-1", "Report for the review").remove(0);
    assert!(matches!(report.obligor, Party::Outside(_)));
    desk.at_time("2026-11-25T13:00:00Z").keys("h").select("Reply").keys("<enter>");
    desk.line("person")
        .keys("Hannah Quill")
        .line("outcome")
        .keys("s")
        .line("by")
        .keys("26-Nov 12:00")
        .saves();
    desk.keys("a").line("answer").keys("c").line("name").keys("Hannah Quill, daughter").saves();
    assert!(desk.owed("MR-1", "Reply to the invitation").iter().all(|one| !one.progress.is_open()));
    desk.keys("b")
        .line("advice")
        .keys("Look at the evening tablet")
        .line("evidence")
        .keys("Letter of 26-Nov")
        .saves();
    recorded(&mut desk);
    let state = desk.case("MR-1").state;
    assert_eq!(state.state, "held");
    let tablets = desk.owed("MR-1", "Medicines reviewed: All tablets").remove(0);
    assert!(matches!(tablets.obligor, Party::Outside(_)));
    // No date was given: it is chased after five working days of ours.
    assert_eq!(tablets.due, at("2026-12-04T23:59:00Z"));
    let meals = desk.owed("MR-1", "Care plan changed: Meals at noon").remove(0);
    assert_eq!(meals.obligor, Party::Staff(desk.office.staff["leader"]));

    // It cannot be closed while an action is open.
    desk.keys("x").shows("Actions are still open");
    desk.keys("j").select("Meals").keys("<enter>").line("who").keys("I. Brandt");
    desk.line("progress").keys("Kitchen knows; the plan is with the printer").saves();
    assert_eq!(desk.owed("MR-1", &meals.what).remove(0).progress, Progress::Accepted);
    // Whoever did it does not check it.
    desk.keys("d").select("Meals").keys("<enter>").line("done_by").keys("lindqvist<enter>");
    desk.line("evidence").keys("Care plan v8").keys("<ctrl-s>").shows("Checked by");
    assert_eq!(desk.app.forms().count(), 1);
    desk.line("checked_by");
    let held = desk.text("checked_by").chars().count();
    desk.keys(&"<backspace>".repeat(held)).keys("okafor<enter>").saves();
    assert!(!desk.owed("MR-1", &meals.what)[0].progress.is_open());
    desk.keys("d").line("done_outside").keys("Dr ZZ").line("evidence").keys("Letter of 3-Dec").saves();
    desk.keys("x").line("measure").keys("1 drowsy day in 7").line("ended").keys("b");
    desk.line("evidence")
        .keys("Daily notes of two weeks")
        .line("outcome")
        .keys("Awake at every lunch but one");
    desk.line("person_told").keys("y").saves();
    let case = desk.case("MR-1");
    assert!(case.state.closed);
    // The next one stays owed.
    let next = open(&desk, "MR-1");
    assert_eq!((next.len(), next[0].what.as_str()), (1, "Next review"));
    assert_eq!(next[0].due, at("2027-01-15T14:00:00Z"));
    desk.keys("5").line("becomes").keys("n").line("said").keys("Well since November").saves();
    assert!(open(&desk, "MR-1").is_empty());
}

#[test]
fn a_request_can_be_declined_with_why_and_what_is_done_instead() {
    let mut desk = requested();
    with(&mut desk, "lindqvist", "MR-1");
    desk.keys("f")
        .line("why")
        .keys("The doctor comes on Thursday anyway")
        .line("instead")
        .keys("Ask her then")
        .saves();
    let case = desk.case("MR-1");
    assert!(case.state.closed && open(&desk, "MR-1").is_empty());
}

#[test]
fn how_organisations_work_together_is_looked_at_again_and_again_and_signed_off_by_another() {
    let mut desk = known();
    desk.goes_home().sign_in("lindqvist");
    begin(&mut desk, "Review of working together");
    desk.instead("headline", "Surgery and us");
    desk.line("involved.0.who").keys("elms<enter>").line("involved.0.part").keys("Medicines");
    desk.line("by").keys("30-Nov 12:00").line("often").keys("3").saves();
    goes_to(&mut desk, "WT-1");
    desk.at_time("2026-11-30T10:00:00Z").keys("d");
    assert!(desk.text("contacts.0.from").starts_with("U-1, "), "{}", desk.screen());
    desk.line("decided.0.what")
        .keys("Evening tablet stops")
        .line("decided.0.shared_by")
        .keys("Surgery, daughter, us");
    desk.line("decided.0.outcome").keys("Awake at lunch").line("stuck").keys("n");
    desk.line("stuck.why")
        .keys("Each answered in two days")
        .line("views")
        .keys("Glad that one person rings her");
    desk.line("summary").keys("The surgery answers; nothing is asked twice").saves();
    let owed = open(&desk, "WT-1");
    let due: Vec<_> = owed.iter().map(|one| (one.what.as_str(), one.due)).collect();
    assert!(due.contains(&("Look at how we work together", at("2027-02-28T12:00:00Z"))), "{due:?}");
    assert!(due.iter().any(|(what, _)| *what == "Signed off"), "{due:?}");
    // Whoever looked does not sign off alone: it waits for a second person.
    desk.keys("y").line("agrees").keys("y").saves();
    let waits = |desk: &Desk| desk.case("WT-1").state.entries.iter().any(|mark| mark.awaits_second());
    assert!(waits(&desk));
    with(&mut desk, "varga", "WT-1");
    // It wants her word on it, not a second sign-off beside one that would wait for ever.
    desk.keys("y").shows("waits for a second person to agree: f8").goes_home();
    desk.keys("<f8>").shows("Signed off").keys("yy");
    assert!(!waits(&desk));
    assert!(open(&desk, "WT-1").iter().all(|one| one.what != "Signed off"));
}

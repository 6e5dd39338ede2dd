//! What is left over when something is put right, answered again, renewed or signed off: it stays owed by somebody, and what
//! no longer holds is owed by nobody.

use dutydesk::domain::answer::{Answer, Check, YesNo};
use dutydesk::domain::commitment::{Party, Progress};
use serde_json::json;

use super::concern::{begun, opens, text, yes_no};
use super::desk::Desk;
use super::office::{Office, at};
use super::providers::{CHECKS, agreed, checked, morning, planned, proposed};
use super::recorded::{about, agrees, on, put_right, put_right_at, record, within};
use super::reviews::monday;

const ALL: &str = "Checks answered, all ten";
const LEFT: &str = "Answer what is left of the ten checks";
const APPROVE: &str = "Approve them, or end it";

/// A start in an emergency.
fn started_at_once(desk: &Desk) {
    let said = json!({ "reason": "Nobody for tonight", "known": "On the register", "safeguards": "We ring at ten",
        "until": "25-Nov 12:00" });
    record(desk, "manager", "provider.emergency", within("E-1"), said).expect("started");
}

/// How what was owed under these words stands, the oldest first.
fn stands(desk: &Desk, case: &str, what: &str) -> Vec<Progress> {
    desk.owed(case, what).iter().map(|one| one.progress).collect()
}

/// A line of the ten checks, as it was answered.
fn line(item: &str, answer: &str) -> Check {
    let said = json!({ "item": item, "answer": answer, "note": "file E1" });
    serde_json::from_value(said).expect("a line")
}

#[test]
fn a_tenth_check_that_is_put_right_to_a_no_leaves_what_is_left_owed_until_it_is_answered() {
    let mut desk = morning();
    planned(proposed(&mut desk));
    checked(&mut desk, &CHECKS[..9]);
    checked(&mut desk, &CHECKS[9..]);
    assert_eq!(stands(&desk, "E-1", ALL), [Progress::Confirmed]);
    assert_eq!(stands(&desk, "E-1", APPROVE), [Progress::Requested]);
    put_right(
        &desk,
        "manager",
        ("E-1", "check"),
        &[("checks", Answer::Checklist(vec![line("working", "no")]))],
    );
    // The decision is no longer wanted; what is left of the checks is.
    assert_eq!(stands(&desk, "E-1", APPROVE), [Progress::Cancelled]);
    let left = desk.owed("E-1", LEFT);
    assert_eq!(left.len(), 1, "{left:?}");
    assert!(left[0].progress.is_open() && left[0].owner == Party::Role("registered_manager".into()));
    desk.hears_of_it();
    opens(&mut desk, "E-1").shows(LEFT).keys("y").shows("Every one of the ten checks");
    // Answered at last: nothing is left of them, and somebody decides.
    checked(&mut desk, &["working"]);
    assert_eq!(stands(&desk, "E-1", LEFT), [Progress::Confirmed]);
    assert!(stands(&desk, "E-1", APPROVE)[1].is_open());
    desk.assert_record_holds();
}

#[test]
fn a_check_that_was_in_order_and_is_answered_with_a_no_is_owed_again_whoever_approved() {
    let mut desk = morning();
    planned(proposed(&mut desk));
    checked(&mut desk, &CHECKS);
    let said = json!({ "satisfied": { "is": "yes", "why": "All of file E1" }, "why": "Known to us" });
    record(&desk, "delegate", "provider.approve", within("E-1"), said).expect("approved");
    assert_eq!(desk.case("E-1").state.state, "approved");
    desk.hears_of_it();
    opens(&mut desk, "E-1").keys("f").line("checks.insurance").keys("n");
    desk.line("checks.insurance.note").keys("It was cancelled").saves();
    assert_eq!(stands(&desk, "E-1", LEFT), [Progress::Requested]);
    checked(&mut desk, &["insurance"]);
    assert_eq!(stands(&desk, "E-1", LEFT), [Progress::Confirmed]);
    assert_eq!(stands(&desk, "E-1", APPROVE), [Progress::Confirmed], "nobody decides a second time");
}

#[test]
fn a_second_round_of_checks_takes_all_ten_again() {
    let mut desk = morning();
    planned(proposed(&mut desk));
    checked(&mut desk, &CHECKS);
    let said = json!({ "what": "No new people", "grounds": ["unreliable"], "why": "Late three nights",
        "alternatives": "Two together", "review": "25-Nov 12:00" });
    record(&desk, "manager", "provider.restrict", within("E-1"), said).expect("restricted");
    desk.hears_of_it();
    planned(opens(&mut desk, "E-1"));
    // Nothing of the first round answers the second, and one line of it does not end it.
    assert_eq!(stands(&desk, "E-1", ALL), [Progress::Confirmed, Progress::Requested]);
    assert_eq!(stands(&desk, "E-1", APPROVE), [Progress::Cancelled]);
    checked(&mut desk, &["working"]);
    assert_eq!(stands(&desk, "E-1", ALL), [Progress::Confirmed, Progress::Requested]);
    desk.keys("y").shows("Every one of the ten checks");
    checked(&mut desk, &CHECKS[..9]);
    assert_eq!(stands(&desk, "E-1", ALL), [Progress::Confirmed, Progress::Confirmed]);
    assert!(stands(&desk, "E-1", APPROVE)[1].is_open());
    desk.assert_record_holds();
}

#[test]
fn an_arrangement_that_is_opened_again_has_a_plan_of_its_checks_owed() {
    let mut desk = morning();
    proposed(&mut desk).keys("x").line("how").keys("t").line("why").keys("Too late too often");
    desk.line("owed.0.becomes").keys("n").line("owed.0.why").keys("Not taken on").saves();
    assert!(desk.case("E-1").state.closed);
    desk.keys("4").line("reason").keys("They have a new manager").saves();
    let plan = desk.owed("E-1", "Say which checks are made, and by whom").pop().expect("it is owed");
    assert!(plan.progress.is_open(), "{plan:?}");
    desk.assert_record_holds();
}

#[test]
fn a_start_in_an_emergency_owes_its_end_and_no_plan_that_could_not_be_made_there() {
    let mut desk = morning();
    proposed(&mut desk);
    started_at_once(&desk);
    assert_eq!(stands(&desk, "E-1", "Say which checks are made, and by whom"), [Progress::Cancelled]);
    let ends = "Emergency start ends: checks and agreement, or stop";
    assert_eq!(stands(&desk, "E-1", ends), [Progress::Requested]);
}

#[test]
fn what_was_renewed_goes_on_as_it_was_a_new_agreement_ends_it_and_past_its_day_it_shuts_the_gate() {
    let mut desk = morning();
    planned(proposed(&mut desk));
    checked(&mut desk, &CHECKS);
    agreed(&mut desk);
    let renewed = |what: &str, until: &str| json!({ "what": what, "evidence": { "reference": "Letter" }, "until": until });
    let said = renewed("Review the agreement", "1-Mar-2027 12:00");
    record(&desk, "manager", "provider.renew", on("E-1", "Review the agreement"), said).expect("reviewed");
    let said = renewed("Renew: Insured", "1-Feb-2027 12:00");
    record(&desk, "manager", "provider.renew", on("E-1", "Renew: Insured"), said).expect("renewed");
    // A certificate that is looked at again stands in place of what was renewed, and past its day the gate is shut.
    desk.hears_of_it();
    desk.at_time("2027-02-02T09:00:00Z");
    opens(&mut desk, "E-1").keys("y").shows("A check has run out: renew it first");
    desk.keys("f").line("checks.insurance").keys("y").line("checks.insurance.note").keys("certificate");
    desk.line("checks.insurance.expires").keys("31-Dec-2027").saves();
    let insured = stands(&desk, "E-1", "Renew: Insured");
    assert_eq!(insured, [Progress::Confirmed, Progress::Superseded, Progress::Requested]);
    agreed(&mut desk);
    let reviews = stands(&desk, "E-1", "Review the agreement");
    assert_eq!(reviews, [Progress::Confirmed, Progress::Confirmed, Progress::Requested]);
    desk.assert_record_holds();
}

const LINES: [&str; 7] =
    ["local_authority", "safeguarding", "police", "commissioner", "insurer", "professional", "internal"];

/// Who else is told is decided: these lines with a yes.
fn decided(desk: &Desk, yes: &[&str]) {
    let said = |line: &str| json!({ "is": if yes.contains(&line) { "yes" } else { "no" }, "why": "as it is known now" });
    let lines = LINES.iter().map(|line| ((*line).to_owned(), said(line)));
    record(desk, "manager", "notification.thresholds", within("N-1"), lines.collect()).expect("decided");
}

#[test]
fn of_whom_to_tell_the_last_word_counts_put_right_or_answered_again_and_says_who_ended_it() {
    let mut desk = Desk::at(Office::opened("2026-11-23T10:00:00Z")).signed_in("lindqvist");
    let said = [("headline", text("hand in a bruise")), ("what", text("A bruise, seen by two"))];
    begun(&mut desk, "manager", "notification", "needed", &said);
    let no = yes_no(YesNo::No, "It was a bruise of last week");
    decided(&desk, &["police", "insurer", "commissioner"]);
    let first = desk.owed("N-1", "Tell the police").remove(0);

    // Put right: it is no longer owed, and the chronology says by what.
    put_right(&desk, "manager", ("N-1", "thresholds"), &[("commissioner", no.clone())]);
    assert_eq!(stands(&desk, "N-1", "Tell the commissioner"), [Progress::Cancelled]);
    desk.hears_of_it();
    opens(&mut desk, "N-1").shows("put right");

    // Answered again: the yes that stands keeps its time, the no ends what was owed.
    desk.at_time("2026-11-23T10:20:00Z");
    decided(&desk, &["police"]);
    assert_eq!(stands(&desk, "N-1", "Tell the insurer"), [Progress::Cancelled]);
    let police = desk.owed("N-1", "Tell the police");
    assert_eq!(police.len(), 2, "{police:?}");
    assert_eq!((police[0].progress, police[1].progress), (Progress::Superseded, Progress::Requested));
    assert_eq!(police[1].due, first.due, "asking again gives nobody more time");

    // The last word put right to a no leaves nothing of the first owed; put right to a yes, it is owed again.
    put_right(&desk, "manager", ("N-1", "thresholds"), &[("police", no)]);
    assert!(desk.owed("N-1", "Tell the police").iter().all(|one| !one.progress.is_open()));
    put_right(&desk, "manager", ("N-1", "thresholds"), &[("police", yes_no(YesNo::Yes, "It was not"))]);
    let open = desk.owed("N-1", "Tell the police");
    assert_eq!(open.iter().filter(|one| one.progress.is_open()).count(), 1, "{open:?}");
    desk.assert_record_holds();
}

#[test]
fn a_signature_signs_off_what_stood_when_it_was_written_and_a_look_that_was_put_right_still_waits() {
    let mut desk = monday();
    let quill = desk.office.people["quill"];
    let plan = json!({ "headline": "Three organisations, one hoist",
        "involved": [{ "who": "Mill Lane therapy", "part": "Assessment" }], "by": "23-Nov 10:00", "often": "monthly" });
    let case = record(&desk, "manager", "involvement.plan", about(quill), plan).expect("planned");
    let look = |desk: &Desk, who: &str, summary: &str| {
        let said = json!({ "decided": [{ "what": "Nothing", "shared_by": "All", "outcome": "Nothing" }],
            "stuck": { "is": "no", "why": "Answers came" }, "views": "Tired of forms", "summary": summary });
        record(desk, who, "involvement.look", on(&case, "Look at how we work together"), said)
            .expect("looked at");
    };
    let signs = |desk: &Desk| stands(desk, &case, "Signed off");
    let to_sign = |desk: &Desk| {
        let viewer = dutydesk::domain::permission::Viewer::system();
        let rows = desk.store().reviews(&viewer, desk.office.now(), 50).expect("they can be read");
        rows.into_iter().find(|row| row.owed.reference == case).expect("it comes round").to_sign
    };
    look(&desk, "manager", "One number for all three");
    assert!(to_sign(&desk));
    // Put right before anybody signed: it waits for a signature as it did.
    desk.later(60);
    put_right(&desk, "manager", (&case, "look"), &[("summary", text("One number for all four"))]);
    assert!(to_sign(&desk));
    let earlier = dutydesk::domain::answer::When::exact(at("2026-11-20T10:00:00Z"));
    put_right_at(&desk, "manager", (&case, "look"), &[], Some(earlier));
    assert!(to_sign(&desk), "of a look that happened at another time, too");

    // The signature waits for somebody else; meanwhile there is another look.
    record(&desk, "manager", "involvement.sign_off", within(&case), json!({ "agrees": "yes" }))
        .expect("waits");
    desk.later(60);
    look(&desk, "duty", "Nothing new");
    agrees(&desk, "provider", &case);
    let stands = signs(&desk);
    let (last, before) = stands.split_last().expect("both are asked for");
    assert!(last.is_open() && before.iter().all(|one| !one.is_open()), "{stands:?}");
    assert!(to_sign(&desk), "the second look is signed by nobody yet");
    record(&desk, "provider", "involvement.sign_off", within(&case), json!({ "agrees": "yes" }))
        .expect("signed");
    assert!(!to_sign(&desk));
    desk.assert_record_holds();
}

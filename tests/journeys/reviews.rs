//! Reviews that come round: their agenda is made from the queues by what kind they are, what stays unresolved goes to the
//! provider, somebody else signs off, and one that nobody held is seen as missed.

use dutydesk::domain::commitment::{Commitment, Party, Progress};
use dutydesk::domain::permission::Viewer;
use serde_json::{Value, json};

use super::desk::Desk;
use super::office::{Office, at};
use super::recorded::{In, about, agrees, on, open, record, within};

const STAFF: &[(&str, &str, &[&str])] = &[
    ("duty", "Adaeze Okafor", &["duty_manager"]),
    ("manager", "Morag Lindqvist", &["registered_manager"]),
    ("delegate", "Tomas Varga", &["delegate"]),
    ("provider", "Ingrid Moss", &["provider_lead"]),
];

pub(super) fn monday() -> Desk {
    let office = Office::staffed("2026-11-16T09:00:00Z", STAFF);
    Desk::at(office).signed_in("lindqvist")
}

fn begin(desk: &Desk, kind: &str, often: &str) -> String {
    let said = json!({ "kind": kind, "headline": "all places", "attends": "Managers", "by": "23-Nov 10:00", "often": often });
    record(desk, "manager", "meeting.begin", In::default(), said).expect("begun")
}

/// A hoist that was promised and never came, at this risk.
pub(super) fn delay(desk: &Desk, person: &str, risk: &str) -> String {
    delayed_by(desk, &json!("Mill Lane therapy"), person, risk)
}

fn delayed_by(desk: &Desk, who: &Value, person: &str, risk: &str) -> String {
    let log = json!({ "kind": "equipment_assessment", "who": who, "what": "Hoist assessment", "was_due": "now",
        "impact": "In bed since Monday", "risk": risk, "before": "Out of bed 0 of 4 times a day", "by": "17-Nov 12:00",
        "headline": "No hoist",
        "controls": [{ "what": "Two carers for every move", "review_by": "+72h" }], "controls_known": "yes" });
    record(desk, "duty", "delay.log", about(desk.office.people[person]), log).expect("logged")
}

pub(super) fn call(desk: &Desk, changed: &str) -> String {
    let said = json!({ "caller": "Carer WQ", "phone": "07700 900123", "responsive": "yes", "breathing": "yes",
        "changed": changed, "triggers": ["wound_worse"], "risk": "amber", "advice": "Who looks at it",
        "headline": changed });
    record(desk, "duty", "urgent.call", about(desk.office.people["quill"]), said).expect("called")
}

fn held(desk: &Desk, who: &str, meeting: &str, more: Value) -> Result<String, String> {
    let mut said = json!({ "led_by": staff(desk, "manager"), "present": "M. Lindqvist, T. Varga", "summary": "Looked at all of it" });
    for (key, value) in more.as_object().expect("answers") {
        said[key] = value.clone();
    }
    let due = desk
        .case(meeting)
        .state
        .commitments
        .into_iter()
        .find(|one| one.every.is_some() && one.progress.is_open());
    record(desk, who, "meeting.record", on(meeting, &due.expect("it comes round").what), said)
}

/// What is or was owed in words that begin so, oldest first.
pub(super) fn owed(desk: &Desk, case: &str, what: &str) -> Vec<Commitment> {
    let all = desk.case(case).state.commitments.into_iter();
    all.filter(|one| one.what.starts_with(what)).collect()
}

pub(super) fn staff(desk: &Desk, who: &str) -> Value {
    json!({ "words": who, "id": desk.office.staff[who].to_string() })
}

/// What the agenda of the meeting says now, each line with its reference.
pub(super) fn agenda(desk: &Desk, meeting: &str) -> Vec<String> {
    let past = desk.case(meeting).past;
    past.iter().map(|one| format!("{} {}", one.source, one.answers[0].words)).collect()
}

#[test]
fn the_weekly_review_goes_through_the_calls_of_the_week_and_is_missed_where_nobody_holds_it() {
    let mut desk = monday();
    let meeting = begin(&desk, "calls", "weekly");
    let delayed = delay(&desk, "quill", "amber");
    call(&desk, "Heel red and open");
    desk.at_time("2026-11-23T10:00:00Z");
    let lines = agenda(&desk, &meeting);
    assert!(
        lines.len() == 1 && lines[0].starts_with("U-1 AMBER: Heel red and open; owed: Decide"),
        "{lines:?}"
    );
    assert!(!lines.iter().any(|line| line.contains(&delayed) || line.contains("Quill")), "{lines:?}");

    open(&mut desk, &meeting).keys("d").shows("Agenda");
    assert_eq!(desk.text("items.0.case"), "U-1");
    desk.line("led_by").keys("lindq<enter>").line("present").keys("M. Lindqvist, T. Varga");
    desk.line("items.0.decision").keys("Ask the surgery for a wound plan");
    desk.line("items.0.who").keys("okafor<enter>").line("items.0.by").keys("25-Nov 12:00");
    desk.line("summary").keys("One call; nobody had decided it").saves();
    let decided = owed(&desk, &meeting, "Ask the surgery").remove(0);
    assert_eq!(decided.obligor, Party::Staff(desk.office.staff["duty"]));
    assert_eq!(decided.due, at("2026-11-25T12:00:00Z"));

    // Whoever wrote it down does not sign it off.
    desk.goes_home()
        .keys("_")
        .shows("Weekly review of urgent calls")
        .shows("to be signed off")
        .shows("Reviews");
    let refused = record(&desk, "manager", "meeting.sign", within(&meeting), json!({ "true": "yes" }));
    assert!(
        refused.is_ok_and(|_| owed(&desk, &meeting, "Sign off")[0].progress.is_open()),
        "it waits for another"
    );
    agrees(&desk, "delegate", &meeting);
    assert_eq!(owed(&desk, &meeting, "Sign off")[0].progress, Progress::Confirmed);

    // Two Mondays pass and nobody holds it.
    desk.at_time("2026-12-09T09:00:00Z").goes_home().keys("_").shows("missed 2 times").shows("23-Nov");
    desk.keys("<enter>").shows(&meeting);
    // A call of the weeks between is not lost: it is since the last time, however long ago that was.
    let since = call(&desk, "Fell at the door");
    desk.at_time("2026-12-20T09:00:00Z");
    let lines = agenda(&desk, &meeting);
    assert!(lines.iter().any(|line| line.starts_with(&since)), "{lines:?}");
    assert!(
        lines.iter().any(|line| line.starts_with("U-1 ") && line.ends_with("here last time too")),
        "{lines:?}"
    );
}

/// The chronology says what was decided and not what stood first; a second record on one day is asked about, because it takes
/// the place of the next round.
#[test]
fn a_second_record_on_one_day_is_asked_about_and_what_was_decided_leads_the_chronology() {
    let mut desk = monday();
    let meeting = begin(&desk, "calls", "weekly");
    for changed in ["Heel red and open", "Fell at the door", "Will not drink"] {
        call(&desk, changed);
    }
    desk.at_time("2026-11-23T10:00:00Z");
    let fills = |desk: &mut Desk| {
        desk.line("led_by").keys("lindq<enter>").line("present").keys("M. Lindqvist, T. Varga");
        desk.line("summary").keys("Three calls");
    };
    open(&mut desk, &meeting).keys("d").shows("Agenda");
    let last = desk.text("items.2.matter");
    desk.line("items.2.decision").keys("Ring the dietician");
    desk.line("items.2.who").keys("okafor<enter>").line("items.2.by").keys("25-Nov 12:00");
    fills(&mut desk);
    desk.saves().shows("Ring the dietician").shows(last.get(..20).expect("words"));
    let due = |desk: &Desk| owed(desk, &meeting, "Weekly review").pop().expect("the next").due;
    assert_eq!(due(&desk), at("2026-11-30T10:00:00Z"));

    desk.later(30).keys("d").shows("Agenda");
    fills(&mut desk);
    desk.keys("<ctrl-s>").shows("written down already today");
    assert_eq!(due(&desk), at("2026-11-30T10:00:00Z"), "nothing is saved yet");
    desk.keys("<ctrl-s>");
    assert_eq!(due(&desk), at("2026-12-07T10:00:00Z"), "it is meant");
}

/// What nobody has begun, in the words of the list.
fn unbegun(desk: &Desk) -> Vec<String> {
    let all = desk.store().unbegun(&Viewer::system()).expect("it can be read");
    all.into_iter().map(|one| one.what).collect()
}

#[test]
fn what_nobody_has_begun_is_said_over_the_list_until_one_runs_and_is_not_counted_as_missed() {
    let mut desk = monday();
    desk.keys("_").shows("Nobody has begun: Audit of records; Daily management call").shows("+ begins one");
    let at_first = unbegun(&desk);
    for kind in [
        "Audit of records",
        "Weekly review of delays",
        "Monthly review of agreed actions",
        "Monthly analysis of delays",
        "Policy",
        "Inspector's rehearsal",
        "Audit of sharing",
    ] {
        assert!(at_first.iter().any(|what| what == kind), "{kind}: {at_first:?}");
    }
    assert!(
        !at_first.iter().any(|what| what == "Another meeting"),
        "an office decides on those: {at_first:?}"
    );

    let meeting = begin(&desk, "delays", "weekly");
    desk.goes_home().keys("_").shows("Weekly review of delays: all places");
    let left = unbegun(&desk);
    assert_eq!(left.len(), at_first.len() - 1);
    assert!(!left.iter().any(|what| what == "Weekly review of delays"), "{left:?}");

    // An audit of restricted records alone is not that of the others.
    let audit = |restricted: &str| json!({ "headline": "all calls", "by": "30-Nov 12:00", "often": "monthly", "restricted": restricted });
    record(&desk, "manager", "audit.plan", In::default(), audit("yes")).expect("planned");
    assert!(unbegun(&desk).iter().any(|what| what == "Audit of records"));
    record(&desk, "manager", "audit.plan", In::default(), audit("no")).expect("planned");
    assert!(!unbegun(&desk).iter().any(|what| what == "Audit of records"));

    // One that runs and is not held is missed; one that was ended comes round no more, and it is not said that nobody began it.
    desk.at_time("2026-12-09T09:00:00Z").goes_home().keys("_").shows("missed 3 times");
    let why = json!({ "why": "The weekly meeting on risk goes through them" });
    record(&desk, "manager", "meeting.end", on(&meeting, "Weekly review of delays"), why).expect("ended");
    assert_eq!(unbegun(&desk), at_first[1..]);
    let all = desk.store().unbegun(&Viewer::system()).expect("it can be read");
    let ended: Vec<_> = all.iter().filter_map(|one| Some((one.what.as_str(), one.ended?))).collect();
    assert_eq!(ended, [("Weekly review of delays", at("2026-12-09T09:00:00Z"))]);
    desk.goes_home().keys("_").shows("Nobody has begun: Daily management call; Weekly risk meeting");
    desk.shows("Does not come round any more: Weekly review").shows("of delays (ended 09:00)");
    // Begun again, it comes round like any other.
    begin(&desk, "delays", "weekly");
    assert!(!unbegun(&desk).iter().any(|what| what == "Weekly review of delays"));
}

#[test]
fn what_stays_unresolved_over_two_reviews_goes_to_the_provider_or_says_why_not() {
    let mut desk = monday();
    let meeting = begin(&desk, "delays", "weekly");
    let (hoist, small) = (delay(&desk, "quill", "amber"), delay(&desk, "oakes_1", "green"));
    for time in ["2026-11-23T10:00:00Z", "2026-11-30T10:00:00Z"] {
        desk.at_time(time);
        let lines = agenda(&desk, &meeting);
        assert!(lines.iter().any(|line| line.starts_with(&hoist)), "{lines:?}");
        assert!(
            !lines.iter().any(|line| line.starts_with(&small)),
            "routine delays are not of this review: {lines:?}"
        );
        held(&desk, "manager", &meeting, json!({})).expect("nothing is unresolved twice yet");
    }
    desk.at_time("2026-12-07T10:00:00Z");
    let says = held(&desk, "manager", &meeting, json!({})).expect_err("it says nothing of what stays");
    assert!(says.contains("To the provider?"), "{says}");
    let no = json!([{ "matter": "No hoist", "case": hoist, "raise": { "is": "no" } }]);
    let says = held(&desk, "manager", &meeting, json!({ "unresolved": no })).expect_err("why not");
    assert!(says.contains("unresolved"), "{says}");

    open(&mut desk, &meeting).keys("d").shows("Unresolved again");
    assert_eq!(desk.text("unresolved.0.case"), hoist);
    assert!(desk.text("unresolved.0.matter").ends_with("here the last 2 times too"));
    desk.line("unresolved.0.raise")
        .keys("y")
        .line("led_by")
        .keys("lindq<enter>")
        .line("present")
        .keys("All of us");
    desk.line("summary").keys("The hoist again").saves();
    let raised = owed(&desk, &meeting, "Answer what stays unresolved").remove(0);
    assert_eq!(raised.owner, Party::Role("provider_lead".to_owned()));
    assert_eq!(raised.due, at("2026-12-14T23:59:00Z"));

    let answer = json!({ "said": "The provider pays for a private assessment this week",
        "actions": [{ "what": "Book a private assessment", "who": staff(&desk, "duty"), "by": "10-Dec 12:00" }] });
    let says = record(&desk, "duty", "meeting.answer", on(&meeting, "Answer what stays"), answer.clone())
        .expect_err("the provider answers");
    assert!(says.to_lowercase().contains("provider"), "{says}");
    record(&desk, "provider", "meeting.answer", on(&meeting, "Answer what stays"), answer).expect("answered");
    assert_eq!(owed(&desk, &meeting, "Answer what stays")[0].progress, Progress::Confirmed);
    assert!(owed(&desk, &meeting, "Book a private assessment")[0].progress.is_open());
}

#[test]
fn one_answer_stands_for_the_lines_that_follow_until_one_of_them_is_changed() {
    let mut desk = monday();
    let meeting = begin(&desk, "delays", "weekly");
    for person in ["quill", "oakes_1", "oakes_2", "quill"] {
        delay(&desk, person, "amber");
    }
    for time in ["2026-11-23T10:00:00Z", "2026-11-30T10:00:00Z"] {
        desk.at_time(time);
        held(&desk, "manager", &meeting, json!({})).expect("held");
    }
    desk.at_time("2026-12-07T10:00:00Z");
    open(&mut desk, &meeting).keys("d").shows("Unresolved again");
    let raised =
        |desk: &Desk| (0..5).map(|row| desk.text(&format!("unresolved.{row}.raise"))).collect::<Vec<_>>();
    let why =
        |desk: &Desk| (0..5).map(|row| desk.text(&format!("unresolved.{row}.raise.why"))).collect::<Vec<_>>();
    // Said once, why too, it stands in all four and opens no fifth.
    desk.line("unresolved.0.raise")
        .keys("n")
        .line("unresolved.0.raise.why")
        .keys("With the therapist this week");
    assert_eq!(raised(&desk), ["no", "no", "no", "no", ""]);
    assert_eq!(why(&desk)[3], "With the therapist this week");
    assert_eq!(why(&desk)[4], "");
    // One that differs is changed alone, and the first may still be said better for those that go with it.
    desk.line("unresolved.1.raise").keys("y");
    assert_eq!(raised(&desk), ["no", "yes", "no", "no", ""]);
    desk.line("unresolved.3.raise.why").keys("<end>, Friday");
    assert_eq!(why(&desk)[2], "With the therapist this week");
    desk.line("led_by").keys("lindq<enter>").line("present").keys("All of us");
    desk.line("summary").keys("One of the four goes up").saves();
    assert_eq!(owed(&desk, &meeting, "Answer what stays unresolved").len(), 1);
    desk.assert_record_holds();
}

#[test]
fn delays_are_counted_by_who_owes_them_by_kind_and_by_age() {
    let mut desk = monday();
    let meeting = begin(&desk, "themes", "monthly");
    delay(&desk, "quill", "amber");
    delay(&desk, "oakes_1", "green");
    desk.at_time("2026-11-23T10:00:00Z");
    let lines = agenda(&desk, &meeting);
    let expected = [
        "Mill Lane therapy: 2 late, the oldest 5 d (D-1, D-2)",
        "Equipment assessment or delivery: 2 late, the oldest 5 d (D-1, D-2)",
        "2 days to a week: 2 late, the oldest 5 d (D-1, D-2)",
    ];
    let lines: Vec<&str> = lines.iter().map(|line| line.trim()).collect();
    assert_eq!(lines, expected);
    held(&desk, "manager", &meeting, json!({})).expect("held");
    let next = owed(&desk, &meeting, "Monthly analysis of delays").pop().expect("the next");
    assert_eq!(next.due, at("2026-12-23T10:00:00Z"));
}

/// Five broken promises of one organisation are a pattern that the review speaks of; four are late, and no more.
#[test]
fn the_review_of_failed_communication_goes_through_what_fails_again_and_again_and_through_who_is_late() {
    let goes_through = |times: usize| {
        let mut desk = monday();
        let meeting = begin(&desk, "failures", "monthly");
        // Whoever stands in the register is counted over all cases.
        let registered = json!({ "name": "Mill Lane therapy", "type": "other", "phone": "01632 960700" });
        record(&desk, "manager", "organisations.register", In::default(), registered).expect("registered");
        let found =
            desk.store().find(&Viewer::system(), "organisations", "Mill Lane", 1).expect("it can be read");
        let who = json!({ "words": "Mill Lane therapy", "id": found[0].id.to_string() });
        for person in ["quill", "oakes_1", "oakes_2", "quill", "oakes_1"].into_iter().take(times) {
            delayed_by(&desk, &who, person, "green");
        }
        desk.at_time("2026-11-23T10:00:00Z");
        agenda(&desk, &meeting).join("\n")
    };
    let (four, five) = (goes_through(4), goes_through(5));
    let fails = "One organisation does not answer or keep its word, again and again";
    assert!(
        four.contains("Mill Lane therapy: 4 late") && five.contains("Mill Lane therapy: 5 late"),
        "{five}"
    );
    assert!(!four.contains(fails) && five.contains(fails), "{four}\n{five}");
    assert!(!five.contains("Deadline passed, not chased"), "other signs are for other meetings: {five}");
}

#[test]
fn a_policy_is_looked_at_every_year_and_on_an_occasion_and_another_signs() {
    let mut desk = monday();
    let adopt = json!({ "headline": "Urgent calls and escalation", "version": "3", "lies": "Folder 2, and the shared drive",
        "who": staff(&desk, "manager"), "by": "30-Nov 12:00", "often": "yearly" });
    let policy = record(&desk, "manager", "policy.adopt", In::default(), adopt).expect("adopted");
    let says =
        record(&desk, "manager", "policy.review", within(&policy), json!({})).expect_err("no occasion");
    assert!(says.contains("Nobody has written down an occasion"), "{says}");

    desk.keys("_").shows("Look at the policy: Urgent calls").shows("never");
    open(&mut desk, &policy)
        .keys("a")
        .line("which")
        .keys("f")
        .line("what")
        .keys("Audit of October: 4 of 12 calls without a time")
        .saves();
    let sooner = owed(&desk, &policy, "Look at the policy: there is an occasion").remove(0);
    assert_eq!(sooner.due, at("2026-12-14T23:59:00Z"));
    // It stands among the reviews before the yearly one, and is missed there like any other.
    let on_occasion = |desk: &Desk, now: &str| {
        let rows = desk.store().reviews(&Viewer::system(), at(now), 50).expect("they can be read");
        let row = rows.into_iter().find(|row| row.owed.commitment.what.contains("there is an occasion"));
        row.map(|row| (row.missed, row.held))
    };
    assert_eq!(on_occasion(&desk, "2026-12-01T09:00:00Z"), Some((0, None)));
    assert_eq!(on_occasion(&desk, "2026-12-15T09:00:00Z"), Some((1, None)));
    desk.goes_home().keys("_").shows("there is an occasion");
    let looked = json!({ "looked_at": "The audit of October, NICE guidance on handover", "changes": { "is": "yes", "why": "A time is always asked for" },
        "version": "4" });
    record(&desk, "manager", "policy.review", within(&policy), looked.clone()).expect("looked at");
    assert_eq!(owed(&desk, &policy, "Look at the policy: there is")[0].progress, Progress::Confirmed);
    assert_eq!(on_occasion(&desk, "2026-12-15T09:00:00Z"), None);
    assert!(owed(&desk, &policy, "Tell staff what changed")[0].progress.is_open());
    record(&desk, "manager", "policy.sign", within(&policy), json!({ "agreed": "yes" })).expect("it waits");
    assert!(
        owed(&desk, &policy, "Sign off the look")[0].progress.is_open(),
        "nobody signs off their own look"
    );
    agrees(&desk, "provider", &policy);
    assert_eq!(owed(&desk, &policy, "Sign off the look")[0].progress, Progress::Confirmed);

    // Each of the four occasions is one, and one look answers all that are open.
    for occasion in ["law", "happened", "found", "work"] {
        let what = json!({ "which": occasion, "what": "As it stands in the folder" });
        record(&desk, "duty", "policy.occasion", within(&policy), what).expect("an occasion");
    }
    let open = |desk: &Desk| {
        let all = owed(desk, &policy, "Look at the policy: there is");
        all.iter().filter(|one| one.progress.is_open()).count()
    };
    assert!(open(&desk) > 0);
    record(&desk, "manager", "policy.review", within(&policy), looked.clone()).expect("looked at");
    assert_eq!(open(&desk), 0, "one look answers all");
    // A look on an occasion is one: what comes round says when the policy was last looked at.
    let rows = desk.store().reviews(&Viewer::system(), desk.office.now(), 50).expect("they can be read");
    let yearly = rows.iter().find(|row| row.owed.commitment.what.contains("Look at the policy: Urgent"));
    assert!(yearly.expect("it comes round").held.is_some(), "looked at on an occasion");
    // The year goes on as it was: in its time it is looked at all the same.
    desk.at_time("2026-12-01T09:00:00Z").goes_home().keys("_").shows("missed");
    record(&desk, "manager", "policy.yearly", on(&policy, "Look at the policy: Urgent"), looked)
        .expect("looked at");
    let next = owed(&desk, &policy, "Look at the policy: Urgent").pop().expect("the next");
    assert_eq!(next.due, at("2027-11-30T12:00:00Z"));
}

#[test]
fn the_monthly_look_at_what_reviews_agreed_goes_through_each_thing_that_is_owed_in_them() {
    let mut desk = monday();
    let meeting = begin(&desk, "agreed", "monthly");
    let plan = json!({ "headline": "Three organisations, one hoist", 
        "involved": [{ "who": "Mill Lane therapy", "part": "Assessment" }], "by": "20-Nov 12:00", "often": "monthly" });
    let together = record(&desk, "manager", "involvement.plan", about(desk.office.people["quill"]), plan)
        .expect("planned");
    delay(&desk, "oakes_1", "amber");
    desk.at_time("2026-11-23T10:00:00Z");
    let lines = agenda(&desk, &meeting);
    assert!(
        lines.len() == 1
            && lines[0].starts_with(&together)
            && lines[0].contains("owed: Look at how we work together"),
        "a delay is of another review: {lines:?}"
    );
    // What others owe, and what is overdue again and again, goes to the provider from here as from any review.
    for time in ["2026-11-23T10:00:00Z", "2026-12-23T10:00:00Z"] {
        desk.at_time(time);
        held(&desk, "manager", &meeting, json!({})).expect("held");
    }
    desk.at_time("2027-01-23T10:00:00Z");
    let says = held(&desk, "manager", &meeting, json!({})).expect_err("it stood there twice");
    assert!(says.contains("To the provider?"), "{says}");
}

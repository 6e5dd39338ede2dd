//! What one case brings about in others: an arrangement that is to follow what was decided in a concern, candour that a
//! safeguarding concern opens, who alone may see what another opened, clocks that run from what was sent, and what came of
//! a call for whoever rang.

use dutydesk::domain::answer::Answer;
use dutydesk::domain::commitment::{Party, Progress};
use dutydesk::domain::permission::Viewer;
use serde_json::{Value, json};

use super::concern::only;
use super::desk::Desk;
use super::office::{Office, at};
use super::providers;
use super::recorded::{about, on, record, within};

fn monday() -> Desk {
    Desk::at(Office::opened("2026-11-16T09:00:00Z")).signed_in("lindqvist")
}

/// A concern about Larkfold, whose words are longer than what a case keeps of its answers.
fn concern(desk: &Desk) -> String {
    let what = "Bruise on the left wrist seen at 08:40 after their worker had been. ".repeat(5);
    let said = json!({ "provider": "Larkfold Staffing", "at_risk": { "is": "no", "why": "Our own carer is there" },
        "what": what, "kinds": "unsafe", "headline": "rough handling at the morning visit" });
    record(desk, "coordinator", "concern.concern", about(desk.office.people["quill"]), said)
        .expect("a concern");
    what.trim().to_owned()
}

fn classed(desk: &Desk, others: &str) {
    let said = json!({ "classes": "contract_breach", "why": "Second complaint of this worker", "no_standard": "Not clear yet",
        "harm": { "is": "no", "why": "A bruise, gone since" }, "others": { "is": others, "why": "The authority asks" } });
    record(desk, "manager", "concern.classify", within("PC-1"), said).expect("classed");
}

#[test]
fn what_is_decided_in_a_concern_is_owed_on_the_arrangement_itself() {
    let mut desk = monday();
    concern(&desk);
    classed(&desk, "no");
    let decided = json!({ "decision": "suspended", "rung": "Gets nobody new", "why": "It has happened twice",
        "grounds": "unreliable", "instead": "Our own nights", "again": "+2d" });
    record(&desk, "manager", "concern.suitability", within("PC-1"), decided).expect("decided");
    let owed = desk.owed("PC-1", "Write it on the arrangement: Suspended").remove(0);
    assert_eq!((owed.due, owed.progress), (at("2026-11-16T13:00:00Z"), Progress::Requested));
    // That it does not stand there yet leaves it owed, and as late as it was.
    desk.later(45);
    let stands = |is: &str| json!({ "which": "E-1", "stands": { "is": is, "why": "They answer at noon" } });
    record(&desk, "duty", "concern.on_arrangement", within("PC-1"), stands("no")).expect("looked");
    let again = desk.owed("PC-1", "Write it on the arrangement").pop().expect("still owed");
    assert_eq!((again.due, again.progress), (owed.due, Progress::Requested));
    record(&desk, "duty", "concern.on_arrangement", within("PC-1"), stands("yes")).expect("it stands");
    let all = desk.owed("PC-1", "Write it on the arrangement");
    assert!(all.iter().all(|one| !one.progress.is_open()), "{all:?}");
}

/// Whoever suspends them is not asked a second time on which grounds: it stands on the form, with where it was taken from.
/// What was only said of them in a concern about somebody else stands there not.
#[test]
fn on_which_grounds_a_concern_was_decided_stands_on_the_form_that_suspends_the_arrangement() {
    let mut desk = providers::morning();
    providers::proposed(&mut desk);
    let id = desk.case("E-1").state.subject.expect("an organisation").to_string();
    let larkfold = json!({ "provider": { "words": "Larkfold Staffing", "id": id }, "at_risk": { "is": "no", "why": "Our own carer is there" },
        "what": "A bruise on the left wrist", "kinds": "unsafe", "headline": "rough handling" });
    let marlin = json!({ "provider": "Marlin Care", "at_risk": { "is": "no", "why": "Nobody is there" },
        "what": "Larkfold Staffing came in their place", "kinds": "unsafe", "headline": "nobody came" });
    let quill = || about(desk.office.people["quill"]);
    record(&desk, "coordinator", "concern.concern", quill(), larkfold).expect("a concern");
    record(&desk, "coordinator", "concern.concern", quill(), marlin).expect("a concern");
    for (case, grounds, why) in
        [("PC-1", "unreliable, unsafe", "It has happened twice"), ("PC-2", "conduct", "Nobody came")]
    {
        let classed = json!({ "classes": "contract_breach", "why": "Second complaint", "no_standard": "Not clear yet",
            "harm": { "is": "no", "why": "Gone since" }, "others": { "is": "no", "why": "Nobody asks" } });
        record(&desk, "manager", "concern.classify", within(case), classed).expect("classed");
        let decided = json!({ "decision": "suspended", "rung": "Gets nobody new", "grounds": grounds, "why": why,
            "instead": "Our own nights", "again": "+2d" });
        record(&desk, "manager", "concern.suitability", within(case), decided).expect("decided");
    }
    desk.hears_of_it();
    desk.goes_home().keys("*").select("Larkfold").keys("<enter>6");
    desk.shows("Unsafe care or treatment").shows("It has happened twice").shows("PC-1").hides("Nobody came");
    desk.line("alternatives").keys("Two together: nobody else of theirs is known to us");
    desk.line("review").keys("24-Nov 12:00").saves();
    let case = desk.case("E-1");
    assert_eq!(
        case.state.answers["suspend.grounds"],
        Answer::Choices(vec!["unsafe".to_owned(), "unreliable".to_owned()])
    );
    desk.assert_record_holds();
}

#[test]
fn a_notification_that_a_concern_opens_says_what_happened() {
    let desk = monday();
    let what = concern(&desk);
    classed(&desk, "yes");
    let notification = only(&desk, "notification");
    let view = desk.store().case(&Viewer::system(), notification.id, desk.office.now()).expect("it is read");
    let first = view.chronology.first().expect("its first entry");
    let dutydesk::domain::entry::Said::Step(said) = &first.entry.said else { panic!("a step") };
    assert_eq!(said.answers["what"], Answer::Text(what));
    assert_eq!(said.answers["headline"], Answer::Text("rough handling at the morning visit".into()));
}

fn safeguarding(desk: &Desk) {
    let said = json!({ "safe_now": "yes", "said": "She says he held her down", "by_whom": "family", "risk": "amber",
        "kinds": "physical", "headline": "held down by a relative", "told_by": "Ines Brandt" });
    record(desk, "leader", "safeguarding.concern", about(desk.office.people["quill"]), said)
        .expect("a concern");
}

#[test]
fn what_a_safeguarding_concern_opened_is_kept_to_the_same_few_when_that_is_said_later() {
    let mut desk = monday();
    safeguarding(&desk);
    let mut other = desk.beside().signed_in("brandt");
    other.goes_home().keys("<f9>").shows("SG-1").shows("N-1");
    let kept = json!({ "kept": "yes", "kept_to": [{ "role": "delegate" }] });
    record(&desk, "manager", "safeguarding.keep_to", within("SG-1"), kept).expect("kept");
    other.hears_of_it().hides("SG-1").hides("N-1");
    desk.goes_home().keys("<f9>").shows("SG-1").shows("N-1");
    record(&desk, "manager", "safeguarding.keep_to", within("SG-1"), json!({ "kept": "no" }))
        .expect("open again");
    other.hears_of_it().shows("SG-1").shows("N-1");
    desk.assert_record_holds();
}

#[test]
fn a_safeguarding_concern_opens_candour_once_where_our_care_did_harm() {
    let desk = monday();
    safeguarding(&desk);
    let reviewed = |harm: &str| {
        json!({ "safe": "yes", "next": "Referred at ten", "governance": "no",
            "not_referred": { "is": "yes", "why": "Nothing to refer" },
            "harm": { "is": harm, "why": "A bruise from our hoist" } })
    };
    record(&desk, "manager", "safeguarding.lead", within("SG-1"), reviewed("no")).expect("looked at");
    assert_eq!(desk.case("SG-1").state.links.len(), 1, "the notification alone");
    record(&desk, "manager", "safeguarding.lead", within("SG-1"), reviewed("yes")).expect("looked at");
    let candour = only(&desk, "candour");
    assert_eq!(candour.subject.as_ref().map(|row| row.id), Some(desk.office.people["quill"]));
    record(&desk, "manager", "safeguarding.lead", within("SG-1"), reviewed("yes")).expect("looked at");
    assert_eq!(only(&desk, "candour").id, candour.id);
}

fn escalated(desk: &Desk) {
    let person = desk.office.people["quill"];
    let raised = json!({ "trigger": "co_tenant", "headline": "Third week of broken nights", "what": "Up nine of fourteen nights",
        "impact": "Too tired for her work", "light": "amber", "light_why": "Twice as many", "mitigation": "Room changed",
        "evidence": { "reference": "Night log" } });
    record(desk, "coordinator", "commissioner.raise", about(person), raised).expect("raised");
    let lead = json!({ "words": "T. Varga", "id": desk.office.staff["delegate"].to_string() });
    let decided = json!({ "way": { "safe": "not_now", "money": "not_money", "ourselves": "strategic" }, "class": "strategic",
        "why": "It comes back whatever we do", "lead": lead, "effects": "stability", "whose": lead,
        "routes": "commissioner", "commissioner": "Larkfield Council" });
    record(desk, "manager", "commissioner.decide", within("CE-1"), decided).expect("decided");
}

fn sent(desk: &Desk, kind: &str, asked: Value) {
    let said = json!({ "to": "Larkfield Council", "means": "email", "kind": kind, "said": "What we see and ask",
        "whose": { "words": "T. Varga", "id": desk.office.staff["delegate"].to_string() }, "asked": asked });
    record(desk, "delegate", "commissioner.tell", within("CE-1"), said).expect("sent");
}

#[test]
fn what_is_sent_to_a_commissioner_starts_both_clocks_and_the_case_is_its_leads() {
    let mut desk = monday();
    escalated(&desk);
    let delegate = Party::Staff(desk.office.staff["delegate"]);
    assert_eq!(desk.case("CE-1").state.owner, Some(delegate));
    sent(&desk, "first", json!([]));
    let of = |desk: &Desk, what: &str| desk.owed("CE-1", what);
    let (acknowledge, answer) = (of(&desk, "Acknowledge what was sent"), of(&desk, "Answer what was sent"));
    assert_eq!(acknowledge[0].due, at("2026-11-17T23:59:00Z"));
    assert_eq!(answer[0].due, at("2026-11-23T23:59:00Z"));
    assert!(matches!(&acknowledge[0].obligor, Party::Outside(named) if named.words == "Larkfield Council"));
    desk.at_time("2026-11-18T09:00:00Z").goes_home().keys("3").shows("Acknowledge what was sent");
    let said = json!({ "who": "Ken Briar", "how": "email" });
    record(&desk, "delegate", "commissioner.acknowledged", on("CE-1", "Acknowledge"), said)
        .expect("they have it");
    assert_eq!(of(&desk, "Acknowledge what was sent")[0].progress, Progress::Confirmed);
    assert_eq!(of(&desk, "Answer what was sent")[0].progress, Progress::Requested);
    // What has times of its own has no other beside them, and an update asks nothing.
    sent(&desk, "question", json!([{ "what": "decide", "detail": "another flat", "by": "20-Nov 12:00" }]));
    sent(&desk, "update", json!([]));
    assert_eq!(of(&desk, "Decide: another flat").len(), 1);
    assert_eq!(
        (of(&desk, "Acknowledge what was sent").len(), of(&desk, "Answer what was sent").len()),
        (1, 1)
    );
}

#[test]
fn whoever_rang_hears_what_came_of_it_and_a_good_catch_goes_to_learning() {
    let desk = monday();
    let call = json!({ "call_back": "07700 900118", "caller": "W. Quist", "emergency": "not_needed",
        "changed": "Hard to rouse since tea", "risk": "amber", "advice_sought": "What to do", "observed_at": "-20m" });
    let person = desk.office.people["quill"];
    record(&desk, "coordinator", "urgent.call", about(person), call).expect("a call");
    let told = json!({ "line": "The GP came at six: an infection, antibiotics since", "how": "telephone", "receipt": "yes",
        "good_catch": { "is": "yes", "why": "She saw that she did not follow with her eyes" } });
    record(&desk, "coordinator", "urgent.came_of_it", within("U-1"), told).expect("told");
    let state = desk.case("U-1").state;
    assert_eq!(state.answers["came_of_it.to"], Answer::Text("W. Quist".into()), "whoever rang is offered");
    let learning = only(&desk, "learning");
    assert_eq!(state.links, [learning.id]);
    let learned =
        desk.store().case(&Viewer::system(), learning.id, desk.office.now()).expect("it is read").state;
    assert_eq!(
        learned.answers["note.learned"],
        Answer::Text("She saw that she did not follow with her eyes".into())
    );
}

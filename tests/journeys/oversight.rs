//! Looking back over many cases: regulations and statements that records show something about, how decisions are judged
//! afterwards, whoever rang and what came of it.

use dutydesk::domain::act::Act;
use dutydesk::domain::answer::Answer;
use dutydesk::domain::chance::Chance;
use dutydesk::domain::commitment::Progress;
use dutydesk::domain::entry::{Batch, Method, NewEntry, Said, Who};
use dutydesk::domain::ids::EntryId;
use dutydesk::domain::measure::Asked;
use dutydesk::domain::permission::Viewer;
use dutydesk::domain::views::{Queue, TagFilter};
use dutydesk::pathway::edition::Edition;
use dutydesk::runtime::clock::SystemChance;
use dutydesk::settings::measures::shipped;
use dutydesk::store::{AppendError, OfficeDir, Store};
use serde_json::json;

use super::desk::Desk;
use super::office::{Office, at};
use super::recorded::{In, about, on, open, record, within};

const STAFF: &[(&str, &str, &[&str])] = &[
    ("duty", "Adaeze Okafor", &["duty_manager"]),
    ("manager", "Morag Lindqvist", &["registered_manager"]),
    ("lead", "Tomas Varga", &["designated_lead"]),
];

fn monday() -> Desk {
    let office = Office::staffed("2026-11-16T09:00:00Z", STAFF);
    office.holds_the_decision("duty");
    Desk::at(office).signed_in("lindqvist")
}

fn call(desk: &Desk, person: &str) -> String {
    let said = json!({ "caller": "WQ, carer", "call_back": "07700 900123", "awake": "yes", "emergency": "not_needed",
        "changed": "Heel red and open since this morning", "risk": "amber", "advice_sought": "Who looks at it",
        "triggers": ["wound_worse"], "headline": "Heel red" });
    record(desk, "duty", "urgent.call", about(desk.office.people[person]), said).expect("called")
}

fn decided(desk: &Desk, case: &str) {
    let said = json!({ "route": ["no_contact"], "why_no_contact": "District nurse there at ten", "rationale": "She is seen today",
        "why_999": "Awake and talking", "person_view": "Wants the nurse she knows", "representative_told": "yes" });
    record(desk, "duty", "urgent.decision", within(case), said).expect("decided");
}

fn closed(desk: &Desk, case: &str) {
    let said = json!({ "ended": "better", "outcome": "Heel dressed, walks again" });
    record(desk, "manager", "urgent.close", within(case), said).expect("closed");
}

fn references(desk: &Desk, tag: &str) -> Vec<String> {
    let filter = TagFilter { tag: Some(tag.to_owned()), ..TagFilter::default() };
    let cases = desk.store().tagged(&Viewer::system(), &filter).expect("cases");
    cases.into_iter().map(|case| case.reference).collect()
}

/// A whole pathway serves one statement, a single step of it another, and a form a third that somebody chose there.
#[test]
fn what_a_case_shows_something_about_follows_from_its_steps_and_from_what_was_chosen() {
    let mut desk = monday();
    assert_eq!(call(&desk, "quill"), "U-1");
    desk.at_time("2026-11-16T09:10:00Z");
    assert_eq!(call(&desk, "oakes_1"), "U-2");
    decided(&desk, "U-1");
    assert_eq!(references(&desk, "reg_12"), ["U-2", "U-1"]);
    assert!(references(&desk, "reg_17").is_empty(), "nobody has reviewed either");
    let review = json!({ "followed": { "is": "no", "why": "There was none" }, "care_changed": { "is": "no", "why": "Once" },
        "governance": "no", "as_delegate": "no", "regulations": ["mca"] });
    record(&desk, "manager", "urgent.review", within("U-1"), review).expect("reviewed");
    assert_eq!(references(&desk, "reg_17"), ["U-1"], "a review shows how it is governed; the other has none");
    assert_eq!(references(&desk, "mca"), ["U-1"], "it was chosen on the form");
    desk.hears_of_it().goes_home().keys(":regulations and<enter>");
    desk.shows("Reg 12: safe care and treatment")
        .shows("2: U-2, U-1")
        .shows("Nothing on record in this time");
    // A key question is shown by whatever its statements are shown by.
    assert_eq!(references(&desk, "qs_safe_pathways"), ["U-2", "U-1"]);
    assert_eq!(references(&desk, "safe"), ["U-2", "U-1"]);
    assert!(references(&desk, "responsive").is_empty());
    let screen = desk.goes_home().keys(":regulations and<enter>").screen_of(120, 120);
    // What the policy names stands there, each by its number or its name, whether or not a case shows anything about it.
    for named in [
        "Reg 9:",
        "Reg 10:",
        "Reg 11:",
        "Reg 12:",
        "Reg 13:",
        "Reg 16:",
        "Reg 17:",
        "Reg 18:",
        "Reg 19:",
        "Reg 20:",
        "Registration Regulations 2009",
        "Care Act",
        "Mental Capacity Act",
        "Data protection",
        "Equality Act",
        "Safeguarding Vulnerable Groups Act",
        "Human Rights Act",
    ] {
        assert!(screen.contains(named), "{named}:\n{screen}");
    }
    let safe = screen.lines().find(|line| line.contains("Key question: safe")).expect("it is listed");
    assert!(safe.contains("2: U-2, U-1"), "{safe}");
}

fn looked_back(desk: &Desk, whose: &str, scores: [&str; 3]) -> Result<String, String> {
    let staff = |who: &str| json!({ "words": who, "id": desk.office.staff[who].to_string() });
    let [proportion, timing, used] = scores;
    let said = json!({ "headline": "Heel", "case": "U-1", "by": staff("manager"), "whose": staff(whose),
        "known": "Red heel, awake, nurse due at ten", "proportion": proportion, "lean": "too_little", "timing": timing,
        "use": used, "why": "Entries 3 and 4", "helps": "The number of the nurse at the desk", "governance": "no" });
    record(desk, "manager", "hindsight.judge", In::default(), said)
}

#[test]
fn a_decision_is_looked_back_at_heard_by_whoever_took_it_and_held_beside_others_without_a_rank() {
    let mut desk = monday();
    let says = looked_back(&desk, "manager", ["4", "4", "4"]).expect_err("nobody looks back at their own");
    assert!(says.contains("whose"), "{says}");
    // Nor by naming somebody else as the one who does.
    let staff = |who: &str| json!({ "words": who, "id": desk.office.staff[who].to_string() });
    let own = json!({ "headline": "Heel", "case": "U-1", "by": staff("lead"), "whose": staff("manager"), "known": "Red heel",
        "proportion": "5", "timing": "5", "use": "5", "why": "Entries 3 and 4", "helps": "Nothing", "governance": "no" });
    let says =
        record(&desk, "manager", "hindsight.judge", In::default(), own).expect_err("their own all the same");
    assert!(says.contains("Nobody looks back at a decision of their own"), "{says}");
    let says = looked_back(&desk, "duty", ["6", "4", "4"]).expect_err("from 1 to 5");
    assert!(says.contains("proportion"), "{says}");
    for score in ["1", "2", "3", "4", "4"] {
        looked_back(&desk, "duty", [score, "4", "4"]).expect("looked back at");
    }
    looked_back(&desk, "lead", ["4", "4", "4"]).expect("looked back at");
    let heard = desk.owed("LB-1", "Talk it through with whoever decided");
    assert_eq!(heard[0].due, at("2026-11-30T23:59:00Z"));
    record(
        &desk,
        "manager",
        "hindsight.heard",
        within("LB-1"),
        json!({ "view": "I did not have the number" }),
    )
    .expect("heard");
    assert!(desk.case("LB-1").state.closed);
    desk.hears_of_it().goes_home().keys(":looked back<enter>");
    desk.shows("Nobody is ranked").shows("OKAFOR, A.").shows("in proportion: middle 3, from 1 to 4, n = 5");
    desk.hides("VARGA").shows("1 person with fewer than 5 each");
}

/// A score about somebody is theirs, whoever's who gave it, and those who answer for how decisions are taken: nobody else's.
/// Begun from the case, its number and whose decision it was stand in the form.
#[test]
fn how_a_decision_was_judged_is_kept_to_whoever_took_it_and_those_who_answer_for_it() {
    let mut desk = monday();
    call(&desk, "quill");
    decided(&desk, "U-1");
    desk.hears_of_it();
    open(&mut desk, "U-1").keys("+looking back<enter>");
    assert_eq!(desk.text("case"), "U-1");
    assert!(desk.text("whose").contains("OKAFOR"), "{}", desk.text("whose"));
    desk.keys("<esc>");
    looked_back(&desk, "duty", ["2", "4", "4"]).expect("looked back at");
    let reads = |staff: &str| {
        let viewer =
            desk.store().viewer_for(Some(desk.office.staff[staff]), desk.office.now()).expect("a viewer");
        let id = desk.case("LB-1").state.id;
        desk.store().case(&viewer, id, desk.office.now()).map(drop).map_err(|why| why.to_string())
    };
    assert_eq!((reads("manager"), reads("duty")), (Ok(()), Ok(())));
    let says = reads("lead").expect_err("another manager of the place");
    assert!(says.contains("restricted record, ask"), "{says}");
    // Neither is it in any figure of theirs.
    let judged = |staff: &str| {
        let viewer =
            desk.store().viewer_for(Some(desk.office.staff[staff]), desk.office.now()).expect("a viewer");
        desk.store().judged(&viewer, desk.office.now()).map(|all| all.len()).unwrap_or_default()
    };
    assert_eq!((judged("manager"), judged("lead")), (1, 0));
    desk.assert_record_holds();
}

/// The last of a month's figures: how many knew, of how many.
fn caller_told(desk: &Desk) -> (u64, u64) {
    let day = desk.office.now().date_naive();
    let overview = desk
        .store()
        .overview(&Viewer::system(), shipped(), &Asked::month_of(day), desk.office.now())
        .expect("measures");
    let line = overview.lines.iter().find(|line| line.id == "caller_told").expect("it is measured");
    (line.now().n, line.now().of)
}

#[test]
fn whoever_rang_counts_as_told_once_they_have_it_and_a_good_catch_is_owed_to_be_said() {
    let desk = monday();
    for person in ["quill", "oakes_1"] {
        let case = call(&desk, person);
        decided(&desk, &case);
    }
    closed(&desk, "U-1");
    closed(&desk, "U-2");
    assert!(desk.owed("U-2", "Tell whoever rang what came of it")[0].progress.is_open());
    assert_eq!(caller_told(&desk), (0, 2));
    let told = json!({ "line": "The nurse came: dressed, seen again on Friday", "how": "telephone",
        "receipt": { "is": "no", "why": "Left a message" } });
    record(&desk, "duty", "urgent.came_of_it", within("U-1"), told).expect("told");
    assert_eq!(caller_told(&desk), (0, 2), "a message is no receipt");
    let told = json!({ "line": "The nurse came: dressed, seen again on Friday", "how": "telephone", "receipt": "yes",
        "good_catch": { "is": "yes", "why": "She looked under the blanket" } });
    record(&desk, "duty", "urgent.came_of_it", within("U-2"), told).expect("told");
    assert_eq!(caller_told(&desk), (1, 2));
    assert_eq!(desk.owed("U-2", "Tell whoever rang what came of it")[0].progress, Progress::Confirmed);
    // What she saw early is said to her where how she works is talked about.
    assert!(desk.owed("U-1", "Good catch of WQ, carer: say so at their next supervision").is_empty());
    assert!(
        desk.owed("U-2", "Good catch of WQ, carer: say so at their next supervision")[0].progress.is_open()
    );
    let said =
        json!({ "how": "supervision", "where": "TS-1", "said": "What she saw, and that it was in time" });
    record(&desk, "manager", "urgent.credited", within("U-2"), said).expect("said");
    assert_eq!(
        desk.owed("U-2", "Good catch of WQ, carer: say so at their next supervision")[0].progress,
        Progress::Confirmed
    );
}

/// Whoever does what was agreed is told in words that stand alone, and confirms it; of the look-back they read nothing.
#[test]
fn what_was_agreed_is_a_task_of_its_own_that_says_nothing_of_whose_decision_it_was() {
    let mut desk = monday();
    call(&desk, "quill");
    decided(&desk, "U-1");
    looked_back(&desk, "duty", ["2", "4", "4"]).expect("looked back at");
    let lead = json!({ "words": "Tomas Varga", "id": desk.office.staff["lead"].to_string() });
    let said = json!({ "view": "I did not have the number",
        "agreed": [{ "what": "Number of the nurse at the desk", "owner": lead, "by": "18-Nov 12:00" }] });
    record(&desk, "manager", "hindsight.heard", within("LB-1"), said).expect("heard");
    assert!(desk.case("LB-1").state.commitments.iter().all(|one| !one.progress.is_open()));
    let owed = desk.owed("OT-1", "Number of the nurse at the desk").remove(0);
    assert_eq!(owed.due, at("2026-11-18T12:00:00Z"));
    assert_eq!(
        desk.case("LB-1").others.iter().map(|row| row.reference.as_str()).collect::<Vec<_>>(),
        ["OT-1"]
    );
    // A correction would add what nobody is told of: it says so, at the rows.
    let said = desk.case("LB-1").chronology.into_iter().find_map(|told| match told.entry.said {
        Said::Step(said) if said.step == "heard" => Some((told.entry.id, said.answers)),
        _ => None,
    });
    let (heard, mut answers) = said.expect("it was heard");
    answers.insert("agreed".to_owned(), Answer::Rows(Vec::new()));
    let manager = desk.office.staff["manager"];
    let act = Act::Amend { entry: heard, answers, occurred: None, reason: "forgot one".to_owned() };
    let who = Who { by: Some(manager), typed_by: Some(manager), method: Method::Asserted };
    let entry = NewEntry::of_act(
        EntryId(SystemChance.uuid()),
        Some(desk.case("LB-1").state.id),
        who,
        act,
        desk.office.now(),
    );
    let manager = desk.store().viewer_for(Some(manager), desk.office.now()).expect("a viewer");
    let batch = Batch { entries: vec![entry], ..Batch::default() };
    let refused =
        desk.store().append(&manager, batch, desk.office.now()).expect_err("nothing follows from it");
    let AppendError::Problems(problems) = refused else { panic!("{refused:?}") };
    assert!(
        problems.iter().any(|one| one.field == "agreed" && one.says.contains("task of its own")),
        "{problems:?}"
    );
    let viewer =
        desk.store().viewer_for(Some(desk.office.staff["lead"]), desk.office.now()).expect("a viewer");
    let id = desk.case("OT-1").state.id;
    let told = desk.store().case(&viewer, id, desk.office.now()).expect("theirs to read");
    assert!(told.others.is_empty() && told.elsewhere.is_empty());
    let told = format!("{told:?}");
    for secret in ["LB-1", "hindsight", "Talked through", "Red heel", "OKAFOR", "Adaeze", "did not have"] {
        assert!(!told.contains(secret), "{secret}: {told}");
    }
    desk.sign_in("varga").hears_of_it().goes_home().keys("@");
    desk.shows("Number of the nurse at the desk").hides("LB-1");
    let done = json!({ "found": "It hangs there", "as_it_should": "yes",
        "evidence": { "reference": "Photograph", "seen_by": "T. Varga", "seen_at": "16-Nov 08:30" } });
    record(&desk, "lead", "tasks.done", on("OT-1", "Number of the nurse"), done)
        .expect("confirmed by whoever did it");
    assert!(desk.case("OT-1").state.closed);
    desk.assert_record_holds();
}

/// What was agreed was owed in the look-back itself once. What is still open of that is moved, done and dropped by those who may
/// read it; whoever owes it and may not is told that something waits, and of whom to ask, and nothing of what was judged.
#[test]
fn an_action_of_an_older_look_back_is_seen_to_and_betrays_nothing_to_whoever_owes_it() {
    let mut desk = monday();
    call(&desk, "quill");
    decided(&desk, "U-1");
    let adopts = |desk: &Desk, files| {
        let now = desk.office.now();
        let viewer = desk.store().viewer_for(Some(desk.office.staff["manager"]), now).expect("a viewer");
        let dir = OfficeDir::at(desk.office.path());
        let mut store = Store::open(&dir, Box::new(SystemChance)).expect("the office opens");
        store.adopt(&viewer, files, now).expect("they hold together");
    };
    let now = Edition::built_in_files();
    let mut before = now.clone();
    let older = before.get_mut("pathways/hindsight.toml").expect("it is defined");
    *older = older.replace("label = \"What is done\"\nretired = true\n", "label = \"What is done\"\n");
    assert_ne!(before, now);
    adopts(&desk, before);
    looked_back(&desk, "duty", ["2", "4", "4"]).expect("looked back at");
    let lead = json!({ "words": "Tomas Varga", "id": desk.office.staff["lead"].to_string() });
    let action = |what: &str| json!({ "what": what, "owner": lead, "by": "18-Nov 12:00" });
    let said = json!({ "view": "I did not have the number",
        "actions": [action("Number at the desk"), action("Ask why nobody rang")] });
    record(&desk, "manager", "hindsight.heard", within("LB-1"), said).expect("heard");
    adopts(&desk, now);
    let secrets = ["LB-1", "did not have", "Number at the desk", "Ask why", "Red heel", "Talked through"];
    let lead = desk.store().viewer_for(Some(desk.office.staff["lead"]), desk.office.now()).expect("a viewer");
    let id = desk.case("LB-1").state.id;
    assert!(desk.store().case(&lead, id, desk.office.now()).is_err(), "another manager of the place");
    let theirs = format!("{:?}", desk.store().mine(&lead, desk.office.now(), 50).expect("what is theirs"));
    for secret in secrets {
        assert!(!theirs.contains(secret), "{secret}: {theirs}");
    }
    let late = at("2026-11-19T09:00:00Z");
    let overdue = desk.store().owed(&lead, Queue::Owed, late, None, 50).expect("what is owed");
    let stubs: Vec<_> = overdue.rows.iter().filter(|row| row.ask.is_some()).collect();
    assert_eq!(stubs.len(), 2, "something waits, and it says whom to ask: {overdue:?}");
    assert!(secrets.iter().all(|secret| !format!("{overdue:?}").contains(secret)), "{overdue:?}");
    // Those who may read it see to it.
    let progress = |desk: &Desk, what: &str| desk.owed("LB-1", what).pop().expect("it is owed").progress;
    let later = json!({ "by": "25-Nov 12:00", "why": "Away until Monday" });
    record(&desk, "manager", "hindsight.move", on("LB-1", "Number at the desk"), later).expect("moved");
    assert_eq!(
        desk.owed("LB-1", "Number at the desk").pop().expect("it is owed").due,
        at("2026-11-25T12:00:00Z")
    );
    let done = json!({ "by": "T. Varga",
        "evidence": { "reference": "Photograph", "seen_by": "M. Lindqvist", "seen_at": "16-Nov 08:30" } });
    record(&desk, "manager", "hindsight.done", on("LB-1", "Number at the desk"), done).expect("done");
    let why = json!({ "why": "Answered when it was talked through" });
    record(&desk, "manager", "hindsight.drop", on("LB-1", "Ask why nobody rang"), why).expect("dropped");
    assert_eq!(progress(&desk, "Number at the desk"), Progress::Confirmed);
    assert_eq!(progress(&desk, "Ask why nobody rang"), Progress::Cancelled);
    desk.hears_of_it().goes_home();
    desk.assert_record_holds();
}

/// Whoever asks names what they know: the place, the month, the theme, who was rung, how it ended. One line takes all of it.
#[test]
fn a_case_is_found_by_person_place_month_theme_organisation_and_how_it_ended_together_and_opened() {
    let mut desk = monday();
    assert_eq!(call(&desk, "quill"), "U-1");
    decided(&desk, "U-1");
    let said = json!({ "who": { "words": "Elms Surgery" }, "person": "Dr ZZ", "means": "telephone", "outcome": "spoke",
        "shared": "Heel red and open", "basis": "expected", "advice": "Keep the heel up", "read_back": "yes" });
    record(&desk, "duty", "urgent.liaise", within("U-1"), said).expect("rung");
    closed(&desk, "U-1");
    desk.at_time("2026-12-02T09:00:00Z");
    assert_eq!(call(&desk, "oakes_1"), "U-2");
    desk.hears_of_it();
    let store = desk.store();
    let quill = store.record(&Viewer::system(), desk.office.people["quill"]).expect("her record");
    let place =
        quill.location.and_then(|id| store.record(&Viewer::system(), id).ok()).expect("where she lives").name;
    drop(store);
    let found = |desk: &mut Desk, words: &str| {
        desk.goes_home().keys(&format!("<f9>/{words}<enter>"));
        let screen = desk.screen();
        ["U-1", "U-2"].map(|case| screen.contains(case))
    };
    for words in ["quill", "nov 2026", "elms", "nothing more needed"] {
        assert_eq!(found(&mut desk, words), [true, false], "{words}:\n{}", desk.screen());
    }
    assert_eq!(found(&mut desk, "skin and wounds"), [true, true], "both are of one theme");
    assert!(found(&mut desk, &place)[0], "{place}");
    assert_eq!(found(&mut desk, "dec 2026 skin"), [false, true]);
    assert_eq!(found(&mut desk, "november skin elms better quill"), [true, false]);
    desk.keys("<enter>").shows("Timeline").shows("Elms Surgery: Keep the");
}

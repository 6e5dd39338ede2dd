//! The inspector's rehearsal: who and what it is about is drawn, known to nobody before and chosen by nobody, and anybody can
//! draw it again.

use std::io::Write as _;
use std::process::{Command, Stdio};

use dutydesk::domain::answer::Answer;
use dutydesk::domain::commitment::Progress;
use dutydesk::domain::permission::Viewer;
use serde_json::{Value, json};

use super::desk::Desk;
use super::office::{Office, at};
use super::recorded::{In, about, on, open, record};

const STAFF: &[(&str, &str, &[&str])] = &[
    ("duty", "Adaeze Okafor", &["duty_manager"]),
    ("manager", "Morag Lindqvist", &["registered_manager"]),
    ("lead", "Tomas Varga", &["designated_lead"]),
];
pub(super) const DUE: &str = "Inspector's rehearsal: all places";

pub(super) fn monday() -> Desk {
    let office = Office::staffed("2026-11-16T09:00:00Z", STAFF);
    office.holds_the_decision("duty");
    Desk::at(office).signed_in("lindqvist")
}

pub(super) fn call(desk: &Desk, person: &str) -> String {
    let said = json!({ "caller": "WQ, carer", "call_back": "07700 900123", "awake": "yes", "emergency": "not_needed",
        "changed": "Heel red and open since this morning", "risk": "amber", "advice_sought": "Who looks at it",
        "triggers": ["wound_worse"], "headline": "Heel red" });
    record(desk, "duty", "urgent.call", about(desk.office.people[person]), said).expect("called")
}

pub(super) fn planned(desk: &Desk, by: &str) -> String {
    let plan = json!({ "headline": "all places", "by": by, "often": "monthly" });
    record(desk, "manager", "rehearsal.plan", In::default(), plan).expect("planned")
}

fn staff(desk: &Desk, who: &str) -> Value {
    json!({ "words": who, "id": desk.office.staff[who].to_string() })
}

/// What is drawn, as the form of whoever opens it is filled.
pub(super) fn part(desk: &Desk, who: &str, rehearsal: &str, part: &str) -> Option<Answer> {
    let viewer = desk.store().viewer_for(Some(desk.office.staff[who]), desk.office.now()).expect("a viewer");
    let id = desk.case(rehearsal).state.id;
    let past = desk.store().case(&viewer, id, desk.office.now()).expect("a case").past;
    let found = past.iter().flat_map(|past| &past.answers).find(|answer| answer.means == part);
    found.map(|answer| answer.answer.clone())
}

pub(super) fn words(desk: &Desk, rehearsal: &str, of: &str) -> String {
    match part(desk, "manager", rehearsal, of) {
        Some(Answer::Text(text)) => text,
        other => panic!("{of}: {other:?}"),
    }
}

pub(super) fn answered(desk: &Desk) -> Value {
    json!({ "asked": staff(desk, "duty"), "answer": "She would ring us", "shown": "U-1", "agree": "yes",
        "no_gap": "It all stands there" })
}

/// The whole of what a rehearsal is drawn from is at hand, and the same comes out for whoever opens the form.
#[test]
fn a_person_and_a_question_are_drawn_and_what_cannot_be_shown_becomes_an_action() {
    let mut desk = monday();
    call(&desk, "quill");
    let plan = json!({ "headline": "all places", "by": "20-Nov 12:00", "often": "monthly" });
    let rehearsal = record(&desk, "manager", "rehearsal.plan", In::default(), plan).expect("planned");
    let drawn = |desk: &Desk| {
        let viewer =
            desk.store().viewer_for(Some(desk.office.staff["manager"]), desk.office.now()).expect("a viewer");
        let id = desk.case(&rehearsal).state.id;
        let past = desk.store().case(&viewer, id, desk.office.now()).expect("a case").past;
        let said = |part: &str| {
            let found = past.iter().flat_map(|past| &past.answers).find(|answer| answer.means == part);
            found.map(|answer| answer.answer.clone()).unwrap_or_else(|| panic!("{part} is drawn"))
        };
        (said("question"), said("person"), said("framework"))
    };
    let (question, person, framework) = drawn(&desk);
    assert_eq!(drawn(&desk), (question.clone(), person.clone(), framework.clone()), "nobody draws again");
    let Answer::Text(framework) = framework else { panic!("{framework:?}") };
    assert!(framework.contains("quality statements, 2023"), "{framework}");
    open(&mut desk, &rehearsal).keys("d");
    let Answer::Text(question) = question else { panic!("{question:?}") };
    assert_eq!(desk.text("question"), question);
    assert!(desk.text("records").contains("late or blank"), "{}", desk.text("records"));
    desk.goes_home();
    let staff = |desk: &Desk, who: &str| json!({ "words": who, "id": desk.office.staff[who].to_string() });
    let said = json!({ "asked": staff(&desk, "duty"), "answer": "She would ring us", "shown": "U-1", "agree": "yes" });
    let due = "Inspector's rehearsal: all places";
    let says = record(&desk, "manager", "rehearsal.rehearse", on(&rehearsal, due), said.clone());
    assert!(says.is_err_and(|says| says.contains("gaps")), "a gap, or why there is none");
    let mut said = said;
    said["gaps"] = json!([{ "gap": "No plan for nights", "what": "Write the night plan", "who": staff(&desk, "lead"),
        "by": "30-Nov 12:00" }]);
    record(&desk, "manager", "rehearsal.rehearse", on(&rehearsal, due), said).expect("rehearsed");
    assert!(desk.owed(&rehearsal, "Write the night plan")[0].progress.is_open());
    // What was drawn, from how many and by what stays beside it.
    let kept = desk.case(&rehearsal).state.answers;
    assert!(matches!(&kept["rehearse.counted"], Answer::Number(people) if *people > 1), "{kept:?}");
    let Answer::Text(seed) = &kept["rehearse.seed"] else { panic!("{kept:?}") };
    assert!(seed.starts_with("RH-1 2026-11-20T12:00:00Z "), "{seed}");
    let drawn = format!("{:?}", desk.case(&rehearsal).chronology);
    assert!(drawn.contains("the SHA-256 of SEED:ID"), "{drawn}");
    let next = desk.owed(&rehearsal, due).pop().expect("it comes round");
    assert_eq!((next.due, next.progress), (at("2026-12-20T12:00:00Z"), Progress::Requested));
    // Nobody held the next: the list of reviews says so.
    desk.at_time("2027-01-21T09:00:00Z")
        .goes_home()
        .keys("_")
        .shows("Inspector's rehearsal: all places")
        .shows("missed");
}

/// What a few lines of another language draw from what is kept, and nothing else.
#[expect(clippy::disallowed_methods, reason = "another program draws from what is kept, by the method alone")]
fn drawn_again(seed: &str, ids: &[String]) -> String {
    let mut python = Command::new("python3")
        .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/journeys/drawn_again.py"))
        .arg(seed)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("python3");
    python.stdin.take().expect("its input").write_all(ids.join("\n").as_bytes()).expect("written");
    let out = python.wait_with_output().expect("it ends");
    String::from_utf8(out.stdout).expect("text").trim().to_owned()
}

/// Two Fridays before it is due nobody can know it; the first entry of the week before draws it for everybody.
#[test]
fn nobody_knows_the_draw_before_it_comes_up_and_the_first_entry_after_draws_it_for_all() {
    let mut desk = monday();
    let rehearsal = planned(&desk, "11-Dec 12:00");
    open(&mut desk, &rehearsal).keys("d");
    assert!(desk.text("question").is_empty() && desk.text("about").is_empty());
    assert!(desk.text("records").starts_with("NOTHING IS DRAWN YET"), "{}", desk.text("records"));
    let mut own = answered(&desk);
    own["question"] =
        json!("When did somebody last ring about this person, what was decided, and what came of it?");
    own["framework"] = json!("Caring");
    own["about"] = json!({ "words": "QUILL", "id": desk.office.people["quill"].to_string() });
    own["records"] = json!("All of it");
    let says = record(&desk, "manager", "rehearsal.rehearse", on(&rehearsal, DUE), own.clone());
    assert!(says.clone().is_err_and(|says| says.contains("Nothing is drawn yet")), "{says:?}");
    // It has come up, and nobody has written anything since.
    desk.at_time("2026-12-04T12:30:00Z");
    assert_eq!(part(&desk, "manager", &rehearsal, "question"), None);
    call(&desk, "oakes_1");
    let (question, seed) = (words(&desk, &rehearsal, "question"), words(&desk, &rehearsal, "seed"));
    let person = part(&desk, "manager", &rehearsal, "person");
    // It is the entry that it says: the first since.
    let from = at("2026-12-04T12:00:00Z");
    let all = desk.store().entries_after(&Viewer::system(), 0, 10_000).expect("entries");
    let first = all.iter().find(|entry| entry.recorded_at >= from).expect("one");
    assert_eq!(seed, format!("{rehearsal} 2026-12-11T12:00:00Z {}", first.hash));
    let method = words(&desk, &rehearsal, "method");
    assert!(
        method.contains(&format!(
            "by entry {}, the first that was recorded from 2026-12-04T12:00:00Z",
            first.seq
        )),
        "{method}"
    );
    // Whoever opens the form, later, after more was written and somebody new came: the same.
    call(&desk, "quill");
    desk.at_time("2026-12-09T09:00:00Z");
    let newcomer = json!({ "name": "Walter Fenn", "born": "03-Apr-1941" });
    record(&desk, "manager", "people.register", In::default(), newcomer).expect("registered");
    for who in ["manager", "duty"] {
        assert_eq!(part(&desk, who, &rehearsal, "question"), Some(Answer::Text(question.clone())));
        assert_eq!(part(&desk, who, &rehearsal, "person"), person);
    }
    // Another program draws the same.
    let edition = desk.store().editions().expect("definitions").current().clone();
    let ids: Vec<String> = edition.tags.questions.iter().map(|question| question.id.clone()).collect();
    let again = drawn_again(&seed, &ids);
    assert_eq!(edition.tags.questions.iter().find(|one| one.id == again).expect("one of them").ask, question);
    let people: Vec<String> = desk.office.people.values().map(ToString::to_string).collect();
    let Some(Answer::Named(person)) = person else { panic!("{person:?}") };
    assert_eq!(Some(drawn_again(&seed, &people)), person.id.map(|id| id.to_string()));
    assert_eq!(part(&desk, "manager", &rehearsal, "counted"), Some(Answer::Number(people.len() as i64)));
    // From whom stays on record by their references: some will have left when somebody draws it again.
    let whole = format!("P-1 to P-{}", people.len());
    assert_eq!(part(&desk, "manager", &rehearsal, "population"), Some(Answer::Text(whole)));
}

/// Neither the question nor the person is chosen: not by overtyping, not by leaving one out until a better one comes.
#[test]
fn what_is_not_as_it_was_drawn_is_refused_and_what_is_left_out_stays_on_record() {
    let desk = monday();
    call(&desk, "quill");
    let rehearsal = planned(&desk, "20-Nov 12:00");
    let seed = words(&desk, &rehearsal, "seed");
    let edition = desk.store().editions().expect("definitions").current().clone();
    let drawn = words(&desk, &rehearsal, "question");
    let other = edition.tags.questions.iter().find(|one| one.ask != drawn).expect("another");
    let mut chosen = answered(&desk);
    chosen["question"] = json!(other.ask);
    let says =
        record(&desk, "manager", "rehearsal.rehearse", on(&rehearsal, DUE), chosen).expect_err("chosen");
    assert!(says.contains("\"The question\" is not as it was drawn"), "{says}");
    let Some(Answer::Named(person)) = part(&desk, "manager", &rehearsal, "person") else {
        panic!("one is drawn")
    };
    let (_, somebody) = desk.office.people.iter().find(|(_, id)| Some(**id) != person.id).expect("another");
    let mut chosen = answered(&desk);
    chosen["about"] = json!({ "words": "Somebody easier", "id": somebody.to_string() });
    let says =
        record(&desk, "manager", "rehearsal.rehearse", on(&rehearsal, DUE), chosen).expect_err("chosen");
    assert!(says.contains("\"About whom\" is not as it was drawn"), "{says}");
    let mut chosen = answered(&desk);
    chosen["seed"] = json!(seed.replace('a', "b").replace("RH-1", "RH-2"));
    let says =
        record(&desk, "manager", "rehearsal.rehearse", on(&rehearsal, DUE), chosen).expect_err("chosen");
    assert!(says.contains("\"Seed\" is not as it was drawn"), "{says}");
    // Left out, it says what had been drawn; the next is not known yet.
    let why = json!({ "why": "She went to hospital this morning" });
    record(&desk, "manager", "rehearsal.skip", on(&rehearsal, DUE), why).expect("left out");
    let kept = desk.case(&rehearsal).state.answers;
    assert_eq!(kept["skip.seed"], Answer::Text(seed));
    let told = format!("{:?}", desk.case(&rehearsal).chronology);
    assert!(told.contains("Drawn: question"), "{told}");
    assert_eq!(part(&desk, "manager", &rehearsal, "seed"), None);
    desk.assert_record_holds();
}

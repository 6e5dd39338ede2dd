//! Every kind of answer reads back from the text it is written as, and from JSON.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use serde_json::json;
use uuid::Uuid;

use super::title::on;
use super::typed::{Reading, Texts, from_json, read, read_step, write};
use crate::domain::answer::{Answer, Answers, ByWhen, Named, Precision, When, YesNo};
use crate::domain::ids::CaseId;
use crate::domain::time::Zone;
use crate::pathway::definition::{Field, Kind, Step, WhyAsked};
use crate::pathway::edition::Edition;

fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_795_294_932, 0).expect("a time")
}

fn reading() -> Reading {
    Reading { now: now(), zone: Zone::parse("Europe/London").expect("a zone") }
}

fn call() -> Step {
    let edition = Edition::built_in();
    let step = edition.pathways["urgent"].opening().expect("a call");
    step.clone()
}

fn field(kind: Kind) -> Field {
    Field::plain("f", "F", kind)
}

fn reads_back(kind: Kind, answer: Answer) {
    let texts = write("f", &answer, reading().zone);
    // Long after it was written, a text means what it meant.
    let later = Reading { now: now() + TimeDelta::days(40), ..reading() };
    assert_eq!(read(&field(kind), "f", &texts, later), Ok(Some(answer)), "{texts:?}");
}

#[test]
fn what_is_written_reads_back() {
    let at = now() - TimeDelta::hours(3);
    reads_back(Kind::Text, Answer::Text("WQ, carer".into()));
    reads_back(Kind::Notes, Answer::Text("one\ntwo".into()));
    let number = || Kind::Number { unit: "h".into(), from: None, to: None };
    reads_back(number(), Answer::Number(-12));
    for (typed, meant) in [("12 h", Some(12)), ("1 200", Some(1200)), ("2.5", None), ("a few", None)] {
        let texts = Texts::from([("f".to_owned(), typed.to_owned())]);
        let found = read(&field(number()), "f", &texts, reading());
        assert_eq!(found.ok().flatten(), meant.map(Answer::Number), "{typed}");
    }
    reads_back(Kind::Date, Answer::Date(NaiveDate::from_ymd_opt(2026, 12, 25).expect("a day")));
    reads_back(Kind::Time { future: false }, Answer::Time(When::exact(at)));
    reads_back(Kind::Time { future: false }, Answer::Time(When { at, precision: Precision::About }));
    reads_back(Kind::ByWhen, Answer::ByWhen(ByWhen::At(When::exact(now() + TimeDelta::hours(2)))));
    reads_back(Kind::ByWhen, Answer::ByWhen(ByWhen::NoneGiven { why: "would not say".into() }));
    reads_back(Kind::YesNo { why: WhyAsked::No }, Answer::YesNo { is: YesNo::No, why: "asleep".into() });
    let id = Some(CaseId(Uuid::from_u128(7)));
    reads_back(
        Kind::Record { register: "people".into(), on_the_spot: false },
        Answer::Named(Named { id, words: "QUILL, Theresa".into() }),
    );
    let row = Answers::from([("f".to_owned(), Answer::Text("a cell".into()))]);
    reads_back(Kind::Rows { columns: vec![field(Kind::Text)], from: None }, Answer::Rows(vec![row]));
}

#[test]
fn a_script_hands_in_the_same_text_as_json() {
    let handed = json!({
        "call_back": "07700 900118",
        "caller": "WQ",
        "about": { "id": Uuid::from_u128(7).to_string(), "words": "QUILL, Theresa" },
        "risk": "RED",
        "changed": "hard to rouse",
    });
    let mut texts = Texts::new();
    for (field, value) in handed.as_object().expect("an object") {
        texts.extend(from_json(field, value));
    }
    let (answers, problems) = read_step(&call(), &texts, reading());
    assert_eq!(problems, []);
    assert_eq!(answers["risk"], Answer::Choice("red".into()), "a label is as good as an id");
    assert!(matches!(&answers["about"], Answer::Named(named) if named.id.is_some()));
}

#[test]
fn what_cannot_be_read_is_said_at_its_line() {
    let texts = Texts::from([("risk".to_owned(), "purple".to_owned())]);
    let (_, problems) = read_step(&call(), &texts, reading());
    assert_eq!(problems.len(), 1);
    assert_eq!(problems[0].field, "risk");
    assert!(problems[0].says.contains("RED"), "{}", problems[0].says);
}

#[test]
fn a_title_says_once_what_the_step_and_what_is_owed_both_say() {
    let said = |step, what| on(step, what, "");
    assert_eq!(on("Chase-up", "Visit", "The Elms Surgery"), "Chase-up: Visit, The Elms Surgery");
    assert_eq!(said("Review at home", "Review at home: after two weeks"), "Review at home: after two weeks");
    assert_eq!(said("Looked at", "Look at: what they report"), "Looked at: what they report");
    let supervision = "Supervision: judging when to escalate";
    assert_eq!(said("Supervision held", supervision), "Supervision held: judging when to escalate");
    assert_eq!(said("Next review seen to", "Next review"), "Next review seen to");
    // Another word that begins alike, and a name that only the one has, are said.
    assert_eq!(said("Cover is there", "Cover for Tess: nights"), "Cover is there: Cover for Tess: nights");
    assert_eq!(said("Told", "To be told"), "Told: To be told");
}

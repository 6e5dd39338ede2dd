//! What is refused, what is missed and what is let through.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::*;
use crate::domain::answer::{Branch, ByWhen, Check, Named, When, YesNo};
use crate::domain::ids::EntryId;
use crate::pathway::definition::{Choice, Leads, Node, Part, Predicate, WhyAsked};
use crate::pathway::fixtures::*;
use crate::pathway::fold::{Folding, refold};

fn now() -> DateTime<Utc> {
    at("2026-11-21T21:04:00Z")
}

/// What is wrong with one answer in a form of one field.
fn one(field: Field, answer: Option<Answer>) -> Vec<(Weight, String)> {
    let given = answer.map(|answer| (field.id.clone(), answer)).into_iter().collect();
    let form = Step { fields: vec![field], opens: true, ..step("form") };
    let found = check(
        &form,
        &given,
        Context { case: None, record: None, cautions: &[], kinds: None, states: &[], on: None, now: now() },
    );
    found.into_iter().map(|problem| (problem.weight, problem.says)).collect()
}

fn weights(found: &[(Weight, String)]) -> Vec<Weight> {
    found.iter().map(|(weight, _)| *weight).collect()
}

fn case(ledger: &Ledger) -> CaseState {
    let (editions, zone) = (editions(), london());
    refold(&ledger.entries, Folding { editions: &editions, zone: &zone }).unwrap()
}

#[test]
fn a_decision_without_its_reason_cannot_be_saved() {
    let rationale = field("rationale", Kind::Notes).meaning(Means::Rationale).required();
    let found = one(Field { label: "Rationale".into(), ..rationale }, Some(text("   ")));
    let says = "\"Rationale\": say why. A decision without its reason cannot be saved.";
    assert_eq!(found, [(Weight::Missing, says.to_owned())]);
}

#[test]
fn blanks_can_be_saved_only_where_the_step_may_be_incomplete() {
    let pathway = pathway();
    let (call, decision) = (pathway.step("call").unwrap(), pathway.step("decision").unwrap());
    let context =
        Context { case: None, record: None, cautions: &[], kinds: None, states: &[], on: None, now: now() };
    assert!(may_be_saved(call, &check(call, &Answers::new(), context)));
    assert_eq!(missing(call, &Answers::new(), context), ["changed", "risk"]);
    assert!(!may_be_saved(decision, &answers(decision, &Answers::new(), context)));
}

#[test]
fn required_only_when_its_condition_holds() {
    let why = Field { required: Some(Some(is("told", &["no"]))), ..field("why", Kind::Notes) };
    let told = field("told", Kind::YesNo { why: WhyAsked::Never });
    let form = Step { fields: vec![told, why], opens: true, ..step("form") };
    let context =
        Context { case: None, record: None, cautions: &[], kinds: None, states: &[], on: None, now: now() };
    let given = |is| Answers::from([("told".into(), yes_no(is, ""))]);
    assert!(check(&form, &given(YesNo::Yes), context).is_empty());
    assert_eq!(missing(&form, &given(YesNo::No), context), ["why"]);
    // Unanswered is not "no".
    assert!(check(&form, &Answers::new(), context).is_empty());
}

#[test]
fn opening_hours_that_no_clock_can_count_in_are_asked_about() {
    let hours = || field("hours", Kind::Text).meaning(Means::Hours);
    assert!(one(hours(), Some(text("Mon-Fri 08:00-18:30; bank holidays closed"))).is_empty());
    let found = one(hours(), Some(text("weekdays nine to five")));
    assert_eq!(weights(&found), [Weight::Asked]);
    assert!(found[0].1.contains("write them as `Mon-Fri 08:00-18:30"), "{found:?}");
}

#[test]
fn unknown_fields_wrong_kinds_and_retired_choices_are_refused() {
    let given = Answers::from([("nonsense".into(), text("x"))]);
    let found = check(
        &Step { opens: true, ..step("form") },
        &given,
        Context { case: None, record: None, cautions: &[], kinds: None, states: &[], on: None, now: now() },
    );
    assert_eq!((found[0].field.as_str(), found[0].weight), ("nonsense", Weight::Refused));

    let old = Choice { retired: true, ..choice("old") };
    let field = field("route", Kind::Choice(vec![choice("gp"), old]));
    assert_eq!(weights(&one(field.clone(), Some(text("gp")))), [Weight::Refused]);
    assert_eq!(weights(&one(field.clone(), Some(Answer::Choice("old".into())))), [Weight::Refused]);
    assert_eq!(weights(&one(field.clone(), Some(Answer::Choice("dentist".into())))), [Weight::Refused]);
    assert!(one(field, Some(Answer::Choice("gp".into()))).is_empty());
}

#[test]
fn why_is_asked_where_it_is_asked() {
    let field = field("agreed", Kind::YesNo { why: WhyAsked::No });
    assert!(one(field.clone(), Some(yes_no(YesNo::Yes, ""))).is_empty());
    assert_eq!(weights(&one(field.clone(), Some(yes_no(YesNo::No, " ")))), [Weight::Missing]);
    assert!(one(field, Some(yes_no(YesNo::No, "asleep"))).is_empty());
}

#[test]
fn columns_are_named_by_their_path() {
    let pathway = pathway();
    let liaise = pathway.step("liaise").unwrap();
    let none_given = Answer::ByWhen(ByWhen::NoneGiven { why: String::new() });
    let given = crate::pathway::fixtures::liaise(vec![Answers::from([
        ("by".into(), none_given),
        ("extra".into(), text("x")),
    ])]);
    let found = answers(
        liaise,
        &given,
        Context { case: None, record: None, cautions: &[], kinds: None, states: &[], on: None, now: now() },
    );
    let mut paths: Vec<_> = found.iter().map(|one| (one.field.as_str(), one.weight)).collect();
    paths.sort();
    assert_eq!(
        paths,
        [
            ("promises.0.by", Weight::Missing),
            ("promises.0.extra", Weight::Refused),
            ("promises.0.what", Weight::Missing),
        ]
    );
}

#[test]
fn a_promise_that_is_past_is_doubted_another_year_asked_about_and_1900_refused() {
    let promise = field("by", Kind::ByWhen);
    assert!(one(promise.clone(), Some(by("2026-11-21T22:00:00Z"))).is_empty());
    assert_eq!(weights(&one(promise.clone(), Some(by("2026-11-21T19:00:00Z")))), [Weight::Doubted]);
    assert_eq!(weights(&one(promise.clone(), Some(by("2028-11-21T19:00:00Z")))), [Weight::Asked]);
    assert_eq!(weights(&one(promise.clone(), Some(by("2066-11-21T19:00:00Z")))), [Weight::Doubted]);
    assert_eq!(weights(&one(promise, Some(by("1900-01-01T00:00:00Z")))), [Weight::Refused]);
    let gone = field("emergency_at", Kind::Time { future: false }).meaning(Means::EmergencyAt);
    let day_before = Answer::Time(When::exact(at("2026-11-20T21:10:00Z")));
    assert_eq!(weights(&one(gone.clone(), Some(day_before))), [Weight::Doubted]);
    let ahead = Answer::Time(When::exact(at("2026-11-21T21:30:00Z")));
    assert_eq!(weights(&one(gone, Some(ahead))), [Weight::Refused]);
    let seen = field("seen_at", Kind::Time { future: false }).meaning(Means::SeenAt);
    let later = Answer::Time(When::exact(at("2026-11-21T21:05:00Z")));
    assert_eq!(weights(&one(seen, Some(later))), [Weight::Refused]);
}

#[test]
fn numbers_and_birthdays_have_to_be_possible() {
    let nhs = field("nhs", Kind::Text).meaning(Means::NhsNumber);
    assert_eq!(weights(&one(nhs.clone(), Some(text("999 000 0018")))), [Weight::Asked]);
    assert_eq!(weights(&one(nhs, Some(text("999 000 0019")))), [Weight::Refused]);
    let born = field("born", Kind::Date).meaning(Means::Born);
    let day = |year| Some(Answer::Date(NaiveDate::from_ymd_opt(year, 2, 1).unwrap()));
    assert!(one(born.clone(), day(1950)).is_empty());
    assert_eq!(weights(&one(born, day(2050))), [Weight::Refused]);
}

#[test]
fn a_score_with_a_part_missing_is_no_score() {
    let part = |id: &str| Part {
        id: id.into(),
        label: id.into(),
        range: (0, 3),
        bands: Vec::new(),
        hardly: (None, None),
    };
    let field = field("score", Kind::Score(vec![part("breathing"), part("pulse")]));
    let score = |total, parts: &[(&str, i64)]| {
        let parts: BTreeMap<_, _> = parts.iter().map(|(id, value)| ((*id).to_owned(), *value)).collect();
        weights(&one(
            field.clone(),
            Some(Answer::Score { total, parts, values: BTreeMap::new(), said: None }),
        ))
    };
    assert_eq!(score(None, &[("breathing", 2)]), [Weight::Missing]);
    assert_eq!(score(Some(2), &[("breathing", 2)]), [Weight::Refused, Weight::Missing]);
    assert_eq!(score(Some(4), &[("breathing", 2), ("pulse", 1)]), [Weight::Refused]);
    assert_eq!(score(Some(9), &[("breathing", 2), ("pulse", 7)]), [Weight::Refused]);
    assert_eq!(score(Some(3), &[("breathing", 2), ("pulse", 1)]), []);
}

#[test]
fn a_path_follows_the_questions() {
    let node = |id: &str, no: Leads| Node {
        id: id.into(),
        ask: format!("{id}?"),
        branches: vec![
            (choice("yes"), Leads::Outcome { says: "ring 999".into(), gives: None }),
            (choice("no"), no),
        ],
    };
    let nodes = vec![
        node("awake", Leads::To("breathing".into())),
        node("breathing", Leads::Outcome { says: "ring 111".into(), gives: None }),
    ];
    let field = field("tree", Kind::Tree(nodes));
    let path = |taken: &[(&str, &str)]| {
        let branch =
            |(node, choice): &(&str, &str)| Branch { node: (*node).into(), choice: (*choice).into() };
        weights(&one(field.clone(), Some(Answer::Tree(taken.iter().map(branch).collect()))))
    };
    assert_eq!(path(&[("awake", "yes")]), []);
    assert_eq!(path(&[("awake", "no")]), [Weight::Missing]);
    assert_eq!(path(&[("awake", "no"), ("breathing", "yes")]), []);
    assert_eq!(path(&[("breathing", "yes")]), [Weight::Refused]);
    assert_eq!(path(&[("awake", "yes"), ("breathing", "yes")]), [Weight::Refused]);
}

#[test]
fn a_required_checklist_says_how_many_lines_are_left() {
    let items = vec![choice("plan"), choice("chart")];
    let field =
        field("lines", Kind::Checklist { items, expires: false, why: WhyAsked::Never, gathers: false })
            .required();
    let line = |answer: &str| Check {
        item: "plan".into(),
        answer: answer.into(),
        note: String::new(),
        expires: None,
    };
    let found = one(field.clone(), Some(Answer::Checklist(vec![line("yes")])));
    assert_eq!(found, [(Weight::Missing, "\"lines\": 1 of 2 lines answered.".to_owned())]);
    let found = one(field, Some(Answer::Checklist(vec![line("perhaps"), line("no")])));
    assert_eq!(weights(&found), [Weight::Refused, Weight::Refused, Weight::Missing]);
}

#[test]
fn two_people_that_must_differ() {
    let staff = || Kind::Record { register: "staff".into(), on_the_spot: true };
    let second = Field { not_same_as: Some("first".into()), ..field("second", staff()) };
    let form = Step { fields: vec![field("first", staff()), second], opens: true, ..step("form") };
    let named = |words: &str| Answer::Named(Named { id: None, words: words.into() });
    let given = |one, two| Answers::from([("first".into(), named(one)), ("second".into(), named(two))]);
    let context =
        Context { case: None, record: None, cautions: &[], kinds: None, states: &[], on: None, now: now() };
    assert!(check(&form, &given("A. OKAFOR", "P. SHAH"), context).is_empty());
    assert_eq!(check(&form, &given("A. OKAFOR", "A. OKAFOR"), context)[0].field, "second");
}

#[test]
fn gates_states_and_order_stand_before_every_step_but_a_safety_step() {
    let pathway = pathway();
    let step = |id: &str| pathway.step(id).unwrap();
    let mut ledger = Ledger::new();
    ledger.step("call", call("red"));
    let open = case(&ledger);
    let context = |case| Context {
        case: Some(case),
        record: None,
        cautions: &[],
        kinds: None,
        states: &[],
        on: None,
        now: now(),
    };
    assert_eq!(gates(step("liaise"), context(&open))[0].says, "Decide first");
    assert_eq!(gates(step("call"), context(&open))[0].says, words::already_recorded("CALL"));
    assert_eq!(
        gates(
            step("decision"),
            Context {
                case: None,
                record: None,
                cautions: &[],
                kinds: None,
                states: &[],
                on: None,
                now: now()
            }
        )
        .len(),
        1
    );
    assert!(gates(step("decision"), context(&open)).is_empty());

    ledger.step("close", Answers::from([("outcome".into(), Answer::Choice("close".into()))]));
    let closed = case(&ledger);
    assert_eq!(gates(step("decision"), context(&closed))[0].says, words::case_closed("DECISION"));
    assert!(gates(step("review"), context(&closed)).is_empty());
    assert!(gates(step("emergency"), context(&closed)).is_empty());
}

#[test]
fn what_a_step_is_recorded_on_has_to_be_owed() {
    let pathway = pathway();
    let confirm = pathway.step("confirm").unwrap();
    let mut ledger = Ledger::new();
    ledger.step("call", call("red"));
    let liaised = ledger.step("liaise", liaise(vec![row("Visit", by("2026-11-21T23:00:00Z"))]));
    let visit = CommitmentId { entry: liaised, place: "promises.0".into() };
    let unknown = CommitmentId { entry: EntryId(uuid::Uuid::nil()), place: "promises.0".into() };
    let decision = CommitmentId { entry: ledger.entries[0].id, place: "then.decision".into() };
    let open = case(&ledger);
    assert!(on(confirm, Some(&visit), Some(&open)).is_empty());
    for wrong in [None, Some(&unknown), Some(&decision)] {
        assert_eq!(on(confirm, wrong, Some(&open)).len(), 1);
    }
    ledger.step_on("confirm", Answers::new(), Some(visit.clone()));
    let settled = case(&ledger);
    assert_eq!(on(confirm, Some(&visit), Some(&settled))[0].says, words::no_longer_owed("Visit"));
}

#[test]
fn a_condition_about_something_unanswered_does_not_hold() {
    let form = step("form");
    let (given, risk) = (Answers::new(), Predicate::Risk(vec!["red".into()]));
    let facts = Facts {
        step: &form,
        answers: &given,
        around: None,
        case: None,
        record: None,
        cautions: &[],
        kinds: None,
        on: None,
        now: now(),
    };
    assert!(!predicate::holds(&risk, &facts));
    assert!(predicate::holds(&Predicate::Not(Box::new(risk)), &facts));
    assert!(!predicate::holds(&is("told", &["no"]), &facts));
    assert!(!predicate::holds(&Predicate::Before { field: "at".into() }, &facts));
}

#[test]
fn a_number_is_whole_lies_within_its_range_and_can_be_held_against_another() {
    let hours = || field("hours", Kind::Number { unit: "h".into(), from: Some(0), to: Some(168) });
    assert!(one(hours(), Some(Answer::Number(0))).is_empty());
    for beyond in [-1, 169] {
        let says = "\"hours\" is a whole number from 0 to 168 h.";
        assert_eq!(one(hours(), Some(Answer::Number(beyond))), [(Weight::Refused, says.to_owned())]);
    }
    assert_eq!(weights(&one(hours(), Some(text("12")))), [Weight::Refused]);
    assert_eq!(weights(&one(hours().required(), None)), [Weight::Missing]);
    let over = |number| Predicate::AtLeast { step: None, field: "hours".into(), number };
    let under = |number| Predicate::AtMost { step: None, field: "hours".into(), number };
    let form = Step { fields: vec![hours()], ..step("form") };
    let given = Answers::from([("hours".into(), Answer::Number(12))]);
    let facts = Facts {
        step: &form,
        answers: &given,
        around: None,
        case: None,
        record: None,
        cautions: &[],
        kinds: None,
        on: None,
        now: now(),
    };
    let held = [over(12), over(13), under(12), under(11)].map(|one| predicate::holds(&one, &facts));
    assert_eq!(held, [true, false, true, false]);
    let none = Answers::new();
    let blank = Facts { answers: &none, ..facts };
    assert!(!predicate::holds(&over(0), &blank) && !predicate::holds(&under(0), &blank));
}

#[test]
fn a_line_is_asked_where_the_record_of_whomever_it_is_about_says_so() {
    let flag = |id: &str| field(id, Kind::YesNo { why: WhyAsked::Never }).meaning(Means::EarlyEscalation);
    let asks = Predicate::Record { means: Means::EarlyEscalation, any: vec!["yes".into()] };
    let early = Field { required: Some(Some(asks)), ..field("early", Kind::Text) };
    let form = Step { fields: vec![early], opens: true, ..step("form") };
    let people = Pathway {
        steps: vec![Step { fields: vec![flag("one"), flag("two")], ..step("register") }],
        ..pathway()
    };
    let missing = |answers: Answers| {
        let said = crate::pathway::on_record::said(&people, &answers, &form.asked_of_record());
        missing(
            &form,
            &Answers::new(),
            Context {
                case: None,
                record: Some(&said),
                cautions: &[],
                kinds: None,
                states: &[],
                on: None,
                now: now(),
            },
        )
    };
    let (yes, no) = (yes_no(YesNo::Yes, ""), yes_no(YesNo::No, ""));
    assert_eq!(missing(Answers::from([("one".into(), no.clone()), ("two".into(), yes)])), ["early"]);
    assert!(missing(Answers::from([("one".into(), no)])).is_empty());
    assert!(
        super::missing(
            &form,
            &Answers::new(),
            Context {
                case: None,
                record: None,
                cautions: &[],
                kinds: None,
                states: &[],
                on: None,
                now: now()
            }
        )
        .is_empty()
    );
}

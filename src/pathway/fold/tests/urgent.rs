//! The urgent pathway as it is shipped, from the call to the review after closing.

use std::sync::Arc;

use super::*;
use crate::domain::answer::{Named, Owed};
use crate::domain::entry::{NewEntry, NewSaid, StepSaid};
use crate::pathway::check::{self, Context};
use crate::pathway::definition::Pathway;
use crate::pathway::edition::{Edition, Editions};
use crate::pathway::follow;

fn shipped() -> (Editions, Arc<Pathway>) {
    let edition = Edition::built_in();
    let urgent = edition.pathways["urgent"].clone();
    (Editions::new(edition), urgent)
}

fn folded(ledger: &Ledger) -> CaseState {
    let ((editions, _), zone) = (shipped(), london());
    refold(&ledger.entries, Folding { editions: &editions, zone: &zone }).unwrap()
}

/// Records a step of the shipped pathway and holds it to its checks.
fn record(ledger: &mut Ledger, step: &str, said: &[(&str, Answer)], on: Option<CommitmentId>) -> EntryId {
    let (editions, urgent) = shipped();
    let answers: Answers = said.iter().map(|(id, answer)| ((*id).to_owned(), answer.clone())).collect();
    let case = (!ledger.entries.is_empty()).then(|| folded(ledger));
    let step = urgent.step(step).unwrap();
    let context = Context {
        case: case.as_ref(),
        record: None,
        cautions: &[],
        kinds: None,
        states: &[],
        on: None,
        now: ledger.now,
    };
    let problems = check::check(step, &answers, context);
    assert!(check::may_be_saved(step, &problems), "{}: {problems:?}", step.id);
    assert_eq!(check::on(step, on.as_ref(), case.as_ref()), []);
    let id = ledger.step_on(&step.id, answers, on);
    if let Said::Step(StepSaid { edition, .. }) = &mut ledger.last().said {
        *edition = editions.current().id;
    }
    id
}

fn choose(id: &str) -> Answer {
    Answer::Choice(id.into())
}

fn named(words: &str) -> Answer {
    Answer::Named(Named { id: None, words: words.into() })
}

fn quill() -> Answer {
    Answer::Named(Named { id: Some(CaseId(uuid::Uuid::from_u128(18))), words: "Mrs T. QUILL".into() })
}

fn decided() -> (Ledger, EntryId) {
    let mut ledger = Ledger::new();
    let call = record(
        &mut ledger,
        "call",
        &[
            ("call_back", text("020 7946 0000")),
            ("caller", text("WQ, care worker")),
            ("about", quill()),
            ("awake", choose("yes")),
            ("emergency", choose("not_needed")),
            ("changed", text("Sleepier than usual, drank one cup")),
            ("risk", choose("red")),
            ("advice_sought", text("Whether to ring the GP")),
        ],
        None,
    );
    record(
        &mut ledger,
        "decision",
        &[
            ("route", Answer::Choices(vec!["gp".into(), "family".into()])),
            ("rationale", text("Rousable, no stroke signs")),
            ("why_999", text("Breathing normally")),
            ("person_view", text("Shook her head at hospital")),
            ("representative_told", yes_no(YesNo::Yes, "")),
        ],
        None,
    );
    (ledger, call)
}

fn liaised(ledger: &mut Ledger) -> CommitmentId {
    let visit = row("Visit", by("2026-11-21T23:00:00Z"));
    let entry = record(
        ledger,
        "liaise",
        &[
            ("by_route", choose("gp")),
            ("who", named("The Elms surgery")),
            ("person", text("Dr ZZ")),
            ("means", choose("telephone")),
            ("outcome", choose("spoke")),
            ("shared", text("Name, what was seen")),
            ("basis", choose("expected")),
            ("advice", text("Visit by eleven, 999 if hard to rouse")),
            ("read_back", yes_no(YesNo::Yes, "")),
            ("promises", Answer::Rows(vec![visit])),
        ],
        None,
    );
    CommitmentId { entry, place: "promises.0".into() }
}

#[test]
fn a_red_call_is_decided_and_the_promise_is_chased() {
    let (mut ledger, call) = decided();
    let visit = liaised(&mut ledger);
    let chased = record(
        &mut ledger,
        "chase",
        &[
            ("who", named("The Elms surgery")),
            ("person", text("Receptionist")),
            ("outcome", choose("spoke")),
            ("what", text("Visit")),
            ("by", by("2026-11-22T00:30:00Z")),
        ],
        Some(visit),
    );
    let state = folded(&ledger);
    let decision = place(&state, "then.decision");
    assert_eq!(decision.id.entry, call);
    assert_eq!((decision.due, decision.progress), (at("2026-11-21T21:05:00Z"), Progress::Confirmed));
    let new = state.commitments.last().unwrap();
    assert_eq!((new.id.entry, new.chased, new.due), (chased, 1, at("2026-11-22T00:30:00Z")));
    assert_eq!(new.opened_in.as_deref(), Some("liaise.promises"));
    assert_eq!(owed(&state), ["then.review", "on"]);
    assert_eq!(state.facts.advice.as_deref(), Some("Visit by eleven, 999 if hard to rouse"));
    assert_eq!(state.facts.routes, ["gp", "family"]);
}

#[test]
fn after_closing_the_promise_and_the_review_stay_owed_and_can_be_done() {
    let (mut ledger, _) = decided();
    let visit = liaised(&mut ledger);
    let promise = Owed {
        id: visit.clone(),
        case: folded(&ledger).id,
        words: "Visit".to_owned(),
        chased: 0,
        last_chased: None,
        owner: None,
    };
    let row: Answers = [
        ("what".to_owned(), Answer::Owed(promise)),
        ("becomes".to_owned(), choose("keep")),
        ("why".to_owned(), text("The visit stands")),
    ]
    .into();
    let closing = [
        ("ended", choose("better")),
        ("outcome", text("Awake, had supper")),
        ("owed", Answer::Rows(vec![row])),
    ];
    record(&mut ledger, "close", &closing, None);
    let state = folded(&ledger);
    assert!(state.closed);
    assert_eq!(owed(&state), ["then.review", "promises.0", "then.came_of_it"]);

    let seen = Evidence { reference: "visit note 12".into(), seen_by: "WQ".into(), seen_at: None };
    let seen = [("by", text("Dr ZZ")), ("evidence", Answer::Evidence(seen))];
    record(&mut ledger, "answer", &seen, Some(visit));
    let reviewed = [
        ("followed", yes_no(YesNo::Yes, "")),
        ("care_changed", yes_no(YesNo::No, "settled overnight")),
        ("governance", yes_no(YesNo::No, "")),
        ("as_delegate", yes_no(YesNo::No, "")),
    ];
    record(&mut ledger, "review", &reviewed, None);
    let state = folded(&ledger);
    assert_eq!(owed(&state), ["then.came_of_it"]);
    assert!(state.closed);
    assert_eq!(state.facts.care_changed, Some(YesNo::No));
}

#[test]
fn a_refused_promise_asks_for_another_decision() {
    let (mut ledger, _) = decided();
    let visit = liaised(&mut ledger);
    let said = [
        ("who", text("Receptionist")),
        ("why", text("No visits tonight")),
        ("instead", text("Ring 111 at once, P. SHAH")),
    ];
    record(&mut ledger, "refused", &said, Some(visit));
    let state = folded(&ledger);
    assert_eq!(place(&state, "promises.0").progress, Progress::Refused);
    // Five minutes again: the risk of the case is still red.
    let again = state.commitments.last().unwrap();
    assert_eq!((again.step.as_deref(), again.due), (Some("decision"), at("2026-11-21T21:35:00Z")));
}

#[test]
fn a_weakness_found_in_the_review_is_taken_over_by_a_governance_item() {
    let (mut ledger, _) = decided();
    let reviewed = [
        ("followed", yes_no(YesNo::Yes, "")),
        ("care_changed", yes_no(YesNo::No, "settled overnight")),
        ("governance", yes_no(YesNo::Yes, "")),
        ("governance_what", text("The GP rang back two hours late")),
        ("as_delegate", yes_no(YesNo::No, "")),
    ];
    record(&mut ledger, "review", &reviewed, None);
    let recorded = ledger.last().clone();
    let Said::Step(said) = recorded.said else { unreachable!() };
    let what = NewSaid::Step {
        pathway: said.pathway,
        step: said.step,
        on: None,
        answers: said.answers,
        why_late: None,
        cleared: Default::default(),
    };
    let entry = NewEntry {
        id: recorded.id,
        key: recorded.id.to_string(),
        case: ledger.case(),
        subject: None,
        occurred: recorded.occurred,
        reported_at: None,
        who: recorded.who,
        what,
    };
    let (editions, urgent) = shipped();
    let edition = editions.current();
    let none = Default::default();
    let following = follow::entries(
        urgent.step("review").unwrap(),
        &entry,
        &Default::default(),
        edition,
        &none,
        None,
        ledger.now,
    );
    let [item, _link] = following.as_slice() else { unreachable!() };
    let NewSaid::Step { pathway, step, answers, .. } = &item.what else { unreachable!() };
    let raise = edition.pathways[pathway].step(step).unwrap();
    assert_eq!(
        check::check(
            raise,
            answers,
            Context {
                case: None,
                record: None,
                cautions: &[],
                kinds: None,
                states: &[],
                on: None,
                now: ledger.now
            }
        ),
        []
    );
    let taken: Vec<_> = answers.iter().map(|(id, answer)| (id.as_str(), answer.clone())).collect();
    let said = text("The GP rang back two hours late");
    assert_eq!(taken, [("headline", said.clone()), ("what", said)]);
}

/// A call at nine in the evening, and who rang 999 according to its form.
fn called(emergency: &str, rang_at: Option<&str>) -> Ledger {
    let mut ledger = Ledger::new();
    let mut said = vec![
        ("call_back", text("020 7946 0000")),
        ("caller", text("WQ, care worker")),
        ("about", quill()),
        ("awake", choose("no")),
        ("emergency", choose(emergency)),
        ("changed", text("Cannot be woken")),
        ("risk", choose("red")),
        ("advice_sought", text("none, for information")),
    ];
    if let Some(time) = rang_at {
        said.push(("emergency_at", Answer::Time(When::exact(at(time)))));
        said.push(("emergency_by", text("WQ")));
    }
    record(&mut ledger, "call", &said, None);
    ledger
}

fn rang_999(ledger: &mut Ledger, time: &str) -> EntryId {
    ledger.now = at(time);
    let said = [
        ("called", Answer::Choices(vec!["ambulance".into()])),
        ("who", text("WQ")),
        ("called_at", Answer::Time(When::exact(at(time)))),
    ];
    record(ledger, "emergency", &said, None)
}

#[test]
fn with_999_gone_the_decision_is_still_owed_and_never_late() {
    let long_after = at("2026-11-21T23:30:00Z");
    let before = folded(&called("to_call", None));
    assert_eq!(before.facts.level, Some(Level { label: "RED".into(), weight: 8 }));
    let clocks = crate::pathway::clocks::shipped();
    assert_eq!(clocks.state(place(&before, "then.decision"), long_after), Lateness::LongLate);

    for (emergency, rang) in [("by_us", "2026-11-21T21:02:00Z"), ("by_caller", "2026-11-21T20:50:00Z")] {
        let state = folded(&called(emergency, Some(rang)));
        let decision = place(&state, "then.decision");
        assert!(decision.progress.is_open(), "{emergency}");
        assert_eq!(decision.eased(), Some((Milestone::Emergency, When::exact(at(rang)))), "{emergency}");
        assert_eq!(clocks.state(decision, long_after), Lateness::DueSoon, "{emergency}");
    }

    let mut later = called("to_call", None);
    rang_999(&mut later, "2026-11-21T21:20:00Z");
    let state = folded(&later);
    let decision = place(&state, "then.decision");
    assert_eq!(clocks.distance(decision, at("2026-11-21T21:28:00Z")), "999 gone 8m");
    assert_eq!(place(&state, "then.review").easing, None, "the review keeps its own clock");
}

#[test]
fn what_was_decided_late_before_999_stays_late_and_a_new_decision_is_not_eased_by_an_old_999() {
    let mut ledger = called("to_call", None);
    ledger.now = at("2026-11-21T21:40:00Z");
    let decided = [
        ("route", Answer::Choices(vec!["gp".into()])),
        ("rationale", text("Rousable, no stroke signs")),
        ("why_999", text("Breathing normally")),
        ("person_view", text("Shook her head at hospital")),
        ("representative_told", yes_no(YesNo::Yes, "")),
    ];
    let entry = record(&mut ledger, "decision", &decided, None);
    rang_999(&mut ledger, "2026-11-21T21:50:00Z");
    let state = folded(&ledger);
    assert!(state.answered_late(entry, at("2026-11-21T21:40:00Z")).is_some());

    let visit = liaised(&mut ledger);
    ledger.now = at("2026-11-21T22:30:00Z");
    let refused =
        [("who", text("Dr ZZ")), ("why", text("no doctor free")), ("instead", text("WQ rings 111 by 22:40"))];
    record(&mut ledger, "refused", &refused, Some(visit));
    let again = |state: &CaseState| state.commitments.last().unwrap().clone();
    let state = folded(&ledger);
    assert_eq!((again(&state).step.as_deref(), again(&state).eased()), (Some("decision"), None));
    rang_999(&mut ledger, "2026-11-21T22:35:00Z");
    let rang = When::exact(at("2026-11-21T22:35:00Z"));
    assert_eq!(again(&folded(&ledger)).eased(), Some((Milestone::Emergency, rang)));
}

//! The urgent pathway as it is shipped, from the call to the review after closing.

use std::sync::Arc;

use super::*;
use crate::domain::answer::Named;
use crate::domain::entry::StepSaid;
use crate::pathway::check::{self, Context};
use crate::pathway::definition::Pathway;
use crate::pathway::edition::{Edition, Editions};

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
    let context = Context { case: case.as_ref(), now: ledger.now };
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

fn decided() -> (Ledger, EntryId) {
    let mut ledger = Ledger::new();
    let call = record(
        &mut ledger,
        "call",
        &[
            ("call_back", text("020 7946 0000")),
            ("caller", text("WQ, care worker")),
            ("about", named("Mrs T. QUILL")),
            ("awake", choose("no")),
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
    let again = row("Visit", by("2026-11-22T00:30:00Z"));
    let chased = record(
        &mut ledger,
        "chase",
        &[
            ("who", named("The Elms surgery")),
            ("person", text("Receptionist")),
            ("outcome", choose("spoke")),
            ("promise", Answer::Rows(vec![again])),
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
    assert_eq!(owed(&state), ["then.review", "promise.0"]);
    assert_eq!(state.facts.advice.as_deref(), Some("Visit by eleven, 999 if hard to rouse"));
    assert_eq!(state.facts.routes, ["gp", "family"]);
}

#[test]
fn after_closing_the_promise_and_the_review_stay_owed_and_can_be_done() {
    let (mut ledger, _) = decided();
    let visit = liaised(&mut ledger);
    let closing = [
        ("ended", choose("better")),
        ("outcome", text("Awake, had supper")),
        ("still_owed", text("The visit stands")),
    ];
    record(&mut ledger, "close", &closing, None);
    let state = folded(&ledger);
    assert!(state.closed);
    assert_eq!(owed(&state), ["then.review", "promises.0"]);

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
    assert!(owed(&state).is_empty());
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

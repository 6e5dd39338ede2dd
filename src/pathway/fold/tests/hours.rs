//! Due times counted in the opening hours of whoever promised, as they were put beside the entry.

use super::*;
use crate::domain::answer::Named;
use crate::domain::commitment::DueRule;
use crate::domain::entry::RegisterThen;
use crate::domain::ids::Hash32;
use crate::pathway::due::{Because, Length, Resolved, Rule, Unit, explained};
use crate::pathway::edition::{Edition, Editions};

const SURGERY: &str = "Mon-Fri 08:00-18:30; bank holidays closed";

fn elms() -> CaseId {
    CaseId(uuid::Uuid::from_u128(0xe1))
}

fn oaks() -> CaseId {
    CaseId(uuid::Uuid::from_u128(0x0a))
}

/// Promises without a time are chased after two hours in which the other side was open.
fn in_their_hours() -> Editions {
    let mut pathway = pathway();
    let two_hours = Length { count: 2, unit: Unit::Hours };
    for opens in pathway.steps.iter_mut().flat_map(|step| &mut step.fields).filter_map(|f| f.opens.as_mut()) {
        opens.chase = Rule::OpenTime { length: two_hours, hours: None };
    }
    let id = Hash32([7; 32]);
    let pathways = std::iter::once(std::sync::Arc::new(pathway)).collect();
    Editions::new(std::sync::Arc::new(Edition { id, pathways, ..(*edition()).clone() }))
}

fn hours_of(contact: CaseId, hours: &str) -> RegisterThen {
    RegisterThen { hours: [(contact, hours.to_owned())].into(), ..RegisterThen::default() }
}

fn contacted(id: Option<CaseId>, words: &str) -> Answers {
    let none = Answer::ByWhen(ByWhen::NoneGiven { why: "ringing back".into() });
    let mut said = liaise(vec![row("Visit", none)]);
    said.insert("contacted".into(), Answer::Named(Named { id, words: words.into() }));
    said
}

/// The promise of a contact, made at 21:20 on a Saturday.
fn promise(state: &CaseState) -> (&Commitment, Resolved) {
    let promise = state.commitments.iter().rev().find(|one| one.id.place.starts_with("promises.0")).unwrap();
    let DueRule::NoneGiven { chase, .. } = &promise.rule else { panic!("{:?}", promise.rule) };
    (promise, serde_json::from_value(chase.clone()).unwrap())
}

fn folded(ledger: &Ledger) -> CaseState {
    let (editions, zone) = (in_their_hours(), london());
    refold(&ledger.entries, Folding { editions: &editions, zone: &zone }).unwrap()
}

fn liaised(said: Answers, hours: RegisterThen) -> (Ledger, EntryId) {
    let mut ledger = Ledger::new();
    ledger.step("call", call("red"));
    ledger.step("decision", decision("gp"));
    let id = ledger.step("liaise", said);
    ledger.last().register = hours;
    (ledger, id)
}

#[test]
fn a_promise_is_chased_in_the_hours_of_whoever_promised() {
    let whose = || "The Elms".to_owned();
    for (id, hours, due, because) in [
        (Some(elms()), Some(SURGERY), "2026-11-23T10:00:00Z", Because::HoursOf { whose: whose() }),
        (Some(elms()), Some(""), "2026-11-21T23:20:00Z", Because::NoHours { whose: whose() }),
        (None, None, "2026-11-21T23:20:00Z", Because::NoHours { whose: whose() }),
    ] {
        let beside = hours.map_or_else(RegisterThen::default, |hours| hours_of(elms(), hours));
        let (ledger, _) = liaised(contacted(id, "The Elms"), beside);
        let state = folded(&ledger);
        let (promise, snapshot) = promise(&state);
        assert_eq!(explained(&promise.rule, london()), Some(snapshot.words(&london())));
        assert_eq!((promise.due, snapshot.because), (at(due), vec![because]));
        assert_eq!(snapshot.hours.as_deref(), hours.filter(|hours| !hours.is_empty()));
    }
}

#[test]
fn an_amendment_keeps_the_hours_of_then_and_brings_those_of_whoever_it_names_anew() {
    let then = || hours_of(elms(), SURGERY);
    let (mut ledger, id) = liaised(contacted(Some(elms()), "The Elms"), then());
    // The register has changed since; the due time has not.
    let mut said = contacted(Some(elms()), "The Elms");
    said.insert("advice".into(), text("Visit tomorrow"));
    ledger.amend(id, said);
    ledger.last().register = hours_of(elms(), "24 h");
    assert_eq!(promise(&folded(&ledger)).0.due, at("2026-11-23T10:00:00Z"));
    // It was another surgery.
    ledger.amend(id, contacted(Some(oaks()), "The Oaks"));
    ledger.last().register = hours_of(oaks(), "24 h");
    let state = folded(&ledger);
    let (promise, snapshot) = promise(&state);
    assert_eq!(promise.due, at("2026-11-21T23:20:00Z"));
    assert_eq!(snapshot.because, [Because::HoursOf { whose: "The Oaks".to_owned() }]);
}

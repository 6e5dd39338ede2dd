//! The fold, held to stories of one case and to its promises over any sequence of entries.

use std::sync::Arc;

use chrono::TimeDelta;

use super::*;
use crate::domain::answer::{Answer, Answers, ByWhen, Evidence, Precision, When, YesNo};
use crate::domain::case::{Level, Milestone};
use crate::domain::clocks::Lateness;
use crate::domain::commitment::{Commitment, DueRule, Party, Progress};
use crate::domain::entry::Stub;
use crate::domain::ids::{CaseId, CommitmentId, EntryId, Hash32};
use crate::pathway::edition::Edition;
use crate::pathway::fixtures::*;

mod hours;
mod own;
mod properties;
mod series;
mod urgent;

fn state(ledger: &Ledger) -> CaseState {
    let (editions, zone) = (editions(), london());
    refold(&ledger.entries, Folding { editions: &editions, zone: &zone }).unwrap()
}

/// The editions, and one in force that no longer has the pathway.
fn without_definitions() -> Editions {
    let mut editions = editions();
    let none = Edition { id: Hash32([8; 32]), pathways: Default::default(), ..edition().as_ref().clone() };
    editions.adopt(Arc::new(none));
    editions
}

fn place<'a>(state: &'a CaseState, place: &str) -> &'a Commitment {
    state.commitments.iter().find(|one| one.id.place == place).unwrap_or_else(|| panic!("nothing at {place}"))
}

fn owed(state: &CaseState) -> Vec<&str> {
    state.commitments.iter().filter(|one| one.progress.is_open()).map(|one| one.id.place.as_str()).collect()
}

fn promised() -> (Ledger, EntryId) {
    let mut ledger = Ledger::new();
    ledger.step("call", call("red"));
    ledger.step("decision", decision("gp"));
    let said = liaise(vec![
        row("Visit", by("2026-11-21T23:00:00Z")),
        row("Send the letter", Answer::ByWhen(ByWhen::NoneGiven { why: "surgery shut".into() })),
    ]);
    let id = ledger.step("liaise", said);
    (ledger, id)
}

#[test]
fn a_call_owes_a_decision_by_its_risk_and_a_review() {
    let mut ledger = Ledger::new();
    let id = ledger.step("call", call("red"));
    let state = state(&ledger);
    let decision = place(&state, "then.decision");
    assert_eq!(decision.id, CommitmentId { entry: id, place: "then.decision".into() });
    assert_eq!(decision.due, at("2026-11-21T21:05:00Z"));
    assert_eq!(decision.owner, Party::Role("decision_holder".into()));
    assert_eq!(place(&state, "then.review").due, at("2026-11-22T21:00:00Z"));
    assert_eq!(state.facts.risk.as_deref(), Some("red"));
    assert_eq!(state.facts.headline.as_deref(), Some("Hard to rouse since tea"));
    assert_eq!(
        state.facts.milestones.keys().copied().collect::<Vec<_>>(),
        [Milestone::Observed, Milestone::Called]
    );
}

#[test]
fn an_emergency_leaves_the_decision_owed() {
    let mut ledger = Ledger::new();
    ledger.step("call", call("red"));
    ledger.step("emergency", Answers::new());
    let state = state(&ledger);
    assert!(owed(&state).contains(&"then.decision"));
    assert!(state.facts.milestones.contains_key(&Milestone::Emergency));
}

#[test]
fn deciding_settles_the_decision_and_is_not_owed_a_second_review() {
    let mut ledger = Ledger::new();
    ledger.step("call", call("amber"));
    let decided = ledger.step("decision", decision("gp"));
    let state = state(&ledger);
    let settled = place(&state, "then.decision");
    assert_eq!((settled.progress, settled.settled_by), (Progress::Confirmed, Some(decided)));
    assert_eq!(owed(&state), ["then.review", "then.liaise", "then.weekly"]);
    assert_eq!(state.state, "decided");
}

#[test]
fn promises_are_clocks_of_their_own() {
    let (ledger, liaised) = promised();
    let state = state(&ledger);
    let visit = place(&state, "promises.0");
    assert_eq!(visit.id.entry, liaised);
    assert_eq!((visit.what.as_str(), visit.due), ("Visit", at("2026-11-21T23:00:00Z")));
    assert_eq!(visit.warn_from, Some(at("2026-11-21T22:30:00Z")));
    assert!(matches!(&visit.obligor, Party::Outside(named) if named.words == "Dr ZZ, The Elms"));
    let letter = place(&state, "promises.1");
    // Chased four hours after the contact at 21:20.
    assert_eq!(letter.due, at("2026-11-22T01:20:00Z"));
    assert!(matches!(&letter.rule, DueRule::NoneGiven { why, .. } if why == "surgery shut"));
    assert_eq!(state.facts.advised_by.as_ref().map(|named| named.words.as_str()), Some("Dr ZZ, The Elms"));
}

#[test]
fn a_chase_stands_in_place_of_the_promise_and_counts() {
    let (mut ledger, liaised) = promised();
    let on = CommitmentId { entry: liaised, place: "promises.0".into() };
    let answers = Answers::from([("by".into(), by("2026-11-22T09:00:00Z"))]);
    let first = ledger.step_on("chase", answers, Some(on.clone()));
    let new = CommitmentId { entry: first, place: "on".into() };
    let second = ledger.step_on("chase", Answers::new(), Some(new.clone()));
    let state = state(&ledger);

    let old = place(&state, "promises.0");
    assert_eq!((old.progress, old.settled_by), (Progress::Superseded, Some(first)));
    assert_eq!(old.superseded_by, Some(new));
    let last = state.commitments.iter().find(|one| one.id.entry == second).unwrap();
    assert_eq!((last.chased, last.due), (2, at("2026-11-22T09:00:00Z")));
    assert_eq!(last.what, "Visit");
    assert_eq!(last.opened_in.as_deref(), Some("liaise.promises"));
}

#[test]
fn an_amended_chase_moves_the_new_promise_once() {
    let (mut ledger, liaised) = promised();
    let on = CommitmentId { entry: liaised, place: "promises.0".into() };
    let chased =
        ledger.step_on("chase", Answers::from([("by".into(), by("2026-11-22T09:00:00Z"))]), Some(on));
    let amended = ledger.amend(chased, Answers::from([("by".into(), by("2026-11-22T10:00:00Z"))]));
    let state = state(&ledger);
    let visits: Vec<_> = state.commitments.iter().filter(|one| one.what == "Visit").collect();
    let chain: Vec<_> = visits.iter().map(|one| (one.id.entry, one.chased, one.progress.is_open())).collect();
    assert_eq!(chain, [(liaised, 0, false), (chased, 1, false), (amended, 1, true)]);
    assert_eq!(visits[2].due, at("2026-11-22T10:00:00Z"));
}

#[test]
fn two_chases_at_once_leave_one_chain() {
    let (mut ledger, liaised) = promised();
    let on = CommitmentId { entry: liaised, place: "promises.0".into() };
    let first = ledger.step_on("chase", Answers::new(), Some(on.clone()));
    ledger.step_on("chase", Answers::new(), Some(on));
    let state = state(&ledger);
    let open: Vec<_> =
        state.commitments.iter().filter(|one| one.what == "Visit" && one.progress.is_open()).collect();
    assert_eq!(open.iter().map(|one| one.id.entry).collect::<Vec<_>>(), [first]);
}

#[test]
fn a_promise_is_done_when_somebody_confirms_it() {
    let (mut ledger, liaised) = promised();
    let on = CommitmentId { entry: liaised, place: "promises.0".into() };
    let seen = Evidence { reference: "visit note 12".into(), seen_by: "WQ".into(), seen_at: None };
    let confirmed =
        ledger.step_on("confirm", Answers::from([("seen".into(), Answer::Evidence(seen))]), Some(on));
    let state = state(&ledger);
    let visit = place(&state, "promises.0");
    assert_eq!((visit.progress, visit.settled_by), (Progress::Confirmed, Some(confirmed)));
}

#[test]
fn an_incomplete_call_is_owed_until_an_amendment_leaves_nothing_missing() {
    let mut ledger = Ledger::new();
    let id = ledger.step("call", Answers::from([("caller".into(), text("WQ"))]));
    let before = state(&ledger);
    assert_eq!(before.entries[0].missing, ["changed", "risk"]);
    assert_eq!(place(&before, "incomplete").due, at("2026-11-21T22:00:00Z"));
    // No risk yet: the decision is owed within the hour.
    assert_eq!(place(&before, "then.decision").due, at("2026-11-21T22:00:00Z"));

    let amended = ledger.amend(id, call("red"));
    let after = state(&ledger);
    assert!(after.entries[0].missing.is_empty());
    assert_eq!(after.entries[0].amended_by, Some(amended));
    let completion = place(&after, "incomplete");
    assert_eq!((completion.progress, completion.settled_by), (Progress::Confirmed, Some(amended)));
    let decision = after.commitments.iter().find(|one| one.id.entry == amended).unwrap();
    assert_eq!(decision.due, at("2026-11-21T21:05:00Z"));
    assert_eq!(decision.supersedes, Some(CommitmentId { entry: id, place: "then.decision".into() }));
}

#[test]
fn an_amended_time_of_the_call_moves_the_review_and_both_stay_to_be_seen() {
    let mut ledger = Ledger::new();
    let id = ledger.step("call", call("green"));
    ledger.step("decision", decision("none"));
    let earlier = When::exact(at("2026-11-21T20:00:00Z"));
    let reason = "read from the telephone".to_owned();
    let amended =
        ledger.act(Act::Amend { entry: id, answers: call("green"), occurred: Some(earlier), reason });
    let state = state(&ledger);
    let review: Vec<_> =
        state.commitments.iter().filter(|one| one.step.as_deref() == Some("review")).collect();
    assert_eq!(review.len(), 2);
    assert_eq!((review[0].progress, review[0].settled_by), (Progress::Superseded, Some(amended)));
    assert_eq!(review[1].due, at("2026-11-22T20:00:00Z"));
    assert_eq!(state.facts.milestones[&Milestone::Called], earlier);
    // What was settled stays as it was settled.
    assert_eq!(place(&state, "then.decision").progress, Progress::Confirmed);
}

#[test]
fn rows_taken_out_and_put_in_by_an_amendment() {
    let (mut ledger, liaised) = promised();
    let amended = ledger.amend(liaised, liaise(vec![row("Visit", by("2026-11-21T22:00:00Z"))]));
    let state = state(&ledger);
    assert_eq!(place(&state, "promises.1").progress, Progress::Cancelled);
    assert_eq!(place(&state, "promises.1").settled_by, Some(amended));
    let visit = state.commitments.iter().find(|one| one.id.entry == amended).unwrap();
    assert_eq!((visit.due, visit.id.place.as_str()), (at("2026-11-21T22:00:00Z"), "promises.0"));
}

#[test]
fn an_amended_promise_that_was_chased_stays_with_its_chase() {
    let (mut ledger, liaised) = promised();
    let on = CommitmentId { entry: liaised, place: "promises.0".into() };
    ledger.step_on("chase", Answers::from([("by".into(), by("2026-11-22T09:00:00Z"))]), Some(on));
    ledger.amend(liaised, liaise(vec![row("Visit", by("2026-11-21T22:00:00Z"))]));
    let state = state(&ledger);
    let open: Vec<_> =
        state.commitments.iter().filter(|one| one.what == "Visit" && one.progress.is_open()).collect();
    assert_eq!(open.len(), 1);
    assert_eq!(open[0].due, at("2026-11-22T09:00:00Z"));
}

#[test]
fn controls_are_in_force_while_their_review_is_owed() {
    let mut ledger = Ledger::new();
    ledger.step("call", call("red"));
    ledger.step("decision", decision("gp"));
    let mut said = liaise(Vec::new());
    said.insert("controls".into(), Answer::Rows(vec![row("two carers", by("2026-11-24T21:00:00Z"))]));
    ledger.step("liaise", said);
    let state = state(&ledger);
    assert_eq!(state.facts.controls, ["two carers"]);
    let control = place(&state, "controls.0");
    assert_eq!(control.control, YesNo::Yes);
    // Ours to review, not the surgery's.
    assert_eq!(control.obligor, Party::Role("duty_coordinator".into()));
}

#[test]
fn an_amendment_that_closes_settles_by_the_definitions_of_the_time_whatever_is_adopted_later() {
    let (mut ledger, _) = promised();
    let outcome = |word: &str| Answers::from([("outcome".into(), Answer::Choice(word.into()))]);
    let kept = ledger.step("close", outcome("keep"));
    let amended = ledger.amend(kept, outcome("close"));
    let (later, zone) = (without_definitions(), london());
    let again = refold(&ledger.entries, Folding { editions: &later, zone: &zone }).unwrap();
    assert_eq!(again, state(&ledger));
    assert!(again.closed);
    assert_eq!(place(&again, "then.weekly").settled_by, Some(amended));
}

#[test]
fn closing_ends_what_a_closed_case_cannot_take_and_nothing_else() {
    let (mut ledger, _) = promised();
    let closed = ledger.step("close", Answers::from([("outcome".into(), Answer::Choice("close".into()))]));
    let state = state(&ledger);
    assert!(state.closed);
    assert_eq!(state.state, "closed");
    assert_eq!(state.facts.how_closed.as_deref(), Some("CLOSE"));
    assert_eq!(place(&state, "then.weekly").settled_by, Some(closed));
    assert_eq!(owed(&state), ["then.review", "promises.0", "promises.1"]);
}

#[test]
fn kept_open_stays_open() {
    let mut ledger = Ledger::new();
    ledger.step("call", call("red"));
    ledger.step("close", Answers::from([("outcome".into(), Answer::Choice("keep".into()))]));
    let state = state(&ledger);
    assert!(!state.closed);
    assert_eq!(state.state, "open");
    assert!(!state.facts.milestones.contains_key(&Milestone::Closed));
}

#[test]
fn a_series_has_one_occurrence_open_due_from_its_anchor() {
    let mut ledger = Ledger::new();
    ledger.step("call", call("red"));
    let decided = ledger.step("decision", decision("none"));
    ledger.now += TimeDelta::days(9);
    ledger.step("weekly", Answers::new());
    ledger.step("weekly", Answers::new());
    let state = state(&ledger);
    let weekly: Vec<_> =
        state.commitments.iter().filter(|one| one.step.as_deref() == Some("weekly")).collect();
    let ids: Vec<_> = weekly.iter().map(|one| (one.id.entry, one.id.place.as_str(), one.due)).collect();
    assert_eq!(
        ids,
        [
            (decided, "then.weekly", at("2026-11-28T21:10:00Z")),
            (decided, "then.weekly.series.2", at("2026-12-05T21:10:00Z")),
            (decided, "then.weekly.series.3", at("2026-12-12T21:10:00Z")),
        ]
    );
    assert_eq!(weekly.iter().filter(|one| one.progress.is_open()).count(), 1);
}

#[test]
fn typed_for_another_waits_for_them() {
    let staff = |n| Some(CaseId(uuid::Uuid::from_u128(n)));
    let mut ledger = Ledger::new();
    ledger.step("call", call("red"));
    let decided = ledger.step("decision", decision("gp"));
    (ledger.last().who.by, ledger.last().who.typed_by) = (staff(1), staff(2));
    assert_eq!(state(&ledger).entries[1].to_confirm, staff(1));

    let note = String::new();
    let disputed =
        ledger.act(Act::ConfirmTyped { entry: decided, agrees: YesNo::No, note: "not 111, the GP".into() });
    let mark = &state(&ledger).entries[1];
    assert_eq!((mark.to_confirm, mark.disputed_by), (staff(1), Some(disputed)));
    ledger.act(Act::ConfirmTyped { entry: decided, agrees: YesNo::Yes, note });
    let mark = &state(&ledger).entries[1];
    assert_eq!((mark.to_confirm, mark.disputed_by), (None, None));
}

#[test]
fn a_late_entry_about_the_afternoon_does_not_overrule_the_evening() {
    let mut ledger = Ledger::new();
    ledger.step("call", call("green"));
    ledger.step("decision", decision("gp"));
    ledger.step("liaise", liaise(Vec::new()));
    let mut late = liaise(Vec::new());
    late.insert("advice".into(), text("Wait and see"));
    ledger.step("liaise", late);
    ledger.last().occurred = When::exact(at("2026-11-21T19:00:00Z"));
    let state = state(&ledger);
    assert_eq!(state.facts.advice.as_deref(), Some("Visit this evening"));
    assert_eq!(state.facts.milestones[&Milestone::Advised].at, at("2026-11-21T19:00:00Z"));
}

#[test]
fn whoever_was_asked_for_advice_and_gave_none_was_rung_and_has_not_advised() {
    let advised = |words: &str| {
        let mut ledger = Ledger::new();
        ledger.step("call", call("green"));
        ledger.step("decision", decision("gp"));
        let mut rung = liaise(Vec::new());
        rung.insert("advice".into(), text(words));
        ledger.step("liaise", rung);
        let milestones = state(&ledger).facts.milestones;
        assert!(milestones.contains_key(&Milestone::Contacted));
        milestones.contains_key(&Milestone::Advised)
    };
    assert!(!advised("None."));
    assert!(advised("None before the blood test"));
}

#[test]
fn a_day_alone_is_due_when_that_day_ends() {
    let (mut ledger, liaised) = promised();
    let day = When { at: at("2026-11-23T00:00:00Z"), precision: Precision::Day };
    ledger.amend(liaised, liaise(vec![row("Visit", Answer::ByWhen(ByWhen::At(day)))]));
    let state = state(&ledger);
    assert_eq!(state.commitments.last().unwrap().due, at("2026-11-23T23:59:59Z"));
}

#[test]
fn a_case_whose_first_words_were_disposed_of_still_stands() {
    let mut ledger = Ledger::new();
    ledger.step("call", call("red"));
    ledger.last().said = Said::Stub(Stub::Disposed { kind: "urgent.call".to_owned(), edition: None });
    ledger.step("decision", decision("gp"));
    let state = state(&ledger);
    assert_eq!((state.pathway.as_str(), state.entries[0].kind.as_str()), ("urgent", "disposed"));
}

#[test]
fn cases_are_linked_unlinked_and_moved() {
    let (case, other) = (CaseId(uuid::Uuid::from_u128(0x1001)), CaseId(uuid::Uuid::from_u128(9)));
    let mut ledger = Ledger::new();
    ledger.step("call", call("red"));
    let reason = String::from("one call");
    ledger.act(Act::Link { a: other, b: case, reason: reason.clone(), duplicate: YesNo::No });
    assert_eq!(state(&ledger).links, [other]);
    ledger.act(Act::Unlink { a: case, b: other, reason: reason.clone() });
    assert!(state(&ledger).links.is_empty());
    ledger.act(Act::Reattribute { case, from: case, to: other, reason });
    assert_eq!(state(&ledger).subject, Some(other));
}

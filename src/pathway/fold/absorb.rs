//! What an entry adds to a case beside what it opens and settles: its mark, the answers, the facts, the state.

use std::collections::BTreeMap;

use super::heard::Heard;
use super::{contacts, facts, settle, share};
use crate::domain::act::Act;
use crate::domain::answer::{Answer, Check, Precision, When, YesNo};
use crate::domain::case::{CaseState, Contacted, DISPOSED, EntryMark, Facts, Milestone};
use crate::domain::entry::{Entry, Method, PlaceThen, Said, Stub};
use crate::domain::ids::CaseId;
use crate::domain::owning::Holding;
use crate::pathway::check::{self, Context};
use crate::pathway::definition::{Choice, Kind, Means};
use crate::pathway::predicate;

/// Longer texts than this are not kept with the case's answers.
const LONGEST_KEPT: usize = 200;

/// The state after the entry; `heard` is the step it records, as it counts now.
pub(super) fn absorb(state: Option<CaseState>, entry: &Entry, heard: Option<&Heard<'_>>) -> CaseState {
    let missing = heard.map(|heard| missing(heard, state.as_ref())).unwrap_or_default();
    let mut state = state.unwrap_or_else(|| opened(entry));
    let was_empty = state.is_disposed_of();
    state.version = entry.seq;
    state.entries.push(mark(entry, heard, missing));
    match &entry.said {
        Said::Step(said) => {
            // The entry that opened the case may have been disposed of: the next one tells what it follows.
            if state.pathway.is_empty() {
                state.pathway.clone_from(&said.pathway);
            }
        }
        // What waits for a second person does nothing yet.
        Said::Act(_) if entry.leave.waits.is_some() => {}
        Said::Act(act) => act_on(&mut state, entry, act),
        // A move to the right record has lost its words: the headers after it still name whom the case was about then.
        Said::Stub(Stub::Disposed { kind, .. }) => {
            state.subject = entry.subject.or(state.subject);
            if kind == Act::COUNTERSIGN {
                refused(&mut state, entry);
            }
        }
        Said::Stub(_) => {}
    }
    if let Some(heard) = heard {
        // Only a case of which nothing is left is at its end by having been disposed of.
        state.closed = state.closed && !was_empty;
        take_in(&mut state, heard);
    }
    state
}

/// A second person's word has lost its body. By which a disposal was agreed to never does, and none goes while another waits: so
/// a disposal that waits was refused by it.
fn refused(state: &mut CaseState, word: &Entry) {
    let waiting = state.entries.iter_mut().filter(|mark| mark.kind == Act::DISPOSE && mark.awaits_second());
    waiting.for_each(|mark| mark.second = Some((word.id, YesNo::No)));
}

/// What a step says, once it counts.
pub(super) fn take_in(state: &mut CaseState, heard: &Heard<'_>) {
    if state.state.is_empty() {
        state.state = heard.pathway.states.first().map(|state| state.id.clone()).unwrap_or_default();
    }
    state.subject = state.subject.or(heard.entry.subject);
    for asked in &heard.step.asks_anew {
        state.answers.remove(asked);
    }
    for id in heard.cleared() {
        state.answers.remove(&format!("{}.{id}", heard.step.id));
    }
    for (id, answer) in heard.answers.iter() {
        let key = format!("{}.{id}", heard.step.id);
        let answer = match (heard.step.field(id).map(|field| &field.kind), answer) {
            (Some(Kind::Checklist { gathers: true, items, .. }), Answer::Checklist(lines)) => {
                gathered(items, state.answers.get(&key), lines)
            }
            _ => kept(answer),
        };
        state.answers.insert(key, answer);
    }
    for kind in heard.spoken_with() {
        state.spoken_with.insert(kind.clone(), heard.entry.seq);
    }
    facts::learn(state, heard);
    share::learn(state, heard);
    contacts::learn(state, heard);
    let closing = move_state(state, heard);
    reach(state, heard, closing);
    call_off(state, heard);
}

/// A step that is called off and waits for a second person waits no more: what it was about begins again, or is over.
fn call_off(state: &mut CaseState, heard: &Heard<'_>) {
    let [_, called_off] = settle::ends(heard, state);
    for mark in &mut state.entries {
        let waits = mark.edition.is_some() && mark.awaits_second() && !mark.counts();
        if waits && mark.seq < heard.entry.seq && called_off.contains(&mark.kind) {
            mark.second = Some((heard.entry.id, YesNo::No));
        }
    }
}

/// The pathway of a step of this kind; none of an act.
fn pathway_of(kind: &str) -> String {
    match kind.split_once('.') {
        Some((pathway, _)) if pathway != "act" => pathway.to_owned(),
        _ => String::new(),
    }
}

fn opened(entry: &Entry) -> CaseState {
    let pathway = match &entry.said {
        Said::Step(said) => said.pathway.clone(),
        // What kind of case it was the header still says: its reference, and every one after it, stays what it was.
        Said::Stub(Stub::Disposed { kind, .. }) => pathway_of(kind),
        Said::Act(_) | Said::Stub(_) => String::new(),
    };
    CaseState {
        id: entry.case.unwrap_or(entry.id.into()),
        pathway,
        subject: entry.subject,
        location: None,
        state: String::new(),
        closed: matches!(entry.said, Said::Stub(Stub::Disposed { .. })),
        opened_at: entry.recorded_at,
        version: entry.seq,
        facts: Facts::default(),
        answers: Default::default(),
        entries: Vec::new(),
        commitments: Vec::new(),
        links: Vec::new(),
        holds: Vec::new(),
        spoken_with: Default::default(),
        shares: Vec::new(),
        contacts: Vec::new(),
        told: BTreeMap::new(),
        duplicates: Vec::new(),
        owner: None,
        holding: Holding::default(),
    }
}

pub(super) fn missing(heard: &Heard<'_>, case: Option<&CaseState>) -> Vec<String> {
    check::missing(
        heard.step,
        &heard.answers,
        Context {
            case,
            record: Some(&heard.register.record),
            cautions: &heard.register.cautions,
            kinds: Some(&heard.register.kinds),
            states: &[],
            on: heard.said.on.as_ref(),
            now: heard.entry.recorded_at,
        },
    )
}

fn mark(entry: &Entry, heard: Option<&Heard<'_>>, missing: Vec<String>) -> EntryMark {
    let (kind, edition) = match &entry.said {
        Said::Step(said) => (said.step.clone(), Some(said.edition)),
        Said::Act(act) => (act.kind().to_owned(), None),
        Said::Stub(Stub::Disposed { edition, .. }) => (DISPOSED.to_owned(), *edition),
        Said::Stub(Stub::Restricted) => ("restricted".to_owned(), None),
        Said::Stub(Stub::Unknown { kind }) => (kind.clone(), None),
    };
    EntryMark {
        id: entry.id,
        seq: entry.seq,
        kind,
        edition,
        occurred: heard.map_or(entry.occurred, |heard| heard.occurred),
        recorded_at: entry.recorded_at,
        amended_by: None,
        missing,
        unsighted: YesNo::No,
        to_confirm: heard.and_then(to_confirm),
        disputed_by: None,
        waits: entry.leave.waits.clone(),
        second: None,
        reached: Default::default(),
        unsigned: heard.is_some_and(|heard| !heard.pathway.register) && is_nobodys(entry),
        signed_by: None,
        contact: heard.and_then(contact),
    }
}

/// With whom outside a step was a contact, and how it ended.
pub(super) fn contact(heard: &Heard<'_>) -> Option<Contacted> {
    let Some((_, Answer::Named(with))) = heard.meant(Means::Contacted).next() else { return None };
    let outcome = match heard.meant(Means::ContactOutcome).next() {
        Some((_, Answer::Choice(outcome))) => Some(outcome.clone()),
        _ => None,
    };
    Some(Contacted { with: with.clone(), outcome })
}

/// Whether nobody had said who they were when it was typed.
fn is_nobodys(entry: &Entry) -> bool {
    let who = entry.who;
    who.by.is_none() && who.typed_by.is_none() && who.method != Method::System
}

/// Whose word a step waits for that was typed for them.
pub(super) fn to_confirm(heard: &Heard<'_>) -> Option<CaseId> {
    let who = heard.entry.who;
    let for_another = who.typed_by.is_some() && who.by != who.typed_by;
    who.by.filter(|_| !heard.step.typed_for.is_empty() && for_another)
}

/// What an act does to its case.
pub(super) fn act_on(state: &mut CaseState, entry: &Entry, act: &Act) {
    match act {
        Act::Amend { entry: amended, .. } => {
            if let Some(mark) = state.entries.iter_mut().find(|mark| mark.id == *amended) {
                mark.amended_by = Some(entry.id);
            }
            // Who the call is about was left blank, and is filled in.
            state.subject = state.subject.or(entry.subject);
            state.location = state.location.or(entry.register.place.and_then(PlaceThen::at));
        }
        Act::Reattribute { to, .. } => {
            state.subject = Some(*to);
            state.location = entry.register.place.map_or(state.location, PlaceThen::at);
        }
        Act::Link { a, b, duplicate, .. } => {
            let other = if state.id == *a { *b } else { *a };
            if other != state.id && !state.links.contains(&other) {
                state.links.push(other);
            }
            if other != state.id && *duplicate == YesNo::Yes && !state.duplicates.contains(&other) {
                state.duplicates.push(other);
            }
        }
        Act::Unlink { a, b, .. } => {
            let id = state.id;
            let apart = |linked: &CaseId| id == *a && *linked == *b || id == *b && *linked == *a;
            state.links.retain(|linked| !apart(linked));
            state.duplicates.retain(|linked| !apart(linked));
        }
        Act::ConfirmTyped { entry: typed, agrees, .. } => {
            let Some(mark) = state.entries.iter_mut().find(|mark| mark.id == *typed) else { return };
            match agrees {
                YesNo::Yes => (mark.to_confirm, mark.disputed_by) = (None, None),
                // It waits on: what differs is put right by an amendment, and then confirmed.
                YesNo::No => mark.disputed_by = Some(entry.id),
            }
        }
        Act::Countersign { entry: waiting, agrees, .. } => {
            let mark = state.entries.iter_mut().find(|mark| mark.id == *waiting);
            if let Some(mark) = mark.filter(|mark| mark.awaits_second()) {
                mark.second = Some((entry.id, *agrees));
            }
        }
        Act::Hold { .. } => state.holds.push(entry.id),
        Act::LiftHold { hold, .. } => state.holds.retain(|held| held != hold),
        Act::Dispose { .. }
        | Act::Withhold { .. }
        | Act::GiveCopy { .. }
        | Act::Disclose { .. }
        | Act::Found { .. }
        | Act::Adopt { .. }
        | Act::HoldDuty { .. }
        | Act::TakeDraft { .. }
        | Act::Merge { .. }
        | Act::Unmerge { .. }
        | Act::EnrolKey { .. }
        | Act::RevokeKey { .. }
        | Act::SignIn { .. }
        | Act::SetSecret { .. }
        | Act::Unlock { .. }
        | Act::LookBeyond { .. }
        | Act::BeyondSeen { .. }
        | Act::HandOver(_)
        | Act::HandoverAnswer { .. }
        | Act::HandoverReadBack { .. }
        | Act::HandoverLeft { .. }
        | Act::HandoverEnd { .. }
        | Act::Looks { .. }
        | Act::RaiseSign { .. }
        | Act::AnswerSign { .. }
        // What becomes of what is owed is left to `settle`, whose it is to `own`.
        | Act::Acknowledge { .. }
        | Act::Cancel { .. }
        | Act::PassOn { .. }
        | Act::Take { .. }
        | Act::Offer { .. }
        | Act::AnswerOffer { .. }
        | Act::WithdrawOffer { .. }
        | Act::LeaveTo { .. } => {}
        Act::Sign { entry: signed } => {
            if let Some(mark) = state.entries.iter_mut().find(|mark| mark.id == *signed && mark.unsigned) {
                (mark.unsigned, mark.signed_by) = (false, entry.who.by);
            }
        }
    }
}

/// Moves the case to the state that the step leads to; whether the step closed it.
fn move_state(state: &mut CaseState, heard: &Heard<'_>) -> bool {
    let closes = heard.step.closes.as_ref().map(|when| predicate::applies(when, &heard.facts(Some(state))));
    let find = |id: &String| heard.pathway.states.iter().find(|state| state.id == *id);
    let to = heard.step.to.as_ref().and_then(find);
    let was_closed = state.closed;
    match (closes, to) {
        // "Close or keep open": kept open.
        (Some(false), Some(to)) if to.closed => {}
        (Some(true), to) => {
            let closed =
                to.filter(|to| to.closed).or_else(|| heard.pathway.states.iter().find(|to| to.closed));
            state.closed = true;
            state.state = closed.map_or_else(|| state.state.clone(), |to| to.id.clone());
        }
        (_, Some(to)) => {
            state.closed = to.closed;
            state.state.clone_from(&to.id);
        }
        (_, None) => {}
    }
    if was_closed && !state.closed {
        state.facts.how_closed = None;
        state.facts.milestones.remove(&Milestone::Closed);
    }
    state.closed && !was_closed
}

fn reach(state: &mut CaseState, heard: &Heard<'_>, closing: bool) {
    let facts = heard.facts(Some(state));
    let mut reached: Vec<Milestone> = heard
        .step
        .milestones
        .iter()
        .filter(|(_, when)| predicate::applies(when, &facts))
        .map(|(milestone, _)| *milestone)
        .collect();
    // A step that may close speaks of the milestone; only a case that did close has reached it.
    reached.retain(|milestone| *milestone != Milestone::Closed);
    if closing {
        reached.push(Milestone::Closed);
        let how = heard.meant(Means::Closure).next();
        state.facts.how_closed = how.map(|(field, answer)| facts::plain(field, answer));
    }
    if advised_nothing(heard) {
        reached.retain(|milestone| *milestone != Milestone::Advised);
    }
    if reached.contains(&Milestone::Decided) {
        state.facts.decided_by.extend(heard.entry.who.by);
    }
    for milestone in reached {
        let at = reached_at(heard, milestone);
        let first = state.facts.milestones.entry(milestone).or_insert(at);
        // Of two at one moment the one stands whose time is known better.
        if (at.at, at.precision) < (first.at, first.precision) {
            *first = at;
        }
        if let Some(mark) = state.entries.iter_mut().rev().find(|mark| mark.id == heard.entry.id) {
            mark.reached.insert(milestone, at);
        }
    }
}

/// When a step reached a milestone: some have a time of their own, apart from when the step was recorded or happened. Where a
/// step asks when 999 was called, its own time is that of nobody who was called out: what was left blank, or is not asked of
/// the police, is not known, and was by then at the latest.
fn reached_at(heard: &Heard<'_>, milestone: Milestone) -> When {
    let said = |means| match heard.meant(means).next() {
        Some((_, Answer::Time(said))) => Some(*said),
        _ => None,
    };
    let own = match milestone {
        Milestone::Observed => said(Means::ObservedAt),
        Milestone::Emergency => said(Means::EmergencyAt),
        _ => None,
    };
    let asks_when_called = || heard.step.meaning(Means::EmergencyAt).is_some();
    own.unwrap_or_else(|| {
        if Milestone::CALLED_OUT.contains(&milestone) && asks_when_called() {
            When { precision: Precision::Unknown, ..heard.occurred }
        } else {
            heard.occurred
        }
    })
}

/// Asked what was advised, "none" is an answer: whoever gives it has asked, and nobody has advised anything.
fn advised_nothing(heard: &Heard<'_>) -> bool {
    let mut advice = heard.meant(Means::Advice).peekable();
    let nothing = |answer: &Answer| match answer {
        Answer::Text(text) => heard.edition.vague.says_nothing(text),
        _ => false,
    };
    advice.peek().is_some() && advice.all(|(_, answer)| nothing(answer))
}

/// The lines of a checklist that is answered bit by bit: the latest answer to each, in the order of the definition.
fn gathered(items: &[Choice], before: Option<&Answer>, now: &[Check]) -> Answer {
    let before = match before {
        Some(Answer::Checklist(lines)) => lines.as_slice(),
        _ => &[],
    };
    let latest = |item: &Choice| now.iter().chain(before).find(|line| line.item == item.id).cloned();
    Answer::Checklist(items.iter().filter_map(latest).collect())
}

/// The answer as the case keeps it: a long text stands as an empty one.
fn kept(answer: &Answer) -> Answer {
    match answer {
        Answer::Text(text) if text.chars().count() > LONGEST_KEPT => Answer::Text(String::new()),
        Answer::Rows(rows) => Answer::Rows(
            rows.iter()
                .map(|row| row.iter().map(|(id, answer)| (id.clone(), kept(answer))).collect())
                .collect(),
        ),
        other => other.clone(),
    }
}

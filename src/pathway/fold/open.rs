//! What a step opens: what is owed next, what stands in place of a chased promise, what is still to be completed.
//! What rows and fields promise is left to [`super::promise`].

use super::clock::{self, Clock};
use super::heard::{Heard, meant_in};
use super::{facts, promise, settle};
use crate::domain::answer::{Answer, YesNo};
use crate::domain::case::CaseState;
use crate::domain::commitment::{Commitment, DueRule, Easing, Meets, Party, Same};
use crate::domain::ids::CommitmentId;
use crate::pathway::definition::{Does, Means, Opens, Owing, Then};
use crate::pathway::predicate;

/// What the step opens in its case, were nothing of it open yet. `state` holds the facts with this step, and what
/// was owed without it.
pub(super) fn opens(heard: &Heard<'_>, state: &CaseState) -> Vec<Commitment> {
    let mut opened = Vec::new();
    for field in &heard.step.fields {
        if let Some(opens) = &field.opens {
            promise::promises(heard, state, field, opens, &mut opened);
        }
    }
    go_on(heard, state, &mut opened);
    if heard.step.does == Some(Does::Supersede)
        && let Some(old) = heard.said.on.as_ref().and_then(|on| find(state, on))
        && old.progress.is_open()
    {
        stand_in(heard, state, old, &mut opened);
    }
    let facts = heard.facts(Some(state));
    for then in &heard.step.then {
        let on_record = then.on_record(heard.pathway).filter(|_| state.subject.is_some());
        if then.pathway.is_some() && on_record.is_none() {
            continue;
        }
        if predicate::applies(&then.when, &facts) {
            let place = free(&opened, &then_place(then));
            let step = on_record.unwrap_or_else(|| then.step.clone());
            opened.push(Commitment { step: Some(step), ..owed(heard, state, then, place) });
        }
    }
    let is_missing = state.entries.iter().any(|mark| mark.id == heard.entry.id && !mark.missing.is_empty());
    if let Some(then) = heard.step.incomplete.as_ref().filter(|_| is_missing) {
        // Completing is an amendment, not a step, so no step settles it.
        opened.push(owed(heard, state, then, Commitment::INCOMPLETE.to_owned()));
    }
    opened
}

/// The place of something owed as a step. Who is to be spoken with has a place that stays the same whichever others are
/// owed beside it.
fn then_place(then: &Then) -> String {
    let said = then.or_said.iter().flat_map(|(_, choices)| choices);
    match said.chain(&then.with).next() {
        Some(whom) => format!("then.{}.{whom}", then.step),
        None => format!("then.{}", then.step),
    }
}

/// The place, or where something else stands there, the first numbered one after it that is free.
fn free(opened: &[Commitment], place: &str) -> String {
    let is_free = |place: &String| opened.iter().all(|one| one.id.place != *place);
    let numbered = (2..).map(|number| format!("{place}.{number}"));
    std::iter::once(place.to_owned()).chain(numbered).find(is_free).unwrap_or_default()
}

/// Opens it in the case, unless the same is owed already or can no longer be done.
pub(super) fn open(state: &mut CaseState, commitment: Commitment, heard: &Heard<'_>) {
    if is_wanted(state, &commitment, heard) {
        if let Some(old) = &commitment.supersedes {
            settle::supersede(state, old, heard.entry.id, &commitment.id);
        }
        state.commitments.push(commitment);
    }
}

/// A step that is done once is not owed twice, and not any more once it was done.
pub(super) fn is_wanted(state: &CaseState, commitment: &Commitment, heard: &Heard<'_>) -> bool {
    if state.commitments.iter().any(|one| one.id == commitment.id) {
        return false;
    }
    let Some(step) = &commitment.step else { return true };
    if let Some(meets) = &commitment.meets {
        return !is_met(state, step, meets, heard);
    }
    if heard.pathway.step(step).is_some_and(|step| step.repeat) {
        return true;
    }
    let done = *step != heard.step.id && predicate::recorded(state, step);
    !done && !predicate::owed(state, step)
}

/// Whether somebody of the kind is to be spoken with already, or was since the step that asks for it was last recorded:
/// who rings first and decides after has rung.
fn is_met(state: &CaseState, step: &String, meets: &Meets, heard: &Heard<'_>) -> bool {
    let alike = |one: &Commitment| one.step.as_ref() == Some(step) && one.meets.as_ref() == Some(meets);
    let asked = state.entries.iter().rev();
    let asked =
        asked.filter(|mark| mark.kind == heard.step.id && mark.seq < heard.entry.seq).map(|mark| mark.seq);
    let asked = asked.max().unwrap_or_default();
    let spoken = |kind: &String| state.spoken_with.get(kind).is_some_and(|at| *at > asked);
    state.commitments.iter().any(|one| one.progress.is_open() && alike(one)) || meets.kinds.iter().any(spoken)
}

/// The commitment of this id.
pub(super) fn find<'a>(state: &'a CaseState, id: &CommitmentId) -> Option<&'a Commitment> {
    state.commitments.iter().find(|one| one.id == *id)
}

fn owed(heard: &Heard<'_>, state: &CaseState, then: &Then, place: String) -> Commitment {
    let started = clock::start(&then.from, heard, state);
    let Clock { due, rule } = match &then.within {
        Owing::Within(rule) => clock::by_rule(rule, started, None, heard, state),
        Owing::Every(every) => clock::first_of(every, started, false, heard.zone),
        Owing::Field(field) => heard
            .answers
            .get(field)
            .and_then(|answer| clock::as_said(answer, || (started, serde_json::Value::Null), heard, state))
            // No time was said where one was asked for: it is owed at once rather than never.
            .unwrap_or(Clock { due: started, rule: DueRule::Target(serde_json::Value::Null) }),
    };
    let what = if then.title.is_empty() {
        heard.pathway.step(&then.step).map_or(then.step.as_str(), |step| step.title.as_str()).to_owned()
    } else {
        promise::named(&then.title, heard.step, &heard.answers)
    };
    let party = Party::Role(then.by.clone());
    let mut owed = blank(heard, state, place, what, party.clone(), party);
    owed.same = then.same.as_ref().and_then(|field| {
        heard.answers.get(field).map(|answer| Same { field: field.clone(), answer: answer.clone() })
    });
    owed.meets = (!then.with.is_empty() || then.or_said.is_some())
        .then(|| Meets { kinds: then.with.clone(), said: then.or_said.clone() });
    owed.first = then.first;
    owed.warn_from = clock::warn_from(then.warn.as_ref(), due, None, heard, state);
    (owed.started, owed.due, owed.rule) = (started, due, rule);
    if let Owing::Every(every) = &then.within {
        owed.every = Some(clock::kept(every));
    }
    owed.easing = then.eased_by.map(|by| Easing { by, since: heard.entry.seq, at: None });
    if let Some(earlier) = then.latest.then(|| left_of(heard, state, then, &owed)).flatten() {
        promise::in_place_of(&mut owed, earlier);
    }
    owed
}

/// What the same step left owed before: open still, or what this one has just been recorded for.
fn left_of<'s>(
    heard: &Heard<'_>,
    state: &'s CaseState,
    then: &Then,
    owed: &Commitment,
) -> Option<&'s Commitment> {
    let here = heard.entry.id;
    let stood = |one: &&Commitment| {
        let is_open = one.progress.is_open() || one.settled_by == Some(here);
        is_open && one.id.entry != here && one.step.as_ref() == Some(&then.step)
    };
    let same_place = |one: &&Commitment| promise::first_place(&one.id.place) == owed.id.place;
    state.commitments.iter().rev().filter(stood).find(same_place)
}

/// A chase: the new promise stands where the old one stood. The first promise of the form takes its place; a form
/// that spells out none says at least by when.
fn stand_in(heard: &Heard<'_>, state: &CaseState, old: &Commitment, opened: &mut Vec<Commitment>) {
    let form = |means| meant_in(&heard.step.fields, &heard.answers, means);
    let anew = |means| heard.meant(means).next();
    let obligor = anew(Means::Obligor)
        .and_then(|(field, answer)| promise::party(field, answer))
        .unwrap_or_else(|| old.obligor.clone());
    let whose = Some(&obligor);
    // Beside a new promise a chase may bring interim controls, which stand in place of nothing.
    let spelt = opened.iter().position(|one| one.control == YesNo::No);
    let mut new = if let Some(spelt) = spelt {
        opened.remove(spelt)
    } else {
        let mut new =
            blank(heard, state, "on".to_owned(), old.what.clone(), old.obligor.clone(), old.owner.clone());
        // Without a new time the old one goes on counting.
        (new.started, new.due, new.warn_from, new.rule) =
            (old.started, old.due, old.warn_from, old.rule.clone());
        let opens = old.opened_in.as_deref().and_then(|rows| opening(heard, rows));
        let chase = || match opens {
            Some(opens) => clock::count(&opens.chase, heard.occurred.at, whose, heard, state),
            None => (old.due, serde_json::Value::Null),
        };
        if let Some(Clock { due, rule }) =
            form(Means::Due).and_then(|(_, answer)| clock::as_said(answer, chase, heard, state))
        {
            (new.started, new.due, new.rule) = (heard.occurred.at, due, rule);
            let warn = opens.and_then(|opens| opens.warn.as_ref());
            new.warn_from = clock::warn_from(warn, due, whose, heard, state);
        }
        new
    };
    new.what = anew(Means::Promise)
        .map(|(field, answer)| facts::plain(field, answer))
        .filter(|what| !what.is_empty())
        .unwrap_or_else(|| old.what.clone());
    new.obligor = obligor;
    (new.owner, new.holding) = (old.owner.clone(), old.holding.clone());
    // Later chases and confirmations are recorded on it as on the first.
    new.opened_in.clone_from(&old.opened_in);
    new.control = old.control;
    // One that is moved or chased comes round as it did, unless the form says anew how often.
    new.every = new.every.or_else(|| old.every.clone());
    new.supersedes = Some(old.id.clone());
    new.chased = old.chased + 1;
    new.last_chased = Some(heard.occurred.at);
    opened.insert(0, new);
}

/// What was owed in another case goes on as the first promise of the form, with how often it was chased there, and with
/// whoever saw to it unless the form names somebody.
fn go_on(heard: &Heard<'_>, state: &CaseState, opened: &mut [Commitment]) {
    if let Some((_, Answer::Owed(before))) = heard.meant(Means::CarriesOn).next()
        && let Some(place) = promise::first(heard.step, &heard.facts(Some(state)))
        && let Some(new) = opened.iter_mut().find(|one| one.id.place == place)
    {
        new.supersedes = Some(before.id.clone());
        (new.chased, new.last_chased) = (before.chased, before.last_chased.map(|when| when.at));
        if let (Some(owner), Party::Role(_)) = (before.owner, &new.owner) {
            new.owner = Party::Staff(owner);
        }
    }
}

/// How the rows (`STEP.FIELD`) open what they open.
pub(super) fn opening<'a>(heard: &Heard<'a>, rows: &str) -> Option<&'a Opens> {
    let (step, field) = rows.split_once('.')?;
    heard.pathway.step(step)?.field(field)?.opens.as_ref()
}

/// A commitment that started when the step happened; its clock is still to be set.
pub(super) fn blank(
    heard: &Heard<'_>,
    state: &CaseState,
    place: String,
    what: String,
    obligor: Party,
    owner: Party,
) -> Commitment {
    let id = CommitmentId { entry: heard.entry.id, place };
    Commitment::begun(id, state.id, what, (obligor, owner), heard.occurred.at)
}

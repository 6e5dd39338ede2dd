//! What a step opens: what is owed next, what rows and fields promise, what is still to be completed.

use super::clock::{self, Clock};
use super::heard::{Heard, meant_in};
use super::{facts, settle};
use crate::domain::answer::{Answer, Answers, Named, YesNo};
use crate::domain::case::CaseState;
use crate::domain::commitment::{Commitment, DueRule, Party, Progress};
use crate::domain::ids::CommitmentId;
use crate::pathway::definition::{Does, Field, Kind, Means, Opens, Owing, Then};
use crate::pathway::predicate;

/// What the step opens in its case, were nothing of it open yet. `state` holds the facts with this step, and what
/// was owed without it.
pub(super) fn opens(heard: &Heard<'_>, state: &CaseState) -> Vec<Commitment> {
    let mut opened = Vec::new();
    for field in &heard.step.fields {
        if let Some(opens) = &field.opens {
            promises(heard, state, field, opens, &mut opened);
        }
    }
    if heard.step.does == Some(Does::Supersede)
        && let Some(old) = heard.said.on.as_ref().and_then(|on| find(state, on))
    {
        stand_in(heard, state, old, &mut opened);
    }
    let facts = heard.facts(Some(state));
    for then in heard.step.then.iter().filter(|then| then.pathway.is_none()) {
        if predicate::applies(&then.when, &facts) {
            let place = format!("then.{}", then.step);
            let same = opened.iter().filter(|one: &&Commitment| one.id.place.starts_with(&place)).count();
            let place = if same == 0 { place } else { format!("{place}.{}", same + 1) };
            opened.push(Commitment { step: Some(then.step.clone()), ..owed(heard, state, then, place) });
        }
    }
    let is_missing = state.entries.iter().any(|mark| mark.id == heard.entry.id && !mark.missing.is_empty());
    if let Some(then) = heard.step.incomplete.as_ref().filter(|_| is_missing) {
        // Completing is an amendment, not a step, so no step settles it.
        opened.push(owed(heard, state, then, "incomplete".to_owned()));
    }
    opened
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
    if heard.pathway.step(step).is_some_and(|step| step.repeat) {
        return true;
    }
    let done = *step != heard.step.id && predicate::recorded(state, step);
    !done && !predicate::owed(state, step)
}

/// The commitment of this id.
pub(super) fn find<'a>(state: &'a CaseState, id: &CommitmentId) -> Option<&'a Commitment> {
    state.commitments.iter().find(|one| one.id == *id)
}

fn owed(heard: &Heard<'_>, state: &CaseState, then: &Then, place: String) -> Commitment {
    let started = clock::start(&then.from, heard, state);
    let Clock { due, rule } = match &then.within {
        Owing::Within(rule) => clock::by_rule(rule, started, heard, state),
        Owing::Every(every) => clock::first_of(every, started, false, heard.zone),
        Owing::Field(field) => heard
            .answers
            .get(field)
            .and_then(|answer| clock::as_said(answer, || (started, serde_json::Value::Null), heard.zone))
            // No time was said where one was asked for: it is owed at once rather than never.
            .unwrap_or(Clock { due: started, rule: DueRule::Target(serde_json::Value::Null) }),
    };
    let what = if then.title.is_empty() {
        heard.pathway.step(&then.step).map_or(then.step.as_str(), |step| step.title.as_str())
    } else {
        &then.title
    };
    let party = Party::Role(then.by.clone());
    let mut owed = blank(heard, state, place, what.to_owned(), party.clone(), party);
    owed.warn_from = clock::warn_from(then.warn.as_ref(), due, heard, state);
    (owed.started, owed.due, owed.rule) = (started, due, rule);
    owed
}

/// One form, table row or group, in which a promise is spelt out.
struct Spelt<'a> {
    fields: Vec<&'a Field>,
    answers: &'a Answers,
}

impl<'a> Spelt<'a> {
    fn meant(&self, means: Means) -> Option<(&'a Field, &'a Answer)> {
        meant_in(self.fields.iter().copied(), self.answers, means)
    }
}

fn promises(
    heard: &Heard<'_>,
    state: &CaseState,
    field: &Field,
    opens: &Opens,
    opened: &mut Vec<Commitment>,
) {
    let facts = heard.facts(Some(state));
    match (&field.kind, heard.answers.get(&field.id)) {
        (Kind::Rows { columns, .. }, Some(Answer::Rows(rows))) => {
            for (at, row) in rows.iter().enumerate() {
                if predicate::applies(&opens.when, &facts.within(row)) {
                    let spelt = Spelt { fields: columns.iter().collect(), answers: row };
                    opened.push(promise(heard, state, field, opens, at, &spelt));
                }
            }
        }
        (_, Some(answer)) => {
            let empty = matches!(answer, Answer::Text(text) if text.trim().is_empty());
            if !empty && predicate::applies(&opens.when, &facts) {
                let together = |other: &&Field| field.group.is_none() || other.group == field.group;
                let fields = heard.step.fields.iter().filter(together).collect();
                let spelt = Spelt { fields, answers: heard.answers };
                opened.push(promise(heard, state, field, opens, 0, &spelt));
            }
        }
        (_, None) => {}
    }
}

fn promise(
    heard: &Heard<'_>,
    state: &CaseState,
    field: &Field,
    opens: &Opens,
    at: usize,
    spelt: &Spelt<'_>,
) -> Commitment {
    let owner = Party::Role(opens.owner.clone());
    let form = |means| meant_in(&heard.step.fields, heard.answers, means);
    let named = spelt.meant(Means::Obligor).or_else(|| {
        // An interim control is ours to review, whoever the form speaks of.
        let theirs = || {
            spelt.meant(Means::Contacted).or_else(|| form(Means::Obligor)).or_else(|| form(Means::Contacted))
        };
        (!opens.control).then(theirs).flatten()
    });
    let obligor = named.and_then(|(field, answer)| party(field, answer)).unwrap_or_else(|| owner.clone());

    let started = heard.occurred.at;
    let said = if opens.control {
        spelt.meant(Means::ControlReviewBy).or_else(|| spelt.meant(Means::Due))
    } else {
        spelt.meant(Means::Due)
    };
    let chase = || clock::count(&opens.chase, started, heard, state);
    let anchor = said.or_else(|| Some((field, heard.answers.get(&field.id)?))).map(|(_, answer)| answer);
    let Clock { due, rule } = match &field.every {
        Some(every) => {
            let named = anchor.and_then(|answer| clock::as_said(answer, chase, heard.zone));
            clock::first_of(
                every,
                named.as_ref().map_or(started, |named| named.due),
                named.is_some(),
                heard.zone,
            )
        }
        None => said
            .and_then(|(_, answer)| clock::as_said(answer, chase, heard.zone))
            .unwrap_or_else(|| clock::by_rule(&opens.chase, started, heard, state)),
    };

    let place = format!("{}.{at}", field.id);
    let mut promise = blank(heard, state, place, what(heard, opens, spelt), obligor, owner);
    promise.opened_in = Some(format!("{}.{}", heard.step.id, field.id));
    promise.warn_from = clock::warn_from(opens.warn.as_ref(), due, heard, state);
    promise.control = if opens.control { YesNo::Yes } else { YesNo::No };
    (promise.due, promise.rule) = (due, rule);
    promise
}

/// A chase: the new promise stands where the old one stood. The first promise of the form takes its place; a form
/// that spells out none says at least by when.
fn stand_in(heard: &Heard<'_>, state: &CaseState, old: &Commitment, opened: &mut Vec<Commitment>) {
    let form = |means| meant_in(&heard.step.fields, heard.answers, means);
    let mut new = if opened.is_empty() {
        let mut new =
            blank(heard, state, "on".to_owned(), old.what.clone(), old.obligor.clone(), old.owner.clone());
        // Without a new time the old one goes on counting.
        (new.started, new.due, new.warn_from, new.rule) =
            (old.started, old.due, old.warn_from, old.rule.clone());
        let opens = old.opened_in.as_deref().and_then(|rows| opening(heard, rows));
        let chase = || match opens {
            Some(opens) => clock::count(&opens.chase, heard.occurred.at, heard, state),
            None => (old.due, serde_json::Value::Null),
        };
        if let Some(Clock { due, rule }) =
            form(Means::Due).and_then(|(_, answer)| clock::as_said(answer, chase, heard.zone))
        {
            (new.started, new.due, new.rule) = (heard.occurred.at, due, rule);
            let warn = opens.and_then(|opens| opens.warn.as_ref());
            new.warn_from = clock::warn_from(warn, due, heard, state);
        }
        new
    } else {
        opened.remove(0)
    };
    let anew = |means| heard.meant(means).next();
    new.what = anew(Means::Promise)
        .map(|(field, answer)| facts::plain(field, answer))
        .filter(|what| !what.is_empty())
        .unwrap_or_else(|| old.what.clone());
    new.obligor = anew(Means::Obligor)
        .and_then(|(field, answer)| party(field, answer))
        .unwrap_or_else(|| old.obligor.clone());
    new.owner = old.owner.clone();
    // Later chases and confirmations are recorded on it as on the first.
    new.opened_in.clone_from(&old.opened_in);
    new.control = old.control;
    new.supersedes = Some(old.id.clone());
    new.chased = old.chased + 1;
    new.last_chased = Some(heard.occurred.at);
    opened.insert(0, new);
}

/// How the rows (`STEP.FIELD`) open what they open.
pub(super) fn opening<'a>(heard: &Heard<'a>, rows: &str) -> Option<&'a Opens> {
    let (step, field) = rows.split_once('.')?;
    heard.pathway.step(step)?.field(field)?.opens.as_ref()
}

fn blank(
    heard: &Heard<'_>,
    state: &CaseState,
    place: String,
    what: String,
    obligor: Party,
    owner: Party,
) -> Commitment {
    Commitment {
        id: CommitmentId { entry: heard.entry.id, place },
        case: state.id,
        what,
        step: None,
        opened_in: None,
        obligor,
        owner,
        opened_by: heard.entry.id,
        started: heard.occurred.at,
        due: heard.occurred.at,
        warn_from: None,
        rule: DueRule::Promised,
        progress: Progress::Requested,
        settled_by: None,
        superseded_by: None,
        supersedes: None,
        chased: 0,
        last_chased: None,
        control: YesNo::No,
    }
}

/// What is owed, in words: the title with its places filled, else the promise's own words, else the title. An
/// interim control is always named by its own words, because they are what is in force.
fn what(heard: &Heard<'_>, opens: &Opens, spelt: &Spelt<'_>) -> String {
    let means = if opens.control { Means::Control } else { Means::Promise };
    let said = spelt.meant(means).map(|(field, answer)| facts::plain(field, answer));
    let said = said.filter(|words| !words.is_empty());
    if opens.title.contains('{') && !(opens.control && said.is_some()) {
        return fill(&opens.title, |id| {
            let here = spelt.fields.iter().copied().chain(&heard.step.fields).find(|field| field.id == id)?;
            let answer = spelt.answers.get(id).or_else(|| heard.answers.get(id))?;
            Some(facts::plain(here, answer))
        });
    }
    said.unwrap_or_else(|| opens.title.clone())
}

/// Puts words in the places `{id}` of a template; a place without words stays empty.
fn fill(template: &str, words: impl Fn(&str) -> Option<String>) -> String {
    let mut filled = String::new();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let Some((id, behind)) = after.split_once('}') else { break };
        filled.push_str(words(id).unwrap_or_default().as_str());
        rest = behind;
    }
    filled.push_str(rest);
    filled.split_whitespace().collect::<Vec<_>>().join(" ").trim_end_matches([':', ',']).to_owned()
}

/// The party an answer names: one of our staff, a role, or somebody outside.
fn party(field: &Field, answer: &Answer) -> Option<Party> {
    match (answer, &field.kind) {
        (Answer::Named(Named { id: Some(id), .. }), Kind::Record { register, .. }) if register == "staff" => {
            Some(Party::Staff(*id))
        }
        (Answer::Named(named), _) if !named.words.trim().is_empty() => Some(Party::Outside(named.clone())),
        (Answer::Choice(role), _) => Some(Party::Role(role.clone())),
        (Answer::Text(words), _) if !words.trim().is_empty() => {
            Some(Party::Outside(Named { id: None, words: words.trim().to_owned() }))
        }
        _ => None,
    }
}

//! What rows and fields promise: who owes what, by when, and who sees to it.

use super::clock::{self, Clock};
use super::facts;
use super::heard::{Heard, meant_in};
use super::open::{blank, find};
use crate::domain::answer::{Answer, Answers, Check, Named, YesNo};
use crate::domain::case::CaseState;
use crate::domain::commitment::{Commitment, Party};
use crate::pathway::definition::{Choice, Field, Kind, LINE, Means, Opens, Step};
use crate::pathway::due::Every;
use crate::pathway::predicate::{self, Facts};

/// Adds what the field, or each of its rows, opens.
pub(super) fn promises(
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
        (Kind::Checklist { items, .. }, Some(Answer::Checklist(lines))) => {
            let line = |line: &Check| renewal(heard, state, field, opens, items, line);
            opened.extend(lines.iter().filter_map(line));
        }
        (_, Some(answer)) => {
            if !is_empty(answer) && predicate::applies(&opens.when, &facts) {
                let together = |other: &&Field| field.group.is_none() || other.group == field.group;
                let fields = heard.step.fields.iter().filter(together).collect();
                let spelt = Spelt { fields, answers: &heard.answers };
                opened.push(promise(heard, state, field, opens, 0, &spelt));
            }
        }
        (_, None) => {}
    }
}

/// The place of the first promise that a step opens with these answers: neither the review of an interim control nor what
/// runs out. It is what stands in place of a promise that was made before.
pub(in crate::pathway) fn first(step: &Step, facts: &Facts<'_>) -> Option<String> {
    let promised = step.fields.iter().filter_map(|field| Some((field, field.opens.as_ref()?)));
    promised.filter(|(_, opens)| !opens.control).find_map(|(field, opens)| {
        let at = match (&field.kind, facts.answers.get(&field.id)?) {
            (Kind::Rows { .. }, Answer::Rows(rows)) => {
                rows.iter().position(|row| predicate::applies(&opens.when, &facts.within(row)))?
            }
            (Kind::Checklist { .. }, _) => return None,
            (_, answer) => (!is_empty(answer) && predicate::applies(&opens.when, facts)).then_some(0)?,
        };
        Some(place(field, at))
    })
}

/// The place in its entry of what the field, or its row of this number, promises.
fn place(field: &Field, at: usize) -> String {
    format!("{}.{at}", field.id)
}

fn is_empty(answer: &Answer) -> bool {
    matches!(answer, Answer::Text(text) if text.trim().is_empty())
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

fn promise(
    heard: &Heard<'_>,
    state: &CaseState,
    field: &Field,
    opens: &Opens,
    at: usize,
    spelt: &Spelt<'_>,
) -> Commitment {
    let sees_to_it = spelt.meant(Means::Owner).and_then(|(field, answer)| party(field, answer));
    let owner = sees_to_it.unwrap_or_else(|| Party::Role(opens.owner.clone()));
    let form = |means| meant_in(&heard.step.fields, &heard.answers, means);
    let named = spelt.meant(Means::Obligor).or_else(|| {
        // An interim control is ours to review, and so is what the definition says is ours, whoever the form speaks of.
        let theirs = || {
            spelt.meant(Means::Contacted).or_else(|| form(Means::Obligor)).or_else(|| form(Means::Contacted))
        };
        (!opens.control && !opens.ours).then(theirs).flatten()
    });
    let obligor = named.and_then(|(field, answer)| party(field, answer)).unwrap_or_else(|| owner.clone());

    let started = heard.occurred.at;
    let said = if opens.control {
        spelt.meant(Means::ControlReviewBy).or_else(|| spelt.meant(Means::Due))
    } else {
        spelt.meant(Means::Due)
    };
    let whose = Some(&obligor);
    let chase = || clock::count(&opens.chase, started, whose, heard, state);
    let anchor = said.or_else(|| Some((field, heard.answers.get(&field.id)?))).map(|(_, answer)| answer);
    let every =
        field.every.or_else(|| spelt.meant(Means::Recurs).and_then(|(field, said)| recurs(field, said)));
    let Clock { due, rule } = match &every {
        Some(every) => {
            let named = anchor.and_then(|answer| clock::as_said(answer, chase, heard, state));
            clock::first_of(
                every,
                named.as_ref().map_or(started, |named| named.due),
                named.is_some(),
                heard.zone,
            )
        }
        None => said
            .and_then(|(_, answer)| clock::as_said(answer, chase, heard, state))
            .unwrap_or_else(|| clock::by_rule(&opens.chase, started, whose, heard, state)),
    };

    let warn_from = clock::warn_from(opens.warn.as_ref(), due, whose, heard, state);
    let (rows, place) = stands_in(heard, state, field, opens, at);
    let mut promise = blank(heard, state, place, what(heard, opens, spelt), obligor, owner);
    promise.opened_in = Some(rows);
    promise.warn_from = warn_from;
    promise.cover = opens.cover;
    promise.control = if opens.control { YesNo::Yes } else { YesNo::No };
    (promise.due, promise.rule) = (due, rule);
    promise.every = every.as_ref().map(clock::kept);
    if let Some(earlier) = opens.latest.then(|| earlier(state, heard, field).next()).flatten() {
        in_place_of(&mut promise, earlier);
    }
    promise
}

/// Under which rows it is owed, and at which place: its own, or those of what the step is recorded on where it goes on as that.
fn stands_in(
    heard: &Heard<'_>,
    state: &CaseState,
    field: &Field,
    opens: &Opens,
    at: usize,
) -> (String, String) {
    let on = heard.said.on.as_ref().filter(|_| opens.goes_on).and_then(|on| find(state, on));
    let rows = on.and_then(|on| on.opened_in.clone());
    match on.zip(rows) {
        Some((on, rows)) => (rows, first_place(&on.id.place).to_owned()),
        None => (format!("{}.{}", heard.step.id, field.id), place(field, at)),
    }
}

/// What earlier answers to the same question made owed and is open still.
pub(super) fn earlier<'s>(
    state: &'s CaseState,
    heard: &Heard<'_>,
    field: &Field,
) -> impl Iterator<Item = &'s Commitment> + use<'s> {
    let (rows, entry) = (format!("{}.{}", heard.step.id, field.id), heard.entry.id);
    let is_one = move |one: &&Commitment| {
        one.progress.is_open() && one.opened_in.as_ref() == Some(&rows) && one.id.entry != entry
    };
    state.commitments.iter().filter(is_one)
}

/// Asked for anew, it is due no later than it was, stays with whoever saw to it, and has been seen by whoever saw it.
pub(super) fn in_place_of(promise: &mut Commitment, earlier: &Commitment) {
    if earlier.due < promise.due {
        (promise.started, promise.due) = (earlier.started, earlier.due);
        (promise.rule, promise.warn_from) = (earlier.rule.clone(), earlier.warn_from);
    }
    (promise.owner, promise.holding) = (earlier.owner.clone(), earlier.holding.clone());
    (promise.chased, promise.last_chased) = (earlier.chased, earlier.last_chased);
    promise.acknowledged.clone_from(&earlier.acknowledged);
    if earlier.progress.is_open() {
        promise.progress = earlier.progress;
    }
    promise.supersedes = Some(earlier.id.clone());
}

/// The place at which it was opened first, whatever amended it.
pub(super) fn first_place(place: &str) -> &str {
    place.split_once(".of.").map_or(place, |(first, _)| first)
}

/// What a line of a checklist runs out of, owed by the day it runs out. It stands in place of the same line's that was
/// answered before.
fn renewal(
    heard: &Heard<'_>,
    state: &CaseState,
    field: &Field,
    opens: &Opens,
    items: &[Choice],
    line: &Check,
) -> Option<Commitment> {
    let item = items.iter().find(|item| item.id == line.item)?;
    let day = Answer::Date(line.expires?);
    let owner = Party::Role(opens.owner.clone());
    let whose = Some(&owner);
    let chase = || clock::count(&opens.chase, heard.occurred.at, whose, heard, state);
    let Clock { due, rule } = clock::as_said(&day, chase, heard, state)?;
    let what = fill(&opens.title, |word| (word == LINE).then(|| item.label.clone()));
    let warn_from = clock::warn_from(opens.warn.as_ref(), due, whose, heard, state);
    let place = format!("{}.{}", field.id, item.id);
    let rows = format!("{}.{}", heard.step.id, field.id);
    let same = |one: &&Commitment| {
        one.progress.is_open() && one.opened_in.as_ref() == Some(&rows) && first_place(&one.id.place) == place
    };
    let supersedes = state.commitments.iter().find(same).map(|one| one.id.clone());
    let renewal = blank(heard, state, place, what, owner.clone(), owner);
    Some(Commitment { opened_in: Some(rows), due, rule, warn_from, supersedes, ..renewal })
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

/// A title with its places filled from the answers of the step.
pub fn named(title: &str, step: &Step, answers: &Answers) -> String {
    if !title.contains('{') {
        return title.to_owned();
    }
    fill(title, |id| Some(facts::plain(step.field(id)?, answers.get(id)?)))
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

/// How often the choice says that it comes round.
fn recurs(field: &Field, answer: &Answer) -> Option<Every> {
    let (Kind::Choice(choices), Answer::Choice(chosen)) = (&field.kind, answer) else { return None };
    choices.iter().find(|choice| choice.id == *chosen)?.every
}

/// Whether the field names one of ours.
pub(super) fn is_ours(field: &Field) -> bool {
    matches!(&field.kind, Kind::Record { register, .. } if register == "staff")
}

/// The party an answer names: one of our staff, a role, or somebody outside.
pub(super) fn party(field: &Field, answer: &Answer) -> Option<Party> {
    match (answer, &field.kind) {
        (Answer::Named(Named { id: Some(id), .. }), _) if is_ours(field) => Some(Party::Staff(*id)),
        (Answer::Named(named), _) if !named.words.trim().is_empty() => Some(Party::Outside(named.clone())),
        (Answer::Choice(role), _) => Some(Party::Role(role.clone())),
        (Answer::Text(words), _) if !words.trim().is_empty() => {
            Some(Party::Outside(Named { id: None, words: words.trim().to_owned() }))
        }
        _ => None,
    }
}

//! What is wrong with the answers of a step: one function for form, command line, import and store.
//!
//! Whose act a step may be is left to [`crate::domain::permission`]; empty phrases to [`super::vague`].

mod kinds;
mod rest;
mod slips;
mod times;

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, TimeDelta, Utc};

use super::calendar::WeekHours;
use super::definition::{Choice, Field, Kind, Means, Pathway, State, Step};
use super::led;
use super::predicate::{self, Facts};
use crate::domain::answer::{Answer, Answers, Named};
use crate::domain::case::{CaseState, EntryMark, Milestone};
use crate::domain::entry::{Caution, RecordSaid};
use crate::domain::ids::{CaseId, CommitmentId, Seq};
use crate::domain::nhs::{NhsNumber, NhsProblem};
use crate::domain::words::check as words;

pub use kinds::{LINE_ANSWERS, why_is_asked};
pub use slips::slips;

/// Whoever is said to be older than so many years is asked about: the oldest people of the United Kingdom were not.
const OLDEST: u32 = 115;

/// What answers are checked against.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    /// The case so far; `None` where the step opens one.
    pub case: Option<&'a CaseState>,
    /// What the record of whomever the case is about says, where that is known.
    pub record: Option<&'a RecordSaid>,
    /// The organisations one is warned of, where that is known.
    pub cautions: &'a [Caution],
    /// What kind of organisation each one that the answers name is, where that is known.
    pub kinds: Option<&'a BTreeMap<CaseId, String>>,
    /// The states in which a case of this kind can stand, by their words, where they are known.
    pub states: &'a [State],
    /// What is owed that the step is recorded on, where it is on anything.
    pub on: Option<&'a CommitmentId>,
    /// Now.
    pub now: DateTime<Utc>,
}

impl<'a> Context<'a> {
    /// Of a form that opens something: there is no case, no record and nothing to warn of yet.
    pub fn blank(now: DateTime<Utc>) -> Self {
        Self { case: None, record: None, cautions: &[], kinds: None, states: &[], on: None, now }
    }

    /// What a condition is asked of: this form, in this context.
    fn facts(self, step: &'a Step, answers: &'a Answers) -> Facts<'a> {
        let Self { case, record, cautions, kinds, on, now, .. } = self;
        Facts { step, answers, around: None, case, record, cautions, kinds, on, now }
    }
}

/// Something wrong, at a field or with the step as a whole.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Problem {
    /// The field's path (`changed`, `promises.0.by`); empty for the step as a whole.
    pub field: String,
    /// How bad it is.
    pub weight: Weight,
    /// What is wrong and what to do, in words that are shown.
    pub says: String,
}

impl Weight {
    /// Whether it stops nothing: it can be saved as it is.
    pub fn passes(self) -> bool {
        self <= Self::Doubted
    }
}

/// How bad a problem is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Weight {
    /// Possible, but worth a second look; it can be saved as it is.
    Asked,
    /// Hardly what was meant: a form asks before it saves it as it is.
    Doubted,
    /// A required answer is missing; a step that may be incomplete can be saved all the same.
    Missing,
    /// Cannot be saved like this.
    Refused,
}

/// All that is wrong with recording this step with these answers now: [`gates`] and [`answers`] together.
/// For a step recorded on something owed, [`on`] comes beside it.
pub fn check(step: &Step, given: &Answers, context: Context<'_>) -> Vec<Problem> {
    let mut problems = stands_before(step, given, context);
    problems.extend(answers(step, given, context));
    problems.extend(lowered(step, &context.facts(step, given)));
    problems
}

/// That the present risk is lowered, and nobody has said why: one stray letter takes a call from those that wait first. Of a
/// recorded step that is put right it is not asked: what it said then lowered nothing by itself.
fn lowered(step: &Step, facts: &Facts<'_>) -> Option<Problem> {
    let field = step.meaning(Means::Risk)?;
    let (before, now) = predicate::lowers(facts, &field.id)?;
    // A step that is about nothing else gives its reason as every step does.
    let why = step.meaning(Means::WhyLower).or_else(|| step.meaning(Means::Rationale));
    let said = why.and_then(|why| facts.answers.get(&why.id)).is_some_and(|answer| !kinds::is_blank(answer));
    let says = words::lowered(&field.label, &before.label, now);
    (!said).then(|| Problem { field: field.id.clone(), weight: Weight::Doubted, says })
}

/// Why a step cannot be begun in this case at all (gates, states, already recorded), before any answer; empty when it can.
/// Nothing stands before a safety step.
pub fn gates(step: &Step, context: Context<'_>) -> Vec<Problem> {
    stands_before(step, &Answers::new(), context)
}

/// Why a step cannot be recorded on what it was aimed at; empty for a step that is not recorded on anything.
/// It must be named, be in the case, have been opened by one of the rows the step is for, and still be owed.
pub fn on(step: &Step, on: Option<&CommitmentId>, case: Option<&CaseState>) -> Vec<Problem> {
    if step.on.is_empty() {
        return Vec::new();
    }
    let Some(on) = on else { return vec![whole(words::needs_owed(&step.title))] };
    let owed = case.and_then(|case| case.commitments.iter().find(|one| one.id == *on));
    match owed {
        Some(owed) if !owed.opened_in.as_ref().is_some_and(|rows| step.on.contains(rows)) => {
            vec![whole(words::not_owed_here(&step.title))]
        }
        Some(owed) if !owed.progress.is_open() => vec![whole(words::no_longer_owed(&owed.what))],
        Some(_) => Vec::new(),
        None => vec![whole(words::not_owed_here(&step.title))],
    }
}

/// That somebody looks back at a decision of their own, whomever the form names as the one who does: what is recorded says whose
/// act it is.
pub fn judges_own(step: &Step, given: &Answers, by: Option<CaseId>) -> Option<Problem> {
    let field = step.meaning(Means::Judged)?;
    let Some(Answer::Named(Named { id: Some(whose), .. })) = given.get(&field.id) else { return None };
    let says = words::judges_own(&field.label);
    (Some(*whose) == by).then(|| Problem { field: field.id.clone(), weight: Weight::Refused, says })
}

/// What is wrong with the answers alone, wherever the case stands: what an amendment of a recorded step is held to.
pub fn answers(step: &Step, given: &Answers, context: Context<'_>) -> Vec<Problem> {
    let facts = context.facts(step, given);
    let mut problems = Vec::new();
    fields(&step.fields, &facts, "", &mut problems);
    problems.extend(ends_before_it_begins(step, given));
    problems
}

/// A visit that is over before it begins; a slot of the rota that is, or that lasts no time at all.
fn ends_before_it_begins(step: &Step, given: &Answers) -> Option<Problem> {
    let at = |means| {
        let field = step.meaning(means)?;
        Some((field, predicate::time(given.get(&field.id))?))
    };
    let slot = at(Means::SlotFrom).zip(at(Means::SlotUntil)).map(|slot| (slot, TimeDelta::milliseconds(1)));
    let visit = at(Means::VisitFrom).zip(at(Means::VisitUntil)).map(|visit| (visit, TimeDelta::zero()));
    let (((from, begins), (until, ends)), least) = slot.or(visit)?;
    let says = words::ends_before(&until.label, &from.label);
    (ends - begins < least).then(|| Problem { field: until.id.clone(), weight: Weight::Refused, says })
}

/// What is wrong with emptying these fields: only what a step asks of a record that is there can be emptied, and never
/// what it requires.
pub fn cleared(
    register: &Pathway,
    step: &Step,
    cleared: &BTreeSet<String>,
    given: &Answers,
    context: Context<'_>,
) -> Vec<Problem> {
    let facts = context.facts(step, given);
    let is_record = register.register && context.case.is_some();
    let says = |id: &String| match step.field(id).filter(|field| is_record && !field.retired) {
        Some(field) if field.required.as_ref().is_some_and(|when| predicate::applies(when, &facts)) => {
            Some(words::stays_required(&field.label))
        }
        Some(field) if given.contains_key(id) => Some(words::answered_and_emptied(&field.label)),
        Some(_) => None,
        None => Some(words::nothing_to_empty(&step.title)),
    };
    let refused =
        |(id, says): (&String, String)| Problem { field: id.clone(), weight: Weight::Refused, says };
    cleared.iter().filter_map(|id| Some((id, says(id)?))).map(refused).collect()
}

/// Choices that are not the case at this kind of service: each is asked about, and can be saved as it is.
pub fn out_of_place(step: &Step, given: &Answers, service: &str) -> Vec<Problem> {
    let mut odd = Vec::new();
    for field in step.fields.iter().filter(|field| !field.retired) {
        let (Kind::Choice(choices), Some(Answer::Choice(chosen))) = (&field.kind, given.get(&field.id))
        else {
            continue;
        };
        let chosen = choices.iter().find(|choice| choice.id == *chosen);
        let elsewhere = |choice: &&Choice| {
            !choice.only_at.is_empty() && choice.only_at.iter().all(|only| only != service)
        };
        if let Some(choice) = chosen.filter(elsewhere) {
            let says = words::out_of_place(&choice.label, &choice.help);
            odd.push(Problem { field: field.id.clone(), weight: Weight::Asked, says });
        }
    }
    odd
}

/// Fields that ought to be answered and are not, by path.
pub fn missing(step: &Step, given: &Answers, context: Context<'_>) -> Vec<String> {
    let mut missing: Vec<String> = answers(step, given, context)
        .into_iter()
        .filter(|problem| problem.weight == Weight::Missing)
        .map(|problem| problem.field)
        .collect();
    missing.dedup();
    missing
}

/// Whether a step can be saved with these problems: never with a refusal, with blanks only where the step may be
/// incomplete.
pub fn may_be_saved(step: &Step, problems: &[Problem]) -> bool {
    problems.iter().all(|problem| match problem.weight {
        Weight::Asked | Weight::Doubted => true,
        Weight::Missing => step.incomplete.is_some(),
        Weight::Refused => false,
    })
}

fn stands_before(step: &Step, given: &Answers, context: Context<'_>) -> Vec<Problem> {
    if step.safety {
        return match context.case {
            None if !step.opens => vec![whole(words::needs_case(&step.title))],
            _ => Vec::new(),
        };
    }
    let mut says = Vec::new();
    if step.retired {
        says.push(words::retired_step(&step.title));
    }
    match context.case {
        None if !step.opens => says.push(words::needs_case(&step.title)),
        None => {}
        Some(case) => {
            // What is recorded on something owed is recorded once for each thing owed.
            let once = !step.repeat && step.on.is_empty();
            if waits_for_word(step, case) {
                says.push(words::waits_already(&step.title));
            } else if once && predicate::recorded(case, &step.id) {
                says.push(words::already_recorded(&step.title));
            } else if !can_stand(step, &case.state, case.closed) {
                says.push(if case.closed {
                    words::case_closed(&step.title)
                } else {
                    wrong_state(step, &case.state, context.states)
                });
            }
        }
    }
    says.extend(shut(step, given, context));
    says.into_iter().map(whole).collect()
}

/// The gates of the step that do not hold, in their words.
fn shut(step: &Step, given: &Answers, context: Context<'_>) -> Vec<String> {
    let facts = context.facts(step, given);
    let shut = step.needs.iter().filter(|gate| !predicate::holds(&gate.holds, &facts));
    shut.map(|gate| gate.say.clone()).collect()
}

/// Why nobody can agree any more to a step that waits with these answers: the case has moved on to where the step does not lead
/// from, or what had to be there is not any more. Empty where it still stands. A step that leaves the case where it stands is
/// agreed to wherever that is.
pub fn no_longer(step: &Step, given: &Answers, context: Context<'_>) -> Vec<String> {
    if step.safety {
        return Vec::new();
    }
    let moved = context.case.filter(|case| moves(step) && !can_stand(step, &case.state, case.closed));
    let moved = moved.map(|case| match case.closed {
        true => words::case_closed(&step.title),
        false => wrong_state(step, &case.state, context.states),
    });
    moved.into_iter().chain(shut(step, given, context)).collect()
}

/// Why nobody can agree any more to a step that moves the case and waits since this number: another has moved it after that, if
/// only to where it stood. Whoever wrote the one that waits knew nothing of it.
pub fn moved_since(pathway: &Pathway, step: &Step, case: &CaseState, seq: Seq) -> Option<String> {
    if step.safety || !moves(step) {
        return None;
    }
    let later = |mark: &&EntryMark| mark.seq > seq && mark.edition.is_some() && mark.counts();
    let mut later = case.entries.iter().rev().filter(later).filter_map(|mark| pathway.step(&mark.kind));
    later.find(|later| moves(later)).map(|later| words::moved_since(&step.title, &later.title))
}

/// Whether the step stands in the case and waits for somebody to agree: what is wanted then is their word, not the same step a
/// second time, however often it may be recorded otherwise. What is recorded on something owed waits on each by itself.
pub fn waits_for_word(step: &Step, case: &CaseState) -> bool {
    step.on.is_empty() && !step.safety && predicate::waits(case, &step.id)
}

/// Whether the step leads the case somewhere.
fn moves(step: &Step) -> bool {
    step.to.is_some() || step.closes.is_some()
}

/// Why a step is not recorded in an open case that stands in this state, in the words that stand on its screen.
fn wrong_state(step: &Step, state: &str, states: &[State]) -> String {
    let title = |id: &str| {
        let known = states.iter().find(|state| state.id == id);
        known.map_or_else(|| id.replace('_', " "), |state| state.title.clone())
    };
    let wanted: Vec<String> = step.from.iter().map(|id| title(id)).collect();
    words::wrong_state(&step.title, &wanted, &title(state))
}

/// Whether a step may be recorded in a case that stands in this state.
///
/// A step that names no states takes any that is not closed. What stays owed after closing can still be done: what
/// is recorded on something owed, and the manager's review.
pub fn can_stand(step: &Step, state: &str, closed: bool) -> bool {
    if step.safety {
        return true;
    }
    if step.from.is_empty() {
        let reviews = step.milestones.iter().any(|(milestone, _)| *milestone == Milestone::Reviewed);
        return !closed || reviews || !step.on.is_empty();
    }
    step.from.iter().any(|from| from == state)
}

fn whole(says: String) -> Problem {
    Problem { field: String::new(), weight: Weight::Refused, says }
}

/// The problems of the fields of a form, or of the columns of a row (`prefix` is then `promises.0.`).
fn fields(fields: &[Field], facts: &Facts<'_>, prefix: &str, problems: &mut Vec<Problem>) {
    let mut problem =
        |id: &str, weight, says| problems.push(Problem { field: format!("{prefix}{id}"), weight, says });
    for id in facts.answers.keys() {
        match fields.iter().find(|field| field.id == *id) {
            None => problem(id, Weight::Refused, words::unknown_field(id)),
            Some(field) if field.retired => {
                problem(id, Weight::Refused, words::retired_field(&field.label));
            }
            Some(_) => {}
        }
    }
    let mut rows = Vec::new();
    for field in fields.iter().filter(|field| !field.retired) {
        let mut found = Vec::new();
        match facts.answers.get(&field.id).filter(|answer| !kinds::is_blank(answer)) {
            Some(answer) => {
                let lacks = lacks(field, fields, facts.answers);
                kinds::check(field, answer, lacks, &mut found);
                for (part, says) in kinds::hardly(field, answer) {
                    problem(&format!("{}.{part}", field.id), Weight::Doubted, says);
                }
                times::check(field, answer, facts, &mut found);
                by_meaning(field, answer, facts.now, &mut found);
                let asked = field.asks.iter().filter(|ask| predicate::holds(&ask.holds, facts));
                found.extend(asked.map(|ask| (Weight::Doubted, words::field(&field.label, &ask.say))));
                found.extend(rest::other(field, fields, facts.answers).map(|says| (Weight::Doubted, says)));
                let led = led::passed_over(field, fields, facts.answers);
                found.extend(
                    led.map(|led| (Weight::Doubted, words::other_than_led(&field.label, &led.label))),
                );
                found.extend(caution(answer, facts.cautions).map(|says| (Weight::Asked, says)));
                found.extend(slips::unread(field, answer).map(|says| (Weight::Refused, says)));
                let other =
                    field.not_same_as.as_ref().filter(|other| same(facts.answers.get(*other), answer));
                if let Some(other) = other.and_then(|other| fields.iter().find(|field| field.id == *other)) {
                    found.push((Weight::Refused, words::same_as(&field.label, &other.label)));
                }
                if let (Kind::Rows { columns, .. }, Answer::Rows(given)) = (&field.kind, answer) {
                    rows.push((field, columns, given));
                }
            }
            None => {
                let asked = predicate::applies(&field.shown, facts);
                let required = field.required.as_ref().is_some_and(|when| predicate::applies(when, facts));
                if asked && required {
                    found.push((Weight::Missing, blank(field, facts.step)));
                }
            }
        }
        for (weight, says) in found {
            problem(&field.id, weight, says);
        }
    }
    for (field, columns, given) in rows {
        for (at, row) in given.iter().enumerate() {
            self::fields(columns, &facts.within(row), &format!("{prefix}{}.{at}.", field.id), problems);
        }
    }
}

/// The field beside a score without which it is none, where that is blank.
fn lacks<'a>(field: &Field, beside: &'a [Field], answers: &Answers) -> Option<&'a Field> {
    let with = beside.iter().find(|other| Some(&other.id) == field.only_with.as_ref())?;
    answers.get(&with.id).is_none_or(kinds::is_blank).then_some(with)
}

/// What a blank says: for a rationale, that a decision without its reason is none.
fn blank(field: &Field, step: &Step) -> String {
    if field.means != Some(Means::Rationale) {
        return words::blank(&field.label, kinds::what_to_do(&field.kind));
    }
    let says = match step.incomplete {
        Some(_) => words::SAY_WHY.to_owned(),
        None => format!("{} {}", words::SAY_WHY, words::NO_REASON_NO_SAVING),
    };
    words::field(&field.label, &says)
}

/// What only the meaning of a field can say about its answer.
fn by_meaning(field: &Field, answer: &Answer, now: DateTime<Utc>, found: &mut Vec<(Weight, String)>) {
    match (field.means, answer) {
        (Some(Means::NhsNumber), Answer::Text(text)) => match NhsNumber::read(text) {
            Err(NhsProblem::Empty) | Ok((_, None)) => {}
            Ok((_, Some(odd))) => found.push((Weight::Asked, words::field(&field.label, &odd.to_string()))),
            Err(wrong) => found.push((Weight::Refused, words::field(&field.label, &wrong.to_string()))),
        },
        (Some(Means::Hours), Answer::Text(text)) if !text.trim().is_empty() => {
            if let Err(odd) = text.parse::<WeekHours>() {
                found.push((Weight::Asked, words::field(&field.label, &odd.to_string())));
            }
        }
        (Some(Means::Born), Answer::Date(day)) if now.date_naive().years_since(*day) > Some(OLDEST) => {
            found.push((Weight::Doubted, words::born_long_ago(&field.label, OLDEST)));
        }
        // The office's day can be one ahead of the day in UTC; nobody is refused for that.
        (Some(Means::Born), Answer::Date(day)) if *day > (now + TimeDelta::hours(12)).date_naive() => {
            found.push((Weight::Refused, words::born_in_future(&field.label)));
        }
        _ => {}
    }
}

/// That one is warned of the organisation an answer names.
fn caution(answer: &Answer, cautions: &[Caution]) -> Option<String> {
    let Answer::Named(named) = answer else { return None };
    let caution = cautions.iter().find(|caution| caution.is_of(named))?;
    Some(words::caution(&caution.name, &caution.state, &caution.reference))
}

/// Two answers that name the same: the same record, or the same words.
fn same(other: Option<&Answer>, answer: &Answer) -> bool {
    match (other, answer) {
        (Some(Answer::Named(one)), Answer::Named(two)) if one.id.is_some() && two.id.is_some() => {
            one.id == two.id
        }
        (Some(Answer::Named(one)), Answer::Named(two)) => one.words.trim() == two.words.trim(),
        (Some(one), two) => one == two,
        (None, _) => false,
    }
}

#[cfg(test)]
mod tests;

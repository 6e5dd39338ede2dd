//! Whether a condition of a definition holds: for this form's answers, the case so far, and now.
//!
//! A condition about something that was not answered is false, so `not` of it is true: "not high risk" holds for a
//! call whose risk nobody has given yet. A definition that minds the difference asks `answered` beside it.
//! What a condition leads to is left to [`crate::pathway::check`] and [`crate::pathway::fold`].

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use super::definition::{Kind, Means, Predicate, Step, When};
use crate::domain::answer::{Answer, Answers, ByWhen, Named, YesNo};
use crate::domain::case::{CaseState, EntryMark, Level};
use crate::domain::commitment::{Commitment, Meets, Progress};
use crate::domain::entry::{Caution, RecordSaid};
use crate::domain::ids::{CaseId, CommitmentId};

/// What conditions are held against.
#[derive(Clone, Copy)]
pub struct Facts<'a> {
    /// The step being filled in: it says which of its answers is the risk.
    pub step: &'a Step,
    /// This form's answers; for a column of a table, those of its row.
    pub answers: &'a Answers,
    /// Around a row: the answers of the form that holds it.
    pub around: Option<&'a Answers>,
    /// The case so far; `None` where the step opens one.
    pub case: Option<&'a CaseState>,
    /// What the record of whomever the case is about says, where that is known.
    pub record: Option<&'a RecordSaid>,
    /// The organisations one is warned of, where that is known.
    pub cautions: &'a [Caution],
    /// What kind of organisation each one that the answers name is, where that is known.
    pub kinds: Option<&'a BTreeMap<CaseId, String>>,
    /// What is owed that the step is recorded on, where it is on anything.
    pub on: Option<&'a CommitmentId>,
    /// Now; for a record being read, when it was recorded.
    pub now: DateTime<Utc>,
}

impl<'a> Facts<'a> {
    /// A form with the case it is in, and nothing else that could be asked.
    pub fn of(step: &'a Step, answers: &'a Answers, case: Option<&'a CaseState>, now: DateTime<Utc>) -> Self {
        Self { step, answers, around: None, case, record: None, cautions: &[], kinds: None, on: None, now }
    }

    /// The same, seen from within a row.
    pub fn within(self, row: &'a Answers) -> Self {
        Self { answers: row, around: Some(self.answers), ..self }
    }

    fn answer(&self, step: Option<&str>, field: &str) -> Option<&'a Answer> {
        match step {
            Some(step) => self.case?.answers.get(&format!("{step}.{field}")),
            None => self.answers.get(field).or_else(|| self.around?.get(field)),
        }
    }

    /// What kind of organisation this is, where its record says.
    fn kind(&self, named: &Named) -> Option<&'a String> {
        self.kinds?.get(&named.id?)
    }

    /// The risk this form gives, else the case's.
    fn risk(&self) -> Option<&'a str> {
        let asked = self.step.meaning(Means::Risk);
        match asked.and_then(|field| self.answer(None, &field.id)) {
            Some(Answer::Choice(risk)) => Some(risk),
            _ => self.case?.facts.risk.as_deref(),
        }
    }
}

/// Whether the condition holds.
pub fn holds(predicate: &Predicate, facts: &Facts<'_>) -> bool {
    match predicate {
        Predicate::Is { step, field, any } => {
            facts.answer(step.as_deref(), field).is_some_and(|answer| any.iter().any(|one| is(answer, one)))
        }
        Predicate::Answered { step, field } => facts.answer(step.as_deref(), field).is_some(),
        Predicate::AtLeast { step, field, number: least } => {
            number(facts.answer(step.as_deref(), field)).is_some_and(|number| number >= *least)
        }
        Predicate::AtMost { step, field, number: most } => {
            number(facts.answer(step.as_deref(), field)).is_some_and(|number| number <= *most)
        }
        Predicate::Record { means, any } => {
            let said = facts.record.and_then(|record| record.get(&means.name()));
            said.is_some_and(|said| any.iter().any(|one| said.contains(one)))
        }
        Predicate::Recorded { step, since } => {
            facts.case.is_some_and(|case| recorded_since(case, step, since))
        }
        Predicate::Lately { step, within } => {
            facts.case.and_then(|case| last(case, step)).is_some_and(|at| facts.now - at <= *within)
        }
        Predicate::Reached(milestone) => {
            facts.case.is_some_and(|case| case.facts.milestones.contains_key(milestone))
        }
        Predicate::StandsIn(any) => facts.case.is_some_and(|case| any.contains(&case.state)),
        Predicate::Lowers { field } => lowers(facts, field).is_some(),
        Predicate::Risk(any) => facts.risk().is_some_and(|risk| any.iter().any(|one| one == risk)),
        Predicate::Owed { what } => facts.case.is_some_and(|case| owed(case, what)),
        Predicate::Done { what } => facts.case.is_some_and(|case| done(case, what)),
        Predicate::Overdue { what } => facts.case.is_some_and(|case| overdue(case, what, facts)),
        Predicate::EveryLine { step, field, any, lines } => match facts.answer(step.as_deref(), field) {
            Some(Answer::Checklist(said)) => lines.iter().all(|line| {
                said.iter().any(|answered| answered.item == *line && any.contains(&answered.answer))
            }),
            _ => false,
        },
        Predicate::After { field } => time(facts.answer(None, field)).is_some_and(|at| at > facts.now),
        Predicate::Before { field } => time(facts.answer(None, field)).is_some_and(|at| at <= facts.now),
        Predicate::Caution { field } => match facts.answer(None, field) {
            Some(Answer::Named(named)) => facts.cautions.iter().any(|caution| caution.is_of(named)),
            _ => false,
        },
        Predicate::WordsAlone { field } => match facts.answer(None, field) {
            Some(Answer::Named(named)) => named.id.is_none() && !named.words.trim().is_empty(),
            _ => false,
        },
        Predicate::Unmet { what, by } => match facts.answer(None, by) {
            Some(Answer::Named(named)) => facts.case.is_some_and(|case| unmet(case, what, facts.kind(named))),
            _ => false,
        },
        Predicate::All(all) => all.iter().all(|one| holds(one, facts)),
        Predicate::Any(any) => any.iter().any(|one| holds(one, facts)),
        Predicate::Not(one) => !holds(one, facts),
    }
}

/// The case's present level and the one that is answered in this field of the form, where that weighs less.
pub(super) fn lowers<'a>(facts: &Facts<'a>, field: &str) -> Option<(&'a Level, &'a str)> {
    let Kind::Choice(levels) = &facts.step.field(field)?.kind else { return None };
    let Some(Answer::Choice(chosen)) = facts.answer(None, field) else { return None };
    let now = levels.iter().find(|level| level.id == *chosen)?;
    let before = facts.case?.facts.level.as_ref()?;
    (now.weight? < before.weight).then_some((before, now.label.as_str()))
}

/// Whether a condition that may be absent holds.
pub fn applies(when: &When, facts: &Facts<'_>) -> bool {
    when.as_ref().is_none_or(|predicate| holds(predicate, facts))
}

/// Whether the step stands in the case.
pub fn recorded(case: &CaseState, step: &str) -> bool {
    case.entries.iter().any(|mark| mark.edition.is_some() && mark.kind == step && mark.counts())
}

/// Whether the step stands in the case after the last of each of these. What somebody else agreed to later stands where it was
/// recorded first.
fn recorded_since(case: &CaseState, step: &str, since: &[String]) -> bool {
    let last = |step: &str| {
        let counts = |mark: &&EntryMark| mark.edition.is_some() && mark.kind == step && mark.counts();
        case.entries.iter().filter(counts).map(|mark| mark.seq).max()
    };
    last(step).is_some_and(|at| since.iter().all(|other| last(other).is_none_or(|before| before < at)))
}

/// When the last such step of the case happened.
fn last(case: &CaseState, step: &str) -> Option<DateTime<Utc>> {
    let counts = |mark: &&EntryMark| mark.edition.is_some() && mark.kind == step && mark.counts();
    case.entries.iter().filter(counts).map(|mark| mark.occurred.at).max()
}

/// Whether this step was recorded in the case and waits, as a whole, for a second person.
pub fn waits(case: &CaseState, step: &str) -> bool {
    let waits = |mark: &EntryMark| mark.awaits_second() && !mark.counts();
    case.entries.iter().any(|mark| mark.edition.is_some() && mark.kind == step && waits(mark))
}

/// Whether something is open in the case that is owed under this step's id, or under these rows (`STEP.FIELD`).
pub fn owed(case: &CaseState, what: &str) -> bool {
    case.commitments.iter().any(|one| is_owed(one, what))
}

/// Whether any of what was owed under this step or these rows came to its end as done.
fn done(case: &CaseState, what: &str) -> bool {
    case.commitments.iter().any(|one| one.progress == Progress::Confirmed && is_of(one, what))
}

/// Whether something open under this step waits for an organisation of some kind, and one of this kind is none of those
/// that any of it waits for. One whose kind is not known never is.
fn unmet(case: &CaseState, what: &str, kind: Option<&String>) -> bool {
    let waits = case.commitments.iter().filter(|one| is_owed(one, what)).filter_map(|one| one.meets.as_ref());
    let mut waits = waits.peekable();
    let is_one = |meets: &Meets| kind.is_some_and(|kind| meets.kinds.contains(kind));
    waits.peek().is_some() && !waits.any(is_one)
}

/// Whether something that is owed under this is past its time. A step that is recorded on one of them asks of that one
/// alone: whether it was late when it came to its end, where it has.
fn overdue(case: &CaseState, what: &str, facts: &Facts<'_>) -> bool {
    let on = facts.on.and_then(|on| case.commitments.iter().find(|one| one.id == *on && is_of(one, what)));
    let Some(on) = on else {
        return case.commitments.iter().any(|one| is_owed(one, what) && one.due <= facts.now);
    };
    let ended = on.settled_by.and_then(|by| case.entries.iter().find(|mark| mark.id == by));
    let until = ended.filter(|_| !on.progress.is_open()).map_or(facts.now, |mark| mark.recorded_at);
    on.due <= until
}

fn is_owed(one: &Commitment, what: &str) -> bool {
    one.progress.is_open() && is_of(one, what)
}

fn is_of(one: &Commitment, what: &str) -> bool {
    one.step.as_deref() == Some(what) || one.opened_in.as_deref() == Some(what)
}

/// The instant that an answer names, if it names one.
pub fn time(answer: Option<&Answer>) -> Option<DateTime<Utc>> {
    match answer? {
        Answer::Time(when) | Answer::ByWhen(ByWhen::At(when)) => Some(when.at),
        _ => None,
    }
}

fn number(answer: Option<&Answer>) -> Option<i64> {
    match answer? {
        Answer::Number(number) => Some(*number),
        Answer::Score { total, .. } => *total,
        _ => None,
    }
}

fn is(answer: &Answer, one: &str) -> bool {
    match answer {
        Answer::Choice(choice) => choice == one,
        Answer::Choices(choices) => choices.iter().any(|choice| choice == one),
        Answer::YesNo { is: YesNo::Yes, .. } => one == "yes",
        Answer::YesNo { is: YesNo::No, .. } => one == "no",
        Answer::Tree(path) => path.iter().any(|branch| branch.choice == one),
        Answer::Checklist(lines) => lines.iter().any(|line| line.answer == one),
        _ => false,
    }
}

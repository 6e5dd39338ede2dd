//! What is asked of a step before it is written, and what of its header follows from its case.

use super::{Appending, Place, refused};
use crate::domain::act::Act;
use crate::domain::answer::{Answer, Answers, Named};
use crate::domain::case::{CaseState, EntryMark};
use crate::domain::entry::{NewEntry, NewSaid, RegisterThen};
use crate::domain::ids::{CaseId, CommitmentId};
use crate::domain::leave::Leave;
use crate::domain::time::display;
use crate::domain::words::rehearsal as rehearsal_words;
use crate::domain::words::store as words;
use crate::pathway::check::{self, Context, Problem, Weight};
use crate::pathway::definition::{Field, Means, Pathway, Prefill, Step};
use crate::pathway::fold::Folding;
use crate::pathway::predicate::Facts;
use crate::store::drawn::{self, Draw};
use crate::store::error::{AppendError, MovedOn};
use crate::store::{allow, merged, reads};

impl Appending<'_> {
    /// Checks a step and says what its header is to name: case and subject. `known` is what the register has of whoever the
    /// answers name.
    pub(super) fn step(
        &mut self,
        pathway: &Pathway,
        step: &Step,
        entry: &NewEntry,
        follows: bool,
        known: RegisterThen,
    ) -> Result<Place, AppendError> {
        let NewSaid::Step { answers, on, cleared, .. } = &entry.what else { return Ok(Place::default()) };
        let own = Some(CaseId::from(entry.id));
        let opens = step.opens && (entry.case.is_none() || entry.case == own);
        let case = match entry.case.filter(|_| !opens) {
            Some(id) => Some(self.existing(id)?),
            None if opens => None,
            None => return Err(refused(words::STEP_NEEDS_CASE)),
        };
        if case.as_ref().is_some_and(|case| case.pathway != pathway.id) {
            return Err(refused(words::OTHER_PATHWAY));
        }
        if pathway.register
            && let Some(case) = &case
            && merged::mark(self.conn, case.id)?.is_some()
        {
            return Err(refused(words::RECORD_WHERE_KEPT));
        }
        // What keeps somebody safe is recorded first and asked about after.
        if let Some(case) = case.as_ref().filter(|_| !follows && !step.safety) {
            allow::sees(self.conn, &self.desk, case.id)?;
        }
        let location = case.as_ref().and_then(|case| case.location);
        let acting_for = match follows {
            false => allow::step(self.conn, &self.desk, entry, step, location, self.now)?,
            true => None,
        };
        let about = match &case {
            Some(case) => case.subject,
            None => entry.subject.or(named_subject(step, answers)),
        };
        // A step on a record asks what it says itself, as it stood before.
        let itself = case.as_ref().filter(|_| pathway.register).map(|case| case.id);
        let record = self.said_of(step, about.or(itself))?;
        let cautions = match step.asks_cautions() {
            true => self.cautions_in(answers)?,
            false => Vec::new(),
        };
        let context = Context {
            case: case.as_deref(),
            record: Some(&record),
            cautions: &cautions,
            kinds: Some(&known.kinds),
            states: &pathway.states,
            on: on.as_ref(),
            now: self.latest,
        };
        let mut problems = check::check(step, answers, context);
        problems.extend(check::on(step, on.as_ref(), case.as_deref()));
        problems.extend(check::judges_own(step, answers, entry.who.by));
        problems.extend(self.slips(step, answers, case.as_deref())?);
        problems.extend(self.as_drawn(pathway, step, answers, (case.as_deref(), on.as_ref()))?);
        problems.extend(check::cleared(pathway, step, cleared, answers, context));
        if !follows {
            let facts = Facts {
                step,
                answers,
                around: None,
                case: None,
                record: Some(&record),
                cautions: &cautions,
                kinds: Some(&known.kinds),
                on: on.as_ref(),
                now: self.now,
            };
            problems.extend(self.going_on(step, &facts, about)?);
        }
        if !check::may_be_saved(step, &problems) && !follows {
            return Err(AppendError::Problems(problems));
        }
        if !follows && !self.desk.viewer.system {
            self.may_be_planned(pathway, step, answers, case.as_deref())?;
        }
        let stale = match &case {
            Some(case) => self.stale(case)?,
            None => None,
        };
        // What was typed for one person is not recorded of another without a look.
        let looks_again = |moved: &&MovedOn| step.decides || moved.is_another && !step.safety;
        if let Some(moved) = stale.as_ref().filter(looks_again) {
            return Err(AppendError::Conflict(vec![moved.clone()]));
        }
        let unsighted = stale.is_some();
        let leave = match follows {
            false => {
                let leave = self.leave_of_step(pathway, step, entry, case.as_deref())?;
                Leave { acting_for, ..leave }
            }
            true => Leave::default(),
        };
        let place = if opens && !pathway.register { self.place_of(step, answers, about)? } else { None };
        let register = RegisterThen { record, cautions, place, ..known };
        if opens {
            self.opened.push(CaseId::from(entry.id));
            Ok(Place { case: own, subject: about, unsighted, leave, register })
        } else {
            self.recorded.extend(entry.case);
            Ok(Place { case: entry.case, subject: about, unsighted, leave, register })
        }
    }

    /// What is wrong with the numbers of paper slips that a step gives out or declares void, as the record stands in this
    /// transaction: no two desks give the same out.
    pub(super) fn slips(
        &self,
        step: &Step,
        answers: &Answers,
        case: Option<&CaseState>,
    ) -> Result<Vec<Problem>, AppendError> {
        let speaks_of = [Means::SlipsIssued, Means::SlipsVoid, Means::SlipsBlank, Means::SlipsReprinted];
        if speaks_of.iter().all(|means| step.meaning(*means).is_none()) {
            return Ok(Vec::new());
        }
        let known = reads::slip_numbers(self.conn)?;
        let mut problems = check::slips(step, answers, case, &known);
        problems.retain(|problem| problem.weight == Weight::Refused);
        Ok(problems)
    }

    /// What is not as it was drawn, in a step that speaks of the draw of a rehearsal: nobody chooses whom and what it is about,
    /// and whatever is left out says what had been drawn.
    fn as_drawn(
        &self,
        pathway: &Pathway,
        step: &Step,
        answers: &Answers,
        (case, on): (Option<&CaseState>, Option<&CommitmentId>),
    ) -> Result<Vec<Problem>, AppendError> {
        let (Some(holding), Some(case), Some(editions)) =
            (drawn::holding(pathway), case, self.deriver.editions())
        else {
            return Ok(Vec::new());
        };
        let round = case.commitments.iter().find(|one| Some(&one.id) == on && one.progress.is_open());
        let Some(round) = round else { return Ok(Vec::new()) };
        let refused =
            |field: &Field, says| Problem { field: field.id.clone(), weight: Weight::Refused, says };
        let zone = self.deriver.zone();
        let with = Folding { editions, zone: &zone };
        let first = |says| Ok(step.fields.first().map(|field| refused(field, says)).into_iter().collect());
        let found = match drawn::of(self.conn, with, case, round)? {
            Some(Draw::Drawn(found)) => found,
            Some(Draw::From(from)) if step.id == holding.id => {
                return first(rehearsal_words::too_early(&display::weekday_stamp(from, zone)));
            }
            None if step.id == holding.id => return first(rehearsal_words::NOBODY_TO_DRAW.to_owned()),
            // Whatever stood there would look like a draw that there never was.
            Some(Draw::From(_)) | None => {
                let said = |field: &&Field| {
                    matches!(field.prefill, Some(Prefill::Audit(_))) && answers.contains_key(&field.id)
                };
                let made_up = step.fields.iter().filter(said);
                return Ok(made_up
                    .map(|field| refused(field, rehearsal_words::nothing_drawn(&field.label)))
                    .collect());
            }
        };
        let mut differing = Vec::new();
        for field in step.fields.iter().filter(|field| !field.retired) {
            let Some(Prefill::Audit(part)) = field.prefill else { continue };
            let Some(drawn) = found.part(part) else { continue };
            // Whoever was drawn by a record that is read as another since is the same.
            let same = match (answers.get(&field.id), &drawn) {
                (Some(Answer::Named(Named { id: Some(said), .. })), Answer::Named(drawn)) => {
                    Some(merged::kept(self.conn, *said)?) == drawn.id
                }
                (answer, drawn) => is_same(answer, drawn),
            };
            if !same {
                differing.push(refused(field, rehearsal_words::not_as_drawn(&field.label)));
            }
        }
        Ok(differing)
    }

    /// What moved in a case since the form was opened.
    pub(super) fn stale(&self, case: &CaseState) -> Result<Option<MovedOn>, AppendError> {
        let Some(seen) = self.seen.get(&case.id).copied().filter(|seen| *seen < case.version) else {
            return Ok(None);
        };
        // Only what others wrote: entries of this very batch are newer too, and no surprise. That somebody saw what is owed
        // changes nothing that anybody decides on.
        let is_news =
            |mark: &&EntryMark| mark.seq > seen && mark.seq <= self.started && mark.kind != Act::ACKNOWLEDGE;
        let before: Vec<_> = case.entries.iter().filter(is_news).collect();
        if before.is_empty() {
            return Ok(None);
        }
        let reference = reads::reference_of(self.conn, case.id)?;
        let mut since = Vec::new();
        for mark in &before {
            let title = reads::title_of(self.conn, &case.pathway, &mark.kind)?;
            let by = reads::author_of(self.conn, mark.id)?;
            since.push(words::recorded_at(by.as_deref(), &title, mark.recorded_at, self.deriver.zone()));
        }
        let is_another = before.iter().any(|mark| mark.kind == Act::REATTRIBUTE);
        Ok(Some(MovedOn { case: case.id, reference, seen, now: case.version, since, is_another }))
    }
}

/// Whether somebody left an answer as it was drawn: words however they were broken into lines.
fn is_same(answer: Option<&Answer>, drawn: &Answer) -> bool {
    match (answer, drawn) {
        (Some(Answer::Text(answer)), Answer::Text(drawn)) => {
            answer.split_whitespace().eq(drawn.split_whitespace())
        }
        (Some(answer), drawn) => answer == drawn,
        (None, _) => false,
    }
}

/// Whom a form says that it is about.
fn named_subject(step: &Step, answers: &Answers) -> Option<CaseId> {
    record_of(answers.get(&step.meaning(Means::Subject)?.id)?)
}

/// The record that an answer names.
pub(super) fn record_of(answer: &Answer) -> Option<CaseId> {
    match answer {
        Answer::Named(named) => named.id,
        _ => None,
    }
}

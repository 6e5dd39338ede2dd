//! What is asked of an act before it is written, and the case and subject that its header names.

use super::step::record_of;
use super::{Appending, Place, defined, refused};
use crate::domain::act::Act;
use crate::domain::answer::{Answers, YesNo};
use crate::domain::case::CaseState;
use crate::domain::draft::Draft;
use crate::domain::entry::{NewEntry, RegisterThen, Said};
use crate::domain::ids::{CaseId, CommitmentId, EntryId};
use crate::domain::leave::Leave;
use crate::domain::permission::{Grant, Reason};
use crate::domain::words::store as words;
use crate::pathway::check::{self, Context, Problem, Weight};
use crate::pathway::definition::{Means, Step};
use crate::store::error::AppendError;
use crate::store::{Drafts, allow, editions, ledger, merged};

impl Appending<'_> {
    /// Checks an act and says what its header is to name.
    pub(super) fn act(&mut self, act: &Act, entry: &NewEntry, follows: bool) -> Result<Place, AppendError> {
        let mut place = Place::default();
        match act {
            Act::Amend { entry: amended, answers, .. } => place = self.amend(*amended, answers)?,
            Act::Reattribute { case, from, to, .. } => {
                let state = self.existing(*case)?;
                self.existing(*to)?;
                let (before, after) = (merged::kept(self.conn, *from)?, merged::kept(self.conn, *to)?);
                let subject = state.subject.map(|subject| merged::kept(self.conn, subject)).transpose()?;
                if subject != Some(before) || before == after {
                    return Err(refused(words::NOT_ITS_SUBJECT));
                }
                let leave = allow::act(self.conn, &self.desk, act, entry, state.location, self.now)?;
                place.leave.acting_for = leave;
                allow::sees(self.conn, &self.desk, *case)?;
                if let Some(moved) = self.stale(&state)? {
                    return Err(AppendError::Conflict(vec![moved]));
                }
                (place.case, place.subject) = (Some(*case), Some(*to));
                // Its duties went by where the wrong person lives: from now on they go by where the right one does.
                // The same where they went by nobody's yet. What was said to be elsewhere stays there.
                let theirs = self.lives_at(before)?;
                let follows_them = state.location.is_none() || theirs == state.location;
                if follows_them && self.asks_place(&state.pathway)? {
                    place.register.place = Some(self.lives_at(after)?.into());
                }
            }
            Act::Link { a, b, .. } | Act::Unlink { a, b, .. } => {
                let (one, other) = (self.existing(*a)?, self.existing(*b)?);
                let same_matter = matches!(act, Act::Link { duplicate: YesNo::Yes, .. });
                if same_matter {
                    self.same_matter(act, &one, &other)?;
                }
                let ours = self.opened.contains(a) || self.opened.contains(b);
                // The same contact in two cases of one person: whoever may record it in both may say so.
                let same = one.subject.is_some() && one.subject == other.subject;
                let in_both = same && self.recorded.contains(a) && self.recorded.contains(b);
                if same_matter || !follows && !ours && !in_both {
                    let here = allow::act(self.conn, &self.desk, act, entry, one.location, self.now)?;
                    let there = allow::act(self.conn, &self.desk, act, entry, other.location, self.now)?;
                    allow::sees(self.conn, &self.desk, *a)?;
                    allow::sees(self.conn, &self.desk, *b)?;
                    place.leave.acting_for = here.or(there);
                } else if !follows && !self.tying {
                    // A case is begun only from one that may be seen.
                    for other in [*a, *b].into_iter().filter(|case| !self.opened.contains(case)) {
                        allow::sees(self.conn, &self.desk, other)?;
                    }
                }
                (place.case, place.subject) = (Some(*a), one.subject);
            }
            Act::Merge { register, kept, gone, reason } => {
                place.case = Some(*kept);
                place.leave.acting_for = self.two_records(act, entry, *kept, *gone)?;
                self.merge(register, *kept, *gone, reason)?;
            }
            Act::Unmerge { kept, gone, .. } => {
                place.case = Some(*kept);
                place.leave.acting_for = self.two_records(act, entry, *kept, *gone)?;
                if merged::mark(self.conn, *gone)?.is_none_or(|mark| mark.kept != *kept) {
                    return Err(refused(words::NOT_MERGED));
                }
                self.held_as_one(*kept)?;
            }
            Act::ConfirmTyped { entry: typed, .. } => {
                let stored =
                    ledger::by_id(self.conn, *typed)?.ok_or_else(|| refused(words::NO_SUCH_ENTRY))?;
                allow::confirm(&self.desk, stored.header.who.by)?;
                place.case = stored.header.case;
                place.subject = self.subject(place.case)?;
            }
            Act::Cancel { owed, .. } | Act::PassOn { owed, .. } => {
                // Nobody does it by itself: the step says why, and whoever may record that may say so.
                if !follows {
                    return Err(Reason(words::FOLLOWS_FROM_A_STEP.to_owned()).into());
                }
                let case = entry.case.map(|id| self.existing(id)).transpose()?;
                let owed_here = |case: &CaseState| case.commitments.iter().any(|one| one.id == *owed);
                let case = case.filter(|case| owed_here(case)).ok_or_else(|| refused(words::NO_SUCH_CASE))?;
                (place.case, place.subject) = (Some(case.id), case.subject);
            }
            Act::Acknowledge { what } => {
                let case = entry.case.map(|id| self.existing(id)).transpose()?;
                let location = case.as_ref().and_then(|case| case.location);
                allow::acknowledge(&self.desk, entry, location, self.now)?;
                let case = case.ok_or_else(|| refused(words::NO_SUCH_CASE))?;
                allow::sees(self.conn, &self.desk, case.id)?;
                let is_owed = |id: &CommitmentId| {
                    case.commitments.iter().any(|one| one.id == *id && one.progress.is_open())
                };
                if what.is_empty() || !what.iter().all(is_owed) {
                    return Err(refused(words::NOT_OWED_HERE));
                }
                (place.case, place.subject) = (Some(case.id), case.subject);
            }
            Act::EnrolKey { staff, .. } | Act::RevokeKey { staff, .. } => {
                place.leave.acting_for = allow::act(self.conn, &self.desk, act, entry, None, self.now)?;
                self.key(act)?;
                // It stands in the record of whose it is.
                place.case = *staff;
            }
            Act::Sign { entry: signed } => {
                let stored =
                    ledger::by_id(self.conn, *signed)?.ok_or_else(|| refused(words::NO_SUCH_ENTRY))?;
                let case = stored.header.case.map(|id| self.existing(id)).transpose()?;
                let case = case.ok_or_else(|| refused(words::NO_SUCH_CASE))?;
                let Said::Step(said) = stored.read().0.said else { return Err(refused(words::NOT_A_STEP)) };
                let editions = self.deriver.editions().cloned();
                let step = editions.as_ref().and_then(|editions| editions.step(&said));
                place.leave.acting_for = allow::sign(&self.desk, entry, step, case.location, self.now)?;
                allow::sees(self.conn, &self.desk, case.id)?;
                if !case.entries.iter().any(|mark| mark.id == *signed && mark.unsigned) {
                    return Err(refused(words::NOTHING_TO_SIGN));
                }
                (place.case, place.subject) = (Some(case.id), case.subject);
            }
            Act::SetSecret { staff, .. } => {
                self.existing(*staff)?;
                place.leave.acting_for = allow::act(self.conn, &self.desk, act, entry, None, self.now)?;
                place.case = Some(*staff);
            }
            Act::Unlock { staff, .. } => {
                staff.map(|staff| self.existing(staff)).transpose()?;
                place.leave.acting_for = allow::act(self.conn, &self.desk, act, entry, None, self.now)?;
                place.case = *staff;
            }
            Act::Countersign { entry: waiting, .. } => place = self.countersign(*waiting, entry)?,
            Act::LookBeyond { subject, .. } => {
                self.existing(*subject)?;
                place.leave.acting_for = allow::act(self.conn, &self.desk, act, entry, None, self.now)?;
                place.subject = Some(*subject);
            }
            Act::BeyondSeen { entry: opened, .. } => {
                let stored =
                    ledger::by_id(self.conn, *opened)?.ok_or_else(|| refused(words::NO_SUCH_ENTRY))?;
                if !matches!(stored.read().0.said, Said::Act(Act::LookBeyond { .. })) {
                    return Err(refused(words::NO_SUCH_ENTRY));
                }
                place.leave.acting_for = allow::act(self.conn, &self.desk, act, entry, None, self.now)?;
                // Nobody answers for their own.
                if stored.header.who.by.is_some() && stored.header.who.by == entry.who.by {
                    return Err(Reason(words::NOT_THEIR_OWN_BEYOND.to_owned()).into());
                }
                place.subject = stored.header.subject;
            }
            Act::TakeDraft { draft, .. } => {
                place.leave.acting_for = allow::act(self.conn, &self.desk, act, entry, None, self.now)?;
                // Its words come with it. Drafts that cannot be read cannot be taken up either.
                let found = Drafts::open(self.dir).ok().and_then(|drafts| drafts.get(*draft).ok().flatten());
                for named in found.iter().flat_map(Draft::names) {
                    allow::sees(self.conn, &self.desk, named)?;
                }
            }
            Act::HandOver(_)
            | Act::HandoverAnswer { .. }
            | Act::HandoverReadBack { .. }
            | Act::HandoverLeft { .. }
            | Act::HandoverEnd { .. } => place = self.handover(act, entry)?,
            Act::Take { .. }
            | Act::Offer { .. }
            | Act::AnswerOffer { .. }
            | Act::WithdrawOffer { .. }
            | Act::LeaveTo { .. } => place = self.passes(act, entry, follows)?,
            Act::RaiseSign { .. } | Act::AnswerSign { .. } => place = self.sign(act, entry)?,
            Act::Hold { .. }
            | Act::LiftHold { .. }
            | Act::Dispose { .. }
            | Act::Withhold { .. }
            | Act::GiveCopy { .. } => place = self.of_retention(act, entry)?,
            Act::Disclose { whom, .. } => {
                let case = entry.case.map(|id| self.existing(id)).transpose()?;
                let location = case.as_ref().and_then(|case| case.location);
                place.leave.acting_for = allow::act(self.conn, &self.desk, act, entry, location, self.now)?;
                let case = case.ok_or_else(|| refused(words::NO_SUCH_CASE))?;
                allow::sees(self.conn, &self.desk, case.id)?;
                if whom.words.trim().is_empty() {
                    return Err(refused(words::DISCLOSED_TO_WHOM));
                }
                (place.case, place.subject) = (Some(case.id), case.subject);
            }
            // The program's own.
            Act::Looks { .. } if follows => {}
            Act::HoldDuty { place: at, .. } => {
                at.map(|at| self.existing(at)).transpose()?;
                place.leave.acting_for = allow::act(self.conn, &self.desk, act, entry, *at, self.now)?;
            }
            Act::Looks { .. } | Act::SignIn { .. } | Act::Found { .. } | Act::Adopt { .. } => {
                place.leave.acting_for = allow::act(self.conn, &self.desk, act, entry, None, self.now)?;
                if let Act::Adopt { files, .. } = act {
                    editions::parse(files.clone()).map_err(AppendError::Fatal)?;
                }
            }
        }
        if !follows {
            let leave = self.leave_of_act(act, entry, &place)?;
            place.leave = Leave { acting_for: place.leave.acting_for, ..leave };
        }
        Ok(place)
    }

    /// Whether two records can be merged at all: two of one register, both of which stand for themselves.
    fn merge(&mut self, register: &str, kept: CaseId, gone: CaseId, reason: &str) -> Result<(), AppendError> {
        let edition = self.edition()?;
        let is_register = edition.pathway(register).is_some_and(|pathway| pathway.register);
        if !is_register || merged::NEVER.contains(&register) {
            return Err(refused(words::NEVER_MERGED));
        }
        let (one, other) = (self.existing(kept)?, self.existing(gone)?);
        if kept == gone || one.pathway != register || other.pathway != register {
            return Err(refused(words::NOT_TWO_RECORDS));
        }
        for record in [kept, gone] {
            if merged::mark(self.conn, record)?.is_some() {
                return Err(refused(words::MERGED_ALREADY));
            }
        }
        if reason.trim().is_empty() { Err(refused(words::MERGE_WITHOUT_REASON)) } else { Ok(()) }
    }

    /// Whether two cases can be of one matter: two of one pathway about one subject, or about one that is not known.
    fn same_matter(&self, act: &Act, one: &CaseState, other: &CaseState) -> Result<(), AppendError> {
        let register = self.edition()?.pathway(&one.pathway).is_none_or(|pathway| pathway.register);
        let kept = |subject: Option<CaseId>| subject.map(|id| merged::kept(self.conn, id)).transpose();
        let subjects = kept(one.subject)?.zip(kept(other.subject)?);
        if register || one.id == other.id || one.pathway != other.pathway {
            return Err(refused(words::NOT_TWO_CASES));
        }
        if subjects.is_some_and(|(here, there)| here != there) {
            return Err(refused(words::NOT_ONE_SUBJECT));
        }
        match act {
            Act::Link { reason, .. } if reason.trim().is_empty() => Err(refused(words::MERGE_WITHOUT_REASON)),
            _ => Ok(()),
        }
    }

    /// Leave for both records, neither of which has moved since it was seen: for whom, where it is a delegate's.
    fn two_records(
        &mut self,
        act: &Act,
        entry: &NewEntry,
        kept: CaseId,
        gone: CaseId,
    ) -> Result<Option<CaseId>, AppendError> {
        let mut acting_for = None;
        for record in [kept, gone] {
            let state = self.existing(record)?;
            allow::sees(self.conn, &self.desk, record)?;
            let here = allow::act(self.conn, &self.desk, act, entry, state.location, self.now)?;
            acting_for = acting_for.or(here);
            if let Some(moved) = self.stale(&state)? {
                return Err(AppendError::Conflict(vec![moved]));
            }
        }
        Ok(acting_for)
    }

    fn subject(&mut self, case: Option<CaseId>) -> Result<Option<CaseId>, AppendError> {
        Ok(case.map(|case| self.existing(case)).transpose()?.and_then(|case| case.subject))
    }

    fn amend(&mut self, amended: EntryId, answers: &Answers) -> Result<Place, AppendError> {
        let stored = ledger::by_id(self.conn, amended)?.ok_or_else(|| refused(words::NO_SUCH_ENTRY))?;
        let (entry, _) = stored.read();
        let Said::Step(said) = entry.said else { return Err(refused(words::NOT_A_STEP)) };
        let case = stored.header.case.map(|id| self.existing(id)).transpose()?;
        if let Some(case) = &case {
            allow::sees(self.conn, &self.desk, case.id)?;
        }
        let mut acting_for = None;
        // Whose act it was may fill in and correct it; others need the grant.
        if self.desk.viewer.staff.is_none() || stored.header.who.by != self.desk.viewer.staff {
            let location = case.as_ref().and_then(|case| case.location);
            acting_for = allow::granted(&self.desk, Grant::Amend, location, self.now)?;
        }
        let editions = self.deriver.editions().cloned();
        let edition = editions.as_ref().and_then(|all| all.get(said.edition));
        let edition = edition.ok_or_else(|| AppendError::Fatal(words::NO_DEFINITIONS.to_owned()))?;
        let (pathway, step) = defined(edition, &said.pathway, &said.step)?;
        if let Some(case) = &case {
            self.amends_no_leave(case, amended, step, answers)?;
        }
        // What was asked of the record then still holds of what was recorded then.
        let record = Some(&entry.register.record);
        let mut cautions = entry.register.cautions.clone();
        if step.asks_cautions() {
            cautions.extend(self.cautions_in(answers)?);
        }
        let register = self.register(edition, pathway, answers, stored.header.case.zip(said.on.as_ref()))?;
        // Of whoever was named then counts what was known of them then.
        let mut kinds = register.kinds.clone();
        kinds.extend(entry.register.kinds.clone());
        let context = Context {
            case: case.as_deref(),
            record,
            cautions: &cautions,
            kinds: Some(&kinds),
            states: &pathway.states,
            on: said.on.as_ref(),
            now: self.latest,
        };
        let mut problems = check::answers(step, answers, context);
        problems.extend(self.slips(step, answers, case.as_deref())?);
        // Each row became a case of its own when it was recorded; a correction opens none, and nobody would owe what it adds.
        let opened = step.then.iter().filter_map(|then| then.each.as_ref());
        let changed = opened.filter(|each| said.answers.get(&each.rows) != answers.get(&each.rows));
        problems.extend(changed.map(|each| Problem {
            field: each.rows.clone(),
            weight: Weight::Refused,
            says: words::ROWS_ARE_CASES.to_owned(),
        }));
        if !check::may_be_saved(step, &problems) {
            return Err(AppendError::Problems(problems));
        }
        if let Some(case) = &case
            && let Some(moved) = self.stale(case)?
            && case.entries.iter().any(|mark| {
                mark.id == amended
                    && mark.amended_by.is_some_and(|by| {
                        case.entries.iter().any(|newer| newer.id == by && newer.seq > moved.seen)
                    })
            })
        {
            return Err(AppendError::Conflict(vec![moved]));
        }
        let subject = subject_after(step, answers, case.as_deref())?;
        // Also where the case still has a place: it may be this correction that takes it away. The fold only fills.
        let place = if pathway.register { None } else { self.place_of(step, answers, subject)? };
        Ok(Place {
            case: stored.header.case,
            subject,
            register: RegisterThen { cautions, place, ..register },
            leave: Leave { acting_for, ..Leave::default() },
            ..Place::default()
        })
    }
}

/// Whom a case is about once the step that opened it is amended: whoever is named where nobody was. A case that is
/// about somebody is moved to another record by its own act, never by a correction.
fn subject_after(
    step: &Step,
    answers: &Answers,
    case: Option<&CaseState>,
) -> Result<Option<CaseId>, AppendError> {
    let subject = case.and_then(|case| case.subject);
    let Some((field, case)) = step.meaning(Means::Subject).filter(|_| step.opens).zip(case) else {
        return Ok(subject);
    };
    let named = answers.get(&field.id).and_then(record_of);
    let before = case.answers.get(&format!("{}.{}", step.id, field.id)).and_then(record_of);
    if subject.is_some() && named != before && named != subject {
        return Err(refused(words::MOVE_IT_INSTEAD));
    }
    Ok(subject.or(named))
}

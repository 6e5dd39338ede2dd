//! What wants two people: whether an entry waits for a second one, goes through alone for a reason, or is the second
//! person's word itself.
//!
//! Waiting is decided here, once, when the entry is written, and kept in its body. What a word does is left to the fold
//! and to [`crate::store::derive`].

use super::{Appending, Place, refused};
use crate::domain::act::Act;
use crate::domain::answer::{Answer, Answers, YesNo};
use crate::domain::case::CaseState;
use crate::domain::entry::{Entry, NewEntry, NewSaid, Said};
use crate::domain::ids::{CaseId, EntryId};
use crate::domain::leave::{Leave, Waits};
use crate::domain::permission::{Held, Reason};
use crate::domain::words::{disposal, store as words};
use crate::pathway::check::{self, Context};
use crate::pathway::definition::{Field, Means, Pathway, Step};
use crate::pathway::fold::effective;
use crate::pathway::follow;
use crate::store::allow::{self, Asked, Desk};
use crate::store::derive::ActsFor;
use crate::store::error::AppendError;
use crate::store::{derive, ledger, reads};

impl Appending<'_> {
    /// By what leave a step stands that was allowed.
    pub(super) fn leave_of_step(
        &mut self,
        pathway: &Pathway,
        step: &Step,
        entry: &NewEntry,
        case: Option<&CaseState>,
    ) -> Result<Leave, AppendError> {
        let Some(waits) = self.step_wants_two(step, entry, case)? else { return Ok(Leave::default()) };
        // Whoever is given a role does not agree to it.
        let given = case.map(|case| case.id).filter(|_| pathway.register);
        let location = case.and_then(|case| case.location);
        let seen: Vec<CaseId> = case.map(|case| case.id).into_iter().collect();
        self.two(waits, Asked::Step(step), entry, given, (location, &seen))
    }

    /// By what leave an act stands that was allowed.
    pub(super) fn leave_of_act(
        &self,
        act: &Act,
        entry: &NewEntry,
        place: &Place,
    ) -> Result<Leave, AppendError> {
        let Some(waits) = act_wants_two(act) else { return Ok(Leave::default()) };
        // Where managers hold their roles at a place, they agree to what belongs there.
        let there = place.case.filter(|_| matches!(act, Act::Dispose { .. } | Act::LiftHold { .. }));
        let location = there.map(|case| allow::stands(self.conn, case)).transpose()?.and_then(|(at, _)| at);
        let seen = match (act, place.case) {
            (Act::Dispose { .. }, Some(case)) => self.goes_with(case)?,
            (_, case) => case.into_iter().collect(),
        };
        let leave = self.two(waits, Asked::Act(act), entry, place.case, (location, &seen));
        // Nothing is lost by waiting for a second person, and nothing comes back.
        let alone =
            matches!(&leave, Err(AppendError::Alone)) || leave.as_ref().is_ok_and(|one| one.alone.is_some());
        match act {
            Act::Dispose { .. } if alone => Err(Reason(disposal::NEVER_ALONE.to_owned()).into()),
            Act::LiftHold { .. } if alone => Err(Reason(disposal::NEVER_LIFTED_ALONE.to_owned()).into()),
            _ => leave,
        }
    }

    /// What of a step wants a second person: all of it where its definition says so, otherwise the roles that it gives.
    fn step_wants_two(
        &self,
        step: &Step,
        entry: &NewEntry,
        case: Option<&CaseState>,
    ) -> Result<Option<Waits>, AppendError> {
        let NewSaid::Step { answers, .. } = &entry.what else { return Ok(None) };
        if step.two_people || self.is_their_own(step, entry, case)? {
            return Ok(Some(Waits::All));
        }
        if !step.fields.iter().any(gives_leave) {
            return Ok(None);
        }
        // Whoever has left has nothing that is in force.
        let standing = case.filter(|case| !case.closed).zip(self.deriver.editions());
        let roles = standing.map(|(case, editions)| derive::roles(case, editions)).unwrap_or_default();
        let acting = standing.map(|(case, editions)| derive::acting(case, editions)).unwrap_or_default();
        let mut given = roles_beyond(step, answers, &roles);
        // In person: nobody passes on what is another's by typing it for them.
        let by = entry.who.by.filter(|by| entry.who.typed_by == Some(*by));
        given.extend(acting_beyond(step, answers, &acting, by));
        Ok((!given.is_empty()).then_some(Waits::Part(given)))
    }

    /// Whether whoever records a step recorded one in the case that it is to be apart from.
    fn is_their_own(
        &self,
        step: &Step,
        entry: &NewEntry,
        case: Option<&CaseState>,
    ) -> Result<bool, AppendError> {
        let Some(case) = case.filter(|_| !step.not_same_as.is_empty()) else { return Ok(false) };
        for mark in case.entries.iter().filter(|mark| step.not_same_as.contains(&mark.kind)) {
            let by = ledger::by_id(self.conn, mark.id)?.and_then(|stored| stored.header.who.by);
            if mark.edition.is_some() && by.is_some() && by == entry.who.by {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// It waits where somebody else may agree who sees all that it is about; otherwise it goes through for a reason.
    fn two(
        &self,
        waits: Waits,
        asked: Asked<'_>,
        entry: &NewEntry,
        given: Option<CaseId>,
        (location, seen): (Option<CaseId>, &[CaseId]),
    ) -> Result<Leave, AppendError> {
        if self.desk.viewer.system {
            return Ok(Leave::default());
        }
        let apart: Vec<CaseId> = [entry.who.by, entry.who.typed_by, given].into_iter().flatten().collect();
        for staff in reads::active_staff(self.conn)? {
            let viewer = reads::viewer_of(self.conn, Some(staff), &self.desk.rota, self.now)?
                .apart_from(&apart, self.now);
            if apart.contains(&staff)
                || allow::second(&self.desk.roles, &viewer, asked, location, self.now).is_err()
            {
                continue;
            }
            let theirs = Desk { viewer, ..self.desk.clone() };
            if seen.iter().all(|case| allow::sees(self.conn, &theirs, *case).is_ok()) {
                return Ok(Leave { waits: Some(waits), ..Leave::default() });
            }
        }
        match &self.alone {
            Some(why) => Ok(Leave { alone: Some(why.clone()), ..Leave::default() }),
            None => Err(AppendError::Alone),
        }
    }

    /// Checks a second person's word and says what its header is to name.
    pub(super) fn countersign(&mut self, waiting: EntryId, word: &NewEntry) -> Result<Place, AppendError> {
        if !reads::waits_for_second(self.conn, waiting)? {
            return Err(refused(words::NOTHING_WAITS_THERE));
        }
        let stored = ledger::by_id(self.conn, waiting)?.ok_or_else(|| refused(words::NO_SUCH_ENTRY))?;
        let (entry, _) = stored.read();
        allow::honest(&self.desk, word)?;
        let Some(second) = word.who.by.filter(|by| word.who.typed_by == Some(*by)) else {
            return Err(Reason(words::AGREE_YOURSELF.to_owned()).into());
        };
        let case = entry.case.map(|case| self.existing(case)).transpose()?;
        if let Some(case) = &case {
            allow::sees(self.conn, &self.desk, case.id)?;
        }
        let location = case.as_ref().and_then(|case| case.location);
        let viewer = reads::viewer_of(self.conn, Some(second), &self.desk.rota, self.now)?;
        let editions = self.deriver.editions().cloned();
        let acting_for =
            reads::may_be_second(&self.desk.roles, editions.as_deref(), &entry, viewer, location, self.now)?;
        if let Some(case) = &case
            && let Some(moved) = self.stale(case)?
        {
            return Err(AppendError::Conflict(vec![moved]));
        }
        if let (Some(case), NewSaid::Act(Act::Countersign { agrees: YesNo::Yes, .. })) = (&case, &word.what) {
            self.stands_still(&entry, case)?;
        }
        self.disposal_agreed(&entry, word)?;
        let leave = Leave { acting_for, ..Leave::default() };
        Ok(Place { case: entry.case, subject: case.and_then(|case| case.subject), leave, ..Place::default() })
    }

    /// A step that waited as a whole counts from the word on: what stands before it has to hold then, too.
    fn stands_still(&self, entry: &Entry, case: &CaseState) -> Result<(), AppendError> {
        let (Said::Step(said), Some(Waits::All)) = (&entry.said, &entry.leave.waits) else { return Ok(()) };
        let edition = self.edition()?;
        let Some(pathway) = edition.pathways.get(&said.pathway) else { return Ok(()) };
        let Some(step) = pathway.step(&said.step) else { return Ok(()) };
        // What was asked of the records then still holds of what was recorded then.
        let register = &entry.register;
        let context = Context {
            case: Some(case),
            record: Some(&register.record),
            cautions: &register.cautions,
            kinds: Some(&register.kinds),
            states: &pathway.states,
            on: said.on.as_ref(),
            now: self.now,
        };
        let says = check::no_longer(step, &said.answers, context).into_iter().next();
        match says.or_else(|| check::moved_since(pathway, step, case, entry.seq)) {
            Some(says) => Err(refused(&says)),
            None => Ok(()),
        }
    }

    /// What follows a step that had waited as a whole, once somebody agreed to it.
    pub(super) fn agreed(&mut self, act: &Act) -> Result<Vec<NewEntry>, AppendError> {
        let Act::Countersign { entry, agrees: YesNo::Yes, .. } = act else { return Ok(Vec::new()) };
        let Some(stored) = ledger::by_id(self.conn, *entry)? else { return Ok(Vec::new()) };
        let (entry, _) = stored.read();
        let (Said::Step(said), Some(Waits::All)) = (entry.said, entry.leave.waits) else {
            return Ok(Vec::new());
        };
        let edition = self.edition()?;
        let step = self.deriver.editions().and_then(|editions| editions.step(&said)).cloned();
        let stands = NewEntry {
            id: entry.id,
            key: stored.header.key,
            case: entry.case,
            subject: entry.subject,
            occurred: entry.occurred,
            reported_at: entry.reported_at,
            who: entry.who,
            what: NewSaid::Step {
                pathway: said.pathway,
                step: said.step,
                on: said.on,
                answers: said.answers,
                why_late: said.why_late,
                cleared: said.cleared,
            },
        };
        let Some(step) = step else { return Ok(Vec::new()) };
        let linked = self.linked(&step, stands.case)?;
        let began = self.began(&step, stands.case)?;
        let (began, register) = (began.as_ref(), &entry.register);
        Ok(follow::entries(&step, &stands, register, &edition, &linked, began, self.now))
    }

    /// A correction gives nobody a role, and does not change what a second person is to agree to.
    pub(super) fn amends_no_leave(
        &self,
        case: &CaseState,
        amended: EntryId,
        step: &Step,
        answers: &Answers,
    ) -> Result<(), AppendError> {
        if case.entries.iter().any(|mark| mark.id == amended && mark.awaits_second()) {
            return Err(refused(words::WAITS_FOR_SECOND));
        }
        if self.desk.viewer.system || !step.fields.iter().any(gives_leave) {
            return Ok(());
        }
        let stored = ledger::of_case(self.conn, case.id, case.version)?;
        let entries: Vec<Entry> = stored.iter().map(|stored| stored.read().0).collect();
        let stands = effective(&entries).remove(&amended).map(|stands| stands.answers).unwrap_or_default();
        let roles = |answers: &Answers| -> Vec<_> {
            let fields = step.fields.iter().filter(|field| gives_roles(field));
            fields.filter_map(|field| answers.get(&field.id)).flat_map(derive::roles_in).collect()
        };
        let said = roles(&stands);
        let given = roles(answers).into_iter().any(|role| !said.contains(&role));
        let acting = step.fields.iter().filter(|field| lets_act(field));
        let acted: Vec<ActsFor> =
            acting.flat_map(|field| derive::acting_in(field, stands.get(&field.id))).collect();
        if given || !acting_beyond(step, answers, &acted, None).is_empty() {
            Err(refused(words::NO_ROLE_BY_CORRECTION))
        } else {
            Ok(())
        }
    }
}

/// Whether a field gives roles to whoever it is about.
fn gives_roles(field: &Field) -> bool {
    matches!(field.means, Some(Means::Roles | Means::RoleAt))
}

/// Whether it lets them act for somebody.
fn lets_act(field: &Field) -> bool {
    field.means == Some(Means::ActingFor)
}

fn gives_leave(field: &Field) -> bool {
    field.means.is_some_and(Means::gives_leave)
}

/// What of an act wants a second person. Whoever adds an act says so here.
fn act_wants_two(act: &Act) -> Option<Waits> {
    match act {
        Act::EnrolKey { .. } | Act::Dispose { .. } | Act::LiftHold { .. } => Some(Waits::All),
        Act::Found { .. }
        | Act::Adopt { .. }
        | Act::Amend { .. }
        | Act::Reattribute { .. }
        | Act::Link { .. }
        | Act::Unlink { .. }
        | Act::Merge { .. }
        | Act::Unmerge { .. }
        | Act::Cancel { .. }
        | Act::PassOn { .. }
        | Act::HoldDuty { .. }
        | Act::ConfirmTyped { .. }
        | Act::Countersign { .. }
        | Act::TakeDraft { .. }
        | Act::RevokeKey { .. }
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
        | Act::SetSecret { .. }
        | Act::Unlock { .. }
        | Act::Sign { .. }
        | Act::Acknowledge { .. }
        | Act::Take { .. }
        | Act::Offer { .. }
        | Act::AnswerOffer { .. }
        | Act::WithdrawOffer { .. }
        | Act::Hold { .. }
        | Act::Withhold { .. }
        | Act::GiveCopy { .. }
        | Act::Disclose { .. }
        | Act::LeaveTo { .. }
        | Act::SignIn { .. } => None,
    }
}

/// The rows of the answers that let somebody act for another for longer than is in force. Whoever is acted for lets
/// others act for them without a second person: it is theirs to pass on.
fn acting_beyond(step: &Step, answers: &Answers, in_force: &[ActsFor], by: Option<CaseId>) -> Answers {
    let within = |(whom, from, until): &ActsFor| {
        Some(*whom) == by
            || in_force.iter().any(|(held, since, end)| held == whom && since <= from && until <= end)
    };
    let mut beyond = Answers::new();
    for field in step.fields.iter().filter(|field| lets_act(field)) {
        let Some(Answer::Rows(rows)) = answers.get(&field.id) else { continue };
        let is_new = |row: &&Answers| {
            let alone = Answer::Rows(vec![(*row).clone()]);
            derive::acting_in(field, Some(&alone)).iter().any(|acts| !within(acts))
        };
        let new: Vec<Answers> = rows.iter().filter(is_new).cloned().collect();
        if !new.is_empty() {
            beyond.insert(field.id.clone(), Answer::Rows(new));
        }
    }
    beyond
}

/// The parts of the answers that give a role which is not in force.
fn roles_beyond(step: &Step, answers: &Answers, in_force: &[Held]) -> Answers {
    let holds = |(role, at): &Held| {
        in_force.iter().any(|(held, held_at)| held == role && (held_at.is_none() || held_at == at))
    };
    let is_new = |answer: &Answer| derive::roles_in(answer).iter().any(|role| !holds(role));
    let beyond = |answer: &Answer| match answer {
        Answer::Choices(roles) => {
            let new = roles.iter().filter(|role| is_new(&Answer::Choice((*role).clone())));
            Answer::Choices(new.cloned().collect())
        }
        Answer::Rows(rows) => {
            let new = rows.iter().filter(|row| is_new(&Answer::Rows(vec![(*row).clone()])));
            Answer::Rows(new.cloned().collect())
        }
        other => other.clone(),
    };
    let fields = step.fields.iter().filter(|field| gives_roles(field));
    let given = fields.filter_map(|field| Some((field.id.clone(), answers.get(&field.id)?)));
    given.filter(|(_, answer)| is_new(answer)).map(|(id, answer)| (id, beyond(answer))).collect()
}

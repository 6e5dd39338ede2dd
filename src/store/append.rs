//! Appending: all that is asked of a batch before it is in the record, and the one transaction that puts it there.
//!
//! Whose act it may be is left to [`super::allow`], what an entry must hold to [`crate::pathway::check`], what
//! follows from it to [`super::derive`].

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{DateTime, SubsecRound, Utc};
use rusqlite::{Connection, Transaction, TransactionBehavior};

use super::allow::{self, Desk};
use super::body::{self, StepBody};
use super::derive::{DeriveError, Deriver};
use super::error::{AppendError, MovedOn};
use super::header::{self, FORMAT, Header};
use super::ledger::{self, Head, Stored};
use super::{Store, canonical};
use crate::domain::act::Act;
use crate::domain::answer::{Answer, When, YesNo};
use crate::domain::case::CaseState;
use crate::domain::chance::Chance;
use crate::domain::entry::{Batch, NewEntry, NewSaid, Receipt, Said};
use crate::domain::ids::{CaseId, EntryId, Seq};
use crate::domain::permission::Viewer;
use crate::domain::words::store as words;
use crate::pathway::check::{self, Context, Problem, Weight};
use crate::pathway::definition::{Means, Pathway, Step};
use crate::pathway::edition::Edition;
use crate::pathway::follow;

/// What wrote an entry.
const PROGRAM: &str = concat!("dutydesk ", env!("CARGO_PKG_VERSION"));

impl From<DeriveError> for AppendError {
    fn from(error: DeriveError) -> Self {
        match error {
            DeriveError::Sql(error) => error.into(),
            DeriveError::Definitions(says) => AppendError::Fatal(says),
        }
    }
}

impl From<canonical::NotCanonical> for AppendError {
    fn from(error: canonical::NotCanonical) -> Self {
        AppendError::Fatal(error.to_string())
    }
}

impl Store {
    /// Appends entries: all or none. Returns only after they are on the disk.
    ///
    /// # Errors
    /// See [`AppendError`]; nothing was written, except where the outcome is not known.
    pub fn append(
        &mut self,
        viewer: &Viewer,
        batch: Batch,
        now: DateTime<Utc>,
    ) -> Result<Receipt, AppendError> {
        let draft = batch.draft;
        let receipt = self.append_all(vec![(viewer.clone(), batch, now)])?;
        if let Some(draft) = draft {
            self.forget_draft(draft);
        }
        Ok(receipt)
    }

    /// Appends many batches, each by its own viewer at its own time, in one transaction: all or none. For the example
    /// office, whose times are pretended and must not run backwards; drafts are left alone.
    ///
    /// # Errors
    /// As [`Store::append`].
    pub fn append_many(&mut self, batches: Vec<(Viewer, Batch, DateTime<Utc>)>) -> Result<(), AppendError> {
        if batches.is_empty() { Ok(()) } else { self.append_all(batches).map(drop) }
    }

    /// The one way into the ledger. What was in it already is left as it is; the receipt is that of what is new, or,
    /// where nothing is, of the last that was found.
    fn append_all(&mut self, batches: Vec<(Viewer, Batch, DateTime<Utc>)>) -> Result<Receipt, AppendError> {
        if let Some(why) = &self.read_only {
            return Err(AppendError::ReadOnly(why.clone()));
        }
        let _place_in_queue = self.dir.queue().map_err(|error| AppendError::Fatal(error.to_string()))?;
        let transaction = Transaction::new_unchecked(&self.conn, TransactionBehavior::Immediate)?;
        // Everything that a batch is held to is read inside the transaction: nobody changes it meanwhile.
        let desks = batches.iter().map(|(viewer, ..)| self.desk(viewer)).collect::<Result<Vec<_>, _>>()?;
        let deriver = Deriver::new(&transaction, self.editions_now()?, self.zone()?);
        let before = ledger::head(&transaction)?;
        let mut appending = Appending {
            conn: &transaction,
            deriver,
            desk: Desk { viewer: Viewer::default(), roles: self.roles()? },
            seen: BTreeMap::new(),
            opened: Vec::new(),
            started: before.seq,
            head: before,
            now: DateTime::default(),
            chance: self.chance.as_mut(),
        };
        let mut earlier = None;
        for ((_, batch, now), desk) in batches.into_iter().zip(desks) {
            match already(&transaction, &batch)? {
                Some(receipt) => earlier = Some(receipt),
                None => appending.batch(batch, desk, now)?,
            }
        }
        let (last, cases) = (appending.head, appending.deriver.changed());
        let recorded_at = appending.now;
        if let (Some(receipt), true) = (earlier, last.seq == before.seq) {
            return Ok(receipt);
        }
        appending.deriver.flush()?;
        drop(appending);
        transaction.commit()?;
        self.dir.ring();
        Ok(Receipt {
            first: before.seq + 1,
            last: last.seq,
            head: short(&last),
            recorded_at,
            cases,
            repeated: false,
        })
    }
}

fn short(head: &Head) -> String {
    head.hash.to_string().chars().take(8).collect()
}

/// The receipt of entries that are in the ledger already.
pub(super) fn receipt_for(conn: &Connection, stored: &[Stored]) -> rusqlite::Result<Option<Receipt>> {
    let (Some(first), Some(last)) = (
        stored.iter().min_by_key(|stored| stored.header.seq),
        stored.iter().max_by_key(|stored| stored.header.seq),
    ) else {
        return Ok(None);
    };
    let mut cases: Vec<(CaseId, String)> = Vec::new();
    for case in stored.iter().filter_map(|stored| stored.header.case) {
        if !cases.iter().any(|(known, _)| *known == case) {
            cases.push((case, super::reads::reference_of(conn, case)?));
        }
    }
    let head = Head { seq: last.header.seq, hash: last.hash, recorded_at: None };
    Ok(Some(Receipt {
        first: first.header.seq,
        last: last.header.seq,
        head: short(&head),
        recorded_at: last.header.recorded_at,
        cases,
        repeated: true,
    }))
}

/// The earlier receipt, where every key is in the ledger. The same key with other words is refused, so that nothing
/// typed since is taken for saved.
fn already(conn: &Connection, batch: &Batch) -> Result<Option<Receipt>, AppendError> {
    let mut found = Vec::new();
    for entry in &batch.entries {
        if let Some(stored) = ledger::by_key(conn, &entry.key)? {
            if !same_words(&entry.what, &stored.read().0.said) {
                return Err(AppendError::Conflict(Vec::new()));
            }
            found.push(stored);
        }
    }
    if !found.is_empty() && found.len() < batch.entries.len() {
        return Err(AppendError::Conflict(Vec::new()));
    }
    Ok(receipt_for(conn, &found)?)
}

fn same_words(new: &NewSaid, stored: &Said) -> bool {
    match (new, stored) {
        (NewSaid::Step { answers, .. }, Said::Step(said)) => {
            canonical::bytes(answers) == canonical::bytes(&said.answers)
        }
        (NewSaid::Act(act), Said::Act(said)) => canonical::bytes(act) == canonical::bytes(said),
        _ => false,
    }
}

/// A batch on its way into the ledger.
struct Appending<'a> {
    conn: &'a Connection,
    deriver: Deriver<'a>,
    /// Nobody's, until a batch is begun.
    desk: Desk,
    seen: BTreeMap<CaseId, Seq>,
    /// Cases that this batch opens.
    opened: Vec<CaseId>,
    /// The last entry before this batch.
    started: Seq,
    head: Head,
    now: DateTime<Utc>,
    chance: &'a mut dyn Chance,
}

impl Appending<'_> {
    /// Adds one batch after those before it.
    fn batch(&mut self, batch: Batch, desk: Desk, now: DateTime<Utc>) -> Result<(), AppendError> {
        self.desk = desk;
        self.seen = batch.seen.into_iter().collect();
        self.opened.clear();
        self.started = self.head.seq;
        self.now = now.trunc_subsecs(3);
        batch.entries.into_iter().try_for_each(|entry| self.add(entry, false))
    }

    /// Checks and adds one entry, and what follows from it. What follows is the program's own consequence of an act
    /// that was allowed: it is not asked whose act it is.
    fn add(&mut self, mut entry: NewEntry, follows: bool) -> Result<(), AppendError> {
        entry.occurred.at = entry.occurred.at.trunc_subsecs(0);
        entry.reported_at = entry.reported_at.map(|at| at.trunc_subsecs(0));
        match entry.what.clone() {
            NewSaid::Step { pathway, step, .. } => {
                let edition = self.edition()?;
                let (pathway, step) = defined(&edition, &pathway, &step)?;
                let unsighted = self.step(&pathway, &step, &mut entry, follows)?;
                let NewSaid::Step { on, answers, why_late, .. } = entry.what.clone() else { return Ok(()) };
                // A step that is recorded on nothing names nothing in its header.
                let on = on.filter(|_| !step.on.is_empty());
                let unsighted = unsighted.then_some(YesNo::Yes);
                let body = body::step(&StepBody { answers, why_late, unsighted })?;
                let kind = format!("{}.{}", pathway.id, step.id);
                self.write(&entry, kind, Some(edition.id), on, body)?;
                for following in follow::entries(&step, &entry, &edition, self.now) {
                    self.add(following, true)?;
                }
            }
            NewSaid::Act(act) => {
                self.act(&act, &mut entry, follows)?;
                let body = body::act(&act)?;
                self.write(&entry, act.kind().to_owned(), None, None, body)?;
            }
        }
        Ok(())
    }

    fn edition(&self) -> Result<Arc<Edition>, AppendError> {
        let editions =
            self.deriver.editions().ok_or_else(|| AppendError::Fatal(words::NO_DEFINITIONS.to_owned()))?;
        Ok(editions.current().clone())
    }

    /// Checks a step and completes its header: case and subject. Says whether it is written without sight of
    /// something newer.
    fn step(
        &mut self,
        pathway: &Pathway,
        step: &Step,
        entry: &mut NewEntry,
        follows: bool,
    ) -> Result<bool, AppendError> {
        let NewSaid::Step { answers, on, .. } = &entry.what else { return Ok(false) };
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
        if !follows {
            let location = case.as_ref().and_then(|case| case.location);
            allow::step(self.conn, &self.desk, entry, step, location)?;
        }
        let context = Context { case: case.as_ref(), now: self.now };
        let mut problems = check::check(step, answers, context);
        problems.extend(check::on(step, on.as_ref(), case.as_ref()));
        if !check::may_be_saved(step, &problems) && !follows {
            return Err(AppendError::Problems(problems));
        }
        let stale = match &case {
            Some(case) => self.stale(case)?,
            None => None,
        };
        if let Some(moved) = stale.as_ref().filter(|_| step.decides) {
            return Err(AppendError::Conflict(vec![moved.clone()]));
        }
        if opens {
            let named = step.meaning(Means::Subject).and_then(|field| answers.get(&field.id));
            let named = named.and_then(|answer| match answer {
                Answer::Named(named) => named.id,
                _ => None,
            });
            entry.subject = entry.subject.or(named);
            entry.case = Some(CaseId::from(entry.id));
            self.opened.push(CaseId::from(entry.id));
        } else {
            entry.subject = case.as_ref().and_then(|case| case.subject);
        }
        Ok(stale.is_some())
    }

    fn existing(&self, id: CaseId) -> Result<CaseState, AppendError> {
        self.deriver.case(id)?.ok_or_else(|| refused(words::NO_SUCH_CASE))
    }

    /// What moved in a case since the form was opened.
    fn stale(&self, case: &CaseState) -> Result<Option<MovedOn>, AppendError> {
        let Some(seen) = self.seen.get(&case.id).copied().filter(|seen| *seen < case.version) else {
            return Ok(None);
        };
        // Only what others wrote: entries of this very batch are newer too, and no surprise.
        let before: Vec<_> =
            case.entries.iter().filter(|mark| mark.seq > seen && mark.seq <= self.started).collect();
        if before.is_empty() {
            return Ok(None);
        }
        let reference = super::reads::reference_of(self.conn, case.id)?;
        let mut since = Vec::new();
        for mark in &before {
            let title = super::reads::title_of(self.conn, &case.pathway, &mark.kind)?;
            since.push(words::recorded_at(&title, mark.recorded_at, self.deriver.zone()));
        }
        Ok(Some(MovedOn { case: case.id, reference, seen, now: case.version, since }))
    }

    /// Checks an act and completes its header.
    fn act(&mut self, act: &Act, entry: &mut NewEntry, follows: bool) -> Result<(), AppendError> {
        match act {
            Act::Amend { entry: amended, answers, .. } => self.amend(*amended, answers, entry)?,
            Act::Reattribute { case, from, to, .. } => {
                let state = self.existing(*case)?;
                self.existing(*to)?;
                if state.subject != Some(*from) || from == to {
                    return Err(refused(words::NOT_ITS_SUBJECT));
                }
                allow::act(self.conn, &self.desk, act, entry, state.location)?;
                if let Some(moved) = self.stale(&state)? {
                    return Err(AppendError::Conflict(vec![moved]));
                }
                (entry.case, entry.subject) = (Some(*case), Some(*to));
            }
            Act::Link { a, b, .. } | Act::Unlink { a, b, .. } => {
                let (one, other) = (self.existing(*a)?, self.existing(*b)?);
                let ours = self.opened.contains(a) || self.opened.contains(b);
                if !follows && !ours {
                    allow::act(self.conn, &self.desk, act, entry, one.location)?;
                    allow::act(self.conn, &self.desk, act, entry, other.location)?;
                }
                (entry.case, entry.subject) = (Some(*a), one.subject);
            }
            Act::ConfirmTyped { entry: typed, .. } => {
                let stored =
                    ledger::by_id(self.conn, *typed)?.ok_or_else(|| refused(words::NO_SUCH_ENTRY))?;
                allow::confirm(&self.desk, stored.header.who.by)?;
                entry.case = stored.header.case;
                entry.subject = self.subject(entry.case)?;
            }
            Act::HoldDuty { .. }
            | Act::TakeDraft { .. }
            | Act::SignIn { .. }
            | Act::Found { .. }
            | Act::Adopt { .. } => {
                allow::act(self.conn, &self.desk, act, entry, None)?;
                if let Act::Adopt { files, .. } = act {
                    super::editions::parse(files.clone()).map_err(AppendError::Fatal)?;
                }
                (entry.case, entry.subject) = (None, None);
            }
        }
        Ok(())
    }

    fn subject(&self, case: Option<CaseId>) -> Result<Option<CaseId>, AppendError> {
        Ok(case.map(|case| self.existing(case)).transpose()?.and_then(|case| case.subject))
    }

    fn amend(
        &mut self,
        amended: EntryId,
        answers: &crate::domain::answer::Answers,
        entry: &mut NewEntry,
    ) -> Result<(), AppendError> {
        let stored = ledger::by_id(self.conn, amended)?.ok_or_else(|| refused(words::NO_SUCH_ENTRY))?;
        let Said::Step(said) = stored.read().0.said else { return Err(refused(words::NOT_A_STEP)) };
        let case = stored.header.case.map(|id| self.existing(id)).transpose()?;
        // Whose act it was may fill in and correct it; others need the grant.
        if self.desk.viewer.staff.is_none() || stored.header.who.by != self.desk.viewer.staff {
            let location = case.as_ref().and_then(|case| case.location);
            allow::granted(&self.desk, crate::domain::permission::Grant::Amend, location)?;
        }
        let editions = self.deriver.editions().cloned();
        let edition = editions.as_ref().and_then(|all| all.get(said.edition));
        let edition = edition.ok_or_else(|| AppendError::Fatal(words::NO_DEFINITIONS.to_owned()))?;
        let (_, step) = defined(edition, &said.pathway, &said.step)?;
        let problems = check::answers(&step, answers, Context { case: case.as_ref(), now: self.now });
        if !check::may_be_saved(&step, &problems) {
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
        entry.subject = case.as_ref().and_then(|case| case.subject);
        entry.case = stored.header.case;
        Ok(())
    }

    fn write(
        &mut self,
        entry: &NewEntry,
        kind: String,
        edition: Option<crate::domain::ids::EditionId>,
        on: Option<crate::domain::ids::CommitmentId>,
        body: Vec<u8>,
    ) -> Result<(), AppendError> {
        // The header is kept when the words are gone: nothing that a person wrote may stand in it.
        let opaque = uuid::Uuid::try_parse(&entry.key).is_ok_and(|id| id.to_string() == entry.key);
        if !opaque {
            return Err(AppendError::Fatal(words::KEY_NOT_OPAQUE.to_owned()));
        }
        let salt = self.chance.bytes32();
        let header = Header {
            format: FORMAT,
            seq: self.head.seq + 1,
            id: entry.id,
            key: entry.key.clone(),
            kind,
            edition,
            case: entry.case,
            subject: entry.subject,
            on,
            occurred: When { at: entry.occurred.at, precision: entry.occurred.precision },
            reported_at: entry.reported_at,
            recorded_at: self.now,
            offset_minutes: self.deriver.zone().offset_minutes(self.now),
            clock_regressed: self.head.recorded_at.is_some_and(|before| self.now < before),
            who: entry.who,
            program: PROGRAM.to_owned(),
            body_commit: header::commit(&salt, &body),
            prev: self.head.hash,
        };
        let stored = Stored { hash: header.hash(), header, body: Some((salt, body)) };
        ledger::insert(self.conn, &stored)?;
        self.deriver.apply(&stored)?;
        self.head =
            Head { seq: stored.header.seq, hash: stored.hash, recorded_at: Some(stored.header.recorded_at) };
        Ok(())
    }
}

fn defined(edition: &Edition, pathway: &str, step: &str) -> Result<(Arc<Pathway>, Step), AppendError> {
    let found = edition.pathways.get(pathway);
    let step = found.and_then(|pathway| pathway.step(step));
    match (found, step) {
        (Some(pathway), Some(step)) if pathway.id != "act" => Ok((pathway.clone(), step.clone())),
        _ => Err(refused(words::NO_SUCH_STEP)),
    }
}

fn refused(says: &str) -> AppendError {
    AppendError::Problems(vec![Problem {
        field: String::new(),
        weight: Weight::Refused,
        says: says.to_owned(),
    }])
}

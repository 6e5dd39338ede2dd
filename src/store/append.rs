//! Appending: all that is asked of a batch before it is in the record, and the one transaction that puts it there.
//!
//! Whose act it may be is left to [`super::allow`], what an entry must hold to [`crate::pathway::check`], what
//! follows from it to [`super::derive`].

mod act;
mod going_on;
mod handover;
mod keys;
mod looks;
mod on_record;
mod owning;
mod put_right;
mod register;
mod repeated;
mod retention;
mod rota;
mod second;
mod signs;
mod staff_list;
mod step;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::{DateTime, SubsecRound, Utc};
use rusqlite::{Connection, Transaction, TransactionBehavior};

pub(super) use repeated::receipt_for;

use super::allow::Desk;
use super::body::{self, StepBody};
use super::derive::{DeriveError, Deriver};
use super::error::AppendError;
use super::header::{self, FORMAT, Header};
use super::ledger::{self, Head, Stored};
use super::{OfficeDir, Store, canonical, disposal, merged, reads, wipe};
use crate::domain::act::Act;
use crate::domain::answer::{When, YesNo};
use crate::domain::case::CaseState;
use crate::domain::chance::Chance;
use crate::domain::entry::{Batch, NewEntry, NewSaid, Receipt, RegisterThen, Said};
use crate::domain::ids::{CaseId, CommitmentId, EditionId, Seq};
use crate::domain::leave::{Leave, Waits};
use crate::domain::permission::Viewer;
use crate::domain::rota::Rota;
use crate::domain::words::store as words;
use crate::pathway::check::{Problem, Weight};
use crate::pathway::definition::{Means, Pathway, Step};
use crate::pathway::edition::Edition;
use crate::pathway::fold::effective;
use crate::pathway::follow;

/// What wrote an entry.
pub(super) const PROGRAM: &str = concat!("dutydesk ", env!("CARGO_PKG_VERSION"));

/// The same while it makes an example office: what it told by itself is known from what somebody did there.
pub(super) const EXAMPLE: &str = concat!("dutydesk ", env!("CARGO_PKG_VERSION"), " example");

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
        let (draft, looks) = (batch.draft, looks::to_note(viewer, &batch, now));
        let receipt = self.append_all(vec![(viewer.clone(), batch, now)], Outcome::Kept);
        let is_refused = matches!(receipt, Err(AppendError::Denied(_)));
        if is_refused || receipt.is_ok() {
            self.note(&looks, is_refused);
        }
        let receipt = receipt?;
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
        if batches.is_empty() { Ok(()) } else { self.append_all(batches, Outcome::Kept).map(drop) }
    }

    /// Goes through all that [`Store::append`] does and writes nothing: what it would answer.
    ///
    /// # Errors
    /// As [`Store::append`].
    pub fn rehearse(
        &mut self,
        viewer: &Viewer,
        batch: Batch,
        now: DateTime<Utc>,
    ) -> Result<Receipt, AppendError> {
        self.append_all(vec![(viewer.clone(), batch, now)], Outcome::TakenBack)
    }

    /// The one way into the ledger. What was in it already is left as it is; the receipt is that of what is new, or,
    /// where nothing is, of the last that was found.
    fn append_all(
        &mut self,
        batches: Vec<(Viewer, Batch, DateTime<Utc>)>,
        outcome: Outcome,
    ) -> Result<Receipt, AppendError> {
        if let Some(read_only) = &self.read_only {
            return Err(read_only.error());
        }
        let _place_in_queue = self.place_in_queue()?;
        let transaction = Transaction::new_unchecked(&self.conn, TransactionBehavior::Immediate)?;
        // Everything that a batch is held to is read inside the transaction: nobody changes it meanwhile.
        let desks = batches.iter().map(|(viewer, ..)| self.desk(viewer)).collect::<Result<Vec<_>, _>>()?;
        let first = batches.first().map(|(.., now)| self.rota_at(now.trunc_subsecs(3))).transpose()?;
        let editions = self.editions_now()?;
        if let Some(Err(faults)) = editions.as_deref().map(|all| all.fetch_all()) {
            return Err(AppendError::Disk(super::editions::in_words(faults)));
        }
        let deriver = Deriver::new(&transaction, editions, self.zone()?);
        let before = ledger::head(&transaction)?;
        let mut appending = Appending {
            conn: &transaction,
            dir: &self.dir,
            deriver,
            desk: Desk { viewer: Viewer::default(), roles: self.roles()?, rota: Arc::default() },
            seen: BTreeMap::new(),
            opened: Vec::new(),
            tying: false,
            recorded: Vec::new(),
            disposing: Vec::new(),
            flushed: BTreeMap::new(),
            source: None,
            alone: None,
            waits: false,
            started: before.seq,
            head: before,
            now: DateTime::default(),
            latest: DateTime::default(),
            chance: self.chance.as_mut(),
            program: self.program,
        };
        let mut earlier = None;
        // Those after the first may come long after it, and after what it changed.
        let rotas = std::iter::once(first).chain(std::iter::repeat(None));
        for (((_, batch, now), desk), rota) in batches.into_iter().zip(desks).zip(rotas) {
            match repeated::already(&transaction, &batch)? {
                Some(receipt) => earlier = Some(receipt),
                None => appending.batch(batch, desk, rota, now)?,
            }
        }
        appending.flush()?;
        let (last, recorded_at, waits) = (appending.head, appending.now, appending.waits);
        let disposing = std::mem::take(&mut appending.disposing);
        let cases = std::mem::take(&mut appending.flushed).into_iter().collect();
        if let (Some(receipt), true) = (earlier, last.seq == before.seq) {
            return Ok(receipt);
        }
        drop(appending);
        let disposed = !disposing.is_empty();
        if disposed {
            for (act, seqs) in &disposing {
                disposal::remove(&transaction, *act, seqs)?;
            }
            disposal::derive_anew(&transaction)?;
        }
        match outcome {
            Outcome::Kept => {
                // Noted before: a program that is killed just after the commit leaves the rest to the next one.
                if disposed {
                    wipe::begin(&self.dir)?;
                }
                transaction.commit()?;
                self.dir.ring();
                if disposed {
                    // The content is out of the record. Traces that others still hold on to go later.
                    let _ = wipe::finish(&self.dir, &self.conn);
                }
            }
            Outcome::TakenBack => transaction.rollback()?,
        }
        Ok(Receipt {
            first: before.seq + 1,
            last: last.seq,
            head: short(&last),
            recorded_at,
            cases,
            repeated: false,
            waits,
        })
    }
}

/// What becomes of a transaction that holds.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Kept,
    TakenBack,
}

/// Cases whose rows wait to be written, at most: an import of ten thousand records takes no more memory for them.
const MOST_WAITING: usize = 500;

fn short(head: &Head) -> String {
    head.hash.to_string().chars().take(8).collect()
}
/// What the header of a checked entry names, and what is looked up for its body.
#[derive(Default)]
struct Place {
    case: Option<CaseId>,
    subject: Option<CaseId>,
    /// Written without sight of something newer.
    unsighted: bool,
    register: RegisterThen,
    leave: Leave,
}

/// A batch on its way into the ledger.
struct Appending<'a> {
    conn: &'a Connection,
    dir: &'a OfficeDir,
    deriver: Deriver<'a>,
    /// Nobody's, until a batch is begun.
    desk: Desk,
    seen: BTreeMap<CaseId, Seq>,
    /// Cases that this batch opens.
    opened: Vec<CaseId>,
    /// What is being added ties cases of one call, whoever may see the other.
    tying: bool,
    /// Cases in which this batch records a step.
    recorded: Vec<CaseId>,
    /// What is disposed of with this batch: the act, and the entries that it names.
    disposing: Vec<(Seq, Vec<Seq>)>,
    /// The cases whose rows are in the tables already, with their references.
    flushed: BTreeMap<CaseId, String>,
    /// The file that this batch was imported from.
    source: Option<String>,
    /// Why what wants two people is done alone.
    alone: Option<String>,
    /// Something was recorded that waits for a second person.
    waits: bool,
    /// The last entry before this batch.
    started: Seq,
    head: Head,
    now: DateTime<Utc>,
    /// What lies after this lies in the future.
    latest: DateTime<Utc>,
    chance: &'a mut dyn Chance,
    program: &'static str,
}

impl Appending<'_> {
    /// Adds one batch after those before it.
    fn batch(
        &mut self,
        batch: Batch,
        desk: Desk,
        rota: Option<Arc<Rota>>,
        now: DateTime<Utc>,
    ) -> Result<(), AppendError> {
        self.desk = desk;
        self.seen = batch.seen.into_iter().collect();
        self.opened.clear();
        self.recorded.clear();
        self.alone = batch.alone.filter(|why| !why.trim().is_empty());
        self.started = self.head.seq;
        self.now = now.trunc_subsecs(3);
        self.desk.rota = match rota {
            Some(rota) => rota,
            None => reads::rota(self.conn, self.desk.roles.clone(), self.deriver.zone(), self.now)
                .map(Arc::new)?,
        };
        // A slot that ended since the form was opened lets nobody decide any more.
        (self.desk.viewer.rota, self.desk.viewer.now) = (self.desk.rota.clone(), self.now);
        // To the moment that the caller read: what was stamped with it does not lie ahead.
        self.latest = batch.opened_at.map_or(now, |opened| opened.max(now));
        self.source = batch.source;
        // Asked before the batch changes it, and only where it may: an office that is closed already stays workable.
        let mut of_staff = false;
        for entry in &batch.entries {
            of_staff = of_staff || self.is_of_staff(entry)?;
        }
        if of_staff {
            self.flush()?;
        }
        let kept = of_staff && self.staff_list_is_kept()?;
        for entry in batch.entries {
            self.add(entry, false)?;
            if self.deriver.waiting() > MOST_WAITING {
                self.flush()?;
            }
        }
        if kept {
            self.keeps_staff_list()?;
        }
        batch.ties.into_iter().try_for_each(|tie| self.tie(tie))
    }

    /// Writes the rows of the cases that have changed.
    fn flush(&mut self) -> Result<(), AppendError> {
        self.flushed.extend(self.deriver.changed());
        Ok(self.deriver.flush()?)
    }

    /// Ties cases of one call in the transaction that records the last of them: nothing can come between. Where the
    /// other is not in the record, whoever records it brings the same tie.
    fn tie(&mut self, tie: NewEntry) -> Result<(), AppendError> {
        let NewSaid::Act(Act::Link { a, b, .. }) = &tie.what else { return Ok(()) };
        let is_there = self.deriver.case(*a)?.is_some() && self.deriver.case(*b)?.is_some();
        if !is_there || ledger::by_key(self.conn, &tie.key)?.is_some() {
            return Ok(());
        }
        self.tying = true;
        let added = self.add(tie, false);
        self.tying = false;
        added
    }

    /// Checks and adds one entry, and what follows from it. What follows is the program's own consequence of an act
    /// that was allowed: it is not asked whose act it is.
    fn add(&mut self, mut entry: NewEntry, follows: bool) -> Result<(), AppendError> {
        entry.occurred.at = entry.occurred.at.trunc_subsecs(0);
        entry.reported_at = entry.reported_at.map(|at| at.trunc_subsecs(0));
        if !follows {
            self.nothing_gone(&entry)?;
        }
        match &entry.what {
            NewSaid::Step { pathway, step, on, answers, why_late, cleared } => {
                let edition = self.edition()?;
                let (pathway, step) = defined(&edition, pathway, step)?;
                // A step that is recorded on nothing names nothing in its header.
                let on = on.as_ref().filter(|_| !step.on.is_empty());
                let known = self.register(&edition, pathway, answers, entry.case.zip(on))?;
                let Place { case, subject, unsighted, leave, register } =
                    self.step(pathway, step, &entry, follows, known)?;
                let body = body::step(
                    &StepBody {
                        answers: Cow::Borrowed(answers),
                        why_late: why_late.as_deref().map(Cow::Borrowed),
                        unsighted: unsighted.then_some(YesNo::Yes),
                        source: self.source.as_deref().map(Cow::Borrowed),
                        cleared: Cow::Borrowed(cleared),
                    },
                    &register,
                    &leave,
                )?;
                let kind = format!("{}.{}", pathway.id, step.id);
                let on = on.cloned();
                (entry.case, entry.subject) = (case, subject);
                self.waits |= leave.waits.is_some();
                self.write(&entry, kind, Some(edition.id), on, body)?;
                if pathway.register {
                    for following in self.settled_on_record(&edition, &pathway.id, step, &entry)? {
                        self.add(following, true)?;
                    }
                }
                // What waits as a whole leads nowhere yet.
                if leave.waits == Some(Waits::All) {
                    return Ok(());
                }
                let about = (entry.case, entry.subject.or(entry.case));
                let linked = self.linked(step, entry.case)?;
                let began = self.began(step, entry.case)?;
                let (began, now) = (began.as_ref(), self.now);
                let mut following = follow::entries(step, &entry, &register, &edition, &linked, began, now);
                following.extend(self.kept_alike(step, &entry, &edition)?);
                for following in following {
                    if !self.is_left(&following, about)? {
                        self.add(following, true)?;
                    }
                }
            }
            NewSaid::Act(act) => {
                let place = self.act(act, &entry, follows)?;
                let body = body::act(act, &place.register, &place.leave)?;
                let kind = act.kind().to_owned();
                (entry.case, entry.subject) = (place.case, place.subject);
                self.waits |= place.leave.waits.is_some();
                self.write(&entry, kind, None, None, body)?;
                let looks = self.looks(act, &entry)?;
                let answered = self.answered_sign(act, &entry)?;
                let along = self.moved_along(act, &entry)?;
                let following =
                    self.put_right(act, &entry)?.into_iter().chain(looks).chain(answered).chain(along);
                for following in following {
                    self.add(following, true)?;
                }
                let about = (entry.case, entry.subject.or(entry.case));
                for following in self.agreed(act)? {
                    if !self.is_left(&following, about)? {
                        self.add(following, true)?;
                    }
                }
            }
        }
        if !follows {
            for following in self.left(&entry)? {
                self.add(following, true)?;
            }
        }
        Ok(())
    }

    /// The pathways of the cases that are linked to this one, where the step leads to another only once.
    fn linked(&mut self, step: &Step, case: Option<CaseId>) -> Result<BTreeSet<String>, AppendError> {
        let mut linked = BTreeSet::new();
        if let Some(case) = case.filter(|_| step.then.iter().any(|then| then.once))
            && let Some(state) = self.deriver.case(case)?
        {
            for other in &state.links {
                linked.extend(self.deriver.case(*other)?.map(|other| other.pathway.clone()));
            }
        }
        Ok(linked)
    }

    /// What the case says with which it began, where the step leads to another; `None` where the step begins it itself.
    fn began(&mut self, step: &Step, case: Option<CaseId>) -> Result<Option<follow::Began>, AppendError> {
        let Some(case) = case.filter(|_| !step.opens && step.then.iter().any(|then| then.pathway.is_some()))
        else {
            return Ok(None);
        };
        let stored = ledger::of_case(self.conn, case, self.head.seq)?;
        let entries: Vec<_> = stored.iter().map(|stored| stored.read().0).collect();
        let stands = effective(&entries);
        let Some(first) = entries.iter().find(|entry| stands.contains_key(&entry.id)) else {
            return Ok(None);
        };
        let step = match &first.said {
            Said::Step(said) => self.deriver.editions().and_then(|editions| editions.step(said)).cloned(),
            Said::Act(_) | Said::Stub(_) => None,
        };
        Ok(step
            .zip(stands.get(&first.id))
            .map(|(step, stands)| follow::Began { step, answers: stands.answers.clone() }))
    }

    /// What the cases that this one opened are kept to, where the step says to whom this one is.
    fn kept_alike(
        &mut self,
        step: &Step,
        entry: &NewEntry,
        edition: &Edition,
    ) -> Result<Vec<NewEntry>, AppendError> {
        let Some(case) = entry.case.filter(|_| step.meaning(Means::Restricted).is_some() && !step.opens)
        else {
            return Ok(Vec::new());
        };
        let Some(state) = self.deriver.case(case)? else { return Ok(Vec::new()) };
        let mut linked = Vec::new();
        for other in &state.links {
            let pathway = self.deriver.case(*other)?.map(|other| other.pathway.clone());
            let pathway = pathway.and_then(|id| edition.pathways.get(&id));
            linked.extend(pathway.map(|pathway| (*other, pathway.as_ref())));
        }
        Ok(follow::kept_alike(step, entry, &state, linked))
    }

    /// Whether it speaks of something owed that was settled while the form was filled in, or that is owed neither in the
    /// case the step stands in nor about the record it is `about`, to which its case no longer belongs: it is left as
    /// it is.
    fn is_left(
        &mut self,
        following: &NewEntry,
        (own, about): (Option<CaseId>, Option<CaseId>),
    ) -> Result<bool, AppendError> {
        let NewSaid::Act(Act::Cancel { owed, .. } | Act::PassOn { owed, .. }) = &following.what else {
            return Ok(false);
        };
        let Some(case) = following.case.map(|id| self.deriver.case(id)).transpose()?.flatten() else {
            return Ok(true);
        };
        let kept = |record| merged::kept(self.conn, record);
        let (about, owed_about) = (about.map(kept).transpose()?, case.subject.map(kept).transpose()?);
        if Some(case.id) != own && (owed_about.is_none() || owed_about != about) {
            return Ok(true);
        }
        Ok(!case.commitments.iter().any(|one| one.id == *owed && one.progress.is_open()))
    }

    fn edition(&self) -> Result<Arc<Edition>, AppendError> {
        let editions =
            self.deriver.editions().ok_or_else(|| AppendError::Fatal(words::NO_DEFINITIONS.to_owned()))?;
        editions.in_force().cloned().map_err(|faults| AppendError::Fatal(super::editions::in_words(faults)))
    }

    fn existing(&mut self, id: CaseId) -> Result<Arc<CaseState>, AppendError> {
        self.deriver.case(id)?.ok_or_else(|| refused(words::NO_SUCH_CASE))
    }

    fn write(
        &mut self,
        entry: &NewEntry,
        kind: String,
        edition: Option<EditionId>,
        on: Option<CommitmentId>,
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
            program: self.program.to_owned(),
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

fn defined<'e>(
    edition: &'e Edition,
    pathway: &str,
    step: &str,
) -> Result<(&'e Pathway, &'e Step), AppendError> {
    let found = edition.pathways.get(pathway);
    let step = found.and_then(|pathway| pathway.step(step));
    match (found, step) {
        (Some(pathway), Some(step)) if pathway.id != "act" => Ok((pathway, step)),
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

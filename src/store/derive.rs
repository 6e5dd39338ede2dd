//! What follows from the entries: each entry is applied once, in the order of the ledger, whether it was appended
//! just now, is rebuilt, or is verified. Nothing here depends on the time of day or on this process.
//!
//! Table names are not qualified, so that temporary tables of the same names take their place while the record is
//! verified. Which rows a case has is left to [`case_rows`], who may read them to [`super::scope`].

mod case_rows;
mod facts;
mod handover;
mod keys;
mod record;
mod restriction;
mod said;
mod second;
mod signs;
mod write;

use std::collections::BTreeMap;
use std::sync::Arc;

use rusqlite::{Connection, OptionalExtension, params};

use self::case_rows::CaseRows;
use self::signs::Anew;
use super::ledger::{self, Stored};
use super::merged;
use super::rows::{json, signed};
use super::taken;
use crate::domain::act::Act;
use crate::domain::answer::YesNo;
use crate::domain::case::CaseState;
use crate::domain::entry::{Entry, Said, Stub};
use crate::domain::ids::{CaseId, Seq};
use crate::domain::time::Zone;
use crate::domain::words::store as words;
use crate::pathway::definition::Pathway;
use crate::pathway::edition::{Edition, Editions};
use crate::pathway::fold::{self, Folding};

pub(super) use handover::handover;
pub(super) use record::{
    ActsFor, BEFORE_ALL, acting, acting_in, hours_and_kind, location_of, roles, roles_in,
};
pub(super) use restriction::is_restricted;
pub(super) use said::words as words_of;
pub(super) use signs::{
    Raised, Sight, about_of as about_of_sign, raised as raised_sign, rule_of as rule_of_sign,
};
pub(super) use write::scalar_count;

/// A case while it changes: the rows that stand in the tables, if any do, and what new ones are to be made from.
struct Changing {
    before: Option<CaseRows>,
    after: Arc<CaseState>,
    reference: (String, i64),
}

/// A case as it stands in the tables, with its reference.
type Referenced = (Arc<CaseState>, (String, i64));

/// Applies entries to the derived tables; what it has not yet [`Deriver::flush`]ed is only in memory.
pub(super) struct Deriver<'a> {
    conn: &'a Connection,
    editions: Option<Arc<Editions>>,
    zone: Zone,
    changing: BTreeMap<CaseId, Changing>,
    /// Cases that were asked for and have not changed since: what is checked first is folded next.
    known: BTreeMap<CaseId, Referenced>,
    /// Other rules for warning signs came into force, or another zone.
    signs_anew: Option<Anew>,
}

/// Why an entry could not be applied.
#[derive(Debug, thiserror::Error)]
pub(super) enum DeriveError {
    #[error(transparent)]
    Sql(#[from] rusqlite::Error),
    #[error("{0}")]
    Definitions(String),
}

impl<'a> Deriver<'a> {
    /// Goes on from the tables as they are.
    pub(super) fn new(conn: &'a Connection, editions: Option<Arc<Editions>>, zone: Zone) -> Self {
        Self { conn, editions, zone, changing: BTreeMap::new(), known: BTreeMap::new(), signs_anew: None }
    }

    /// The editions, with those adopted meanwhile.
    pub(super) fn editions(&self) -> Option<&Arc<Editions>> {
        self.editions.as_ref()
    }

    /// The office's zone, as of the last entry applied.
    pub(super) fn zone(&self) -> Zone {
        self.zone
    }

    /// A case as it stands after the entries applied so far.
    pub(super) fn case(&mut self, id: CaseId) -> rusqlite::Result<Option<Arc<CaseState>>> {
        if let Some(changing) = self.changing.get(&id) {
            return Ok(Some(changing.after.clone()));
        }
        if let Some((known, _)) = self.known.get(&id) {
            return Ok(Some(known.clone()));
        }
        let Some((state, reference)) = stored_case(self.conn, id)? else { return Ok(None) };
        self.known.insert(id, (state.clone(), reference));
        Ok(Some(state))
    }

    /// A case that is about to change, with the rows that stand for it.
    fn taken(&mut self, id: CaseId, editions: &Editions) -> rusqlite::Result<Option<Changing>> {
        if let Some(changing) = self.changing.remove(&id) {
            return Ok(Some(changing));
        }
        let stored = match self.known.remove(&id) {
            Some(known) => Some(known),
            None => stored_case(self.conn, id)?,
        };
        Ok(stored.map(|(after, reference)| Changing {
            before: Some(case_rows::of(&after, editions)),
            after,
            reference,
        }))
    }

    /// The short references of the cases that have changed.
    pub(super) fn changed(&self) -> Vec<(CaseId, String)> {
        self.changing.iter().map(|(id, case)| (*id, reference(&case.reference.0, case.reference.1))).collect()
    }

    /// How many cases wait to be flushed.
    pub(super) fn waiting(&self) -> usize {
        self.changing.len()
    }

    /// Applies an entry that is in the ledger already.
    pub(super) fn apply(&mut self, stored: &Stored) -> Result<(), DeriveError> {
        let (entry, unsighted) = stored.read();
        second::waits(self.conn, &entry)?;
        if let (Some(why), Some(editions)) = (&entry.leave.alone, &self.editions) {
            self.sight(editions.current()).alone(entry.id, entry.case, entry.recorded_at, why)?;
        }
        if let Said::Act(act) = &entry.said {
            match entry.leave.waits {
                None => self.act(&entry, act)?,
                Some(_) => keys::waits(self.conn, &entry, act)?,
            }
        }
        if matches!(&entry.said, Said::Stub(Stub::Disposed { kind, .. }) if kind == Act::COUNTERSIGN) {
            second::gone(self.conn, &entry)?;
        }
        for case in touched(&entry) {
            self.conn
                .prepare_cached("INSERT INTO case_entries (case_id, seq) VALUES (?1, ?2)")?
                .execute(params![case.0.as_bytes(), signed(entry.seq)])?;
            self.fold(case, &entry, unsighted)?;
        }
        Ok(())
    }

    fn act(&mut self, entry: &Entry, act: &Act) -> Result<(), DeriveError> {
        match act {
            Act::Found { office, zone, training } => {
                let before = self.zone;
                self.zone = Zone::parse(zone).map_err(|e| DeriveError::Definitions(e.to_string()))?;
                if before != self.zone && self.editions.is_some() {
                    self.signs_anew = Some(Anew::Counts);
                }
                self.conn.execute(
                    "INSERT INTO office (one, name, zone, training) VALUES (1, ?1, ?2, ?3)
                     ON CONFLICT (one) DO UPDATE SET name = ?1, zone = ?2, training = ?3",
                    params![office, zone, i64::from(*training == YesNo::Yes)],
                )?;
            }
            Act::Adopt { edition, files } => {
                let read = super::editions::adopted(files.clone()).map_err(DeriveError::Definitions)?;
                if read.id != *edition {
                    return Err(DeriveError::Definitions(words::another_edition(entry.seq)));
                }
                self.adopt(entry.seq, Arc::new(read))?;
            }
            Act::HoldDuty { duty, staff, place } => {
                let everywhere: &[u8] = &[];
                let place = place.as_ref().map_or(everywhere, |place| place.0.as_bytes());
                self.conn.execute(
                    "INSERT INTO holders (duty, place, staff, since) VALUES (?1, ?2, ?3, ?4)
                     ON CONFLICT (duty, place) DO UPDATE SET staff = ?3, since = ?4",
                    params![duty, place, staff.0.as_bytes(), entry.recorded_at.timestamp_millis()],
                )?;
            }
            Act::LookBeyond { subject, reason } => {
                let lasts = self.editions.as_deref().map_or(60, |all| all.current().roles.beyond_minutes());
                let at = entry.recorded_at;
                self.conn.execute(
                    "INSERT INTO beyond (seq, entry, staff, subject, at, until, reason)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                    params![
                        signed(entry.seq),
                        entry.id.0.as_bytes(),
                        write::raw(entry.who.by),
                        subject.0.as_bytes(),
                        at.timestamp_millis(),
                        (at + chrono::TimeDelta::minutes(lasts)).timestamp_millis(),
                        reason
                    ],
                )?;
            }
            Act::BeyondSeen { entry: opened, .. } => {
                self.conn.execute(
                    "UPDATE beyond SET seen_by = ?2, seen_at = ?3 WHERE entry = ?1 AND seen_at IS NULL",
                    params![
                        opened.0.as_bytes(),
                        write::raw(entry.who.by),
                        entry.recorded_at.timestamp_millis()
                    ],
                )?;
            }
            Act::HandOver(_)
            | Act::HandoverAnswer { .. }
            | Act::HandoverReadBack { .. }
            | Act::HandoverLeft { .. }
            | Act::HandoverEnd { .. } => handover::apply(self.conn, entry, act)?,
            Act::Looks { looks, head } => {
                self.conn.execute(
                    "INSERT INTO looks_heads (seq, looks, head) VALUES (?1, ?2, ?3)",
                    params![signed(entry.seq), signed(*looks), head.0],
                )?;
            }
            Act::TakeDraft { draft, from, reason } => {
                taken::keep(self.conn, entry, *draft, *from, reason)?;
            }
            Act::Reattribute { case, from, reason, .. } => {
                self.conn.execute(
                    "INSERT INTO moved (seq, subject, case_id, at, reason) VALUES (?1, ?2, ?3, ?4, ?5)",
                    params![
                        signed(entry.seq),
                        from.0.as_bytes(),
                        case.0.as_bytes(),
                        entry.recorded_at.timestamp_millis(),
                        reason
                    ],
                )?;
            }
            Act::Merge { kept, gone, reason, .. } => {
                merged::merge(self.conn, entry, *kept, *gone, reason)?;
                self.reclassify(*gone)?;
            }
            Act::Unmerge { kept, gone, .. } => {
                merged::unmerge(self.conn, *kept, *gone)?;
                self.reclassify(*gone)?;
            }
            Act::EnrolKey { .. } | Act::RevokeKey { .. } => keys::apply(self.conn, entry, act)?,
            Act::RaiseSign { .. } | Act::AnswerSign { .. } => signs::apply(self.conn, entry, act)?,
            Act::Countersign { entry: waiting, agrees, .. } => {
                let answered = second::answered(self.conn, *waiting)?;
                if answered && *agrees == YesNo::No {
                    keys::refused(self.conn, *waiting)?;
                }
                if answered
                    && *agrees == YesNo::Yes
                    && let Some(stored) = ledger::by_id(self.conn, *waiting)?
                    && let (Entry { said: Said::Act(act), .. }, _) = stored.read()
                {
                    // What it does counts from now on, as of when it was agreed to.
                    let agreed = Entry { recorded_at: entry.recorded_at, ..stored.read().0 };
                    self.act(&agreed, &act)?;
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// Who may see what changes with the record that one is read as, and with what it is counted: its rows, and those of all
    /// that speak of it or count with it, are settled again.
    fn reclassify(&mut self, record: CaseId) -> Result<(), DeriveError> {
        let Some(editions) = self.editions.clone() else { return Ok(()) };
        let mut cases = restriction::about(self.conn, record)?;
        cases.extend(signs::counting(self.conn, record)?);
        for case in cases {
            if let Some(changing) = self.taken(case, &editions)? {
                self.changing.insert(case, changing);
            }
        }
        Ok(())
    }

    fn adopt(&mut self, seq: Seq, edition: Arc<Edition>) -> rusqlite::Result<()> {
        write::edition(self.conn, seq, &edition)?;
        let editions = match self.editions.as_deref() {
            Some(known) => {
                let anew = Anew::of(known.current(), &edition);
                self.signs_anew = self.signs_anew.max(Some(anew));
                let mut known = known.clone();
                known.adopt(edition);
                known
            }
            None => Editions::new(edition),
        };
        self.editions = Some(Arc::new(editions));
        Ok(())
    }

    fn fold(&mut self, case: CaseId, entry: &Entry, unsighted: bool) -> Result<(), DeriveError> {
        let Some(editions) = self.editions.clone() else {
            return Err(DeriveError::Definitions(words::before_definitions(entry.seq)));
        };
        let (old, reference, before) = match self.taken(case, &editions)? {
            Some(taken) => (Some(taken.after), Some(taken.reference), taken.before),
            None => (None, None, None),
        };
        let with = Folding { editions: &editions, zone: &self.zone };
        let folded = if fold::needs_refold(entry) {
            self.refold(case, entry.seq, with)?
        } else {
            said::add(self.conn, entry, &editions)?;
            fold::fold(old.map(Arc::unwrap_or_clone), entry, with).map(|mut state| {
                if unsighted {
                    mark_unsighted(&mut state, entry);
                }
                state
            })
        };
        let Some(after) = folded else { return Ok(()) };
        if matches!(entry.said, Said::Step(_)) {
            second::called_off(self.conn, &after, entry.id)?;
        }
        let reference = match reference {
            Some(reference) => reference,
            None => {
                let letter = pathway_of(&after, &editions).map_or_else(String::new, |p| p.reference.clone());
                let number = write::next_number(self.conn, &letter)?;
                (letter, number)
            }
        };
        self.changing.insert(case, Changing { before, after: Arc::new(after), reference });
        Ok(())
    }

    fn refold(&self, case: CaseId, last: Seq, with: Folding<'_>) -> rusqlite::Result<Option<CaseState>> {
        let entries = ledger::of_case(self.conn, case, last)?;
        let read: Vec<(Entry, bool)> = entries.iter().map(Stored::read).collect();
        let unsighted: Vec<Entry> = read.iter().filter(|(_, u)| *u).map(|(e, _)| e.clone()).collect();
        let entries: Vec<Entry> = read.into_iter().map(|(entry, _)| entry).collect();
        said::refresh(self.conn, &entries, with.editions)?;
        let mut state = fold::refold(&entries, with);
        if let Some(state) = &mut state {
            unsighted.iter().for_each(|entry| mark_unsighted(state, entry));
        }
        Ok(state)
    }

    /// Writes what has changed into the tables.
    pub(super) fn flush(&mut self) -> rusqlite::Result<()> {
        let Some(editions) = self.editions.clone() else { return Ok(()) };
        let mut after: BTreeMap<CaseId, CaseRows> =
            self.changing.iter().map(|(id, case)| (*id, case_rows::of(&case.after, &editions))).collect();
        self.restrict(&mut after, &editions)?;
        let changing = std::mem::take(&mut self.changing);
        let mut changed = Vec::new();
        for (id, mut case) in changing {
            let Some(mut after) = after.remove(&id) else { continue };
            after.classify(restriction::class(self.conn, &case.after)?);
            if let Some(before) = &mut case.before {
                before.classify(restriction::standing(self.conn, id)?);
            }
            write::case(self.conn, id, &case.reference, case.before.as_ref(), &after, &case.after)?;
            if !after.case.register {
                changed.push(case.after);
            }
        }
        let sight = self.sight(editions.current());
        match self.signs_anew.take() {
            None => sight.settle(changed.iter().map(Arc::as_ref)),
            Some(anew) => {
                sight.settle(changed.iter().map(Arc::as_ref))?;
                sight.anew(anew)
            }
        }
    }

    /// What warning signs are seen with.
    fn sight<'s>(&self, edition: &'s Edition) -> Sight<'s>
    where
        'a: 's,
    {
        Sight { conn: self.conn, edition, zone: self.zone }
    }

    /// Settles who may see what before any row is written; the cases about a record whose mark came or went change with
    /// it.
    fn restrict(
        &mut self,
        after: &mut BTreeMap<CaseId, CaseRows>,
        editions: &Editions,
    ) -> rusqlite::Result<()> {
        let mut turned = Vec::new();
        for (id, rows) in &*after {
            let Some(case) = self.changing.get(id) else { continue };
            if restriction::settle(self.conn, &case.after, rows.case.location, rows.mark.as_ref())? {
                turned.push(*id);
            }
        }
        for record in turned {
            for case in restriction::about(self.conn, record)? {
                if !self.changing.contains_key(&case)
                    && let Some(changing) = self.taken(case, editions)?
                {
                    after.insert(case, case_rows::of(&changing.after, editions));
                    self.changing.insert(case, changing);
                }
            }
        }
        Ok(())
    }
}

fn mark_unsighted(state: &mut CaseState, entry: &Entry) {
    if let Some(mark) = state.entries.iter_mut().find(|mark| mark.id == entry.id) {
        mark.unsighted = YesNo::Yes;
    }
}

/// The cases that an entry belongs to. A warning sign is about its case and changes nothing in it: whoever is at work
/// there goes on.
fn touched(entry: &Entry) -> Vec<CaseId> {
    if let Said::Act(Act::RaiseSign { .. } | Act::AnswerSign { .. }) = &entry.said {
        return Vec::new();
    }
    let mut cases: Vec<CaseId> = entry.case.into_iter().collect();
    if let Said::Act(Act::Link { a, b, .. } | Act::Unlink { a, b, .. }) = &entry.said {
        cases.extend([*a, *b]);
    }
    if let Said::Act(Act::Merge { kept, gone, .. } | Act::Unmerge { kept, gone, .. }) = &entry.said {
        cases.extend([*kept, *gone]);
    }
    cases.sort_unstable();
    cases.dedup();
    cases
}

/// "U-1184".
pub(super) fn reference(letter: &str, number: i64) -> String {
    format!("{letter}-{number}")
}

/// The pathway of a case as it was when the case was opened: what it is to queues never changes afterwards.
pub(super) fn pathway_of<'e>(state: &CaseState, editions: &'e Editions) -> Option<&'e Arc<Pathway>> {
    let opened_on = state.entries.iter().find_map(|mark| mark.edition);
    let edition = opened_on.and_then(|id| editions.get(id)).unwrap_or(editions.current());
    edition.pathways.get(&state.pathway)
}

fn stored_case(conn: &Connection, id: CaseId) -> rusqlite::Result<Option<Referenced>> {
    conn.prepare_cached("SELECT body, letter, number FROM cases WHERE id = ?1")?
        .query_row([id.0.as_bytes()], |row| Ok((Arc::new(json(row, 0)?), (row.get(1)?, row.get(2)?))))
        .optional()
}

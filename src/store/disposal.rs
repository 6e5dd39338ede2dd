//! What is due for disposal and what keeps it, worked out from the record as it stands; and the removal itself, inside the
//! transaction in which a second person agrees to it.
//!
//! A case goes by itself, a record of a register with every case about it: nothing is left that would say of whom it was. When
//! each is due stands in [`time`], what keeps it here and in [`holds`] and [`named`], what belongs to no case in [`handovers`]
//! and [`office`]. What is read and appended about it is left to [`super::reads`] and [`super::append`], what lies in free space
//! of the files to [`super::wipe`].

mod entries;
mod handovers;
mod holds;
mod named;
mod office;
mod removal;
mod time;

use std::cell::{OnceCell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use rusqlite::{Connection, OptionalExtension, params};

use super::dir::OfficeDir;
use super::error::ReadError;
use super::rows::{json, literal};
use super::{derive, merged, reads};
use crate::domain::act::Act;
use crate::domain::case::CaseState;
use crate::domain::disposal::{Disposable, Due, KeptBy};
use crate::domain::ids::{CaseId, EntryId};
use crate::domain::time::Zone;
use crate::domain::views::RecordRow;
use crate::pathway::definition::Kept;
use crate::pathway::edition::Editions;

use time::Time;

pub(super) use removal::{derive_anew, remove};

/// The register of people supported: what is about one of them counts from the end of their care.
const PEOPLE: &str = "people";
/// The register of staff: they stand in every header that they wrote.
const STAFF: &str = "staff";

/// The record as it stands, and what it is held against.
pub(super) struct Retained<'a> {
    pub(super) conn: &'a Connection,
    pub(super) dir: &'a OfficeDir,
    pub(super) editions: &'a Editions,
    pub(super) zone: Zone,
    pub(super) now: DateTime<Utc>,
    /// Cases that were read already.
    known: RefCell<BTreeMap<CaseId, Option<Arc<Named>>>>,
    /// What each handover sheet names, once one was asked for.
    handed: OnceCell<Vec<BTreeSet<CaseId>>>,
    /// What unfinished forms, and what was set aside, speak of; nothing where that cannot be read.
    drafted: OnceCell<Option<BTreeSet<CaseId>>>,
    aside: OnceCell<Option<BTreeSet<CaseId>>>,
}

/// A case with the reference that it is called by.
struct Named {
    state: CaseState,
    reference: String,
    register: bool,
}

impl<'a> Retained<'a> {
    pub(super) fn new(
        conn: &'a Connection,
        dir: &'a OfficeDir,
        editions: &'a Editions,
        zone: Zone,
        now: DateTime<Utc>,
    ) -> Self {
        Self {
            conn,
            dir,
            editions,
            zone,
            now,
            known: RefCell::default(),
            handed: OnceCell::new(),
            drafted: OnceCell::new(),
            aside: OnceCell::new(),
        }
    }

    /// What stands there about something that could be disposed of; `None` where there is nothing of the kind, or nothing is
    /// left of it. `deep`: looks through the whole record for what names it elsewhere.
    pub(super) fn of(&self, what: Disposable, deep: bool) -> Result<Option<Due>, ReadError> {
        match what {
            Disposable::Case(id) => self.of_case(id, deep),
            Disposable::Handovers => self.of_handovers(self.zone.day(self.now)),
            Disposable::Office => self.of_office(self.zone.day(self.now)),
        }
    }

    /// Whether the time of a case or record is over by its own class, whatever keeps it; of one that comes round, whether it
    /// would be, had it ended when it began.
    pub(super) fn is_over(&self, id: CaseId) -> rusqlite::Result<bool> {
        let Some(case) = self.case(id)?.filter(|case| !case.state.is_disposed_of()) else { return Ok(false) };
        let until = match self.time(&case)? {
            Time::Known { until, .. } => Some(until),
            Time::Unknown(_) => self.comes_round(&case).map(|(_, until)| until),
        };
        Ok(until.is_some_and(|until| until <= self.zone.day(self.now)))
    }

    /// The record that a case is about, as it is read now.
    pub(super) fn about(&self, id: CaseId) -> rusqlite::Result<Option<CaseId>> {
        let Some(case) = self.case(id)? else { return Ok(None) };
        Ok(self.subject(&case.state)?.map(|subject| subject.state.id))
    }

    /// Records and cases that may be due, older than the shortest time of their class.
    pub(super) fn candidates(&self) -> rusqlite::Result<Vec<CaseId>> {
        let retention = &self.editions.current().retention;
        let mut found = Vec::new();
        for class in &retention.classes {
            for of in &class.of {
                let years = chrono::Months::new(u32::from(class.years) * 12);
                let Some(before) = self.now.checked_sub_months(years) else { continue };
                // A person who died may still stand as supported; of an open case it is said that it comes round.
                let mut older = self.conn.prepare_cached(
                    "SELECT id FROM cases
                     WHERE pathway = ?1 AND opened_at <= ?2 AND (closed = 1 OR register = 0 OR pathway = ?3)
                     ORDER BY opened_at, id",
                )?;
                let before = before.timestamp_millis() + DAY_MS;
                let rows = older.query_map(params![of, before, PEOPLE], |row| super::rows::id(row, 0))?;
                found.extend(rows.collect::<rusqlite::Result<Vec<_>>>()?);
            }
        }
        let mut met = BTreeSet::new();
        found.retain(|id| met.insert(*id));
        Ok(found)
    }

    /// Whether the definitions in force have rules of their own, which somebody brought into force.
    fn has_rules(&self) -> bool {
        self.editions.current().files.contains_key(RULES)
    }

    fn case(&self, id: CaseId) -> rusqlite::Result<Option<Arc<Named>>> {
        if let Some(known) = self.known.borrow().get(&id) {
            return Ok(known.clone());
        }
        let found = self
            .conn
            .prepare_cached("SELECT body, letter, number, register FROM cases WHERE id = ?1")?
            .query_row([id.0.as_bytes()], |row| {
                let (letter, number): (String, i64) = (row.get(1)?, row.get(2)?);
                let reference = derive::reference(&letter, number);
                Ok(Arc::new(Named { state: json(row, 0)?, reference, register: row.get::<_, i64>(3)? != 0 }))
            })
            .optional()?;
        self.known.borrow_mut().insert(id, found.clone());
        Ok(found)
    }

    /// The record that a case is about, as it is read now.
    fn subject(&self, case: &CaseState) -> rusqlite::Result<Option<Arc<Named>>> {
        let Some(subject) = case.subject else { return Ok(None) };
        self.case(merged::kept(self.conn, subject)?)
    }

    /// A case by itself; of a record, it, whatever was merged with it, and every case about any of these.
    fn together(&self, case: &Named) -> rusqlite::Result<Vec<CaseId>> {
        if !case.register {
            return Ok(vec![case.state.id]);
        }
        let top = merged::kept(self.conn, case.state.id)?;
        let mut all = merged::together(self.conn, top)?;
        let records = all.iter().copied().map(literal).collect::<Vec<_>>().join(", ");
        let sql = format!("SELECT id FROM cases WHERE subject IN ({records}) ORDER BY opened_at, id");
        let about = self
            .conn
            .prepare(&sql)?
            .query_map([], |row| super::rows::id(row, 0))?
            .collect::<Result<Vec<_>, _>>()?;
        all.extend(about);
        let mut met = BTreeSet::new();
        all.retain(|id| met.insert(*id));
        Ok(all)
    }

    /// The cases that go with what is due, those of which nothing is left any more not among them.
    pub(super) fn goes_with(&self, what: Disposable) -> rusqlite::Result<Vec<CaseId>> {
        let Disposable::Case(id) = what else { return Ok(Vec::new()) };
        let mut all = self.case(id)?.map_or(Ok(Vec::new()), |case| self.together(&case))?;
        all.retain(|id| {
            let case = self.case(*id);
            !matches!(case, Ok(Some(case)) if case.state.is_disposed_of())
        });
        Ok(all)
    }

    /// The case or record of this reference, of those that were looked at.
    pub(super) fn called(&self, reference: &str) -> Option<CaseId> {
        let known = self.known.borrow();
        known.values().flatten().find(|one| one.reference == reference).map(|one| one.state.id)
    }

    /// Whether a linked case is kept for now, whatever keeps it.
    fn is_kept(&self, case: &Named) -> rusqlite::Result<bool> {
        if case.state.is_disposed_of() {
            return Ok(false);
        }
        let due = match self.time(case)? {
            Time::Known { until, .. } => until <= self.zone.day(self.now),
            Time::Unknown(_) => false,
        };
        Ok(!due || !self.held(case)?.is_empty())
    }

    fn of_case(&self, id: CaseId, deep: bool) -> Result<Option<Due>, ReadError> {
        let Some(head) = self.case(id)? else { return Ok(None) };
        if head.state.is_disposed_of() {
            return Ok(None);
        }
        let ids = self.together(&head)?;
        let mut found = Found::default();
        for id in &ids {
            if let Some(one) = self.case(*id)?.filter(|one| !one.state.is_disposed_of()) {
                self.look_at(&one, &head, &ids, &mut found)?;
            }
        }
        let Found { mut kept_by, latest, proposed, .. } = found;
        let handovers = self.handovers_of(&ids)?;
        if handovers > 0 {
            kept_by.push(KeptBy::Handovers(handovers));
        }
        if self.is_being_written(&ids) {
            kept_by.push(KeptBy::Draft);
        }
        if self.is_set_aside(&ids) {
            kept_by.push(KeptBy::SetAside);
        }
        let seqs = self.seqs(&ids)?;
        let elsewhere = deep.then(|| self.elsewhere(&ids, &seqs)).transpose()?;
        if let Some(n) = elsewhere.filter(|n| *n > 0 && head.register && head.state.pathway != PEOPLE) {
            kept_by.push(KeptBy::Needed(head.reference.clone(), n));
        }
        if !self.has_rules() {
            kept_by.push(KeptBy::NoRules);
        }
        let mut said = Vec::new();
        for kept in kept_by {
            if !said.contains(&kept) {
                said.push(kept);
            }
        }
        let Some((class, from, since)) = latest else { return Ok(None) };
        let about = if head.register { Some(id) } else { head.state.subject };
        let records = reads::Records::new(self.conn);
        let about = about.map(|about| records.get(about)).transpose()?.flatten();
        Ok(Some(Due {
            what: Disposable::Case(id),
            reference: head.reference.clone(),
            name: about.map(|row: RecordRow| row.short).unwrap_or_default(),
            kind: self.editions.current().pathway_title(&head.state.pathway).to_owned(),
            edition: self.editions.current_id(),
            class: class.id.clone(),
            class_title: class.title.clone(),
            from,
            since,
            cases: ids.len(),
            seqs,
            kept_by: said,
            proposed,
            named_elsewhere: elsewhere,
        }))
    }

    /// What one of the cases `ids` that go together with `head` adds: since when it is due, and what keeps it.
    fn look_at<'s>(
        &'s self,
        one: &Named,
        head: &Named,
        ids: &[CaseId],
        found: &mut Found<'s>,
    ) -> rusqlite::Result<()> {
        let Found { kept_by, latest, proposed, holds } = found;
        let round = self.comes_round(one);
        let time = match self.time(one)? {
            Time::Known { class, from, until } => Some((class, from, until)),
            Time::Unknown(why) => {
                kept_by.push(why);
                round.map(|(class, until)| (class, self.zone.day(one.state.opened_at), until))
            }
        };
        if let Some(time) = time.filter(|(.., until)| latest.is_none_or(|(.., last)| *until > last)) {
            *latest = Some(time);
        }
        // Of what comes round it is enough to say so: its time begins when it ends, and something is always owed.
        if round.is_none() {
            let until = time.map(|(.., until)| until).filter(|until| *until > self.zone.day(self.now));
            kept_by.extend(until.map(|until| KeptBy::NotDue(one.reference.clone(), until)));
            let owed = one.state.commitments.iter().filter(|owed| owed.progress.is_open()).count();
            if owed > 0 {
                kept_by.push(KeptBy::Owed(one.reference.clone(), owed));
            }
        }
        for mark in one.state.entries.iter().filter(|mark| mark.awaits_second()) {
            match mark.kind == Act::DISPOSE {
                true if one.state.id == head.state.id => *proposed = Some(mark.id),
                _ => kept_by.push(KeptBy::Waits(one.reference.clone())),
            }
        }
        for (on, hold) in self.held(one)? {
            if holds.insert(hold) {
                kept_by.push(KeptBy::Held(on, self.reason_of(hold)?));
            }
        }
        for other in one.state.links.iter().filter(|other| !ids.contains(other)) {
            let Some(other) = self.case(*other)? else { continue };
            if self.is_kept(&other)? {
                kept_by.push(KeptBy::Linked(one.reference.clone(), other.reference.clone()));
            }
        }
        Ok(())
    }
}

/// What was found about cases that go together.
#[derive(Default)]
struct Found<'c> {
    kept_by: Vec<KeptBy>,
    /// Of those whose time is known the one that is over last: class, from when, until when.
    latest: Option<(&'c Kept, NaiveDate, NaiveDate)>,
    /// The proposal that waits for a second person.
    proposed: Option<EntryId>,
    /// The holds that were met.
    holds: BTreeSet<EntryId>,
}

/// The file of the rules in a set of definitions.
const RULES: &str = "retention.toml";

/// More than the wall can be ahead of UTC or behind it.
const DAY_MS: i64 = 86_400_000;

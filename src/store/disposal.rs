//! What is due for disposal and what keeps it, worked out from the record as it stands; and the removal itself, inside the
//! transaction in which a second person agrees to it.
//!
//! A case goes by itself, a record of a register with every case about it: nothing is left that would say of whom it was. What
//! is read and appended about it is left to [`super::reads`] and [`super::append`], what lies in free space of the files to
//! [`super::wipe`].

mod handovers;
mod named;
mod removal;

use std::cell::{OnceCell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use rusqlite::{Connection, OptionalExtension, params};

use super::dir::OfficeDir;
use super::error::ReadError;
use super::rows::{count, json, literal};
use super::{derive, ledger, merged, reads};
use crate::domain::act::Act;
use crate::domain::answer::YesNo;
use crate::domain::case::{CaseState, Milestone};
use crate::domain::disposal::{Disposable, Due, KeptBy};
use crate::domain::entry::Said;
use crate::domain::ids::{CaseId, EntryId, Seq};
use crate::domain::time::Zone;
use crate::domain::views::RecordRow;
use crate::pathway::definition::{Kept, KeptFrom};
use crate::pathway::edition::Editions;

pub(super) use removal::{derive_anew, remove};

/// The register of people supported: what is about one of them counts from the end of their care.
const PEOPLE: &str = "people";
/// The register of staff: they stand in every header that they wrote.
const STAFF: &str = "staff";
/// The choice of the list `whereabouts` by which somebody has died.
const DIED: &str = "died";

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
    /// What unfinished forms, and what was set aside, speak of. `None` where that cannot be read.
    drafted: OnceCell<Option<BTreeSet<CaseId>>>,
    aside: OnceCell<BTreeSet<CaseId>>,
}

/// A case with the reference that it is called by.
struct Named {
    state: CaseState,
    reference: String,
    register: bool,
}

/// When something is due, by its own class alone.
enum Time<'c> {
    /// Since or from this day, counted from another.
    Known { class: &'c Kept, from: NaiveDate, until: NaiveDate },
    /// Never yet, for this reason.
    Unknown(KeptBy),
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
        }
    }

    /// Whether the time of a case or record is over by its own class, whatever keeps it.
    pub(super) fn is_over(&self, id: CaseId) -> rusqlite::Result<bool> {
        let Some(case) = self.case(id)?.filter(|case| !case.state.is_disposed_of()) else { return Ok(false) };
        Ok(match self.time(&case)? {
            Time::Known { until, .. } => until <= self.zone.day(self.now),
            Time::Unknown(_) => false,
        })
    }

    /// The record that a case is about, as it is read now.
    pub(super) fn about(&self, id: CaseId) -> rusqlite::Result<Option<CaseId>> {
        let Some(case) = self.case(id)? else { return Ok(None) };
        Ok(self.subject(&case.state)?.map(|subject| subject.state.id))
    }

    /// Records and cases that may be due: closed, older than the shortest time of their class, not gone already.
    pub(super) fn candidates(&self) -> rusqlite::Result<Vec<CaseId>> {
        let retention = &self.editions.current().retention;
        let mut found = Vec::new();
        for class in &retention.classes {
            for of in &class.of {
                let years = chrono::Months::new(u32::from(class.years) * 12);
                let Some(before) = self.now.checked_sub_months(years) else { continue };
                // A person who died may still stand as supported.
                let mut older = self.conn.prepare_cached(
                    "SELECT id FROM cases WHERE pathway = ?1 AND opened_at <= ?2 AND (closed = 1 OR pathway = ?3)
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

    /// The cases that go with what is due.
    pub(super) fn goes_with(&self, due: &Due) -> rusqlite::Result<Vec<CaseId>> {
        let Disposable::Case(id) = due.what else { return Ok(Vec::new()) };
        self.case(id)?.map_or(Ok(Vec::new()), |case| self.together(&case))
    }

    /// When a case is due by its own class.
    fn time(&self, case: &Named) -> rusqlite::Result<Time<'_>> {
        // One that was merged ended when the record did that it is read as.
        let kept = case.register.then(|| merged::kept(self.conn, case.state.id)).transpose()?;
        if let Some(kept) = kept.filter(|kept| *kept != case.state.id)
            && let Some(kept) = self.case(kept)?.filter(|kept| !kept.state.is_disposed_of())
        {
            return self.time(&kept);
        }
        let about = case.register || case.state.subject.is_some();
        let retention = &self.editions.current().retention;
        let Some(class) = retention.class(&case.state.pathway, about) else {
            return Ok(Time::Unknown(KeptBy::NoClass(case.reference.clone())));
        };
        let person = match class.from {
            KeptFrom::EndOfCare if case.state.pathway == PEOPLE => self.case(case.state.id)?,
            KeptFrom::EndOfCare => self.subject(&case.state)?.filter(|one| one.state.pathway == PEOPLE),
            KeptFrom::Closed | KeptFrom::Recorded => None,
        };
        let ended = match &person {
            Some(person) if !person.state.is_disposed_of() => match self.end_of_care(&person.state)? {
                Some(ended) => ended,
                None => return Ok(Time::Unknown(KeptBy::InCare(person.reference.clone()))),
            },
            _ if !case.state.closed => return Ok(Time::Unknown(KeptBy::Open(case.reference.clone()))),
            _ => closed_at(&case.state),
        };
        let is_open = !case.state.closed && case.state.pathway != PEOPLE;
        if is_open {
            return Ok(Time::Unknown(KeptBy::Open(case.reference.clone())));
        }
        // A time that was typed wrongly makes nothing older than what was recorded in it last.
        let from = self.zone.day(ended).max(self.zone.day(last_recorded(&case.state)));
        Ok(Time::Known { class, from, until: class.until(from) })
    }

    /// When somebody died or, where that is not known, their support ended.
    fn end_of_care(&self, person: &CaseState) -> rusqlite::Result<Option<DateTime<Utc>>> {
        let record = reads::Records::new(self.conn).get(person.id)?;
        let died = record.and_then(|row| row.more.whereabouts).filter(|one| one.id == DIED);
        let ended = person.closed.then(|| closed_at(person));
        Ok(died.and_then(|one| one.since).map(|since| since.at).or(ended))
    }

    /// The holds on a case, on what it is about and on where it stands.
    fn held(&self, case: &Named) -> rusqlite::Result<Vec<(String, EntryId)>> {
        let mut on: Vec<Arc<Named>> = Vec::new();
        on.extend(self.case(case.state.id)?);
        // Whatever was merged is one: a hold on any part of it is on all.
        let own = case.register.then_some(case.state.id);
        for record in own.into_iter().chain(case.state.subject) {
            for part in merged::together(self.conn, merged::kept(self.conn, record)?)? {
                on.extend(self.case(part)?);
            }
        }
        let location: Option<CaseId> = self
            .conn
            .prepare_cached("SELECT location FROM cases WHERE id = ?1")?
            .query_row([case.state.id.0.as_bytes()], |row| super::rows::maybe_id(row, 0))
            .optional()?
            .flatten();
        if let Some(location) = location {
            on.extend(self.case(location)?);
        }
        let held =
            on.iter().flat_map(|one| one.state.holds.iter().map(|hold| (one.reference.clone(), *hold)));
        Ok(held.collect())
    }

    fn of_case(&self, id: CaseId, deep: bool) -> Result<Option<Due>, ReadError> {
        let Some(head) = self.case(id)? else { return Ok(None) };
        if head.state.is_disposed_of() {
            return Ok(None);
        }
        let ids = self.together(&head)?;
        let (mut kept_by, mut latest): (Vec<KeptBy>, Option<(&Kept, NaiveDate, NaiveDate)>) =
            Default::default();
        let mut proposed = None;
        let mut holds = BTreeSet::new();
        let today = self.zone.day(self.now);
        for id in &ids {
            let Some(one) = self.case(*id)? else { continue };
            if one.state.is_disposed_of() {
                continue;
            }
            match self.time(&one)? {
                Time::Unknown(why) => kept_by.push(why),
                Time::Known { class, from, until } => {
                    if latest.is_none_or(|(.., last)| until > last) {
                        latest = Some((class, from, until));
                    }
                    if until > today {
                        kept_by.push(KeptBy::NotDue(one.reference.clone(), until));
                    }
                }
            }
            let owed = one.state.commitments.iter().filter(|owed| owed.progress.is_open()).count();
            if owed > 0 {
                kept_by.push(KeptBy::Owed(one.reference.clone(), owed));
            }
            for mark in one.state.entries.iter().filter(|mark| mark.awaits_second()) {
                match mark.kind == Act::DISPOSE {
                    true if one.state.id == head.state.id => proposed = Some(mark.id),
                    _ => kept_by.push(KeptBy::Waits(one.reference.clone())),
                }
            }
            for (on, hold) in self.held(&one)? {
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
        }
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
        kept_by.dedup();
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
            kept_by,
            proposed,
            named_elsewhere: elsewhere,
        }))
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

    fn reason_of(&self, hold: EntryId) -> rusqlite::Result<String> {
        Ok(match ledger::by_id(self.conn, hold)?.map(|stored| stored.read().0.said) {
            Some(Said::Act(Act::Hold { reason })) => reason,
            _ => String::new(),
        })
    }

    /// The entries of these cases that have content, but for acts of disposal, and what was opened of them beyond what
    /// somebody may normally see.
    fn seqs(&self, ids: &[CaseId]) -> rusqlite::Result<Vec<Seq>> {
        let listed = ids.iter().copied().map(literal).collect::<Vec<_>>().join(", ");
        let sql = format!(
            "SELECT e.seq, e.id, e.kind FROM entries e JOIN bodies b ON b.seq = e.seq
             WHERE (e.case_id IN ({listed}) OR (e.case_id IS NULL AND e.subject_id IN ({listed})))
                AND e.kind NOT IN ('act.found', 'act.adopt', '{}')
             ORDER BY e.seq",
            Act::DISPOSE
        );
        let mut found = self.conn.prepare(&sql)?;
        let mut rows = found.query([])?;
        let mut seqs = Vec::new();
        while let Some(row) = rows.next()? {
            let kind: String = row.get(2)?;
            // By which a disposal was agreed to is what proves it.
            if kind != "act.countersign" || !self.agrees_to_disposal(EntryId(super::rows::id(row, 1)?.0))? {
                seqs.push(count(row, 0)?);
            }
        }
        Ok(seqs)
    }

    /// Whether an entry is a second person's word by which a disposal was carried out.
    fn agrees_to_disposal(&self, id: EntryId) -> rusqlite::Result<bool> {
        let said = ledger::by_id(self.conn, id)?.map(|stored| stored.read().0.said);
        let Some(Said::Act(Act::Countersign { entry, agrees: YesNo::Yes, .. })) = said else {
            return Ok(false);
        };
        Ok(ledger::by_id(self.conn, entry)?.is_some_and(|stored| stored.header.kind == Act::DISPOSE))
    }
}

/// The file of the rules in a set of definitions.
const RULES: &str = "retention.toml";

/// More than the wall can be ahead of UTC or behind it.
const DAY_MS: i64 = 86_400_000;

/// When a case was closed; where nothing says so, when anything was last recorded in it.
fn closed_at(case: &CaseState) -> DateTime<Utc> {
    let closed = case.facts.milestones.get(&Milestone::Closed).map(|when| when.at);
    closed.unwrap_or_else(|| last_recorded(case))
}

/// When a step was last recorded in a case.
fn last_recorded(case: &CaseState) -> DateTime<Utc> {
    let steps = case.entries.iter().filter(|mark| mark.edition.is_some());
    steps.map(|mark| mark.recorded_at).max().unwrap_or(case.opened_at)
}

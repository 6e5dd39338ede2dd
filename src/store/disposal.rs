//! What is due for disposal and what keeps it, worked out from the record as it stands; and the removal itself, inside the
//! transaction in which a second person agrees to it.
//!
//! A case goes by itself, a record of a register with every case about it: nothing is left that would say of whom it was. What
//! is read and appended about it is left to [`super::reads`] and [`super::append`], what lies in free space of the files to
//! [`super::wipe`].

use std::cell::{OnceCell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use rusqlite::{Connection, OptionalExtension, params};

use super::derive::DeriveError;
use super::dir::OfficeDir;
use super::error::ReadError;
use super::rows::{count, json, literal, signed};
use super::{Drafts, Finished, Spool, derive, ledger, merged, migrations, reads};
use crate::domain::act::Act;
use crate::domain::case::{CaseState, Milestone};
use crate::domain::disposal::{Disposable, Due, KeptBy};
use crate::domain::entry::Said;
use crate::domain::ids::{CaseId, EntryId, Seq};
use crate::domain::time::Zone;
use crate::domain::views::RecordRow;
use crate::pathway::definition::{HANDOVERS, Kept, KeptFrom};
use crate::pathway::edition::Editions;

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
            Disposable::Handovers => self.of_handovers(),
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
        let from = self.zone.day(ended);
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
        on.extend(self.subject(&case.state)?);
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
            "SELECT e.seq FROM entries e JOIN bodies b ON b.seq = e.seq
             WHERE (e.case_id IN ({listed}) OR (e.case_id IS NULL AND e.subject_id IN ({listed})))
                AND e.kind NOT IN ('act.found', 'act.adopt', '{}')
                AND NOT (e.kind = 'act.countersign' AND EXISTS (SELECT 1 FROM disposals d WHERE d.act < e.seq
                    AND d.seq IN (SELECT seq FROM entries WHERE case_id IN ({listed}))))
             ORDER BY e.seq",
            Act::DISPOSE
        );
        self.conn.prepare(&sql)?.query_map([], |row| count(row, 0))?.collect()
    }

    /// How many entries with content, of other cases, name one of these or were written by one of these.
    fn elsewhere(&self, ids: &[CaseId], own: &[Seq]) -> rusqlite::Result<usize> {
        let wanted: BTreeSet<CaseId> = ids.iter().copied().collect();
        let own: BTreeSet<Seq> = own.iter().copied().collect();
        let staff = ids.iter().filter_map(|id| self.case(*id).ok().flatten());
        let staff: BTreeSet<CaseId> =
            staff.filter(|one| one.state.pathway == STAFF).map(|one| one.state.id).collect();
        let mut all = self.conn.prepare(
            "SELECT b.seq, b.body, e.by_staff, e.typed_by FROM bodies b JOIN entries e ON e.seq = b.seq
             WHERE e.kind NOT IN ('act.found', 'act.adopt', 'act.dispose') ORDER BY b.seq",
        )?;
        let mut rows = all.query([])?;
        let mut found = 0;
        while let Some(row) = rows.next()? {
            if own.contains(&count(row, 0)?) {
                continue;
            }
            let by = [super::rows::maybe_id(row, 2)?, super::rows::maybe_id(row, 3)?];
            let names = by.into_iter().flatten().any(|by| staff.contains(&by))
                || ids_in(row.get_ref(1)?.as_blob().unwrap_or_default())
                    .iter()
                    .any(|name| wanted.contains(name));
            found += usize::from(names);
        }
        Ok(found)
    }

    /// How many handover sheets speak of one of these.
    fn handovers_of(&self, ids: &[CaseId]) -> rusqlite::Result<usize> {
        if self.handed.get().is_none() {
            let mut all = self
                .conn
                .prepare("SELECT b.body FROM handovers h JOIN bodies b ON b.seq = h.seq ORDER BY h.seq")?;
            let named = |row: &rusqlite::Row<'_>| Ok(ids_in(row.get_ref(0)?.as_blob().unwrap_or_default()));
            let all = all.query_map([], named)?.collect::<rusqlite::Result<Vec<_>>>()?;
            let _ = self.handed.set(all);
        }
        let speaks = |named: &&BTreeSet<CaseId>| ids.iter().any(|id| named.contains(id));
        Ok(self.handed.get().into_iter().flatten().filter(speaks).count())
    }

    /// Whether a form about one of these is not finished. Drafts that cannot be read may be about anybody.
    fn is_being_written(&self, ids: &[CaseId]) -> bool {
        let drafted = self.drafted.get_or_init(|| match self.dir.drafts().exists() {
            true => Drafts::open(self.dir).ok().and_then(|drafts| drafts.named().ok()),
            false => Some(BTreeSet::new()),
        });
        drafted.as_ref().is_none_or(|named| ids.iter().any(|id| named.contains(id)))
    }

    fn is_set_aside(&self, ids: &[CaseId]) -> bool {
        let aside = self.aside.get_or_init(|| {
            let waiting = Spool::of(self.dir).finished();
            let text = |finished: &Finished| serde_json::to_vec(&finished.batch).unwrap_or_default();
            waiting.iter().flat_map(|finished| ids_in(&text(finished))).collect()
        });
        ids.iter().any(|id| aside.contains(id))
    }

    /// Handover sheets whose time is over, with all that was answered to them.
    fn of_handovers(&self) -> Result<Option<Due>, ReadError> {
        let retention = &self.editions.current().retention;
        let Some(class) = retention.class(HANDOVERS, false) else { return Ok(None) };
        let today = self.zone.day(self.now);
        let mut begun: BTreeMap<EntryId, (Seq, NaiveDate, bool)> = BTreeMap::new();
        let mut all = self.conn.prepare_cached(
            "SELECT h.seq, h.entry, h.until, h.open FROM handovers h JOIN bodies b ON b.seq = h.seq ORDER BY h.seq",
        )?;
        let mut rows = all.query([])?;
        while let Some(row) = rows.next()? {
            let day = self.zone.day(super::rows::instant(row, 2)?);
            if class.until(day) <= today {
                let open = row.get::<_, i64>(3)? != 0;
                begun.insert(EntryId(super::rows::id(row, 1)?.0), (count(row, 0)?, day, open));
            }
        }
        let Some(latest) = begun.values().map(|(_, day, _)| *day).max() else { return Ok(None) };
        let mut seqs: Vec<Seq> = begun.values().map(|(seq, ..)| *seq).collect();
        let mut answers = self.conn.prepare_cached(
            "SELECT e.id FROM entries e JOIN bodies b ON b.seq = e.seq WHERE e.kind IN
                ('act.handover_answer', 'act.handover_read_back', 'act.handover_left', 'act.handover_end')
             ORDER BY e.seq",
        )?;
        let answers =
            answers.query_map([], |row| super::rows::id(row, 0))?.collect::<rusqlite::Result<Vec<_>>>()?;
        for answer in answers {
            let Some(stored) = ledger::by_id(self.conn, EntryId(answer.0))? else { continue };
            if let Said::Act(act) = stored.read().0.said
                && handover_of(&act).is_some_and(|handover| begun.contains_key(&handover))
            {
                seqs.push(stored.header.seq);
            }
        }
        seqs.sort_unstable();
        let mut kept_by = Vec::new();
        if begun.values().any(|(_, _, open)| *open) {
            kept_by.push(KeptBy::HandoverOpen);
        }
        let mut named = BTreeSet::new();
        for (seq, ..) in begun.values() {
            named.extend(self.names_of(*seq)?);
        }
        let mut holds = BTreeSet::new();
        for id in named {
            let Some(case) = self.case(id)? else { continue };
            for (on, hold) in self.held(&case)? {
                if holds.insert(hold) {
                    kept_by.push(KeptBy::Held(on, self.reason_of(hold)?));
                }
            }
        }
        Ok(Some(Due {
            what: Disposable::Handovers,
            reference: String::new(),
            name: String::new(),
            kind: crate::domain::words::disposal::HANDOVERS.to_owned(),
            class: class.id.clone(),
            class_title: class.title.clone(),
            from: latest,
            since: class.until(latest),
            cases: 0,
            seqs,
            kept_by,
            proposed: self.handovers_proposed()?,
            named_elsewhere: None,
        }))
    }

    fn names_of(&self, seq: Seq) -> rusqlite::Result<BTreeSet<CaseId>> {
        let body: Option<Vec<u8>> = self
            .conn
            .prepare_cached("SELECT body FROM bodies WHERE seq = ?1")?
            .query_row([signed(seq)], |row| row.get(0))
            .optional()?;
        Ok(ids_in(&body.unwrap_or_default()))
    }

    fn handovers_proposed(&self) -> rusqlite::Result<Option<EntryId>> {
        let mut waiting = self.conn.prepare_cached(
            "SELECT c.entry FROM to_countersign c JOIN entries e ON e.seq = c.seq
             WHERE e.kind = 'act.dispose' AND e.case_id IS NULL",
        )?;
        waiting.query_row([], |row| super::rows::id(row, 0)).optional().map(|id| id.map(|id| EntryId(id.0)))
    }
}

/// More than the wall can be ahead of UTC or behind it.
const DAY_MS: i64 = 86_400_000;

fn handover_of(act: &Act) -> Option<EntryId> {
    match act {
        Act::HandoverAnswer { handover, .. }
        | Act::HandoverReadBack { handover, .. }
        | Act::HandoverLeft { handover, .. }
        | Act::HandoverEnd { handover, .. } => Some(*handover),
        _ => None,
    }
}

/// When a case was closed; where nothing says so, when anything was last recorded in it.
fn closed_at(case: &CaseState) -> DateTime<Utc> {
    let last = case.entries.iter().filter(|mark| mark.edition.is_some()).map(|mark| mark.recorded_at).max();
    let closed = case.facts.milestones.get(&Milestone::Closed).map(|when| when.at);
    closed.or(last).unwrap_or(case.opened_at)
}

/// The UUIDs that stand in a text.
fn ids_in(text: &[u8]) -> BTreeSet<CaseId> {
    const LENGTH: usize = 36;
    // The first dash of one stands after eight digits: only there is looked further.
    let words = text.windows(LENGTH).filter(|word| word.get(8) == Some(&b'-') && word.get(13) == Some(&b'-'));
    words.filter_map(|word| std::str::from_utf8(word).ok()?.parse().ok()).collect()
}

/// Removes the content of entries that an act of disposal names, with all that was derived from it. Nothing of it is left
/// but in free space of the file.
pub(super) fn remove(
    transaction: &rusqlite::Transaction<'_>,
    act: Seq,
    seqs: &[Seq],
) -> Result<(), DeriveError> {
    for seq in seqs {
        transaction
            .prepare_cached("INSERT INTO disposals (seq, act) VALUES (?1, ?2)")?
            .execute(params![signed(*seq), signed(act)])?;
        transaction.prepare_cached("DELETE FROM bodies WHERE seq = ?1")?.execute([signed(*seq)])?;
    }
    Ok(())
}

/// Makes all that is derived anew, after content was removed: so it is what a rebuild would make of what is left.
pub(super) fn derive_anew(transaction: &rusqlite::Transaction<'_>) -> Result<(), DeriveError> {
    transaction.flush_prepared_statement_cache();
    migrations::derive_anew(transaction, &mut |_, _| {})
}

//! One case: its chronology by when things happened, what stands after amendments, and the names it speaks of.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use rusqlite::{OptionalExtension, params};

use super::super::Store;
use super::super::error::ReadError;
use super::super::ledger::{self, Stored};
use super::super::merged;
use super::super::rows::{id, json, maybe_id};
use super::super::scope::Scope;
use super::super::taken;
use super::{Records, Veil, named_in, reference_of};
use crate::domain::act::Act;
use crate::domain::answer::YesNo;
use crate::domain::case::{CaseState, EntryMark, Milestone};
use crate::domain::commitment::Party;
use crate::domain::entry::{Entry, Said, Stub};
use crate::domain::ids::{CaseId, EntryId, Seq};
use crate::domain::owning::Holding;
use crate::domain::permission::{Action, Grant, Viewer, may};
use crate::domain::views::{CaseRow, CaseView, Elsewhere, Second, SignFilter, Told};
use crate::domain::words::store as words;
use crate::pathway::fold::{Effective, effective};
use crate::pathway::late::is_late_entry;

/// Other cases shown beside a case.
const MOST_OTHERS: u32 = 20;
/// Warning signs shown beside a case.
const MOST_SIGNS: u32 = 50;

/// The register of whom cases are about.
const PEOPLE: &str = "people";

impl Store {
    /// Everything a case screen shows.
    ///
    /// # Errors
    /// [`ReadError::NotFound`], and [`ReadError::Denied`] where the viewer may not read people's records there.
    pub fn case(&self, viewer: &Viewer, id: CaseId, now: DateTime<Utc>) -> Result<CaseView, ReadError> {
        let transaction = self.conn.unchecked_transaction()?;
        let reads = self.scope(viewer);
        // Whoever looks after the office opens its own registers: the record alone, none of the cases that name it.
        let scope = match &reads {
            Ok(scope) => scope.clone(),
            Err(_) => self.scope_of_register(viewer, &self.pathway_of(id)?)?,
        };
        let mut state = self.state(&scope, id)?;
        let scope = scope.about(state.subject.into_iter().chain([id]));
        let mut names = BTreeMap::new();
        let chronology = self.chronology(&scope, &mut state, &mut names)?;
        let elsewhere = self.elsewhere(&scope, (&state, &chronology), &mut names)?;
        for commitment in &state.commitments {
            for seen in &commitment.acknowledged {
                self.name(&scope, seen.by, &mut names)?;
            }
            for party in [&commitment.obligor, &commitment.owner] {
                if let Party::Staff(staff) = party {
                    self.name(&scope, *staff, &mut names)?;
                }
            }
        }
        let holdings = state.commitments.iter().map(|one| &one.holding).chain([&state.holding]);
        let owner = state.owner.iter().filter_map(|owner| match owner {
            Party::Staff(staff) => Some(*staff),
            Party::Role(_) | Party::Outside(_) => None,
        });
        for staff in holdings.flat_map(Holding::speaks_of).chain(owner) {
            self.name(&scope, staff, &mut names)?;
        }
        // A record of a register is shown with what is open about it; a place also with what is open there, or about
        // whoever lives there.
        let about = match state.subject {
            Some(subject) => format!("c.subject IN ({})", merged::listed(&self.conn, subject)?),
            None => {
                let (listed, here) = (merged::listed(&self.conn, id)?, super::super::rows::literal(id));
                format!(
                    "(c.subject IN ({listed}) OR c.location = {here}
                        OR c.subject IN (SELECT r.id FROM records r WHERE r.location = {here}))"
                )
            }
        };
        let open = format!("WHERE {about} AND c.closed = 0 AND c.register = 0");
        let is_record = self.is_record(id)?;
        let mut others = match state.subject.is_some() || is_record {
            true => self.cases_where(&scope, &open, MOST_OTHERS)?,
            false => Vec::new(),
        };
        for linked in &state.links {
            if !others.iter().any(|row| row.id == *linked) {
                let literal = super::super::rows::literal(*linked);
                let rows = self.cases_where(&scope, &format!("WHERE c.id = {literal}"), 1)?;
                others.extend(rows.into_iter().map(|row| kept_apart(row, &state)));
            }
        }
        let own = merged::together(&self.conn, id)?;
        let own = own.iter().map(|id| format!("'{id}'")).collect::<Vec<_>>().join(", ");
        let mut owes = self.owed_rows(
            &Records::with_duties(&self.conn, self.rota_at(now)?, now),
            &scope,
            &*self.roles()?,
            &format!("WHERE o.obligor IN ({own}) AND {} ORDER BY o.due, o.id LIMIT ?1", scope.stands("o")),
            [MOST_OTHERS],
        )?;
        let mut about = self.owed_about(&scope, id, now)?;
        let own = self.owed_in(&scope, id, now)?;
        for owed in owes.iter().filter(|owed| owed.commitment.case != id && owed.ask.is_none()) {
            let case = owed.commitment.case;
            if !others.iter().any(|row| row.id == case) {
                let literal = super::super::rows::literal(case);
                others.extend(self.cases_where(&scope, &format!("WHERE c.id = {literal}"), 1)?);
            }
        }
        others.retain(|row| row.id != id);
        if reads.is_err() {
            (others, owes, about) = (Vec::new(), Vec::new(), Vec::new());
        }
        // A person's own record is about that person.
        let itself = (state.pathway == PEOPLE).then_some(id);
        let subject = Records::new(&self.conn).of(state.subject.or(itself))?;
        let subject = subject.map(|record| self.with_answers(record)).transpose()?;
        let subject = self.with_cautions(subject.into_iter().collect())?.pop();
        let relying = match reads.is_ok() && self.asks_who_relies(&state.pathway)? {
            true => self.reliance(&scope, now)?.on(self, &state)?,
            false => Vec::new(),
        };
        // Whoever reads it goes on with the record that is kept.
        let kept = state.subject.map(|subject| merged::kept(&self.conn, subject)).transpose()?;
        let mut past = self.past(&scope, &state)?;
        past.extend(self.agenda(&scope, &state, &chronology, now)?);
        past.extend(self.audited(&scope, &state, &chronology, now)?);
        let about_it = SignFilter { about: Some(id), answered: true };
        let signs =
            if reads.is_ok() { self.signs_in(&scope, about_it, now, MOST_SIGNS)? } else { Vec::new() };
        let said_of = state.facts.said_of.clone().filter(|_| state.subject.is_none()).unwrap_or_default();
        let view = CaseView {
            said_of,
            past,
            signs,
            reference: reference_of(&self.conn, id)?,
            merged: self.merged(id)?,
            duplicates: self.duplicates(&scope, id)?,
            subject,
            state: CaseState { subject: kept, ..state },
            chronology,
            elsewhere,
            owes,
            about,
            own,
            others,
            relying,
            names,
        };
        drop(transaction);
        Ok(view)
    }

    /// What happened in a case, by when it happened.
    fn chronology(
        &self,
        scope: &Scope,
        state: &mut CaseState,
        names: &mut BTreeMap<CaseId, String>,
    ) -> Result<Vec<Told>, ReadError> {
        let stored = ledger::of_case(&self.conn, state.id, state.version)?;
        let mut sources: BTreeMap<_, _> =
            stored.iter().filter_map(|stored| Some((stored.header.id, ledger::source(stored)?))).collect();
        let mut entries: Vec<Entry> = stored.iter().map(|stored: &Stored| stored.read().0).collect();
        let veil = Veil::over(scope, &entries);
        veil.state(state);
        entries.iter_mut().for_each(|entry| veil.entry(entry));
        let mut stands = effective(&entries);
        let seconds = second_words(&entries);
        let mut chronology = Vec::new();
        for entry in entries {
            let stands = stands.remove(&entry.id);
            self.name_all(scope, &entry, stands.as_ref(), names)?;
            let source = sources.remove(&entry.id);
            let taken_over = match &entry.said {
                Said::Stub(_) => Vec::new(),
                Said::Step(_) | Said::Act(_) => taken::of(&self.conn, entry.id)?,
            };
            for staff in taken_over.iter().flat_map(|one| [one.from, one.by]).flatten() {
                self.name(scope, staff, names)?;
            }
            chronology.push(Told { source, taken_over, ..self.told(entry, stands, state, &seconds)? });
        }
        chronology.sort_by_key(|told| (told.occurred.at, told.entry.seq));
        Ok(chronology)
    }

    /// What happened in the cases that were opened for the same matter and may be seen. What stands in both is told once.
    fn elsewhere(
        &self,
        scope: &Scope,
        (state, own): (&CaseState, &[Told]),
        names: &mut BTreeMap<CaseId, String>,
    ) -> Result<Vec<Elsewhere>, ReadError> {
        let mut elsewhere = Vec::new();
        for case in &state.duplicates {
            let Ok(mut other) = self.state(scope, *case) else { continue };
            let reference = reference_of(&self.conn, *case)?;
            let told =
                self.chronology(&scope.about(other.subject.into_iter().chain([*case])), &mut other, names)?;
            let new = told.into_iter().filter(|told| own.iter().all(|one| one.entry.id != told.entry.id));
            elsewhere.extend(new.map(|told| Elsewhere { case: *case, reference: reference.clone(), told }));
        }
        elsewhere.sort_by_key(|one| (one.told.occurred.at, one.told.entry.seq));
        Ok(elsewhere)
    }

    /// Whether a case is a record of a register.
    fn is_record(&self, id: CaseId) -> rusqlite::Result<bool> {
        self.conn.prepare_cached("SELECT 1 FROM records WHERE id = ?1")?.exists([id.0.as_bytes()])
    }

    /// The pathway of a case; empty where there is none.
    fn pathway_of(&self, id: CaseId) -> rusqlite::Result<String> {
        let found = self
            .conn
            .prepare_cached("SELECT pathway FROM cases WHERE id = ?1")?
            .query_row([id.0.as_bytes()], |row| row.get(0))
            .optional()?;
        Ok(found.unwrap_or_default())
    }

    /// The state of a case that may be read.
    pub(in super::super) fn state(&self, scope: &Scope, id: CaseId) -> Result<CaseState, ReadError> {
        let found: Option<(CaseState, Option<CaseId>, Option<CaseId>)> = self
            .conn
            .prepare_cached("SELECT body, location, class FROM cases WHERE id = ?1")?
            .query_row([id.0.as_bytes()], |row| Ok((json(row, 0)?, maybe_id(row, 1)?, maybe_id(row, 2)?)))
            .optional()?;
        let (state, location, class) = found.ok_or(ReadError::NotFound)?;
        scope.about(state.subject.into_iter().chain([id])).holds(&self.conn, location, class)?;
        Ok(state)
    }

    fn told(
        &self,
        entry: Entry,
        stands: Option<Effective>,
        state: &CaseState,
        seconds: &BTreeMap<EntryId, Second>,
    ) -> Result<Told, ReadError> {
        let mark = state.entries.iter().find(|mark| mark.id == entry.id);
        let occurred = stands.as_ref().map_or(entry.occurred, |stands| stands.occurred);
        let is_step = matches!(entry.said, Said::Step(_));
        let editions = self.editions()?;
        let periods = &editions.current().working_periods;
        // Whoever rings 999 first and writes after has done it right, however long after.
        let spared = match &entry.said {
            Said::Step(said) => editions.step(said).is_some_and(|step| step.safety),
            Said::Act(_) | Said::Stub(_) => true,
        };
        let late_entry = !spared && is_late_entry(&occurred, entry.recorded_at, self.zone()?, periods);
        let reviews = mark.is_some_and(|mark| mark.reached.contains_key(&Milestone::Reviewed));
        let decided = |by: CaseId| state.facts.decided_by.contains(&by);
        let (answers, amendments) =
            stands.map_or((None, Vec::new()), |stands| (Some(stands.answers), stands.amendments));
        let recorded_under = entry.subject.filter(|subject| is_step && state.subject != Some(*subject));
        let place_under =
            recorded_under.map(|from| Records::new(&self.conn).get(from)).transpose()?.flatten();
        Ok(Told {
            occurred,
            answers,
            amendments,
            recorded_under,
            place_under: place_under.and_then(|record| record.location),
            own_decision: reviews && entry.who.by.is_some_and(decided),
            missing: mark.map(|mark| mark.missing.clone()).unwrap_or_default(),
            late_entry,
            to_confirm: mark.is_some_and(|mark| mark.to_confirm.is_some()),
            unsighted: mark.is_some_and(|mark| mark.unsighted == YesNo::Yes),
            unsigned: mark.is_some_and(|mark| mark.unsigned),
            signed_by: mark.and_then(|mark| mark.signed_by),
            source: None,
            second: mark.and_then(|mark| second(&entry, mark, seconds)),
            taken_over: Vec::new(),
            entry,
        })
    }

    fn name_all(
        &self,
        scope: &Scope,
        entry: &Entry,
        stands: Option<&Effective>,
        names: &mut BTreeMap<CaseId, String>,
    ) -> Result<(), ReadError> {
        let mut spoken: Vec<CaseId> =
            [entry.who.by, entry.who.typed_by, entry.leave.acting_for, entry.subject]
                .into_iter()
                .flatten()
                .collect();
        if let Said::Step(said) = &entry.said {
            named_in(&said.answers, &mut spoken);
        }
        match &entry.said {
            Said::Act(Act::Reattribute { from, to, .. }) => spoken.extend([*from, *to]),
            Said::Act(Act::Merge { kept, gone, .. } | Act::Unmerge { kept, gone, .. }) => {
                spoken.extend([*kept, *gone]);
            }
            Said::Act(Act::Offer { to: Party::Staff(to), .. } | Act::PassOn { to, .. }) => spoken.push(*to),
            _ => {}
        }
        if let Some(stands) = stands {
            spoken.extend(stands.amendments.iter().filter_map(|amendment| amendment.by));
            named_in(&stands.answers, &mut spoken);
        }
        spoken.into_iter().try_for_each(|id| self.name(scope, id, names))
    }

    fn name(&self, scope: &Scope, id: CaseId, names: &mut BTreeMap<CaseId, String>) -> Result<(), ReadError> {
        if scope.hides(id) {
            names.insert(id, words::RESTRICTED.to_owned());
        } else if !names.contains_key(&id)
            // As it was called then, whichever it is read as now.
            && let Some(record) = Records::new(&self.conn).as_written(id)?
        {
            names.insert(id, record.name);
        }
        Ok(())
    }

    /// The case of a short reference ("U-1184", in capitals or not, with or without the hyphen).
    ///
    /// # Errors
    /// [`ReadError::NotFound`], also where the case may not be read.
    pub fn case_by_reference(&self, viewer: &Viewer, reference: &str) -> Result<CaseId, ReadError> {
        let scope = self.scope(viewer)?;
        let (letter, number) = written(reference).ok_or(ReadError::NotFound)?;
        let found = self
            .conn
            .prepare_cached(&format!(
                "SELECT id FROM cases c WHERE letter = ?1 AND number = ?2 AND {}",
                scope.on("c")
            ))?
            .query_row(rusqlite::params![letter, number], |row| id(row, 0))?;
        Ok(found)
    }

    /// The cases of a reference that was typed in full, or of its number alone, whoever may read them.
    pub(super) fn by_reference(&self, typed: &str) -> rusqlite::Result<Vec<CaseId>> {
        let Some((letter, number)) = written(typed) else { return Ok(Vec::new()) };
        self.conn
            .prepare_cached(
                // By each letter in turn: the other way round every case there ever was would be looked at.
                "SELECT c.id FROM letters l CROSS JOIN cases c ON c.letter = l.letter AND c.number = ?2
                 WHERE ?1 IN (l.letter, '')",
            )?
            .query_map(params![letter, number], |row| id(row, 0))?
            .collect()
    }

    /// Up to `max` entries after a number, in the order of the ledger; of those that the viewer may not read, that they
    /// are there. For who may export what they may read: to prove the record whole nothing of it has to be read.
    ///
    /// # Errors
    /// [`ReadError::Denied`] for anyone else.
    pub fn entries_after(&self, viewer: &Viewer, seq: Seq, max: u32) -> Result<Vec<Entry>, ReadError> {
        let roles = self.roles()?;
        may(&roles, viewer, &Action::Granted(Grant::Export), None)?;
        let scope = self.scope(viewer)?;
        let mut readable = self
            .conn
            .prepare_cached(&format!("SELECT 1 FROM cases c WHERE c.id = ?1 AND {}", scope.on("c")))?;
        let mut entries = Vec::new();
        for stored in ledger::after(&self.conn, seq, max)? {
            let mut entry = stored.read().0;
            Veil::over(&scope, std::slice::from_ref(&entry)).entry(&mut entry);
            if let Said::Act(Act::HandOver(said)) = &mut entry.said {
                let mut shown = Vec::new();
                for mut line in std::mem::take(&mut said.lines) {
                    if self.veil_line(&scope, &mut line)? {
                        shown.push(line);
                    }
                }
                said.lines = shown;
            }
            for named in [entry.case, entry.subject].into_iter().flatten() {
                if !readable.exists([named.0.as_bytes()])? {
                    entry.said = Said::Stub(Stub::Restricted);
                }
            }
            entries.push(entry);
        }
        Ok(entries)
    }
}

/// Second people's words among the entries of a case, by their own ids.
fn second_words(entries: &[Entry]) -> BTreeMap<EntryId, Second> {
    let word = |entry: &Entry| match &entry.said {
        Said::Act(Act::Countersign { agrees, note, .. }) => {
            let (by, at, note) = (entry.who.by, entry.recorded_at, note.clone());
            Some((
                entry.id,
                match agrees {
                    YesNo::Yes => Second::Agreed { by, at },
                    YesNo::No => Second::Refused { by, at, note },
                },
            ))
        }
        // What waited is called off by a step, which takes the place of the word.
        Said::Step(_) => Some((entry.id, Second::CalledOff { by: entry.who.by, at: entry.recorded_at })),
        _ => None,
    };
    entries.iter().filter_map(word).collect()
}

/// Where an entry stands that wants two people.
fn second(entry: &Entry, mark: &EntryMark, words: &BTreeMap<EntryId, Second>) -> Option<Second> {
    if let Some(why) = &entry.leave.alone {
        return Some(Second::Alone(why.clone()));
    }
    match mark.second {
        Some((word, _)) => words.get(&word).cloned(),
        None => mark.awaits_second().then_some(Second::Waits),
    }
}

/// A short reference as people write it: its letters, which may be left out, and its number.
fn written(reference: &str) -> Option<(String, i64)> {
    let typed = reference.trim().to_uppercase().replace(['-', ' '], "");
    let (letter, number) = typed.split_at(typed.find(|c: char| c.is_ascii_digit())?);
    Some((letter.to_owned(), number.parse().ok()?))
}

/// A linked case of another person names neither them nor what it is about: one call may concern several people, and
/// nothing of one stands in what is read, copied or shown of another.
fn kept_apart(row: CaseRow, state: &CaseState) -> CaseRow {
    match (&row.subject, state.subject) {
        (Some(other), Some(subject)) if other.id != subject => {
            let headline = Some(words::OTHER_PERSON.to_owned());
            CaseRow { subject: None, headline, risk: None, level: None, next: None, ..row }
        }
        _ => row,
    }
}

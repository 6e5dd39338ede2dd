//! One case: its chronology by when things happened, what stands after amendments, and the names it speaks of.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use rusqlite::OptionalExtension;

use super::super::Store;
use super::super::error::ReadError;
use super::super::ledger::{self, Stored};
use super::super::merged;
use super::super::rows::{id, json};
use super::super::scope::Scope;
use super::{Records, named_in, reference_of};
use crate::domain::act::Act;
use crate::domain::answer::YesNo;
use crate::domain::case::{CaseState, Milestone};
use crate::domain::commitment::Party;
use crate::domain::entry::{Entry, Said};
use crate::domain::ids::{CaseId, Seq};
use crate::domain::permission::{Action, Grant, Viewer, may};
use crate::domain::views::{CaseView, Told};
use crate::pathway::fold::{Effective, effective};
use crate::pathway::late::is_late_entry;

/// Other cases shown beside a case.
const MOST_OTHERS: u32 = 20;

impl Store {
    /// Everything a case screen shows.
    ///
    /// # Errors
    /// [`ReadError::NotFound`], and [`ReadError::Denied`] where the viewer may not read people's records there.
    pub fn case(&self, viewer: &Viewer, id: CaseId, _now: DateTime<Utc>) -> Result<CaseView, ReadError> {
        let transaction = self.conn.unchecked_transaction()?;
        let scope = self.scope(viewer)?;
        let state = self.state(&scope, id)?;
        let stored = ledger::of_case(&self.conn, id, state.version)?;
        let mut sources: BTreeMap<_, _> =
            stored.iter().filter_map(|stored| Some((stored.header.id, ledger::source(stored)?))).collect();
        let entries: Vec<Entry> = stored.iter().map(|stored: &Stored| stored.read().0).collect();
        let mut stands = effective(&entries);
        let mut names = BTreeMap::new();
        let mut chronology = Vec::new();
        for entry in entries {
            let (stands, source) = (stands.remove(&entry.id), sources.remove(&entry.id));
            self.name_all(&entry, stands.as_ref(), &mut names)?;
            chronology.push(self.told(entry, source, stands, &state)?);
        }
        chronology.sort_by_key(|told| (told.occurred.at, told.entry.seq));
        for commitment in &state.commitments {
            for party in [&commitment.obligor, &commitment.owner] {
                if let Party::Staff(staff) = party {
                    self.name(*staff, &mut names)?;
                }
            }
        }
        let mut others = match state.subject {
            Some(subject) => self.cases_where(
                &scope,
                &format!(
                    "WHERE c.subject IN ({}) AND c.closed = 0 AND c.register = 0",
                    merged::listed(&self.conn, subject)?
                ),
                MOST_OTHERS,
            )?,
            None => Vec::new(),
        };
        for linked in &state.links {
            if !others.iter().any(|row| row.id == *linked) {
                let literal = super::super::rows::literal(*linked);
                others.extend(self.cases_where(&scope, &format!("WHERE c.id = {literal}"), 1)?);
            }
        }
        let own = merged::together(&self.conn, id)?;
        let own = own.iter().map(|id| format!("'{id}'")).collect::<Vec<_>>().join(", ");
        let owes = self.owed_rows(
            &Records::new(&self.conn),
            &*self.roles()?,
            &format!(
                "WHERE o.obligor IN ({own}) AND {} ORDER BY o.due, o.id LIMIT ?1",
                scope.on("o.location")
            ),
            [MOST_OTHERS],
        )?;
        for owed in owes.iter().filter(|owed| owed.commitment.case != id) {
            let case = owed.commitment.case;
            if !others.iter().any(|row| row.id == case) {
                let literal = super::super::rows::literal(case);
                others.extend(self.cases_where(&scope, &format!("WHERE c.id = {literal}"), 1)?);
            }
        }
        others.retain(|row| row.id != id);
        let subject = Records::new(&self.conn).of(state.subject)?;
        let subject = subject.map(|record| self.with_answers(record)).transpose()?;
        // Whoever reads it goes on with the record that is kept.
        let kept = state.subject.map(|subject| merged::kept(&self.conn, subject)).transpose()?;
        let view = CaseView {
            reference: reference_of(&self.conn, id)?,
            merged: self.merged(id)?,
            duplicates: self.duplicates(id)?,
            subject,
            state: CaseState { subject: kept, ..state },
            chronology,
            owes,
            others,
            names,
        };
        drop(transaction);
        Ok(view)
    }

    /// The state of a case that may be read.
    pub(in super::super) fn state(&self, scope: &Scope, id: CaseId) -> Result<CaseState, ReadError> {
        let found: Option<(CaseState, Option<CaseId>)> = self
            .conn
            .prepare_cached("SELECT body, location FROM cases WHERE id = ?1")?
            .query_row([id.0.as_bytes()], |row| Ok((json(row, 0)?, super::super::rows::maybe_id(row, 1)?)))
            .optional()?;
        let (state, location) = found.ok_or(ReadError::NotFound)?;
        if scope.holds(location) { Ok(state) } else { Err(ReadError::NotFound) }
    }

    fn told(
        &self,
        entry: Entry,
        source: Option<String>,
        stands: Option<Effective>,
        state: &CaseState,
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
        Ok(Told {
            occurred,
            answers,
            amendments,
            recorded_under: entry.subject.filter(|subject| is_step && state.subject != Some(*subject)),
            own_decision: reviews && entry.who.by.is_some_and(decided),
            missing: mark.map(|mark| mark.missing.clone()).unwrap_or_default(),
            late_entry,
            to_confirm: mark.is_some_and(|mark| mark.to_confirm.is_some()),
            unsighted: mark.is_some_and(|mark| mark.unsighted == YesNo::Yes),
            source,
            entry,
        })
    }

    fn name_all(
        &self,
        entry: &Entry,
        stands: Option<&Effective>,
        names: &mut BTreeMap<CaseId, String>,
    ) -> Result<(), ReadError> {
        let mut spoken: Vec<CaseId> =
            [entry.who.by, entry.who.typed_by, entry.subject].into_iter().flatten().collect();
        if let Said::Step(said) = &entry.said {
            named_in(&said.answers, &mut spoken);
        }
        match &entry.said {
            Said::Act(Act::Reattribute { from, to, .. }) => spoken.extend([*from, *to]),
            Said::Act(Act::Merge { kept, gone, .. } | Act::Unmerge { kept, gone, .. }) => {
                spoken.extend([*kept, *gone]);
            }
            _ => {}
        }
        if let Some(stands) = stands {
            spoken.extend(stands.amendments.iter().filter_map(|amendment| amendment.by));
            named_in(&stands.answers, &mut spoken);
        }
        spoken.into_iter().try_for_each(|id| self.name(id, names))
    }

    fn name(&self, id: CaseId, names: &mut BTreeMap<CaseId, String>) -> Result<(), ReadError> {
        if !names.contains_key(&id)
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
        let typed = reference.trim().to_uppercase().replace(['-', ' '], "");
        let digits = typed.find(|c: char| c.is_ascii_digit()).ok_or(ReadError::NotFound)?;
        let (letter, number) = typed.split_at(digits);
        let number: i64 = number.parse().map_err(|_| ReadError::NotFound)?;
        let found = self
            .conn
            .prepare_cached(&format!(
                "SELECT id FROM cases WHERE letter = ?1 AND number = ?2 AND {}",
                scope.on("location")
            ))?
            .query_row(rusqlite::params![letter, number], |row| id(row, 0))?;
        Ok(found)
    }

    /// Up to `max` entries after a number, in the order of the ledger. For who may verify or export.
    ///
    /// # Errors
    /// [`ReadError::Denied`] for anyone else.
    pub fn entries_after(&self, viewer: &Viewer, seq: Seq, max: u32) -> Result<Vec<Entry>, ReadError> {
        let roles = self.roles()?;
        let granted = |grant| may(&roles, viewer, &Action::Granted(grant), None);
        granted(Grant::Export).or_else(|_| granted(Grant::Verify))?;
        Ok(ledger::after(&self.conn, seq, max)?.iter().map(|stored| stored.read().0).collect())
    }
}

//! What the records say of the organisation that a case is about: what comes round in the case, which cases name them, what
//! they promised and kept, how often they were rung. It stands beside what somebody found when they looked.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};

use super::super::Store;
use super::super::error::ReadError;
use super::super::scope::Scope;
use super::spoken::titles;
use crate::domain::answer::When;
use crate::domain::case::CaseState;
use crate::domain::commitment::Commitment;
use crate::domain::ids::{CaseId, EntryId};
use crate::domain::measure::{Ending, Owes};
use crate::domain::permission::Viewer;
use crate::domain::views::Scorecard;
use crate::domain::words::pages as words;

impl Store {
    /// What the records say of the organisation that a case is about; nothing where it is about none.
    ///
    /// # Errors
    /// [`ReadError::NotFound`], and [`ReadError::Denied`] where the viewer may not read the case.
    pub fn scorecard(
        &self,
        viewer: &Viewer,
        case: CaseId,
        now: DateTime<Utc>,
    ) -> Result<Option<Scorecard>, ReadError> {
        let scope = self.scope(viewer)?;
        let state = self.state(&scope, case)?;
        let editions = self.editions()?;
        let pathway = editions.current().pathways.get(&state.pathway);
        let of_organisation = pathway.and_then(|pathway| pathway.subject.as_deref()) == Some(OUTSIDE);
        let Some(organisation) = state.subject.filter(|_| of_organisation) else { return Ok(None) };
        let mut counts = self.naming(&scope, &state, organisation, now)?;
        counts.extend(self.promised(&scope, organisation, now)?);
        counts.push(self.tried(&scope, organisation, now)?);
        let theirs = |one: &&Commitment| one.progress.is_open() && one.obligor.is_outside();
        let owed: Vec<_> = state.commitments.iter().filter(theirs).collect();
        let late = owed.iter().filter(|one| one.due <= now).count() as u64;
        Ok(Some(Scorecard { rounds: rounds(&state), counts, owed: (owed.len() as u64, late) }))
    }

    /// Cases that name it, by their pathway.
    fn naming(
        &self,
        scope: &Scope,
        state: &CaseState,
        organisation: CaseId,
        now: DateTime<Utc>,
    ) -> Result<Vec<(String, u64, u64)>, ReadError> {
        let titles = titles(self.editions()?.current());
        let mut statement = self.conn.prepare_cached(&format!(
            "SELECT f.pathway, f.at FROM case_facts f JOIN cases c ON c.id = f.case_id
             WHERE f.at >= ?1 AND f.at <= ?2 AND f.again = 0 AND c.id <> ?3 AND instr(c.body, ?4) > 0 AND {}",
            scope.on("c")
        ))?;
        let (from, until) = (before(now, 2), now.timestamp_millis());
        let named = organisation.to_string();
        let mut rows = statement.query(rusqlite::params![from, until, state.id.0.as_bytes(), named])?;
        let mut counts: BTreeMap<String, (u64, u64)> = BTreeMap::new();
        while let Some(row) = rows.next()? {
            let (pathway, at): (String, i64) = (row.get(0)?, row.get(1)?);
            let title = titles.get(&pathway).cloned().unwrap_or(pathway);
            count(counts.entry(title).or_default(), at, now);
        }
        Ok(counts.into_iter().map(|(title, (lately, earlier))| (title, lately, earlier)).collect())
    }

    /// What it promised and was to be done: in time, later, not at all.
    fn promised(
        &self,
        scope: &Scope,
        organisation: CaseId,
        now: DateTime<Utc>,
    ) -> Result<Vec<(String, u64, u64)>, ReadError> {
        let mut statement = self.conn.prepare_cached(&format!(
            "SELECT f.due, f.ended, f.how FROM promise_facts f
             WHERE f.who = ?1 AND f.owes = ?2 AND f.due >= ?3 AND f.due <= ?4 AND {}",
            scope.on("f")
        ))?;
        let number = |at: Option<usize>| at.and_then(|at| i64::try_from(at).ok());
        let owes = number(Owes::ALL.iter().position(|owes| *owes == Owes::Promise));
        let of = |ending: Ending| number(Ending::ALL.iter().position(|one| *one == ending));
        let (from, until) = (before(now, 2), now.timestamp_millis());
        let mut rows = statement.query(rusqlite::params![organisation.to_string(), owes, from, until])?;
        let mut counts = [(0, 0); 3];
        while let Some(row) = rows.next()? {
            let (due, ended, how): (i64, i64, Option<i64>) = (row.get(0)?, row.get(1)?, row.get(2)?);
            // In the place of what was chased stands another; what nobody wants any more was not broken.
            if how.is_some() && (how == of(Ending::Superseded) || how == of(Ending::Cancelled)) {
                continue;
            }
            let place = match how == of(Ending::Done) && how.is_some() {
                true if ended <= due => 0,
                true => 1,
                false => 2,
            };
            count(&mut counts[place], due, now);
        }
        let titled = words::PROMISED.iter().zip(counts);
        Ok(titled.map(|(title, (lately, earlier))| ((*title).to_owned(), lately, earlier)).collect())
    }

    /// Tries to reach it, answered or not.
    fn tried(
        &self,
        scope: &Scope,
        organisation: CaseId,
        now: DateTime<Utc>,
    ) -> Result<(String, u64, u64), ReadError> {
        let mut statement = self.conn.prepare_cached(&format!(
            "SELECT f.at FROM contact_facts f WHERE f.who = ?1 AND f.at >= ?2 AND f.at <= ?3 AND {}",
            scope.on("f")
        ))?;
        let (from, until) = (before(now, 2), now.timestamp_millis());
        let mut rows = statement.query(rusqlite::params![organisation.to_string(), from, until])?;
        let mut counts = (0, 0);
        while let Some(row) = rows.next()? {
            count(&mut counts, row.get(0)?, now);
        }
        Ok((words::CONTACTS.to_owned(), counts.0, counts.1))
    }
}

/// The register of whoever is outside.
const OUTSIDE: &str = "organisations";

/// So many spans before now, in milliseconds.
fn before(now: DateTime<Utc>, spans: i64) -> i64 {
    (now - TimeDelta::days(Scorecard::DAYS * spans)).timestamp_millis()
}

fn count((lately, earlier): &mut (u64, u64), at: i64, now: DateTime<Utc>) {
    if at >= before(now, 1) { *lately += 1 } else { *earlier += 1 }
}

/// What comes round in the case, each with when it was last done and when it is due.
fn rounds(state: &CaseState) -> Vec<(String, Option<When>, Option<DateTime<Utc>>)> {
    let happened = |entry: EntryId| {
        let mark = state.entries.iter().find(|mark| mark.id == entry);
        mark.map(|mark| mark.occurred)
    };
    let mut rounds: Vec<(String, Option<When>, Option<DateTime<Utc>>)> = Vec::new();
    for one in state.commitments.iter().filter(|one| one.every.is_some()) {
        let place = rounds.iter().position(|(what, ..)| *what == one.what).unwrap_or_else(|| {
            rounds.push((one.what.clone(), None, None));
            rounds.len() - 1
        });
        let round = &mut rounds[place];
        match one.progress.is_open() {
            true => round.2 = Some(one.due),
            false => {
                let done = one.settled_by.and_then(happened);
                round.1 = round.1.into_iter().chain(done).max_by_key(|when| when.at);
            }
        }
    }
    rounds
}

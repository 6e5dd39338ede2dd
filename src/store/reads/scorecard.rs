//! What the records say of the organisation that a case is about: what comes round in the case, which cases name them, what
//! they promised and kept, how often they were rung. It stands beside what somebody found when they looked.

use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::{DateTime, TimeDelta, Utc};

use super::super::Store;
use super::super::error::ReadError;
use super::super::merged;
use super::super::scope::Scope;
use super::lists::quoted;
use super::spoken::titles;
use crate::domain::answer::When;
use crate::domain::case::CaseState;
use crate::domain::commitment::{Commitment, first_given};
use crate::domain::ids::{CaseId, EntryId};
use crate::domain::measure::{Ending, Outcome, Owes};
use crate::domain::permission::Viewer;
use crate::domain::views::Scorecard;
use crate::domain::words::pages as words;

/// Something promised, as a row of facts has it.
struct Promised {
    id: Vec<u8>,
    supersedes: Option<Vec<u8>>,
    /// When it is due, whether that time was given, how often it had been chased.
    rung: (i64, bool, u32),
    ended: Option<(Ending, i64)>,
}

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
        // What names a record that was merged into it names it.
        let all = merged::together(&self.conn, merged::kept(&self.conn, organisation)?)?;
        let all: Vec<String> = all.iter().map(CaseId::to_string).collect();
        let is_one = all.iter().map(|id| quoted(id)).collect::<Vec<_>>().join(", ");
        let mut counts = self.naming(&scope, &all, now)?;
        counts.extend(self.promised(&scope, &is_one, now)?);
        counts.push(self.tried(&scope, &is_one, now)?);
        let theirs = |one: &&Commitment| one.progress.is_open() && one.obligor.is_outside();
        let owed: Vec<_> = state.commitments.iter().filter(theirs).collect();
        let late = owed.iter().filter(|one| one.due <= now).count() as u64;
        Ok(Some(Scorecard { rounds: rounds(&state), counts, owed: (owed.len() as u64, late) }))
    }

    /// Cases that name one of these, by their pathway.
    fn naming(
        &self,
        scope: &Scope,
        organisations: &[String],
        now: DateTime<Utc>,
    ) -> Result<Vec<(String, u64, u64)>, ReadError> {
        let titles = titles(self.editions()?.current());
        let named: Vec<String> =
            organisations.iter().map(|id| format!("instr(c.body, {}) > 0", quoted(id))).collect();
        let mut statement = self.conn.prepare_cached(&format!(
            "SELECT f.pathway, f.at FROM case_facts f JOIN cases c ON c.id = f.case_id
             WHERE f.at >= ?1 AND f.at <= ?2 AND f.again = 0 AND ({}) AND {}",
            named.join(" OR "),
            scope.on("c")
        ))?;
        let (from, until) = (before(now, 2), now.timestamp_millis());
        let mut rows = statement.query(rusqlite::params![from, until])?;
        let mut counts: BTreeMap<String, (u64, u64)> = BTreeMap::new();
        while let Some(row) = rows.next()? {
            let (pathway, at): (String, i64) = (row.get(0)?, row.get(1)?);
            let title = titles.get(&pathway).cloned().unwrap_or(pathway);
            count(counts.entry(title).or_default(), at, now);
        }
        Ok(counts.into_iter().map(|(title, (lately, earlier))| (title, lately, earlier)).collect())
    }

    /// What it promised and was to be done: by the time that was first given, later, not at all. Once each, however often it
    /// was chased.
    fn promised(
        &self,
        scope: &Scope,
        is_one: &str,
        now: DateTime<Utc>,
    ) -> Result<Vec<(String, u64, u64)>, ReadError> {
        let mut statement = self.conn.prepare_cached(&format!(
            "SELECT f.id, f.supersedes, f.due, f.timed, f.chased, f.ended, f.how FROM promise_facts f
             WHERE f.who IN ({is_one}) AND f.owes = ?1 AND {}",
            scope.on("f")
        ))?;
        let number = |at: Option<usize>| at.and_then(|at| i64::try_from(at).ok());
        let owes = number(Owes::ALL.iter().position(|owes| *owes == Owes::Promise));
        let (from, until) = (before(now, 2), now.timestamp_millis());
        let rows = statement.query_map(rusqlite::params![owes], |row| {
            Ok(Promised {
                id: row.get(0)?,
                supersedes: row.get(1)?,
                rung: (row.get(2)?, row.get(3)?, row.get(4)?),
                ended: ended(row.get(6)?, row.get(5)?),
            })
        })?;
        let all: HashMap<Vec<u8>, Promised> =
            rows.map(|row| row.map(|one| (one.id.clone(), one))).collect::<Result<_, _>>()?;
        let mut counts = [(0, 0); 3];
        let followed: HashSet<&[u8]> = all.values().filter_map(|one| one.supersedes.as_deref()).collect();
        for last in all.values().filter(|one| !followed.contains(one.id.as_slice())) {
            let before = |one: &&Promised| all.get(one.supersedes.as_ref()?);
            let mut rungs: Vec<_> =
                std::iter::successors(Some(last), before).take(all.len()).map(|one| one.rung).collect();
            rungs.reverse();
            // Without a time there is none to keep, as in the measures.
            let Some(due) = first_given(rungs) else { continue };
            if due < from || due > until {
                continue;
            }
            let place = match Outcome::of(due, last.ended, until) {
                Outcome::Kept => 0,
                Outcome::Late => 1,
                Outcome::Never => 2,
                Outcome::Open | Outcome::CalledOff => continue,
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
        is_one: &str,
        now: DateTime<Utc>,
    ) -> Result<(String, u64, u64), ReadError> {
        let mut statement = self.conn.prepare_cached(&format!(
            "SELECT f.at FROM contact_facts f WHERE f.who IN ({is_one}) AND f.at >= ?1 AND f.at <= ?2 AND {}",
            scope.on("f")
        ))?;
        let (from, until) = (before(now, 2), now.timestamp_millis());
        let mut rows = statement.query(rusqlite::params![from, until])?;
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

/// How something promised ended, and when, as a row of facts has it.
fn ended(how: Option<i64>, at: i64) -> Option<(Ending, i64)> {
    Some((*Ending::ALL.get(usize::try_from(how?).ok()?)?, at))
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

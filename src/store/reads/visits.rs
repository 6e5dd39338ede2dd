//! Visits and shifts that somebody has to be found for, by when they begin.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};

use super::super::Store;
use super::super::derive::reference;
use super::super::error::ReadError;
use super::super::rows::{id, json, maybe_id};
use super::super::scope::Scope;
use super::{Records, Veil};
use crate::domain::answer::{Named, When};
use crate::domain::case::{Facts, Visit};
use crate::domain::commitment::Commitment;
use crate::domain::names::fold;
use crate::domain::permission::Viewer;
use crate::domain::views::{VisitFilter, VisitRow};

/// What is owed and is that somebody has nobody who comes.
const COVER: &str = "o.urgent = 1 AND json_extract(o.body, '$.cover') = 1";

impl Store {
    /// Visits, the next to begin first. Without a time those of all open cases, however long ago they should have begun;
    /// with one all that begin then. One of a restricted record stands as a stub.
    ///
    /// # Errors
    /// [`ReadError::Denied`] where the viewer may not read people's records.
    pub fn visits(
        &self,
        viewer: &Viewer,
        filter: &VisitFilter,
        limit: u32,
    ) -> Result<Vec<VisitRow>, ReadError> {
        let transaction = self.conn.unchecked_transaction()?;
        let scope = self.scope(viewer)?;
        let millis = |at: &DateTime<Utc>| at.timestamp_millis();
        let mut conditions = vec!["c.visit IS NOT NULL".to_owned(), scope.stands("c")];
        conditions.extend(filter.from.as_ref().map(|from| format!("c.visit >= {}", millis(from))));
        conditions.extend(filter.until.as_ref().map(|until| format!("c.visit < {}", millis(until))));
        if filter.from.is_none() && filter.until.is_none() {
            conditions.push("c.closed = 0".to_owned());
        }
        let wanted = filter.provider.as_deref().map(fold);
        let is_wanted = |visit: &Visit| wanted.as_ref().is_none_or(|wanted| is_by(visit, wanted));
        let mut visits = self.visits_where(&scope, &conditions, is_wanted, limit)?;
        if filter.from.is_none() && filter.until.is_none() && wanted.is_none() {
            visits.extend(self.cover_owed(&scope)?);
            visits.sort_by_key(|row| row.visit.from.at);
        }
        drop(transaction);
        Ok(visits)
    }

    /// The visits under these conditions on their cases that are wanted, the next to begin first.
    pub(super) fn visits_where(
        &self,
        scope: &Scope,
        conditions: &[String],
        is_wanted: impl Fn(&Visit) -> bool,
        limit: u32,
    ) -> Result<Vec<VisitRow>, ReadError> {
        let mut statement = self.conn.prepare_cached(&format!(
            "SELECT c.id, c.letter, c.number, c.subject, c.location, c.class, c.state, c.closed, c.facts FROM cases c
             WHERE {} ORDER BY c.visit, c.id",
            conditions.join(" AND ")
        ))?;
        let records = Records::new(&self.conn);
        let most = usize::try_from(limit).unwrap_or(usize::MAX);
        let mut rows = statement.query([])?;
        let mut visits = Vec::new();
        while let Some(row) = rows.next()? {
            if visits.len() == most {
                break;
            }
            let mut facts: Facts = json(row, 8)?;
            Veil::new(scope).facts(&mut facts);
            let Some(visit) = facts.visit else { continue };
            if !is_wanted(&visit) {
                continue;
            }
            let ask = scope.ask(&self.conn, maybe_id(row, 5)?)?;
            let shown = VisitRow {
                case: id(row, 0)?,
                reference: reference(&row.get::<_, String>(1)?, row.get(2)?),
                subject: records.of(maybe_id(row, 3)?)?,
                place: records.of(maybe_id(row, 4)?)?.map(|place| place.name),
                visit,
                state: row.get(6)?,
                closed: row.get::<_, i64>(7)? != 0,
                level: facts.level,
                ask: None,
            };
            visits.push(match ask {
                None => shown,
                Some(whom) => stub(shown, whom),
            });
        }
        Ok(visits)
    }

    /// How many visits of open cases have nobody who comes and begin before this time, and how much cover is owed beside
    /// them: cover for a visit that is counted already is that visit. Stubs are counted: somebody waits.
    pub(super) fn uncovered(&self, scope: &Scope, before: DateTime<Utc>) -> Result<u64, ReadError> {
        let before = before.timestamp_millis();
        let mut statement = self.conn.prepare_cached(&format!(
            "SELECT c.facts, c.letter, c.number, c.class IS NOT NULL FROM cases c
             WHERE c.visit IS NOT NULL AND c.visit < ?1 AND c.closed = 0 AND {}",
            scope.stands("c")
        ))?;
        let mut rows = statement.query([before])?;
        let (mut waiting, mut restricted) = (BTreeSet::new(), Vec::new());
        while let Some(row) = rows.next()? {
            let visit = json::<Facts>(row, 0)?.visit.filter(|visit| visit.covered_by.is_none());
            let Some(visit) = visit else { continue };
            waiting.insert(reference(&row.get::<_, String>(1)?, row.get(2)?));
            restricted.extend(row.get::<_, bool>(3)?.then_some(visit.from.at));
        }
        let mut statement = self.conn.prepare_cached(&format!(
            "SELECT o.body FROM owed o WHERE {COVER} AND o.due < ?1 AND {}",
            scope.stands("o")
        ))?;
        let mut owed = 0;
        for cover in statement.query_map([before], |row| json::<Commitment>(row, 0))? {
            let cover = cover?;
            // Who relies by a visit stands there with its reference; a restricted record without, by its time.
            let mut words = cover.what.split(|letter: char| !letter.is_alphanumeric() && letter != '-');
            let visit = restricted.iter().position(|from| *from == cover.due);
            if !words.any(|word| waiting.contains(word)) {
                owed += u64::from(visit.is_none());
                visit.map(|at| restricted.swap_remove(at));
            }
        }
        Ok(waiting.len() as u64 + owed)
    }

    /// Cover that is owed where an arrangement was restricted, suspended or ended: a row for each arrangement, by when the
    /// first of those who rely on it has to have somebody.
    fn cover_owed(&self, scope: &Scope) -> Result<Vec<VisitRow>, ReadError> {
        let mut statement = self.conn.prepare_cached(&format!(
            "SELECT c.id, c.letter, c.number, c.subject, c.location, c.class, c.state, c.closed, o.body
             FROM owed o JOIN cases c ON c.id = o.case_id WHERE {COVER} AND {} ORDER BY o.due, o.id",
            scope.stands("o")
        ))?;
        let records = Records::new(&self.conn);
        let mut rows = statement.query([])?;
        let mut found: Vec<VisitRow> = Vec::new();
        while let Some(row) = rows.next()? {
            let (case, owed) = (id(row, 0)?, json::<Commitment>(row, 8)?);
            if let Some(known) = found.iter_mut().find(|known| known.case == case) {
                let whom = known.visit.kind.take().filter(|_| known.ask.is_none());
                known.visit.kind = whom.map(|whom| format!("{whom}; {}", owed.what));
                continue;
            }
            let whose = records.of(maybe_id(row, 3)?)?;
            let visit = Visit {
                from: When::exact(owed.due),
                until: None,
                kind: Some(owed.what),
                provider: whose.as_ref().map(|whose| Named { id: Some(whose.id), words: whose.name.clone() }),
                covered_by: None,
                covered_from: None,
            };
            let shown = VisitRow {
                case,
                reference: reference(&row.get::<_, String>(1)?, row.get(2)?),
                subject: whose,
                place: records.of(maybe_id(row, 4)?)?.map(|place| place.name),
                visit,
                state: row.get(6)?,
                closed: row.get::<_, i64>(7)? != 0,
                level: None,
                ask: None,
            };
            found.push(match scope.ask(&self.conn, maybe_id(row, 5)?)? {
                None => shown,
                Some(whom) => stub(shown, whom),
            });
        }
        Ok(found)
    }
}

/// Whether the provider of these words was to come, or covers.
fn is_by(visit: &Visit, wanted: &str) -> bool {
    let named = visit.provider.iter().chain(&visit.covered_from).map(|named| fold(&named.words));
    named.into_iter().any(|name| wanted.split_whitespace().all(|word| name.contains(word)))
}

/// Of a restricted record: when somebody has to be there, and whether anybody comes.
fn stub(row: VisitRow, whom: String) -> VisitRow {
    VisitRow {
        reference: String::new(),
        subject: None,
        place: None,
        visit: Visit { kind: None, ..row.visit },
        state: String::new(),
        level: None,
        ask: Some(whom),
        ..row
    }
}

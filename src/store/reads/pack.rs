//! Which cases an evidence pack is made of, and the head of the record as it stood then. It takes somebody who may export.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};

use super::super::Store;
use super::super::derive::reference;
use super::super::error::ReadError;
use super::super::ledger;
use super::super::merged;
use super::super::rows::{id, instant, literal};
use super::super::scope::Scope;
use super::lists::quoted;
use crate::domain::ids::{CaseId, Hash32, Seq};
use crate::domain::pack::{About, PackAsked};
use crate::domain::permission::{Action, Grant, Viewer, may};

/// What a pack is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Packed {
    /// The number of the last entry of the whole record, and its hash.
    pub head: (Seq, Hash32),
    /// The cases, what it is about first, then as they were opened.
    pub cases: Vec<PackedCase>,
    /// There are records that are kept to a few and may not be seen: what belongs to them is left out.
    pub without_restricted: bool,
    /// The organisations that it is about or for, each with all records that are read as it because they were merged.
    pub together: BTreeMap<CaseId, Vec<CaseId>>,
}

/// A case of a pack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackedCase {
    /// The case.
    pub id: CaseId,
    /// Its pathway.
    pub pathway: String,
    /// Its short reference.
    pub reference: String,
    /// When it was opened.
    pub opened_at: DateTime<Utc>,
    /// Whether it is closed.
    pub closed: bool,
    /// All of it; otherwise it is about somebody else, and only what concerns the organisation is taken from it.
    pub whole: bool,
}

impl Store {
    /// The cases of a pack, as far as they may be read.
    ///
    /// # Errors
    /// [`ReadError::Denied`] where the viewer may not export, or not read the case or record that it is about, and
    /// [`ReadError::NotFound`].
    pub fn packed(&self, viewer: &Viewer, asked: &PackAsked) -> Result<Packed, ReadError> {
        let transaction = self.conn.unchecked_transaction()?;
        let scope = self.scope(viewer)?;
        if !viewer.system && !self.is_unstaffed()? {
            may(&*self.roles()?, viewer, &Action::Granted(Grant::Export), asked.location)?;
        }
        let head = ledger::head(&self.conn)?;
        let cases = self.cases_of_pack(&scope, asked)?;
        let whose = asked.whom.as_ref().and_then(|whom| whom.id);
        let mut together = BTreeMap::new();
        for one in asked.about.organisation().into_iter().chain(whose) {
            together.insert(one, merged::together(&self.conn, merged::kept(&self.conn, one)?)?);
        }
        drop(transaction);
        let without_restricted = scope.hides_any();
        Ok(Packed { head: (head.seq, head.hash), cases, without_restricted, together })
    }

    fn cases_of_pack(&self, scope: &Scope, asked: &PackAsked) -> Result<Vec<PackedCase>, ReadError> {
        let mut rest = vec!["c.register = 0".to_owned()];
        let mut others = None;
        let mut scope = scope.clone();
        match asked.about {
            About::Case(case) => {
                let state = self.state(&scope, case)?;
                scope = scope.about(state.subject.into_iter().chain([case]));
                let tied: Vec<String> = state.links.iter().map(|id| literal(*id)).collect();
                rest.push(format!("c.id IN ({})", tied.join(", ")));
                rest.push(match state.subject {
                    Some(subject) => {
                        let own = merged::listed(&self.conn, subject)?;
                        format!("(c.subject IS NULL OR c.subject IN ({own}))")
                    }
                    None => "1".to_owned(),
                });
            }
            About::Person(person) => {
                self.state(&scope, person)?;
                scope = scope.about([person]);
                rest.push(format!("c.subject IN ({})", merged::listed(&self.conn, person)?));
            }
            About::Provider(organisation) | About::Scorecard(organisation) => {
                self.state(&scope, organisation)?;
                let (own, is_one) =
                    (merged::listed(&self.conn, organisation)?, self.named_alike(organisation)?);
                rest.push(format!("c.subject IN ({own})"));
                others = Some(format!(
                    "c.register = 0 AND (c.subject IS NULL OR c.subject NOT IN ({own})) AND c.id IN (
                        SELECT case_id FROM promise_facts WHERE who IN ({is_one})
                        UNION SELECT case_id FROM contact_facts WHERE who IN ({is_one})
                        UNION SELECT case_id FROM shares WHERE body ->> '$.with.id' IN ({is_one}))"
                ));
            }
            About::Period => {}
            // Figures are of nobody in particular.
            About::Governance => return Ok(Vec::new()),
        }
        let mut cases = Vec::new();
        if let Some(first) = asked.about.of() {
            cases.extend(self.pack_rows(&scope, &format!("c.id = {}", literal(first)), true)?);
        }
        let within = self.within(asked)?;
        let condition = |conditions: &[String]| {
            conditions.iter().chain(&within).cloned().collect::<Vec<_>>().join(" AND ")
        };
        let more = self.pack_rows(&scope, &condition(&rest), true)?;
        cases.extend(more);
        if let Some(others) = others {
            cases.extend(self.pack_rows(&scope, &condition(&[others]), false)?);
        }
        let mut seen = BTreeSet::new();
        cases.retain(|case| seen.insert(case.id));
        Ok(cases)
    }

    /// An organisation's ids, with those of the records that are read as it.
    fn named_alike(&self, organisation: CaseId) -> Result<String, ReadError> {
        let all = merged::together(&self.conn, organisation)?;
        Ok(all.iter().map(|id| quoted(&id.to_string())).collect::<Vec<_>>().join(", "))
    }

    /// The conditions of time and place. A case is of a time in which something of it happened or was recorded.
    fn within(&self, asked: &PackAsked) -> Result<Vec<String>, ReadError> {
        let zone = self.zone()?;
        let mut conditions = Vec::new();
        let from = asked.from.map(|day| zone.start_of_day(day).timestamp_millis());
        let until =
            asked.until.and_then(|day| day.succ_opt()).map(|day| zone.start_of_day(day).timestamp_millis());
        if from.is_some() || until.is_some() {
            let (from, until) = (from.unwrap_or(i64::MIN), until.unwrap_or(i64::MAX));
            conditions.push(format!(
                "c.id IN (SELECT ce.case_id FROM entries e JOIN case_entries ce ON ce.seq = e.seq
                    WHERE e.occurred_at >= {from} AND e.occurred_at < {until}
                        OR e.recorded_at >= {from} AND e.recorded_at < {until})"
            ));
        }
        if let Some(place) = asked.location {
            let here = literal(place);
            conditions.push(format!(
                "(c.location = {here} OR c.subject = {here}
                    OR c.subject IN (SELECT r.id FROM records r WHERE r.location = {here}))"
            ));
        }
        Ok(conditions)
    }

    fn pack_rows(&self, scope: &Scope, condition: &str, whole: bool) -> Result<Vec<PackedCase>, ReadError> {
        let mut statement = self.conn.prepare(&format!(
            "SELECT c.id, c.pathway, c.letter, c.number, c.opened_at, c.closed FROM cases c
             WHERE {condition} AND {} ORDER BY c.opened_at, c.id",
            scope.on("c")
        ))?;
        let rows = statement.query_map([], |row| {
            Ok(PackedCase {
                id: id(row, 0)?,
                pathway: row.get(1)?,
                reference: reference(&row.get::<_, String>(2)?, row.get(3)?),
                opened_at: instant(row, 4)?,
                closed: row.get::<_, i64>(5)? != 0,
                whole,
            })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}

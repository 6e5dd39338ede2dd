//! The locations of the provider, each with who answers for it at the regulator and what is open there now.
//!
//! What has no place of its own belongs to where its subject lives: a call is taken before anybody asks where. It is counted
//! on reading, because what is late changes with the clock; only what is open is looked at.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use rusqlite::{Row, params};

use super::super::Store;
use super::super::error::ReadError;
use super::super::rows::{count, id, json, maybe_id};
use super::super::scope::Scope;
use crate::domain::answer::{Answer, Answers};
use crate::domain::commitment::Commitment;
use crate::domain::ids::CaseId;
use crate::domain::permission::Viewer;
use crate::domain::views::{LocationRow, Locations, OpenThere, RecordRow};
use crate::pathway::definition::{Choice, Kind, Means, Pathway};

/// The register of locations.
const LOCATIONS: &str = "locations";

/// What is open, by place; under none what belongs to no place.
type Open = BTreeMap<Option<CaseId>, OpenThere>;

impl Store {
    /// Every location, by name, those that have closed last, with what is open at each. Where the viewer may not read
    /// what belongs to a place, it stands without numbers.
    ///
    /// # Errors
    /// [`ReadError::Denied`] where the viewer may read neither people's records nor the office's own.
    pub fn locations(&self, viewer: &Viewer, now: DateTime<Utc>) -> Result<Locations, ReadError> {
        let transaction = self.conn.unchecked_transaction()?;
        let listed = self.scope_of_register(viewer, LOCATIONS)?;
        let scope = match self.scope(viewer) {
            Ok(scope) => Some(scope),
            Err(ReadError::Denied(_)) => None,
            Err(error) => return Err(error),
        };
        let editions = self.editions()?;
        let register = editions.current().pathways.get(LOCATIONS);
        let mut open = scope.as_ref().map(|scope| self.open_by_place(scope, now)).transpose()?;
        let mut statement = self.conn.prepare_cached(&format!(
            "SELECT r.row, r.answers, r.closed FROM records r WHERE r.register = '{LOCATIONS}' AND {}
             ORDER BY r.closed, r.sort, r.id",
            listed.on("r")
        ))?;
        let mut found = statement.query([])?;
        let mut all = Locations::default();
        let (mut chosen, mut names) = (None, Vec::new());
        while let Some(row) = found.next()? {
            let (location, answers): (RecordRow, Answers) = (json(row, 0)?, json(row, 1)?);
            let closed = row.get::<_, i64>(2)? != 0;
            let said = |means| register.and_then(|register| said(register, &answers, means));
            if !closed {
                all.open += 1;
                chosen = chosen.or_else(|| beside_the_number(register?, said(Means::CorporateLead)?));
                names.extend(said(Means::CorporateLeadName).and_then(words));
            }
            let reaches = scope.as_ref().is_some_and(|scope| scope.reaches(location.id));
            let there = open.as_mut().and_then(|open| open.remove(&Some(location.id)));
            all.rows.push(LocationRow {
                closed,
                relationship_holder: said(Means::RelationshipHolder).and_then(words),
                now: reaches.then(|| there.unwrap_or_default()),
                location,
            });
        }
        let by_number = || register.and_then(|register| by_number(register, all.open));
        all.lead = chosen.or_else(by_number).map(|choice| choice.label.clone());
        all.lead_names = once(names);
        // What belongs to a place that is none of these, or that the viewer does not reach, is not lost.
        for rest in open.into_iter().flat_map(BTreeMap::into_values) {
            all.nowhere = sum(all.nowhere, rest);
        }
        drop(transaction);
        Ok(all)
    }

    fn open_by_place(&self, scope: &Scope, now: DateTime<Utc>) -> Result<Open, ReadError> {
        let mut open = Open::new();
        self.count_people(scope, &mut open)?;
        self.count_calls(scope, &mut open)?;
        self.count_owed(scope, now, &mut open)?;
        Ok(open)
    }

    fn count_people(&self, scope: &Scope, open: &mut Open) -> Result<(), ReadError> {
        let mut people = self.conn.prepare_cached(&format!(
            "SELECT r.location, count(*) FROM records r WHERE r.register = 'people' AND r.closed = 0 AND {} AND {}
             GROUP BY r.location",
            super::super::merged::STANDS,
            scope.on("r")
        ))?;
        let mut rows = people.query([])?;
        while let Some(row) = rows.next()? {
            open.entry(maybe_id(row, 0)?).or_default().people = count(row, 1)?;
        }
        Ok(())
    }

    /// Open calls that may be seen, and all that wait for a decision.
    fn count_calls(&self, scope: &Scope, open: &mut Open) -> Result<(), ReadError> {
        let mut calls = self.conn.prepare_cached(&format!(
            "SELECT coalesce(c.location, r.location), c.class, c.undecided FROM cases c
             LEFT JOIN records r ON r.id = c.subject
             WHERE c.urgent = 1 AND c.closed = 0 AND {}",
            scope.stands("c")
        ))?;
        let mut rows = calls.query([])?;
        while let Some(row) = rows.next()? {
            let there = open.entry(place(scope, row)?).or_default();
            there.calls += u64::from(scope.ask(&self.conn, maybe_id(row, 1)?)?.is_none());
            there.undecided += u64::from(row.get::<_, i64>(2)? != 0);
        }
        Ok(())
    }

    /// What is late, and the cases of restricted records in which anything is owed.
    fn count_owed(&self, scope: &Scope, now: DateTime<Utc>, open: &mut Open) -> Result<(), ReadError> {
        let clocks = self.clocks()?;
        let of = |condition: &str| {
            format!(
                "SELECT coalesce(o.location, r.location), o.class, o.case_id, o.body FROM owed o
                 LEFT JOIN records r ON r.id = o.subject WHERE {condition} AND {}",
                scope.stands("o")
            )
        };
        let mut late = self.conn.prepare_cached(&of("o.due < ?1"))?;
        let mut rows = late.query(params![now.timestamp_millis()])?;
        while let Some(row) = rows.next()? {
            let owed: Commitment = json(row, 3)?;
            let is_late = clocks.state(&owed, now).is_late();
            open.entry(place(scope, row)?).or_default().late += u64::from(is_late);
        }
        if !scope.hides_any() {
            return Ok(());
        }
        let mut classed = self.conn.prepare_cached(&of("o.class IS NOT NULL"))?;
        let mut rows = classed.query([])?;
        let mut counted = BTreeSet::new();
        while let Some(row) = rows.next()? {
            if scope.ask(&self.conn, maybe_id(row, 1)?)?.is_some() && counted.insert(id(row, 2)?) {
                open.entry(place(scope, row)?).or_default().restricted += 1;
            }
        }
        Ok(())
    }
}

/// Where a row belongs, as far as the viewer reaches: what they see of elsewhere names no place.
fn place(scope: &Scope, row: &Row<'_>) -> rusqlite::Result<Option<CaseId>> {
    Ok(maybe_id(row, 0)?.filter(|place| scope.reaches(*place)))
}

fn sum(a: OpenThere, b: OpenThere) -> OpenThere {
    OpenThere {
        people: a.people + b.people,
        calls: a.calls + b.calls,
        undecided: a.undecided + b.undecided,
        late: a.late + b.late,
        restricted: a.restricted + b.restricted,
    }
}

/// Each name once, in the order in which they were found.
fn once(names: Vec<String>) -> Vec<String> {
    let mut seen = BTreeSet::new();
    names.into_iter().filter(|name| seen.insert(name.clone())).collect()
}

fn said<'a>(register: &Pathway, answers: &'a Answers, means: Means) -> Option<&'a Answer> {
    let mut fields = register.steps.iter().flat_map(|step| &step.fields);
    fields.find_map(|field| (field.means == Some(means)).then(|| answers.get(&field.id)).flatten())
}

fn words(answer: &Answer) -> Option<String> {
    match answer {
        Answer::Text(text) => Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
        _ => None,
    }
}

/// The leads that the register knows.
fn leads(register: &Pathway) -> impl Iterator<Item = &Choice> {
    let mut fields = register.steps.iter().flat_map(|step| &step.fields);
    let field = fields.find(|field| field.means == Some(Means::CorporateLead));
    let choices = field.into_iter().filter_map(|field| match &field.kind {
        Kind::Choice(choices) => Some(choices),
        _ => None,
    });
    choices.flatten()
}

/// The lead that a provider of so many locations has.
fn by_number(register: &Pathway, locations: u64) -> Option<&Choice> {
    let reached = |choice: &&Choice| choice.at_least.is_some_and(|least| least <= locations);
    leads(register).filter(reached).max_by_key(|choice| choice.at_least)
}

/// The lead that a location says there is, where that follows from no number.
fn beside_the_number<'a>(register: &'a Pathway, said: &Answer) -> Option<&'a Choice> {
    let Answer::Choice(said) = said else { return None };
    leads(register).find(|choice| choice.id == *said && choice.at_least.is_none())
}

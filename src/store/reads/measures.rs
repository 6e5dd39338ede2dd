//! Measures: the rows of facts as far as the viewer's measures may count them, summed, and the records behind a figure.
//!
//! Restricted records are in no figure of whoever may not see them. What a figure is, is [`insight::measures`]'s.
//!
//! [`insight::measures`]: crate::insight::measures

use std::collections::{BTreeMap, BTreeSet, HashSet};

use chrono::{DateTime, Utc};
use rusqlite::{Connection, Row, params};

use super::super::Store;
use super::super::error::ReadError;
use super::super::rows::{id, json, literal, maybe_id, wrong};
use super::super::scope::Scope;
use super::{abreast, reference_of};
use crate::domain::case::Milestone;
use crate::domain::ids::{CaseId, EntryId};
use crate::domain::measure::{
    Asked, By, CaseFact, Chart, ContactFact, Definition, Definitions, Ending, Overview, Owes, Patterns,
    PromiseFact, Record, Records,
};
use crate::domain::permission::Viewer;
use crate::domain::time::Zone;
use crate::domain::views::RecordRow;
use crate::insight::measures::{self, Facts, Names, Reach, Reckoning};
use crate::pathway::definition::{Field, Kind, Means};
use crate::pathway::edition::Edition;

/// Cases that are named in one question to the database.
const AT_ONCE: usize = 500;

impl Store {
    /// Every measure over the twelve periods that end with the one asked for, as of `now`.
    ///
    /// # Errors
    /// [`ReadError::Denied`] where the viewer may not see measures.
    pub fn overview(
        &self,
        viewer: &Viewer,
        definitions: &Definitions,
        asked: &Asked,
        now: DateTime<Utc>,
    ) -> Result<Overview, ReadError> {
        self.reckoned(viewer, definitions, asked, now, |with, facts, scope| {
            let places = &facts.names.places;
            let mut locations: Vec<_> = places.iter().map(|(id, (name, _))| (*id, name.clone())).collect();
            locations.sort_by(|(_, one), (_, other)| one.cmp(other));
            let given: BTreeSet<&String> =
                places.values().filter_map(|(_, service)| service.as_ref()).collect();
            let words = |id: &String| facts.names.choices.get(id).unwrap_or(id).clone();
            Ok(Overview {
                periods: asked.periods(),
                lines: measures::lines(with, facts, asked),
                now,
                without_restricted: scope.hides_any(),
                locations,
                services: given.into_iter().map(|id| (id.clone(), words(id))).collect(),
            })
        })
    }

    /// What goes wrong where in the last three months, beside the three before.
    ///
    /// # Errors
    /// As [`Store::overview`].
    pub fn patterns(
        &self,
        viewer: &Viewer,
        definitions: &Definitions,
        now: DateTime<Utc>,
    ) -> Result<Patterns, ReadError> {
        self.reckoned_of(viewer, definitions, measures::patterns_reach, now, |with, facts, scope| {
            let mut found = Vec::new();
            for (mut pattern, cases) in measures::patterns(with, facts) {
                for (row, cases) in pattern.rows.iter_mut().zip(cases) {
                    let named = |case| Ok((case, reference_of(&self.conn, case)?));
                    row.cases = cases.into_iter().map(named).collect::<Result<_, ReadError>>()?;
                }
                found.push(pattern);
            }
            let period = measures::pattern_days(with);
            Ok(Patterns { period, patterns: found, without_restricted: scope.hides_any() })
        })
    }

    /// One measure, and the period asked for in its parts.
    ///
    /// # Errors
    /// As [`Store::overview`].
    pub fn chart(
        &self,
        viewer: &Viewer,
        definitions: &Definitions,
        asked: &Asked,
        (measure, by): (&Definition, Option<By>),
        now: DateTime<Utc>,
    ) -> Result<Chart, ReadError> {
        self.reckoned(viewer, definitions, asked, now, |with, facts, _| {
            Ok(measures::chart(with, facts, asked, measure, by))
        })
    }

    /// Every measure over the twelve periods, each with the period asked for in its parts, in the order of the definitions.
    ///
    /// # Errors
    /// As [`Store::overview`].
    pub fn charts(
        &self,
        viewer: &Viewer,
        definitions: &Definitions,
        asked: &Asked,
        now: DateTime<Utc>,
    ) -> Result<Vec<Chart>, ReadError> {
        self.reckoned(viewer, definitions, asked, now, |with, facts, _| {
            Ok(measures::charts(with, facts, asked))
        })
    }

    /// The records behind the figure of the period asked for, those first that somebody has to look at; as many as asked.
    ///
    /// # Errors
    /// As [`Store::overview`].
    pub fn measured(
        &self,
        viewer: &Viewer,
        definitions: &Definitions,
        asked: &Asked,
        (measure, limit): (&Definition, u32),
        now: DateTime<Utc>,
    ) -> Result<Records, ReadError> {
        self.reckoned(viewer, definitions, asked, now, |with, facts, scope| {
            let mut found = measures::records(with, facts, asked, measure);
            let total = found.len() as u64;
            found.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
            let ids: BTreeSet<CaseId> = found.iter().map(|(case, ..)| *case).collect();
            let mut rows = BTreeMap::new();
            let ids: Vec<String> = ids.into_iter().map(literal).collect();
            for some in ids.chunks(AT_ONCE) {
                let named = format!("WHERE c.id IN ({})", some.join(", "));
                rows.extend(self.cases_where(scope, &named, u32::MAX)?.into_iter().map(|row| (row.id, row)));
            }
            let record = |(case, at, met, worth): (CaseId, i64, Option<bool>, Option<i64>)| {
                let at = DateTime::from_timestamp_millis(at)?;
                Some(Record { case: rows.get(&case)?.clone(), at, met, worth })
            };
            Ok(Records { rows: found.into_iter().filter_map(record).collect(), total })
        })
    }

    /// Reads the rows in one transaction and has them reckoned.
    fn reckoned<T>(
        &self,
        viewer: &Viewer,
        definitions: &Definitions,
        asked: &Asked,
        now: DateTime<Utc>,
        reckon: impl FnOnce(Reckoning<'_>, &Facts, &Scope) -> Result<T, ReadError>,
    ) -> Result<T, ReadError> {
        self.reckoned_of(viewer, definitions, |with| measures::reach(with, asked), now, reckon)
    }

    /// The same, of what has to be read for it.
    fn reckoned_of<T>(
        &self,
        viewer: &Viewer,
        definitions: &Definitions,
        reach: impl FnOnce(Reckoning<'_>) -> Reach,
        now: DateTime<Utc>,
        reckon: impl FnOnce(Reckoning<'_>, &Facts, &Scope) -> Result<T, ReadError>,
    ) -> Result<T, ReadError> {
        let transaction = self.conn.unchecked_transaction()?;
        let scope = self.scope_of_measures(viewer)?;
        let editions = self.editions()?;
        let edition = editions.current();
        let zone: Zone = self.zone()?;
        let (calendar, shifts) = (&edition.calendar, &edition.working_periods);
        let with = Reckoning { definitions, zone, calendar, shifts, now };
        let facts = self.facts(&scope, edition, reach(with))?;
        let reckoned = reckon(with, &facts, &scope);
        drop(transaction);
        reckoned
    }

    fn facts(&self, scope: &Scope, edition: &Edition, reach: Reach) -> Result<Facts, ReadError> {
        let (from, until) = (reach.cases.timestamp_millis(), reach.until.timestamp_millis());
        let (owed, counted) = (reach.owed.timestamp_millis(), format!("f.at >= {from} AND f.at < {until}"));
        let (mut cases, (promises, contacts)) = abreast(
            &self.conn,
            |conn| case_facts(conn, scope, &counted),
            |conn| Ok((promise_facts(conn, scope, owed, until)?, contact_facts(conn, scope, from, until)?)),
        )?;
        let known: HashSet<CaseId> = cases.iter().map(|case| case.case).collect();
        // What is owed in a case that is older than all that is counted.
        let older: BTreeSet<CaseId> =
            promises.iter().map(|row| row.case).filter(|case| !known.contains(case)).collect();
        let older: Vec<String> = older.into_iter().map(literal).collect();
        for some in older.chunks(AT_ONCE) {
            cases.extend(case_facts(&self.conn, scope, &format!("f.case_id IN ({})", some.join(", ")))?);
        }
        Ok(Facts {
            cases,
            promises,
            contacts,
            homes: self.homes(scope)?,
            merged: self.merged_records()?,
            names: self.names(scope, edition)?,
        })
    }

    /// The place of each person that may be read.
    fn homes(&self, scope: &Scope) -> rusqlite::Result<BTreeMap<CaseId, CaseId>> {
        let mut statement = self.conn.prepare_cached(&format!(
            "SELECT r.id, r.location FROM records r WHERE r.register = 'people' AND r.location IS NOT NULL AND {}",
            scope.on("r")
        ))?;
        statement.query_map([], |row| Ok((id(row, 0)?, id(row, 1)?)))?.collect()
    }

    fn merged_records(&self) -> rusqlite::Result<BTreeMap<CaseId, CaseId>> {
        let mut statement = self.conn.prepare_cached("SELECT gone, kept FROM merged")?;
        statement.query_map([], |row| Ok((id(row, 0)?, id(row, 1)?)))?.collect()
    }

    /// What places, organisations and choices are called today.
    fn names(&self, scope: &Scope, edition: &Edition) -> Result<Names, ReadError> {
        let mut names = Names::default();
        let mut statement = self.conn.prepare_cached(&format!(
            "SELECT r.row FROM records r WHERE r.register IN ('locations', 'organisations', 'staff') AND {}",
            // Staff and organisations belong to no place: only what is restricted keeps its name to itself.
            scope.everywhere().on("r")
        ))?;
        for row in statement.query_map([], |row| json::<RecordRow>(row, 0))? {
            let row = row?;
            let kind = row.more.type_of;
            match row.register.as_str() {
                "locations" if scope.reaches(row.id) => {
                    names.places.insert(row.id, (row.name, kind.map(|kind| kind.id)));
                }
                "organisations" => {
                    names.organisations.insert(row.id.to_string(), (row.name, kind.map(|kind| kind.label)));
                }
                "staff" => {
                    names.ours.insert(row.id.to_string(), row.short);
                }
                _ => {}
            }
        }
        let roles = edition.roles.roles.iter().map(|(id, role)| (id.clone(), role.title.clone()));
        let duties = edition.roles.duties.iter().map(|(id, duty)| (id.clone(), duty.title.clone()));
        names.ours.extend(roles.chain(duties));
        let steps = edition.pathways.values().flat_map(|pathway| &pathway.steps);
        steps.flat_map(|step| &step.fields).for_each(|field| choices(&mut names, field));
        Ok(names)
    }
}

/// Takes in what the choices of a field are called, where figures are split by them.
fn choices(names: &mut Names, field: &Field) {
    match (field.means, &field.kind) {
        (Some(Means::Effect), _) => {
            names.choices.insert(field.id.clone(), field.label.clone());
        }
        (
            Some(Means::Risk | Means::Trigger | Means::Dependency | Means::ServiceType),
            Kind::Choice(all) | Kind::Choices(all),
        ) => {
            if field.means == Some(Means::Risk) && names.risks.is_empty() {
                let mut risks: Vec<_> = all.iter().collect();
                risks.sort_by_key(|risk| std::cmp::Reverse(risk.weight));
                names.risks = risks.into_iter().map(|risk| risk.id.clone()).collect();
            }
            names.choices.extend(all.iter().map(|choice| (choice.id.clone(), choice.label.clone())));
        }
        _ => {}
    }
}

fn case_facts(conn: &Connection, scope: &Scope, condition: &str) -> rusqlite::Result<Vec<CaseFact>> {
    let sql = format!(
        "SELECT f.at, f.case_id, f.pathway, f.subject, f.location, f.class, f.risk, f.observed, f.called, f.emergency,
            f.police, f.fire, f.duty_team, f.decided, f.contacted, f.advised, f.told, f.care_changed, f.reviewed,
            f.closed, f.vague, f.decide_by, f.review_by, f.told_whom, f.tags, f.ended, f.is_closed, f.followed, f.changed, f.complaint, f.again,
            f.effects, f.routes, f.same_visit, f.complete, f.themes
         FROM case_facts f WHERE {condition} AND {}",
        scope.on("f")
    );
    let mut statement = conn.prepare(&sql)?;
    let rows = statement.query_map([], case_fact)?;
    rows.collect()
}

fn promise_facts(
    conn: &Connection,
    scope: &Scope,
    from: i64,
    until: i64,
) -> rusqlite::Result<Vec<PromiseFact>> {
    let mut statement = conn.prepare_cached(&format!(
        "SELECT f.ended, f.id, f.case_id, f.owes, f.who, f.location, f.class, f.since, f.started, f.due, f.timed,
            f.how, f.chased, f.supersedes
         FROM promise_facts f WHERE f.ended >= ?1 AND f.since < ?2 AND {}",
        scope.on("f")
    ))?;
    let rows = statement.query_map(params![from, until], promise_fact)?;
    rows.collect()
}

fn contact_facts(
    conn: &Connection,
    scope: &Scope,
    from: i64,
    until: i64,
) -> rusqlite::Result<Vec<ContactFact>> {
    let mut statement = conn.prepare_cached(&format!(
        "SELECT f.at, f.case_id, f.place, f.who, f.outcome, f.location, f.class
         FROM contact_facts f WHERE f.at >= ?1 AND f.at < ?2 AND {}",
        scope.on("f")
    ))?;
    let rows = statement.query_map(params![from, until], |row| {
        Ok(ContactFact {
            at: row.get(0)?,
            case: id(row, 1)?,
            place: row.get(2)?,
            who: row.get(3)?,
            outcome: row.get(4)?,
            location: maybe_id(row, 5)?,
            class: maybe_id(row, 6)?,
        })
    })?;
    rows.collect()
}

fn case_fact(row: &Row<'_>) -> rusqlite::Result<CaseFact> {
    let mut reached = [None; Milestone::ALL.len()];
    for (at, when) in reached.iter_mut().enumerate() {
        *when = row.get(7 + at)?;
    }
    let yes = |at: usize| row.get::<_, Option<i64>>(at).map(|is| is.map(|is| is != 0));
    Ok(CaseFact {
        at: row.get(0)?,
        case: id(row, 1)?,
        pathway: row.get(2)?,
        subject: maybe_id(row, 3)?,
        location: maybe_id(row, 4)?,
        class: maybe_id(row, 5)?,
        risk: row.get(6)?,
        reached,
        vague: row.get(20)?,
        decide_by: row.get(21)?,
        review_by: row.get(22)?,
        told: pairs(row, 23)?,
        tags: ids(row, 24)?,
        ended: row.get(25)?,
        closed: row.get::<_, i64>(26)? != 0,
        followed: yes(27)?,
        changed: yes(28)?,
        complaint: yes(29)?,
        again: row.get::<_, i64>(30)? != 0,
        effects: pairs(row, 31)?,
        routes: ids(row, 32)?,
        same_visit: yes(33)?,
        complete: yes(34)?,
        themes: ids(row, 35)?,
    })
}

fn promise_fact(row: &Row<'_>) -> rusqlite::Result<PromiseFact> {
    let of = |at: usize, number: i64, all: usize| {
        usize::try_from(number)
            .ok()
            .filter(|number| *number < all)
            .ok_or_else(|| wrong(at, "not one of them"))
    };
    let entry = |at: usize| maybe_id(row, at).map(|id| id.map(|id| EntryId(id.0)));
    let how: Option<i64> = row.get(11)?;
    Ok(PromiseFact {
        ended: row.get(0)?,
        id: entry(1)?.ok_or_else(|| wrong(1, "no id"))?,
        case: id(row, 2)?,
        owes: Owes::ALL[of(3, row.get(3)?, Owes::ALL.len())?],
        who: row.get(4)?,
        location: maybe_id(row, 5)?,
        class: maybe_id(row, 6)?,
        since: row.get(7)?,
        started: row.get(8)?,
        due: row.get(9)?,
        timed: row.get::<_, i64>(10)? != 0,
        how: how.map(|how| of(11, how, Ending::ALL.len())).transpose()?.map(|how| Ending::ALL[how]),
        chased: row.get(12)?,
        supersedes: entry(13)?,
    })
}

/// Ids with a number each: `care_team:1795287600000 family:…`.
fn pairs(row: &Row<'_>, at: usize) -> rusqlite::Result<Vec<(String, i64)>> {
    let pair = |pair: String| {
        let (what, number) = pair.rsplit_once(':').ok_or_else(|| wrong(at, "no pair"))?;
        let number = number.parse().map_err(|_| wrong(at, "no number"))?;
        Ok((what.to_owned(), number))
    };
    ids(row, at)?.into_iter().map(pair).collect()
}

fn ids(row: &Row<'_>, at: usize) -> rusqlite::Result<Vec<String>> {
    let text = row.get_ref(at)?.as_str_or_null()?;
    Ok(text.into_iter().flat_map(|text| text.split(' ')).map(str::to_owned).collect())
}

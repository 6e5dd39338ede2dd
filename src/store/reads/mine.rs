//! What somebody sees to: what is offered to them first, then what was taken from them, what they own, and what the duties
//! and roles they hold own. Each is read along an index; what is restricted stands as a stub.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};

use super::super::Store;
use super::super::derive::{reference, scalar_count};
use super::super::error::ReadError;
use super::super::rows::{count, id, json, literal, maybe_id};
use super::super::scope::Scope;
use super::lists::quoted;
use super::{Records, Veil, party};
use crate::domain::case::CaseState;
use crate::domain::ids::CaseId;
use crate::domain::owning::{Holding, Owned};
use crate::domain::permission::{Roles, Viewer};
use crate::domain::views::{Group, Mine, MineRow, OwedRow};
use crate::domain::words::store::restricted;

/// How long it is told that something was taken from somebody.
const TOLD: TimeDelta = TimeDelta::days(1);

impl Store {
    /// What is offered to the viewer, what they own, and what their duties and roles own: of each group so many at most.
    /// Nothing for a desk where nobody is signed in.
    ///
    /// # Errors
    /// [`ReadError::Denied`] where the viewer may not read people's records.
    pub fn mine(&self, viewer: &Viewer, now: DateTime<Utc>, limit: u32) -> Result<Mine, ReadError> {
        let Some(staff) = viewer.staff else { return Ok(Mine::default()) };
        let transaction = self.conn.unchecked_transaction()?;
        let reading = Reading {
            store: self,
            scope: self.scope(viewer)?,
            roles: &*self.roles()?,
            records: Records::new(&self.conn),
            limit,
        };
        let own = quoted(&staff.to_string());
        let mut mine = Mine::default();
        for (group, condition) in [
            (Group::Offered, theirs(viewer, "offered_to")),
            (Group::Taken, format!("x.taken_from = {own}")),
            (Group::Own, format!("x.owner = {own}")),
            (Group::Duty, of_roles(viewer, "owner")),
        ] {
            let mut rows = reading.owed(group, &condition)?;
            rows.extend(reading.cases(group, &condition)?);
            if group == Group::Taken {
                rows.retain(|row| row.holding.came.as_ref().is_some_and(|came| now - came.at < TOLD));
                mine.counts.insert(group, rows.len() as u64);
            } else {
                mine.counts.insert(group, reading.counted(&condition)?);
            }
            // Whoever offered it waits for what is to be done about a refusal or a question.
            let answered = |row: &MineRow| {
                let queried = row.holding.offered.as_ref().is_some_and(|offered| offered.queried.is_some());
                row.holding.refused.is_some() || queried
            };
            if group == Group::Own {
                rows.sort_by_key(|row| !answered(row));
            }
            mine.rows.extend(rows);
        }
        drop(transaction);
        Ok(mine)
    }

    /// How many things are offered to the viewer, or to a duty or role they hold.
    pub(super) fn offered(&self, scope: &Scope, viewer: &Viewer) -> Result<u64, ReadError> {
        if viewer.staff.is_none() {
            return Ok(0);
        }
        self.counted_owned(scope, &theirs(viewer, "offered_to"))
    }

    fn counted_owned(&self, scope: &Scope, condition: &str) -> Result<u64, ReadError> {
        let of = |table: &str| {
            let stands = scope.stands("x");
            scalar_count(
                &self.conn,
                &format!("SELECT count(*) FROM {table} x WHERE {condition} AND {stands}"),
            )
        };
        Ok(of("owed")? + of("cases")?)
    }
}

/// One reading of all of it.
struct Reading<'s> {
    store: &'s Store,
    scope: Scope,
    roles: &'s Roles,
    records: Records<'s>,
    limit: u32,
}

impl Reading<'_> {
    fn counted(&self, condition: &str) -> Result<u64, ReadError> {
        self.store.counted_owned(&self.scope, condition)
    }

    fn owed(&self, group: Group, condition: &str) -> Result<Vec<MineRow>, ReadError> {
        let condition = condition.replace("x.", "o.");
        let rows = self.store.owed_rows(
            &self.records,
            &self.scope,
            self.roles,
            &format!("WHERE {condition} AND {} ORDER BY o.due, o.id LIMIT ?1", self.scope.stands("o")),
            [self.limit],
        )?;
        Ok(rows.into_iter().map(|row| of_owed(group, row)).collect())
    }

    fn cases(&self, group: Group, condition: &str) -> Result<Vec<MineRow>, ReadError> {
        let condition = condition.replace("x.", "c.");
        let mut statement = self.store.conn.prepare_cached(&format!(
            "SELECT c.id, c.letter, c.number, c.subject, c.body, c.location, c.class, c.version
             FROM cases c WHERE {condition} AND {} ORDER BY c.opened_at, c.id LIMIT ?1",
            self.scope.stands("c")
        ))?;
        let mut rows = statement.query([self.limit])?;
        let mut cases = Vec::new();
        while let Some(row) = rows.next()? {
            let mut state: CaseState = json(row, 4)?;
            Veil::new(&self.scope).state(&mut state);
            let ask = self.scope.ask(&self.store.conn, maybe_id(row, 6)?)?;
            let Some((owner, holding)) = state.holding(&Owned::Case) else { continue };
            let same = |what: &Owned| {
                *what != Owned::Case && state.holding(what).is_some_and(|(other, _)| other == owner)
            };
            let with: Vec<Owned> = state.all_owned().filter(same).collect();
            let (owner, holding) = (owner.clone(), holding.clone());
            let names = names_in(&self.records, &holding)?;
            let offered_to = offered_to(&self.records, self.roles, &holding)?;
            let owner_name =
                party(&self.records, &owner, maybe_id(row, 5)?, |role| self.roles.title(role).to_owned())?;
            let subject = self.records.of(maybe_id(row, 3)?)?;
            let in_words = subject.is_none() && ask.is_none();
            let said_of = state.facts.said_of.clone().filter(|_| in_words).unwrap_or_default();
            let shown = MineRow {
                group,
                case: id(row, 0)?,
                what: Owned::Case,
                with,
                reference: reference(&row.get::<_, String>(1)?, row.get(2)?),
                subject,
                said_of,
                words: state.facts.headline.clone().unwrap_or_default(),
                level: state.facts.level.clone(),
                owed: None,
                owner,
                owner_name,
                holding,
                offered_to,
                names,
                location: maybe_id(row, 5)?,
                version: count(row, 7)?,
                ask: None,
            };
            cases.push(match ask {
                Some(whom) => stub(shown, &whom),
                None => shown,
            });
        }
        Ok(cases)
    }
}

/// What is left of a case of a restricted record for whoever may not see it: whose it is, and whom to ask.
fn stub(row: MineRow, whom: &str) -> MineRow {
    MineRow {
        with: Vec::new(),
        reference: String::new(),
        subject: None,
        words: restricted(whom),
        level: None,
        holding: row.holding.without_words(),
        ask: Some(whom.to_owned()),
        ..row
    }
}

fn of_owed(group: Group, row: OwedRow) -> MineRow {
    let OwedRow {
        commitment,
        reference,
        subject,
        said_of,
        level,
        owner,
        offered_to,
        names,
        location,
        version,
        ask,
        ..
    } = row;
    MineRow {
        group,
        case: commitment.case,
        what: Owned::Owed(commitment.id.clone()),
        with: Vec::new(),
        reference,
        subject,
        said_of,
        words: commitment.what.clone(),
        level,
        owner: commitment.owner.clone(),
        owner_name: owner,
        holding: commitment.holding.clone(),
        owed: Some(commitment),
        offered_to,
        names,
        location,
        version,
        ask,
    }
}

/// To whom something is offered, in little room.
pub(super) fn offered_to(
    records: &Records<'_>,
    roles: &Roles,
    holding: &Holding,
) -> Result<Option<String>, ReadError> {
    let offered = holding.offered.as_ref();
    offered.map(|offered| party(records, &offered.to, None, |role| roles.short(role).to_owned())).transpose()
}

/// Names of those that a holding speaks of.
pub(super) fn names_in(
    records: &Records<'_>,
    holding: &Holding,
) -> rusqlite::Result<BTreeMap<CaseId, String>> {
    let mut names = BTreeMap::new();
    for staff in holding.speaks_of() {
        if let Some(name) = records.short(staff)? {
            names.insert(staff, name);
        }
    }
    Ok(names)
}

/// The condition that a column names the viewer, somebody they act for, or a duty or role they hold there.
fn theirs(viewer: &Viewer, column: &str) -> String {
    // What is offered to somebody who is away waits for whoever acts for them.
    let staff = viewer.staff.into_iter().chain(viewer.acted_for());
    let own = staff.map(|staff| format!("x.{column} = {}", quoted(&staff.to_string())));
    let all: Vec<String> = own.into_iter().chain([of_roles(viewer, column)]).collect();
    format!("({})", all.join(" OR "))
}

fn of_roles(viewer: &Viewer, column: &str) -> String {
    let everywhere = viewer.roles.iter().filter(|(_, at)| at.is_none()).map(|(role, _)| role);
    let everywhere: Vec<String> = everywhere.map(|role| quoted(role)).collect();
    let somewhere = viewer.roles.iter().filter_map(|(role, at)| {
        at.map(|at| format!("(x.{column} = {} AND x.location = {})", quoted(role), literal(at)))
    });
    let everywhere = format!("x.{column} IN ({})", everywhere.join(", "));
    let duties = viewer.rota.roles.duties.keys().filter_map(|duty| of_duty(viewer, duty, column));
    let all: Vec<String> = [everywhere].into_iter().chain(somewhere).chain(duties).collect();
    format!("({})", all.join(" OR "))
}

/// The condition that a column names a duty where the viewer holds it: at some places another may be planned than
/// everywhere else.
fn of_duty(viewer: &Viewer, duty: &str, column: &str) -> Option<String> {
    let everywhere = viewer.holds(duty, None);
    let apart = viewer.rota.places.keys().filter(|place| viewer.holds(duty, Some(**place)) != everywhere);
    let apart: Vec<String> = apart.map(|place| literal(*place)).collect();
    let here = match (everywhere, apart.is_empty()) {
        (true, true) => String::new(),
        (true, false) => {
            format!(" AND (x.location IS NULL OR x.location NOT IN ({}))", apart.join(", "))
        }
        (false, true) => return None,
        (false, false) => format!(" AND x.location IN ({})", apart.join(", ")),
    };
    Some(format!("(x.{column} = {}{here})", quoted(duty)))
}

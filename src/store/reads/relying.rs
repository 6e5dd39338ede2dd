//! Who relies on an organisation: by their own record, by a visit that is still to take place, by what an arrangement
//! says. A restricted record stands as a stub, whoever looks: what is owed for each of them is read by everybody, and nobody
//! may be left without cover because of who looks.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};

use super::super::Store;
use super::super::error::ReadError;
use super::super::merged;
use super::super::rows::{json, maybe_id};
use super::super::scope::{self, Scope};
use super::Records;
use crate::domain::answer::{Answer, Answers, Named};
use crate::domain::case::{CaseState, Visit};
use crate::domain::ids::CaseId;
use crate::domain::names::fold;
use crate::domain::permission::Viewer;
use crate::domain::time::{Zone, display};
use crate::domain::views::{RecordRow, Relying, VisitRow};
use crate::domain::words::store as words;
use crate::pathway::definition::{Field, Kind, Means, Pathway, Prefill};

/// The register of those who can rely on somebody.
const PEOPLE: &str = "people";

/// Everything by which people rely on organisations, read once.
pub(super) struct Reliance {
    /// Of each record that says so: on whom, and who.
    standing: Vec<(Named, Relying)>,
    visits: Vec<VisitRow>,
    /// What nobody sees who is not named.
    shut: Scope,
    now: DateTime<Utc>,
    zone: Zone,
}

impl Store {
    /// Whether a form of the pathway asks who relies on the organisation.
    pub(super) fn asks_who_relies(&self, pathway: &str) -> Result<bool, ReadError> {
        let editions = self.editions()?;
        let Some(pathway) = editions.current().pathways.get(pathway) else { return Ok(false) };
        let fields = pathway.steps.iter().flat_map(|step| &step.fields);
        let asks = |field: &Field| matches!(field.kind, Kind::Rows { from: Some(Prefill::Relying), .. });
        Ok(pathway.list == Some(super::Listed::Providers) || fields.into_iter().any(asks))
    }

    /// Whoever may be named to everybody, and a stub of whoever may not, as far as the viewer's places reach.
    pub(super) fn reliance(&self, scope: &Scope, now: DateTime<Utc>) -> Result<Reliance, ReadError> {
        let open = ["c.visit IS NOT NULL".to_owned(), "c.closed = 0".to_owned(), scope.stands("c")];
        let shut = scope::classes_of(&self.conn, &*self.roles()?, &Viewer::default())?;
        let visits = self.visits_where(&shut, &open, |visit| is_to_come(visit, now), u32::MAX)?;
        let standing = self.by_record(scope, &shut)?;
        Ok(Reliance { standing, visits, now, zone: self.zone()?, shut })
    }

    /// What people's records say of whom they rely on.
    fn by_record(&self, scope: &Scope, shut: &Scope) -> Result<Vec<(Named, Relying)>, ReadError> {
        let editions = self.editions()?;
        let tables = editions.current().pathways.get(PEOPLE).map(|people| tables(people)).unwrap_or_default();
        let mut statement = self.conn.prepare_cached(&format!(
            "SELECT r.row, r.answers, r.class FROM records r
             WHERE r.register = '{PEOPLE}' AND r.closed = 0 AND {} AND {} ORDER BY r.sort, r.id",
            merged::STANDS,
            scope.stands("r")
        ))?;
        let mut rows = statement.query([])?;
        let mut standing = Vec::new();
        while let Some(row) = rows.next()? {
            let answers: Answers = json(row, 1)?;
            let ask = shut.ask(&self.conn, maybe_id(row, 2)?)?;
            for (named, why) in tables.iter().flat_map(|table| table.said(&answers)) {
                let record: RecordRow = json(row, 0)?;
                standing.push((named, relying(record.id, &record.name, ask.as_deref(), why, None)));
            }
        }
        Ok(standing)
    }

    /// Those of whom the arrangement itself says that they rely on its organisation: a person in a table, and for what.
    fn by_arrangement(&self, shut: &Scope, state: &CaseState) -> Result<Vec<Relying>, ReadError> {
        let editions = self.editions()?;
        let Some(pathway) = editions.current().pathways.get(&state.pathway) else { return Ok(Vec::new()) };
        let records = Records::new(&self.conn);
        let mut found = Vec::new();
        for (named, why) in in_case(pathway, state) {
            let Some(person) = named.id else { continue };
            let Some(record) = records.get(person)? else { continue };
            let ask = shut.ask(&self.conn, self.record_class(record.id)?)?;
            found.push(relying(record.id, &record.name, ask.as_deref(), why, None));
        }
        Ok(found)
    }
}

impl Reliance {
    /// Who relies on the organisation that the case is about: those of visits first, by when they begin, each with the visit;
    /// then all others, by name.
    pub(super) fn on(&self, store: &Store, state: &CaseState) -> Result<Vec<Relying>, ReadError> {
        let Some(organisation) = state.subject else { return Ok(Vec::new()) };
        let meant = Meant::of(store, organisation)?;
        let mut all: Vec<Relying> = Vec::new();
        for row in self.visits.iter().filter(|row| meant.is_in(&row.visit)) {
            all.push(self.by_visit(row));
        }
        let mut others: Vec<Relying> = Vec::new();
        let standing = self.standing.iter().filter(|(named, _)| meant.is(named)).map(|(_, one)| one.clone());
        for one in standing.chain(store.by_arrangement(&self.shut, state)?) {
            match others.iter_mut().find(|other| other.who == one.who && one.who.id.is_some()) {
                Some(other) if other.why.is_empty() => other.why = one.why,
                Some(_) => {}
                None => others.push(one),
            }
        }
        others.sort_by_key(|one| (one.who.id.is_none(), fold(&one.who.words)));
        all.extend(others);
        Ok(all)
    }

    fn by_visit(&self, row: &VisitRow) -> Relying {
        let at = |when: DateTime<Utc>| display::short(when, self.now, self.zone);
        let until = row.visit.until.map(|until| at(until.at));
        let why = words::relies_by_visit(
            row.visit.kind.as_deref(),
            &at(row.visit.from.at),
            until.as_deref(),
            &row.reference,
        );
        let by = Some(row.visit.from.at);
        match (&row.subject, &row.place) {
            (Some(person), _) => relying(person.id, &person.name, row.ask.as_deref(), why, by),
            (None, place) => {
                let whom = row.ask.as_deref().map(words::restricted);
                let words = whom.or(place.clone()).unwrap_or_else(|| words::NOBODY_NAMED.to_owned());
                Relying { who: Named { id: None, words }, why, by }
            }
        }
    }
}

/// How many people they are: a person with two visits is one, a restricted record counts each time it stands there.
pub(super) fn heads(relying: &[Relying]) -> usize {
    let known: BTreeSet<CaseId> = relying.iter().filter_map(|one| one.who.id).collect();
    known.len() + relying.iter().filter(|one| one.who.id.is_none()).count()
}

/// An organisation under every record it has, and by name.
pub(super) struct Meant {
    ids: Vec<CaseId>,
    name: String,
}

impl Meant {
    pub(super) fn of(store: &Store, organisation: CaseId) -> Result<Self, ReadError> {
        let record = Records::new(&store.conn).get(organisation)?;
        let name = record.map(|record| fold(&record.name)).unwrap_or_default();
        Ok(Self { ids: merged::together(&store.conn, organisation)?, name })
    }

    pub(super) fn is(&self, named: &Named) -> bool {
        match named.id {
            Some(id) => self.ids.contains(&id),
            None => !self.name.is_empty() && fold(&named.words) == self.name,
        }
    }

    /// Whether it was to send whoever comes, or sends whoever comes instead.
    pub(super) fn is_in(&self, visit: &Visit) -> bool {
        visit.covered_from.iter().chain(&visit.provider).any(|named| self.is(named))
    }
}

/// A table in which a record says on whom somebody relies.
pub(super) struct Table<'p> {
    field: &'p str,
    on: &'p str,
    why: Option<&'p str>,
}

impl Table<'_> {
    /// On whom, and for what.
    pub(super) fn said(&self, answers: &Answers) -> Vec<(Named, String)> {
        let Some(Answer::Rows(rows)) = answers.get(self.field) else { return Vec::new() };
        let one = |row: &Answers| match row.get(self.on) {
            Some(Answer::Named(named)) => Some((named.clone(), text(self.why, row))),
            _ => None,
        };
        rows.iter().filter_map(one).collect()
    }
}

/// The tables of a register in which it is said.
pub(super) fn tables(register: &Pathway) -> Vec<Table<'_>> {
    let mut found: Vec<Table<'_>> = Vec::new();
    for field in register.steps.iter().flat_map(|step| &step.fields) {
        let Kind::Rows { columns, .. } = &field.kind else { continue };
        let meant = |means| columns.iter().find(|column| column.means == Some(means));
        let Some(on) = meant(Means::ReliedOn) else { continue };
        if !found.iter().any(|table| table.field == field.id) {
            let why = meant(Means::ReliedFor).map(|column| column.id.as_str());
            found.push(Table { field: &field.id, on: &on.id, why });
        }
    }
    found
}

/// The people of whom an arrangement says that they rely on its organisation, and for what; not those that it lists because
/// somebody has to be found for them.
pub(super) fn in_case(pathway: &Pathway, state: &CaseState) -> Vec<(Named, String)> {
    let mut found = Vec::new();
    for step in &pathway.steps {
        for field in &step.fields {
            let Kind::Rows { columns, from: None } = &field.kind else { continue };
            let person = columns
                .iter()
                .find(|column| matches!(&column.kind, Kind::Record { register, .. } if register == PEOPLE));
            let why = columns.iter().find(|column| column.means == Some(Means::ReliedFor));
            let (Some(person), Some(why)) = (person, why) else { continue };
            let Some(Answer::Rows(rows)) = state.answers.get(&format!("{}.{}", step.id, field.id)) else {
                continue;
            };
            for row in rows {
                if let Some(Answer::Named(named)) = row.get(&person.id) {
                    found.push((named.clone(), text(Some(&why.id), row)));
                }
            }
        }
    }
    found
}

fn text(column: Option<&str>, row: &Answers) -> String {
    match column.and_then(|column| row.get(column)) {
        Some(Answer::Text(text)) => text.trim().to_owned(),
        _ => String::new(),
    }
}

fn relying(person: CaseId, name: &str, ask: Option<&str>, why: String, by: Option<DateTime<Utc>>) -> Relying {
    let who = match ask {
        Some(whom) => Named { id: None, words: words::restricted(whom) },
        None => Named { id: Some(person), words: name.to_owned() },
    };
    Relying { who, why: if ask.is_some() && by.is_none() { String::new() } else { why }, by }
}

fn is_to_come(visit: &Visit, now: DateTime<Utc>) -> bool {
    visit.until.map_or(visit.from.at, |until| until.at) >= now
}

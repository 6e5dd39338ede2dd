//! Records as one reading names them: each is read once, however many rows speak of it.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension};

use super::super::derive::BEFORE_ALL;
use super::super::merged;
use super::super::rows::json;
use super::super::scope::Scope;
use crate::domain::entry::Entry;
use crate::domain::ids::CaseId;
use crate::domain::names::{PersonName, fold};
use crate::domain::rota::Rota;
use crate::domain::views::RecordRow;
use crate::domain::words::store::born;
use crate::domain::words::ui::acting_for;

/// The records that one reading has met. It must not outlive the reading: it sees no later change.
pub(in crate::store) struct Records<'c> {
    conn: &'c Connection,
    met: RefCell<BTreeMap<CaseId, Option<RecordRow>>>,
    /// Who is on duty, and as of when that is asked; nobody where it matters to nothing.
    on_duty: Option<(Arc<Rota>, DateTime<Utc>)>,
}

impl<'c> Records<'c> {
    /// None met yet.
    pub(in crate::store) fn new(conn: &'c Connection) -> Self {
        Self { conn, met: RefCell::default(), on_duty: None }
    }

    /// None met yet; duties are named by whoever holds them.
    pub(in crate::store) fn with_duties(conn: &'c Connection, rota: Arc<Rota>, now: DateTime<Utc>) -> Self {
        Self { on_duty: Some((rota, now)), ..Self::new(conn) }
    }

    /// The pathways of the open cases among these that may be seen.
    pub(super) fn open_pathways(&self, scope: &Scope, cases: &[CaseId]) -> rusqlite::Result<Vec<String>> {
        let mut pathways = Vec::new();
        for case in cases {
            let mut open = self.conn.prepare_cached(&format!(
                "SELECT c.pathway FROM cases c WHERE c.id = ?1 AND c.closed = 0 AND {}",
                scope.on("c")
            ))?;
            pathways.extend(open.query_row([case.0.as_bytes()], |row| row.get(0)).optional()?);
        }
        Ok(pathways)
    }

    /// A record as lists name it: without its answers, with the name of its place. One that was merged is the one that
    /// is kept.
    pub(in crate::store) fn get(&self, id: CaseId) -> rusqlite::Result<Option<RecordRow>> {
        self.with(id, RecordRow::clone)?.map(|record| self.placed(record)).transpose()
    }

    /// A record under its own name, whichever it is read as.
    pub(super) fn as_written(&self, id: CaseId) -> rusqlite::Result<Option<RecordRow>> {
        row(self.conn, id)?.map(|record| self.placed(record)).transpose()
    }

    /// The record, where one is named.
    pub(in crate::store) fn of(&self, id: Option<CaseId>) -> rusqlite::Result<Option<RecordRow>> {
        id.map_or(Ok(None), |id| self.get(id))
    }

    /// Whose act an entry is, by name, and for whom it was done.
    pub(super) fn whose(&self, entry: &Entry) -> rusqlite::Result<String> {
        let name = |id: Option<CaseId>| Ok::<_, rusqlite::Error>(self.of(id)?.map(|record| record.name));
        let by = name(entry.who.by)?.unwrap_or_default();
        Ok(acting_for(&by, name(entry.leave.acting_for)?))
    }

    /// Adds the name of a record's place.
    pub(super) fn placed(&self, mut record: RecordRow) -> rusqlite::Result<RecordRow> {
        if let Some(location) = record.location.filter(|location| *location != record.id) {
            record.place = self.with(location, |place| place.name.clone())?;
        }
        Ok(record)
    }

    /// The short name of a record.
    pub(in crate::store) fn short(&self, id: CaseId) -> rusqlite::Result<Option<String>> {
        self.with(id, |record| record.short.clone())
    }

    /// The telephone number of a record.
    pub(super) fn phone(&self, id: CaseId) -> rusqlite::Result<Option<String>> {
        Ok(self.with(id, |record| record.phone.clone())?.flatten())
    }

    /// The name of whoever holds a duty for a place.
    pub(super) fn holder(&self, duty: &str, place: Option<CaseId>) -> Option<String> {
        let (rota, now) = self.on_duty.as_ref()?;
        let holder = rota.holder(duty, place, *now)?;
        Some(rota.name(holder.staff).to_owned())
    }

    /// The telephone number of whoever holds a duty for a place.
    pub(super) fn holders_phone(&self, duty: &str, place: Option<CaseId>) -> Option<String> {
        let (rota, now) = self.on_duty.as_ref()?;
        rota.holder(duty, place, *now)?.phone
    }

    fn with<T>(&self, id: CaseId, take: impl FnOnce(&RecordRow) -> T) -> rusqlite::Result<Option<T>> {
        if let Some(met) = self.met.borrow().get(&id) {
            return Ok(met.as_ref().map(take));
        }
        let mut record = row(self.conn, merged::kept(self.conn, id)?)?;
        if let Some(record) = &mut record {
            tell_apart(self.conn, record)?;
        }
        let taken = record.as_ref().map(take);
        self.met.borrow_mut().insert(id, record);
        Ok(taken)
    }
}

/// Names somebody in full where a family name and an initial could be somebody else of the register as well, and by when
/// they were born where all of the name could: two rows of a list never bear one name. Who is kept to a few is not
/// among those told apart from.
fn tell_apart(conn: &Connection, record: &mut RecordRow) -> rusqlite::Result<()> {
    let Some(initial) = record.short.strip_suffix('.').map(fold) else { return Ok(()) };
    let mut others = conn.prepare_cached(
        "SELECT sort FROM records WHERE register = ?1 AND sort >= ?2 AND sort < ?3 AND id != ?4 AND closed = 0
         AND class IS NULL",
    )?;
    let own = PersonName::read(&record.name).display();
    let (is_other, is_namesake) =
        ["", BEFORE_ALL].into_iter().try_fold((false, false), |found, before| {
            let from = format!("{before}{initial}");
            let to = format!("{from}{}", char::MAX);
            let sorts =
                others.query_map((&record.register, from, to, record.id.0.as_bytes()), |row| row.get(0))?;
            sorts.into_iter().try_fold(found, |(_, is_namesake), sort: rusqlite::Result<String>| {
                let is_same = sort?.trim_start_matches(BEFORE_ALL) == fold(&own);
                Ok::<_, rusqlite::Error>((true, is_namesake || is_same))
            })
        })?;
    if is_other {
        let born = record.born.filter(|_| is_namesake).map(born).unwrap_or_default();
        record.short = format!("{own}{born}");
    }
    Ok(())
}

fn row(conn: &Connection, id: CaseId) -> rusqlite::Result<Option<RecordRow>> {
    conn.prepare_cached("SELECT row FROM records WHERE id = ?1")?
        .query_row([id.0.as_bytes()], |row| json(row, 0))
        .optional()
}

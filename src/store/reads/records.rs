//! Records as one reading names them: each is read once, however many rows speak of it.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension};

use super::super::merged;
use super::super::rows::json;
use crate::domain::entry::Entry;
use crate::domain::ids::CaseId;
use crate::domain::rota::Rota;
use crate::domain::views::RecordRow;
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
    pub(super) fn of(&self, id: Option<CaseId>) -> rusqlite::Result<Option<RecordRow>> {
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

    fn with<T>(&self, id: CaseId, take: impl FnOnce(&RecordRow) -> T) -> rusqlite::Result<Option<T>> {
        if let Some(met) = self.met.borrow().get(&id) {
            return Ok(met.as_ref().map(take));
        }
        let record = row(self.conn, merged::kept(self.conn, id)?)?;
        let taken = record.as_ref().map(take);
        self.met.borrow_mut().insert(id, record);
        Ok(taken)
    }
}

fn row(conn: &Connection, id: CaseId) -> rusqlite::Result<Option<RecordRow>> {
    conn.prepare_cached("SELECT row FROM records WHERE id = ?1")?
        .query_row([id.0.as_bytes()], |row| json(row, 0))
        .optional()
}

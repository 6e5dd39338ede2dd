//! Legal holds: which stand on something, and what was said when they were placed and lifted.
//!
//! A hold keeps what is about a record or stands at a place, and what ever was or did: one person who moves a case to another
//! record, or corrects a place, takes nothing out of it. It ends when two lift it.

use std::collections::BTreeSet;
use std::sync::Arc;

use rusqlite::OptionalExtension;

use super::named::ids_in;
use super::{Named, Retained};
use crate::domain::act::Act;
use crate::domain::entry::Said;
use crate::domain::ids::{CaseId, EntryId};
use crate::store::rows::{id, literal, maybe_id};
use crate::store::{ledger, merged};

/// The register of places.
const PLACES: &str = "locations";

impl Retained<'_> {
    /// The holds on a case, on what it is or was about, and on where it stands or stood.
    pub(super) fn held(&self, case: &Named) -> rusqlite::Result<Vec<(String, EntryId)>> {
        let mut on: Vec<Arc<Named>> = Vec::new();
        on.extend(self.case(case.state.id)?);
        let mut records = self.ever_about(case)?;
        records.extend(case.register.then_some(case.state.id).into_iter().chain(case.state.subject));
        // Whatever was merged is one: a hold on any part of it is on all.
        let mut parts = BTreeSet::new();
        for record in records {
            parts.extend(merged::together(self.conn, merged::kept(self.conn, record)?)?);
        }
        for part in &parts {
            on.extend(self.case(*part)?);
        }
        on.extend(self.held_places_of(case, &parts)?);
        let location: Option<CaseId> = self
            .conn
            .prepare_cached("SELECT location FROM cases WHERE id = ?1")?
            .query_row([case.state.id.0.as_bytes()], |row| maybe_id(row, 0))
            .optional()?
            .flatten();
        if let Some(location) = location {
            on.extend(self.case(location)?);
        }
        let mut met = BTreeSet::new();
        let held =
            on.iter().flat_map(|one| one.state.holds.iter().map(|hold| (one.reference.clone(), *hold)));
        Ok(held.filter(|(_, hold)| met.insert(*hold)).collect())
    }

    /// The records that a case was about when any of its entries was written: the headers keep that, whatever was put right
    /// since.
    fn ever_about(&self, case: &Named) -> rusqlite::Result<BTreeSet<CaseId>> {
        self.conn
            .prepare_cached(
                "SELECT DISTINCT e.subject_id FROM case_entries c JOIN entries e ON e.seq = c.seq
                 WHERE c.case_id = ?1 AND e.case_id = ?1 AND e.subject_id IS NOT NULL",
            )?
            .query_map([case.state.id.0.as_bytes()], |row| id(row, 0))?
            .collect()
    }

    /// Places under a hold that anything written in a case, or in the records that it is about, ever named.
    fn held_places_of(&self, case: &Named, records: &BTreeSet<CaseId>) -> rusqlite::Result<Vec<Arc<Named>>> {
        let held = self.held_places()?;
        if held.is_empty() {
            return Ok(held);
        }
        let all =
            records.iter().chain([&case.state.id]).map(|id| literal(*id)).collect::<Vec<_>>().join(", ");
        let sql = format!(
            "SELECT b.body FROM case_entries c JOIN bodies b ON b.seq = c.seq WHERE c.case_id IN ({all})"
        );
        let mut named = BTreeSet::new();
        let mut bodies = self.conn.prepare(&sql)?;
        for body in bodies.query_map([], |row| row.get::<_, Vec<u8>>(0))? {
            named.extend(ids_in(&body?));
        }
        Ok(held.into_iter().filter(|place| named.contains(&place.state.id)).collect())
    }

    fn held_places(&self) -> rusqlite::Result<Vec<Arc<Named>>> {
        let mut places = self.conn.prepare_cached("SELECT id FROM cases WHERE pathway = ?1 ORDER BY id")?;
        let places = places.query_map([PLACES], |row| id(row, 0))?.collect::<rusqlite::Result<Vec<_>>>()?;
        let mut held = Vec::new();
        for place in places {
            held.extend(self.case(place)?.filter(|place| !place.state.holds.is_empty()));
        }
        Ok(held)
    }

    /// What it was placed for.
    pub(super) fn reason_of(&self, hold: EntryId) -> rusqlite::Result<String> {
        Ok(match ledger::by_id(self.conn, hold)?.map(|stored| stored.read().0.said) {
            Some(Said::Act(Act::Hold { reason })) => reason,
            _ => String::new(),
        })
    }
}

//! The rota as it is read: slots that are not long over, who took a duty last, who is in a chain, the office's hours.
//!
//! Who holds what by them is worked out in [`crate::domain::rota`], for any time from the reading on.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::sync::Arc;

use chrono::{DateTime, Days, TimeDelta, Utc};
use rusqlite::{Connection, OptionalExtension};

use super::super::Store;
use super::super::editions;
use super::super::error::ReadError;
use super::super::rows::{count, id, instant, json, maybe_id};
use crate::domain::ids::{CaseId, Seq};
use crate::domain::permission::{Held, Reason, Roles, Viewer};
use crate::domain::rota::{AT_HAND, KEPT_FOR, Person, Post, Rota, Slot, Taken};
use crate::domain::time::Zone;
use crate::domain::views::RecordRow;
use crate::domain::words::store as words;
use crate::pathway::calendar::{Calendar, WeekHours};

/// How far the office hours are looked up ahead.
const HOURS_AHEAD: Days = Days::new(9);

impl Store {
    /// The rota as of a time, and from then on. Whoever works here may see all of it: it is how the right person is asked.
    ///
    /// # Errors
    /// [`ReadError::Denied`] for a desk where nobody is signed in.
    pub fn rota(&self, viewer: &Viewer, now: DateTime<Utc>) -> Result<Arc<Rota>, ReadError> {
        if !viewer.system && viewer.staff.is_none() && !self.is_unstaffed()? {
            return Err(Reason(words::NOBODY_SIGNED_IN.to_owned()).into());
        }
        self.rota_at(now)
    }

    /// The same, for what follows from it. It is asked for with every screen and every entry and seldom changes: one that
    /// was read a little earlier is handed out again while nothing has changed that it is made of.
    pub(in crate::store) fn rota_at(&self, now: DateTime<Utc>) -> Result<Arc<Rota>, ReadError> {
        let made_of = MadeOf {
            adopted: editions::last_adopted(&self.conn)?,
            registers: registers_changed(&self.conn)?,
            taken: taken(&self.conn)?,
        };
        let mut kept = self.rota.borrow_mut();
        if let Some(kept) = kept.as_ref().filter(|kept| kept.holds(&made_of, now)) {
            return Ok(kept.rota.clone());
        }
        let rota = Arc::new(read(&self.conn, self.roles()?, self.zone()?, now)?);
        *kept = Some(Kept { made_of, read_at: now, rota: rota.clone() });
        Ok(rota)
    }
}

/// For so long a rota that was read is handed out again; then those of its slots that are long over are let go of.
const KEPT: TimeDelta = TimeDelta::minutes(5);

/// A rota with what it was made of, and as of when.
pub(in crate::store) struct Kept {
    made_of: MadeOf,
    read_at: DateTime<Utc>,
    rota: Arc<Rota>,
}

/// What changes when a rota does: the entry that adopted the edition, the last one in a register, who took a duty.
#[derive(PartialEq)]
struct MadeOf {
    adopted: Seq,
    registers: Seq,
    taken: Vec<Taken>,
}

impl Kept {
    fn holds(&self, made_of: &MadeOf, now: DateTime<Utc>) -> bool {
        self.made_of == *made_of && self.read_at <= now && now - self.read_at < KEPT
    }
}

/// The last entry in any register.
fn registers_changed(conn: &Connection) -> rusqlite::Result<Seq> {
    conn.prepare_cached("SELECT coalesce(max(version), 0) FROM cases WHERE register = 1")?
        .query_row([], |row| count(row, 0))
}

/// Who took which duty last.
fn taken(conn: &Connection) -> rusqlite::Result<Vec<Taken>> {
    conn.prepare_cached("SELECT duty, place, staff, since FROM holders ORDER BY duty, place")?
        .query_map([], |row| {
            let place = if row.get_ref(1)?.as_blob()?.is_empty() { None } else { maybe_id(row, 1)? };
            Ok(Taken { duty: row.get(0)?, place, staff: id(row, 2)?, since: instant(row, 3)? })
        })?
        .collect()
}

/// Reads it.
pub(in crate::store) fn read(
    conn: &Connection,
    roles: Arc<Roles>,
    zone: Zone,
    now: DateTime<Utc>,
) -> rusqlite::Result<Rota> {
    let mut people = Staff { conn, roles: &roles, met: BTreeMap::new() };
    people.of_chains()?;
    let mut rota = Rota { open: open(conn, zone, now)?, ..Rota::default() };
    let mut slots = conn.prepare_cached(
        "SELECT id, duty, staff, place, starts, ends, phone FROM slots WHERE ends > ?1 ORDER BY starts, id",
    )?;
    let over = (now - AT_HAND).timestamp_millis();
    for slot in slots.query_map([over], slot)? {
        let slot = slot?;
        if people.is_here(slot.staff)? {
            if let Some(place) = slot.place {
                name_place(conn, place, &mut rota.places)?;
            }
            rota.slots.push(slot);
        }
    }
    let mut past = conn.prepare_cached(
        "SELECT duty, place, max(starts) FROM slots WHERE ends <= ?1 AND ends > ?2 GROUP BY duty, place",
    )?;
    let since = (now - KEPT_FOR).timestamp_millis();
    let past = past.query_map([over, since], |row| {
        Ok::<(Post, _), _>(((row.get(0)?, maybe_id(row, 1)?), instant(row, 2)?))
    })?;
    rota.past = past.collect::<rusqlite::Result<_>>()?;
    for place in rota.past.keys().filter_map(|(_, place)| *place) {
        name_place(conn, place, &mut rota.places)?;
    }
    for one in taken(conn)? {
        if people.is_here(one.staff)? {
            if let Some(place) = one.place {
                name_place(conn, place, &mut rota.places)?;
            }
            rota.taken.push(one);
        }
    }
    rota.people = people.met.into_iter().filter_map(|(id, person)| Some((id, person?))).collect();
    rota.roles = roles;
    Ok(rota)
}

/// Members of staff who have not left, each read once.
struct Staff<'a> {
    conn: &'a Connection,
    roles: &'a Roles,
    met: BTreeMap<CaseId, Option<Person>>,
}

impl Staff<'_> {
    /// Everybody with a role that a chain names.
    fn of_chains(&mut self) -> rusqlite::Result<()> {
        let named =
            self.roles.chains.iter().flat_map(|chain| chain.in_hours.iter().chain(&chain.out_of_hours));
        let named: Vec<&String> = named.filter(|actor| self.roles.roles.contains_key(*actor)).collect();
        if named.is_empty() {
            return Ok(());
        }
        let mut staff = self
            .conn
            .prepare_cached("SELECT id, row, roles FROM records WHERE register = 'staff' AND closed = 0")?;
        let mut rows = staff.query([])?;
        while let Some(row) = rows.next()? {
            let roles: Vec<Held> = json(row, 2)?;
            if roles.iter().any(|(role, _)| named.contains(&role)) {
                self.met.insert(id(row, 0)?, Some(person(&json(row, 1)?, roles)));
            }
        }
        Ok(())
    }

    /// Whether somebody is on the staff list and has not left. Whoever has left holds nothing.
    fn is_here(&mut self, staff: CaseId) -> rusqlite::Result<bool> {
        if let Some(met) = self.met.get(&staff) {
            return Ok(met.is_some());
        }
        let found = self
            .conn
            .prepare_cached(
                "SELECT row, roles FROM records WHERE id = ?1 AND register = 'staff' AND closed = 0",
            )?
            .query_row([staff.0.as_bytes()], |row| Ok(person(&json(row, 0)?, json(row, 1)?)))
            .optional()?;
        let is_here = found.is_some();
        self.met.insert(staff, found);
        Ok(is_here)
    }
}

fn person(row: &RecordRow, roles: Vec<Held>) -> Person {
    Person { name: row.short.clone(), phone: row.phone.clone(), roles }
}

fn slot(row: &rusqlite::Row<'_>) -> rusqlite::Result<Slot> {
    Ok(Slot {
        id: id(row, 0)?,
        duty: row.get(1)?,
        staff: id(row, 2)?,
        place: maybe_id(row, 3)?,
        from: instant(row, 4)?,
        until: instant(row, 5)?,
        phone: row.get(6)?,
    })
}

fn name_place(
    conn: &Connection,
    place: CaseId,
    names: &mut BTreeMap<CaseId, String>,
) -> rusqlite::Result<()> {
    if let Entry::Vacant(name) = names.entry(place) {
        let found = conn
            .prepare_cached("SELECT row FROM records WHERE id = ?1")?
            .query_row([place.0.as_bytes()], |row| json::<RecordRow>(row, 0))
            .optional()?;
        name.insert(found.map(|row| row.short).unwrap_or_default());
    }
    Ok(())
}

/// A stretch of time in which the office is open.
type Open = (DateTime<Utc>, DateTime<Utc>);

/// The office hours from a time on; `None` where the office keeps none.
fn open(conn: &Connection, zone: Zone, now: DateTime<Utc>) -> rusqlite::Result<Option<Vec<Open>>> {
    let kept: Option<(Option<String>, Calendar)> = conn
        .prepare_cached("SELECT hours, calendar FROM routes")?
        .query_row([], |row| Ok((row.get(0)?, json(row, 1)?)))
        .optional()?;
    // Hours that cannot be read are refused when the file is adopted.
    let Some((Some(hours), calendar)) = kept else { return Ok(None) };
    let Ok(hours) = hours.parse::<WeekHours>() else { return Ok(None) };
    let last = now.checked_add_days(HOURS_AHEAD).unwrap_or(now);
    let (mut open, mut at) = (Vec::new(), now);
    while at < last
        && let Some(next) = hours.opening(at, zone, &calendar)
    {
        let to = next.to.unwrap_or(last);
        open.push((next.from, to));
        at = to;
    }
    Ok(Some(open))
}

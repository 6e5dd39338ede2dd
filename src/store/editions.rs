//! Editions as the ledger holds them: the acts that adopted them carry their full text.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use rusqlite::{Connection, OptionalExtension};
use unicode_normalization::{UnicodeNormalization, is_nfc};

use super::rows::{count, hash, json};
use super::{connection, ledger};
use crate::domain::act::Act;
use crate::domain::entry::Said;
use crate::domain::ids::{EditionId, Seq};
use crate::domain::permission::{Duty, Role, Roles};
use crate::domain::words::store as words;
use crate::pathway::edition::{Edition, Editions, Fetch, id_of};
use crate::pathway::read::Fault;

/// Reads a set of files that is to come into force, or says what does not hold in them.
pub(super) fn parse(files: BTreeMap<String, String>) -> Result<Edition, String> {
    Edition::read(files).map_err(|faults| in_words(&faults))
}

/// Reads a set of files that is in the ledger.
pub(super) fn adopted(files: BTreeMap<String, String>) -> Result<Edition, String> {
    Edition::adopted(files).map_err(|faults| in_words(&faults))
}

pub(super) fn in_words(faults: &[Fault]) -> String {
    faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

/// The files in the form in which a body can hold them, which is what an edition's id is made from.
pub(super) fn composed(files: BTreeMap<String, String>) -> BTreeMap<String, String> {
    files.into_iter().map(|(name, text)| (in_nfc(name), in_nfc(text))).collect()
}

/// The id of these files once they are [`composed`].
pub(super) fn composed_id(files: &BTreeMap<String, String>) -> EditionId {
    if files.iter().all(|(name, text)| is_nfc(name) && is_nfc(text)) {
        return id_of(files);
    }
    id_of(&composed(files.clone()))
}

fn in_nfc(text: String) -> String {
    if is_nfc(&text) { text } else { text.nfc().collect() }
}

/// The entry that adopted the edition in force; 0 before the first.
pub(super) fn last_adopted(conn: &Connection) -> rusqlite::Result<Seq> {
    conn.prepare_cached("SELECT coalesce(max(seq), 0) FROM editions")?.query_row([], |row| count(row, 0))
}

/// All editions of the ledger, those in `known` not looked up again; none is read yet, and the text of none is fetched:
/// each is most of a megabyte, and years of them would cost every start. `None` before the first.
pub(super) fn load(
    conn: &Connection,
    known: Option<(Seq, Arc<Editions>)>,
) -> Result<Option<(Seq, Arc<Editions>)>, String> {
    let words = |e: rusqlite::Error| e.to_string();
    let after = known.as_ref().map_or(0, |(seq, _)| *seq);
    let adopted: Vec<(Seq, Option<EditionId>)> = conn
        .prepare_cached("SELECT seq, id FROM editions WHERE seq > ?1 ORDER BY seq")
        .and_then(|mut rows| {
            rows.query_map([super::rows::signed(after)], |row| Ok((count(row, 0)?, hash(row, 1)?)))?.collect()
        })
        .map_err(words)?;
    let mut editions = known;
    let last = adopted.last().map(|(seq, _)| *seq);
    for (seq, id) in adopted {
        let earlier = editions.as_ref().map(|(_, editions)| editions.as_ref());
        let id = id.map_or_else(|| kept(conn, seq).map(|(id, _)| id), Ok)?;
        // The program's own are at hand, and most offices change nothing in them. What is in force is fetched at once: clocks
        // and what may be recorded rest on it.
        let fetch = match Edition::is_built_in(id) {
            true => None,
            false => Some(fetch(conn, seq, id, Some(seq) == last)?),
        };
        editions = Some((seq, Arc::new(Editions::and_kept(earlier, id, fetch))));
    }
    Ok(editions)
}

/// Fetches the files that an entry adopted, by a connection of its own: whoever first asks may be on any thread. `now`, or
/// where the file's path is no text, they are fetched by this one.
fn fetch(conn: &Connection, seq: Seq, id: EditionId, now: bool) -> Result<Fetch, String> {
    let Some(path) = conn.path().map(PathBuf::from).filter(|_| !now) else {
        let files = kept(conn, seq)?.1;
        return Ok(Box::new(move || Ok(files.clone())));
    };
    let files = move || {
        let conn = connection::readable(&path).map_err(|e| e.to_string())?;
        connection::guard(&conn).map_err(|e| e.to_string())?;
        match kept(&conn, seq)? {
            (found, files) if found == id => Ok(files),
            // Another file lies there by now.
            _ => Err(words::adopts_nothing(seq)),
        }
    };
    Ok(Box::new(move || {
        files().map_err(|says| Fault {
            file: words::adopting_entry(seq),
            line: 1,
            column: 1,
            says,
            mend: words::NOT_FETCHED.to_owned(),
        })
    }))
}

fn kept(conn: &Connection, seq: Seq) -> Result<(EditionId, BTreeMap<String, String>), String> {
    let stored = ledger::after(conn, seq - 1, 1).map_err(|e| e.to_string())?.pop();
    match stored.map(|stored| stored.read().0.said) {
        Some(Said::Act(Act::Adopt { files, edition })) => Ok((edition, files)),
        _ => Err(words::adopts_nothing(seq)),
    }
}

/// Roles and duties of the edition in force, from the derived tables.
pub(super) fn roles(conn: &Connection) -> rusqlite::Result<Roles> {
    let mut roles = Roles::default();
    let mut rows = conn.prepare_cached("SELECT id, title, short, may FROM roles")?;
    for role in rows.query_map([], |row| {
        Ok((row.get(0)?, Role { title: row.get(1)?, short: row.get(2)?, may: json(row, 3)? }))
    })? {
        let (id, role) = role?;
        roles.roles.insert(id, role);
    }
    let mut rows = conn.prepare_cached("SELECT id, title, roles, out_of_hours FROM duties")?;
    for duty in rows.query_map([], |row| {
        let out_of_hours = row.get::<_, i64>(3)? != 0;
        Ok((row.get(0)?, Duty { title: row.get(1)?, roles: json(row, 2)?, out_of_hours }))
    })? {
        let (id, duty) = duty?;
        roles.duties.insert(id, duty);
    }
    let routes = conn
        .prepare_cached("SELECT chains, hours, warned FROM routes")?
        .query_row([], |row| Ok((json(row, 0)?, row.get(1)?, row.get(2)?)))
        .optional()?;
    (roles.chains, roles.office_hours, roles.warned) = routes.unwrap_or_default();
    Ok(roles)
}

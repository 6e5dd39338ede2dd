//! The access class of derived rows: which restricted record each belongs to, and who may see that one.
//!
//! A row's class is the case itself where the case carries the mark, otherwise its subject where the subject does; a row
//! of nobody restricted has none. What was disposed of is of its own class; what is written about it afterwards
//! is not: whoever takes a call about somebody whose record is gone sees it. When a record becomes restricted, or is so no
//! more, all rows that speak of it change their class with it, in the same transaction. A record that was merged with another is of that one's class, too. What a viewer may see of the classes is left to
//! [`crate::store::scope`].

use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension, params};

use super::write::{json, raw};
use crate::domain::answer::Answer;
use crate::domain::case::CaseState;
use crate::domain::ids::CaseId;
use crate::domain::restriction::Mark;
use crate::pathway::definition::{Field, Kind, Means, Pathway};
use crate::pathway::edition::Editions;
use crate::store::merged;
use crate::store::rows::{id, maybe_id};
use crate::store::scope::IS_STUB;

/// The register of ours.
const STAFF: &str = "staff";

/// The mark that the case or record carries by its latest answers, on the editions they were given on; that of cases which
/// are kept to a few of themselves; and that of what was disposed of.
pub(super) fn mark(state: &CaseState, editions: &Editions, register: bool) -> Option<Mark> {
    if state.is_disposed_of() {
        return Some(Mark::gone());
    }
    let mut latest: BTreeMap<&str, &Answer> = BTreeMap::new();
    let mut kept_to: Option<(&Pathway, Answer)> = None;
    for entry in &state.entries {
        let edition = entry.edition.and_then(|id| editions.get(id));
        let pathway = edition.and_then(|edition| edition.pathways.get(&state.pathway));
        let of_itself = pathway.filter(|pathway| !pathway.kept_to.is_empty());
        kept_to = of_itself.map(|own| (&**own, Answer::Choices(own.kept_to.clone()))).or(kept_to);
        let step = pathway.and_then(|pathway| pathway.step(&entry.kind));
        let fields = step.into_iter().flat_map(|step| step.fields.iter().map(move |field| (step, field)));
        for (step, field) in fields.filter(|(_, field)| field.means == Some(Means::Restricted)) {
            let answer = match register {
                true => state.facts.record.get(&field.id),
                false => state.answers.get(&format!("{}.{}", step.id, field.id)),
            };
            latest.extend(answer.map(|answer| (field.id.as_str(), answer)));
        }
    }
    let named = kept_to.iter().flat_map(|(pathway, _)| named_in_opening(state, pathway));
    Mark::of(latest.into_values().chain(kept_to.iter().map(|(_, roles)| roles)).chain(named))
}

/// Whether a record was kept to a few, as it stood.
pub(in crate::store) fn is_restricted(record: &CaseState, editions: &Editions) -> bool {
    mark(record, editions, true).is_some()
}

/// Whoever of ours the opening step names.
fn named_in_opening<'a>(state: &'a CaseState, pathway: &'a Pathway) -> impl Iterator<Item = &'a Answer> {
    let is_staff = |field: &&Field| matches!(&field.kind, Kind::Record { register, .. } if register == STAFF);
    let opening = pathway.opening().into_iter();
    opening.flat_map(move |step| {
        let staff = step.fields.iter().filter(is_staff);
        staff.filter_map(|field| state.answers.get(&format!("{}.{}", step.id, field.id)))
    })
}

/// Brings the mark of a case or record up to date. Whether it carries one now and did not, or the other way round.
pub(super) fn settle(
    conn: &Connection,
    state: &CaseState,
    location: Option<CaseId>,
    mark: Option<&Mark>,
) -> rusqlite::Result<bool> {
    let key = state.id.0.as_bytes();
    let was = conn.prepare_cached("SELECT 1 FROM restrictions WHERE id = ?1")?.exists([key])?;
    match mark {
        Some(mark) => {
            conn.prepare_cached(
                "INSERT INTO restrictions (id, subject, location, mark) VALUES (?1, ?2, ?3, ?4)
                 ON CONFLICT (id) DO UPDATE SET subject = ?2, location = ?3, mark = ?4",
            )?
            .execute(params![key, raw(state.subject), raw(location), json(mark)?])?;
        }
        None if was => {
            conn.prepare_cached("DELETE FROM restrictions WHERE id = ?1")?.execute([key])?;
        }
        None => {}
    }
    Ok(was != mark.is_some())
}

/// The class of a case's rows, given the marks as they stand. That nothing is left of a record says nothing of what is about
/// it: what went with it carries a mark of its own.
pub(super) fn class(conn: &Connection, state: &CaseState) -> rusqlite::Result<Option<CaseId>> {
    let mut marked = conn.prepare_cached(&format!(
        "SELECT 1 FROM restrictions WHERE id = ?1 AND (id = ?2 OR NOT ({IS_STUB}))"
    ))?;
    let own: Vec<CaseId> = [Some(state.id), state.subject].into_iter().flatten().collect();
    let mut candidates = own.clone();
    for id in own {
        candidates.extend(merged::above(conn, id)?);
    }
    for candidate in candidates {
        if marked.exists([candidate.0.as_bytes(), state.id.0.as_bytes()])? {
            return Ok(Some(candidate));
        }
    }
    Ok(None)
}

/// The class under which the rows of a case stand in the tables.
pub(super) fn standing(conn: &Connection, case: CaseId) -> rusqlite::Result<Option<CaseId>> {
    let found = conn
        .prepare_cached("SELECT class FROM cases WHERE id = ?1")?
        .query_row([case.0.as_bytes()], |row| maybe_id(row, 0))
        .optional()?;
    Ok(found.flatten())
}

/// The cases about a record, and the records that are read as it with theirs.
pub(super) fn about(conn: &Connection, record: CaseId) -> rusqlite::Result<Vec<CaseId>> {
    let own = merged::listed(conn, record)?;
    conn.prepare_cached(&format!("SELECT id FROM cases WHERE subject IN ({own}) OR id IN ({own})"))?
        .query_map([], |row| id(row, 0))?
        .collect()
}

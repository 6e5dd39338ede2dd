//! Derived rows into their tables: only what differs from what stood there is written.

use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension, params};

use super::case_rows::{CaseRows, OwedCols, OwnedCols, keys, party_key};
use super::facts;
use crate::domain::case::{CaseState, Facts};
use crate::domain::ids::{CaseId, Seq};
use crate::domain::rota::Slot;
use crate::pathway::edition::Edition;
use crate::store::header::precision_word;
use crate::store::rows::{count, signed};

pub(super) fn raw(id: Option<CaseId>) -> Option<[u8; 16]> {
    id.map(|id| *id.0.as_bytes())
}

/// Values of ours as JSON. They hold strings, numbers, lists and maps with words for keys only.
pub(super) fn json(value: &impl serde::Serialize) -> rusqlite::Result<String> {
    serde_json::to_string(value).map_err(|e| rusqlite::Error::ToSqlConversionFailure(e.into()))
}

/// What is known of an edition without reading its files: the last one adopted stands.
pub(super) fn edition(conn: &Connection, seq: Seq, edition: &Edition) -> rusqlite::Result<()> {
    conn.execute("INSERT INTO editions (seq, id) VALUES (?1, ?2)", params![signed(seq), edition.id.0])?;
    conn.execute_batch("DELETE FROM roles; DELETE FROM duties; DELETE FROM steps; DELETE FROM routes;")?;
    conn.execute(
        "INSERT INTO routes (one, chains, hours, calendar, warned) VALUES (1, ?1, ?2, ?3, ?4)",
        params![
            json(&edition.roles.chains)?,
            edition.roles.office_hours,
            json(&edition.calendar)?,
            edition.roles.warned
        ],
    )?;
    for (id, role) in &edition.roles.roles {
        conn.prepare_cached("INSERT INTO roles (id, title, short, may) VALUES (?1, ?2, ?3, ?4)")?
            .execute(params![id, role.title, role.short, json(&role.may)?])?;
    }
    for (id, duty) in &edition.roles.duties {
        conn.prepare_cached("INSERT INTO duties (id, title, roles, out_of_hours) VALUES (?1, ?2, ?3, ?4)")?
            .execute(params![id, duty.title, json(&duty.roles)?, i64::from(duty.out_of_hours)])?;
    }
    for pathway in edition.pathways.values() {
        for step in &pathway.steps {
            conn.prepare_cached("INSERT INTO steps (kind, title) VALUES (?1, ?2)")?
                .execute(params![format!("{}.{}", pathway.id, step.id), step.title])?;
        }
    }
    Ok(())
}

/// What lists show of a case.
#[derive(serde::Serialize)]
struct Shown<'a> {
    #[serde(flatten)]
    facts: &'a Facts,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    links: &'a [CaseId],
}

/// The next number of a reference's letter.
pub(super) fn next_number(conn: &Connection, letter: &str) -> rusqlite::Result<i64> {
    // Not by RETURNING, for which SQLite makes a table each time: somebody waits for this.
    let given =
        conn.prepare_cached("UPDATE letters SET last = last + 1 WHERE letter = ?1")?.execute([letter])?;
    if given == 0 {
        conn.prepare_cached("INSERT INTO letters (letter, last) VALUES (?1, 1)")?.execute([letter])?;
    }
    conn.prepare_cached("SELECT last FROM letters WHERE letter = ?1")?.query_row([letter], |row| row.get(0))
}

/// Brings the rows of a case from what they were to what they are.
pub(super) fn case(
    conn: &Connection,
    id: CaseId,
    reference: &(String, i64),
    before: Option<&CaseRows>,
    after: &CaseRows,
    state: &CaseState,
) -> rusqlite::Result<()> {
    let key = id.0.as_bytes();
    let cols = &after.case;
    let owned = &cols.owned;
    conn.prepare_cached(
        "INSERT INTO cases (id, pathway, letter, number, register, urgent, subject, location, state, closed, undecided,
            opened_at, called_at, precision, risk, headline, missing, owed, version, facts, body, class, unsigned,
            owner, offered_to, taken_from, visit, slip, pad, warns, decided)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22,
            ?23, ?24, ?25, ?26, ?27, ?28, ?29, ?30, ?31)
         ON CONFLICT (id) DO UPDATE SET subject = ?7, location = ?8, state = ?9, closed = ?10, undecided = ?11,
            called_at = ?13, precision = ?14, risk = ?15, headline = ?16, missing = ?17, owed = ?18, version = ?19,
            facts = ?20, body = ?21, class = ?22, unsigned = ?23, owner = ?24, offered_to = ?25, taken_from = ?26,
            visit = ?27, slip = ?28, pad = ?29, warns = ?30, decided = ?31",
    )?
    .execute(params![
        key,
        state.pathway,
        reference.0,
        reference.1,
        i64::from(cols.register),
        i64::from(cols.urgent),
        raw(state.subject),
        raw(cols.location),
        state.state,
        i64::from(state.closed),
        i64::from(cols.undecided),
        state.opened_at.timestamp_millis(),
        cols.called.at.timestamp_millis(),
        precision_word(cols.called.precision),
        state.facts.risk,
        state.facts.headline,
        cols.missing,
        i64::try_from(after.owed.len()).unwrap_or(i64::MAX),
        signed(state.version),
        json(&Shown { facts: &state.facts, links: &state.links })?,
        json(state)?,
        raw(cols.class),
        cols.unsigned,
        owned.owner,
        owned.offered_to,
        owned.taken_from,
        state.facts.visit.as_ref().map(|visit| visit.from.at.timestamp_millis()),
        state.facts.slip,
        i64::from(state.facts.pad.is_some()),
        cols.warns.as_ref().map(json).transpose()?,
        cols.decided.map(|at| at.timestamp_millis()),
    ])?;
    owed(conn, id, before, after)?;
    to_confirm(conn, id, before, after)?;
    shares(conn, id, before, after)?;
    record(conn, id, before, after)?;
    facts::write(conn, before.and_then(|rows| rows.facts.as_ref()), after.facts.as_ref())?;
    counts(conn, before, after)
}

fn owed(
    conn: &Connection,
    case: CaseId,
    before: Option<&CaseRows>,
    after: &CaseRows,
) -> rusqlite::Result<()> {
    let known = |id: &String| before.and_then(|rows| rows.owed.get(id));
    for id in before.into_iter().flat_map(|rows| rows.owed.keys()).filter(|id| !after.owed.contains_key(*id))
    {
        conn.prepare_cached("DELETE FROM owed WHERE id = ?1")?.execute([id])?;
    }
    for (id, row) in after.owed.iter().filter(|(id, row)| known(id) != Some(row)) {
        let OwedCols { commitment, urgent, rank, subject, location, class } = row;
        let owned = OwnedCols::of(&commitment.owner, &commitment.holding);
        conn.prepare_cached(
            "INSERT INTO owed (id, case_id, due, urgent, outside, subject, location, obligor, owner, body, rank,
                class, offered_to, taken_from)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)
             ON CONFLICT (id) DO UPDATE SET due = ?3, outside = ?5, subject = ?6, location = ?7, obligor = ?8,
                owner = ?9, body = ?10, rank = ?11, class = ?12, offered_to = ?13, taken_from = ?14",
        )?
        .execute(params![
            id,
            case.0.as_bytes(),
            commitment.due.timestamp_millis(),
            i64::from(*urgent),
            i64::from(commitment.obligor.is_outside()),
            raw(*subject),
            raw(*location),
            party_key(&commitment.obligor),
            owned.owner,
            json(commitment)?,
            rank,
            raw(*class),
            owned.offered_to,
            owned.taken_from,
        ])?;
    }
    Ok(())
}

fn to_confirm(
    conn: &Connection,
    case: CaseId,
    before: Option<&CaseRows>,
    after: &CaseRows,
) -> rusqlite::Result<()> {
    let waited = |entry| before.and_then(|rows| rows.to_confirm.get(entry));
    for entry in before.into_iter().flat_map(|rows| rows.to_confirm.keys()) {
        if !after.to_confirm.contains_key(entry) {
            conn.prepare_cached("DELETE FROM to_confirm WHERE entry = ?1")?.execute([entry.0.as_bytes()])?;
        }
    }
    for (entry, staff) in after.to_confirm.iter().filter(|(entry, _)| waited(entry).is_none()) {
        conn.prepare_cached("INSERT INTO to_confirm (entry, staff, case_id) VALUES (?1, ?2, ?3)")?
            .execute(params![entry.0.as_bytes(), staff.0.as_bytes(), case.0.as_bytes()])?;
    }
    Ok(())
}

/// Those that stood before the first that differs stay as they are: a case grows at its end.
fn shares(
    conn: &Connection,
    case: CaseId,
    before: Option<&CaseRows>,
    after: &CaseRows,
) -> rusqlite::Result<()> {
    let known = before.map_or(&[][..], |rows| &rows.shares);
    let same = known.iter().zip(&after.shares).take_while(|(one, other)| one == other).count();
    if same < known.len() {
        conn.prepare_cached("DELETE FROM shares WHERE case_id = ?1 AND place >= ?2")?
            .execute(params![case.0.as_bytes(), i64::try_from(same).unwrap_or(i64::MAX)])?;
    }
    for (place, share) in after.shares.iter().enumerate().skip(same) {
        conn.prepare_cached("INSERT INTO shares (case_id, place, at, body) VALUES (?1, ?2, ?3, ?4)")?
            .execute(params![
                case.0.as_bytes(),
                i64::try_from(place).unwrap_or(i64::MAX),
                share.at.at.timestamp_millis(),
                json(share)?
            ])?;
    }
    Ok(())
}

fn record(
    conn: &Connection,
    id: CaseId,
    before: Option<&CaseRows>,
    after: &CaseRows,
) -> rusqlite::Result<()> {
    let Some(record) = &after.record else { return Ok(()) };
    if before.and_then(|rows| rows.record.as_ref()) == Some(record) {
        return Ok(());
    }
    let key = id.0.as_bytes();
    conn.prepare_cached(
        "INSERT INTO records (id, register, sort, location, closed, roles, row, answers, class, acting, sealed)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
         ON CONFLICT (id) DO UPDATE SET sort = ?3, location = ?4, closed = ?5, roles = ?6, row = ?7, answers = ?8,
            class = ?9, acting = ?10, sealed = ?11",
    )?
    .execute(params![
        key,
        record.row.register,
        record.sort,
        raw(record.row.location),
        i64::from(record.closed),
        json(&record.roles)?,
        json(&record.row)?,
        json(&record.answers)?,
        raw(record.class),
        json(&record.acting)?,
        json(&record.sealed)?,
    ])?;
    slot(conn, id, before.and_then(|rows| rows.record.as_ref()?.slot.as_ref()), record.slot.as_ref())?;
    let (old, new) = (keys(before), keys(Some(after)));
    for gone in old.difference(&new) {
        conn.prepare_cached("DELETE FROM find_keys WHERE register = ?1 AND key = ?2 AND record = ?3")?
            .execute(params![record.row.register, gone, key])?;
    }
    for found in new.difference(&old) {
        conn.prepare_cached("INSERT INTO find_keys (register, key, record) VALUES (?1, ?2, ?3)")?
            .execute(params![record.row.register, found, key])?;
    }
    Ok(())
}

/// The stretch of the rota that a record is.
fn slot(conn: &Connection, id: CaseId, before: Option<&Slot>, after: Option<&Slot>) -> rusqlite::Result<()> {
    if before == after {
        return Ok(());
    }
    conn.prepare_cached("DELETE FROM slots WHERE id = ?1")?.execute([id.0.as_bytes()])?;
    if let Some(slot) = after {
        conn.prepare_cached(
            "INSERT INTO slots (id, duty, staff, place, starts, ends, phone) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?
        .execute(params![
            id.0.as_bytes(),
            slot.duty,
            slot.staff.0.as_bytes(),
            raw(slot.place),
            slot.from.timestamp_millis(),
            slot.until.timestamp_millis(),
            slot.phone,
        ])?;
    }
    Ok(())
}

/// Counts at the location of the case and under its class: what it counted for before is taken off, what it counts for
/// now put on.
fn counts(conn: &Connection, before: Option<&CaseRows>, after: &CaseRows) -> rusqlite::Result<()> {
    let mut changes: BTreeMap<(&str, Vec<u8>, Vec<u8>), i64> = BTreeMap::new();
    let bytes = |id: Option<CaseId>| id.map(|id| id.0.as_bytes().to_vec()).unwrap_or_default();
    for (rows, sign) in before.map(|rows| (rows, -1)).into_iter().chain([(after, 1)]) {
        let (at, class) = (bytes(rows.case.location), bytes(rows.case.class));
        for (what, n) in &rows.counts {
            *changes.entry((what, at.clone(), class.clone())).or_default() += sign * n;
        }
    }
    for ((what, location, class), n) in changes.into_iter().filter(|(_, n)| *n != 0) {
        let place = params![what, location, class, n];
        let counted = conn
            .prepare_cached("UPDATE counts SET n = n + ?4 WHERE what = ?1 AND location = ?2 AND class = ?3")?
            .execute(place)?;
        if counted == 0 {
            conn.prepare_cached("INSERT INTO counts (what, location, class, n) VALUES (?1, ?2, ?3, ?4)")?
                .execute(place)?;
        }
        // A count that came to nothing has no row, so that a rebuilt table is the same table.
        if n < 0 {
            let emptied = "DELETE FROM counts WHERE what = ?1 AND location = ?2 AND class = ?3 AND n = 0";
            conn.prepare_cached(emptied)?.execute(params![what, location, class])?;
        }
    }
    Ok(())
}

/// One number, or none where nothing matches.
pub(in crate::store) fn scalar_count(conn: &Connection, sql: &str) -> rusqlite::Result<u64> {
    Ok(conn.prepare_cached(sql)?.query_row([], |row| count(row, 0)).optional()?.unwrap_or(0))
}

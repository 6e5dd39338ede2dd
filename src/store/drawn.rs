//! What an inspector's rehearsal is about, as it was drawn: read by the form that shows it and by the append that holds an
//! answer to it. How it is drawn, and how somebody checks it, stands in [`crate::insight::rehearsal`].

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, params};

use super::reads::reference_of;
use super::rows::{bytes32, count, hash, id, json, maybe_id, signed};
use super::scope::IS_STUB;
use super::{derive, ledger, merged};
use crate::domain::act::Act;
use crate::domain::answer::{Answer, Named};
use crate::domain::case::CaseState;
use crate::domain::commitment::Commitment;
use crate::domain::entry::{Entry, Said};
use crate::domain::ids::{CaseId, CommitmentId, Hash32, Seq};
use crate::domain::views::RecordRow;
use crate::domain::words::rehearsal as words;
use crate::insight::audit::{digest, listed};
use crate::insight::rehearsal::{drawn, instant, seed};
use crate::pathway::definition::{AuditPart, Pathway, Prefill, Question, Step};
use crate::pathway::edition::Editions;
use crate::pathway::fold::{self, Folding};

/// The register of whom one is drawn.
const PEOPLE: &str = "people";

/// How far the draw of a rehearsal has come.
pub(super) enum Draw {
    /// The first entry from then on draws it; there is none yet.
    From(DateTime<Utc>),
    /// It was drawn.
    Drawn(Box<Drawn>),
}

/// What was drawn.
pub(super) struct Drawn {
    /// The question, of the definitions in force at the time.
    pub(super) question: Question,
    /// The regulation or statement that it is about, with its framework.
    pub(super) framework: String,
    /// The record of whom it is about, or the one that it is read as by now, and the name there.
    pub(super) person: (CaseId, String),
    seed: String,
    method: String,
    counted: i64,
    /// From whom, by the references of their records.
    listed: String,
}

impl Drawn {
    /// What a field that is filled with this part of the draw holds; `None` for any other.
    pub(super) fn part(&self, part: AuditPart) -> Option<Answer> {
        let text = |words: &str| Some(Answer::Text(words.to_owned()));
        match part {
            AuditPart::Question => text(&self.question.ask),
            AuditPart::Framework => text(&self.framework),
            AuditPart::Seed => text(&self.seed),
            AuditPart::Method => text(&self.method),
            AuditPart::Counted => Some(Answer::Number(self.counted)),
            AuditPart::Population => text(&self.listed),
            AuditPart::Person => {
                let (person, name) = &self.person;
                Some(Answer::Named(Named { id: Some(*person), words: name.clone() }))
            }
            _ => None,
        }
    }
}

/// The step by which a rehearsal is held, where the pathway has one.
pub(super) fn holding(pathway: &Pathway) -> Option<&Step> {
    pathway.steps.iter().filter(|step| !step.retired).find(|step| {
        let mut fields = step.fields.iter();
        fields.any(|field| field.prefill == Some(Prefill::Audit(AuditPart::Question)))
    })
}

/// The rehearsal of this case that comes round now: one is owed at a time.
pub(super) fn round<'s>(step: &Step, state: &'s CaseState) -> Option<&'s Commitment> {
    let is_it = |owed: &&Commitment| {
        owed.progress.is_open() && owed.opened_in.as_ref().is_some_and(|rows| step.on.contains(rows))
    };
    state.commitments.iter().find(is_it)
}

/// What was drawn for it; `None` where nobody or nothing can be drawn.
pub(super) fn of(
    conn: &Connection,
    with: Folding<'_>,
    state: &CaseState,
    round: &Commitment,
) -> rusqlite::Result<Option<Draw>> {
    let round = as_first_drawn(conn, state, round)?;
    let from = comes_up(round);
    let Some((seq, drawing)) = drawing(conn, round, from)? else { return Ok(Some(Draw::From(from))) };
    let edition = edition_at(conn, with.editions, seq)?;
    let seed = seed(&reference_of(conn, state.id)?, round.due, drawing);
    let asked = || edition.tags.questions.iter().filter(|question| !question.retired);
    let questions: Vec<String> = asked().map(|question| question.id.clone()).collect();
    let question = drawn(&questions, &seed).and_then(|id| asked().find(|question| question.id == *id));
    let people = people(conn, with, place_at(conn, with, state, seq)?, seq)?;
    let ids: Vec<String> = people.keys().cloned().collect();
    let person = drawn(&ids, &seed).and_then(|id| people.get(id)).cloned();
    let (Some(question), Some(person)) = (question, person) else { return Ok(None) };
    let framework = edition.tags.framework(&question.tag).map_or_else(String::new, |framework| {
        words::framework(edition.tags.title(&question.tag), &framework.title, &framework.edition)
    });
    let who = reference_of(conn, person.0)?;
    let method = words::method((&question.id, &who), (seq, &instant(from)), &digest(&ids));
    let counted = i64::try_from(ids.len()).unwrap_or(i64::MAX);
    let mut references: Vec<String> =
        people.values().map(|(id, _)| reference_of(conn, *id)).collect::<rusqlite::Result<_>>()?;
    // By their numbers, so that they stand in little room.
    references.sort_by(|one, other| (one.len(), one).cmp(&(other.len(), other)));
    let (question, listed) = (question.clone(), listed(&references));
    let person = as_it_is_read(conn, person)?;
    Ok(Some(Draw::Drawn(Box::new(Drawn { question, framework, person, seed, method, counted, listed }))))
}

/// Whoever was drawn, by the record that theirs is read as today.
fn as_it_is_read(conn: &Connection, drawn: (CaseId, String)) -> rusqlite::Result<(CaseId, String)> {
    let kept = merged::kept(conn, drawn.0)?;
    if kept == drawn.0 {
        return Ok(drawn);
    }
    let mut row = conn.prepare_cached("SELECT row FROM records WHERE id = ?1")?;
    let row = row.query_row([kept.0.as_bytes()], |row| json::<RecordRow>(row, 0)).optional()?;
    // Where no row is left of it, nothing says more than what was drawn.
    Ok(row.map_or(drawn, |row| (kept, row.name)))
}

/// From when on the first entry draws for it.
fn comes_up(round: &Commitment) -> DateTime<Utc> {
    round.warn_from.unwrap_or(round.due)
}

/// The rehearsal as it stood when it was drawn. A correction or a new date puts another in its place, and does not draw again
/// what had been drawn before: otherwise somebody could look, correct and look again until it suits them.
fn as_first_drawn<'s>(
    conn: &Connection,
    state: &'s CaseState,
    round: &'s Commitment,
) -> rusqlite::Result<&'s Commitment> {
    let (mut drawn, mut newer) = (round, round);
    while let Some(older) = newer.supersedes.as_ref().and_then(|id| find(state, id)) {
        let before = drawing(conn, older, comes_up(older))?;
        let replaced = state.entries.iter().find(|mark| mark.id == newer.opened_by).map(|mark| mark.seq);
        if before.zip(replaced).is_some_and(|((before, _), replaced)| before < replaced) {
            drawn = older;
        }
        newer = older;
    }
    Ok(drawn)
}

fn find<'s>(state: &'s CaseState, id: &CommitmentId) -> Option<&'s Commitment> {
    state.commitments.iter().find(|one| one.id == *id)
}

/// Where it was held at this entry: what is corrected afterwards draws from nobody else.
fn place_at(
    conn: &Connection,
    with: Folding<'_>,
    state: &CaseState,
    seq: Seq,
) -> rusqlite::Result<Option<CaseId>> {
    Ok(as_it_stood(conn, with, state.id, seq)?.0.map_or(state.location, |then| then.location))
}

/// A case or record as it stood at this entry, and its entries until then.
fn as_it_stood(
    conn: &Connection,
    with: Folding<'_>,
    case: CaseId,
    seq: Seq,
) -> rusqlite::Result<(Option<CaseState>, Vec<Entry>)> {
    let entries: Vec<_> = ledger::of_case(conn, case, seq)?.iter().map(|stored| stored.read().0).collect();
    Ok((fold::refold(&entries, with), entries))
}

/// The entry that draws: the first that was recorded from this time on, and not before the one that made it come round.
fn drawing(
    conn: &Connection,
    round: &Commitment,
    from: DateTime<Utc>,
) -> rusqlite::Result<Option<(Seq, Hash32)>> {
    conn.prepare_cached(
        "SELECT seq, hash FROM entries
         WHERE seq >= (SELECT seq FROM entries WHERE id = ?1) AND recorded_at >= ?2 ORDER BY seq LIMIT 1",
    )?
    .query_row(params![round.opened_by.0.as_bytes(), from.timestamp_millis()], |row| {
        Ok((count(row, 0)?, Hash32(bytes32(row, 1)?)))
    })
    .optional()
}

/// The definitions that were in force at this entry; those in force now where this program cannot read them.
fn edition_at<'e>(
    conn: &Connection,
    editions: &'e Editions,
    seq: Seq,
) -> rusqlite::Result<&'e crate::pathway::edition::Edition> {
    let id = conn
        .prepare_cached("SELECT id FROM editions WHERE seq <= ?1 ORDER BY seq DESC LIMIT 1")?
        .query_row([signed(seq)], |row| hash(row, 0))
        .optional()?
        .flatten();
    Ok(id.and_then(|id| editions.get(id)).unwrap_or_else(|| editions.current()))
}

/// Of whom one is drawn, by the id of their record: those who had one of their own and were supported there at the entry that
/// draws, and whose record was kept to nobody then, so that what a form was filled with stays what was drawn. What was disposed
/// of since has no words any more that would say who it was. Who may read whom makes no difference: it is the same for whoever
/// opens the form.
fn people(
    conn: &Connection,
    with: Folding<'_>,
    place: Option<CaseId>,
    drawing: Seq,
) -> rusqlite::Result<BTreeMap<String, (CaseId, String)>> {
    let mut statement = conn.prepare_cached(&format!(
        "SELECT r.id, r.row, r.closed, r.location, r.class IS NOT NULL OR NOT {},
            EXISTS (SELECT 1 FROM case_entries c WHERE c.case_id = r.id AND c.seq > ?2)
         FROM records r JOIN entries e ON e.id = r.id
         WHERE r.register = ?1 AND e.seq <= ?2
            AND NOT EXISTS (SELECT 1 FROM restrictions WHERE restrictions.id = r.id AND {IS_STUB})",
        merged::STANDS
    ))?;
    let mut rows = statement.query(params![PEOPLE, signed(drawing)])?;
    let mut people = BTreeMap::new();
    while let Some(row) = rows.next()? {
        let person = id(row, 0)?;
        let (mut left, mut lives, mut apart) = (row.get(2)?, maybe_id(row, 3)?, row.get(4)?);
        let changed_since: bool = row.get(5)?;
        if changed_since && let (Some(then), entries) = as_it_stood(conn, with, person, drawing)? {
            (left, lives) = (then.closed, derive::location_of(&then, with.editions));
            apart = derive::is_restricted(&then, with.editions) || is_merged_away(person, &entries);
        }
        if !left && !apart && place.is_none_or(|place| lives == Some(place)) {
            people.insert(person.to_string(), (person, json::<RecordRow>(row, 1)?.name));
        }
    }
    Ok(people)
}

/// Whether a record is read as another after these entries of it.
fn is_merged_away(record: CaseId, entries: &[Entry]) -> bool {
    let last = entries.iter().rev().find_map(|entry| match &entry.said {
        Said::Act(Act::Merge { gone, .. }) if *gone == record => Some(true),
        Said::Act(Act::Unmerge { gone, .. }) if *gone == record => Some(false),
        _ => None,
    });
    last.unwrap_or(false)
}

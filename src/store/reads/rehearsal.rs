//! What the form of an inspector's rehearsal is filled with: the question and the person who were drawn, and what the records
//! of that person have that serves the question.
//!
//! Who and what is drawn is left to [`super::super::drawn`]: it is the same for whoever opens the form, and nobody who may not
//! read the record of the person who was drawn is told whose it is.

use chrono::{DateTime, TimeDelta, Utc};
use rusqlite::params;

use super::super::Store;
use super::super::derive::reference;
use super::super::drawn::{self, Draw, Drawn};
use super::super::error::ReadError;
use super::super::merged;
use super::super::rows::{instant, json};
use super::super::scope::Scope;
use super::audit::line;
use crate::domain::answer::Answer;
use crate::domain::case::{CaseState, EntryMark};
use crate::domain::ids::CaseId;
use crate::domain::time::display;
use crate::domain::views::Past;
use crate::domain::words::rehearsal as words;
use crate::pathway::definition::{AuditPart, Pathway, Question};
use crate::pathway::edition::Edition;
use crate::pathway::fold::Folding;
use crate::pathway::tags;

/// How far back the records of the person are looked at.
const BACK: TimeDelta = TimeDelta::days(366);
/// How many of each are named.
const NAMED: usize = 12;
/// What of the draw stands in the form, in the order in which it is asked.
const PARTS: [AuditPart; 7] = [
    AuditPart::Question,
    AuditPart::Framework,
    AuditPart::Person,
    AuditPart::Method,
    AuditPart::Seed,
    AuditPart::Counted,
    AuditPart::Population,
];

impl Store {
    /// What was drawn and what the records have; nothing where the pathway rehearses nothing, or none comes round.
    pub(super) fn rehearsed(
        &self,
        scope: &Scope,
        state: &CaseState,
        pathway: &Pathway,
        now: DateTime<Utc>,
    ) -> Result<Vec<Past>, ReadError> {
        let step = drawn::holding(pathway);
        let Some(round) = step.and_then(|step| drawn::round(step, state)) else { return Ok(Vec::new()) };
        let (editions, zone) = (self.editions()?, self.zone()?);
        let with = Folding { editions: &editions, zone: &zone };
        let past = |part, answer| line(round.opened_by, String::new(), part, answer);
        let says = |words: String| vec![past(AuditPart::Records, Answer::Text(words))];
        let found: Box<Drawn> = match drawn::of(&self.conn, with, state, round)? {
            Some(Draw::Drawn(found)) => found,
            Some(Draw::From(from)) => return Ok(says(words::not_yet(&display::short(from, now, zone)))),
            None => return Ok(says(words::NOBODY_TO_DRAW.to_owned())),
        };
        // What it is about would be told by the question and the place alone.
        if !self.reads(scope, found.person.0)? {
            return Ok(says(words::NOT_READ.to_owned()));
        }
        let mut all: Vec<Past> =
            PARTS.iter().filter_map(|part| Some(past(*part, found.part(*part)?))).collect();
        let edition = editions.current();
        let records = self.of_person(scope, edition, (found.person.0, &found.question), now)?;
        all.push(past(AuditPart::Records, Answer::Text(records)));
        Ok(all)
    }

    /// Whether this record may be read.
    fn reads(&self, scope: &Scope, record: CaseId) -> Result<bool, ReadError> {
        let mut statement = self
            .conn
            .prepare_cached(&format!("SELECT 1 FROM records r WHERE r.id = ?1 AND {}", scope.on("r")))?;
        Ok(statement.exists([record.0.as_bytes()])?)
    }

    /// What serves the question in the last year, by case and entries, and what is late or blank in any case about them.
    fn of_person(
        &self,
        scope: &Scope,
        edition: &Edition,
        (person, question): (CaseId, &Question),
        now: DateTime<Utc>,
    ) -> Result<String, ReadError> {
        let zone = self.zone()?;
        let mut statement = self.conn.prepare_cached(&format!(
            "SELECT c.letter, c.number, c.opened_at, c.body FROM cases c
             WHERE c.subject IN ({}) AND c.register = 0 AND (c.opened_at >= ?1 OR c.closed = 0) AND c.class IS NULL AND {}
             ORDER BY c.opened_at DESC, c.id DESC",
            merged::listed(&self.conn, person)?,
            scope.on("c")
        ))?;
        let mut rows = statement.query(params![(now - BACK).timestamp_millis()])?;
        let (mut serves, mut gaps) = (Vec::new(), Vec::new());
        while let Some(row) = rows.next()? {
            let reference = reference(&row.get::<_, String>(0)?, row.get(1)?);
            let (opened, state): (_, CaseState) = (instant(row, 2)?, json(row, 3)?);
            let tagged = tags::of_case(edition, &state);
            if let Some(found) = tagged.iter().find(|one| one.tag == question.tag) {
                let title = edition.pathway_title(&state.pathway);
                serves.push(words::serves(
                    &reference,
                    title,
                    &display::short(opened, now, zone),
                    &found.entries,
                ));
            }
            let late = state.commitments.iter().filter(|owed| owed.progress.is_open() && owed.due < now);
            gaps.extend(
                late.map(|owed| words::late(&reference, &owed.what, &display::short(owed.due, now, zone))),
            );
            let blank = |mark: &&EntryMark| mark.counts() && !mark.missing.is_empty();
            let blanks: usize = state.entries.iter().filter(blank).map(|mark| mark.missing.len()).sum();
            gaps.extend((blanks > 0).then(|| words::blank(&reference, blanks)));
        }
        Ok(words::records(&named(serves), &named(gaps)))
    }
}

/// The first of them, and how many more there are.
fn named(mut all: Vec<String>) -> Vec<String> {
    let more = all.len().saturating_sub(NAMED);
    all.truncate(NAMED);
    all.extend((more > 0).then(|| words::more(more)));
    all
}

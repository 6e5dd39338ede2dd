//! What the form of an inspector's rehearsal is filled with: a question and a person, drawn by the last entry of the case, and
//! what the records of that person have that serves the question.
//!
//! Whose record is kept to a few is never drawn: whoever reads the rehearsal would learn of it. The people are those whom whoever
//! opens the form may read; how many they were, what tells them from others, the seed and what was drawn are kept with it.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use rusqlite::params;

use super::super::Store;
use super::super::derive::reference;
use super::super::error::ReadError;
use super::super::merged;
use super::super::rows::{id, instant, json, literal};
use super::super::scope::Scope;
use super::audit::line;
use super::reference_of;
use crate::domain::answer::{Answer, Named};
use crate::domain::case::{CaseState, EntryMark};
use crate::domain::ids::CaseId;
use crate::domain::time::display;
use crate::domain::views::{Past, RecordRow};
use crate::domain::words::rehearsal as words;
use crate::insight::audit::{digest, draw};
use crate::pathway::definition::{AuditPart, Pathway, Prefill, Question};
use crate::pathway::edition::Edition;
use crate::pathway::tags;

/// The register of whom one is drawn.
const PEOPLE: &str = "people";
/// How far back the records of the person are looked at.
const BACK: TimeDelta = TimeDelta::days(366);
/// How many of each are named.
const NAMED: usize = 12;

impl Store {
    /// What is drawn and what the records have; nothing where the pathway rehearses nothing.
    pub(super) fn rehearsed(
        &self,
        scope: &Scope,
        state: &CaseState,
        pathway: &Pathway,
        now: DateTime<Utc>,
    ) -> Result<Vec<Past>, ReadError> {
        let asks = |part| {
            let mut fields = pathway.steps.iter().flat_map(|step| &step.fields);
            fields.any(|field| field.prefill == Some(Prefill::Audit(part)))
        };
        let last = state.entries.iter().rev().find(|mark| mark.edition.is_some() && mark.counts());
        let (true, Some(last)) = (asks(AuditPart::Question), last) else { return Ok(Vec::new()) };
        let (editions, seed) = (self.editions()?, last.id.to_string());
        let edition = editions.current();
        let text = |part, text: String| line(last.id, String::new(), part, Answer::Text(text));
        let mut past = Vec::new();
        let Some(question) = drawn_question(edition, &seed) else { return Ok(past) };
        past.push(text(AuditPart::Question, question.ask.clone()));
        if let Some(framework) = edition.tags.framework(&question.tag) {
            let title = edition.tags.title(&question.tag);
            past.push(text(
                AuditPart::Framework,
                words::framework(title, &framework.title, &framework.edition),
            ));
        }
        let people = self.people_to_draw(scope, state)?;
        let ids: Vec<String> = people.keys().cloned().collect();
        let drawn = draw(&ids, &seed, 1).first().and_then(|id| people.get(*id)).cloned();
        if let Some((person, name)) = drawn {
            let counted = i64::try_from(ids.len()).unwrap_or(i64::MAX);
            past.push(text(AuditPart::Seed, seed.clone()));
            past.push(text(
                AuditPart::Method,
                words::method(&question.id, &reference_of(&self.conn, person)?, &digest(&ids)),
            ));
            past.push(line(last.id, String::new(), AuditPart::Counted, Answer::Number(counted)));
            let named = Named { id: Some(person), words: name };
            past.push(line(last.id, String::new(), AuditPart::Person, Answer::Named(named)));
            past.push(text(AuditPart::Records, self.of_person(scope, edition, (person, question), now)?));
        }
        Ok(past)
    }

    /// Of whom one is drawn, by the id of their record.
    fn people_to_draw(
        &self,
        scope: &Scope,
        state: &CaseState,
    ) -> Result<BTreeMap<String, (CaseId, String)>, ReadError> {
        let place = state.location.map_or(String::new(), |id| format!("AND r.location = {}", literal(id)));
        let mut statement = self.conn.prepare_cached(&format!(
            "SELECT r.id, r.row FROM records r
             WHERE r.register = ?1 AND r.closed = 0 AND r.class IS NULL AND {} {place}",
            scope.on("r")
        ))?;
        let rows = statement.query_map([PEOPLE], |row| Ok((id(row, 0)?, json::<RecordRow>(row, 1)?)))?;
        let all = rows.map(|row| row.map(|(id, row)| (id.to_string(), (id, row.name))));
        Ok(all.collect::<rusqlite::Result<_>>()?)
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

fn drawn_question<'e>(edition: &'e Edition, seed: &str) -> Option<&'e Question> {
    let asked = || edition.tags.questions.iter().filter(|question| !question.retired);
    let ids: Vec<String> = asked().map(|question| question.id.clone()).collect();
    let id = draw(&ids, seed, 1).first().copied()?;
    asked().find(|question| question.id == *id)
}

/// The first of them, and how many more there are.
fn named(mut all: Vec<String>) -> Vec<String> {
    let more = all.len().saturating_sub(NAMED);
    all.truncate(NAMED);
    all.extend((more > 0).then(|| words::more(more)));
    all
}

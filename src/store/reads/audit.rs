//! Audits of records: the list of them, one with what it comes to, and what its forms are filled with. The sample is drawn,
//! and an answer proposed, by [`insight::audit`].
//!
//! Records that are kept to a few are in no sample that others read: they would learn of them. How many they are stands beside
//! it. An audit that is kept to those who may see all of them draws from those records alone, so that both together leave
//! nothing out.
//!
//! [`insight::audit`]: crate::insight::audit

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use rusqlite::params;

use super::super::Store;
use super::super::derive::reference;
use super::super::error::ReadError;
use super::super::rows::{json, literal};
use super::super::scope::Scope;
use crate::domain::answer::{Answer, Answers, Check};
use crate::domain::audit::{AND, DRAWN};
use crate::domain::case::{CaseState, EntryMark};
use crate::domain::commitment::Progress;
use crate::domain::entry::Said;
use crate::domain::ids::{CaseId, EntryId};
use crate::domain::permission::Viewer;
use crate::domain::views::{Audit, AuditRow, Past, PastAnswer, Sampled, Told};
use crate::domain::words::audit as words;
use crate::insight::audit as insight;
use crate::pathway::definition::{
    Always, AuditPart, AuditRules, AuditSteps, Field, Kind, Means, Pathway, Prefill, Step,
};
use crate::pathway::predicate::{Facts, applies};

/// Which records are meant.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kept {
    /// Those that are kept to nobody.
    ToNobody,
    /// Those that are kept to a few, as far as the viewer is among them.
    ToAFew,
    /// All that are kept to a few, to be counted and no more.
    Counted,
}

impl Store {
    /// Audits as somebody may see them, the latest first: each time that a sample was asked for is one.
    ///
    /// # Errors
    /// [`ReadError::Denied`] where the viewer may not read people's records.
    pub fn audits(
        &self,
        viewer: &Viewer,
        now: DateTime<Utc>,
        limit: u32,
    ) -> Result<Vec<AuditRow>, ReadError> {
        let scope = self.scope(viewer)?;
        let editions = self.editions()?;
        let mut rows = Vec::new();
        for pathway in editions.current().pathways.with(|head| head.reviews) {
            if AuditSteps::of(pathway).is_none() {
                continue;
            }
            let condition = format!("WHERE c.pathway = '{}'", pathway.id);
            for case in self.cases_where(&scope, &condition, limit)? {
                let audits = self.audits_of(viewer, case.id, now)?;
                rows.extend(audits.into_iter().map(|audit| AuditRow {
                    case: case.id,
                    reference: case.reference.clone(),
                    pathway: case.pathway.clone(),
                    headline: case.headline.clone(),
                    audit,
                }));
            }
        }
        rows.sort_by_key(|row| std::cmp::Reverse((row.audit.drawn.at, row.audit.drawn_by)));
        rows.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
        Ok(rows)
    }

    /// The audits of one case, the latest first.
    ///
    /// # Errors
    /// [`ReadError::NotFound`], and [`ReadError::Denied`] where the viewer may not read it.
    pub fn audits_of(
        &self,
        viewer: &Viewer,
        case: CaseId,
        now: DateTime<Utc>,
    ) -> Result<Vec<Audit>, ReadError> {
        let view = self.case(viewer, case, now)?;
        let editions = self.editions()?;
        let Some(pathway) = editions.current().pathways.get(&view.state.pathway) else {
            return Ok(Vec::new());
        };
        let Some(steps) = AuditSteps::of(pathway) else { return Ok(Vec::new()) };
        let mut audits = audits(pathway, steps, &editions.current().audit, &view.state, &view.chronology);
        audits.reverse();
        Ok(audits)
    }

    /// What the forms of an audit are filled with; empty where the case is none.
    pub(super) fn audited(
        &self,
        scope: &Scope,
        state: &CaseState,
        chronology: &[Told],
        now: DateTime<Utc>,
    ) -> Result<Vec<Past>, ReadError> {
        let editions = self.editions()?;
        let edition = editions.current();
        let Some(pathway) = edition.pathways.get(&state.pathway) else { return Ok(Vec::new()) };
        let Some(steps) = AuditSteps::of(pathway) else { return self.rehearsed(scope, state, pathway, now) };
        let all = audits(pathway, steps, &edition.audit, state, chronology);
        let Some(audit) = all.last() else { return Ok(Vec::new()) };
        if audit.seed.is_empty() {
            return self.to_draw(scope, state, (steps, &edition.audit), audit, now);
        }
        let said = insight::told(audit, all.len().checked_sub(2).and_then(|at| all.get(at)));
        let mut past = vec![line(audit.drawn_by, String::new(), AuditPart::Result, Answer::Text(said))];
        for sampled in audit.sample.iter().filter(|one| one.answers.is_none()) {
            past.extend(self.proposed(scope, sampled, &edition.audit, now)?);
        }
        Ok(past)
    }

    /// The sample that was asked for, with all that anyone needs to draw it again.
    fn to_draw(
        &self,
        scope: &Scope,
        state: &CaseState,
        (steps, rules): (AuditSteps<'_>, &AuditRules),
        audit: &Audit,
        now: DateTime<Utc>,
    ) -> Result<Vec<Past>, ReadError> {
        let (Some(from), Some(until)) = (audit.from, audit.until) else { return Ok(Vec::new()) };
        let zone = self.zone()?;
        let end = zone.start_of_day(until.succ_opt().unwrap_or(until)).timestamp_millis();
        let between = (zone.start_of_day(from).timestamp_millis(), end);
        let class: Option<Vec<u8>> = self
            .conn
            .prepare_cached("SELECT class FROM cases WHERE id = ?1")?
            .query_row([state.id.0.as_bytes()], |row| row.get(0))?;
        let kept = if class.is_some() { Kept::ToAFew } else { Kept::ToNobody };
        let of: Vec<(String, CaseState)> = self.of_time(scope, state, &rules.of, between, kept)?;
        let population: Vec<String> = of.into_iter().map(|(reference, _)| reference).collect();
        let size = insight::size(population.len(), audit.wanted.0, audit.wanted.1);
        let seed = audit.drawn_by.to_string();
        let mut sample: Vec<(String, Vec<&str>)> = insight::draw(&population, &seed, size)
            .into_iter()
            .map(|one| (one.clone(), vec![DRAWN]))
            .collect();
        let blank = Answers::new();
        let is_one = |always: &Always, case: &CaseState| {
            applies(&always.when, &Facts::of(steps.sample, &blank, Some(case), now))
        };
        for always in &rules.always {
            for (reference, other) in self.of_time(scope, state, &always.of, between, kept)? {
                if !is_one(always, &other) {
                    continue;
                }
                match sample.iter_mut().find(|(known, _)| *known == reference) {
                    Some((_, why)) => why.push(&always.id),
                    None => sample.push((reference, vec![&always.id])),
                }
            }
        }
        let mut apart = Vec::new();
        if kept == Kept::ToNobody {
            apart.push(words::restricted(
                self.of_time(scope, state, &rules.of, between, Kept::Counted)?.len(),
            ));
            for always in &rules.always {
                let hidden = self.of_time(scope, state, &always.of, between, Kept::Counted)?;
                let counted = hidden.iter().filter(|(_, other)| is_one(always, other)).count();
                apart.extend((counted > 0).then(|| words::restricted_of(&always.title, counted)));
            }
        }
        let text = |part, text| line(audit.drawn_by, String::new(), part, Answer::Text(text));
        let counted = i64::try_from(population.len()).unwrap_or(i64::MAX);
        let mut past = vec![
            text(AuditPart::Seed, seed),
            text(AuditPart::Method, words::method(size)),
            text(AuditPart::Population, insight::listed(&population)),
            line(audit.drawn_by, String::new(), AuditPart::Counted, Answer::Number(counted)),
            text(AuditPart::Restricted, apart.join("\n")),
        ];
        past.extend(sample.into_iter().map(|(reference, why)| {
            line(audit.drawn_by, reference, AuditPart::Sample, Answer::Text(why.join(AND)))
        }));
        Ok(past)
    }

    /// Cases of these pathways that came between two times (milliseconds), by their references, in their order; at the place
    /// of the audit, where it is about one.
    fn of_time(
        &self,
        scope: &Scope,
        state: &CaseState,
        pathways: &[String],
        (from, until): (i64, i64),
        kept: Kept,
    ) -> Result<Vec<(String, CaseState)>, ReadError> {
        let class = match kept {
            Kept::ToNobody => format!("c.class IS NULL AND {}", scope.on("c")),
            Kept::ToAFew => format!("c.class IS NOT NULL AND {}", scope.on("c")),
            Kept::Counted => format!("c.class IS NOT NULL AND {}", scope.stands("c")),
        };
        let place = state.location.map_or(String::new(), |id| format!("AND c.location = {}", literal(id)));
        let mut statement = self.conn.prepare_cached(&format!(
            "SELECT c.letter, c.number, c.body FROM cases c
             WHERE c.pathway IN ('{}') AND c.register = 0 AND c.called_at >= ?1 AND c.called_at < ?2
                AND {class} {place} ORDER BY c.letter, c.number",
            pathways.join("', '"),
        ))?;
        let mut rows = statement.query(params![from, until])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            found.push((reference(&row.get::<_, String>(0)?, row.get(1)?), json(row, 2)?));
        }
        Ok(found)
    }

    /// What the record of a case of the sample shows, and what it proposes. Nothing where it may not be read.
    fn proposed(
        &self,
        scope: &Scope,
        sampled: &Sampled,
        rules: &AuditRules,
        now: DateTime<Utc>,
    ) -> Result<Vec<Past>, ReadError> {
        let editions = self.editions()?;
        let ids = self.by_reference(&sampled.reference)?;
        let found: Vec<CaseState> = ids.into_iter().filter_map(|id| self.state(scope, id).ok()).collect();
        let [state] = found.as_slice() else { return Ok(Vec::new()) };
        let edition = editions.current();
        let (Some(pathway), zone) = (edition.pathways.get(&state.pathway), self.zone()?) else {
            return Ok(Vec::new());
        };
        let periods = &edition.working_periods;
        let with = insight::Showing { state, pathway, periods, zone, now };
        let asked = rules.criteria.iter().filter(|criterion| !criterion.retired);
        let (mut shown, mut checks) = (Vec::new(), Vec::new());
        for criterion in asked {
            let proposed = insight::propose(criterion, with);
            if criterion.of.contains(&pathway.id) {
                shown.push(words::shown(&criterion.title, proposed.answer, &proposed.shows));
            }
            // Why not, as far as the record says it; what is met needs no reason.
            let note = if proposed.answer == Some("yes") { String::new() } else { proposed.shows };
            checks.extend(proposed.answer.map(|answer| Check {
                item: proposed.id,
                answer: answer.to_owned(),
                note,
                expires: None,
            }));
        }
        let entry = state.entries.first().map(|mark| mark.id);
        let part = |part, answer| entry.map(|entry| line(entry, sampled.reference.clone(), part, answer));
        let shown = part(AuditPart::Shown, Answer::Text(shown.join("\n")));
        Ok(shown.into_iter().chain(part(AuditPart::Proposed, Answer::Checklist(checks))).collect())
    }
}

pub(super) fn line(entry: EntryId, source: String, part: AuditPart, answer: Answer) -> Past {
    let words = match &answer {
        Answer::Text(text) => text.clone(),
        _ => String::new(),
    };
    Past {
        entry,
        pathway: String::new(),
        of_record: false,
        source,
        stood: 0,
        answers: vec![PastAnswer { means: part.name().to_owned(), label: String::new(), answer, words }],
    }
}

/// The answers of an entry as they stand.
fn answers(told: &Told) -> Option<&Answers> {
    match &told.entry.said {
        Said::Step(said) => Some(told.answers.as_ref().unwrap_or(&said.answers)),
        _ => None,
    }
}

/// The audits of a case in the order in which samples were asked for.
fn audits(
    pathway: &Pathway,
    steps: AuditSteps<'_>,
    rules: &AuditRules,
    state: &CaseState,
    chronology: &[Told],
) -> Vec<Audit> {
    let counts = |told: &&Told| {
        state.entries.iter().find(|mark| mark.id == told.entry.id).is_some_and(EntryMark::counts)
    };
    let mut told: Vec<&Told> = chronology.iter().filter(counts).collect();
    told.sort_by_key(|told| told.entry.seq);
    let by_id: BTreeMap<EntryId, &Told> = told.iter().map(|told| (told.entry.id, *told)).collect();
    let mut all: Vec<Audit> = Vec::new();
    for one in told {
        let Said::Step(said) = &one.entry.said else { continue };
        let Some(answers) = answers(one) else { continue };
        if said.step == steps.draw.id {
            let number = |means| match steps.draw.meaning(means).and_then(|field| answers.get(&field.id)) {
                Some(Answer::Number(number)) => usize::try_from(*number).unwrap_or(0),
                _ => 0,
            };
            let day = |means| match answers.get(&steps.draw.meaning(means)?.id)? {
                Answer::Date(day) => Some(*day),
                _ => None,
            };
            all.push(Audit {
                drawn_by: one.entry.id,
                drawn: one.occurred,
                from: day(Means::PeriodFrom),
                until: day(Means::PeriodUntil),
                seed: String::new(),
                method: String::new(),
                population: Vec::new(),
                sample: Vec::new(),
                restricted: String::new(),
                wanted: (number(Means::SampleSize), number(Means::SamplePercent)),
                same_again: None,
                differs: Vec::new(),
                drawn_lines: Vec::new(),
                apart: Vec::new(),
                before: all.last().map(Audit::together),
                actions: (0, 0),
                finished: None,
            });
            continue;
        }
        let Some(audit) = all.last_mut() else { continue };
        if said.step == steps.sample.id {
            (audit.seed, audit.method) = (
                text(steps.sample, answers, AuditPart::Seed),
                text(steps.sample, answers, AuditPart::Method),
            );
            audit.population = insight::read_list(&text(steps.sample, answers, AuditPart::Population));
            audit.sample = sampled(steps, one.entry.id, answers, state, &by_id);
            audit.restricted = text(steps.sample, answers, AuditPart::Restricted);
            audit.differs = insight::differs(audit);
            audit.same_again = Some(audit.differs.is_empty());
            let scored = insight::comes_to(rules, &audit.sample);
            (audit.drawn_lines, audit.apart) = (scored.drawn, scored.apart);
        } else if said.step == steps.score.id {
            let of_it = state.commitments.iter().filter(|owed| owed.opened_by == one.entry.id);
            let actions = of_it.filter(|owed| owed.opened_in.is_some() && owed.supersedes.is_none());
            for owed in actions {
                audit.actions.1 += 1;
                audit.actions.0 += u64::from(still_open(state, owed.id.clone()));
            }
        } else if pathway.step(&said.step).is_some_and(finishes) {
            audit.finished = Some(one.occurred);
        }
    }
    all
}

/// Whether an action, or what took its place, is still owed.
fn still_open(state: &CaseState, id: crate::domain::ids::CommitmentId) -> bool {
    let mut at = Some(id);
    while let Some(owed) = at.and_then(|id| state.commitments.iter().find(|one| one.id == id)) {
        if owed.progress.is_open() {
            return true;
        }
        at = owed.superseded_by.clone();
    }
    false
}

/// Whether the step says what the audit comes to.
fn finishes(step: &Step) -> bool {
    step.fields.iter().any(|field| field.prefill == Some(Prefill::Audit(AuditPart::Result)))
}

fn text(step: &Step, answers: &Answers, part: AuditPart) -> String {
    let is_it = |field: &&Field| field.prefill == Some(Prefill::Audit(part));
    let said = step.fields.iter().find(is_it).and_then(|field| answers.get(&field.id));
    match said {
        Some(Answer::Text(text)) => text.clone(),
        _ => String::new(),
    }
}

/// The cases of a sample with what was answered of each.
fn sampled(
    steps: AuditSteps<'_>,
    entry: EntryId,
    answers: &Answers,
    state: &CaseState,
    by_id: &BTreeMap<EntryId, &Told>,
) -> Vec<Sampled> {
    let from = Some(Prefill::Audit(AuditPart::Sample));
    let table = steps.sample.fields.iter().find_map(|field| match &field.kind {
        Kind::Rows { columns, from: rows } if *rows == from => Some((field, columns)),
        _ => None,
    });
    let Some((field, columns)) = table else { return Vec::new() };
    let Some(Answer::Rows(rows)) = answers.get(&field.id) else { return Vec::new() };
    let reference = columns.iter().find(|column| column.means == Some(Means::TakenFrom));
    let why = columns.iter().find(|column| column.kind == Kind::Text && column.means.is_none());
    let cell = |row: &Answers, column: Option<&Field>| match column.and_then(|column| row.get(&column.id)) {
        Some(Answer::Text(text)) => text.clone(),
        _ => String::new(),
    };
    let scores =
        steps.score.fields.iter().find(|field| field.prefill == Some(Prefill::Audit(AuditPart::Proposed)));
    let scored = |at: usize| {
        let place = format!("{}.{at}", field.id);
        let mut of_row =
            state.commitments.iter().filter(|owed| owed.id.entry == entry && owed.id.place == place);
        let by = of_row.find(|owed| owed.progress == Progress::Confirmed)?.settled_by?;
        match self::answers(by_id.get(&by)?)?.get(&scores?.id)? {
            Answer::Checklist(checks) => Some(checks.clone()),
            _ => None,
        }
    };
    let row = |(at, row): (usize, &Answers)| Sampled {
        reference: cell(row, reference),
        why: cell(row, why).split(AND.trim()).map(|why| why.trim().to_owned()).collect(),
        answers: scored(at),
    };
    rows.iter().enumerate().map(row).collect()
}

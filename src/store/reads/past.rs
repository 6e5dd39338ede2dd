//! What stands in the record about whom a case is about, as far as the forms of its pathway are filled with it: their own
//! record, and their other cases. Read only where a form asks for it, and only what the viewer may see.

use std::collections::BTreeSet;

use rusqlite::params;

use super::super::Store;
use super::super::error::ReadError;
use super::super::ledger;
use super::super::merged;
use super::super::rows::id;
use super::super::scope::Scope;
use super::{Veil, reference_of};
use crate::domain::answer::{Answer, Answers, Named};
use crate::domain::case::{CaseState, EntryMark};
use crate::domain::entry::{Entry, Said, StepSaid};
use crate::domain::ids::CaseId;
use crate::domain::time::{Zone, display};
use crate::domain::views::{Past, PastAnswer};
use crate::domain::words::show as words;
use crate::pathway::definition::{Means, Step};
use crate::pathway::edition::Editions;
use crate::pathway::fold::effective;
use crate::pathway::prefill;
use crate::pathway::show;

/// How many other cases are looked through, the newest first: somebody with a call every week still has a year of them.
const MOST_CASES: u32 = 60;

/// The register of whoever is outside.
const OUTSIDE: &str = "organisations";

/// One case being read for what it says of its subject.
struct Reading<'a> {
    editions: &'a Editions,
    zone: Zone,
    /// By these meanings.
    asked: &'a BTreeSet<Means>,
    reference: String,
    state: &'a CaseState,
    of_record: bool,
}

impl Store {
    /// What the forms of the case's pathway are filled with from the record and the other cases of its subject.
    pub(super) fn past(&self, scope: &Scope, state: &CaseState) -> Result<Vec<Past>, ReadError> {
        let editions = self.editions()?;
        let pathway = editions.current().pathways.get(&state.pathway);
        let asked = pathway.map(|pathway| prefill::asks(pathway)).unwrap_or_default();
        let Some(subject) = state.subject.filter(|_| !asked.is_empty()) else { return Ok(Vec::new()) };
        let kept = merged::kept(&self.conn, subject)?;
        let mut past = match self.state(scope, kept) {
            Ok(record) => self.past_of(scope, &editions, &asked, &record, true)?,
            Err(ReadError::NotFound | ReadError::Denied(_)) => Vec::new(),
            Err(error) => return Err(error),
        };
        past.extend(self.leads(scope, &editions, &asked, kept)?);
        let others: Vec<CaseId> = self
            .conn
            .prepare_cached(&format!(
                "SELECT c.id FROM cases c WHERE c.subject IN ({}) AND c.register = 0 AND c.id <> ?1 AND {}
                 ORDER BY c.opened_at DESC, c.id DESC LIMIT ?2",
                merged::listed(&self.conn, subject)?,
                scope.on("c")
            ))?
            .query_map(params![state.id.0.as_bytes(), MOST_CASES], |row| id(row, 0))?
            .collect::<rusqlite::Result<_>>()?;
        for other in others {
            let other = self.state(scope, other)?;
            past.extend(self.past_of(scope, &editions, &asked, &other, false)?);
        }
        let asking = pathway.filter(|pathway| pathway.subject.as_deref() == Some(OUTSIDE));
        for other in asking
            .map(|asking| self.about_provider(scope, &editions, &prefill::named(asking), kept))
            .transpose()?
            .into_iter()
            .flatten()
        {
            past.extend(self.past_of(scope, &editions, &asked, &other, false)?);
        }
        Ok(past)
    }

    /// Open cases of these pathways about what an organisation does for us, though they are about somebody else, the newest
    /// first.
    pub(super) fn about_provider(
        &self,
        scope: &Scope,
        editions: &Editions,
        pathways: &BTreeSet<&String>,
        organisation: CaseId,
    ) -> Result<Vec<CaseState>, ReadError> {
        let pathways: Vec<String> = pathways.iter().map(|id| format!("'{id}'")).collect();
        let all = merged::together(&self.conn, organisation)?;
        let mut found = Vec::new();
        let mut named = self.conn.prepare_cached(&format!(
            "SELECT c.id FROM cases c WHERE c.register = 0 AND c.closed = 0 AND c.pathway IN ({})
                AND instr(c.body, ?1) > 0 AND {} ORDER BY c.opened_at DESC, c.id DESC LIMIT {MOST_CASES}",
            pathways.join(", "),
            scope.on("c")
        ))?;
        for one in &all {
            let cases = named.query_map([one.to_string()], |row| id(row, 0))?;
            for case in cases.collect::<rusqlite::Result<Vec<_>>>()? {
                let state = self.state(scope, case)?;
                if provider(&state, editions).is_some_and(|provider| all.contains(&provider)) {
                    found.push(state);
                }
            }
        }
        Ok(found)
    }

    /// Who of ours leads for whoever pays for somebody's care: it stands on the record of that organisation.
    fn leads(
        &self,
        scope: &Scope,
        editions: &Editions,
        asked: &BTreeSet<Means>,
        about: CaseId,
    ) -> Result<Vec<Past>, ReadError> {
        let lead = BTreeSet::from([Means::LeadFor]);
        let Some(record) = self.state(scope, about).ok().filter(|_| asked.is_superset(&lead)) else {
            return Ok(Vec::new());
        };
        let form = editions.current().pathways.get(&record.pathway).and_then(|register| register.opening());
        let pays = form.and_then(|form| form.meaning(Means::Commissioner));
        let named = pays.and_then(|field| record.facts.record.get(&field.id));
        let Some(Answer::Named(Named { id: Some(payer), .. })) = named else { return Ok(Vec::new()) };
        match self.state(scope, merged::kept(&self.conn, *payer)?) {
            Ok(payer) => self.past_of(scope, editions, &lead, &payer, true),
            Err(ReadError::NotFound | ReadError::Denied(_)) => Ok(Vec::new()),
            Err(error) => Err(error),
        }
    }

    /// What one record or case says by these meanings, the newest entry first.
    fn past_of(
        &self,
        scope: &Scope,
        editions: &Editions,
        asked: &BTreeSet<Means>,
        state: &CaseState,
        of_record: bool,
    ) -> Result<Vec<Past>, ReadError> {
        let stored = ledger::of_case(&self.conn, state.id, state.version)?;
        let mut entries: Vec<Entry> = stored.iter().map(|stored| stored.read().0).collect();
        let veil = Veil::over(scope, &entries);
        entries.iter_mut().for_each(|entry| veil.entry(entry));
        let mut stands = effective(&entries);
        let reference = reference_of(&self.conn, state.id)?;
        let reading = Reading { editions, zone: self.zone()?, asked, reference, state, of_record };
        let mut said_since = BTreeSet::new();
        let mut past = Vec::new();
        for entry in entries.iter().rev() {
            let answers = stands.remove(&entry.id).map(|stands| (stands.occurred, stands.answers));
            let Said::Step(said) = &entry.said else { continue };
            let (occurred, answers) = answers.unwrap_or_else(|| (entry.occurred, said.answers.clone()));
            let source = |title: &str| {
                let when = display::when(&occurred, reading.zone);
                words::source(&reading.reference, title, &when, entry.seq)
            };
            past.extend(reading.entry(entry, said, &answers, source, &mut said_since));
        }
        Ok(past)
    }
}

/// The organisation that a case is about as one that does something for us.
fn provider(state: &CaseState, editions: &Editions) -> Option<CaseId> {
    let pathway = editions.current().pathways.get(&state.pathway)?;
    let fields = pathway.steps.iter().filter_map(|step| Some((step, step.meaning(Means::Provider)?)));
    fields.rev().find_map(|(step, field)| match state.answers.get(&format!("{}.{}", step.id, field.id))? {
        Answer::Named(named) => named.id,
        _ => None,
    })
}

impl Reading<'_> {
    /// What an entry says by the meanings asked for. Of a record only what still stands: `said_since` are the fields that
    /// a later entry answered.
    fn entry(
        &self,
        entry: &Entry,
        said: &StepSaid,
        answers: &Answers,
        source: impl Fn(&str) -> String,
        said_since: &mut BTreeSet<String>,
    ) -> Option<Past> {
        let step = self.editions.step(said)?;
        let mark = self.state.entries.iter().find(|mark| mark.id == entry.id);
        if !mark.is_some_and(EntryMark::counts) {
            return None;
        }
        let mut told = self.told(step, answers, said_since);
        told.extend(self.headline(step, &told));
        if told.is_empty() {
            return None;
        }
        Some(Past {
            entry: entry.id,
            pathway: said.pathway.clone(),
            of_record: self.of_record,
            source: source(&step.title),
            stood: 0,
            answers: told,
        })
    }

    /// What names the matter, where whoever opened the case left that line blank: as it stands in every list.
    fn headline(&self, step: &Step, told: &[PastAnswer]) -> Option<PastAnswer> {
        let means = Means::Headline.name();
        let wanted = step.opens && !self.of_record && self.asked.contains(&Means::Headline);
        let is_blank = !told.iter().any(|one| one.means == means);
        let words = self.state.facts.headline.clone().filter(|_| wanted && is_blank)?;
        Some(PastAnswer { means, label: String::new(), answer: Answer::Text(words.clone()), words })
    }

    fn told(&self, step: &Step, answers: &Answers, said_since: &mut BTreeSet<String>) -> Vec<PastAnswer> {
        let mut told = Vec::new();
        for field in step.fields.iter().filter(|field| !field.sealed) {
            let Some(means) = field.means.filter(|means| self.asked.contains(means)) else { continue };
            let Some(answer) = answers.get(&field.id) else { continue };
            if self.of_record {
                let stands = self.state.facts.record.contains_key(&field.id);
                if !stands || !said_since.insert(field.id.clone()) {
                    continue;
                }
            }
            let words = show::words(field, answer, &self.zone);
            if !words.trim().is_empty() {
                let (means, label) = (means.name(), field.label.clone());
                told.push(PastAnswer { means, label, answer: answer.clone(), words });
            }
        }
        told
    }
}

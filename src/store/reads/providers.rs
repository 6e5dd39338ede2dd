//! Arrangements with organisations as a list, and what is planned for when one does not come.

use chrono::{DateTime, Utc};

use super::super::Store;
use super::super::derive::reference;
use super::super::error::ReadError;
use super::super::ledger;
use super::super::merged;
use super::super::rows::{id, json};
use super::super::scope::Scope;
use super::relying::{Meant, heads, in_case, tables};
use super::{Listed, Records, Veil};
use crate::domain::answer::{Answer, Named};
use crate::domain::case::{CaseState, Level};
use crate::domain::entry::{Entry, Said};
use crate::domain::ids::CaseId;
use crate::domain::permission::Viewer;
use crate::domain::views::{Plan, ProviderRow, RecordRow};
use crate::pathway::definition::{Field, Kind, Means, Pathway};
use crate::pathway::fold::effective;
use crate::pathway::show;

impl Store {
    /// The arrangements with organisations, those that handovers speak of first, then by name; ended ones last.
    ///
    /// # Errors
    /// [`ReadError::Denied`] where the viewer may not read people's records: they say who relies on whom.
    pub fn providers(
        &self,
        viewer: &Viewer,
        now: DateTime<Utc>,
        limit: u32,
    ) -> Result<Vec<ProviderRow>, ReadError> {
        let transaction = self.conn.unchecked_transaction()?;
        let scope = self.scope(viewer)?;
        let editions = self.editions()?;
        let Some(pathway) = editions.current().listed(Listed::Providers) else { return Ok(Vec::new()) };
        let reliance = self.reliance(&scope, now)?;
        let records = Records::new(&self.conn);
        let mut providers = Vec::new();
        for (state, reference) in self.arrangements(&scope, pathway, None)? {
            let stands = pathway.states.iter().find(|one| one.id == state.state);
            let relying = reliance.on(self, &state)?;
            let chosen = |means| chosen(pathway, &state, means);
            providers.push(ProviderRow {
                case: state.id,
                reference,
                provider: records.of(state.subject)?,
                service: state.facts.headline.clone(),
                kind: chosen(Means::ServiceGiven).map(|level| level.label),
                tier: chosen(Means::Tier),
                state: stands.map_or_else(|| state.state.clone(), |one| one.title.clone()),
                handed_over: stands.is_some_and(|one| one.handover.is_some()),
                closed: state.closed,
                relying: heads(&relying),
            });
        }
        drop(transaction);
        let name = |row: &ProviderRow| row.provider.as_ref().map(|record| record.name.to_lowercase());
        providers.sort_by_key(|row| (row.closed, !row.handed_over, name(row), row.case));
        providers.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
        Ok(providers)
    }

    /// What is planned for when an organisation does not come on whom this person relies: by their record, by a visit that is
    /// still to take place, by an arrangement that names them. An organisation without a plan stands there without one.
    ///
    /// # Errors
    /// [`ReadError::NotFound`], and [`ReadError::Denied`] where the viewer may not read the person's record.
    pub fn plans(&self, viewer: &Viewer, person: CaseId, now: DateTime<Utc>) -> Result<Vec<Plan>, ReadError> {
        let record = self.record(viewer, merged::kept(&self.conn, person)?)?;
        let transaction = self.conn.unchecked_transaction()?;
        let scope = self.scope(viewer)?;
        let editions = self.editions()?;
        let edition = editions.current();
        let Some(pathway) = edition.listed(Listed::Providers) else { return Ok(Vec::new()) };
        let arrangements = self.arrangements(&scope, pathway, Some(false))?;
        let mut plans = Vec::new();
        for (named, why) in self.relied_on(&scope, &record, (pathway, &arrangements), now)? {
            let organisation = self.organisation(&named)?;
            let meant = organisation.as_ref().map(|record| Meant::of(self, record.id)).transpose()?;
            let of_it = |state: &CaseState| {
                let subject = state.subject.map(|id| Named { id: Some(id), words: String::new() });
                meant.as_ref().is_some_and(|meant| subject.is_some_and(|named| meant.is(&named)))
            };
            let plan = |arrangement, parts| Plan {
                organisation: organisation.as_ref().map_or(&named.words, |record| &record.name).clone(),
                why: why.clone(),
                phone: organisation.as_ref().and_then(|record| record.phone.clone()),
                out_of_hours: organisation.as_ref().and_then(|record| record.more.out_of_hours.clone()),
                arrangement,
                parts,
            };
            let mut found = false;
            for (state, reference) in arrangements.iter().filter(|(state, _)| of_it(state)) {
                let stands = pathway.states.iter().find(|one| one.id == state.state);
                let stands = stands.map_or_else(|| state.state.clone(), |one| one.title.clone());
                plans.push(plan(Some((reference.clone(), stands)), self.parts(&scope, state)?));
                found = true;
            }
            if !found {
                plans.push(plan(None, Vec::new()));
            }
        }
        drop(transaction);
        // What somebody can go by comes first.
        plans.sort_by_key(|plan| plan.parts.is_empty());
        Ok(plans)
    }

    /// The arrangements that may be seen, with their references: all, or only open or ended ones.
    fn arrangements(
        &self,
        scope: &Scope,
        pathway: &Pathway,
        closed: Option<bool>,
    ) -> Result<Vec<(CaseState, String)>, ReadError> {
        let closed = closed.map_or(String::new(), |closed| format!("AND c.closed = {}", u8::from(closed)));
        let mut statement = self.conn.prepare_cached(&format!(
            "SELECT c.body, c.letter, c.number FROM cases c WHERE c.pathway = ?1 {closed} AND {} ORDER BY c.id",
            scope.on("c")
        ))?;
        let mut rows = statement.query([&pathway.id])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            found.push((json(row, 0)?, reference(&row.get::<_, String>(1)?, row.get(2)?)));
        }
        Ok(found)
    }

    /// On whom somebody relies, each organisation once, and for what.
    fn relied_on(
        &self,
        scope: &Scope,
        person: &RecordRow,
        (pathway, arrangements): (&Pathway, &[(CaseState, String)]),
        now: DateTime<Utc>,
    ) -> Result<Vec<(Named, String)>, ReadError> {
        let editions = self.editions()?;
        let people = editions.current().pathways.get(&person.register);
        let by_record = people.into_iter().flat_map(|people| tables(people));
        let mut all: Vec<(Named, String)> = by_record.flat_map(|table| table.said(&person.answers)).collect();
        let own = merged::listed(&self.conn, person.id)?;
        let open = [format!("c.subject IN ({own})"), "c.closed = 0".to_owned(), scope.stands("c")];
        let open: Vec<String> = open.into_iter().chain(["c.visit IS NOT NULL".to_owned()]).collect();
        for row in self.visits_where(scope, &open, |_| true, u32::MAX)? {
            if row.visit.until.is_none_or(|until| until.at >= now) {
                let named = row.visit.covered_from.into_iter().chain(row.visit.provider);
                all.extend(named.map(|named| (named, row.reference.clone())));
            }
        }
        for (state, _) in arrangements {
            let mut names = in_case(pathway, state).into_iter();
            if let Some((_, why)) = names.find(|(named, _)| named.id == Some(person.id)) {
                all.extend(state.subject.map(|id| (Named { id: Some(id), words: String::new() }, why)));
            }
        }
        let mut once: Vec<(Named, String)> = Vec::new();
        for (named, why) in all {
            let known = self.organisation(&named)?.map(|record| record.id);
            let named = Named { id: known.or(named.id), ..named };
            let same = |other: &&mut (Named, String)| match named.id {
                Some(id) => other.0.id == Some(id),
                None => other.0 == named,
            };
            match once.iter_mut().find(same) {
                Some((_, said)) if said.is_empty() => *said = why,
                Some(_) => {}
                None => once.push((named, why)),
            }
        }
        Ok(once)
    }

    /// The record of an organisation, by its id or where exactly one has the name.
    fn organisation(&self, named: &Named) -> Result<Option<RecordRow>, ReadError> {
        let records = Records::new(&self.conn);
        if let Some(id) = named.id {
            return Ok(records.get(id)?);
        }
        let mut found = self.conn.prepare_cached(
            "SELECT id FROM records WHERE register = 'organisations' AND closed = 0 AND lower(row ->> 'name') = lower(?1)",
        )?;
        let ids = found.query_map([named.words.trim()], |row| id(row, 0))?;
        let ids: Vec<CaseId> = ids.collect::<rusqlite::Result<_>>()?;
        match ids[..] {
            [one] => Ok(records.get(one)?),
            _ => Ok(None),
        }
    }

    /// The parts of an arrangement's plan as they stand: of each step that has any, what was recorded last.
    fn parts(&self, scope: &Scope, state: &CaseState) -> Result<Vec<(String, String)>, ReadError> {
        let (editions, zone) = (self.editions()?, self.zone()?);
        let stored = ledger::of_case(&self.conn, state.id, state.version)?;
        let mut entries: Vec<Entry> = stored.iter().map(|stored| stored.read().0).collect();
        let veil = Veil::over(scope, &entries);
        entries.iter_mut().for_each(|entry| veil.entry(entry));
        let stands = effective(&entries);
        let counts = |entry: &Entry| state.entries.iter().any(|mark| mark.id == entry.id && mark.counts());
        let mut told: Vec<&str> = Vec::new();
        let mut parts = Vec::new();
        for entry in entries.iter().rev().filter(|entry| counts(entry)) {
            let Said::Step(said) = &entry.said else { continue };
            let Some(step) = editions.step(said) else { continue };
            let plan = |field: &&Field| field.means == Some(Means::Contingency);
            if told.contains(&step.id.as_str()) || !step.fields.iter().any(|field| plan(&field)) {
                continue;
            }
            told.push(&said.step);
            let answers = stands.get(&entry.id).map_or(&said.answers, |stands| &stands.answers);
            let of_step = step.fields.iter().filter(plan).filter_map(|field| {
                Some((field.label.clone(), show::words(field, answers.get(&field.id)?, &zone)))
            });
            // The plan itself was written before it was tested: it stands first.
            parts.splice(0..0, of_step);
        }
        Ok(parts)
    }
}

/// What the case chose last for a meaning, with its weight.
pub(super) fn chosen(pathway: &Pathway, state: &CaseState, means: Means) -> Option<Level> {
    let mut steps = pathway.steps.iter().rev();
    steps.find_map(|step| {
        let field = step.meaning(means)?;
        let Answer::Choice(id) = state.answers.get(&format!("{}.{}", step.id, field.id))? else {
            return None;
        };
        let Kind::Choice(choices) = &field.kind else { return None };
        let choice = choices.iter().find(|choice| choice.id == *id)?;
        Some(Level { label: choice.label.clone(), weight: choice.weight.unwrap_or(0) })
    })
}

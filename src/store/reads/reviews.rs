//! Reviews: what comes round in the cases of the pathways that say so, with when each was last held and how often it was
//! missed; and what an office is expected to have, of which none runs.

use chrono::{DateTime, Utc};

use super::super::Store;
use super::super::error::ReadError;
use super::super::ledger;
use super::super::rows::json;
use super::Records;
use crate::domain::act::Act;
use crate::domain::answer::Answer;
use crate::domain::case::{CaseState, EntryMark, Milestone};
use crate::domain::commitment::{Commitment, Progress};
use crate::domain::entry::Said;
use crate::domain::ids::EntryId;
use crate::domain::permission::Viewer;
use crate::domain::views::{OwedRow, ReviewRow, Unbegun};
use crate::pathway::definition::{Kind, Pathway};
use crate::pathway::due::Every;
use crate::pathway::edition::Edition;

/// The most that one list speaks of: an office with a hundred arrangements, each looked at in nine ways, has 900.
const MOST_READ: u32 = 2_000;
/// Times that are counted as missed, at most: what nobody has looked at for so long says no more than that.
const MOST_MISSED: u32 = 99;

/// What is answered of its kind in a case in which something came round, and when that ended.
type Ended = (Option<Answer>, DateTime<Utc>);

impl Store {
    /// Everything of ours that comes round as a review, and the same where it is owed once, on an occasion; the first due
    /// first. What passed without being recorded counts as missed, as of `now`.
    ///
    /// # Errors
    /// [`ReadError::Denied`] where the viewer may not read people's records.
    pub fn reviews(
        &self,
        viewer: &Viewer,
        now: DateTime<Utc>,
        limit: u32,
    ) -> Result<Vec<ReviewRow>, ReadError> {
        let transaction = self.conn.unchecked_transaction()?;
        let scope = self.scope(viewer)?;
        let editions = self.editions()?;
        let pathways: Vec<&Pathway> =
            editions.current().pathways.with(|head| head.reviews).map(AsRef::as_ref).collect();
        let once = pathways.iter().flat_map(|pathway| {
            looks(pathway)
                .map(|step| format!("(c.pathway = '{}' AND o.body ->> 'step' = '{step}')", pathway.id))
        });
        let comes: Vec<String> =
            std::iter::once("o.body ->> 'every' IS NOT NULL".to_owned()).chain(once).collect();
        let pathways: Vec<String> = pathways.iter().map(|pathway| format!("'{}'", pathway.id)).collect();
        let rows = self.owed_rows(
            &Records::with_duties(&self.conn, self.rota_at(now)?, now),
            &scope,
            &*self.roles()?,
            &format!(
                "WHERE c.pathway IN ({}) AND o.outside = 0 AND ({}) AND {}
                 ORDER BY o.due, o.id LIMIT ?1",
                pathways.join(", "),
                comes.join(" OR "),
                scope.stands("o")
            ),
            [MOST_READ.min(limit)],
        )?;
        let zone = self.zone()?;
        let mut reviews = Vec::new();
        for row in rows {
            let every = every(&row.commitment);
            // One that is owed once, on an occasion, is missed once.
            let once = u32::from(row.commitment.due < now);
            let missed = every.map_or(once, |every| {
                let next = |due: &DateTime<Utc>| every.next_after(row.commitment.due, *due, zone);
                let passed = std::iter::successors(Some(row.commitment.due), next);
                let passed = passed.take_while(|due| *due < now).take(MOST_MISSED as usize).count();
                u32::try_from(passed).unwrap_or(MOST_MISSED)
            });
            // Of what stands as a stub nothing but its clock is told.
            let state = match &row.ask {
                None => Some(self.state(&scope, row.commitment.case)?),
                Some(_) => None,
            };
            reviews.push(ReviewRow {
                held: state.as_ref().and_then(|state| held(editions.current(), state, &row)),
                left_out: state.as_ref().map_or(0, |state| left_out(state, &row)),
                to_sign: match &state {
                    Some(state) => self.to_sign(editions.current(), state, &row)?,
                    None => false,
                },
                rhythm: every.map(|every| every.to_string()).unwrap_or_default(),
                missed,
                owed: row,
            });
        }
        drop(transaction);
        Ok(reviews)
    }

    /// What the definitions in force expect to come round and of which none runs anywhere in the office, in their order.
    /// One that is kept to a few stands for no other. It names nobody and no case, so that it is the same for whoever asks.
    ///
    /// # Errors
    /// [`ReadError::Denied`] where the viewer may not read people's records.
    pub fn unbegun(&self, viewer: &Viewer) -> Result<Vec<Unbegun>, ReadError> {
        self.scope(viewer)?;
        let editions = self.editions()?;
        let mut unbegun = Vec::new();
        for pathway in editions.current().pathways.with(|head| head.reviews) {
            let kinds = expected(pathway);
            let Some(first) = kinds.first() else { continue };
            let opening = pathway.opening().map(|step| step.id.as_str()).unwrap_or_default();
            let there = match &first.kind {
                Some((field, _)) => format!("$.answers.\"{opening}.{field}\""),
                None => "$.kind".to_owned(),
            };
            let runs = self.runs(pathway, &there)?;
            let kind_of = |one: &Unbegun| one.kind.as_ref().map(|(_, choice)| Answer::Choice(choice.clone()));
            let asked = kinds.into_iter().map(|one| (kind_of(&one), one));
            let missing: Vec<(Option<Answer>, Unbegun)> =
                asked.filter(|(kind, _)| !runs.contains(kind)).collect();
            let kinds: Vec<&Option<Answer>> = missing.iter().map(|(kind, _)| kind).collect();
            let ended = self.ended_in(pathway, &there, &kinds)?;
            unbegun.extend(missing.into_iter().map(|(kind, one)| {
                let at = ended.iter().filter(|(of, _)| *of == kind).map(|(_, at)| *at).max();
                Unbegun { ended: at, ..one }
            }));
        }
        Ok(unbegun)
    }

    /// Whether what was recorded waits for the word of somebody else; one that was put right since was recorded all the same.
    /// What was recorded on another series of the case is no matter of this one.
    fn to_sign(&self, edition: &Edition, state: &CaseState, row: &OwedRow) -> Result<bool, ReadError> {
        let Some(pathway) = edition.pathways.get(&state.pathway) else { return Ok(false) };
        let round = |one: &&Commitment| one.every.is_some() && !one.obligor.is_outside();
        let of_another = |entry: EntryId| {
            let of = |one: &Commitment| one.settled_by == Some(entry);
            state.commitments.iter().filter(round).any(of) && !earlier(state, row).any(of)
        };
        for one in state.commitments.iter().filter(|one| one.progress.is_open()) {
            let Some(signs) = one.step.as_deref().and_then(|id| pathway.step(id)) else { continue };
            if signs.not_same_as.is_empty() {
                continue;
            }
            let recorded = self.amended(one.opened_by)?;
            let mark = state.entries.iter().find(|mark| mark.id == recorded);
            if mark.is_some_and(|mark| signs.not_same_as.contains(&mark.kind)) && !of_another(recorded) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// The step that an amendment puts right; any other entry itself.
    fn amended(&self, entry: EntryId) -> Result<EntryId, ReadError> {
        let stored = ledger::by_id(&self.conn, entry)?;
        Ok(match stored.map(|stored| stored.read().0.said) {
            Some(Said::Act(Act::Amend { entry, .. })) => entry,
            _ => entry,
        })
    }

    /// What is answered there in each open case of the pathway in which something of ours comes round.
    fn runs(&self, pathway: &Pathway, there: &str) -> Result<Vec<Option<Answer>>, ReadError> {
        let mut statement = self.conn.prepare_cached(
            "SELECT DISTINCT coalesce(c.body -> ?2, 'null') FROM cases c
             WHERE c.pathway = ?1 AND c.register = 0 AND c.closed = 0 AND c.class IS NULL AND EXISTS (
                 SELECT 1 FROM owed o WHERE o.case_id = c.id AND o.outside = 0 AND o.body ->> 'every' IS NOT NULL
             )",
        )?;
        let found = statement.query_map([pathway.id.as_str(), there], |row| json(row, 0))?;
        Ok(found.collect::<Result<_, _>>()?)
    }

    /// What is answered there in each case of the pathway in which something of ours of these kinds came round, with when that
    /// ended: by an entry that ended it, or with the case. Of every place, whoever asks, like [`Store::runs`]: what ended
    /// somewhere else was not begun by nobody. No more than that date leaves it, and of what is kept to a few not even that.
    /// A series that goes on for years is a long case: none is read but those of the kinds that are asked for, none of which
    /// runs.
    fn ended_in(
        &self,
        pathway: &Pathway,
        there: &str,
        kinds: &[&Option<Answer>],
    ) -> Result<Vec<Ended>, ReadError> {
        if kinds.is_empty() {
            return Ok(Vec::new());
        }
        let mut statement = self.conn.prepare_cached(
            "SELECT coalesce(c.body -> ?2, 'null'), c.body FROM cases c
             WHERE c.pathway = ?1 AND c.register = 0 AND c.class IS NULL",
        )?;
        let mut rows = statement.query([pathway.id.as_str(), there])?;
        let mut ended = Vec::new();
        while let Some(row) = rows.next()? {
            let kind: Option<Answer> = json(row, 0)?;
            if kinds.contains(&&kind) {
                let state: CaseState = json(row, 1)?;
                ended.extend(came_to_an_end(&state).map(|at| (kind, at)));
            }
        }
        Ok(ended)
    }
}

/// What of the pathway is expected: itself, or those kinds of it that say so.
fn expected(pathway: &Pathway) -> Vec<Unbegun> {
    let opening = pathway.opening().map(|step| step.id.as_str()).unwrap_or_default();
    let begin = [pathway.id.as_str(), opening].join(".");
    let of = |kind, what: &str| Unbegun {
        begin: begin.clone(),
        title: pathway.title.clone(),
        kind,
        what: what.to_owned(),
        ended: None,
    };
    let itself = pathway.expected.then(|| of(None, &pathway.title));
    let fields = pathway.opening().into_iter().flat_map(|step| &step.fields);
    let kinds = fields.filter_map(|field| match &field.kind {
        Kind::Choice(choices) => Some((field, choices)),
        _ => None,
    });
    let kinds = kinds.flat_map(|(field, choices)| {
        let asked = choices.iter().filter(|choice| choice.expected && !choice.retired);
        asked.map(move |choice| of(Some((field.id.clone(), choice.id.clone())), &choice.label))
    });
    itself.into_iter().chain(kinds).collect()
}

/// When what comes round in the case was settled or closed last; `None` where nothing ever came round.
fn came_to_an_end(state: &CaseState) -> Option<DateTime<Utc>> {
    let ours = |one: &&Commitment| one.every.is_some() && !one.obligor.is_outside();
    let settled: Vec<_> = state.commitments.iter().filter(ours).map(|one| one.settled_by).collect();
    let closed = state.facts.milestones.get(&Milestone::Closed).filter(|_| !settled.is_empty());
    let when = |by: &EntryMark| settled.contains(&Some(by.id)).then_some(by.occurred.at);
    state.entries.iter().filter_map(when).chain(closed.map(|when| when.at)).max()
}

fn every(owed: &Commitment) -> Option<Every> {
    serde_json::from_value(owed.every.clone()?).ok()
}

/// Earlier times of the same series.
fn earlier<'s>(state: &'s CaseState, row: &'s OwedRow) -> impl Iterator<Item = &'s Commitment> {
    let series = move |one: &&Commitment| {
        let same = one.opened_in == row.commitment.opened_in && one.what == row.commitment.what;
        same && one.every.is_some() && one.id != row.commitment.id
    };
    state.commitments.iter().filter(series)
}

/// The steps of a pathway that are a round of it: whichever of those that one signature stands under is recorded on what
/// comes round, the others are the same, owed once, on an occasion.
fn looks(pathway: &Pathway) -> impl Iterator<Item = &str> {
    let comes_round = |id: &String| pathway.step(id).is_some_and(|step| !step.on.is_empty());
    let signed =
        pathway.steps.iter().map(|step| &step.not_same_as).filter(move |of| of.iter().any(comes_round));
    signed.flatten().map(String::as_str)
}

/// When it was last held: what comes round also on an occasion between two rounds.
fn held(edition: &Edition, state: &CaseState, row: &OwedRow) -> Option<DateTime<Utc>> {
    let pathway = edition.pathways.get(&state.pathway)?;
    if row.commitment.every.is_none() {
        let of_it = |mark: &&EntryMark| mark.counts() && looks(pathway).any(|step| step == mark.kind);
        return state.entries.iter().filter(of_it).map(|mark| mark.occurred.at).max();
    }
    let done = earlier(state, row).filter(|one| one.progress == Progress::Confirmed);
    let when = |one: &Commitment| {
        state.entries.iter().find(|mark| Some(mark.id) == one.settled_by).map(|mark| mark.occurred.at)
    };
    let on_occasion = |mark: &&EntryMark| {
        let step = pathway.step(&mark.kind).filter(|step| step.on.is_empty());
        mark.counts() && step.is_some_and(|step| looks(pathway).any(|look| look == step.id))
    };
    let occasions = state.entries.iter().filter(on_occasion).map(|mark| mark.occurred.at);
    done.filter_map(when).chain(occasions).max()
}

/// How often it was left out on purpose.
fn left_out(state: &CaseState, row: &OwedRow) -> u32 {
    let out = earlier(state, row).filter(|one| one.progress == Progress::Cancelled).count();
    u32::try_from(out).unwrap_or(u32::MAX)
}

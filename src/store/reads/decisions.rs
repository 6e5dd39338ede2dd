//! Decisions over all cases: what was decided, whose it is, who shared in it, who was told. What is a decision is said by
//! meaning: a way to go, a level, a decision by name, a row of decisions, or that somebody owns what is passed on.

use super::super::Store;
use super::super::error::ReadError;
use super::super::merged;
use super::super::rows::id;
use super::spoken::Spoken;
use super::{Records, Veil, reference_of};
use crate::domain::answer::{Answer, Answers};
use crate::domain::case::CaseState;
use crate::domain::ids::CaseId;
use crate::domain::permission::Viewer;
use crate::domain::time::Zone;
use crate::domain::views::{DecisionFilter, DecisionRow};
use crate::pathway::definition::{Field, Kind, Means};
use crate::pathway::show;

/// How many cases are looked through, those first in which something was decided last.
const MOST_CASES: u32 = 300;

/// What says which way it goes.
const DECIDED: [Means; 3] = [Means::Route, Means::Decision, Means::EscalationLevel];

impl Store {
    /// Decisions that were made, the newest first. Of restricted records only what the viewer may read.
    ///
    /// # Errors
    /// [`ReadError::Denied`] where the viewer may not read people's records.
    pub fn decisions(
        &self,
        viewer: &Viewer,
        filter: DecisionFilter,
        limit: u32,
    ) -> Result<Vec<DecisionRow>, ReadError> {
        let scope = self.scope(viewer)?.about(filter.about);
        let editions = self.editions()?;
        let zone = self.zone()?;
        let mut conditions = vec![scope.on("c")];
        if let Some(about) = filter.about {
            let listed = merged::listed(&self.conn, about)?;
            conditions.push(format!("(c.subject IN ({listed}) OR c.location IN ({listed}))"));
        }
        let cases: Vec<(CaseId, i64)> = self
            .conn
            .prepare_cached(&format!(
                "SELECT c.id, c.decided FROM cases c WHERE c.decided IS NOT NULL AND c.register = 0 AND {}
                 ORDER BY c.decided DESC, c.id DESC LIMIT {MOST_CASES}",
                conditions.join(" AND ")
            ))?
            .query_map([], |row| Ok((id(row, 0)?, row.get(1)?)))?
            .collect::<rusqlite::Result<_>>()?;
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        let records = Records::new(&self.conn);
        let veil = Veil::new(&scope);
        let mut found: Vec<DecisionRow> = Vec::new();
        for (case, decided) in cases {
            // Those that follow were decided before: as many newer ones are all that is asked for.
            let newer = |row: &&DecisionRow| row.at.at.timestamp_millis() > decided;
            if found.iter().filter(newer).count() >= limit {
                break;
            }
            let state = self.state(&scope, case)?;
            let mut own = Vec::new();
            for spoken in self.spoken(&scope, &editions, &state)? {
                let by = spoken.entry.who.by.map(|by| records.short(by)).transpose()?.flatten();
                own.extend(of_step(&spoken, &by.unwrap_or_default(), zone));
            }
            if own.is_empty() {
                continue;
            }
            let reference = reference_of(&self.conn, case)?;
            let about = records.of(state.subject.or(state.location))?.map(|record| record.short);
            tell(&mut own, &state, &veil);
            own.retain(|row| !filter.joint || row.shared.is_some() || row.disagreed.is_some());
            found.extend(own.into_iter().map(|row| DecisionRow {
                case,
                reference: reference.clone(),
                about: about.clone(),
                ..row
            }));
        }
        found.sort_by_key(|row| std::cmp::Reverse(row.at.at));
        found.truncate(limit);
        Ok(found)
    }
}

/// The decisions that a step says.
fn of_step(spoken: &Spoken, by: &str, zone: Zone) -> Vec<DecisionRow> {
    let fields = &spoken.step.fields;
    if let Some((columns, rows)) = fields.iter().find_map(|field| match (&field.kind, field.means) {
        (Kind::Rows { columns, .. }, Some(Means::Decisions)) => match spoken.answers.get(&field.id)? {
            Answer::Rows(rows) => Some((columns, rows)),
            _ => None,
        },
        _ => None,
    }) {
        return rows.iter().filter_map(|row| of_fields(columns, row, spoken, by, zone)).collect();
    }
    of_fields(fields, &spoken.answers, spoken, by, zone).into_iter().collect()
}

fn of_fields(
    fields: &[Field],
    answers: &Answers,
    spoken: &Spoken,
    by: &str,
    zone: Zone,
) -> Option<DecisionRow> {
    let said = |means: Means| {
        let field = fields.iter().find(|field| field.means == Some(means))?;
        let words = show::words(field, answers.get(&field.id)?, &zone);
        Some(words).filter(|words| !words.trim().is_empty())
    };
    let owner = said(Means::DecisionOwner);
    let ways: Vec<String> = DECIDED.into_iter().chain([Means::Decided]).filter_map(said).collect();
    // What is passed on and owned is a decision by what was said of it.
    let what = match ways.is_empty() {
        true => owner.as_ref().and_then(|_| said(Means::Shared).or_else(|| said(Means::Advice)))?,
        false => ways.join("; "),
    };
    Some(DecisionRow {
        case: CaseId(spoken.entry.id.0),
        reference: String::new(),
        about: None,
        at: spoken.occurred,
        step: spoken.step.title.clone(),
        what,
        owner: owner.or_else(|| said(Means::DecidedBy)).unwrap_or_else(|| by.to_owned()),
        why: said(Means::Rationale),
        shared: said(Means::SharedIn),
        disagreed: said(Means::Disagreed),
        told: Vec::new(),
    })
}

/// Who was told in the case after each of its decisions, until it was decided anew.
fn tell(decisions: &mut [DecisionRow], state: &CaseState, veil: &Veil<'_>) {
    let times: Vec<_> = decisions.iter().map(|row| row.at.at).collect();
    for row in decisions {
        let next = times.iter().filter(|at| **at > row.at.at).min();
        let after = |at| at >= row.at.at && next.is_none_or(|next| at < *next);
        let told = state.shares.iter().filter(|share| after(share.at.at));
        row.told = told
            .map(|share| {
                let mut with = share.with.clone();
                veil.named(&mut with);
                (with.words, share.at)
            })
            .collect();
        row.told.dedup_by(|one, other| one.0 == other.0);
    }
}

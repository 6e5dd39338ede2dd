//! Decisions that were looked back at, the newest first, as far as the viewer's measures may count them.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};

use super::super::Store;
use super::super::derive::reference;
use super::super::error::ReadError;
use super::super::rows::{id, json};
use super::{Records, Veil};
use crate::domain::answer::Answer;
use crate::domain::case::CaseState;
use crate::domain::permission::Viewer;
use crate::domain::views::Judgement;
use crate::pathway::definition::{Means, Pathway};

/// How far back decisions are looked at: a year, so that somebody has taken enough of them.
const BACK: TimeDelta = TimeDelta::days(366);
/// What a decision is judged by, in the order in which it is shown.
const PARTS: [Means; Judgement::PARTS] = [Means::Proportion, Means::Timing, Means::Use];

impl Store {
    /// Decisions that were looked back at within a year before `now`, the newest first.
    ///
    /// # Errors
    /// [`ReadError::Denied`] where the viewer may not see measures.
    pub fn judged(&self, viewer: &Viewer, now: DateTime<Utc>) -> Result<Vec<Judgement>, ReadError> {
        let scope = self.scope_of_measures(viewer)?;
        let veil = Veil::new(&scope);
        let editions = self.editions()?;
        let mut found = Vec::new();
        let judges =
            |pathway: &&Arc<Pathway>| pathway.steps.iter().any(|step| step.meaning(Means::Judged).is_some());
        for pathway in editions.current().pathways.values().filter(judges) {
            let mut statement = self.conn.prepare_cached(&format!(
                "SELECT c.id, c.letter, c.number, c.body FROM cases c
                 WHERE c.pathway = ?1 AND c.register = 0 AND c.opened_at >= ?2 AND {} ORDER BY c.opened_at DESC, c.id DESC",
                scope.on("c")
            ))?;
            let mut rows = statement.query((&pathway.id, (now - BACK).timestamp_millis()))?;
            while let Some(row) = rows.next()? {
                let mut state: CaseState = json(row, 3)?;
                veil.state(&mut state);
                let answer = |means| {
                    let mut steps = pathway.steps.iter().rev();
                    steps.find_map(|step| {
                        let field = step.meaning(means)?;
                        state.answers.get(&format!("{}.{}", step.id, field.id))
                    })
                };
                let score = |means| match answer(means) {
                    Some(Answer::Number(score)) => u8::try_from(*score).ok(),
                    _ => None,
                };
                let Some(Answer::Named(whose)) = answer(Means::Judged) else { continue };
                let whose = match whose.id {
                    Some(staff) => Records::new(&self.conn).of(Some(staff))?.map(|record| record.short),
                    None => None,
                }
                .unwrap_or_else(|| whose.words.clone());
                found.push(Judgement {
                    case: id(row, 0)?,
                    reference: reference(&row.get::<_, String>(1)?, row.get(2)?),
                    whose,
                    scores: PARTS.map(score),
                });
            }
        }
        Ok(found)
    }
}

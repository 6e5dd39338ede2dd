//! Signs of moments: what did not follow, what was recorded again and again, what a step left blank.

use chrono::TimeDelta;

use super::{Looking, Seen};
use crate::domain::answer::Answer;
use crate::domain::case::{EntryMark, Level, Milestone};
use crate::domain::eyes::ByRisk;
use crate::domain::words::signs as words;
use crate::pathway::vague::Class;

/// None of these moments followed another in time.
pub(super) fn nothing_after(
    looking: &Looking<'_>,
    after: Milestone,
    then: &[Milestone],
    within: &ByRisk,
) -> Vec<Seen> {
    let Some(from) = looking.reached(after) else { return Vec::new() };
    let level = looking.state.facts.level.as_ref();
    let since = from + within.of(level.map_or(Level::UNKNOWN, |level| level.weight));
    let root = looking.opening();
    vec![Seen {
        root,
        place: "nothing".to_owned(),
        since,
        until: then.iter().filter_map(|milestone| looking.reached(*milestone)).min(),
        words: words::nothing_since(looking.state.facts.headline.as_deref()),
        entries: vec![root],
    }]
}

/// The same steps were recorded again and again, and none that ends it between them.
pub(super) fn again(
    looking: &Looking<'_>,
    steps: &[String],
    at_least: usize,
    within: TimeDelta,
    ends: &[String],
) -> Vec<Seen> {
    let ended: Vec<_> = looking.steps(ends).map(|mark| mark.occurred.at).collect();
    let mut row: Vec<&EntryMark> = Vec::new();
    let mut seen = Vec::new();
    let mut marks: Vec<&EntryMark> = looking.steps(steps).collect();
    marks.sort_by_key(|mark| (mark.occurred.at, mark.seq));
    for mark in marks {
        let at = mark.occurred.at;
        let broken = |before: &&EntryMark| ended.iter().any(|end| (before.occurred.at..=at).contains(end));
        if row.last().is_some_and(broken) {
            row.clear();
        }
        row.retain(|before| at - before.occurred.at <= within);
        row.push(mark);
        if row.len() >= at_least {
            seen.push(Seen {
                root: mark.id,
                place: "again".to_owned(),
                since: at,
                until: ended.iter().copied().filter(|end| *end > at).min(),
                words: words::times_in_days(row.len(), within),
                entries: row.iter().map(|mark| mark.id).collect(),
            });
            row.clear();
        }
    }
    seen
}

/// A step was recorded and says nothing in a field that it has: blank, evidence that nobody has seen, or words that say
/// nothing. A text that is too long to be kept with the case says something.
pub(super) fn blank(looking: &Looking<'_>, fields: &[String], within: TimeDelta) -> Vec<Seen> {
    let vague = &looking.edition.vague;
    let is_poor = |answer: Option<&Answer>| match answer {
        None => true,
        Some(Answer::Text(text)) => vague.point_at(Class::Own, text).is_some(),
        Some(Answer::Evidence(evidence)) => evidence.reference.trim().is_empty(),
        Some(_) => false,
    };
    let mut seen = Vec::new();
    for field in fields {
        let Some((step, id)) = field.split_once('.') else { continue };
        let steps = [step.to_owned()];
        let Some(mark) = looking.steps(&steps).last() else { continue };
        let pathway = looking.edition.pathway(&looking.state.pathway);
        let Some(asked) = pathway.and_then(|pathway| pathway.step(step)?.field(id)) else { continue };
        if is_poor(looking.said(field)) {
            seen.push(Seen {
                root: mark.id,
                place: field.clone(),
                since: mark.recorded_at + within,
                until: None,
                words: words::says_nothing(&asked.label),
                entries: vec![mark.id],
            });
        }
    }
    seen
}

//! What is counted over cases: signs of one key from its marks, and how managers differ within a month.
//!
//! Marks that lie further apart than a rule's window never count together, so that what one mark changes is found among its
//! neighbours alone.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate, TimeDelta};

use super::{Looking, id};
use crate::domain::case::Milestone;
use crate::domain::ids::{CaseId, EntryId};
use crate::domain::signs::{Mark, Repeated, Sign, SignRule, Watch};
use crate::domain::time::Zone;
use crate::domain::words::signs as words;

/// How far apart two marks of a rule may lie and still count together; `None` where all of a key do.
pub fn reach(rule: &SignRule) -> Option<TimeDelta> {
    match &rule.watch {
        Watch::Repeated(repeated) => Some(repeated.within),
        _ => None,
    }
}

/// The signs of marks that have one key, in the order of their times.
pub fn seen(rule: &SignRule, marks: &[Mark], zone: Zone) -> Vec<Sign> {
    match &rule.watch {
        Watch::Repeated(repeated) => again(rule, repeated, marks),
        Watch::Uneven { at_least, apart, stands, .. } => {
            uneven(rule, marks, (*at_least, *apart), *stands, zone).into_iter().collect()
        }
        _ => Vec::new(),
    }
}

/// So many within so long are one sign; the next begins with what comes after. It stands until as long has passed since the
/// last of them, or something has changed.
fn again(rule: &SignRule, repeated: &Repeated, marks: &[Mark]) -> Vec<Sign> {
    let mut signs: Vec<Sign> = Vec::new();
    let mut row: Vec<&Mark> = Vec::new();
    for mark in marks {
        if mark.breaks {
            if let Some(last) = signs.last_mut() {
                last.until = last.until.map(|until| until.min(mark.at));
            }
            row.clear();
            continue;
        }
        row.retain(|before| mark.at - before.at <= repeated.within);
        row.push(mark);
        if row.len() >= repeated.at_least {
            signs.push(Sign {
                id: id(rule, mark.entry, mark.own.as_ref().unwrap_or(&mark.key)),
                rule: rule.id.clone(),
                about: mark.about,
                since: mark.at,
                until: Some(mark.at + repeated.within),
                words: words::counted(row.len(), repeated.within, &mark.words),
                entries: row.iter().map(|mark| mark.entry).collect(),
            });
            row.clear();
        }
    }
    signs
}

/// A decision about a call, to be held against those of others about calls of the same risk, place and month.
pub(super) fn decision(looking: &Looking<'_>, rule: &SignRule, routes: &[String]) -> Option<Mark> {
    let facts = &looking.state.facts;
    let decided = looking.reached(Milestone::Decided)?;
    let (risk, place) = (facts.risk.as_ref()?, looking.state.location?);
    // What several decided is nobody's threshold.
    let mut by = facts.decided_by.iter();
    let (Some(whose), None) = (by.next(), by.next()) else { return None };
    let mark = looking.state.entries.iter().find(|mark| mark.reached.contains_key(&Milestone::Decided))?;
    let day = looking.zone.day(decided);
    Some(Mark {
        rule: rule.id.clone(),
        key: format!("{place}|{risk}|{}", day.format("%Y-%m")),
        own: None,
        at: decided,
        entry: mark.id,
        about: Some(place),
        words: facts.level.as_ref().map(|level| level.label.clone()).unwrap_or_default(),
        breaks: false,
        whose: Some(*whose),
        outside: facts.routes.iter().any(|route| routes.contains(route)),
    })
}

/// Whether two who decided often enough in the month lie too far apart. It stands from the end of the month, when all of it
/// is known.
fn uneven(
    rule: &SignRule,
    marks: &[Mark],
    (at_least, apart): (usize, usize),
    stands: TimeDelta,
    zone: Zone,
) -> Option<Sign> {
    let mut by: BTreeMap<CaseId, (usize, usize)> = BTreeMap::new();
    for mark in marks {
        let (outside, all) = by.entry(mark.whose?).or_default();
        *outside += usize::from(mark.outside);
        *all += 1;
    }
    let shares = by.values().filter(|(_, all)| *all >= at_least);
    let mut shares: Vec<(usize, usize, usize)> =
        shares.map(|(outside, all)| (outside * 100 / all, *outside, *all)).collect();
    shares.sort_unstable();
    let (low, high) = (shares.first()?, shares.last()?);
    if high.0 - low.0 < apart {
        return None;
    }
    let (first, last) = (marks.first()?, marks.last()?);
    let since = month_after(zone.day(first.at)).map_or(last.at, |day| zone.start_of_day(day));
    Some(Sign {
        // One for the month, whoever decides last in it.
        id: id(rule, EntryId(first.about?.0), &first.key),
        rule: rule.id.clone(),
        about: first.about,
        since,
        until: Some(since + stands),
        words: words::uneven(&first.words, (high.1, high.2), (low.1, low.2)),
        entries: marks.iter().map(|mark| mark.entry).collect(),
    })
}

fn month_after(day: NaiveDate) -> Option<NaiveDate> {
    let (year, month) = if day.month() == 12 { (day.year() + 1, 1) } else { (day.year(), day.month() + 1) };
    NaiveDate::from_ymd_opt(year, month, 1)
}

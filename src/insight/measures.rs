//! Measures: figures over the rows of facts, what they are split by, and the records behind each. Pure: whoever asks has
//! read the rows, and says what time it is.
//!
//! A figure is summed over items ([`items`]): each row that a measure counts, with what is asked of it. The records behind
//! a figure are these items, so that the two can never differ.

mod gaps;
mod index;
mod items;
mod patterns;
mod split;
mod sum;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::num::NonZero;
use std::panic::resume_unwind;
use std::thread;

use chrono::{DateTime, TimeDelta, Utc};

use self::index::Index;
pub use self::patterns::{PATTERN_DAYS, pattern_days, patterns, patterns_reach};
use crate::domain::ids::CaseId;
use crate::domain::measure::{
    Asked, By, CaseFact, Chart, ContactFact, Definition, Definitions, Figure, Line, Millis, Part, Period,
    PromiseFact,
};
use crate::domain::time::Zone;
use crate::pathway::calendar::Calendar;
use crate::pathway::late::WorkingPeriods;

pub use crate::domain::measure::A_MINUTE;

/// The rows that were read, and what is to be known beside them.
#[derive(Debug, Clone, Default)]
pub struct Facts {
    /// Cases, by when they count.
    pub cases: Vec<CaseFact>,
    /// Things owed.
    pub promises: Vec<PromiseFact>,
    /// Attempts to reach somebody outside.
    pub contacts: Vec<ContactFact>,
    /// Where people live or are supported today: where a case names no place, it counts there.
    pub homes: BTreeMap<CaseId, CaseId>,
    /// Records that are read as another.
    pub merged: BTreeMap<CaseId, CaseId>,
    /// What things are called.
    pub names: Names,
}

/// What places, organisations and choices are called.
#[derive(Debug, Clone, Default)]
pub struct Names {
    /// Locations: the name and the kind of service, a choice's id.
    pub places: BTreeMap<CaseId, (String, Option<String>)>,
    /// Organisations, by the id as rows of facts have it: the name, and what it is in words.
    pub organisations: BTreeMap<String, (String, Option<String>)>,
    /// Choices by their ids, in words: levels of risk, kinds of service, what is waited for, effects.
    pub choices: BTreeMap<String, String>,
    /// Levels of risk, the worst first.
    pub risks: Vec<String>,
    /// Roles and members of staff who owe something of ours.
    pub ours: BTreeMap<String, String>,
}

/// What measures are reckoned with.
#[derive(Debug, Clone, Copy)]
pub struct Reckoning<'a> {
    /// What the office's file says.
    pub definitions: &'a Definitions,
    /// The office's zone.
    pub zone: Zone,
    /// Its bank holidays.
    pub calendar: &'a Calendar,
    /// When its shifts begin.
    pub shifts: &'a WorkingPeriods,
    /// As of when.
    pub now: DateTime<Utc>,
}

/// From when and until when rows have to be read for what is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reach {
    /// Cases from this time on, as far back as any measure looks.
    pub cases: DateTime<Utc>,
    /// What was owed at this time or later: what was done so long before it was due that nobody would promise it is left.
    pub owed: DateTime<Utc>,
    /// Before this time.
    pub until: DateTime<Utc>,
}

/// How long before it is due something may have been done.
const DONE_AHEAD: TimeDelta = TimeDelta::days(400);

/// What has to be read for what is asked.
pub fn reach(with: Reckoning<'_>, asked: &Asked) -> Reach {
    let periods = asked.periods();
    reach_of(with, periods.first().copied().unwrap_or(asked.period), asked.period)
}

/// What has to be read from one period to another.
fn reach_of(with: Reckoning<'_>, first: Period, last: Period) -> Reach {
    let (from, until) = (first.instants(with.zone).0, last.instants(with.zone).1);
    let all = &with.definitions.measures;
    let days = TimeDelta::days(all.iter().map(|one| one.days).max().unwrap_or_default());
    let cases = all.iter().map(|one| sum::range(one, first, with.zone).0).min().unwrap_or(from);
    Reach { cases: cases - days, owed: from - DONE_AHEAD, until: until + days }
}

/// Figures of every measure, over the twelve periods. Each measure is reckoned by itself: they are shared out among the
/// processor's cores, because somebody waits for all of them.
pub fn lines(with: Reckoning<'_>, facts: &Facts, asked: &Asked) -> Vec<Line> {
    let index = &Index::new(with, facts, asked);
    let cores = thread::available_parallelism().map_or(1, NonZero::get);
    let share = |first: usize| {
        let measures = with.definitions.measures.iter().enumerate().skip(first).step_by(cores);
        measures.map(|(at, measure)| (at, line(index, measure, asked))).collect::<Vec<_>>()
    };
    let mut lines = thread::scope(|scope| {
        let others: Vec<_> = (1..cores).map(|first| scope.spawn(move || share(first))).collect();
        let mut lines = share(0);
        for other in others {
            lines.extend(other.join().unwrap_or_else(|panic| resume_unwind(panic)));
        }
        lines
    });
    lines.sort_by_key(|(at, _)| *at);
    lines.into_iter().map(|(_, line)| line).collect()
}

/// One measure, and the period asked for split by something.
pub fn chart(
    with: Reckoning<'_>,
    facts: &Facts,
    asked: &Asked,
    measure: &Definition,
    by: Option<By>,
) -> Chart {
    let index = Index::new(with, facts, asked);
    let line = line(&index, measure, asked);
    let parts = by.map(|by| split::parts(&index, measure, asked.period, by)).unwrap_or_default();
    Chart { line, parts, by }
}

/// Every measure, and the period asked for split by the first thing that it can be split by.
pub fn charts(with: Reckoning<'_>, facts: &Facts, asked: &Asked) -> Vec<Chart> {
    let index = Index::new(with, facts, asked);
    let chart = |measure: &Definition| {
        let by = measure.by.first().copied();
        let parts = by.map(|by| split::parts(&index, measure, asked.period, by)).unwrap_or_default();
        Chart { line: line(&index, measure, asked), parts, by }
    };
    with.definitions.measures.iter().map(chart).collect()
}

/// The records behind the figure of the period asked for: the case, when it counts, whether what is asked holds, and how
/// long or how often it was. Those that somebody has to look at first.
pub fn records(
    with: Reckoning<'_>,
    facts: &Facts,
    asked: &Asked,
    measure: &Definition,
) -> Vec<(CaseId, Millis, Option<bool>, Option<i64>)> {
    let index = Index::new(with, facts, asked);
    let mut items = items::of_period(&index, measure, asked.period);
    sum::worst_first(measure, &mut items);
    let record = |item: items::Item| Some((index.case_of(item.row)?, item.at, item.met, item.worth));
    items.into_iter().filter_map(record).collect()
}

fn line(index: &Index<'_>, measure: &Definition, asked: &Asked) -> Line {
    let periods = asked.periods();
    Line { id: measure.id.clone(), figures: figures(index, measure, &periods) }
}

fn figures(index: &Index<'_>, measure: &Definition, periods: &[Period]) -> Vec<Figure> {
    if items::stands(measure) {
        let of = |period: &Period| sum::up(measure, &items::of_period(index, measure, *period));
        return periods.iter().map(of).collect();
    }
    let ranges: Vec<(Millis, Millis)> =
        periods.iter().map(|period| sum::millis(sum::range(measure, *period, index.with.zone))).collect();
    let from = ranges.iter().map(|(from, _)| *from).min().unwrap_or_default();
    let until = ranges.iter().map(|(_, until)| *until).max().unwrap_or_default();
    let mut all = items::between(index, measure, (from, until));
    all.sort_by_key(|item| item.at);
    let of = |(from, until): &(Millis, Millis)| {
        let first = all.partition_point(|item| item.at < *from);
        let after = all.partition_point(|item| item.at < *until);
        sum::up(measure, all.get(first..after).unwrap_or_default())
    };
    ranges.iter().map(of).collect()
}

/// What a chart says of one part.
fn part(label: String, figure: Figure) -> Part {
    Part { label, figure }
}

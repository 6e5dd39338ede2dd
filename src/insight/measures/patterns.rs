//! What goes wrong where: the measures that an office looks at for patterns, each by its parts, beside the time before.

use std::collections::HashSet;

use chrono::Days;

use super::index::Index;
use super::items::Item;
use super::{Facts, Reach, Reckoning, items, reach_of, split, sum};
use crate::domain::ids::CaseId;
use crate::domain::measure::{Asked, Figure, Pattern, PatternRow, Period, Span, Worth};

/// Over so many days, and as many before.
pub const PATTERN_DAYS: u64 = 91;
/// So many parts of one measure stand there, and so many cases of one part are named.
const MOST_PARTS: usize = 8;
const MOST_CASES: usize = 12;

/// The days that are looked at, up to today.
pub fn pattern_days(with: Reckoning<'_>) -> Period {
    let today = with.zone.day(with.now);
    Period { first: today - Days::new(PATTERN_DAYS - 1), after: today.succ_opt().unwrap_or(today) }
}

/// What has to be read for them.
pub fn patterns_reach(with: Reckoning<'_>) -> Reach {
    let period = pattern_days(with);
    reach_of(with, period.moved(Span::Days, -1), period)
}

/// The measures that are looked at for patterns, those left out of which nothing holds, each case by its id alone.
pub fn patterns(with: Reckoning<'_>, facts: &Facts) -> Vec<(Pattern, Vec<Vec<CaseId>>)> {
    let period = pattern_days(with);
    let asked = Asked { period, span: Span::Days, ..Asked::month_of(with.zone.day(with.now)) };
    let index = Index::new(with, facts, &asked);
    let before = period.moved(Span::Days, -1);
    let mut found = Vec::new();
    for measure in &with.definitions.measures {
        let all = |period| sum::up(measure, &items::of_period(&index, measure, period));
        for by in &measure.pattern {
            let earlier = split::parts(&index, measure, before, *by);
            let figure_before = |label: &str| {
                let part = earlier.iter().find(|part| part.label == label);
                part.map_or(Figure { worth: Worth::Share, ..Figure::default() }, |part| part.figure)
            };
            let mut parts = split::with_items(&index, measure, period, *by);
            parts.retain(|(part, _)| part.figure.n > 0);
            parts.sort_by_key(|(part, _)| std::cmp::Reverse(part.figure.n));
            parts.truncate(MOST_PARTS);
            let mut cases: Vec<Vec<CaseId>> = Vec::new();
            let mut rows: Vec<PatternRow> = Vec::new();
            for (part, items) in parts {
                let mut behind = behind(&index, &items);
                let more = behind.len().saturating_sub(MOST_CASES);
                behind.truncate(MOST_CASES);
                cases.push(behind);
                let before = figure_before(&part.label);
                rows.push(PatternRow {
                    before,
                    label: part.label,
                    now: part.figure,
                    cases: Vec::new(),
                    more,
                });
            }
            let title = measure.title.clone();
            found.push((Pattern { title, by: *by, now: all(period), before: all(before), rows }, cases));
        }
    }
    found
}

/// The cases of which it holds, the newest first.
fn behind(index: &Index<'_>, items: &[Item]) -> Vec<CaseId> {
    let mut items: Vec<&Item> = items.iter().filter(|item| item.met == Some(true)).collect();
    items.sort_by_key(|item| std::cmp::Reverse(item.at));
    let mut seen = HashSet::new();
    let cases = items.into_iter().filter_map(|item| index.case_of(item.row));
    cases.filter(|case| seen.insert(*case)).collect()
}

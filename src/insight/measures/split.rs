//! A figure in its parts: by place, organisation, risk, shift, theme. A row of several themes stands under each of them.

use std::collections::BTreeMap;

use super::gaps::{self, Gap};
use super::index::{Index, Row};
use super::items::{self, Item};
use super::{part, sum};
use crate::domain::measure::{By, Definition, Figure, Millis, Part, Period, Worth};
use crate::domain::words::measures as words;

const AN_HOUR: Millis = 3_600_000;
/// From how long past its time something stands in which part, in hours.
const AGES: [(i64, &str); 5] = [
    (28 * 24, words::OVER_FOUR_WEEKS),
    (7 * 24, words::UP_TO_FOUR_WEEKS),
    (24, words::UP_TO_A_WEEK),
    (0, words::UP_TO_A_DAY),
    (i64::MIN, words::NOT_LATE),
];

/// The parts of the figure of a period, those that stand in an order by it, the others by how many they are.
pub(super) fn parts(index: &Index<'_>, measure: &Definition, period: Period, by: By) -> Vec<Part> {
    let items = items::of_period(index, measure, period);
    if by == By::Gap {
        return by_gap(index, &items);
    }
    let mut parts: BTreeMap<(i64, String), Vec<Item>> = BTreeMap::new();
    for item in items {
        for label in labels(index, &item, by) {
            parts.entry(label).or_default().push(item.clone());
        }
    }
    let mut parts: Vec<(i64, Part)> = parts
        .into_iter()
        .map(|((order, label), items)| (order, part(label, sum::up(measure, &items))))
        .collect();
    parts.sort_by_key(|(order, part)| (*order, std::cmp::Reverse(part.figure.of)));
    parts.into_iter().map(|(_, part)| part).collect()
}

/// How many of all had each gap.
fn by_gap(index: &Index<'_>, items: &[Item]) -> Vec<Part> {
    let of = items.len() as u64;
    let has =
        |item: &Item, gap| index.case(item.row).is_some_and(|case| gaps::of(index, case).contains(&gap));
    let figure = |gap| {
        let n = items.iter().filter(|item| has(item, gap)).count() as u64;
        Figure { n, of, unknown: 0, worth: Worth::Share }
    };
    Gap::ALL.map(|gap| part(words::gap(gap as usize).to_owned(), figure(gap))).into()
}

/// Under which words the item stands, each with where they stand among the others.
fn labels(index: &Index<'_>, item: &Item, by: By) -> Vec<(i64, String)> {
    let names = &index.facts.names;
    let one = |label: Option<String>, none: &str| match label {
        Some(label) => vec![(0, label)],
        None => vec![(1, none.to_owned())],
    };
    let choice = |id: &String| names.choices.get(id).cloned().unwrap_or_else(|| id.clone());
    let place = index.location(item.row).and_then(|id| names.places.get(&id));
    match by {
        By::Location => one(place.map(|(name, _)| name.clone()), words::NO_PLACE),
        By::Service => one(place.and_then(|(_, service)| service.as_ref()).map(choice), words::NO_SERVICE),
        By::Organisation => one(who(index, item.row).map(|who| named(index, &who).0), words::NOBODY),
        By::Type => one(who(index, item.row).and_then(|who| named(index, &who).1), words::NO_TYPE),
        By::Risk => {
            let risk = index.case(item.row).and_then(|case| case.risk.as_ref());
            let rank = |risk: &String| names.risks.iter().position(|one| one == risk);
            let at = risk.and_then(rank).and_then(|at| i64::try_from(at).ok()).unwrap_or(i64::MAX);
            vec![(at, risk.map_or_else(|| words::NO_RISK.to_owned(), choice))]
        }
        By::Shift => shift(index, item),
        By::Theme => {
            let case = index.case(item.row);
            let themes = case.map(|case| index.themes(case)).unwrap_or_default();
            let title = |id: &&str| index.with.definitions.theme(id).map(|theme| (0, theme.title.clone()));
            let titles: Vec<_> = themes.iter().filter_map(title).collect();
            if titles.is_empty() { one(None, words::NO_THEME) } else { titles }
        }
        By::Waiting => {
            let tags = index.case(item.row).map(|case| case.tags.as_slice()).unwrap_or_default();
            let known: Vec<_> = tags.iter().map(|tag| (0, choice(tag))).collect();
            if known.is_empty() { one(None, words::NOT_SAID) } else { known }
        }
        By::Age => age(index, item),
        By::Effect => one(item.part.as_ref().map(choice), words::NOT_SAID),
        By::Gap => Vec::new(),
    }
}

/// Who owes it, or was tried; of a case, who was contacted first. Records that were merged are the one that was kept.
fn who(index: &Index<'_>, row: Row) -> Option<String> {
    let named = match row {
        Row::Promise(at) => index.promise(at).map(|row| row.who.clone()),
        Row::Contact(at) => index.facts.contacts.get(at).map(|row| row.who.clone()),
        Row::Case(at) => index.first_contact(index.facts.cases.get(at)?.case).map(|row| row.who.clone()),
    }?;
    Some(named.parse().map_or(named, |record| index.read_as(record).to_string()))
}

/// An organisation's name and what it is; of ours, who they are.
fn named(index: &Index<'_>, who: &str) -> (String, Option<String>) {
    let names = &index.facts.names;
    let ours = || names.ours.get(who).map(|name| (name.clone(), None));
    // A record that may not be seen keeps its name to itself.
    let unknown = || match who.parse::<crate::domain::ids::CaseId>() {
        Ok(_) => (words::NOT_TO_BE_SEEN.to_owned(), None),
        Err(_) => (who.to_owned(), None),
    };
    names.organisations.get(who).cloned().or_else(ours).unwrap_or_else(unknown)
}

/// By the shift in which it counts: on a weekend or bank holiday whichever it is.
fn shift(index: &Index<'_>, item: &Item) -> Vec<(i64, String)> {
    let Some(at) = chrono::DateTime::from_timestamp_millis(item.at) else { return Vec::new() };
    let (zone, shifts) = (index.with.zone, index.with.shifts);
    let (from, until) = (shifts.start(at, zone), shifts.end(at, zone));
    if !index.with.calendar.is_working_day(zone.day(from)) {
        return vec![(2, words::WEEKEND.to_owned())];
    }
    let crosses_midnight = zone.day(from) != zone.day(until - chrono::TimeDelta::milliseconds(1));
    let title = if crosses_midnight { words::NIGHT } else { words::DAY };
    let clock = |at| crate::domain::time::display::clock(at, zone);
    vec![(i64::from(crosses_midnight), words::shift(title, &clock(from), &clock(until)))]
}

/// By how long past its time it was, or has been.
fn age(index: &Index<'_>, item: &Item) -> Vec<(i64, String)> {
    let Row::Promise(at) = item.row else { return Vec::new() };
    let Some(promise) = index.promise(at) else { return Vec::new() };
    // What stands at a time is as late as it is then; anything else as late as it was when it ended, or is now.
    let until = if item.at > promise.due { item.at } else { promise.ended.min(index.now()) };
    let hours = (until - promise.due).div_euclid(AN_HOUR);
    let late = until - promise.due >= super::A_MINUTE;
    let label = AGES.iter().zip(0_i64..).find(|((from, _), _)| late && hours >= *from);
    let last = AGES.last().map_or("", |(_, label)| label);
    vec![label.map_or((AGES.len() as i64, last.to_owned()), |((_, label), at)| (at, (*label).to_owned()))]
}

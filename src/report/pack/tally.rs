//! What the charts of a pack count, case by case: cases by month, what others promised against what was kept, how long a
//! decision took, and how late each organisation was.

use std::collections::BTreeMap;

use chrono::{DateTime, Datelike, Months, NaiveDate, TimeDelta, Utc};

use super::chart::{Bar, Chart};
use super::owed::{Kept, Line, far};
use crate::domain::case::{CaseState, Milestone};
use crate::domain::words::pack as words;

/// Months that are counted.
const MONTHS: u32 = 12;
/// Up to how many minutes a decision took, for each bar but the last.
const DECIDED: [i64; 6] = [5, 15, 60, 4 * 60, 24 * 60, i64::MAX];

/// What is counted.
#[derive(Debug, Default)]
pub(super) struct Tally {
    opened: Vec<NaiveDate>,
    until: Option<NaiveDate>,
    whose: Option<String>,
    kept: [usize; words::KEPT.len()],
    decided: [usize; DECIDED.len()],
    undecided: usize,
    late: BTreeMap<String, Late>,
}

/// What one organisation promised.
#[derive(Debug, Default)]
struct Late {
    promised: usize,
    /// How long after its time each was kept, or still is not.
    by: Vec<TimeDelta>,
}

impl Tally {
    /// Cases of the twelve months up to this day, each by the day on which it was opened; whose they are, where it is to be said.
    pub(super) fn opened(&mut self, until: NaiveDate, whose: Option<&str>, days: Vec<NaiveDate>) {
        (self.until, self.opened, self.whose) = (Some(until), days, whose.map(str::to_owned));
    }

    /// What others promised in a case.
    pub(super) fn promised(&mut self, lines: &[Line<'_>], now: DateTime<Utc>) {
        for line in lines.iter().filter(|line| line.table == words::PROMISES.id) {
            let place = match line.counted {
                Kept::InTime => 0,
                Kept::Late => 1,
                Kept::OpenLate => 2,
                Kept::Open => 3,
                Kept::Refused => 4,
                Kept::Other => 5,
                Kept::Untimed => 6,
            };
            self.kept[place] += 1;
            let late = self.late.entry(line.who.clone()).or_default();
            late.promised += 1;
            let until = match line.counted {
                Kept::Late => line.settled_at,
                // What was called off after its time is late by then, and no later.
                Kept::OpenLate => line.settled_at.or(Some(now)),
                _ => None,
            };
            late.by.extend(until.map(|until| until - line.due));
        }
    }

    /// How long the first decision of a case took, where it is one that reached the office as a call.
    pub(super) fn decided(&mut self, state: &CaseState) {
        let at = |milestone| state.facts.milestones.get(&milestone).map(|when| when.at);
        let Some(called) = at(Milestone::Called) else { return };
        match at(Milestone::Decided) {
            Some(decided) => {
                let minutes = (decided - called).num_minutes();
                let place = DECIDED.iter().position(|most| minutes < *most).unwrap_or(DECIDED.len() - 1);
                self.decided[place] += 1;
            }
            None => self.undecided += 1,
        }
    }

    /// The charts; how long decisions took only where it is of cases of ours.
    pub(super) fn charts(self, decided_by_us: bool) -> Vec<Chart> {
        let bars = |labels: &[&str], counts: &[usize]| -> Vec<Bar> {
            labels.iter().zip(counts).map(|(label, n)| Bar::count(*label, *n)).collect()
        };
        let chart = |of: &words::ChartWords, bars| Chart {
            id: of.id.to_owned(),
            group: String::new(),
            title: of.title.to_owned(),
            about: of.about.to_owned(),
            of: of.of.to_owned(),
            bars,
        };
        let decided: Vec<usize> = self.decided.into_iter().chain([self.undecided]).collect();
        let mut months = chart(&words::MONTHS_CHART, self.months());
        if let Some(whose) = &self.whose {
            months.title = words::of_whom(&months.title, whose);
        }
        let mut charts = vec![months, chart(&words::KEPT_CHART, bars(&words::KEPT, &self.kept))];
        charts.extend(decided_by_us.then(|| chart(&words::DECIDED_CHART, bars(&words::DECIDED, &decided))));
        charts.push(chart(&words::LATE_CHART, self.delays()));
        charts
    }

    /// The twelve months, the oldest first, each with how many were opened in it.
    fn months(&self) -> Vec<Bar> {
        let Some(until) = self.until else { return Vec::new() };
        let first = until.with_day(1).unwrap_or(until);
        let months = (0..MONTHS).rev().filter_map(|back| first.checked_sub_months(Months::new(back)));
        let bar = |month: NaiveDate| {
            let is_in = |day: &&NaiveDate| (day.year(), day.month()) == (month.year(), month.month());
            Bar::count(month.format("%b %Y").to_string(), self.opened.iter().filter(is_in).count())
        };
        months.map(bar).collect()
    }

    /// Each organisation by how late it is where it is late, the latest first.
    fn delays(&self) -> Vec<Bar> {
        let mut all: Vec<(&String, &Late, Option<TimeDelta>)> =
            self.late.iter().map(|(who, late)| (who, late, half(&late.by))).collect();
        all.sort_by(|(one, _, here), (other, _, there)| there.cmp(here).then_with(|| one.cmp(other)));
        let bar = |(who, late, half): (&String, &Late, Option<TimeDelta>)| Bar {
            label: who.clone(),
            height: Some(half.map_or(0, |half| half.num_minutes())),
            words: half.map_or_else(|| words::NOT_LATE.to_owned(), length),
            counted: words::late_of(late.by.len(), late.promised),
        };
        all.into_iter().map(bar).collect()
    }
}

/// As late as half of them are at most.
fn half(by: &[TimeDelta]) -> Option<TimeDelta> {
    let mut by = by.to_vec();
    by.sort_unstable();
    by.get(by.len().checked_sub(1)? / 2).copied()
}

fn length(by: TimeDelta) -> String {
    far(DateTime::UNIX_EPOCH, DateTime::UNIX_EPOCH + by)
}

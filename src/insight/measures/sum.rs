//! From items to a figure: how many of how many, the median and the ninth of ten, an average in hundredths.

use chrono::{DateTime, Months, Utc};

use super::items::Item;
use crate::domain::measure::{Better, Definition, Figure, Millis, Period, Sum, Target, Worth};
use crate::domain::time::Zone;

/// From when to before when the rows of a period are counted.
pub(super) fn range(measure: &Definition, period: Period, zone: Zone) -> (DateTime<Utc>, DateTime<Utc>) {
    let first = measure.months.and_then(|months| period.after.checked_sub_months(Months::new(months)));
    Period { first: first.unwrap_or(period.first), ..period }.instants(zone)
}

pub(super) fn millis((from, until): (DateTime<Utc>, DateTime<Utc>)) -> (Millis, Millis) {
    (from.timestamp_millis(), until.timestamp_millis())
}

/// What the items come to.
pub(super) fn up(measure: &Definition, items: &[Item]) -> Figure {
    let count = |holds: &dyn Fn(&Item) -> bool| items.iter().filter(|item| holds(item)).count() as u64;
    let all = items.len() as u64;
    let met = count(&|item| item.met == Some(true));
    let known = count(&|item| item.met.is_some());
    let mut lengths: Vec<i64> = items.iter().filter_map(|item| item.worth).collect();
    lengths.sort_unstable();
    let timed = lengths.len() as u64;
    match measure.sum {
        Sum::Count => Figure { n: all, of: all, unknown: 0, worth: Worth::Count },
        Sum::Share(_) => Figure { n: met, of: known, unknown: all - known, worth: Worth::Share },
        Sum::Time { within, .. } => {
            let target = within != Target::None;
            let (n, of) = if target { (met, known) } else { (timed, timed) };
            Figure { n, of, unknown: all - of.max(timed), worth: time(&lengths, target) }
        }
        Sum::Lateness => Figure { n: timed, of: timed, unknown: all - timed, worth: time(&lengths, false) },
        Sum::Chases => {
            let sum: i64 = lengths.iter().sum();
            let of = i64::try_from(timed).unwrap_or(i64::MAX);
            let hundredths = (of > 0).then(|| (sum * 200 + of) / (of * 2));
            Figure {
                n: sum.unsigned_abs(),
                of: timed,
                unknown: all - timed,
                worth: Worth::Mean { hundredths },
            }
        }
    }
}

fn time(lengths: &[i64], target: bool) -> Worth {
    let timed = lengths.len() as u64;
    Worth::Time { median: part_of(lengths, 1, 2), ninetieth: part_of(lengths, 9, 10), timed, target }
}

/// The smallest length that at least so many of so many do not exceed: the nearest rank, so that it is always a length that
/// somebody can look up.
fn part_of(sorted: &[i64], n: usize, of: usize) -> Option<i64> {
    let rank = (sorted.len() * n).div_ceil(of);
    sorted.get(rank.checked_sub(1)?).copied()
}

/// Puts those first that somebody has to look at: where less is better, those of which it holds; the longest; the newest.
pub(super) fn worst_first(measure: &Definition, items: &mut [Item]) {
    let rank = |item: &Item| match (measure.better, item.met) {
        (Better::Less, Some(true)) if matches!(measure.sum, Sum::Share(_)) => 0,
        (_, Some(false)) if !matches!((measure.better, measure.sum), (Better::Less, Sum::Share(_))) => 0,
        (_, Some(_)) => 1,
        (_, None) => 2,
    };
    items.sort_by_key(|item| (rank(item), std::cmp::Reverse(item.worth), std::cmp::Reverse(item.at)));
}

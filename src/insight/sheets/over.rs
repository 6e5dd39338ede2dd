//! Pages over many cases: decisions with whose they are and who was told; what was counted over time, each number with a
//! small bar beside it.

use super::With;
use crate::domain::clean;
use crate::domain::ids::CaseId;
use crate::domain::sheet::{Sheet, SheetPart};
use crate::domain::time::display;
use crate::domain::views::{Counted, DecisionRow, Trends, Weekly};
use crate::domain::words::pages as words;

/// Bars of a cell, the least first.
const BARS: [&str; 8] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"];
/// How many numbers stand beside one another.
const MOST: usize = 12;

/// The page of decisions: first those that were made jointly.
pub fn decisions(rows: &[DecisionRow], about: Option<(CaseId, &str)>, with: &With<'_>) -> Sheet {
    let is_joint = |row: &&DecisionRow| row.shared.is_some() || row.disagreed.is_some();
    let (joint, alone): (Vec<_>, Vec<_>) = rows.iter().partition(is_joint);
    let part = |title: &str, rows: Vec<&DecisionRow>| {
        let mut part = SheetPart::new(title);
        for row in rows {
            let when = display::short_when(&row.at, with.now, with.zone);
            let head = [Some(when.as_str()), Some(&row.reference), row.about.as_deref()];
            let head: Vec<&str> = head.into_iter().flatten().collect();
            part.says(&head.join(" "), clean::shown(&said(row, with)));
            part.behind([(row.case, row.reference.clone())]);
        }
        if part.lines.is_empty() {
            part.lacks("", words::NO_DECISION);
        }
        part
    };
    Sheet {
        title: words::decisions(about.map(|(_, name)| name)),
        first: words::DECISIONS_FIRST.to_owned(),
        parts: vec![part(words::JOINT, joint), part(words::ALONE, alone)],
        subject: about.map(|(id, _)| id),
        ..Sheet::default()
    }
}

fn said(row: &DecisionRow, with: &With<'_>) -> String {
    let told: Vec<String> = row
        .told
        .iter()
        .map(|(name, when)| words::told(name, &display::short_when(when, with.now, with.zone)))
        .collect();
    let told = if told.is_empty() { words::NOBODY.to_owned() } else { told.join(", ") };
    let first_line = |words: &String| words.lines().next().unwrap_or_default().to_owned();
    let lines = [
        Some(words::part(&row.step, &first_line(&row.what))),
        Some(words::part(words::WHOSE, &row.owner)),
        row.why.as_ref().map(|why| words::part(words::WHY, &first_line(why))),
        row.shared.as_ref().map(|who| words::part(words::SHARED, &who.replace('\n', "; "))),
        row.disagreed.as_ref().map(|who| words::part(words::DISAGREED, who)),
        Some(words::part(words::WAS_TOLD, &told)),
    ];
    lines.into_iter().flatten().collect::<Vec<_>>().join("\n")
}

/// The page of what was counted over time.
pub fn trends(trends: &Trends, about: CaseId, with: &With<'_>) -> Sheet {
    let mut counted = SheetPart::new(words::COUNTED);
    for row in &trends.counted {
        counted.says(&row.title, numbers(row, with));
        counted.behind(row.cases.iter().cloned());
    }
    if counted.lines.is_empty() {
        counted.lacks("", words::NOTHING_COUNTED);
    }
    let mut weekly = SheetPart::new(words::WEEKLY);
    for row in &trends.weekly {
        let all: Vec<i64> = row.weeks.iter().map(|count| i64::from(*count)).collect();
        let sum = |weeks: &[u32]| weeks.iter().sum();
        let last = Weekly::WEEKS - 4;
        let (lately, before) = (sum(&row.weeks[last..]), sum(&row.weeks[last - 4..last]));
        weekly.says(&row.title, [drawn(&all), words::weeks(lately, before)].join("\n"));
        weekly.behind(row.cases.iter().cloned());
    }
    if weekly.lines.is_empty() {
        weekly.lacks("", words::NOTHING_CAME);
    }
    Sheet {
        title: words::trends(&trends.name),
        first: words::TRENDS_FIRST.to_owned(),
        parts: vec![counted, weekly],
        subject: Some(about),
        ..Sheet::default()
    }
}

fn numbers(row: &Counted, with: &With<'_>) -> String {
    let points = &row.points[row.points.len().saturating_sub(MOST)..];
    let all: Vec<i64> = points.iter().map(|(_, number)| *number).collect();
    let Some((when, now)) = points.last() else { return String::new() };
    let before = all.len().checked_sub(2).and_then(|place| all.get(place)).copied();
    let over = row.threshold.map(|from| (from, all.iter().filter(|one| **one >= from).count(), all.len()));
    let when = display::short_when(when, with.now, with.zone);
    [drawn(&all), words::last(*now, before, &when, over)].join("\n")
}

/// A bar for each number, and the numbers beside them.
fn drawn(numbers: &[i64]) -> String {
    let most = numbers.iter().copied().max().unwrap_or(0).max(1);
    let bar = |number: &i64| {
        // What is not nothing is seen, however little it is.
        let place = (number.max(&0) * 7 + most / 2) / most;
        let place = if *number > 0 { place.max(1) } else { 0 };
        BARS[usize::try_from(place).unwrap_or(0).min(7)]
    };
    let bars: String = numbers.iter().map(bar).collect();
    let said: Vec<String> = numbers.iter().map(i64::to_string).collect();
    format!("{bars}  {}", said.join(" "))
}

#[cfg(test)]
mod tests {
    use super::drawn;

    #[test]
    fn a_bar_stands_for_each_number_and_the_numbers_beside_them() {
        assert_eq!(drawn(&[0, 1, 4, 2]), "▁▃█▅  0 1 4 2");
        assert_eq!(drawn(&[0, 0]), "▁▁  0 0");
        assert_eq!(drawn(&[]), "  ");
    }
}

//! The figures that come out: never a share without how many of how many it is.

use chrono::{DateTime, Utc};
use serde::Serialize;

use super::asked::{By, Period};
use crate::domain::ids::CaseId;
use crate::domain::views::CaseRow;

/// What one figure comes to, of the rows of one period or part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Figure {
    /// Of how many rows what is asked holds; of a count, how many there are; of a time, how many were within the target.
    pub n: u64,
    /// How many rows there are of which it is known.
    pub of: u64,
    /// How many there are of which it is not known yet, or whose time is not known well enough.
    pub unknown: u64,
    /// What it is worth beside that.
    pub worth: Worth,
}

/// What a figure is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Worth {
    /// How many there are.
    #[default]
    Count,
    /// How many of how many.
    Share,
    /// How long it took, and how many were within the target where there is one.
    Time {
        /// As long as half of them took at most, in milliseconds; `None` where there are none.
        median: Option<i64>,
        /// As long as nine of ten took at most.
        ninetieth: Option<i64>,
        /// Of how many that is.
        timed: u64,
        /// Whether there is a target.
        target: bool,
    },
    /// How often on average: hundredths.
    Mean {
        /// In hundredths; `None` where there is nothing to divide by.
        hundredths: Option<i64>,
    },
}

impl Figure {
    /// What a chart draws and two periods are compared by: a share in tenths of a percent, a time in seconds, a mean in
    /// hundredths, a count itself. `None` where nothing was counted.
    pub fn height(&self) -> Option<i64> {
        match self.worth {
            Worth::Count => i64::try_from(self.n).ok(),
            Worth::Share => self.permille(),
            Worth::Time { median, .. } => median.map(|millis| millis / 1000),
            Worth::Mean { hundredths } => hundredths,
        }
    }

    /// The share in tenths of a percent, rounded; `None` of none.
    pub fn permille(&self) -> Option<i64> {
        let (n, of) = (i64::try_from(self.n).ok()?, i64::try_from(self.of).ok()?);
        (of > 0).then(|| (n * 2000 + of) / (of * 2))
    }

    /// Whether it is made of too few rows for a percentage to say anything.
    pub fn is_small(&self) -> bool {
        self.of < Self::FEW
    }

    /// Below so many rows no percentage is shown, only the numbers.
    pub const FEW: u64 = 10;
}

/// One measure over the twelve periods.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Line {
    /// The measure's id.
    pub id: String,
    /// The figure of each period, the oldest first; the last is the one asked for.
    pub figures: Vec<Figure>,
}

impl Line {
    /// The figure of the period asked for.
    pub fn now(&self) -> Figure {
        self.figures.last().copied().unwrap_or_default()
    }

    /// The figure of the period before.
    pub fn before(&self) -> Option<Figure> {
        self.figures.iter().rev().nth(1).copied()
    }
}

/// All measures over the twelve periods.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Overview {
    /// The periods, the oldest first.
    pub periods: Vec<Period>,
    /// One line for each measure.
    pub lines: Vec<Line>,
    /// As of when.
    pub now: DateTime<Utc>,
    /// There are restricted records that whoever looks may not see: they are not in any figure.
    pub without_restricted: bool,
    /// The locations by name that figures can be asked for.
    pub locations: Vec<(CaseId, String)>,
    /// The kinds of service: the choice's id and its words.
    pub services: Vec<(String, String)>,
}

/// One measure, with its parts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Chart {
    /// The measure over the twelve periods.
    pub line: Line,
    /// The period asked for, split: the most first.
    pub parts: Vec<Part>,
    /// By what.
    pub by: Option<By>,
}

/// A part of a figure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Part {
    /// What it is of, in words.
    pub label: String,
    /// What it comes to.
    pub figure: Figure,
}

/// The records behind a figure.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Records {
    /// The rows, those of which it does not hold first where more is better.
    pub rows: Vec<Record>,
    /// How many there are in all.
    pub total: u64,
}

/// A record behind a figure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Record {
    /// The case.
    pub case: CaseRow,
    /// When it counts.
    pub at: DateTime<Utc>,
    /// Whether what is asked holds of it.
    pub met: Option<bool>,
    /// How long it took in milliseconds, of a time; how often it was chased, where that is asked.
    pub worth: Option<i64>,
}

/// What goes wrong where, beside the time before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Patterns {
    /// Of which days.
    pub period: Period,
    /// Each measure that is looked at for patterns, by each part that it is looked at by.
    pub patterns: Vec<Pattern>,
    /// There are restricted records that whoever looks may not see: they are not in any figure.
    pub without_restricted: bool,
}

/// One measure by one part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Pattern {
    /// The measure's words.
    pub title: String,
    /// By what it is split.
    pub by: By,
    /// What all of it comes to.
    pub now: Figure,
    /// The same in the time before.
    pub before: Figure,
    /// Where it holds of any, the most first.
    pub rows: Vec<PatternRow>,
}

/// One part of a measure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PatternRow {
    /// The part's words.
    pub label: String,
    /// What it comes to.
    pub now: Figure,
    /// The same in the time before; nothing counted there where there was none.
    pub before: Figure,
    /// The cases of which it holds, each by its short reference, the newest first; a few of many.
    pub cases: Vec<(CaseId, String)>,
    /// In how many cases more it holds.
    pub more: usize,
}

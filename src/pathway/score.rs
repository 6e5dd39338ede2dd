//! Points of a score from what was measured or seen, by the bands of its definition.
//!
//! It checks arithmetic and nothing else: what a score asks of anybody is for whoever took it to say. A part of which
//! nothing is known has no points, and a score that lacks a part is none.

use std::collections::BTreeMap;

use super::definition::{Bands, Grade, Part};

/// Behind a number that is the points themselves, where what was measured is not known: `3p`.
const POINTS: char = 'p';

/// A measurement in the smallest unit that can be measured: tenths where one decimal is. `None` where it is no number,
/// or has more digits after the point.
pub fn measured(text: &str, decimals: u8) -> Option<i64> {
    let (whole, rest) = text.trim().split_once(['.', ',']).unwrap_or((text.trim(), ""));
    let digits = |text: &str| text.chars().all(|digit| digit.is_ascii_digit());
    let wide = usize::from(decimals);
    if whole.is_empty() || whole.len() > 6 || !digits(whole) || !digits(rest) || rest.len() > wide {
        return None;
    }
    format!("{whole}{rest:0<wide$}").parse().ok()
}

/// Why a part has no points.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoPoints {
    /// Nothing is known of it.
    Blank,
    /// What it depends on is not known yet.
    Waits,
    /// What was typed is no measurement, none of the grades, no number of points.
    NotOne,
}

/// The points of a part, from what was typed for each part by its id.
///
/// # Errors
/// Why it has none.
pub fn points(part: &Part, typed: &BTreeMap<String, String>) -> Result<i64, NoPoints> {
    let text = typed.get(&part.id).map_or("", |text| text.trim());
    if text.is_empty() {
        return Err(NoPoints::Blank);
    }
    let in_range = |points: &i64| (part.range.0..=part.range.1).contains(points);
    if part.bands.is_empty() {
        return text.parse().ok().filter(in_range).ok_or(NoPoints::NotOne);
    }
    if let Some(points) = text.strip_suffix(POINTS) {
        return points.trim().parse().ok().filter(in_range).ok_or(NoPoints::NotOne);
    }
    let bands = bands(part, typed).ok_or(NoPoints::Waits)?;
    if let Some(grade) = bands.seen.iter().find(|grade| grade.choice.id == text) {
        return Ok(grade.points);
    }
    let value = measured(text, bands.decimals).ok_or(NoPoints::NotOne)?;
    let band = bands.measured.iter().find(|band| band.to.is_none_or(|to| value <= to));
    band.map(|band| band.points).ok_or(NoPoints::NotOne)
}

/// The bands that hold for a part; `None` while what they depend on is not known.
pub fn bands<'a>(part: &'a Part, typed: &BTreeMap<String, String>) -> Option<&'a Bands> {
    let waits = part.bands.iter().filter_map(|bands| bands.given.as_ref()).any(|(on, _)| {
        typed.get(on).is_none_or(|text| text.trim().is_empty())
    });
    let holds = |bands: &&Bands| match &bands.given {
        Some((on, is)) => typed.get(on).is_some_and(|text| text.trim() == is),
        None => true,
    };
    part.bands.iter().find(holds).filter(|_| !waits)
}

/// The grades from which a part is chosen, where it is one that is seen.
pub fn grades(part: &Part) -> Option<&[Grade]> {
    let seen = part.bands.iter().find(|bands| !bands.seen.is_empty())?;
    Some(&seen.seen)
}

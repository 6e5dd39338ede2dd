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

/// Whether what was typed for a part can hardly have been measured of anybody.
pub fn hardly_measured(part: &Part, typed: &str) -> bool {
    let decimals = part.bands.first().map_or(0, |bands| bands.decimals);
    let (least, most) = part.hardly;
    measured(typed, decimals).is_some_and(|value| {
        least.is_some_and(|least| value < least) || most.is_some_and(|most| value > most)
    })
}

/// The bands that hold for a part; `None` while what they depend on is not known.
pub fn bands<'a>(part: &'a Part, typed: &BTreeMap<String, String>) -> Option<&'a Bands> {
    let waits = part
        .bands
        .iter()
        .filter_map(|bands| bands.given.as_ref())
        .any(|(on, _)| typed.get(on).is_none_or(|text| text.trim().is_empty()));
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pathway::definition::{Field, Kind};
    use crate::pathway::edition::Edition;

    /// The parts of a score of the pathway that comes with the program.
    fn parts(field: &str) -> Vec<Part> {
        let edition = Edition::built_in();
        let step = edition.pathway("urgent").unwrap().step("observations").unwrap();
        let Some(Field { kind: Kind::Score(parts), .. }) = step.field(field) else { panic!("a score") };
        parts.clone()
    }

    fn typed(parts: &[(&str, &str)]) -> BTreeMap<String, String> {
        parts.iter().map(|(id, text)| ((*id).to_owned(), (*text).to_owned())).collect()
    }

    fn of(all: &[Part], id: &str, beside: &[(&str, &str)], text: &str) -> Result<i64, NoPoints> {
        let part = all.iter().find(|part| part.id == id).unwrap();
        points(part, &typed(&[beside, &[(id, text)]].concat()))
    }

    /// Each boundary of the chart, from both of its sides: the last value of a band, and the first of the next.
    #[test]
    fn every_boundary_of_the_table() {
        let chart: [(&str, &[(&str, i64)]); 5] = [
            (
                "breaths",
                &[
                    ("0", 3),
                    ("8", 3),
                    ("9", 1),
                    ("11", 1),
                    ("12", 0),
                    ("20", 0),
                    ("21", 2),
                    ("24", 2),
                    ("25", 3),
                    ("60", 3),
                ],
            ),
            (
                "systolic",
                &[
                    ("40", 3),
                    ("90", 3),
                    ("91", 2),
                    ("100", 2),
                    ("101", 1),
                    ("110", 1),
                    ("111", 0),
                    ("219", 0),
                    ("220", 3),
                    ("300", 3),
                ],
            ),
            (
                "pulse",
                &[
                    ("0", 3),
                    ("40", 3),
                    ("41", 1),
                    ("50", 1),
                    ("51", 0),
                    ("90", 0),
                    ("91", 1),
                    ("110", 1),
                    ("111", 2),
                    ("130", 2),
                    ("131", 3),
                ],
            ),
            (
                "temperature",
                &[
                    ("30", 3),
                    ("34.9", 3),
                    ("35", 3),
                    ("35.0", 3),
                    ("35.1", 1),
                    ("36.0", 1),
                    ("36.1", 0),
                    ("38.0", 0),
                    ("38,1", 1),
                    ("39.0", 1),
                    ("39.1", 2),
                    ("42.0", 2),
                ],
            ),
            (
                "consciousness",
                &[("alert", 0), ("confused", 3), ("voice", 3), ("pain", 3), ("unresponsive", 3)],
            ),
        ];
        for field in ["news2", "news2_scale_2"] {
            let all = parts(field);
            for (part, values) in chart {
                for (value, points) in values {
                    assert_eq!(of(&all, part, &[], value), Ok(*points), "{field}: {part} {value}");
                }
            }
            for (value, points) in [("air", 0), ("oxygen", 2)] {
                assert_eq!(of(&all, "oxygen", &[], value), Ok(points), "{field}");
            }
            assert_eq!(all.len(), 7, "{field}: the seven parts of the chart");
            assert_eq!(all.iter().map(|part| part.range.1).sum::<i64>(), 20, "{field}: from 0 to 20");
        }
    }

    #[test]
    fn saturation_is_scored_on_the_scale_that_was_asked_for() {
        let one = parts("news2");
        for air in ["air", "oxygen"] {
            for (value, points) in
                [("70", 3), ("91", 3), ("92", 2), ("93", 2), ("94", 1), ("95", 1), ("96", 0), ("100", 0)]
            {
                assert_eq!(
                    of(&one, "saturation", &[("oxygen", air)], value),
                    Ok(points),
                    "scale 1, {air}: {value}"
                );
            }
        }
        let two = parts("news2_scale_2");
        let below = [("83", 3), ("84", 2), ("85", 2), ("86", 1), ("87", 1), ("88", 0), ("92", 0)];
        let on_air = [("93", 0), ("95", 0), ("97", 0), ("100", 0)];
        let on_oxygen = [("93", 1), ("94", 1), ("95", 2), ("96", 2), ("97", 3), ("100", 3)];
        for (air, above) in [("air", on_air.as_slice()), ("oxygen", on_oxygen.as_slice())] {
            for (value, points) in below.iter().chain(above) {
                assert_eq!(
                    of(&two, "saturation", &[("oxygen", air)], value),
                    Ok(*points),
                    "scale 2, {air}: {value}"
                );
            }
        }
        assert_eq!(
            of(&two, "saturation", &[], "90"),
            Err(NoPoints::Waits),
            "on air or on oxygen is not known"
        );
    }

    #[test]
    fn what_is_missing_or_no_measurement_has_no_points() {
        let all = parts("news2");
        assert_eq!(of(&all, "pulse", &[], " "), Err(NoPoints::Blank));
        for wrong in ["-3", "80.5", "eighty", "4p", "p", "1e3", "١٢", "", "80 90"] {
            let found = of(&all, "pulse", &[], wrong);
            assert!(found.is_err(), "{wrong:?} makes {found:?}");
        }
        assert_eq!(of(&all, "temperature", &[], "36.65"), Err(NoPoints::NotOne), "one digit after the point");
        assert_eq!(of(&all, "pulse", &[], "2p"), Ok(2), "only the points are known");
        assert_eq!(of(&all, "consciousness", &[], "awake"), Err(NoPoints::NotOne));
    }
}

//! The parts of a score, and the bands by which points follow from what was measured or seen.

use super::field::choices;
use super::table::Table;
use crate::domain::words::pathway as words;
use crate::pathway::definition::{Band, Bands, Grade, Part};
use crate::pathway::score::measured;

/// More digits after the point than this are measured of nobody.
const MOST_DECIMALS: u8 = 3;

/// One part of a score: points in a range, or points that follow from a table.
pub(super) fn part(table: Table<'_>) -> Option<Part> {
    let (id, label) = (table.id(), table.needed("label").unwrap_or_default());
    let mut bands: Vec<Bands> = bands(&table, None).into_iter().collect();
    for given in table.tables("given", "bands") {
        let on = (given.needed("part").unwrap_or_default(), given.needed("is").unwrap_or_default());
        // What holds under a condition is looked for first.
        let at = bands.len().saturating_sub(1);
        if let Some(conditional) = self::bands(&given, Some(on)) {
            bands.insert(at, conditional);
        }
        given.finish();
    }
    let points = bands.iter().flat_map(|bands| {
        let measured = bands.measured.iter().map(|band| band.points);
        measured.chain(bands.seen.iter().map(|grade| grade.points))
    });
    let (least, most) = (points.clone().min(), points.max());
    let range = match (least, most) {
        (Some(least), Some(most)) => (least, most),
        _ => (table.number("from").unwrap_or(0), table.number("to").unwrap_or(0)),
    };
    if range.0 >= range.1 {
        table.fault("to", words::no_range(&table.name()));
    }
    let hardly = hardly(&table, &bands);
    table.finish();
    Some(Part { id: id?, label, range, bands, hardly })
}

/// Below and above what nothing is likely to have been measured.
fn hardly(table: &Table<'_>, bands: &[Bands]) -> (Option<i64>, Option<i64>) {
    let decimals = bands.first().map_or(0, |bands| bands.decimals);
    let bound = |key: &'static str| {
        let text = table.text(key)?;
        let bound = measured(&text, decimals);
        if bound.is_none() {
            table.fault(key, words::not_measured(&table.name(), &text, decimals));
        }
        bound
    };
    let (least, most) = (bound("hardly_below"), bound("hardly_above"));
    if least.zip(most).is_some_and(|(least, most)| least >= most) {
        table.fault("hardly_above", words::hardly_the_wrong_way(&table.name()));
    }
    (least, most)
}

fn bands(table: &Table<'_>, given: Option<(String, String)>) -> Option<Bands> {
    let (measured, decimals) = (table.tables("bands", "band"), decimals(table));
    let seen = table.tables("grades", "choice");
    if measured.is_empty() && seen.is_empty() {
        return None;
    }
    let points: Vec<i64> = seen.iter().map(|grade| grade.number("points").unwrap_or_default()).collect();
    let graded = !seen.is_empty();
    let choices = if graded { choices(table, seen, "grades") } else { Vec::new() };
    let seen = choices.into_iter().zip(points).map(|(choice, points)| Grade { choice, points }).collect();
    let count = measured.len();
    let mut read: Vec<Band> = Vec::new();
    for (at, band) in measured.into_iter().enumerate() {
        let to = band.text("to").map(|text| (self::measured(&text, decimals), text));
        let points = band.number("points").unwrap_or_default();
        let is_last = at + 1 == count;
        let to = match to {
            Some((None, text)) => {
                band.fault("to", words::not_measured(&band.name(), &text, decimals));
                None
            }
            Some((Some(to), _)) => Some(to),
            None => None,
        };
        let before = read.last().and_then(|band| band.to);
        if band.has("to") == is_last || to.zip(before).is_some_and(|(to, before)| to <= before) {
            band.fault("to", words::bands_out_of_order(&band.name()));
        }
        band.finish();
        read.push(Band { to, points });
    }
    if graded && count > 0 {
        table.fault("bands", words::bands_and_grades(&table.name()));
    }
    Some(Bands { given, measured: read, decimals, seen })
}

fn decimals(table: &Table<'_>) -> u8 {
    let said = if table.has("decimals") { table.number("decimals").unwrap_or(-1) } else { 0 };
    match u8::try_from(said).ok().filter(|said| *said <= MOST_DECIMALS) {
        Some(decimals) => decimals,
        None => {
            table.fault("decimals", words::not_within("decimals", 0, u16::from(MOST_DECIMALS)));
            0
        }
    }
}

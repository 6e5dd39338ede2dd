//! The governance report: every measure of a time with its twelve periods as a chart and in its parts, how each stands
//! against the period before, and what comes round. It shows figures, never a record.

use chrono::{DateTime, Utc};

use super::chart::{Bar, Chart};
use super::gather::Gathering;
use super::{Cell, Pack};
use crate::domain::measure::{self, Asked, Better, Definition, Definitions, Figure};
use crate::domain::pack::PackAsked;
use crate::domain::permission::Viewer;
use crate::domain::words::measures as measure_words;
use crate::domain::words::pack as words;
use crate::store::{ReadError, Store};

/// Puts it together.
///
/// # Errors
/// [`ReadError::Denied`] where the viewer may not export, or not see measures.
pub fn governance(
    store: &Store,
    viewer: &Viewer,
    definitions: &Definitions,
    asked: &PackAsked,
    now: DateTime<Utc>,
) -> Result<Pack, ReadError> {
    let packed = store.packed(viewer, asked)?;
    let (editions, office) = (store.editions()?, store.office()?);
    let today = store.zone()?.day(now);
    let of = Asked { location: asked.location, ..Asked::of_days(asked.from, asked.until.unwrap_or(today)) };
    let overview = store.overview(viewer, definitions, &of, now)?;
    let charts = store.charts(viewer, definitions, &of, now)?;
    // The days that it is truly of stand on its cover.
    let asked = PackAsked { from: Some(of.period.first), until: Some(of.period.last()), ..asked.clone() };
    let mut gathering = Gathering::new(store, viewer, &asked, &editions, now)?;
    gathering.profile()?;
    gathering.rounds()?;
    let is_over = of.period.after <= today;
    let all = || definitions.measures.iter().zip(&charts);
    let rows = all().map(|(measure, chart)| row(definitions, measure, &chart.line, is_over)).collect();
    gathering.add(words::MEASURES.id, rows);
    let mut pack = gathering.pack(&packed, &office)?;
    let period = measure_words::title(&measure_words::period(&of.period, of.span), !is_over);
    pack.title = words::governance(&period);
    pack.summary = summary(definitions, &charts, is_over);
    pack.left_out = vec![words::FIGURES_ALONE.to_owned()];
    pack.left_out.extend(overview.without_restricted.then(|| measure_words::WITHOUT_RESTRICTED.to_owned()));
    pack.charts = all().flat_map(|(measure, chart)| drawn(definitions, measure, chart, &of)).collect();
    Ok(pack)
}

/// How a measure stands.
fn row(definitions: &Definitions, measure: &Definition, line: &measure::Line, is_over: bool) -> Vec<Cell> {
    let (now, before) = (line.now(), line.before().unwrap_or_default());
    vec![
        Cell::said(&measure.title),
        Cell::said(group(definitions, measure)),
        Cell::said(measure_words::value(&now)),
        Cell::said(measure_words::counted(&now)),
        Cell::said(measure_words::value(&before)),
        Cell::said(changed(measure, line, is_over)),
        Cell::said(&measure.says),
    ]
}

fn changed(measure: &Definition, line: &measure::Line, is_over: bool) -> String {
    let (now, before) = (line.now(), line.before().unwrap_or_default());
    measure_words::change(&now, &before, measure.better, is_over || measure.months.is_some())
}

fn group<'a>(definitions: &'a Definitions, measure: &Definition) -> &'a str {
    definitions.groups.iter().find(|group| group.id == measure.group).map_or("", |group| &group.title)
}

/// What got worse is named first; a measure that neither more nor less of is better of is neither.
fn summary(definitions: &Definitions, charts: &[measure::Chart], is_over: bool) -> Vec<(String, String)> {
    let all = || definitions.measures.iter().zip(charts);
    let known = all().filter(|(_, chart)| is_counted(&chart.line.now())).count();
    let (mut worse, mut better, mut compared) = (Vec::new(), 0, 0);
    for (measure, chart) in all().filter(|(measure, _)| measure.better != Better::Neither) {
        let change = changed(measure, &chart.line, is_over);
        compared += usize::from(!change.is_empty());
        if measure_words::is_worse(&change) {
            worse.push([measure.title.as_str(), &change].join(": "));
        } else {
            better += usize::from(measure_words::is_better(&change));
        }
    }
    let said =
        [words::of(known, charts.len()), words::better(better, compared), words::worse(&worse, compared)];
    words::GOVERNED.iter().map(|label| (*label).to_owned()).zip(said).collect()
}

fn is_counted(figure: &Figure) -> bool {
    figure.n + figure.of + figure.unknown > 0
}

/// The twelve periods of a measure, and the last of them in its parts.
fn drawn(definitions: &Definitions, measure: &Definition, chart: &measure::Chart, of: &Asked) -> Vec<Chart> {
    let id = |end: &str| {
        let safe = |c: char| if c.is_ascii_lowercase() || c.is_ascii_digit() { c } else { '_' };
        measure.id.chars().map(safe).chain(end.chars()).collect::<String>()
    };
    let bar = |label: &str, figure: &Figure| Bar {
        label: label.to_owned(),
        height: figure.height(),
        words: measure_words::value(figure),
        counted: measure_words::counted(figure),
    };
    let chart_of = |end: &str, title: String, about: &str, head: &str, bars: Vec<Bar>| Chart {
        id: id(end),
        group: group(definitions, measure).to_owned(),
        title,
        about: about.to_owned(),
        of: head.to_owned(),
        bars,
    };
    let whole =
        |bars| chart_of("", measure.title.clone(), &measure.says, measure_words::HEADS_PERIODS[0], bars);
    let figures = &chart.line.figures;
    if !figures.iter().any(is_counted) {
        return vec![whole(Vec::new())];
    }
    let periods = of.periods();
    let named = periods.iter().zip(figures);
    let bars = named.map(|(period, figure)| bar(&measure_words::period(period, of.span), figure)).collect();
    let mut drawn = vec![whole(bars)];
    if let Some(by) = chart.by.filter(|_| !chart.parts.is_empty()) {
        let title = words::split(&measure.title, measure_words::by(by));
        let bars = chart.parts.iter().map(|part| bar(&part.label, &part.figure)).collect();
        drawn.push(chart_of("_parts", title, words::PARTS, measure_words::HEADS_PARTS[0], bars));
    }
    drawn
}

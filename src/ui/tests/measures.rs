//! The screen of measures at every size and in mono: all of them, and one with its chart.

use super::office::now;
use super::{SIZES, screen, with};
use crate::app::measures::{ChartOf, MeasuresLayer};
use crate::app::{App, Layer, Load, Request};
use crate::domain::measure::{Asked, By, Chart, Figure, Line, Overview, Part, Sum, Worth};
use crate::settings::measures::shipped;

/// Figures that differ from measure to measure and from month to month; some of few rows, some of none.
fn layer() -> MeasuresLayer {
    let definitions = shipped();
    let asked = Asked::month_of(now().date_naive());
    let figure = |at: u64, month: u64, sum: Sum| {
        let of = if (at + month).is_multiple_of(13) { 0 } else { 1 + (at * 7 + month * 3) % 40 };
        let n = of * (3 + month % 4) / 8;
        let minutes = i64::try_from(5 + at * 2 + month).unwrap_or(0);
        let worth = match sum {
            Sum::Count => Worth::Count,
            Sum::Share(_) => Worth::Share,
            Sum::Time { .. } | Sum::Lateness => Worth::Time {
                median: (of > 0).then_some(minutes * 60_000),
                ninetieth: (of > 0).then_some(minutes * 180_000),
                timed: of,
                target: matches!(sum, Sum::Time { .. }),
            },
            Sum::Chases => Worth::Mean { hundredths: (of > 0).then_some(minutes * 3) },
        };
        Figure { n, of, unknown: month % 2, worth }
    };
    let lines = definitions.measures.iter().zip(0..).map(|(measure, at)| Line {
        id: measure.id.clone(),
        figures: (0..12).map(|month| figure(at, month, measure.sum)).collect(),
    });
    let overview = Overview {
        periods: asked.periods(),
        lines: lines.collect(),
        now: now(),
        without_restricted: true,
        ..Overview::default()
    };
    let selected = Some("call_to_decision".to_owned());
    let read = Load::Ready((definitions.clone(), overview));
    MeasuresLayer { asked, read, request: Request(1), selected, chart: None }
}

fn chart() -> App {
    let mut layer = layer();
    let line = layer.overview().map(|overview| overview.lines[1].clone()).unwrap_or_default();
    let part = |label: &str, at: usize| Part { label: label.to_owned(), figure: line.figures[at] };
    let parts = vec![
        part("Rowan House", 11),
        part("Elm Court", 7),
        part("a place with a very long name indeed", 3),
        part("place not known", 2),
    ];
    let chart = Chart { line: line.clone(), parts, by: Some(By::Location) };
    layer.chart = Some(ChartOf {
        id: "call_to_decision".to_owned(),
        by: Some(By::Location),
        chart: Load::Ready(chart),
        request: Request(2),
        at: 1,
    });
    with(Layer::Measures(layer))
}

#[test]
fn all_measures_stand_with_how_many_of_how_many_at_every_size() {
    for (width, height) in SIZES {
        let shown = screen(&with(Layer::Measures(layer())), width, height);
        insta::assert_snapshot!(format!("measures_{width}x{height}"), shown);
    }
}

#[test]
fn one_measure_stands_as_a_chart_with_its_numbers_at_every_size() {
    for (width, height) in SIZES {
        insta::assert_snapshot!(format!("measure_{width}x{height}"), screen(&chart(), width, height));
    }
}

/// What is worse says so in words: in mono nothing else would.
#[test]
fn whatever_a_colour_says_of_a_measure_its_words_say() {
    for (width, height) in [(120, 40), (80, 24)] {
        let shown = screen(&with(Layer::Measures(layer())), width, height);
        assert!(shown.contains("worse") && shown.contains("better"), "{shown}");
    }
}

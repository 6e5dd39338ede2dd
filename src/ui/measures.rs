//! Measures over the whole screen: all of them under their headings, each with its value, how many of how many, how it
//! stands against the period before and its twelve periods; or one of them as a chart with its numbers beside it.
//!
//! ```text
//! ╭─► Call to decision ──────────────────────────────── Nov 2026 so far · everywhere ─╮
//! │ half took 14 min or less, 9 in 10 44 min or less (172 timed); 99 of 173 in time      │
//! │                                                                  ▃▃▃▃▃ ▂▂▂▂▂      │
//! │                                                                  █████ █████      │
//! │   Dec   Jan   Feb   Mar   Apr   May   Jun   Jul   Aug   Sep   Oct   Nov           │
//! │ By shift:                                                                         │
//! │ day 08:00-20:00     ██████████████   15 min   53 of 85 in time                    │
//! ╰───────────────────────────────────────────────────────────────────────────────────╯
//! ```
//!
//! No bar stands without its number: whoever sees no bars reads the same.

use ratatui::layout::Rect;
use ratatui::text::Line;

use super::layout::top;
use super::pane::pane;
use super::paper::{Paper, columns as columns_of, fold};
use super::scroll::{self, Row, Text};
use super::sight::Sight;
use super::table::{self, Align, Column, Table};
use super::view::{Place, View};
use crate::app::Load;
use crate::app::measures::{ChartOf, MeasuresLayer};
use crate::domain::look::Meaning;
use crate::domain::measure::{Chart, Definition, Figure, Overview, Part};
use crate::domain::words::{measures as words, ui as ui_words};

/// Parts of a cell, the least first.
const EIGHTHS: [&str; 9] = [" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"];
/// Columns of the edge of the pane before, between and behind what stands on it.
const TITLE_ENDS: usize = 9;
/// Periods that are shown of a trend in little room.
const LATEST: usize = 6;
/// What stands for a period of which there is nothing.
const NOTHING: &str = "·";
/// Rows of a chart, where there is room for them and for its numbers.
const TALL: u16 = 8;
const LOW: u16 = 4;
/// Columns of the longest bar of a part, and the fewest that it may have for the sake of long names.
const BAR: usize = 20;
const BAR_LEAST: usize = 8;
/// Columns below which parts have no bars.
const BARS_FROM: u16 = 70;
/// Columns below which what is not known is left to the first line.
const WHOLE_FROM: u16 = 96;

/// Draws it.
pub fn draw(
    paper: &mut Paper<'_>,
    body: Rect,
    view: &mut View,
    sight: &Sight<'_>,
    (layer, focused): (&MeasuresLayer, bool),
) {
    match (&layer.read, &layer.chart) {
        (Load::Loading, _) => super::waiting(paper, body, sight, ui_words::LOADING),
        (Load::Failed(why), _) => super::waiting(paper, body, sight, why),
        (Load::Ready((_, overview)), None) => all(paper, body, view, sight, (layer, overview, focused)),
        (Load::Ready(_), Some(chart)) => one(paper, body, view, sight, (layer, chart, focused)),
    }
}

/// A measure as a row.
struct Told {
    group: String,
    title: String,
    value: String,
    counted: String,
    change: String,
    worse: bool,
    trend: String,
}

fn all(
    paper: &mut Paper<'_>,
    body: Rect,
    view: &mut View,
    sight: &Sight<'_>,
    (layer, overview, focused): (&MeasuresLayer, &Overview, bool),
) {
    let (right, over) = beside(words::MEASURES[0], when(layer, sight), body);
    let inside = pane(paper, body, words::MEASURES[0], &right, focused);
    let room = inside.width.saturating_sub(2);
    let over = over.map(|when| fold(&when, room)).unwrap_or_default();
    let (head, inside) = top(inside, u16::try_from(over.len()).unwrap_or(0));
    for (y, line) in (head.y..).zip(&over) {
        paper.put(head.x + 1, y, room, line);
    }
    let note = sight.line(Meaning::Muted, words::WITHOUT_RESTRICTED);
    let said = overview.without_restricted && inside.height > 8;
    let notes = if said { fold(&note, room) } else { Vec::new() };
    let (rest, foot) = top(inside, inside.height.saturating_sub(u16::try_from(notes.len()).unwrap_or(0)));
    for (y, line) in (foot.y..).zip(&notes) {
        paper.put(foot.x + 1, y, room, line);
    }
    let rows = told(layer, overview, sight);
    let rows: Vec<&Told> = rows.iter().collect();
    let at_hand = layer.at_hand().map(|measure| &measure.id);
    let selected = overview.lines.iter().position(|line| Some(&line.id) == at_hand);
    let columns = columns();
    let table = Table {
        columns: &columns,
        rows: &rows,
        sight,
        selected,
        focused,
        headings: true,
        empty: words::NOTHING,
    };
    view.scrolled(Place::List, body, |scroll| table.draw(paper, rest, scroll, |_| false));
}

/// For which period and part of the office.
fn when(layer: &MeasuresLayer, sight: &Sight<'_>) -> Line<'static> {
    let asked = &layer.asked;
    let so_far = asked.period.after > sight.zone.day(sight.now);
    let period = words::title(&words::period(&asked.period, asked.span), so_far);
    sight.line(Meaning::Value, words::heading(&period, &layer.part()))
}

/// What stands beside the title on the edge, and what over the rest instead: a title stands whole, and no number stands without
/// its period and its part of the office.
fn beside(title: &str, when: Line<'static>, body: Rect) -> (Line<'static>, Option<Line<'static>>) {
    let needs = title.chars().count() + usize::from(columns_of(&when)) + TITLE_ENDS;
    if needs <= usize::from(body.width) { (when, None) } else { (Line::default(), Some(when)) }
}

fn told(layer: &MeasuresLayer, overview: &Overview, sight: &Sight<'_>) -> Vec<Told> {
    let Some(definitions) = layer.definitions() else { return Vec::new() };
    let is_over = layer.asked.period.after <= sight.zone.day(sight.now);
    let mut last = "";
    let mut rows = Vec::new();
    for (measure, line) in definitions.measures.iter().zip(&overview.lines) {
        let group = definitions.groups.iter().find(|group| group.id == measure.group);
        let title = group.map(|group| group.title.as_str()).filter(|title| *title != last);
        last = title.unwrap_or(last);
        let (now, before) = (line.now(), line.before().unwrap_or_default());
        let change = words::change(&now, &before, measure.better, is_over || measure.months.is_some());
        rows.push(Told {
            group: title.unwrap_or_default().to_owned(),
            title: measure.title.clone(),
            value: words::value(&now),
            counted: words::counted_short(&now),
            worse: words::is_worse(&change),
            change,
            trend: trend(&line.figures),
        });
    }
    rows
}

fn columns<'a>() -> [Column<Told, Sight<'a>>; 6] {
    [
        table::column("", 10, 32, 6, |row: &Told, sight: &Sight<'_>| sight.line(Meaning::Title, &row.group)),
        table::column(words::HEAD_MEASURE, 31, 38, 0, |row: &Told, sight: &Sight<'_>| {
            sight.line(Meaning::Name, &row.title)
        }),
        Column {
            align: Align::Right,
            whole: true,
            ..table::column(words::HEAD_VALUE, 6, 11, 1, |row: &Told, sight: &Sight<'_>| {
                sight.line(Meaning::Value, &row.value)
            })
        },
        Column {
            second: true,
            ..table::column(words::HEAD_COUNT, 10, 16, 2, |row: &Told, sight: &Sight<'_>| {
                sight.line(Meaning::Value, &row.counted)
            })
        },
        // In little room the latest periods alone: the chart is one key away.
        Column {
            narrow: Some(|row: &Told, sight: &Sight<'_>| {
                let older = row.trend.chars().count().saturating_sub(LATEST);
                sight.line(Meaning::Muted, row.trend.chars().skip(older).collect::<String>())
            }),
            ..table::column(words::HEAD_TREND, 6, 12, 5, |row: &Told, sight: &Sight<'_>| {
                sight.line(Meaning::Muted, &row.trend)
            })
        },
        Column {
            second: true,
            whole: true,
            ..table::column(words::HEAD_CHANGE, 16, 22, 4, |row: &Told, sight: &Sight<'_>| {
                let meaning = if row.worse { Meaning::Soon } else { Meaning::Muted };
                sight.line(meaning, &row.change)
            })
        },
    ]
}

/// The periods in one cell each.
fn trend(figures: &[Figure]) -> String {
    let most = figures.iter().filter_map(Figure::height).max().unwrap_or(0);
    let cell = |figure: &Figure| match counted_height(figure) {
        None => NOTHING,
        // What is there is seen, however little it is.
        Some(height) => EIGHTHS[usize::try_from(eighths(height, most, 7) + 1).unwrap_or(1).min(8)],
    };
    figures.iter().map(cell).collect()
}

/// How high it stands; nothing where there was nothing to count.
fn counted_height(figure: &Figure) -> Option<i64> {
    figure.height().filter(|_| figure.of > 0)
}

/// How many of so many parts a height is of the highest.
fn eighths(height: i64, most: i64, parts: i64) -> i64 {
    if most <= 0 { 0 } else { (height * parts + most / 2) / most }
}

fn one(
    paper: &mut Paper<'_>,
    body: Rect,
    view: &mut View,
    sight: &Sight<'_>,
    (layer, of, focused): (&MeasuresLayer, &ChartOf, bool),
) {
    let Some(measure) = layer.at_hand() else { return };
    let chart = match &of.chart {
        Load::Ready(chart) => chart,
        Load::Loading => return super::waiting(paper, body, sight, ui_words::LOADING),
        Load::Failed(why) => return super::waiting(paper, body, sight, why),
    };
    let (right, over) = beside(&measure.title, when(layer, sight), body);
    let inside = pane(paper, body, &measure.title, &right, focused);
    let rows = rows(sight, layer, (measure, of, chart), (inside, over.as_ref()));
    view.scrolled(Place::Sheet, body, |scroll| scroll::draw(paper, inside, scroll, &rows, focused));
    let page = usize::from(inside.height / 2).max(1);
    view.placed.pages.insert(Place::Sheet, page);
}

fn rows(
    sight: &Sight<'_>,
    layer: &MeasuresLayer,
    (measure, of, chart): (&Definition, &ChartOf, &Chart),
    (inside, over): (Rect, Option<&Line<'static>>),
) -> Vec<Row> {
    let width = inside.width.saturating_sub(2);
    let mut text = Text::new(width);
    let figures = &chart.line.figures;
    if let Some(when) = over {
        text.say(when, 0, false);
        text.gap();
    }
    text.say(&sight.line(Meaning::Value, words::in_full(&chart.line.now())), 0, false);
    text.gap();
    let tall = if inside.height >= 24 { TALL } else { LOW };
    for line in bars(layer, chart, width, tall) {
        text.say(&sight.line(Meaning::Value, line), 0, false);
    }
    let mut number = 0;
    let mut next = || {
        number += 1;
        number - 1 == of.at
    };
    if let Some(by) = chart.by {
        text.gap();
        text.say(&sight.line(Meaning::Title, words::split(by)), 0, false);
        let counted = if width >= WHOLE_FROM { words::counted } else { words::counted_short };
        let widest = |said: &dyn Fn(&Part) -> String| {
            chart.parts.iter().map(|part| said(part).chars().count()).max().unwrap_or(0)
        };
        // Names stand whole where the bars can be shorter for it.
        let beside = 14 + widest(&|part| counted(&part.figure));
        let drawn = width >= BARS_FROM;
        let room = usize::from(width).saturating_sub(beside + if drawn { 2 + BAR_LEAST } else { 0 });
        let labels = widest(&|part| part.label.clone()).clamp(8, room.max(8));
        let long = usize::from(width).saturating_sub(beside + 2 + labels).clamp(BAR_LEAST, BAR);
        let most = chart.parts.iter().filter_map(|part| counted_height(&part.figure)).max().unwrap_or(0);
        for part in &chart.parts {
            let mut said = padded(&part.label, labels);
            if drawn {
                said.push_str("  ");
                said.push_str(&bar(counted_height(&part.figure), most, long));
            }
            said.push_str(&format!("  {:>10}  {}", words::value(&part.figure), counted(&part.figure)));
            text.say(&sight.line(Meaning::Value, said), 0, next());
        }
        if chart.parts.is_empty() {
            text.say(&sight.line(Meaning::Muted, words::NOTHING), 0, false);
        }
    }
    text.gap();
    text.say(&sight.line(Meaning::Title, words::periods(layer.asked.span)), 0, false);
    // The newest first: it is what is looked at.
    for (period, figure) in layer.asked.periods().iter().zip(figures).rev() {
        let name = padded(&words::period(period, layer.asked.span), 10);
        let counted = if width >= WHOLE_FROM { words::counted } else { words::counted_short };
        let said = format!("{name}  {:>10}  {}", words::value(figure), counted(figure));
        text.say(&sight.line(Meaning::Value, said), 0, next());
    }
    text.gap();
    text.say(&sight.line(Meaning::Muted, &measure.says), 0, false);
    if layer.overview().is_some_and(|overview| overview.without_restricted) {
        text.say(&sight.line(Meaning::Muted, words::WITHOUT_RESTRICTED), 0, false);
    }
    let mut rows = text.rows;
    // At the first line the chart above it is in view, at the last what is said below it.
    if of.at == 0
        && let Some(first) = rows.iter().position(|row| row.selected)
    {
        rows[..first].iter_mut().for_each(|row| row.beside = true);
    }
    if of.at + 1 == number
        && let Some(last) = rows.iter().rposition(|row| row.selected)
    {
        rows[last..].iter_mut().for_each(|row| row.beside = true);
    }
    rows
}

/// The twelve periods as upright bars, each with its name, and with its value where there is room for it.
fn bars(layer: &MeasuresLayer, chart: &Chart, width: u16, tall: u16) -> Vec<String> {
    let figures = &chart.line.figures;
    let each = usize::from(width) / figures.len().max(1);
    let (each, thick) = (each.clamp(3, 9), each.clamp(3, 9) - 1);
    let most = figures.iter().filter_map(counted_height).max().unwrap_or(0);
    let cell = |said: &str| format!("{:<each$}", said.chars().take(thick).collect::<String>());
    let mut lines = Vec::new();
    for step in (0..i64::from(tall)).rev() {
        let part = |figure: &Figure| {
            let filled =
                counted_height(figure).map_or(0, |height| eighths(height, most, i64::from(tall) * 8));
            let here = usize::try_from((filled - step * 8).clamp(0, 8)).unwrap_or(0);
            // What is there is seen, however little it is.
            let seen = if step == 0 && counted_height(figure).is_some() { here.max(1) } else { here };
            cell(&EIGHTHS[seen].repeat(thick))
        };
        lines.push(figures.iter().map(part).collect::<String>().trim_end().to_owned());
    }
    let names = layer.asked.periods();
    lines.push(names.iter().map(|period| cell(&words::short_period(period, layer.asked.span))).collect());
    if thick >= 4 {
        lines.push(figures.iter().map(|figure| cell(&words::tiny(figure))).collect());
    }
    lines
}

/// A bar of a part, as long as all others.
fn bar(height: Option<i64>, most: i64, long: usize) -> String {
    let parts = i64::try_from(long).unwrap_or(0);
    let filled = height.map_or(0, |height| eighths(height, most, parts));
    let filled =
        usize::try_from(filled).unwrap_or(0).clamp(usize::from(height.is_some_and(|one| one > 0)), long);
    format!("{:<long$}", "█".repeat(filled))
}

/// A label cut or filled up to so many columns.
fn padded(label: &str, columns: usize) -> String {
    let cut: String = if label.chars().count() > columns {
        label.chars().take(columns.saturating_sub(1)).chain(['…']).collect()
    } else {
        label.to_owned()
    };
    format!("{cut:<columns$}")
}

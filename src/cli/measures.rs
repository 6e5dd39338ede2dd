//! `dutydesk measures`: all figures, one of them with its periods and parts, or the records behind it; as a table, as JSON,
//! or as rows for a spreadsheet.

use std::path::PathBuf;

use serde_json::{Value, json};

use super::arguments::measures::Measures;
use super::desk::{self, Desk};
use super::failure::{Code, Failure};
use super::list::subject_or_words;
use super::{output, table};
use crate::domain::measure::{
    Asked, Chart, Definition, Definitions, Figure, Overview, Period, Record, Records, Theme,
};
use crate::domain::time::display;
use crate::domain::words::measures as words;
use crate::pathway::nearest;
use crate::settings;

pub(super) fn run(office: Option<PathBuf>, asked: &Measures) -> Result<Code, Failure> {
    let desk = desk::look(office, &asked.looking)?;
    let (own, faults) = settings::measures::own(&desk.store.dir().config());
    let definitions = own.as_ref().unwrap_or_else(|| settings::measures::shipped());
    faults.iter().for_each(|fault| output::complain(&fault.to_string()));
    match shown(&desk, definitions, asked) {
        Err(failure) if failure.code == Code::Refused => {
            desk.refused(words::MEASURES[0], None)?;
            Err(failure)
        }
        shown => shown.map(|()| Code::Done),
    }
}

fn shown(desk: &Desk, definitions: &Definitions, said: &Measures) -> Result<(), Failure> {
    let of = of(desk, definitions, said)?;
    let asked = &of.asked;
    let Some(id) = &said.measure else {
        let all = desk.store.overview(&desk.viewer, definitions, asked, desk.now)?;
        return list(desk, definitions, &of, &all, said);
    };
    let Some(measure) = definitions.measure(id) else {
        let known: Vec<&str> = definitions.measures.iter().map(|one| one.id.as_str()).collect();
        let near = nearest(id, known.iter().copied());
        return Err(Failure::usage(words::no_such_measure(id, near, &known)));
    };
    if said.cases {
        let most = (measure, said.limit);
        let found = desk.store.measured(&desk.viewer, definitions, asked, most, desk.now)?;
        return records(desk, measure, &found, said);
    }
    let by = said.by.or(measure.by.first().copied());
    if let Some(by) = by.filter(|by| !measure.by.contains(by)) {
        let known: Vec<&str> = measure.by.iter().map(|by| words::by(*by)).collect();
        return Err(Failure::usage(words::not_split_by(id, words::by(by), &known)));
    }
    let chart = desk.store.chart(&desk.viewer, definitions, asked, (measure, by), desk.now)?;
    one(desk, measure, &of, &chart, said)
}

/// Of what figures are shown: what is asked, and which part of the office that is, by the names of its parts.
struct Of {
    asked: Asked,
    part: String,
}

impl Of {
    /// Which period and part, as they stand over what is printed.
    fn heading(&self, desk: &Desk) -> String {
        let so_far = self.asked.period.after > desk.zone.day(desk.now);
        let period = words::title(&words::period(&self.asked.period, self.asked.span), so_far);
        words::heading(&period, &self.part)
    }
}

/// What is asked, from what was said.
fn of(desk: &Desk, definitions: &Definitions, said: &Measures) -> Result<Of, Failure> {
    let today = desk.zone.day(desk.now);
    let mut asked = Asked::month_of(today);
    asked.span = said.span;
    let day = |said: &str| desk::day(desk, said);
    asked.period = Period::around(said.on.as_deref().map(day).transpose()?.unwrap_or(today), asked.span);
    if let (Some(from), Some(to)) = (&said.from, &said.to) {
        let (from, to) = (day(from)?, day(to)?);
        if to < from {
            return Err(Failure::usage(words::NO_DAYS.to_owned()));
        }
        asked = Asked::of_days(Some(from), to);
    }
    let (mut place, mut service, mut theme) = (None, None, None);
    if let Some(name) = &said.theme {
        let meant = |one: &&Theme| one.id == *name || one.title.to_lowercase() == name.to_lowercase();
        let Some(one) = definitions.themes.iter().find(meant) else {
            let known: Vec<&str> = definitions.themes.iter().map(|one| one.id.as_str()).collect();
            return Err(Failure::usage(words::no_such_part("theme", name, &known)));
        };
        asked.theme = Some(one.id.clone());
        theme = Some(one.title.as_str());
    }
    // What places there are is what whoever looks may see of them.
    let seen = match (&said.location, &said.service) {
        (None, None) => Overview::default(),
        _ => desk.store.overview(&desk.viewer, &Definitions::default(), &asked, desk.now)?,
    };
    if let Some(name) = &said.location {
        let wanted = name.to_lowercase();
        let is_meant = |(_, known): &&(_, String)| known.to_lowercase().contains(&wanted);
        let found: Vec<_> = seen.locations.iter().filter(is_meant).collect();
        let whole = found.iter().find(|(_, known)| known.to_lowercase() == wanted);
        let [one] = whole.map_or(found.as_slice(), std::slice::from_ref) else {
            let known: Vec<&str> = seen.locations.iter().map(|(_, name)| name.as_str()).collect();
            return Err(Failure::usage(words::no_such_part("one location", name, &known)));
        };
        asked.location = Some(one.0);
        place = Some(one.1.as_str());
    }
    if let Some(name) = &said.service {
        let meant =
            |(id, known): &&(String, String)| id == name || known.to_lowercase() == name.to_lowercase();
        let Some((id, known)) = seen.services.iter().find(meant) else {
            let known: Vec<&str> = seen.services.iter().map(|(id, _)| id.as_str()).collect();
            return Err(Failure::usage(words::no_such_part(words::KIND_OF_SERVICE, name, &known)));
        };
        asked.service = Some(id.clone());
        service = Some(known.as_str());
    }
    let part = words::part_of_office(place, service, theme);
    Ok(Of { asked, part })
}

fn list(
    desk: &Desk,
    definitions: &Definitions,
    of: &Of,
    overview: &Overview,
    said: &Measures,
) -> Result<(), Failure> {
    let asked = &of.asked;
    let lines = || definitions.measures.iter().zip(&overview.lines);
    if said.looking.json {
        let value = |(measure, line): (&Definition, &crate::domain::measure::Line)| {
            json!({
                "id": measure.id, "group": measure.group, "title": measure.title, "says": measure.says,
                "figure": figure(&line.now()), "before": line.before().as_ref().map(figure),
                "periods": line.figures.iter().map(figure).collect::<Vec<_>>(),
            })
        };
        return output::json(&json!({
            "asked": asked, "periods": overview.periods, "now": overview.now,
            "without_restricted": overview.without_restricted, "measures": lines().map(value).collect::<Vec<_>>(),
        }));
    }
    let is_over = asked.period.after <= desk.zone.day(desk.now);
    let cells = |(measure, line): (&Definition, &crate::domain::measure::Line)| {
        let (now, before) = (line.now(), line.before().unwrap_or_default());
        vec![
            measure.id.clone(),
            measure.title.clone(),
            words::value(&now),
            words::counted(&now),
            words::value(&before),
            words::change(&now, &before, measure.better, is_over || measure.months.is_some()),
        ]
    };
    let rows: Vec<Vec<String>> = lines().map(cells).collect();
    if said.csv {
        return output::rows(desk, &words::HEADS, &rows);
    }
    let mut printed = vec![of.heading(desk), String::new()];
    printed.extend(table::lines(&words::HEADS, &rows, output::width()));
    if overview.without_restricted {
        printed.push(String::new());
        printed.push(words::WITHOUT_RESTRICTED.to_owned());
    }
    output::lines(printed)
}

fn one(desk: &Desk, measure: &Definition, of: &Of, chart: &Chart, said: &Measures) -> Result<(), Failure> {
    let asked = &of.asked;
    let periods = asked.periods();
    let by_period = || periods.iter().zip(&chart.line.figures);
    if said.looking.json {
        let period = |(period, of): (&Period, &Figure)| json!({ "period": period, "figure": figure(of) });
        let part =
            |part: &crate::domain::measure::Part| json!({ "of": part.label, "figure": figure(&part.figure) });
        return output::json(&json!({
            "id": measure.id, "title": measure.title, "says": measure.says, "asked": asked,
            "periods": by_period().map(period).collect::<Vec<_>>(), "by": chart.by,
            "parts": chart.parts.iter().map(part).collect::<Vec<_>>(),
        }));
    }
    let row = |label: String, figure: &Figure| vec![label, words::value(figure), words::counted(figure)];
    let of_periods: Vec<Vec<String>> =
        by_period().map(|(period, figure)| row(words::period(period, asked.span), figure)).collect();
    let of_parts: Vec<Vec<String>> =
        chart.parts.iter().map(|part| row(part.label.clone(), &part.figure)).collect();
    if said.csv {
        let rows = if said.by.is_some() {
            (&words::HEADS_PARTS, &of_parts)
        } else {
            (&words::HEADS_PERIODS, &of_periods)
        };
        return output::rows(desk, rows.0, rows.1);
    }
    let mut printed = vec![
        words::heading(&measure.title, &of.heading(desk)),
        words::in_full(&chart.line.now()),
        String::new(),
    ];
    printed.extend(words::definition(measure));
    printed.push(String::new());
    printed.extend(table::lines(&words::HEADS_PERIODS, &of_periods, output::width()));
    if let Some(by) = chart.by {
        printed.extend([String::new(), words::split(by)]);
        printed.extend(table::lines(&words::HEADS_PARTS, &of_parts, output::width()));
    }
    output::lines(printed)
}

fn records(desk: &Desk, measure: &Definition, found: &Records, said: &Measures) -> Result<(), Failure> {
    if said.looking.json {
        let value = |row: &Record| {
            json!({
                "case": row.case.reference, "id": row.case.id, "at": row.at, "holds": row.met, "worth": row.worth,
                "about": row.case.subject.as_ref().map(|row| &row.name), "said_of": row.case.said_of, "headline": row.case.headline,
            })
        };
        let rows: Vec<Value> = found.rows.iter().map(value).collect();
        return output::json(&json!({ "measure": measure.id, "total": found.total, "records": rows }));
    }
    if found.rows.is_empty() {
        return output::lines([words::NO_RECORDS]);
    }
    let cells = |row: &Record| {
        vec![
            row.case.reference.clone(),
            display::stamp(row.at, desk.zone),
            words::holds_of(measure, row.met).to_owned(),
            words::worth(measure, row.worth),
            subject_or_words(row.case.subject.as_ref(), &row.case.said_of),
            row.case.headline.clone().unwrap_or_default(),
        ]
    };
    let rows: Vec<Vec<String>> = found.rows.iter().map(cells).collect();
    let mut printed = table::lines(&words::HEADS_RECORDS, &rows, output::width());
    if (rows.len() as u64) < found.total {
        printed.push(words::shown_of(rows.len(), found.total));
    }
    output::lines(printed)
}

/// A figure with its words, so that whoever reads the value reads of how many it is.
fn figure(figure: &Figure) -> Value {
    json!({ "n": figure.n, "of": figure.of, "unknown": figure.unknown, "worth": figure.worth, "says": words::in_full(figure) })
}

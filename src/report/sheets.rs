//! Sheets composed of what is read: the card, the SBARD, the guide; and the last two on paper, as a page and as text.
//!
//! What may be read is the store's question and asked here with the viewer. That somebody looked is noted by whoever asks.

use askama::Template;
use chrono::{DateTime, TimeDelta, Utc};

use super::page::{Head, Part};
use crate::domain::clean;
use crate::domain::ids::CaseId;
use crate::domain::measure::Definitions;
use crate::domain::permission::Viewer;
use crate::domain::sheet::{OverAll, Sheet, SheetPart, Wanted};
use crate::domain::time::{Zone, display};
use crate::domain::views::{AuditRow, CaseView, DecisionFilter, Office, RecordRow, SignFilter, TagFilter};
use crate::domain::words::sheets as words;
use crate::insight::sheets::{
    Before, Known, TAGS_OF_DAYS, With, audit, card, decisions, guide, judged, page as page_of, patterns,
    rates, sbard, sign, tags, trends,
};
use crate::store::{ReadError, Store};

/// Organisations whose agreed times the guide shows, at most.
const MOST_AGREED: u32 = 200;
/// Warning signs that are looked through for those about patterns, at most.
const MOST_SIGNS: u32 = 2_000;
/// Decisions that stand on their page, at most.
const MOST_DECISIONS: u32 = 100;
/// Columns of a line of text on paper.
const WIDE: usize = 96;
/// Columns of what stands before the words.
const LABELS: usize = 22;

/// Composes the sheet that is wanted; `measures` are those of the office.
///
/// # Errors
/// [`ReadError::NotFound`], and [`ReadError::Denied`] where the viewer may not read what it is composed from.
pub fn compose(
    store: &Store,
    viewer: &Viewer,
    wanted: &Wanted,
    measures: &Definitions,
    now: DateTime<Utc>,
) -> Result<Sheet, ReadError> {
    let (editions, office) = (store.editions()?, store.office()?);
    let by = store.called(viewer)?;
    let with = With { editions: &editions, zone: store.zone()?, now, office: &office.name, by: &by };
    match wanted {
        Wanted::Card { person, case, typed } => {
            let view = case.map(|case| store.case(viewer, case, now)).transpose()?;
            // What is sealed is shown only of whom it was asked for: that look is noted.
            let sealed = match *person {
                Some(person) => store.sealed(viewer, person)?,
                None => Vec::new(),
            };
            let person = person.or(view.as_ref().and_then(|view| view.state.subject));
            let record = person.map(|person| store.record(viewer, person)).transpose()?;
            let places = places(store, viewer, view.as_ref(), record.as_ref());
            let form = typed.as_ref().and_then(|typed| {
                let edition = editions.get(typed.edition)?;
                Some((edition.pathway(&typed.pathway)?.step(&typed.step)?, &typed.answers))
            });
            let told = view.as_ref().map(|view| view.chronology.as_slice()).unwrap_or_default();
            let known =
                Known { record: record.as_ref(), places: &places, sealed: &sealed, told, typed: form };
            Ok(Sheet { case: *case, ..card(known, &with) })
        }
        Wanted::Sbard { case } => {
            let view = store.case(viewer, *case, now)?;
            let record = view.state.subject.map(|subject| store.record(viewer, subject)).transpose()?;
            let known = Known { record: record.as_ref(), told: &view.chronology, ..Known::default() };
            Ok(sbard(&view, known, &with))
        }
        Wanted::Page { case } => {
            let view = store.case(viewer, *case, now)?;
            let record = view.state.subject.and_then(|subject| store.record(viewer, subject).ok());
            let known = Known { record: record.as_ref(), told: &view.chronology, ..Known::default() };
            let scorecard = store.scorecard(viewer, *case, now)?;
            Ok(page_of(&view, known, scorecard.as_ref(), &with))
        }
        Wanted::Decisions { about } => {
            let record = about.map(|about| store.record(viewer, about)).transpose()?;
            let filter = DecisionFilter { about: *about, joint: false };
            let rows = store.decisions(viewer, filter, MOST_DECISIONS)?;
            Ok(decisions(&rows, record.as_ref().map(|record| (record.id, record.name.as_str())), &with))
        }
        Wanted::Trends { about } => Ok(trends(&store.trends(viewer, *about, now)?, *about, &with)),
        Wanted::Audit { case, drawn_by } => {
            let view = store.case(viewer, *case, now)?;
            let audits = store.audits_of(viewer, *case, now)?;
            let found = audits.into_iter().find(|audit| audit.drawn_by == *drawn_by);
            let row = AuditRow {
                case: *case,
                reference: view.reference,
                pathway: view.state.pathway,
                headline: view.state.facts.headline,
                audit: found.ok_or(ReadError::NotFound)?,
            };
            Ok(audit(&row, &editions.current().audit))
        }
        Wanted::OverAll(OverAll::Tags) => {
            let from = Some(now - TimeDelta::days(TAGS_OF_DAYS));
            let cases = store.tagged(viewer, &TagFilter { from, ..TagFilter::default() })?;
            Ok(tags(&editions.current().tags, &cases))
        }
        Wanted::OverAll(OverAll::Judged) => Ok(judged(&store.judged(viewer, now)?)),
        Wanted::OverAll(OverAll::Patterns) => {
            let found = store.patterns(viewer, measures, now)?;
            let rules = editions.current().signs.rules.iter().filter(|rule| rule.is_of_communication());
            let rules: Vec<&str> = rules.map(|rule| rule.id.as_str()).collect();
            let from = found.period.instants(with.zone).0;
            let filter = SignFilter { about: None, answered: true };
            let mut about = store.signs(viewer, filter, now, MOST_SIGNS)?;
            about.retain(|sign| sign.since >= from && rules.contains(&sign.rule.as_str()));
            Ok(patterns(&found, &about, &with))
        }
        Wanted::OverAll(OverAll::Answers) => Ok(rates(&store.sign_rates(viewer)?)),
        Wanted::Sign(row) => Ok(sign(&store.sign(viewer, row.id, now)?, now, store.zone()?)),
        Wanted::Guide { pathway, step, only } => {
            let before = Before { pathway: pathway.clone(), step: step.clone(), only: *only };
            // Whoever may not read what organisations agreed still finds the procedure.
            let agreed = store.agreed(viewer, MOST_AGREED).unwrap_or_default();
            Ok(guide(&before, &agreed, &with))
        }
    }
}

/// Where they are by the case, then where they live; a place that may not be read is left out.
fn places(
    store: &Store,
    viewer: &Viewer,
    view: Option<&CaseView>,
    record: Option<&RecordRow>,
) -> Vec<RecordRow> {
    let mut ids: Vec<CaseId> = view.and_then(|view| view.state.location).into_iter().collect();
    ids.extend(record.and_then(|record| record.location).filter(|home| !ids.contains(home)));
    ids.into_iter().filter_map(|place| store.record(viewer, place).ok()).collect()
}

/// What a printed sheet is made with.
#[derive(Clone, Copy)]
pub struct Printed<'a> {
    /// The office.
    pub office: &'a Office,
    /// The office's zone.
    pub zone: Zone,
    /// When it is printed.
    pub now: DateTime<Utc>,
    /// By whom, by name.
    pub by: &'a str,
}

/// The page.
#[derive(Template)]
#[template(path = "sheet.html", config = "src/report/askama.toml")]
struct Page {
    head: Head,
    first: String,
    parts: Vec<Part>,
    last: String,
    foot: String,
}

/// The sheet as a page for A4, without script or anything from elsewhere.
///
/// # Errors
/// In words, where the page could not be filled.
pub fn html(sheet: &Sheet, with: Printed<'_>) -> Result<String, String> {
    page(sheet, with, Part::of).render().map_err(|error| error.to_string())
}

/// The same as plain text.
pub fn text(sheet: &Sheet, with: Printed<'_>) -> String {
    let page = page(sheet, with, Part::in_lines);
    let mut lines = vec![page.head.title.clone()];
    lines.extend(page.head.training.map(str::to_owned));
    lines.extend(folded("", &page.first, 0));
    for part in &page.parts {
        lines.push(String::new());
        lines.extend(Some(part.title.clone()).filter(|title| !title.is_empty()));
        for group in &part.groups {
            for (at, line) in group.lines.iter().enumerate() {
                let label = if at == 0 { group.label.as_str() } else { "" };
                lines.extend(folded(label, &line.words, LABELS));
            }
        }
    }
    lines.push(String::new());
    lines.extend(folded("", &page.last, 0));
    lines.extend([page.foot, String::new()]);
    lines.join("\n")
}

fn page(sheet: &Sheet, with: Printed<'_>, laid_out: fn(&SheetPart) -> Part) -> Page {
    let shown = |text: &str| clean::shown(text).into_owned();
    Page {
        head: Head::new(&sheet.title, with.office.training),
        first: shown(&sheet.first),
        parts: sheet.parts.iter().map(laid_out).collect(),
        last: shown(&sheet.last),
        foot: words::printed(&display::weekday_stamp(with.now, with.zone), with.by),
    }
}

/// Words beside their label, folded between them and hanging under their beginning.
fn folded(label: &str, words: &str, indent: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut now = format!("{label:indent$}");
    if label.chars().count() >= indent && !label.is_empty() {
        lines.push(std::mem::replace(&mut now, " ".repeat(indent)));
    }
    for (at, said) in words.lines().enumerate() {
        if at > 0 {
            lines.push(std::mem::replace(&mut now, " ".repeat(indent)));
        }
        for word in said.split_whitespace() {
            let begun = now.chars().count() > indent;
            if begun && now.chars().count() + 1 + word.chars().count() > WIDE {
                lines.push(std::mem::replace(&mut now, " ".repeat(indent)));
            } else if begun {
                now.push(' ');
            }
            now.push_str(word);
        }
    }
    lines.push(now);
    lines
}

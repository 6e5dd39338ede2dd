//! The screen of measures: all of them, or one with its periods and parts; for which time and part of the office. Reading
//! the figures is left to whoever reads the records, drawing them to `ui`.

use std::sync::Arc;

use chrono::TimeDelta;

use super::App;
use super::actions::OfMeasures;
use super::layer::{Layer, step_in};
use super::list::ListKind;
use super::load::Load;
use super::msg::{Effect, Failure, Request};
use crate::domain::measure::{Asked, By, Chart, Definition, Definitions, Overview, Span};
use crate::domain::pack::{About, PackAsked};
use crate::domain::permission::{Grant, Reason};
use crate::domain::words::{measures as words, pack};

/// For how long figures on screen stand although somebody writes: reading them anew with each entry would hold up what has
/// to be seen at once.
const STAND: TimeDelta = TimeDelta::minutes(1);

/// What was read of all measures.
pub type Read = (Arc<Definitions>, Overview);

/// The screen of measures.
#[derive(Debug, Clone, PartialEq)]
pub struct MeasuresLayer {
    /// For which time and part of the office.
    pub asked: Asked,
    /// The figures, with what each is.
    pub read: Load<Read>,
    /// The last question about them.
    pub request: Request,
    /// The selected measure.
    pub selected: Option<String>,
    /// One of them, where it is looked at by itself.
    pub chart: Option<ChartOf>,
}

/// One measure on screen.
#[derive(Debug, Clone, PartialEq)]
pub struct ChartOf {
    /// Which.
    pub id: String,
    /// By what it is split.
    pub by: Option<By>,
    /// Its figures.
    pub chart: Load<Chart>,
    /// The last question about them.
    pub request: Request,
    /// The line that one has come to.
    pub at: usize,
}

/// The records behind a figure, as they are asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Behind {
    /// For which time and part of the office.
    pub asked: Asked,
    /// Of which measure.
    pub id: String,
    /// The heading.
    pub title: String,
}

impl MeasuresLayer {
    /// The definitions, once they were read.
    pub fn definitions(&self) -> Option<&Definitions> {
        self.read.ready().map(|(definitions, _)| &**definitions)
    }

    /// The figures, once they were read.
    pub fn overview(&self) -> Option<&Overview> {
        self.read.ready().map(|(_, overview)| overview)
    }

    /// The measure at hand: the one on screen by itself, or the selected one.
    pub fn at_hand(&self) -> Option<&Definition> {
        let definitions = self.definitions()?;
        let ids: Vec<String> = definitions.measures.iter().map(|one| one.id.clone()).collect();
        let selected = step_in(&ids, self.selected.as_ref(), 0);
        definitions.measure(self.chart.as_ref().map(|chart| &chart.id).or(selected.as_ref())?)
    }

    /// The place that is looked at, by its name.
    pub(super) fn place(&self) -> Option<String> {
        let id = self.asked.location?;
        let known = self.overview()?.locations.iter().find(|(known, _)| *known == id);
        known.map(|(_, name)| name.clone())
    }

    /// What a figure is of: the place, the kind of service, the theme.
    pub fn part(&self) -> String {
        let overview = self.overview();
        let named = |names: Option<&[(String, String)]>, id: Option<&String>| {
            let id = id?;
            let name = names.and_then(|names| names.iter().find(|(known, _)| known == id));
            Some(name.map_or_else(|| id.clone(), |(_, name)| name.clone()))
        };
        let place = self.place();
        let services = overview.map(|overview| overview.services.as_slice());
        let service = named(services, self.asked.service.as_ref());
        let theme =
            self.asked.theme.as_ref().and_then(|id| Some(self.definitions()?.theme(id)?.title.clone()));
        words::part_of_office(place.as_deref(), service.as_deref(), theme.as_deref())
    }

    /// The governance report of what is asked for: of a place it can be, not of one theme or kind of service.
    pub(super) fn report(&self) -> Result<PackAsked, Reason> {
        if self.asked.theme.is_some() || self.asked.service.is_some() {
            return Err(Reason(pack::NOT_OF_A_PART.to_owned()));
        }
        let (from, until) = (Some(self.asked.period.first), Some(self.asked.period.last()));
        Ok(PackAsked { from, until, location: self.asked.location, ..PackAsked::whole(About::Governance) })
    }

    pub(super) fn step(&mut self, by: isize) {
        if let Some(chart) = &mut self.chart {
            chart.at = chart.at.saturating_add_signed(by).min(chart.last_line());
            return;
        }
        let Some(definitions) = self.definitions() else { return };
        let ids: Vec<String> = definitions.measures.iter().map(|one| one.id.clone()).collect();
        let selected = step_in(&ids, self.selected.as_ref(), 0);
        self.selected = step_in(&ids, selected.as_ref(), by);
    }

    /// Takes what was read. An answer to an older question is dropped.
    pub(super) fn take(&mut self, answer: Result<Read, Failure>) -> Option<Failure> {
        self.read.take(answer)
    }

    /// Looks at another period or part of the office.
    fn turn(&mut self, action: OfMeasures, today: chrono::NaiveDate) {
        let (locations, services) = self
            .overview()
            .map(|overview| {
                let services: Vec<String> = overview.services.iter().map(|(id, _)| id.clone()).collect();
                (overview.locations.iter().map(|(id, _)| *id).collect::<Vec<_>>(), services)
            })
            .unwrap_or_default();
        let themes: Vec<String> = self
            .definitions()
            .map(|all| all.themes.iter().map(|one| one.id.clone()).collect())
            .unwrap_or_default();
        let asked = &mut self.asked;
        match action {
            OfMeasures::Span => {
                let at = Span::ALL.iter().position(|span| *span == asked.span).unwrap_or(0);
                *asked = asked.clone().with_span(Span::ALL[(at + 1) % Span::ALL.len()], today);
            }
            OfMeasures::Earlier => asked.period = asked.period.moved(asked.span, -1),
            OfMeasures::Later => {
                let later = asked.period.moved(asked.span, 1);
                // What has not begun has no figures.
                asked.period = if later.first <= today { later } else { asked.period };
            }
            OfMeasures::Place => asked.location = next(&locations, asked.location.as_ref()),
            OfMeasures::Service => asked.service = next(&services, asked.service.as_ref()),
            OfMeasures::Theme => {
                asked.theme = next(&themes, asked.theme.as_ref());
            }
            // These change what is shown of a period, not which.
            OfMeasures::Split | OfMeasures::Definition => {}
        }
    }
}

impl ChartOf {
    fn last_line(&self) -> usize {
        self.chart.ready().map_or(0, |chart| chart.parts.len() + chart.line.figures.len()).saturating_sub(1)
    }
}

/// The next of them; after the last, none.
fn next<T: PartialEq + Clone>(all: &[T], now: Option<&T>) -> Option<T> {
    let at = now.and_then(|now| all.iter().position(|one| one == now));
    all.get(at.map_or(0, |at| at + 1)).cloned()
}

impl App {
    pub(super) fn may_measure(&self) -> Result<(), Reason> {
        self.may_anywhere(Grant::Measures)
    }

    /// Whether something can be done on the screen of measures.
    ///
    /// # Errors
    /// The reason.
    pub(super) fn may_in_measures(&self, action: OfMeasures) -> Result<(), Reason> {
        self.may_measure()?;
        let Layer::Measures(layer) = self.under() else { return Ok(()) };
        let splits = layer.at_hand().is_some_and(|measure| !measure.by.is_empty());
        if action == OfMeasures::Split && !splits {
            return Err(Reason(words::NOT_SPLIT.to_owned()));
        }
        Ok(())
    }

    /// Opens the screen, of the month that it is; from the list of locations of the one at hand, which is one key away from all.
    pub(super) fn open_measures(&mut self, out: &mut Vec<Effect>) {
        if matches!(self.top(), Layer::Measures(_)) {
            return;
        }
        let location = match self.under() {
            Layer::List(list) => list.location_at_hand(),
            _ => None,
        };
        let asked = Asked { location, ..Asked::month_of(self.zone.day(self.now)) };
        let request = self.ask();
        out.push(Effect::ReadMeasures(request, asked.clone()));
        self.layers.push(Layer::Measures(MeasuresLayer {
            asked,
            read: Load::Loading,
            request,
            selected: None,
            chart: None,
        }));
    }

    /// What is done on the screen of measures.
    pub(super) fn in_measures(&mut self, action: OfMeasures, out: &mut Vec<Effect>) {
        let today = self.zone.day(self.now);
        let Layer::Measures(layer) = self.top_mut() else { return };
        match action {
            OfMeasures::Definition => {
                let Some(measure) = layer.at_hand() else { return };
                let (title, lines) = (measure.title.clone(), words::definition(measure).join("\n\n"));
                return self.show_message(&title, &lines);
            }
            OfMeasures::Split => {
                let Some(measure) = layer.at_hand() else { return };
                let (id, all) = (measure.id.clone(), measure.by.clone());
                let chart = layer.chart.get_or_insert_with(|| ChartOf::new(id, None));
                chart.by = next(&all, chart.by.as_ref()).or(all.first().copied());
                chart.at = 0;
            }
            _ => layer.turn(action, today),
        }
        self.read_measures(out);
    }

    /// Enter: from all of them to one, from one to the records behind it.
    pub(super) fn open_measure(&mut self, out: &mut Vec<Effect>) {
        let zone = self.zone;
        let now = self.now;
        let Layer::Measures(layer) = self.top_mut() else { return };
        let Some(measure) = layer.at_hand().cloned() else { return };
        if layer.chart.is_some() {
            let so_far = layer.asked.period.after > zone.day(now);
            let period = words::title(&words::period(&layer.asked.period, layer.asked.span), so_far);
            let title = words::heading(&measure.title, &words::heading(&period, &layer.part()));
            let behind = Behind { asked: layer.asked.clone(), id: measure.id, title };
            return self.open_list(ListKind::Measured(Box::new(behind)), out);
        }
        layer.selected = Some(measure.id.clone());
        layer.chart = Some(ChartOf::new(measure.id, measure.by.first().copied()));
        self.read_measures(out);
    }

    /// Reads what the screen of measures shows.
    fn read_measures(&mut self, out: &mut Vec<Effect>) {
        let (all, one) = (self.ask(), self.ask());
        let Layer::Measures(layer) = self.top_mut() else { return };
        layer.request = all;
        out.push(Effect::ReadMeasures(all, layer.asked.clone()));
        let asked = layer.asked.clone();
        if let Some(chart) = &mut layer.chart {
            chart.request = one;
            out.push(Effect::ReadChart { request: one, asked, id: chart.id.clone(), by: chart.by });
        }
    }

    /// Reads them again where somebody looks at them and they are no longer as of just now.
    pub(super) fn measures_in_time(&mut self, out: &mut Vec<Effect>) {
        let Layer::Measures(layer) = self.top() else { return };
        if layer.overview().is_some_and(|overview| self.now - overview.now >= STAND) {
            self.read_measures(out);
        }
    }
}

impl ChartOf {
    fn new(id: String, by: Option<By>) -> Self {
        Self { id, by, chart: Load::Loading, request: Request::default(), at: 0 }
    }
}

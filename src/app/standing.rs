//! Where a case stands, before anything of it is read: how urgent it is, whether it is decided and by whom, whether 999
//! was called, whom to ring back.
//!
//! Everything is taken from the case as it was folded. How it is laid out, and how long ago things are, is left to `ui`.

use chrono::{DateTime, Utc};

use super::{App, FormLayer, Layer};
use crate::domain::act::Act;
use crate::domain::answer::{Answer, When};
use crate::domain::case::{CaseState, EntryMark, Level, Milestone};
use crate::domain::entry::Said;
use crate::domain::time::display;
use crate::domain::views::{CaseView, Told};
use crate::domain::words::app::saving;
use crate::pathway::definition::Means;
use crate::pathway::{led, show};

/// Where a case stands.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Standing {
    /// The present risk.
    pub level: Option<Level>,
    /// The state its pathway has it in, by its title. Empty for an urgent call, of which the decision says it, and once it
    /// is closed.
    pub state: String,
    /// Since when an urgent call waits for its decision.
    pub waits_since: Option<DateTime<Utc>>,
    /// What was decided last.
    pub decided: Option<Decided>,
    /// What has to be seen before anything else, while the case is open; may be empty.
    pub alarm: String,
    /// Those of the emergency services that were called, and when.
    pub called_out: Vec<(Milestone, When)>,
    /// Who rang; may be empty.
    pub caller: String,
    /// The number to ring back; may be empty.
    pub call_back: String,
}

/// A decision, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decided {
    /// When.
    pub at: When,
    /// Whose it was; empty where nobody said who they were.
    pub by: String,
    /// The ways that were decided on, as they are called; may be empty.
    pub routes: String,
    /// The way to which the answers to the questions lead, where another one was taken; otherwise empty.
    pub led: String,
    /// It was typed for whoever decided, who has yet to confirm it.
    pub to_confirm: bool,
}

impl App {
    /// Where a case stands; `None` for a record of a register, which is neither urgent nor decided.
    pub fn stands(&self, view: &CaseView) -> Option<Standing> {
        let case = &view.state;
        let pathway = self.editions.current().pathways.get(&case.pathway).filter(|one| !one.register)?;
        let decided = last_decision(case).map(|mark| self.decided(view, mark));
        let called = case.facts.milestones.get(&Milestone::Called);
        let waits = pathway.urgent && !case.closed && decided.is_none();
        let state = pathway.states.iter().find(|state| state.id == case.state);
        let state = state.filter(|_| !pathway.urgent && !case.closed).map(|state| state.title.clone());
        Some(Standing {
            level: case.facts.level.clone(),
            state: state.unwrap_or_default(),
            waits_since: called.filter(|_| waits).map(|when| when.at),
            decided,
            alarm: if case.closed { String::new() } else { case.facts.alarm() },
            called_out: case.facts.called_out().collect(),
            caller: case.facts.caller.clone().unwrap_or_default(),
            call_back: case.facts.call_back.clone().unwrap_or_default(),
        })
    }

    /// What others recorded in a form's case since it was opened, as far as the case under it was read: that it was moved to
    /// another record, otherwise the last of it.
    pub fn moved_meanwhile(&self, layer: &FormLayer) -> Option<String> {
        let (case, seen) = layer.form.draft.case.zip(layer.form.draft.seen)?;
        let view = self.layers.iter().find_map(|under| match under {
            Layer::Case(under) if under.id == case => under.view.ready(),
            _ => None,
        })?;
        let news = || view.state.entries.iter().rev().filter(|mark| mark.seq > seen);
        let mark = news().find(|mark| mark.kind == Act::REATTRIBUTE).or_else(|| news().next())?;
        let told = view.chronology.iter().find(|told| told.entry.id == mark.id)?;
        let said = self.said(view, told);
        let at = display::short(mark.recorded_at, self.now, self.zone);
        Some(saving::meanwhile(&said.by, &said.verb, &at))
    }

    fn decided(&self, view: &CaseView, mark: &EntryMark) -> Decided {
        let told = view.chronology.iter().find(|told| told.entry.id == mark.id);
        let by = told.and_then(|told| told.entry.who.by.or(told.signed_by));
        let routes = Answer::Choices(view.state.facts.routes.clone());
        let pathway = self.editions.current().pathways.get(&view.state.pathway);
        let field = pathway.and_then(|one| one.steps.iter().find_map(|step| step.meaning(Means::Route)));
        Decided {
            at: mark.reached.get(&Milestone::Decided).copied().unwrap_or(mark.occurred),
            by: by.and_then(|by| view.names.get(&by)).cloned().unwrap_or_default(),
            routes: field.map(|field| show::words(field, &routes, &self.zone)).unwrap_or_default(),
            led: told.and_then(|told| self.passed_over(told)).unwrap_or_default(),
            to_confirm: mark.to_confirm.is_some(),
        }
    }

    /// The way to which the questions of a decision lead, where another was taken, as it was called on the form then.
    fn passed_over(&self, told: &Told) -> Option<String> {
        let Said::Step(said) = &told.entry.said else { return None };
        let step = self.editions.step(said)?;
        let answers = told.answers.as_ref().unwrap_or(&said.answers);
        let led = led::passed_over(step.meaning(Means::Route)?, &step.fields, answers)?;
        Some(led.label.clone())
    }
}

/// The entry that decided last.
fn last_decision(case: &CaseState) -> Option<&EntryMark> {
    case.entries.iter().rev().find(|mark| mark.counts() && mark.reached.contains_key(&Milestone::Decided))
}

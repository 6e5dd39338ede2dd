//! What the record of whoever a form or a case is about says, for conditions that ask it.

use std::collections::BTreeSet;

use super::msg::Effect;
use super::{App, FormLayer, Layer};
use crate::domain::entry::RecordSaid;
use crate::domain::views::CaseView;
use crate::domain::words::form as words;
use crate::pathway::definition::{Pathway, Step};
use crate::pathway::edition::Edition;
use crate::pathway::on_record;

impl App {
    /// Reads the record of whoever the form on top is about, where a condition asks it and it is not known yet. Nobody
    /// has opened it: what comes of it is only which lines are asked.
    pub(super) fn ask_record(&mut self, out: &mut Vec<Effect>) {
        let Layer::Form(layer) = self.top() else { return };
        let Some(about) = layer.form.asks_record_of() else { return };
        if layer.asked.is_some_and(|(_, asked)| asked == about) {
            return;
        }
        let request = self.ask();
        if let Layer::Form(layer) = self.top_mut() {
            layer.asked = Some((request, about));
            out.push(Effect::ReadCase(request, about));
        }
    }

    /// Asks who was taken in the form on top, and what is open about them: two calls about one matter are seen before the
    /// second is saved. Only where the form itself asks whom it is about.
    pub(super) fn ask_taken(&mut self, out: &mut Vec<Effect>) {
        let Layer::Form(layer) = self.top() else { return };
        let Some(person) = layer.form.takes() else { return };
        let request = self.ask();
        if let Layer::Form(layer) = self.top_mut() {
            layer.asked_taken = Some(request);
            out.push(Effect::ReadTaken(request, person));
        }
    }

    /// Asks whether whoever a record is made of in the form on top is on record already, before it is saved.
    pub(super) fn ask_who_that_is(&mut self, out: &mut Vec<Effect>) {
        let reading = self.reading();
        let Layer::Form(layer) = self.top() else { return };
        let Some(identity) = layer.form.asks_who_that_is(reading) else { return };
        if layer.asked_who.as_ref().is_some_and(|(_, asked)| *asked == identity) {
            return;
        }
        let request = self.ask();
        if let Layer::Form(layer) = self.top_mut() {
            layer.asked_who = Some((request, identity.clone()));
            out.push(Effect::FindSame(request, identity));
        }
    }

    /// What the record of whomever the case on top is about says, as far as the step asks it.
    pub(super) fn said_of_subject(&self, step: &Step) -> Option<RecordSaid> {
        let asked: BTreeSet<_> = step.asked_of_record();
        let Layer::Case(layer) = self.under() else { return None };
        let subject = layer.view.ready()?.subject.as_ref().filter(|_| !asked.is_empty())?;
        let register = self.editions.current().pathway(&subject.register)?;
        Some(on_record::said(register, &subject.answers, &asked))
    }

    /// What else is open about the organisation on top, where the step leaves this case so that one is warned of it: each
    /// is decided about by itself.
    pub(super) fn goes_on_beside(&self, pathway: &Pathway, step: &Step) -> Option<String> {
        let to = pathway.states.iter().find(|state| step.to.as_ref() == Some(&state.id));
        let Layer::Case(layer) = self.under() else { return None };
        let view = layer.view.ready().filter(|_| to.is_some_and(|state| state.caution))?;
        let own = view.others.iter().filter(|other| !other.closed && other.pathway == pathway.id);
        let alike = own.map(|other| words::with_matter(&other.reference, other.headline.as_deref()));
        let alike: Vec<String> = alike.collect();
        (!alike.is_empty()).then(|| words::goes_on_beside(&alike.join(", ")))
    }
}

impl FormLayer {
    /// Takes the record that was asked for.
    pub(super) fn knows(&mut self, edition: &Edition, read: Option<&CaseView>) {
        let Some((_, about)) = self.asked.take() else { return };
        let Some(view) = read else { return };
        if let Some(register) = edition.pathway(&view.state.pathway) {
            self.form.know(about, register, &view.state.facts.record);
        }
    }
}

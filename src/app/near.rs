//! Those near a person, offered where somebody writes who was told; anybody else is kept as typed.
//!
//! They are chosen from in the same search as records, though they have none of their own. Who they are is left to
//! [`crate::pathway::near`].

use super::layer::Layer;
use super::msg::Effect;
use super::picker::{PickFor, Picker};
use super::{App, Load};
use crate::domain::ids::{CaseId, EntryId};
use crate::domain::views::{Finds, Page, RecordRow};
use crate::form::typed;
use crate::pathway::near::Near;

/// Stands for a register where those near a person are chosen from; they have no records of their own.
const NEAR: &str = "near";

impl App {
    /// Opens the choice of those near the person, for a line that says who was told.
    pub(super) fn open_near(&mut self, path: &str) {
        let Some(form) = self.form_below().map(|layer| &layer.form) else { return };
        let text = typed::text(&form.draft.text, path).to_owned();
        let found = near_rows(&form.near, form.case_to_be(), &text);
        let request = self.ask();
        let mut picker = Picker::new(NEAR, PickFor::Near { path: path.to_owned() }, &text, request);
        picker.found = Load::Ready(found);
        picker.settle();
        self.layers.push(Layer::Picker(picker));
    }

    /// Looks again after the words were changed; they stand in the form at once.
    pub(super) fn find_near_again(&mut self, path: &str, out: &mut Vec<Effect>) {
        let Layer::Picker(picker) = self.top() else { return };
        let text = picker.query.text().to_owned();
        let Some(layer) = self.form_below() else { return };
        layer.form.set_text(path, &text);
        let found = near_rows(&layer.form.near, layer.form.case_to_be(), &text);
        if let Layer::Picker(picker) = self.top_mut() {
            picker.found = Load::Ready(found);
            picker.settle();
        }
        self.keep_form_below(false, out);
    }

    /// Puts the name that was chosen or typed into its line, and goes on.
    pub(super) fn put_name(&mut self, path: &str, name: &str, out: &mut Vec<Effect>) {
        let reading = self.reading();
        let Layer::Form(layer) = self.top_mut() else { return };
        layer.form.set_text(path, name);
        path.clone_into(&mut layer.form.focus);
        layer.form.step_focus(1, reading);
        self.kept(true, out);
    }
}

/// Those near the person who could be meant, as rows of the search.
fn near_rows(near: &[Near], case: CaseId, typed: &str) -> Finds {
    let meant = near.iter().enumerate().filter(|(_, one)| one.is_meant(typed));
    let rows: Vec<RecordRow> = meant.map(|(at, one)| near_row(case, at, one)).collect();
    Finds { page: Page { total: rows.len() as u64, rows }, nearly: Vec::new() }
}

fn near_row(case: CaseId, at: usize, one: &Near) -> RecordRow {
    let silent = one.do_not_inform.iter().filter(|why| !why.is_empty());
    let about = Some(&one.about).filter(|about| !about.is_empty()).into_iter().chain(silent);
    RecordRow {
        id: EntryId(case.0).derived(&format!("near.{at}")).into(),
        register: NEAR.to_owned(),
        name: one.name.clone(),
        short: one.name.clone(),
        born: None,
        nhs: None,
        room: None,
        location: None,
        place: Some(about.cloned().collect::<Vec<_>>().join("; ")),
        phone: one.phone.clone(),
        code: None,
        alerts: Vec::new(),
        do_not_inform: one.do_not_inform.is_some(),
        more: Default::default(),
        answers: Default::default(),
    }
}

//! Two records of one and the same: merged from the screen of the one that stands, and taken apart again.
//!
//! Who may, and whether two records can be merged at all, is asked again of the ledger; what either shows afterwards is
//! left to its reads.

use super::acts;
use super::layer::{Choice, ChoiceItem, Chosen, Message};
use super::msg::Effect;
use super::pick::{ORGANISATIONS, PEOPLE};
use super::{App, Layer};
use crate::domain::ids::CaseId;
use crate::domain::permission::{Grant, Reason};
use crate::domain::time::display;
use crate::domain::views::{Merged, RecordRow};
use crate::domain::words::app as words;
use crate::form::Form;

/// A record on screen that can be merged with another.
struct Record<'a> {
    id: CaseId,
    name: String,
    step: &'static str,
    /// The record that it is read as.
    merged: Option<&'a Merged>,
    /// The records that are read as it.
    duplicates: &'a [Merged],
}

impl App {
    fn record_to_merge(&self) -> Option<Record<'_>> {
        match self.under() {
            Layer::Person(layer) => {
                let view = layer.view.ready()?;
                Some(Record {
                    id: layer.id,
                    name: view.record.name.clone(),
                    step: acts::MERGE_PEOPLE,
                    merged: view.merged.as_ref(),
                    duplicates: &view.duplicates,
                })
            }
            Layer::Case(layer) => {
                let view = layer.view.ready().filter(|view| view.state.pathway == ORGANISATIONS)?;
                Some(Record {
                    id: layer.id,
                    name: self.own_name(&view.state).unwrap_or_default(),
                    step: acts::MERGE_ORGANISATIONS,
                    merged: view.merged.as_ref(),
                    duplicates: &view.duplicates,
                })
            }
            _ => None,
        }
    }

    /// Whether what is on screen is a record that is ever merged.
    pub(super) fn concerns_merging(&self) -> bool {
        match self.under() {
            Layer::Case(_) => self.record_to_merge().is_some(),
            _ => true,
        }
    }

    /// Whether the record on screen can be merged, or taken apart.
    ///
    /// # Errors
    /// The reason.
    pub(super) fn may_merge(&self) -> Result<(), Reason> {
        self.may(Grant::Reattribute)?;
        self.record_to_merge().map(drop).ok_or_else(|| Reason(words::STILL_READING.to_owned()))
    }

    /// Asks which record is the duplicate; where some were merged already, also which of them is to stand apart again.
    pub(super) fn begin_merge(&mut self, out: &mut Vec<Effect>) {
        let Some(record) = self.record_to_merge() else { return };
        let id = record.id;
        if let Some(merged) = record.merged {
            let (kept, names) = (merged.into, (record.name.clone(), merged.name.clone()));
            self.take_apart(kept, id, &names.0, &names.1, out);
            return;
        }
        if record.duplicates.is_empty() {
            self.merge_form(out);
            return;
        }
        let apart = record.duplicates.iter().zip('1'..='9').map(|(one, key)| ChoiceItem {
            key,
            label: words::take_apart(&one.reference, &one.name),
            blocked: None,
            does: Chosen::TakeApart(one.record),
        });
        let another = ChoiceItem {
            key: 'n',
            label: words::MERGE_ANOTHER.to_owned(),
            blocked: None,
            does: Chosen::MergeAnother,
        };
        let stubs = record.duplicates.iter().zip('a'..='i').map(|(one, key)| ChoiceItem {
            key,
            label: words::open_stub(&one.reference, &one.name),
            blocked: None,
            does: Chosen::Open(one.record),
        });
        let items = std::iter::once(another).chain(stubs).chain(apart).collect();
        self.layers.push(Layer::Choice(Choice::of(words::MERGE[0].to_owned(), items)));
    }

    /// The form that names the duplicate.
    pub(super) fn merge_form(&mut self, out: &mut Vec<Effect>) {
        let Some(record) = self.record_to_merge() else { return };
        let (id, name, step) = (record.id, record.name.clone(), record.step);
        if let Some(mut form) = self.begin_act(step, None) {
            form.draft.case = Some(id);
            form.draft.about = words::duplicate_of(&name);
            self.push_form(form, out);
        }
    }

    /// The form that takes back the merge of a record into the one on screen.
    pub(super) fn take_apart_here(&mut self, gone: CaseId, out: &mut Vec<Effect>) {
        let Some(record) = self.record_to_merge() else { return };
        let found = record.duplicates.iter().find(|one| one.record == gone);
        let Some((kept, gone_name, kept_name)) =
            found.map(|one| (one.into, one.name.clone(), record.name.clone()))
        else {
            return;
        };
        self.take_apart(kept, gone, &gone_name, &kept_name, out);
    }

    fn take_apart(
        &mut self,
        kept: CaseId,
        gone: CaseId,
        gone_name: &str,
        kept_name: &str,
        out: &mut Vec<Effect>,
    ) {
        if let Some(mut form) = self.begin_act(acts::UNMERGE, None) {
            form.draft.case = Some(kept);
            acts::aim_at(&mut form, gone);
            form.draft.about = words::apart_from(gone_name, kept_name);
            self.push_form(form, out);
        }
    }

    /// Where two people differ in what nobody has two of, it is said before anything else can be done.
    pub(super) fn warn_of_two_people(&mut self, form: &Form, picked: &RecordRow) {
        if form.step.id != acts::MERGE_PEOPLE || picked.register != PEOPLE {
            return;
        }
        let below = self.layers.iter().rev().find_map(|layer| match layer {
            Layer::Person(layer) => layer.view.ready().map(|view| &view.record),
            _ => None,
        });
        let Some(kept) = below.filter(|kept| Some(kept.id) == form.draft.case) else { return };
        let numbers = kept.nhs.as_ref().zip(picked.nhs.as_ref()).filter(|(one, other)| one != other);
        let births = kept.born.zip(picked.born).filter(|(one, other)| one != other);
        let differences: Vec<String> = numbers
            .map(|(one, other)| words::two_numbers(one, other))
            .into_iter()
            .chain(births.map(|(one, other)| words::two_births(&display::date(one), &display::date(other))))
            .collect();
        if !differences.is_empty() {
            self.layers
                .push(Layer::Message(Message::new(words::TWO_PEOPLE, &words::two_people(&differences))));
        }
    }
}

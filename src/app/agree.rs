//! Giving one's word on an entry: what was typed for whoever is signed in, and what waits for a second person.

use super::App;
use super::acts::{self, After};
use super::layer::{Confirmed, Layer};
use super::list::{ListRowId, Rows};
use super::msg::Effect;
use crate::domain::act::Act;
use crate::domain::answer::YesNo;
use crate::domain::entry::Batch;
use crate::domain::ids::{CaseId, EntryId};
use crate::domain::time::display;
use crate::domain::views::RecordRow;
use crate::domain::words::app as words;
use crate::domain::words::app::saving;
use crate::form::REASON;
use crate::pathway::definition::Means;

impl App {
    /// Shows what somebody is to give their word on before they do: nobody stands by what they did not read.
    pub(super) fn ask_to_agree(&mut self) {
        let words = if let Some(row) = self.selected_to_confirm().filter(|row| row.unsigned) {
            words::sign_words(&self.gist(&row.said).1)
        } else if let Some(row) = self.selected_to_confirm() {
            words::agree_words(&self.gist(&row.said).1, &row.typed_by)
        } else if let Some(row) = self.selected_to_countersign() {
            words::agree_second_words(&self.waiting_gist(&row.entry).1, &row.by)
        } else {
            return;
        };
        let Some((_, entry)) = self.selected_word() else { return };
        let title = self.what_is_asked().unwrap_or_default();
        self.confirm(&title, &words, Confirmed::Agree(entry));
    }

    /// The entry on which somebody is to give their word, with its case.
    fn selected_word(&self) -> Option<(Option<CaseId>, EntryId)> {
        let typed = self.selected_to_confirm().map(|row| (Some(row.case), row.entry));
        typed.or_else(|| self.selected_to_countersign().map(|row| (row.entry.case, row.entry.id)))
    }

    /// What somebody is to give their word on, about whom and of when: the head of what asks them about it.
    fn what_is_asked(&self) -> Option<String> {
        let name = |about: Option<&RecordRow>| about.map(|about| about.name.clone()).unwrap_or_default();
        if let Some(row) = self.selected_to_confirm() {
            let when = display::short_when(&row.occurred, self.now, self.zone);
            return Some(words::which_form(&self.gist(&row.said).0, &name(row.subject.as_ref()), &when));
        }
        let row = self.selected_to_countersign()?;
        let when = display::short(row.entry.recorded_at, self.now, self.zone);
        // What is about nobody is known by its reference.
        let about = name(row.about.as_ref());
        let about = if about.is_empty() { row.reference.clone() } else { about };
        Some(words::which_form(&self.waiting_gist(&row.entry).0, &about, &when))
    }

    /// The word itself, once it was asked for. Where somebody else gave theirs meanwhile, another entry is selected by now:
    /// of that one nothing was shown.
    pub(super) fn agree(&mut self, entry: EntryId, out: &mut Vec<Effect>) {
        if self.selected_word().is_none_or(|(_, selected)| selected != entry) {
            self.says(words::SETTLED_MEANWHILE);
            return;
        }
        let id = EntryId(self.fresh_id());
        let note = String::new();
        let (case, act, seen) = if let Some(row) = self.selected_to_confirm().filter(|row| row.unsigned) {
            (Some(row.case), Act::Sign { entry: row.entry }, None)
        } else if let Some(row) = self.selected_to_confirm() {
            let act = Act::ConfirmTyped { entry: row.entry, agrees: YesNo::Yes, note };
            (Some(row.case), act, None)
        } else if let Some(row) = self.selected_to_countersign() {
            let act = Act::Countersign { entry: row.entry.id, agrees: YesNo::Yes, note };
            (row.entry.case, act, row.seen)
        } else {
            return;
        };
        let seen = case.zip(seen).into_iter().collect();
        let batch = Batch { entries: vec![acts::one(self, id, case, act)], seen, ..Batch::default() };
        let after = self.asks_whom(entry).map_or(After::Nothing, |case| After::AsksWhom(case, entry));
        self.append_aside(batch, after, out);
    }

    /// The case of a call to be signed that is about nobody's record yet.
    fn asks_whom(&self, entry: EntryId) -> Option<CaseId> {
        let row = self.selected_to_confirm().filter(|row| row.unsigned && row.entry == entry)?;
        let pathway = self.editions.current().pathways.get(&row.said.pathway)?;
        let asks = pathway.step(&row.said.step)?.meaning(Means::Subject).is_some();
        (asks && row.subject.is_none()).then_some(row.case)
    }

    /// The form of a call that has just been signed, on the line that asks whom it is about.
    pub(super) fn ask_whom(&mut self, entry: EntryId, out: &mut Vec<Effect>) {
        if let Layer::Case(case) = self.top_mut() {
            case.entry = Some(entry);
        }
        self.begin_amendment(out);
        let reading = self.reading();
        let Layer::Form(layer) = self.top_mut() else { return };
        if let Some(field) = layer.form.step.meaning(Means::Subject).map(|field| field.id.clone()) {
            layer.form.set_text(REASON, saving::NAMED_WHEN_SIGNED);
            layer.form.focus_on(&field, reading);
            self.says(saving::WHOM_IS_IT_ABOUT);
        }
    }

    /// Opens the form that says what differs, or why not.
    pub(super) fn begin_disagreement(&mut self, out: &mut Vec<Effect>) {
        if self.selected_to_confirm().is_some_and(|row| row.unsigned) {
            self.says(words::NOT_MINE);
            return;
        }
        let typed = self.selected_to_confirm().map(|row| (acts::DISAGREE, row.entry, Some(row.case)));
        let second = self.selected_to_countersign().map(|row| (acts::REFUSE, row.entry.id, row.entry.case));
        let Some((step, entry, case)) = typed.or(second) else { return };
        let about = self.what_is_asked().unwrap_or_default();
        if let Some(mut form) = self.begin_act(step, None) {
            form.draft.amends = Some(entry);
            form.draft.case = case;
            form.draft.about = about;
            self.push_form(form, out);
        }
    }

    /// The entry selected in the list on top, with the case to look at it in.
    pub(super) fn entry_at_hand(&self) -> Option<(CaseId, EntryId)> {
        let Layer::List(list) = self.under() else { return None };
        let Some(ListRowId::Entry(id)) = list.selection() else { return None };
        let case = match list.rows.ready()? {
            Rows::ToConfirm(rows) | Rows::Unconfirmed(rows) => {
                rows.iter().find(|row| row.entry == id).map(|row| row.case)
            }
            Rows::ToCountersign(rows) => rows.iter().find(|row| row.entry.id == id)?.entry.case,
            Rows::DoneAlone(rows) => rows.iter().find(|row| row.entry.id == id)?.entry.case,
            Rows::Keys(rows) => rows.iter().find(|row| row.entry == id)?.staff,
            Rows::Shares(rows) => {
                let row = rows.iter().find(|row| row.id() == id)?;
                return Some((row.case, row.share.entry));
            }
            Rows::Records(_)
            | Rows::Locations(_)
            | Rows::Cases(..)
            | Rows::Drafts(_)
            | Rows::Looks(_)
            | Rows::Mine(_)
            | Rows::OnCall(_)
            | Rows::Ring(_)
            | Rows::Eyes(_)
            | Rows::Visits(_)
            | Rows::Tasks(_)
            | Rows::Pads(_)
            | Rows::Signs(_)
            | Rows::Reviews(..)
            | Rows::Audits(_)
            | Rows::Disposal(_)
            | Rows::Providers(_)
            | Rows::Measured(..) => None,
        };
        Some((case?, id))
    }
}

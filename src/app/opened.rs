//! Opening what is selected on the layer on top: a case, a record, a form left unfinished, a choice.

use super::begin::LOCATIONS;
use super::footer::Command;
use super::layer::{Confirmed, Layer};
use super::list::{ListKind, ListRowId};
use super::msg::Effect;
use super::{App, Load, Part};
use crate::domain::disposal::Disposable;
use crate::domain::owning::Owned;
use crate::domain::words::app as words;
use crate::domain::words::disposal;
use crate::domain::words::rota;
use crate::domain::words::store::restricted;

impl App {
    pub(super) fn open_selected(&mut self, out: &mut Vec<Effect>) {
        match self.top_mut() {
            Layer::Board(board) if board.filter.typing => board.filter.leave(),
            Layer::Board(board) => {
                if let Some((case, on)) = board.at_hand() {
                    self.open_case(case, None, out);
                    if let Layer::Case(layer) = self.top_mut()
                        && on.is_some()
                    {
                        layer.part = Part::Owed;
                        layer.owed = on;
                    }
                }
            }
            Layer::Case(case) => match (case.part, case.other) {
                (Part::Others, Some(other)) => self.open_case(other, None, out),
                // What is owed is opened by what can be recorded on it.
                (Part::Owed, _) => self.open_owed(out),
                (Part::Chronology, _) => case.opened = !case.opened,
                (Part::Sources | Part::Others, _) => self.says(words::NOTHING_TO_OPEN),
            },
            Layer::Person(person) => {
                if let Some(case) = person.at_hand() {
                    self.open_case(case, None, out);
                }
            }
            Layer::List(list) if list.filter.typing && !list.filter.is_blank() => list.filter.leave(),
            Layer::List(_) => self.open_row(out),
            Layer::Measures(_) => self.open_measure(out),
            Layer::Sheet(_) => self.open_behind(out),
            Layer::Picker(_) => self.choose_record(out),
            Layer::Search(_) => self.open_found(out),
            Layer::Choice(choice) if choice.is_one_of_several() => self.says(words::SEVERAL_CALLED_THAT),
            Layer::Choice(choice) => {
                let at = choice.selected;
                self.take_choice(at, out);
            }
            Layer::Palette(palette) => {
                let (words, at) = (palette.query.text().to_owned(), palette.selected);
                let found = self.commands(&words);
                self.layers.pop();
                match found.get(at) {
                    Some((Command::Action(action), _)) => self.perform(*action, out),
                    Some((Command::Step(key), _)) => {
                        self.begin_by_key(*key, out);
                    }
                    Some((Command::Begin(pathway), _)) => self.begin_kind(pathway, out),
                    None => self.says(words::NO_COMMAND),
                }
            }
            _ => {}
        }
    }

    pub(super) fn open_row(&mut self, out: &mut Vec<Effect>) {
        let Layer::List(list) = self.top_mut() else { return };
        list.open_when_read = list.rows == Load::Loading;
        let register = match &list.kind {
            ListKind::Records(register) => register.clone(),
            ListKind::Locations => LOCATIONS.to_owned(),
            _ => String::new(),
        };
        match list.selection() {
            None => {}
            Some(ListRowId::Record(id)) => self.open_record(&register, id, out),
            Some(ListRowId::Case(id) | ListRowId::Measured(id, _) | ListRowId::Audit(id, _)) => {
                self.open_case(id, None, out)
            }
            Some(ListRowId::Due(Disposable::Case(id))) => self.open_case(id, None, out),
            Some(ListRowId::Due(Disposable::Handovers)) => self.says(disposal::SHEETS_OPEN_NOWHERE),
            Some(ListRowId::Due(Disposable::Office)) => self.says(disposal::OFFICE_OPENS_NOWHERE),
            Some(ListRowId::Owned(_)) => {
                let Some(row) = self.selected_mine() else { return };
                if let Some(whom) = &row.ask {
                    let says = restricted(whom);
                    return self.says(&says);
                }
                let (case, what) = (row.case, row.what.clone());
                self.open_case(case, None, out);
                if let (Layer::Case(layer), Owned::Owed(id)) = (self.top_mut(), what) {
                    (layer.part, layer.owed) = (Part::Owed, Some(id));
                }
            }
            Some(ListRowId::Owed(id)) => {
                let Some((case, _)) = list.at_hand() else { return };
                self.open_case(case, None, out);
                if let Layer::Case(layer) = self.top_mut() {
                    (layer.part, layer.owed) = (Part::Owed, Some(id));
                }
            }
            Some(ListRowId::OnCall(_)) => match self.slot_at_hand() {
                Some(slot) => self.open_case(slot, None, out),
                None => self.says(rota::NO_SLOT),
            },
            Some(ListRowId::Sign(_)) => self.open_sign(out),
            Some(ListRowId::Look(_) | ListRowId::Beyond(_)) => self.open_looked_at(out),
            Some(ListRowId::Entry(_)) => {
                if let Some((case, entry)) = self.entry_at_hand() {
                    self.open_case(case, None, out);
                    if let Layer::Case(layer) = self.top_mut() {
                        (layer.entry, layer.opened) = (Some(entry), true);
                    }
                }
            }
            Some(ListRowId::Draft(id)) => {
                let Some(row) = self.selected_draft() else { return };
                if self.forms().any(|form| form.draft.id == id) {
                    self.back(out);
                } else if row.staff.is_some() && !self.is_you(row.staff) {
                    self.says(words::NOT_YOURS);
                } else if row.waits {
                    self.says(words::WAITS);
                } else if row.held {
                    self.confirm(words::HELD_TITLE, words::HELD_WORDS, Confirmed::OpenDraft(id));
                } else {
                    self.take_draft(id, out);
                }
            }
        }
    }
}

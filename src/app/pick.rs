//! Taking a record: looked for while it is typed, told apart from those of its name, then put where it belongs.

use super::apart::{Apart, Asks};
use super::key::Key;
use super::layer::{Choice, ChoiceItem, Chosen, Layer, Place};
use super::msg::Effect;
use super::picker::{PickFor, Picker};
use super::{ActionId, App, PersonLayer};
use crate::domain::access::How;
use crate::domain::ids::CaseId;
use crate::domain::names::PersonName;
use crate::domain::names::unnamed::Typed;
use crate::domain::time::{Lean, Understood, display, in_words};
use crate::domain::views::RecordRow;
use crate::domain::words::{app as words, form as form_words};
use crate::form::text_box::{Changed, Edit};
use crate::form::{Input, typed};
use crate::pathway::definition::{Kind, Means};

/// The register of whoever is outside.
pub(super) const ORGANISATIONS: &str = "organisations";
/// The register of people, whose names are told apart.
pub(super) const PEOPLE: &str = "people";

impl App {
    /// Opens the search for a record.
    pub(super) fn open_picker(
        &mut self,
        register: &str,
        purpose: PickFor,
        text: &str,
        out: &mut Vec<Effect>,
    ) {
        let (request, today) = (self.ask(), self.zone.day(self.now));
        let mut picker = Picker::new(register, purpose, text, request);
        picker.read_query(today);
        self.layers.push(Layer::Picker(picker));
        out.push(Effect::Find { request, register: register.to_owned(), text: text.to_owned() });
    }

    /// Looks again after the words were changed. What is typed for a line of a form stands in the form at once.
    pub(super) fn find_again(&mut self, out: &mut Vec<Effect>) {
        if let Layer::Picker(Picker { purpose: PickFor::Near { path }, .. }) = self.top() {
            let path = path.clone();
            self.find_near_again(&path, out);
            return;
        }
        let (request, today) = (self.ask(), self.zone.day(self.now));
        let Layer::Picker(picker) = self.top_mut() else { return };
        picker.asked.again(request);
        picker.read_query(today);
        picker.checking = None;
        picker.apart = None;
        let text = picker.query.text().to_owned();
        out.push(Effect::Find { request, register: picker.register.clone(), text: text.clone() });
        if let PickFor::Line { path, .. } = picker.purpose.clone()
            && let Some(layer) = self.form_below()
        {
            layer.form.set_text(&path, &text);
            layer.form.set_text(&typed::part(&path, "id"), "");
            self.keep_form_below(false, out);
        }
    }

    /// Enter in the search: takes the record, after it was told apart from those of its name.
    pub(super) fn choose_record(&mut self, out: &mut Vec<Effect>) {
        if self.is_asked_which() {
            return self.takes_nobody(None, out);
        }
        let (request, today) = (self.ask(), self.zone.day(self.now));
        let Layer::Picker(picker) = self.top_mut() else { return };
        if picker.register != PEOPLE && picker.is_one_of_several() {
            return self.asks_which_of_several();
        }
        let row = picker.row().cloned();
        let is_near = matches!(picker.purpose, PickFor::Near { .. });
        if let Some(wrong) = picker.wrong.filter(|_| row.is_none()) {
            return self.says(&wrong.to_string());
        }
        let tells_apart = match &row {
            None if !picker.offers_new() => return,
            None => picker.register == PEOPLE,
            Some(row) => picker.register == PEOPLE || row.do_not_inform,
        };
        if !tells_apart || picker.purpose == PickFor::Open {
            return self.take_record(row, out);
        }
        if let Some(row) = row.as_ref().filter(|_| is_near) {
            picker.apart = Some(Apart::new(Asks::AllTheSame, vec![(row.clone(), String::new())]));
            return;
        }
        let text = match &row {
            Some(row) => PersonName::read(&row.name).family,
            None => Typed::read(picker.query.text(), today).identity().family,
        };
        let text = if text.is_empty() { picker.query.text().to_owned() } else { text };
        // Others of the name may not be among what was found for the words typed.
        picker.checking = Some((row.map(|row| row.id), request));
        let register = picker.register.clone();
        out.push(Effect::Find { request, register, text });
    }

    /// Several have what was typed, and nobody went to one of them: a number says which, once anything was typed.
    pub(super) fn asks_which_of_several(&mut self) {
        let Layer::Picker(picker) = self.top_mut() else { return };
        if picker.query.is_empty() {
            return self.says(words::TYPE_OR_GO);
        }
        let rows = picker.rows().iter().map(|row| (row.clone(), String::new())).collect();
        picker.apart = Some(Apart::new(Asks::WhichHasIt, rows));
    }

    /// Puts the record where it belongs: a line of the form, the keyboard, a screen of its own.
    pub(super) fn take_record(&mut self, row: Option<RecordRow>, out: &mut Vec<Effect>) {
        let Some(Layer::Picker(picker)) = self.layers.pop() else { return };
        if let Some(kept) = picker.apart.as_ref().and_then(|apart| apart.kept.as_ref()) {
            self.leaves_words(kept);
        }
        match (picker.purpose.clone(), row) {
            (PickFor::Line { path, .. }, row) => {
                let form = self.form_below().map(|layer| layer.form.clone());
                if let Some(person) = row.as_ref().filter(|row| row.register == PEOPLE) {
                    self.looked(How::Search, person.id, None, out);
                }
                let typed = picker.query.text().trim();
                let new = match picker.register == PEOPLE {
                    true => Typed::read(typed, self.zone.day(self.now)).in_words(typed),
                    false => typed.to_owned(),
                };
                self.put_record(&path, row.as_ref(), &new, out);
                if let Some((form, row)) = form.zip(row) {
                    self.warn_of_two_people(&form, &row);
                }
            }
            (PickFor::Near { path }, row) => {
                let name = row.map_or_else(|| picker.query.text().trim().to_owned(), |row| row.name);
                self.put_name(&path, &name, out);
            }
            (PickFor::SignIn, Some(row)) => self.says_who(row.id, Some(row.short), out),
            (PickFor::Open, Some(row)) => self.open_record(&row.register, row.id, out),
            (PickFor::SignIn | PickFor::Open, None) => {}
        }
    }

    /// Whoever rings while something is being typed: the organisation selected in the search, else a search of its own,
    /// beginning from who the form says is calling. What was typed stays beneath.
    pub(super) fn who_rings(&mut self, out: &mut Vec<Effect>) {
        if let Layer::Picker(picker) = self.top() {
            if let Some(id) = picker.row().map(|row| row.id) {
                self.open_case(id, None, out);
            }
            return;
        }
        let Layer::Form(layer) = self.top() else { return };
        let caller = layer.form.meaning(Means::Caller).unwrap_or_default().to_owned();
        self.open_picker(ORGANISATIONS, PickFor::Open, &caller, out);
    }

    /// Opens a record of a register: a person with all that is open, any other with its entries.
    pub(super) fn open_record(&mut self, register: &str, id: CaseId, out: &mut Vec<Effect>) {
        if register == PEOPLE {
            let request = self.ask();
            self.layers.push(Layer::Person(PersonLayer::new(id, request)));
            out.push(Effect::ReadPerson(request, id));
        } else {
            self.open_case(id, None, out);
        }
    }

    /// Asks which of two was meant, where the clock showed a time twice or never. True where it asks.
    pub(super) fn asks_which(&mut self) -> bool {
        let reading = self.reading();
        let Layer::Form(layer) = self.top() else { return false };
        let Some(slot) = layer.form.focused(reading) else { return false };
        let lean = match slot.input {
            Input::Time(lean) => lean,
            Input::ByWhen => Lean::Future,
            _ => return false,
        };
        let text = typed::text(&layer.form.draft.text, &slot.path).to_owned();
        if text.is_empty() || typed::is_none_given(&text) || typed::working_days(&text).is_some() {
            return false;
        }
        let zone = reading.zone;
        let pick = |key: char, label: String, text: String| ChoiceItem {
            key,
            label,
            blocked: None,
            does: Chosen::Text { path: slot.path.clone(), text },
        };
        let items = match typed::understood(&slot.path, &layer.form.draft.text, reading, lean) {
            Understood::Which { first, second } => {
                let [one, two] = [first, second].map(|when| zone.abbreviation(when.at));
                vec![
                    pick('1', form_words::first_pass(&one), format!("{text} {one}")),
                    pick('2', form_words::second_pass(&two), format!("{text} {two}")),
                ]
            }
            Understood::Never { before, after, .. } => [('1', before), ('2', after)]
                .map(|(key, when)| {
                    let stamp = display::stamp(when.at, zone);
                    pick(key, stamp.clone(), stamp)
                })
                .into(),
            Understood::Ahead { before, .. } => {
                let stamp = display::stamp(before.at, zone);
                let another = ChoiceItem {
                    key: '2',
                    label: form_words::ANOTHER_TIME.to_owned(),
                    blocked: None,
                    does: Chosen::Nothing,
                };
                vec![pick('1', in_words(&before, reading.now, zone), stamp), another]
            }
            Understood::One(_) | Understood::Not { .. } => return false,
        };
        let title = match typed::understood(&slot.path, &layer.form.draft.text, reading, lean) {
            Understood::Ahead { comes, .. } => {
                form_words::ahead_title(&text, &display::length(reading.now, comes.at))
            }
            _ => form_words::which_title(&text),
        };
        self.layers.push(Layer::Choice(Choice::of(title, items)));
        true
    }

    /// Whether it is asked which time was meant: the choices put a time into a line.
    fn asks_time(&self) -> bool {
        let puts = |item: &ChoiceItem| matches!(item.does, Chosen::Text { .. });
        matches!(self.top(), Layer::Choice(choice) if choice.items.iter().any(puts))
    }

    /// Goes on behind a line whose time was asked about; it stays as it was typed.
    pub(super) fn goes_past_a_time(&mut self, out: &mut Vec<Effect>) -> bool {
        if !self.asks_time() {
            return false;
        }
        self.layers.pop();
        let reading = self.reading();
        if let Layer::Form(layer) = self.top_mut() {
            layer.form.step_focus(1, reading);
        }
        self.kept(true, out);
        true
    }

    /// A key that answers nothing while it is asked which time was meant. Whoever types without looking goes on behind the
    /// line, which stays as it was typed: whatever cannot be meant is asked about again when the form is saved. False where
    /// the key answers, or is no text.
    pub(super) fn types_past_a_time(&mut self, key: Key, out: &mut Vec<Effect>) -> bool {
        let Layer::Choice(choice) = self.top() else { return false };
        let saves = self.keymap.action(Place::Form, key) == Some(ActionId::Save);
        let types = key.typed().is_some_and(|letter| choice.by_key(letter).is_none());
        if !(types || saves) || !self.goes_past_a_time(out) {
            return false;
        }
        if saves {
            self.save(out)
        } else {
            self.pressed(key, out)
        }
        true
    }

    fn put_record(&mut self, path: &str, row: Option<&RecordRow>, typed: &str, out: &mut Vec<Effect>) {
        let reading = self.reading();
        let Layer::Form(layer) = self.top_mut() else { return };
        let form = &mut layer.form;
        match row {
            Some(row) => {
                form.know_kind(row);
                form.pick(path, &row.name, Some(row.id));
            }
            None => form.pick(path, typed, None),
        }
        // Where the person lives is known with the person, unless something else was said, or they are not there: whoever is
        // in hospital is not at home because nobody said otherwise.
        let place = form.step.meaning(Means::Place).filter(|field| matches!(field.kind, Kind::Record { .. }));
        let place = place.map(|field| field.id.clone());
        let is_subject = form.step.meaning(Means::Subject).is_some_and(|field| field.id == path);
        let at_home = row.filter(|row| row.more.whereabouts.is_none());
        let lives = at_home.and_then(|row| Some((row.location?, row.place.clone()?)));
        let mut filled = None;
        if let (true, Some(place), Some((id, name))) = (is_subject, place, lives)
            && typed::text(&form.draft.text, &place).is_empty()
        {
            form.pick(&place, &name, Some(id));
            filled = Some(place);
        }
        path.clone_into(&mut form.focus);
        form.step_focus(1, reading);
        if filled.as_ref() == Some(&form.focus) {
            form.step_focus(1, reading);
        }
        self.kept(true, out);
        self.ask_record(out);
        self.ask_taken(out);
        self.ask_rung(out);
    }

    /// The uppermost form, under the layers that stand over it.
    pub(super) fn form_below(&mut self) -> Option<&mut super::FormLayer> {
        self.layers.iter_mut().rev().find_map(|layer| match layer {
            Layer::Form(layer) => Some(layer.as_mut()),
            _ => None,
        })
    }

    pub(super) fn keep_form_below(&mut self, durable: bool, out: &mut Vec<Effect>) {
        if let Some(layer) = self.form_below().filter(|layer| layer.bar.is_none()) {
            layer.unkept = true;
            out.push(Effect::KeepDraft { draft: Box::new(layer.form.draft.clone()), durable });
        }
    }

    /// Keeps the uppermost form after something in it changed or its focus moved.
    pub(super) fn kept(&mut self, durable: bool, out: &mut Vec<Effect>) {
        if self.form_below().is_some_and(|layer| !layer.form.is_blank()) {
            self.keep_form_below(durable, out);
        }
        self.ask_who_that_is(out);
    }

    /// Puts text into the search, as typed or pasted.
    pub(super) fn edit_query(&mut self, edit: &Edit, out: &mut Vec<Effect>) {
        let width = self.text_width;
        let mut clipboard = std::mem::take(&mut self.clipboard);
        let (mut changed, mut cut) = (false, None);
        if let Layer::Picker(picker) = self.top_mut() {
            let before = picker.query.text().to_owned();
            let is_cut = picker.query.apply(edit, width, &mut clipboard) == Changed::Cut;
            changed = picker.query.text() != before;
            // Other words are no longer the new record that somebody had gone to.
            picker.chosen &= !changed || picker.selected.is_some();
            let kept = picker.query.text().chars().count().saturating_sub(before.chars().count());
            cut = is_cut.then_some(kept);
        }
        if changed {
            self.find_again(out);
        }
        if let Some(kept) = cut {
            self.says_cut(edit, clipboard.text(), kept);
        }
        self.clipboard = clipboard;
    }

    /// Saves the form under the search: nobody is taken, what was typed stays the words of its line. Whose number was
    /// pressed just before is taken: nothing was typed on after it.
    pub(super) fn save_under_picker(&mut self, out: &mut Vec<Effect>) {
        let Layer::Picker(picker) = self.top() else { return };
        if !matches!(picker.purpose, PickFor::Line { .. } | PickFor::Near { .. }) {
            self.says(words::TAKE_FIRST);
            return;
        }
        if !self.takes_number(out) {
            self.layers.pop();
        }
        self.save(out);
    }

    /// Whether nothing stands in the search, so that a key that takes text back leaves it.
    pub(super) fn query_is_empty(&self) -> bool {
        matches!(self.top(), Layer::Picker(picker) if picker.query.is_empty())
    }
}

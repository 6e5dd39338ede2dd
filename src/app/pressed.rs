//! A key, from the layer on top downwards: text first where text has the focus, then the keymap, then the steps
//! of the definitions. Paste goes into a text or nowhere.

use super::case::{Begin, BeginWhat};
use super::key::{Code, Key};
use super::layer::{Chosen, Layer, Place};
use super::list::ListKind;
use super::msg::Effect;
use super::picker::PickFor;
use super::{ActionId, App, Notice};
use crate::domain::ids::EntryId;
use crate::domain::permission::DECISION_HOLDER;
use crate::domain::words::app as words;
use crate::domain::words::app::saving;
use crate::domain::words::pack;
use crate::form::text_box::{Changed, Edit, Motion, TextBox};
use crate::form::{Input, Slot};
use crate::pathway::definition::Means;

/// What moves along something to be read.
pub(super) const MOVES: [ActionId; 6] =
    [ActionId::Up, ActionId::Down, ActionId::PageUp, ActionId::PageDown, ActionId::First, ActionId::Last];

impl App {
    pub(super) fn pressed(&mut self, key: Key, out: &mut Vec<Effect>) {
        // What was said about the key before may no longer be so after this one.
        if matches!(self.notice, Some(Notice::Says(_))) {
            self.notice = None;
        }
        if self.keymap.action(self.top().place(), key) == Some(ActionId::Lock) {
            self.perform(ActionId::Lock, out);
            return;
        }
        if self.opens_what_waits(key, out) {
            return;
        }
        if matches!(self.top(), Layer::Message(_)) && key.folded() != Key::of(Code::F(2)) {
            // The arrows move along a message that is longer than the screen; anything else takes it away.
            match self.keymap.action(Place::Message, key) {
                Some(action) if MOVES.contains(&action) => self.perform(action, out),
                // What is being made goes on until it is done or stopped.
                Some(ActionId::Back) if self.is_packing_on_top() => out.push(Effect::StopPack),
                _ if self.is_packing_on_top() => self.says(pack::ESC_STOPS),
                Some(action) if self.has_moved().is_some() => self.answer_moved(action, out),
                _ => drop(self.layers.pop()),
            }
            return;
        }
        if self.typed(key, out) {
            return;
        }
        let step = key.folded().typed().filter(|_| matches!(self.top(), Layer::Case(_)));
        if step.is_some_and(|c| self.begin_by_key(c, out)) {
            return;
        }
        match self.keymap.action(self.top().place(), key) {
            Some(action) => self.perform(action, out),
            None => self.picked_by_key(key, out),
        }
    }

    /// Pasted text goes into the text with the focus; it never is a key.
    pub(super) fn pasted(&mut self, text: String, out: &mut Vec<Effect>) {
        if self.says_bar() {
            return;
        }
        // What was typed before it is no longer taken back: the paste would go with it.
        self.run = None;
        self.goes_past_a_time(out);
        match self.top() {
            Layer::Form(layer) => match layer.form.focused(self.reading()).filter(Slot::takes_text) {
                Some(_) => self.edit_form(&Edit::Paste(text), out),
                None => self.says(words::NO_PASTE),
            },
            Layer::Picker(_) if self.is_asked_which() => self.takes_nobody(Some(&Edit::Paste(text)), out),
            Layer::Picker(_) => self.edit_query(&Edit::Paste(text), out),
            Layer::Secret(_) => self.paste_secret(&text),
            _ => {
                if !self.edit_line(&Edit::Paste(text), out) {
                    self.says(words::NO_PASTE);
                }
            }
        }
    }

    /// Keys of text and of the lines of a form. False where the key is still to be looked up.
    fn typed(&mut self, key: Key, out: &mut Vec<Effect>) -> bool {
        if self.types_past_a_time(key, out) {
            return true;
        }
        if self.is_no_text(key) {
            return false;
        }
        match self.top() {
            Layer::Form(_) => self.typed_in_form(key, out),
            Layer::Secret(_) => self.typed_secret(key),
            Layer::Picker(_) => {
                if key.code == Code::Tab {
                    self.choose_record(out);
                    return true;
                }
                if self.typed_into_the_box(key, out) {
                    return true;
                }
                match edit_of(key, false) {
                    Some(Edit::Backspace) if self.query_is_empty() => {
                        self.perform(ActionId::Back, out);
                        true
                    }
                    Some(edit) => {
                        self.edit_query(&edit, out);
                        true
                    }
                    None => false,
                }
            }
            Layer::Choice(choice) if choice.narrowed.is_some() => {
                if let Some(at) = key.typed().filter(char::is_ascii_digit).and_then(|key| choice.by_key(key))
                {
                    self.take_choice(at, out);
                    return true;
                }
                match edit_of(key, false) {
                    Some(edit) => self.edit_line(&edit, out),
                    None => false,
                }
            }
            Layer::Search(search) if key.code == Code::Backspace && search.query.is_empty() => {
                self.perform(ActionId::Back, out);
                true
            }
            _ => match edit_of(key, false) {
                Some(edit) => self.edit_line(&edit, out),
                None => false,
            },
        }
    }

    fn typed_in_form(&mut self, key: Key, out: &mut Vec<Effect>) -> bool {
        let reading = self.reading();
        // Nobody's name is looked up at a desk where nobody is signed in: what is typed stays words.
        let finds = self.finds_names();
        let Layer::Form(layer) = self.top_mut() else { return false };
        if layer.bar.is_some() {
            let writes = matches!(key.code, Code::Enter | Code::Backspace | Code::Delete)
                || matches!(key.code, Code::Char(_))
                    && (!key.ctrl && !key.alt || edit_of(key, true).is_some());
            return writes && self.says_bar();
        }
        let Some(slot) = layer.form.focused(reading) else { return false };
        let plain = !key.ctrl && !key.alt;
        if self.types_on_from_choices(key, &slot, out) {
            return true;
        }
        let Layer::Form(layer) = self.top_mut() else { return false };
        match (&slot.input, key.code) {
            (Input::Options { .. }, Code::Left | Code::Right) if plain => {
                let by = if key.code == Code::Left { -1 } else { 1 };
                layer.form.point(by, reading)
            }
            (Input::Options { many, .. }, Code::Char(' ') | Code::Enter) if plain => {
                let many = *many;
                if key.code == Code::Enter && layer.form.stands_on_chosen(reading) {
                    self.enter_on(out);
                } else if layer.form.choose_pointed(reading) {
                    self.chose(!many || key.code == Code::Enter, out);
                } else if key.code == Code::Enter {
                    self.enter_on(out);
                }
                true
            }
            (Input::Options { .. }, Code::Backspace | Code::Delete) if plain => {
                if layer.form.unchoose(reading) {
                    self.chose(false, out);
                }
                true
            }
            (Input::Options { many, .. }, Code::Char(c)) if plain => {
                let many = *many;
                let before = layer.form.stood();
                let answers = layer.form.choose_by_key(c, reading);
                self.begins_run(c, &slot, answers, before);
                if answers {
                    self.chose(!many, out);
                } else {
                    // It must not become a command behind a form.
                    self.says(&words::no_choice(c));
                }
                true
            }
            (Input::Fold, Code::Enter) if plain => {
                // Opened to be filled in: the cursor stands where typing can begin.
                layer.form.later_open = !layer.form.later_open;
                if layer.form.later_open {
                    layer.form.step_focus(1, reading);
                }
                true
            }
            (Input::AddRow(path), Code::Enter) if plain => {
                let path = path.clone();
                layer.form.add_row(&path, reading);
                true
            }
            (Input::Fold | Input::AddRow(_), Code::Char(_)) if plain => {
                self.says(words::ENTER_FIRST);
                true
            }
            (Input::Record { .. }, Code::Enter)
                if plain && finds && (!is_picked(&layer.form, &slot) || asks_decider(&layer.form, &slot)) =>
            {
                self.search_for(&slot, out);
                true
            }
            (Input::Near, Code::Enter)
                if plain && !layer.form.near.is_empty() && layer.form.text_of(&slot.path).is_empty() =>
            {
                self.open_near(&slot.path);
                true
            }
            (Input::Notes, Code::Enter) if plain => {
                self.edit_form(&Edit::Newline, out);
                true
            }
            (_, Code::Enter) if plain => {
                self.enter_on(out);
                true
            }
            _ if !slot.takes_text() => false,
            _ => {
                let notes = slot.input == Input::Notes;
                let Some(edit) = edit_of(key, notes) else { return false };
                let travels = matches!(edit, Edit::Move(Motion::Up | Motion::Down));
                match self.apply(&edit) {
                    // At the first and the last row of a text, up and down mean the lines around it.
                    Changed::Nothing if travels => false,
                    Changed::Nothing if edit == Edit::Copy => false,
                    Changed::Text | Changed::Cut => {
                        self.kept(false, out);
                        self.search_for(&slot, out);
                        true
                    }
                    Changed::Moved | Changed::Nothing => true,
                }
            }
        }
    }

    /// Enter in a line goes on to the next; on the last it says what is left to do.
    fn enter_on(&mut self, out: &mut Vec<Effect>) {
        let reading = self.reading();
        let Layer::Form(layer) = self.top() else { return };
        let last = layer.form.slots(reading).last().map(|slot| slot.path.clone());
        let was_last = layer.form.focused(reading).map(|slot| slot.path) == last;
        self.move_on(1, out);
        if was_last
            && matches!(self.top(), Layer::Form(_))
            && let Some(save) = self.keymap.key_for(Place::Form, ActionId::Save)
        {
            self.says(&words::last_line(save));
        }
    }

    /// Leaves a line for the next or the one before; a time that could mean two is asked about first.
    pub(super) fn move_on(&mut self, by: isize, out: &mut Vec<Effect>) {
        if self.asks_which() {
            return;
        }
        let reading = self.reading();
        if let Layer::Form(layer) = self.top_mut() {
            layer.form.step_focus(by, reading);
        }
        self.kept(true, out);
    }

    /// Something was chosen: what it calls for is offered, and whoever types without looking goes on behind it, past what
    /// nothing could be offered for as well.
    pub(super) fn chose(&mut self, moves: bool, out: &mut Vec<Effect>) {
        let (reading, you) = (self.reading(), self.you_named());
        let (mut chosen, mut called_for) = (String::new(), Vec::new());
        if let Layer::Form(layer) = self.top_mut() {
            chosen.clone_from(&layer.form.focus);
            called_for = layer.form.offer_now(you.as_ref(), reading);
        }
        self.kept(true, out);
        if !moves {
            return;
        }
        self.move_on(1, out);
        if let Layer::Form(layer) = self.top_mut()
            && called_for.contains(&chosen)
        {
            while called_for.contains(&layer.form.focus) && layer.form.step_focus(1, reading) {}
        }
    }

    fn edit_form(&mut self, edit: &Edit, out: &mut Vec<Effect>) {
        let reading = self.reading();
        if matches!(self.apply(edit), Changed::Text | Changed::Cut) {
            self.kept(false, out);
            let Layer::Form(layer) = self.top() else { return };
            if let Some(slot) = layer.form.focused(reading) {
                self.search_for(&slot, out);
            }
        }
    }

    /// Applies an edit to the focused line of the form on top.
    fn apply(&mut self, edit: &Edit) -> Changed {
        let (reading, width) = (self.reading(), self.text_width);
        let mut clipboard = std::mem::take(&mut self.clipboard);
        let stood = self.focused_length();
        let changed = match self.top_mut() {
            Layer::Form(layer) => layer.form.edit(edit, width, &mut clipboard, reading),
            _ => Changed::Nothing,
        };
        if changed == Changed::Cut {
            let kept = self.focused_length().saturating_sub(stood);
            self.says_cut(edit, clipboard.text(), kept);
        }
        self.clipboard = clipboard;
        changed
    }

    /// Characters in the focused line of the form on top.
    fn focused_length(&self) -> usize {
        match self.top() {
            // With the blanks at its end: they are kept as well.
            Layer::Form(layer) => {
                layer.form.draft.text.get(&layer.form.focus).map_or(0, |text| text.chars().count())
            }
            _ => 0,
        }
    }

    /// Says how much of what was given a line has room for: nothing that somebody pasted is left out in silence.
    pub(super) fn says_cut(&mut self, edit: &Edit, clipboard: &str, kept: usize) {
        let given = match edit {
            Edit::Paste(text) => text.chars().count(),
            Edit::PasteClipboard => clipboard.chars().count(),
            _ => 1,
        };
        self.says(&saving::cut(kept, given));
    }

    /// Whether names are looked up: not where nobody has said who they are, once an office is set up. What is typed there
    /// stays words, and whoever signs it says whom it is about.
    fn finds_names(&self) -> bool {
        let is_set_up = self.office().is_some_and(|office| !office.name.is_empty());
        !self.is_closed() && (self.you.is_some() || !is_set_up)
    }

    /// Opens what a line is chosen from, where it is chosen from anything.
    fn search_for(&mut self, slot: &Slot, out: &mut Vec<Effect>) {
        let Layer::Form(layer) = self.top() else { return };
        if slot.input == Input::Near && !layer.form.near.is_empty() {
            self.open_near(&slot.path);
            return;
        }
        let Input::Record { register, on_the_spot } = &slot.input else { return };
        if !self.finds_names() {
            return;
        }
        let text = layer.form.draft.text.get(&slot.path).cloned().unwrap_or_default();
        let purpose = PickFor::Line { path: slot.path.clone(), on_the_spot: *on_the_spot };
        let decides = layer.form.step.meaning(Means::DecidedBy).is_some_and(|field| field.id == slot.path);
        let holder = self.rota().holder(DECISION_HOLDER, None, self.now).map(|held| held.staff);
        let register = register.clone();
        self.open_picker(&register, purpose, &text, out);
        if let Layer::Picker(picker) = self.top_mut() {
            picker.first = holder.filter(|_| decides);
        }
    }

    /// Edits the one line that a search, a list, the dashboard's filter or the palette types into. False where none is
    /// being typed.
    fn edit_line(&mut self, edit: &Edit, out: &mut Vec<Effect>) -> bool {
        let width = self.text_width;
        let (mut searches, mut narrows) = (false, false);
        let mut clipboard = std::mem::take(&mut self.clipboard);
        let mut cut = None;
        let mut apply = |text: &mut TextBox| {
            let before = text.text().chars().count();
            let changed = text.apply(edit, width, &mut clipboard);
            cut = (changed == Changed::Cut).then(|| text.text().chars().count().saturating_sub(before));
            matches!(changed, Changed::Text | Changed::Cut)
        };
        let taken = match self.top_mut() {
            Layer::Palette(palette) => {
                palette.selected = 0;
                apply(&mut palette.query);
                true
            }
            Layer::Choice(choice) => match &mut choice.narrowed {
                Some(typed) => {
                    apply(typed);
                    choice.settle();
                    true
                }
                None => false,
            },
            Layer::Search(search) => {
                searches = apply(&mut search.query);
                true
            }
            Layer::Board(board) if board.filter.typing => {
                apply(&mut board.filter.text);
                true
            }
            Layer::List(list) if list.filter.typing => {
                narrows = apply(&mut list.filter.text);
                true
            }
            _ => false,
        };
        if let Some(kept) = cut {
            self.says_cut(edit, clipboard.text(), kept);
        }
        self.clipboard = clipboard;
        if searches {
            self.search_again(out);
        }
        if narrows {
            self.filtered(out);
        }
        taken
    }

    /// A key that no action has: a choice of a popup, a step of the case at hand, or nothing, which is said.
    fn picked_by_key(&mut self, key: Key, out: &mut Vec<Effect>) {
        let letter = key.folded().typed();
        let begun = match (self.top(), letter) {
            (Layer::Board(_) | Layer::Case(_) | Layer::Person(_) | Layer::List(_), Some(c)) => {
                self.begin_by_key(c, out)
            }
            (Layer::Choice(choice), Some(c)) => {
                let at = choice.by_key(c);
                if let Some(at) = at {
                    self.take_choice(at, out);
                }
                at.is_some()
            }
            _ => false,
        };
        if !begun {
            let helps = self.keymap.key_for(self.place(), ActionId::Help);
            self.says(&words::no_key(key, helps));
        }
    }

    /// Does what a choice of the popup on top says.
    pub(super) fn take_choice(&mut self, at: usize, out: &mut Vec<Effect>) {
        let Layer::Choice(choice) = self.top() else { return };
        if !choice.shown().contains(&at) {
            self.says(words::NOTHING_CALLED_THAT);
            return;
        }
        let Some(Layer::Choice(choice)) = self.layers.pop() else { return };
        let Some(item) = choice.items.get(at) else { return };
        if let Some(why) = &item.blocked {
            if let Chosen::Begin { step, .. } = &item.does {
                self.note_if_refused(step, out);
            }
            self.says(&why.0.clone());
            return;
        }
        match item.does.clone() {
            Chosen::Nothing => {}
            Chosen::Text { path, text } => {
                if let Layer::Form(layer) = self.top_mut() {
                    layer.form.set_text(&path, &text);
                }
                self.move_on(1, out);
            }
            Chosen::Begin { step, on, afresh } => {
                self.begin_in_case(&Begin { what: BeginWhat::Step(step), on, afresh, also: Vec::new() }, out);
            }
            Chosen::Another { pathway, whence } => self.begin_pathway(&pathway, &whence, out),
            Chosen::AnotherFrom(whence) => self.offer_another(whence),
            Chosen::Matter { other, ties } => self.begin_matter(other, ties, out),
            Chosen::CasesOf(of) => self.narrow_cases(of, out),
            Chosen::GoOn(draft) => self.take_draft(draft, out),
            Chosen::BeginIn { case, what, also } => {
                self.open_case(case, Some(Begin { what, on: None, afresh: false, also }), out);
            }
            Chosen::Open(case) => self.open_case(case, None, out),
            Chosen::Unlock(barred) => out.push(Effect::Unlock(EntryId(self.fresh_id()), barred)),
            Chosen::Run(action) => self.perform(action, out),
            Chosen::Pack(making) => self.make_pack(making, out),
            Chosen::PackOtherwise(asked) => self.begin_pack(asked, out),
            Chosen::Registration => self.offer_registration(),
            Chosen::WholeCase => self.offer_passing_of_case(),
            Chosen::MergeAnother => self.merge_form(out),
            Chosen::TakeApart(gone) => self.take_apart_here(gone, out),
        }
    }

    /// Opens a list.
    pub(super) fn open_list(&mut self, kind: ListKind, out: &mut Vec<Effect>) {
        let request = self.ask();
        let list = super::list::ListLayer::new(kind, request);
        out.push(list.read());
        let finds = list.kind.is_register();
        self.layers.push(Layer::List(list));
        if finds {
            self.begin_filter();
        }
    }
}

/// Whether the line is blank and asks who decided: whoever holds the decision is then offered without a letter typed.
fn asks_decider(form: &crate::form::Form, slot: &Slot) -> bool {
    let decides = form.step.meaning(Means::DecidedBy).is_some_and(|field| field.id == slot.path);
    decides && slot.required && form.text_of(&slot.path).is_empty()
}

fn is_picked(form: &crate::form::Form, slot: &Slot) -> bool {
    use crate::form::typed::{part, text};
    let words = text(&form.draft.text, &slot.path);
    words.is_empty() || !text(&form.draft.text, &part(&slot.path, "id")).is_empty()
}

/// The edit that a key means in a text. Up and down only in notes: elsewhere they move between lines.
fn edit_of(key: Key, notes: bool) -> Option<Edit> {
    if let Some(c) = key.typed() {
        return Some(Edit::Insert(c));
    }
    Some(match (key.code, key.ctrl, key.shift) {
        (Code::Backspace, false, _) => Edit::Backspace,
        (Code::Backspace, true, _) | (Code::Char('w'), true, _) => Edit::DeleteWord,
        (Code::Delete, false, _) => Edit::Delete,
        (Code::Delete, true, _) => Edit::DeleteWordForward,
        (Code::Char('k'), true, _) => Edit::DeleteToEnd,
        (Code::Char('u'), true, _) => Edit::DeleteToStart,
        (Code::Left, true, false) => Edit::Move(Motion::WordBack),
        (Code::Right, true, false) => Edit::Move(Motion::WordForward),
        (Code::Left, true, true) => Edit::Select(Motion::WordBack),
        (Code::Right, true, true) => Edit::Select(Motion::WordForward),
        (Code::Left, false, false) => Edit::Move(Motion::Left),
        (Code::Right, false, false) => Edit::Move(Motion::Right),
        (Code::Left, false, true) => Edit::Select(Motion::Left),
        (Code::Right, false, true) => Edit::Select(Motion::Right),
        (Code::Up, _, false) if notes => Edit::Move(Motion::Up),
        (Code::Down, _, false) if notes => Edit::Move(Motion::Down),
        (Code::Up, _, true) if notes => Edit::Select(Motion::Up),
        (Code::Down, _, true) if notes => Edit::Select(Motion::Down),
        (Code::Home, true, _) => Edit::Move(Motion::Start),
        (Code::End, true, _) => Edit::Move(Motion::Finish),
        (Code::Home, false, false) => Edit::Move(Motion::Home),
        (Code::End, false, false) => Edit::Move(Motion::End),
        (Code::Home, false, true) => Edit::Select(Motion::Home),
        (Code::End, false, true) => Edit::Select(Motion::End),
        (Code::Char('z'), true, false) => Edit::Undo,
        (Code::Char('z'), true, true) | (Code::Char('y'), true, _) => Edit::Redo,
        (Code::Char('c'), true, _) => Edit::Copy,
        (Code::Char('x'), true, _) => Edit::Cut,
        (Code::Char('v'), true, _) => Edit::PasteClipboard,
        _ => return None,
    })
}

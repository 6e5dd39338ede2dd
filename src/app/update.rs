//! What happened, and what is asked for because of it: the one way in which the state changes.

use chrono::{DateTime, TimeDelta, Utc};

use super::acts::{self, After};
use super::ahead::Ahead;
use super::layer::{Bar, Layer, Notice, Place};
use super::list::Rows;
use super::msg::{Effect, Failure, Msg, Own, Unread};
use super::{App, Load, Pending, SizeClass};
use crate::domain::access::{How, Look};
use crate::domain::draft::DraftRow;
use crate::domain::entry::Batch;
use crate::domain::ids::{CaseId, EntryId};
use crate::domain::views::{Board, Finds};
use crate::domain::words::app as words;
use crate::domain::words::owning;

/// Fewer ids than this in the supply, and more are asked for.
const FEW_IDS: usize = 16;

impl App {
    /// What is asked for at the start.
    pub fn started(&mut self) -> Vec<Effect> {
        let mut out = Vec::new();
        self.read_again(&mut out);
        out
    }

    /// Takes a message, changes the state, and answers with what is to be done.
    pub fn update(&mut self, msg: Msg) -> Vec<Effect> {
        let mut out = Vec::new();
        match msg {
            Msg::KeyPressed(key) if self.size.class() == SizeClass::TooSmall => {
                // Nothing can be seen, so nothing is done but leaving; in the middle of a word its letter is no wish to.
                self.ahead.clear();
                if self.keymap.action(self.place(), key) == Some(super::ActionId::Lock) {
                    self.lock(&mut out);
                }
                let leaves = self.keymap.action(Place::Board, key) == Some(super::ActionId::Quit);
                if leaves && !self.is_typing() {
                    self.leave(&mut out);
                }
            }
            Msg::KeyPressed(key) => {
                self.last_key = self.now;
                if !self.was_meant_for_the_form(key) {
                    self.let_notice_go();
                    self.take_typed(Ahead::Key(key), &mut out);
                }
            }
            Msg::Pasted(text) => self.take_typed(Ahead::Paste(text), &mut out),
            Msg::Resized(size) => {
                let read = self.board().reach(self.size);
                self.size = size;
                // A larger window has room for rows that were not read.
                if self.board().reach(size) > read {
                    self.read_board(&mut out);
                }
            }
            Msg::Placed { text_width, page } => {
                self.text_width = text_width.max(1);
                self.page = page.max(1);
            }
            Msg::TimePassed(now) => {
                let before = self.now;
                self.time_passed(now, &mut out);
                self.moment_passes(&mut out);
                self.draw_attention(&mut out);
                self.wake(&mut out);
                self.door_in_time(&mut out);
                self.ask_to_ring_in_time(before, &mut out);
                self.measures_in_time(&mut out);
                self.lock_where_idle(&mut out);
            }
            Msg::ClockJumped { from, by } => self.clock_jumped(from, by),
            Msg::WhyRead(request, answer) => {
                if self.asked.remove(&request).is_some() {
                    match answer {
                        Ok(why) => self.show_why(&why),
                        Err(why) => self.notice = Some(Notice::Failed(why)),
                    }
                }
            }
            Msg::KeyChecked(answer) => self.door_answered(answer, &mut out),
            Msg::Reached(request, answer) => self.found_beyond(request, answer, &mut out),
            Msg::IdsSupplied(ids) => self.supply.extend(ids),
            Msg::EditionAdopted(editions) => {
                self.editions = editions;
                self.read_again(&mut out);
            }
            Msg::ChangedElsewhere(_) => {
                self.ask_door(&mut out);
                self.read_again(&mut out);
            }
            Msg::BoardRead(request, answer) if request == self.board_request => {
                self.board_read(answer, &mut out);
            }
            Msg::BoardRead(..) => {}
            Msg::ToRing(request, answer) => self.read_to_ring(request, answer, &mut out),
            Msg::Written(request, receipt) => self.written(request, &receipt, &mut out),
            Msg::NotYet(request, why) => self.not_yet(request, why, &mut out),
            Msg::Packing(done, all) => self.packing(done, all),
            Msg::Packed(answer) => self.packed(answer),
            Msg::Told(Ok(said)) => self.says(&said),
            Msg::Told(Err(why)) => self.notice = Some(Notice::Failed(why)),
            Msg::WriteFailed(request, refusal) => self.write_failed(request, refusal, &mut out),
            Msg::DraftKept { draft, text, at } => {
                if let Some(layer) = self.form_mut(draft) {
                    layer.kept_at = Some(at);
                    layer.unkept = layer.form.draft.text != text;
                    layer.failure = None;
                    layer.refused = None;
                }
            }
            Msg::DraftNotKept { draft, why } => {
                if let Some(layer) = self.form_mut(draft) {
                    layer.failure = Some(why);
                }
            }
            Msg::DraftRead(request, answer) => {
                if self.asked.remove(&request).is_some() {
                    match answer {
                        Ok(draft) => self.resume(draft, &mut out),
                        Err(why) => self.notice = Some(Notice::Failed(why)),
                    }
                }
            }
            Msg::SealedRead(request, person, answer) => {
                if self.asked.remove(&request).is_some() {
                    match answer {
                        Ok(sealed) => self.show_sealed(person, &sealed),
                        Err(why) => self.notice = Some(Notice::Failed(why)),
                    }
                }
            }
            Msg::PlansRead(request, person, answer) => {
                if self.asked.remove(&request).is_some() {
                    match answer {
                        Ok(plans) => self.show_plans(person, &plans),
                        Err(why) => self.notice = Some(Notice::Failed(why)),
                    }
                }
            }
            Msg::DraftHeld(request) => {
                self.wanting = self.asked.remove(&request).flatten();
                self.says(words::ASKED_FOR);
            }
            Msg::Identified(request, answer) => {
                if self.asked.remove(&request).is_some() {
                    match answer {
                        // What they may was asked once more, because it changed.
                        Ok(you) if self.is_you(Some(you.staff)) => self.you = Some(you),
                        Ok(you) => self.arrived(you, &mut out),
                        Err(why) => self.notice = Some(Notice::Failed(why)),
                    }
                }
            }
            Msg::DefinitionsRead(Ok(Some(act))) => {
                let id = EntryId(self.fresh_id());
                let batch = Batch { entries: vec![acts::one(self, id, None, act)], ..Batch::default() };
                self.append_aside(batch, After::Says(words::DEFINITIONS_IN_FORCE.to_owned()), &mut out);
            }
            Msg::DefinitionsRead(Ok(None)) => {}
            Msg::DefinitionsRead(Err(why)) => self.notice = Some(Notice::Failed(why)),
            Msg::Challenged(request, asked) => self.challenged(request, asked, &mut out),
            Msg::SecretChecked(request, verdict) => self.secret_checked(request, verdict, &mut out),
            Msg::SecretSet(request, answer) => self.secret_set(request, answer, &mut out),
            Msg::Unlocked(answer) => {
                self.notice = Some(match answer {
                    Ok(said) => Notice::Says(said),
                    Err(why) => Notice::Failed(why),
                });
                self.read_again(&mut out);
            }
            Msg::HungUp => self.keep_all(&mut out),
            Msg::CaseRead(..)
            | Msg::PersonRead(..)
            | Msg::TakenRead(..)
            | Msg::RungRead(..)
            | Msg::SameFound(..)
            | Msg::Found(..)
            | Msg::Searched(..)
            | Msg::HandoverRead(..)
            | Msg::SheetRead(..)
            | Msg::MeasuresRead(..)
            | Msg::ChartRead(..)
            | Msg::ListRead(..) => {
                self.layer_read(msg, &mut out);
            }
        }
        if self.supply.len() < FEW_IDS && !out.contains(&Effect::Own(Own::SupplyIds)) {
            out.push(Effect::Own(Own::SupplyIds));
        }
        out
    }

    /// A notice was read once the next key is pressed; what failed stays until something else is to be said.
    fn let_notice_go(&mut self) {
        if !matches!(self.notice, Some(Notice::Failed(_))) {
            self.notice = None;
        }
    }

    /// Reads the dashboard once more.
    fn read_board(&mut self, out: &mut Vec<Effect>) {
        let request = self.ask();
        self.board_request = request;
        out.push(Effect::ReadBoard(request, self.board().reach(self.size)));
    }

    /// Reads whatever is on screen once more.
    pub(super) fn read_again(&mut self, out: &mut Vec<Effect>) {
        self.read_board(out);
        let mut requests = self.requests;
        for layer in &mut self.layers {
            requests.0 += 1;
            match layer {
                Layer::Case(case) => {
                    case.request = requests;
                    out.push(Effect::ReadCase(requests, case.id));
                }
                Layer::Person(person) => {
                    person.request = requests;
                    out.push(Effect::ReadPerson(requests, person.id));
                }
                Layer::List(list) => {
                    list.request = requests;
                    out.push(list.read());
                }
                Layer::Handover(layer) => {
                    layer.request = requests;
                    out.push(Effect::ReadHandover(requests, layer.which));
                }
                Layer::Sheet(sheet) => {
                    sheet.request = requests;
                    out.push(Effect::ReadSheet(requests, sheet.wanted.clone()));
                }
                Layer::Search(search) if search.asks() => {
                    search.asked.again(requests);
                    out.push(search.ask());
                }
                _ => {}
            }
        }
        self.requests = requests;
    }

    /// Keeps every open form, durably.
    pub(super) fn keep_all(&self, out: &mut Vec<Effect>) {
        for layer in &self.layers {
            if let Layer::Form(layer) = layer
                && layer.bar != Some(Bar::Elsewhere)
                && !layer.form.is_blank()
            {
                out.push(Effect::KeepDraft { draft: Box::new(layer.form.draft.clone()), durable: true });
            }
        }
    }

    /// Whether a letter is one of a word here: in a form, a search, a find line.
    fn is_typing(&self) -> bool {
        match self.top() {
            Layer::Form(_)
            | Layer::Picker(_)
            | Layer::Search(_)
            | Layer::Choice(_)
            | Layer::Palette(_)
            | Layer::Secret(_) => true,
            _ => self.filter().is_some_and(|filter| filter.typing),
        }
    }

    /// The key that leaves the program where the screen is too small to show anything; none in the middle of a word.
    pub fn leaves_unseen(&self) -> Option<super::key::Key> {
        self.keymap.key_for(Place::Board, super::ActionId::Quit).filter(|_| !self.is_typing())
    }

    /// Leaves the program with everything kept.
    pub(super) fn leave(&mut self, out: &mut Vec<Effect>) {
        self.keep_all(out);
        out.push(Effect::Own(Own::Quit));
    }

    fn board_read(&mut self, answer: Result<Board, String>, out: &mut Vec<Effect>) {
        let mut fresh = match answer {
            Ok(fresh) => fresh,
            Err(why) => {
                if let Some(why) = self.board_mut().data.take(Err(why)) {
                    self.notice = Some(Notice::Failed(why));
                }
                return;
            }
        };
        // The loop tells the time by the second. What was recorded since has happened all the same: who has just taken
        // a duty holds it.
        let just_now =
            |at: &DateTime<Utc>| (TimeDelta::zero()..TimeDelta::seconds(1)).contains(&(*at - self.now));
        self.now = fresh.recorded_at.filter(just_now).unwrap_or(self.now);
        self.title_drafts(&mut fresh.drafts);
        let waited = self.board().data.ready().map_or(0, |before| before.to_confirm);
        if fresh.to_confirm > waited {
            self.says(&words::waits_for_you(fresh.to_confirm));
        } else if fresh.to_countersign > self.board().data.ready().map_or(0, |before| before.to_countersign) {
            self.says(&words::waits_for_second(fresh.to_countersign));
        }
        let offered = self.board().data.ready().map_or(0, |before| before.offered);
        if fresh.offered > offered {
            self.says(&owning::is_offered(fresh.offered));
        }
        let owed = fresh.escalations.rows.iter().chain(&fresh.overdue.rows);
        let times = owed.flat_map(|row| [Some(row.commitment.due), row.commitment.warn_from]).flatten();
        // The next change of who holds a duty is to be seen as well, and the end of a shift that was handed over.
        let times = times.chain(fresh.rota.changes_after(self.now)).chain(fresh.signs.turns_at);
        let shifts = fresh.handovers.iter().filter(|row| row.open).map(|row| row.passes_on);
        self.due_next = times.chain(shifts).filter(|at| *at > self.now).min();
        let is_set_up = !fresh.office.name.is_empty();
        match fresh.sealed || fresh.denied.is_some() || !is_set_up {
            true => self.forget_to_ring(),
            false => self.ask_to_ring(out),
        }
        self.shut_where_guarded(&fresh);
        self.board_mut().refresh(fresh);
        self.hears_board(out);
        self.wake(out);
        if self.greets {
            self.greet();
        }
        self.pass_drafts_on(out);
        self.end_shifts(out);
        self.note_signs(out);
        // The welcome stands over the dashboard and under whatever was begun from it.
        let welcome = self.layers.iter().position(|layer| *layer == Layer::Welcome);
        match welcome {
            Some(at) if is_set_up => {
                self.layers.remove(at);
            }
            None if !is_set_up => self.layers.insert(1, Layer::Welcome),
            _ => {}
        }
    }

    /// The store knows a form by its step's id, a person by its title.
    fn title_drafts(&self, drafts: &mut [DraftRow]) {
        for row in drafts {
            let acts = super::acts::pathway(self.editions.current());
            let defined = if row.pathway == super::acts::ACTS {
                Some(&acts)
            } else {
                self.editions.current().pathway(&row.pathway)
            };
            if let Some(step) = defined.and_then(|pathway| pathway.step(&row.step)) {
                row.step.clone_from(&step.title);
            }
        }
    }

    /// Hands an answer to the layer that asked; one that nobody waits for any more is dropped.
    fn layer_read(&mut self, mut msg: Msg, out: &mut Vec<Effect>) {
        if let Msg::ListRead(_, Ok(Rows::Drafts(rows))) = &mut msg {
            self.title_drafts(rows);
        }
        if let Msg::CaseRead(_, Ok(view)) = &msg {
            self.forms_move(view);
        }
        let (mut failed, mut left) = (None, false);
        let mut looked = None;
        let mut shut = None;
        let mut begin = None;
        let mut take = None;
        let mut open = false;
        let mut open_found = false;
        let today = self.zone.day(self.now);
        let top = self.layers.len() - 1;
        let you = self.you.as_ref().map(|you| you.staff);
        for (at, layer) in self.layers.iter_mut().enumerate() {
            match (&msg, layer) {
                (Msg::CaseRead(request, answer), Layer::Case(case)) if *request == case.request => {
                    let is_opened = case.view.ready().is_none();
                    let asked = case.view == Load::Loading;
                    failed = take_read(&mut case.view, answer, |refused| {
                        shut = Some((None, Some(case.id))).filter(|_| refused && asked);
                    });
                    if is_opened {
                        case.has_sources = case.view.ready().is_some_and(|view| {
                            let pathway = self.editions.current().pathways.get(&view.state.pathway);
                            pathway.is_none_or(|pathway| pathway.observes())
                        });
                        case.opened();
                    }
                    let subject = case.view.ready().and_then(|view| view.state.subject);
                    looked = looked
                        .or(subject.filter(|_| is_opened).map(|subject| (case.how, subject, Some(case.id))));
                    if case.view.ready().is_some() && at == top {
                        begin = case.begin.take();
                    }
                }
                (Msg::CaseRead(request, answer), Layer::Form(form)) if form.reread == Some(*request) => {
                    if let Ok(view) = answer {
                        form.form.draft.seen = Some(view.state.version);
                        form.form.near = super::in_case::near(self.editions.current(), view);
                        form.form.case = Some(std::sync::Arc::new(view.state.clone()));
                    }
                    form.reread = None;
                }
                (Msg::CaseRead(request, answer), Layer::Form(form))
                    if form.asked.is_some_and(|(asked, _)| asked == *request) =>
                {
                    form.knows(self.editions.current(), answer.as_ref().ok());
                }
                (Msg::TakenRead(request, answer), Layer::Form(form))
                    if form.asked_taken == Some(*request) =>
                {
                    form.asked_taken = None;
                    form.form.taken = answer.as_ref().ok().map(|taken| (**taken).clone());
                }
                (Msg::SameFound(request, identity, answer), Layer::Form(form))
                    if form.asked_who.as_ref().is_some_and(|(asked, _)| asked == request) =>
                {
                    // Whoever may not read people's records is told of none.
                    form.form.holders = Some((identity.clone(), answer.clone().unwrap_or_default()));
                }
                (Msg::RungRead(request, answer), Layer::Form(form))
                    if form.asked_rung.is_some_and(|(asked, _)| asked == *request) =>
                {
                    form.rung = answer.as_ref().ok().map(|record| (**record).clone());
                    form.rung.iter().for_each(|record| form.form.know_kind(record));
                }
                (Msg::PersonRead(request, answer), Layer::Person(person)) if *request == person.request => {
                    let is_opened = person.view.ready().is_none();
                    let asked = person.view == Load::Loading;
                    failed = take_read(&mut person.view, answer, |refused| {
                        shut = Some((Some(person.id), None)).filter(|_| refused && asked);
                    });
                    person.tell(&self.editions, self.zone);
                    looked = looked
                        .or((is_opened && person.view.ready().is_some())
                            .then_some((person.how, person.id, None)));
                }
                (Msg::ListRead(request, answer), Layer::List(list)) if *request == list.request => {
                    let opens;
                    (failed, opens) = list.take(answer.clone(), you);
                    open = opens && at == top;
                }
                (Msg::HandoverRead(request, answer), Layer::Handover(layer)) if *request == layer.request => {
                    failed = layer.take(answer.clone());
                }
                (Msg::SheetRead(request, answer), Layer::Sheet(layer)) if *request == layer.request => {
                    failed = layer.take(answer.clone());
                }
                (Msg::MeasuresRead(request, answer), Layer::Measures(layer)) if *request == layer.request => {
                    failed = layer.take(answer.clone());
                }
                (Msg::ChartRead(request, answer), Layer::Measures(layer)) => {
                    let asked = layer.chart.as_mut().filter(|chart| chart.request == *request);
                    failed = asked.and_then(|chart| chart.chart.take(answer.clone()));
                }
                (Msg::Searched(request, answer), Layer::Search(search)) if search.asked.is(*request) => {
                    let opens;
                    (failed, opens) = search.take(answer.clone());
                    open_found = opens && at == top;
                }
                (Msg::Found(request, answer), Layer::Picker(picker)) if picker.asked.is(*request) => {
                    let gone_to = picker.row().filter(|_| picker.chosen).map(|row| row.id);
                    failed = picker.take(answer.clone());
                    left = gone_to.is_some() && picker.selected.is_some() && gone_to != picker.selected;
                }
                (Msg::Found(request, answer), Layer::Picker(picker))
                    if picker.checking.as_ref().is_some_and(|(_, asked)| asked == request) =>
                {
                    let about = picker.checking.and_then(|(about, _)| about);
                    if picker.checked(answer.as_ref().unwrap_or(&Finds::default()), today) {
                        let mut rows = picker.rows().iter().chain(picker.nearly());
                        take = Some(rows.find(|row| Some(row.id) == about).cloned());
                    }
                }
                _ => {}
            }
        }
        if left && !self.ahead.is_empty() {
            // Whoever they had gone to is not what they typed since: the Enter that waits is for neither unasked, and what was
            // typed behind it waits for the answer as it does behind any other.
            self.ahead.remove(0);
            self.asks_which_of_several();
        }
        if let Some(why) = failed {
            self.notice = Some(Notice::Failed(why));
        }
        if let Some((about, case)) = shut {
            self.refused(words::OPEN[0], about, case, out);
        }
        if let Some((how, subject, case)) = looked {
            self.looked(how, subject, case, out);
        }
        if let Some(begin) = begin {
            self.begin_in_case(&begin, out);
            if !matches!(self.top(), Layer::Form(_) | Layer::Choice(_)) {
                // It could not be begun; the footer says why, the case stays to be looked at. What was typed for the form
                // means nothing here.
                self.ahead.clear();
                if let Layer::Case(case) = self.top_mut() {
                    case.passing = false;
                }
            }
        }
        if let Some(row) = take {
            self.take_record(row, out);
        }
        if open {
            self.open_row(out);
        }
        if open_found {
            self.open_found(out);
        }
        self.take_keys_ahead(out);
    }

    /// Has it noted that somebody's record was looked at. Reading it again because it changed is no second look.
    pub(super) fn looked(&self, how: How, subject: CaseId, case: Option<CaseId>, out: &mut Vec<Effect>) {
        let staff = self.you.as_ref().map(|you| you.staff);
        out.push(Effect::Looked(Look { staff, subject, case, how, detail: None, at: self.now }));
    }

    /// Shows what is kept sealed in the record on top, for as long as nobody presses a key. Where somebody else's record
    /// has come on top meanwhile, nothing: it would be read as theirs.
    fn show_sealed(&mut self, of: CaseId, sealed: &[(String, String)]) {
        let Layer::Person(person) = self.under() else { return };
        if person.id != of {
            return;
        }
        let name = person.view.ready().map(|view| view.record.name.clone()).unwrap_or_default();
        if sealed.is_empty() {
            self.says(words::NO_WAY_IN);
            return;
        }
        let mut lines: Vec<&str> = sealed.iter().map(|(_, said)| said.as_str()).collect();
        lines.extend(["", words::LOOK_NOTED]);
        self.show_message(&words::get_in(&name), &lines.join("\n"));
    }

    /// Remembers a write that nothing on screen waits for.
    pub(super) fn append_aside(&mut self, batch: Batch, after: After, out: &mut Vec<Effect>) {
        self.append(batch, Pending::Aside(after), out);
    }
}

/// Takes what was read of a record. What may no longer be seen goes at once; a disk that fails takes nothing away. Says
/// whether it was refused.
fn take_read<T: Clone>(
    view: &mut Load<T>,
    answer: &Result<T, Unread>,
    mut shut: impl FnMut(bool),
) -> Option<Failure> {
    match answer {
        Ok(read) => view.take(Ok(read.clone())),
        Err(Unread::Failed(why)) => view.take(Err(why.clone())),
        Err(Unread::Shut { why, refused }) => {
            shut(*refused);
            view.shut(why.clone());
            Some(why.clone())
        }
    }
}

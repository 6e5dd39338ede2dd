//! Doing an action on the layer on top. What cannot be done says why in the footer. What an action opens is in
//! [`super::opened`], what is asked before it is done in [`super::confirmed`].

use std::sync::Arc;

use super::actions::{self, ActionId};
use super::acts;
use super::board::{Pane, Row};
use super::filter::ANYWHERE;
use super::layer::{Bar, Choice, Confirmed, Help, Layer, Message, Palette, Place};
use super::list::{CasesOf, ListKind, ListRowId, Listed, Rows};
use super::msg::{Effect, Own};
use super::pick::{ORGANISATIONS, PEOPLE};
use super::picker::PickFor;
use super::{App, Load};
use crate::domain::access::How;
use crate::domain::answer::Answer;
use crate::domain::draft::DraftRow;
use crate::domain::words::app as words;

impl App {
    pub(super) fn perform(&mut self, action: ActionId, out: &mut Vec<Effect>) {
        if let Err(why) = actions::available(self, action) {
            if self.is_refused(action) {
                let at_hand = self.subject_at_hand();
                self.refused(actions::title(action), at_hand, None, out);
            }
            self.says(&why.0);
            return;
        }
        match action {
            ActionId::Call => self.begin_call(out),
            ActionId::Sibling => self.begin_sibling(out),
            ActionId::Emergency => self.begin_emergency(out),
            ActionId::Open => self.open_selected(out),
            ActionId::Back => self.back(out),
            ActionId::Save if matches!(self.top(), Layer::Picker(_)) => self.save_under_picker(out),
            ActionId::Save => self.save(out),
            ActionId::NextLine => self.move_on(1, out),
            ActionId::LineBefore => self.move_on(-1, out),
            ActionId::RemoveRow => self.ask_remove_row(out),
            ActionId::Later => {
                if let Layer::Form(layer) = self.top_mut() {
                    layer.form.later_open = !layer.form.later_open;
                }
            }
            ActionId::Up => self.step(-1, out),
            ActionId::Down => self.step(1, out),
            ActionId::PageUp => self.step(-isize::try_from(self.page).unwrap_or(1), out),
            ActionId::PageDown => self.step(isize::try_from(self.page).unwrap_or(1), out),
            ActionId::First => self.step(isize::MIN, out),
            ActionId::Last => self.step(isize::MAX, out),
            ActionId::NextPane => match self.top_mut() {
                Layer::Board(board) => board.pane = board.pane.next(),
                Layer::Case(case) => case.next_part(),
                _ => {}
            },
            ActionId::Pane1 => self.board_mut().pane = Pane::Calls,
            ActionId::Pane2 => self.board_mut().pane = Pane::Escalations,
            ActionId::Pane3 => self.board_mut().pane = Pane::Overdue,
            ActionId::Filter => {
                self.begin_filter();
                self.reach_on(out);
            }
            ActionId::Sort => {
                let board = self.board_mut();
                let sort = &mut board.sort[board.pane as usize];
                *sort = sort.next();
            }
            ActionId::Add if self.lists_keys() => self.begin_enrolment(out),
            ActionId::Add => {
                let opening = self.opening_of_list();
                self.begin_opening(opening, out);
            }
            ActionId::Particulars => {
                // A person is a record of a register too, with entries and steps of its own.
                let Layer::Person(person) = self.top() else { return };
                self.open_case(person.id, None, out);
            }
            ActionId::Record => {
                let choice = Choice::of(words::RECORD_TITLE.to_owned(), self.all_steps());
                self.layers.push(Layer::Choice(choice));
            }
            ActionId::Linked => self.open_linked(out),
            ActionId::BeginAnother => self.begin_another(out),
            ActionId::Amend => self.begin_amendment(out),
            ActionId::Reattribute => {
                let Layer::Case(case) = self.top() else { return };
                let state = case.view.ready().map(|view| Arc::new(view.state.clone()));
                self.act_form(acts::REATTRIBUTE, state, out);
            }
            ActionId::SameMatter => self.offer_matter(),
            ActionId::Merge => self.begin_merge(out),
            ActionId::HoldDecision => {
                if let Some(mut form) = self.begin_act(acts::HOLD, None) {
                    let duty = self.duty_at_hand().unwrap_or_else(|| acts::DECISION_HOLDER.to_owned());
                    form.offer(acts::DUTY, &Answer::Choice(duty), self.zone);
                    // Whoever opens it mostly takes it; another name replaces theirs.
                    if let Some(you) = self.you_named() {
                        form.offer(acts::HOLDER, &Answer::Named(you), self.zone);
                    }
                    self.push_form(form, out);
                }
            }
            ActionId::SetUp => self.act_form(acts::SET_UP, None, out),
            ActionId::TakeDraft => {
                let Some(row) = self.selected_draft() else { return };
                let (draft, about) = (row.id, words::which_form(&row.step, &row.about, &row.whose));
                if let Some(mut form) = self.begin_act(acts::TAKE, None) {
                    form.draft.about = about;
                    acts::aim(&mut form, draft);
                    self.push_form(form, out);
                }
            }
            ActionId::Disagree if self.lists_mine() => self.pass(ActionId::RefuseOffer, out),
            ActionId::Agree if self.lists_signs() => self.begin_sign_answer(out),
            ActionId::Agree if self.lists_what_is_due() => self.ask_to_propose(),
            ActionId::Agree if self.lists_mine() => self.pass(ActionId::TakeOffer, out),
            ActionId::Disagree => self.begin_disagreement(out),
            ActionId::Agree => self.ask_to_agree(),
            ActionId::WhyThisTime => self.ask_why(out),
            ActionId::Acknowledge => self.acknowledge(out),
            ActionId::PutAway => self.put_banners_away(),
            ActionId::Person => {
                if let Some(person) = self.subject_at_hand() {
                    self.open_record(PEOPLE, person, out);
                }
            }
            ActionId::SignIn => self.open_picker("staff", PickFor::SignIn, "", out),
            ActionId::Lock => self.lock(out),
            ActionId::ComeBack => self.come_back(out),
            ActionId::EnterSecret => self.submit_secret(out),
            ActionId::OwnSecret => self.begin_own_secret(),
            ActionId::GiveSecret => self.begin_giving(),
            ActionId::Unlock => self.offer_unlocking(),
            ActionId::Drafts => self.open_list(ListKind::Drafts, out),
            ActionId::ToConfirm => self.open_list(ListKind::ToConfirm, out),
            ActionId::Mine => self.open_list(ListKind::Mine, out),
            ActionId::Whose => self.offer_passing(),
            ActionId::TakeIt
            | ActionId::Offer
            | ActionId::OfferToDuty
            | ActionId::TakeOffer
            | ActionId::RefuseOffer
            | ActionId::QueryOffer
            | ActionId::WithdrawOffer
            | ActionId::LeaveTo => self.pass(action, out),
            ActionId::ToCountersign => self.open_list(ListKind::ToCountersign, out),
            ActionId::RingBefore => self.open_list(ListKind::Ring, out),
            ActionId::EyesOn => self.open_list(ListKind::Eyes, out),
            ActionId::Signs => self.open_list(ListKind::Signs, out),
            ActionId::Reviews => self.open_list(ListKind::Reviews, out),
            ActionId::Audits => self.open_list(ListKind::Audits, out),
            ActionId::Disposal => self.open_list(ListKind::Disposal, out),
            ActionId::LegalHold => self.begin_hold(false, out),
            ActionId::LiftHold => self.begin_hold(true, out),
            ActionId::AuditPage | ActionId::OverAll(_) => self.show_sheet(action, out),
            ActionId::AnswerSign => self.begin_sign_answer(out),
            ActionId::Keys => self.open_keys(out),
            ActionId::RevokeKey => self.begin_revocation(out),
            ActionId::DoneAlone => self.open_list(ListKind::DoneAlone, out),
            ActionId::Unconfirmed => self.open_list(ListKind::Unconfirmed, out),
            ActionId::OnCall => self.open_list(ListKind::OnCall, out),
            ActionId::Swap => self.begin_swap(out),
            ActionId::SameNextWeek => self.ask_next_week(),
            ActionId::People => self.open_list(ListKind::Records(PEOPLE.to_owned()), out),
            ActionId::Organisations => self.open_list(ListKind::Records(ORGANISATIONS.to_owned()), out),
            ActionId::WhoRings => self.who_rings(out),
            ActionId::Plans => self.ask_plans(out),
            ActionId::GetIn => {
                let Layer::Person(person) = self.top() else { return };
                let person = person.id;
                let request = self.ask();
                self.asked.insert(request, None);
                self.looked(How::Sealed, person, None, out);
                out.push(Effect::ReadSealed(request, person));
            }
            ActionId::Pack => {
                if let Ok(ways) = self.may_pack() {
                    self.offer_packs(ways);
                }
            }
            ActionId::Card
            | ActionId::Sbard
            | ActionId::Guide
            | ActionId::Page
            | ActionId::Trends
            | ActionId::Decisions
            | ActionId::PrintThis => self.show_sheet(action, out),
            ActionId::Locations => self.open_list(ListKind::Locations, out),
            ActionId::Staff => self.open_list(ListKind::Records("staff".to_owned()), out),
            ActionId::Handover => self.open_handover(super::handover::Which::Waiting, out),
            ActionId::OfHandover(action) => self.in_handover(action, out),
            ActionId::Cases => match self.top() {
                Layer::List(list) if matches!(list.kind, ListKind::Cases(_)) => self.offer_kinds(),
                _ => self.open_list(ListKind::Cases(CasesOf::default()), out),
            },
            ActionId::Office(list) => self.open_list(ListKind::Office(list), out),
            ActionId::PrintSlips => {
                let opening = self.opening_on(Listed::Slips);
                self.begin_opening(opening, out);
            }
            ActionId::Looks => self.open_looks(out),
            ActionId::Shares => self.open_shares(out),
            ActionId::Measures => self.open_measures(out),
            ActionId::OfMeasures(action) => self.in_measures(action, out),
            ActionId::LookBeyond => self.begin_beyond(out),
            ActionId::Seen => self.ask_seen(),
            ActionId::Discard => {
                let Some(draft) = self.selected_draft() else { return };
                if draft.waits {
                    self.says(words::WAITS);
                    return;
                }
                if !self.is_you(draft.staff) && draft.staff.is_some() {
                    self.says(words::NOT_YOURS);
                    return;
                }
                let yes = Confirmed::Discard(draft.id);
                self.confirm(words::DISCARD_TITLE, words::DISCARD_WORDS, yes);
            }
            ActionId::Copy => {
                if let Some(reference) = self.reference_at_hand() {
                    out.push(Effect::Own(Own::Copy(reference)));
                }
            }
            ActionId::Search => self.open_search(),
            ActionId::Palette => self.layers.push(Layer::Palette(Palette::default())),
            ActionId::Help => {
                let of = self.top().place();
                self.layers.push(Layer::Help(Help { of, top: 0 }));
            }
            ActionId::Practise => {
                self.says(words::OPENS_PRACTICE);
                out.push(Effect::Own(Own::OpenPractice));
            }
            ActionId::Yes => self.yes(out),
            ActionId::Quit => {
                let before = self.before_you_go();
                let says = before.map(|said| words::quit_with(&said));
                let says = says.unwrap_or_else(|| words::QUIT_WORDS.to_owned());
                self.confirm(words::QUIT_TITLE, &says, Confirmed::Quit);
            }
            ActionId::HowToQuit => self.says(words::CTRL_C),
        }
    }

    /// One layer back. A form is kept; one in which nothing was typed leaves no trace.
    pub(super) fn back(&mut self, out: &mut Vec<Effect>) {
        if self.leaves_the_box() {
            return;
        }
        // A find line in which nothing is typed goes with the list that opened with it.
        let opens_with_it =
            matches!(self.top(), Layer::List(list) if list.kind.is_register() && list.filter.is_blank());
        if !opens_with_it && self.ends_filter() {
            return self.filtered(out);
        }
        match self.top_mut() {
            Layer::Board(_) | Layer::Welcome | Layer::Locked => return,
            Layer::Measures(layer) if layer.chart.is_some() => {
                layer.chart = None;
                return;
            }
            _ => {}
        }
        let Some(layer) = self.layers.pop() else { return };
        if matches!(layer, Layer::Choice(_)) {
            self.leave_passing();
        }
        if let Layer::Search(search) = &layer
            && search.asks()
        {
            self.searched.insert(ANYWHERE.to_owned(), search.query.text().to_owned());
        }
        if let Layer::Form(layer) = layer {
            let id = layer.form.draft.id;
            if layer.bar == Some(Bar::Elsewhere) {
                // It is kept where it is filled in now, and may be in the record by now: the row of it that stands
                // here is as old as the form's going.
                self.read_again(out);
            } else if layer.form.is_blank() {
                out.push(Effect::ClearDraft(id));
            } else {
                self.list_unfinished(&layer.form, matches!(layer.bar, Some(Bar::NotYet(_))));
                out.push(Effect::KeepDraft { draft: Box::new(layer.form.draft), durable: true });
                out.push(Effect::ReleaseDraft(id));
                self.says(words::KEPT);
            }
            self.leave_passing();
        }
    }

    /// A case that was only passed through goes with what was begun in it.
    fn leave_passing(&mut self) {
        if matches!(self.top(), Layer::Case(case) if case.passing) {
            self.layers.pop();
        }
    }

    /// A form that was just left is among the unfinished at once, before the disk has said so.
    fn list_unfinished(&mut self, form: &crate::form::Form, waits: bool) {
        let now = self.now;
        let draft = &form.draft;
        let row = DraftRow {
            id: draft.id,
            step: form.step.title.clone(),
            pathway: draft.pathway.clone(),
            staff: draft.staff,
            whose: self.you.as_ref().map(|you| you.name.clone()).unwrap_or_default(),
            opened_at: draft.opened_at,
            kept_at: now,
            about: draft.about.clone(),
            call_back: draft.call_back.clone(),
            call: form.pathway.urgent && form.step.opens && draft.amends.is_none(),
            waits,
            held: false,
            wanted: false,
            ask: None,
        };
        if let Load::Ready(board) = &mut self.board_mut().data {
            let board = Arc::make_mut(board);
            board.drafts.retain(|other| other.id != row.id);
            board.drafts.push(row);
        }
    }

    /// Reads further where somebody goes beyond what was read.
    fn reach_on(&mut self, out: &mut Vec<Effect>) {
        let reaches = match self.top_mut() {
            Layer::Board(board) => board.reach_on(),
            Layer::List(list) => list.reach_on(),
            _ => false,
        };
        if reaches {
            self.read_again(out);
        }
    }

    fn step(&mut self, by: isize, out: &mut Vec<Effect>) {
        if by < 0 && self.brings_back(out) || self.leaves_filter(by, out) {
            return;
        }
        let commands = match self.top() {
            Layer::Palette(palette) => self.commands(palette.query.text()).len(),
            _ => 0,
        };
        match self.top_mut() {
            Layer::Board(board) => board.step(by),
            Layer::Case(case) => case.step(by),
            Layer::Person(person) => person.step(by),
            Layer::List(list) => list.step(by),
            Layer::Handover(layer) => layer.step(by),
            Layer::Sheet(layer) => layer.step(by),
            Layer::Measures(layer) => layer.step(by),
            Layer::Picker(picker) => picker.step(by),
            Layer::Search(search) => search.step(by),
            Layer::Choice(choice) => choice.step(by),
            Layer::Palette(palette) => {
                let last = commands.saturating_sub(1);
                palette.selected = palette.selected.saturating_add_signed(by).min(last);
            }
            Layer::Message(said) => said.scroll(by),
            Layer::Help(help) => help.top = help.top.saturating_add_signed(by).min(actions::ACTIONS.len()),
            _ => {}
        }
        self.reach_on(out);
    }

    fn act_form(
        &mut self,
        step: &str,
        case: Option<Arc<crate::domain::case::CaseState>>,
        out: &mut Vec<Effect>,
    ) {
        let about = self.about_case();
        if let Some(mut form) = self.begin_act(step, case) {
            form.draft.about = about;
            self.push_form(form, out);
        }
    }

    fn reference_at_hand(&self) -> Option<String> {
        match self.top() {
            Layer::Case(case) => Some(case.view.ready()?.reference.clone()),
            Layer::Board(board) => Some(match board.row_at_hand()? {
                Row::Call(row) => row.reference.clone(),
                Row::Owed(row) => row.reference.clone(),
            }),
            Layer::List(list) => match list.rows.ready()? {
                Rows::Cases(page, _) => {
                    let ListRowId::Case(id) = list.selection()? else { return None };
                    page.rows.iter().find(|row| row.id == id).map(|row| row.reference.clone())
                }
                Rows::Ring(rows) => {
                    let (case, _) = list.at_hand()?;
                    let row = rows.iter().find(|row| row.owed.commitment.case == case)?;
                    Some(row.owed.reference.clone()).filter(|reference| !reference.is_empty())
                }
                Rows::Eyes(rows) => {
                    let (case, _) = list.at_hand()?;
                    let row = rows.iter().find(|row| row.case == case)?;
                    Some(row.reference.clone()).filter(|reference| !reference.is_empty())
                }
                _ => None,
            },
            _ => None,
        }
    }

    /// Something to be read, on top of all.
    pub fn show_message(&mut self, title: &str, words: &str) {
        self.layers.push(Layer::Message(Message::new(title, words)));
    }

    /// Which kind of layer has the keys.
    pub fn place(&self) -> Place {
        self.top().place()
    }
}

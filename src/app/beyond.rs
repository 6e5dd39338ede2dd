//! What lies beyond what somebody may see: opening it with a reason, the list of who looked at what, and noting what was
//! refused.

use super::actions::ActionId;
use super::acts::{self, After};
use super::layer::{Confirm, Confirmed, Layer};
use super::list::{ListKind, ListRowId, Rows};
use super::msg::{Effect, Request};
use super::{App, Load};
use crate::domain::access::{How, Look, LookRow, NOBODYS};
use crate::domain::act::Act;
use crate::domain::entry::Batch;
use crate::domain::ids::{CaseId, EntryId};
use crate::domain::permission::{self, Action, Grant, Reason};
use crate::domain::words::app as words;
use crate::form::Form;
use crate::form::typed::text;

use chrono::{DateTime, Utc};

/// A record that was found beyond what somebody may see.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reached {
    /// The record or the case.
    pub id: CaseId,
    /// Whether it is a person's own record.
    pub is_person: bool,
}

impl App {
    /// Whether whoever is signed in may open a record that they may not normally see.
    pub(super) fn may_look_beyond(&self) -> Result<(), Reason> {
        if self.you.is_none() {
            return Err(Reason(words::NOBODY_SIGNED_IN.to_owned()));
        }
        let viewer = self.viewer();
        let roles = &self.editions.current().roles;
        let may = |grant, at| permission::may(roles, &viewer, &Action::Granted(grant), at);
        match viewer.roles.iter().any(|(_, at)| may(Grant::Read, *at).is_ok()) {
            true => Ok(()),
            false => may(Grant::LookBeyond, None),
        }
    }

    /// Opens the form that asks which record, and why. Where a stub is at hand it is that one.
    pub(super) fn begin_beyond(&mut self, out: &mut Vec<Effect>) {
        let stub = self.stub_at_hand();
        if let Some(mut form) = self.begin_act(acts::BEYOND, None) {
            if let Some((id, says)) = stub {
                acts::reach(&mut form, &says, Reached { id, is_person: false });
                form.focus = acts::WHY_BEYOND.to_owned();
            }
            self.push_form(form, out);
        }
    }

    /// The record that stands on screen as restricted, with the words in its place.
    fn stub_at_hand(&self) -> Option<(CaseId, String)> {
        match self.under() {
            Layer::Board(board) => {
                let (_, on) = board.at_hand()?;
                let row =
                    board.owed(board.pane).into_iter().find(|row| Some(&row.commitment.id) == on.as_ref())?;
                row.ask.as_ref().map(|_| (row.commitment.case, row.commitment.what.clone()))
            }
            Layer::List(_) => {
                let row = self.sign_at_hand()?;
                row.ask.as_ref().and(row.about).map(|about| (about, row.title.clone()))
            }
            Layer::Case(case) => match &case.view {
                Load::Failed(why) => Some((case.id, why.clone())),
                _ => None,
            },
            Layer::Person(person) => match &person.view {
                Load::Failed(why) => Some((person.id, why.clone())),
                _ => None,
            },
            _ => None,
        }
    }

    /// Asks which record is meant, where only words say so; the form is saved once it is known. True where it asks.
    pub(super) fn asks_which_record(&mut self, form: &Form, out: &mut Vec<Effect>) -> bool {
        if form.draft.pathway != acts::ACTS || form.step.id != acts::BEYOND || acts::reached(form).is_some() {
            return false;
        }
        let request = self.ask();
        self.asked.insert(request, Some(form.draft.id));
        let text = text(&form.draft.text, acts::WHICH).to_owned();
        out.push(Effect::Reach { request, text });
        true
    }

    /// Which record was meant.
    pub(super) fn found_beyond(
        &mut self,
        request: Request,
        answer: Result<Reached, String>,
        out: &mut Vec<Effect>,
    ) {
        let Some(Some(draft)) = self.asked.remove(&request) else { return };
        match answer {
            Ok(found) => {
                let Some(layer) = self.form_mut(draft) else { return };
                let says = text(&layer.form.draft.text, acts::WHICH).to_owned();
                acts::reach(&mut layer.form, &says, found);
                if matches!(self.top(), Layer::Form(top) if top.form.draft.id == draft) {
                    self.save(out);
                }
            }
            Err(why) => self.says(&why),
        }
    }

    /// What was opened beyond is shown, and how long it stays open is known.
    pub(super) fn looked_beyond(&mut self, found: Reached, out: &mut Vec<Effect>) {
        if let Some(you) = self.you.as_ref().map(|you| you.staff) {
            self.identify(you, out);
        }
        let stands = match self.top() {
            Layer::Case(case) => case.id == found.id,
            Layer::Person(person) => person.id == found.id,
            _ => false,
        };
        if !stands && found.is_person {
            self.open_record(super::pick::PEOPLE, found.id, out);
        } else if !stands {
            self.open_case(found.id, None, out);
        }
    }

    /// Until when something that was opened beyond stays open, the latest first to end.
    pub fn beyond_until(&self) -> Option<DateTime<Utc>> {
        let beyond = self.you.as_ref()?.viewer.beyond.iter().map(|beyond| beyond.until);
        beyond.filter(|until| *until > self.now).max()
    }

    /// The time has come to this: what was opened beyond and is no longer open is read again, and is shut.
    pub(super) fn time_passed(&mut self, now: DateTime<Utc>, out: &mut Vec<Effect>) {
        let before = std::mem::replace(&mut self.now, now);
        let passes = self.rota().changes_after(before).is_some_and(|at| at <= now);
        let Some(you) = &mut self.you else { return };
        let shuts = you.viewer.beyond.iter().any(|beyond| beyond.until > before && beyond.until <= now);
        if shuts {
            you.viewer.beyond.retain(|beyond| beyond.until > now);
        }
        // Whoever has a duty by the rota from now on stands in every row that names the duty.
        if shuts || passes {
            self.read_again(out);
        }
    }

    /// Has it noted that something was refused: what, by its title, and about whom.
    pub(super) fn refused(
        &self,
        title: &str,
        about: Option<CaseId>,
        case: Option<CaseId>,
        out: &mut Vec<Effect>,
    ) {
        let look = Look {
            staff: self.you.as_ref().map(|you| you.staff),
            subject: about.or(case).unwrap_or(NOBODYS),
            case,
            how: How::Refused,
            detail: Some(title.to_owned()),
            at: self.now,
        };
        out.push(Effect::Looked(look));
    }

    /// Notes that a step of the case on screen was refused, where it is another's act and not merely out of its turn.
    pub(super) fn note_if_refused(&self, step: &str, out: &mut Vec<Effect>) {
        let Layer::Case(layer) = self.under() else { return };
        let Some(state) = layer.view.ready().map(|view| &view.state) else { return };
        let pathway = self.editions.current().pathways.get(&state.pathway);
        if let Some(step) = pathway.and_then(|pathway| pathway.step(step))
            && self.may_record(step, Some(state)).is_err()
        {
            self.refused(&step.title, state.subject, Some(state.id), out);
        }
    }

    /// The list of looks: at the person on screen, otherwise at everybody.
    pub(super) fn open_looks(&mut self, out: &mut Vec<Effect>) {
        let of = match self.under() {
            Layer::Person(person) => Some(person.id),
            _ => None,
        };
        self.open_list(ListKind::Looks(of), out);
    }

    /// The list of what was shared: about the person on screen, otherwise over all cases.
    pub(super) fn open_shares(&mut self, out: &mut Vec<Effect>) {
        let of = match self.under() {
            Layer::Person(person) => Some(person.id),
            _ => None,
        };
        self.open_list(ListKind::Shares(of), out);
    }

    /// The look that is selected in the list on top.
    pub(super) fn selected_look(&self) -> Option<&LookRow> {
        let Layer::List(list) = self.under() else { return None };
        let (Some(Rows::Looks(rows)), Some(selected)) = (list.rows.ready(), list.selection()) else {
            return None;
        };
        rows.iter().find(|row| ListRowId::of_look(row) == selected)
    }

    /// Opens the record that was looked at.
    pub(super) fn open_looked_at(&mut self, out: &mut Vec<Effect>) {
        let Some(row) = self.selected_look() else { return };
        match (row.case, row.record, row.is_person) {
            (Some(case), ..) => self.open_case(case, None, out),
            (None, Some(person), true) => self.open_record(super::pick::PEOPLE, person, out),
            (None, Some(record), false) => self.open_case(record, None, out),
            (None, None, _) => self.says(words::NO_RECORD_LOOKED_AT),
        }
    }

    /// Shows why it was opened before somebody says that they have seen it.
    pub(super) fn ask_seen(&mut self) {
        let Some(row) = self.selected_look() else { return };
        let Some(entry) = row.waits else { return };
        let words = words::opened_because(&row.staff, &row.subject, &row.detail);
        let confirm = Confirm { title: words::SEEN_TITLE.to_owned(), words, yes: Confirmed::Seen(entry) };
        self.layers.push(Layer::Confirm(confirm));
    }

    /// Somebody has seen that a record was opened beyond.
    pub(super) fn has_seen(&mut self, entry: EntryId, out: &mut Vec<Effect>) {
        let id = EntryId(self.fresh_id());
        let act = Act::BeyondSeen { entry, note: String::new() };
        let batch = Batch { entries: vec![acts::one(self, id, None, act)], ..Batch::default() };
        self.append_aside(batch, After::Nothing, out);
    }

    /// Whether the selected look waits for somebody to have seen it.
    pub(super) fn waits_to_be_seen(&self) -> Result<(), Reason> {
        self.may(Grant::Audit)?;
        match self.selected_look() {
            Some(row) if row.waits.is_some() => Ok(()),
            _ => Err(Reason(words::NOTHING_TO_SEE.to_owned())),
        }
    }

    /// Whether an action is refused to whoever is signed in, whatever is on screen: that is noted.
    pub(super) fn is_refused(&self, action: ActionId) -> bool {
        match action {
            ActionId::Amend => self.may(Grant::Amend),
            ActionId::Reattribute => self.may(Grant::Reattribute),
            ActionId::HoldDecision => self.may(Grant::HoldDuty),
            ActionId::TakeDraft => self.may(Grant::TakeDraft),
            ActionId::Person | ActionId::People | ActionId::Cases => self.may(Grant::Read),
            ActionId::Looks | ActionId::Seen => self.may(Grant::Audit),
            ActionId::LookBeyond => self.may_look_beyond(),
            _ => Ok(()),
        }
        .is_err()
    }
}

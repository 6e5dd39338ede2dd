//! What is due for disposal, on screen: the list, a proposal that is asked about before it is made, and legal holds. A second
//! person agrees where everything that waits for one stands ([`super::agree`]).

use std::sync::Arc;

use super::App;
use super::acts::{self, After, field};
use super::layer::{Confirmed, Layer};
use super::list::{ListKind, ListRowId, Rows};
use super::msg::Effect;
use crate::domain::act::Act;
use crate::domain::case::CaseState;
use crate::domain::disposal::{Disposable, Due};
use crate::domain::entry::Batch;
use crate::domain::ids::{CaseId, EntryId};
use crate::domain::permission::{Grant, Reason};
use crate::domain::words::app::STILL_READING;
use crate::domain::words::disposal as words;
use crate::form::Form;
use crate::pathway::definition::{Kind, Step};

/// The form in which a legal hold is placed.
pub(super) const LEGAL_HOLD: &str = "legal_hold";
/// The form in which it is lifted.
pub(super) const LIFT_HOLD: &str = "lift_hold";
const WHY: &str = "why";

impl App {
    /// The selected row of the list.
    fn due_at_hand(&self) -> Option<&Due> {
        let Layer::List(list) = self.under() else { return None };
        match (list.rows.ready()?, list.selection()?) {
            (Rows::Disposal(rows), ListRowId::Due(what)) => rows.iter().find(|row| row.what == what),
            _ => None,
        }
    }

    /// Whether the selected row can be proposed.
    pub(super) fn may_propose(&self) -> Result<(), Reason> {
        self.may(Grant::Dispose)?;
        let due = self.due_at_hand().ok_or_else(|| Reason(words::NOTHING_DUE.to_owned()))?;
        match due.kept_by.is_empty() && due.proposed.is_none() {
            true => Ok(()),
            false => Err(Reason(words::stands(due))),
        }
    }

    /// Says what goes, and asks.
    pub(super) fn ask_to_propose(&mut self) {
        let Some(due) = self.due_at_hand() else { return };
        let title = words::proposal(due);
        let says = [words::why(due), words::goes(due), words::PROPOSAL.to_owned()].join("\n");
        let what = due.what;
        self.confirm(&title, &says, Confirmed::Propose(what));
    }

    /// Proposes what was asked about. Where the list has moved on meanwhile, nothing.
    pub(super) fn propose(&mut self, what: Disposable, out: &mut Vec<Effect>) {
        let Some(due) = self.due_at_hand().filter(|due| due.what == what) else {
            self.says(words::MOVED_ON);
            return;
        };
        let (act, case) = due.act();
        let id = EntryId(self.fresh_id());
        let batch = Batch { entries: vec![acts::one(self, id, case, act)], ..Batch::default() };
        self.append_aside(batch, After::Says(words::PROPOSED.to_owned()), out);
    }

    /// Whether the case or person on screen can be held, or a hold on it lifted.
    pub(super) fn may_hold(&self, lift: bool) -> Result<(), Reason> {
        self.may(Grant::Dispose)?;
        match self.under() {
            Layer::Case(layer) => match layer.view.ready() {
                Some(view) if lift && view.state.holds.is_empty() => Err(Reason(words::NOT_HELD.to_owned())),
                Some(view) if lift && view.holds_to_lift().is_empty() => {
                    Err(Reason(words::LIFTING_WAITS.to_owned()))
                }
                Some(view) if view.state.is_disposed_of() => Err(Reason(words::GONE_ALREADY.to_owned())),
                Some(_) => Ok(()),
                None => Err(Reason(STILL_READING.to_owned())),
            },
            Layer::Person(_) if !lift => Ok(()),
            _ => Err(Reason(words::HOLD_ON_WHAT.to_owned())),
        }
    }

    /// The form that says what for, or why it ends.
    pub(super) fn begin_hold(&mut self, lift: bool, out: &mut Vec<Effect>) {
        let step = if lift { LIFT_HOLD } else { LEGAL_HOLD };
        let (about, state, case) = match self.top() {
            Layer::Case(layer) => {
                // What waits to be lifted already is not lifted again: the one before it is next.
                let state = layer.view.ready().map(|view| {
                    let holds = view.holds_to_lift();
                    Arc::new(CaseState { holds, ..view.state.clone() })
                });
                let id = state.as_ref().map(|state| state.id);
                (self.about_case(), state, id)
            }
            Layer::Person(layer) => {
                let name = layer.view.ready().map(|view| view.record.name.clone());
                (name.unwrap_or_default(), None, Some(layer.id))
            }
            _ => return,
        };
        if let Some(mut form) = self.begin_act(step, state) {
            form.draft.case = case;
            form.draft.about = about;
            self.push_form(form, out);
        }
    }
}

impl App {
    /// Whether the list on top is that of what is due.
    pub(super) fn lists_what_is_due(&self) -> bool {
        matches!(self.under(), Layer::List(list) if list.kind == ListKind::Disposal)
    }
}

/// The two forms.
pub(super) fn steps() -> Vec<Step> {
    let why = |label, help| vec![field(WHY, label, help, Kind::Notes)];
    vec![
        acts::step(
            LEGAL_HOLD,
            words::HOLD_FORM,
            words::HOLD_FORM_HELP,
            why(words::HELD_FOR, words::HELD_FOR_HELP),
        ),
        acts::step(LIFT_HOLD, words::LIFT_FORM, words::LIFT_FORM_HELP, why(words::LIFTED_WHY, "")),
    ]
}

/// The act that one of the forms makes; of several holds that stand there, the last of which nothing waits yet is lifted.
pub(super) fn of_form(form: &Form, case: Option<CaseId>, reason: String) -> Option<Act> {
    case?;
    match form.step.id.as_str() {
        LEGAL_HOLD => Some(Act::Hold { reason }),
        _ => Some(Act::LiftHold { hold: *form.case.as_ref()?.holds.last()?, reason }),
    }
}

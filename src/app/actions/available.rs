//! Whether an action can be done now, and if not, why not in words that are shown; and whether it has anything to do with
//! what is on screen at all.

use super::ActionId;
use crate::app::layer::Layer;
use crate::app::list::ListKind;
use crate::app::pick::ORGANISATIONS;
use crate::app::picker::PickFor;
use crate::app::{App, Part};
use crate::domain::permission::{self, Action, Grant, Reason};
use crate::domain::sheet::OverAll;
use crate::domain::words::app as words;
use crate::domain::words::clocks;
use crate::domain::words::keys;
use crate::domain::words::secret;
use crate::domain::words::store::restricted;
use crate::pathway::definition::{Listed, Means};

/// Whether an action has anything to do with what is on screen: what belongs to another list is not spoken of.
pub(in crate::app) fn concerns(app: &App, action: ActionId) -> bool {
    if matches!(action, ActionId::Search | ActionId::WhoRings | ActionId::OnCall) && app.is_closed() {
        return false;
    }
    if action == ActionId::GiveSecret && matches!(app.under(), Layer::List(_) | Layer::Case(_)) {
        return app.staff_at_hand().is_some();
    }
    if app.is_asked_which() && matches!(action, ActionId::Open) {
        return false;
    }
    if let (Layer::Picker(picker), ActionId::Save) = (app.top(), action) {
        // Only a form lies under a search that can be saved.
        return matches!(picker.purpose, PickFor::Line { .. } | PickFor::Near { .. });
    }
    if let Layer::Message(said) = app.top()
        && matches!(action, ActionId::Open | ActionId::Save)
    {
        return said.moved.is_some();
    }
    let list = match app.under() {
        Layer::List(list) => list,
        Layer::Form(_) => {
            return match action {
                ActionId::Later => has_later(app),
                ActionId::Sibling => takes_another_person(app),
                ActionId::Sbard => app.may_show_sheet(action).is_ok(),
                _ => true,
            };
        }
        Layer::Sheet(_) if action == ActionId::Open => return !app.behind_line().is_empty(),
        Layer::Sheet(_) if action == ActionId::AnswerSign => return app.sign_at_hand().is_some(),
        Layer::Sheet(_) if action == ActionId::PrintThis => return app.may_show_sheet(action).is_ok(),
        _ => {
            return match action {
                ActionId::Merge => app.concerns_merging(),
                ActionId::SameMatter | ActionId::Linked => app.concerns_matter(),
                _ => true,
            };
        }
    };
    match action {
        ActionId::Agree if matches!(list.kind, ListKind::Signs | ListKind::Disposal) => true,
        ActionId::AuditPage => list.kind == ListKind::Audits,
        ActionId::Agree | ActionId::Disagree => {
            matches!(list.kind, ListKind::ToConfirm | ListKind::ToCountersign | ListKind::Mine)
        }
        ActionId::TakeDraft | ActionId::Discard => list.kind == ListKind::Drafts,
        action if crate::app::owning::passes_on(action) => list.kind == ListKind::Mine,
        ActionId::Add if matches!(&list.kind, ListKind::Cases(of) if of.pathway.is_some()) => true,
        ActionId::Add => matches!(
            list.kind,
            ListKind::Records(_)
                | ListKind::Locations
                | ListKind::Keys(_)
                | ListKind::OnCall
                | ListKind::Office(_)
        ),
        ActionId::Swap | ActionId::SameNextWeek | ActionId::HoldDecision => list.kind == ListKind::OnCall,
        ActionId::WhyThisTime | ActionId::Acknowledge => {
            matches!(
                list.kind,
                ListKind::Mine | ListKind::Ring | ListKind::Reviews | ListKind::Office(Listed::Tasks)
            )
        }
        ActionId::Seen => matches!(list.kind, ListKind::Looks(_)),
        ActionId::RevokeKey => matches!(list.kind, ListKind::Keys(_)),
        _ => true,
    }
}

/// Whether nobody is signed in for whom anything may be looked up.
fn looks_for_nobody(app: &App) -> bool {
    app.you.is_none() && app.may(Grant::Read).is_err()
}

/// Whether the form on screen has anything that may wait.
fn has_later(app: &App) -> bool {
    let Layer::Form(layer) = app.under() else { return false };
    layer.form.step.fields.iter().any(|field| field.later && !field.retired)
}

/// Whether the form on screen opens a case about somebody, so that another person can be in it too.
fn takes_another_person(app: &App) -> bool {
    let Layer::Form(layer) = app.under() else { return false };
    let form = &layer.form;
    form.step.opens && form.draft.amends.is_none() && form.step.meaning(Means::Subject).is_some()
}

/// Whether an action can be done now, and if not, why not in words that are shown.
///
/// # Errors
/// The reason.
pub fn available(app: &App, action: ActionId) -> Result<(), Reason> {
    let no = |words: &str| Err(Reason(words.to_owned()));
    match action {
        ActionId::Amend => {
            app.may(Grant::Amend)?;
            let Layer::Case(case) = app.under() else { return no(words::NO_CASE) };
            if !matches!(case.part, Part::Chronology | Part::Owed) || case.selected_step().is_none() {
                return no(words::NOTHING_TO_AMEND);
            }
            Ok(())
        }
        ActionId::Reattribute => {
            app.may(Grant::Reattribute)?;
            let Layer::Case(case) = app.under() else { return no(words::NO_CASE) };
            match case.view.ready() {
                Some(view) if view.state.subject.is_some() => Ok(()),
                _ => no(words::NO_SUBJECT),
            }
        }
        ActionId::Merge => app.may_merge(),
        ActionId::SameMatter => app.may_tie(),
        ActionId::LegalHold => app.may_hold(false),
        ActionId::LiftHold => app.may_hold(true),
        ActionId::Linked if app.linked().is_empty() => no(words::NOTHING_LINKED),
        ActionId::BeginAnother if looks_for_nobody(app) => no(words::NOBODY_SIGNED_IN),
        ActionId::BeginAnother => app.may_begin_any(),
        ActionId::Record => match app.under() {
            Layer::Case(case) if case.view.ready().is_some() => Ok(()),
            _ => no(words::STILL_READING),
        },
        ActionId::HoldDecision => app.may(Grant::HoldDuty),
        ActionId::Person => match app.subject_at_hand() {
            Some(_) => app.may(Grant::Read),
            None => no(words::NO_SUBJECT),
        },
        ActionId::Search | ActionId::WhoRings if looks_for_nobody(app) => no(words::NOBODY_SIGNED_IN),
        ActionId::OnCall if app.board().data.ready().is_none_or(|board| board.sealed) => {
            no(words::NOBODY_SIGNED_IN)
        }
        ActionId::Swap => app.may_swap(),
        ActionId::SameNextWeek => app.may_plan(),
        ActionId::WhoRings => match app.under() {
            Layer::Picker(picker) if picker.row().is_none_or(|row| row.register != ORGANISATIONS) => {
                no(words::NOBODY_SELECTED)
            }
            _ => Ok(()),
        },
        ActionId::Plans => match app.whose_plans() {
            Some(_) => app.may(Grant::Read),
            None => no(words::NO_SUBJECT),
        },
        ActionId::Office(_) => app.may(Grant::Read),
        ActionId::Measures => app.may_measure(),
        ActionId::OfMeasures(action) => app.may_in_measures(action),
        ActionId::PrintSlips => match app.opening_on(Listed::Slips) {
            Some((_, step)) => app.may_begin(&step, None),
            None => no(words::NO_REGISTER),
        },
        ActionId::People
        | ActionId::Shares
        | ActionId::GetIn
        | ActionId::Cases
        | ActionId::DoneAlone
        | ActionId::RingBefore
        | ActionId::EyesOn
        | ActionId::Signs
        | ActionId::Reviews
        | ActionId::Audits
        | ActionId::Disposal
        | ActionId::Unconfirmed
        | ActionId::Search => app.may(Grant::Read),
        ActionId::OverAll(OverAll::Judged | OverAll::Patterns) => app.may_measure(),
        ActionId::Card
        | ActionId::Sbard
        | ActionId::Guide
        | ActionId::Page
        | ActionId::Trends
        | ActionId::Decisions
        | ActionId::AuditPage
        | ActionId::OverAll(OverAll::Tags | OverAll::Answers)
        | ActionId::PrintThis => app.may_show_sheet(action),
        ActionId::Pack => app.may_pack().map(drop),
        ActionId::AnswerSign => app.may_answer_sign(),
        ActionId::PutAway if app.banners().is_empty() => no(clocks::NO_BANNER),
        ActionId::WhyThisTime => app.may_ask_why().map(drop),
        ActionId::Acknowledge => app.may_acknowledge().map(drop),
        ActionId::Handover => app.may(Grant::Read),
        ActionId::OfHandover(action) => app.may_in_handover(action),
        ActionId::Looks => app.may(Grant::Audit),
        ActionId::Seen => app.waits_to_be_seen(),
        ActionId::LookBeyond => app.may_look_beyond(),
        ActionId::SignIn if app.key_owner().is_some() => no(keys::CAME_BY_KEY),
        action if crate::app::owning::passes_on(action) => app.may_pass(action),
        ActionId::Agree if app.lists_signs() => app.may_answer_sign(),
        ActionId::Agree if app.lists_what_is_due() => app.may_propose(),
        ActionId::Agree if app.lists_mine() => app.may_pass(ActionId::TakeOffer),
        ActionId::Disagree if app.lists_mine() => app.may_pass(ActionId::RefuseOffer),
        ActionId::ToConfirm | ActionId::ToCountersign | ActionId::Mine if app.you.is_none() => {
            no(words::NOBODY_SIGNED_IN)
        }
        ActionId::Keys if app.you.is_none() => no(words::NOBODY_SIGNED_IN),
        ActionId::RevokeKey => app.may_revoke(),
        ActionId::Add if app.lists_keys() => app.may(Grant::EnrolKey),
        ActionId::Add => match app.opening_of_list() {
            Some((_, step)) => app.may_begin(&step, None),
            None => no(words::NO_REGISTER),
        },
        ActionId::TakeDraft => {
            app.may(Grant::TakeDraft)?;
            let draft = app.selected_draft().ok_or_else(|| Reason(words::NO_DRAFT.to_owned()))?;
            draft.ask.as_deref().map_or(Ok(()), |whom| no(&restricted(whom)))
        }
        ActionId::Discard => app.selected_draft().map_or_else(|| no(words::NO_DRAFT), |_| Ok(())),
        ActionId::Agree | ActionId::Disagree => {
            let is_selected = app.selected_to_confirm().is_some() || app.selected_to_countersign().is_some();
            if is_selected { Ok(()) } else { no(words::NOTHING_TO_CONFIRM) }
        }
        ActionId::Sibling if !takes_another_person(app) => no(words::NOT_A_CALL),
        ActionId::RemoveRow => match app.under() {
            Layer::Form(layer) if layer.form.focused_row().is_some() => Ok(()),
            _ => no(words::NOT_IN_A_ROW),
        },
        ActionId::Lock if app.you.is_none() && !app.is_closed() => no(words::NOBODY_SIGNED_IN),
        ActionId::OwnSecret => app.nobody_here().map_or(Ok(()), no),
        ActionId::GiveSecret => {
            app.may(Grant::Vouch)?;
            match app.staff_at_hand() {
                None => no(secret::NO_STAFF_AT_HAND),
                Some((staff, _)) if app.is_you(Some(staff)) => no(secret::NOT_YOURSELF),
                Some(_) => Ok(()),
            }
        }
        ActionId::Unlock => {
            app.may(Grant::Vouch)?;
            match app.board().data.ready() {
                Some(board) if !board.barred.is_empty() => Ok(()),
                _ => no(secret::NOTHING_LOCKED),
            }
        }
        ActionId::Later if !has_later(app) => no(words::NOTHING_LATER),
        _ => Ok(()),
    }
}

impl App {
    /// Whether whoever is signed in is granted something by name.
    pub(in crate::app) fn may(&self, grant: Grant) -> Result<(), Reason> {
        permission::may(&self.editions.current().roles, &self.viewer(), &Action::Granted(grant), None)
    }

    /// The same, anywhere: a role may be held for one place alone.
    pub(in crate::app) fn may_anywhere(&self, grant: Grant) -> Result<(), Reason> {
        let viewer = self.viewer();
        let asked =
            |at| permission::may(&self.editions.current().roles, &viewer, &Action::Granted(grant), at);
        let places = viewer.roles.iter().filter_map(|(_, at)| *at);
        asked(None).or_else(|why| places.map(|at| asked(Some(at))).find(Result::is_ok).unwrap_or(Err(why)))
    }
}

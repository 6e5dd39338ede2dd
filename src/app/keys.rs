//! SSH keys on screen: the list of them, of everybody or of one member of staff, and the forms that enrol a key and
//! take one back.
//!
//! What a key is left to [`crate::domain::keys`], who may enrol one to the permission function, the second person's
//! word to the list of what waits for it.

use super::App;
use super::acts;
use super::layer::Layer;
use super::list::{ListKind, ListRowId, Rows};
use super::msg::Effect;
use crate::domain::act::Act;
use crate::domain::answer::{Answer, Answers, Named};
use crate::domain::keys::{KeyRow, PublicKey};
use crate::domain::permission::{Grant, Reason};
use crate::domain::words::app as words;
use crate::form::Form;
use crate::form::typed::text;

/// The register whose records keys belong to.
const STAFF: &str = "staff";

impl App {
    /// Opens the list of keys: those of the member of staff at hand, otherwise all that may be seen.
    pub(super) fn open_keys(&mut self, out: &mut Vec<Effect>) {
        let of = self.staff_at_hand();
        self.open_list(ListKind::Keys(of), out);
    }

    /// The member of staff whose record is open, or is selected in the staff list.
    fn staff_at_hand(&self) -> Option<Named> {
        match self.under() {
            Layer::List(list) => {
                let (Some(Rows::Records(page)), Some(ListRowId::Record(id))) =
                    (list.rows.ready(), list.selection())
                else {
                    return None;
                };
                let row = page.rows.iter().find(|row| row.id == id && row.register == STAFF)?;
                Some(Named { id: Some(id), words: row.name.clone() })
            }
            Layer::Case(case) => {
                let view = case.view.ready().filter(|view| view.state.pathway == STAFF)?;
                let words = view.names.get(&case.id).cloned().unwrap_or_default();
                Some(Named { id: Some(case.id), words })
            }
            _ => None,
        }
    }

    /// Whether the list on top is of keys.
    pub(super) fn lists_keys(&self) -> bool {
        matches!(self.under(), Layer::List(list) if matches!(list.kind, ListKind::Keys(_)))
    }

    /// The key selected in the list on top.
    pub(super) fn selected_key(&self) -> Option<&KeyRow> {
        let Layer::List(list) = self.under() else { return None };
        let (Some(Rows::Keys(rows)), Some(ListRowId::Entry(id))) = (list.rows.ready(), list.selection())
        else {
            return None;
        };
        rows.iter().find(|row| row.entry == id)
    }

    /// Whether the selected key can be taken back: by whoever may enrol keys, and by whose it is.
    pub(super) fn may_revoke(&self) -> Result<(), Reason> {
        let Some(row) = self.selected_key() else { return Err(Reason(words::NO_KEY_SELECTED.to_owned())) };
        if row.revoked_at.is_some() {
            return Err(Reason(words::KEY_IS_REVOKED.to_owned()));
        }
        if row.staff.is_some() && self.is_you(row.staff) { Ok(()) } else { self.may(Grant::EnrolKey) }
    }

    /// Opens the form that enrols a key, for whoever the list is narrowed to.
    pub(super) fn begin_enrolment(&mut self, out: &mut Vec<Effect>) {
        let of = match self.under() {
            Layer::List(list) => match &list.kind {
                ListKind::Keys(of) => of.clone(),
                _ => None,
            },
            _ => None,
        };
        let Some(mut form) = self.begin_act(acts::ENROL_KEY, None) else { return };
        if let Some(named) = of {
            form.draft.about.clone_from(&named.words);
            form.pick(acts::WHOSE, &named.words, named.id);
            form.focus = acts::KEY.to_owned();
        }
        self.push_form(form, out);
    }

    /// Opens the form that takes the selected key back.
    pub(super) fn begin_revocation(&mut self, out: &mut Vec<Effect>) {
        let Some(row) = self.selected_key().cloned() else { return };
        let Some(mut form) = self.begin_act(acts::REVOKE_KEY, None) else { return };
        form.draft.about = words::which_key(&row.label, &row.name);
        acts::aim_at_key(&mut form, &row);
        self.push_form(form, out);
    }

    /// What is wrong with the key that a form enrols, said and with the focus on it. True where something is.
    pub(super) fn says_not_a_key(&mut self, form: &Form) -> bool {
        if form.step.id != acts::ENROL_KEY {
            return false;
        }
        let Err(why) = text(&form.draft.text, acts::KEY).trim().parse::<PublicKey>() else { return false };
        let reading = self.reading();
        if let Layer::Form(layer) = self.top_mut() {
            layer.form.focus_on(acts::KEY, reading);
        }
        self.says(&why.to_string());
        true
    }
}

/// The act of the form that enrols a key.
pub(super) fn enrolment(answers: &Answers) -> Option<Act> {
    let said = |id: &str| match answers.get(id) {
        Some(Answer::Text(text)) => text.trim().to_owned(),
        _ => String::new(),
    };
    let staff = match answers.get(acts::WHOSE) {
        Some(Answer::Named(named)) => named.id,
        _ => None,
    };
    let until = match answers.get(acts::UNTIL) {
        Some(Answer::Date(day)) => Some(*day),
        _ => None,
    };
    let key: PublicKey = said(acts::KEY).parse().ok()?;
    Some(Act::EnrolKey { staff, fingerprint: key.fingerprint(), key, label: said(acts::LABEL), until })
}

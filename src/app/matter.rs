//! Two cases that were opened for one and the same matter: tied so that what happened is read in one row, and taken apart
//! again. Whose act that is, and whether two cases can be of one matter, is asked again of the ledger.

use super::acts;
use super::layer::{Choice, ChoiceItem, Chosen};
use super::msg::Effect;
use super::{App, Layer};
use crate::domain::ids::CaseId;
use crate::domain::permission::{Grant, Reason};
use crate::domain::views::{CaseRow, CaseView};
use crate::domain::words::app as words;

impl App {
    /// Whether what is on screen is tied to other cases at all: a record of a register is not.
    pub(super) fn concerns_matter(&self) -> bool {
        !self.is_register()
    }

    /// Whether anything can be tied to it, or taken apart.
    ///
    /// # Errors
    /// The reason.
    pub(super) fn may_tie(&self) -> Result<(), Reason> {
        self.may(Grant::Reattribute)?;
        let view = self.case_on_top().ok_or_else(|| Reason(words::STILL_READING.to_owned()))?;
        match view.state.duplicates.is_empty() && like_it(view).next().is_none() {
            true => Err(Reason(words::NO_SAME_MATTER.to_owned())),
            false => Ok(()),
        }
    }

    fn case_on_top(&self) -> Option<&CaseView> {
        let Layer::Case(layer) = self.under() else { return None };
        layer.view.ready()
    }

    /// Asks with which case, or which is to stand by itself again.
    pub(super) fn offer_matter(&mut self) {
        let Some(view) = self.case_on_top() else { return };
        let named = |row: &CaseRow| words::linked_case(&row.reference, &row.kind, row.headline.as_deref());
        let tie = like_it(view).map(|row| (words::same_matter_as(&named(row)), row.id, true));
        let tied = view.others.iter().filter(|row| view.state.duplicates.contains(&row.id));
        let apart = tied.map(|row| (words::other_matter_than(&named(row)), row.id, false));
        let item = |(key, (label, other, ties))| ChoiceItem {
            key,
            label,
            blocked: None,
            does: Chosen::Matter { other, ties },
        };
        let items = ('1'..='9').zip(tie.chain(apart)).map(item).collect();
        self.layers.push(Layer::Choice(Choice::of(words::SAME_MATTER[0].to_owned(), items)));
    }

    /// The form that says why.
    pub(super) fn begin_matter(&mut self, other: CaseId, ties: bool, out: &mut Vec<Effect>) {
        let step = if ties { acts::SAME_MATTER } else { acts::OTHER_MATTER };
        let Some(view) = self.case_on_top() else { return };
        let named = view.others.iter().find(|row| row.id == other).map(|row| row.reference.clone());
        let (id, about) = (view.state.id, self.about_case());
        if let Some(mut form) = self.begin_act(step, None) {
            form.draft.case = Some(id);
            acts::aim_at(&mut form, other);
            form.draft.about = words::about_cases(&about, named.as_slice());
            self.push_form(form, out);
        }
    }
}

/// Other cases of the same kind about the same subject that are not tied to it yet.
fn like_it(view: &CaseView) -> impl Iterator<Item = &CaseRow> {
    let subject = view.subject.as_ref().map(|row| row.id);
    view.others.iter().filter(move |row| {
        row.pathway == view.state.pathway
            && !view.state.duplicates.contains(&row.id)
            && row.subject.as_ref().map(|row| row.id) == subject
    })
}

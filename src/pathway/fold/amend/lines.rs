//! What a line of a checklist runs out of, where an amendment changes it. Of each line one day is owed, the one of its
//! latest answer: an earlier answer that is put right brings back nothing that was answered since, and an answer that is
//! taken back leaves the one before it.

use super::Change;
use crate::domain::case::CaseState;
use crate::domain::commitment::{Commitment, Progress};
use crate::domain::ids::{EntryId, Seq};
use crate::pathway::definition::Kind;
use crate::pathway::fold::promise::first_place;
use crate::pathway::fold::{open, settle};

impl Change<'_> {
    /// Whether it is what a line of a checklist runs out of.
    pub(super) fn is_line(&self, one: &Commitment) -> bool {
        let rows = one.opened_in.as_deref().and_then(|rows| rows.split_once('.'));
        let field = rows.and_then(|(step, field)| self.heard.pathway.step(step)?.field(field));
        field.is_some_and(|field| matches!(field.kind, Kind::Checklist { .. }))
    }

    /// The line turns out to have a day on which it runs out.
    pub(super) fn renew(&self, state: &mut CaseState, mut new: Commitment) {
        let line = |one: &&Commitment| {
            one.opened_in == new.opened_in && first_place(&one.id.place) == first_place(&new.id.place)
        };
        let since = |one: &Commitment| self.number(state, one.opened_by) > Some(self.heard.entry.seq);
        if state.commitments.iter().filter(line).any(since) {
            return;
        }
        let before = state.commitments.iter().filter(line).find(|one| one.progress.is_open());
        new.supersedes = before.map(|one| one.id.clone());
        new.id = self.id(&new.id.place);
        new.opened_by = self.amendment;
        if let Some(before) = new.supersedes.clone() {
            settle::supersede(state, &before, self.amendment, &new.id);
        }
        state.commitments.push(new);
    }

    /// The line turns out to have no such day: that of the answer before it is owed again.
    pub(super) fn take_back(&self, state: &mut CaseState, place: &str) {
        let Some(gone) = self.standing(state, place).filter(|one| one.progress.is_open()) else { return };
        settle::end(gone, Progress::Cancelled, self.amendment);
        let (gone, mut before) = (gone.id.clone(), gone.supersedes.clone());
        let own = |one: &Commitment| self.number(state, one.opened_by) == Some(self.heard.entry.seq);
        let older = loop {
            match before.as_ref().and_then(|id| open::find(state, id)) {
                Some(older) if own(older) => before = older.supersedes.clone(),
                older => break older.cloned(),
            }
        };
        let Some(older) = older.filter(|older| older.progress == Progress::Superseded) else { return };
        let id = self.id(place);
        if let Some(gone) = state.commitments.iter_mut().find(|one| one.id == gone) {
            (gone.progress, gone.superseded_by) = (Progress::Superseded, Some(id.clone()));
        }
        state.commitments.push(Commitment {
            id,
            opened_by: self.amendment,
            progress: Progress::Requested,
            settled_by: None,
            superseded_by: None,
            supersedes: Some(gone),
            ..older
        });
    }

    /// The number of the step that an entry is, or amends.
    fn number(&self, state: &CaseState, entry: EntryId) -> Option<Seq> {
        let step = self.amendments.get(&entry).copied().unwrap_or(entry);
        state.entries.iter().find(|mark| mark.id == step).map(|mark| mark.seq)
    }
}

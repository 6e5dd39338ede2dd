//! What is to be put right after a case was moved to the right record: shown at once, each a key away.

use super::App;
use super::case::{BeginWhat, CaseLayer};
use super::layer::{Choice, ChoiceItem, Chosen, Layer};
use crate::domain::entry::Said;
use crate::domain::ids::CaseId;
use crate::domain::views::CaseView;
use crate::domain::words::app as words;
use crate::pathway::definition::{Does, Step};

/// Keys of the choices, in their order.
const KEYS: &str = "123456789abcdefghijklm";

impl App {
    /// Once the case was read again after its move: offers what the move left to be done, where it left anything.
    pub(super) fn offer_put_right(&mut self) {
        let Layer::Case(layer) = self.top() else { return };
        let items = self.to_put_right(layer);
        if !items.is_empty() {
            let title = words::PUT_RIGHT_TITLE.to_owned();
            self.layers.push(Layer::Choice(Choice::of(title, items)));
        }
    }

    /// Whoever was told of the wrong person, then what the office owes besides, as the definitions say.
    fn to_put_right(&self, layer: &CaseLayer) -> Vec<ChoiceItem> {
        let Some(view) = layer.view.ready() else { return Vec::new() };
        let Some((entry, step)) = self.followed(view) else { return Vec::new() };
        let edition = self.editions.current();
        let pathway = edition.pathways.get(&view.state.pathway);
        let mut does: Vec<(String, Chosen)> = Vec::new();
        let open = view.state.commitments.iter();
        for owed in open.filter(|one| one.opened_by == entry && one.progress.is_open()) {
            let rows = |step: &Step| owed.opened_in.as_ref().is_some_and(|rows| step.on.contains(rows));
            let settles = |step: &&Step| step.does == Some(Does::Confirm) && rows(step);
            if let Some(settles) = pathway.and_then(|pathway| pathway.steps.iter().find(settles)) {
                let begin =
                    Chosen::Begin { step: settles.id.clone(), on: Some(owed.id.clone()), afresh: false };
                does.push((owed.what.clone(), begin));
            }
        }
        for then in &step.then {
            let Some(other) = then.pathway.as_ref().and_then(|id| edition.pathways.get(id)) else { continue };
            let case = CaseId::from(entry.derived(&format!("then.{}", other.id)));
            let row = view.others.iter().find(|row| row.id == case);
            let owed = other.opening().map(|opening| opening.then.as_slice()).unwrap_or_default();
            for then in owed {
                let label = words::in_case(row.map_or("", |row| &row.reference), &then.title);
                does.push((
                    label,
                    Chosen::BeginIn { case, what: BeginWhat::Step(then.step.clone()), also: Vec::new() },
                ));
            }
        }
        let keyed = does.into_iter().zip(KEYS.chars());
        keyed.map(|((label, does), key)| ChoiceItem { key, label, blocked: None, does }).collect()
    }

    /// The last entry that the program recorded because the case was moved, with its step.
    fn followed(&self, view: &CaseView) -> Option<(crate::domain::ids::EntryId, Step)> {
        let mut entries: Vec<_> = view.chronology.iter().map(|told| &told.entry).collect();
        entries.sort_by_key(|entry| entry.seq);
        entries.into_iter().rev().find_map(|entry| {
            let Said::Step(said) = &entry.said else { return None };
            let edition = self.editions.get(said.edition)?;
            let step = edition.pathways.get(&said.pathway)?.step(&said.step)?;
            step.follows.is_some().then(|| (entry.id, step.clone()))
        })
    }
}

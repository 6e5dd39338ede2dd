//! Which steps can be recorded in the case at hand, with the key and verb of their definitions, and why not.

use std::collections::BTreeSet;

use super::board::Row;
use super::key::Key;
use super::layer::{ChoiceItem, Chosen, Layer};
use super::{ActionId, App, Load};
use crate::domain::case::CaseState;
use crate::domain::commitment::Commitment;
use crate::domain::ids::{CaseId, CommitmentId};
use crate::domain::permission::{self, Grant, Reason};
use crate::domain::words::app as words;
use crate::pathway::check::{Context, gates, waits_for_word};
use crate::pathway::definition::{Does, Means, Pathway, Step};
use crate::pathway::predicate;

/// A step that has its place here, before anybody asks whether it can be begun.
#[derive(Debug, Clone, Copy)]
pub(super) struct StepHere<'a> {
    step: &'a Step,
    /// The case at hand, where it was read.
    case: Option<&'a CaseState>,
    /// As [`Offered::rank`].
    pub(super) rank: u8,
}

impl<'a> StepHere<'a> {
    /// As [`Offered::key`].
    pub(super) fn key(&self) -> Option<char> {
        self.step.key
    }

    /// As [`Offered::verb`].
    pub(super) fn verb(&self) -> &'a str {
        &self.step.verb
    }
}

/// A step that is offered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offered {
    /// The step's id.
    pub step: String,
    /// Its key; a step that has none is begun from the list of steps.
    pub key: Option<char>,
    /// Its verb ("decide").
    pub verb: String,
    /// Its title.
    pub title: String,
    /// How far in front it stands at the foot of the screen: what keeps somebody safe and was not done yet before all
    /// others; then what is owed next; of a call, whose form has asked for it, what keeps safe comes after them.
    pub rank: u8,
    /// Why it cannot be begun now.
    pub blocked: Option<Reason>,
}

impl App {
    /// The steps of the case at hand, in the order of their definition. On the dashboard and in a queue, where
    /// the case was not read yet, the steps of the row's pathway without their gates.
    pub fn offered(&self) -> Vec<Offered> {
        self.steps_here().iter().map(|step| self.offer(step)).collect()
    }

    fn steps_here(&self) -> Vec<StepHere<'_>> {
        let current = || self.editions.current();
        match self.under() {
            Layer::Case(case) => {
                let Load::Ready(view) = &case.view else { return Vec::new() };
                let Some(pathway) = current().pathways.get(&view.state.pathway) else { return Vec::new() };
                let mut open: Vec<&Commitment> =
                    view.state.commitments.iter().filter(|owed| owed.progress.is_open()).collect();
                open.sort_by_key(|owed| owed.due);
                steps(pathway, Some(&view.state), &open).collect()
            }
            Layer::Board(_) | Layer::List(_) if self.row_at_hand().is_some() => {
                let Some(pathway) = self.pathway_at_hand() else { return Vec::new() };
                let owed: Vec<&Commitment> = self.owed_at_hand().map(|(owed, _)| owed).into_iter().collect();
                steps(pathway, None, &owed).collect()
            }
            Layer::Person(person) => {
                let mut here: Vec<StepHere<'_>> = Vec::new();
                for pathway in person.open_cases().filter_map(|row| current().pathways.get(&row.pathway)) {
                    let known: Vec<Option<char>> = here.iter().map(|step| step.step.key).collect();
                    here.extend(steps(pathway, None, &[]).filter(|step| !known.contains(&step.step.key)));
                }
                here
            }
            _ => Vec::new(),
        }
    }

    /// The case, and what is owed, of the row that is selected on the dashboard or in a queue.
    pub(super) fn row_at_hand(&self) -> Option<(CaseId, Option<CommitmentId>)> {
        match self.under() {
            Layer::Board(board) => board.at_hand(),
            Layer::List(list) => list.at_hand(),
            _ => None,
        }
    }

    /// The pathway of that row's case.
    fn pathway_at_hand(&self) -> Option<&Pathway> {
        let named = match self.under() {
            Layer::Board(board) => board.pathway_at_hand(),
            Layer::List(list) => list.pathway_at_hand(),
            _ => None,
        };
        let pathways = &self.editions.current().pathways;
        match named {
            Some(id) => pathways.get(id).map(|pathway| &**pathway),
            None => pathways.with(|head| head.urgent && !head.register).next().map(|pathway| &**pathway),
        }
    }

    /// The step that a key begins here: where the program itself has no use for the key, and in a register always.
    pub(super) fn step_of_key(&self, key: char) -> Option<Offered> {
        if !self.is_free(key) {
            return None;
        }
        self.steps_here().iter().find(|step| step.step.key == Some(key)).map(|step| self.offer(step))
    }

    /// The steps that a key begins here, as [`App::step_of_key`] finds them.
    pub(super) fn steps_by_key(&self) -> impl Iterator<Item = StepHere<'_>> {
        let mut seen = BTreeSet::new();
        let here = self.steps_here().into_iter();
        here.filter(move |step| step.step.key.is_some_and(|key| self.is_free(key) && seen.insert(key)))
    }

    /// The same, each with whether it can be begun.
    pub(super) fn offered_by_key(&self) -> impl Iterator<Item = Offered> {
        self.steps_by_key().map(|step| self.offer(&step))
    }

    /// Whether a key is left to the steps here.
    fn is_free(&self, key: char) -> bool {
        self.keymap.action(self.under().place(), Key::char(key)).is_none() || self.is_register()
    }

    /// Whether the case at hand is a record of a register, whose few steps go before the program's own keys.
    pub(super) fn is_register(&self) -> bool {
        let Layer::Case(case) = self.under() else { return false };
        let pathway = case.view.ready().map(|view| &view.state.pathway);
        pathway
            .and_then(|id| self.editions.current().pathways.get(id))
            .is_some_and(|pathway| pathway.register)
    }

    /// Every step of the case at hand as a popup, each under its own key, or under the first letter or digit that is left:
    /// first what can be recorded now, then what cannot and why. How the case stands changes nobody's key.
    pub(super) fn all_steps(&self) -> Vec<ChoiceItem> {
        let mut offered = self.offered();
        offered.sort_by_key(|step| step.key.is_none());
        let mut taken: Vec<char> = offered.iter().filter_map(|step| step.key).collect();
        let items = offered.into_iter().filter_map(|step| {
            let letters = step.title.chars().flat_map(char::to_lowercase).filter(char::is_ascii_alphanumeric);
            let key = step.key.or_else(|| {
                let free = letters.chain('a'..='z').chain('0'..='9').find(|key| !taken.contains(key))?;
                taken.push(free);
                Some(free)
            });
            Some(ChoiceItem {
                key: key?,
                label: step.title,
                blocked: step.blocked,
                does: Chosen::Begin { step: step.step, on: None, afresh: false },
            })
        });
        let mut items: Vec<ChoiceItem> = items.collect();
        items.sort_by_key(|item| item.blocked.is_some());
        items
    }

    /// The steps that can be recorded on one thing owed, each under its own key.
    pub(super) fn steps_on(&self, owed: &Commitment) -> Vec<ChoiceItem> {
        let Layer::Case(case) = self.under() else { return Vec::new() };
        let current = self.editions.current();
        let pathway = case.view.ready().and_then(|view| current.pathways.get(&view.state.pathway));
        let is_on = |item: &ChoiceItem| {
            let Chosen::Begin { step, .. } = &item.does else { return false };
            let step = pathway.and_then(|pathway| pathway.step(step));
            step.is_some_and(|step| owed.opened_in.as_ref().is_some_and(|rows| step.on.contains(rows)))
        };
        let on_it = |item: ChoiceItem| match item.does {
            Chosen::Begin { step, afresh, .. } => {
                ChoiceItem { does: Chosen::Begin { step, on: Some(owed.id.clone()), afresh }, ..item }
            }
            _ => item,
        };
        self.all_steps().into_iter().filter(is_on).map(on_it).collect()
    }

    /// A step with whether it can be begun now.
    pub(super) fn offer(&self, here: &StepHere<'_>) -> Offered {
        let StepHere { step, case, rank } = *here;
        Offered {
            step: step.id.clone(),
            key: step.key,
            verb: step.verb.clone(),
            title: step.title.clone(),
            rank,
            blocked: self.may_begin(step, case).err(),
        }
    }

    /// Whether [`App::may_begin`] lets it, without the words of why not.
    pub(super) fn is_open(&self, here: &StepHere<'_>) -> bool {
        match here.case {
            Some(_) => self.may_begin(here.step, here.case).is_ok(),
            None => self.has_role_for(here.step, None),
        }
    }

    /// Whether a step can be begun, by whoever is signed in and as the case stands.
    ///
    /// # Errors
    /// The reason: whose act it is, the gate that does not hold, nothing to record it on.
    pub fn may_begin(&self, step: &Step, case: Option<&CaseState>) -> Result<(), Reason> {
        self.may_record(step, case)?;
        let Some(case) = case else { return Ok(()) };
        if waits_for_word(step, case) {
            let agrees = self.keymap.key_for(self.under().place(), ActionId::ToCountersign);
            return Err(Reason(words::waits_for_a_word(&step.title, agrees)));
        }
        let record = self.said_of_subject(step);
        let pathway = self.editions.current().pathways.get(&case.pathway);
        let context = Context {
            case: Some(case),
            record: record.as_ref(),
            cautions: &[],
            kinds: None,
            states: pathway.map_or(&[], |pathway| pathway.states.as_slice()),
            on: None,
            now: self.now,
        };
        if let Some(problem) = gates(step, context).into_iter().next() {
            return Err(Reason(problem.says));
        }
        if !step.on.is_empty() && owed_on(step, case).is_empty() {
            return Err(Reason(words::NOTHING_OWED.to_owned()));
        }
        Ok(())
    }

    /// Whether it is an act of whoever is signed in, or theirs to type.
    pub(super) fn may_record(&self, step: &Step, case: Option<&CaseState>) -> Result<(), Reason> {
        let location = case.and_then(|case| case.location);
        if self.has_role_for(step, location) {
            return Ok(());
        }
        Err(self.held_by_another(step, location).unwrap_or_else(|| {
            permission::step_is_for(&self.editions.current().roles, &step.title, &step.roles)
        }))
    }

    /// Whether whoever is signed in has a role or a duty to record it there, or to type it: whoever types it for another
    /// has to be able to say for whom.
    fn has_role_for(&self, step: &Step, location: Option<CaseId>) -> bool {
        let viewer = self.viewer();
        viewer.holds_any(&step.roles, location)
            || (step.meaning(Means::DecidedBy).is_some() && viewer.holds_any(&step.typed_for, location))
    }

    /// Why a step for whoever holds a duty is not open to somebody else: who holds it, and how it is passed on.
    fn held_by_another(&self, step: &Step, place: Option<CaseId>) -> Option<Reason> {
        let roles = &self.editions.current().roles;
        let (id, duty) = step.roles.iter().find_map(|actor| roles.duties.get_key_value(actor))?;
        let holder = self.rota().holder(id, place, self.now);
        let holder = holder.map(|holder| self.rota().name(holder.staff));
        let passes = self.keymap.key_for(self.under().place(), ActionId::HoldDecision);
        let passes = passes.filter(|_| self.may(Grant::HoldDuty).is_ok());
        Some(Reason(words::duty_is_held(&step.title, &duty.title, holder, passes)))
    }

    /// The case whose person is at hand, for the person's screen.
    pub(super) fn subject_at_hand(&self) -> Option<CaseId> {
        match self.under() {
            Layer::Board(board) => {
                let subject = match board.row_at_hand()? {
                    Row::Call(row) => row.subject.as_ref(),
                    Row::Owed(row) => row.subject.as_ref(),
                };
                Some(subject?.id)
            }
            Layer::Case(case) => case.view.ready()?.state.subject,
            _ => None,
        }
    }
}

/// The rank of what stands last at the foot.
const LAST: u8 = 10;
/// So much of what is owed next brings its step forward.
const OWED_FIRST: usize = 3;

/// Where a step stands among what is owed next: it is itself owed, or it chases what somebody else promised.
fn owed_next(step: &Step, owed: &[&Commitment]) -> Option<u8> {
    let does = |owed: &&Commitment| {
        let chases = step.does == Some(Does::Supersede)
            && owed.opened_in.as_ref().is_some_and(|rows| step.on.contains(rows));
        owed.step.as_ref() == Some(&step.id) || chases
    };
    let place = owed.iter().take(OWED_FIRST).position(does)?;
    u8::try_from(place).ok()
}

/// The steps that are offered; one without a key stands in the list of steps alone. What the program itself records once
/// something has happened is no step of anybody's.
fn steps<'a>(
    pathway: &'a Pathway,
    case: Option<&'a CaseState>,
    owed: &[&Commitment],
) -> impl Iterator<Item = StepHere<'a>> {
    let steps = pathway.steps.iter().filter(|step| !step.opens && !step.retired && step.follows.is_none());
    steps.map(move |step| {
        let is_done = || case.is_some_and(|case| predicate::recorded(case, &step.id));
        let rank = match (step.safety, owed_next(step, owed)) {
            (true, _) if !pathway.urgent && !is_done() => 0,
            (_, Some(place)) => 1 + place,
            (true, None) if pathway.urgent => LAST,
            _ => LAST - 1,
        };
        StepHere { step, case, rank }
    })
}

/// What is open in the case that a step can be recorded on, soonest due first.
pub(super) fn owed_on<'a>(step: &Step, case: &'a CaseState) -> Vec<&'a Commitment> {
    let open = case.commitments.iter().filter(|owed| owed.progress.is_open());
    let mut open: Vec<&Commitment> =
        open.filter(|owed| owed.opened_in.as_ref().is_some_and(|rows| step.on.contains(rows))).collect();
    open.sort_by_key(|owed| owed.due);
    open
}

/// The commitment that was meant: the one selected if the step can be recorded on it, the only one, or all.
pub(super) fn meant<'a>(
    step: &Step,
    case: &'a CaseState,
    selected: Option<&CommitmentId>,
) -> Vec<&'a Commitment> {
    let possible = owed_on(step, case);
    match possible.iter().find(|owed| Some(&owed.id) == selected) {
        Some(owed) => vec![owed],
        None => possible,
    }
}
